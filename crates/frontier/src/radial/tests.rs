use nalgebra::DMatrix;
use proptest::prelude::*;

use super::*;
use crate::free_disposal;
use crate::free_disposal::tests::{classics, orientation};

const RADIAL: &str = include_str!("../../../../reference/frontier/dea/benchmarking_radial.csv");
const SUPER: &str = include_str!("../../../../reference/frontier/dea/benchmarking_super.csv");

fn returns(word: &str) -> Option<Returns> {
    Returns::ALL.into_iter().find(|returns| returns.word() == word)
}

/// Rows of a table of results of one data set, in order: `returns, orientation, unit, score`. `add`, free replication of
/// units, is a technology that Mizan does not have.
fn results(text: &str, dataset: &str) -> Vec<(Returns, Orientation, f64)> {
    let rows = csv::Reader::from_reader(text.as_bytes()).into_records().map(|row| row.unwrap());
    rows.filter(|row| row[0] == *dataset)
        .filter_map(|row| {
            let score = if &row[4] == "Inf" || &row[4] == "-Inf" { f64::INFINITY } else { row[4].parse().unwrap() };
            Some((returns(&row[1])?, orientation(&row[2]), score))
        })
        .collect()
}

fn compare(text: &str, is_super: bool) -> usize {
    let mut compared = 0;
    for (name, inputs, outputs) in classics() {
        let data = Data::new(inputs, outputs).unwrap();
        let expected = results(text, name);
        for returns in Returns::ALL {
            for orientation in [Orientation::Input, Orientation::Output] {
                let expected: Vec<f64> =
                    expected.iter().filter(|row| (row.0, row.1) == (returns, orientation)).map(|row| row.2).collect();
                if expected.is_empty() {
                    continue;
                }
                let found = scores(&data, &Model { is_super, ..Model::radial(returns, orientation) }).unwrap();
                assert_eq!(found.len(), expected.len(), "{name}");
                for (unit, (found, expected)) in found.iter().zip(&expected).enumerate() {
                    let place = format!("{name} {} {orientation:?} unit {unit}", returns.word());
                    match found {
                        Ok(found) => {
                            let off = (found.score - expected).abs() / expected.abs();
                            assert!(off < 1e-9, "{place}: {} not {expected}", found.score);
                        }
                        Err(Unmeasured::Infeasible) => assert!(expected.is_infinite(), "{place}: {expected}"),
                        Err(other) => panic!("{place}: {other}"),
                    }
                    compared += 1;
                }
            }
        }
    }
    compared
}

#[test]
fn radial_scores_are_those_of_the_reference() {
    assert_eq!(compare(RADIAL, false), 4856 - 216);
}

#[test]
fn super_efficiency_is_that_of_the_reference() {
    assert_eq!(compare(SUPER, true), 3712);
}

