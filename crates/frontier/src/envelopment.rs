//! The envelopment program: how far can a point move in a direction and stay possible?
//!
//! max β: Σλx + βg_x ≤ x_o, Σλy − βg_y ≥ y_o, λ ≥ 0, and Σλ as the returns to scale say. A radial score is the one
//! with the point's own inputs or outputs as direction (θ = 1 − β, φ = 1 + β), so one program serves all.

use mizan_stats::lp::{Certificate, Columns, Simplex, Stop};
use nalgebra::DMatrix;

use crate::technology::{Data, Returns};

mod hull;
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
            all,
            trade_offs,
        }
    }

    /// Units of the reference that can be peers.
    pub fn members(&self) -> &[usize] {
        &self.members
    }

    /// Answers a question.
    ///
    /// # Errors
    /// [`Unmeasured`].
    pub fn distance(&self, question: &Question<'_>) -> Result<Distance, Unmeasured> {
        let point: Vec<f64> = question.point.iter().zip(&self.scale).map(|(number, mean)| number / mean).collect();
        let direction: Vec<f64> =
            question.direction.iter().zip(&self.scale).map(|(number, mean)| number / mean).collect();
        if direction.iter().all(|number| *number == 0.0) {
            return Err(Unmeasured::NoDirection);
        }
        match self.solve(question, &point, &direction, false) {
            // What was not solved the quick way may be rounding; the slow way decides.
            Err(_) => self.solve(question, &point, &direction, true),
            solved => solved,
        }
    }

    /// β alone, for points inside of the technology: what bootstraps ask for by the million.
    ///
    /// # Errors
    /// [`Unmeasured`].
    pub fn step(&self, question: &Question<'_>) -> Result<f64, Unmeasured> {
        self.distance(question).map(|distance| distance.step)
    }

    fn solve(
        &self,
        question: &Question<'_>,
        point: &[f64],
        direction: &[f64],
        is_careful: bool,
    ) -> Result<Distance, Unmeasured> {
        let inside = question.own.filter(|_| !question.is_excluded);
        let excluded = question.own.filter(|_| question.is_excluded);
        // Left out, or in the program already as the column that it begins with.
        let skipped = question.own.and_then(|own| self.members.iter().position(|member| *member == own));
        let mut run = Run::start(self, point, direction, inside.is_some(), skipped);
        if is_careful {
            run.simplex.be_careful();
        }
        // Without a unit of the hull others come to the front, which only the whole reference knows.
        let entrants = skipped.and(excluded).map(|own| (&self.all, Some(own)));
        run.find_step(entrants)?;
        let certificate = run.certificate()?;
        let step = run.step();
        let prices = run.simplex.prices();
        if question.with_slacks {
            run.widen_slacks(step, entrants)?;
        }
        Ok(run.read(step, certificate, &prices, question.with_slacks, inside))
    }
}

/// Mean of each column; 1 where it is 0.
fn means(table: &DMatrix<f64>) -> Vec<f64> {
    let mean = |column: nalgebra::DVectorView<'_, f64>| {
        column.iter().map(|number| number.abs()).sum::<f64>() / column.len() as f64
    };
    table.column_iter().map(|column| mean(column.as_view())).map(|mean| if mean > 0.0 { mean } else { 1.0 }).collect()
}

/// One program while it is solved.
struct Run<'a> {
    technology: &'a Technology,
    simplex: Simplex<'a>,
    point: Vec<f64>,
    direction: Vec<f64>,
    /// First slack; one a variable follows, then the one of Σλ where it is an inequality.
    slacks: usize,
    forward: usize,
    backward: Option<usize>,
    own: usize,
    is_inside: bool,
    /// Own columns that stand for units of the reference: those that came to the front.
    entered: Vec<(usize, usize)>,
}

