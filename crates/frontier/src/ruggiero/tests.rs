use microlp::ComparisonOp;
use proptest::prelude::*;

use super::*;
use crate::free_disposal::{self, tests::classics};
use crate::nonradial::oracle::{ORACLE, Oracle, assert_near, by_largest};
use crate::orientation::Orientation;
use crate::radial::scores;
use crate::technology::Returns;

const BOTH: [Orientation; 2] = [Orientation::Input, Orientation::Output];

/// A (2, 1), B (4, 4), C (8, 6), D (6, 3), the page's example; A had it worst, B best.
fn four() -> (Data, DMatrix<f64>) {
    let column = |values: &[f64]| DMatrix::from_column_slice(4, 1, values);
    let data = Data::new(column(&[2.0, 4.0, 8.0, 6.0]), column(&[1.0, 4.0, 6.0, 3.0])).unwrap();
    (data, column(&[1.0, 3.0, 2.0, 2.0]))
}

fn score(compared: &Compared) -> f64 {
    compared.scored.as_ref().unwrap().score
}

/// Worked by hand: B is no peer of D. CRS: C's ratio 0.75 is the best left, θ_D = 0.5/0.75. VRS: output 3 is 0.6 A + 0.4 C,
/// which uses 4.4 of D's 6. FDH: neither A nor C dominates D.
#[test]
fn who_had_it_better_is_no_peer() {
    let (data, circumstances) = four();
    for (returns, expected) in [
        (Returns::Constant, [1.0, 1.0, 1.0, 2.0 / 3.0]),
        (Returns::Variable, [1.0, 1.0, 1.0, 4.4 / 6.0]),
        (Returns::FreeDisposalHull, [1.0; 4]),
    ] {
        let found = ruggiero(&data, &circumstances, &Model::radial(returns, Orientation::Input)).unwrap();
        for (found, expected) in found.iter().zip(expected) {
            assert!((score(found) - expected).abs() < 1e-12, "{returns:?}: {found:?}");
        }
        assert_eq!(found.iter().map(|found| found.comparable).collect::<Vec<_>>(), [1, 4, 3, 3]);
    }
    let found = ruggiero(&data, &circumstances, &Model::radial(Returns::Variable, Orientation::Input)).unwrap();
    let peers = &found[3].scored.as_ref().unwrap().distance.lambdas;
    let names: Vec<usize> = peers.iter().map(|(unit, _)| *unit).collect();
    assert_eq!(names, [0, 2], "peers are rows of the whole table");
}

/// Super-efficiency leaves the unit out; who had it worst has nobody left.
#[test]
fn a_unit_can_be_left_out_of_its_own_reference() {
    let (data, circumstances) = four();
    let model = Model { is_super: true, ..Model::radial(Returns::Constant, Orientation::Input) };
    let found = ruggiero(&data, &circumstances, &model).unwrap();
    assert_eq!(found[0], Compared { scored: Err(Unmeasured::Infeasible), comparable: 0 });
    // The next best ratio beside B is C's 0.75; beside C, A's and D's 0.5.
    assert!((score(&found[1]) - 1.0 / 0.75).abs() < 1e-12);
    assert!((score(&found[2]) - 0.75 / 0.5).abs() < 1e-12);
}

#[test]
fn what_is_no_circumstance_is_refused() {
    let (data, circumstances) = four();
    let model = Model::radial(Returns::Variable, Orientation::Input);
    let short = circumstances.rows(0, 3).into_owned();
    assert_eq!(ruggiero(&data, &short, &model), Err(Refused::Shape(Side::Circumstance)));
    let mut missing = circumstances.clone();
    missing[(2, 0)] = f64::NAN;
    let expected = Refused::NotFinite { side: Side::Circumstance, unit: 2, variable: 0 };
    assert_eq!(ruggiero(&data, &missing, &model), Err(expected));
    // Negative circumstances are circumstances, and both zeros are one.
    let signed = DMatrix::from_column_slice(4, 1, &[-1.0, 0.0, -0.0, -0.5]);
    let found = ruggiero(&data, &signed, &model).unwrap();
    assert_eq!(found.iter().map(|found| found.comparable).collect::<Vec<_>>(), [1, 4, 4, 2]);
}

