//! Logarithms and power transformations.

use mizan_stats::shape::shape;

/// Ends of the search for lambda.
const LAMBDA: [f64; 2] = [-5.0, 5.0];

fn ends(x: &[f64]) -> (f64, f64) {
    let there = || x.iter().copied().filter(|value| !value.is_nan());
    (there().fold(f64::INFINITY, f64::min), there().fold(f64::NEG_INFINITY, f64::max))
}

/// ln(x - min + 0.01 (max - min)).
pub(super) fn log_ct(x: &[f64]) -> Vec<f64> {
    let (least, largest) = ends(x);
    x.iter().map(|value| (value - least + 0.01 * (largest - least)).ln()).collect()
}

/// ln(x - min + 1).
pub(super) fn log_ct_orig(x: &[f64]) -> Vec<f64> {
    let (least, _) = ends(x);
    x.iter().map(|value| (value - least + 1.0).ln()).collect()
}

/// [`log_ct`] for a long upper tail; -ln(max + a - x), a = 0.01 (max - min), for a long lower one.
pub(super) fn log_ct_plus(x: &[f64]) -> Vec<f64> {
    if shape(x).skew > 0.0 {
        return log_ct(x);
    }
    let (least, largest) = ends(x);
    x.iter().map(|value| -(largest + 0.01 * (largest - least) - value).ln()).collect()
}

/// Box-Cox of x' = x - min + 1: ln x' for lambda 0, else (x'^lambda - 1) / lambda. Box & Cox (1964), *J. R. Statist.
/// Soc. B* 26.
pub fn box_cox(x: &[f64], lambda: f64) -> Vec<f64> {
    let (least, _) = ends(x);
    let one = |value: f64| {
        let shifted = value - least + 1.0;
        if lambda == 0.0 { shifted.ln() } else { (shifted.powf(lambda) - 1.0) / lambda }
    };
    x.iter().map(|value| one(*value)).collect()
}

/// Yeo-Johnson: for x ≥ 0 ((x + 1)^l - 1) / l, ln(x + 1) at l = 0; for x < 0 -((1 - x)^(2 - l) - 1) / (2 - l),
/// -ln(1 - x) at l = 2. Yeo & Johnson (2000), *Biometrika* 87.
pub fn yeo_johnson(x: &[f64], lambda: f64) -> Vec<f64> {
    let one = |value: f64| match () {
        () if value.is_nan() => value,
        () if value >= 0.0 && lambda == 0.0 => value.ln_1p(),
        () if value >= 0.0 => ((value + 1.0).powf(lambda) - 1.0) / lambda,
        () if lambda == 2.0 => -(-value).ln_1p(),
        () => -((1.0 - value).powf(2.0 - lambda) - 1.0) / (2.0 - lambda),
    };
    x.iter().map(|value| one(*value)).collect()
}

/// Lambda that maximises -n/2 ln s² (lambda) + (lambda - 1) Σ ln x', s² the population variance of the transform.
pub(super) fn fit_box_cox(x: &[f64]) -> f64 {
    let (least, _) = ends(x);
    let logs: f64 = x.iter().filter(|value| !value.is_nan()).map(|value| (value - least + 1.0).ln()).sum();
    maximise(|lambda| likelihood(&box_cox(x, lambda), (lambda - 1.0) * logs))
}

/// Lambda that maximises -n/2 ln s² (lambda) + (lambda - 1) Σ sgn(x) ln(|x| + 1).
pub(super) fn fit_yeo_johnson(x: &[f64]) -> f64 {
    let logs: f64 = x.iter().filter(|value| !value.is_nan()).map(|value| value.signum() * value.abs().ln_1p()).sum();
    maximise(|lambda| likelihood(&yeo_johnson(x, lambda), (lambda - 1.0) * logs))
}

fn likelihood(transformed: &[f64], jacobian: f64) -> f64 {
    let there = || transformed.iter().copied().filter(|value| !value.is_nan());
    let n = there().count() as f64;
    let mean = there().sum::<f64>() / n;
    let variance = there().map(|value| (value - mean).powi(2)).sum::<f64>() / n;
    -0.5 * n * variance.ln() + jacobian
}

/// Largest value of a function with one peak: a grid finds its hill, golden sections its top.
fn maximise(f: impl Fn(f64) -> f64) -> f64 {
    const GRID: usize = 100;
    let at = |step: usize| LAMBDA[0] + (LAMBDA[1] - LAMBDA[0]) * step as f64 / GRID as f64;
    let best = (0..=GRID).max_by(|&a, &b| f(at(a)).total_cmp(&f(at(b)))).unwrap_or(GRID / 2);
    let (mut low, mut high) = (at(best.saturating_sub(1)), at((best + 1).min(GRID)));
    let golden = (5f64.sqrt() - 1.0) / 2.0;
    while high - low > 1e-10 {
        let (a, b) = (high - golden * (high - low), low + golden * (high - low));
        if f(a) > f(b) { high = b } else { low = a }
    }
    0.5 * (low + high)
}
