//! Ranks of rows, in one replication and in many.

use crate::dataset::{Row, rows_by_time};

/// Ranks of rows in replications; 0 is missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranks {
    /// Number of rows.
    pub rows: usize,
    /// Replication by replication.
    pub ranks: Vec<u16>,
}

impl Ranks {
    /// Ranks of one replication.
    pub fn of(&self, replication: usize) -> &[u16] {
        &self.ranks[replication * self.rows..(replication + 1) * self.rows]
    }

    /// Number of replications.
    pub fn len(&self) -> usize {
        self.ranks.len().checked_div(self.rows).unwrap_or(0)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ranks.is_empty()
    }

    /// The same row by row, for what is asked of one row over all replications.
    pub(super) fn by_row(&self) -> Vec<u16> {
        let n = self.len();
        let mut by_row = vec![0; self.ranks.len()];
        // Some replications at a time, so that both sides stay in the cache.
        for first in (0..n).step_by(64) {
            let runs = first..(first + 64).min(n);
            for row in 0..self.rows {
                for run in runs.clone() {
                    by_row[row * n + run] = self.ranks[run * self.rows + row];
                }
            }
        }
        by_row
    }
}

/// Ranks rows within their year; keeps its memory from one call to the next.
#[derive(Debug, Clone)]
pub(super) struct Ranking {
    years: Vec<Vec<usize>>,
    order: Vec<(f64, usize)>,
}

impl Ranking {
    pub(super) fn new(rows: &[Row]) -> Ranking {
        let years = rows_by_time(rows).into_iter().map(|(_, rows)| rows).collect();
        Ranking { years, order: Vec::with_capacity(rows.len()) }
    }

    /// 1 is best; ties share the smallest rank; 0 is missing.
    pub(super) fn rank(&mut self, scores: &[f64], ranks: &mut [u16]) {
        ranks.fill(0);
        for rows in &self.years {
            self.order.clear();
            self.order.extend(rows.iter().map(|&row| (scores[row], row)).filter(|(score, _)| !score.is_nan()));
            self.order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
            let (mut current, mut last) = (0, f64::NAN);
            for (position, &(score, row)) in self.order.iter().enumerate() {
                // The first is unlike NaN. Zeros of either sign tie.
                if score != last {
                    current = position as u16 + 1;
                }
                last = score;
                ranks[row] = current;
            }
        }
    }
}
