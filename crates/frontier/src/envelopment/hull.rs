//! Which units can be peers at all.
//!
//! A unit that a mixture of others beats in all its inputs is in no optimum, so most of a large reference can be left
//! out. Each unit is tried against the hull as known so far, which is small; only a unit that it does not beat costs a
//! scan of all. In the spirit of BuildHull (Dulá 2011; Koronakos, Dulá, Despotis 2024).

use std::collections::HashSet;

use mizan_stats::lp::Columns;
use rayon::prelude::*;

use super::{Run, Technology};

/// Units that are tried at a time against the same hull. Fixed, so that the hull is the same on any number of cores.
const BATCH: usize = 512;
/// Up to so many units all are looked at.
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
        // For few units looking at all is as quick as finding out which to look at.
        if self.all.len() <= FEW {
            return;
        }
        let rows = self.all.rows();
        let order = self.by_promise();
        let trade_offs = std::mem::take(&mut self.trade_offs);
        self.hull = Columns::new(rows);
        self.members.clear();
        let mut known: HashSet<Vec<u64>> = HashSet::new();
        let mut is_member = vec![false; self.all.len()];
        let mut column = vec![0.0; rows];
        for batch in order.chunks(BATCH) {
            let undecided: Vec<usize> =
                batch.par_iter().copied().filter(|unit| !is_member[*unit] && !self.is_inside(*unit)).collect();
            for unit in undecided {
                // Units that entered meanwhile may have settled it.
                while !is_member[unit] {
                    let Some(entrant) = self.entrant(unit) else { break };
                    is_member[entrant] = true;
                    self.all.copy_into(entrant, &mut column);
                    if known.insert(column.iter().map(|number| number.to_bits()).collect()) {
                        self.hull.push(&column);
                        self.members.push(entrant);
                    }
                }
            }
        }
        self.trade_offs = trade_offs;
        self.sort_members();
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

    fn is_inside(&self, unit: usize) -> bool {
        let (point, direction) = self.tried(unit);
        if direction.iter().all(|number| *number == 0.0) {
            return false;
        }
        let mut run = Run::start(self, &point, &direction, true, None);
        run.find_step(None).is_ok() && run.step() > INSIDE
    }

    /// A unit that has to join the hull before `unit` is settled: the one that its prices value most, or the unit
    /// itself; nothing if it is inside.
    fn entrant(&self, unit: usize) -> Option<usize> {
        let (point, direction) = self.tried(unit);
        if direction.iter().all(|number| *number == 0.0) {
            return Some(unit);
        }
        let mut run = Run::start(self, &point, &direction, true, None);
        if run.find_step(None).is_err() {
            return Some(unit);
        }
        if run.step() > INSIDE {
            return None;
        }
        let entrant = most_violated(&self.all, &run.simplex.prices(), None);
        // A unit of the hull is violated by rounding only.
        Some(entrant.filter(|entrant| !self.members.contains(entrant)).unwrap_or(unit))
    }

    /// In the order of the reference, so that the path by which they were found leaves no trace.
    fn sort_members(&mut self) {
        self.members.sort_unstable();
        let mut column = vec![0.0; self.all.rows()];
        self.hull.clear();
        for member in &self.members {
            self.all.copy_into(*member, &mut column);
            self.hull.push(&column);
        }
    }
}
