//! Intervals of any statistic by resampling: percentile, basic and BCa.
//!
//! Declarations of one trader resemble each other, so rows must not be drawn one by one: draw whole clusters
//! ([`Units::clusters`], by importer or by day), or blocks of a series ([`Units::moving_blocks`]). Efron and Tibshirani,
//! *An Introduction to the Bootstrap* (1993); Davison and Hinkley, *Bootstrap Methods and their Application* (1997).
//!
//! Replicate b draws from stream b of the seed: the number of threads changes no digit.
//!
//! ```
//! use mizan_stats::bootstrap::{Units, draw};
//! let hours = [3.0, 5.0, 7.0, 18.0, 43.0, 85.0, 91.0, 98.0, 100.0, 130.0, 230.0, 487.0];
//! let mean = |rows: &[usize]| rows.iter().map(|&row| hours[row]).sum::<f64>() / rows.len() as f64;
//! let units = Units::rows(hours.len())?;
//! let drawn = draw(&units, 2_000, 1, mean)?;
//! let (low, high) = drawn.bias_corrected(0.95, mizan_stats::bootstrap::acceleration(&units, mean)?)?;
//! assert!((50.0..65.0).contains(&low) && (200.0..250.0).contains(&high));
//! # Ok::<(), mizan_stats::bootstrap::BootstrapError>(())
//! ```

mod intervals;
mod leave_one_out;
mod units;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

pub use intervals::Draws;
pub use leave_one_out::{acceleration_of, quantiles_without, ratios_without};
pub use units::Units;

/// Why there is no interval.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum BootstrapError {
    /// Fewer than two units: nothing varies.
    #[error("{0} units are too few to draw from")]
    TooFewUnits(usize),
    /// Blocks of no length, or longer than half of the series.
    #[error("blocks of {length} do not fit a series of {rows}")]
    BlockLength {
        /// Length of a block.
        length: usize,
        /// Length of the series.
        rows: usize,
    },
    /// The statistic of the data is no number.
    #[error("the statistic of the data is no number")]
    NoEstimate,
    /// The statistic of a replicate is no number (a ratio whose denominator was not drawn, for example).
    #[error("the statistic of replicate {0} is no number")]
    NoReplicate(usize),
    /// The statistic without one unit is no number.
    #[error("the statistic without unit {0} is no number")]
    NoLeaveOneOut(usize),
    /// Overlapping blocks cannot be left out one by one.
    #[error("moving blocks overlap and have no acceleration")]
    Overlapping,
    /// A confidence outside 0..1.
    #[error("a confidence of {0} is out of range")]
    Confidence(f64),
    /// A limit lies beyond the least or the greatest replicate.
    #[error("{replicates} replicates do not reach the {level} quantile")]
    TooFewReplicates {
        /// Replicates there are.
        replicates: usize,
        /// Level of the quantile.
        level: f64,
    },
    /// All replicates lie on one side of the estimate, or the acceleration turns the scale over.
    #[error("the correction for bias has no finite value")]
    NoCorrection,
}

/// Draws `replicates` resamples and computes the statistic of each.
///
/// `statistic` takes rows, some of them more than once and in any order, and gives a number. Its cost is that of all
/// rows; where it is a function of sums, sum by cluster first and let a row be a cluster.
///
/// # Errors
/// The statistic is no number for the data or for a replicate.
pub fn draw(
    units: &Units,
    replicates: usize,
    seed: u64,
    statistic: impl Fn(&[usize]) -> f64 + Sync,
) -> Result<Draws, BootstrapError> {
    let estimate = statistic(&units.all());
    if !estimate.is_finite() {
        return Err(BootstrapError::NoEstimate);
    }
    let one = |rows: &mut Vec<usize>, replicate: usize| {
        let mut random = stream(seed, replicate as u64);
        rows.clear();
        for _ in 0..units.draws() {
            // Drawn as u64: a machine of 32 bits draws the same.
            rows.extend_from_slice(units.unit(random.random_range(0..units.len() as u64) as usize));
        }
        rows.truncate(units.most_rows());
        let value = statistic(rows);
        if value.is_finite() { Ok(value) } else { Err(replicate) }
    };
    let drawn: Vec<Result<f64, usize>> = (0..replicates).into_par_iter().map_init(Vec::new, one).collect();
    let values: Result<Vec<f64>, usize> = drawn.into_iter().collect();
    Draws::new(estimate, values.map_err(BootstrapError::NoReplicate)?)
}

/// Acceleration of the BCa interval: Σd³/(6 (Σd²)^1.5), d the mean of the estimates without one unit minus each.
///
/// A sixth of the skewness of the influence of units; 0 where no unit has any influence. Units are whole clusters. The
/// statistic runs once per unit over nearly all rows; of sums and of quantiles, [`ratios_without`] and
/// [`quantiles_without`] give [`acceleration_of`] the same in one pass.
///
/// # Errors
/// Moving blocks; a statistic that is no number without some unit.
pub fn acceleration(units: &Units, statistic: impl Fn(&[usize]) -> f64 + Sync) -> Result<f64, BootstrapError> {
    if units.overlap() {
        return Err(BootstrapError::Overlapping);
    }
    let without = |rows: &mut Vec<usize>, left_out: usize| {
        rows.clear();
        (0..units.len()).filter(|&unit| unit != left_out).for_each(|unit| rows.extend_from_slice(units.unit(unit)));
        let value = statistic(rows);
        if value.is_finite() { Ok(value) } else { Err(left_out) }
    };
    let results: Vec<Result<f64, usize>> = (0..units.len()).into_par_iter().map_init(Vec::new, without).collect();
    let values: Result<Vec<f64>, usize> = results.into_iter().collect();
    acceleration_of(&values.map_err(BootstrapError::NoLeaveOneOut)?)
}

/// Stream `replicate` of `seed`.
pub(crate) fn stream(seed: u64, replicate: u64) -> ChaCha8Rng {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(replicate);
    random
}

#[cfg(test)]
mod tests;
