//! Statistics without each unit in turn, in one pass: what the acceleration needs of a hundred thousand rows.

use super::{BootstrapError, Units};
use crate::quantile::rank;

/// Acceleration from the estimates without each unit: Σd³/(6 (Σd²)^1.5), d their mean minus each.
///
/// 0 where no unit has any influence.
///
/// # Errors
/// An estimate that is no number.
pub fn acceleration_of(without: &[f64]) -> Result<f64, BootstrapError> {
    if let Some(left_out) = without.iter().position(|value| !value.is_finite()) {
        return Err(BootstrapError::NoLeaveOneOut(left_out));
    }
    let mean = without.iter().sum::<f64>() / without.len() as f64;
    let sum = |power: i32| without.iter().map(|value| (mean - value).powi(power)).sum::<f64>();
    let squares = sum(2);
    Ok(if squares > 0.0 { sum(3) / (6.0 * squares.powf(1.5)) } else { 0.0 })
}

/// Σ numerators / Σ denominators without each unit; a mean has denominators of 1. Both have one entry a row.
///
/// # Errors
/// Moving blocks, which overlap.
pub fn ratios_without(units: &Units, numerators: &[f64], denominators: &[f64]) -> Result<Vec<f64>, BootstrapError> {
    if units.overlap() {
        return Err(BootstrapError::Overlapping);
    }
    let sum = |column: &[f64], unit: usize| units.unit(unit).iter().map(|row| column[*row]).sum::<f64>();
    let sums: Vec<(f64, f64)> = (0..units.len()).map(|unit| (sum(numerators, unit), sum(denominators, unit))).collect();
    // Sums from both ends rather than differences from the whole: a large unit leaves no rounding behind.
    let mut before = vec![(0.0, 0.0)];
    for (at, (r, n)) in sums.iter().enumerate() {
        before.push((before[at].0 + r, before[at].1 + n));
    }
    let mut after = (0.0, 0.0);
    let mut without = vec![f64::NAN; units.len()];
    for unit in (0..units.len()).rev() {
        without[unit] = (before[unit].0 + after.0) / (before[unit].1 + after.1);
        after = (after.0 + sums[unit].0, after.1 + sums[unit].1);
    }
    Ok(without)
}

/// The p-quantile (that of [`quantile`](crate::quantile::quantile)) of `values` without each unit; one entry a row, none
/// NaN.
///
/// # Errors
/// Moving blocks, which overlap.
pub fn quantiles_without(units: &Units, values: &[f64], p: f64) -> Result<Vec<f64>, BootstrapError> {
    if units.overlap() {
        return Err(BootstrapError::Overlapping);
    }
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut place = vec![0; values.len()];
    order.iter().enumerate().for_each(|(at, row)| place[*row] = at);
    let without = |unit: usize| {
        let mut own: Vec<usize> = units.unit(unit).iter().map(|row| place[*row]).collect();
        own.sort_unstable();
        let rank = rank((values.len() - own.len()) as u64, p)?;
        // Each place of the unit before the wanted one moves it a place further.
        let at = own.iter().fold(rank as usize - 1, |at, own| if *own <= at { at + 1 } else { at });
        order.get(at).map(|row| values[*row])
    };
    Ok((0..units.len()).map(|unit| without(unit).unwrap_or(f64::NAN)).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::acceleration;
    use super::*;
    use crate::quantile::quantile_of_unsorted;

    /// Davison and Hinkley 1997, example 5.8: a = 0.0938 of the mean of twelve hours between failures.
    #[test]
    fn acceleration_of_davison_and_hinkley() {
        let hours = [3.0, 5.0, 7.0, 18.0, 43.0, 85.0, 91.0, 98.0, 100.0, 130.0, 230.0, 487.0];
        let without = ratios_without(&Units::rows(12).unwrap(), &hours, &[1.0; 12]).unwrap();
        assert!((acceleration_of(&without).unwrap() - 0.0938).abs() < 5e-5);
        let blocks = Units::moving_blocks(12, 3).unwrap();
        assert_eq!(ratios_without(&blocks, &hours, &[1.0; 12]), Err(BootstrapError::Overlapping));
        assert_eq!(quantiles_without(&blocks, &hours, 0.5), Err(BootstrapError::Overlapping));
        assert_eq!(acceleration_of(&[1.0, f64::NAN]), Err(BootstrapError::NoLeaveOneOut(1)));
    }

    proptest! {
        /// The same as computing the statistic anew without each unit.
        #[test]
        fn one_pass_gives_what_many_give(
            rows in prop::collection::vec((-9..9_i8, 1..9_u8, 0..5_u8), 2..60),
            p in 0.0..=1.0_f64,
        ) {
            let values: Vec<f64> = rows.iter().map(|row| f64::from(row.0)).collect();
            let of: Vec<f64> = rows.iter().map(|row| f64::from(row.1)).collect();
            let labels: Vec<u8> = rows.iter().map(|row| row.2).collect();
            prop_assume!(labels.iter().any(|label| *label != labels[0]));
            for units in [Units::clusters(&labels).unwrap(), Units::rows(rows.len()).unwrap()] {
                let sum = |column: &[f64], rows: &[usize]| rows.iter().map(|row| column[*row]).sum::<f64>();
                let ratio = |rows: &[usize]| sum(&values, rows) / sum(&of, rows);
                let fast = acceleration_of(&ratios_without(&units, &values, &of).unwrap()).unwrap();
                prop_assert!((fast - acceleration(&units, ratio).unwrap()).abs() < 1e-6);
                let middle = |rows: &[usize]| {
                    let mut own: Vec<f64> = rows.iter().map(|row| values[*row]).collect();
                    quantile_of_unsorted(&mut own, p).unwrap()
                };
                let fast = acceleration_of(&quantiles_without(&units, &values, p).unwrap()).unwrap();
                prop_assert_eq!(fast, acceleration(&units, middle).unwrap());
            }
        }
    }
}