impl<'a> Run<'a> {
    /// λ = 1 for the point itself and β = 0: feasible where the point is a unit of the reference; elsewhere its λ is
    /// artificial, and goes first.
    fn start(
        technology: &'a Technology,
        point: &[f64],
        direction: &[f64],
        is_inside: bool,
        skipped: Option<usize>,
    ) -> Run<'a> {
        let (variables, rows) = (point.len(), technology.all.rows());
        let mut own = point.to_vec();
        own.resize(rows, 1.0);
        let mut simplex = Simplex::new(&technology.hull, &own);
        simplex.skip(skipped);
        let mut column = vec![0.0; rows];
        let mut signs = vec![1.0; rows];
        let slacks = technology.hull.len();
        let mut basis = Vec::with_capacity(rows);
        for row in 0..rows {
            let (sign, is_fixed) = if row < variables {
                (if row < technology.inputs { 1.0 } else { -1.0 }, false)
            } else {
                let sign = if technology.returns == Returns::Increasing { -1.0 } else { 1.0 };
                (sign, technology.returns == Returns::Variable)
            };
            column[row] = sign;
            signs[row] = sign;
            basis.push(simplex.add(&column, 0.0));
            column[row] = 0.0;
            if is_fixed {
                simplex.lock(basis[row]);
            }
        }
        for (row, number) in direction.iter().enumerate() {
            column[row] = if row < technology.inputs { *number } else { -number };
        }
        let forward = simplex.add(&column, if is_inside { -1.0 } else { 0.0 });
        column.iter_mut().for_each(|number| *number = -*number);
        let backward = (!is_inside).then(|| simplex.add(&column, 0.0));
        for change in &technology.trade_offs {
            simplex.add(change, 0.0);
        }
        let own_column = simplex.add(&own, if is_inside { 0.0 } else { 1.0 });
        simplex.start(basis, &signs);
        // The row of Σλ where there is one; else the one with the largest number, so that no slack becomes negative.
        let row = if rows > variables {
            variables
        } else {
            (0..rows).fold(0, |best, row| if own[row].abs() > own[best].abs() { row } else { best })
        };
        if own[row] != 0.0 {
            simplex.swap_in(own_column, row);
        }
        Run {
            technology,
            simplex,
            point: point.to_vec(),
            direction: direction.to_vec(),
            slacks,
            forward,
            backward,
            own: own_column,
            is_inside,
            entered: Vec::new(),
        }
    }

    fn find_step(&mut self, entrants: Option<(&Columns, Option<usize>)>) -> Result<(), Unmeasured> {
        if !self.is_inside {
            self.run(entrants)?;
            if self.simplex.value(self.own) > PROVED {
                return Err(Unmeasured::Infeasible);
            }
            self.simplex.set_cost(self.own, 0.0);
            self.simplex.lock(self.own);
            self.simplex.settle();
            self.simplex.set_cost(self.forward, -1.0);
            if let Some(backward) = self.backward {
                self.simplex.set_cost(backward, 1.0);
            }
        }
        self.run(entrants)
    }

    /// Optimises; then lets units of the whole reference enter as long as one would help.
    fn run(&mut self, entrants: Option<(&Columns, Option<usize>)>) -> Result<(), Unmeasured> {
        loop {
            self.simplex.run().map_err(|stop| match stop {
                Stop::Unbounded => Unmeasured::Unbounded,
                Stop::Stuck => Unmeasured::Unproved,
            })?;
            let Some((all, excluded)) = entrants else { return Ok(()) };
            let Some(unit) = hull::most_violated(all, &self.simplex.prices(), excluded) else { return Ok(()) };
            if self.entered.iter().any(|(_, known)| *known == unit) {
                return Ok(());
            }
            let mut column = vec![0.0; all.rows()];
            all.copy_into(unit, &mut column);
            self.entered.push((self.simplex.add(&column, 0.0), unit));
        }
    }

    fn certificate(&mut self) -> Result<Certificate, Unmeasured> {
        let certificate = self.simplex.certificate();
        if certificate.is_within(PROVED) {
            return Ok(certificate);
        }
        self.simplex.refresh().map_err(|_| Unmeasured::Unproved)?;
        let certificate = self.simplex.certificate();
        if certificate.is_within(PROVED) { Ok(certificate) } else { Err(Unmeasured::Unproved) }
    }

    fn step(&self) -> f64 {
        self.simplex.value(self.forward) - self.backward.map_or(0.0, |backward| self.simplex.value(backward))
    }

    /// Second stage: β stays, the sum of scaled slacks grows as far as it can.
    fn widen_slacks(&mut self, step: f64, entrants: Option<(&Columns, Option<usize>)>) -> Result<(), Unmeasured> {
        let inputs = self.technology.inputs;
        let mut bounds = self.point.clone();
        for (row, (bound, number)) in bounds.iter_mut().zip(&self.direction).enumerate() {
            *bound += if row < inputs { -step * number } else { step * number };
        }
        bounds.resize(self.technology.all.rows(), 1.0);
        for column in [Some(self.forward), self.backward].into_iter().flatten() {
            self.simplex.set_cost(column, 0.0);
            self.simplex.lock(column);
        }
        for variable in 0..self.point.len() {
            self.simplex.set_cost(self.slacks + variable, -1.0);
        }
        self.simplex.set_bounds(&bounds);
        self.run(entrants)
    }

    fn read(
        &self,
        step: f64,
        certificate: Certificate,
        prices: &[f64],
        with_slacks: bool,
        inside: Option<usize>,
    ) -> Distance {
        let technology = self.technology;
        let scale = &technology.scale;
        let hull = technology.hull.len();
        let mut lambdas: Vec<(usize, f64)> = Vec::new();
        let mut slacks = vec![0.0; scale.len()];
        for (column, value) in self.simplex.basics() {
            let entered = || self.entered.iter().find(|(own, _)| *own == column).map(|(_, unit)| *unit);
            let unit = match column {
                _ if column < hull => Some(technology.members[column]),
                _ if column == self.own => inside,
                _ => entered(),
            };
            if let Some(unit) = unit {
                // The point's own column stands beside the one of the hull.
                match lambdas.iter_mut().find(|(known, _)| *known == unit) {
                    Some((_, share)) => *share += value,
                    None => lambdas.push((unit, value)),
                }
            } else if (self.slacks..self.slacks + scale.len()).contains(&column) {
                slacks[column - self.slacks] = value.max(0.0) * scale[column - self.slacks];
            }
        }
        // What is below this share of the largest is rounding.
        let largest = lambdas.iter().fold(0.0_f64, |largest, (_, value)| largest.max(*value));
        lambdas.retain(|(_, value)| *value > 1e-10 * largest);
        lambdas.sort_by_key(|(unit, _)| *unit);
        let output_slacks = slacks.split_off(technology.inputs);
        // β is maximised, so the prices of −β are negative for inputs and positive for outputs.
        let mut own_prices: Vec<f64> =
            prices.iter().zip(scale).map(|(price, mean)| (price.abs() + 0.0) / mean).collect();
        let output_prices = own_prices.split_off(technology.inputs);
        Distance {
            step,
            lambdas,
            input_slacks: slacks,
            output_slacks,
            input_prices: own_prices,
            output_prices,
            is_unique: with_slacks && self.simplex.is_unique(),
            certificate,
        }
    }
}
