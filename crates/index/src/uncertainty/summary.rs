//! Uncertainty analysis: intervals of ranks and scores, and who can be told apart.

use std::sync::atomic::AtomicBool;

use rayon::prelude::*;
use serde::Serialize;

use super::analysis::{Analysis, Replications, UncertaintyError};
use super::draws::Draws;
use super::estimators::quantile_sorted;
use super::ranks::Ranks;
use crate::dataset::{Row, rows_by_time};

/// Most rows for which the table of all pairs is made.
const MOST_PAIRS: usize = 500;
/// From this probability on, one is said to be above the other.
const SURE: f64 = 0.95;

/// Mean, median and the 5 % and 95 % points.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Band {
    /// Mean.
    pub mean: f64,
    /// Median.
    pub median: f64,
    /// 5 % point.
    pub lower: f64,
    /// 95 % point.
    pub upper: f64,
}

/// What is known of a row's rank.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RankSummary {
    /// Rank with the recipe as it is; 0 if it has none.
    pub nominal: u16,
    /// Ranks over replications.
    pub rank: Band,
    /// Scores over replications; NaN where they were too many to keep.
    pub score: Band,
    /// Probability of being among the first `top`.
    pub top: f64,
    /// Group of rows that cannot be told apart from the first of the group, from 1; 0 without ranks. See
    /// [`uncertainty`].
    pub group: usize,
}

/// An uncertainty analysis.
#[derive(Debug, Clone)]
pub struct Uncertain {
    /// By row.
    pub rows: Vec<RankSummary>,
    /// Probability of each rank, by row and rank from 1; empty for many rows.
    pub probabilities: Vec<Vec<f64>>,
    /// Probability that the row is above the other, by row and other; empty for many rows. Only rows of the same year
    /// are compared, ties count half, and replications in which one of the two is missing do not count.
    pub above: Vec<Vec<f64>>,
    /// Ranks and scores of each replication.
    pub replications: Replications,
}

/// Runs the replications and summarises them.
///
/// Groups: rows of a year in the order of their median rank; a group begins with the first row that is not in one, and
/// takes the rows after it as long as the probability that the first is above them is below 0.95.
///
/// # Errors
/// [`UncertaintyError`].
pub fn uncertainty(
    analysis: &Analysis<'_>,
    draws: &Draws,
    progress: &(dyn Fn(usize) + Sync),
    stop: &AtomicBool,
) -> Result<Uncertain, UncertaintyError> {
    let nominal = analysis.nominal()?.ranks;
    let replications = analysis.run(draws, progress, stop)?;
    Ok(of_replications(replications, &analysis.chain.dataset.rows, &nominal, analysis.uncertainty.top))
}

pub(super) fn of_replications(replications: Replications, all: &[Row], nominal: &[u16], top: usize) -> Uncertain {
    let by_row = ByRow { runs: replications.ranks.len(), ranks: replications.ranks.by_row() };
    let mut rows = summaries(&replications, &by_row, nominal, top);
    groups(&by_row, all, &mut rows);
    let (probabilities, above) = match all.len() <= MOST_PAIRS {
        true => (probabilities(&replications.ranks), pairs(&by_row, all)),
        false => (Vec::new(), Vec::new()),
    };
    Uncertain { rows, probabilities, above, replications }
}

/// Ranks row by row, so that one comparison runs along memory.
struct ByRow {
    runs: usize,
    ranks: Vec<u16>,
}

impl ByRow {
    fn of(&self, row: usize) -> &[u16] {
        &self.ranks[row * self.runs..(row + 1) * self.runs]
    }
}

fn summaries(replications: &Replications, by_row: &ByRow, nominal: &[u16], top: usize) -> Vec<RankSummary> {
    let rows = nominal.len();
    let of = |row: usize| {
        let own: Vec<f64> = by_row.of(row).iter().filter(|rank| **rank > 0).map(|rank| f64::from(*rank)).collect();
        let first = own.iter().filter(|rank| **rank <= top as f64).count();
        let scores = (0..by_row.runs).filter_map(|run| replications.scores.get(run * rows + row).copied());
        RankSummary {
            nominal: nominal[row],
            top: first as f64 / own.len() as f64,
            rank: band(own),
            score: band(scores.filter(|score| !score.is_nan()).collect()),
            group: 0,
        }
    };
    (0..rows).into_par_iter().map(of).collect()
}

fn band(mut values: Vec<f64>) -> Band {
    values.sort_unstable_by(f64::total_cmp);
    Band {
        mean: values.iter().sum::<f64>() / values.len() as f64,
        median: quantile_sorted(&values, 0.5),
        lower: quantile_sorted(&values, 0.05),
        upper: quantile_sorted(&values, 0.95),
    }
}

fn groups(by_row: &ByRow, rows: &[Row], summaries: &mut [RankSummary]) {
    for (_, mut order) in rows_by_time(rows) {
        order.retain(|&row| !summaries[row].rank.median.is_nan());
        order.sort_by(|&a, &b| {
            let [a, b] = [a, b].map(|row| &summaries[row].rank);
            a.median.total_cmp(&b.median).then(a.mean.total_cmp(&b.mean))
        });
        let (mut group, mut leader) = (0, None);
        for &row in &order {
            if leader.is_none_or(|leader| above(by_row, leader, row) >= SURE) {
                group += 1;
                leader = Some(row);
            }
            summaries[row].group = group;
        }
    }
}

/// Probability that one row is above another: ties count half.
fn above(by_row: &ByRow, one: usize, other: usize) -> f64 {
    let (mut twice, mut both) = (0u32, 0u32);
    for (&a, &b) in by_row.of(one).iter().zip(by_row.of(other)) {
        let is_there = u32::from(a > 0 && b > 0);
        both += is_there;
        twice += is_there * (u32::from(a < b) + u32::from(a <= b));
    }
    f64::from(twice) / (2.0 * f64::from(both))
}

fn probabilities(ranks: &Ranks) -> Vec<Vec<f64>> {
    let mut counts = vec![vec![0u32; ranks.rows]; ranks.rows];
    for run in 0..ranks.len() {
        for (row, &rank) in ranks.of(run).iter().enumerate() {
            if rank > 0 {
                counts[row][rank as usize - 1] += 1;
            }
        }
    }
    let share = |counts: Vec<u32>| {
        let all: u32 = counts.iter().sum();
        counts.into_iter().map(|count| f64::from(count) / f64::from(all)).collect()
    };
    counts.into_iter().map(share).collect()
}

fn pairs(by_row: &ByRow, rows: &[Row]) -> Vec<Vec<f64>> {
    let one = |a: usize, b: usize| match a == b || rows[a].time != rows[b].time {
        true => f64::NAN,
        false => above(by_row, a, b),
    };
    (0..rows.len()).into_par_iter().map(|a| (0..rows.len()).map(|b| one(a, b)).collect()).collect()
}
