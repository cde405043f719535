//! Benefit of the doubt in a direction: by how much of g could the unit be better? (Fusco 2015; Rogge, De Jaeger, Lavigne
//! 2017; multi-directional: Bogetoft, Hougaard 1999; Asmild, Hougaard, Kronborg, Kvist 2003.)

use mizan_stats::lp::{Program, Relation};
use nalgebra::DMatrix;
use rayon::prelude::*;

use super::{DoubtError, check};

/// Scores by distance.
#[derive(Debug, Clone, PartialEq)]
pub struct Directional {
    /// One a row, at most 1.
    pub scores: Vec<f64>,
    /// β: how many times the direction a unit could still go.
    pub steps: Vec<f64>,
    /// Rows by indicators: y_k / (y_k + β g_k).
    pub by_indicator: DMatrix<f64>,
}

/// CI = 1 / (1 + β), β = max{β: Σλ_j y_j ≥ y_o + β g, Σλ ≤ 1, λ ≥ 0}, for the direction g (one number an indicator, none
/// negative, one at least above 0).
///
/// # Errors
/// [`DoubtError`].
pub fn directional(y: &DMatrix<f64>, direction: &[f64]) -> Result<Directional, DoubtError> {
    check(y, 0.0, "of at least 0")?;
    let is_bad = |number: &f64| !number.is_finite() || *number < 0.0;
    if direction.len() != y.ncols() || direction.iter().any(is_bad) || direction.iter().all(|number| *number == 0.0) {
        let message = "a direction has one number of at least 0 for each indicator, and one above 0";
        return Err(DoubtError::Parameter(message.to_owned()));
    }
    let steps: Vec<f64> =
        (0..y.nrows()).into_par_iter().map(|row| step(y, row, direction)).collect::<Result<_, _>>()?;
    Ok(Directional {
        scores: steps.iter().map(|step| 1.0 / (1.0 + step)).collect(),
        by_indicator: DMatrix::from_fn(y.nrows(), y.ncols(), |row, column| {
            y[(row, column)] / (y[(row, column)] + steps[row] * direction[column])
        }),
        steps,
    })
}

/// As [`directional`], each unit in its own direction d: how far each indicator could be better with the others as they
/// are. CI = 1 − Σ β d_k / Σ (y_k + β d_k).
///
/// # Errors
/// [`DoubtError`].
pub fn multi_directional(y: &DMatrix<f64>) -> Result<Directional, DoubtError> {
    check(y, 0.0, "of at least 0")?;
    let solved: Vec<(f64, Vec<f64>)> = (0..y.nrows())
        .into_par_iter()
        .map(|row| {
            let mut room = vec![0.0; y.ncols()];
            for (column, room) in room.iter_mut().enumerate() {
                let mut only = vec![0.0; y.ncols()];
                // In the column's own measure, so that the step is a number around one.
                let mean = y.column(column).mean();
                only[column] = if mean > 0.0 { mean } else { 1.0 };
                *room = step(y, row, &only)? * only[column];
            }
            // What is rounding is no room.
            for (column, room) in room.iter_mut().enumerate() {
                if *room <= 1e-9 * y.column(column).amax() {
                    *room = 0.0;
                }
            }
            if room.iter().all(|room| *room == 0.0) {
                Ok((0.0, vec![0.0; room.len()]))
            } else {
                Ok((step(y, row, &room)?, room))
            }
        })
        .collect::<Result<_, DoubtError>>()?;
    let better = |row: usize, column: usize| solved[row].0 * solved[row].1[column];
    let score = |row: usize| {
        let gained: f64 = (0..y.ncols()).map(|column| better(row, column)).sum();
        1.0 - gained / (y.row(row).sum() + gained)
    };
    Ok(Directional {
        scores: (0..y.nrows()).map(score).collect(),
        steps: solved.iter().map(|(step, _)| *step).collect(),
        by_indicator: DMatrix::from_fn(y.nrows(), y.ncols(), |row, column| {
            let value = y[(row, column)];
            if better(row, column) == 0.0 { 1.0 } else { value / (value + better(row, column)) }
        }),
    })
}

fn step(y: &DMatrix<f64>, row: usize, direction: &[f64]) -> Result<f64, DoubtError> {
    let units = y.nrows();
    let mut costs = vec![0.0; units + 1];
    costs[units] = 1.0;
    let mut program = Program::maximise(costs);
    for (column, goal) in direction.iter().enumerate() {
        let mut coefficients: Vec<f64> = y.column(column).iter().copied().collect();
        coefficients.push(-goal);
        program.row(coefficients, Relation::AtLeast, y[(row, column)]);
    }
    let mut sum = vec![1.0; units];
    sum.push(0.0);
    program.row(sum, Relation::AtMost, 1.0);
    let solution = program.solve().map_err(|reason| DoubtError::NoWeights { row, reason })?;
    Ok(solution.objective.max(0.0))
}
