use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::dataset::Row;
use crate::structure::{Element, ElementKind};

const NAN: f64 = f64::NAN;

/// Rows a, b, … (or two years each), columns x, y, z of one parent.
fn table(values: DMatrix<f64>, years: Option<&[i64]>) -> (Dataset, Structure) {
    let rows = (0..values.nrows()).map(|row| {
        let (unit, time) = match years {
            None => (row, None),
            Some(years) => (row / years.len(), Some(years[row % years.len()])),
        };
        Row { unit: format!("u{unit}"), name: format!("u{unit}"), time }
    });
    let codes: Vec<String> = ["x", "y", "z"][..values.ncols()].iter().map(ToString::to_string).collect();
    let lines = codes.iter().map(|code| Element::new(code, ElementKind::Indicator, None)).collect();
    (Dataset::new(rows.collect(), codes, values).value, Structure::new(lines).value)
}

fn check(method: ImputeMethod, values: DMatrix<f64>, years: Option<&[i64]>, cell: (usize, usize), expect: f64) {
    let (dataset, structure) = table(values, years);
    let step = ImputeStep { method, ..ImputeStep::default() };
    let found = impute(&dataset, &structure, &step).value.values[cell];
    let same = (found.is_nan() && expect.is_nan()) || (found - expect).abs() <= 1e-7 * expect.abs().max(1.0);
    assert!(same, "{method:?}: {found} is not {expect}");
}

#[test]
fn columns_and_rows() {
    let values = || DMatrix::from_row_slice(4, 2, &[1.0, 10.0, 2.0, 20.0, 6.0, 30.0, NAN, 20.0]);
    check(ImputeMethod::Mean, values(), None, (3, 0), 3.0);
    check(ImputeMethod::Median, values(), None, (3, 0), 2.0);
    // 20 stands at half of 10 to 30; half of 1 to 6 is 3.5.
    check(ImputeMethod::RowMean, values(), None, (3, 0), 3.5);
    check(ImputeMethod::None, values(), None, (3, 0), NAN);
}

#[test]
fn groups_fill_within_and_leave_strangers_missing() {
    let (mut dataset, structure) = table(DMatrix::from_row_slice(5, 1, &[1.0, 3.0, NAN, 10.0, NAN]), None);
    let words = ["a", "a", "a", "b", ""].map(|word| Some(word.to_owned()).filter(|word| !word.is_empty()));
    dataset.groups = Arc::new(BTreeMap::from([("region".to_owned(), words.to_vec())]));
    let step = |group: &str| ImputeStep { group: Some(group.into()), ..ImputeStep::default() };
    let done = impute(&dataset, &structure, &step("region"));
    assert_eq!(done.value.values[(2, 0)], 2.0);
    assert!(done.value.values[(4, 0)].is_nan());
    assert_eq!(done.diagnostics[0].code, codes::STAYS_MISSING);
    assert!(!impute(&dataset, &structure, &step("religion")).is_usable());
}

#[test]
fn over_years() {
    let years = [2010, 2012, 2016, 2018];
    let values = || DMatrix::from_row_slice(4, 1, &[NAN, 10.0, NAN, 40.0]);
    check(ImputeMethod::Latest, values(), Some(&years), (2, 0), 10.0);
    check(ImputeMethod::Latest, values(), Some(&years), (0, 0), NAN);
    check(ImputeMethod::Constant, values(), Some(&years), (0, 0), 10.0);
    check(ImputeMethod::Linear, values(), Some(&years), (2, 0), 30.0);
    check(ImputeMethod::Linear, values(), Some(&years), (0, 0), 10.0);
    let single = || DMatrix::from_row_slice(4, 1, &[NAN, 10.0, NAN, NAN]);
    check(ImputeMethod::LinearConstant, single(), Some(&years), (3, 0), 10.0);
    check(ImputeMethod::Linear, single(), Some(&years), (3, 0), NAN);
    let (dataset, structure) = table(single(), Some(&years));
    let latest =
        |max_time, max_age| ImputeStep { method: ImputeMethod::Latest, max_time, max_age, ..Default::default() };
    let at = |step: &ImputeStep| impute(&dataset, &structure, step).value.values[(3, 0)];
    assert_eq!(at(&latest(Some(2), None)), 10.0);
    assert!(at(&latest(Some(1), None)).is_nan());
    assert!(at(&latest(None, Some(5))).is_nan());
    let done = impute(&dataset, &structure, &latest(None, Some(6)));
    assert_eq!(done.value.cells[0], ImputedCell { row: 2, column: 0, year_used: Some(2012) });
    let (flat, structure) = table(DMatrix::from_row_slice(2, 1, &[1.0, NAN]), None);
    assert!(!impute(&flat, &structure, &latest(None, None)).is_usable());
}

