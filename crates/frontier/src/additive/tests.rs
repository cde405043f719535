use microlp::ComparisonOp;
use nalgebra::DMatrix;
use proptest::prelude::*;

use super::*;
use crate::nonradial::oracle::{ORACLE, Oracle, assert_near, data, reference_data};

/// The objective with the given weights, in the units of the data, by the other solver.
fn oracle(data: &Data, is_variable: bool, unit: usize, weights: &(Vec<f64>, Vec<f64>)) -> f64 {
    let mut oracle = Oracle::maximise();
    let n = data.inputs.nrows();
    let lambda: Vec<_> = (0..n).map(|_| oracle.at_least_0(0.0)).collect();
    for (table, weights, sign) in [(&data.inputs, &weights.0, 1.0), (&data.outputs, &weights.1, -1.0)] {
        for (variable, weight) in weights.iter().enumerate() {
            // The slack in parts of the column's largest value.
            let largest = table.column(variable).max();
            let slack = oracle.at_least_0(weight * largest);
            let mut row: Vec<_> = (0..n).map(|j| (lambda[j], table[(j, variable)] / largest)).collect();
            row.push((slack, sign));
            oracle.row(&row, ComparisonOp::Eq, table[(unit, variable)] / largest);
        }
    }
    if is_variable {
        let row: Vec<_> = lambda.iter().map(|l| (*l, 1.0)).collect();
        oracle.row(&row, ComparisonOp::Eq, 1.0);
    }
    oracle.objective().unwrap()
}

fn weights(data: &Data, unit: usize, kind: &Weights) -> (Vec<f64>, Vec<f64>) {
    let count = (data.inputs.ncols() + data.outputs.ncols()) as f64;
    let of = |table: &DMatrix<f64>, weight: &dyn Fn(f64, f64, f64) -> f64| -> Vec<f64> {
        table.column_iter().map(|c| weight(c[unit], c.min(), c.max())).collect()
    };
    let inverse = |value: f64| if value > 0.0 { 1.0 / value } else { 0.0 };
    match kind {
        Weights::Unit => (of(&data.inputs, &|_, _, _| 1.0), of(&data.outputs, &|_, _, _| 1.0)),
        Weights::Range => {
            let range = |_: f64, a: f64, b: f64| 1.0 / (count * (b - a));
            (of(&data.inputs, &range), of(&data.outputs, &range))
        }
        Weights::Proportion => (of(&data.inputs, &|x, _, _| 1.0 / x), of(&data.outputs, &|y, _, _| 1.0 / y)),
        Weights::Bounded => (
            of(&data.inputs, &|x, a, _| inverse(count * (x - a))),
            of(&data.outputs, &|y, _, b| inverse(count * (b - y))),
        ),
        Weights::Given { inputs, outputs } => (inputs.clone(), outputs.clone()),
    }
}

#[test]
fn objectives_are_those_of_another_solver() {
    for (name, inputs, outputs) in reference_data() {
        let data = data(&inputs, &outputs);
        for kind in [Weights::Unit, Weights::Range, Weights::Proportion, Weights::Bounded] {
            for returns in [Returns::Variable, Returns::Constant] {
                // Bounds of BAM are only binding, and ranges of 0 only harmless, with or without convexity.
                if kind == Weights::Bounded && returns == Returns::Constant {
                    continue;
                }
                let Ok(found) = additive(&data, returns, &kind) else {
                    assert_eq!((&kind, returns), (&Weights::Range, Returns::Constant), "{name}");
                    continue;
                };
                for (unit, found) in found.into_iter().enumerate() {
                    let found = found.unwrap();
                    if kind == Weights::Range
                        && inputs.column_iter().chain(outputs.column_iter()).any(|c| c.min() == c.max())
                    {
                        continue;
                    }
                    let weights = weights(&data, unit, &kind);
                    let expected = oracle(&data, returns == Returns::Variable, unit, &weights);
                    // The other solver's tolerance is one of the slacks, whose sum is in the data's own measure here.
                    let tolerance =
                        ORACLE * if kind == Weights::Unit { inputs.amax().max(outputs.amax()).max(1.0) } else { 1.0 };
                    assert_near(found.objective, expected, tolerance, &format!("{name} {unit} {kind:?} {returns:?}"));
                }
            }
        }
    }
}

