//! Multivariate normal by expectation and maximisation. Little & Rubin, *Statistical Analysis with Missing Data*, 11.2.
//!
//! A missing block is x_m = mu_m + S_mo S_oo⁻¹ (x_o - mu_o); mu is the mean of completed rows, S that of their products
//! plus, on the missing block, S_mm - S_mo S_oo⁻¹ S_om. Columns are standardised first, so that size does not matter.

use mizan_model::diagnostic::Diagnostic;
use mizan_stats::shape::{mean, standard_deviation};
use nalgebra::{Cholesky, DMatrix, DVector};

use super::Filled;
use crate::codes;
use crate::dataset::Dataset;

/// Relative change at which the iteration ends.
const TOLERANCE: f64 = 1e-8;
/// Most iterations.
const MOST: usize = 2_000;
/// Ridge on the standardised covariance where there are as many indicators as rows.
const RIDGE: f64 = 0.05;

pub(super) fn fill(dataset: &Dataset) -> Filled {
    let x = &dataset.values;
    let (n, p) = x.shape();
    let mut filled = Filled::new(x.clone());
    let moments: Vec<(f64, f64)> = x
        .column_iter()
        .map(|column| {
            let sd = standard_deviation(column.as_slice());
            (mean(column.as_slice()), if sd > 0.0 { sd } else { 1.0 })
        })
        .collect();
    // Columns without any value cannot be filled and help nobody.
    let used: Vec<usize> = (0..p).filter(|&column| !moments[column].0.is_nan()).collect();
    let z = DMatrix::from_fn(n, used.len(), |row, k| (x[(row, used[k])] - moments[used[k]].0) / moments[used[k]].1);
    let ridge = if used.len() >= n { RIDGE } else { 0.0 };
    if ridge > 0.0 {
        let message = format!("{} indicators of {n} rows: the covariance has a ridge of {RIDGE}", used.len());
        filled.diagnostics.push(
            Diagnostic::warning(codes::TOO_FEW, message).help("take `regression`, or fewer indicators at a time"),
        );
    }
    let (completed, iterations) = iterate(&z, ridge);
    if iterations == MOST {
        let message = format!("`em` did not settle to {TOLERANCE} in {MOST} iterations");
        filled.diagnostics.push(
            Diagnostic::warning(codes::NOT_CONVERGED, message).help("take `regression`, or fewer indicators at a time"),
        );
    }
    for (k, &column) in used.iter().enumerate() {
        for row in 0..n {
            filled.values[(row, column)] = completed[(row, k)] * moments[column].1 + moments[column].0;
        }
    }
    filled
}

fn iterate(z: &DMatrix<f64>, ridge: f64) -> (DMatrix<f64>, usize) {
    let (n, p) = z.shape();
    let mut mu = DVector::zeros(p);
    let mut sigma = DMatrix::identity(p, p);
    let mut completed = z.map(|value| if value.is_nan() { 0.0 } else { value });
    for iteration in 1..=MOST {
        let mut extra = DMatrix::zeros(p, p);
        for row in 0..n {
            let missing: Vec<usize> = (0..p).filter(|&k| z[(row, k)].is_nan()).collect();
            if missing.is_empty() {
                continue;
            }
            let there: Vec<usize> = (0..p).filter(|&k| !z[(row, k)].is_nan()).collect();
            let block = |a: &[usize], b: &[usize]| DMatrix::from_fn(a.len(), b.len(), |i, j| sigma[(a[i], b[j])]);
            let mo = block(&missing, &there);
            let oo = block(&there, &there);
            // Indicators that say the same need a trace of ridge.
            let ridged = |oo: DMatrix<f64>| oo + DMatrix::identity(there.len(), there.len()) * 1e-9;
            let Some(oo) = Cholesky::new(oo.clone()).or_else(|| Cholesky::new(ridged(oo))) else { continue };
            let slopes = oo.solve(&mo.transpose()).transpose();
            let deviation = DVector::from_fn(there.len(), |k, _| z[(row, there[k])] - mu[there[k]]);
            let expected: DVector<f64> = &slopes * deviation;
            for (k, &column) in missing.iter().enumerate() {
                completed[(row, column)] = mu[column] + expected[k];
            }
            let rest: DMatrix<f64> = block(&missing, &missing) - &slopes * mo.transpose();
            for (i, &a) in missing.iter().enumerate() {
                for (j, &b) in missing.iter().enumerate() {
                    extra[(a, b)] += rest[(i, j)];
                }
            }
        }
        let new_mu = DVector::from_fn(p, |k, _| completed.column(k).mean());
        let centred = DMatrix::from_fn(n, p, |row, k| completed[(row, k)] - new_mu[k]);
        let mut new_sigma = (centred.transpose() * &centred + extra) / n as f64;
        for k in 0..p {
            new_sigma[(k, k)] += ridge;
        }
        let change = ((&new_mu - &mu).norm() + (&new_sigma - &sigma).norm()) / (mu.norm() + sigma.norm());
        (mu, sigma) = (new_mu, new_sigma);
        if change < TOLERANCE {
            return (completed, iteration);
        }
    }
    (completed, MOST)
}
