//! Undesirable outputs that cannot be disposed of for nothing: errors, complaints, hours of waiting.
//!
//! Weak disposability: undesirable outputs fall only together with the wanted ones. max β with Σλx ≤ x_o − βg_x,
//! Σλy ≥ y_o + βg_y, Σλb = b_o − βg_b (Chung, Färe, Grosskopf 1997). Under variable returns each unit has its own
//! factor of abatement, which needs two intensities a unit: Σ(λ+μ)x ≤ ·, Σλy ≥ ·, Σλb = ·, Σ(λ+μ) = 1 (Kuosmanen
//! 2005).

use mizan_stats::lp::{Program, Relation};
use nalgebra::DMatrix;
use rayon::prelude::*;

use crate::nonradial::rows::{Row, Scaled, ones, peers};
use crate::nonradial::{Peers, Refused, Side, Unsolved, check_table};
use crate::technology::{Data, Returns};

#[cfg(test)]
mod tests;

/// Where a unit is to move.
#[derive(Debug, Clone, PartialEq)]
pub enum Direction {
    /// Own outputs up and own undesirable outputs down; inputs are held.
    OutputsAndUndesirable,
    /// Own inputs and undesirable outputs down, own outputs up.
    All,
    /// Own undesirable outputs down; all else is held.
    Undesirable,
    /// One direction for all units, in the units of the variables and not negative.
    Given {
        /// g_x.
        inputs: Vec<f64>,
        /// g_y.
        outputs: Vec<f64>,
        /// g_b.
        undesirable: Vec<f64>,
    },
}

/// Inefficiency of a unit in a direction.
#[derive(Debug, Clone, PartialEq)]
pub struct WeaklyDisposable {
    /// β, at least 0: steps in the direction that are possible; 0 on the frontier. With an own direction a share.
    pub inefficiency: f64,
    /// x_o − βg_x.
    pub inputs: Vec<f64>,
    /// y_o + βg_y.
    pub outputs: Vec<f64>,
    /// b_o − βg_b.
    pub undesirable: Vec<f64>,
    /// Intensities λ of units at work.
    pub peers: Peers,
    /// Intensities μ of units that are shut down to abate; empty under constant returns.
    pub abated: Peers,
    /// Whether β's intensities are the only optimal ones.
    pub is_unique: bool,
}

/// Computes β of each unit. `undesirable` is units by undesirable outputs, not negative.
///
/// Refused: returns other than constant or variable; a direction of another length, or with a negative value, or 0
/// throughout; a table of another height. Unsolved: a direction that is 0 for this unit leaves β unbounded.
pub fn weakly_disposable(
    data: &Data,
    undesirable: &DMatrix<f64>,
    returns: Returns,
    direction: &Direction,
) -> Result<Vec<Result<WeaklyDisposable, Unsolved>>, Refused> {
    let is_variable = match returns {
        Returns::Constant => false,
        Returns::Variable => true,
        other => return Err(Refused::Returns(other)),
    };
    let units = data.inputs.nrows();
    check_table(Side::Undesirable, undesirable, units, false)?;
    if let Direction::Given { inputs, outputs, undesirable: bads } = direction {
        let needed = [
            (Side::Input, inputs, data.inputs.ncols()),
            (Side::Output, outputs, data.outputs.ncols()),
            (Side::Undesirable, bads, undesirable.ncols()),
        ];
        for (side, given, needed) in needed {
            if given.len() != needed {
                return Err(Refused::Shape(side));
            }
            if let Some(variable) = given.iter().position(|value| !value.is_finite() || *value < 0.0) {
                return Err(Refused::Weight { side, variable });
            }
        }
        if inputs.iter().chain(outputs).chain(bads).all(|&value| value == 0.0) {
            return Err(Refused::Weight { side: Side::Undesirable, variable: 0 });
        }
    }
    let tables = [Scaled::new(&data.inputs), Scaled::new(&data.outputs), Scaled::new(undesirable)];
    Ok((0..units).into_par_iter().map(|unit| solve(&tables, is_variable, direction, unit)).collect())
}

/// Columns: β, λ, and μ under variable returns.
fn solve(
    tables: &[Scaled; 3],
    is_variable: bool,
    direction: &Direction,
    unit: usize,
) -> Result<WeaklyDisposable, Unsolved> {
    let n = tables[0].units();
    let width = 1 + if is_variable { 2 * n } else { n };
    let own: Vec<Vec<f64>> = tables.iter().map(|table| table.row(unit)).collect();
    let steps = scaled_direction(tables, &own, direction);
    let mut program = Program::maximise(Row::new(width).at(0, 1.0).into_vec());
    let kinds = [(1.0, Relation::AtMost), (-1.0, Relation::AtLeast), (1.0, Relation::Equal)];
    for (side, (sign, relation)) in kinds.into_iter().enumerate() {
        for variable in 0..tables[side].variables() {
            let mut row = Row::new(width).at(0, sign * steps[side][variable]).block(1, tables[side].column(variable));
            if side == 0 && is_variable {
                row = row.block(1 + n, tables[side].column(variable));
            }
            row.add(&mut program, relation, own[side][variable]);
        }
    }
    if is_variable {
        Row::new(width).block(1, ones(2 * n)).add(&mut program, Relation::Equal, 1.0);
    }
    let solution = program.solve()?;

    let beta = solution.objective.max(0.0);
    let target = |side: usize, sign: f64| -> Vec<f64> {
        let parts = own[side].iter().zip(&steps[side]).zip(&tables[side].means);
        parts.map(|((own, step), mean)| (own + sign * beta * step) * mean).collect()
    };
    Ok(WeaklyDisposable {
        inefficiency: beta,
        inputs: target(0, -1.0),
        outputs: target(1, 1.0),
        undesirable: target(2, -1.0),
        peers: peers(solution.values[1..=n].iter().copied().enumerate()),
        abated: peers(solution.values[1 + n..].iter().copied().enumerate()),
        is_unique: solution.is_unique,
    })
}

/// Direction of inputs, outputs and undesirable outputs of a unit in scaled units.
fn scaled_direction(tables: &[Scaled; 3], own: &[Vec<f64>], direction: &Direction) -> [Vec<f64>; 3] {
    let moved = |side: usize, moves: bool| own[side].iter().map(|value| if moves { *value } else { 0.0 }).collect();
    match direction {
        Direction::OutputsAndUndesirable => [moved(0, false), moved(1, true), moved(2, true)],
        Direction::All => [moved(0, true), moved(1, true), moved(2, true)],
        Direction::Undesirable => [moved(0, false), moved(1, false), moved(2, true)],
        Direction::Given { inputs, outputs, undesirable } => {
            let scaled = |side: usize, given: &[f64]| {
                given.iter().zip(&tables[side].means).map(|(value, mean)| value / mean).collect()
            };
            [scaled(0, inputs), scaled(1, outputs), scaled(2, undesirable)]
        }
    }
}
