## Счёт

declarations = { $count ->
    [one] { $count } декларация
    [few] { $count } декларации
    [many] { $count } деклараций
   *[other] { $count } декларации
}
offices = { $count ->
    [one] { $count } таможенный пост
    [few] { $count } таможенных поста
    [many] { $count } таможенных постов
   *[other] { $count } таможенного поста
}
months = { $count ->
    [one] { $count } месяц
    [few] { $count } месяца
    [many] { $count } месяцев
   *[other] { $count } месяца
}
kpis = { $count ->
    [one] { $count } показатель
    [few] { $count } показателя
    [many] { $count } показателей
   *[other] { $count } показателя
}
rows = { $count ->
    [one] { $count } строка
    [few] { $count } строки
    [many] { $count } строк
   *[other] { $count } строки
}
files = { $count ->
    [one] { $count } файл
    [few] { $count } файла
    [many] { $count } файлов
   *[other] { $count } файла
}
findings = { $count ->
    [one] { $count } замечание
    [few] { $count } замечания
    [many] { $count } замечаний
   *[other] { $count } замечания
}

## Периоды и длительности

period-year = { $year } г.
period-fiscal-year = { $year } финансовый год
period-half = { $half ->
    [1] I полугодие { $year } г.
   *[2] II полугодие { $year } г.
}
period-quarter = { $quarter ->
    [1] I квартал { $year } г.
    [2] II квартал { $year } г.
    [3] III квартал { $year } г.
   *[4] IV квартал { $year } г.
}
period-range = { $first } — { $last }
duration-seconds = { $seconds } с
duration-minutes = { $minutes } мин { $seconds } с
duration-hours = { $hours } ч { $minutes } мин
quantity-hours = { $value } ч
quantity-days = { $value } сут
quantity-points = { $value } п.
compact-first = { $value } тыс.
compact-second = { $value } млн
compact-third = { $value } млрд

## Единицы показателей

unit-percent = проценты
unit-hours = часы
unit-days = сутки
unit-money = сумма
unit-count = количество
unit-ratio = отношение
unit-score = оценка
unit-points = пункты
unit-quantity = величина
unit-stage = уровень

## Статусы значения

status-ok = измерено
status-ok-why = Значение измерено по записям и отвечает требованиям определения.
status-too-few = слишком мало случаев
status-too-few-why = Случаев меньше, чем требует определение, поэтому значение малоинформативно.
status-low-coverage = низкий охват
status-low-coverage-why = В слишком многих записях нет поля, необходимого по определению.
status-undefined = не определено
status-undefined-why = Знаменатель или база равны нулю или не зарегистрированы, поэтому значения нет.
status-not-computable = не вычисляется
status-not-computable-why = Поле или таблица, необходимые по определению, здесь не ведутся.
status-not-closed = период не закрыт
status-not-closed-why = Срок ожидания после конца периода ещё не истёк; значение может измениться.
status-reported = введено
status-reported-why = Значение введено людьми, а не измерено по записям.

## Слова таблиц и страниц

word-value = Значение
word-numerator = Числитель
word-denominator = Знаменатель
word-cases = Случаи
word-interval = Интервал { $level }
word-coverage = Охват
word-trend = Динамика
word-period = Период
word-unknown = Неизвестно
word-definition = Определение
word-run = Запуск
word-dimension = Направление
word-outcome = Ожидаемый результат
word-kpi = Показатель
word-unit = Единица
word-status = Статус
word-direction = Желаемое изменение
word-origin = Происхождение
word-source = Источник
word-area = Администрация
word-breakdown = Разбивка
word-reason = Причина
word-mapping = Сопоставление
word-contract = Контракт данных
word-file = Файл
word-rows-read = Прочитано строк
word-taken = Принято
word-quarantined = В карантине
word-duplicates = Дубликаты
word-unchanged = Без изменений
word-reasons = Причины
word-severity = Серьёзность
word-yes = да
word-no = нет
word-score = Оценка
word-rank = Место
word-grade = Градация
word-reference = База сравнения
word-peers = Группа сравнения
word-rule = Правило
word-name = Название
word-limits = Ограничения
word-rationale = Зачем измеряется
word-how-to-read = Как читать

direction-higher = чем выше, тем лучше
direction-lower = чем ниже, тем лучше
direction-target = чем ближе к цели, тем лучше
direction-context = справочно: ни лучше, ни хуже

origin-pmm = ссылка на PMM
origin-published = опубликовано ранее
origin-adapted = адаптировано
origin-own = разработано для Mizan

## Разбивки

breakdown-office = Таможенный пост
breakdown-mode = Вид транспорта
breakdown-channel = Коридор
breakdown-procedure = Таможенная процедура
breakdown-flow = Направление перемещения
breakdown-aeo = Статус УЭО
breakdown-traffic = Вид грузопотока
breakdown-statistic = Статистика
breakdown-hs-chapter = Глава ГС
breakdown-selection = Основание отбора
breakdown-category = Категория
breakdown-product = Товар
breakdown-agency = Ведомство

## Состояние текста

text-fallback = пока нет на вашем языке; язык показанного текста: { $language }
text-machine = машинный перевод
text-draft = черновой перевод
text-reviewed = проверенный перевод
text-official = официальный текст
text-stale = перевод старше исходного текста
