//! Uncertainty and sensitivity: how scores and ranks move when choices and values are uncertain.
//!
//! An [`Analysis`] joins a chain with the inputs that its recipe calls uncertain. Each input is a lever on one place of
//! the chain; a replication is one setting of all levers. Replications are sorted by their settings in the order of the
//! chain and walked like the branches of a tree, so that each distinct beginning is computed once.
//!
//! Sources: Saisana, Saltelli, Tarantola (2005), *J. R. Statist. Soc. A* 168; Saltelli and others (2010), *Computer
//! Physics Communications* 181.

mod analysis;
mod check;
mod draws;
mod effect;
mod estimators;
mod intervals;
mod lever;
mod means;
mod ranks;
mod sensitivity;
mod summary;
mod walk;

pub use self::analysis::{Analysis, MOST_ROWS, Replications, UncertaintyError};
pub use self::draws::{Draws, DrawsError};
pub use self::effect::{AlternativeEffect, effects};
pub use self::estimators::{Index, SensitivityIndices, indices};
pub use self::intervals::Intervals;
pub use self::ranks::Ranks;
pub use self::sensitivity::{Sensitivity, sensitivity};
pub use self::summary::{Band, RankSummary, Uncertain, uncertainty};

#[cfg(test)]
mod tests;
