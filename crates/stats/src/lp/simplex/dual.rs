//! The dual simplex method: from a basis whose prices are right to one whose values are.
//!
//! Lemke (1954), *The dual method of solving the linear programming problem*. A basis that was best for one right-hand
//! side has right prices for every other, so where many programs differ by that side alone each starts from what an
//! earlier one found, and needs a few pivots only.

use super::{PIVOT, REFRESH, Simplex, Stop};
use crate::lp::Quotient;

/// A value below zero by less than this share of the largest one is rounding.
const BELOW: f64 = 1e-11;
/// Pivots after which the method of a feasible start is the better choice.
const PATIENCE: usize = 100;

/// Which columns are in a basis, and its inverse: enough to go on from it in a program of the same columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Basis {
    /// Number of shared columns of its program; own columns are counted from there.
    shared: usize,
    columns: Vec<usize>,
    /// Row by row.
    inverse: Vec<f64>,
    /// Pivots since it was computed anew.
    age: usize,
}

impl Basis {
    /// The same basis where one column is now another one with the same numbers; nothing if it was `column`, and there is
    /// no other.
    pub fn with(mut self, column: usize, other: Option<usize>) -> Option<Basis> {
        if let Some(row) = self.columns.iter().position(|basic| *basic == column) {
            self.columns[row] = other?;
        }
        Some(self)
    }

    /// Gives shared columns new numbers, after more were added and all put in another order: `places` has the new one for
    /// each old one.
    pub fn renumber(&mut self, places: &[usize]) {
        for column in &mut self.columns {
            *column = column.checked_sub(self.shared).map_or_else(|| places[*column], |own| places.len() + own);
        }
        self.shared = places.len();
    }

    /// The columns in an order and with numbers that do not depend on how many shared ones there are: equal for equal bases.
    pub fn key(&self) -> Vec<usize> {
        let number = |column: usize| column.checked_sub(self.shared).map_or(column, |own| usize::MAX - own);
        let mut key: Vec<usize> = self.columns.iter().map(|column| number(*column)).collect();
        key.sort_unstable();
        key
    }

    /// The row of the inverse that belongs to a column of the basis.
    pub fn row_of(&self, column: usize) -> Option<&[f64]> {
        let row = self.columns.iter().position(|basic| *basic == column)?;
        self.inverse.chunks_exact(self.columns.len()).nth(row)
    }
}

