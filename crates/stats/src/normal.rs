//! The normal distribution in its tails: log Φ, Mills ratios and quantiles that keep their digits where Φ underflows.
//!
//! Likelihoods of frontiers and of truncated regressions are sums of ln Φ far out in the tail. There Φ itself is zero
//! in floating point from z = -38.6 on, and φ/Φ is 0/0; the continued fraction of the Mills ratio has no such end.

use std::f64::consts::{FRAC_1_SQRT_2, SQRT_2};

use libm::erfc;
use statrs::function::erf::erfc_inv;

/// ½ ln 2π.
pub const HALF_LN_TWO_PI: f64 = 0.918_938_533_204_672_8;

/// Below this the continued fraction is used: it needs fewer than 60 terms there and loses nothing.
const TAIL: f64 = -5.0;

/// ln Φ and its first derivatives at one point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogCdf {
    /// ln Φ(z).
    pub value: f64,
    /// λ(z) = φ(z)/Φ(z), the first derivative of ln Φ.
    pub mills: f64,
    /// λ(z) + z, without the cancellation of that sum when z is far below zero. The second derivative of ln Φ is
    /// -λ(λ + z).
    pub excess: f64,
}

/// ln φ(z) = -½ z² - ½ ln 2π.
pub fn ln_density(z: f64) -> f64 {
    -0.5 * z * z - HALF_LN_TWO_PI
}

/// Φ(z).
pub fn cdf(z: f64) -> f64 {
    0.5 * erfc(-z * FRAC_1_SQRT_2)
}

/// Φ⁻¹(p); infinite at 0 and 1.
///
/// ```
/// assert!((mizan_stats::normal::quantile(0.975) - 1.959963984540054).abs() < 1e-12);
/// ```
pub fn quantile(p: f64) -> f64 {
    -SQRT_2 * erfc_inv(2.0 * p)
}

/// ln Φ(z), its derivative λ and λ + z.
///
/// For z < -5, Φ(z)/φ(z) = 1/(x + 1/(x + 2/(x + 3/(x + …)))) with x = -z (Laplace's continued fraction; Abramowitz and
/// Stegun 26.2.14), evaluated from the back. ln Φ(-10) = -53.23128515051247, ln Φ(-40) = -804.6084420137538.
///
/// ```
/// let tail = mizan_stats::normal::log_cdf(-40.0);
/// assert!((tail.value + 804.6084420137538).abs() < 1e-10);
/// ```
pub fn log_cdf(z: f64) -> LogCdf {
    if z < TAIL {
        let x = -z;
        // At x = 5 the tail after 60 terms is below the last bit; further out it dies faster.
        let terms = if x < 10.0 { 60 } else { 30 };
        let mut excess = 0.0;
        for k in (1..=terms).rev() {
            excess = f64::from(k) / (x + excess);
        }
        let mills = x + excess;
        return LogCdf { value: ln_density(z) - mills.ln(), mills, excess };
    }
    let value = if z > 0.0 { (-cdf(-z)).ln_1p() } else { cdf(z).ln() };
    let mills = (ln_density(z) - value).exp();
    LogCdf { value, mills, excess: mills + z }
}

/// The quantile `p` of the standard normal distribution truncated to values above `lower`.
///
/// Inverse of the survival function: Φ(-z) = (1 - p) Φ(-lower). Where Φ(-lower) underflows or loses digits
/// (`lower` > 30), the leading term of the tail, φ(z)/z: z² = lower² - 2 ln(1 - p) - 2 ln(z/lower), which leaves an
/// error of about 1/lower⁴ of the step.
pub fn truncated_above_quantile(lower: f64, p: f64) -> f64 {
    let survival = 1.0 - p;
    if lower > 30.0 {
        let squared = lower * lower - 2.0 * survival.ln();
        return (0..3).fold(squared.sqrt(), |z, _| (squared - 2.0 * (z / lower).ln()).sqrt()).max(lower);
    }
    (SQRT_2 * erfc_inv(survival * erfc(lower * FRAC_1_SQRT_2))).max(lower)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// ln Φ to the last digit, from the series of Φ in arithmetic of 400 to 2000 digits.
    const LOG_CDF: [(f64, f64); 13] = [
        (8.0, -6.220960574271786e-16),
        (3.0, -0.0013508099647481938),
        (0.5, -0.3689464152886564),
        (0.0, -std::f64::consts::LN_2),
        (-0.5, -1.1759117615936185),
        (-2.0, -3.783184333682032),
        (-4.75, -13.798571593147466),
        (-5.0, -15.064998393988725),
        (-5.25, -16.39188001003779),
        (-7.0, -27.384307498811076),
        (-10.0, -53.23128515051247),
        (-20.0, -203.91715537109727),
        (-40.0, -804.6084420137538),
    ];

    #[test]
    fn log_cdf_keeps_its_digits() {
        let check = |z: f64, expected: f64| {
            let got = log_cdf(z).value;
            // The rounding of z alone moves a tail of z = 8 by 64 times the precision.
            let tolerance = (2e-15 + 2e-16 * z * z) * expected.abs();
            assert!((got - expected).abs() <= tolerance, "{z}: {got} {expected}");
        };
        LOG_CDF.iter().for_each(|&(z, expected)| check(z, expected));
    }

    #[test]
    fn fraction_and_error_function_meet() {
        let left = log_cdf(TAIL - 1e-9);
        let right = log_cdf(TAIL);
        assert!((left.value - right.value).abs() < 1e-8);
        assert!((left.excess - right.excess).abs() < 1e-8);
    }

    proptest! {
        #[test]
        fn derivatives_are_those_of_the_value(z in -30.0..8.0_f64) {
            let h = 1e-4;
            let (low, here, high) = (log_cdf(z - h), log_cdf(z), log_cdf(z + h));
            let first = (high.value - low.value) / (2.0 * h);
            prop_assert!((first - here.mills).abs() < 1e-7 * (1.0 + here.mills));
            let second = (high.mills - low.mills) / (2.0 * h);
            prop_assert!((second + here.mills * here.excess).abs() < 1e-7);
        }

        #[test]
        fn truncated_quantile_inverts_the_survival(lower in -6.0..25.0_f64, p in 0.001..0.999_f64) {
            let z = truncated_above_quantile(lower, p);
            prop_assert!(z >= lower);
            let got = log_cdf(-z).value - log_cdf(-lower).value;
            prop_assert!((got - (1.0 - p).ln()).abs() < 1e-9, "{} {}", got, (1.0 - p).ln());
        }
    }

    #[test]
    fn far_tail_of_the_truncated_quantile_is_continuous() {
        let near = truncated_above_quantile(30.0, 0.5) - 30.0;
        let far = truncated_above_quantile(30.000001, 0.5) - 30.000001;
        assert!((near - far).abs() < 1e-5 * near, "{near} {far}");
    }
}
