//! Ordered weighted averages. Yager (1988), *IEEE Transactions on Systems, Man, and Cybernetics* 18.

use nalgebra::DMatrix;

/// Each row's values from the largest down, weighted by place. `weights` has one number a child, and any sum above 0.
pub fn owa(x: &DMatrix<f64>, weights: &[f64]) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    x.row_iter()
        .map(|row| {
            let mut values: Vec<f64> = row.iter().copied().collect();
            values.sort_unstable_by(|a, b| b.total_cmp(a));
            values.iter().zip(weights).map(|(value, weight)| value * weight).sum::<f64>() / total
        })
        .collect()
}

/// Weights of "at least j of K": 1/j on the j best.
pub fn at_least(j: usize, k: usize) -> Vec<f64> {
    (0..k).map(|place| if place < j { 1.0 / j as f64 } else { 0.0 }).collect()
}

/// Weights of "more than K - j": 1/j on the j worst.
pub fn more_than(j: usize, k: usize) -> Vec<f64> {
    (0..k).map(|place| if place + j >= k { 1.0 / j as f64 } else { 0.0 }).collect()
}
