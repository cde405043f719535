//! Algorithms 1 and 2: which distances enter the regression, and the draws around it.

use mizan_stats::normal::truncated_above_quantile;
use nalgebra::{DMatrix, DVector};
use rayon::prelude::*;

use super::truncated::{Sample, maximise};
use super::{Effect, Environment, EnvironmentError, Options, TruncatedRegression};
use crate::bootstrap::{self, BootstrapError, inside_unit, pseudo_units, quantile, stream};
use crate::orientation::Orientation;
use crate::stochastic::StochasticError;

/// Algorithm 1: truncated regression of the distances above 1 on z, and draws from it.
///
/// `scores` are Farrell scores; `z` is units by columns, a constant among them if wanted.
pub fn algorithm_one(
    scores: &[f64],
    orientation: Orientation,
    names: &[String],
    z: &DMatrix<f64>,
    options: Options,
) -> Result<Environment, EnvironmentError> {
    check(names, z, scores.len(), options)?;
    let distances = bootstrap::distances(scores, scores.len(), orientation)?;
    regress_and_draw(distances, names, z, options)
}

/// Algorithm 2: distances are first corrected for bias by `bias_draws` draws of the whole frontier, then algorithm 1.
///
/// `score(reference_inputs, reference_outputs)` is that of [`bootstrap::bootstrap`]. Each bias draw takes δ* from the
/// fitted regression, moves x* = x δ*/δ (input) or y* = y δ/δ* (output), and scores the original units; the corrected
/// distance is 2δ minus the mean of those.
pub fn algorithm_two(
    inputs: &DMatrix<f64>,
    outputs: &DMatrix<f64>,
    orientation: Orientation,
    names: &[String],
    z: &DMatrix<f64>,
    options: Options,
    score: impl Fn(&DMatrix<f64>, &DMatrix<f64>) -> Vec<f64> + Sync,
) -> Result<Environment, EnvironmentError> {
    let units = inputs.nrows();
    check(names, z, units, options)?;
    if options.bias_draws == 0 {
        return Err(EnvironmentError::Option("bias_draws"));
    }
    let distances = bootstrap::distances(&score(inputs, outputs), units, orientation)?;
    let used = above_one(&distances);
    let first = regression(&distances, &used, names, z)?;
    let centre = z * DVector::from_column_slice(&first.regression.coefficients);
    let drawn: Vec<Vec<f64>> = (0..options.bias_draws)
        .into_par_iter()
        .map(|replicate| {
            let mut random = stream(options.seed, replicate as u64);
            let moved: Vec<f64> = centre.iter().map(|c| draw(*c, first.regression.sigma, &mut random)).collect();
            let (x, y) = pseudo_units(inputs, outputs, orientation, &distances, &moved);
            let scored = score(&x, &y);
            (0..units)
                .map(|unit| match scored.get(unit) {
                    Some(score) if *score > 0.0 && score.is_finite() => {
                        Ok(if orientation == Orientation::Input { 1.0 / score } else { *score })
                    }
                    _ => Err(EnvironmentError::Scores(BootstrapError::Replicate { unit, replicate })),
                })
                .collect()
        })
        .collect::<Result<_, _>>()?;
    let mean = |unit: usize| drawn.iter().map(|scores| scores[unit]).sum::<f64>() / drawn.len() as f64;
    let corrected = distances.iter().enumerate().map(|(unit, distance)| 2.0 * distance - mean(unit)).collect();
    regress_and_draw(corrected, names, z, options)
}

fn check(names: &[String], z: &DMatrix<f64>, units: usize, options: Options) -> Result<(), EnvironmentError> {
    if z.nrows() != units {
        return Err(EnvironmentError::Rows { found: z.nrows(), expected: units });
    }
    if z.ncols() != names.len() || z.ncols() == 0 {
        return Err(EnvironmentError::Rows { found: names.len(), expected: z.ncols() });
    }
    if let Some(place) = z.iter().position(|value| !value.is_finite()) {
        return Err(EnvironmentError::NotFinite(place % units));
    }
    if options.draws < 2 {
        return Err(EnvironmentError::Option("draws"));
    }
    if options.confidence.is_nan() || options.confidence <= 0.0 || options.confidence >= 1.0 {
        return Err(EnvironmentError::Option("confidence"));
    }
    Ok(())
}

