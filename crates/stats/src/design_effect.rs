//! What clusters and weights take away from a number of rows.
//!
//! A thousand declarations of ten traders say less than a thousand of a thousand. The design effect is the variance of a
//! mean with its clusters over that of independent rows; n divided by it is the number of independent rows that say as
//! much. Kish, *Survey Sampling* (1965).

use std::collections::HashMap;
use std::hash::Hash;

/// A mean of clustered rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClusteredMean {
    /// Mean of all rows.
    pub mean: f64,
    /// Rows with a value.
    pub rows: usize,
    /// Clusters with a value.
    pub clusters: usize,
    /// Standard error with clusters drawn whole: √(c/(c - 1) Σ (Σ (y - mean))²)/n, inner sums over a cluster. NaN for one
    /// cluster.
    pub standard_error: f64,
    /// Standard error as if rows were independent, s/√n.
    pub plain_error: f64,
    /// Square of their ratio. NaN without variation.
    pub design_effect: f64,
    /// Intracluster correlation from the analysis of variance: (B - W)/(B + (m₀ - 1) W), m₀ = (n - Σm²/n)/(c - 1) the
    /// typical size of a cluster. Negative when rows of a cluster differ more than rows of different ones; NaN when every
    /// cluster has one row.
    pub correlation: f64,
    /// m₀.
    pub cluster_size: f64,
}

/// Mean and standard errors of `values`, one a row, in clusters of equal `labels`. Rows without a value (NaN) do not
/// count. `None` for fewer than two rows with a value, or as many labels as do not fit.
///
/// ```
/// use mizan_stats::design_effect::clustered_mean;
/// // Two traders, each with three equal declarations: as good as two rows.
/// let found = clustered_mean(&[1.0, 1.0, 1.0, 3.0, 3.0, 3.0], &["a", "a", "a", "b", "b", "b"]);
/// let found = found.expect("six rows have values");
/// assert_eq!((found.mean, found.standard_error, found.correlation), (2.0, 1.0, 1.0));
/// ```
pub fn clustered_mean<L: Hash + Eq>(values: &[f64], labels: &[L]) -> Option<ClusteredMean> {
    if values.len() != labels.len() {
        return None;
    }
    // In the order of first rows, so that sums do not depend on hashing.
    let mut numbers = HashMap::new();
    let mut groups: Vec<Vec<f64>> = Vec::new();
    for (value, label) in values.iter().zip(labels).filter(|(value, _)| !value.is_nan()) {
        let number = *numbers.entry(label).or_insert(groups.len());
        if number == groups.len() {
            groups.push(Vec::new());
        }
        groups[number].push(*value);
    }
    let rows: usize = groups.iter().map(Vec::len).sum();
    if rows < 2 {
        return None;
    }
    let (n, c) = (rows as f64, groups.len() as f64);
    let mean = groups.iter().flatten().sum::<f64>() / n;
    let total: f64 = groups.iter().flatten().map(|value| (value - mean).powi(2)).sum();
    let excesses = || groups.iter().map(|group| group.iter().map(|value| value - mean).sum::<f64>());
    let between: f64 = groups.iter().zip(excesses()).map(|(group, excess)| excess * excess / group.len() as f64).sum();
    let ultimate: f64 = excesses().map(|excess| excess * excess).sum();
    let standard_error = (c / (c - 1.0) * ultimate).sqrt() / n;
    let plain_error = (total / (n - 1.0) / n).sqrt();
    let cluster_size = (n - groups.iter().map(|group| (group.len() as f64).powi(2)).sum::<f64>() / n) / (c - 1.0);
    // Rounding may leave the sum within clusters a hair below zero.
    let (b, w) = (between / (c - 1.0), (total - between).max(0.0) / (n - c));
    Some(ClusteredMean {
        mean,
        rows,
        clusters: groups.len(),
        standard_error: if groups.len() > 1 { standard_error } else { f64::NAN },
        plain_error,
        design_effect: if groups.len() > 1 { (standard_error / plain_error).powi(2) } else { f64::NAN },
        correlation: if groups.len() > 1 { (b - w) / (b + (cluster_size - 1.0) * w) } else { f64::NAN },
        cluster_size: if groups.len() > 1 { cluster_size } else { n },
    })
}

