use proptest::prelude::*;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;

/// Tumours in 71 groups of rats (Tarone 1982; table 5.1 of Gelman and others, *Bayesian Data Analysis*).
const TUMOURS: [u8; 71] = [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 5, 2, 5, 3, 2, 7,
    7, 3, 3, 2, 9, 10, 4, 4, 4, 4, 4, 4, 4, 10, 4, 4, 4, 5, 11, 12, 5, 5, 6, 5, 6, 6, 6, 6, 16, 15, 15, 9, 4,
];
const RATS: [u8; 71] = [
    20, 20, 20, 20, 20, 20, 20, 19, 19, 19, 19, 18, 18, 17, 20, 20, 20, 20, 19, 19, 18, 18, 25, 24, 23, 20, 20, 20, 20,
    20, 20, 10, 49, 19, 46, 27, 17, 49, 47, 20, 20, 13, 48, 50, 20, 20, 20, 20, 20, 20, 20, 48, 19, 19, 19, 22, 46, 49,
    20, 20, 23, 19, 22, 20, 20, 20, 52, 46, 47, 24, 14,
];

fn numbers(counts: &[u8]) -> Vec<f64> {
    counts.iter().map(|count| f64::from(*count)).collect()
}

fn close(found: f64, expect: f64, tolerance: f64) {
    assert!((found - expect).abs() <= tolerance, "{found} is not {expect}");
}

/// The book: mean 0.136 and standard deviation 0.103 of the 70 historical rates.
#[test]
fn the_rats_are_those_of_the_book() {
    let rates: Vec<f64> = (0..70).map(|group| f64::from(TUMOURS[group]) / f64::from(RATS[group])).collect();
    let mean = rates.iter().sum::<f64>() / 70.0;
    close(mean, 0.136, 5e-4);
    close((rates.iter().map(|rate| (rate - mean).powi(2)).sum::<f64>() / 69.0).sqrt(), 0.103, 5e-4);
}

/// Maximum of the `betabinom` likelihood of scipy 1.17 by a search without derivatives, and quantiles of its `beta`.
#[test]
fn likelihood_finds_the_maximum_that_another_program_finds() {
    let prior = BetaPrior::estimate(&numbers(&TUMOURS), &numbers(&RATS), Fit::Likelihood).unwrap();
    close(prior.mean * prior.concentration, 2.34161464, 2e-6);
    close((1.0 - prior.mean) * prior.concentration, 14.1148056, 1e-5);
    close(prior.shrink(4.0, 14.0), 0.20821930, 1e-7);
    let (low, high) = prior.interval(4.0, 14.0, 0.95).unwrap();
    close(low, 0.08621635, 1e-7);
    close(high, 0.36635199, 1e-7);
}

/// Rates that differ hardly more than chance: beyond its top the likelihood falls so gently towards that of the binomial
/// that a search by gradients, begun there, stops at once. Halving along the ridge in arithmetic of 40 digits: 930.158417976538.
#[test]
fn a_nearly_flat_likelihood_has_its_top_found() {
    let successes = numbers(&[2, 1, 2, 9, 2, 1, 3, 4, 2, 1]);
    let trials = numbers(&[37, 22, 25, 52, 24, 7, 56, 36, 19, 7]);
    let prior = BetaPrior::estimate(&successes, &trials, Fit::Likelihood).unwrap();
    close(prior.concentration, 930.158417976538, 1e-5);
    close(prior.mean, 0.09467657035967, 1e-10);
    assert!(BetaPrior::estimate(&successes, &trials, Fit::Moments).unwrap().concentration.is_infinite());
}

/// Kleinman's formula in numpy.
#[test]
fn moments_follow_the_formula() {
    let prior = BetaPrior::estimate(&numbers(&TUMOURS), &numbers(&RATS), Fit::Moments).unwrap();
    close(prior.mean, 0.1535365152386429, 1e-15);
    close(prior.mean * prior.concentration, 3.3464747352047133, 1e-12);
}

