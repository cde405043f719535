//! The envelopment program: how far can a point move in a direction and stay possible?
//!
//! max β: Σλx + βg_x ≤ x_o, Σλy − βg_y ≥ y_o, λ ≥ 0, and Σλ as the returns to scale say. A radial score is the one
//! with the point's own inputs or outputs as direction (θ = 1 − β, φ = 1 + β), so one program serves all.

use mizan_stats::lp::{Certificate, Columns};
use nalgebra::DMatrix;

pub use self::asker::Asker;
use self::facets::Facets;
use crate::technology::{Data, Returns};

mod asker;
mod facets;
mod hull;
mod run;
#[cfg(test)]
mod tests;

/// A change of production that is possible by itself, to any extent: another view of a restriction of weights.
///
/// The restriction Σ p·v + Σ q·u ≤ 0 of input weights v and output weights u is the trade-off with inputs −p and outputs
/// q (Podinovski 2004). `v₂ ≥ a·v₁` is inputs (−a, 1).
#[derive(Debug, Clone, PartialEq)]
pub struct TradeOff {
    /// Change of each input.
    pub inputs: Vec<f64>,
    /// Change of each output.
    pub outputs: Vec<f64>,
}

/// Why a point has no distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Unmeasured {
    /// The technology does not reach the point in this direction.
    #[error("no unit, and no mixture of units, can be compared with this one in this direction")]
    Infeasible,
    /// The point can move without end.
    #[error("the unit could improve without end in this direction")]
    Unbounded,
    /// The arithmetic could not prove an optimum.
    #[error("no optimum could be proved within the accuracy of the arithmetic")]
    Unproved,
    /// The direction is zero: there is nothing to measure.
    #[error("the direction is zero for this unit")]
    NoDirection,
}

/// Distance of a point, in the units of the data.
#[derive(Debug, Clone, PartialEq)]
pub struct Distance {
    /// β.
    pub step: f64,
    /// Units of the reference that the point is compared with, and their λ > 0.
    pub lambdas: Vec<(usize, f64)>,
    /// What each input could still fall by after the step.
    pub input_slacks: Vec<f64>,
    /// What each output could still rise by after the step.
    pub output_slacks: Vec<f64>,
    /// Price of each input: how β changes with one more unit of it.
    pub input_prices: Vec<f64>,
    /// Price of each output: how β falls with one more unit of it demanded.
    pub output_prices: Vec<f64>,
    /// Whether λ and slacks are proved to be the only ones.
    pub is_unique: bool,
    /// How exactly the step is proved (all zero in exact arithmetic), in scaled units.
    pub certificate: Certificate,
}

/// What is asked of a technology.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The point, inputs then outputs.
    pub point: &'a [f64],
    /// The direction, inputs then outputs, not negative.
    pub direction: &'a [f64],
    /// The row of the reference that is the point itself.
    pub own: Option<usize>,
    /// Whether that row is left out (super-efficiency).
    pub is_excluded: bool,
    /// Whether slacks are made as large as they can be after the step (second stage).
    pub with_slacks: bool,
}

impl Question<'_> {
    /// The row of the reference that is the point and may be its own peer.
    fn inside(&self) -> Option<usize> {
        self.own.filter(|_| !self.is_excluded)
    }
}

/// A technology, ready to be asked about many points.
#[derive(Debug, Clone)]
pub struct Technology {
    inputs: usize,
    returns: Returns,
    /// What each variable was divided by.
    scale: Vec<f64>,
    /// Inputs, outputs, 1 (unless returns are constant) of each reference unit, scaled.
    all: Columns,
    /// Those of them that can be peers; all questions but those of super-efficiency need no others.
    hull: Columns,
    /// Rows of the hull's columns in the reference.
    members: Vec<usize>,
    trade_offs: Vec<Vec<f64>>,
    facets: Facets,
}

/// Largest error that a proved optimum may have, in scaled units.
const PROVED: f64 = 1e-9;

impl Technology {
    /// A technology from reference units. For [`Returns::FreeDisposalHull`] see [`crate::radial`].
    pub fn new(reference: &Data, returns: Returns, trade_offs: &[TradeOff]) -> Technology {
        let mut technology = Technology::unpruned(reference, returns, trade_offs);
        technology.find_hull();
        technology
    }

    fn unpruned(reference: &Data, returns: Returns, trade_offs: &[TradeOff]) -> Technology {
        let scale: Vec<f64> = means(&reference.inputs).into_iter().chain(means(&reference.outputs)).collect();
        let rows = scale.len() + usize::from(returns != Returns::Constant);
        let mut all = Columns::new(rows);
        let mut column = vec![1.0; rows];
        for unit in 0..reference.units() {
            let numbers = reference.inputs.row(unit);
            let numbers =
                numbers.iter().copied().chain(reference.outputs.row(unit).iter().copied()).collect::<Vec<f64>>();
            for ((place, number), mean) in column.iter_mut().zip(numbers).zip(&scale) {
                *place = number / mean;
            }
            all.push(&column);
        }
        let trade_offs = trade_offs
            .iter()
            .map(|change| {
                let mut column: Vec<f64> = change
                    .inputs
                    .iter()
                    .chain(&change.outputs)
                    .zip(&scale)
                    .map(|(number, mean)| number / mean)
                    .collect();
                column.resize(rows, 0.0);
                // A trade-off is possible to any extent, so its length does not matter; lengths near one do to arithmetic.
                let largest = column.iter().fold(0.0_f64, |largest, number| largest.max(number.abs()));
                if largest > 0.0 {
                    column.iter_mut().for_each(|number| *number /= largest);
                }
                column
            })
            .collect();
        Technology {
            inputs: reference.inputs.ncols(),
            returns,
            scale,
            hull: all.clone(),
            members: (0..all.len()).collect(),
            facets: Facets::new(rows),
            all,
            trade_offs,
        }
    }

    /// Units of the reference that can be peers.
    pub fn members(&self) -> &[usize] {
        &self.members
    }

    /// Answers a question. For many questions see [`Technology::asker`].
    ///
    /// # Errors
    /// [`Unmeasured`].
    pub fn distance(&self, question: &Question<'_>) -> Result<Distance, Unmeasured> {
        self.asker().distance(question)
    }

    /// Numbers of a point or direction, each divided by the mean of its variable.
    fn scaled(&self, numbers: &[f64]) -> Vec<f64> {
        numbers.iter().zip(&self.scale).map(|(number, mean)| number / mean).collect()
    }

    /// The right-hand side of a point: its numbers, and 1 for Σλ where that has a row.
    fn whole(&self, point: &[f64]) -> Vec<f64> {
        let mut whole = Vec::with_capacity(self.all.rows());
        whole.extend_from_slice(point);
        whole.resize(self.all.rows(), 1.0);
        whole
    }

    /// The column of β: inputs fall, outputs rise.
    fn signed(&self, direction: &[f64]) -> Vec<f64> {
        let mut column = Vec::with_capacity(self.all.rows());
        column.extend(
            direction.iter().enumerate().map(|(row, number)| if row < self.inputs { *number } else { -number }),
        );
        column.resize(self.all.rows(), 0.0);
        column
    }
}

/// Mean of each column; 1 where it is 0.
fn means(table: &DMatrix<f64>) -> Vec<f64> {
    let mean = |column: nalgebra::DVectorView<'_, f64>| {
        column.iter().map(|number| number.abs()).sum::<f64>() / column.len() as f64
    };
    table.column_iter().map(|column| mean(column.as_view())).map(|mean| if mean > 0.0 { mean } else { 1.0 }).collect()
}
