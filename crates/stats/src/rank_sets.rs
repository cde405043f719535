//! Ranks with what can be said of them: "rank 12 to 31" where nobody knows that it is the 19th.
//!
//! Unit k is surely better than j when (θₖ - θⱼ)/se(θₖ - θⱼ) > c, with c the quantile of the greatest studentised error
//! of any difference, taken from joint draws of all scores. The rank of j then lies within 1 + (surely better) and
//! N - (surely worse), for all units at once. Mogstad, Romano, Shaikh and Wilhelm, *Inference for ranks*, Review of
//! Economic Studies 91 (2023).
//!
//! Draws must be joint: a replicate holds the scores of all units under one resample, one set of weights, one imputation.
//! What moves all scores alike then leaves ranks alone.

use rand::Rng;
use rayon::prelude::*;

use crate::bootstrap::stream;
use crate::normal;
use crate::quantile::quantile;

mod groups;

/// Ranks of one unit; 1 is best, that is, has the greatest score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankSet {
    /// Rank of the estimate; equal scores share the best of theirs.
    pub rank: usize,
    /// 1 + number of units that surely are better.
    pub best: usize,
    /// N - number of units that surely are worse.
    pub worst: usize,
}

/// Rank sets of all units, valid together.
#[derive(Debug, Clone, PartialEq)]
pub struct RankSets {
    /// Critical value c.
    pub critical: f64,
    /// One a unit.
    pub sets: Vec<RankSet>,
    /// Row j, column k: j is surely better than k.
    better: Vec<bool>,
    /// Units from the best estimate to the least.
    order: Vec<usize>,
}

/// Why there are no rank sets.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum RankError {
    /// A score or a standard error that is missing or infinite, in the estimates or in a replicate.
    #[error("unit {unit} has no score")]
    NoScore {
        /// Number of the unit.
        unit: usize,
    },
    /// A replicate with another number of units.
    #[error("replicate {0} does not have one score a unit")]
    Replicate(usize),
    /// Too few replicates to have a quantile so far out.
    #[error("{replicates} replicates are too few for a confidence of {confidence}")]
    TooFewReplicates {
        /// Replicates there are.
        replicates: usize,
        /// Confidence asked for.
        confidence: f64,
    },
    /// A confidence outside 0..1.
    #[error("a confidence of {0} is out of range")]
    Confidence(f64),
}

/// Rank sets that hold the true ranks of all units together with the given confidence.
///
/// `estimates` has N scores, more is better (turn the sign of others); `draws` has B replicates of N scores. Costs
/// B N²/2 differences. The number of threads changes no digit.
///
/// # Errors
/// A score that is no number, a replicate of another length, a confidence out of range or of too few replicates.
///
/// ```
/// use mizan_stats::rank_sets::{independent_draws, rank_sets};
/// let (scores, errors) = ([71.0, 70.0, 52.0], [2.0, 2.0, 2.0]);
/// let found = rank_sets(&scores, &independent_draws(&scores, &errors, 2_000, 1)?, 0.95)?;
/// assert_eq!((found.sets[0].best, found.sets[0].worst), (1, 2));
/// assert_eq!((found.sets[2].best, found.sets[2].worst), (3, 3));
/// assert_eq!(found.groups(), [vec![0, 1], vec![2]]);
/// # Ok::<(), mizan_stats::rank_sets::RankError>(())
/// ```
pub fn rank_sets(estimates: &[f64], draws: &[Vec<f64>], confidence: f64) -> Result<RankSets, RankError> {
    let pairs = &Pairs::new(estimates, draws, confidence)?;
    let units = estimates.len();
    let critical = pairs.critical(confidence, |errors| {
        let of_unit = |unit: usize| (0..unit).map(move |other| pairs.studentised(errors, unit, other));
        (0..units).flat_map(of_unit).fold(0.0, f64::max)
    });
    let better: Vec<bool> =
        (0..units * units).map(|cell| pairs.surely_better(cell / units, cell % units, critical)).collect();
    let sets = (0..units)
        .map(|unit| {
            let above = (0..units).filter(|&other| better[other * units + unit]).count();
            let below = (0..units).filter(|&other| better[unit * units + other]).count();
            RankSet { rank: rank(estimates, unit), best: 1 + above, worst: units - below }
        })
        .collect();
    let mut order: Vec<usize> = (0..units).collect();
    order.sort_by(|&a, &b| estimates[b].total_cmp(&estimates[a]));
    Ok(RankSets { critical, sets, better, order })
}

/// Rank set of one unit alone, for its own page: somewhat narrower than that of [`rank_sets`], as only the differences
/// from this unit must hold. Not to be put beside those of other units.
///
/// # Errors
/// Those of [`rank_sets`], and a `unit` beyond the last.
pub fn rank_set(
    unit: usize,
    estimates: &[f64],
    draws: &[Vec<f64>],
    confidence: f64,
) -> Result<(RankSet, f64), RankError> {
    let pairs = Pairs::new(estimates, draws, confidence)?;
    let units = estimates.len();
    if unit >= units {
        return Err(RankError::NoScore { unit });
    }
    let critical = pairs.critical(confidence, |errors| {
        let others = (0..units).filter(|&other| other != unit);
        others.map(|other| pairs.studentised(errors, unit, other)).fold(0.0, f64::max)
    });
    let above = (0..units).filter(|&other| pairs.surely_better(other, unit, critical)).count();
    let below = (0..units).filter(|&other| pairs.surely_better(unit, other, critical)).count();
    Ok((RankSet { rank: rank(estimates, unit), best: 1 + above, worst: units - below }, critical))
}

