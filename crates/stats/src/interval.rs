//! Confidence intervals in closed form.

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
