//! Do circumstances explain efficiency? Truncated regression of distances with a parametric bootstrap.
//!
//! Simar and Wilson, Journal of Econometrics 136 (2007). Distances δ >= 1 (1/θ or φ) follow δ = zβ + ε, ε normal and cut
//! so that δ >= 1. Estimated scores depend on each other and are biased, so ordinary standard errors do not hold; both
//! algorithms draw instead. They rest on *separability*: circumstances move the distance to the frontier, not the
//! frontier itself. Where that does not hold the coefficients and p-values mean nothing; say it beside them.

mod algorithms;
mod truncated;

use std::collections::BTreeSet;

pub use algorithms::{algorithm_one, algorithm_two};
use nalgebra::DMatrix;
pub use truncated::TruncatedRegression;

use crate::bootstrap::BootstrapError;

/// How many draws.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Draws L1 of the frontier for the bias of the distances (algorithm 2); 100 will do.
    pub bias_draws: usize,
    /// Draws L2 of the regression; intervals need 2 000.
    pub draws: usize,
    /// Seed; every draw has a stream of its own.
    pub seed: u64,
    /// Confidence of the intervals, for example 0.95.
    pub confidence: f64,
}

/// A coefficient with what the draws say of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// Name of the column of z, or `sigma`.
    pub name: String,
    /// Estimate. Above zero: more of z, further from the frontier.
    pub estimate: f64,
    /// Quantiles of the draws.
    pub percentile: (f64, f64),
    /// Estimate minus the quantiles of draw minus estimate.
    pub basic: (f64, f64),
    /// Share of draws whose distance to the estimate is at least that of the estimate to zero, (k + 1)/(L + 1). NaN for
    /// `sigma`, which is not tested against zero.
    pub p_value: f64,
}

/// Result of either algorithm.
#[derive(Debug, Clone)]
pub struct Environment {
    /// β in the order of the columns of z, then `sigma`.
    pub effects: Vec<Effect>,
    /// The regression whose estimates these are.
    pub regression: TruncatedRegression,
    /// Distances that entered it: as given, or corrected for bias (algorithm 2).
    pub distances: Vec<f64>,
    /// Rows that entered it: those with a distance above 1.
    pub used: Vec<usize>,
    /// Draws whose regression had no maximum and that do not count in the intervals.
    pub failed_draws: usize,
}

/// Why there is no regression.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum EnvironmentError {
    /// Rows differ in number.
    #[error("z has {found} rows for {expected} units")]
    Rows {
        /// Rows of z, or number of its names.
        found: usize,
        /// Units.
        expected: usize,
    },
    /// A value is missing or infinite.
    #[error("row {0} has a value that is not finite")]
    NotFinite(usize),
    /// Fewer rows above 1 than parameters.
    #[error("{rows} inefficient units for {parameters} parameters")]
    TooFew {
        /// Units with a distance above 1.
        rows: usize,
        /// Columns of z and σ.
        parameters: usize,
    },
    /// A column of z is a combination of those before it.
    #[error("`{0}` is a combination of other columns")]
    Collinear(String),
    /// The likelihood has no maximum that the search could find.
    #[error("the truncated regression has no maximum")]
    NoMaximum,
    /// More than one draw in ten had no maximum.
    #[error("{failed} of {draws} draws have no maximum")]
    DrawsFail {
        /// Draws without a maximum.
        failed: usize,
        /// All draws.
        draws: usize,
    },
    /// Too few draws or a confidence that cannot be meant.
    #[error("`{0}` is out of range")]
    Option(&'static str),
    /// Scores could not be had.
    #[error(transparent)]
    Scores(#[from] BootstrapError),
}

/// Columns of a factor: one a level but the first (in alphabetical order), 1 where the row has that level.
///
/// ```
/// let kinds = ["sea", "land", "air", "sea"].map(str::to_owned);
/// let (names, columns) = mizan_frontier::environment::dummies("kind", &kinds);
/// assert_eq!(names, ["kind=land", "kind=sea"]);
/// assert_eq!(columns.column(1).as_slice(), [1.0, 0.0, 0.0, 1.0]);
/// ```
pub fn dummies(factor: &str, levels: &[String]) -> (Vec<String>, DMatrix<f64>) {
    let distinct: BTreeSet<&String> = levels.iter().collect();
    let kept: Vec<&String> = distinct.into_iter().skip(1).collect();
    let names = kept.iter().map(|level| format!("{factor}={level}")).collect();
    (names, DMatrix::from_fn(levels.len(), kept.len(), |row, column| f64::from(u8::from(levels[row] == *kept[column]))))
}

#[cfg(test)]
mod tests;
