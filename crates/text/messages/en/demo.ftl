### `mizan demo` and the page that it writes.

## Progress

demo-phase-generate = Making the synthetic administration
demo-phase-ingest = Ingesting its files
# $declarations (text)
# $offices (text)
# $months (text)
# The three are counted phrases such as "300,000 declarations".
demo-made = { $declarations }, { $offices }, { $months }
# $seconds (text)
# A duration such as "4.1 s".
demo-done = Done in { $seconds }
# $path (text)
demo-page = Page: { $path }
# $path (text)
demo-table = Table: { $path }
# $path (text)
demo-node = Node: { $path }
# $path (text)
demo-next = To look further: mizan show --node { $path }

## Page

page-title = Customs performance indicators
# $area (text)
# $period (text)
page-subtitle = { $area }, { $period }
# $kpis (number)
# $declarations (number)
# Lead sentence of the page.
page-lead = { $kpis ->
    [one] { $kpis } KPI
   *[other] { $kpis } KPIs
} measured from { $declarations ->
    [one] { $declarations } declaration.
   *[other] { $declarations } declarations.
}
page-synthetic = Synthetic data: no real administration stands behind these numbers.
page-how-to-read = How to read this page
page-how-value = Each value stands with its numerator and denominator, so that anyone can check the division.
# $hits (number)
# $all (number)
# Usually 95 of 100.
page-how-interval = The interval shows how far the value could vary by chance alone: { $hits } of { $all } such intervals hold the underlying value.
page-how-coverage = Coverage is the share of records that had all fields that the definition needs.
page-how-missing = A dash means that there is no value; the reason stands beside it. It is never a zero.
page-how-trend = The small line shows the months of the period; a gap is a month without a value.
page-contents = Contents
page-legend = Legend
page-language = Language
page-skip = Skip to content
# $first-value (text)
# $first-period (text)
# $last-value (text)
# $last-period (text)
# Text alternative of the small trend line.
page-trend = from { $first-value } in { $first-period } to { $last-value } in { $last-period }
page-trend-none = no trend: fewer than two values
page-not-computable = Not computable here
page-not-computable-lead = For these KPIs the records lack a field or a table.
page-entered = Entered, not measured
page-entered-lead = These KPIs are answered by people; no record can give them.
# $low (text)
# $high (text)
interval-range = { $low } to { $high }
# $count (number)
page-dimension-count = { $count ->
    [one] { $count } KPI in this dimension
   *[other] { $count } KPIs in this dimension
}
# $offices (number)
# Said under a long breakdown of which only a part is shown.
page-more-offices = { $offices ->
    [one] and { $offices } more office
   *[other] and { $offices } more offices
}
# $version (text)
page-made-by = Made by Mizan { $version }
# $framework (text)
# $version (text)
page-framework = Framework { $framework }, version { $version }
# $run (text)
page-run = Run { $run }
page-downloads = The same numbers as files
