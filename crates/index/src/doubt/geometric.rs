//! Geometric benefit of the doubt: indicators do not stand in for each other without loss.

use nalgebra::DMatrix;

use super::{Bounds, Doubt, DoubtError, benefit_of_the_doubt, check};

/// Scores Π (y_k / b_k)^(share_k): shares as the (bounded) benefit of the doubt gives them, b the benchmark, one value an
/// indicator. A score of 1 is as good as the benchmark. (Van Puyenbroeck, Rogge 2017.)
///
/// # Errors
/// [`DoubtError`]; all values and the benchmark must lie above 0.
pub fn geometric(y: &DMatrix<f64>, benchmark: &[f64], bounds: Bounds) -> Result<Doubt, DoubtError> {
    check(y, f64::MIN_POSITIVE, "above 0")?;
    if benchmark.len() != y.ncols() || benchmark.iter().any(|value| !value.is_finite() || *value <= 0.0) {
        return Err(DoubtError::Parameter("a benchmark has one value above 0 for each indicator".to_owned()));
    }
    let plain = benefit_of_the_doubt(y, bounds)?;
    let shares = plain.shares(y);
    let score = |row: usize| -> f64 {
        let logarithm: f64 =
            (0..y.ncols()).map(|column| shares[(row, column)] * (y[(row, column)] / benchmark[column]).ln()).sum();
        logarithm.exp()
    };
    Ok(Doubt { scores: (0..y.nrows()).map(score).collect(), weights: plain.weights })
}
