use super::*;
use crate::recipe::WinsorLimit;

fn treat_column(x: &[f64], parameters: &TreatStep) -> Column {
    column(x, parameters)
}

/// A column with one value far above.
fn tailed() -> Vec<f64> {
    let mut x: Vec<f64> = (1..=20).map(f64::from).collect();
    x.push(500.0);
    x
}

#[test]
fn one_point_is_winsorised_and_marked() {
    let mut x = tailed();
    x[3] = f64::NAN;
    let done = treat_column(&x, &TreatStep::default());
    assert_eq!(done.marks, [(20, Mark::WinsorHigh)]);
    assert_eq!(done.values[20], 20.0);
    assert!(done.values[3].is_nan());
    assert_eq!((done.record.winsorised, done.record.tests.len()), (1, 2));
    // Mirrored.
    let low: Vec<f64> = x.iter().map(|value| -value).collect();
    let done = treat_column(&low, &TreatStep::default());
    assert_eq!((done.marks.as_slice(), done.values[20]), ([(20, Mark::WinsorLow)].as_slice(), -20.0));
}

#[test]
fn ties_carry_past_the_limit() {
    let mut x = vec![0.0; 40];
    x.extend([9.0, 10.0, 10.0, 10.0]);
    let parameters = TreatStep { winmax: WinsorLimit::Points(1), second: Second::None, ..TreatStep::default() };
    let done = treat_column(&x, &parameters);
    assert_eq!((done.record.winsorised, done.values[43]), (3, 9.0));
}

#[test]
fn the_second_treatment_works_on_the_original() {
    let none = TreatStep { winmax: WinsorLimit::Points(0), ..TreatStep::default() };
    let x = tailed();
    let done = treat_column(&x, &none);
    // ln(x - min + 0.01 (max - min)), worked by hand: range 499, so ln 4.99 for the least.
    assert!((done.values[0] - 4.99f64.ln()).abs() < 1e-15);
    assert!((done.values[20] - 503.99f64.ln()).abs() < 1e-12);
    assert_eq!(done.marks.len(), 21);
    assert_eq!(done.record.second.as_deref(), Some("log-ct"));
    assert_eq!(done.record.tests.len(), 3);
    let combined = TreatStep {
        first: First::Percentile,
        percentiles: [0.0, 0.95],
        combine: true,
        skew: 0.01,
        kurtosis: -9.0,
        ..none
    };
    let done = treat_column(&x, &combined);
    assert!(done.values[20] < 503.99f64.ln());
}

#[test]
fn caps_hold_and_mark() {
    let x = tailed();
    let only = |first: First| TreatStep { first, second: Second::None, ..TreatStep::default() };
    // Quartiles of type 7 of 1..20, 500 are 6 and 16: the upper cap is 16 + 1.5 · 10.
    assert_eq!(treat_column(&x, &only(First::Iqr)).values[20], 31.0);
    // Median 11, MAD 5.
    let mad = treat_column(&x, &only(First::Mad)).values[20];
    assert!((mad - (11.0 + 3.0 * 1.4826 * 5.0)).abs() < 1e-12);
    let done = treat_column(&x, &only(First::Percentile));
    assert_eq!(done.values[20], 20.0);
    assert_eq!(done.marks, [(0, Mark::CappedLow), (20, Mark::CappedHigh)]);
}

#[test]
fn fitted_lambdas_are_those_of_another_program() {
    // Maxima of the same likelihoods, found by golden sections in Python.
    let x: Vec<f64> = (1..=9).map(|i| f64::from(i * i)).collect();
    assert!((power::fit_box_cox(&x) - 0.360016926).abs() < 1e-6);
    let x = [-3.0, -1.0, 0.0, 0.5, 2.0, 7.0, 30.0];
    assert!((power::fit_yeo_johnson(&x) - 0.348503336).abs() < 1e-6);
    assert!((box_cox(&[1.0, 4.0], 0.5)[1] - 2.0).abs() < 1e-15);
    let yeo = yeo_johnson(&[-3.0, 0.0, 3.0], 1.0);
    assert!(yeo.iter().zip([-3.0, 0.0, 3.0]).all(|(a, b)| (a - b).abs() < 1e-12));
    assert!((yeo_johnson(&[3.0], 0.0)[0] - 4f64.ln()).abs() < 1e-15);
    assert!((yeo_johnson(&[-3.0], 2.0)[0] + 4f64.ln()).abs() < 1e-15);
}

#[test]
fn what_says_nothing_is_left() {
    assert_eq!(treat_column(&[2.0; 9], &TreatStep::default()).record.untreated, Some("all values are equal"));
    let few = treat_column(&[1.0, f64::NAN, 2.0], &TreatStep::default());
    assert_eq!(few.record.untreated, Some("it has fewer than three values"));
}
