### Taking files in, quarantine, deriving, readiness.

## Progress and summary

# $file (text)
ingest-reading = Reading { $file }
# $rate (text)
# $left (text)
# Rows a second; time left.
ingest-rate = { $rate } rows/s, { $left } left
# $file (text)
# $read (number)
# $taken (number)
# $quarantined (number)
ingest-file = { $file }: { $read ->
    [one] { $read } row read
   *[other] { $read } rows read
}, { $taken } taken, { $quarantined } in quarantine
# $rows (number)
# $quarantined (number)
ingest-summary = { $rows ->
    [one] { $rows } row taken
   *[other] { $rows } rows taken
} · { $quarantined ->
    [one] { $quarantined } row in quarantine
   *[other] { $quarantined } rows in quarantine
}
# $file (text)
ingest-unchanged = { $file }: unchanged since the last time, skipped
# $mapping (text)
# $contract (text)
ingest-mapping = Mapping { $mapping } fills { $contract }
ingest-nothing = Nothing to ingest: all files are unchanged
# $rows (number)
# $left (number)
ingest-retry = { $rows ->
    [one] { $rows } row taken out of quarantine
   *[other] { $rows } rows taken out of quarantine
} · { $left ->
    [one] { $left } row stays there
   *[other] { $left } rows stay there
}
ingest-retry-nothing = The quarantine is empty: nothing to try again
# $path (text)
ingest-quarantine-where = The rows in quarantine, each with its reason: { $path }
derive-progress = Deriving fields from other records
# $fields (number)
# $rows (number)
derive-summary = { $fields ->
    [one] { $fields } field derived
   *[other] { $fields } fields derived
} in { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
# $column (text)
ingest-column-unused = column { $column } is not mapped and is ignored
# $code (text)
# $field (text)
# $rows (number)
ingest-code-unmapped = code { $code } of { $field } has no translation ({ $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
})

## Files that cannot be read

# $file (text)
# $line (number)
ingest-error-truncated = { $file } ends in the middle of line { $line }; fetch the file again
# $file (text)
ingest-error-empty = { $file } is empty
# $file (text)
ingest-error-binary = { $file } is not a text file; expected is CSV, XLSX or Parquet
# $file (text)
# $line (number)
# $encoding (text)
ingest-error-encoding = { $file }, line { $line }: these bytes are not { $encoding }; set `encoding` in the mapping
# $file (text)
# $line (number)
# $limit (text)
# The limit is a size such as "16 MB".
ingest-error-line-too-long = { $file }, line { $line }: longer than { $limit }; is the delimiter or the quote character right?
# $file (text)
ingest-error-no-columns = { $file }: none of the mapped columns is in the header; is this the right mapping?
# $file (text)
# $column (text)
ingest-error-missing-column = { $file }: column { $column } of the mapping is not in the header
# $file (text)
# $sheet (text)
ingest-error-sheet = { $file } has no sheet { $sheet }
# $file (text)
ingest-error-not-found = { $file } does not exist
# $file (text)
ingest-error-unreadable = { $file } cannot be read
# $path (text)
ingest-error-disk-full = No space left on the disk for { $path }
ingest-error-unchanged = The records are as they were before: nothing was changed

## Why a row is in quarantine

quarantine-missing-required = a required field is empty
quarantine-not-a-number = not a number
quarantine-not-a-date = not a date or time in the given format
quarantine-not-a-bool = neither true nor false
quarantine-code-not-in-list = the code is not in the list
quarantine-duplicate-key = another row has the same key
quarantine-too-many-columns = more columns than the header
quarantine-too-few-columns = fewer columns than the header
quarantine-check-failed = a check of the row failed
quarantine-overflow = the number is too large for the field
quarantine-currency = currency unknown or without an exchange rate
quarantine-stop-before-start = the end is before the start

## Readiness

ready-title = What can be measured from these sources
ready-now = Can be measured now
ready-field-missing = A field is missing
ready-not-recorded = Not recorded
ready-entered = Entered by people
# $coverage (text)
# A percentage.
ready-coverage = coverage { $coverage }
# $now (number)
# $missing (number)
# $absent (number)
ready-summary = { $now } can be measured now · { $missing } lack a field · { $absent } are not recorded
ready-unlock-title = Fields that would unlock most
# $field (text)
# $kpis (number)
ready-unlock = { $field } unlocks { $kpis ->
    [one] { $kpis } KPI
   *[other] { $kpis } KPIs
}
# $kpis (text)
# A list of KPI ids.
ready-unlock-which = namely { $kpis }
ready-letter-title = Letter to the IT unit
# $area (text)
ready-letter-opening = To measure the performance of customs in { $area }, we ask you to add the following fields to the extract from the clearance system.
# $field (text)
# $contract (text)
# $meaning (text)
ready-letter-item = { $field } ({ $contract }): { $meaning }
ready-letter-closing = Personal data are replaced by pseudonyms when the extract is read; no record leaves the administration.
