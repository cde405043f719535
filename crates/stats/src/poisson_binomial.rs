//! Number of successes of independent trials, each with its own probability.
//!
//! How often an officer should meet a broker's declarations when each was assigned at random among those on duty: the
//! probabilities differ from day to day, and for small expectations no normal approximation will do.

/// Probabilities of 0, 1, …, n successes.
///
/// By the recursion f(k, d) = f(k, d - 1)(1 - p) + f(k - 1, d - 1) p over trials d, exact up to rounding, in n²/2 steps; all
/// terms are positive, so that small tails keep their digits. `None` for a probability outside 0..=1.
///
/// ```
/// use mizan_stats::poisson_binomial::probabilities;
/// assert_eq!(probabilities(&[0.5, 0.5]), Some(vec![0.25, 0.5, 0.25]));
/// ```
pub fn probabilities(p: &[f64]) -> Option<Vec<f64>> {
    if !p.iter().all(|p| (0.0..=1.0).contains(p)) {
        return None;
    }
    let mut shares = vec![0.0; p.len() + 1];
    shares[0] = 1.0;
    for (trial, p) in p.iter().enumerate() {
        for k in (1..=trial + 1).rev() {
            shares[k] = shares[k] * (1.0 - p) + shares[k - 1] * p;
        }
        shares[0] *= 1.0 - p;
    }
    Some(shares)
}

/// Probability of `successes` or more. `None` for a probability outside 0..=1.
pub fn at_least(successes: usize, p: &[f64]) -> Option<f64> {
    let shares = probabilities(p)?;
    // From the far end, where the small terms are.
    Some(shares.iter().skip(successes).rev().sum::<f64>().min(1.0))
}

/// Probability of `successes` or fewer. `None` for a probability outside 0..=1.
pub fn at_most(successes: usize, p: &[f64]) -> Option<f64> {
    let shares = probabilities(p)?;
    Some(shares.iter().take(successes.saturating_add(1)).sum::<f64>().min(1.0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use statrs::distribution::{Binomial, Discrete};

    use super::*;

    const P: [f64; 8] = [0.1, 0.25, 0.5, 0.05, 0.9, 0.3, 0.3, 0.7];

    /// `poisson_binom` of scipy 1.17.
    #[test]
    fn probabilities_are_those_of_another_program() {
        let expect = [
            0.0047131874999999995,
            0.064512,
            0.23427149999999997,
            0.3449905,
            0.24465687499999994,
            0.089179,
            0.016323000000000004,
            0.0013185,
            3.54375e-05,
        ];
        let found = probabilities(&P).unwrap();
        for (found, expect) in found.iter().zip(expect) {
            assert!((found - expect).abs() < 1e-14 * expect.max(0.1), "{found} is not {expect}");
        }
        assert!((at_least(6, &P).unwrap() - 0.0176769375).abs() < 1e-15);
    }

    #[test]
    fn tails_begin_and_end_where_they_should() {
        assert_eq!((at_least(0, &P), at_least(9, &P)), (Some(1.0), Some(0.0)));
        assert!((at_most(8, &P).unwrap() - 1.0).abs() < 1e-15);
        assert_eq!((at_most(0, &[]), at_most(usize::MAX, &[1.0])), (Some(1.0), Some(1.0)));
        assert_eq!(probabilities(&[0.5, 1.1]), None);
        assert_eq!(probabilities(&[f64::NAN]), None);
    }

    proptest! {
        #[test]
        fn equal_probabilities_are_binomial(p in 0.0..=1.0_f64, n in 1..60_usize) {
            let binomial = Binomial::new(p, n as u64).unwrap();
            for (k, share) in probabilities(&vec![p; n]).unwrap().into_iter().enumerate() {
                prop_assert!((share - binomial.pmf(k as u64)).abs() < 1e-12);
            }
        }

        #[test]
        fn mean_and_variance_are_sums(p in prop::collection::vec(0.0..=1.0_f64, 1..80)) {
            let found = probabilities(&p).unwrap();
            let moment = |f: &dyn Fn(f64) -> f64| found.iter().enumerate().map(|(k, share)| share * f(k as f64)).sum::<f64>();
            let mean: f64 = p.iter().sum();
            prop_assert!((moment(&|_| 1.0) - 1.0).abs() < 1e-12 && (moment(&|k| k) - mean).abs() < 1e-10);
            let variance: f64 = p.iter().map(|p| p * (1.0 - p)).sum();
            prop_assert!((moment(&|k| (k - mean).powi(2)) - variance).abs() < 1e-9);
        }
    }
}
