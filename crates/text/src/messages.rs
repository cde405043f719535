//! Typed accessors of all messages.
//!
//! Generated from `messages/en/*.ftl` by `cargo xtask codegen`; do not edit.

use fluent_bundle::FluentValue;

use crate::bundle::Messages;

/// Messages of `common.ftl`.
impl Messages {
    /// `count` declarations
    #[must_use]
    pub fn declarations(&self, count: u64) -> String {
        self.format("declarations", [("count", FluentValue::from(count))])
    }

    /// `count` offices
    ///
    /// Customs offices.
    #[must_use]
    pub fn offices(&self, count: u64) -> String {
        self.format("offices", [("count", FluentValue::from(count))])
    }

    /// `count` months
    #[must_use]
    pub fn months(&self, count: u64) -> String {
        self.format("months", [("count", FluentValue::from(count))])
    }

    /// `count` KPIs
    #[must_use]
    pub fn kpis(&self, count: u64) -> String {
        self.format("kpis", [("count", FluentValue::from(count))])
    }

    /// `count` rows
    #[must_use]
    pub fn rows(&self, count: u64) -> String {
        self.format("rows", [("count", FluentValue::from(count))])
    }

    /// `count` files
    #[must_use]
    pub fn files(&self, count: u64) -> String {
        self.format("files", [("count", FluentValue::from(count))])
    }

    /// `count` warnings
    #[must_use]
    pub fn warnings(&self, count: u64) -> String {
        self.format("warnings", [("count", FluentValue::from(count))])
    }

    /// `count` findings
    #[must_use]
    pub fn findings(&self, count: u64) -> String {
        self.format("findings", [("count", FluentValue::from(count))])
    }

    /// `year`
    ///
    /// A calendar year alone, as a name of a period.
    #[must_use]
    pub fn period_year(&self, year: &str) -> String {
        self.format("period-year", [("year", FluentValue::from(year))])
    }

    /// fiscal year `year`
    #[must_use]
    pub fn period_fiscal_year(&self, year: &str) -> String {
        self.format("period-fiscal-year", [("year", FluentValue::from(year))])
    }

    /// second half of `year`
    ///
    /// Half 1 or 2 of a calendar year.
    #[must_use]
    pub fn period_half(&self, half: u64, year: &str) -> String {
        self.format("period-half", [("half", FluentValue::from(half)), ("year", FluentValue::from(year))])
    }

    /// fourth quarter of `year`
    ///
    /// Quarter 1 to 4 of a calendar year.
    #[must_use]
    pub fn period_quarter(&self, quarter: u64, year: &str) -> String {
        self.format("period-quarter", [("quarter", FluentValue::from(quarter)), ("year", FluentValue::from(year))])
    }

    /// `first` to `last`
    ///
    /// Two periods or dates.
    #[must_use]
    pub fn period_range(&self, first: &str, last: &str) -> String {
        self.format("period-range", [("first", FluentValue::from(first)), ("last", FluentValue::from(last))])
    }

    /// `seconds` s
    ///
    /// Short form with the unit symbol.
    #[must_use]
    pub fn duration_seconds(&self, seconds: &str) -> String {
        self.format("duration-seconds", [("seconds", FluentValue::from(seconds))])
    }

    /// `minutes` min `seconds` s
    #[must_use]
    pub fn duration_minutes(&self, minutes: &str, seconds: &str) -> String {
        self.format("duration-minutes", [("minutes", FluentValue::from(minutes)), ("seconds", FluentValue::from(seconds))])
    }

    /// `hours` h `minutes` min
    #[must_use]
    pub fn duration_hours(&self, hours: &str, minutes: &str) -> String {
        self.format("duration-hours", [("hours", FluentValue::from(hours)), ("minutes", FluentValue::from(minutes))])
    }

    /// `value` h
    #[must_use]
    pub fn quantity_hours(&self, value: &str) -> String {
        self.format("quantity-hours", [("value", FluentValue::from(value))])
    }

    /// `value` d
    ///
    /// The number has decimals: use a form that fits any number.
    #[must_use]
    pub fn quantity_days(&self, value: &str) -> String {
        self.format("quantity-days", [("value", FluentValue::from(value))])
    }

    /// `value` pts
    ///
    /// Points of an index or percentage points.
    #[must_use]
    pub fn quantity_points(&self, value: &str) -> String {
        self.format("quantity-points", [("value", FluentValue::from(value))])
    }

    /// `value`K
    ///
    /// Short form of a number of thousands; Chinese: of 10 000 (万).
    #[must_use]
    pub fn compact_first(&self, value: &str) -> String {
        self.format("compact-first", [("value", FluentValue::from(value))])
    }

    /// `value`M
    ///
    /// Millions; Chinese: of 100 million (亿).
    #[must_use]
    pub fn compact_second(&self, value: &str) -> String {
        self.format("compact-second", [("value", FluentValue::from(value))])
    }

    /// `value`B
    ///
    /// Thousands of millions; Chinese: of 10 000 × 100 million (万亿).
    #[must_use]
    pub fn compact_third(&self, value: &str) -> String {
        self.format("compact-third", [("value", FluentValue::from(value))])
    }

    /// percent
    #[must_use]
    pub fn unit_percent(&self) -> String {
        self.format("unit-percent", [])
    }

    /// hours
    #[must_use]
    pub fn unit_hours(&self) -> String {
        self.format("unit-hours", [])
    }

    /// days
    #[must_use]
    pub fn unit_days(&self) -> String {
        self.format("unit-days", [])
    }

    /// money
    #[must_use]
    pub fn unit_money(&self) -> String {
        self.format("unit-money", [])
    }

    /// count
    #[must_use]
    pub fn unit_count(&self) -> String {
        self.format("unit-count", [])
    }

    /// ratio
    #[must_use]
    pub fn unit_ratio(&self) -> String {
        self.format("unit-ratio", [])
    }

    /// score
    #[must_use]
    pub fn unit_score(&self) -> String {
        self.format("unit-score", [])
    }

    /// points
    #[must_use]
    pub fn unit_points(&self) -> String {
        self.format("unit-points", [])
    }

    /// quantity
    #[must_use]
    pub fn unit_quantity(&self) -> String {
        self.format("unit-quantity", [])
    }

    /// stage
    #[must_use]
    pub fn unit_stage(&self) -> String {
        self.format("unit-stage", [])
    }

    /// measured
    #[must_use]
    pub fn status_ok(&self) -> String {
        self.format("status-ok", [])
    }

    /// The value was measured from records and meets the definition's requirements.
    #[must_use]
    pub fn status_ok_why(&self) -> String {
        self.format("status-ok-why", [])
    }

    /// too few cases
    #[must_use]
    pub fn status_too_few(&self) -> String {
        self.format("status-too-few", [])
    }

    /// There are fewer cases than the definition requires, so the value says little.
    #[must_use]
    pub fn status_too_few_why(&self) -> String {
        self.format("status-too-few-why", [])
    }

    /// low coverage
    #[must_use]
    pub fn status_low_coverage(&self) -> String {
        self.format("status-low-coverage", [])
    }

    /// Too many records lack a field that the definition needs.
    #[must_use]
    pub fn status_low_coverage_why(&self) -> String {
        self.format("status-low-coverage-why", [])
    }

    /// undefined
    #[must_use]
    pub fn status_undefined(&self) -> String {
        self.format("status-undefined", [])
    }

