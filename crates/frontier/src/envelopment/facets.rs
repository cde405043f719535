//! Parts of the frontier that are known already.
//!
//! Points that are compared with the same peers lie behind the same facet, and points near to each other behind facets
//! near to each other. The prices of a facet are right for every point: each gives a bound of its distance, and the
//! facet with the least bound is its own or a near one. So the programs of many points need few pivots each.

use std::collections::HashSet;

use mizan_stats::lp::{Basis, Columns};

use super::Technology;
use super::run::Run;

/// Points whose facets are looked up before the others are asked about: one of so many,
const ONE_OF: usize = 4;
/// but no more than so many, as each is looked at by each point.
const MOST: usize = 256;

/// Least product of a direction with prices whose largest is one: a facet that hardly faces the direction would make the
/// arithmetic inexact.
const FACING: f64 = 1e-6;
/// A unit lies beyond a facet if the prices value it at less than this.
const BEYOND: f64 = -1e-11;

/// Facets with their prices: each unit of the hull is worth zero or more at them.
#[derive(Debug, Clone)]
pub(super) struct Facets {
    bases: Vec<Basis>,
    /// One column a facet, the largest number one.
    prices: Columns,
    known: HashSet<Vec<usize>>,
}

impl Facets {
    pub(super) fn new(rows: usize) -> Facets {
        Facets { bases: Vec::new(), prices: Columns::new(rows), known: HashSet::new() }
    }

    pub(super) fn has_room(&self) -> bool {
        self.bases.len() < MOST
    }

    /// Adds a facet, unless a unit of the hull lies beyond it: one that entered after it was found.
    pub(super) fn add_if_right(&mut self, facet: Facet, hull: &Columns) {
        let turned: Vec<f64> = facet.prices.iter().map(|price| -price).collect();
        if hull.largest_product(&turned, -BEYOND, None).is_none() {
            self.add(facet);
        }
    }

    /// Adds a facet of the whole hull.
    pub(super) fn add(&mut self, Facet { basis, prices }: Facet) {
        if self.has_room() && self.known.insert(basis.key()) {
            self.prices.push(&prices);
            self.bases.push(basis);
        }
    }

    /// Forgets the facets that a new unit of the hull lies beyond.
    pub(super) fn admit(&mut self, unit: &[f64]) {
        let mut stays = vec![true; self.bases.len()];
        self.prices.for_each_product(unit, |facet, worth| stays[facet] = worth >= BEYOND);
        if stays.iter().all(|stays| *stays) {
            return;
        }
        let rows = self.prices.rows();
        let prices = std::mem::replace(&mut self.prices, Columns::new(rows));
        let mut column = vec![0.0; rows];
        for facet in (0..stays.len()).filter(|facet| stays[*facet]) {
            prices.copy_into(facet, &mut column);
            self.prices.push(&column);
        }
        let mut stays = stays.into_iter();
        self.bases.retain(|_| stays.next().unwrap_or(false));
    }

    /// Follows the hull into another order: `places` has the new place of each unit of it.
    pub(super) fn renumber(&mut self, places: &[usize]) {
        self.bases.iter_mut().for_each(|basis| basis.renumber(places));
    }

    /// The facet that bounds the distance of a point most, among those that face the direction (both with one number a
    /// row of the program).
    pub(super) fn nearest(&self, point: &[f64], direction: &[f64]) -> Option<&Basis> {
        let nearest = self.prices.smallest_quotient(point, direction, FACING, None)?;
        self.bases.get(nearest.at)
    }
}

/// A part of the frontier.
#[derive(Debug, Clone)]
pub(super) struct Facet {
    basis: Basis,
    prices: Vec<f64>,
}

impl Facet {
    /// From the basis of a solved program and its column of β.
    pub(super) fn new(basis: Basis, forward: usize) -> Option<Facet> {
        let prices = basis.row_of(forward)?;
        let largest = prices.iter().fold(0.0_f64, |most, price| most.max(price.abs()));
        let prices = prices.iter().map(|price| price / largest).collect();
        Some(Facet { basis, prices })
    }
}

impl Technology {
    /// Learns the facets that a sample of points lie behind. Which ones depends on the points and their order alone, so
    /// that later answers are the same on any number of cores.
    ///
    /// `points` gives the numbers and the direction of each of `count` units of the reference.
    pub fn learn(&mut self, count: usize, points: impl Fn(usize) -> (Vec<f64>, Vec<f64>)) {
        self.learn_some((count / ONE_OF).clamp(1, MOST), count, points);
    }

    /// The same with `wanted` points.
    pub(crate) fn learn_some(&mut self, wanted: usize, count: usize, points: impl Fn(usize) -> (Vec<f64>, Vec<f64>)) {
        for sample in 0..wanted {
            if !self.facets.has_room() {
                return;
            }
            let unit = sample * count / wanted;
            let (point, direction) = points(unit);
            let (point, direction) = (self.scaled(&point), self.scaled(&direction));
            if let Some(facet) = self.facet_of(unit, &point, &direction) {
                self.facets.add(facet);
            }
        }
    }

    fn facet_of(&self, unit: usize, point: &[f64], direction: &[f64]) -> Option<Facet> {
        if direction.iter().all(|number| *number == 0.0) {
            return None;
        }
        let mut run = Run::idle(self);
        if run.aim(&self.facets, point, direction, None) && run.find_step(None).is_ok() && run.certificate().is_ok() {
            return run.facet(None);
        }
        let place = self.members.binary_search(&unit).ok();
        let mut run = Run::start(self, point, direction, true, place);
        run.find_step(None).ok()?;
        run.certificate().ok()?;
        run.facet(place)
    }
}
