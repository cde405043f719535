//! Weights by principal components, and by rotated factors after Nicoletti.

use mizan_stats::principal_components::{Components, principal_components, varimax};
use nalgebra::DMatrix;

use super::{WeightError, complete};
use crate::recipe::KeepRule;

/// First principal component.
#[derive(Debug, Clone, PartialEq)]
pub struct Principal {
    /// First eigenvector of the correlation matrix, its sum positive.
    pub loadings: Vec<f64>,
    /// Share of the variance that it explains.
    pub explained: f64,
    /// Sample standard deviation of each column over the same rows.
    pub deviations: Vec<f64>,
}

fn components(columns: &[Vec<f64>]) -> Result<(Components, Vec<f64>), WeightError> {
    let rows = complete(columns);
    if rows.len() <= columns.len().min(2) {
        return Err(WeightError::TooFew { rows: rows.len(), elements: columns.len() });
    }
    let x = DMatrix::from_fn(rows.len(), columns.len(), |row, column| columns[column][rows[row]]);
    let deviations: Vec<f64> =
        x.column_iter().map(|column| mizan_stats::shape::standard_deviation(column.as_slice())).collect();
    if let Some(at) = deviations.iter().position(|sd| *sd <= 0.0 || sd.is_nan()) {
        return Err(WeightError::Constant(at));
    }
    Ok((principal_components(&x), deviations))
}

/// First principal component of the correlation matrix; rows with a missing value are left out.
///
/// # Errors
/// [`WeightError::TooFew`], [`WeightError::Constant`].
pub fn principal(columns: &[Vec<f64>]) -> Result<Principal, WeightError> {
    let (found, deviations) = components(columns)?;
    let total: f64 = found.eigenvalues.iter().sum();
    Ok(Principal {
        loadings: found.vectors.column(0).iter().copied().collect(),
        explained: found.eigenvalues[0] / total,
        deviations,
    })
}

/// Rotated factors and what they make of weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Factors {
    /// Elements by factors.
    pub loadings: DMatrix<f64>,
    /// Share of the kept variance of each factor.
    pub explained: Vec<f64>,
    /// Weights, with sum 1.
    pub weights: Vec<f64>,
}

/// Nicoletti, Scarpetta & Boylaud (2000), OECD Economics Department Working Paper 226: factors that a rule keeps are
/// rotated (varimax with Kaiser's normalisation); inside of a factor an element's share is its squared loading over the
/// sum of them; each element belongs to the factor in which its share is largest, and weighs that share times the
/// factor's share of the kept variance; the weights are made to sum 1.
///
/// # Errors
/// [`WeightError`].
pub fn nicoletti(columns: &[Vec<f64>], keep: KeepRule, share: f64, count: usize) -> Result<Factors, WeightError> {
    let (found, _) = components(columns)?;
    let total: f64 = found.eigenvalues.iter().sum();
    let kept = match keep {
        KeepRule::Eigenvalue => found.eigenvalues.iter().filter(|value| **value > 1.0).count().max(1),
        KeepRule::Count => count.clamp(1, columns.len()),
        KeepRule::Share => {
            let mut sum = 0.0;
            let reached = found.eigenvalues.iter().position(|value| {
                sum += value;
                sum >= share * total
            });
            reached.map_or(columns.len(), |at| at + 1)
        }
    };
    let loadings = varimax(&found.loadings().columns(0, kept).into_owned());
    Ok(from_loadings(loadings))
}

fn from_loadings(loadings: DMatrix<f64>) -> Factors {
    let variances: Vec<f64> = loadings.column_iter().map(|factor| factor.norm_squared()).collect();
    let total: f64 = variances.iter().sum();
    let explained: Vec<f64> = variances.iter().map(|variance| variance / total).collect();
    let raw: Vec<f64> = loadings
        .row_iter()
        .map(|row| {
            let shares =
                row.iter().enumerate().map(|(factor, loading)| (loading * loading / variances[factor], factor));
            let (share, factor) = shares.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or_default();
            share * explained[factor]
        })
        .collect();
    let sum: f64 = raw.iter().sum();
    Factors { loadings, explained, weights: raw.into_iter().map(|weight| weight / sum).collect() }
}
