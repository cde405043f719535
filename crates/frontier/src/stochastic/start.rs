//! Where searches begin: least squares, moved up by the mean inefficiency that a share γ of the variance implies.

use mizan_stats::normal::{HALF_LN_TWO_PI, log_cdf};
use nalgebra::{DMatrix, DVector};

use super::likelihood::Likelihood;

/// Least squares on orthogonal columns, in units of its own residual deviation.
pub(super) struct LeastSquares {
    /// y divided by `scale`.
    pub(super) y: DVector<f64>,
    pub(super) coefficients: DVector<f64>,
    pub(super) residuals: DVector<f64>,
    /// Root of the mean squared residual of the original y.
    pub(super) scale: f64,
    /// Residuals skewed away from inefficiency, or not at all.
    pub(super) wrong_skew: bool,
}

impl LeastSquares {
    /// `x` has orthogonal columns of mean square 1. `None` when nothing remains as residual.
    pub(super) fn new(y: &DVector<f64>, x: &DMatrix<f64>, sign: f64) -> Option<LeastSquares> {
        let count = y.len() as f64;
        let raw = x.tr_mul(y) / count;
        let residuals = y - x * &raw;
        let scale = (residuals.norm_squared() / count).sqrt();
        if scale <= 1e-12 * y.amax() || scale == 0.0 {
            return None;
        }
        let skew: f64 = residuals.iter().map(|e| (e / scale).powi(3)).sum();
        Some(LeastSquares {
            y: y / scale,
            coefficients: raw / scale,
            residuals: residuals / scale,
            scale,
            wrong_skew: sign * skew >= 0.0,
        })
    }

    /// -n/2 (ln 2π + 1) in these units, where the residual variance is 1.
    pub(super) fn log_likelihood(&self) -> f64 {
        -(self.y.len() as f64) * (HALF_LN_TWO_PI + 0.5)
    }
}

/// One family of starts: how the parameters between β and the deviations begin.
pub(super) struct Family {
    /// μ / σ_u.
    pub(super) cut: f64,
    pub(super) exponential: bool,
    /// Parameters between β and ln σ_u that do not depend on σ_u …
    pub(super) fixed: Vec<f64>,
    /// … and those that are `cut` σ_u times this.
    pub(super) per_cut: Vec<f64>,
}

/// Best start of the family by log-likelihood over γ = 0.1, …, 0.9.
///
/// With d = μ/σ_u, E[u] = σ_u (d + λ(d)) and Var[u] = σ_u² (1 - λ(d)(d + λ(d))); the variance of u and v together is
/// that of the residuals, 1.
pub(super) fn best_of_grid(
    family: &Family,
    least_squares: &LeastSquares,
    likelihood: &dyn Likelihood,
    sign: f64,
) -> Vec<f64> {
    let at_cut = log_cdf(family.cut);
    let (mean, variance) =
        if family.exponential { (1.0, 1.0) } else { (at_cut.excess, 1.0 - at_cut.mills * at_cut.excess) };
    let mut gradient = vec![0.0; likelihood.parameters()];
    (1..=9)
        .map(|tenth| {
            let gamma = f64::from(tenth) / 10.0;
            let deviation_u = (1.0 / (variance + (1.0 - gamma) / gamma)).sqrt();
            let deviation_v = deviation_u * ((1.0 - gamma) / gamma).sqrt();
            let mut theta = least_squares.coefficients.as_slice().to_vec();
            theta[0] += sign * deviation_u * mean;
            let middle = family.fixed.iter().zip(&family.per_cut);
            theta.extend(middle.map(|(fixed, per_cut)| fixed + family.cut * deviation_u * per_cut));
            theta.extend([deviation_u.ln(), deviation_v.ln()]);
            let value = likelihood.value(&theta, &mut gradient);
            (if value.is_nan() { f64::NEG_INFINITY } else { value }, theta)
        })
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, theta)| theta)
        .unwrap_or_default()
}