/// The program of multipliers, written down with constraints of the comparable units only, in another solver.
/// Input: max u·y_o + w, v·x_o = 1. Output: min v·x_o + w, u·y_o = 1. Both: u·y_j + w ≤ v·x_j, with w on the other side in
/// the second.
fn oracle(data: &Data, is_peer: &[bool], unit: usize, returns: Returns, orientation: Orientation) -> f64 {
    let (x, y) = (by_largest(&data.inputs), by_largest(&data.outputs));
    let is_input = orientation == Orientation::Input;
    let mut oracle = if is_input { Oracle::maximise() } else { Oracle::minimise() };
    let sign = |is_on: bool| f64::from(u8::from(is_on));
    let v: Vec<_> = (0..x.ncols()).map(|i| oracle.at_least_0(sign(!is_input) * x[(unit, i)])).collect();
    let u: Vec<_> = (0..y.ncols()).map(|r| oracle.at_least_0(sign(is_input) * y[(unit, r)])).collect();
    // Σλ ≤ 1 has a price of one sign, Σλ ≥ 1 of the other, Σλ = 1 of any.
    let (least, largest) = match (returns, is_input) {
        (Returns::Constant, _) => (0.0, 0.0),
        (Returns::Decreasing, true) | (Returns::Increasing, false) => (f64::NEG_INFINITY, 0.0),
        (Returns::Decreasing, false) | (Returns::Increasing, true) => (0.0, f64::INFINITY),
        _ => (f64::NEG_INFINITY, f64::INFINITY),
    };
    let w = oracle.within(1.0, least, largest);
    let norm: Vec<_> = if is_input {
        v.iter().enumerate().map(|(i, v)| (*v, x[(unit, i)])).collect()
    } else {
        u.iter().enumerate().map(|(r, u)| (*u, y[(unit, r)])).collect()
    };
    oracle.row(&norm, ComparisonOp::Eq, 1.0);
    for j in (0..x.nrows()).filter(|j| is_peer[*j]) {
        let mut row: Vec<_> = v.iter().enumerate().map(|(i, v)| (*v, -x[(j, i)])).collect();
        row.extend(u.iter().enumerate().map(|(r, u)| (*u, y[(j, r)])));
        row.push((w, if is_input { 1.0 } else { -1.0 }));
        oracle.row(&row, ComparisonOp::Le, 0.0);
    }
    oracle.objective().unwrap()
}

/// Two circumstances of three and four steps, by the row's number.
fn steps(units: usize) -> DMatrix<f64> {
    DMatrix::from_fn(units, 2, |row, column| if column == 0 { (row * 7 % 3) as f64 } else { (row * 5 % 4) as f64 })
}

fn is_peer(circumstances: &DMatrix<f64>, unit: usize) -> Vec<bool> {
    (0..circumstances.nrows())
        .map(|row| (0..circumstances.ncols()).all(|z| circumstances[(row, z)] <= circumstances[(unit, z)]))
        .collect()
}

