//! Bootstrap of radial scores with a smooth draw of inefficiencies: bias, corrected score, interval.
//!
//! Simar and Wilson, Management Science 44 (1998). A sample frontier lies inside the true one, so scores flatter. Each
//! replicate draws distances δ >= 1 (1/θ or φ) from a smoothed density reflected at 1, moves every unit from its point
//! on the frontier by the drawn distance, and scores the original units against those pseudo units. The difference
//! between replicates and estimate stands for that between estimate and truth.
//!
//! The rule, since packages differ: normal draws of bandwidth h added to resampled distances; those below 1 reflected
//! at 1; mean and variance restored by β* = β̄ + (β̃ - β̄)/√(1 + h²/s²), β̄ the mean of the resampled distances and s²
//! the variance (divisor n) of all; x* = x β*/δ (input) or y* = y δ/β* (output).

mod bandwidth;

use nalgebra::DMatrix;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

pub use bandwidth::Bandwidth;

use crate::orientation::Orientation;

/// Scale on which the bias is subtracted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Farrell θ or φ as they are. A corrected θ may fall below zero.
    Farrell,
    /// Distance δ = 1/θ for input, turned back afterwards: corrected scores stay positive. For output φ is δ already.
    Reciprocal,
}

/// How to draw.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Number of replicates B; intervals need 2 000.
    pub replicates: usize,
    /// Seed; replicate b draws from stream b of it.
    pub seed: u64,
    /// Smoothing.
    pub bandwidth: Bandwidth,
    /// Scale of the correction.
    pub scale: Scale,
    /// Confidence of the interval, for example 0.95.
    pub confidence: f64,
}

/// Why there is no bootstrap.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum BootstrapError {
    /// A unit has no score of its own, or one on the wrong side of 1.
    #[error("unit {unit} has no score to start from")]
    NoScore {
        /// Row of the unit.
        unit: usize,
    },
    /// A replicate could not score a unit.
    #[error("unit {unit} has no score in replicate {replicate}")]
    Replicate {
        /// Row of the unit.
        unit: usize,
        /// Number of the replicate.
        replicate: usize,
    },
    /// Every unit is efficient: no inefficiency to draw from.
    #[error("all units are efficient")]
    AllEfficient,
    /// Too few replicates, or a confidence or bandwidth that cannot be meant.
    #[error("`{0}` is out of range")]
    Option(&'static str),
}

/// One unit, on the Farrell scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UnitBootstrap {
    /// Score against the sample.
    pub score: f64,
    /// Bias of the scale of the correction: mean of the replicates minus estimate.
    pub bias: f64,
    /// Variance of the replicates on that scale (divisor B - 1).
    pub variance: f64,
    /// Score with the bias subtracted.
    pub corrected: f64,
    /// bias² <= 3 variance: the correction adds more noise than it removes (Simar and Wilson 2000); keep `score`.
    pub correction_not_worth_it: bool,
    /// Interval of the true score: estimate minus the quantiles of replicate minus estimate.
    pub interval: (f64, f64),
}

/// All units, and what was used.
#[derive(Debug, Clone, PartialEq)]
pub struct Bootstrap {
    /// One a row.
    pub units: Vec<UnitBootstrap>,
    /// Bandwidth h of the smoothing, on the scale of δ.
    pub bandwidth: f64,
}

/// Bootstraps the radial scores of `inputs` and `outputs` (units by variables).
///
/// `score(reference_inputs, reference_outputs)` gives the Farrell scores of the original units against a reference, one
/// a row, NaN where there is none; with the original data they are the estimates. Only the reference changes between
/// replicates, so that one prepared frontier serves all units of a replicate. The number of threads changes no digit.
pub fn bootstrap(
    inputs: &DMatrix<f64>,
    outputs: &DMatrix<f64>,
    orientation: Orientation,
    options: Options,
    score: impl Fn(&DMatrix<f64>, &DMatrix<f64>) -> Vec<f64> + Sync,
) -> Result<Bootstrap, BootstrapError> {
    if options.replicates < 2 {
        return Err(BootstrapError::Option("replicates"));
    }
    if options.confidence.is_nan() || options.confidence <= 0.0 || options.confidence >= 1.0 {
        return Err(BootstrapError::Option("confidence"));
    }
    let scores = score(inputs, outputs);
    let distances = distances(&scores, inputs.nrows(), orientation)?;
    let bandwidth = bandwidth::width(options.bandwidth, &distances)?;
    let replicates: Vec<Vec<f64>> = (0..options.replicates)
        .into_par_iter()
        .map(|replicate| {
            let mut random = stream(options.seed, replicate as u64);
            let drawn = draw(&distances, bandwidth, &mut random);
            let moved = pseudo_units(inputs, outputs, orientation, &distances, &drawn);
            let scored = score(&moved.0, &moved.1);
            match (0..scores.len())
                .find(|&unit| !scored.get(unit).is_some_and(|score| *score > 0.0 && score.is_finite()))
            {
                Some(unit) => Err(BootstrapError::Replicate { unit, replicate }),
                None => Ok(scored),
            }
        })
        .collect::<Result<_, _>>()?;
    let units = (0..scores.len())
        .map(|unit| {
            let drawn: Vec<f64> = replicates.iter().map(|replicate| replicate[unit]).collect();
            summary(scores[unit], drawn, orientation, options)
        })
        .collect();
    Ok(Bootstrap { units, bandwidth })
}

