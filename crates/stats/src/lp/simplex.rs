//! The revised simplex method with an explicit inverse, for programs of few rows and many columns.
//!
//! Dantzig (1963), *Linear Programming and Extensions*; Bland (1977) against cycling. The caller gives a feasible start;
//! [`super::Program`] finds one for any program.

use nalgebra::DMatrix;

use super::Columns;

mod certificate;
mod dual;

pub use self::certificate::Certificate;
pub use self::dual::Basis;

/// A column may enter if its reduced cost lies below this, beside the largest price where that lies above one: what is
/// less may be rounding.
const ENTER: f64 = 1e-11;
/// Smallest number that may become a pivot.
const PIVOT: f64 = 1e-9;
/// Smallest pivot by which a locked column leaves: its value is only nearly zero, and a small pivot would enlarge it.
const LEAVE: f64 = 1e-7;
/// Pivots between two fresh factorisations of the basis.
const REFRESH: usize = 20;
/// Pivots without progress after which the rule of Bland takes over.
const STALLED: usize = 50;

/// Why no optimum was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The objective falls without end.
    Unbounded,
    /// The rows contradict each other; only the dual method finds that.
    Infeasible,
    /// The basis became singular, or too many pivots were needed.
    Stuck,
}

/// Minimises costs over `columns · z = bounds, z ≥ 0`.
///
/// Columns of `shared` cost nothing (many programs read the same ones at once); further columns, numbered after them,
/// are the program's own and may have a cost.
#[derive(Debug, Clone)]
pub struct Simplex<'shared> {
    shared: &'shared Columns,
    skipped: Option<usize>,
    own: Columns,
    costs: Vec<f64>,
    locked: Vec<bool>,
    is_free: Vec<bool>,
    bounds: Vec<f64>,
    basis: Vec<usize>,
    /// Row by row.
    inverse: Vec<f64>,
    values: Vec<f64>,
    /// The entering column in terms of the basis.
    direction: Vec<f64>,
    /// Room for the prices of the rows, and for one row of the inverse.
    prices: Vec<f64>,
    row: Vec<f64>,
    is_careful: bool,
    since_refresh: usize,
}

