//! Columns of a linear program, laid out so that a price meets eight of them at once.

/// Columns side by side in one block.
const LANES: usize = 8;

/// Quotients that differ by less are equal.
const TIE: f64 = 1e-13;
/// Above every quotient that means anything.
const NO_QUOTIENT: f64 = 1e100;

/// What [`Columns::smallest_quotient`] found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quotient {
    /// Position of the column.
    pub at: usize,
    /// The quotient.
    pub quotient: f64,
    /// Its lower side.
    pub under: f64,
}

impl Quotient {
    /// Whether it is smaller than what was found before, or nearly equal with more under it.
    pub(super) fn is_better_than(self, best: Option<Quotient>) -> bool {
        best.is_none_or(|best| {
            self.quotient < best.quotient - TIE || (self.quotient <= best.quotient + TIE && self.under > best.under)
        })
    }
}

/// Columns of equal length. Eight stand in a block, row by row, so that the scan for an entering column runs over
/// consecutive numbers.
#[derive(Debug, Clone)]
pub struct Columns {
    rows: usize,
    len: usize,
    blocks: Vec<[f64; LANES]>,
}

impl Columns {
    /// No columns yet, of `rows` numbers each.
    pub fn new(rows: usize) -> Columns {
        Columns { rows, len: 0, blocks: Vec::new() }
    }

    /// Numbers in a column.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no column.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Adds a column of [`Columns::rows`] numbers; returns its position.
    pub fn push(&mut self, column: &[f64]) -> usize {
        let lane = self.len % LANES;
        if lane == 0 {
            self.blocks.resize(self.blocks.len() + self.rows, [0.0; LANES]);
        }
        let first = self.blocks.len() - self.rows;
        for (block, number) in self.blocks[first..].iter_mut().zip(column) {
            block[lane] = *number;
        }
        self.len += 1;
        self.len - 1
    }

    /// Gives column `at` other numbers.
    pub fn set(&mut self, at: usize, column: &[f64]) {
        let first = at / LANES * self.rows;
        for (block, number) in self.blocks[first..first + self.rows].iter_mut().zip(column) {
            block[at % LANES] = *number;
        }
    }