/// Independent rows of equal weight that say as much as rows of these weights: (Σw)²/Σw². NaN without weights.
///
/// ```
/// assert_eq!(mizan_stats::design_effect::effective_rows(&[1.0, 1.0, 1.0, 1.0]), 4.0);
/// ```
pub fn effective_rows(weights: &[f64]) -> f64 {
    weights.iter().sum::<f64>().powi(2) / weights.iter().map(|weight| weight * weight).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn close(found: f64, expect: f64, tolerance: f64) {
        assert!((found - expect).abs() <= tolerance, "{found} is not {expect}");
    }

    /// Shrout and Fleiss, Psychological Bulletin 86 (1979), table 2: six targets, four judges; ICC(1,1) = 0.17.
    #[test]
    fn correlation_of_shrout_and_fleiss() {
        let ratings = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]];
        let values: Vec<f64> = ratings.iter().flatten().map(|rating| f64::from(*rating)).collect();
        let targets: Vec<usize> = (0..24).map(|row| row / 4).collect();
        let found = clustered_mean(&values, &targets).unwrap();
        close(found.correlation, 0.17, 5e-3);
        // Mean squares 11.24 and 6.26 of the paper's table 3: (11.24 - 6.26)/(11.24 + 3 × 6.26).
        close(found.correlation, 0.1659, 5e-4);
        assert_eq!(found.cluster_size, 4.0);
    }

    /// A regression on nothing but an intercept in statsmodels 0.15.0, plain and with `cov_type="cluster"`; correlation
    /// from sums of squares in numpy.
    #[test]
    fn unequal_clusters_give_the_errors_of_another_program() {
        let values = [3.0, 4.0, 2.0, 9.0, 8.0, 7.0, 8.0, 1.0, 2.0, 5.0, 6.0, 6.0];
        let found = clustered_mean(&values, &[0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 3]).unwrap();
        close(found.plain_error, 0.77320989, 1e-8);
        close(found.standard_error, 1.45804671, 1e-8);
        close(found.design_effect, 3.55588799, 1e-8);
        close(found.cluster_size, 2.9444444444444446, 1e-12);
        close(found.correlation, 0.9264053751399776, 1e-12);
        close(effective_rows(&[1.0, 1.0, 2.0, 4.0]), 64.0 / 22.0, 1e-15);
    }

    #[test]
    fn rows_without_a_value_do_not_count() {
        let with = clustered_mean(&[1.0, f64::NAN, 2.0, 5.0], &["a", "c", "a", "b"]);
        assert_eq!(with, clustered_mean(&[1.0, 2.0, 5.0], &["a", "a", "b"]));
        assert_eq!(clustered_mean(&[1.0, f64::NAN], &["a", "b"]), None);
        assert_eq!(clustered_mean(&[1.0, 2.0], &["a"]), None);
        let one = clustered_mean(&[1.0, 2.0], &["a", "a"]).unwrap();
        assert!(one.standard_error.is_nan() && one.design_effect.is_nan() && one.plain_error == 0.5);
        assert!(effective_rows(&[]).is_nan());
    }

    proptest! {
        /// Clusters of one row are independent rows.
        #[test]
        fn clusters_of_one_row_cost_nothing(values in prop::collection::vec(-9.0..9.0_f64, 2..40)) {
            let labels: Vec<usize> = (0..values.len()).collect();
            let found = clustered_mean(&values, &labels).unwrap();
            prop_assert!((found.standard_error - found.plain_error).abs() < 1e-12);
        }

        /// Each row repeated m times in its cluster: an effect of nearly m, a correlation of 1.
        #[test]
        fn repeated_rows_are_one_row(values in prop::collection::vec(-9.0..9.0_f64, 3..30), times in 2..6_usize) {
            let clusters: Vec<usize> = (0..values.len() * times).map(|row| row / times).collect();
            let repeated: Vec<f64> = clusters.iter().map(|cluster| values[*cluster]).collect();
            let (once, found) = (
                clustered_mean(&values, &(0..values.len()).collect::<Vec<_>>()).unwrap(),
                clustered_mean(&repeated, &clusters).unwrap(),
            );
            prop_assert!((once.plain_error - found.standard_error).abs() < 1e-12);
            prop_assert!(found.correlation.is_nan() || (found.correlation - 1.0).abs() < 1e-9);
        }
    }
}
