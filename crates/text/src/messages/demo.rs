//! Messages of `demo.ftl`.
//!
//! Generated from `messages/en/*.ftl` by `cargo xtask codegen`; do not edit.

use fluent_bundle::FluentValue;

use crate::bundle::Messages;

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
