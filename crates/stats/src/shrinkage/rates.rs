//! Proportions: binomial within units, beta between.

use statrs::distribution::{Beta, ContinuousCDF};
use statrs::function::gamma::digamma;

use super::ShrinkageError;
use crate::interval::wilson;
use crate::normal;

/// How to estimate the spread of the true rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Moments with the trials as weights: mean Σr/Σn; 1/(a + b + 1) = (S/pq - (k - 1))/(Σn - Σn²/Σn - (k - 1)) with
    /// S = Σ n (r/n - p)². Kleinman, Journal of the American Statistical Association 68 (1973).
    Moments,
    /// Greatest beta-binomial likelihood.
    Likelihood,
}

/// Distribution of the true rates of units: beta with a = mean × concentration, b = (1 - mean) × concentration.
///
/// Four hits of 14 where the rates of 71 units scatter around 14 %: shrunk from 0.286 to 0.208.
///
/// ```
/// use mizan_stats::shrinkage::BetaPrior;
/// let prior = BetaPrior { mean: 0.1423, concentration: 16.46, successes: 267.0, trials: 1739.0 };
/// assert!((prior.shrink(4.0, 14.0) - 0.208).abs() < 5e-4);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BetaPrior {
    /// Mean of the true rates.
    pub mean: f64,
    /// a + b: as many trials as the prior is worth. Infinite when the rates differ no more than chance makes them.
    pub concentration: f64,
    /// Successes of all units.
    pub successes: f64,
    /// Trials of all units.
    pub trials: f64,
}

impl BetaPrior {
    /// Estimates the prior from the successes and trials of k units, one a row. Counts may be fractional.
    ///
    /// # Errors
    /// Successes outside 0..=trials, no trials, fewer than two units, or a likelihood without a maximum (each unit all
    /// or nothing).
    pub fn estimate(successes: &[f64], trials: &[f64], fit: Fit) -> Result<Self, ShrinkageError> {
        let units = successes.len();
        let sound = |unit: &usize| {
            trials.get(*unit).is_some_and(|n| *n > 0.0 && n.is_finite() && (0.0..=*n).contains(&successes[*unit]))
        };
        let unit = (0..units).take_while(sound).count();
        if unit < units || trials.len() != units {
            return Err(ShrinkageError::NoProportion { unit });
        }
        if units < 2 {
            return Err(ShrinkageError::TooFew { units, least: 2 });
        }
        let (r, n): (f64, f64) = (successes.iter().sum(), trials.iter().sum());
        let pooled = BetaPrior { mean: r / n, concentration: f64::INFINITY, successes: r, trials: n };
        let counts: Vec<(f64, f64)> = successes.iter().copied().zip(trials.iter().copied()).collect();
        match fit {
            _ if r == 0.0 || r == n => Ok(pooled),
            Fit::Moments => moments(&counts, pooled),
            Fit::Likelihood => likelihood(&counts, pooled),
        }
    }

    /// Mean of what is known of the rate after `successes` of `trials`: (r + a)/(n + a + b).
    pub fn shrink(&self, successes: f64, trials: f64) -> f64 {
        if self.concentration.is_infinite() {
            return self.mean;
        }
        (successes + self.mean * self.concentration) / (trials + self.concentration)
    }

    /// Central interval of the rate after `successes` of `trials`: quantiles of the beta distribution with r + a, n - r + b.
    ///
    /// Where the rates do not differ (infinite concentration), Wilson's interval of the common rate. `None` for a
    /// confidence outside 0..1 or successes outside 0..=trials.
    pub fn interval(&self, successes: f64, trials: f64, confidence: f64) -> Option<(f64, f64)> {
        if !(confidence > 0.0 && confidence < 1.0 && (0.0..=trials).contains(&successes)) {
            return None;
        }
        let tail = 0.5 * (1.0 - confidence);
        if self.concentration.is_infinite() {
            return wilson(self.successes, self.trials, -normal::quantile(tail));
        }
        let (a, b) = (self.mean * self.concentration, (1.0 - self.mean) * self.concentration);
        let beta = Beta::new(successes + a, trials - successes + b).ok()?;
        Some((beta.inverse_cdf(tail), beta.inverse_cdf(1.0 - tail)))
    }
}

