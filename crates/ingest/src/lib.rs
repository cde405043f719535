//! Source files become records, and what does not fit goes to quarantine.
//!
//! This crate reads CSV, Parquet and XLSX through national mappings, checks every row against its contract, and writes
//! segments of records that a manifest makes live in one step. It computes no KPI and prints nothing.
//!
//! Read [`manifest::Manifest`] (what is live) and [`ingest`](fn@ingest) (how it becomes so) first. The way of a row:
//! `reader` (text columns) → `convert` (typed columns and faults) → `intake` (duplicates, quarantine, counts) →
//! `stage` (by month, sorted) → `segment` (Parquet) → `commit` (manifest) → `derive` (fields from other contracts).
//!
//! ```no_run
//! # fn example(framework: &mizan_model::framework::Framework, mappings: &[mizan_model::mapping::Mapping])
//! # -> Result<(), mizan_ingest::error::IngestError> {
//! use mizan_ingest::{IngestOptions, Silent};
//! let options = IngestOptions {
//!     memory_bytes: 1 << 30,
//!     zone: "Africa/Nairobi".into(),
//!     currency: "KES".into(),
//!     pseudonym_key: [7; 32],
//!     threads: 2,
//!     again: false,
//! };
//! let stop = std::sync::atomic::AtomicBool::new(false);
//! let (node, sources) = ("node".as_ref(), "extracts".as_ref());
//! let report = mizan_ingest::ingest(node, framework, mappings, sources, &options, &Silent, &stop)?;
//! assert!(report.total().is_closed());
//! # Ok(()) }
//! ```

// Tests may unwrap: a panic is how they fail.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod commit;
mod convert;
mod derive;
mod engine;
pub mod error;
mod ingest;
mod intake;
mod keys;
pub mod layout;
pub mod manifest;
mod node;
mod options;
pub mod quarantine;
mod query;
mod reader;
pub mod reason;
mod retry;
mod segment;
mod source;
mod stage;

pub use convert::{storage_schema, storage_type};
pub use derive::derive;
pub use error::IngestError;
pub use ingest::ingest;
pub use node::{NodeLock, NodePaths};
pub use options::{Counts, DeriveReport, FileReport, IngestOptions, IngestReport, Observer, Silent};
pub use retry::retry;

#[cfg(test)]
mod tests;
