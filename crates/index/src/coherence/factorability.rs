//! Whether a correlation matrix has something in common that factors can find: Kaiser-Meyer-Olkin, Bartlett's test, and
//! variance inflation.

use nalgebra::DMatrix;
use serde::Serialize;
use statrs::distribution::{ChiSquared, ContinuousCDF};

use super::linear::{CoherenceError, complete, inverted};

/// Bartlett's test of sphericity: whether the correlation matrix could be that of unrelated indicators.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bartlett {
    /// -(n - 1 - (2 p + 5) / 6) ln det R.
    pub chi_square: f64,
    /// p (p - 1) / 2.
    pub degrees: usize,
    /// Probability of so large a value if the indicators are unrelated.
    pub p: f64,
}

/// What a correlation matrix says of its fitness for factors.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Factorability {
    /// Rows without a missing value, on which all numbers rest.
    pub rows: usize,
    /// Kaiser-Meyer-Olkin measure of all indicators, 0 to 1. Kaiser (1974), *Psychometrika* 39, calls less than 0.5
    /// unacceptable.
    pub kmo: f64,
    /// The same of each indicator, in the order of the columns.
    pub kmo_by_indicator: Vec<f64>,
    /// Bartlett's test.
    pub bartlett: Bartlett,
    /// Variance inflation of each indicator: 1 / (1 - R²) of its regression on all others.
    pub variance_inflation: Vec<f64>,
}

/// Measures of a correlation matrix over complete rows.
///
/// With r the correlations and a the partial correlations from R⁻¹, KMO is Σ r² / (Σ r² + Σ a²) over i ≠ j, for one
/// indicator over its own row. Variance inflation is the diagonal of R⁻¹. Bartlett (1951), *Biometrika* 38.
/// `values` is rows by columns.
///
/// # Errors
/// [`CoherenceError`]: fewer than two columns, not more complete rows than columns, columns without variation or that
/// follow from one another, or an indicator that is uncorrelated with all others to the last digit.
pub fn factorability(values: &DMatrix<f64>, codes: &[String]) -> Result<Factorability, CoherenceError> {
    let columns = values.ncols();
    let x = complete(values, codes, 2, columns + 1)?;
    let matrix = inverted(&x, codes)?;
    let inverse = &matrix.inverse;
    let mut sums = vec![[0.0; 2]; columns];
    for i in 0..columns {
        for j in (0..columns).filter(|&j| j != i) {
            let partial = inverse[(i, j)] / (inverse[(i, i)] * inverse[(j, j)]).sqrt();
            sums[i][0] += matrix.r[(i, j)].powi(2);
            sums[i][1] += partial.powi(2);
        }
    }
    let measure = |[r, a]: [f64; 2]| {
        let undefined = CoherenceError::Undefined("an indicator is related to no other: sampling adequacy is 0 of 0");
        // Squares of what rounding leaves of a correlation of 0.
        if r + a > 1e-24 { Ok(r / (r + a)) } else { Err(undefined) }
    };
    let all = sums.iter().fold([0.0; 2], |[r, a], own| [r + own[0], a + own[1]]);
    let (n, p) = (x.nrows() as f64, columns as f64);
    // ln det R is at most 0; rounding must not make a negative chi-square.
    let chi_square = (-(n - 1.0 - (2.0 * p + 5.0) / 6.0) * matrix.log_determinant).max(0.0);
    let degrees = columns * (columns - 1) / 2;
    let distribution = ChiSquared::new(degrees as f64)
        .map_err(|_| CoherenceError::Undefined("Bartlett's test has no degrees of freedom"))?;
    Ok(Factorability {
        rows: x.nrows(),
        kmo: measure(all)?,
        kmo_by_indicator: sums.into_iter().map(measure).collect::<Result<_, _>>()?,
        bartlett: Bartlett { chi_square, degrees, p: distribution.sf(chi_square) },
        variance_inflation: inverse.diagonal().iter().copied().collect(),
    })
}
