//! Benefit of the doubt where some indicators count against a unit. (Zanella, Camanho, Dias 2015; Rogge, De Jaeger,
//! Lavigne 2017.)

use mizan_stats::lp::{NoSolution, Program, Relation};
use nalgebra::DMatrix;
use rayon::prelude::*;

use super::{Doubt, DoubtError, check};

/// Which indicator weighs most, and which least, in means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preference {
    /// Column of the most important.
    pub first: usize,
    /// Column of the least important.
    pub last: usize,
}

/// CI = 1 / (1 + s), s = min Σ_bad w x_o − Σ_good w x_o with Σ w x_o = 1 and Σ_bad w x_j − Σ_good w x_j ≥ 0 for all j;
/// each indicator's weight in means is at least the share `low` of all.
///
/// With a preference, w_first a_first ≥ w_m a_m ≥ w_last a_last for all others m, a the means.
///
/// # Errors
/// [`DoubtError`].
pub fn unwanted(
    x: &DMatrix<f64>,
    is_bad: &[bool],
    low: f64,
    preference: Option<Preference>,
) -> Result<Doubt, DoubtError> {
    check(x, 0.0, "of at least 0")?;
    if is_bad.len() != x.ncols() || !is_bad.contains(&true) || !is_bad.contains(&false) {
        return Err(DoubtError::Parameter("some indicators must be wanted and some unwanted".to_owned()));
    }
    if !(0.0..=1.0 / x.ncols() as f64).contains(&low) {
        let message = format!("a least share of {low} is not possible for {} indicators", x.ncols());
        return Err(DoubtError::Parameter(message));
    }
    let restrictions = restrictions(x, low, preference);
    let solved: Vec<(f64, Vec<f64>)> =
        (0..x.nrows()).into_par_iter().map(|row| one(x, is_bad, &restrictions, row)).collect::<Result<_, _>>()?;
    Ok(Doubt {
        scores: solved.iter().map(|(loss, _)| 1.0 / (1.0 + loss)).collect(),
        weights: DMatrix::from_fn(x.nrows(), x.ncols(), |row, column| solved[row].1[column]),
    })
}

/// Rows Σ r_k w_k ≥ 0.
fn restrictions(x: &DMatrix<f64>, low: f64, preference: Option<Preference>) -> Vec<Vec<f64>> {
    let size = x.ncols();
    let means: Vec<f64> = (0..size).map(|column| x.column(column).mean()).collect();
    let mut rows = Vec::new();
    if low > 0.0 {
        for column in 0..size {
            rows.push((0..size).map(|at| means[at] * (f64::from(at == column) - low)).collect());
        }
    }
    if let Some(Preference { first, last }) = preference {
        let mut at_least = |more: usize, less: usize| {
            let mut row = vec![0.0; size];
            (row[more], row[less]) = (means[more], -means[less]);
            rows.push(row);
        };
        for other in (0..size).filter(|column| *column != first && *column != last) {
            at_least(first, other);
            at_least(other, last);
        }
        if size == 2 {
            at_least(first, last);
        }
    }
    rows
}

/// The dual program, with a row for each indicator: max θ with θ x_ok + Σ_j λ_j s_k x_jk + Σ_r μ_r r_k ≤ s_k x_ok, s = 1
/// for what is unwanted and −1 for the rest. Its prices are the weights.
fn one(
    x: &DMatrix<f64>,
    is_bad: &[bool],
    restrictions: &[Vec<f64>],
    row: usize,
) -> Result<(f64, Vec<f64>), DoubtError> {
    let units = x.nrows();
    let mut costs = vec![0.0; 1 + units + restrictions.len()];
    costs[0] = 1.0;
    let mut program = Program::maximise(costs);
    program.free(0);
    for (column, is_bad) in is_bad.iter().enumerate() {
        let sign = if *is_bad { 1.0 } else { -1.0 };
        let mut coefficients = vec![x[(row, column)]];
        coefficients.extend(x.column(column).iter().map(|value| sign * value));
        coefficients.extend(restrictions.iter().map(|restriction| restriction[column]));
        program.row(coefficients, Relation::AtMost, sign * x[(row, column)]);
    }
    let solution = program.solve().map_err(|reason| {
        // The dual has no bound where the primal has no weights.
        let reason = if reason == NoSolution::Unbounded { NoSolution::Infeasible } else { reason };
        DoubtError::NoWeights { row, reason }
    })?;
    Ok((solution.objective.max(0.0), solution.duals.iter().map(|price| price.max(0.0)).collect()))
}
