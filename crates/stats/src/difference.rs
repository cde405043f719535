//! Differences between two offices or two years: interval, size of the effect, and whether to report it.
//!
//! That one interval holds zero and another does not is no difference between the two: ask for the interval of the
//! difference itself. A change is worth a sentence only if that interval excludes zero and the change reaches what the
//! indicator calls the smallest interesting one.

use libm::lgamma;
use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::interval::wilson;

/// A difference first minus second, and its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// First minus second.
    pub estimate: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

/// What may be said of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The interval holds zero: the two cannot be told apart.
    CannotBeTold,
    /// There is a difference, of less than interesting size.
    TooSmall,
    /// The first is greater.
    Greater,
    /// The first is less.
    Less,
}

impl Difference {
    /// Verdict against the `smallest` interesting difference (0 or above, same unit).
    ///
    /// ```
    /// use mizan_stats::difference::{Difference, Verdict};
    /// let faster = Difference { estimate: -6.0, low: -9.5, high: -2.5 };
    /// assert_eq!(faster.verdict(4.0), Verdict::Less);
    /// assert_eq!(faster.verdict(8.0), Verdict::TooSmall);
    /// ```
    pub fn verdict(&self, smallest: f64) -> Verdict {
        // Written so that a limit that is missing (NaN) tells nothing.
        if !(self.low > 0.0 || self.high < 0.0) {
            Verdict::CannotBeTold
        } else if self.estimate.abs() < smallest {
            Verdict::TooSmall
        } else if self.estimate > 0.0 {
            Verdict::Greater
        } else {
            Verdict::Less
        }
    }
}

/// Difference of two proportions r/n, each a pair (r, n), by squares of the distances to Wilson's limits.
///
/// Low p₁ - p₂ - √((p₁ - l₁)² + (u₂ - p₂)²), high p₁ - p₂ + √((u₁ - p₁)² + (p₂ - l₂)²); method 10 of Newcombe, *Interval
/// estimation for the difference between independent proportions*, Statistics in Medicine 17 (1998). `None` for what is
/// no proportion.
///
/// 56 of 70 less 48 of 80: 0.0524 to 0.3339.
pub fn proportions(first: (f64, f64), second: (f64, f64), z: f64) -> Option<Difference> {
    let (low1, high1) = wilson(first.0, first.1, z)?;
    let (low2, high2) = wilson(second.0, second.1, z)?;
    let (p1, p2) = (first.0 / first.1, second.0 / second.1);
    let estimate = p1 - p2;
    Some(Difference {
        estimate,
        low: (estimate - (p1 - low1).hypot(high2 - p2)).max(-1.0),
        high: (estimate + (high1 - p1).hypot(p2 - low2)).min(1.0),
    })
}

/// A mean of independent values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SampleMean {
    /// The mean.
    pub mean: f64,
    /// Standard deviation of the values, divisor n - 1.
    pub deviation: f64,
    /// Number of values.
    pub n: f64,
}

/// Difference of two means without assuming equal variances (Welch, Biometrika 34 (1947)).
///
/// Student's t with (v₁ + v₂)²/(v₁²/(n₁ - 1) + v₂²/(n₂ - 1)) degrees of freedom, v = s²/n. `None` for fewer than two values,
/// a confidence outside 0..1, or two samples without any variation.
pub fn means(first: SampleMean, second: SampleMean, confidence: f64) -> Option<Difference> {
    if !(first.n >= 2.0 && second.n >= 2.0 && confidence > 0.0 && confidence < 1.0) {
        return None;
    }
    let (v1, v2) = (first.deviation.powi(2) / first.n, second.deviation.powi(2) / second.n);
    let freedom = (v1 + v2).powi(2) / (v1 * v1 / (first.n - 1.0) + v2 * v2 / (second.n - 1.0));
    let half = StudentsT::new(0.0, 1.0, freedom).ok()?.inverse_cdf(0.5 + 0.5 * confidence) * (v1 + v2).sqrt();
    let estimate = first.mean - second.mean;
    Some(Difference { estimate, low: estimate - half, high: estimate + half })
}

/// Hedges's g: the difference of means in pooled standard deviations, without the bias of small samples.
///
/// d Γ(m/2)/(√(m/2) Γ((m - 1)/2)) with m = n₁ + n₂ - 2; Hedges, Journal of Educational Statistics 6 (1981). NaN without
/// variation or for m < 2.
///
/// Means 103 and 100, deviations 5.5 and 4.5, 50 values each: 0.592.
pub fn hedges_g(first: SampleMean, second: SampleMean) -> f64 {
    let freedom = first.n + second.n - 2.0;
    let squares = (first.n - 1.0) * first.deviation.powi(2) + (second.n - 1.0) * second.deviation.powi(2);
    let pooled = (squares / freedom).sqrt();
    if !(freedom >= 2.0 && pooled > 0.0) {
        return f64::NAN;
    }
    let half = 0.5 * freedom;
    let correction = (lgamma(half) - lgamma(half - 0.5) - 0.5 * half.ln()).exp();
    correction * (first.mean - second.mean) / pooled
}

