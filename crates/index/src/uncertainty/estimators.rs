//! Sobol indices: how much of the variance of an output each input explains.
//!
//! With matrices A, B and AB_k (A with column k of B), N rows each:
//! first order S_k = mean(y_B (y_ABk - y_A)) / V (Saltelli and others 2010, table 2 (b)), beside it
//! 1 - Σ (y_B - y_ABk)² / (2 N V) (Jansen 1999, (c)); total Σ (y_A - y_ABk)² / (2 N V) (Jansen 1999, (f)); V is the
//! sample variance of y_A and y_B together. The bootstrap resamples the N rows with V fixed.

use nalgebra::DMatrix;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use serde::Serialize;

/// Resamples and outputs that are worked on together: few enough for little memory, many enough that drawing rows is
/// cheap beside using them.
const RESAMPLES: usize = 128;
const OUTPUTS: usize = 64;

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
    let block = |output: usize, block: usize| {
        let matrix = match block {
            0 => a,
            1 => b,
            _ => &ab[block - 2],
        };
        matrix.column(output).iter().copied().collect()
    };
    indices_of(a.nrows(), ab.len(), a.ncols(), &block, Bootstrap { resamples, seed })
}

/// How intervals are made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bootstrap {
    pub resamples: usize,
    pub seed: u64,
}

/// As [`indices`], of outputs that are made when they are needed: `block` gives the `n` numbers of an output (first)
/// at A (second is 0), B (1), or AB_k (2 + k).
pub(super) fn indices_of(
    n: usize,
    inputs: usize,
    outputs: usize,
    block: &(dyn Fn(usize, usize) -> Vec<f64> + Sync),
    bootstrap: Bootstrap,
) -> Vec<Vec<SensitivityIndices>> {
    let mut found = Vec::with_capacity(outputs);
    let numbers: Vec<usize> = (0..outputs).collect();
    for some in numbers.chunks(OUTPUTS) {
        let mut parts: Vec<Parts> =
            some.par_iter().map(|&output| Parts::new(n, inputs, &|at| block(output, at))).collect();
        let mut rng = ChaCha8Rng::seed_from_u64(bootstrap.seed);
        for first in (0..bootstrap.resamples).step_by(RESAMPLES) {
            let counts = counts(n, RESAMPLES.min(bootstrap.resamples - first), &mut rng);
            parts.par_iter_mut().for_each(|parts| parts.resample(&counts));
        }
        found.par_extend(parts.into_par_iter().map(|parts| parts.indices()));
    }
    found
}

/// Numbers of an output whose means are its estimates; a resample weighs their rows anew.
struct Parts {
    /// Rows by three numbers an input: first order, first order after Jansen, total.
    values: DMatrix<f64>,
    variance: f64,
    /// One list of resampled means a column.
    resampled: Vec<Vec<f64>>,
}

impl Parts {
    fn new(n: usize, inputs: usize, block: &dyn Fn(usize) -> Vec<f64>) -> Parts {
        let (ya, yb) = (block(0), block(1));
        let variance = variance(ya.iter().chain(&yb).copied());
        let mut values = Vec::with_capacity(n * 3 * inputs);
        for input in 0..inputs {
            let yab = block(2 + input);
            let rows = || ya.iter().zip(&yb).zip(&yab).map(|((a, b), ab)| (a, b, ab));
            values.extend(rows().map(|(a, b, ab)| b * (ab - a) / variance));
            values.extend(rows().map(|(_, b, ab)| 1.0 - (b - ab).powi(2) / (2.0 * variance)));
            values.extend(rows().map(|(a, _, ab)| (a - ab).powi(2) / (2.0 * variance)));
        }
        Parts { values: DMatrix::from_vec(n, 3 * inputs, values), variance, resampled: vec![Vec::new(); 3 * inputs] }
    }

    fn resample(&mut self, counts: &DMatrix<f64>) {
        let means = counts * &self.values;
        self.resampled.iter_mut().zip(means.column_iter()).for_each(|(all, more)| all.extend(more.iter()));
    }

    fn indices(mut self) -> Vec<SensitivityIndices> {
        let is_still = self.variance <= 0.0 || self.variance.is_nan();
        let mut index = |at: usize| {
            if is_still {
                return Index { value: f64::NAN, lower: f64::NAN, upper: f64::NAN };
            }
            let means = &mut self.resampled[at];
            means.sort_unstable_by(f64::total_cmp);
            let value = self.values.column(at).mean();
            Index { value, lower: quantile_sorted(means, 0.05), upper: quantile_sorted(means, 0.95) }
        };
        let inputs = self.values.ncols() / 3;
        let of = |input: usize| SensitivityIndices {
            first: index(3 * input),
            first_jansen: index(3 * input + 1),
            total: index(3 * input + 2),
        };
        (0..inputs).map(of).collect()
    }
}

/// How often each row is drawn in each resample, over N: resamples by rows.
fn counts(n: usize, resamples: usize, rng: &mut ChaCha8Rng) -> DMatrix<f64> {
    let mut counts = DMatrix::zeros(resamples, n);
    let mut drawn = vec![0u32; n];
    for resample in 0..resamples {
        drawn.fill(0);
        (0..n).for_each(|_| drawn[rng.random_range(0..n as u32) as usize] += 1);
        for (row, times) in drawn.iter().enumerate() {
            counts[(resample, row)] = f64::from(*times) / n as f64;
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
