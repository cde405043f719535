//! Log-likelihoods of rows that stand for themselves, with their gradients.
//!
//! Parameters: β, then δ (or η, see `panel`), then ln σ_u and ln σ_v. The truncated normal covers three models: no
//! column of z is the half-normal, a constant the truncated normal, variables those of Battese and Coelli 1995.

use mizan_stats::normal::{HALF_LN_TWO_PI, log_cdf};
use nalgebra::{DMatrix, DVector};

/// Inefficiency of a row given its residual: factor · N⁺(mean, deviation²).
pub(super) struct Conditional {
    pub(super) mean: f64,
    pub(super) deviation: f64,
    pub(super) factor: f64,
}

/// A log-likelihood that can be maximised.
pub(super) trait Likelihood: Sync {
    /// Number of parameters.
    fn parameters(&self) -> usize;
    /// Log-likelihood at `theta`; writes its gradient.
    fn value(&self, theta: &[f64], gradient: &mut [f64]) -> f64;
    /// Inefficiency given the residuals, one a row.
    fn conditional(&self, theta: &[f64]) -> Vec<Conditional>;
    /// Whether least squares is the maximum when its residuals are skewed the wrong way: proved for one half-normal or
    /// exponential inefficiency a row.
    fn skew_decides(&self) -> bool;
    /// Mean of μ / σ_u, the place where the normal is cut; 0 for the exponential.
    fn location(&self, theta: &[f64]) -> f64;
}

/// Rows of the frontier: y, X, S.
pub(super) struct Rows<'a> {
    pub(super) y: &'a DVector<f64>,
    pub(super) x: &'a DMatrix<f64>,
    pub(super) sign: f64,
}

impl Rows<'_> {
    /// ε = y - Xβ.
    pub(super) fn residuals(&self, theta: &[f64]) -> DVector<f64> {
        self.y - self.x * DVector::from_column_slice(&theta[..self.x.ncols()])
    }
}

/// u ~ N⁺(zδ, σ_u²).
pub(super) struct Truncated<'a> {
    pub(super) rows: Rows<'a>,
    pub(super) z: &'a DMatrix<f64>,
}

impl Truncated<'_> {
    fn locations(&self, theta: &[f64]) -> DVector<f64> {
        let first = self.rows.x.ncols();
        if self.z.ncols() == 0 {
            return DVector::zeros(self.z.nrows());
        }
        self.z * DVector::from_column_slice(&theta[first..first + self.z.ncols()])
    }
}

/// σ_u² and σ_v² from the two last parameters.
pub(super) fn variances(theta: &[f64]) -> (f64, f64) {
    let last = theta.len() - 1;
    ((2.0 * theta[last - 1]).exp(), (2.0 * theta[last]).exp())
}