    /// Forgets all columns but the first `len`, keeps the memory.
    pub fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
        self.blocks.truncate(self.len.div_ceil(LANES) * self.rows);
    }

    /// Writes column `at` into `out`.
    pub fn copy_into(&self, at: usize, out: &mut [f64]) {
        let first = at / LANES * self.rows;
        for (number, block) in out.iter_mut().zip(&self.blocks[first..first + self.rows]) {
            *number = block[at % LANES];
        }
    }

    /// The column with the largest product with `prices` above `least`, and the product; among equals the first. The
    /// column `skipped` is not looked at.
    #[inline]
    pub fn largest_product(&self, prices: &[f64], least: f64, skipped: Option<usize>) -> Option<(usize, f64)> {
        let (mut best, mut most) = (None, least);
        for (at, block) in self.blocks.chunks_exact(self.rows.max(1)).enumerate() {
            let mut sums = [0.0; LANES];
            for (row, price) in block.iter().zip(prices) {
                for (sum, number) in sums.iter_mut().zip(row) {
                    *sum += price * number;
                }
            }
            // Few blocks hold a better one: lanes are looked at one by one in these only.
            if !sums.iter().any(|sum| *sum > most) {
                continue;
            }
            let first = at * LANES;
            for (lane, sum) in sums.iter().enumerate().take(self.len - first) {
                if *sum > most && skipped != Some(first + lane) {
                    (best, most) = (Some((first + lane, *sum)), *sum);
                }
            }
        }
        best
    }

    /// Calls `visit` with each row and number of column `at`.
    #[inline]
    pub fn for_each_number(&self, at: usize, mut visit: impl FnMut(usize, f64)) {
        let first = at / LANES * self.rows;
        for (row, block) in self.blocks[first..first + self.rows].iter().enumerate() {
            visit(row, block[at % LANES]);
        }
    }

    /// Whether a column has no number above the one of `limits` in its row.
    #[inline]
    pub fn any_within(&self, limits: &[f64]) -> bool {
        let mut left = self.len;
        self.blocks.chunks_exact(self.rows.max(1)).any(|block| {
            let mut above = [f64::NEG_INFINITY; LANES];
            for (row, limit) in block.iter().zip(limits) {
                for (most, number) in above.iter_mut().zip(row) {
                    *most = most.max(number - limit);
                }
            }
            let lanes = left.min(LANES);
            left -= lanes;
            above[..lanes].iter().any(|most| *most <= 0.0)
        })
    }

    /// The column with the smallest quotient of its products with `over` and with `under`, among those where
    /// the latter lies above `least`; among nearly equal ones the one with the largest product with `under`. The
    /// column `skipped` is not looked at.
    #[inline]
    pub fn smallest_quotient(
        &self,
        over: &[f64],
        under: &[f64],
        least: f64,
        skipped: Option<usize>,
    ) -> Option<Quotient> {
        let (mut best, mut smallest) = (None::<Quotient>, NO_QUOTIENT);
        for (at, block) in self.blocks.chunks_exact(self.rows.max(1)).enumerate() {
            let (tops, bottoms) = products(block, over, under);
            // A product is quicker than a quotient, and few blocks hold a better one.
            let bound = smallest + TIE;
            let mut any = false;
            for lane in 0..LANES {
                any |= tops[lane] < bound * bottoms[lane] && bottoms[lane] > least;
            }
            if !any {
                continue;
            }
            let first = at * LANES;
            for lane in 0..LANES.min(self.len - first) {
                let (top, under) = (tops[lane], bottoms[lane]);
                if under <= least || skipped == Some(first + lane) {
                    continue;
                }
                let found = Quotient { at: first + lane, quotient: top / under, under };
                if found.is_better_than(best) {
                    (best, smallest) = (Some(found), found.quotient);
                }
            }
        }
        best
    }

    /// Calls `visit` with each column's position and its products with `over` and with `under`, in order.
    #[inline]
    pub fn for_each_two_products(&self, over: &[f64], under: &[f64], mut visit: impl FnMut(usize, f64, f64)) {
        for (at, block) in self.blocks.chunks_exact(self.rows.max(1)).enumerate() {
            let (tops, bottoms) = products(block, over, under);
            let first = at * LANES;
            for lane in 0..LANES.min(self.len - first) {
                visit(first + lane, tops[lane], bottoms[lane]);
            }
        }
    }

    /// Calls `visit` with each column's position and its product with `prices`, in order.
    #[inline]
    pub fn for_each_product(&self, prices: &[f64], mut visit: impl FnMut(usize, f64)) {
        for (at, block) in self.blocks.chunks_exact(self.rows.max(1)).enumerate() {
            let mut sums = [0.0; LANES];
            for (row, price) in block.iter().zip(prices) {
                for (sum, number) in sums.iter_mut().zip(row) {
                    *sum += price * number;
                }
            }
            let first = at * LANES;
            for (lane, sum) in sums.iter().enumerate().take(self.len - first) {
                visit(first + lane, *sum);
            }
        }
    }
}

/// Products of the columns of a block with two rows of numbers.
#[inline]
fn products(block: &[[f64; LANES]], over: &[f64], under: &[f64]) -> ([f64; LANES], [f64; LANES]) {
    let (mut tops, mut bottoms) = ([0.0; LANES], [0.0; LANES]);
    for ((row, over), under) in block.iter().zip(over).zip(under) {
        for lane in 0..LANES {
            tops[lane] += over * row[lane];
        }
        for lane in 0..LANES {
            bottoms[lane] += under * row[lane];
        }
    }
    (tops, bottoms)
}