#[test]
fn rates_that_do_not_differ_are_pooled() {
    for fit in [Fit::Moments, Fit::Likelihood] {
        let prior = BetaPrior::estimate(&[5.0, 10.0, 20.0], &[50.0, 100.0, 200.0], fit).unwrap();
        assert!(prior.concentration.is_infinite());
        assert_eq!(prior.shrink(0.0, 5.0), 0.1);
        assert_eq!(prior.interval(0.0, 5.0, 0.95), wilson(35.0, 350.0, -normal::quantile(0.5 * (1.0 - 0.95))));
        let none = BetaPrior::estimate(&[0.0, 0.0], &[50.0, 100.0], fit).unwrap();
        assert_eq!(none.shrink(0.0, 5.0), 0.0);
    }
}

#[test]
fn what_is_no_proportion_is_said() {
    let says = |r: &[f64], n: &[f64], expect| assert_eq!(BetaPrior::estimate(r, n, Fit::Moments), Err(expect));
    says(&[1.0, 6.0], &[5.0, 5.0], ShrinkageError::NoProportion { unit: 1 });
    says(&[1.0, f64::NAN], &[5.0, 5.0], ShrinkageError::NoProportion { unit: 1 });
    says(&[1.0, 0.0], &[5.0, 0.0], ShrinkageError::NoProportion { unit: 1 });
    says(&[1.0, 0.0], &[5.0], ShrinkageError::NoProportion { unit: 1 });
    says(&[1.0], &[5.0], ShrinkageError::TooFew { units: 1, least: 2 });
    // All or nothing: the likelihood climbs as a + b falls to 0.
    let split = BetaPrior::estimate(&[0.0, 50.0, 0.0, 50.0], &[50.0; 4], Fit::Likelihood);
    assert_eq!(split, Err(ShrinkageError::NoOptimum));
}

/// True rates drawn from a known distribution: 95 % intervals hold 95 % of them.
#[test]
fn intervals_hold_the_share_they_promise() {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let truth = Beta::new(3.0, 27.0).unwrap();
    let (mut inside, mut all) = (0, 0);
    for _ in 0..20 {
        let trials: Vec<f64> = (0..60).map(|_| f64::from(random.random_range(5..200))).collect();
        let rates: Vec<f64> = trials.iter().map(|_| truth.inverse_cdf(random.random())).collect();
        let hits = |(rate, n): (&f64, &f64)| (0..*n as u32).filter(|_| random.random::<f64>() < *rate).count() as f64;
        let successes: Vec<f64> = rates.iter().zip(&trials).map(hits).collect();
        let prior = BetaPrior::estimate(&successes, &trials, Fit::Likelihood).unwrap();
        for unit in 0..60 {
            let (low, high) = prior.interval(successes[unit], trials[unit], 0.95).unwrap();
            inside += u32::from(low <= rates[unit] && rates[unit] <= high);
            all += 1;
        }
    }
    // 1 200 rates: 95 % with a standard error of 0.6 %; a little less, as the prior is taken for known.
    let share = f64::from(inside) / f64::from(all);
    assert!((0.925..0.97).contains(&share), "{share}");
}

proptest! {
    #[test]
    fn shrunk_lies_between_raw_and_mean(counts in prop::collection::vec((0_u16..60, 1_u16..200), 2..30)) {
        let successes: Vec<f64> = counts.iter().map(|(r, n)| f64::from(*r.min(n))).collect();
        let trials: Vec<f64> = counts.iter().map(|(_, n)| f64::from(*n)).collect();
        for fit in [Fit::Moments, Fit::Likelihood] {
            let Ok(prior) = BetaPrior::estimate(&successes, &trials, fit) else { continue };
            for (r, n) in successes.iter().zip(&trials) {
                let (raw, shrunk) = (r / n, prior.shrink(*r, *n));
                prop_assert!(shrunk >= raw.min(prior.mean) - 1e-12 && shrunk <= raw.max(prior.mean) + 1e-12);
                let (low, high) = prior.interval(*r, *n, 0.95).unwrap();
                prop_assert!(0.0 <= low && low <= high && high <= 1.0, "{low} {high}");
                // With no hit, or no miss, and little known of the others, nearly all of the posterior can lie at 0 or
                // 1, and its mean beyond the interval.
                if *r >= 1.0 && n - r >= 1.0 {
                    prop_assert!(low <= shrunk && shrunk <= high, "{low} {shrunk} {high}");
                }
            }
        }
    }
}
