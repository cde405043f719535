//! Methods that punish imbalance between children.

use nalgebra::DMatrix;

use crate::recipe::{Deviation, Phenomenon};

fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    values.clone().sum::<f64>() / values.count() as f64
}

fn deviation(values: impl Iterator<Item = f64> + Clone, kind: Deviation) -> f64 {
    let m = mean(values.clone());
    let n = values.clone().count() as f64;
    let squares: f64 = values.map(|value| (value - m) * (value - m)).sum();
    match kind {
        Deviation::Sample => (squares / (n - 1.0)).sqrt(),
        Deviation::Population => (squares / n).sqrt(),
    }
}

/// Mazziotta-Pareto index: z = 100 + 10 (x - mean) / sd; of each row's mean M and coefficient of variation cv = S / M,
/// M (1 - cv²) for a positive phenomenon, M (1 + cv²) for a negative one.
///
/// Mazziotta & Pareto (2013), *Rivista Italiana di Economia Demografia e Statistica* 67, who take the population's
/// standard deviation; the R package Compind takes the sample's. `x` is units by children, more is better.
pub fn mpi(x: &DMatrix<f64>, phenomenon: Phenomenon, sd: Deviation) -> Vec<f64> {
    let moments: Vec<(f64, f64)> =
        x.column_iter().map(|c| (mean(c.iter().copied()), deviation(c.iter().copied(), sd))).collect();
    let z = |row: usize, k: usize| {
        let (m, s) = moments[k];
        // A child without variation says the same of all: 100.
        if s > 0.0 { 100.0 + 10.0 * (x[(row, k)] - m) / s } else { 100.0 }
    };
    (0..x.nrows())
        .map(|row| {
            let own = (0..x.ncols()).map(|k| z(row, k));
            let m = mean(own.clone());
            let cv = deviation(own, sd) / m;
            match phenomenon {
                Phenomenon::Positive => m * (1.0 - cv * cv),
                Phenomenon::Negative => m * (1.0 + cv * cv),
            }
        })
        .collect()
}

/// Adjusted Mazziotta-Pareto index: with delta = (max - min) / 2 over all rows and a reference (the mean where none is
/// given), r = 60 (x - (ref - delta)) / (2 delta) + 70; M - S cv for a positive phenomenon, M + S cv for a negative
/// one, S the population's standard deviation of the row. Mazziotta & Pareto (2016), *Social Indicators Research* 127.
pub fn ampi(x: &DMatrix<f64>, references: &[Option<f64>], phenomenon: Phenomenon) -> Vec<f64> {
    let posts: Vec<(f64, f64)> = x
        .column_iter()
        .zip(references)
        .map(|(c, reference)| {
            let (least, largest) = (c.min(), c.max());
            let reference = reference.unwrap_or_else(|| mean(c.iter().copied()));
            (reference - 0.5 * (largest - least), largest - least)
        })
        .collect();
    (0..x.nrows())
        .map(|row| {
            let own = (0..x.ncols()).map(|k| {
                let (low, range) = posts[k];
                if range > 0.0 { 60.0 * (x[(row, k)] - low) / range + 70.0 } else { 100.0 }
            });
            let m = mean(own.clone());
            let s = deviation(own, Deviation::Population);
            match phenomenon {
                Phenomenon::Positive => m - s * s / m,
                Phenomenon::Negative => m + s * s / m,
            }
        })
        .collect()
}

/// Wroclaw taxonomic method: d is the Euclidean distance of the standardised row to the column maxima; the score is
/// d / (mean d + 2 sd d). Lower is better. Hellwig (1968).
pub fn wroclaw(x: &DMatrix<f64>) -> Vec<f64> {
    let columns: Vec<(f64, f64, f64)> = x
        .column_iter()
        .map(|c| (mean(c.iter().copied()), deviation(c.iter().copied(), Deviation::Sample), c.max()))
        .collect();
    let distances: Vec<f64> = (0..x.nrows())
        .map(|row| {
            let squares = columns
                .iter()
                .enumerate()
                .map(|(k, (_, s, best))| if *s > 0.0 { ((best - x[(row, k)]) / s).powi(2) } else { 0.0 });
            squares.sum::<f64>().sqrt()
        })
        .collect();
    let scale = mean(distances.iter().copied()) + 2.0 * deviation(distances.iter().copied(), Deviation::Sample);
    distances.into_iter().map(|d| if scale > 0.0 { d / scale } else { 0.0 }).collect()
}

/// Mean-min function: M - alpha (√((M - min)² + beta²) - beta), M the weighted mean.
///
/// alpha 0 is the mean, alpha 1 with beta 0 the minimum. Casadio Tarabusi & Guarini (2013), *Social Indicators
/// Research* 112.
pub fn mean_min(x: &DMatrix<f64>, weights: &[f64], alpha: f64, beta: f64) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    x.row_iter()
        .map(|row| {
            let m = row.iter().zip(weights).map(|(value, weight)| value * weight).sum::<f64>() / total;
            let gap = m - row.min();
            m - alpha * ((gap * gap + beta * beta).sqrt() - beta)
        })
        .collect()
}
