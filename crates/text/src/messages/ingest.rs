//! Messages of `ingest.ftl`.
//!
//! Generated from `messages/en/*.ftl` by `cargo xtask codegen`; do not edit.

use fluent_bundle::FluentValue;

use crate::bundle::Messages;

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
