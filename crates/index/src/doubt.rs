//! Benefit of the doubt: each unit is judged with the weights that are best for it.
//!
//! Melyn and Moesen (1991); Cherchye, Moesen, Rogge, Van Puyenbroeck (2007). CI = max Σ w_k y_ok with Σ w_k y_jk ≤ 1 for
//! all units j: a score of 1 means that no unit is better under the unit's own best weights. Many weights may give the
//! same score; among them those are taken whose shares w_k y_ok / CI are nearest to equal ones.
//!
//! With weights that are not negative, a unit that another is at least as good as in everything never binds; such units
//! are left out of the programs, which changes no score.
//!
//! A program has one row for each indicator and one column for each unit: the dual of the program above, whose prices
//! are the weights.

use mizan_stats::lp::{NoSolution, Program, Relation};
use nalgebra::DMatrix;
use rayon::prelude::*;

mod directional;
mod geometric;
#[cfg(test)]
mod tests;
mod undominated;
mod unique;
mod unwanted;

pub use self::directional::{Directional, directional, multi_directional};
pub use self::geometric::geometric;
pub use self::unwanted::{Preference, unwanted};

/// Why there are no scores.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DoubtError {
    /// A value below what the method can take.
    #[error("benefit of the doubt needs values {needs}: row {row}, column {column} holds {value}")]
    Value {
        /// Row, from 0.
        row: usize,
        /// Column, from 0.
        column: usize,
        /// What is there.
        value: f64,
        /// What is needed.
        needs: &'static str,
    },
    /// Bounds that no weights can keep.
    #[error("no weights can keep these bounds for row {row}: {reason}")]
    NoWeights {
        /// Row, from 0.
        row: usize,
        /// From the solver.
        reason: NoSolution,
    },
    /// A parameter that cannot be meant.
    #[error("{0}")]
    Parameter(String),
}

/// What weights are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Bounds {
    /// Any that are not negative.
    #[default]
    None,
    /// L·CI ≤ w_k y_ok ≤ U·CI: least and largest share of an indicator in the score.
    OfScore([f64; 2]),
    /// L·Σw ≤ w_k ≤ U·Σw: least and largest share in the sum of weights (OECD/JRC Handbook, table 19).
    OfWeights([f64; 2]),
}

/// Scores and the weights that they stand on.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    /// One a row, from above 0 to 1.
    pub scores: Vec<f64>,
    /// Rows by indicators.
    pub weights: DMatrix<f64>,
}

impl Doubt {
    /// Share of each indicator in each score: w_k y_k / CI.
    pub fn shares(&self, y: &DMatrix<f64>) -> DMatrix<f64> {
        DMatrix::from_fn(y.nrows(), y.ncols(), |row, column| {
            self.weights[(row, column)] * y[(row, column)] / self.scores[row]
        })
    }
}

/// Scores all rows of `y` (units by indicators, none missing, none negative, more is better).
///
/// # Errors
/// [`DoubtError`].
pub fn benefit_of_the_doubt(y: &DMatrix<f64>, bounds: Bounds) -> Result<Doubt, DoubtError> {
    check(y, 0.0, "of at least 0")?;
    if let Bounds::OfScore([low, high]) | Bounds::OfWeights([low, high]) = bounds {
        let k = y.ncols() as f64;
        if low * k > 1.0 + 1e-12 || high * k < 1.0 - 1e-12 {
            return Err(DoubtError::Parameter(format!(
                "shares from {low} to {high} cannot sum to 1 over {} indicators",
                y.ncols()
            )));
        }
    }
    let reference = y.select_rows(&undominated::undominated(y));
    let means: Vec<f64> = y.column_iter().map(|column| column.mean()).collect();
    let solved: Vec<(f64, Vec<f64>)> =
        (0..y.nrows()).into_par_iter().map(|row| one(y, &reference, &means, row, bounds)).collect::<Result<_, _>>()?;
    let weights = DMatrix::from_fn(y.nrows(), y.ncols(), |row, column| solved[row].1[column]);
    Ok(Doubt { scores: solved.into_iter().map(|(score, _)| score).collect(), weights })
}

fn one(
    y: &DMatrix<f64>,
    reference: &DMatrix<f64>,
    means: &[f64],
    row: usize,
    bounds: Bounds,
) -> Result<(f64, Vec<f64>), DoubtError> {
    let own: Vec<f64> = y.row(row).iter().copied().collect();
    let restrictions = restrictions(&own, bounds);
    let units = reference.nrows();
    let mut costs = vec![1.0; units];
    costs.resize(units + restrictions.len(), 0.0);
    let mut program = Program::minimise(costs);
    for (column, value) in own.iter().enumerate() {
        let mut coefficients: Vec<f64> = reference.column(column).iter().copied().collect();
        coefficients.extend(restrictions.iter().map(|restriction| restriction[column]));
        program.row(coefficients, Relation::AtLeast, *value);
    }
    let solution = program.solve().map_err(|reason| DoubtError::NoWeights { row, reason })?;
    let score = solution.objective;
    if score <= 0.0 {
        return Err(DoubtError::Value {
            row,
            column: 0,
            value: own[0],
            needs: "of which at least one in a row is above 0",
        });
    }
    let weights: Vec<f64> = solution.duals.iter().map(|price| price.max(0.0)).collect();
    Ok((score, unique::nearest_to_equal(reference, means, &own, score, &restrictions).unwrap_or(weights)))
}

/// Restrictions Σ r_k w_k ≤ 0 that stand for the bounds.
fn restrictions(own: &[f64], bounds: Bounds) -> Vec<Vec<f64>> {
    let (limits, measure): ([f64; 2], Vec<f64>) = match bounds {
        Bounds::None => return Vec::new(),
        Bounds::OfScore(limits) => (limits, own.to_vec()),
        Bounds::OfWeights(limits) => (limits, vec![1.0; own.len()]),
    };
    let mut rows = Vec::new();
    for column in 0..own.len() {
        let row = |sign: f64, limit: f64| -> Vec<f64> {
            let of =
                |(at, measure): (usize, &f64)| sign * (if at == column { *measure } else { 0.0 } - limit * measure);
            measure.iter().enumerate().map(of).collect()
        };
        if limits[1] < 1.0 {
            rows.push(row(1.0, limits[1]));
        }
        if limits[0] > 0.0 {
            rows.push(row(-1.0, limits[0]));
        }
    }
    rows
}

fn check(y: &DMatrix<f64>, least: f64, needs: &'static str) -> Result<(), DoubtError> {
    for row in 0..y.nrows() {
        for column in 0..y.ncols() {
            let value = y[(row, column)];
            if !value.is_finite() || value < least {
                return Err(DoubtError::Value { row, column, value, needs });
            }
        }
    }
    Ok(())
}
