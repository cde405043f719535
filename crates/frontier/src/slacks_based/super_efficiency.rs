//! Super-SBM: how far could a unit fall back before the others reach it?
//!
//! δ = (mean of x̄/x_o) / (mean of ȳ/y_o), the least over points (x̄, ȳ) that are no better than the unit (x̄ ≥ x_o,
//! 0 ≤ ȳ ≤ y_o) and that the other units can make (Tone 2002).

use mizan_stats::lp::{Program, Relation};
use rayon::prelude::*;

use crate::nonradial::rows::{Row, Scaled, ones, peers, sum_of_intensities};
use crate::nonradial::{Peers, Refused, Side, Sides, Unsolved};
use crate::technology::{Data, Returns};

/// Super-efficiency of a unit and the point that it is measured to.
#[derive(Debug, Clone, PartialEq)]
pub struct SuperSlacksBased {
    /// δ, at least 1; 1 exactly for all units that are not SBM-efficient, whose score is that of
    /// [`slacks_based`](super::slacks_based).
    pub score: f64,
    /// x̄.
    pub inputs: Vec<f64>,
    /// ȳ.
    pub outputs: Vec<f64>,
    /// Other units that make the point.
    pub peers: Peers,
    /// Whether the point and the peers are the only optimal ones.
    pub is_unique: bool,
}

/// Computes δ of each unit; with one side, the other side of the point is held at the unit's own values.
///
/// Refused: the free disposal hull. Unsolved: an input or output of 0, since δ divides by both; a one-sided program
/// that is infeasible because the other units do not reach the held side at all.
pub fn super_slacks_based(
    data: &Data,
    returns: Returns,
    sides: Sides,
) -> Result<Vec<Result<SuperSlacksBased, Unsolved>>, Refused> {
    let sum = sum_of_intensities(returns)?;
    let (inputs, outputs) = (Scaled::new(&data.inputs), Scaled::new(&data.outputs));
    let model = Model { inputs, outputs, sum, sides };
    Ok((0..data.inputs.nrows()).into_par_iter().map(|unit| model.solve(unit)).collect())
}

struct Model {
    inputs: Scaled,
    outputs: Scaled,
    sum: Option<Relation>,
    sides: Sides,
}

impl Model {
    /// x̄ = x_o (1 + φ), ȳ = y_o (1 − ψ), and t = 1 / denominator. Columns: Λ of the others, tφ, tψ, t.
    fn solve(&self, unit: usize) -> Result<SuperSlacksBased, Unsolved> {
        let (x, y) = (self.inputs.row(unit), self.outputs.row(unit));
        for (side, own) in [(Side::Input, &x), (Side::Output, &y)] {
            if let Some(variable) = own.iter().position(|&value| value <= 0.0) {
                return Err(Unsolved::Zero { side, variable });
            }
        }
        let others: Vec<usize> = (0..self.inputs.units()).filter(|&other| other != unit).collect();
        let n = others.len();
        // A side that is held has no columns.
        let m = if self.sides.inputs() { x.len() } else { 0 };
        let s = if self.sides.outputs() { y.len() } else { 0 };
        let t = n + m + s;
        let width = t + 1;
        let costs = Row::new(width).at(t, 1.0).block(n, std::iter::repeat_n(1.0 / m as f64, m));
        let mut program = Program::minimise(costs.into_vec());
        let denominator = Row::new(width).at(t, 1.0).block(n + m, std::iter::repeat_n(-1.0 / s as f64, s));
        denominator.add(&mut program, Relation::Equal, 1.0);
        for (i, &value) in x.iter().enumerate() {
            let row = Row::new(width).block(0, others.iter().map(|&other| self.inputs.get(other, i))).at(t, -value);
            let row = if m > 0 { row.at(n + i, -value) } else { row };
            row.add(&mut program, Relation::AtMost, 0.0);
        }
        for (r, &value) in y.iter().enumerate() {
            let row = Row::new(width).block(0, others.iter().map(|&other| self.outputs.get(other, r))).at(t, -value);
            let row = if s > 0 { row.at(n + m + r, value) } else { row };
            row.add(&mut program, Relation::AtLeast, 0.0);
        }
        for r in 0..s {
            Row::new(width).at(n + m + r, 1.0).at(t, -1.0).add(&mut program, Relation::AtMost, 0.0);
        }
        if let Some(relation) = self.sum {
            Row::new(width).block(0, ones(n)).at(t, -1.0).add(&mut program, relation, 0.0);
        }
        let solution = program.solve()?;

        let scale = solution.values[t];
        let moved = |start: usize, held: bool, own: &[f64], means: &[f64], sign: f64| -> Vec<f64> {
            let part = |k: usize| if held { 0.0 } else { sign * solution.values[start + k] / scale };
            own.iter().zip(means).enumerate().map(|(k, (own, mean))| own * mean * (1.0 + part(k))).collect()
        };
        let intensities = others.iter().zip(&solution.values).map(|(&other, value)| (other, value / scale));
        Ok(SuperSlacksBased {
            score: solution.objective,
            inputs: moved(n, m == 0, &x, &self.inputs.means, 1.0),
            outputs: moved(n + m, s == 0, &y, &self.outputs.means, -1.0),
            peers: peers(intensities),
            is_unique: solution.is_unique,
        })
    }
}