/// Peers, slacks and targets reproduce the point: they are the proof of a score.
#[test]
fn peers_and_slacks_prove_the_score() {
    for (name, inputs, outputs) in classics() {
        let data = Data::new(inputs, outputs).unwrap();
        for returns in Returns::ALL {
            for model in [Model::radial(returns, Orientation::Input), Model::radial(returns, Orientation::Output)] {
                for (unit, scored) in scores(&data, &model).unwrap().iter().enumerate() {
                    let scored = scored.as_ref().unwrap();
                    let mix = |table: &DMatrix<f64>, column: usize| -> f64 {
                        scored.distance.lambdas.iter().map(|(peer, share)| share * table[(*peer, column)]).sum()
                    };
                    let tables = [(&data.inputs, &scored.input_targets), (&data.outputs, &scored.output_targets)];
                    for (table, targets) in tables {
                        for (column, target) in targets.iter().enumerate() {
                            let off = (mix(table, column) - target).abs() / table.column(column).mean();
                            assert!(off < 1e-8, "{name} {returns:?} unit {unit}: off by {off}");
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn the_hull_of_units_is_that_of_its_own_module() {
    for (name, inputs, outputs) in classics() {
        let data = Data::new(inputs, outputs).unwrap();
        for orientation in [Orientation::Input, Orientation::Output] {
            let found = scores(&data, &Model::radial(Returns::FreeDisposalHull, orientation)).unwrap();
            let expected = free_disposal::scores(&data.inputs, &data.outputs, orientation).unwrap();
            for (found, expected) in found.iter().zip(expected) {
                let (found, expected) = (found.as_ref().unwrap().score, expected.unwrap().score);
                assert!((found - expected).abs() <= 1e-12 * expected, "{name}: {found} {expected}");
            }
        }
    }
}

/// Cooper, Seiford, Tone (2007), table 1.1: sales per employee of eight branches; the best sells one.
#[test]
fn one_input_and_one_output_are_a_ratio() {
    let employees = DMatrix::from_column_slice(8, 1, &[2.0, 3.0, 3.0, 4.0, 5.0, 5.0, 6.0, 8.0]);
    let sales = DMatrix::from_column_slice(8, 1, &[1.0, 3.0, 2.0, 3.0, 4.0, 2.0, 3.0, 5.0]);
    let data = Data::new(employees, sales).unwrap();
    let found = scores(&data, &Model::radial(Returns::Constant, Orientation::Input)).unwrap();
    let expected = [0.5, 1.0, 2.0 / 3.0, 0.75, 0.8, 0.4, 0.5, 0.625];
    for (found, expected) in found.iter().zip(expected) {
        assert!((found.as_ref().unwrap().score - expected).abs() < 1e-12);
    }
    // Under variable returns A, B, E and H are on the frontier; A is too small, H too large.
    let scale = scale(&data, Orientation::Input).unwrap();
    let words: Vec<&str> = scale.iter().map(|scale| scale.as_ref().unwrap().returns.word()).collect();
    assert_eq!((words[0], words[1], words[7]), ("increasing", "constant", "decreasing"));
}

/// Without a unit beside it, the largest has nobody to be compared with when it is left out.
#[test]
fn a_unit_without_anybody_to_compare_with_has_a_status() {
    let data = Data::new(DMatrix::from_column_slice(2, 1, &[1.0, 2.0]), DMatrix::from_column_slice(2, 1, &[1.0, 3.0]))
        .unwrap();
    let model = Model { is_super: true, ..Model::radial(Returns::Variable, Orientation::Input) };
    assert_eq!(scores(&data, &model).unwrap()[1].as_ref().unwrap_err(), &Unmeasured::Infeasible);
    let nothing = Model { fixed_inputs: vec![0], ..Model::radial(Returns::Variable, Orientation::Input) };
    assert_eq!(scores(&data, &nothing).unwrap()[0].as_ref().unwrap_err(), &Unmeasured::NoDirection);
}

/// A fixed input (Banker, Morey 1986) and a restriction of weights, against the programs in the multiplier form.
#[test]
fn fixed_inputs_and_restricted_weights_agree_with_a_general_solver() {
    use microlp::{ComparisonOp, OptimizationDirection, Problem};
    let (_, inputs, outputs) = classics().into_iter().nth(3).unwrap();
    let data = Data::new(inputs, outputs).unwrap();
    // Fuel's weight lies between a half and two times that of labour, in means.
    let mean: Vec<f64> = data.inputs.column_iter().map(|column| column.mean()).collect();
    let bounds = [0.5 * mean[0] / mean[1], 2.0 * mean[0] / mean[1]];
    let trade_offs = vec![
        TradeOff { inputs: vec![-bounds[0], 1.0, 0.0], outputs: vec![0.0] },
        TradeOff { inputs: vec![bounds[1], -1.0, 0.0], outputs: vec![0.0] },
    ];
    let model = Model { trade_offs, fixed_inputs: vec![2], ..Model::radial(Returns::Variable, Orientation::Input) };
    for (unit, found) in scores(&data, &model).unwrap().iter().enumerate() {
        let mut oracle = Problem::new(OptimizationDirection::Maximize);
        let any = (0.0, f64::INFINITY);
        // In means, so that the general solver has numbers around one.
        let x = |unit: usize, column: usize| data.inputs[(unit, column)] / mean[column];
        let y_mean = data.outputs.column(0).mean();
        let y = |unit: usize| data.outputs[(unit, 0)] / y_mean;
        let u = oracle.add_var(y(unit), any);
        let v: Vec<_> = (0..3).map(|column| oracle.add_var(if column == 2 { -x(unit, 2) } else { 0.0 }, any)).collect();
        let w = oracle.add_var(1.0, (f64::NEG_INFINITY, f64::INFINITY));
        oracle.add_constraint([(v[0], x(unit, 0)), (v[1], x(unit, 1))], ComparisonOp::Eq, 1.0);
        for other in 0..data.units() {
            let row = [(u, y(other)), (v[0], -x(other, 0)), (v[1], -x(other, 1)), (v[2], -x(other, 2)), (w, 1.0)];
            oracle.add_constraint(row, ComparisonOp::Le, 0.0);
        }
        // Weights of means: v in means is v times the mean.
        oracle.add_constraint([(v[0], 0.5), (v[1], -1.0)], ComparisonOp::Le, 0.0);
        oracle.add_constraint([(v[1], 1.0), (v[0], -2.0)], ComparisonOp::Le, 0.0);
        let expected = oracle.solve().unwrap().into_solution().unwrap().objective();
        let found = found.as_ref().unwrap().score;
        assert!((found - expected).abs() < 1e-7, "unit {unit}: {found} not {expected}");
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let table = |numbers: &[f64]| DMatrix::from_column_slice(numbers.len(), 1, numbers);
    assert_eq!(Data::new(table(&[1.0]), table(&[1.0, 2.0])), Err(Refused::Shape(Side::Output)));
    assert_eq!(
        Data::new(table(&[1.0, -1.0]), table(&[1.0, 2.0])),
        Err(Refused::Negative { side: Side::Input, unit: 1, variable: 0 })
    );
    let data = Data::new(table(&[1.0, 2.0]), table(&[1.0, 2.0])).unwrap();
    let model = Model { fixed_inputs: vec![1], ..Model::radial(Returns::Variable, Orientation::Input) };
    assert_eq!(scores(&data, &model), Err(Refused::Shape(Side::Input)));
}

/// Units with numbers of very different sizes, ties and zeros.
fn offices() -> impl Strategy<Value = Data> {
    (2_usize..120, 1_usize..4, 1_usize..4).prop_flat_map(|(units, inputs, outputs)| {
        let number = prop_oneof![(1_u32..6).prop_map(f64::from), 0.1..100.0_f64];
        let table = move |columns: usize| {
            proptest::collection::vec(number.clone(), units * columns)
                .prop_map(move |numbers| DMatrix::from_vec(units, columns, numbers))
        };
        (table(inputs), table(outputs)).prop_map(|(inputs, outputs)| Data { inputs, outputs })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Units of measurement do not matter.
    #[test]
    fn scores_do_not_depend_on_units_of_measurement(data in offices(), factor in -9_i32..9) {
        let factor = 10_f64.powi(factor);
        let other = Data { inputs: &data.inputs * factor, outputs: &data.outputs / factor };
        for returns in Returns::ALL {
            let model = Model::radial(returns, Orientation::Input);
            for (a, b) in scores(&data, &model).unwrap().iter().zip(scores(&other, &model).unwrap()) {
                prop_assert!((a.as_ref().unwrap().score - b.unwrap().score).abs() < 1e-9);
            }
        }
    }

    /// The technologies lie inside of each other: fdh in vrs in drs and irs in crs. A score is 0..1, and under constant
    /// returns φ = 1 / θ.
    #[test]
    fn technologies_contain_each_other(data in offices()) {
        let of = |returns, orientation| -> Vec<f64> {
            let scored = scores(&data, &Model::radial(returns, orientation)).unwrap();
            scored.into_iter().map(|scored| scored.unwrap().score).collect()
        };
        let theta: Vec<Vec<f64>> = Returns::ALL.iter().map(|returns| of(*returns, Orientation::Input)).collect();
        let phi = of(Returns::Constant, Orientation::Output);
        for unit in 0..data.units() {
            let [crs, vrs, drs, irs, fdh] = [0, 1, 2, 3, 4].map(|at| theta[at][unit]);
            prop_assert!(crs > 0.0 && fdh <= 1.0 + 1e-9);
            prop_assert!(crs <= drs + 1e-9 && crs <= irs + 1e-9 && drs <= vrs + 1e-9 && irs <= vrs + 1e-9);
            prop_assert!(vrs <= fdh + 1e-9);
            prop_assert!((drs.min(irs) - crs).abs() < 1e-9);
            prop_assert!((phi[unit] * crs - 1.0).abs() < 1e-8);
        }
    }
}
