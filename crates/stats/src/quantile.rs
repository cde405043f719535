//! Quantiles of a sorted list.

/// Smallest value whose rank is at least p n: the inverse of the empirical distribution function.
///
/// Type 1 of Hyndman & Fan, *Sample Quantiles in Statistical Packages*, The American Statistician 50 (1996). It always
/// is a value that occurred, and the histograms of this crate use the same rule. `sorted` must be ascending. `None`
/// for an empty list or p outside 0..=1.
///
/// The median of 10, 20, 30, 40 is 20 (rank 2 = 0.5 × 4), its P90 40 (rank 4, the first of at least 3.6):
///
/// ```
/// use mizan_stats::quantile::quantile;
/// assert_eq!(quantile(&[10.0, 20.0, 30.0, 40.0], 0.5), Some(20.0));
/// assert_eq!(quantile(&[10.0, 20.0, 30.0, 40.0], 0.9), Some(40.0));
/// ```
pub fn quantile(sorted: &[f64], p: f64) -> Option<f64> {
    let rank = rank(sorted.len() as u64, p)?;
    sorted.get(rank as usize - 1).copied()
}

/// The same of a list in any order, which it leaves in another; faster than to sort it first.
///
/// `values` must hold no NaN: it would count as the greatest. `None` as for [`quantile`].
pub fn quantile_of_unsorted(values: &mut [f64], p: f64) -> Option<f64> {
    let rank = rank(values.len() as u64, p)?;
    Some(*values.select_nth_unstable_by(rank as usize - 1, f64::total_cmp).1)
}

/// Rank 1..=n of the p-quantile among n values: the smallest whole number of at least p n.
///
/// p often is itself computed, as `0.1 * 3.0` or `rank / n`, and then p n lands a hair above the whole number that is
/// meant. So an excess of 1e-9, or of the few last bits of p n where those are coarser, does not count.
pub(crate) fn rank(n: u64, p: f64) -> Option<u64> {
    if n == 0 || !(0.0..=1.0).contains(&p) {
        return None;
    }
    let exact = p * n as f64;
    let guard = (exact * (2.0 * f64::EPSILON)).max(1e-9);
    Some(((exact - guard).ceil() as u64).clamp(1, n))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn order_does_not_matter(mut values in prop::collection::vec(-9.0..9.0_f64, 0..40), p in 0.0..=1.0_f64) {
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            prop_assert_eq!(quantile_of_unsorted(&mut values, p), quantile(&sorted, p));
        }
    }

    fn check(n: u64, p: f64, expect: Option<u64>) {
        assert_eq!(rank(n, p), expect, "n {n}, p {p}");
    }

    #[test]
    fn rank_is_the_smallest_that_reaches_p() {
        check(4, 0.0, Some(1));
        check(4, 0.25, Some(1));
        check(4, 0.26, Some(2));
        check(4, 1.0, Some(4));
        check(10, 0.1 * 3.0, Some(3));
        check(0, 0.5, None);
        check(4, f64::NAN, None);
        check(4, 1.1, None);
        check(4, -0.1, None);
    }

    #[test]
    fn rank_survives_the_way_through_a_fraction() {
        for n in [7_u64, 100, 49_999, 20_000_003, 3_000_000_019] {
            for rank in (1..200).map(|i| n - (n / 211) * i).filter(|&rank| rank > 0) {
                check(n, rank as f64 / n as f64, Some(rank));
            }
        }
    }

    #[test]
    fn quantile_of_nothing_is_none() {
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(quantile(&[3.0], 0.0), Some(3.0));
    }
}
