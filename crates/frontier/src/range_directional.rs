//! The range directional model (RDM), for data that can be negative: a balance, a growth rate, a net flow.
//!
//! max β with Σλx ≤ x_o − βg_x, Σλy ≥ y_o + βg_y, Σλ = 1, where g_x = x_o − min x and g_y = max y − y_o lead to the
//! ideal point (Portela, Thanassoulis, Simpson 2004). Efficiency is 1 − β; it changes neither with units of
//! measurement nor when a constant is added to a variable.

use mizan_stats::lp::{Program, Relation};
use nalgebra::DMatrix;
use rayon::prelude::*;

use crate::nonradial::rows::{Row, ones, peers};
use crate::nonradial::{Peers, Refused, Side, Sides, Unsolved, check_table};

#[cfg(test)]
mod tests;

/// Score of a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct RangeDirectional {
    /// 1 − β, from 0 to 1.
    pub efficiency: f64,
    /// x_o − βg_x, in the units of the inputs.
    pub input_targets: Vec<f64>,
    /// y_o + βg_y.
    pub output_targets: Vec<f64>,
    /// Units that make the target or more.
    pub peers: Peers,
    /// Whether the peers are the only optimal ones.
    pub is_unique: bool,
}

/// Computes the efficiency of each unit under variable returns.
///
/// `inputs` and `outputs` are units by variables, of any sign. A unit that is itself the ideal point has no direction
/// and the efficiency 1. Refused: tables of different heights, values that are missing or infinite.
pub fn range_directional(
    inputs: &DMatrix<f64>,
    outputs: &DMatrix<f64>,
    sides: Sides,
) -> Result<Vec<Result<RangeDirectional, Unsolved>>, Refused> {
    let units = inputs.nrows();
    check_table(Side::Input, inputs, units, true)?;
    check_table(Side::Output, outputs, units, true)?;
    let model = Model { inputs: Ranged::new(inputs), outputs: Ranged::new(outputs), sides };
    Ok((0..units).into_par_iter().map(|unit| model.solve(unit)).collect())
}

/// A table moved and stretched to 0 to 1, which changes nothing under variable returns; a constant column becomes 0.
struct Ranged {
    values: DMatrix<f64>,
    least: Vec<f64>,
    range: Vec<f64>,
}

impl Ranged {
    fn new(table: &DMatrix<f64>) -> Self {
        let least: Vec<f64> = table.column_iter().map(|column| column.min()).collect();
        let range: Vec<f64> = table.column_iter().map(|column| column.max() - column.min()).collect();
        let values = DMatrix::from_fn(table.nrows(), table.ncols(), |row, column| match range[column] > 0.0 {
            true => (table[(row, column)] - least[column]) / range[column],
            false => 0.0,
        });
        Ranged { values, least, range }
    }

    /// The original value of a scaled one.
    fn original(&self, variable: usize, value: f64) -> f64 {
        self.least[variable] + value * self.range[variable]
    }
}

struct Model {
    inputs: Ranged,
    outputs: Ranged,
    sides: Sides,
}

impl Model {
    /// Columns: β, λ. In scaled units g_x = x_o and g_y = 1 − y_o.
    fn solve(&self, unit: usize) -> Result<RangeDirectional, Unsolved> {
        let n = self.inputs.values.nrows();
        let x: Vec<f64> = self.inputs.values.row(unit).iter().copied().collect();
        let y: Vec<f64> = self.outputs.values.row(unit).iter().copied().collect();
        let moving = |moves: bool, step: f64| if moves { step } else { 0.0 };
        let down: Vec<f64> = x.iter().map(|x| moving(self.sides.inputs(), *x)).collect();
        let up: Vec<f64> = y
            .iter()
            .enumerate()
            // A constant output is 0 for all, and has nowhere to go.
            .map(|(r, y)| moving(self.sides.outputs() && self.outputs.range[r] > 0.0, 1.0 - y))
            .collect();
        let targets = |beta: f64| {
            let inputs = (0..x.len()).map(|i| self.inputs.original(i, x[i] - beta * down[i])).collect();
            let outputs = (0..y.len()).map(|r| self.outputs.original(r, y[r] + beta * up[r])).collect();
            (inputs, outputs)
        };
        if down.iter().chain(&up).all(|&step| step <= 0.0) {
            let (input_targets, output_targets) = targets(0.0);
            return Ok(RangeDirectional {
                efficiency: 1.0,
                input_targets,
                output_targets,
                peers: vec![(unit, 1.0)],
                is_unique: false,
            });
        }
        let width = n + 1;
        let mut program = Program::maximise(Row::new(width).at(0, 1.0).into_vec());
        for (i, column) in self.inputs.values.column_iter().enumerate() {
            let row = Row::new(width).at(0, down[i]).block(1, column.iter().copied());
            row.add(&mut program, Relation::AtMost, x[i]);
        }
        for (r, column) in self.outputs.values.column_iter().enumerate() {
            let row = Row::new(width).at(0, -up[r]).block(1, column.iter().copied());
            row.add(&mut program, Relation::AtLeast, y[r]);
        }
        Row::new(width).block(1, ones(n)).add(&mut program, Relation::Equal, 1.0);
        let solution = program.solve()?;
        let beta = solution.objective.max(0.0);
        let (input_targets, output_targets) = targets(beta);
        Ok(RangeDirectional {
            efficiency: 1.0 - beta,
            input_targets,
            output_targets,
            peers: peers(solution.values[1..].iter().copied().enumerate()),
            is_unique: solution.is_unique,
        })
    }
}