/// Efficient units stand at 1 by construction and carry no distance.
fn above_one(distances: &[f64]) -> Vec<usize> {
    (0..distances.len()).filter(|&unit| distances[unit] > 1.0).collect()
}

pub(super) struct Fitted {
    pub(super) regression: TruncatedRegression,
    sample: Sample,
}

pub(super) fn regression(
    distances: &[f64],
    used: &[usize],
    names: &[String],
    z: &DMatrix<f64>,
) -> Result<Fitted, EnvironmentError> {
    let parameters = names.len() + 1;
    if used.len() <= parameters {
        return Err(EnvironmentError::TooFew { rows: used.len(), parameters });
    }
    let kept: Vec<f64> = used.iter().map(|&unit| distances[unit]).collect();
    let sample = Sample::new(&z.select_rows(used), names).map_err(|error| match error {
        StochasticError::Collinear(name) => EnvironmentError::Collinear(name),
        _ => EnvironmentError::NoMaximum,
    })?;
    let regression = maximise(&sample, &kept, None).ok_or(EnvironmentError::NoMaximum)?;
    Ok(Fitted { regression, sample })
}

/// zβ + ε with ε ~ N(0, σ²) given zβ + ε >= 1.
pub(super) fn draw(centre: f64, sigma: f64, random: &mut rand_chacha::ChaCha8Rng) -> f64 {
    (centre + sigma * truncated_above_quantile((1.0 - centre) / sigma, inside_unit(random))).max(1.0)
}

/// Streams of the regression's draws begin here, beyond those of the frontier's.
const REGRESSION_STREAMS: u64 = 1 << 32;

fn regress_and_draw(
    distances: Vec<f64>,
    names: &[String],
    z: &DMatrix<f64>,
    options: Options,
) -> Result<Environment, EnvironmentError> {
    let used = above_one(&distances);
    let Fitted { regression, sample } = regression(&distances, &used, names, z)?;
    let estimates = regression.parameters();
    let centre = z.select_rows(&used) * DVector::from_column_slice(&regression.coefficients);
    let drawn: Vec<Option<Vec<f64>>> = (0..options.draws)
        .into_par_iter()
        .map(|replicate| {
            let mut random = stream(options.seed, REGRESSION_STREAMS + replicate as u64);
            let distances: Vec<f64> = centre.iter().map(|c| draw(*c, regression.sigma, &mut random)).collect();
            maximise(&sample, &distances, Some(&regression)).map(|again| again.parameters())
        })
        .collect();
    let failed_draws = drawn.iter().filter(|draw| draw.is_none()).count();
    if 10 * failed_draws > options.draws {
        return Err(EnvironmentError::DrawsFail { failed: failed_draws, draws: options.draws });
    }
    let tail = 0.5 * (1.0 - options.confidence);
    let effects = estimates
        .iter()
        .enumerate()
        .map(|(place, &estimate)| {
            let mut values: Vec<f64> = drawn.iter().flatten().map(|draw| draw[place]).collect();
            values.sort_by(f64::total_cmp);
            let percentile = (quantile(&values, tail), quantile(&values, 1.0 - tail));
            let further = values.iter().filter(|value| (*value - estimate).abs() >= estimate.abs()).count();
            let tested = place < names.len();
            Effect {
                name: names.get(place).cloned().unwrap_or_else(|| "sigma".to_owned()),
                estimate,
                percentile,
                basic: (2.0 * estimate - percentile.1, 2.0 * estimate - percentile.0),
                p_value: if tested { (further + 1) as f64 / (values.len() + 1) as f64 } else { f64::NAN },
            }
        })
        .collect();
    Ok(Environment { effects, regression, distances, used, failed_draws })
}
