//! Messages of `common.ftl`.
//!
//! Generated from `messages/en/*.ftl` by `cargo xtask codegen`; do not edit.

use fluent_bundle::FluentValue;

use crate::bundle::Messages;

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

    /// The denominator or the base is zero or was not recorded, so there is no value.
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

    /// Period
    #[must_use]
    pub fn word_period(&self) -> String {
        self.format("word-period", [])
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

    /// Mapping
    #[must_use]
    pub fn word_mapping(&self) -> String {
        self.format("word-mapping", [])
    }

    /// Data contract
    #[must_use]
    pub fn word_contract(&self) -> String {
        self.format("word-contract", [])
    }

    /// File
    #[must_use]
    pub fn word_file(&self) -> String {
        self.format("word-file", [])
    }

    /// Rows read
    #[must_use]
    pub fn word_rows_read(&self) -> String {
        self.format("word-rows-read", [])
    }

    /// Taken
    #[must_use]
    pub fn word_taken(&self) -> String {
        self.format("word-taken", [])
    }

    /// In quarantine
    #[must_use]
    pub fn word_quarantined(&self) -> String {
        self.format("word-quarantined", [])
    }

    /// Duplicates
    #[must_use]
    pub fn word_duplicates(&self) -> String {
        self.format("word-duplicates", [])
    }

    /// Unchanged
    #[must_use]
    pub fn word_unchanged(&self) -> String {
        self.format("word-unchanged", [])
    }

    /// Reasons
    #[must_use]
    pub fn word_reasons(&self) -> String {
        self.format("word-reasons", [])
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

    /// Score
    #[must_use]
    pub fn word_score(&self) -> String {
        self.format("word-score", [])
    }

    /// Rank
    #[must_use]
    pub fn word_rank(&self) -> String {
        self.format("word-rank", [])
    }

    /// Grade
    #[must_use]
    pub fn word_grade(&self) -> String {
        self.format("word-grade", [])
    }

    /// Compared with
    #[must_use]
    pub fn word_reference(&self) -> String {
        self.format("word-reference", [])
    }

    /// Peers
    #[must_use]
    pub fn word_peers(&self) -> String {
        self.format("word-peers", [])
    }

    /// Rule
    #[must_use]
    pub fn word_rule(&self) -> String {
        self.format("word-rule", [])
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