    /// The denominator or the base is zero, so there is no value.
    #[must_use]
    pub fn status_undefined_why(&self) -> String {
        self.format("status-undefined-why", [])
    }

    /// not computable
    #[must_use]
    pub fn status_not_computable(&self) -> String {
        self.format("status-not-computable", [])
    }

    /// A field or table that the definition needs is not recorded here.
    #[must_use]
    pub fn status_not_computable_why(&self) -> String {
        self.format("status-not-computable-why", [])
    }

    /// not closed yet
    #[must_use]
    pub fn status_not_closed(&self) -> String {
        self.format("status-not-closed", [])
    }

    /// The waiting time after the end of the period has not passed yet; the value may still change.
    #[must_use]
    pub fn status_not_closed_why(&self) -> String {
        self.format("status-not-closed-why", [])
    }

    /// entered
    #[must_use]
    pub fn status_reported(&self) -> String {
        self.format("status-reported", [])
    }

    /// The value was entered by people and not measured from records.
    #[must_use]
    pub fn status_reported_why(&self) -> String {
        self.format("status-reported-why", [])
    }

    /// Value
    #[must_use]
    pub fn word_value(&self) -> String {
        self.format("word-value", [])
    }

    /// Numerator
    #[must_use]
    pub fn word_numerator(&self) -> String {
        self.format("word-numerator", [])
    }

    /// Denominator
    #[must_use]
    pub fn word_denominator(&self) -> String {
        self.format("word-denominator", [])
    }

    /// Cases
    ///
    /// Number of cases behind a value; n.
    #[must_use]
    pub fn word_cases(&self) -> String {
        self.format("word-cases", [])
    }

    /// `level` interval
    ///
    /// A percentage, usually 95 %.
    #[must_use]
    pub fn word_interval(&self, level: &str) -> String {
        self.format("word-interval", [("level", FluentValue::from(level))])
    }

    /// Coverage
    ///
    /// Share of records that could be used.
    #[must_use]
    pub fn word_coverage(&self) -> String {
        self.format("word-coverage", [])
    }

    /// Trend
    #[must_use]
    pub fn word_trend(&self) -> String {
        self.format("word-trend", [])
    }

    /// Office
    ///
    /// Customs office.
    #[must_use]
    pub fn word_office(&self) -> String {
        self.format("word-office", [])
    }

    /// Period
    #[must_use]
    pub fn word_period(&self) -> String {
        self.format("word-period", [])
    }

    /// Total
    #[must_use]
    pub fn word_total(&self) -> String {
        self.format("word-total", [])
    }

    /// Unknown
    #[must_use]
    pub fn word_unknown(&self) -> String {
        self.format("word-unknown", [])
    }

    /// Definition
    #[must_use]
    pub fn word_definition(&self) -> String {
        self.format("word-definition", [])
    }

    /// Version
    #[must_use]
    pub fn word_version(&self) -> String {
        self.format("word-version", [])
    }

    /// Run
    ///
    /// One execution of a measurement.
    #[must_use]
    pub fn word_run(&self) -> String {
        self.format("word-run", [])
    }

    /// Dimension
    ///
    /// A group of KPIs in the framework, such as trade facilitation.
    #[must_use]
    pub fn word_dimension(&self) -> String {
        self.format("word-dimension", [])
    }

    /// Outcome
    #[must_use]
    pub fn word_outcome(&self) -> String {
        self.format("word-outcome", [])
    }

    /// KPI
    #[must_use]
    pub fn word_kpi(&self) -> String {
        self.format("word-kpi", [])
    }

    /// Unit
    #[must_use]
    pub fn word_unit(&self) -> String {
        self.format("word-unit", [])
    }

    /// Status
    #[must_use]
    pub fn word_status(&self) -> String {
        self.format("word-status", [])
    }

    /// Direction
    ///
    /// Which direction is better.
    #[must_use]
    pub fn word_direction(&self) -> String {
        self.format("word-direction", [])
    }

    /// Origin
    ///
    /// Where a definition comes from.
    #[must_use]
    pub fn word_origin(&self) -> String {
        self.format("word-origin", [])
    }

    /// Source
    #[must_use]
    pub fn word_source(&self) -> String {
        self.format("word-source", [])
    }

    /// Area
    ///
    /// Area: the administration or territory.
    #[must_use]
    pub fn word_area(&self) -> String {
        self.format("word-area", [])
    }

    /// Breakdown
    #[must_use]
    pub fn word_breakdown(&self) -> String {
        self.format("word-breakdown", [])
    }

    /// Reason
    #[must_use]
    pub fn word_reason(&self) -> String {
        self.format("word-reason", [])
    }

    /// Field
    #[must_use]
    pub fn word_field(&self) -> String {
        self.format("word-field", [])
    }

    /// File
    #[must_use]
    pub fn word_file(&self) -> String {
        self.format("word-file", [])
    }

    /// Line
    #[must_use]
    pub fn word_line(&self) -> String {
        self.format("word-line", [])
    }

    /// Column
    #[must_use]
    pub fn word_column(&self) -> String {
        self.format("word-column", [])
    }

    /// Data contract
    #[must_use]
    pub fn word_contract(&self) -> String {
        self.format("word-contract", [])
    }

    /// Severity
    #[must_use]
    pub fn word_severity(&self) -> String {
        self.format("word-severity", [])
    }

    /// yes
    #[must_use]
    pub fn word_yes(&self) -> String {
        self.format("word-yes", [])
    }

    /// no
    #[must_use]
    pub fn word_no(&self) -> String {
        self.format("word-no", [])
    }

    /// Name
    #[must_use]
    pub fn word_name(&self) -> String {
        self.format("word-name", [])
    }

    /// Limits
    #[must_use]
    pub fn word_limits(&self) -> String {
        self.format("word-limits", [])
    }

    /// Why it is measured
    #[must_use]
    pub fn word_rationale(&self) -> String {
        self.format("word-rationale", [])
    }

    /// How to read it
    #[must_use]
    pub fn word_how_to_read(&self) -> String {
        self.format("word-how-to-read", [])
    }

    /// higher is better
    #[must_use]
    pub fn direction_higher(&self) -> String {
        self.format("direction-higher", [])
    }

    /// lower is better
    #[must_use]
    pub fn direction_lower(&self) -> String {
        self.format("direction-lower", [])
    }

    /// closer to the target is better
    #[must_use]
    pub fn direction_target(&self) -> String {
        self.format("direction-target", [])
    }

    /// context, neither better nor worse
    #[must_use]
    pub fn direction_context(&self) -> String {
        self.format("direction-context", [])
    }

    /// PMM reference
    #[must_use]
    pub fn origin_pmm(&self) -> String {
        self.format("origin-pmm", [])
    }

    /// published elsewhere
    #[must_use]
    pub fn origin_published(&self) -> String {
        self.format("origin-published", [])
    }

    /// adapted
    #[must_use]
    pub fn origin_adapted(&self) -> String {
        self.format("origin-adapted", [])
    }

    /// Mizan's own
    #[must_use]
    pub fn origin_own(&self) -> String {
        self.format("origin-own", [])
    }

    /// by office
    #[must_use]
    pub fn breakdown_office(&self) -> String {
        self.format("breakdown-office", [])
    }

