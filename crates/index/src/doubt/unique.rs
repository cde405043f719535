//! One choice among all optimal weights.

use mizan_stats::least_distance::least_distance;
use nalgebra::{DMatrix, DVector};

/// An indicator of which the unit has nothing has no share in its score; its weight is kept small in this measure.
const SMALL: f64 = 1e-3;
/// Optimal weights keep the conditions up to rounding.
const ROOM: f64 = 1e-10;

/// The optimal weights that minimise Σ (w_k y_ok / CI − 1/K)², over the indicators of which the unit has something.
///
/// `y` are the units that the conditions are about, `means` those of all. The conditions stay as they are, and Σ w_k y_ok = CI. `None` if rounding leaves no such weights.
pub(super) fn nearest_to_equal(
    y: &DMatrix<f64>,
    means: &[f64],
    own: &[f64],
    score: f64,
    restrictions: &[Vec<f64>],
) -> Option<Vec<f64>> {
    let size = own.len();
    let present = own.iter().filter(|value| **value > 0.0).count() as f64;
    // p_k = a_k w_k: the share, or a small measure of the weight.
    let measure: Vec<f64> = own
        .iter()
        .enumerate()
        .map(|(column, value)| if *value > 0.0 { value / score } else { SMALL * means[column] / score })
        .collect();
    if measure.contains(&0.0) {
        return None;
    }
    let is_share = DVector::from_iterator(size, own.iter().map(|value| f64::from(*value > 0.0)));
    // Equal shares sum to one already, so p = start + Q z with Q z at right angles to the start's distance.
    let start = &is_share / present;
    let basis = complement(&is_share);
    let count = y.nrows() + restrictions.len() + size;
    let mut conditions = DMatrix::zeros(count, size);
    let mut bounds = DVector::zeros(count);
    let mut put = |row: usize, coefficients: &mut dyn Iterator<Item = f64>, bound: f64| {
        coefficients
            .zip(&measure)
            .enumerate()
            .for_each(|(at, (number, measure))| conditions[(row, at)] = -number / measure);
        bounds[row] = -bound - ROOM;
    };
    for unit in 0..y.nrows() {
        put(unit, &mut y.row(unit).iter().copied(), 1.0);
    }
    for (at, restriction) in restrictions.iter().enumerate() {
        put(y.nrows() + at, &mut restriction.iter().copied(), 0.0);
    }
    for (column, own) in measure.iter().enumerate() {
        let row = y.nrows() + restrictions.len() + column;
        put(row, &mut (0..size).map(|at| if at == column { -own } else { 0.0 }), 0.0);
    }
    let nearest = least_distance(&(&conditions * &basis), &(bounds - &conditions * &start))?;
    let shares = start + basis * nearest;
    let weights: Vec<f64> = shares.iter().zip(&measure).map(|(share, measure)| share.max(0.0) / measure).collect();
    let kept: f64 = weights.iter().zip(own).map(|(weight, value)| weight * value).sum();
    ((kept - score).abs() < 1e-8 * score.max(1.0)).then_some(weights)
}

/// An orthonormal basis of what stands at right angles to a vector of zeros and ones.
fn complement(vector: &DVector<f64>) -> DMatrix<f64> {
    let size = vector.len();
    let mut columns: Vec<DVector<f64>> = vec![vector.normalize()];
    for at in 0..size {
        let mut column = DVector::zeros(size);
        column[at] = 1.0;
        for known in &columns {
            let along = known.dot(&column);
            column.axpy(-along, known, 1.0);
        }
        if column.norm() > 1e-9 && columns.len() < size {
            columns.push(column.normalize());
        }
    }
    DMatrix::from_columns(&columns[1..])
}
