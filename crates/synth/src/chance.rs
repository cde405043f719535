//! Seeded chance: the same numbers on every machine.
//!
//! The draws come from ChaCha8 and the functions below use only `+ - * /` and `sqrt`, which IEEE 754 defines to the last bit;
//! a platform's own `exp` or `ln` is never called.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// One stream of draws.
#[derive(Debug, Clone)]
pub(crate) struct Chance(ChaCha8Rng);

impl Chance {
    /// Stream `table` of month `month` under `seed`; streams are independent of each other.
    pub(crate) fn new(seed: u64, table: u32, month: u32) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream((u64::from(table) << 32) | u64::from(month));
        Chance(rng)
    }

    /// 32 random bits.
    pub(crate) fn bits(&mut self) -> u32 {
        self.0.next_u32()
    }

    /// Uniform in `0..n`; `n` must not be 0.
    pub(crate) fn below(&mut self, n: u32) -> u32 {
        ((u64::from(self.0.next_u32()) * u64::from(n)) >> 32) as u32
    }

    /// Uniform in `low..=high`.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::from(self.below((high - low + 1) as u32))
    }

    /// Uniform, above 0 and below 1.
    pub(crate) fn unit(&mut self) -> f64 {
        (f64::from(self.0.next_u32()) + 0.5) / 4_294_967_296.0
    }

    /// True with the given probability.
    pub(crate) fn yes(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Standard normal, by inversion.
    pub(crate) fn normal(&mut self) -> f64 {
        inverse_normal(self.unit())
    }

    /// Log-normal with the given median; `sigma` is the standard deviation of the logarithm.
    pub(crate) fn log_normal(&mut self, median: f64, sigma: f64) -> f64 {
        median * exp(sigma * self.normal())
    }

    /// One of the values, all equally likely.
    pub(crate) fn one_of<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.below(values.len() as u32) as usize]
    }

    /// Index drawn by whole-number weights.
    pub(crate) fn weighted(&mut self, weights: &[u32]) -> usize {
        let total = weights.iter().sum();
        let mut at = self.below(total);
        for (index, &weight) in weights.iter().enumerate() {
            if at < weight {
                return index;
            }
            at -= weight;
        }
        weights.len() - 1
    }
}

/// Weights turned into a table of 65,536 places, so that a draw is one look-up.
#[derive(Debug, Clone)]
pub(crate) struct Lottery(Vec<u32>);

impl Lottery {
    /// Places in proportion to the weights; a positive weight keeps at least a chance of 1 in 65,536 while places last.
    pub(crate) fn new(weights: &[f64]) -> Self {
        const PLACES: usize = 65_536;
        let total: f64 = weights.iter().sum();
        let mut places = Vec::with_capacity(PLACES);
        let mut sum = 0.0;
        for (index, weight) in weights.iter().enumerate() {
            sum += weight;
            let end = ((sum / total) * PLACES as f64 + 0.5) as usize;
            while places.len() < end.min(PLACES) {
                places.push(index as u32);
            }
        }
        while places.len() < PLACES {
            places.push(weights.len() as u32 - 1);
        }
        Lottery(places)
    }

    /// Zipf weights `1 / rank^exponent`.
    pub(crate) fn zipf(n: usize, exponent: f64) -> Self {
        let weights: Vec<f64> = (1..=n).map(|rank| exp(-exponent * ln(rank as f64))).collect();
        Lottery::new(&weights)
    }

    /// Index of a place drawn at random.
    pub(crate) fn draw(&self, chance: &mut Chance) -> u32 {
        self.0[(chance.bits() >> 16) as usize]
    }
}

/// Exponential function by range reduction and Taylor series; relative error below 1e-14 for |x| < 700.
pub(crate) fn exp(x: f64) -> f64 {
    const LN_2: f64 = std::f64::consts::LN_2;
    if x < -700.0 {
        return 0.0;
    }
    let x = x.min(700.0);
    let turns = (x / LN_2 + if x < 0.0 { -0.5 } else { 0.5 }) as i64;
    let rest = x - turns as f64 * LN_2;
    let mut term = 1.0;
    let mut sum = 1.0;
    for n in 1..14 {
        term *= rest / f64::from(n);
        sum += term;
    }
    sum * f64::from_bits(((1023 + turns) as u64) << 52)
}

/// Natural logarithm of a positive, normal number; relative error below 1e-14.
pub(crate) fn ln(x: f64) -> f64 {
    let bits = x.to_bits();
    let mut turns = ((bits >> 52) & 0x7ff) as i64 - 1023;
    let mut part = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) | (1023 << 52));
    if part > std::f64::consts::SQRT_2 {
        part *= 0.5;
        turns += 1;
    }
    let z = (part - 1.0) / (part + 1.0);
    let square = z * z;
    let mut power = z;
    let mut sum = 0.0;
    let mut odd = 1.0;
    for _ in 0..12 {
        sum += power / odd;
        power *= square;
        odd += 2.0;
    }
    2.0 * sum + turns as f64 * std::f64::consts::LN_2
}

/// Inverse of the standard normal distribution, rational approximation of P. J. Acklam (2003), relative error below 1.2e-9.
fn inverse_normal(p: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969683028665376e1,
        2.209460984245205e2,
        -2.759285104469687e2,
        1.38357751867269e2,
        -3.066479806614716e1,
        2.506628277459239,
    ];
    const B: [f64; 5] =
        [-5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1];
    const C: [f64; 6] = [
        -7.784894002430293e-3,
        -3.223964580411365e-1,
        -2.400758277161838,
        -2.549732539343734,
        4.374664141464968,
        2.938163982698783,
    ];
    const D: [f64; 4] = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416];
    let tail = |q: f64| {
        (((((C[0] * q + C[1]) * q + C[2]) * q + C[3]) * q + C[4]) * q + C[5])
            / ((((D[0] * q + D[1]) * q + D[2]) * q + D[3]) * q + 1.0)
    };
    if p < 0.02425 {
        tail((-2.0 * ln(p)).sqrt())
    } else if p > 1.0 - 0.02425 {
        -tail((-2.0 * ln(1.0 - p)).sqrt())
    } else {
        let q = p - 0.5;
        let r = q * q;
        (((((A[0] * r + A[1]) * r + A[2]) * r + A[3]) * r + A[4]) * r + A[5]) * q
            / (((((B[0] * r + B[1]) * r + B[2]) * r + B[3]) * r + B[4]) * r + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_and_ln_agree_with_the_platform() {
        for step in -600..600 {
            let x = f64::from(step) * 0.37;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-13, "exp {x}");
            let y = 0.001 + f64::from(step + 600) * 3.7;
            assert!((ln(y) - y.ln()).abs() < 1e-13 * y.ln().abs().max(1.0), "ln {y}");
        }
    }

    #[test]
    fn normal_draws_have_mean_zero_and_deviation_one() {
        let mut chance = Chance::new(7, 1, 1);
        let draws: Vec<f64> = (0..100_000).map(|_| chance.normal()).collect();
        let mean = draws.iter().sum::<f64>() / 1e5;
        let variance = draws.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 1e5;
        assert!(mean.abs() < 0.02, "{mean}");
        assert!((variance - 1.0).abs() < 0.03, "{variance}");
    }

    #[test]
    fn a_lottery_follows_its_weights() {
        let lottery = Lottery::new(&[1.0, 3.0]);
        let mut chance = Chance::new(7, 2, 1);
        let ones = (0..40_000).filter(|_| lottery.draw(&mut chance) == 1).count();
        assert!((29_400..30_600).contains(&ones), "{ones}");
    }
}
