//! Caps: values beyond them are held at them.

use mizan_stats::shape::{median, quantile_linear, sorted};

use super::Mark;

/// Between two quantiles of type 7.
pub(super) fn percentile(x: &[f64], [low, high]: [f64; 2]) -> (Vec<f64>, Vec<(usize, Mark)>) {
    let sorted = sorted(x);
    let at = |p: f64| quantile_linear(&sorted, p).unwrap_or(f64::NAN);
    hold(x, at(low), at(high))
}

/// Between Q1 - k IQR and Q3 + k IQR (Tukey 1977, *Exploratory Data Analysis*, with k = 1.5).
pub(super) fn iqr(x: &[f64], k: f64) -> (Vec<f64>, Vec<(usize, Mark)>) {
    let sorted = sorted(x);
    let at = |p: f64| quantile_linear(&sorted, p).unwrap_or(f64::NAN);
    let (q1, q3) = (at(0.25), at(0.75));
    hold(x, q1 - k * (q3 - q1), q3 + k * (q3 - q1))
}

/// Between the median minus and plus k · 1.4826 MAD. Without spread (MAD 0) nothing is held.
pub(super) fn mad(x: &[f64], k: f64) -> (Vec<f64>, Vec<(usize, Mark)>) {
    let middle = median(x);
    let deviations: Vec<f64> = x.iter().map(|value| (value - middle).abs()).collect();
    let spread = k * 1.4826 * median(&deviations);
    if spread > 0.0 { hold(x, middle - spread, middle + spread) } else { (x.to_vec(), Vec::new()) }
}

fn hold(x: &[f64], low: f64, high: f64) -> (Vec<f64>, Vec<(usize, Mark)>) {
    let mut marks = Vec::new();
    let values = x.iter().enumerate().map(|(row, &value)| {
        if value > high {
            marks.push((row, Mark::CappedHigh));
            high
        } else if value < low {
            marks.push((row, Mark::CappedLow));
            low
        } else {
            value
        }
    });
    (values.collect(), marks)
}
