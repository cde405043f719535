//! Correlation over pairs in which both values are there (not NaN).

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// A correlation, its pairs and its two-sided p-value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Correlation {
    /// Coefficient; NaN if one side has no variation, or for fewer than two pairs.
    pub r: f64,
    /// Complete pairs.
    pub pairs: usize,
    /// Probability of a coefficient as far from 0 if there is no relation.
    pub p: f64,
}

fn complete(a: &[f64], b: &[f64]) -> (Vec<f64>, Vec<f64>) {
    a.iter().zip(b).filter(|(a, b)| !a.is_nan() && !b.is_nan()).unzip()
}

fn moment(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len() as f64;
    let (ma, mb) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
    let sum = |f: &dyn Fn(f64, f64) -> f64| a.iter().zip(b).map(|(a, b)| f(a - ma, b - mb)).sum::<f64>();
    let (aa, bb) = (sum(&|a, _| a * a), sum(&|_, b| b * b));
    // What is left of equal values after rounding is no variation.
    let flat = |squares: f64, mean: f64| squares <= n * (mean * 4.0 * f64::EPSILON).powi(2);
    if flat(aa, ma) || flat(bb, mb) {
        return f64::NAN;
    }
    (sum(&|a, b| a * b) / (aa * bb).sqrt()).clamp(-1.0, 1.0)
}

/// Two-sided p of t = r √((m - 2) / (1 - r²)) with m - 2 degrees of freedom.
fn p_of_t(r: f64, pairs: usize) -> f64 {
    if r.is_nan() || pairs < 3 {
        return f64::NAN;
    }
    let freedom = (pairs - 2) as f64;
    let t = r.abs() * (freedom / (1.0 - r * r)).sqrt();
    StudentsT::new(0.0, 1.0, freedom).map_or(f64::NAN, |student| 2.0 * student.sf(t))
}

/// Pearson's product-moment correlation; p from Student's t.
///
/// ```
/// use mizan_stats::correlation::pearson;
/// let found = pearson(&[1.0, 2.0, 3.0, f64::NAN], &[2.0, 4.0, 6.0, 1.0]);
/// assert_eq!((found.r, found.pairs), (1.0, 3));
/// ```
pub fn pearson(a: &[f64], b: &[f64]) -> Correlation {
    let (a, b) = complete(a, b);
    let r = if a.len() < 2 { f64::NAN } else { moment(&a, &b) };
    Correlation { r, pairs: a.len(), p: p_of_t(r, a.len()) }
}

/// Spearman's correlation: Pearson's of mean ranks; p from Student's t.
pub fn spearman(a: &[f64], b: &[f64]) -> Correlation {
    let (a, b) = complete(a, b);
    let r = if a.len() < 2 { f64::NAN } else { moment(&mean_ranks(&a), &mean_ranks(&b)) };
    Correlation { r, pairs: a.len(), p: p_of_t(r, a.len()) }
}

/// Ranks from 1 for the least; equal values share the mean of theirs. No NaN.
pub fn mean_ranks(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let rank = |value: &f64| {
        let below = sorted.partition_point(|other| other < value);
        let upto = sorted.partition_point(|other| other <= value);
        (below + upto + 1) as f64 / 2.0
    };
    values.iter().map(rank).collect()
}

/// Most pairs for which the exact distribution of Kendall's S is used; it needs values without ties.
const EXACT: usize = 50;

/// Kendall's tau-b. p is exact for up to 50 pairs without ties, else from the normal approximation with the variance for
/// ties (Kendall 1970, *Rank Correlation Methods*).
pub fn kendall(a: &[f64], b: &[f64]) -> Correlation {
    let (a, b) = complete(a, b);
    let n = a.len();
    let mut s = 0i64;
    for i in 0..n {
        for j in 0..i {
            let order = |x: f64, y: f64| i64::from(x > y) - i64::from(x < y);
            s += order(a[i], a[j]) * order(b[i], b[j]);
        }
    }
    let (ta, tb) = (ties(&a), ties(&b));
    let all = (n * n.saturating_sub(1) / 2) as f64;
    let pairs = |groups: &[f64]| groups.iter().map(|t| t * (t - 1.0) / 2.0).sum::<f64>();
    let r = s as f64 / ((all - pairs(&ta)) * (all - pairs(&tb))).sqrt();
    let p = match () {
        () if r.is_nan() || n < 2 => f64::NAN,
        () if n <= EXACT && ta.is_empty() && tb.is_empty() => exact_kendall(s.unsigned_abs() as usize, n),
        () => 2.0 * Normal::standard().sf(s.unsigned_abs() as f64 / kendall_variance(n as f64, &ta, &tb).sqrt()),
    };
    Correlation { r, pairs: n, p }
}

