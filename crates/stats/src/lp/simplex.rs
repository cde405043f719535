//! The revised simplex method with an explicit inverse, for programs of few rows and many columns.
//!
//! Dantzig (1963), *Linear Programming and Extensions*; Bland (1977) against cycling. The caller gives a feasible start;
//! [`super::Program`] finds one for any program.

use nalgebra::DMatrix;

use super::Columns;

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
    /// The basis became singular, or too many pivots were needed.
    Stuck,
}

/// How far a solution is from proving itself: all three are zero in exact arithmetic, and are measured beside the largest
/// number of their kind where that lies above one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Certificate {
    /// Largest violation of a row or of a sign.
    pub primal: f64,
    /// Largest violation of a column's price.
    pub dual: f64,
    /// Difference between the two objectives.
    pub gap: f64,
}

impl Certificate {
    /// Whether nothing is off by more than `tolerance`.
    pub fn is_within(&self, tolerance: f64) -> bool {
        self.primal <= tolerance && self.dual <= tolerance && self.gap <= tolerance
    }
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
    bounds: Vec<f64>,
    basis: Vec<usize>,
    /// Row by row.
    inverse: Vec<f64>,
    values: Vec<f64>,
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
            bounds: bounds.to_vec(),
            basis: Vec::new(),
            inverse: Vec::new(),
            values: vec![0.0; bounds.len()],
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
        self.shared.len() + self.own.push(column)
    }

    /// Changes the cost of an own column.
    pub fn set_cost(&mut self, column: usize, cost: f64) {
        self.costs[column - self.shared.len()] = cost;
    }

    /// Keeps an own column at zero from now on; if it is in the basis it leaves at the first occasion.
    pub fn lock(&mut self, column: usize) {
        self.locked[column - self.shared.len()] = true;
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
        let direction = self.direction(column);
        self.pivot(column, row, &direction);
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
        let rows = self.bounds.len();
        let limit = 200 + 20 * (rows + self.shared.len() + self.own.len());
        let (mut stalled, mut prices) = (0, vec![0.0; rows]);
        for _ in 0..limit {
            self.prices_into(&mut prices);
            let Some(entering) = self.entering(&prices, self.is_careful || stalled > STALLED) else {
                return Ok(());
            };
            let direction = self.direction(entering);
            let Some(leaving) = self.leaving(&direction, self.is_careful || stalled > STALLED) else {
                return Err(Stop::Unbounded);
            };
            let step = self.values[leaving].max(0.0) / direction[leaving];
            stalled = if step.abs() > 1e-13 { 0 } else { stalled + 1 };
            self.pivot(entering, leaving, &direction);
            for (row, number) in direction.iter().enumerate() {
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

    /// How well the solution proves itself, computed from the columns themselves and not from the inverse.
    pub fn certificate(&self) -> Certificate {
        let rows = self.bounds.len();
        let (mut column, mut residual) = (vec![0.0; rows], self.bounds.clone());
        let prices = self.prices();
        let (mut primal, mut dual) = (0.0_f64, 0.0_f64);
        for (basic, value) in self.basics() {
            self.copy_column(basic, &mut column);
            residual.iter_mut().zip(&column).for_each(|(left, number)| *left -= number * value);
            let off = if self.is_locked(basic) { value.abs() } else { -value };
            primal = primal.max(off);
            let price: f64 = prices.iter().zip(&column).map(|(price, number)| price * number).sum();
            dual = dual.max((self.cost(basic) - price).abs());
        }
        primal = residual.iter().fold(primal, |worst, left| worst.max(left.abs()));
        self.for_each_reduced_cost(&prices, |_, reduced| dual = dual.max(-reduced));
        let bound: f64 = prices.iter().zip(&self.bounds).map(|(price, bound)| price * bound).sum();
        let (objective, largest) =
            (self.objective(), |numbers: &[f64]| numbers.iter().fold(1.0_f64, |m, n| m.max(n.abs())));
        Certificate {
            primal: primal / largest(&self.values),
            dual: dual / largest(&prices),
            gap: (objective - bound).abs() / objective.abs().max(1.0),
        }
    }

    /// Whether the solution is proved to be the only one: every column outside of the basis costs more than it saves.
    pub fn is_unique(&self) -> bool {
        let mut ties = 0;
        self.for_each_reduced_cost(&self.prices(), |_, reduced| ties += usize::from(reduced < 1e-9));
        let basics = self.basis.iter().filter(|basic| !self.is_locked(**basic) && self.skipped != Some(**basic));
        ties == basics.count()
    }

    fn cost(&self, column: usize) -> f64 {
        column.checked_sub(self.shared.len()).map_or(0.0, |own| self.costs[own])
    }

    fn is_locked(&self, column: usize) -> bool {
        column.checked_sub(self.shared.len()).is_some_and(|own| self.locked[own])
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

    fn direction(&self, column: usize) -> Vec<f64> {
        let rows = self.bounds.len();
        let mut numbers = vec![0.0; rows];
        self.copy_column(column, &mut numbers);
        self.inverse
            .chunks_exact(rows.max(1))
            .map(|inverse| inverse.iter().zip(&numbers).map(|(a, b)| a * b).sum())
            .collect()
    }

    /// The row whose column first reaches zero; among equals the largest pivot, or with Bland's rule the lowest number.
    fn leaving(&self, direction: &[f64], is_bland: bool) -> Option<usize> {
        let mut best: Option<(f64, usize)> = None;
        for (row, pivot) in direction.iter().enumerate() {
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

    fn pivot(&mut self, entering: usize, leaving: usize, direction: &[f64]) {
        let rows = self.bounds.len();
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