    /// by mode of transport
    #[must_use]
    pub fn breakdown_mode(&self) -> String {
        self.format("breakdown-mode", [])
    }

    /// by channel
    ///
    /// Red, yellow, green, blue lane of risk selection.
    #[must_use]
    pub fn breakdown_channel(&self) -> String {
        self.format("breakdown-channel", [])
    }

    /// by customs procedure
    #[must_use]
    pub fn breakdown_procedure(&self) -> String {
        self.format("breakdown-procedure", [])
    }

    /// by flow
    ///
    /// Import, export, transit.
    #[must_use]
    pub fn breakdown_flow(&self) -> String {
        self.format("breakdown-flow", [])
    }

    /// by AEO status
    ///
    /// Authorized economic operator.
    #[must_use]
    pub fn breakdown_aeo(&self) -> String {
        self.format("breakdown-aeo", [])
    }

    /// by type of traffic
    #[must_use]
    pub fn breakdown_traffic(&self) -> String {
        self.format("breakdown-traffic", [])
    }

    /// by statistic
    #[must_use]
    pub fn breakdown_statistic(&self) -> String {
        self.format("breakdown-statistic", [])
    }

    /// by HS chapter
    #[must_use]
    pub fn breakdown_hs_chapter(&self) -> String {
        self.format("breakdown-hs-chapter", [])
    }

    /// by ground of selection
    #[must_use]
    pub fn breakdown_selection(&self) -> String {
        self.format("breakdown-selection", [])
    }

    /// by category
    #[must_use]
    pub fn breakdown_category(&self) -> String {
        self.format("breakdown-category", [])
    }

    /// by product
    #[must_use]
    pub fn breakdown_product(&self) -> String {
        self.format("breakdown-product", [])
    }

    /// by agency
    #[must_use]
    pub fn breakdown_agency(&self) -> String {
        self.format("breakdown-agency", [])
    }

    /// not yet in your language; shown in `language`
    ///
    /// The name of the language in which the text is shown instead.
    #[must_use]
    pub fn text_fallback(&self, language: &str) -> String {
        self.format("text-fallback", [("language", FluentValue::from(language))])
    }

    /// machine translation
    #[must_use]
    pub fn text_machine(&self) -> String {
        self.format("text-machine", [])
    }

    /// draft translation
    #[must_use]
    pub fn text_draft(&self) -> String {
        self.format("text-draft", [])
    }

    /// reviewed translation
    #[must_use]
    pub fn text_reviewed(&self) -> String {
        self.format("text-reviewed", [])
    }

    /// official text
    #[must_use]
    pub fn text_official(&self) -> String {
        self.format("text-official", [])
    }

    /// translation older than its source
    #[must_use]
    pub fn text_stale(&self) -> String {
        self.format("text-stale", [])
    }
}

/// Messages of `demo.ftl`.
impl Messages {
    /// Making the synthetic administration
    #[must_use]
    pub fn demo_phase_generate(&self) -> String {
        self.format("demo-phase-generate", [])
    }

    /// Ingesting its files
    #[must_use]
    pub fn demo_phase_ingest(&self) -> String {
        self.format("demo-phase-ingest", [])
    }

    /// Deriving fields
    #[must_use]
    pub fn demo_phase_derive(&self) -> String {
        self.format("demo-phase-derive", [])
    }

    /// Measuring
    #[must_use]
    pub fn demo_phase_measure(&self) -> String {
        self.format("demo-phase-measure", [])
    }

    /// Writing the results
    #[must_use]
    pub fn demo_phase_write(&self) -> String {
        self.format("demo-phase-write", [])
    }

    /// `declarations`, `offices`, `months`
    ///
    /// The three are counted phrases such as "300,000 declarations".
    #[must_use]
    pub fn demo_made(&self, declarations: &str, offices: &str, months: &str) -> String {
        self.format("demo-made", [("declarations", FluentValue::from(declarations)), ("offices", FluentValue::from(offices)), ("months", FluentValue::from(months))])
    }

    /// Done in `seconds`
    ///
    /// A duration such as "4.1 s".
    #[must_use]
    pub fn demo_done(&self, seconds: &str) -> String {
        self.format("demo-done", [("seconds", FluentValue::from(seconds))])
    }

    /// Page: `path`
    #[must_use]
    pub fn demo_page(&self, path: &str) -> String {
        self.format("demo-page", [("path", FluentValue::from(path))])
    }

    /// Table: `path`
    #[must_use]
    pub fn demo_table(&self, path: &str) -> String {
        self.format("demo-table", [("path", FluentValue::from(path))])
    }

    /// Node: `path`
    #[must_use]
    pub fn demo_node(&self, path: &str) -> String {
        self.format("demo-node", [("path", FluentValue::from(path))])
    }

    /// To look further: mizan show --node `path`
    #[must_use]
    pub fn demo_next(&self, path: &str) -> String {
        self.format("demo-next", [("path", FluentValue::from(path))])
    }

    /// The planted truth “`name`” was found again.
    #[must_use]
    pub fn demo_truth_recovered(&self, name: &str) -> String {
        self.format("demo-truth-recovered", [("name", FluentValue::from(name))])
    }

    /// Customs performance indicators
    #[must_use]
    pub fn page_title(&self) -> String {
        self.format("page-title", [])
    }

    /// `area`, `period`
    #[must_use]
    pub fn page_subtitle(&self, area: &str, period: &str) -> String {
        self.format("page-subtitle", [("area", FluentValue::from(area)), ("period", FluentValue::from(period))])
    }

    /// `kpis` KPIs measured from `declarations` declarations.
    ///
    /// Lead sentence of the page.
    #[must_use]
    pub fn page_lead(&self, kpis: u64, declarations: u64) -> String {
        self.format("page-lead", [("kpis", FluentValue::from(kpis)), ("declarations", FluentValue::from(declarations))])
    }

    /// Synthetic data: no real administration stands behind these numbers.
    #[must_use]
    pub fn page_synthetic(&self) -> String {
        self.format("page-synthetic", [])
    }

    /// How to read this page
    #[must_use]
    pub fn page_how_to_read(&self) -> String {
        self.format("page-how-to-read", [])
    }

    /// Each value stands with its numerator and denominator, so that anyone can check the division.
    #[must_use]
    pub fn page_how_value(&self) -> String {
        self.format("page-how-value", [])
    }

    /// The interval shows how far the value could vary by chance alone: `hits` of `all` such intervals hold the underlying value.
    ///
    /// Usually 95 of 100.
    #[must_use]
    pub fn page_how_interval(&self, hits: u64, all: u64) -> String {
        self.format("page-how-interval", [("hits", FluentValue::from(hits)), ("all", FluentValue::from(all))])
    }

    /// Coverage is the share of records that had all fields that the definition needs.
    #[must_use]
    pub fn page_how_coverage(&self) -> String {
        self.format("page-how-coverage", [])
    }

    /// A dash means that there is no value; the reason stands beside it. It is never a zero.
    #[must_use]
    pub fn page_how_missing(&self) -> String {
        self.format("page-how-missing", [])
    }

    /// The small line shows the months of the period; a gap is a month without a value.
    #[must_use]
    pub fn page_how_trend(&self) -> String {
        self.format("page-how-trend", [])
    }

    /// Contents
    #[must_use]
    pub fn page_contents(&self) -> String {
        self.format("page-contents", [])
    }

