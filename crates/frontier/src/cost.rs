//! Cost efficiency: what the outputs would cost at given prices, by technique and by choice of inputs.
//!
//! C* = min w·x with Σλx ≤ x, Σλy ≥ y_o. Cost efficiency C*/w·x_o is technical efficiency (radial, input) times
//! allocative efficiency (Farrell 1957; Färe, Grosskopf, Lovell 1985).

use mizan_stats::lp::{Program, Relation};
use nalgebra::DMatrix;
use rayon::prelude::*;

use crate::nonradial::envelopment::Envelopment;
use crate::nonradial::rows::{Row, Scaled, ones, peers, sum_of_intensities};
use crate::nonradial::{Peers, Refused, Side, Unsolved, check_table};
use crate::technology::{Data, Returns};

#[cfg(test)]
mod tests;

/// Efficiencies of a unit at its prices.
#[derive(Debug, Clone, PartialEq)]
pub struct CostEfficiency {
    /// w·x_o.
    pub cost: f64,
    /// C*.
    pub least_cost: f64,
    /// C* / w·x_o, at most 1.
    pub efficiency: f64,
    /// Radial input score.
    pub technical: f64,
    /// Cost efficiency / technical efficiency, at most 1.
    pub allocative: f64,
    /// Inputs of least cost.
    pub inputs: Vec<f64>,
    /// Units that make the outputs at least cost.
    pub peers: Peers,
    /// Whether the peers, and with them the inputs of least cost, are the only optimal ones.
    pub is_unique: bool,
}

/// Computes cost, technical and allocative efficiency of each unit.
///
/// `prices` is units by inputs, or one row for all units, in money / unit of the input and not negative. Refused: the
/// free disposal hull; prices of another shape or not finite. Unsolved: a unit whose inputs cost nothing.
///
/// A unit is compared with what others could do at *its* prices; where prices differ because of negotiation rather
/// than place, that hides a part of inefficiency (Tone 2002).
pub fn cost_efficiency(
    data: &Data,
    prices: &DMatrix<f64>,
    returns: Returns,
) -> Result<Vec<Result<CostEfficiency, Unsolved>>, Refused> {
    let sum = sum_of_intensities(returns)?;
    let units = data.inputs.nrows();
    check_table(Side::Price, prices, if prices.nrows() == 1 { 1 } else { units }, false)?;
    if prices.ncols() != data.inputs.ncols() {
        return Err(Refused::Shape(Side::Price));
    }
    let (inputs, outputs) = (Scaled::new(&data.inputs), Scaled::new(&data.outputs));
    let technology = Envelopment { inputs: &inputs, outputs: &outputs, sum };
    let solve = |unit: usize| {
        let prices = prices.row(if prices.nrows() == 1 { 0 } else { unit });
        let costs: Vec<f64> = data.inputs.row_iter().map(|x| x.iter().zip(&prices).map(|(x, w)| x * w).sum()).collect();
        solve(data, &technology, &costs, unit)
    };
    Ok((0..units).into_par_iter().map(solve).collect())
}

/// At the least cost x = Σλx, so that only intensities remain, each at the cost of its unit's inputs.
fn solve(data: &Data, technology: &Envelopment<'_>, costs: &[f64], unit: usize) -> Result<CostEfficiency, Unsolved> {
    let cost = costs[unit];
    if cost <= 0.0 {
        return Err(Unsolved::Zero { side: Side::Price, variable: 0 });
    }
    let n = costs.len();
    let mut program = Program::minimise(costs.iter().map(|other| other / cost).collect());
    for r in 0..technology.outputs.variables() {
        let row = Row::new(n).block(0, technology.outputs.column(r));
        row.add(&mut program, Relation::AtLeast, technology.outputs.get(unit, r));
    }
    if let Some(relation) = technology.sum {
        Row::new(n).block(0, ones(n)).add(&mut program, relation, 1.0);
    }
    let solution = program.solve()?;
    let radial = technology.radial_input(&technology.inputs.row(unit), &technology.outputs.row(unit))?;
    let efficiency = solution.objective;
    let technical = radial.objective;
    let peers = peers(solution.values.iter().copied().enumerate());
    let inputs =
        data.inputs.column_iter().map(|x| peers.iter().map(|&(peer, lambda)| lambda * x[peer]).sum()).collect();
    Ok(CostEfficiency {
        cost,
        least_cost: efficiency * cost,
        efficiency,
        technical,
        allocative: efficiency / technical,
        inputs,
        peers,
        is_unique: solution.is_unique,
    })
}