#[test]
fn a_line_is_found_again_by_regression_and_em() {
    // y = 2 x + 1 and z noise-free too: what is missing is known exactly.
    let mut values = DMatrix::from_fn(12, 3, |row, column| match column {
        0 => row as f64 + if row % 3 == 0 { 0.5 } else { 0.0 },
        1 => 2.0 * (row as f64 + if row % 3 == 0 { 0.5 } else { 0.0 }) + 1.0,
        _ => (row as f64 * 0.7).sin(),
    });
    let truth = values[(5, 1)];
    values[(5, 1)] = NAN;
    check(ImputeMethod::Regression, values.clone(), None, (5, 1), truth);
    let (dataset, structure) = table(values, None);
    let em = impute(&dataset, &structure, &ImputeStep { method: ImputeMethod::Em, ..Default::default() });
    assert!((em.value.values[(5, 1)] - truth).abs() < 1e-3, "{}", em.value.values[(5, 1)]);
    let errors = leave_out_error(
        &dataset,
        &structure,
        &ImputeStep { method: ImputeMethod::Regression, ..Default::default() },
        &mut |_| (),
    );
    assert_eq!((errors.len(), errors[0].n), (1, 11));
    assert!(errors[0].r2 > 1.0 - 1e-9);
}

/// Little & Rubin's closed form for monotone data of two columns: the mean of y is that of the regression line at the
/// mean of all x. EM must reach it.
#[test]
fn em_reaches_the_closed_form_of_monotone_data() {
    let x = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
    let y = [1.1, 1.9, 3.2, 3.8, NAN, NAN];
    let values = DMatrix::from_fn(6, 2, |row, column| if column == 0 { x[row] } else { y[row] });
    // Slope and intercept over the first four, worked by hand: Sxy 4.7, Sxx 5.
    let (slope, mean) = (4.7 / 5.0, 2.5);
    check(ImputeMethod::Em, values.clone(), None, (5, 1), mean + slope * (6.0 - 2.5));
    check(ImputeMethod::Regression, values, None, (4, 1), mean + slope * (5.0 - 2.5));
}

#[test]
fn several_imputations_differ_and_pool() {
    let values = DMatrix::from_fn(10, 2, |row, column| match (row, column) {
        (9, 1) => NAN,
        (row, 0) => row as f64,
        (row, _) => row as f64 + if row % 2 == 0 { 0.3 } else { -0.3 },
    });
    let (dataset, structure) = table(values, None);
    let step = ImputeStep { method: ImputeMethod::Multiple, imputations: 50, ..Default::default() };
    let tables = multiple(&dataset, &structure, &step).value;
    let drawn: Vec<f64> = tables.iter().map(|table| table[(9, 1)]).collect();
    let pooled = rubin(&drawn, &[]);
    assert!((pooled.mean - 9.0).abs() < 0.3 && pooled.between > 0.01, "{pooled:?}");
    assert_eq!(tables, multiple(&dataset, &structure, &step).value);
    // W + (1 + 1/m) B, worked by hand: mean 2, B 1, W 0.5, m 3.
    let by_hand = rubin(&[1.0, 2.0, 3.0], &[0.4, 0.5, 0.6]);
    assert!((by_hand.variance - (0.5 + 4.0 / 3.0)).abs() < 1e-12);
}

proptest! {
    #[test]
    fn observed_cells_survive(cells in proptest::collection::vec(proptest::option::of(-1e6..1e6f64), 24), method in 0..8usize) {
        use ImputeMethod as M;
        let method = [M::Mean, M::Median, M::RowMean, M::RowMedian, M::Latest, M::Linear, M::Regression, M::Em][method];
        let values = DMatrix::from_iterator(8, 3, cells.iter().map(|cell| cell.unwrap_or(NAN)));
        let (dataset, structure) = table(values.clone(), Some(&[2020, 2021]));
        let done = impute(&dataset, &structure, &ImputeStep { method, ..Default::default() }).value;
        for (before, after) in values.iter().zip(&done.values) {
            prop_assert!(before.is_nan() || before == after);
        }
        let filled = values.iter().zip(&done.values).filter(|(before, after)| before.is_nan() && !after.is_nan()).count();
        prop_assert_eq!(filled, done.cells.len());
    }
}