impl Simplex<'_> {
    /// Lets an own column take any sign. It has to be in the basis when the program runs, and stays there.
    pub fn free(&mut self, column: usize) {
        let own = column - self.shared.len();
        self.is_free[own] = true;
        self.locked[own] = false;
    }

    /// The basis as it is.
    pub fn basis(&self) -> Basis {
        Basis {
            shared: self.shared.len(),
            columns: self.basis.clone(),
            inverse: self.inverse.clone(),
            age: self.since_refresh,
        }
    }

    /// Goes on with the right-hand side `bounds` from the basis of another program, in which only the numbers of the own
    /// column `changed` were others, and there may have been fewer shared columns.
    ///
    /// # Errors
    /// [`Stop::Stuck`] if that column is not in the basis, or the basis would be singular with its new numbers.
    pub fn resume(&mut self, bounds: &[f64], basis: &Basis, changed: usize) -> Result<(), Stop> {
        self.bounds.copy_from_slice(bounds);
        let shared = self.shared.len();
        let place = |column: usize| column.checked_sub(basis.shared).map_or(column, |own| shared + own);
        self.basis.clear();
        self.basis.extend(basis.columns.iter().map(|column| place(*column)));
        let row = self.basis.iter().position(|basic| *basic == changed).ok_or(Stop::Stuck)?;
        self.inverse.clone_from(&basis.inverse);
        self.since_refresh = basis.age;
        self.set_direction(changed);
        if self.direction[row].abs() <= PIVOT {
            return Err(Stop::Stuck);
        }
        self.pivot(changed, row);
        self.set_values();
        Ok(())
    }

    /// Makes all values feasible, from a basis whose prices are right already.
    ///
    /// # Errors
    /// [`Stop::Infeasible`] if no values can be, as a row proves; [`Stop::Stuck`] where neither was found.
    pub fn run_dual(&mut self) -> Result<(), Stop> {
        let rows = self.bounds.len();
        let mut prices = std::mem::take(&mut self.prices);
        let mut row = std::mem::take(&mut self.row);
        let done = self.pivot_until_feasible(rows, &mut prices, &mut row);
        (self.prices, self.row) = (prices, row);
        done
    }

    fn pivot_until_feasible(&mut self, rows: usize, prices: &mut [f64], row_numbers: &mut [f64]) -> Result<(), Stop> {
        for _ in 0..PATIENCE {
            let Some((leaving, sign)) = self.worst() else { return Ok(()) };
            self.prices_into(prices);
            row_numbers.copy_from_slice(&self.inverse[leaving * rows..(leaving + 1) * rows]);
            row_numbers.iter_mut().for_each(|number| *number *= sign);
            prices.iter_mut().for_each(|price| *price = -*price);
            let Some(entering) = self.cheapest(prices, row_numbers) else {
                return Err(self.why_not(leaving));
            };
            self.set_direction(entering);
            let pivot = self.direction[leaving];
            if pivot.abs() <= PIVOT {
                return Err(Stop::Stuck);
            }
            let step = self.values[leaving] / pivot;
            self.pivot(entering, leaving);
            for (row, number) in self.direction.iter().enumerate() {
                self.values[row] = if row == leaving { step } else { self.values[row] - step * number };
            }
            if self.since_refresh >= REFRESH {
                self.refresh()?;
            }
        }
        Err(Stop::Stuck)
    }

    /// The row whose value is farthest from what is allowed, measured in the length of its row of the inverse (the dual
    /// steepest edge), and the side on which it lies.
    fn worst(&self) -> Option<(usize, f64)> {
        let rows = self.bounds.len();
        let largest = self.values.iter().fold(1.0_f64, |most, value| most.max(value.abs()));
        let (mut worst, mut most) = (None, 0.0);
        for (row, (basic, value)) in self.basis.iter().zip(&self.values).enumerate() {
            let is_off = *value < -BELOW * largest || (*value > BELOW * largest && self.is_locked(*basic));
            if !is_off || self.is_free(*basic) {
                continue;
            }
            let inverse = &self.inverse[row * rows..(row + 1) * rows];
            let length: f64 = inverse.iter().map(|number| number * number).sum();
            let far = value * value / length;
            if far > most {
                (worst, most) = (Some((row, value.signum())), far);
            }
        }
        worst
    }

    /// The column that keeps all prices right when it enters: the least reduced cost beside what it does to the row.
    /// `prices` are those of the rows with the sign turned.
    fn cheapest(&self, prices: &[f64], row: &[f64]) -> Option<usize> {
        let least = PIVOT * row.iter().fold(0.0_f64, |most, number| most.max(number.abs()));
        let shared = self.shared.smallest_quotient(prices, row, least, self.skipped);
        let mut best = shared;
        self.own.for_each_two_products(prices, row, |own, product, under| {
            if self.locked[own] || self.is_free[own] || under <= least {
                return;
            }
            let quotient = (self.costs[own] + product) / under;
            let found = Quotient { at: self.shared.len() + own, quotient, under };
            if found.is_better_than(best) {
                best = Some(found);
            }
        });
        best.map(|found| found.at)
    }

    /// Whether a row proves that there is no solution: all columns are on one side of it, and the right-hand side lies
    /// clearly on the other.
    fn why_not(&self, row: usize) -> Stop {
        let rows = self.bounds.len();
        let inverse = &self.inverse[row * rows..(row + 1) * rows];
        let largest = inverse.iter().fold(0.0_f64, |most, number| most.max(number.abs()));
        let value: f64 = inverse.iter().zip(&self.bounds).map(|(number, bound)| number * bound).sum();
        if value.abs() > 1e-9 * largest { Stop::Infeasible } else { Stop::Stuck }
    }
}

#[cfg(test)]
mod tests;
