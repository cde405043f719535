### Sentences of the other commands, and errors that any command can give.

## check

check-title = Data checks
# $passed (number)
# $failed (number)
check-summary = { $passed ->
    [one] { $passed } check passed
   *[other] { $passed } checks passed
} · { $failed ->
    [one] { $failed } failed
   *[other] { $failed } failed
}
check-passed = All data checks passed
severity-error = error
severity-warning = warning
severity-note = note

## measure

measure-progress = Measuring
# $measured (number)
# $not-computable (number)
# $warnings (number)
# $time (text)
# The last line of a run.
measure-summary = { $measured } measured · { $not-computable } not computable · { $warnings ->
    [one] { $warnings } warning
   *[other] { $warnings } warnings
} · { $time }
measure-nothing = Nothing to do: neither records nor definitions have changed since the last run
# $months (number)
# $all (number)
measure-incremental = { $months } of { $all ->
    [one] { $all } month measured again
   *[other] { $all } months measured again
}; the rest is unchanged

## show

show-empty = Nothing fits this selection
show-no-run = Nothing has been measured yet; run `mizan measure` first
# $run (text)
show-whole-run = Shown is run { $run }; the latest run measured a selection only

## explain

explain-title = Where this value comes from
explain-definition = Definition
explain-source-files = Source files
explain-records = Records
explain-parts = Parts
explain-run = Run
# $used (number)
# $all (number)
explain-usable = { $used } of { $all ->
    [one] { $all } record
   *[other] { $all } records
} could be used
# $value (text)
# $numerator (text)
# $denominator (text)
explain-division = { $value } = { $numerator } / { $denominator }
# $kpi (text)
# $version (text)
explain-kpi-version = { $kpi }, definition version { $version }
# $code (text)
explain-code-unknown = { $code } is not the code of a diagnostic or of a KPI

## doctor

doctor-node = Node folder
doctor-framework = Framework
doctor-mappings = Mappings
doctor-records = Records
doctor-disk = Free disk space
doctor-memory = Memory
doctor-clock = Clock
doctor-language = Language
doctor-writable = Folder can be written to
doctor-healthy = Healthy: nothing to mend
# $what (text)
doctor-mend = Mend this first: { $what }
# $free (text)
doctor-disk-low = only { $free } free on the disk
doctor-clock-wrong = the clock stands before the date of the newest record

## init

# $path (text)
init-created = New node in { $path }
# $path (text)
init-exists = { $path } is a node already; nothing was changed
# $node (text)
# $mappings (text)
init-next = Next: adapt the mappings in { $mappings } to your files, then run `mizan ingest FOLDER --node { $node }`

## framework

# $kpis (number)
# $findings (number)
framework-summary = { $kpis ->
    [one] { $kpis } KPI
   *[other] { $kpis } KPIs
} · { $findings ->
    [one] { $findings } finding
   *[other] { $findings } findings
}
# $passed (number)
# $all (number)
framework-fixtures = { $passed } of { $all ->
    [one] { $all } fixture passed
   *[other] { $all } fixtures passed
}
framework-clean = The framework has no faults
framework-diff-none = No difference
# $kpi (text)
framework-diff-added = { $kpi } is new
# $kpi (text)
framework-diff-removed = { $kpi } is gone
# $kpi (text)
# $from (text)
# $to (text)
framework-diff-changed = { $kpi } changed from version { $from } to { $to }
break-none = no break: the series goes on
break-level = break in level: the old and the new version must both be measured for one period
break-concept = break in concept: the series starts anew

## Errors

# $kpi (text)
error-unknown-kpi = there is no KPI { $kpi } in the framework
# $id (text)
error-did-you-mean = did you mean { $id }?
# $period (text)
error-unknown-period = { $period } is not a period; write 2025, 2025-S1, 2025-Q2 or 2025-03
# $period (text)
error-period-without-data = there are no records for { $period }
# $period (text)
# $first (text)
# $last (text)
error-period-incomplete = records do not fill { $period }: they reach from { $first } to { $last }
# $breakdown (text)
# $allowed (text)
error-unknown-breakdown = { $breakdown } is not a breakdown of this KPI; possible are { $allowed }
# $language (text)
error-unknown-language = { $language } is not one of Mizan's languages; choose en, fr, es, ru, ar, zh or pt
# $path (text)
error-not-a-node = { $path } is not a node: mizan.toml is not there; `mizan init` makes one
# $path (text)
error-locked = another program is working on the node { $path }; try again when it has ended
# $path (text)
error-path-exists = { $path } exists already
# $path (text)
error-not-writable = { $path } cannot be written to
# $path (text)
error-internal = Internal error: this is a fault of Mizan. The report is in { $path }
hint-label = help
hint-label-english = help, in English
why-label = why

## Hints with the exit code

exit-checks-failed = Some values are not computable or some checks failed (exit code 1); `--exit-zero` ignores this

## Scores

replications-progress = Replications
score-progress = Scoring
imputation-progress = Testing the imputation
score-missing-no-rule = the framework gives no rule
score-missing-no-value = no value
score-missing-too-few-peers = too few peers
score-missing-no-previous = no earlier value
score-missing-no-statistic = a statistic is missing
score-missing-no-direction = neither more nor less is better
score-missing-status = its status does not allow a score
score-missing-other-definition = measured by another definition
score-missing-out-of-range = no such value is possible
score-missing-not-finite = the score is not a finite number
score-missing-no-group = the group of peers is not known
score-missing-series-break = the earlier value is of another definition
# $edition (text)
# Beside all scores: the framework and its version.
score-edition = Framework: { $edition }
# Share of a composite that rests on imputed values.
composite-imputed = Imputed
# Share of a composite that rests on treated outliers.
composite-treated = Treated
composite-dropped = Missing share
# Ends of an interval.
composite-score-lower = Score from
composite-score-upper = Score to
composite-rank-lower = Rank from
composite-rank-upper = Rank to
# Of administrations that cannot be told apart.
composite-group = Group
# $count (number)
score-proved = Proved: { $count ->
    [one] { $count } score is the same
   *[other] { $count } scores are the same
}, bit for bit
# $path (text)
score-record = The audit record is in { $path }
# $areas (number)
# $years (number)
# $observations (number)
world-made = { $areas ->
    [one] { $areas } administration
   *[other] { $areas } administrations
}, { $years ->
    [one] { $years } year
   *[other] { $years } years
}, { $observations ->
    [one] { $observations } observation
   *[other] { $observations } observations
}
# $path (text)
world-next = Next: mizan score { $path }
