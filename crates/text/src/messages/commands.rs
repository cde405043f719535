//! Messages of `commands.ftl`.
//!
//! Generated from `messages/en/*.ftl` by `cargo xtask codegen`; do not edit.

use fluent_bundle::FluentValue;

use crate::bundle::Messages;

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

    /// Nothing fits this selection
    #[must_use]
    pub fn show_empty(&self) -> String {
        self.format("show-empty", [])
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

    /// Next: adapt the mappings in `mappings` to your files, then run `mizan ingest FOLDER --node `node``
    #[must_use]
    pub fn init_next(&self, node: &str, mappings: &str) -> String {
        self.format("init-next", [("node", FluentValue::from(node)), ("mappings", FluentValue::from(mappings))])
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

    /// records do not fill `period`: they reach from `first` to `last`
    #[must_use]
    pub fn error_period_incomplete(&self, period: &str, first: &str, last: &str) -> String {
        self.format("error-period-incomplete", [("period", FluentValue::from(period)), ("first", FluentValue::from(first)), ("last", FluentValue::from(last))])
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

    /// Internal error: this is a fault of Mizan. The report is in `path`
    #[must_use]
    pub fn error_internal(&self, path: &str) -> String {
        self.format("error-internal", [("path", FluentValue::from(path))])
    }

    /// help
    #[must_use]
    pub fn hint_label(&self) -> String {
        self.format("hint-label", [])
    }

    /// help, in English
    #[must_use]
    pub fn hint_label_english(&self) -> String {
        self.format("hint-label-english", [])
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

    /// Replications
    #[must_use]
    pub fn replications_progress(&self) -> String {
        self.format("replications-progress", [])
    }

    /// Scoring
    #[must_use]
    pub fn score_progress(&self) -> String {
        self.format("score-progress", [])
    }

    /// Testing the imputation
    #[must_use]
    pub fn imputation_progress(&self) -> String {
        self.format("imputation-progress", [])
    }

    /// the framework gives no rule
    #[must_use]
    pub fn score_missing_no_rule(&self) -> String {
        self.format("score-missing-no-rule", [])
    }

    /// no value
    #[must_use]
    pub fn score_missing_no_value(&self) -> String {
        self.format("score-missing-no-value", [])
    }

    /// too few peers
    #[must_use]
    pub fn score_missing_too_few_peers(&self) -> String {
        self.format("score-missing-too-few-peers", [])
    }

    /// no earlier value
    #[must_use]
    pub fn score_missing_no_previous(&self) -> String {
        self.format("score-missing-no-previous", [])
    }

    /// a statistic is missing
    #[must_use]
    pub fn score_missing_no_statistic(&self) -> String {
        self.format("score-missing-no-statistic", [])
    }

    /// neither more nor less is better
    #[must_use]
    pub fn score_missing_no_direction(&self) -> String {
        self.format("score-missing-no-direction", [])
    }

    /// its status does not allow a score
    #[must_use]
    pub fn score_missing_status(&self) -> String {
        self.format("score-missing-status", [])
    }

    /// measured by another definition
    #[must_use]
    pub fn score_missing_other_definition(&self) -> String {
        self.format("score-missing-other-definition", [])
    }

    /// no such value is possible
    #[must_use]
    pub fn score_missing_out_of_range(&self) -> String {
        self.format("score-missing-out-of-range", [])
    }

    /// the score is not a finite number
    #[must_use]
    pub fn score_missing_not_finite(&self) -> String {
        self.format("score-missing-not-finite", [])
    }

    /// the group of peers is not known
    #[must_use]
    pub fn score_missing_no_group(&self) -> String {
        self.format("score-missing-no-group", [])
    }

    /// the earlier value is of another definition
    #[must_use]
    pub fn score_missing_series_break(&self) -> String {
        self.format("score-missing-series-break", [])
    }

    /// Framework: `edition`
    ///
    /// Beside all scores: the framework and its version.
    #[must_use]
    pub fn score_edition(&self, edition: &str) -> String {
        self.format("score-edition", [("edition", FluentValue::from(edition))])
    }

    /// Imputed
    ///
    /// Share of a composite that rests on imputed values.
    #[must_use]
    pub fn composite_imputed(&self) -> String {
        self.format("composite-imputed", [])
    }

    /// Treated
    ///
    /// Share of a composite that rests on treated outliers.
    #[must_use]
    pub fn composite_treated(&self) -> String {
        self.format("composite-treated", [])
    }

    /// Missing share
    #[must_use]
    pub fn composite_dropped(&self) -> String {
        self.format("composite-dropped", [])
    }

    /// Score from
    ///
    /// Ends of an interval.
    #[must_use]
    pub fn composite_score_lower(&self) -> String {
        self.format("composite-score-lower", [])
    }

    /// Score to
    #[must_use]
    pub fn composite_score_upper(&self) -> String {
        self.format("composite-score-upper", [])
    }

    /// Rank from
    #[must_use]
    pub fn composite_rank_lower(&self) -> String {
        self.format("composite-rank-lower", [])
    }

    /// Rank to
    #[must_use]
    pub fn composite_rank_upper(&self) -> String {
        self.format("composite-rank-upper", [])
    }

    /// Group
    ///
    /// Of administrations that cannot be told apart.
    #[must_use]
    pub fn composite_group(&self) -> String {
        self.format("composite-group", [])
    }

    /// Proved: `count` scores are the same, bit for bit
    #[must_use]
    pub fn score_proved(&self, count: u64) -> String {
        self.format("score-proved", [("count", FluentValue::from(count))])
    }

    /// The audit record is in `path`
    #[must_use]
    pub fn score_record(&self, path: &str) -> String {
        self.format("score-record", [("path", FluentValue::from(path))])
    }

    /// `areas` administrations, `years` years, `observations` observations
    #[must_use]
    pub fn world_made(&self, areas: u64, years: u64, observations: u64) -> String {
        self.format("world-made", [("areas", FluentValue::from(areas)), ("years", FluentValue::from(years)), ("observations", FluentValue::from(observations))])
    }

    /// Next: mizan score `path`
    #[must_use]
    pub fn world_next(&self, path: &str) -> String {
        self.format("world-next", [("path", FluentValue::from(path))])
    }
}
