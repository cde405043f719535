//! Weights that make correlations with the index what is wished.
//!
//! `balance`: each element's share of the correlations, r / Σ r, shall be its target. `infomax`: Σ r shall be largest.
//! Becker, Saisana, Paruolo & Vandecasteele (2017), *Ecological Indicators* 80; w ≥ 0, Σ w = 1.

use mizan_stats::correlation::pearson;

/// What is wished.
#[derive(Debug, Clone, PartialEq)]
pub enum Goal {
    /// Shares of correlation in the relation of these numbers.
    Balance(Vec<f64>),
    /// Largest sum of correlations.
    Infomax,
}

/// Weights and how near they come.
#[derive(Debug, Clone, PartialEq)]
pub struct Optimised {
    /// With sum 1.
    pub weights: Vec<f64>,
    /// `balance`: (largest - least) of share over target. `infomax`: the last gain of Σ r.
    pub spread: f64,
    /// How often the index was computed.
    pub evaluations: usize,
    /// `balance`: spread below 1e-6. `infomax`: no move of any weight gains more than 1e-9.
    pub is_converged: bool,
}

/// Spread at which `balance` is reached.
const TOLERANCE: f64 = 1e-6;
/// Most rounds.
const ROUNDS: usize = 3_000;

/// Optimises the weights of some elements. `columns` are their scores (one number a row), `index` gives the index for
/// weights.
pub fn optimise(goal: &Goal, columns: &[Vec<f64>], index: &dyn Fn(&[f64]) -> Vec<f64>) -> Optimised {
    match goal {
        Goal::Balance(targets) => balance(targets, columns, index),
        Goal::Infomax => infomax(columns, index),
    }
}

fn correlations(columns: &[Vec<f64>], index: &[f64]) -> Vec<f64> {
    columns.iter().map(|column| pearson(column, index).r).collect()
}

/// Weights with too small a share grow, the others shrink: w ← w (target / share)^step, with a step that halves when
/// the distance grows. The fixed point is the balance, or the border of w ≥ 0.
fn balance(targets: &[f64], columns: &[Vec<f64>], index: &dyn Fn(&[f64]) -> Vec<f64>) -> Optimised {
    let total: f64 = targets.iter().sum();
    let targets: Vec<f64> = targets.iter().map(|target| target / total).collect();
    let ratios = |weights: &[f64]| {
        let r = correlations(columns, &index(weights));
        let sum: f64 = r.iter().sum();
        let ratios: Vec<f64> = r.iter().zip(&targets).map(|(r, target)| r / sum / target).collect();
        ratios
    };
    let spread = |ratios: &[f64]| {
        ratios.iter().copied().fold(f64::NEG_INFINITY, f64::max) - ratios.iter().copied().fold(f64::INFINITY, f64::min)
    };
    let mut weights = targets.clone();
    let mut now = ratios(&weights);
    let mut evaluations = 1;
    let mut best = (spread(&now), weights.clone());
    let mut step = 1.0;
    while evaluations < ROUNDS && best.0 > TOLERANCE && step > 1e-6 {
        // A correlation of 0 or below asks for much more weight, but not for infinitely much.
        let tried: Vec<f64> =
            weights.iter().zip(&now).map(|(w, ratio)| w * (1.0 / ratio.max(0.05)).powf(step)).collect();
        let sum: f64 = tried.iter().sum();
        let tried: Vec<f64> = tried.iter().map(|w| w / sum).collect();
        let next = ratios(&tried);
        evaluations += 1;
        let reached = spread(&next);
        if reached < best.0 {
            best = (reached, tried.clone());
            (weights, now) = (tried, next);
            step = (step * 1.2).min(4.0);
        } else {
            step *= 0.5;
        }
    }
    let (spread, weights) = best;
    Optimised { weights, spread, evaluations, is_converged: spread <= TOLERANCE }
}

/// Coordinate by coordinate: weights move up or down as long as Σ r grows, in steps that shrink.
fn infomax(columns: &[Vec<f64>], index: &dyn Fn(&[f64]) -> Vec<f64>) -> Optimised {
    let k = columns.len();
    let value = |weights: &[f64]| correlations(columns, &index(weights)).iter().sum::<f64>();
    let mut weights = vec![1.0 / k as f64; k];
    let mut best = value(&weights);
    let (mut evaluations, mut step, mut gain) = (1, 0.5, 0.0);
    while step > 1e-7 && evaluations < ROUNDS * 10 {
        let before = best;
        for element in 0..k {
            for factor in [1.0 + step, 1.0 / (1.0 + step)] {
                let mut tried = weights.clone();
                tried[element] = (tried[element] * factor).max(if factor > 1.0 { 1e-6 } else { 0.0 });
                let sum: f64 = tried.iter().sum();
                tried.iter_mut().for_each(|w| *w /= sum);
                let reached = value(&tried);
                evaluations += 1;
                if reached > best {
                    (best, weights) = (reached, tried);
                }
            }
        }
        gain = best - before;
        if gain < 1e-9 {
            step *= 0.5;
        }
    }
    Optimised { weights, spread: gain, evaluations, is_converged: step <= 1e-7 }
}
