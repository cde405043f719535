use super::*;
use crate::nonradial::Sides;
use crate::nonradial::oracle::{assert_near, data, radial, reference_data};
use crate::slacks_based::slacks_based;
use nalgebra::DMatrix;

/// The input side of SBM, which is tested against another solver, is the same measure in other variables.
#[test]
fn russell_is_the_input_side_of_the_slacks_based_measure() {
    for (name, inputs, outputs) in reference_data() {
        let data = data(&inputs, &outputs);
        for (returns, is_variable) in [(Returns::Constant, false), (Returns::Variable, true)] {
            let slacks = slacks_based(&data, None, returns, Sides::Inputs).unwrap();
            for (unit, found) in russell_input(&data, returns).unwrap().into_iter().enumerate() {
                let (of, found) = (format!("{name} {unit} {returns:?}"), found.unwrap());
                assert_near(found.score, slacks[unit].as_ref().unwrap().score, 1e-9, &of);
                assert!(found.score <= radial(&inputs, &outputs, unit, is_variable) + 1e-8, "{of}");
                let mean = found.factors.iter().sum::<f64>() / found.factors.len() as f64;
                assert_near(mean, found.score, 1e-12, &of);
            }
        }
    }
}

/// Worked by hand: B (4, 3) beside A (2, 2) with the same output: factors 1/2 and 2/3.
#[test]
fn each_input_has_its_own_factor() {
    let x = DMatrix::from_row_slice(2, 2, &[2.0, 2.0, 4.0, 3.0]);
    let found =
        russell_input(&data(&x, &DMatrix::from_element(2, 1, 1.0)), Returns::Constant).unwrap()[1].clone().unwrap();
    assert_near(found.score, 7.0 / 12.0, 1e-12, "score");
    assert_near(found.factors[0], 0.5, 1e-12, "first");
    assert_near(found.factors[1], 2.0 / 3.0, 1e-12, "second");
    // An input of 0 stays, and is not counted.
    let x = DMatrix::from_row_slice(2, 2, &[2.0, 0.0, 4.0, 0.0]);
    let data = Data { inputs: x, ..data(&DMatrix::from_element(2, 2, 1.0), &DMatrix::from_element(2, 1, 1.0)) };
    let found = russell_input(&data, Returns::Constant).unwrap()[1].clone().unwrap();
    assert_near(found.score, 0.5, 1e-12, "score");
    assert_eq!(found.factors[1], 1.0);
}
