### Help of the command line: one line a command, an argument and a flag, no full stop. Texts in backticks stay as they are.

help-about = Measures the performance of customs from the records of its own systems
help-demo = Makes a synthetic administration, measures it and writes a page
help-init = Makes a new node
help-doctor = Looks whether everything is in order here
help-framework = Works on the definitions of KPIs
help-framework-check = Checks definitions and runs their fixtures
help-framework-show = Shows the tree of a framework, or one KPI
help-framework-diff = Compares two versions of a framework and says which series break
help-framework-schema = Prints the JSON Schema of a kind of file, for editors
help-ingest = Takes source files in as records; what does not fit goes to quarantine
help-ready = Says which KPIs can be measured from the records, and why not
help-check = Runs the data checks
help-measure = Measures KPIs
help-show = Shows measured values
help-explain = Explains a value, a KPI or a diagnostic code
help-explain-kpi = Where the value of a KPI comes from
help-completions = Writes completions for a shell
help-man = Writes the manual page
help-version = Prints the version, and what it can read
help-schema = Prints the JSON Schema of a kind of file, for editors
help-help = Prints help on a command

## Flags and arguments

help-flag-node = Folder of the node
help-flag-lang = Language: en, fr, es, ru, ar, zh or pt, with a region if you like (ar-EG)
help-flag-quiet = Say only what went wrong
help-flag-verbose = Say more
help-flag-no-progress = No progress bars
help-flag-color = When to use colour; NO_COLOR is honoured
help-flag-log-format = Form of what stands on stderr
help-flag-help = Prints help
help-flag-version = Prints the version
help-flag-format = Form of the data
help-flag-out = Write to this file instead of stdout (needed for parquet)
help-flag-demo-out = Folder of the node that is made
help-flag-rows = About how many declarations
help-flag-months = How many months
help-flag-offices = How many customs offices
help-flag-seed = Seed of chance; the same seed gives the same bytes
help-flag-init-folder = Folder of the new node
help-flag-init-mapping = Mapping pack to start with
help-flag-init-code = Code of the administration, for example its country's ISO 3166 code
help-flag-name = Its name
help-flag-zone = IANA time zone
help-flag-currency = National currency, ISO 4217
help-flag-folder = Folder of the framework; the node's, or the shipped one, if not given
help-flag-kpi = KPI id
help-flag-old = Folder of the old version, or `open-customs`
help-flag-new = Folder of the new version, or `open-customs`
help-flag-kind = Kind of file
help-flag-sources = Folder of source files, or one file
help-flag-mapping = Only this mapping
help-flag-retry = Try the rows in quarantine again, after a mapping was mended
help-flag-again = Read again also what did not change
help-flag-letter = Print a letter that asks the IT unit for the missing fields
help-flag-kpis = KPIs by id
help-flag-select = Which KPIs: `dimension:tf,kpi:TF-13,outcome:tf.faster-release`
help-flag-period = Periods: `2025`, `2025-S1`, `2025-Q2`, `2025-03`, `2025-01..2025-06`, `FY2025`
help-flag-by = Breakdowns: `office,mode` one after the other, `office+mode` crossed
help-flag-memory = Memory limit
help-flag-threads = Threads; all cores if not given
help-flag-exit-zero = End with code 0 even if checks failed
help-flag-fail-on = From which severity on a failed check counts
help-flag-severity = Least severity to show
help-flag-grain = Lengths of periods: month, quarter, half, year; all if not given
help-flag-as-of = Moment of extraction: a day or RFC 3339; what lies later is unknown
help-flag-fresh = Measure again what is already there
help-flag-explain = Print the plan of every scan and its SQL instead of running it
help-flag-run = A run by its hash; the latest if not given
help-flag-page = Write the page of the run to this file, in the language asked for
help-flag-code = Code of a diagnostic, such as F0304
help-flag-explain-kpi-period = Period; the last year if not given
help-flag-shell = Shell

## Headings and what stands behind a line

help-heading-usage = Usage
help-heading-commands = Commands
help-heading-arguments = Arguments
help-heading-options = Options
help-heading-global = Global options
help-heading-examples = Examples
help-exit-codes = Exit codes: 0 done, 1 checks failed or a selected value is not computable, 2 wrong usage, 3 definition, mapping or configuration invalid, 4 input missing or unreadable, 5 network, 6 not allowed, 7 verification mismatch, 70 internal error, 130 interrupted (finished work is kept).
