//! Radial and directional efficiency: how much less input would do, how much more output would be possible?
//!
//! Farrell (1957); Charnes, Cooper, Rhodes (1978); Banker, Charnes, Cooper (1984); Chambers, Chung, Färe (1996) for
//! directions; Banker and Morey (1986) for variables that a unit cannot change; Andersen and Petersen (1993) for
//! super-efficiency.

use rayon::prelude::*;

use crate::envelopment::{Asker, Distance, Question, Technology, TradeOff, Unmeasured};
use crate::nonradial::{Refused, Side};
use crate::orientation::Orientation;
use crate::technology::{Data, Returns};

mod hull_of_units;
mod scale;
#[cfg(test)]
mod tests;

pub use self::scale::{Scale, ScaleReturns, scale};

/// Where a unit is to move.
#[derive(Debug, Clone, PartialEq)]
pub enum Towards {
    /// Along its own inputs or outputs; the score is Farrell's θ or φ.
    Radial(Orientation),
    /// Along its own inputs and outputs together; the score is β.
    Proportional,
    /// Along the same direction for all, in the units of the data; the score is β.
    Fixed {
        /// Fall of each input for β = 1.
        inputs: Vec<f64>,
        /// Rise of each output for β = 1.
        outputs: Vec<f64>,
    },
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Returns to scale.
    pub returns: Returns,
    /// Direction.
    pub towards: Towards,
    /// Columns of inputs that a unit cannot change: they are compared, and do not move.
    pub fixed_inputs: Vec<usize>,
    /// Columns of outputs that a unit cannot change.
    pub fixed_outputs: Vec<usize>,
    /// Restrictions of weights.
    pub trade_offs: Vec<TradeOff>,
    /// Whether a unit is left out of the reference of its own program (super-efficiency).
    pub is_super: bool,
    /// Whether slacks are made as large as they can be (second stage).
    pub with_slacks: bool,
}

impl Model {
    /// A radial model without restrictions, with slacks.
    pub fn radial(returns: Returns, orientation: Orientation) -> Model {
        Model {
            returns,
            towards: Towards::Radial(orientation),
            fixed_inputs: Vec::new(),
            fixed_outputs: Vec::new(),
            trade_offs: Vec::new(),
            is_super: false,
            with_slacks: true,
        }
    }

    /// The score that belongs to a step β.
    pub fn score(&self, step: f64) -> f64 {
        match self.towards {
            Towards::Radial(Orientation::Input) => 1.0 - step,
            Towards::Radial(Orientation::Output) => 1.0 + step,
            Towards::Proportional | Towards::Fixed { .. } => step,
        }
    }

    fn check(&self, data: &Data) -> Result<(), Refused> {
        let (m, s) = (data.inputs.ncols(), data.outputs.ncols());
        if let Towards::Fixed { inputs, outputs } = &self.towards {
            for (side, numbers, count) in [(Side::Input, inputs, m), (Side::Output, outputs, s)] {
                if numbers.len() != count {
                    return Err(Refused::Shape(side));
                }
                if let Some(variable) = numbers.iter().position(|number| !number.is_finite() || *number < 0.0) {
                    return Err(Refused::Weight { side, variable });
                }
            }
        }
        if self.fixed_inputs.iter().any(|column| *column >= m) {
            return Err(Refused::Shape(Side::Input));
        }
        if self.fixed_outputs.iter().any(|column| *column >= s) {
            return Err(Refused::Shape(Side::Output));
        }
        if self.returns == Returns::FreeDisposalHull && !self.trade_offs.is_empty() {
            return Err(Refused::Returns(self.returns));
        }
        for change in &self.trade_offs {
            if change.inputs.len() != m {
                return Err(Refused::Shape(Side::Input));
            }
            if change.outputs.len() != s {
                return Err(Refused::Shape(Side::Output));
            }
        }
        Ok(())
    }

    fn direction(&self, point: &[f64], inputs: usize) -> Vec<f64> {
        let mut direction = match &self.towards {
            Towards::Radial(Orientation::Input) => point[..inputs].to_vec(),
            Towards::Radial(Orientation::Output) => vec![0.0; inputs],
            Towards::Proportional => point.to_vec(),
            Towards::Fixed { inputs, outputs } => inputs.iter().chain(outputs).copied().collect(),
        };
        if self.towards == Towards::Radial(Orientation::Output) {
            direction.extend_from_slice(&point[inputs..]);
        }
        direction.resize(point.len(), 0.0);
        self.fixed_inputs.iter().for_each(|column| direction[*column] = 0.0);
        self.fixed_outputs.iter().for_each(|column| direction[inputs + column] = 0.0);
        direction
    }
}

