//! A lever: one uncertain input at its place in the chain.

use std::collections::BTreeMap;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use statrs::distribution::{ContinuousCDF, Normal};

use crate::recipe::{ALL_LEVELS, Alternatives, UncertainInput};
use crate::structure::Structure;

/// A setting of a lever: the number of an alternative, the bits of a number, or [`AS_WRITTEN`].
pub(super) type Setting = u64;
/// The lever is not used: the recipe is as it is. These are the bits of no number.
pub(super) const AS_WRITTEN: Setting = Setting::MAX;

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

    /// Order of levers at the same place. Sets of weights come before the noise around them, and that before who is left
    /// out; weights before parameters of the aggregation, since what a mean makes of the values is kept; the whole step
    /// before parameters in it.
    pub(super) fn rank(&self) -> usize {
        match &self.what {
            Alternatives::Intervals { .. } | Alternatives::WeightSets(_) => 0,
            Alternatives::NoisyWeights { .. } => 1,
            Alternatives::LeaveOut(_) => 2,
            Alternatives::Choice { path, .. }
            | Alternatives::Uniform { path, .. }
            | Alternatives::Normal { path, .. } => 3 + path.len(),
        }
    }

    /// Whether it replaces a parameter of a step, or a step.
    pub(super) fn is_parameter(&self) -> bool {
        matches!(self.what, Alternatives::Choice { .. } | Alternatives::Uniform { .. } | Alternatives::Normal { .. })
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
            _ if setting == AS_WRITTEN => None,
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
            _ if setting == AS_WRITTEN => None,
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
            _ if setting == AS_WRITTEN => "as in the recipe".to_owned(),
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
