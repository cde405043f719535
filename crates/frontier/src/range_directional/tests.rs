use microlp::ComparisonOp;
use proptest::prelude::*;

use super::*;
use crate::nonradial::oracle::{Oracle, assert_near, reference_data};

/// β by the other solver, in the units of the data divided by the range.
fn oracle(x: &DMatrix<f64>, y: &DMatrix<f64>, unit: usize, sides: Sides) -> f64 {
    let mut oracle = Oracle::maximise();
    let beta = oracle.at_least_0(1.0);
    let lambda: Vec<_> = (0..x.nrows()).map(|_| oracle.at_least_0(0.0)).collect();
    for (table, is_input) in [(x, true), (y, false)] {
        for column in table.column_iter() {
            let range = column.max() - column.min();
            let moves = if is_input { sides != Sides::Outputs } else { sides != Sides::Inputs };
            let step = if is_input { column[unit] - column.min() } else { column[unit] - column.max() };
            let mut row: Vec<_> = lambda.iter().zip(&column).map(|(l, value)| (*l, value / range)).collect();
            row.push((beta, if moves { step / range } else { 0.0 }));
            oracle.row(&row, if is_input { ComparisonOp::Le } else { ComparisonOp::Ge }, column[unit] / range);
        }
    }
    let row: Vec<_> = lambda.iter().map(|l| (*l, 1.0)).collect();
    oracle.row(&row, ComparisonOp::Eq, 1.0);
    oracle.objective().unwrap()
}

#[test]
fn efficiencies_are_those_of_another_solver() {
    for (name, inputs, outputs) in reference_data() {
        // Moved below 0 by the mean.
        let moved = |table: &DMatrix<f64>| {
            DMatrix::from_fn(table.nrows(), table.ncols(), |r, c| table[(r, c)] - table.column(c).mean())
        };
        let (x, y) = (moved(&inputs), moved(&outputs));
        if x.column_iter().chain(y.column_iter()).any(|column| column.min() == column.max()) {
            continue;
        }
        for sides in [Sides::Both, Sides::Inputs, Sides::Outputs] {
            for (unit, found) in range_directional(&x, &y, sides).unwrap().into_iter().enumerate() {
                let (of, found) = (format!("{name} {unit} {sides:?}"), found.unwrap());
                let is_ideal = match sides {
                    Sides::Inputs => (0..x.ncols()).all(|i| x[(unit, i)] == x.column(i).min()),
                    Sides::Outputs => (0..y.ncols()).all(|r| y[(unit, r)] == y.column(r).max()),
                    Sides::Both => false,
                };
                let expected = if is_ideal { 0.0 } else { oracle(&x, &y, unit, sides) };
                assert_near(found.efficiency, 1.0 - expected, 1e-9, &of);
            }
        }
    }
}

/// Worked by hand: outputs −2 and 4 with the same input; the lower unit is as far from the ideal as can be.
#[test]
fn negative_outputs_have_a_range() {
    let column = |values: &[f64]| DMatrix::from_column_slice(values.len(), 1, values);
    let found = range_directional(&column(&[5.0, 5.0]), &column(&[-2.0, 4.0]), Sides::Both).unwrap();
    assert_near(found[0].as_ref().unwrap().efficiency, 0.0, 1e-12, "worst");
    assert_eq!(found[0].as_ref().unwrap().output_targets, [4.0]);
    // The ideal point itself has nowhere to go.
    let ideal = found[1].as_ref().unwrap();
    assert_eq!((ideal.efficiency, &ideal.peers, &ideal.input_targets), (1.0, &vec![(1, 1.0)], &vec![5.0]));
    // On the line between (0, 0) and (2, 4), ideal (0, 4): from (2, 0) β meets it where 2 (2 − 2β) = 4β, β = 1/2.
    let found = range_directional(&column(&[0.0, 2.0, 2.0]), &column(&[0.0, 4.0, 0.0]), Sides::Both).unwrap();
    assert_near(found[2].as_ref().unwrap().efficiency, 0.5, 1e-12, "half way");
    let missing = range_directional(&column(&[f64::NAN]), &column(&[1.0]), Sides::Both).unwrap_err();
    assert_eq!(missing, Refused::NotFinite { side: Side::Input, unit: 0, variable: 0 });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]
    #[test]
    fn neither_unit_nor_origin_matters(
        values in proptest::collection::vec(-20_i8..20, 7 * 4),
        powers in proptest::collection::vec(-9_i32..=9, 4),
        moves in proptest::collection::vec(-50_i8..50, 4),
    ) {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let (x, y) = (DMatrix::from_column_slice(7, 2, &values[..14]), DMatrix::from_column_slice(7, 2, &values[14..]));
        let changed = |table: &DMatrix<f64>, from: usize| {
            DMatrix::from_fn(7, 2, |r, c| (table[(r, c)] + f64::from(moves[from + c])) * 10_f64.powi(powers[from + c]))
        };
        let found = range_directional(&x, &y, Sides::Both).unwrap();
        let again = range_directional(&changed(&x, 0), &changed(&y, 2), Sides::Both).unwrap();
        for (found, again) in found.iter().zip(&again) {
            let (found, again) = (found.as_ref().unwrap().efficiency, again.as_ref().unwrap().efficiency);
            prop_assert!((found - again).abs() < 1e-9, "{found} {again}");
            prop_assert!((-1e-9..=1.0).contains(&found));
        }
    }
}