impl<'shared> Simplex<'shared> {
    /// A program with the right-hand side `bounds`, one for each row of `shared`.
    pub fn new(shared: &'shared Columns, bounds: &[f64]) -> Simplex<'shared> {
        Simplex {
            shared,
            skipped: None,
            own: Columns::new(bounds.len()),
            costs: Vec::new(),
            locked: Vec::new(),
            is_free: Vec::new(),
            bounds: bounds.to_vec(),
            basis: Vec::new(),
            inverse: Vec::new(),
            values: vec![0.0; bounds.len()],
            direction: vec![0.0; bounds.len()],
            prices: vec![0.0; bounds.len()],
            row: vec![0.0; bounds.len()],
            is_careful: false,
            since_refresh: 0,
        }
    }

    /// Leaves out one of the shared columns.
    pub fn skip(&mut self, column: Option<usize>) {
        self.skipped = column;
    }

    /// Factorises the basis anew at each pivot and follows Bland's rule: slow, for what was not solved the quick way.
    pub fn be_careful(&mut self) {
        self.is_careful = true;
    }

    /// Adds an own column; returns its number.
    pub fn add(&mut self, column: &[f64], cost: f64) -> usize {
        self.costs.push(cost);
        self.locked.push(false);
        self.is_free.push(false);
        self.shared.len() + self.own.push(column)
    }

    /// Gives an own column other numbers; the basis has to be set anew.
    pub fn set_column(&mut self, column: usize, numbers: &[f64]) {
        self.own.set(column - self.shared.len(), numbers);
    }

    /// Forgets the own columns from `column` on; the basis has to be set anew.
    pub fn truncate(&mut self, column: usize) {
        let own = column - self.shared.len();
        self.own.truncate(own);
        self.costs.truncate(own);
        self.locked.truncate(own);
        self.is_free.truncate(own);
    }

    /// Changes the cost of an own column.
    pub fn set_cost(&mut self, column: usize, cost: f64) {
        self.costs[column - self.shared.len()] = cost;
    }

    /// Keeps an own column at zero from now on; if it is in the basis it leaves at the first occasion.
    pub fn lock(&mut self, column: usize) {
        self.locked[column - self.shared.len()] = true;
        self.is_free[column - self.shared.len()] = false;
    }

    /// Starts from a basis of unit vectors: column `columns[r]` has `signs[r]` in row r, and zeros.
    pub fn start(&mut self, columns: Vec<usize>, signs: &[f64]) {
        let rows = self.bounds.len();
        self.basis = columns;
        self.inverse = vec![0.0; rows * rows];
        for (row, sign) in signs.iter().enumerate() {
            self.inverse[row * rows + row] = 1.0 / sign;
        }
        self.set_values();
    }

    /// Puts a column into the basis in the place of the one of `row`, whatever this does to the signs.
    pub fn swap_in(&mut self, column: usize, row: usize) {
        self.set_direction(column);
        self.pivot(column, row);
        self.set_values();
    }

    /// Makes the basis exactly feasible, by moving the right-hand side to where values below zero, and values of locked
    /// columns, are zero. For use where these are rounding: what they were is an error of the rows then.
    pub fn settle(&mut self) {
        let rows = self.bounds.len();
        let (mut bounds, mut column) = (vec![0.0; rows], vec![0.0; rows]);
        for at in 0..rows {
            let basic = self.basis[at];
            if self.is_locked(basic) || self.values[at] < 0.0 {
                self.values[at] = 0.0;
            }
            self.copy_column(basic, &mut column);
            let value = self.values[at];
            bounds.iter_mut().zip(&column).for_each(|(bound, number)| *bound += value * number);
        }
        self.bounds = bounds;
    }

    /// Changes the right-hand side and keeps the basis.
    pub fn set_bounds(&mut self, bounds: &[f64]) {
        self.bounds.copy_from_slice(bounds);
        self.set_values();
    }

    /// The columns of the basis with their values.
    pub fn basics(&self) -> impl Iterator<Item = (usize, f64)> {
        self.basis.iter().copied().zip(self.values.iter().copied())
    }

    /// The value of a column.
    pub fn value(&self, column: usize) -> f64 {
        self.basics().find(|(basic, _)| *basic == column).map_or(0.0, |(_, value)| value)
    }

    /// The value of all costs together.
    pub fn objective(&self) -> f64 {
        self.basics().map(|(column, value)| self.cost(column) * value).sum()
    }

    /// The price of each row: what one more unit of its bound adds to the costs.
    pub fn prices(&self) -> Vec<f64> {
        let mut prices = vec![0.0; self.bounds.len()];
        self.prices_into(&mut prices);
        prices
    }

    /// Minimises the costs from the basis as it is.
    ///
    /// # Errors
    /// [`Stop`].
    pub fn run(&mut self) -> Result<(), Stop> {
        self.run_until(f64::NEG_INFINITY)
    }

    /// Minimises the costs until they lie below `enough`.
    ///
    /// # Errors
    /// [`Stop`].
    pub fn run_until(&mut self, enough: f64) -> Result<(), Stop> {
        let rows = self.bounds.len();
        let limit = 200 + 20 * (rows + self.shared.len() + self.own.len());
        let (mut stalled, mut prices) = (0, vec![0.0; rows]);
        for _ in 0..limit {
            self.prices_into(&mut prices);
            let Some(entering) = self.entering(&prices, self.is_careful || stalled > STALLED) else {
                return Ok(());
            };
            if enough.is_finite() && self.objective() < enough {
                return Ok(());
            }
            self.set_direction(entering);
            let Some(leaving) = self.leaving(self.is_careful || stalled > STALLED) else {
                return Err(Stop::Unbounded);
            };
            let step = self.values[leaving].max(0.0) / self.direction[leaving];
            stalled = if step.abs() > 1e-13 { 0 } else { stalled + 1 };
            self.pivot(entering, leaving);
            for (row, number) in self.direction.iter().enumerate() {
                self.values[row] = if row == leaving { step } else { self.values[row] - step * number };
            }
            if self.is_careful || self.since_refresh >= REFRESH {
                self.refresh()?;
            }
        }
        Err(Stop::Stuck)
    }

    /// Factorises the basis anew, so that no error of the updates is left.
    ///
    /// # Errors
    /// [`Stop::Stuck`] if the basis is singular.
    pub fn refresh(&mut self) -> Result<(), Stop> {
        let rows = self.bounds.len();
        let mut column = vec![0.0; rows];
        let mut matrix = DMatrix::zeros(rows, rows);
        for (at, basic) in self.basis.iter().enumerate() {
            self.copy_column(*basic, &mut column);
            matrix.column_mut(at).copy_from_slice(&column);
        }
        let inverse = matrix.lu().try_inverse().ok_or(Stop::Stuck)?;
        for row in 0..rows {
            for at in 0..rows {
                self.inverse[row * rows + at] = inverse[(row, at)];
            }
        }
        self.since_refresh = 0;
        self.set_values();
        Ok(())
    }

    fn cost(&self, column: usize) -> f64 {
        column.checked_sub(self.shared.len()).map_or(0.0, |own| self.costs[own])
    }

    fn is_locked(&self, column: usize) -> bool {
        match column.checked_sub(self.shared.len()) {
            Some(own) => self.locked[own],
            // A basis of another program may still hold it.
            None => self.skipped == Some(column),
        }
    }

    fn is_free(&self, column: usize) -> bool {
        column.checked_sub(self.shared.len()).is_some_and(|own| self.is_free[own])
    }

    fn copy_column(&self, column: usize, out: &mut [f64]) {
        match column.checked_sub(self.shared.len()) {
            Some(own) => self.own.copy_into(own, out),
            None => self.shared.copy_into(column, out),
        }
    }

    fn set_values(&mut self) {
        let rows = self.bounds.len();
        for (value, inverse) in self.values.iter_mut().zip(self.inverse.chunks_exact(rows.max(1))) {
            *value = inverse.iter().zip(&self.bounds).map(|(number, bound)| number * bound).sum();
        }
    }

    fn prices_into(&self, prices: &mut [f64]) {
        prices.fill(0.0);
        let rows = self.bounds.len();
        for (basic, inverse) in self.basis.iter().zip(self.inverse.chunks_exact(rows.max(1))) {
            let cost = self.cost(*basic);
            if cost != 0.0 {
                prices.iter_mut().zip(inverse).for_each(|(price, number)| *price += cost * number);
            }
        }
    }

    fn for_each_reduced_cost(&self, prices: &[f64], mut visit: impl FnMut(usize, f64)) {
        self.shared.for_each_product(prices, |column, product| {
            if self.skipped != Some(column) {
                visit(column, -product);
            }
        });
        self.own.for_each_product(prices, |own, product| {
            if !self.locked[own] {
                visit(self.shared.len() + own, self.costs[own] - product);
            }
        });
    }

    /// The column that saves most, or with Bland's rule the first that saves.
    fn entering(&self, prices: &[f64], is_bland: bool) -> Option<usize> {
        let least = ENTER * prices.iter().fold(1.0_f64, |most, price| most.max(price.abs()));
        if is_bland {
            let mut first = None;
            self.for_each_reduced_cost(prices, |column, reduced| {
                if reduced < -least && first.is_none() {
                    first = Some(column);
                }
            });
            return first;
        }
        // Shared columns cost nothing: what they save is their product.
        let shared = self.shared.largest_product(prices, least, self.skipped);
        let (mut best, mut most) = shared.map_or((None, least), |(column, saved)| (Some(column), saved));
        self.own.for_each_product(prices, |own, product| {
            let saved = product - self.costs[own];
            if saved > most && !self.locked[own] {
                (best, most) = (Some(self.shared.len() + own), saved);
            }
        });
        best
    }

    fn set_direction(&mut self, column: usize) {
        let rows = self.bounds.len();
        let mut direction = std::mem::take(&mut self.direction);
        direction.fill(0.0);
        let mut add = |row: usize, number: f64| {
            if number != 0.0 {
                for (sum, inverse) in direction.iter_mut().zip(self.inverse.iter().skip(row).step_by(rows)) {
                    *sum += inverse * number;
                }
            }
        };
        match column.checked_sub(self.shared.len()) {
            Some(own) => self.own.for_each_number(own, &mut add),
            None => self.shared.for_each_number(column, &mut add),
        }
        self.direction = direction;
    }

    /// The row whose column first reaches zero; among equals the largest pivot, or with Bland's rule the lowest number.
    fn leaving(&self, is_bland: bool) -> Option<usize> {
        let mut best: Option<(f64, usize)> = None;
        let direction = &self.direction;
        for (row, pivot) in direction.iter().enumerate() {
            if self.is_free(self.basis[row]) {
                continue;
            }
            let ratio = if self.is_locked(self.basis[row]) && pivot.abs() > LEAVE {
                0.0
            } else if *pivot > PIVOT {
                self.values[row].max(0.0) / pivot
            } else {
                continue;
            };
            let is_better = best.is_none_or(|(least, at)| {
                let is_preferred =
                    if is_bland { self.basis[row] < self.basis[at] } else { pivot.abs() > direction[at].abs() };
                ratio < least - 1e-13 || (ratio <= least + 1e-13 && is_preferred)
            });
            if is_better {
                best = Some((best.map_or(ratio, |(least, _)| least.min(ratio)), row));
            }
        }
        best.map(|(_, row)| row)
    }

    fn pivot(&mut self, entering: usize, leaving: usize) {
        let rows = self.bounds.len();
        let direction = &self.direction;
        let (before, rest) = self.inverse.split_at_mut(leaving * rows);
        let (pivot_row, after) = rest.split_at_mut(rows);
        pivot_row.iter_mut().for_each(|number| *number /= direction[leaving]);
        let others = before.chunks_exact_mut(rows).chain(after.chunks_exact_mut(rows));
        let factors = direction[..leaving].iter().chain(&direction[leaving + 1..]);
        for (row, factor) in others.zip(factors) {
            if *factor != 0.0 {
                row.iter_mut().zip(pivot_row.iter()).for_each(|(number, pivot)| *number -= factor * pivot);
            }
        }
        self.basis[leaving] = entering;
        self.since_refresh += 1;
    }
}
