## check

check-title = Проверки данных
check-summary = { $passed ->
    [one] пройдена { $passed } проверка
    [few] пройдены { $passed } проверки
    [many] пройдено { $passed } проверок
   *[other] пройдено { $passed } проверки
} · { $failed ->
    [one] { $failed } не пройдена
    [few] { $failed } не пройдены
    [many] { $failed } не пройдено
   *[other] { $failed } не пройдено
}
check-passed = Все проверки данных пройдены
severity-error = ошибка
severity-warning = предупреждение
severity-note = примечание

## measure

measure-progress = Измерение
measure-summary = измерено { $measured } · не вычисляется { $not-computable } · { $warnings ->
    [one] { $warnings } предупреждение
    [few] { $warnings } предупреждения
    [many] { $warnings } предупреждений
   *[other] { $warnings } предупреждения
} · { $time }
measure-nothing = Делать нечего: ни записи, ни определения не изменились с прошлого запуска
measure-incremental = Заново измерено месяцев: { $months } из { $all }; остальное без изменений

## show

show-empty = Этому отбору ничего не соответствует
show-no-run = Ещё ничего не измерено; сначала выполните `mizan measure`
show-whole-run = Показан запуск { $run }; в последнем измерена только часть показателей

## explain

explain-title = Откуда взялось это значение
explain-definition = Определение
explain-source-files = Исходные файлы
explain-records = Записи
explain-parts = Составляющие
explain-run = Запуск
explain-usable = использовано записей: { $used } из { $all }
explain-division = { $value } = { $numerator } / { $denominator }
explain-kpi-version = { $kpi }, версия определения { $version }
explain-code-unknown = { $code } не является кодом диагностики или показателя

## doctor

doctor-node = Папка узла
doctor-framework = Система показателей
doctor-mappings = Сопоставления
doctor-records = Записи
doctor-disk = Свободное место на диске
doctor-memory = Память
doctor-clock = Часы
doctor-language = Язык
doctor-writable = В папку можно писать
doctor-healthy = Всё в порядке: исправлять нечего
doctor-mend = Сначала исправьте: { $what }
doctor-disk-low = на диске свободно только { $free }
doctor-clock-wrong = часы отстают от даты самой новой записи

## init

init-created = Новый узел в { $path }
init-exists = { $path } уже является узлом; ничего не изменено
init-next = Далее: приспособьте сопоставления в { $mappings } к своим файлам и выполните `mizan ingest ПАПКА --node { $node }`

## framework

framework-summary = { $kpis ->
    [one] { $kpis } показатель
    [few] { $kpis } показателя
    [many] { $kpis } показателей
   *[other] { $kpis } показателя
} · { $findings ->
    [one] { $findings } замечание
    [few] { $findings } замечания
    [many] { $findings } замечаний
   *[other] { $findings } замечания
}
framework-fixtures = Контрольных примеров пройдено: { $passed } из { $all }
framework-clean = В системе показателей ошибок нет
framework-diff-none = Различий нет
framework-diff-added = { $kpi }: добавлен
framework-diff-removed = { $kpi }: удалён
framework-diff-changed = { $kpi }: версия { $from } заменена версией { $to }
break-none = без разрыва: ряд продолжается
break-level = разрыв уровня: старую и новую версии нужно измерить за один и тот же период
break-concept = разрыв понятия: ряд начинается заново

## Ошибки

error-unknown-kpi = в системе показателей нет показателя { $kpi }
error-did-you-mean = возможно, вы имели в виду { $id }?
error-unknown-period = { $period } — не период; напишите 2025, 2025-S1, 2025-Q2 или 2025-03
error-period-without-data = за { $period } записей нет
error-period-incomplete = записи не охватывают весь период { $period }: они есть с { $first } по { $last }
error-unknown-breakdown = у этого показателя нет разбивки { $breakdown }; возможны: { $allowed }
error-unknown-language = { $language } не входит в число языков Mizan; выберите en, fr, es, ru, ar, zh или pt
error-not-a-node = { $path } не является узлом: там нет mizan.toml; создать узел можно командой `mizan init`
error-locked = с узлом { $path } работает другая программа; повторите, когда она завершится
error-path-exists = { $path } уже существует
error-not-writable = в { $path } нельзя писать
error-internal = Внутренняя ошибка: это дефект Mizan. Отчёт находится в { $path }
hint-label = подсказка
hint-label-english = подсказка, по-английски
why-label = почему

## Подсказки к коду завершения

exit-checks-failed = Часть значений не вычисляется или часть проверок не пройдена (код завершения 1); `--exit-zero` позволяет это не учитывать

## Scores

replications-progress = Повторения
score-progress = Оценивание
imputation-progress = Проверка восполнения
score-missing-no-rule = в системе показателей нет правила
score-missing-no-value = нет значения
score-missing-too-few-peers = слишком мало сопоставимых администраций
score-missing-no-previous = нет более раннего значения
score-missing-no-statistic = не хватает статистики
score-missing-no-direction = ни больше, ни меньше не лучше
score-missing-status = статус значения не допускает оценки
score-missing-other-definition = измерено по другому определению
score-missing-out-of-range = такое значение невозможно
score-missing-not-finite = оценка не является конечным числом
score-missing-no-group = группа сопоставимых администраций неизвестна
score-missing-series-break = более раннее значение измерено по другому определению
score-edition = Система показателей: { $edition }
composite-imputed = Восполнено
composite-treated = Обработано
composite-dropped = Доля пропусков
composite-score-lower = Оценка от
composite-score-upper = Оценка до
composite-rank-lower = Место от
composite-rank-upper = Место до
composite-group = Группа
score-proved = Подтверждено: { $count ->
    [one] { $count } оценка совпадает
    [few] { $count } оценки совпадают
    [many] { $count } оценок совпадают
   *[other] { $count } оценки совпадают
} бит в бит
score-record = Протокол аудита находится в { $path }
world-made = { $areas ->
    [one] { $areas } администрация
    [few] { $areas } администрации
    [many] { $areas } администраций
   *[other] { $areas } администрации
}, { $years ->
    [one] { $years } год
    [few] { $years } года
    [many] { $years } лет
   *[other] { $years } года
}, { $observations ->
    [one] { $observations } наблюдение
    [few] { $observations } наблюдения
    [many] { $observations } наблюдений
   *[other] { $observations } наблюдения
}
world-next = Далее: mizan score { $path }
