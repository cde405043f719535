//! Reliability: whether indicators measure the same thing (Cronbach's alpha).

use nalgebra::DMatrix;
use serde::Serialize;

use super::correlate::{column, does_not_vary};
use super::linear::CoherenceError;

/// What alpha is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Covariances {
    /// Covariances, in the units of the columns: for normalised indicators.
    #[default]
    Raw,
    /// Correlations, as if each column had been standardised: for indicators of different units.
    Standardised,
}

/// One indicator and the rest of its group.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Item {
    /// Column.
    pub column: usize,
    /// Alpha of the others; `None` if fewer than two are left or their variances have no positive sum.
    pub alpha_without: Option<f64>,
    /// Correlation with the sum of the others; `None` if that sum has no variance.
    pub correlation_with_rest: Option<f64>,
}

/// Cronbach's alpha.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reliability {
    /// Alpha: 1 at most; below 0 where indicators work against one another.
    pub alpha: f64,
    /// One item a column.
    pub items: Vec<Item>,
    /// Rows in common of the pair that has fewest.
    pub least_pairs: usize,
}

/// Cronbach's alpha, k² times the mean covariance of two indicators over the sum of the covariance matrix, whole and
/// without each indicator. Cronbach (1951), *Psychometrika* 16.
///
/// `values` is rows by columns. Each covariance is over the rows in which both columns have a value, divided by their
/// number less 1. Three columns with variances 1 and covariances 0.5: 9 × 0.5 / 6 = 0.75.
///
/// # Errors
/// [`CoherenceError`]: fewer than two columns, columns without variation, pairs with fewer than three rows in common, or
/// a covariance matrix whose sum is not positive (possible if columns cancel out, or with missing cells).
pub fn reliability(
    values: &DMatrix<f64>,
    codes: &[String],
    covariances: Covariances,
) -> Result<Reliability, CoherenceError> {
    let columns = values.ncols();
    if codes.len() != columns {
        return Err(CoherenceError::Codes { codes: codes.len(), columns });
    }
    if columns < 2 {
        return Err(CoherenceError::TooFewColumns { found: columns, needed: 2 });
    }
    let flat: Vec<String> =
        (0..columns).filter(|&at| does_not_vary(column(values, at))).map(|at| codes[at].clone()).collect();
    if !flat.is_empty() {
        return Err(CoherenceError::Constant(flat));
    }
    let (matrix, least_pairs) = matrix(values, codes, covariances)?;
    let all: Vec<usize> = (0..columns).collect();
    let without = |item: usize| all.iter().copied().filter(move |&at| at != item).collect::<Vec<_>>();
    let items = all.iter().map(|&item| {
        let rest = without(item);
        let with_rest: f64 = rest.iter().map(|&at| matrix[(item, at)]).sum();
        let scale = (matrix[(item, item)] * sum(&matrix, &rest)).sqrt();
        Item {
            column: item,
            alpha_without: alpha(&matrix, &rest),
            correlation_with_rest: (scale > 0.0).then(|| with_rest / scale),
        }
    });
    Ok(Reliability {
        items: items.collect(),
        alpha: alpha(&matrix, &all).ok_or(CoherenceError::Undefined("the sum of the indicators has no variance"))?,
        least_pairs,
    })
}

fn sum(matrix: &DMatrix<f64>, columns: &[usize]) -> f64 {
    columns.iter().flat_map(|&a| columns.iter().map(move |&b| matrix[(a, b)])).sum()
}

fn alpha(matrix: &DMatrix<f64>, columns: &[usize]) -> Option<f64> {
    let k = columns.len() as f64;
    let own: f64 = columns.iter().map(|&at| matrix[(at, at)]).sum();
    let all = sum(matrix, columns);
    // Of columns that cancel out rounding alone is left.
    (columns.len() >= 2 && all > 1e-12 * own).then(|| k / (k - 1.0) * (all - own) / all)
}

/// Covariances, and the least number of rows in common.
fn matrix(
    values: &DMatrix<f64>,
    codes: &[String],
    covariances: Covariances,
) -> Result<(DMatrix<f64>, usize), CoherenceError> {
    let columns = values.ncols();
    let mut matrix = DMatrix::zeros(columns, columns);
    let mut least = usize::MAX;
    for a in 0..columns {
        for b in a..columns {
            let pairs = column(values, a).iter().zip(column(values, b)).filter(|(x, y)| !x.is_nan() && !y.is_nan());
            let (x, y): (Vec<f64>, Vec<f64>) = pairs.unzip();
            if x.len() < 3 {
                return Err(CoherenceError::TooFewRows { found: x.len(), needed: 3 });
            }
            least = least.min(x.len());
            let own = match covariances {
                Covariances::Raw => covariance(&x, &y),
                Covariances::Standardised => {
                    let scale = (covariance(&x, &x) * covariance(&y, &y)).sqrt();
                    if does_not_vary(&x) || does_not_vary(&y) {
                        return Err(CoherenceError::Constant(vec![codes[a].clone(), codes[b].clone()]));
                    }
                    covariance(&x, &y) / scale
                }
            };
            matrix[(a, b)] = own;
            matrix[(b, a)] = own;
        }
    }
    Ok((matrix, least))
}

fn covariance(x: &[f64], y: &[f64]) -> f64 {
    let n = x.len() as f64;
    let (mx, my) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
    x.iter().zip(y).map(|(x, y)| (x - mx) * (y - my)).sum::<f64>() / (n - 1.0)
}
