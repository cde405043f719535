//! Units that no other is at least as good as in everything.

use nalgebra::DMatrix;

/// Their rows in order; of equal units the first. `y` is units by indicators, none missing, more is better.
pub(super) fn undominated(y: &DMatrix<f64>) -> Vec<usize> {
    // A unit that dominates another has the larger sum, so that it stands before it; rows lie side by side.
    let across = y.transpose();
    let own = |row: usize| &across.as_slice()[row * y.ncols()..(row + 1) * y.ncols()];
    let sums: Vec<f64> = (0..y.nrows()).map(|row| own(row).iter().sum()).collect();
    let mut order: Vec<usize> = (0..y.nrows()).collect();
    order.sort_by(|a, b| sums[*b].total_cmp(&sums[*a]));
    let mut kept: Vec<usize> = Vec::new();
    for row in order {
        let is_covered = |other: &usize| own(*other).iter().zip(own(row)).all(|(theirs, value)| theirs >= value);
        if !kept.iter().any(is_covered) {
            kept.push(row);
        }
    }
    kept.sort_unstable();
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_left_out_is_covered_and_what_stays_is_not(values in proptest::collection::vec(0..4i32, 60)) {
            let y = DMatrix::from_iterator(20, 3, values.iter().map(|value| f64::from(*value)));
            let kept = undominated(&y);
            let covers = |a: usize, b: usize| (0..3).all(|column| y[(a, column)] >= y[(b, column)]);
            for row in 0..20 {
                let by_another = kept.iter().any(|&other| other != row && covers(other, row));
                prop_assert_eq!(by_another, !kept.contains(&row));
            }
        }
    }
}
