//! Analytic hierarchy process. Saaty (1980), *The Analytic Hierarchy Process*.

use nalgebra::{DMatrix, DVector};

use super::WeightError;

/// Mean consistency index of random matrices of 1 to 10 elements.
const RANDOM_INDEX: [f64; 10] = [0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49];

/// Weights of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Ahp {
    /// Principal eigenvector, with sum 1.
    pub weights: Vec<f64>,
    /// Principal eigenvalue.
    pub eigenvalue: f64,
    /// CI = (lambda - m) / (m - 1), over the random index; 0 for up to two elements.
    pub consistency_ratio: f64,
}

/// Weighs by one comparison matrix, or by the geometric mean of those of several judges: cell (i, j) says how many times
/// more important i is than j.
///
/// # Errors
/// [`WeightError::Matrix`]: no matrix, more than ten elements, a cell that is not above 0, or cells (i, j) and (j, i)
/// whose product is not 1.
pub fn ahp(matrices: &[Vec<Vec<f64>>]) -> Result<Ahp, WeightError> {
    let m = matrices.first().map_or(0, Vec::len);
    let fail = |message: String| Err(WeightError::Matrix(message));
    if m == 0 || m > RANDOM_INDEX.len() {
        return fail(format!("{m} elements: the method compares 1 to 10"));
    }
    for matrix in matrices {
        for (i, row) in matrix.iter().enumerate() {
            for (j, other) in matrix.iter().enumerate() {
                let product = row[j] * other[i];
                if row[j] <= 0.0 || (product - 1.0).abs() > 0.02 || product.is_nan() {
                    return fail(format!(
                        "cells ({}, {}) and ({}, {}) are {} and {}: their product must be 1",
                        i + 1,
                        j + 1,
                        j + 1,
                        i + 1,
                        row[j],
                        other[i]
                    ));
                }
            }
        }
    }
    let judges = matrices.len() as f64;
    let a =
        DMatrix::from_fn(m, m, |i, j| (matrices.iter().map(|matrix| matrix[i][j].ln()).sum::<f64>() / judges).exp());
    // The power method: the matrix is positive, so that its principal eigenvalue stands alone.
    let mut weights = DVector::from_element(m, 1.0 / m as f64);
    let mut eigenvalue = m as f64;
    for _ in 0..10_000 {
        let next = &a * &weights;
        eigenvalue = next.sum();
        let next = next / eigenvalue;
        let change = (&next - &weights).amax();
        weights = next;
        if change < 1e-15 {
            break;
        }
    }
    let index = if m > 2 { (eigenvalue - m as f64) / (m as f64 - 1.0) } else { 0.0 };
    let consistency_ratio = if m > 2 { index / RANDOM_INDEX[m - 1] } else { 0.0 };
    Ok(Ahp { weights: weights.iter().copied().collect(), eigenvalue, consistency_ratio })
}
