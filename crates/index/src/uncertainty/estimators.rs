//! Sobol indices: how much of the variance of an output each input explains.
//!
//! With matrices A, B and AB_k (A with column k of B), N rows each:
//! first order S_k = mean(y_B (y_ABk - y_A)) / V (Saltelli and others 2010, table 2 (b)), beside it
//! 1 - Σ (y_B - y_ABk)² / (2 N V) (Jansen 1999, (c)); total Σ (y_A - y_ABk)² / (2 N V) (Jansen 1999, (f)); V is the
//! sample variance of y_A and y_B together. The bootstrap resamples the N rows with V fixed.

use nalgebra::DMatrix;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

/// A value with its bootstrap interval of 90 %.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Index {
    /// Estimate.
    pub value: f64,
    /// 5 % point of the bootstrap.
    pub lower: f64,
    /// 95 % point.
    pub upper: f64,
}

/// Indices of one input.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SensitivityIndices {
    /// First order, Saltelli and others 2010.
    pub first: Index,
    /// First order, Jansen.
    pub first_jansen: Index,
    /// Total, Jansen.
    pub total: Index,
}

/// Indices of each input, for each of several outputs: outputs, inputs.
///
/// `a` and `b` are N rows by outputs, `ab` one such matrix an input. An output without variance has NaN. `resamples` 0
/// leaves the intervals NaN. All outputs share the resampled rows.
pub fn indices(
    a: &DMatrix<f64>,
    b: &DMatrix<f64>,
    ab: &[DMatrix<f64>],
    resamples: usize,
    seed: u64,
) -> Vec<Vec<SensitivityIndices>> {
    let n = a.nrows();
    let counts = counts(n, resamples, seed);
    (0..a.ncols())
        .map(|output| {
            let (ya, yb) = (a.column(output), b.column(output));
            let variance = variance(ya.iter().chain(yb.iter()).copied());
            let parts = ab.iter().map(|ab| {
                let yab = ab.column(output);
                // Means of these three columns are the estimates; a resample weighs their rows anew.
                DMatrix::from_fn(n, 3, |row, which| match which {
                    0 => yb[row] * (yab[row] - ya[row]) / variance,
                    1 => 1.0 - (yb[row] - yab[row]).powi(2) / (2.0 * variance),
                    _ => (ya[row] - yab[row]).powi(2) / (2.0 * variance),
                })
            });
            parts.map(|parts| of_input(&parts, &counts, variance)).collect()
        })
        .collect()
}

fn of_input(parts: &DMatrix<f64>, counts: &DMatrix<f64>, variance: f64) -> SensitivityIndices {
    let resampled = counts * parts;
    let index = |which: usize| {
        if variance <= 0.0 || variance.is_nan() {
            return Index { value: f64::NAN, lower: f64::NAN, upper: f64::NAN };
        }
        let mut means: Vec<f64> = resampled.column(which).iter().copied().collect();
        means.sort_unstable_by(f64::total_cmp);
        Index {
            value: parts.column(which).mean(),
            lower: quantile_sorted(&means, 0.05),
            upper: quantile_sorted(&means, 0.95),
        }
    };
    SensitivityIndices { first: index(0), first_jansen: index(1), total: index(2) }
}

/// How often each row is drawn in each resample, over N: resamples by rows.
fn counts(n: usize, resamples: usize, seed: u64) -> DMatrix<f64> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut counts = DMatrix::zeros(resamples, n);
    for resample in 0..resamples {
        for _ in 0..n {
            counts[(resample, rng.random_range(0..n))] += 1.0 / n as f64;
        }
    }
    counts
}

/// Sample variance.
fn variance(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let n = values.clone().count() as f64;
    let mean = values.clone().sum::<f64>() / n;
    values.map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0)
}

/// Quantile of type 7 of sorted values; NaN of none.
pub(super) fn quantile_sorted(sorted: &[f64], p: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let at = p * last as f64;
    let low = at.floor() as usize;
    let high = (low + 1).min(last);
    sorted[low] + (at - low as f64) * (sorted[high] - sorted[low])
}
