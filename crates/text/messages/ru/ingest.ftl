## Ход работы и итог

ingest-rate = { $rate } строк/с, осталось { $left }
progress-left = осталось { $left }
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
ingest-quarantine-example = например, { $place }: { $value }

## Файлы, которые нельзя прочитать

ingest-error-not-found = файл { $file } не существует

## Готовность

ready-now = Можно измерить сейчас
ready-field-missing = Не хватает поля
ready-not-recorded = Не ведётся
ready-entered = Вводится людьми
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
