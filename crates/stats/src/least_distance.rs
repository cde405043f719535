//! The point of a polytope that is nearest to the origin.
//!
//! min ‖z‖ with G z ≥ h, by non-negative least squares (Lawson and Hanson 1974, *Solving Least Squares Problems*, chapter
//! 23). The answer is unique, which makes it a rule for choosing one among many optima.

use nalgebra::{DMatrix, DVector};

/// Numbers below this share of the largest are rounding.
const ROUNDING: f64 = 1e-12;

/// The z of least norm with `conditions · z ≥ bounds` (one row a condition); `None` if no z satisfies all.
pub fn least_distance(conditions: &DMatrix<f64>, bounds: &DVector<f64>) -> Option<DVector<f64>> {
    let (rows, size) = conditions.shape();
    // E = [Gᵀ; hᵀ], f = (0, …, 0, 1): the residual of the best u ≥ 0 gives z.
    let mut matrix = DMatrix::zeros(size + 1, rows);
    matrix.rows_mut(0, size).copy_from(&conditions.transpose());
    matrix.row_mut(size).copy_from(&bounds.transpose());
    let mut goal = DVector::zeros(size + 1);
    goal[size] = 1.0;
    let solution = non_negative_least_squares(&matrix, &goal)?;
    let residual = &matrix * solution - goal;
    // A residual of zero: the bounds contradict each other.
    if residual[size].abs() < ROUNDING {
        return None;
    }
    Some(residual.rows(0, size) / -residual[size])
}

/// The u ≥ 0 with least ‖A u − b‖; `None` if the iteration does not end.
fn non_negative_least_squares(matrix: &DMatrix<f64>, goal: &DVector<f64>) -> Option<DVector<f64>> {
    let columns = matrix.ncols();
    let mut values = DVector::zeros(columns);
    let mut active: Vec<usize> = Vec::new();
    let scale = matrix.amax().max(1.0);
    for _ in 0..(30 * (columns + 10)) {
        let slope = matrix.tr_mul(&(goal - matrix * &values));
        let best = (0..columns)
            .filter(|column| !active.contains(column))
            .max_by(|a, b| slope[*a].total_cmp(&slope[*b]))
            .filter(|column| slope[*column] > 1e-11 * scale);
        let Some(entering) = best else { return Some(values) };
        active.push(entering);
        loop {
            let part = matrix.select_columns(&active);
            let trial = part.svd(true, true).solve(goal, ROUNDING).ok()?;
            if trial.iter().all(|value| *value > 0.0) {
                values.fill(0.0);
                active.iter().zip(trial.iter()).for_each(|(column, value)| values[*column] = *value);
                break;
            }
            // As far towards the trial as all stay at least 0; what reaches 0 leaves.
            let step = active
                .iter()
                .zip(trial.iter())
                .filter(|(_, trial)| **trial <= 0.0)
                .map(|(column, trial)| values[*column] / (values[*column] - trial))
                .fold(1.0, f64::min);
            for (column, trial) in active.iter().zip(trial.iter()) {
                values[*column] += step * (trial - values[*column]);
            }
            let largest = values.amax();
            let leaving: Vec<usize> =
                active.iter().copied().filter(|column| values[*column] <= ROUNDING * largest.max(ROUNDING)).collect();
            leaving.iter().for_each(|column| values[*column] = 0.0);
            if leaving.is_empty() {
                return None;
            }
            active.retain(|column| !leaving.contains(column));
            if active.is_empty() {
                break;
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn worked_by_hand() {
        // x + y ≥ 2: the foot of the perpendicular is (1, 1). With x ≥ 1.5 it is (1.5, 0.5).
        let conditions = DMatrix::from_row_slice(2, 2, &[1.0, 1.0, 1.0, 0.0]);
        let found = least_distance(&conditions, &DVector::from_vec(vec![2.0, 0.0])).unwrap();
        assert!((found - DVector::from_vec(vec![1.0, 1.0])).norm() < 1e-12);
        let found = least_distance(&conditions, &DVector::from_vec(vec![2.0, 1.5])).unwrap();
        assert!((found - DVector::from_vec(vec![1.5, 0.5])).norm() < 1e-12);
        let against = DMatrix::from_row_slice(2, 1, &[1.0, -1.0]);
        assert_eq!(least_distance(&against, &DVector::from_vec(vec![2.0, -1.0])), None);
    }

    proptest! {
        /// The point satisfies all conditions, and no other point that does is nearer: z is a sum of binding
        /// conditions, each with a weight that is not negative (Kuhn, Tucker).
        #[test]
        fn nothing_is_nearer(numbers in proptest::collection::vec(-1.0..1.0_f64, 40), inside in proptest::collection::vec(-1.0..1.0_f64, 4)) {
            let conditions = DMatrix::from_row_slice(10, 4, &numbers);
            let inside = DVector::from_vec(inside);
            // Each condition holds at `inside`, with some room.
            let bounds = &conditions * &inside - DVector::from_fn(10, |row, _| 0.1 * row as f64);
            let found = least_distance(&conditions, &bounds).unwrap();
            let room = &conditions * &found - &bounds;
            prop_assert!(room.min() > -1e-9);
            // Convexity: the nearest point has the smallest product with itself among all feasible directions.
            prop_assert!(found.dot(&(&inside - &found)) > -1e-9);
            for share in [0.25, 0.5, 0.75] {
                let other = &inside * share + &found * (1.0 - share);
                prop_assert!(other.norm() >= found.norm() - 1e-9);
            }
        }
    }
}
