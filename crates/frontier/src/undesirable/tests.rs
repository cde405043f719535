use microlp::ComparisonOp;

use super::*;
use crate::nonradial::oracle::{ORACLE, Oracle, assert_near, by_largest, data, table};

/// β by the other solver, in own units; under variable returns written with total intensities τ = λ + μ ≥ λ.
fn oracle(tables: [&DMatrix<f64>; 3], unit: usize, is_variable: bool, moves: [bool; 3]) -> f64 {
    let n = tables[0].nrows();
    let mut oracle = Oracle::maximise();
    let beta = oracle.at_least_0(1.0);
    let lambda: Vec<_> = (0..n).map(|_| oracle.at_least_0(0.0)).collect();
    let total: Vec<_> = (0..n).map(|_| oracle.at_least_0(0.0)).collect();
    for (l, t) in lambda.iter().zip(&total) {
        oracle.row(&[(*l, 1.0), (*t, -1.0)], if is_variable { ComparisonOp::Le } else { ComparisonOp::Eq }, 0.0);
    }
    let kinds = [(&total, 1.0, ComparisonOp::Le), (&lambda, -1.0, ComparisonOp::Ge), (&lambda, 1.0, ComparisonOp::Eq)];
    for (side, (intensities, sign, relation)) in kinds.into_iter().enumerate() {
        for column in tables[side].column_iter() {
            let mut row: Vec<_> = (0..n).map(|j| (intensities[j], column[j])).collect();
            row.push((beta, if moves[side] { sign * column[unit] } else { 0.0 }));
            oracle.row(&row, relation, column[unit]);
        }
    }
    if is_variable {
        let row: Vec<_> = total.iter().map(|t| (*t, 1.0)).collect();
        oracle.row(&row, ComparisonOp::Eq, 1.0);
    }
    oracle.objective().unwrap()
}

#[test]
fn inefficiencies_are_those_of_another_solver() {
    let take = |name: &str, x: &[&str], y: &[&str], b: &[&str]| [table(name, x), table(name, y), table(name, b)];
    let sets = [
        take("deaR_Tone2003", &["x"], &["yg"], &["yb"]),
        take("deaR_Hua_Bian_2007", &["D-Input1", "D-Input2"], &["D-Output1", "D-Output2"], &["UD-Output1"]),
    ];
    let directions = [
        (Direction::OutputsAndUndesirable, [false, true, true]),
        (Direction::All, [true, true, true]),
        (Direction::Undesirable, [false, false, true]),
    ];
    for [x, y, b] in sets {
        let (scaled_x, scaled_y, scaled_b) = (by_largest(&x), by_largest(&y), by_largest(&b));
        for (direction, moves) in &directions {
            for (returns, is_variable) in [(Returns::Constant, false), (Returns::Variable, true)] {
                let found = weakly_disposable(&data(&x, &y), &b, returns, direction).unwrap();
                for (unit, found) in found.into_iter().enumerate() {
                    let (of, found) = (format!("{unit} {direction:?} {returns:?}"), found.unwrap());
                    let expected = oracle([&scaled_x, &scaled_y, &scaled_b], unit, is_variable, *moves);
                    assert_near(found.inefficiency, expected, ORACLE, &of);
                    // The peers make exactly as much of what is unwanted as the target has.
                    let made: f64 = found.peers.iter().map(|(peer, lambda)| lambda * b[*peer]).sum();
                    assert_near(made / b[unit], found.undesirable[0] / b[unit], 1e-7, &of);
                    let all = found.peers.iter().chain(&found.abated).map(|peer| peer.1).sum::<f64>();
                    assert!(!is_variable || (all - 1.0).abs() < 1e-9, "{of}");
                }
            }
        }
    }
}

/// Worked by hand, one input of 1: A makes 2 with 1 unwanted, B makes 2 with 2. Under constant returns B moves along
/// (2, −2) until 2 + 2β ≤ 2λ, 2 − 2β = λ, λ ≤ 1: β = 1/2 would need outputs of 3. So λ of A and B share the input, and
/// output stays at most 2: β = 0. With only the unwanted moving, B comes to A: β = 1/2.
#[test]
fn directions_are_what_they_say() {
    let column = |values: &[f64]| DMatrix::from_column_slice(2, 1, values);
    let (data, b) = (data(&column(&[1.0, 1.0]), &column(&[2.0, 2.0])), column(&[1.0, 2.0]));
    let of = |direction: &Direction| weakly_disposable(&data, &b, Returns::Constant, direction).unwrap()[1].clone();
    assert_near(of(&Direction::OutputsAndUndesirable).unwrap().inefficiency, 0.0, 1e-9, "both");
    let found = of(&Direction::Undesirable).unwrap();
    assert_near(found.inefficiency, 0.5, 1e-9, "unwanted");
    assert_eq!(found.peers, [(0, 1.0)]);
    let given = |b: f64| Direction::Given { inputs: vec![0.0], outputs: vec![0.0], undesirable: vec![b] };
    assert_near(of(&given(4.0)).unwrap().inefficiency, 0.25, 1e-9, "given");
    let refused = |returns, direction: &Direction| weakly_disposable(&data, &b, returns, direction).unwrap_err();
    let nowhere = Refused::Weight { side: Side::Undesirable, variable: 0 };
    assert_eq!(refused(Returns::Constant, &given(0.0)), nowhere);
    assert_eq!(refused(Returns::Constant, &given(-1.0)), nowhere);
    assert_eq!(refused(Returns::Increasing, &Direction::All), Refused::Returns(Returns::Increasing));
}