/// A unit's score with its proof.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// θ, φ or β, as the model says.
    pub score: f64,
    /// Inputs that the unit is shown to need: x − βg − slack.
    pub input_targets: Vec<f64>,
    /// Outputs that it is shown to be able to: y + βg + slack.
    pub output_targets: Vec<f64>,
    /// Peers, slacks, prices, certificate.
    pub distance: Distance,
}

/// Scores each unit of `data` against all of them.
///
/// # Errors
/// [`Refused`] where the model does not fit the data.
pub fn scores(data: &Data, model: &Model) -> Result<Vec<Result<Scored, Unmeasured>>, Refused> {
    score_all(data, data, model, true)
}

/// Scores each unit of `points` against the units of `reference`, of which it is none: another year, another group.
///
/// # Errors
/// [`Refused`] where the model does not fit the data.
pub fn scores_against(
    reference: &Data,
    points: &Data,
    model: &Model,
) -> Result<Vec<Result<Scored, Unmeasured>>, Refused> {
    if reference.inputs.ncols() != points.inputs.ncols() {
        return Err(Refused::Shape(Side::Input));
    }
    if reference.outputs.ncols() != points.outputs.ncols() {
        return Err(Refused::Shape(Side::Output));
    }
    score_all(reference, points, model, false)
}

fn score_all(
    reference: &Data,
    points: &Data,
    model: &Model,
    is_own: bool,
) -> Result<Vec<Result<Scored, Unmeasured>>, Refused> {
    let technology = prepare(reference, model, Learn::Before)?;
    let inputs = points.inputs.ncols();
    let answer = |asker: &mut Option<Asker<'_>>, unit: usize| -> Result<Scored, Unmeasured> {
        let point = points.point(unit);
        let direction = model.direction(&point, inputs);
        let question = Question {
            point: &point,
            direction: &direction,
            own: is_own.then_some(unit),
            is_excluded: model.is_super,
            with_slacks: model.with_slacks,
        };
        let distance = match asker {
            Some(asker) => asker.distance(&question)?,
            None => hull_of_units::distance(reference, &question)?,
        };
        let moved = |row: usize, sign: f64, slack: f64| point[row] + sign * (distance.step * direction[row] + slack);
        Ok(Scored {
            score: model.score(distance.step),
            input_targets: distance
                .input_slacks
                .iter()
                .enumerate()
                .map(|(row, slack)| moved(row, -1.0, *slack))
                .collect(),
            output_targets: distance
                .output_slacks
                .iter()
                .enumerate()
                .map(|(row, slack)| moved(inputs + row, 1.0, *slack))
                .collect(),
            distance,
        })
    };
    let asker = || technology.as_ref().map(Technology::asker);
    Ok((0..points.units()).into_par_iter().map_init(asker, answer).collect())
}

/// The technology of a model, with the parts of its frontier that matter to it; none for the free disposal hull.
fn prepare(reference: &Data, model: &Model, learn: Learn) -> Result<Option<Technology>, Refused> {
    model.check(reference)?;
    reference.check_spread()?;
    if model.returns == Returns::FreeDisposalHull {
        return Ok(None);
    }
    let mut technology = Technology::new(reference, model.returns, &model.trade_offs);
    let aim = |unit: usize| {
        let point = reference.point(unit);
        let direction = model.direction(&point, reference.inputs.ncols());
        (point, direction)
    };
    match learn {
        Learn::Before => technology.learn(reference.units(), aim),
        Learn::OnTheWay => technology.learn_some(1, reference.units(), aim),
    }
    Ok(Some(technology))
}

/// When the parts of the frontier are learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Learn {
    /// From a sample, so that each answer is the same whatever was asked before.
    Before,
    /// From each answer.
    OnTheWay,
}

/// Farrell scores of units against a reference, NaN where there is none: what a bootstrap draws again and again.
pub fn farrell(reference: &Data, points: &Data, returns: Returns, orientation: Orientation) -> Vec<f64> {
    let model = Model { with_slacks: false, ..Model::radial(returns, orientation) };
    let inputs = points.inputs.ncols();
    let Ok(technology) = prepare(reference, &model, Learn::OnTheWay) else { return vec![f64::NAN; points.units()] };
    let mut asker = technology.as_ref().map(Technology::learning_asker);
    let step = |unit: usize| {
        let point = points.point(unit);
        let direction = model.direction(&point, inputs);
        let question =
            Question { point: &point, direction: &direction, own: None, is_excluded: false, with_slacks: false };
        let step = match &mut asker {
            Some(asker) => asker.step(&question),
            None => hull_of_units::distance(reference, &question).map(|distance| distance.step),
        };
        step.map_or(f64::NAN, |step| model.score(step))
    };
    (0..points.units()).map(step).collect()
}
