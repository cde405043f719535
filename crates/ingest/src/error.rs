//! Why an ingest stopped: code, place, cause and remedy.

use std::path::Path;

use mizan_model::diagnostic::Diagnostic;

/// Source files cannot be found.
pub const NO_SOURCE: &str = "D0101";
/// Source file is empty.
pub const EMPTY_FILE: &str = "D0102";
/// Source file holds something other than what its format says.
pub const BINARY_FILE: &str = "D0103";
/// Source file is in another encoding than the mapping says.
pub const WRONG_ENCODING: &str = "D0104";
/// A field or record is longer than any honest one.
pub const RECORD_TOO_LONG: &str = "D0105";
/// The header cannot be used.
pub const BAD_HEADER: &str = "D0106";
/// The mapping reads a column that the file does not have.
pub const COLUMN_NOT_FOUND: &str = "D0107";
/// Parquet file is truncated or damaged.
pub const DAMAGED_PARQUET: &str = "D0108";
/// XLSX file is truncated or damaged.
pub const DAMAGED_XLSX: &str = "D0109";
/// XLSX file has no sheet of that name.
pub const SHEET_NOT_FOUND: &str = "D0110";
/// Local time stamps of a typed source need a zone.
pub const ZONE_NEEDED: &str = "D0111";
/// Another process writes to the node.
pub const NODE_LOCKED: &str = "D0112";
/// The file system refused.
pub const FILE_SYSTEM: &str = "D0113";
/// The run was stopped by the user.
pub const STOPPED: &str = "D0114";
/// The manifest of a contract cannot be read.
pub const DAMAGED_MANIFEST: &str = "D0115";
/// The query of a mapping failed.
pub const QUERY_FAILED: &str = "D0116";
/// The mapping cannot be applied to the contract.
pub const BAD_MAPPING: &str = "D0117";
/// A row check or derived field of the contract cannot be planned.
pub const BAD_CONTRACT: &str = "D0118";
/// The engine failed, for example for want of memory.
pub const ENGINE_FAILED: &str = "D0119";
/// The source file ends inside a quoted field or in the middle of a row.
pub const TRUNCATED_FILE: &str = "D0120";
/// A segment is not the file that the manifest knows: its bytes differ from their hash, or it cannot be decoded.
pub const DAMAGED_SEGMENT: &str = "D0121";

const SEGMENT_HELP: &str =
    "restore the file from a backup, or run `mizan ingest --again` with the extracts that it was made from";

/// An ingest that could not be done. What was committed before stays; nothing is half written.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct IngestError {
    /// Stable code `D01xx`; the constants of this module.
    pub code: &'static str,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// File, relative to the folder of sources where possible.
    pub file: Option<Box<str>>,
    /// Line (CSV) or row (XLSX, Parquet) from 1.
    pub line: Option<u64>,
    /// Column name.
    pub column: Option<Box<str>>,
    /// What to do.
    pub help: Option<Box<str>>,
    /// Underlying cause.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl IngestError {
    /// An error without place.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        IngestError { code, message: message.into(), file: None, line: None, column: None, help: None, source: None }
    }

    pub(crate) fn in_file(mut self, file: &str) -> Self {
        self.file.get_or_insert_with(|| file.into());
        self
    }

    pub(crate) fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    pub(crate) fn in_column(mut self, column: &str) -> Self {
        self.column = Some(column.into());
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into().into());
        self
    }

    pub(crate) fn caused_by(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(cause.into());
        self
    }

    pub(crate) fn file_system(path: &Path, action: &str, error: std::io::Error) -> Self {
        IngestError::new(FILE_SYSTEM, format!("cannot {action} `{}`: {error}", path.display()))
            .help("see that the disk has room and that the path may be read and written")
            .caused_by(error)
    }

    /// A record file that the manifest knows is missing, or the file system does not give it.
    pub(crate) fn unreadable_segment(path: &Path, error: std::io::Error) -> Self {
        let message = match error.kind() {
            std::io::ErrorKind::NotFound => format!("the segment `{}` is missing", path.display()),
            _ => format!("the segment `{}` cannot be read: {error}", path.display()),
        };
        IngestError::new(FILE_SYSTEM, message).help(SEGMENT_HELP).caused_by(error)
    }

    /// A record file that is there but is not what was written.
    pub(crate) fn damaged_segment(path: &Path, what: impl std::fmt::Display) -> Self {
        IngestError::new(DAMAGED_SEGMENT, format!("the segment `{}` {what}", path.display())).help(SEGMENT_HELP)
    }

    pub(crate) fn engine(error: datafusion::error::DataFusionError) -> Self {
        IngestError::new(ENGINE_FAILED, format!("the engine failed: {}", error.strip_backtrace()))
            .help("give more memory with `--memory`, or report this with the message above")
            .caused_by(error)
    }

    /// Whether the user stopped the run; what was committed stays.
    pub fn is_stopped(&self) -> bool {
        self.code == STOPPED
    }

    /// The place as people write it: `file:line, column`.
    pub fn place(&self) -> Option<String> {
        let mut place = self.file.as_deref()?.to_owned();
        if let Some(line) = self.line {
            place.push_str(&format!(":{line}"));
        }
        if let Some(column) = &self.column {
            place.push_str(&format!(", column `{column}`"));
        }
        Some(place)
    }

    /// The same finding as plain data. Source files are not held in memory, so the place is in the message.
    pub fn diagnostic(&self) -> Diagnostic {
        let message = match self.place() {
            Some(place) => format!("{place}: {}", self.message),
            None => self.message.clone(),
        };
        let diagnostic = Diagnostic::error(self.code, message);
        match &self.help {
            Some(help) => diagnostic.help(help.as_ref()),
            None => diagnostic,
        }
    }
}

impl From<arrow::error::ArrowError> for IngestError {
    fn from(error: arrow::error::ArrowError) -> Self {
        IngestError::new(ENGINE_FAILED, format!("columns could not be built: {error}")).caused_by(error)
    }
}

impl From<parquet::errors::ParquetError> for IngestError {
    fn from(error: parquet::errors::ParquetError) -> Self {
        IngestError::new(ENGINE_FAILED, format!("a record file could not be read or written: {error}"))
            .help("see that the disk has room; remove the contract's folder and ingest again if it is damaged")
            .caused_by(error)
    }
}

impl From<datafusion::error::DataFusionError> for IngestError {
    fn from(error: datafusion::error::DataFusionError) -> Self {
        IngestError::engine(error)
    }
}
