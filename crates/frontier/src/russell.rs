//! The Russell input measure: each input falls by its own factor, and the score is the mean of the factors.
//!
//! min mean of θ_i with Σλx_i ≤ θ_i x_io, θ_i ≤ 1, Σλy ≥ y_o (Färe, Lovell 1978). Equal to the input side of the
//! slacks-based measure.

use mizan_stats::lp::{Program, Relation};
use rayon::prelude::*;

use crate::nonradial::rows::{Row, Scaled, ones, peers, sum_of_intensities};
use crate::nonradial::{Peers, Refused, Side, Unsolved};
use crate::technology::{Data, Returns};

#[cfg(test)]
mod tests;

/// Score of a unit and the factor of each input.
#[derive(Debug, Clone, PartialEq)]
pub struct Russell {
    /// Mean of the factors of the inputs above 0.
    pub score: f64,
    /// θ_i; 1 for an input of 0.
    pub factors: Vec<f64>,
    /// Units that make the target.
    pub peers: Peers,
    /// Whether factors and peers are the only optimal ones.
    pub is_unique: bool,
}

/// Computes the Russell input measure of each unit.
///
/// An input of 0 cannot fall and is left out of the mean. Refused: the free disposal hull. Unsolved: no input above 0.
pub fn russell_input(data: &Data, returns: Returns) -> Result<Vec<Result<Russell, Unsolved>>, Refused> {
    let sum = sum_of_intensities(returns)?;
    let (inputs, outputs) = (Scaled::new(&data.inputs), Scaled::new(&data.outputs));
    Ok((0..inputs.units()).into_par_iter().map(|unit| solve(&inputs, &outputs, sum, unit)).collect())
}

fn solve(inputs: &Scaled, outputs: &Scaled, sum: Option<Relation>, unit: usize) -> Result<Russell, Unsolved> {
    let (n, x) = (inputs.units(), inputs.row(unit));
    let above_zero: Vec<usize> = (0..x.len()).filter(|&i| x[i] > 0.0).collect();
    if above_zero.is_empty() {
        return Err(Unsolved::Zero { side: Side::Input, variable: 0 });
    }
    let width = n + above_zero.len();
    let share = 1.0 / above_zero.len() as f64;
    let costs = Row::new(width).block(n, std::iter::repeat_n(share, above_zero.len()));
    let mut program = Program::minimise(costs.into_vec());
    for (i, &value) in x.iter().enumerate() {
        let mut row = Row::new(width).block(0, inputs.column(i));
        if let Some(place) = above_zero.iter().position(|&other| other == i) {
            row = row.at(n + place, -value);
        }
        row.add(&mut program, Relation::AtMost, 0.0);
    }
    for place in n..width {
        Row::new(width).at(place, 1.0).add(&mut program, Relation::AtMost, 1.0);
    }
    for r in 0..outputs.variables() {
        let row = Row::new(width).block(0, outputs.column(r));
        row.add(&mut program, Relation::AtLeast, outputs.get(unit, r));
    }
    if let Some(relation) = sum {
        Row::new(width).block(0, ones(n)).add(&mut program, relation, 1.0);
    }
    let solution = program.solve()?;
    let mut factors = vec![1.0; x.len()];
    for (place, &i) in above_zero.iter().enumerate() {
        factors[i] = solution.values[n + place];
    }
    Ok(Russell {
        score: solution.objective,
        factors,
        peers: peers(solution.values[..n].iter().copied().enumerate()),
        is_unique: solution.is_unique,
    })
}
