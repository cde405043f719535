//! Indicators become a composite index, with its uncertainty.
//!
//! The crate takes plain tables (units by indicators, one or several years) and a structure, and gives scores, ranks,
//! and what they rest on: every step returns its data together with what it did to which cell. It reads no files, knows
//! no clock, and draws random numbers only from a seed that it is given. There is no silent fallback: an unknown
//! parameter, a constant indicator, an alternative without effect is an error or a listed finding.

// In tests a panic is the failure report.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod aggregate;
pub mod availability;
pub mod chain;
pub mod codes;
pub mod coherence;
pub mod dataset;
pub mod denominate;
pub mod doubt;
pub mod explain;
pub mod impute;
pub mod normalise;
pub mod recipe;
pub mod score;
pub mod screen;
pub mod structure;
pub mod time;
pub mod treat;
pub mod uncertainty;
pub mod weights;
