//! What can go wrong while measuring.

use std::path::{Path, PathBuf};

/// An operation of this crate failed.
#[derive(Debug, thiserror::Error)]
pub enum MeasureError {
    /// A file of the node cannot be read.
    #[error("cannot read `{path}`: {cause}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system or the format said.
        cause: String,
    },
    /// A file of the node cannot be written.
    #[error("cannot write `{path}`: {cause}")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The node's manifests cannot be read.
    #[error(transparent)]
    Records(#[from] Box<mizan_ingest::IngestError>),
    /// Someone asked to stop; what was finished stays.
    #[error("interrupted; finished partitions are kept")]
    Interrupted,
    /// The zone of the node is unknown.
    #[error(transparent)]
    Zone(#[from] crate::zone::UnknownZone),
    /// No record tells when the records were extracted.
    #[error("nothing tells when the records were extracted: no record has a date")]
    NoMoment,
    /// The engine failed: a broken file, an overflow, no memory and no disk left.
    #[error("the engine stopped while measuring `{scan}`: {cause}")]
    Engine {
        /// Contract under way.
        scan: String,
        /// What the engine said.
        cause: Box<datafusion::error::DataFusionError>,
    },
    /// A defect of this program.
    #[error("internal error: {0}")]
    Internal(String),
}

impl MeasureError {
    pub(crate) fn read(path: &Path, cause: impl Into<String>) -> Self {
        MeasureError::Read { path: path.to_owned(), cause: cause.into() }
    }

    pub(crate) fn write(path: &Path, cause: std::io::Error) -> Self {
        MeasureError::Write { path: path.to_owned(), cause }
    }

    pub(crate) fn engine(scan: &str, cause: datafusion::error::DataFusionError) -> Self {
        MeasureError::Engine { scan: scan.to_owned(), cause: Box::new(cause) }
    }

    pub(crate) fn internal(cause: impl std::fmt::Display) -> Self {
        MeasureError::Internal(cause.to_string())
    }
}
