//! Weights by how much an indicator tells units apart.

use mizan_stats::correlation::pearson;
use mizan_stats::shape;

use super::WeightError;

fn shares(values: Vec<f64>) -> Vec<f64> {
    let total: f64 = values.iter().sum();
    values.into_iter().map(|value| value / total).collect()
}

fn there(column: &[f64]) -> impl Iterator<Item = f64> + Clone + '_ {
    column.iter().copied().filter(|value| !value.is_nan())
}

fn constant(columns: &[Vec<f64>]) -> Option<usize> {
    columns.iter().position(|column| {
        let sd = shape::standard_deviation(column);
        sd <= 0.0 || sd.is_nan()
    })
}

/// Entropy: p = x / Σ x, e = -Σ p ln p / ln n, w = (1 - e) / Σ (1 - e). Values above 0. Zeleny (1982).
///
/// # Errors
/// [`WeightError::NotPositive`], [`WeightError::Constant`].
pub fn entropy(columns: &[Vec<f64>]) -> Result<Vec<f64>, WeightError> {
    if let Some(at) = columns.iter().position(|column| there(column).any(|value| value <= 0.0)) {
        return Err(WeightError::NotPositive(at));
    }
    if let Some(at) = constant(columns) {
        return Err(WeightError::Constant(at));
    }
    let divergence = |column: &Vec<f64>| {
        let total: f64 = there(column).sum();
        let n = there(column).count() as f64;
        1.0 + there(column).map(|x| x / total).map(|p| p * p.ln()).sum::<f64>() / n.ln()
    };
    Ok(shares(columns.iter().map(divergence).collect()))
}

/// CRITIC: on min-max data, C = sd Σ (1 - r), w = C / Σ C. Diakoulaki, Mavrotas & Papayannakis (1995).
///
/// # Errors
/// [`WeightError::Constant`].
pub fn critic(columns: &[Vec<f64>]) -> Result<Vec<f64>, WeightError> {
    if let Some(at) = constant(columns) {
        return Err(WeightError::Constant(at));
    }
    let content = |column: &Vec<f64>| {
        let (least, largest) =
            (there(column).fold(f64::INFINITY, f64::min), there(column).fold(f64::NEG_INFINITY, f64::max));
        let conflict: f64 =
            columns.iter().map(|other| 1.0 - pearson(column, other).r).filter(|c: &f64| !c.is_nan()).sum();
        shape::standard_deviation(column) / (largest - least) * conflict
    };
    Ok(shares(columns.iter().map(content).collect()))
}

/// sd / Σ sd.
///
/// # Errors
/// [`WeightError::Constant`].
pub fn standard_deviation(columns: &[Vec<f64>]) -> Result<Vec<f64>, WeightError> {
    match constant(columns) {
        Some(at) => Err(WeightError::Constant(at)),
        None => Ok(shares(columns.iter().map(|column| shape::standard_deviation(column)).collect())),
    }
}

/// G = Σ_ij |x_i - x_j| / (2 n² mean), w = G / Σ G. Values with a mean above 0.
///
/// # Errors
/// [`WeightError::NotPositive`], [`WeightError::Constant`].
pub fn gini(columns: &[Vec<f64>]) -> Result<Vec<f64>, WeightError> {
    if let Some(at) = columns.iter().position(|column| there(column).any(|value| value < 0.0)) {
        return Err(WeightError::NotPositive(at));
    }
    if let Some(at) = constant(columns) {
        return Err(WeightError::Constant(at));
    }
    let coefficient = |column: &Vec<f64>| {
        let sorted = shape::sorted(column);
        let n = sorted.len() as f64;
        // Σ_ij |x_i - x_j| = 2 Σ (2 i - n - 1) x_(i), i from 1.
        let spread: f64 =
            sorted.iter().enumerate().map(|(i, x)| (2.0 * (i as f64 + 1.0) - n - 1.0) * x).sum::<f64>() * 2.0;
        spread / (2.0 * n * n * shape::mean(&sorted))
    };
    Ok(shares(columns.iter().map(coefficient).collect()))
}
