### Words that every part of Mizan uses. English is the source of all other languages.
### Over each message: `$name (number)` or `$name (text)` for its variables, then notes to translators.

## Counted things

# $count (number)
declarations = { $count ->
    [one] { $count } declaration
   *[other] { $count } declarations
}
# $count (number)
# Customs offices.
offices = { $count ->
    [one] { $count } office
   *[other] { $count } offices
}
# $count (number)
months = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
# $count (number)
kpis = { $count ->
    [one] { $count } KPI
   *[other] { $count } KPIs
}
# $count (number)
rows = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
# $count (number)
files = { $count ->
    [one] { $count } file
   *[other] { $count } files
}
# $count (number)
findings = { $count ->
    [one] { $count } finding
   *[other] { $count } findings
}

## Periods and durations

# $year (text)
# A calendar year alone, as a name of a period.
period-year = { $year }
# $year (text)
period-fiscal-year = fiscal year { $year }
# $half (number)
# $year (text)
# Half 1 or 2 of a calendar year.
period-half = { $half ->
    [1] first half of { $year }
   *[2] second half of { $year }
}
# $quarter (number)
# $year (text)
# Quarter 1 to 4 of a calendar year.
period-quarter = { $quarter ->
    [1] first quarter of { $year }
    [2] second quarter of { $year }
    [3] third quarter of { $year }
   *[4] fourth quarter of { $year }
}
# $first (text)
# $last (text)
# Two periods or dates.
period-range = { $first } to { $last }
# $seconds (text)
# Short form with the unit symbol.
duration-seconds = { $seconds } s
# $minutes (text)
# $seconds (text)
duration-minutes = { $minutes } min { $seconds } s
# $hours (text)
# $minutes (text)
duration-hours = { $hours } h { $minutes } min
# $value (text)
quantity-hours = { $value } h
# $value (text)
# The number has decimals: use a form that fits any number.
quantity-days = { $value } d
# $value (text)
# Points of an index or percentage points.
quantity-points = { $value } pts
# $value (text)
# Short form of a number of thousands; Chinese: of 10 000 (万).
compact-first = { $value }K
# $value (text)
# Millions; Chinese: of 100 million (亿).
compact-second = { $value }M
# $value (text)
# Thousands of millions; Chinese: of 10 000 × 100 million (万亿).
compact-third = { $value }B

## Units of KPIs

unit-percent = percent
unit-hours = hours
unit-days = days
unit-money = money
unit-count = count
unit-ratio = ratio
unit-score = score
unit-points = points
unit-quantity = quantity
unit-stage = stage

## Statuses of a value: short label and one sentence

status-ok = measured
status-ok-why = The value was measured from records and meets the definition's requirements.
status-too-few = too few cases
status-too-few-why = There are fewer cases than the definition requires, so the value says little.
status-low-coverage = low coverage
status-low-coverage-why = Too many records lack a field that the definition needs.
status-undefined = undefined
status-undefined-why = The denominator or the base is zero or was not recorded, so there is no value.
status-not-computable = not computable
status-not-computable-why = A field or table that the definition needs is not recorded here.
status-not-closed = not closed yet
status-not-closed-why = The waiting time after the end of the period has not passed yet; the value may still change.
status-reported = entered
status-reported-why = The value was entered by people and not measured from records.

## Words of tables and pages

word-value = Value
word-numerator = Numerator
word-denominator = Denominator
# Number of cases behind a value; n.
word-cases = Cases
# $level (text)
# A percentage, usually 95 %.
word-interval = { $level } interval
# Share of records that could be used.
word-coverage = Coverage
word-trend = Trend
word-period = Period
word-unknown = Unknown
word-definition = Definition
# One execution of a measurement.
word-run = Run
# A group of KPIs in the framework, such as trade facilitation.
word-dimension = Dimension
word-outcome = Outcome
word-kpi = KPI
word-unit = Unit
word-status = Status
# Which direction is better.
word-direction = Direction
# Where a definition comes from.
word-origin = Origin
word-source = Source
# Area: the administration or territory.
word-area = Area
word-breakdown = Breakdown
word-reason = Reason
word-mapping = Mapping
word-contract = Data contract
word-file = File
word-rows-read = Rows read
word-taken = Taken
word-quarantined = In quarantine
word-duplicates = Duplicates
word-unchanged = Unchanged
word-reasons = Reasons
word-severity = Severity
word-yes = yes
word-no = no
word-score = Score
word-rank = Rank
word-grade = Grade
word-reference = Compared with
word-peers = Peers
word-rule = Rule
word-name = Name
word-limits = Limits
word-rationale = Why it is measured
word-how-to-read = How to read it

direction-higher = higher is better
direction-lower = lower is better
direction-target = closer to the target is better
direction-context = context, neither better nor worse

origin-pmm = PMM reference
origin-published = published elsewhere
origin-adapted = adapted
origin-own = Mizan's own

## Breakdowns

breakdown-office = by office
breakdown-mode = by mode of transport
# Red, yellow, green, blue lane of risk selection.
breakdown-channel = by channel
breakdown-procedure = by customs procedure
# Import, export, transit.
breakdown-flow = by flow
# Authorized economic operator.
breakdown-aeo = by AEO status
breakdown-traffic = by type of traffic
breakdown-statistic = by statistic
breakdown-hs-chapter = by HS chapter
breakdown-selection = by ground of selection
breakdown-category = by category
breakdown-product = by product
breakdown-agency = by agency

## State of a text

# $language (text)
# The name of the language in which the text is shown instead.
text-fallback = not yet in your language; shown in { $language }
text-machine = machine translation
text-draft = draft translation
text-reviewed = reviewed translation
text-official = official text
text-stale = translation older than its source
