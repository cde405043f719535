//! The additive model: how much can all inputs fall and all outputs rise together?
//!
//! max Σw⁻s⁻ + Σw⁺s⁺ with Σλx + s⁻ = x_o and Σλy − s⁺ = y_o. The objective is 0 if and only if the unit is
//! Pareto-efficient. (Charnes, Cooper, Golany, Seiford, Stutz 1985.)

use mizan_stats::lp::{Program, Relation};
use rayon::prelude::*;

use crate::nonradial::rows::{Row, Scaled, not_negative, ones, peers, sum_of_intensities};
use crate::nonradial::{Peers, Refused, Side, Unsolved};
use crate::technology::{Data, Returns};

#[cfg(test)]
mod tests;

/// Weights of the slacks, and with them the unit of the objective.
#[derive(Debug, Clone, PartialEq)]
pub enum Weights {
    /// All 1. The objective depends on the units of measurement.
    Unit,
    /// 1 / ((m + s) range of the variable): range-adjusted measure (RAM; Cooper, Park, Pastor 1999).
    Range,
    /// 1 / own value: measure of inefficiency proportions (MIP; Cooper, Park, Pastor 1999).
    Proportion,
    /// 1 / ((m + s) distance of the unit to the least input or largest output): bounded adjusted measure (BAM; Cooper,
    /// Pastor, Borras, Aparicio, Pastor 2011). The targets stay within the observed bounds whatever the returns.
    Bounded,
    /// As given, one an input and one an output, in 1 / unit of the variable.
    Given {
        /// Of inputs.
        inputs: Vec<f64>,
        /// Of outputs.
        outputs: Vec<f64>,
    },
}

/// What a unit could save and add.
#[derive(Debug, Clone, PartialEq)]
pub struct Additive {
    /// Weighted sum of the slacks; 0 for a Pareto-efficient unit.
    pub objective: f64,
    /// 1 − objective where that lies between 0 and 1 by construction: RAM under variable returns, and BAM.
    pub efficiency: Option<f64>,
    /// What each input could fall by, in its unit.
    pub input_slacks: Vec<f64>,
    /// What each output could rise by, in its unit.
    pub output_slacks: Vec<f64>,
    /// Inputs less slacks.
    pub input_targets: Vec<f64>,
    /// Outputs plus slacks.
    pub output_targets: Vec<f64>,
    /// Units that make the target.
    pub peers: Peers,
    /// Whether the slacks and peers are the only optimal ones.
    pub is_unique: bool,
}

/// Solves the additive model for each unit.
///
/// Refused: the free disposal hull; given weights of another length, negative or not finite; RAM with a constant
/// variable unless returns are variable (where its slack is 0 anyway). Unsolved: MIP with an output of 0; constant or
/// increasing returns with a unit that makes something from nothing (unbounded).
pub fn additive(data: &Data, returns: Returns, weights: &Weights) -> Result<Vec<Result<Additive, Unsolved>>, Refused> {
    let sum = sum_of_intensities(returns)?;
    check_weights(data, returns, weights)?;
    let model = Model { data, weights, sum, inputs: Scaled::new(&data.inputs), outputs: Scaled::new(&data.outputs) };
    let bounds = Bounds::new(data);
    Ok((0..model.inputs.units()).into_par_iter().map(|unit| model.solve(unit, &bounds)).collect())
}

/// Least and largest value of each input and output.
struct Bounds {
    inputs: Vec<[f64; 2]>,
    outputs: Vec<[f64; 2]>,
}

impl Bounds {
    fn new(data: &Data) -> Self {
        let of = |table: &nalgebra::DMatrix<f64>| table.column_iter().map(|c| [c.min(), c.max()]).collect();
        Bounds { inputs: of(&data.inputs), outputs: of(&data.outputs) }
    }
}

