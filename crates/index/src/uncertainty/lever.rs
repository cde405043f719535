//! A lever: one uncertain input at its place in the chain.

use std::collections::BTreeMap;
use std::sync::Arc;

use nalgebra::DMatrix;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use statrs::distribution::{ContinuousCDF, Normal};

use crate::recipe::{ALL_LEVELS, Alternatives, UncertainInput};
use crate::structure::Structure;

/// Where noise of weights and values takes its streams from; they must not meet.
const STREAM_OF_INTERVALS: u64 = 1 << 32;

/// A setting of a lever: the number of an alternative, or the bits of a number.
pub(super) type Setting = u64;

/// A lever.
#[derive(Debug, Clone)]
pub(super) struct Lever {
    /// Position of the input in the recipe.
    pub input: usize,
    /// 0: before the first step; s + 1: at step s. Weights and left-out indicators are set just before aggregation.
    pub place: usize,
    /// What is set.
    pub what: Alternatives,
}

impl Lever {
    pub(super) fn new(input: usize, uncertain: &UncertainInput, aggregate: usize) -> Lever {
        let place = match &uncertain.alternatives {
            Alternatives::Intervals { .. } => 0,
            Alternatives::Choice { step, .. }
            | Alternatives::Uniform { step, .. }
            | Alternatives::Normal { step, .. } => step + 1,
            Alternatives::NoisyWeights { .. } | Alternatives::WeightSets(_) | Alternatives::LeaveOut(_) => {
                aggregate + 1
            }
        };
        Lever { input, place, what: uncertain.alternatives.clone() }
    }

    /// Number of alternatives; `None` for a continuous one.
    pub(super) fn count(&self) -> Option<usize> {
        match &self.what {
            Alternatives::Choice { values, .. } => Some(values.len()),
            Alternatives::Uniform { .. } | Alternatives::Normal { .. } => None,
            Alternatives::NoisyWeights { sets, .. } | Alternatives::Intervals { sets } => Some(*sets),
            Alternatives::WeightSets(sets) => Some(sets.len()),
            // One setting is that none is left out.
            Alternatives::LeaveOut(codes) => Some(codes.len() + 1),
        }
    }

    /// The setting that a uniform number means: alternative ⌊u m⌋, or a quantile.
    pub(super) fn setting(&self, u: f64) -> Setting {
        match (&self.what, self.count()) {
            (_, Some(count)) => ((u * count as f64) as u64).min(count as u64 - 1),
            (Alternatives::Uniform { between: [low, high], .. }, _) => (low + (high - low) * u).to_bits(),
            (Alternatives::Normal { mean, sd, .. }, _) => {
                // A Sobol sequence may give 0, whose quantile is infinite.
                let u = u.clamp(1e-9, 1.0 - 1e-9);
                let quantile = Normal::standard().inverse_cdf(u);
                (mean + sd * quantile).to_bits()
            }
            _ => 0,
        }
    }

    /// Step, path and value of a setting that replaces a parameter.
    pub(super) fn parameter(&self, setting: Setting) -> Option<(usize, &[String], toml::Value)> {
        match &self.what {
            Alternatives::Choice { step, path, values } => Some((*step, path, values[setting as usize].clone())),
            Alternatives::Uniform { step, path, .. } | Alternatives::Normal { step, path, .. } => {
                Some((*step, path, toml::Value::Float(f64::from_bits(setting))))
            }
            _ => None,
        }
    }

    /// The weights of a setting, if it is one of weights.
    pub(super) fn weights(
        &self,
        setting: Setting,
        before: &[f64],
        structure: &Structure,
        seed: u64,
    ) -> Option<Vec<f64>> {
        match &self.what {
            Alternatives::NoisyWeights { noise, .. } => Some(noisy(before, structure, noise, seed, setting)),
            Alternatives::WeightSets(sets) => {
                let set = &sets[setting as usize];
                let own = structure.elements.iter().zip(before);
                Some(own.map(|(element, weight)| set.get(&element.code).copied().unwrap_or(*weight)).collect())
            }
            Alternatives::LeaveOut(codes) => {
                let mut weights = before.to_vec();
                // The last setting leaves nothing out.
                if let Some(element) = codes.get(setting as usize).and_then(|code| structure.position(code)) {
                    weights[element] = 0.0;
                }
                Some(weights)
            }
            _ => None,
        }
    }

    /// A setting in words.
    pub(super) fn words(&self, setting: Setting) -> String {
        match &self.what {
            Alternatives::Choice { values, .. } => values[setting as usize].to_string(),
            Alternatives::Uniform { .. } | Alternatives::Normal { .. } => f64::from_bits(setting).to_string(),
            Alternatives::NoisyWeights { .. } | Alternatives::WeightSets(_) | Alternatives::Intervals { .. } => {
                format!("set {}", setting + 1)
            }
            Alternatives::LeaveOut(codes) => {
                codes.get(setting as usize).cloned().unwrap_or_else(|| "none left out".to_owned())
            }
        }
    }
}

/// w (1 + f u), u uniform between -1 and 1; each set has its own stream.
fn noisy(before: &[f64], structure: &Structure, noise: &BTreeMap<u32, f64>, seed: u64, set: u64) -> Vec<f64> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(set);
    before
        .iter()
        .zip(&structure.levels)
        .map(|(weight, level)| {
            // Every element takes its number, so that the noise of one level does not move with that of another.
            let u: f64 = rng.random_range(-1.0..1.0);
            let factor = noise.get(level).or_else(|| noise.get(&ALL_LEVELS)).copied().unwrap_or(0.0);
            weight * (1.0 + factor * u)
        })
        .collect()
}

/// Lower and upper ends of the indicators' 95 % intervals: rows by indicators, NaN where not known.
#[derive(Debug, Clone)]
pub struct Intervals {
    /// Lower ends.
    pub lower: DMatrix<f64>,
    /// Upper ends.
    pub upper: DMatrix<f64>,
}

/// Half of the width of a 95 % interval in standard deviations.
const Z95: f64 = 1.959_963_984_540_054;

/// Values drawn from their intervals: normal on either side of the value, with the standard deviation that makes the
/// end of the interval the 97.5 % point of that side. Cells without an interval stay.
pub(super) fn drawn(values: &DMatrix<f64>, intervals: &Intervals, seed: u64, set: u64) -> DMatrix<f64> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(STREAM_OF_INTERVALS + set);
    let normal = Normal::standard();
    let mut drawn = values.clone();
    for (cell, value) in drawn.iter_mut().enumerate() {
        let u: f64 = rng.random_range(1e-12..1.0);
        let z = normal.inverse_cdf(u);
        let (lower, upper) = (intervals.lower[cell], intervals.upper[cell]);
        let side = if z < 0.0 { *value - lower } else { upper - *value };
        if side > 0.0 {
            *value += z * side / Z95;
        }
    }
    drawn
}

/// Shared ends of intervals.
pub(super) type SharedIntervals = Arc<Intervals>;
