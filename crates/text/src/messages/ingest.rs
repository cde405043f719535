//! Messages of `ingest.ftl`.
//!
//! Generated from `messages/en/*.ftl` by `cargo xtask codegen`; do not edit.

use fluent_bundle::FluentValue;

use crate::bundle::Messages;

impl Messages {
    /// `rate` rows/s, `left` left
    ///
    /// Rows a second; time left.
    #[must_use]
    pub fn ingest_rate(&self, rate: &str, left: &str) -> String {
        self.format("ingest-rate", [("rate", FluentValue::from(rate)), ("left", FluentValue::from(left))])
    }

    /// `left` left
    ///
    /// Time left.
    #[must_use]
    pub fn progress_left(&self, left: &str) -> String {
        self.format("progress-left", [("left", FluentValue::from(left))])
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

    /// for example `place`: `value`
    #[must_use]
    pub fn ingest_quarantine_example(&self, place: &str, value: &str) -> String {
        self.format("ingest-quarantine-example", [("place", FluentValue::from(place)), ("value", FluentValue::from(value))])
    }

    /// `file` does not exist
    #[must_use]
    pub fn ingest_error_not_found(&self, file: &str) -> String {
        self.format("ingest-error-not-found", [("file", FluentValue::from(file))])
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