fn moments(counts: &[(f64, f64)], pooled: BetaPrior) -> Result<BetaPrior, ShrinkageError> {
    let (p, total) = (pooled.mean, pooled.trials);
    let squares: f64 = counts.iter().map(|(r, n)| n * (r / n - p).powi(2)).sum();
    let freedom = (counts.len() - 1) as f64;
    let room = total - counts.iter().map(|(_, n)| n * n).sum::<f64>() / total - freedom;
    let excess = squares / (p * (1.0 - p)) - freedom;
    if excess <= 0.0 {
        return Ok(pooled);
    }
    // Units of one trial each show no spread; all or nothing leaves a and b at 0.
    let share = excess / room;
    if !(room > 0.0 && share < 1.0) {
        return Err(ShrinkageError::NoOptimum);
    }
    Ok(BetaPrior { concentration: (1.0 - share) / share, ..pooled })
}

fn likelihood(counts: &[(f64, f64)], pooled: BetaPrior) -> Result<BetaPrior, ShrinkageError> {
    let (p, q) = (pooled.mean, 1.0 - pooled.mean);
    // Slope of the log-likelihood in 1/(a + b) at 0: when it does not rise there, the binomial is the best of the family.
    let slope = |&(r, n): &(f64, f64)| r * (r - 1.0) / p + (n - r) * (n - r - 1.0) / q - n * (n - 1.0);
    if counts.iter().map(slope).sum::<f64>() <= 0.0 {
        return Ok(pooled);
    }
    // Units that each are all or nothing: the likelihood climbs as a and b fall to 0, and has no top.
    if counts.iter().all(|&(r, n)| r == 0.0 || r == n) {
        return Err(ShrinkageError::NoOptimum);
    }
    // For a fixed a + b the slope in the mean falls from 0 to 1, so it has one root; along that ridge the slope in a + b
    // changes its sign once it is bracketed. Halving takes more steps than Newton and cannot get lost on the plain.
    let ridge = |concentration: f64| {
        let mean = falling_root(0.0, 1.0, |mean| {
            let (by_a, by_b) = slopes(counts, mean * concentration, (1.0 - mean) * concentration);
            by_a - by_b
        });
        let (a, b) = (mean * concentration, (1.0 - mean) * concentration);
        let (by_a, by_b) = slopes(counts, a, b);
        (mean, a * by_a + b * by_b)
    };
    let (mut low, mut high) = (10.0, 10.0);
    while ridge(low).1 <= 0.0 {
        low *= 0.25;
        if low < 1e-9 {
            return Err(ShrinkageError::NoOptimum);
        }
    }
    while ridge(high).1 > 0.0 {
        high *= 4.0;
        // Each unit's own cases then weigh less than a ten-thousandth.
        if high > 1e4 * pooled.trials {
            return Ok(pooled);
        }
    }
    let concentration = falling_root(low.ln(), high.ln(), |logarithm| ridge(logarithm.exp()).1).exp();
    Ok(BetaPrior { mean: ridge(concentration).0, concentration, ..pooled })
}

/// Slopes of the log-likelihood Σ ln B(r + a, n - r + b) - ln B(a, b) in a and in b.
fn slopes(counts: &[(f64, f64)], a: f64, b: f64) -> (f64, f64) {
    let (at_a, at_b, at_both) = (digamma(a), digamma(b), digamma(a + b));
    counts.iter().fold((0.0, 0.0), |(by_a, by_b), (r, n)| {
        let both = at_both - digamma(n + a + b);
        (by_a + digamma(r + a) - at_a + both, by_b + digamma(n - r + b) - at_b + both)
    })
}

/// Where a falling function crosses zero between `low` and `high`, by halving to the last digits.
fn falling_root(mut low: f64, mut high: f64, function: impl Fn(f64) -> f64) -> f64 {
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        if function(middle) > 0.0 { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests;
