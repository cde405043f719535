use microlp::ComparisonOp;
use proptest::prelude::*;

use super::*;
use crate::nonradial::oracle::{ORACLE, Oracle, assert_near, by_largest, data, radial, reference_data, table};

/// ρ by the other solver, from the fractional program's dual-free linear form in own units.
fn oracle(
    x: &DMatrix<f64>,
    y: &DMatrix<f64>,
    b: Option<&DMatrix<f64>>,
    unit: usize,
    is_variable: bool,
    sides: Sides,
) -> f64 {
    let n = x.nrows();
    let mut oracle = Oracle::minimise();
    let t = oracle.at_least_0(1.0);
    let lambda: Vec<_> = (0..n).map(|_| oracle.at_least_0(0.0)).collect();
    let count = (y.ncols() + b.map_or(0, DMatrix::ncols)) as f64;
    let mut denominator = vec![(t, 1.0)];
    let mut rows = Vec::new();
    for i in 0..x.ncols() {
        let cost = if sides == Sides::Outputs { 0.0 } else { -1.0 / (x.ncols() as f64 * x[(unit, i)]) };
        rows.push((x.column(i), oracle.at_least_0(cost), 1.0));
    }
    for (table, sign) in [(Some(y), -1.0), (b, 1.0)] {
        for column in table.iter().flat_map(|table| table.column_iter()) {
            let slack = oracle.at_least_0(0.0);
            if sides != Sides::Inputs {
                denominator.push((slack, 1.0 / (count * column[unit])));
            }
            rows.push((column, slack, sign));
        }
    }
    for (column, slack, sign) in &rows {
        let mut row: Vec<_> = (0..n).map(|j| (lambda[j], column[j])).collect();
        row.extend([(*slack, *sign), (t, -column[unit])]);
        oracle.row(&row, ComparisonOp::Eq, 0.0);
    }
    oracle.row(&denominator, ComparisonOp::Eq, 1.0);
    if is_variable {
        let mut row: Vec<_> = lambda.iter().map(|l| (*l, 1.0)).collect();
        row.push((t, -1.0));
        oracle.row(&row, ComparisonOp::Eq, 0.0);
    }
    oracle.objective().unwrap()
}

fn scores(data: &Data, returns: Returns, sides: Sides) -> Vec<f64> {
    slacks_based(data, None, returns, sides).unwrap().into_iter().map(|found| found.unwrap().score).collect()
}

/// Tone 2001, table 1.
#[test]
fn tone_2001() {
    let data = data(&table("deaR_Tone2001", &["Input1", "Input2"]), &table("deaR_Tone2001", &["Output1", "Output2"]));
    for (found, printed) in scores(&data, Returns::Constant, Sides::Both).iter().zip([0.798, 0.568, 1.0, 0.667, 1.0]) {
        assert!((found - printed).abs() < 5.1e-4, "{found} is not {printed}");
    }
}

#[test]
fn scores_are_those_of_another_solver() {
    for (name, inputs, outputs) in reference_data() {
        let data = data(&inputs, &outputs);
        let (x, y) = (by_largest(&inputs), by_largest(&outputs));
        for (returns, is_variable) in [(Returns::Constant, false), (Returns::Variable, true)] {
            for sides in [Sides::Both, Sides::Inputs, Sides::Outputs] {
                let found = slacks_based(&data, None, returns, sides).unwrap();
                for (unit, found) in found.into_iter().enumerate() {
                    if y.row(unit).iter().any(|&value| value == 0.0) && sides != Sides::Inputs {
                        assert!(matches!(found, Err(Unsolved::Zero { side: Side::Output, .. })));
                        continue;
                    }
                    let found = found.unwrap().score;
                    let expected = match sides {
                        // Here the objective is t alone with a denominator of 1 + mean.
                        Sides::Outputs | Sides::Both | Sides::Inputs => oracle(&x, &y, None, unit, is_variable, sides),
                    };
                    assert_near(found, expected, ORACLE, &format!("{name} {unit} {returns:?} {sides:?}"));
                }
            }
        }
    }
}