/// Distances δ >= 1 from Farrell scores; scores beyond 1 by rounding are 1.
pub(crate) fn distances(scores: &[f64], units: usize, orientation: Orientation) -> Result<Vec<f64>, BootstrapError> {
    (0..units)
        .map(|unit| {
            let score = scores.get(unit).copied().unwrap_or(f64::NAN);
            let distance = if orientation == Orientation::Input { 1.0 / score } else { score };
            // Also NaN and infinity have no place here.
            if (1.0 - 1e-6..f64::INFINITY).contains(&distance) {
                // A solver leaves efficient units at 1 plus or minus its tolerance.
                Ok(if distance < 1.0 + 1e-9 { 1.0 } else { distance })
            } else {
                Err(BootstrapError::NoScore { unit })
            }
        })
        .collect()
}

/// Random numbers of one replicate.
pub(crate) fn stream(seed: u64, number: u64) -> ChaCha8Rng {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(number);
    random
}

/// A number strictly between 0 and 1.
pub(crate) fn inside_unit(random: &mut ChaCha8Rng) -> f64 {
    (random.random_range(0..1_u64 << 52) as f64 + 0.5) / (1_u64 << 52) as f64
}

fn draw(distances: &[f64], bandwidth: f64, random: &mut ChaCha8Rng) -> Vec<f64> {
    let count = distances.len() as f64;
    let picked: Vec<f64> = distances.iter().map(|_| distances[random.random_range(0..distances.len())]).collect();
    let mean = picked.iter().sum::<f64>() / count;
    let centre = distances.iter().sum::<f64>() / count;
    let variance = distances.iter().map(|distance| (distance - centre).powi(2)).sum::<f64>() / count;
    let shrink = (1.0 + bandwidth * bandwidth / variance).sqrt();
    picked
        .iter()
        .map(|distance| {
            let smooth = distance + bandwidth * mizan_stats::normal::quantile(inside_unit(random));
            let reflected = if smooth < 1.0 { 2.0 - smooth } else { smooth };
            mean + (reflected - mean) / shrink
        })
        .collect()
}

/// Every unit moved from its point on the frontier by the drawn distance.
pub(crate) fn pseudo_units(
    inputs: &DMatrix<f64>,
    outputs: &DMatrix<f64>,
    orientation: Orientation,
    distances: &[f64],
    drawn: &[f64],
) -> (DMatrix<f64>, DMatrix<f64>) {
    let (mut inputs, mut outputs) = (inputs.clone(), outputs.clone());
    for (unit, (distance, drawn)) in distances.iter().zip(drawn).enumerate() {
        match orientation {
            Orientation::Input => inputs.row_mut(unit).scale_mut(drawn / distance),
            Orientation::Output => outputs.row_mut(unit).scale_mut(distance / drawn),
        }
    }
    (inputs, outputs)
}

fn summary(score: f64, replicates: Vec<f64>, orientation: Orientation, options: Options) -> UnitBootstrap {
    let turned = options.scale == Scale::Reciprocal && orientation == Orientation::Input;
    let turn = |value: f64| if turned { 1.0 / value } else { value };
    let estimate = turn(score);
    let count = replicates.len() as f64;
    let mut values: Vec<f64> = replicates.into_iter().map(turn).collect();
    values.sort_by(f64::total_cmp);
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1.0);
    let bias = mean - estimate;
    let tail = 0.5 * (1.0 - options.confidence);
    let low = turn(2.0 * estimate - quantile(&values, 1.0 - tail));
    let high = turn(2.0 * estimate - quantile(&values, tail));
    UnitBootstrap {
        score,
        bias,
        variance,
        corrected: turn(estimate - bias),
        correction_not_worth_it: bias * bias <= 3.0 * variance,
        interval: if turned { (high, low) } else { (low, high) },
    }
}

/// Quantile between order statistics at (n - 1) p (Hyndman and Fan, type 7); NaN of nothing.
pub(crate) fn quantile(sorted: &[f64], p: f64) -> f64 {
    if sorted.is_empty() {
        return f64::NAN;
    }
    let place = (sorted.len() - 1) as f64 * p;
    let (low, high) = (place.floor() as usize, place.ceil() as usize);
    sorted[low] + (sorted[high] - sorted[low]) * (place - place.floor())
}

#[cfg(test)]
mod tests;
