//! Columns of a linear program, laid out so that a price meets eight of them at once.

/// Columns side by side in one block.
const LANES: usize = 8;

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

    /// Forgets all columns, keeps the memory.
    pub fn clear(&mut self) {
        self.len = 0;
        self.blocks.clear();
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