impl Likelihood for Truncated<'_> {
    fn parameters(&self) -> usize {
        self.rows.x.ncols() + self.z.ncols() + 2
    }

    /// Σ [-ln σ + ln φ((Sε + μ)/σ) + ln Φ(μ*/σ*) - ln Φ(μ/σ_u)], μ* = (μσ_v² - Sεσ_u²)/σ², σ* = σ_u σ_v/σ.
    fn value(&self, theta: &[f64], gradient: &mut [f64]) -> f64 {
        let (a, v) = variances(theta);
        let total = a + v;
        let (deviation_u, scale) = (a.sqrt(), (total * a * v).sqrt());
        let sign = self.rows.sign;
        let mut by_residual = self.rows.residuals(theta);
        let mut by_location = self.locations(theta);
        let (mut sum, mut by_u, mut by_v) = (0.0, 0.0, 0.0);
        for (residual, location) in by_residual.iter_mut().zip(by_location.iter_mut()) {
            let (e, mu) = (*residual, *location);
            let r = sign * e + mu;
            let (cut, star) = (mu / deviation_u, (mu * v - sign * e * a) / scale);
            let (at_cut, at_star) = (log_cdf(cut), log_cdf(star));
            sum += -HALF_LN_TWO_PI - 0.5 * total.ln() - 0.5 * r * r / total + at_star.value - at_cut.value;
            *residual = -sign * r / total - at_star.mills * sign * a / scale;
            *location = -r / total + at_star.mills * v / scale - at_cut.mills / deviation_u;
            let fit = r * r / total - 1.0;
            by_u += a / total * fit + at_cut.mills * cut
                - at_star.mills * (2.0 * sign * e * a / scale + star * (1.0 + a / total));
            by_v += v / total * fit + at_star.mills * (2.0 * mu * v / scale - star * (1.0 + v / total));
        }
        let (first, last) = (self.rows.x.ncols(), theta.len() - 1);
        gradient[..first].copy_from_slice((-self.rows.x.tr_mul(&by_residual)).as_slice());
        if self.z.ncols() > 0 {
            gradient[first..last - 1].copy_from_slice(self.z.tr_mul(&by_location).as_slice());
        }
        gradient[last - 1] = by_u;
        gradient[last] = by_v;
        sum
    }

    fn conditional(&self, theta: &[f64]) -> Vec<Conditional> {
        let (a, v) = variances(theta);
        let rows = self.rows.residuals(theta);
        rows.iter()
            .zip(self.locations(theta).iter())
            .map(|(e, mu)| Conditional {
                mean: (mu * v - self.rows.sign * e * a) / (a + v),
                deviation: (a * v / (a + v)).sqrt(),
                factor: 1.0,
            })
            .collect()
    }

    fn skew_decides(&self) -> bool {
        self.z.ncols() == 0
    }

    fn location(&self, theta: &[f64]) -> f64 {
        self.locations(theta).mean() / variances(theta).0.sqrt()
    }
}

/// u exponential with mean σ_u.
pub(super) struct Exponential<'a> {
    pub(super) rows: Rows<'a>,
}

impl Likelihood for Exponential<'_> {
    fn parameters(&self) -> usize {
        self.rows.x.ncols() + 2
    }

    /// Σ [-ln σ_u + Sε/σ_u + σ_v²/(2σ_u²) + ln Φ(-Sε/σ_v - σ_v/σ_u)].
    fn value(&self, theta: &[f64], gradient: &mut [f64]) -> f64 {
        let (a, v) = variances(theta);
        let (deviation_u, deviation_v) = (a.sqrt(), v.sqrt());
        let sign = self.rows.sign;
        let mut by_residual = self.rows.residuals(theta);
        let (mut sum, mut by_u, mut by_v) = (0.0, 0.0, 0.0);
        for residual in by_residual.iter_mut() {
            let e = sign * *residual;
            let ratio = deviation_v / deviation_u;
            let tail = log_cdf(-e / deviation_v - ratio);
            sum += -0.5 * a.ln() + e / deviation_u + 0.5 * v / a + tail.value;
            *residual = sign * (1.0 / deviation_u - tail.mills / deviation_v);
            by_u += -1.0 - e / deviation_u - v / a + tail.mills * ratio;
            by_v += v / a + tail.mills * (e / deviation_v - ratio);
        }
        let first = self.rows.x.ncols();
        gradient[..first].copy_from_slice((-self.rows.x.tr_mul(&by_residual)).as_slice());
        gradient[first] = by_u;
        gradient[first + 1] = by_v;
        sum
    }

    fn conditional(&self, theta: &[f64]) -> Vec<Conditional> {
        let (a, v) = variances(theta);
        let mean = |e: &f64| -self.rows.sign * e - v / a.sqrt();
        let rows = self.rows.residuals(theta);
        rows.iter().map(|e| Conditional { mean: mean(e), deviation: v.sqrt(), factor: 1.0 }).collect()
    }

    fn skew_decides(&self) -> bool {
        true
    }

    fn location(&self, _: &[f64]) -> f64 {
        0.0
    }
}
