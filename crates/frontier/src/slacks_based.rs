//! The slacks-based measure (SBM): one score that counts every slack.
//!
//! ρ = (1 − mean of s⁻/x_o) / (1 + mean of s⁺/y_o), the least that the technology allows (Tone 2001). It is 1 only for
//! a Pareto-efficient unit, does not depend on units of measurement, and is never above the radial score.

use mizan_stats::lp::{Program, Relation};
use nalgebra::DMatrix;
use rayon::prelude::*;

use crate::nonradial::rows::{Row, Scaled, not_negative, ones, peers, sum_of_intensities};
use crate::nonradial::{Peers, Refused, Side, Sides, Unsolved, check_table};
use crate::technology::{Data, Returns};

mod super_efficiency;
#[cfg(test)]
mod tests;

pub use self::super_efficiency::{SuperSlacksBased, super_slacks_based};

/// Score of a unit and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct SlacksBased {
    /// ρ, above 0 and at most 1.
    pub score: f64,
    /// Excess of each input, in its unit.
    pub input_slacks: Vec<f64>,
    /// Shortfall of each output. With [`Sides::Inputs`] it is any that the solution has, not the largest.
    pub output_slacks: Vec<f64>,
    /// Excess of each undesirable output; empty where there is none.
    pub undesirable_slacks: Vec<f64>,
    /// Inputs less slacks.
    pub input_targets: Vec<f64>,
    /// Outputs plus slacks.
    pub output_targets: Vec<f64>,
    /// Undesirable outputs less slacks.
    pub undesirable_targets: Vec<f64>,
    /// Units that make the target.
    pub peers: Peers,
    /// Whether slacks and peers are the only optimal ones.
    pub is_unique: bool,
}

/// Computes ρ of each unit, of both sides or one of them (the other side's mean is then left out of ρ).
///
/// `undesirable` is units by undesirable outputs; their slacks count in the denominator beside those of outputs, and
/// they are disposed of strongly (Tone 2003). An input or undesirable output of 0 can have no slack and is left out of
/// its mean.
///
/// Refused: the free disposal hull; a table `undesirable` of another height or with negative values. Unsolved: an
/// output of 0 where outputs are to improve, and no input above 0 where inputs are.
pub fn slacks_based(
    data: &Data,
    undesirable: Option<&DMatrix<f64>>,
    returns: Returns,
    sides: Sides,
) -> Result<Vec<Result<SlacksBased, Unsolved>>, Refused> {
    let sum = sum_of_intensities(returns)?;
    let units = data.inputs.nrows();
    if let Some(table) = undesirable {
        check_table(Side::Undesirable, table, units, false)?;
    }
    let none = DMatrix::zeros(units, 0);
    let model = Model {
        inputs: Scaled::new(&data.inputs),
        outputs: Scaled::new(&data.outputs),
        undesirable: Scaled::new(undesirable.unwrap_or(&none)),
        sum,
        sides,
    };
    Ok((0..units).into_par_iter().map(|unit| model.solve(unit)).collect())
}

struct Model {
    inputs: Scaled,
    outputs: Scaled,
    undesirable: Scaled,
    sum: Option<Relation>,
    sides: Sides,
}

/// 1 / count for what is above 0, else 0: the shares of slacks in a mean.
fn shares(values: &[f64], count: usize) -> Vec<f64> {
    values.iter().map(|&value| if value > 0.0 { 1.0 / count as f64 } else { 0.0 }).collect()
}

/// Slacks are counted in own values; what is 0 is counted in means, and its row holds it at 0.
fn measure(value: f64) -> f64 {
    if value > 0.0 { value } else { 1.0 }
}

fn above_zero(values: &[f64]) -> usize {
    values.iter().filter(|&&value| value > 0.0).count()
}

impl Model {
    /// The fractional program becomes linear with t = 1 / denominator, Λ = tλ, σ = t s / own value (Charnes, Cooper
    /// 1962). Columns: Λ, σ of inputs, outputs and undesirable outputs, t.
    fn solve(&self, unit: usize) -> Result<SlacksBased, Unsolved> {
        let (x, y, b) = (self.inputs.row(unit), self.outputs.row(unit), self.undesirable.row(unit));
        let (n, m, s) = (self.inputs.units(), x.len(), y.len());
        let t = n + m + s + b.len();
        let width = t + 1;
        if self.sides.outputs()
            && let Some(variable) = y.iter().position(|&value| value <= 0.0)
        {
            return Err(Unsolved::Zero { side: Side::Output, variable });
        }
        if self.sides.inputs() && above_zero(&x) == 0 {
            return Err(Unsolved::Zero { side: Side::Input, variable: 0 });
        }
        let mut costs = Row::new(width).at(t, 1.0);
        if self.sides.inputs() {
            costs = costs.block(n, shares(&x, above_zero(&x)).into_iter().map(|share| -share));
        }
        let mut denominator = Row::new(width).at(t, 1.0);
        if self.sides.outputs() {
            let count = s + above_zero(&b);
            denominator = denominator.block(n + m, shares(&y, count).into_iter().chain(shares(&b, count)));
        }
        let mut program = Program::minimise(costs.into_vec());
        denominator.add(&mut program, Relation::Equal, 1.0);
        // Sign of the slack: what is used or unwanted falls to the target, what is wanted rises.
        let mut place = n;
        for (table, own, sign) in [(&self.inputs, &x, 1.0), (&self.outputs, &y, -1.0), (&self.undesirable, &b, 1.0)] {
            for (variable, &value) in own.iter().enumerate() {
                let row = Row::new(width).block(0, table.column(variable));
                row.at(place, sign * measure(value)).at(t, -value).add(&mut program, Relation::Equal, 0.0);
                place += 1;
            }
        }
        if let Some(relation) = self.sum {
            Row::new(width).block(0, ones(n)).at(t, -1.0).add(&mut program, relation, 0.0);
        }
        let solution = program.solve()?;

        let scale = solution.values[t];
        let slacks = |start: usize, own: &[f64], means: &[f64]| -> Vec<f64> {
            let parts = solution.values[start..].iter().zip(own).zip(means);
            parts.map(|((part, own), mean)| not_negative(*part) / scale * measure(*own) * mean).collect()
        };
        let targets = |own: &[f64], means: &[f64], slacks: &[f64], sign: f64| -> Vec<f64> {
            own.iter().zip(means).zip(slacks).map(|((own, mean), slack)| own * mean + sign * slack).collect()
        };
        let input_slacks = slacks(n, &x, &self.inputs.means);
        let output_slacks = slacks(n + m, &y, &self.outputs.means);
        let undesirable_slacks = slacks(n + m + s, &b, &self.undesirable.means);
        Ok(SlacksBased {
            score: solution.objective,
            input_targets: targets(&x, &self.inputs.means, &input_slacks, -1.0),
            output_targets: targets(&y, &self.outputs.means, &output_slacks, 1.0),
            undesirable_targets: targets(&b, &self.undesirable.means, &undesirable_slacks, -1.0),
            input_slacks,
            output_slacks,
            undesirable_slacks,
            peers: peers(solution.values[..n].iter().map(|value| value / scale).enumerate()),
            is_unique: solution.is_unique,
        })
    }
}