/// Sizes of groups of equal values.
fn ties(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.chunk_by(|a, b| a == b).map(|group| group.len() as f64).filter(|size| *size > 1.0).collect()
}

fn kendall_variance(n: f64, ta: &[f64], tb: &[f64]) -> f64 {
    let sum = |groups: &[f64], f: &dyn Fn(f64) -> f64| groups.iter().map(|t| f(*t)).sum::<f64>();
    let v = |t: f64| t * (t - 1.0) * (2.0 * t + 5.0);
    let (two, three) = (|t: f64| t * (t - 1.0), |t: f64| t * (t - 1.0) * (t - 2.0));
    (v(n) - sum(ta, &v) - sum(tb, &v)) / 18.0
        + sum(ta, &two) * sum(tb, &two) / (2.0 * n * (n - 1.0))
        + if n > 2.0 { sum(ta, &three) * sum(tb, &three) / (9.0 * n * (n - 1.0) * (n - 2.0)) } else { 0.0 }
}

/// P(|S| ≥ s) over all orders: numbers of inversions, by the usual recursion.
fn exact_kendall(s: usize, n: usize) -> f64 {
    let most = n * (n - 1) / 2;
    let mut shares = vec![0.0; most + 1];
    shares[0] = 1.0;
    for size in 2..=n {
        let mut next = vec![0.0; most + 1];
        let mut window = 0.0;
        for inversions in 0..=size * (size - 1) / 2 {
            window += shares[inversions];
            if inversions >= size {
                window -= shares[inversions - size];
            }
            next[inversions] = window / size as f64;
        }
        shares = next;
    }
    // S = most - 2 · inversions.
    let tail: f64 =
        shares.iter().enumerate().filter(|(inv, _)| most.abs_diff(2 * inv) >= s).map(|(_, share)| share).sum();
    tail.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64, tolerance: f64) {
        assert!((a - b).abs() <= tolerance, "{a} is not {b}");
    }

    #[test]
    fn the_three_coefficients_of_a_textbook_sample() {
        // Hollander & Wolfe (1973), tuna lightness and panel scores, as in the help page of R's `cor.test`:
        // tau 0.4444, p 0.1194 (exact); Pearson 0.5711816, p 0.1082; Spearman 0.6, p 0.0876 by t.
        let x = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1];
        let y = [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8];
        let tau = kendall(&x, &y);
        close(tau.r, 0.444_444_444, 1e-8);
        close(tau.p, 0.1194, 5e-5);
        let r = pearson(&x, &y);
        close(r.r, 0.571_181_6, 1e-6);
        close(r.p, 0.1082, 5e-5);
        close(spearman(&x, &y).r, 0.6, 1e-12);
    }

    #[test]
    fn ties_and_gaps() {
        assert_eq!(mean_ranks(&[3.0, 1.0, 3.0, 2.0]), [3.5, 1.0, 3.5, 2.0]);
        let found = kendall(&[1.0, 2.0, 2.0, 3.0], &[1.0, 2.0, 3.0, f64::NAN]);
        // Pairs (1,1), (2,2), (2,3): S 2, √((3 - 1) 3).
        close(found.r, 2.0 / 6f64.sqrt(), 1e-12);
        assert!(pearson(&[1.0, 1.0], &[1.0, 2.0]).r.is_nan());
        assert!(pearson(&[], &[]).r.is_nan());
        // Three in order: one of six orders has S 3, one -3.
        close(kendall(&[1.0, 2.0, 3.0], &[1.0, 2.0, 3.0]).p, 1.0 / 3.0, 1e-12);
    }
}