    /// Legend
    #[must_use]
    pub fn page_legend(&self) -> String {
        self.format("page-legend", [])
    }

    /// Language
    #[must_use]
    pub fn page_language(&self) -> String {
        self.format("page-language", [])
    }

    /// Skip to content
    #[must_use]
    pub fn page_skip(&self) -> String {
        self.format("page-skip", [])
    }

    /// By office
    #[must_use]
    pub fn page_by_office(&self) -> String {
        self.format("page-by-office", [])
    }

    /// Parts
    #[must_use]
    pub fn page_parts(&self) -> String {
        self.format("page-parts", [])
    }

    /// Show the breakdown
    #[must_use]
    pub fn page_show_breakdown(&self) -> String {
        self.format("page-show-breakdown", [])
    }

    /// This KPI has no breakdown here.
    #[must_use]
    pub fn page_no_breakdown(&self) -> String {
        self.format("page-no-breakdown", [])
    }

    /// from `first_value` in `first_period` to `last_value` in `last_period`
    ///
    /// Text alternative of the small trend line.
    #[must_use]
    pub fn page_trend(&self, first_value: &str, first_period: &str, last_value: &str, last_period: &str) -> String {
        self.format("page-trend", [("first-value", FluentValue::from(first_value)), ("first-period", FluentValue::from(first_period)), ("last-value", FluentValue::from(last_value)), ("last-period", FluentValue::from(last_period))])
    }

    /// no trend: fewer than two values
    #[must_use]
    pub fn page_trend_none(&self) -> String {
        self.format("page-trend-none", [])
    }

    /// Not computable here
    #[must_use]
    pub fn page_not_computable(&self) -> String {
        self.format("page-not-computable", [])
    }

    /// For these KPIs the records lack a field or a table.
    #[must_use]
    pub fn page_not_computable_lead(&self) -> String {
        self.format("page-not-computable-lead", [])
    }

    /// Entered, not measured
    #[must_use]
    pub fn page_entered(&self) -> String {
        self.format("page-entered", [])
    }

    /// These KPIs are answered by people; no record can give them.
    #[must_use]
    pub fn page_entered_lead(&self) -> String {
        self.format("page-entered-lead", [])
    }

    /// `low` to `high`
    #[must_use]
    pub fn interval_range(&self, low: &str, high: &str) -> String {
        self.format("interval-range", [("low", FluentValue::from(low)), ("high", FluentValue::from(high))])
    }

    /// `count` KPIs in this dimension
    #[must_use]
    pub fn page_dimension_count(&self, count: u64) -> String {
        self.format("page-dimension-count", [("count", FluentValue::from(count))])
    }

    /// and `offices` more offices
    ///
    /// Said under a long breakdown of which only a part is shown.
    #[must_use]
    pub fn page_more_offices(&self, offices: u64) -> String {
        self.format("page-more-offices", [("offices", FluentValue::from(offices))])
    }

    /// Made by Mizan `version`
    #[must_use]
    pub fn page_made_by(&self, version: &str) -> String {
        self.format("page-made-by", [("version", FluentValue::from(version))])
    }

    /// Framework `framework`, version `version`
    #[must_use]
    pub fn page_framework(&self, framework: &str, version: &str) -> String {
        self.format("page-framework", [("framework", FluentValue::from(framework)), ("version", FluentValue::from(version))])
    }

    /// Run `run`
    #[must_use]
    pub fn page_run(&self, run: &str) -> String {
        self.format("page-run", [("run", FluentValue::from(run))])
    }

    /// The same numbers as files
    #[must_use]
    pub fn page_downloads(&self) -> String {
        self.format("page-downloads", [])
    }
}

/// Messages of `ingest.ftl`.
impl Messages {
    /// Reading `file`
    #[must_use]
    pub fn ingest_reading(&self, file: &str) -> String {
        self.format("ingest-reading", [("file", FluentValue::from(file))])
    }

    /// `rate` rows/s, `left` left
    ///
    /// Rows a second; time left.
    #[must_use]
    pub fn ingest_rate(&self, rate: &str, left: &str) -> String {
        self.format("ingest-rate", [("rate", FluentValue::from(rate)), ("left", FluentValue::from(left))])
    }

    /// `file`: `read` rows read, `taken` taken, `quarantined` in quarantine
    #[must_use]
    pub fn ingest_file(&self, file: &str, read: u64, taken: u64, quarantined: u64) -> String {
        self.format("ingest-file", [("file", FluentValue::from(file)), ("read", FluentValue::from(read)), ("taken", FluentValue::from(taken)), ("quarantined", FluentValue::from(quarantined))])
    }

    /// `rows` rows taken · `quarantined` rows in quarantine
    #[must_use]
    pub fn ingest_summary(&self, rows: u64, quarantined: u64) -> String {
        self.format("ingest-summary", [("rows", FluentValue::from(rows)), ("quarantined", FluentValue::from(quarantined))])
    }

    /// `file`: unchanged since the last time, skipped
    #[must_use]
    pub fn ingest_unchanged(&self, file: &str) -> String {
        self.format("ingest-unchanged", [("file", FluentValue::from(file))])
    }

    /// Mapping `mapping` fills `contract`
    #[must_use]
    pub fn ingest_mapping(&self, mapping: &str, contract: &str) -> String {
        self.format("ingest-mapping", [("mapping", FluentValue::from(mapping)), ("contract", FluentValue::from(contract))])
    }

    /// Nothing to ingest: all files are unchanged
    #[must_use]
    pub fn ingest_nothing(&self) -> String {
        self.format("ingest-nothing", [])
    }

    /// `rows` rows taken out of quarantine · `left` rows stay there
    #[must_use]
    pub fn ingest_retry(&self, rows: u64, left: u64) -> String {
        self.format("ingest-retry", [("rows", FluentValue::from(rows)), ("left", FluentValue::from(left))])
    }

    /// The quarantine is empty: nothing to try again
    #[must_use]
    pub fn ingest_retry_nothing(&self) -> String {
        self.format("ingest-retry-nothing", [])
    }

    /// The rows in quarantine, each with its reason: `path`
    #[must_use]
    pub fn ingest_quarantine_where(&self, path: &str) -> String {
        self.format("ingest-quarantine-where", [("path", FluentValue::from(path))])
    }

    /// Deriving fields from other records
    #[must_use]
    pub fn derive_progress(&self) -> String {
        self.format("derive-progress", [])
    }

    /// `fields` fields derived in `rows` rows
    #[must_use]
    pub fn derive_summary(&self, fields: u64, rows: u64) -> String {
        self.format("derive-summary", [("fields", FluentValue::from(fields)), ("rows", FluentValue::from(rows))])
    }

    /// column `column` is not mapped and is ignored
    #[must_use]
    pub fn ingest_column_unused(&self, column: &str) -> String {
        self.format("ingest-column-unused", [("column", FluentValue::from(column))])
    }

    /// code `code` of `field` has no translation (`rows` rows)
    #[must_use]
    pub fn ingest_code_unmapped(&self, code: &str, field: &str, rows: u64) -> String {
        self.format("ingest-code-unmapped", [("code", FluentValue::from(code)), ("field", FluentValue::from(field)), ("rows", FluentValue::from(rows))])
    }

