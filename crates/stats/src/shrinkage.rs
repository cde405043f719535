//! Estimates of small offices, drawn towards what is known of all.
//!
//! The raw rate of an office with ten declarations says more of chance than of the office, and such offices fill both
//! ends of a league table. Empirical Bayes takes the spread between offices from the data and weighs each office's own
//! figure against the common one by how exactly it is known. Show raw and shrunk side by side.
//!
//! The intervals here take the spread between offices as known. With few offices (under 20) they are somewhat short.

mod means;
mod rates;

pub use means::{Between, MeanShrinkage, ShrunkMean, james_stein, shrink_means};
pub use rates::{BetaPrior, Fit};

/// Why nothing can be shrunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShrinkageError {
    /// A value that is missing or infinite, or a row too few or too many in one of the inputs.
    #[error("unit {unit} has no value")]
    NoValue {
        /// Row of the unit.
        unit: usize,
    },
    /// A standard error that is not above zero.
    #[error("unit {unit} has no standard error above 0")]
    NoStandardError {
        /// Row of the unit.
        unit: usize,
    },
    /// More successes than trials, fewer than none, or no trials.
    #[error("unit {unit} has no proportion")]
    NoProportion {
        /// Row of the unit.
        unit: usize,
    },
    /// Too few units for a spread between them.
    #[error("{units} units are too few: at least {least} are needed")]
    TooFew {
        /// Units there are.
        units: usize,
        /// Units needed.
        least: usize,
    },
    /// Columns of the regression that say the same.
    #[error("columns of the regression depend on each other")]
    Collinear,
    /// The likelihood has no maximum, or the spread between units no finite estimate.
    #[error("the spread between units has no estimate")]
    NoOptimum,
}
