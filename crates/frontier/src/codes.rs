//! Codes of findings. `mizan explain CODE` prints the page of each.

/// Data or options that do not fit the method.
pub const REFUSED: &str = "S0501";
/// Units whose program has no solution.
pub const NO_SCORE: &str = "S0502";
/// Fewer units than so many variables need.
pub const FEW_UNITS: &str = "S0503";
/// Peers or slacks that are not the only ones.
pub const NOT_UNIQUE: &str = "S0504";

/// All codes of this crate.
pub const ALL: &[&str] = &[REFUSED, NO_SCORE, FEW_UNITS, NOT_UNIQUE];
