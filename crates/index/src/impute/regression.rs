//! Ordinary least squares on the most correlated observed indicators.

use nalgebra::{DMatrix, DVector};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use statrs::distribution::{ContinuousCDF, Normal};

use super::{Filled, relatives};
use crate::dataset::Dataset;
use crate::recipe::ImputeStep;
use crate::structure::Structure;

/// A fitted line: intercept first, then one slope a predictor.
pub(super) struct Line {
    pub coefficients: Vec<f64>,
    /// Residual standard deviation, n - q - 1 degrees of freedom.
    pub sigma: f64,
}

pub(super) fn fill(dataset: &Dataset, structure: &Structure, step: &ImputeStep) -> Filled {
    let x = &dataset.values;
    let mut filled = Filled::new(x.clone());
    for column in 0..x.ncols() {
        if !x.column(column).iter().any(|value| value.is_nan()) {
            continue;
        }
        let mut rng = ChaCha8Rng::seed_from_u64(step.seed);
        rng.set_stream(column as u64);
        let among = relatives(structure, column, step.level);
        for row in 0..x.nrows() {
            if !x[(row, column)].is_nan() {
                continue;
            }
            // Of the indicators that this row has.
            let own: Vec<usize> =
                among.iter().copied().filter(|&other| other != column && !x[(row, other)].is_nan()).collect();
            let best = most_correlated(x, column, &own, step.predictors);
            let Some(line) = fit(x, column, &best) else { continue };
            let noise = if step.stochastic { line.sigma * normal(&mut rng) } else { 0.0 };
            filled.values[(row, column)] = line.at(best.iter().map(|&other| x[(row, other)])) + noise;
        }
    }
    filled
}

impl Line {
    pub(super) fn at(&self, predictors: impl Iterator<Item = f64>) -> f64 {
        self.coefficients[0] + self.coefficients[1..].iter().zip(predictors).map(|(slope, x)| slope * x).sum::<f64>()
    }
}

/// A standard normal number.
pub(super) fn normal(rng: &mut ChaCha8Rng) -> f64 {
    use rand::Rng;
    Normal::standard().inverse_cdf(rng.random_range(1e-12..1.0))
}

/// The `most` columns with the largest |correlation| over complete pairs, of at least three pairs.
pub(super) fn most_correlated(x: &DMatrix<f64>, column: usize, among: &[usize], most: usize) -> Vec<usize> {
    let mut rated: Vec<(f64, usize)> = among
        .iter()
        .map(|&other| (correlation(x.column(column).as_slice(), x.column(other).as_slice()).abs(), other))
        .filter(|(r, _)| !r.is_nan())
        .collect();
    rated.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    rated.into_iter().take(most).map(|(_, other)| other).collect()
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let pairs = || a.iter().zip(b).filter(|(a, b)| !a.is_nan() && !b.is_nan());
    let n = pairs().count() as f64;
    if n < 3.0 {
        return f64::NAN;
    }
    let (ma, mb) = (pairs().map(|(a, _)| a).sum::<f64>() / n, pairs().map(|(_, b)| b).sum::<f64>() / n);
    let sum = |of: &dyn Fn(f64, f64) -> f64| pairs().map(|(a, b)| of(a - ma, b - mb)).sum::<f64>();
    sum(&|a, b| a * b) / (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt()
}

/// Fits a column on predictors over rows that have all of them. Without predictors: the mean. `None` with fewer rows
/// than coefficients, or predictors that say the same.
pub(super) fn fit(x: &DMatrix<f64>, column: usize, predictors: &[usize]) -> Option<Line> {
    let is_whole =
        |row: &usize| !x[(*row, column)].is_nan() && predictors.iter().all(|&other| !x[(*row, other)].is_nan());
    let rows: Vec<usize> = (0..x.nrows()).filter(is_whole).collect();
    let size = predictors.len() + 1;
    if rows.len() <= size {
        return None;
    }
    let design =
        DMatrix::from_fn(rows.len(), size, |at, k| if k == 0 { 1.0 } else { x[(rows[at], predictors[k - 1])] });
    let y = DVector::from_fn(rows.len(), |at, _| x[(rows[at], column)]);
    // Columns may be of very different size.
    let scales: Vec<f64> = design.column_iter().map(|column| column.amax().max(f64::MIN_POSITIVE)).collect();
    let scaled = DMatrix::from_fn(rows.len(), size, |at, k| design[(at, k)] / scales[k]);
    let svd = scaled.svd(true, true);
    let least = svd.singular_values.max() * 1e-10;
    if svd.singular_values.min() <= least {
        // The last predictor adds nothing new.
        return predictors.split_last().and_then(|(_, rest)| fit(x, column, rest));
    }
    let solved = svd.solve(&y, least).ok()?;
    let coefficients: Vec<f64> = solved.iter().zip(&scales).map(|(b, scale)| b / scale).collect();
    let residual = &y - &design * DVector::from_column_slice(&coefficients);
    let sigma = (residual.norm_squared() / (rows.len() - size) as f64).sqrt();
    Some(Line { coefficients, sigma })
}
