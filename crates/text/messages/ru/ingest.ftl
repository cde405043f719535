## Ход работы и итог

ingest-reading = Чтение файла { $file }
ingest-rate = { $rate } строк/с, осталось { $left }
ingest-file = { $file }: { $read ->
    [one] прочитана { $read } строка
    [few] прочитано { $read } строки
    [many] прочитано { $read } строк
   *[other] прочитано { $read } строки
}, принято { $taken }, в карантине { $quarantined }
ingest-summary = { $rows ->
    [one] принята { $rows } строка
    [few] приняты { $rows } строки
    [many] принято { $rows } строк
   *[other] принято { $rows } строки
} · { $quarantined ->
    [one] { $quarantined } строка в карантине
    [few] { $quarantined } строки в карантине
    [many] { $quarantined } строк в карантине
   *[other] { $quarantined } строки в карантине
}
ingest-unchanged = { $file }: не изменился с прошлого раза, пропущен
ingest-mapping = Сопоставление { $mapping } заполняет { $contract }
ingest-nothing = Загружать нечего: ни один файл не изменился
ingest-retry = { $rows ->
    [one] { $rows } строка выведена из карантина
    [few] { $rows } строки выведены из карантина
    [many] { $rows } строк выведено из карантина
   *[other] { $rows } строки выведено из карантина
} · { $left ->
    [one] { $left } строка остаётся там
    [few] { $left } строки остаются там
    [many] { $left } строк остаётся там
   *[other] { $left } строки остаётся там
}
ingest-retry-nothing = Карантин пуст: повторять нечего
ingest-quarantine-where = Строки в карантине, каждая с причиной: { $path }
derive-progress = Вычисление полей по другим записям
derive-summary = { $fields ->
    [one] вычислено { $fields } поле
    [few] вычислено { $fields } поля
    [many] вычислено { $fields } полей
   *[other] вычислено { $fields } поля
} в { $rows ->
    [one] { $rows } строке
    [few] { $rows } строках
    [many] { $rows } строках
   *[other] { $rows } строки
}
ingest-column-unused = столбец { $column } не сопоставлен и пропускается
ingest-code-unmapped = для кода { $code } поля { $field } нет соответствия ({ $rows ->
    [one] { $rows } строка
    [few] { $rows } строки
    [many] { $rows } строк
   *[other] { $rows } строки
})

## Файлы, которые нельзя прочитать

ingest-error-truncated = { $file } обрывается на середине строки { $line }; получите файл заново
ingest-error-empty = { $file } пуст
ingest-error-binary = { $file } не является текстовым файлом; ожидается CSV, XLSX или Parquet
ingest-error-encoding = { $file }, строка { $line }: эти байты не в кодировке { $encoding }; укажите `encoding` в сопоставлении
ingest-error-line-too-long = { $file }, строка { $line }: длиннее { $limit }; верно ли заданы разделитель и кавычки?
ingest-error-no-columns = { $file }: в заголовке нет ни одного из ожидаемых столбцов; то ли это сопоставление?
ingest-error-missing-column = { $file }: столбца { $column } из сопоставления нет в заголовке
ingest-error-sheet = в файле { $file } нет листа { $sheet }
ingest-error-not-found = файл { $file } не существует
ingest-error-unreadable = файл { $file } не удаётся прочитать
ingest-error-disk-full = На диске нет места для { $path }
ingest-error-unchanged = Записи остались прежними: ничего не изменено

## Причины карантина

quarantine-missing-required = обязательное поле пусто
quarantine-not-a-number = не число
quarantine-not-a-date = не дата и не время в заданном формате
quarantine-not-a-bool = ни истина, ни ложь
quarantine-code-not-in-list = кода нет в списке
quarantine-duplicate-key = другая строка имеет тот же ключ
quarantine-too-many-columns = столбцов больше, чем в заголовке
quarantine-too-few-columns = столбцов меньше, чем в заголовке
quarantine-check-failed = проверка строки не пройдена
quarantine-overflow = число слишком велико для поля
quarantine-currency = валюта неизвестна или для неё нет курса
quarantine-stop-before-start = окончание раньше начала

## Готовность

ready-title = Что можно измерить по этим источникам
ready-now = Можно измерить сейчас
ready-field-missing = Не хватает поля
ready-not-recorded = Не ведётся
ready-entered = Вводится людьми
ready-coverage = охват { $coverage }
ready-summary = можно измерить сейчас: { $now } · не хватает поля: { $missing } · не ведутся: { $absent }
ready-unlock-title = Поля, которые открыли бы больше всего показателей
ready-unlock = { $field } открывает { $kpis ->
    [one] { $kpis } показатель
    [few] { $kpis } показателя
    [many] { $kpis } показателей
   *[other] { $kpis } показателя
}
ready-unlock-which = а именно { $kpis }
ready-letter-title = Письмо в подразделение информационных технологий
ready-letter-opening = Чтобы измерять эффективность таможенной службы ({ $area }), просим добавить в выгрузку из системы таможенного оформления следующие поля.
ready-letter-item = { $field } ({ $contract }): { $meaning }
ready-letter-closing = Персональные данные при чтении выгрузки заменяются псевдонимами; ни одна запись не покидает администрацию.