#[test]
fn another_solver_finds_the_same() {
    let mut compared = 0;
    for (name, inputs, outputs) in classics().into_iter().take(2) {
        let data = Data::new(inputs, outputs).unwrap();
        let circumstances = steps(data.units());
        for returns in [Returns::Constant, Returns::Variable, Returns::Decreasing, Returns::Increasing] {
            for orientation in BOTH {
                let found = ruggiero(&data, &circumstances, &Model::radial(returns, orientation)).unwrap();
                for (unit, found) in found.iter().enumerate().step_by(3) {
                    let is_peer = is_peer(&circumstances, unit);
                    assert_eq!(found.comparable, is_peer.iter().filter(|is| **is).count());
                    let lambdas = &found.scored.as_ref().unwrap().distance.lambdas;
                    assert!(lambdas.iter().all(|(peer, _)| is_peer[*peer]), "{name} {unit}");
                    let expected = oracle(&data, &is_peer, unit, returns, orientation);
                    assert_near(score(found), expected, ORACLE, &format!("{name} {returns:?} {orientation:?} {unit}"));
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 400, "{compared}");
}

/// Free disposal hull: the closed form of another module, on the comparable units.
#[test]
fn the_hull_of_units_is_the_closed_form() {
    for (name, inputs, outputs) in classics() {
        let circumstances = steps(inputs.nrows());
        let data = Data::new(inputs, outputs).unwrap();
        for orientation in BOTH {
            let found =
                ruggiero(&data, &circumstances, &Model::radial(Returns::FreeDisposalHull, orientation)).unwrap();
            for (unit, found) in found.iter().enumerate() {
                let is_peer = is_peer(&circumstances, unit);
                let rows: Vec<usize> = (0..data.units()).filter(|row| is_peer[*row]).collect();
                let table = data.select(&rows);
                let place = rows.iter().position(|row| *row == unit).unwrap();
                let closed = free_disposal::scores(&table.inputs, &table.outputs, orientation).unwrap()[place].unwrap();
                assert!((score(found) - closed.score).abs() < 1e-12 * closed.score, "{name} {unit}");
            }
        }
    }
}

/// Slacks and targets are those of a mixture of peers.
#[test]
fn peers_prove_the_score() {
    let (_, inputs, outputs) = classics().swap_remove(0);
    let data = Data::new(inputs, outputs).unwrap();
    for returns in Returns::ALL {
        let found = ruggiero(&data, &steps(data.units()), &Model::radial(returns, Orientation::Input)).unwrap();
        for scored in found.into_iter().map(|found| found.scored.unwrap()) {
            for (table, targets) in [(&data.inputs, &scored.input_targets), (&data.outputs, &scored.output_targets)] {
                for (column, target) in targets.iter().enumerate() {
                    let mix: f64 =
                        scored.distance.lambdas.iter().map(|(peer, share)| share * table[(*peer, column)]).sum();
                    assert!((mix - target).abs() / table.column(column).mean() < 1e-8, "{returns:?}");
                }
            }
        }
    }
}

fn table() -> impl Strategy<Value = (Data, DMatrix<f64>)> {
    (4_usize..14).prop_flat_map(|units| {
        let numbers = |columns: usize| proptest::collection::vec(0.1..10.0_f64, units * columns);
        (numbers(2), numbers(2), proptest::collection::vec(0_u8..4, units * 2)).prop_map(move |(x, y, z)| {
            let table = |values: &[f64]| DMatrix::from_column_slice(units, 2, values);
            let steps: Vec<f64> = z.into_iter().map(f64::from).collect();
            (Data::new(table(&x), table(&y)).unwrap(), table(&steps))
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Fewer peers never make a unit look worse; equal circumstances change nothing; who alone had it worst is efficient.
    #[test]
    fn fewer_peers_never_make_worse((data, circumstances) in table(), worst in 0_usize..4) {
        for returns in Returns::ALL {
            for orientation in BOTH {
                let model = Model::radial(returns, orientation);
                let plain = scores(&data, &model).unwrap();
                let mut circumstances = circumstances.clone();
                circumstances.row_mut(worst).fill(-1.0);
                let found = ruggiero(&data, &circumstances, &model).unwrap();
                for (found, plain) in found.iter().zip(&plain) {
                    let plain = plain.as_ref().unwrap().score;
                    let is_kept = match orientation {
                        Orientation::Input => score(found) >= plain - 1e-9,
                        Orientation::Output => score(found) <= plain * (1.0 + 1e-9),
                    };
                    prop_assert!(is_kept, "{returns:?} {orientation:?}: {} {plain}", score(found));
                }
                prop_assert!((score(&found[worst]) - 1.0).abs() < 1e-9);
                prop_assert_eq!(found[worst].comparable, 1);
                let equal = ruggiero(&data, &DMatrix::from_element(data.units(), 1, 7.0), &model).unwrap();
                prop_assert!(equal.iter().map(|found| &found.scored).eq(&plain), "{:?}", returns);
            }
        }
    }
}