/// Joint draws of scores that are independent and normal with known standard errors, for [`rank_sets`]. Replicate b
/// draws from stream b of the seed.
///
/// # Errors
/// A score or a standard error that is no number, or a negative standard error.
pub fn independent_draws(
    estimates: &[f64],
    standard_errors: &[f64],
    replicates: usize,
    seed: u64,
) -> Result<Vec<Vec<f64>>, RankError> {
    let sound = |unit: &usize| {
        estimates[*unit].is_finite() && standard_errors.get(*unit).is_some_and(|error| (0.0..f64::MAX).contains(error))
    };
    let unit = (0..estimates.len()).take_while(sound).count();
    if unit < estimates.len() || standard_errors.len() != unit {
        return Err(RankError::NoScore { unit });
    }
    let one = |replicate: usize| {
        let mut random = stream(seed, replicate as u64);
        let mut score = |(estimate, error): (&f64, &f64)| estimate + error * standard_normal(&mut random);
        estimates.iter().zip(standard_errors).map(&mut score).collect()
    };
    Ok((0..replicates).into_par_iter().map(one).collect())
}

/// Standard normal, by inversion of a number that is never 0.
fn standard_normal(random: &mut impl Rng) -> f64 {
    let steps = random.random::<u64>() >> 11;
    normal::quantile((steps as f64 + 0.5) / (1_u64 << 53) as f64)
}

impl RankSets {
    /// Whether unit `j` is surely better than unit `k`.
    pub fn surely_better(&self, j: usize, k: usize) -> bool {
        self.better[j * self.sets.len() + k]
    }

    /// Units that cannot be told apart from `unit`, itself included, best estimate first.
    pub fn alike(&self, unit: usize) -> Vec<usize> {
        let alike = |other: &usize| !self.surely_better(unit, *other) && !self.surely_better(*other, unit);
        self.order.iter().copied().filter(alike).collect()
    }
}

/// Rank of the estimate, equal ones sharing the best.
fn rank(estimates: &[f64], unit: usize) -> usize {
    1 + estimates.iter().filter(|other| **other > estimates[unit]).count()
}

/// Differences of all pairs with their standard errors.
struct Pairs<'a> {
    estimates: &'a [f64],
    /// Replicate minus estimate, one row a replicate.
    errors: Vec<Vec<f64>>,
    /// Standard errors of differences, row by row.
    spread: Vec<f64>,
}

impl<'a> Pairs<'a> {
    fn new(estimates: &'a [f64], draws: &[Vec<f64>], confidence: f64) -> Result<Self, RankError> {
        if !(confidence > 0.0 && confidence < 1.0) {
            return Err(RankError::Confidence(confidence));
        }
        let replicates = draws.len();
        if (replicates as f64 + 1.0) * (1.0 - confidence) < 1.0 {
            return Err(RankError::TooFewReplicates { replicates, confidence });
        }
        if let Some(replicate) = draws.iter().position(|draw| draw.len() != estimates.len()) {
            return Err(RankError::Replicate(replicate));
        }
        let missing = |scores: &[f64]| scores.iter().position(|score| !score.is_finite());
        if let Some(unit) = missing(estimates).or_else(|| draws.iter().find_map(|draw| missing(draw))) {
            return Err(RankError::NoScore { unit });
        }
        let units = estimates.len();
        let error = |draw: &Vec<f64>| draw.iter().zip(estimates).map(|(score, estimate)| score - estimate).collect();
        let errors: Vec<Vec<f64>> = draws.iter().map(error).collect();
        let columns: Vec<Vec<f64>> = (0..units).map(|unit| errors.iter().map(|row| row[unit]).collect()).collect();
        let spread = (0..units * units).into_par_iter().map(|cell| {
            let (j, k) = (&columns[cell / units], &columns[cell % units]);
            let differences = || j.iter().zip(k).map(|(j, k)| j - k);
            let mean = differences().sum::<f64>() / replicates as f64;
            let squares: f64 = differences().map(|difference| (difference - mean).powi(2)).sum();
            (squares / (replicates as f64 - 1.0)).sqrt()
        });
        // What rounding leaves of a difference that never varies is no spread.
        let rounding = estimates.iter().fold(0.0_f64, |greatest, score| greatest.max(score.abs())) * 1e-12;
        let spread = spread.map(|spread| if spread > rounding { spread } else { 0.0 }).collect();
        Ok(Pairs { estimates, errors, spread })
    }

    fn spread(&self, j: usize, k: usize) -> f64 {
        self.spread[j * self.estimates.len() + k]
    }

    /// |error of the difference|/se; 0 where the difference never varies.
    fn studentised(&self, errors: &[f64], j: usize, k: usize) -> f64 {
        let spread = self.spread(j, k);
        if spread > 0.0 { (errors[j] - errors[k]).abs() / spread } else { 0.0 }
    }

    /// Quantile over replicates of their greatest studentised error.
    fn critical(&self, confidence: f64, greatest: impl Fn(&[f64]) -> f64 + Sync) -> f64 {
        let mut all: Vec<f64> = self.errors.par_iter().map(|errors| greatest(errors)).collect();
        all.sort_unstable_by(f64::total_cmp);
        quantile(&all, confidence).expect("there are replicates, and the confidence lies within 0..1")
    }

    fn surely_better(&self, j: usize, k: usize, critical: f64) -> bool {
        let difference = self.estimates[j] - self.estimates[k];
        difference > 0.0 && difference > critical * self.spread(j, k)
    }
}

#[cfg(test)]
mod tests;