/// Worked by hand: A (2, 2) makes 2 of 2 and dominates B (4, 1): the line of constant returns reaches B's input with 4.
#[test]
fn slacks_targets_and_peers_explain_the_objective() {
    let data = data(&DMatrix::from_column_slice(2, 1, &[2.0, 4.0]), &DMatrix::from_column_slice(2, 1, &[2.0, 1.0]));
    let found = additive(&data, Returns::Variable, &Weights::Unit).unwrap()[1].clone().unwrap();
    assert_eq!((found.objective, found.efficiency), (3.0, None));
    assert_eq!((found.input_targets, found.output_targets), (vec![2.0], vec![2.0]));
    assert_eq!(found.peers, [(0, 1.0)]);
    // RAM: half of the range of the input and of the output, each whole.
    let found = additive(&data, Returns::Variable, &Weights::Range).unwrap()[1].clone().unwrap();
    assert_near(found.efficiency.unwrap(), 0.0, 1e-12, "RAM");
    let found = additive(&data, Returns::Constant, &Weights::Unit).unwrap()[1].clone().unwrap();
    assert_near(found.objective, 3.0, 1e-12, "CRS");
    // The bound on outputs is 2, so that B saves all of 4 − 2 and adds all of 2 − 1 under constant returns too.
    let found = additive(&data, Returns::Constant, &Weights::Bounded).unwrap()[1].clone().unwrap();
    assert_near(found.efficiency.unwrap(), 0.0, 1e-12, "BAM");
}

#[test]
fn what_cannot_be_weighed_is_refused() {
    let one = data(&DMatrix::from_column_slice(2, 1, &[2.0, 2.0]), &DMatrix::from_column_slice(2, 1, &[0.0, 1.0]));
    let refused = |returns, weights| additive(&one, returns, &weights).unwrap_err();
    assert_eq!(refused(Returns::FreeDisposalHull, Weights::Unit), Refused::Returns(Returns::FreeDisposalHull));
    assert_eq!(refused(Returns::Constant, Weights::Range), Refused::NoRange { side: Side::Input, variable: 0 });
    let given = |inputs: Vec<f64>| Weights::Given { inputs, outputs: vec![1.0] };
    assert_eq!(refused(Returns::Variable, given(vec![])), Refused::Shape(Side::Input));
    assert_eq!(refused(Returns::Variable, given(vec![-1.0])), Refused::Weight { side: Side::Input, variable: 0 });
    let found = additive(&one, Returns::Variable, &Weights::Proportion).unwrap();
    assert_eq!(found[0], Err(Unsolved::Zero { side: Side::Output, variable: 0 }));
    assert!(found[1].is_ok());
}

/// Whether another unit has no more of any input, no less of any output, and differs.
fn is_dominated(data: &Data, unit: usize) -> bool {
    (0..data.inputs.nrows()).any(|other| {
        let (x, xo, y, yo) =
            (data.inputs.row(other), data.inputs.row(unit), data.outputs.row(other), data.outputs.row(unit));
        x.iter().zip(&xo).all(|(a, b)| a <= b) && y.iter().zip(&yo).all(|(a, b)| a >= b) && (x != xo || y != yo)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn the_laws_of_the_additive_model(values in proptest::collection::vec(1_u8..30, 8 * 4)) {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let data = data(&DMatrix::from_column_slice(8, 2, &values[..16]), &DMatrix::from_column_slice(8, 2, &values[16..]));
        for unit in 0..8 {
            let of = |returns, weights: &Weights| additive(&data, returns, weights).unwrap()[unit].clone().unwrap();
            let found = of(Returns::Variable, &Weights::Unit);
            if is_dominated(&data, unit) {
                prop_assert!(found.objective > 1e-9);
            }
            // The target has no slack of its own: it is Pareto-efficient.
            let n = data.inputs.nrows();
            let with = |table: &DMatrix<f64>, row: &[f64]| {
                DMatrix::from_fn(n + 1, table.ncols(), |r, c| if r < n { table[(r, c)] } else { row[c] })
            };
            let beside = Data { inputs: with(&data.inputs, &found.input_targets), outputs: with(&data.outputs, &found.output_targets) };
            let again = additive(&beside, Returns::Variable, &Weights::Unit).unwrap()[n].clone().unwrap();
            prop_assert!(again.objective < 1e-7, "{}", again.objective);
            for returns in [Returns::Variable, Returns::Constant, Returns::Decreasing, Returns::Increasing] {
                let bam = of(returns, &Weights::Bounded).efficiency.unwrap();
                prop_assert!((-1e-9..=1.0 + 1e-9).contains(&bam));
            }
        }
    }
}