#[test]
fn undesirable_outputs_count_among_the_slacks() {
    let (x, y) = (table("deaR_Tone2003", &["x"]), table("deaR_Tone2003", &["yg"]));
    let b = table("deaR_Tone2003", &["yb"]);
    let found = slacks_based(&data(&x, &y), Some(&b), Returns::Constant, Sides::Both).unwrap();
    for (unit, found) in found.iter().enumerate() {
        let found = found.as_ref().unwrap();
        let expected = oracle(&x, &y, Some(&b), unit, false, Sides::Both);
        assert_near(found.score, expected, 1e-9, &format!("unit {unit}"));
        // The score follows from the slacks.
        let share = |slack: f64, own: f64| slack / own;
        let denominator =
            1.0 + 0.5 * share(found.output_slacks[0], y[unit]) + 0.5 * share(found.undesirable_slacks[0], b[unit]);
        assert_near((1.0 - share(found.input_slacks[0], x[unit])) / denominator, found.score, 1e-9, "slacks");
    }
    let (x, y) = (
        table("deaR_Hua_Bian_2007", &["D-Input1", "D-Input2"]),
        table("deaR_Hua_Bian_2007", &["D-Output1", "D-Output2"]),
    );
    let b = table("deaR_Hua_Bian_2007", &["UD-Output1"]);
    let found = slacks_based(&data(&x, &y), Some(&b), Returns::Variable, Sides::Both).unwrap();
    let (x, y, b) = (by_largest(&x), by_largest(&y), by_largest(&b));
    for (unit, found) in found.iter().enumerate() {
        let expected = oracle(&x, &y, Some(&b), unit, true, Sides::Both);
        assert_near(found.as_ref().unwrap().score, expected, 1e-9, &format!("Hua, Bian {unit}"));
    }
}

/// δ by the other solver, with x̄ and ȳ as variables.
fn super_oracle(x: &DMatrix<f64>, y: &DMatrix<f64>, unit: usize, is_variable: bool, sides: Sides) -> Option<f64> {
    let n = x.nrows();
    let mut oracle = Oracle::minimise();
    let t = oracle.at_least_0(0.0);
    let lambda: Vec<_> =
        (0..n).map(|j| if j == unit { oracle.within(0.0, 0.0, 0.0) } else { oracle.at_least_0(0.0) }).collect();
    let mut denominator = Vec::new();
    for (table, is_input) in [(x, true), (y, false)] {
        for column in table.column_iter() {
            let share = 1.0 / (table.ncols() as f64 * column[unit]);
            let point = oracle.at_least_0(if is_input { share } else { 0.0 });
            let mut row: Vec<_> = (0..n).map(|j| (lambda[j], column[j])).collect();
            row.push((point, -1.0));
            let (own, relation) =
                if is_input { (ComparisonOp::Ge, ComparisonOp::Le) } else { (ComparisonOp::Le, ComparisonOp::Ge) };
            oracle.row(&row, relation, 0.0);
            let is_held = if is_input { sides == Sides::Outputs } else { sides == Sides::Inputs };
            oracle.row(&[(point, 1.0), (t, -column[unit])], if is_held { ComparisonOp::Eq } else { own }, 0.0);
            if !is_input {
                denominator.push((point, share));
            }
        }
    }
    oracle.row(&denominator, ComparisonOp::Eq, 1.0);
    if is_variable {
        let mut row: Vec<_> = lambda.iter().map(|l| (*l, 1.0)).collect();
        row.push((t, -1.0));
        oracle.row(&row, ComparisonOp::Eq, 0.0);
    }
    match oracle.objective() {
        Ok(value) => Some(value),
        Err(word) if word.contains("Infeasible") => None,
        Err(word) => panic!("{word}"),
    }
}