fn check_weights(data: &Data, returns: Returns, weights: &Weights) -> Result<(), Refused> {
    match weights {
        Weights::Given { inputs, outputs } => {
            for (side, given, needed) in
                [(Side::Input, inputs, data.inputs.ncols()), (Side::Output, outputs, data.outputs.ncols())]
            {
                if given.len() != needed {
                    return Err(Refused::Shape(side));
                }
                if let Some(variable) = given.iter().position(|weight| !weight.is_finite() || *weight < 0.0) {
                    return Err(Refused::Weight { side, variable });
                }
            }
            Ok(())
        }
        Weights::Range if returns != Returns::Variable => {
            let bounds = Bounds::new(data);
            for (side, ranges) in [(Side::Input, &bounds.inputs), (Side::Output, &bounds.outputs)] {
                if let Some(variable) = ranges.iter().position(|[least, largest]| least == largest) {
                    return Err(Refused::NoRange { side, variable });
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

struct Model<'a> {
    data: &'a Data,
    weights: &'a Weights,
    sum: Option<Relation>,
    inputs: Scaled,
    outputs: Scaled,
}

impl Model<'_> {
    /// Weights of a unit in the variables' units. A slack that must be 0 has the weight 0.
    fn weights_of(&self, unit: usize, bounds: &Bounds) -> Result<(Vec<f64>, Vec<f64>), Unsolved> {
        let (x, y) = (self.data.inputs.row(unit), self.data.outputs.row(unit));
        let count = (x.len() + y.len()) as f64;
        let inverse = |value: f64| if value > 0.0 { 1.0 / value } else { 0.0 };
        Ok(match self.weights {
            Weights::Unit => (vec![1.0; x.len()], vec![1.0; y.len()]),
            Weights::Given { inputs, outputs } => (inputs.clone(), outputs.clone()),
            Weights::Range => {
                let of = |ranges: &[[f64; 2]]| ranges.iter().map(|[a, b]| inverse(count * (b - a))).collect();
                (of(&bounds.inputs), of(&bounds.outputs))
            }
            Weights::Proportion => {
                if let Some(variable) = y.iter().position(|&value| value <= 0.0) {
                    return Err(Unsolved::Zero { side: Side::Output, variable });
                }
                (x.iter().map(|&value| inverse(value)).collect(), y.iter().map(|&value| inverse(value)).collect())
            }
            Weights::Bounded => (
                x.iter().zip(&bounds.inputs).map(|(x, [least, _])| inverse(count * (x - least))).collect(),
                y.iter().zip(&bounds.outputs).map(|(y, [_, largest])| inverse(count * (largest - y))).collect(),
            ),
        })
    }

    fn solve(&self, unit: usize, bounds: &Bounds) -> Result<Additive, Unsolved> {
        let (n, m, s) = (self.inputs.units(), self.inputs.variables(), self.outputs.variables());
        let width = n + m + s;
        let (input_weights, output_weights) = self.weights_of(unit, bounds)?;
        // Slacks of scaled columns: their weights grow by what the columns were divided by. Only the proportions of
        // the costs matter to the program.
        let scaled = input_weights.iter().zip(&self.inputs.means).chain(output_weights.iter().zip(&self.outputs.means));
        let costs: Vec<f64> = scaled.map(|(weight, mean)| weight * mean).collect();
        let largest = costs.iter().fold(0.0_f64, |largest, &cost| largest.max(cost));
        let costs = costs.iter().map(|cost| if largest > 0.0 { cost / largest } else { 0.0 });
        let mut program = Program::maximise(Row::new(width).block(n, costs).into_vec());
        for i in 0..m {
            let row = Row::new(width).block(0, self.inputs.column(i)).at(n + i, 1.0);
            row.add(&mut program, Relation::Equal, self.inputs.get(unit, i));
        }
        for r in 0..s {
            let row = Row::new(width).block(0, self.outputs.column(r)).at(n + m + r, -1.0);
            row.add(&mut program, Relation::Equal, self.outputs.get(unit, r));
        }
        if let Some(relation) = self.sum {
            Row::new(width).block(0, ones(n)).add(&mut program, relation, 1.0);
        }
        if *self.weights == Weights::Bounded && self.sum != Some(Relation::Equal) {
            self.keep_within(&mut program, bounds, width);
        }
        let solution = program.solve()?;

        let slack = |place: usize, mean: f64| not_negative(solution.values[n + place]) * mean;
        let input_slacks: Vec<f64> = (0..m).map(|i| slack(i, self.inputs.means[i])).collect();
        let output_slacks: Vec<f64> = (0..s).map(|r| slack(m + r, self.outputs.means[r])).collect();
        let weighted = |weights: &[f64], slacks: &[f64]| weights.iter().zip(slacks).map(|(w, s)| w * s).sum::<f64>();
        let objective = weighted(&input_weights, &input_slacks) + weighted(&output_weights, &output_slacks);
        let is_share = match self.weights {
            Weights::Range => self.sum == Some(Relation::Equal),
            Weights::Bounded => true,
            _ => false,
        };
        Ok(Additive {
            objective,
            efficiency: is_share.then_some(1.0 - objective),
            input_targets: self.data.inputs.row(unit).iter().zip(&input_slacks).map(|(x, slack)| x - slack).collect(),
            output_targets: self
                .data
                .outputs
                .row(unit)
                .iter()
                .zip(&output_slacks)
                .map(|(y, slack)| y + slack)
                .collect(),
            input_slacks,
            output_slacks,
            peers: peers(solution.values[..n].iter().copied().enumerate()),
            is_unique: solution.is_unique,
        })
    }

    /// Σλx at least the least observed input, Σλy at most the largest observed output.
    fn keep_within(&self, program: &mut Program, bounds: &Bounds, width: usize) {
        for (i, [least, _]) in bounds.inputs.iter().enumerate() {
            let row = Row::new(width).block(0, self.inputs.column(i));
            row.add(program, Relation::AtLeast, least / self.inputs.means[i]);
        }
        for (r, [_, largest]) in bounds.outputs.iter().enumerate() {
            let row = Row::new(width).block(0, self.outputs.column(r));
            row.add(program, Relation::AtMost, largest / self.outputs.means[r]);
        }
    }
}
