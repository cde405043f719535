//! Confidence intervals in closed form.

use statrs::distribution::{Beta, ContinuousCDF};

/// Two-sided 95 % point of the normal distribution.
pub const Z95: f64 = 1.959963984540054;

/// Wilson's score interval of a proportion.
///
/// (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n) with p = successes / n; method 3 of Newcombe, *Two-sided confidence
/// intervals for the single proportion*, Statistics in Medicine 17 (1998). It stays inside 0..=1 and has a width at
/// 0 and at n, unlike the textbook p ± z √(p(1-p)/n). Counts may be fractional (weights, fractional credit). `None`
/// when n is not positive or successes are not between 0 and n.
///
/// 81 of 263 is 0.308, interval 0.2553 to 0.3662:
///
/// ```
/// use mizan_stats::interval::{Z95, wilson};
/// let (low, high) = wilson(81.0, 263.0, Z95).expect("81 lies between 0 and 263");
/// assert!((low - 0.2553).abs() < 5e-5 && (high - 0.3662).abs() < 5e-5);
/// ```
pub fn wilson(successes: f64, n: f64, z: f64) -> Option<(f64, f64)> {
    if !(n > 0.0 && n.is_finite() && (0.0..=n).contains(&successes)) {
        return None;
    }
    let p = successes / n;
    let centre = p + z * z / (2.0 * n);
    let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    // At the ends the formula gives 0 and 1 but for the last bits.
    let low = if successes == 0.0 { 0.0 } else { ((centre - half) / scale).max(0.0) };
    let high = if successes == n { 1.0 } else { ((centre + half) / scale).min(1.0) };
    Some((low, high))
}

/// Exact interval of a proportion: at the limits, so many successes or more (or fewer) have the probability of a tail.
///
/// Quantiles of beta(r, n - r + 1) and beta(r + 1, n - r). Clopper and Pearson, Biometrika 26 (1934); method 5 of Newcombe
/// (1998). It never holds less than it promises, and mostly more: it is wider than Wilson's. Counts may be fractional.
/// `None` for a confidence outside 0..1, or for what [`wilson`] refuses.
///
/// 1 of 29: 0.0009 to 0.1776.
///
/// ```
/// use mizan_stats::interval::clopper_pearson;
/// let (low, high) = clopper_pearson(1.0, 29.0, 0.95).expect("1 lies between 0 and 29");
/// assert!((low - 0.0009).abs() < 5e-5 && (high - 0.1776).abs() < 5e-5);
/// ```
pub fn clopper_pearson(successes: f64, n: f64, confidence: f64) -> Option<(f64, f64)> {
    beta_interval(successes, n, confidence, (0.0, 1.0))
}

/// Jeffreys's interval of a proportion: what is known of it when beta(½, ½) was known before.
///
/// Quantiles of beta(r + ½, n - r + ½); 0 where there is no success, and 1 where there is nothing else. Brown, Cai and
/// DasGupta, Statistical Science 16 (2001). Counts may be fractional. `None` as for [`clopper_pearson`].
///
/// 81 of 263: 0.2545 to 0.3656.
pub fn jeffreys(successes: f64, n: f64, confidence: f64) -> Option<(f64, f64)> {
    beta_interval(successes, n, confidence, (0.5, 0.5))
}

/// Low limit from beta(r + `add.0`, n - r + 1 - `add.0`), high limit from beta(r + `add.1`, n - r + 1 - `add.1`).
fn beta_interval(successes: f64, n: f64, confidence: f64, add: (f64, f64)) -> Option<(f64, f64)> {
    let is_proportion = n > 0.0 && n.is_finite() && (0.0..=n).contains(&successes);
    if !(is_proportion && confidence > 0.0 && confidence < 1.0) {
        return None;
    }
    let tail = 0.5 * (1.0 - confidence);
    let limit =
        |add: f64, level: f64| Some(Beta::new(successes + add, n - successes + 1.0 - add).ok()?.inverse_cdf(level));
    let low = if successes == 0.0 { 0.0 } else { limit(add.0, tail)? };
    let high = if successes == n { 1.0 } else { limit(add.1, 1.0 - tail)? };
    Some((low, high))
}

/// mean ± z × standard error.
///
/// Mean 10 with standard error 2 and z = 1.96: 6.08 to 13.92.
pub fn normal_mean(mean: f64, standard_error: f64, z: f64) -> (f64, f64) {
    (mean - z * standard_error, mean + z * standard_error)
}