#[test]
fn super_efficiency_is_that_of_another_solver() {
    for (name, inputs, outputs) in reference_data() {
        let data = data(&inputs, &outputs);
        let (x, y) = (by_largest(&inputs), by_largest(&outputs));
        for (returns, is_variable) in [(Returns::Constant, false), (Returns::Variable, true)] {
            for sides in [Sides::Both, Sides::Inputs, Sides::Outputs] {
                let ordinary = slacks_based(&data, None, returns, Sides::Both).unwrap();
                for (unit, found) in super_slacks_based(&data, returns, sides).unwrap().into_iter().enumerate() {
                    if x.row(unit).iter().chain(y.row(unit).iter()).any(|&value| value == 0.0) {
                        assert!(matches!(found, Err(Unsolved::Zero { .. })));
                        continue;
                    }
                    let of = format!("{name} {unit} {returns:?} {sides:?}");
                    match (found, super_oracle(&x, &y, unit, is_variable, sides)) {
                        (Ok(found), Some(expected)) => {
                            assert_near(found.score, expected, ORACLE, &of);
                            assert!(found.score >= 1.0 - 1e-9, "{of}");
                            if ordinary[unit].as_ref().unwrap().score < 1.0 - 1e-7 {
                                assert_near(found.score, 1.0, 1e-9, &of);
                            }
                        }
                        (Err(Unsolved::Program(mizan_stats::lp::NoSolution::Infeasible)), None) => {}
                        other => panic!("{of}: {other:?}"),
                    }
                }
            }
        }
    }
}

#[test]
fn zeros_that_matter_are_named() {
    let one =
        data(&DMatrix::from_column_slice(2, 2, &[2.0, 3.0, 0.0, 1.0]), &DMatrix::from_column_slice(2, 1, &[0.0, 1.0]));
    let found = slacks_based(&one, None, Returns::Constant, Sides::Both).unwrap();
    assert_eq!(found[0], Err(Unsolved::Zero { side: Side::Output, variable: 0 }));
    // The input of 0 is no part of the mean: unit 0 could make its output of 0 from nothing at all.
    let found = slacks_based(&one, None, Returns::Constant, Sides::Inputs).unwrap();
    assert_near(found[0].as_ref().unwrap().score, 0.0, 1e-12, "input of 0");
    let found = super_slacks_based(&one, Returns::Constant, Sides::Both).unwrap();
    assert_eq!(found[0], Err(Unsolved::Zero { side: Side::Input, variable: 1 }));
    let other_height = DMatrix::from_column_slice(1, 1, &[1.0]);
    let refused = slacks_based(&one, Some(&other_height), Returns::Constant, Sides::Both).unwrap_err();
    assert_eq!(refused, Refused::Shape(Side::Undesirable));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]
    #[test]
    fn the_laws_of_the_slacks_based_measure(
        values in proptest::collection::vec(1_u8..40, 8 * 4),
        powers in proptest::collection::vec(-9_i32..=9, 4),
    ) {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let (x, y) = (DMatrix::from_column_slice(8, 2, &values[..16]), DMatrix::from_column_slice(8, 2, &values[16..]));
        let measured = |table: &DMatrix<f64>, powers: &[i32]| {
            DMatrix::from_fn(8, 2, |row, column| table[(row, column)] * 10_f64.powi(powers[column]))
        };
        let other = data(&measured(&x, &powers[..2]), &measured(&y, &powers[2..]));
        let (data, by) = (data(&x, &y), scores(&other, Returns::Variable, Sides::Both));
        let both = scores(&data, Returns::Variable, Sides::Both);
        let constant = scores(&data, Returns::Constant, Sides::Both);
        let inputs = scores(&data, Returns::Constant, Sides::Inputs);
        for unit in 0..8 {
            prop_assert!((both[unit] - by[unit]).abs() <= 1e-9, "units of measurement: {} {}", both[unit], by[unit]);
            prop_assert!(constant[unit] <= both[unit] + 1e-9);
            prop_assert!(constant[unit] <= inputs[unit] + 1e-9);
            prop_assert!(inputs[unit] <= radial(&x, &y, unit, false) + 1e-9);
            prop_assert!(constant[unit] > 0.0 && both[unit] <= 1.0 + 1e-9);
        }
    }
}
