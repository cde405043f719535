//! Order-m scores: beside the best of m units drawn at random among those that dominate, not beside the best of all.
//!
//! Cazals, Florens and Simar, Journal of Econometrics 106 (2002). The expectation has a closed form in the sorted
//! ratios t_(1) <= … <= t_(N) of the N dominating units, so nothing is drawn: input Σ_k t_(k) [((N-k+1)/N)^m -
//! ((N-k)/N)^m], output Σ_k t_(k) [(k/N)^m - ((k-1)/N)^m] (Daraio and Simar, Journal of Productivity Analysis 24
//! (2005), for the univariate distribution of the ratios). A score beyond 1 is possible: few units are of no lesser
//! output, and those drawn may use more.

use nalgebra::DMatrix;
use rayon::prelude::*;

use crate::free_disposal::{DisposalError, check, dominators};
use crate::orientation::Orientation;

/// Order-m scores of all units, one a row of `inputs` and `outputs` (units by variables, not negative, NaN where
/// missing). `None` as for [`crate::free_disposal::scores`], and where an infinite ratio enters the mean (input
/// orientation, a unit that uses none of an input that others use).
///
/// Errors: those of [`crate::free_disposal::scores`] and [`DisposalError::Order`] for m = 0.
///
/// Ratios 0.5 and 1 of two units and m = 2: 0.5 (1 - 1/4) + 1 (1/4) = 0.625.
///
/// ```
/// use mizan_frontier::{order_m, orientation::Orientation};
/// use nalgebra::DMatrix;
/// let inputs = DMatrix::from_column_slice(2, 1, &[2.0, 1.0]);
/// let outputs = DMatrix::from_column_slice(2, 1, &[1.0, 1.0]);
/// let scores = order_m::scores(&inputs, &outputs, Orientation::Input, 2)?;
/// assert_eq!(scores[0], Some(0.625));
/// # Ok::<(), mizan_frontier::free_disposal::DisposalError>(())
/// ```
pub fn scores(
    inputs: &DMatrix<f64>,
    outputs: &DMatrix<f64>,
    orientation: Orientation,
    m: u32,
) -> Result<Vec<Option<f64>>, DisposalError> {
    check(inputs, outputs)?;
    if m == 0 {
        return Err(DisposalError::Order);
    }
    Ok((0..inputs.nrows())
        .into_par_iter()
        .map(|unit| {
            let mut ratios: Vec<f64> =
                dominators(inputs, outputs, unit, orientation).iter().map(|dominator| dominator.ratio).collect();
            ratios.sort_by(f64::total_cmp);
            // Output: the largest of m. Input: the smallest of m, which is the same sum from the other end.
            if orientation == Orientation::Input {
                ratios.reverse();
            }
            expected_last(&ratios, m)
        })
        .collect())
}

/// Expected value of the last, in the order of `sorted`, of m draws with replacement.
fn expected_last(sorted: &[f64], m: u32) -> Option<f64> {
    let count = sorted.len() as f64;
    let reached = |k: usize| (k as f64 / count).powf(f64::from(m));
    let mut sum = 0.0;
    for (k, ratio) in sorted.iter().enumerate() {
        let share = reached(k + 1) - reached(k);
        if share > 0.0 {
            sum += ratio * share;
        }
    }
    (!sorted.is_empty() && sum.is_finite()).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::free_disposal;
    use crate::free_disposal::tests::{PARTIAL, classics, orientation};

    #[test]
    fn equals_the_closed_form_of_the_reference() {
        let mut reader = csv::Reader::from_reader(PARTIAL.as_bytes());
        let tables = classics();
        let mut compared = 0;
        let mut last = (String::new(), Vec::new());
        for record in reader.records().map(Result::unwrap).filter(|record| &record[1] == "order_m") {
            let key = format!("{} {} {}", &record[0], &record[2], &record[3]);
            if last.0 != key {
                let (_, inputs, outputs) = tables.iter().find(|table| table.0 == &record[0]).unwrap();
                last = (key, scores(inputs, outputs, orientation(&record[3]), record[2].parse().unwrap()).unwrap());
            }
            let unit: usize = record[4].parse().unwrap();
            let expected: f64 = record[5].parse().unwrap();
            let got = last.1[unit - 1].unwrap();
            assert!((got - expected).abs() < 1e-12, "{} {unit}: {got} {expected}", last.0);
            compared += 1;
        }
        assert_eq!(compared, 178 * 2 * 6);
    }

    #[test]
    fn many_draws_reach_the_free_disposal_hull() {
        for (name, inputs, outputs) in classics() {
            for orientation in [Orientation::Input, Orientation::Output] {
                let hull = free_disposal::scores(&inputs, &outputs, orientation).unwrap();
                let many = scores(&inputs, &outputs, orientation, 1_000_000).unwrap();
                for (a, b) in hull.iter().zip(&many) {
                    assert!((a.unwrap().score - b.unwrap()).abs() < 1e-9, "{name}");
                }
            }
        }
    }

    /// More draws find better comparisons: scores only fall (input) or rise (output) with m.
    #[test]
    fn more_draws_are_harsher() {
        for (name, inputs, outputs) in classics() {
            for (orientation, sign) in [(Orientation::Input, 1.0), (Orientation::Output, -1.0)] {
                let runs = [1, 2, 7, 30, 200].map(|m| scores(&inputs, &outputs, orientation, m).unwrap());
                for pair in runs.windows(2) {
                    let falls = |(a, b): (&Option<f64>, &Option<f64>)| sign * (a.unwrap() - b.unwrap()) > -1e-12;
                    assert!(pair[0].iter().zip(&pair[1]).all(falls), "{name}");
                }
            }
        }
    }

    #[test]
    fn one_dominator_gives_exactly_its_ratio() {
        let inputs = DMatrix::from_column_slice(2, 1, &[1.0, 5.0]);
        let outputs = DMatrix::from_column_slice(2, 1, &[9.0, 1.0]);
        assert_eq!(scores(&inputs, &outputs, Orientation::Input, 25).unwrap()[0], Some(1.0));
        assert_eq!(scores(&inputs, &outputs, Orientation::Input, 0), Err(DisposalError::Order));
    }
}
