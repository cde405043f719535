//! Order-α scores: beside the unit that only a share 1 - α of the dominating ones beats.
//!
//! Aragon, Daouia and Thomas-Agnan, Econometric Theory 21 (2005); several inputs and outputs: Daouia and Simar, Journal
//! of Econometrics 140 (2007). A quantile of the sorted ratios t_(1) <= … <= t_(N) of the N dominating units: input
//! t_((1-α)N) if that is an integer, else t_([(1-α)N]+1); output t_(αN) or t_([αN]+1). α = 1 is the free disposal
//! hull.

use nalgebra::DMatrix;
use rayon::prelude::*;

use crate::free_disposal::{DisposalError, check, dominators};
use crate::orientation::Orientation;

/// Order-α scores of all units, one a row of `inputs` and `outputs` (units by variables, not negative, NaN where
/// missing). `None` as for [`crate::free_disposal::scores`], and where the quantile is infinite.
///
/// Errors: those of [`crate::free_disposal::scores`] and [`DisposalError::Level`].
pub fn scores(
    inputs: &DMatrix<f64>,
    outputs: &DMatrix<f64>,
    orientation: Orientation,
    alpha: f64,
) -> Result<Vec<Option<f64>>, DisposalError> {
    check(inputs, outputs)?;
    if alpha.is_nan() || alpha <= 0.0 || alpha > 1.0 {
        return Err(DisposalError::Level(alpha));
    }
    let level = if orientation == Orientation::Input { 1.0 - alpha } else { alpha };
    Ok((0..inputs.nrows())
        .into_par_iter()
        .map(|unit| {
            let mut ratios: Vec<f64> =
                dominators(inputs, outputs, unit, orientation).iter().map(|dominator| dominator.ratio).collect();
            ratios.sort_by(f64::total_cmp);
            ratios.get(rank(level, ratios.len()).saturating_sub(1)).copied().filter(|ratio| ratio.is_finite())
        })
        .collect())
}

/// Smallest rank of at least the share `level`, from 1. A product within 1e-9 of an integer is that integer: 0.07 × 100
/// is more than 7 in floating point.
fn rank(level: f64, count: usize) -> usize {
    let place = level * count as f64;
    let whole = if (place - place.round()).abs() < 1e-9 { place.round() } else { place.ceil() };
    (whole as usize).max(1)
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
        for record in reader.records().map(Result::unwrap).filter(|record| &record[1] == "order_alpha") {
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
        assert_eq!(compared, 178 * 2 * 4);
    }

    #[test]
    fn level_one_is_the_free_disposal_hull() {
        for (name, inputs, outputs) in classics() {
            for orientation in [Orientation::Input, Orientation::Output] {
                let hull = free_disposal::scores(&inputs, &outputs, orientation).unwrap();
                let whole = scores(&inputs, &outputs, orientation, 1.0).unwrap();
                for (a, b) in hull.iter().zip(&whole) {
                    assert_eq!(a.unwrap().score, b.unwrap(), "{name}");
                }
            }
        }
    }

    #[test]
    fn ranks_do_not_stumble_over_rounding() {
        let check = |level: f64, count: usize, expected: usize| assert_eq!(rank(level, count), expected, "{level}");
        check(0.07, 100, 7);
        check(1.0 - 0.9, 30, 3);
        check(0.95, 30, 29);
        check(0.0, 12, 1);
        check(1.0, 12, 12);
    }

    #[test]
    fn refuses_other_levels() {
        let one = DMatrix::from_element(1, 1, 1.0);
        for level in [0.0, -0.5, 1.5] {
            assert_eq!(scores(&one, &one, Orientation::Input, level), Err(DisposalError::Level(level)));
        }
    }
}
