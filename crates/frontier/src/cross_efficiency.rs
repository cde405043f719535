//! Cross-efficiency: every unit is judged with the prices of every other.
//!
//! E_dj = u_d·y_j / v_d·x_j, with prices that give unit d its own best score under constant returns (Sexton, Silkman,
//! Hogan 1986). Such prices are seldom the only ones, so that a second goal chooses among them (Doyle, Green 1994);
//! without one the matrix would depend on the solver.

use mizan_stats::lp::{Program, Relation, Solution};
use nalgebra::DMatrix;
use rayon::prelude::*;

use crate::nonradial::Unsolved;
use crate::nonradial::envelopment::Envelopment;
use crate::nonradial::rows::{Row, Scaled};
use crate::technology::Data;

#[cfg(test)]
mod tests;

/// What a unit wishes for the others once its own score is safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondGoal {
    /// The score of all others taken together as high as possible.
    Benevolent,
    /// As low as possible.
    Aggressive,
}

/// Scores of all units at the prices of all units.
#[derive(Debug, Clone, PartialEq)]
pub struct CrossEfficiency {
    /// E: row d holds the scores of all units at the prices of unit d; the diagonal holds the radial scores. NaN where
    /// the prices give a unit no input to speak of.
    pub matrix: DMatrix<f64>,
    /// Mean of each column, own score included. NaN if any entry is.
    pub scores: Vec<f64>,
    /// Mean of each column without the own score; NaN for one unit alone.
    pub scores_by_others: Vec<f64>,
    /// Prices of the inputs, units by inputs, in 1 / unit of the input; each row is determined up to a factor.
    pub input_prices: DMatrix<f64>,
    /// Prices of the outputs, units by outputs.
    pub output_prices: DMatrix<f64>,
    /// Whether the prices of a unit are proved to be the only ones. Where they are not, another solver may find
    /// another row.
    pub is_unique: Vec<bool>,
}

/// Computes the matrix of cross-efficiencies and its means, input oriented and with constant returns.
///
/// Of the others' inputs and outputs, scaled to mean 1, the sums are taken: benevolent max u·Σy_j with v·Σx_j = 1 over
/// j ≠ d, subject to u·y_j ≤ v·x_j for all and the own score kept. Errors: the first unit (from 0) whose prices cannot
/// be found, and why.
pub fn cross_efficiency(data: &Data, goal: SecondGoal) -> Result<CrossEfficiency, (usize, Unsolved)> {
    let (inputs, outputs) = (Scaled::new(&data.inputs), Scaled::new(&data.outputs));
    let n = inputs.units();
    let priced: Vec<Result<Prices, Unsolved>> =
        (0..n).into_par_iter().map(|unit| prices(&inputs, &outputs, unit, goal)).collect();
    let mut all = Vec::with_capacity(n);
    for (unit, prices) in priced.into_iter().enumerate() {
        all.push(prices.map_err(|reason| (unit, reason))?);
    }
    let value = |table: &Scaled, prices: &[f64], unit: usize| -> f64 {
        prices.iter().enumerate().map(|(variable, price)| price * table.get(unit, variable)).sum()
    };
    let matrix = DMatrix::from_fn(n, n, |d, j| {
        if d == j {
            return all[d].own_score;
        }
        let cost = value(&inputs, &all[d].inputs, j);
        // Costs are near 1 / n by construction.
        if cost > 1e-12 { value(&outputs, &all[d].outputs, j) / cost } else { f64::NAN }
    });
    let scores: Vec<f64> = matrix.column_iter().map(|column| column.sum() / n as f64).collect();
    let scores_by_others = (0..n).map(|j| (matrix.column(j).sum() - matrix[(j, j)]) / (n as f64 - 1.0)).collect();
    Ok(CrossEfficiency {
        scores,
        scores_by_others,
        input_prices: DMatrix::from_fn(n, inputs.variables(), |d, i| all[d].inputs[i] / inputs.means[i]),
        output_prices: DMatrix::from_fn(n, outputs.variables(), |d, r| all[d].outputs[r] / outputs.means[r]),
        is_unique: all.iter().map(|prices| prices.is_unique).collect(),
        matrix,
    })
}

struct Prices {
    own_score: f64,
    inputs: Vec<f64>,
    outputs: Vec<f64>,
    is_unique: bool,
}

/// The dual of the second goal is solved, as it has few rows: benevolent min α with Σλy + μy_d ≥ Y and
/// αX − Σλx − θμx_d ≥ 0, λ ≥ 0 over j ≠ d, α and μ free. Its dual prices are u and v. Columns: α, μ, λ.
fn prices(inputs: &Scaled, outputs: &Scaled, unit: usize, goal: SecondGoal) -> Result<Prices, Unsolved> {
    let technology = Envelopment { inputs, outputs, sum: None };
    let own = technology.radial_input(&inputs.row(unit), &outputs.row(unit))?;
    let own_score = own.objective;
    let others: Vec<usize> = (0..inputs.units()).filter(|&other| other != unit).collect();
    let m = inputs.variables();
    if others.is_empty() {
        let (v, u) = own.duals.split_at(m);
        return Ok(Prices {
            own_score,
            inputs: v.to_vec(),
            outputs: u[..outputs.variables()].to_vec(),
            is_unique: false,
        });
    }
    let width = 2 + others.len();
    // Aggressive: max α with Σ−λy + μy_d ≤ Y and αX + Σλx − θμx_d ≤ 0.
    let (sign, relation) = match goal {
        SecondGoal::Benevolent => (1.0, Relation::AtLeast),
        SecondGoal::Aggressive => (-1.0, Relation::AtMost),
    };
    let costs = Row::new(width).at(0, 1.0).into_vec();
    let mut program = match goal {
        SecondGoal::Benevolent => Program::minimise(costs),
        SecondGoal::Aggressive => Program::maximise(costs),
    };
    program.free(0).free(1);
    let mut rows = Vec::new();
    for i in 0..m {
        let of_others: Vec<f64> = others.iter().map(|&other| inputs.get(other, i)).collect();
        let row = Row::new(width)
            .at(0, of_others.iter().sum())
            .at(1, -own_score * inputs.get(unit, i))
            .block(2, of_others.iter().map(|x| -sign * x));
        rows.push((row.into_vec(), 0.0));
    }
    for r in 0..outputs.variables() {
        let of_others: Vec<f64> = others.iter().map(|&other| outputs.get(other, r)).collect();
        let row = Row::new(width).at(1, outputs.get(unit, r)).block(2, of_others.iter().map(|y| sign * y));
        rows.push((row.into_vec(), of_others.iter().sum()));
    }
    for (row, bound) in &rows {
        program.row(row.clone(), relation, *bound);
    }
    let solution = program.solve()?;
    Ok(Prices {
        own_score,
        inputs: solution.duals[..m].to_vec(),
        outputs: solution.duals[m..].to_vec(),
        is_unique: is_nondegenerate(&solution, &rows),
    })
}

/// The dual prices of a basic solution are the only ones if none of its basic values is 0: as many values and slacks
/// differ from 0 as there are rows.
fn is_nondegenerate(solution: &Solution, rows: &[(Vec<f64>, f64)]) -> bool {
    let differs = |value: f64| value.abs() > 1e-9;
    let values = solution.values.iter().filter(|&&value| differs(value)).count();
    let slacks = rows.iter().filter(|(row, bound)| {
        let left: f64 = row.iter().zip(&solution.values).map(|(coefficient, value)| coefficient * value).sum();
        differs(left - bound)
    });
    values + slacks.count() == rows.len()
}