/// Ranks of the two order statistics that enclose the q-quantile of n values.
///
/// n q ± z √(n q (1 - q)), rounded outwards and held within 1..=n; the normal form of the binomial argument in
/// Conover, *Practical Nonparametric Statistics* (1999), 3.2. It needs no assumption on the distribution. `None` when
/// n is 0 or q is outside 0..=1.
///
/// The median of 100 values lies between the 40th and the 60th (50 ± 9.8):
///
/// ```
/// use mizan_stats::interval::{Z95, order_statistic_ranks};
/// assert_eq!(order_statistic_ranks(100, 0.5, Z95), Some((40, 60)));
/// ```
pub fn order_statistic_ranks(n: u64, q: f64, z: f64) -> Option<(u64, u64)> {
    if n == 0 || !(0.0..=1.0).contains(&q) {
        return None;
    }
    let centre = n as f64 * q;
    let half = z * (centre * (1.0 - q)).sqrt();
    let within = |rank: f64| (rank as u64).clamp(1, n);
    Some((within((centre - half).floor()), within((centre + half).ceil())))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check_wilson(successes: f64, n: f64, expect: (f64, f64)) {
        let (low, high) = wilson(successes, n, Z95).unwrap();
        assert!((low - expect.0).abs() < 5e-5, "{successes}/{n}: {low}");
        assert!((high - expect.1).abs() < 5e-5, "{successes}/{n}: {high}");
    }

    #[test]
    fn wilson_gives_the_numbers_of_newcombe_1998() {
        check_wilson(81.0, 263.0, (0.2553, 0.3662));
        check_wilson(15.0, 148.0, (0.0624, 0.1605));
        check_wilson(0.0, 20.0, (0.0, 0.1611));
        check_wilson(1.0, 29.0, (0.0061, 0.1718));
    }

    #[test]
    fn wilson_is_symmetric_and_closed_at_the_ends() {
        let (low, high) = wilson(20.0, 20.0, Z95).unwrap();
        assert_eq!(high, 1.0);
        assert!((low - (1.0 - 0.1611)).abs() < 5e-5);
        assert_eq!(wilson(0.0, 20.0, Z95).unwrap().0, 0.0);
    }

    #[test]
    fn wilson_refuses_what_is_no_proportion() {
        for (successes, n) in [(1.0, 0.0), (-1.0, 5.0), (6.0, 5.0), (f64::NAN, 5.0), (1.0, f64::INFINITY)] {
            assert_eq!(wilson(successes, n, Z95), None);
        }
    }

    /// Newcombe 1998, method 5; the further digits by halving the binomial sums in Python 3.13.
    #[test]
    fn exact_limits_are_those_of_newcombe_1998() {
        let check = |successes, n, expect: (f64, f64)| {
            let (low, high) = clopper_pearson(successes, n, 0.95).unwrap();
            assert!((low - expect.0).abs() < 1e-9 && (high - expect.1).abs() < 1e-9, "{successes}/{n}: {low} {high}");
        };
        check(81.0, 263.0, (0.252_736_745_585, 0.367_621_922_601));
        check(15.0, 148.0, (0.057_844_010_083, 0.161_650_490_349));
        check(0.0, 20.0, (0.0, 0.168_433_470_983));
        check(1.0, 29.0, (0.000_872_646_884, 0.177_644_295_489));
        check(20.0, 20.0, (1.0 - 0.168_433_470_983, 1.0));
    }

    /// Quantiles of the beta density summed by trapezia over the angle, in Python 3.13.
    #[test]
    fn jeffreys_limits_are_quantiles_of_beta() {
        let check = |successes, n, expect: (f64, f64)| {
            let (low, high) = jeffreys(successes, n, 0.95).unwrap();
            assert!((low - expect.0).abs() < 1e-8 && (high - expect.1).abs() < 1e-8, "{successes}/{n}: {low} {high}");
        };
        check(81.0, 263.0, (0.254_521_934_3, 0.365_647_499_7));
        check(15.0, 148.0, (0.060_448_516_7, 0.157_643_143_9));
        check(0.0, 20.0, (0.0, 0.116_638_983_0));
        check(1.0, 29.0, (0.003_746_173_6, 0.150_077_686_2));
        assert_eq!(jeffreys(1.0, 0.0, 0.95), None);
        assert_eq!(clopper_pearson(1.0, 2.0, 1.0), None);
    }

    proptest! {
        /// Jeffreys's limits lie within the exact ones, and all hold the share.
        #[test]
        fn intervals_of_a_proportion_lie_in_each_other(successes in 0..60_u8, failures in 0..60_u8, confidence in 0.5..0.999) {
            prop_assume!(successes + failures > 0);
            let (r, n) = (f64::from(successes), f64::from(successes) + f64::from(failures));
            let exact = clopper_pearson(r, n, confidence).unwrap();
            let inner = jeffreys(r, n, confidence).unwrap();
            prop_assert!(exact.0 <= inner.0 + 1e-9 && inner.1 <= exact.1 + 1e-9);
            prop_assert!(inner.0 <= r / n && r / n <= inner.1);
        }
    }

    #[test]
    fn ranks_are_rounded_outwards_and_stay_inside() {
        assert_eq!(order_statistic_ranks(1, 0.5, Z95), Some((1, 1)));
        assert_eq!(order_statistic_ranks(10, 0.9, Z95), Some((7, 10)));
        assert_eq!(order_statistic_ranks(1000, 0.9, Z95), Some((881, 919)));
        assert_eq!(order_statistic_ranks(0, 0.5, Z95), None);
        assert_eq!(order_statistic_ranks(5, 1.5, Z95), None);
    }

    #[test]
    fn normal_interval_is_symmetric() {
        let (low, high) = normal_mean(10.0, 2.0, Z95);
        assert!((low - 6.08).abs() < 1e-3 && (high - 13.92).abs() < 1e-3);
    }
}
