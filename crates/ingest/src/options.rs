//! What a run is given, what it tells while it runs, and what it leaves behind.

use jiff::tz::TimeZone;

use crate::error::{BAD_MAPPING, IngestError};

/// Settings of the node that reading depends on.
#[derive(Debug, Clone)]
pub struct IngestOptions {
    /// Memory that buffers and the engine may use together, in bytes.
    pub memory_bytes: usize,
    /// IANA zone of the administration: places records in local months and reads local times without own zone.
    pub zone: String,
    /// National currency, ISO 4217.
    pub currency: String,
    /// Key of the node from which pseudonyms are made. It never leaves the node.
    pub pseudonym_key: [u8; 32],
    /// Threads of the engine and of writing.
    pub threads: usize,
    /// Read again also what did not change.
    pub again: bool,
}

impl IngestOptions {
    /// The node's zone as `jiff` holds it.
    pub(crate) fn time_zone(&self) -> Result<TimeZone, IngestError> {
        zone(&self.zone)
    }
}

/// Looks an IANA zone up in the built-in data base.
pub(crate) fn zone(name: &str) -> Result<TimeZone, IngestError> {
    TimeZone::get(name).map_err(|error| {
        IngestError::new(BAD_MAPPING, format!("time zone `{name}` is not known"))
            .help("use an IANA name such as `Africa/Nairobi`")
            .caused_by(error)
    })
}

/// Follows a run. All methods do nothing unless overridden; they are called from several threads.
pub trait Observer: Sync {
    /// All files of the run and their size together, before the first is opened.
    fn planned(&self, _files: usize, _bytes: u64) {}
    /// A file is opened.
    fn file_started(&self, _mapping: &str, _file: &str, _bytes: u64) {}
    /// So many more bytes were read from source files.
    fn bytes_read(&self, _bytes: u64) {}
    /// So many more rows were read.
    fn rows_read(&self, _rows: u64) {}
    /// A file was committed, or skipped because nothing changed.
    fn file_finished(&self, _mapping: &str, _file: &str, _counts: &Counts, _skipped: bool) {}
    /// Fields of a contract are being derived for one month.
    fn deriving(&self, _contract: &str, _month: &str) {}
}

/// Watches nothing.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Observer for Silent {}

/// Closed counts: `rows_in = taken + quarantined + duplicates`.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Counts {
    /// Rows that the source gave; for a mapping with a query, rows of its result.
    pub rows_in: u64,
    /// Rows that became records.
    pub taken: u64,
    /// Rows that broke the contract and were kept apart.
    pub quarantined: u64,
    /// Rows whose key was there already, dropped because the mapping says `on_duplicate = "first"`.
    pub duplicates: u64,
    /// Findings that did not stop a row, by reason code or by id of the row check.
    pub warnings: std::collections::BTreeMap<String, u64>,
}

impl Counts {
    /// Whether every row is accounted for.
    pub fn is_closed(&self) -> bool {
        self.rows_in == self.taken + self.quarantined + self.duplicates
    }

    pub(crate) fn add(&mut self, other: &Counts) {
        self.rows_in += other.rows_in;
        self.taken += other.taken;
        self.quarantined += other.quarantined;
        self.duplicates += other.duplicates;
        for (key, n) in &other.warnings {
            *self.warnings.entry(key.clone()).or_default() += n;
        }
    }

    pub(crate) fn warn(&mut self, key: &str, n: u64) {
        if n > 0 {
            *self.warnings.entry(key.to_owned()).or_default() += n;
        }
    }
}

/// What happened to one source file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FileReport {
    /// Mapping that read it.
    pub mapping: String,
    /// Contract that it fills.
    pub contract: String,
    /// Name relative to the folder of sources.
    pub file: String,
    /// Unchanged since the last run, so not read again; the counts are those of that run.
    pub skipped: bool,
    /// Rows.
    pub counts: Counts,
    /// Reason codes of the quarantined rows and how often each occurs.
    pub reasons: std::collections::BTreeMap<String, u64>,
}

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct IngestReport {
    /// In the order of mappings and file names.
    pub files: Vec<FileReport>,
    /// Fields that were derived.
    pub derived: DeriveReport,
}

impl IngestReport {
    /// Sum over all files.
    pub fn total(&self) -> Counts {
        let mut total = Counts::default();
        for file in &self.files {
            total.add(&file.counts);
        }
        total
    }
}

/// What `derive` did.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct DeriveReport {
    /// Months looked at, over all contracts and stages.
    pub months: usize,
    /// Segments that were written anew because a derived value changed.
    pub rewritten: usize,
}