/// Cohen's h: 2 asin √p₁ - 2 asin √p₂. The same h is equally hard to see anywhere between 0 and 1.
///
/// Cohen, *Statistical Power Analysis for the Behavioral Sciences* (1988), chapter 6: 0.50 against 0.40 is 0.20.
pub fn cohen_h(first: f64, second: f64) -> f64 {
    2.0 * (first.sqrt().asin() - second.sqrt().asin())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::interval::Z95;

    fn close(found: f64, expect: f64, tolerance: f64) {
        assert!((found - expect).abs() <= tolerance, "{found} is not {expect}");
    }

    #[test]
    fn proportions_give_the_numbers_of_newcombe_1998() {
        let check = |first, second, low, high| {
            let found = proportions(first, second, Z95).unwrap();
            close(found.low, low, 5e-5);
            close(found.high, high, 5e-5);
        };
        check((56.0, 70.0), (48.0, 80.0), 0.0524, 0.3339);
        check((9.0, 10.0), (3.0, 10.0), 0.1705, 0.8090);
        check((6.0, 7.0), (2.0, 7.0), 0.0582, 0.8062);
        check((5.0, 56.0), (0.0, 29.0), -0.0381, 0.1926);
        check((0.0, 10.0), (0.0, 20.0), -0.1611, 0.2775);
        check((0.0, 10.0), (0.0, 10.0), -0.2775, 0.2775);
        check((10.0, 10.0), (0.0, 20.0), 0.6791, 1.0);
        check((10.0, 10.0), (0.0, 10.0), 0.6075, 1.0);
        assert_eq!(proportions((3.0, 2.0), (1.0, 2.0), Z95), None);
    }

    /// `ttest_ind` of scipy 1.17, without equal variances: 25.98 degrees of freedom.
    #[test]
    fn means_give_the_interval_of_another_program() {
        let first = SampleMean { mean: 31.307692307692307, deviation: 3.766220671436634 * 13_f64.sqrt(), n: 13.0 };
        let second = SampleMean { mean: 31.933333333333334, deviation: 4.19576506068255 * 15_f64.sqrt(), n: 15.0 };
        let found = means(first, second, 0.95).unwrap();
        close(found.low, -12.215581012489846, 1e-8);
        close(found.high, 10.964298961207792, 1e-8);
        assert_eq!(found.verdict(0.0), Verdict::CannotBeTold);
        assert_eq!(means(first, SampleMean { n: 1.0, ..second }, 0.95), None);
        let still = SampleMean { mean: 1.0, deviation: 0.0, n: 9.0 };
        assert_eq!(means(still, still, 0.95), None);
    }

    /// Borenstein, Hedges, Higgins and Rothstein, *Introduction to Meta-Analysis* (2009), chapter 4; Cohen (1988), table
    /// 6.2.2.
    #[test]
    fn effect_sizes_of_the_textbooks() {
        let mean = |mean, deviation| SampleMean { mean, deviation, n: 50.0 };
        close(hedges_g(mean(103.0, 5.5), mean(100.0, 4.5)), 0.5924, 5e-5);
        assert!(hedges_g(mean(103.0, 0.0), mean(100.0, 0.0)).is_nan());
        close(cohen_h(0.5, 0.4), 0.20, 5e-3);
        close(cohen_h(1.0, 0.0), std::f64::consts::PI, 1e-15);
    }

    #[test]
    fn only_a_sure_and_interesting_change_is_reported() {
        let check = |estimate, low, high, expect| {
            assert_eq!(Difference { estimate, low, high }.verdict(2.0), expect, "{estimate}");
        };
        check(1.0, -0.5, 2.5, Verdict::CannotBeTold);
        check(9.0, -0.5, 18.5, Verdict::CannotBeTold);
        check(1.0, 0.5, 1.5, Verdict::TooSmall);
        check(-1.0, -1.5, -0.5, Verdict::TooSmall);
        check(3.0, 1.0, 5.0, Verdict::Greater);
        check(-3.0, -5.0, -1.0, Verdict::Less);
        check(3.0, f64::NAN, f64::NAN, Verdict::CannotBeTold);
    }

    proptest! {
        #[test]
        fn swapping_turns_the_sign(r1 in 0..50_u8, r2 in 0..50_u8, n1 in 50..90_u8, n2 in 50..90_u8) {
            let (first, second) = ((f64::from(r1), f64::from(n1)), (f64::from(r2), f64::from(n2)));
            let (found, other) = (proportions(first, second, Z95).unwrap(), proportions(second, first, Z95).unwrap());
            prop_assert!((found.low + other.high).abs() < 1e-12 && (found.high + other.low).abs() < 1e-12);
            prop_assert!(found.low <= found.estimate && found.estimate <= found.high);
        }
    }
}
