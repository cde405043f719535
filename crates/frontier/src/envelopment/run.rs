//! One program while it is solved.

use mizan_stats::lp::{Certificate, Columns, Simplex, Stop};

use super::facets::{Facet, Facets};
use super::{Distance, PROVED, Question, Technology, Unmeasured, hull};
use crate::technology::Returns;

/// One program while it is solved.
pub(super) struct Run<'a> {
    technology: &'a Technology,
    pub(super) simplex: Simplex<'a>,
    point: Vec<f64>,
    direction: Vec<f64>,
    /// First slack; one a variable follows, then the one of Σλ where it is an inequality.
    slacks: usize,
    forward: usize,
    backward: Option<usize>,
    /// The point's own column, where the program began with it.
    own: Option<usize>,
    is_inside: bool,
    is_aimed: bool,
    /// The right-hand side, and the column of β, of the point that is aimed at.
    bounds: Vec<f64>,
    signed: Vec<f64>,
    /// Own columns that stand for units of the reference: those that came to the front.
    entered: Vec<(usize, usize)>,
}

impl<'a> Run<'a> {
    /// λ = 1 for the point itself and β = 0: feasible where the point is a unit of the reference; elsewhere its λ is
    /// artificial, and goes first.
    pub(super) fn start(
        technology: &'a Technology,
        point: &[f64],
        direction: &[f64],
        is_inside: bool,
        skipped: Option<usize>,
    ) -> Run<'a> {
        let (variables, rows) = (point.len(), technology.all.rows());
        let own = technology.whole(point);
        let (mut run, signs) = Run::bare(technology, point, direction, &own, !is_inside, skipped);
        run.is_inside = is_inside;
        run.simplex.set_cost(run.forward, if is_inside { -1.0 } else { 0.0 });
        let own_column = run.simplex.add(&own, if is_inside { 0.0 } else { 1.0 });
        run.own = Some(own_column);
        run.simplex.start((run.slacks..run.slacks + rows).collect(), &signs);
        // The row of Σλ where there is one; else the one with the largest number, so that no slack becomes negative.
        let row = if rows > variables {
            variables
        } else {
            (0..rows).fold(0, |best, row| if own[row].abs() > own[best].abs() { row } else { best })
        };
        if own[row] != 0.0 {
            run.simplex.swap_in(own_column, row);
        }
        run
    }

    /// A program that waits for a point to aim at; it can serve many, one after another.
    pub(super) fn idle(technology: &'a Technology) -> Run<'a> {
        let zeros = vec![0.0; technology.scale.len()];
        let bounds = technology.whole(&zeros);
        let (mut run, _) = Run::bare(technology, &zeros, &zeros, &bounds, false, None);
        run.is_aimed = true;
        run
    }

    /// Turns to a point, from a part of the frontier that another one was compared with: its prices are right here too, so
    /// only the values have to be found. False if no known part of the frontier faces the direction.
    pub(super) fn aim(&mut self, facets: &Facets, point: &[f64], direction: &[f64], skipped: Option<usize>) -> bool {
        let technology = self.technology;
        let variables = point.len();
        self.point.copy_from_slice(point);
        self.direction.copy_from_slice(direction);
        self.bounds[..variables].copy_from_slice(point);
        for (row, (signed, number)) in self.signed.iter_mut().zip(direction).enumerate() {
            *signed = if row < technology.inputs { *number } else { -number };
        }
        let Some(facet) = facets.nearest(&self.bounds, &self.signed) else { return false };
        // What an earlier point left behind.
        self.entered.clear();
        self.simplex.truncate(self.forward + 1 + technology.trade_offs.len());
        for slack in self.slacks..self.slacks + variables {
            self.simplex.set_cost(slack, 0.0);
        }
        self.simplex.set_cost(self.forward, -1.0);
        self.simplex.free(self.forward);
        self.simplex.set_column(self.forward, &self.signed);
        self.simplex.skip(skipped);
        self.simplex.resume(&self.bounds, facet, self.forward).is_ok()
    }

    /// The program without a start, and the signs of its slacks. β is one column, or two of opposite signs.
    fn bare(
        technology: &'a Technology,
        point: &[f64],
        direction: &[f64],
        bounds: &[f64],
        is_two_sided: bool,
        skipped: Option<usize>,
    ) -> (Run<'a>, Vec<f64>) {
        let (variables, rows) = (point.len(), technology.all.rows());
        let mut simplex = Simplex::new(&technology.hull, bounds);
        simplex.skip(skipped);
        let mut column = vec![0.0; rows];
        let mut signs = vec![1.0; rows];
        let slacks = technology.hull.len();
        for row in 0..rows {
            let (sign, is_fixed) = if row < variables {
                (if row < technology.inputs { 1.0 } else { -1.0 }, false)
            } else {
                let sign = if technology.returns == Returns::Increasing { -1.0 } else { 1.0 };
                (sign, technology.returns == Returns::Variable)
            };
            column[row] = sign;
            signs[row] = sign;
            let slack = simplex.add(&column, 0.0);
            column[row] = 0.0;
            if is_fixed {
                simplex.lock(slack);
            }
        }
        column = technology.signed(direction);
        let forward = simplex.add(&column, -1.0);
        column.iter_mut().for_each(|number| *number = -*number);
        let backward = is_two_sided.then(|| simplex.add(&column, 0.0));
        for change in &technology.trade_offs {
            simplex.add(change, 0.0);
        }
        let run = Run {
            technology,
            simplex,
            point: point.to_vec(),
            direction: direction.to_vec(),
            slacks,
            forward,
            backward,
            own: None,
            is_inside: false,
            is_aimed: false,
            bounds: bounds.to_vec(),
            signed: technology.signed(direction),
            entered: Vec::new(),
        };
        (run, signs)
    }

    pub(super) fn technology(&self) -> &'a Technology {
        self.technology
    }

    /// The part of the frontier that was found, as programs of other points can go on from it, with the point's own column,
    /// if it is there, as the column of the hull at `place`.
    pub(super) fn facet(&self, place: Option<usize>) -> Option<Facet> {
        let basis = self.simplex.basis();
        let basis = match self.own {
            Some(own) => basis.with(own, place)?,
            None => basis,
        };
        Facet::new(basis, self.forward)
    }

    pub(super) fn find_step(&mut self, entrants: Option<(&Columns, Option<usize>)>) -> Result<(), Unmeasured> {
        if self.is_aimed {
            self.simplex.run_dual().map_err(why)?;
            // Its values are right now; units that only the whole reference knows may still help.
            return if entrants.is_some() { self.run(entrants) } else { Ok(()) };
        }
        if let Some(own) = self.own.filter(|_| !self.is_inside) {
            self.run(entrants)?;
            if self.simplex.value(own) > PROVED {
                return Err(Unmeasured::Infeasible);
            }
            self.simplex.set_cost(own, 0.0);
            self.simplex.lock(own);
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
            self.simplex.run().map_err(why)?;
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

    pub(super) fn certificate(&mut self) -> Result<Certificate, Unmeasured> {
        let certificate = self.simplex.certificate();
        if certificate.is_within(PROVED) {
            return Ok(certificate);
        }
        self.simplex.refresh().map_err(|_| Unmeasured::Unproved)?;
        let certificate = self.simplex.certificate();
        if certificate.is_within(PROVED) { Ok(certificate) } else { Err(Unmeasured::Unproved) }
    }

    pub(super) fn step(&self) -> f64 {
        self.simplex.value(self.forward) - self.backward.map_or(0.0, |backward| self.simplex.value(backward))
    }

    /// Second stage: β stays, the sum of scaled slacks grows as far as it can.
    pub(super) fn widen_slacks(
        &mut self,
        step: f64,
        entrants: Option<(&Columns, Option<usize>)>,
    ) -> Result<(), Unmeasured> {
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

    pub(super) fn read(
        &self,
        step: f64,
        certificate: Certificate,
        prices: &[f64],
        question: &Question<'_>,
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
                _ if Some(column) == self.own => question.inside(),
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
            is_unique: question.with_slacks && self.simplex.is_unique(),
            certificate,
        }
    }
}

fn why(stop: Stop) -> Unmeasured {
    match stop {
        Stop::Unbounded => Unmeasured::Unbounded,
        Stop::Infeasible => Unmeasured::Infeasible,
        Stop::Stuck => Unmeasured::Unproved,
    }
}
