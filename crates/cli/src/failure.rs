//! Why a command stopped, and with which exit code.

use mizan_ingest::IngestError;
use mizan_measure::MeasureError;
use mizan_model::diagnostic::Diagnostic;

use crate::findings::Texts;

/// What to do about a file that cannot be read.
pub const READ_HELP: &str = "see that the file is there, whole, and may be read";

/// What to do about a text in another encoding.
pub const UTF8_HELP: &str = "save the file as UTF-8";

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Ran, but checks failed or a selected value is not computable.
    Failed = 1,
    /// Wrong usage.
    Usage = 2,
    /// Definition, mapping or configuration invalid.
    Definition = 3,
    /// Input missing, unreadable, or breaks the contract.
    Input = 4,
    /// A defect of this program.
    Internal = 70,
    /// Interrupted; partial work kept.
    Interrupted = 130,
}

/// A command could not do its work.
#[derive(Debug)]
pub struct Failure {
    /// Exit code.
    pub exit: Exit,
    /// What was found, each with its place.
    pub findings: Vec<Diagnostic>,
    /// Texts that the findings point into.
    pub texts: Texts,
    /// Whether the findings are in the reader's language already. Those of the crates below are in English.
    pub translated: bool,
}

impl Failure {
    /// One error without place.
    pub fn new(exit: Exit, code: &str, message: impl Into<String>) -> Self {
        Failure::findings(exit, vec![Diagnostic::error(code, message)], Texts::default())
    }

    /// One error without place, in the reader's language.
    pub fn translated(exit: Exit, code: &str, message: impl Into<String>) -> Self {
        Failure { translated: true, ..Failure::new(exit, code, message) }
    }

    /// Wrong usage.
    pub fn usage(message: impl Into<String>) -> Self {
        Failure::new(Exit::Usage, "U0001", message)
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        if let Some(last) = self.findings.pop() {
            self.findings.push(last.help(help));
        }
        self
    }

    /// Findings that stop the work.
    pub fn findings(exit: Exit, findings: Vec<Diagnostic>, texts: Texts) -> Self {
        Failure { exit, findings, texts, translated: false }
    }

    /// A file of the node could not be written.
    pub fn write(path: &std::path::Path, cause: impl std::fmt::Display) -> Self {
        Failure::new(Exit::Input, "N0201", format!("cannot write `{}`: {cause}", path.display()))
            .help("see that the disk has room and that the folder may be written")
    }

    /// A file could not be read.
    pub fn read(path: &std::path::Path, cause: impl std::fmt::Display) -> Self {
        Failure::new(Exit::Input, "N0202", format!("cannot read `{}`: {cause}", path.display())).help(READ_HELP)
    }

    /// A file that people write could not be read.
    pub fn read_text(path: &std::path::Path, cause: &std::io::Error) -> Self {
        if cause.kind() != std::io::ErrorKind::InvalidData {
            return Failure::read(path, cause);
        }
        Failure::new(Exit::Definition, "N0202", format!("`{}` is not UTF-8", path.display())).help(UTF8_HELP)
    }

    /// A defect of this program.
    pub fn internal(message: impl Into<String>) -> Self {
        Failure::new(Exit::Internal, "X0001", message).help("please report this with the message above")
    }
}

impl From<IngestError> for Failure {
    fn from(error: IngestError) -> Self {
        use mizan_ingest::error::{BAD_CONTRACT, BAD_MAPPING, COLUMN_NOT_FOUND, QUERY_FAILED};
        let exit = match error.code {
            _ if error.is_stopped() => Exit::Interrupted,
            BAD_MAPPING | BAD_CONTRACT | QUERY_FAILED | COLUMN_NOT_FOUND => Exit::Definition,
            _ => Exit::Input,
        };
        Failure::findings(exit, vec![error.diagnostic()], Texts::default())
    }
}

impl From<MeasureError> for Failure {
    fn from(error: MeasureError) -> Self {
        match error {
            MeasureError::Records(error) => Failure::from(*error),
            MeasureError::Interrupted => Failure::new(Exit::Interrupted, "R0105", error.to_string()),
            MeasureError::Zone(_) => Failure::new(Exit::Definition, "R0104", error.to_string()),
            MeasureError::NoMoment => Failure::new(Exit::Input, "R0106", error.to_string())
                .help("say it: `--as-of 2026-01-15`, `as_of` in `mizan.toml`, or `extracted_at` in the mapping"),
            MeasureError::Read { .. } => Failure::new(Exit::Input, "R0101", error.to_string())
                .help("ingest again, or restore the node's records from a backup"),
            MeasureError::Write { .. } => Failure::new(Exit::Input, "R0102", error.to_string())
                .help("see that the disk has room and that the folder may be written"),
            MeasureError::Engine { .. } => {
                let message = error.to_string();
                let help = if message.contains("Resources exhausted") {
                    "allow more memory with `--memory`"
                } else if message.to_lowercase().contains("parquet") {
                    "ingest again with `--again`, or restore the node's records from a backup"
                } else {
                    "see that the records are whole with `mizan doctor`; if they are, please report this"
                };
                Failure::new(Exit::Input, "R0103", message).help(help)
            }
            MeasureError::Internal(_) => Failure::internal(error.to_string()),
        }
    }
}
