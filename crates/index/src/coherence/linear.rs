//! What analyses of a whole correlation matrix rest on: complete rows, variation, and a matrix that can be inverted.

use mizan_stats::principal_components::{correlation_matrix, of_matrix};
use nalgebra::DMatrix;

use super::correlate::{column, does_not_vary};

/// Why an analysis cannot be computed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CoherenceError {
    /// Codes and columns do not fit.
    #[error("{codes} codes were given for {columns} columns")]
    Codes {
        /// Codes.
        codes: usize,
        /// Columns.
        columns: usize,
    },
    /// Too few columns.
    #[error("the analysis needs {needed} indicators, and there are {found}")]
    TooFewColumns {
        /// Columns.
        found: usize,
        /// Least number.
        needed: usize,
    },
    /// Too few rows in which all columns, or the two of a pair, have a value.
    #[error("the analysis needs {needed} rows without a missing value, and there are {found}")]
    TooFewRows {
        /// Rows.
        found: usize,
        /// Least number.
        needed: usize,
    },
    /// Columns without variation over the rows that count.
    #[error("without variation: `{}`", .0.join("`, `"))]
    Constant(Vec<String>),
    /// Columns that follow from one another.
    #[error("the correlation matrix is singular: `{}` follow from one another", .0.join("`, `"))]
    Singular(Vec<String>),
    /// A share of nothing.
    #[error("{0}")]
    Undefined(&'static str),
    /// A number of factors that cannot be kept.
    #[error("{kept} factors cannot be kept of {components}")]
    Factors {
        /// Asked for.
        kept: usize,
        /// Components.
        components: usize,
    },
}

/// Least eigenvalue of a correlation matrix, whose trace is the number of columns, that still is not rounding.
const LEAST_EIGENVALUE: f64 = 1e-10;

/// Rows in which every column has a value, if there are enough of them and each column varies over them.
pub(super) fn complete(
    values: &DMatrix<f64>,
    codes: &[String],
    least_columns: usize,
    least_rows: usize,
) -> Result<DMatrix<f64>, CoherenceError> {
    let columns = values.ncols();
    if codes.len() != columns {
        return Err(CoherenceError::Codes { codes: codes.len(), columns });
    }
    if columns < least_columns {
        return Err(CoherenceError::TooFewColumns { found: columns, needed: least_columns });
    }
    let whole: Vec<usize> =
        (0..values.nrows()).filter(|&row| values.row(row).iter().all(|value| !value.is_nan())).collect();
    if whole.len() < least_rows {
        return Err(CoherenceError::TooFewRows { found: whole.len(), needed: least_rows });
    }
    let x = values.select_rows(&whole);
    let flat = codes.iter().enumerate().filter(|(at, _)| does_not_vary(column(&x, *at)));
    let flat: Vec<String> = flat.map(|(_, code)| code.clone()).collect();
    if flat.is_empty() { Ok(x) } else { Err(CoherenceError::Constant(flat)) }
}

/// A correlation matrix that can be inverted, with its inverse and ln of its determinant.
pub(super) struct Inverted {
    pub(super) r: DMatrix<f64>,
    pub(super) inverse: DMatrix<f64>,
    pub(super) log_determinant: f64,
}

/// Correlations of complete rows. More rows than columns are needed, or the matrix must be singular.
pub(super) fn inverted(x: &DMatrix<f64>, codes: &[String]) -> Result<Inverted, CoherenceError> {
    let r = correlation_matrix(x);
    let spectrum = of_matrix(r.clone());
    let last = codes.len() - 1;
    let singular = || {
        // The vector of the least eigenvalue is the combination of columns that vanishes.
        let vector = spectrum.vectors.column(last);
        let tied = codes.iter().zip(vector.iter()).filter(|(_, share)| share.abs() > 1e-4);
        CoherenceError::Singular(tied.map(|(code, _)| code.clone()).collect())
    };
    if spectrum.eigenvalues[last] < LEAST_EIGENVALUE {
        return Err(singular());
    }
    let factor = r.clone().cholesky().ok_or_else(singular)?;
    let log_determinant = 2.0 * factor.l_dirty().diagonal().iter().map(|pivot| pivot.ln()).sum::<f64>();
    Ok(Inverted { inverse: factor.inverse(), r, log_determinant })
}