    /// `file` ends in the middle of line `line`; fetch the file again
    #[must_use]
    pub fn ingest_error_truncated(&self, file: &str, line: u64) -> String {
        self.format("ingest-error-truncated", [("file", FluentValue::from(file)), ("line", FluentValue::from(line))])
    }

    /// `file` is empty
    #[must_use]
    pub fn ingest_error_empty(&self, file: &str) -> String {
        self.format("ingest-error-empty", [("file", FluentValue::from(file))])
    }

    /// `file` is not a text file; expected is CSV, XLSX or Parquet
    #[must_use]
    pub fn ingest_error_binary(&self, file: &str) -> String {
        self.format("ingest-error-binary", [("file", FluentValue::from(file))])
    }

    /// `file`, line `line`: these bytes are not `encoding`; set `encoding` in the mapping
    #[must_use]
    pub fn ingest_error_encoding(&self, file: &str, line: u64, encoding: &str) -> String {
        self.format("ingest-error-encoding", [("file", FluentValue::from(file)), ("line", FluentValue::from(line)), ("encoding", FluentValue::from(encoding))])
    }

    /// `file`, line `line`: longer than `limit`; is the delimiter or the quote character right?
    ///
    /// The limit is a size such as "16 MB".
    #[must_use]
    pub fn ingest_error_line_too_long(&self, file: &str, line: u64, limit: &str) -> String {
        self.format("ingest-error-line-too-long", [("file", FluentValue::from(file)), ("line", FluentValue::from(line)), ("limit", FluentValue::from(limit))])
    }

    /// `file`: none of the mapped columns is in the header; is this the right mapping?
    #[must_use]
    pub fn ingest_error_no_columns(&self, file: &str) -> String {
        self.format("ingest-error-no-columns", [("file", FluentValue::from(file))])
    }

    /// `file`: column `column` of the mapping is not in the header
    #[must_use]
    pub fn ingest_error_missing_column(&self, file: &str, column: &str) -> String {
        self.format("ingest-error-missing-column", [("file", FluentValue::from(file)), ("column", FluentValue::from(column))])
    }

    /// `file` has no sheet `sheet`
    #[must_use]
    pub fn ingest_error_sheet(&self, file: &str, sheet: &str) -> String {
        self.format("ingest-error-sheet", [("file", FluentValue::from(file)), ("sheet", FluentValue::from(sheet))])
    }

    /// `file` does not exist
    #[must_use]
    pub fn ingest_error_not_found(&self, file: &str) -> String {
        self.format("ingest-error-not-found", [("file", FluentValue::from(file))])
    }

    /// `file` cannot be read
    #[must_use]
    pub fn ingest_error_unreadable(&self, file: &str) -> String {
        self.format("ingest-error-unreadable", [("file", FluentValue::from(file))])
    }

    /// No space left on the disk for `path`
    #[must_use]
    pub fn ingest_error_disk_full(&self, path: &str) -> String {
        self.format("ingest-error-disk-full", [("path", FluentValue::from(path))])
    }

    /// The records are as they were before: nothing was changed
    #[must_use]
    pub fn ingest_error_unchanged(&self) -> String {
        self.format("ingest-error-unchanged", [])
    }

    /// a required field is empty
    #[must_use]
    pub fn quarantine_missing_required(&self) -> String {
        self.format("quarantine-missing-required", [])
    }

    /// not a number
    #[must_use]
    pub fn quarantine_not_a_number(&self) -> String {
        self.format("quarantine-not-a-number", [])
    }

    /// not a date or time in the given format
    #[must_use]
    pub fn quarantine_not_a_date(&self) -> String {
        self.format("quarantine-not-a-date", [])
    }

    /// neither true nor false
    #[must_use]
    pub fn quarantine_not_a_bool(&self) -> String {
        self.format("quarantine-not-a-bool", [])
    }

    /// the code is not in the list
    #[must_use]
    pub fn quarantine_code_not_in_list(&self) -> String {
        self.format("quarantine-code-not-in-list", [])
    }

    /// another row has the same key
    #[must_use]
    pub fn quarantine_duplicate_key(&self) -> String {
        self.format("quarantine-duplicate-key", [])
    }

    /// more columns than the header
    #[must_use]
    pub fn quarantine_too_many_columns(&self) -> String {
        self.format("quarantine-too-many-columns", [])
    }

    /// fewer columns than the header
    #[must_use]
    pub fn quarantine_too_few_columns(&self) -> String {
        self.format("quarantine-too-few-columns", [])
    }

    /// a check of the row failed
    #[must_use]
    pub fn quarantine_check_failed(&self) -> String {
        self.format("quarantine-check-failed", [])
    }

    /// the number is too large for the field
    #[must_use]
    pub fn quarantine_overflow(&self) -> String {
        self.format("quarantine-overflow", [])
    }

    /// currency unknown or without an exchange rate
    #[must_use]
    pub fn quarantine_currency(&self) -> String {
        self.format("quarantine-currency", [])
    }

    /// the end is before the start
    #[must_use]
    pub fn quarantine_stop_before_start(&self) -> String {
        self.format("quarantine-stop-before-start", [])
    }

    /// What can be measured from these sources
    #[must_use]
    pub fn ready_title(&self) -> String {
        self.format("ready-title", [])
    }

    /// Can be measured now
    #[must_use]
    pub fn ready_now(&self) -> String {
        self.format("ready-now", [])
    }

    /// A field is missing
    #[must_use]
    pub fn ready_field_missing(&self) -> String {
        self.format("ready-field-missing", [])
    }

    /// Not recorded
    #[must_use]
    pub fn ready_not_recorded(&self) -> String {
        self.format("ready-not-recorded", [])
    }

    /// Entered by people
    #[must_use]
    pub fn ready_entered(&self) -> String {
        self.format("ready-entered", [])
    }

    /// coverage `coverage`
    ///
    /// A percentage.
    #[must_use]
    pub fn ready_coverage(&self, coverage: &str) -> String {
        self.format("ready-coverage", [("coverage", FluentValue::from(coverage))])
    }

    /// `now` can be measured now · `missing` lack a field · `absent` are not recorded
    #[must_use]
    pub fn ready_summary(&self, now: u64, missing: u64, absent: u64) -> String {
        self.format("ready-summary", [("now", FluentValue::from(now)), ("missing", FluentValue::from(missing)), ("absent", FluentValue::from(absent))])
    }

    /// Fields that would unlock most
    #[must_use]
    pub fn ready_unlock_title(&self) -> String {
        self.format("ready-unlock-title", [])
    }

    /// `field` unlocks `kpis` KPIs
    #[must_use]
    pub fn ready_unlock(&self, field: &str, kpis: u64) -> String {
        self.format("ready-unlock", [("field", FluentValue::from(field)), ("kpis", FluentValue::from(kpis))])
    }

    /// namely `kpis`
    ///
    /// A list of KPI ids.
    #[must_use]
    pub fn ready_unlock_which(&self, kpis: &str) -> String {
        self.format("ready-unlock-which", [("kpis", FluentValue::from(kpis))])
    }

    /// Letter to the IT unit
    #[must_use]
    pub fn ready_letter_title(&self) -> String {
        self.format("ready-letter-title", [])
    }

    /// To measure the performance of customs in `area`, we ask you to add the following fields to the extract from the clearance system.
    #[must_use]
    pub fn ready_letter_opening(&self, area: &str) -> String {
        self.format("ready-letter-opening", [("area", FluentValue::from(area))])
    }

