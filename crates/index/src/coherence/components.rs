//! Principal components of a group of indicators, and rotated factors.

use mizan_stats::principal_components as principal;
use nalgebra::DMatrix;
use serde::{Serialize, Serializer};

use super::linear::{CoherenceError, complete};

/// Components of the correlation matrix, from the largest down.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PrincipalComponents {
    /// Rows without a missing value, on which all numbers rest.
    pub rows: usize,
    /// Eigenvalues; their sum is the number of columns.
    pub eigenvalues: Vec<f64>,
    /// Share of each in the variance of all.
    pub shares: Vec<f64>,
    /// Share of each and those before it.
    pub cumulative: Vec<f64>,
    /// Columns by components: correlations of columns with components.
    #[serde(serialize_with = "rows")]
    pub loadings: DMatrix<f64>,
}

/// Factors after rotation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rotated {
    /// Columns by factors.
    #[serde(serialize_with = "rows")]
    pub loadings: DMatrix<f64>,
    /// Variance that each factor explains: the sum of its squared loadings.
    pub explained: Vec<f64>,
    /// Share of each column's variance that the factors explain together.
    pub communalities: Vec<f64>,
}

/// A matrix is written row by row: one list a column of the table.
fn rows<S: Serializer>(matrix: &DMatrix<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(matrix.row_iter().map(|row| row.iter().copied().collect::<Vec<f64>>()))
}

/// Principal components of the correlations over complete rows. `values` is rows by columns.
///
/// A singular matrix has components (its last eigenvalues are 0), so that it is no error here.
///
/// # Errors
/// [`CoherenceError`]: fewer than two columns, fewer than three complete rows, or columns without variation.
pub fn principal_components(values: &DMatrix<f64>, codes: &[String]) -> Result<PrincipalComponents, CoherenceError> {
    let x = complete(values, codes, 2, 3)?;
    let found = principal::principal_components(&x);
    let loadings = found.loadings();
    // Eigenvalues of a correlation matrix are at least 0; rounding may not show.
    let eigenvalues: Vec<f64> = found.eigenvalues.iter().map(|value| value.max(0.0)).collect();
    let total: f64 = eigenvalues.iter().sum();
    let shares: Vec<f64> = eigenvalues.iter().map(|value| value / total).collect();
    let cumulative = shares.iter().scan(0.0, |sum, share| {
        *sum += share;
        Some(*sum)
    });
    Ok(PrincipalComponents { rows: x.nrows(), cumulative: cumulative.collect(), eigenvalues, shares, loadings })
}

impl PrincipalComponents {
    /// Number of components with an eigenvalue above 1, the usual rule for how many to keep (Kaiser 1960).
    pub fn above_one(&self) -> usize {
        self.eigenvalues.iter().filter(|value| **value > 1.0).count()
    }

    /// The first `kept` components after varimax rotation with Kaiser's normalisation.
    ///
    /// # Errors
    /// [`CoherenceError::Factors`] for none, or more than there are.
    pub fn rotated(&self, kept: usize) -> Result<Rotated, CoherenceError> {
        let components = self.eigenvalues.len();
        if !(1..=components).contains(&kept) {
            return Err(CoherenceError::Factors { kept, components });
        }
        let loadings = principal::varimax(&self.loadings.columns(0, kept).into_owned());
        Ok(Rotated {
            explained: loadings.column_iter().map(|factor| factor.norm_squared()).collect(),
            communalities: loadings.row_iter().map(|row| row.norm_squared()).collect(),
            loadings,
        })
    }
}
