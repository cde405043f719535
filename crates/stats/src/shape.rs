//! Shape of a list of numbers: skewness, kurtosis, quantiles between values. Missing numbers (NaN) are skipped.

/// Skewness and excess kurtosis of type 2, as SAS and SPSS give them.
///
/// With Sxk the sum of the k-th powers of deviations from the mean: g = √n Sx3 / Sx2^1.5,
/// skew = g √(n (n - 1)) / (n - 2); r = n Sx4 / Sx2²,
/// kurtosis = ((n + 1)(r - 3) + 6)(n - 1) / ((n - 2)(n - 3)). Joanes & Gill (1998), *The Statistician* 47, G1 and G2.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// NaN below three values, or if all are equal.
    pub skew: f64,
    /// NaN below four values, or if all are equal.
    pub kurtosis: f64,
}

/// Shape of the values that are there.
pub fn shape(values: &[f64]) -> Shape {
    let (mut count, mut sum) = (0u64, 0.0);
    for value in values.iter().filter(|value| !value.is_nan()) {
        count += 1;
        sum += value;
    }
    let n = count as f64;
    let mean = sum / n;
    let (mut s2, mut s3, mut s4) = (0.0, 0.0, 0.0);
    for value in values.iter().filter(|value| !value.is_nan()) {
        let d = value - mean;
        let square = d * d;
        s2 += square;
        s3 += square * d;
        s4 += square * square;
    }
    // What is left of equal values after rounding is no shape.
    if s2 <= n * (mean.abs() * f64::EPSILON * 4.0).powi(2) {
        return Shape { skew: f64::NAN, kurtosis: f64::NAN };
    }
    let skew = if count >= 3 { n.sqrt() * s3 / s2.powf(1.5) * (n * (n - 1.0)).sqrt() / (n - 2.0) } else { f64::NAN };
    let kurtosis = if count >= 4 {
        ((n + 1.0) * (n * s4 / (s2 * s2) - 3.0) + 6.0) * (n - 1.0) / ((n - 2.0) * (n - 3.0))
    } else {
        f64::NAN
    };
    Shape { skew, kurtosis }
}

/// Quantile by linear interpolation between order statistics at 1 + (n - 1) p: type 7 of Hyndman & Fan (1996), the
/// default of R. `sorted` is ascending and without NaN; `None` for an empty list or p outside 0..=1.
///
/// ```
/// use mizan_stats::shape::quantile_linear;
/// assert_eq!(quantile_linear(&[10.0, 20.0, 30.0, 40.0], 0.5), Some(25.0));
/// ```
pub fn quantile_linear(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    let at = p * last as f64;
    let low = at.floor() as usize;
    let high = (low + 1).min(last);
    Some(sorted[low] + (at - low as f64) * (sorted[high] - sorted[low]))
}

/// The values that are there, ascending.
pub fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}

/// Median of the values that are there; NaN of none.
pub fn median(values: &[f64]) -> f64 {
    quantile_linear(&sorted(values), 0.5).unwrap_or(f64::NAN)
}

/// Mean of the values that are there; NaN of none.
pub fn mean(values: &[f64]) -> f64 {
    let (count, sum) = values.iter().filter(|value| !value.is_nan()).fold((0u64, 0.0), |(n, s), v| (n + 1, s + v));
    sum / count as f64
}

/// Sample standard deviation (n - 1) of the values that are there; NaN below two.
pub fn standard_deviation(values: &[f64]) -> f64 {
    let mean = mean(values);
    let there = values.iter().filter(|value| !value.is_nan());
    let (count, squares) = there.fold((0u64, 0.0), |(n, s), v| (n + 1, s + (v - mean) * (v - mean)));
    if count < 2 { f64::NAN } else { (squares / (count - 1) as f64).sqrt() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() <= 1e-12 * b.abs().max(1.0), "{a} is not {b}");
    }

    #[test]
    fn shape_of_small_lists() {
        // Of 1, 2, 3, 4, 10: Sx2 50, Sx3 180, Sx4 1394; worked by hand.
        let found = shape(&[1.0, 2.0, f64::NAN, 3.0, 4.0, 10.0]);
        close(found.skew, 5f64.sqrt() * 180.0 / 50f64.powf(1.5) * 20f64.sqrt() / 3.0);
        close(found.kurtosis, (6.0 * (5.0 * 1394.0 / 2500.0 - 3.0) + 6.0) * 4.0 / 6.0);
        assert!(shape(&[1.0, 2.0]).skew.is_nan() && shape(&[1.0, 2.0, 4.0]).kurtosis.is_nan());
        assert!(shape(&[0.1; 9]).skew.is_nan());
    }

    #[test]
    fn quantiles_of_type_7() {
        let list = sorted(&[3.0, 1.0, f64::NAN, 2.0, 10.0]);
        close(quantile_linear(&list, 0.25).unwrap(), 1.75);
        close(quantile_linear(&list, 1.0).unwrap(), 10.0);
        assert_eq!(quantile_linear(&[], 0.5), None);
        assert_eq!(quantile_linear(&list, 1.5), None);
        close(median(&list), 2.5);
        close(standard_deviation(&[2.0, f64::NAN, 4.0]), 2f64.sqrt());
        assert!(mean(&[]).is_nan() && standard_deviation(&[1.0]).is_nan());
    }
}