    /// `field` (`contract`): `meaning`
    #[must_use]
    pub fn ready_letter_item(&self, field: &str, contract: &str, meaning: &str) -> String {
        self.format("ready-letter-item", [("field", FluentValue::from(field)), ("contract", FluentValue::from(contract)), ("meaning", FluentValue::from(meaning))])
    }

    /// Personal data are replaced by pseudonyms when the extract is read; no record leaves the administration.
    #[must_use]
    pub fn ready_letter_closing(&self) -> String {
        self.format("ready-letter-closing", [])
    }
}

/// Messages of `commands.ftl`.
impl Messages {
    /// Data checks
    #[must_use]
    pub fn check_title(&self) -> String {
        self.format("check-title", [])
    }

    /// `passed` checks passed · `failed` failed
    #[must_use]
    pub fn check_summary(&self, passed: u64, failed: u64) -> String {
        self.format("check-summary", [("passed", FluentValue::from(passed)), ("failed", FluentValue::from(failed))])
    }

    /// `check`: `rows` rows fail
    #[must_use]
    pub fn check_failed(&self, check: &str, rows: u64) -> String {
        self.format("check-failed", [("check", FluentValue::from(check)), ("rows", FluentValue::from(rows))])
    }

    /// All data checks passed
    #[must_use]
    pub fn check_passed(&self) -> String {
        self.format("check-passed", [])
    }

    /// error
    #[must_use]
    pub fn severity_error(&self) -> String {
        self.format("severity-error", [])
    }

    /// warning
    #[must_use]
    pub fn severity_warning(&self) -> String {
        self.format("severity-warning", [])
    }

    /// note
    #[must_use]
    pub fn severity_note(&self) -> String {
        self.format("severity-note", [])
    }

    /// Measuring
    #[must_use]
    pub fn measure_progress(&self) -> String {
        self.format("measure-progress", [])
    }

    /// Merging months into longer periods
    #[must_use]
    pub fn measure_rollup(&self) -> String {
        self.format("measure-rollup", [])
    }

    /// Plan
    #[must_use]
    pub fn measure_plan(&self) -> String {
        self.format("measure-plan", [])
    }

    /// `measured` measured · `not_computable` not computable · `warnings` warnings · `time`
    ///
    /// The last line of a run.
    #[must_use]
    pub fn measure_summary(&self, measured: u64, not_computable: u64, warnings: u64, time: &str) -> String {
        self.format("measure-summary", [("measured", FluentValue::from(measured)), ("not-computable", FluentValue::from(not_computable)), ("warnings", FluentValue::from(warnings)), ("time", FluentValue::from(time))])
    }

    /// Nothing to do: neither records nor definitions have changed since the last run
    #[must_use]
    pub fn measure_nothing(&self) -> String {
        self.format("measure-nothing", [])
    }

    /// `months` of `all` months measured again; the rest is unchanged
    #[must_use]
    pub fn measure_incremental(&self, months: u64, all: u64) -> String {
        self.format("measure-incremental", [("months", FluentValue::from(months)), ("all", FluentValue::from(all))])
    }

    /// Memory limit of `limit` reached: part of the work goes through the disk
    #[must_use]
    pub fn measure_memory_spill(&self, limit: &str) -> String {
        self.format("measure-memory-spill", [("limit", FluentValue::from(limit))])
    }

    /// A memory limit of `limit` is too small for this work; allow at least `needed`
    #[must_use]
    pub fn measure_memory_small(&self, limit: &str, needed: &str) -> String {
        self.format("measure-memory-small", [("limit", FluentValue::from(limit)), ("needed", FluentValue::from(needed))])
    }

    /// Nothing fits this selection
    #[must_use]
    pub fn show_empty(&self) -> String {
        self.format("show-empty", [])
    }

    /// `rows` values
    #[must_use]
    pub fn show_rows(&self, rows: u64) -> String {
        self.format("show-rows", [("rows", FluentValue::from(rows))])
    }

    /// Nothing has been measured yet; run `mizan measure` first
    #[must_use]
    pub fn show_no_run(&self) -> String {
        self.format("show-no-run", [])
    }

    /// Shown is run `run`; the latest run measured a selection only
    #[must_use]
    pub fn show_whole_run(&self, run: &str) -> String {
        self.format("show-whole-run", [("run", FluentValue::from(run))])
    }

    /// Where this value comes from
    #[must_use]
    pub fn explain_title(&self) -> String {
        self.format("explain-title", [])
    }

    /// Definition
    #[must_use]
    pub fn explain_definition(&self) -> String {
        self.format("explain-definition", [])
    }

    /// Source files
    #[must_use]
    pub fn explain_source_files(&self) -> String {
        self.format("explain-source-files", [])
    }

    /// Records
    #[must_use]
    pub fn explain_records(&self) -> String {
        self.format("explain-records", [])
    }

    /// Parts
    #[must_use]
    pub fn explain_parts(&self) -> String {
        self.format("explain-parts", [])
    }

    /// Records that could not be used
    #[must_use]
    pub fn explain_excluded(&self) -> String {
        self.format("explain-excluded", [])
    }

    /// Run
    #[must_use]
    pub fn explain_run(&self) -> String {
        self.format("explain-run", [])
    }

    /// `used` of `all` records could be used
    #[must_use]
    pub fn explain_usable(&self, used: u64, all: u64) -> String {
        self.format("explain-usable", [("used", FluentValue::from(used)), ("all", FluentValue::from(all))])
    }

    /// `value` = `numerator` / `denominator`
    #[must_use]
    pub fn explain_division(&self, value: &str, numerator: &str, denominator: &str) -> String {
        self.format("explain-division", [("value", FluentValue::from(value)), ("numerator", FluentValue::from(numerator)), ("denominator", FluentValue::from(denominator))])
    }

    /// `kpi`, definition version `version`
    #[must_use]
    pub fn explain_kpi_version(&self, kpi: &str, version: &str) -> String {
        self.format("explain-kpi-version", [("kpi", FluentValue::from(kpi)), ("version", FluentValue::from(version))])
    }

    /// `code` is not the code of a diagnostic or of a KPI
    #[must_use]
    pub fn explain_code_unknown(&self, code: &str) -> String {
        self.format("explain-code-unknown", [("code", FluentValue::from(code))])
    }

    /// Node folder
    #[must_use]
    pub fn doctor_node(&self) -> String {
        self.format("doctor-node", [])
    }

    /// Framework
    #[must_use]
    pub fn doctor_framework(&self) -> String {
        self.format("doctor-framework", [])
    }

    /// Mappings
    #[must_use]
    pub fn doctor_mappings(&self) -> String {
        self.format("doctor-mappings", [])
    }

    /// Records
    #[must_use]
    pub fn doctor_records(&self) -> String {
        self.format("doctor-records", [])
    }

    /// Free disk space
    #[must_use]
    pub fn doctor_disk(&self) -> String {
        self.format("doctor-disk", [])
    }

    /// Memory
    #[must_use]
    pub fn doctor_memory(&self) -> String {
        self.format("doctor-memory", [])
    }

    /// Clock
    #[must_use]
    pub fn doctor_clock(&self) -> String {
        self.format("doctor-clock", [])
    }

