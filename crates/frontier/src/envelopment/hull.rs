//! Which units can be peers at all.
//!
//! A unit that a mixture of others beats in all its inputs is in no optimum, so most of a large reference can be left
//! out. Each unit is tried against the hull as known so far, which is small; only a unit that it does not beat costs a
//! scan of all. In the spirit of BuildHull (Dulá 2011; Koronakos, Dulá, Despotis 2024).

use mizan_stats::lp::Columns;
use rayon::prelude::*;

use super::Technology;
use super::facets::{Facet, Facets};
use super::run::Run;

/// Units that are tried at a time against the same hull, in the end; the first ones are tried by fewer, as they make the
/// hull. Fixed, so that the hull is the same on any number of cores.
const BATCH: usize = 512;
/// Fewer units than this are tried by one core.
const ALONE: usize = 128;
/// Of up to so many units all are looked at that no other single one beats.
const FEW: usize = 256;
/// A unit that could save more than this share of its inputs is inside.
const INSIDE: f64 = 1e-9;
/// A column is violated if its price lies above this, beside the largest price of a row.
const VIOLATED: f64 = 1e-11;

/// The unit that a price system values most above what it costs.
pub(super) fn most_violated(all: &Columns, prices: &[f64], excluded: Option<usize>) -> Option<usize> {
    let least = VIOLATED * prices.iter().fold(1.0_f64, |most, price| most.max(price.abs()));
    all.largest_product(prices, least, excluded).map(|(unit, _)| unit)
}

impl Technology {
    /// Leaves only units that can be peers in `hull` and `members`.
    pub(super) fn find_hull(&mut self) {
        let order = self.by_promise();
        let mut hull = Growing { column: vec![0.0; self.all.rows()], ..Growing::new(self.scale.len()) };
        self.hull = Columns::new(self.all.rows());
        self.members.clear();
        // For few units that is as quick as finding out which mixtures beat them.
        if self.all.len() <= FEW {
            for unit in order {
                if !hull.beats(self, unit) {
                    hull.add(self, unit);
                }
            }
        } else {
            let trade_offs = std::mem::take(&mut self.trade_offs);
            let (mut rest, mut size) = (order.as_slice(), 8);
            while !rest.is_empty() {
                let (batch, later) = rest.split_at(size.min(rest.len()));
                (rest, size) = (later, (2 * size).min(BATCH));
                self.try_batch(batch, &mut hull);
            }
            if !trade_offs.is_empty() {
                // Facets were found without them.
                self.facets = Facets::new(self.all.rows());
            }
            self.trade_offs = trade_offs;
        }
        self.sort_members();
    }

    fn try_batch(&mut self, batch: &[usize], hull: &mut Growing) {
        let verdicts = self.judge(batch, hull);
        for (unit, verdict) in verdicts {
            if let Verdict::Inside(facet) = verdict {
                facet.into_iter().for_each(|facet| self.facets.add_if_right(facet, &self.hull));
                continue;
            }
            // Units that entered meanwhile may have settled it.
            while !hull.beats(self, unit) {
                let Verdict::Beyond(prices) = self.verdict(&mut Run::idle(self), unit, false) else { break };
                let entrant = prices.and_then(|prices| most_violated(&self.all, &prices, None));
                // A unit of the hull is violated by rounding only.
                let entrant = entrant.filter(|entrant| !self.members.contains(entrant)).unwrap_or(unit);
                hull.add(self, entrant);
            }
        }
    }

    /// Verdicts on the units of a batch that no member beats.
    fn judge(&self, batch: &[usize], hull: &Growing) -> Vec<(usize, Verdict)> {
        let has_room = self.facets.has_room();
        // A few units are judged before other cores would have woken up.
        if batch.len() < ALONE {
            let mut run = Run::idle(self);
            let open = batch.iter().filter(|unit| !hull.beats(self, **unit));
            return open.map(|unit| (*unit, self.verdict(&mut run, *unit, has_room))).collect();
        }
        let open = batch.par_iter().filter(|unit| !hull.beats(self, **unit));
        open.map_init(|| Run::idle(self), |run, unit| (*unit, self.verdict(run, *unit, has_room))).collect()
    }

