use proptest::prelude::*;

use super::*;

/// Log risk ratios and variances of the 13 trials of a vaccine (Colditz and others 1994), and their latitude: the
/// example of most textbooks on random effects.
const LOG_RATIO: [f64; 13] = [
    -0.889311, -1.585389, -1.348073, -1.441551, -0.217547, -0.786116, -1.620898, 0.011952, -0.469418, -1.371345,
    -0.339359, 0.445913, -0.017314,
];
const VARIANCE: [f64; 13] = [
    0.325585, 0.194581, 0.415368, 0.02001, 0.05121, 0.006906, 0.223017, 0.003962, 0.056434, 0.073025, 0.012412,
    0.532506, 0.071405,
];
const LATITUDE: [f64; 13] = [44.0, 55.0, 42.0, 52.0, 13.0, 44.0, 19.0, 13.0, 27.0, 42.0, 18.0, 33.0, 33.0];

fn errors() -> Vec<f64> {
    VARIANCE.iter().map(|variance| variance.sqrt()).collect()
}

fn close(found: f64, expect: f64, tolerance: f64) {
    assert!((found - expect).abs() <= tolerance, "{found} is not {expect}");
}

/// τ², mean and standard error as printed by statsmodels 0.15.0 (`combine_effects`); shrunk values from the formulas in
/// numpy.
#[test]
fn the_vaccine_trials_without_a_regression() {
    let check = |between, expect: [f64; 5]| {
        let found = shrink_means(&LOG_RATIO, &errors(), None, between).unwrap();
        close(found.between, expect[0], 1e-10);
        close(found.coefficients[0], expect[1], 1e-10);
        close(found.coefficient_errors[0], expect[2], 1e-10);
        close(found.units[0].shrunk, expect[3], 1e-8);
        close(found.units[0].standard_error, expect[4], 1e-8);
    };
    check(Between::DerSimonianLaird, [0.308757525267, -0.714117167690, 0.178741470080, -0.79939036, 0.40852238]);
    check(Between::PauleMandel, [0.318068269443, -0.714968336558, 0.180892166788, -0.80112166, 0.41141712]);
}

/// Latitude explains most of the spread: τ² falls from 0.309 to 0.063. Numbers from the matrices in numpy.
#[test]
fn the_vaccine_trials_by_latitude() {
    let design = DMatrix::from_fn(13, 2, |row, column| if column == 0 { 1.0 } else { LATITUDE[row] });
    let check = |between, expect: [f64; 6]| {
        let found = shrink_means(&LOG_RATIO, &errors(), Some(&design), between).unwrap();
        close(found.between, expect[0], 1e-10);
        close(found.coefficients[0], expect[1], 1e-8);
        close(found.coefficients[1], expect[2], 1e-8);
        close(found.coefficient_errors[1], expect[3], 1e-8);
        close(found.units[1].shrunk, expect[4], 1e-8);
        close(found.units[1].standard_error, expect[5], 1e-8);
    };
    check(Between::DerSimonianLaird, [0.063300350737, 0.25954307, -0.02922874, 0.00673301, -1.40629847, 0.26107201]);
    check(Between::PauleMandel, [0.142131716762, 0.22191556, -0.02856452, 0.00907019, -1.44886051, 0.32061649]);
}

/// Efron and Morris (1975), table 1: hits of 18 batters in their first 45 at bats.
#[test]
fn the_batters_of_efron_and_morris() {
    let hits = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7];
    let rates: Vec<f64> = hits.iter().map(|hits| f64::from(*hits) / 45.0).collect();
    let mean = rates.iter().sum::<f64>() / 18.0;
    close(mean, 0.26543, 5e-6);
    let (factor, shrunk) = james_stein(&rates, mean * (1.0 - mean) / 45.0).unwrap();
    close(factor, 0.21165, 5e-6);
    let printed = [
        0.294, 0.289, 0.285, 0.280, 0.275, 0.275, 0.270, 0.266, 0.261, 0.261, 0.256, 0.256, 0.256, 0.256, 0.256, 0.252,
        0.247, 0.242,
    ];
    shrunk.iter().zip(printed).for_each(|(shrunk, printed)| close(*shrunk, printed, 5e-4 + 1e-12));
}

#[test]
fn what_cannot_be_shrunk_is_said() {
    let dl = Between::DerSimonianLaird;
    let says = |values: &[f64], errors: &[f64], expect| assert_eq!(shrink_means(values, errors, None, dl), Err(expect));
    says(&[1.0, f64::NAN], &[1.0, 1.0], ShrinkageError::NoValue { unit: 1 });
    says(&[1.0, 2.0], &[1.0, 0.0], ShrinkageError::NoStandardError { unit: 1 });
    says(&[1.0, 2.0], &[1.0], ShrinkageError::NoStandardError { unit: 1 });
    says(&[1.0, 2.0], &[1.0, 1.0, 1.0], ShrinkageError::NoStandardError { unit: 2 });
    says(&[1.0], &[1.0], ShrinkageError::TooFew { units: 1, least: 2 });
    let twice = DMatrix::from_fn(4, 2, |row, column| (row + 1) as f64 * (column + 1) as f64);
    let found = shrink_means(&[1.0, 2.0, 4.0, 3.0], &[1.0; 4], Some(&twice), dl);
    assert_eq!(found, Err(ShrinkageError::Collinear));
    assert_eq!(james_stein(&[1.0; 5], 1.0), Ok((0.0, vec![1.0; 5])));
}

proptest! {
    #[test]
    fn shrunk_lies_between_raw_and_expected(
        cells in prop::collection::vec((-50.0..50.0_f64, 0.1..10.0_f64), 3..20),
        factor in 0.01..100.0_f64,
    ) {
        let (values, errors): (Vec<f64>, Vec<f64>) = cells.into_iter().unzip();
        for between in [Between::DerSimonianLaird, Between::PauleMandel] {
            let found = shrink_means(&values, &errors, None, between).unwrap();
            for unit in &found.units {
                let (low, high) = (unit.raw.min(unit.expected), unit.raw.max(unit.expected));
                prop_assert!(unit.shrunk >= low - 1e-9 && unit.shrunk <= high + 1e-9);
            }
            // Another unit of measurement changes nothing but the unit.
            let scale = |values: &[f64]| values.iter().map(|value| value * factor).collect::<Vec<_>>();
            let scaled = shrink_means(&scale(&values), &scale(&errors), None, between).unwrap();
            for (unit, other) in found.units.iter().zip(&scaled.units) {
                prop_assert!((unit.shrunk * factor - other.shrunk).abs() < 1e-7 * factor);
            }
        }
    }
}