    /// Language
    #[must_use]
    pub fn doctor_language(&self) -> String {
        self.format("doctor-language", [])
    }

    /// Folder can be written to
    #[must_use]
    pub fn doctor_writable(&self) -> String {
        self.format("doctor-writable", [])
    }

    /// Healthy: nothing to mend
    #[must_use]
    pub fn doctor_healthy(&self) -> String {
        self.format("doctor-healthy", [])
    }

    /// Mend this first: `what`
    #[must_use]
    pub fn doctor_mend(&self, what: &str) -> String {
        self.format("doctor-mend", [("what", FluentValue::from(what))])
    }

    /// only `free` free on the disk
    #[must_use]
    pub fn doctor_disk_low(&self, free: &str) -> String {
        self.format("doctor-disk-low", [("free", FluentValue::from(free))])
    }

    /// the clock stands before the date of the newest record
    #[must_use]
    pub fn doctor_clock_wrong(&self) -> String {
        self.format("doctor-clock-wrong", [])
    }

    /// New node in `path`
    #[must_use]
    pub fn init_created(&self, path: &str) -> String {
        self.format("init-created", [("path", FluentValue::from(path))])
    }

    /// `path` is a node already; nothing was changed
    #[must_use]
    pub fn init_exists(&self, path: &str) -> String {
        self.format("init-exists", [("path", FluentValue::from(path))])
    }

    /// Next: put a mapping into mappings/ and run `mizan ingest`
    #[must_use]
    pub fn init_next(&self) -> String {
        self.format("init-next", [])
    }

    /// `kpis` KPIs · `findings` findings
    #[must_use]
    pub fn framework_summary(&self, kpis: u64, findings: u64) -> String {
        self.format("framework-summary", [("kpis", FluentValue::from(kpis)), ("findings", FluentValue::from(findings))])
    }

    /// `passed` of `all` fixtures passed
    #[must_use]
    pub fn framework_fixtures(&self, passed: u64, all: u64) -> String {
        self.format("framework-fixtures", [("passed", FluentValue::from(passed)), ("all", FluentValue::from(all))])
    }

    /// The framework has no faults
    #[must_use]
    pub fn framework_clean(&self) -> String {
        self.format("framework-clean", [])
    }

    /// No difference
    #[must_use]
    pub fn framework_diff_none(&self) -> String {
        self.format("framework-diff-none", [])
    }

    /// `kpi` is new
    #[must_use]
    pub fn framework_diff_added(&self, kpi: &str) -> String {
        self.format("framework-diff-added", [("kpi", FluentValue::from(kpi))])
    }

    /// `kpi` is gone
    #[must_use]
    pub fn framework_diff_removed(&self, kpi: &str) -> String {
        self.format("framework-diff-removed", [("kpi", FluentValue::from(kpi))])
    }

    /// `kpi` changed from version `from` to `to`
    #[must_use]
    pub fn framework_diff_changed(&self, kpi: &str, from: &str, to: &str) -> String {
        self.format("framework-diff-changed", [("kpi", FluentValue::from(kpi)), ("from", FluentValue::from(from)), ("to", FluentValue::from(to))])
    }

    /// no break: the series goes on
    #[must_use]
    pub fn break_none(&self) -> String {
        self.format("break-none", [])
    }

    /// break in level: the old and the new version must both be measured for one period
    #[must_use]
    pub fn break_level(&self) -> String {
        self.format("break-level", [])
    }

    /// break in concept: the series starts anew
    #[must_use]
    pub fn break_concept(&self) -> String {
        self.format("break-concept", [])
    }

    /// `kpi` declares “`declared`”, but the change is “`found`”
    #[must_use]
    pub fn framework_diff_break_wrong(&self, kpi: &str, declared: &str, found: &str) -> String {
        self.format("framework-diff-break-wrong", [("kpi", FluentValue::from(kpi)), ("declared", FluentValue::from(declared)), ("found", FluentValue::from(found))])
    }

    /// there is no KPI `kpi` in the framework
    #[must_use]
    pub fn error_unknown_kpi(&self, kpi: &str) -> String {
        self.format("error-unknown-kpi", [("kpi", FluentValue::from(kpi))])
    }

    /// did you mean `id`?
    #[must_use]
    pub fn error_did_you_mean(&self, id: &str) -> String {
        self.format("error-did-you-mean", [("id", FluentValue::from(id))])
    }

    /// `period` is not a period; write 2025, 2025-S1, 2025-Q2 or 2025-03
    #[must_use]
    pub fn error_unknown_period(&self, period: &str) -> String {
        self.format("error-unknown-period", [("period", FluentValue::from(period))])
    }

    /// there are no records for `period`
    #[must_use]
    pub fn error_period_without_data(&self, period: &str) -> String {
        self.format("error-period-without-data", [("period", FluentValue::from(period))])
    }

    /// `breakdown` is not a breakdown of this KPI; possible are `allowed`
    #[must_use]
    pub fn error_unknown_breakdown(&self, breakdown: &str, allowed: &str) -> String {
        self.format("error-unknown-breakdown", [("breakdown", FluentValue::from(breakdown)), ("allowed", FluentValue::from(allowed))])
    }

    /// `language` is not one of Mizan's languages; choose en, fr, es, ru, ar, zh or pt
    #[must_use]
    pub fn error_unknown_language(&self, language: &str) -> String {
        self.format("error-unknown-language", [("language", FluentValue::from(language))])
    }

    /// `path` is not a node: mizan.toml is not there; `mizan init` makes one
    #[must_use]
    pub fn error_not_a_node(&self, path: &str) -> String {
        self.format("error-not-a-node", [("path", FluentValue::from(path))])
    }

    /// another program is working on the node `path`; try again when it has ended
    #[must_use]
    pub fn error_locked(&self, path: &str) -> String {
        self.format("error-locked", [("path", FluentValue::from(path))])
    }

    /// `path` exists already
    #[must_use]
    pub fn error_path_exists(&self, path: &str) -> String {
        self.format("error-path-exists", [("path", FluentValue::from(path))])
    }

    /// `path` cannot be written to
    #[must_use]
    pub fn error_not_writable(&self, path: &str) -> String {
        self.format("error-not-writable", [("path", FluentValue::from(path))])
    }

    /// Interrupted: finished work is kept, and the next run goes on from there
    #[must_use]
    pub fn error_interrupted(&self) -> String {
        self.format("error-interrupted", [])
    }

    /// Internal error: this is a fault of Mizan. The report is in `path`
    #[must_use]
    pub fn error_internal(&self, path: &str) -> String {
        self.format("error-internal", [("path", FluentValue::from(path))])
    }

    /// `value` is not a possible value of `name`
    #[must_use]
    pub fn error_setting(&self, name: &str, value: &str) -> String {
        self.format("error-setting", [("name", FluentValue::from(name)), ("value", FluentValue::from(value))])
    }

    /// error
    #[must_use]
    pub fn error_label(&self) -> String {
        self.format("error-label", [])
    }

    /// help
    #[must_use]
    pub fn hint_label(&self) -> String {
        self.format("hint-label", [])
    }

    /// why
    #[must_use]
    pub fn why_label(&self) -> String {
        self.format("why-label", [])
    }

    /// Some values are not computable or some checks failed (exit code 1); `--exit-zero` ignores this
    #[must_use]
    pub fn exit_checks_failed(&self) -> String {
        self.format("exit-checks-failed", [])
    }

