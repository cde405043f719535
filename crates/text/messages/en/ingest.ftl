### Taking files in, quarantine, deriving, readiness.

## Progress and summary

# $rate (text)
# $left (text)
# Rows a second; time left.
ingest-rate = { $rate } rows/s, { $left } left
# $left (text)
# Time left.
progress-left = { $left } left
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
# $place (text)
# $value (text)
ingest-quarantine-example = for example { $place }: { $value }

## Files that cannot be read

# $file (text)
ingest-error-not-found = { $file } does not exist

## Readiness

ready-now = Can be measured now
ready-field-missing = A field is missing
ready-not-recorded = Not recorded
ready-entered = Entered by people
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