    /// Units that use little for much first: they are on the frontier more often, and decide about the rest.
    fn by_promise(&self) -> Vec<usize> {
        let rows = self.scale.len();
        let mut column = vec![0.0; self.all.rows()];
        let promise: Vec<f64> = (0..self.all.len())
            .map(|unit| {
                self.all.copy_into(unit, &mut column);
                column[self.inputs..rows].iter().sum::<f64>() / column[..self.inputs].iter().sum::<f64>()
            })
            .collect();
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        order.sort_by(|a, b| promise[*b].total_cmp(&promise[*a]));
        order
    }

    /// The direction in which a unit is tried: its inputs, or its outputs if it has no input.
    fn own_direction(&self, point: &[f64]) -> Vec<f64> {
        let variables = self.scale.len();
        let is_input = point[..self.inputs].iter().any(|number| *number > 0.0);
        (0..variables).map(|row| if (row < self.inputs) == is_input { point[row] } else { 0.0 }).collect()
    }

    fn tried(&self, unit: usize) -> (Vec<f64>, Vec<f64>) {
        let mut point = vec![0.0; self.all.rows()];
        self.all.copy_into(unit, &mut point);
        point.truncate(self.scale.len());
        let direction = self.own_direction(&point);
        (point, direction)
    }

    fn less_is_better(&self, unit: usize, column: &mut [f64]) {
        self.all.copy_into(unit, column);
        column[self.inputs..].iter_mut().for_each(|number| *number = -*number);
    }

    fn verdict<'a>(&'a self, run: &mut Run<'a>, unit: usize, with_facet: bool) -> Verdict {
        let (point, direction) = self.tried(unit);
        if direction.iter().all(|number| *number == 0.0) {
            return Verdict::Beyond(None);
        }
        if run.aim(&self.facets, &point, &direction, None) {
            match run.find_step(None) {
                Ok(()) if run.step() > INSIDE => {
                    return Verdict::Inside(if with_facet { run.facet(None) } else { None });
                }
                Ok(()) => return Verdict::Beyond(Some(run.simplex.prices())),
                Err(_) => {}
            }
        }
        // The unit itself is a start that is always there.
        let mut run = Run::start(self, &point, &direction, true, None);
        if run.find_step(None).is_err() {
            return Verdict::Beyond(None);
        }
        if run.step() <= INSIDE {
            return Verdict::Beyond(Some(run.simplex.prices()));
        }
        Verdict::Inside(if with_facet { run.facet(None) } else { None })
    }

    /// In the order of the reference, so that the path by which they were found leaves no trace.
    fn sort_members(&mut self) {
        let found = std::mem::take(&mut self.members);
        self.members.clone_from(&found);
        self.members.sort_unstable();
        let places: Vec<usize> =
            found.iter().map(|member| self.members.partition_point(|other| other < member)).collect();
        self.facets.renumber(&places);
        let mut column = vec![0.0; self.all.rows()];
        self.hull.truncate(0);
        for member in &self.members {
            self.all.copy_into(*member, &mut column);
            self.hull.push(&column);
        }
    }
}

/// What the hull as known so far says of a unit.
enum Verdict {
    /// It beats it; and the facet that the unit lies behind, where it was wanted.
    Inside(Option<Facet>),
    /// It does not; and the prices that show it, if there are any.
    Beyond(Option<Vec<f64>>),
}

/// The hull while it grows.
struct Growing {
    /// Inputs and, with the sign turned, outputs of the members: less is better in every row.
    members: Columns,
    column: Vec<f64>,
}

impl Growing {
    fn new(variables: usize) -> Growing {
        Growing { members: Columns::new(variables), column: Vec::new() }
    }

    /// Whether a member needs no more and makes no less than a unit: the unit itself, one like it, or a better one.
    fn beats(&self, technology: &Technology, unit: usize) -> bool {
        let mut limits = self.column.clone();
        technology.less_is_better(unit, &mut limits);
        self.members.any_within(&limits)
    }

    fn add(&mut self, technology: &mut Technology, unit: usize) {
        technology.all.copy_into(unit, &mut self.column);
        technology.hull.push(&self.column);
        technology.members.push(unit);
        technology.facets.admit(&self.column);
        technology.less_is_better(unit, &mut self.column);
        self.members.push(&self.column[..technology.scale.len()]);
    }
}