    /// See `--help` for the right usage (exit code 2)
    #[must_use]
    pub fn exit_usage(&self) -> String {
        self.format("exit-usage", [])
    }

    /// Mend the definition, mapping or configuration, then run again (exit code 3)
    #[must_use]
    pub fn exit_definition(&self) -> String {
        self.format("exit-definition", [])
    }

    /// Mend the input, then run again (exit code 4)
    #[must_use]
    pub fn exit_input(&self) -> String {
        self.format("exit-input", [])
    }

    /// Overwrite?
    #[must_use]
    pub fn confirm_overwrite(&self) -> String {
        self.format("confirm-overwrite", [])
    }

    /// y/n
    #[must_use]
    pub fn confirm_keys(&self) -> String {
        self.format("confirm-keys", [])
    }
}

/// Messages of `help.ftl`.
impl Messages {
    /// Measures the performance of customs from the records of its own systems
    #[must_use]
    pub fn help_about(&self) -> String {
        self.format("help-about", [])
    }

    /// Makes a synthetic administration, measures it and writes a page
    #[must_use]
    pub fn help_demo(&self) -> String {
        self.format("help-demo", [])
    }

    /// Makes a new node
    #[must_use]
    pub fn help_init(&self) -> String {
        self.format("help-init", [])
    }

    /// Looks whether everything is in order here
    #[must_use]
    pub fn help_doctor(&self) -> String {
        self.format("help-doctor", [])
    }

    /// Works on the definitions of KPIs
    #[must_use]
    pub fn help_framework(&self) -> String {
        self.format("help-framework", [])
    }

    /// Checks definitions and runs their fixtures
    #[must_use]
    pub fn help_framework_check(&self) -> String {
        self.format("help-framework-check", [])
    }

    /// Shows the definition of a KPI
    #[must_use]
    pub fn help_framework_show(&self) -> String {
        self.format("help-framework-show", [])
    }

    /// Compares two versions of a framework
    #[must_use]
    pub fn help_framework_diff(&self) -> String {
        self.format("help-framework-diff", [])
    }

    /// Takes source files in as records
    #[must_use]
    pub fn help_ingest(&self) -> String {
        self.format("help-ingest", [])
    }

    /// Says which KPIs can be measured, and why not
    #[must_use]
    pub fn help_ready(&self) -> String {
        self.format("help-ready", [])
    }

    /// Runs the data checks
    #[must_use]
    pub fn help_check(&self) -> String {
        self.format("help-check", [])
    }

    /// Measures KPIs
    #[must_use]
    pub fn help_measure(&self) -> String {
        self.format("help-measure", [])
    }

    /// Shows measured values
    #[must_use]
    pub fn help_show(&self) -> String {
        self.format("help-show", [])
    }

    /// Explains a value, a KPI or a diagnostic code
    #[must_use]
    pub fn help_explain(&self) -> String {
        self.format("help-explain", [])
    }

    /// Writes completions for a shell
    #[must_use]
    pub fn help_completions(&self) -> String {
        self.format("help-completions", [])
    }

    /// Writes the manual page
    #[must_use]
    pub fn help_man(&self) -> String {
        self.format("help-man", [])
    }

    /// Folder of the node; the current folder if not given
    #[must_use]
    pub fn help_flag_node(&self) -> String {
        self.format("help-flag-node", [])
    }

    /// Language: en, fr, es, ru, ar, zh or pt, with a region if you like
    #[must_use]
    pub fn help_flag_lang(&self) -> String {
        self.format("help-flag-lang", [])
    }

    /// Format of the output
    #[must_use]
    pub fn help_flag_format(&self) -> String {
        self.format("help-flag-format", [])
    }

    /// Folder or file to write to
    #[must_use]
    pub fn help_flag_out(&self) -> String {
        self.format("help-flag-out", [])
    }

    /// About how many declarations
    #[must_use]
    pub fn help_flag_rows(&self) -> String {
        self.format("help-flag-rows", [])
    }

    /// How many months
    #[must_use]
    pub fn help_flag_months(&self) -> String {
        self.format("help-flag-months", [])
    }

    /// How many customs offices
    #[must_use]
    pub fn help_flag_offices(&self) -> String {
        self.format("help-flag-offices", [])
    }

    /// Seed of chance; the same seed gives the same bytes
    #[must_use]
    pub fn help_flag_seed(&self) -> String {
        self.format("help-flag-seed", [])
    }

    /// Which KPIs, for example `dimension:tf,kpi:TF-13`
    #[must_use]
    pub fn help_flag_select(&self) -> String {
        self.format("help-flag-select", [])
    }

    /// Period, for example 2025, 2025-Q2 or 2025-03
    #[must_use]
    pub fn help_flag_period(&self) -> String {
        self.format("help-flag-period", [])
    }

    /// Breakdowns, for example `office,mode`
    #[must_use]
    pub fn help_flag_by(&self) -> String {
        self.format("help-flag-by", [])
    }

    /// Memory limit, for example 2GB
    #[must_use]
    pub fn help_flag_memory(&self) -> String {
        self.format("help-flag-memory", [])
    }

    /// Tries the rows in quarantine again
    #[must_use]
    pub fn help_flag_retry(&self) -> String {
        self.format("help-flag-retry", [])
    }

    /// Prints the plan instead of running it
    #[must_use]
    pub fn help_flag_plan(&self) -> String {
        self.format("help-flag-plan", [])
    }

    /// Says only what went wrong
    #[must_use]
    pub fn help_flag_quiet(&self) -> String {
        self.format("help-flag-quiet", [])
    }

    /// Says more
    #[must_use]
    pub fn help_flag_verbose(&self) -> String {
        self.format("help-flag-verbose", [])
    }

    /// No progress bars
    #[must_use]
    pub fn help_flag_no_progress(&self) -> String {
        self.format("help-flag-no-progress", [])
    }

    /// Ends with code 0 even if checks fail
    #[must_use]
    pub fn help_flag_exit_zero(&self) -> String {
        self.format("help-flag-exit-zero", [])
    }

    /// From which severity on the run counts as failed
    #[must_use]
    pub fn help_flag_fail_on(&self) -> String {
        self.format("help-flag-fail-on", [])
    }

    /// Form of the log: text or json
    #[must_use]
    pub fn help_flag_log_format(&self) -> String {
        self.format("help-flag-log-format", [])
    }

    /// Least severity to show
    #[must_use]
    pub fn help_flag_severity(&self) -> String {
        self.format("help-flag-severity", [])
    }

    /// Prints help
    #[must_use]
    pub fn help_flag_help(&self) -> String {
        self.format("help-flag-help", [])
    }

    /// Prints the version
    #[must_use]
    pub fn help_flag_version(&self) -> String {
        self.format("help-flag-version", [])
    }

    /// Usage
    #[must_use]
    pub fn help_heading_usage(&self) -> String {
        self.format("help-heading-usage", [])
    }

    /// Commands
    #[must_use]
    pub fn help_heading_commands(&self) -> String {
        self.format("help-heading-commands", [])
    }

    /// Options
    #[must_use]
    pub fn help_heading_options(&self) -> String {
        self.format("help-heading-options", [])
    }

    /// Examples
    #[must_use]
    pub fn help_heading_examples(&self) -> String {
        self.format("help-heading-examples", [])
    }
}
