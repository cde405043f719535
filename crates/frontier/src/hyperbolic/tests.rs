use nalgebra::DMatrix;

use super::*;
use crate::nonradial::envelopment::Envelopment;
use crate::nonradial::oracle::{assert_near, data, radial, reference_data};
use crate::nonradial::rows::{Scaled, sum_of_intensities};

#[test]
fn constant_returns_give_the_root_of_the_radial_score() {
    for (name, inputs, outputs) in reference_data() {
        for (unit, found) in hyperbolic(&data(&inputs, &outputs), Returns::Constant).unwrap().into_iter().enumerate() {
            let expected = radial(&inputs, &outputs, unit, false).sqrt();
            assert_near(found.unwrap().score, expected, 1e-9, &format!("{name} {unit}"));
        }
    }
}

/// Worked by hand: between A (1, 1) and B (3, 2) the frontier is y = (x + 1) / 2, x = 2y − 1. C (3, 1) reaches it where
/// 3θ = 2/θ − 1, θ = 2/3.
#[test]
fn variable_returns_by_hand() {
    let table = |values: &[f64]| DMatrix::from_column_slice(3, 1, values);
    let data = data(&table(&[1.0, 3.0, 3.0]), &table(&[1.0, 2.0, 1.0]));
    let found = hyperbolic(&data, Returns::Variable).unwrap()[2].clone().unwrap();
    assert_near(found.score, 2.0 / 3.0, 1e-12, "C");
    // At the point (2, 1.5) both weigh the same.
    assert_eq!(found.peers.iter().map(|peer| peer.0).collect::<Vec<_>>(), [0, 1]);
    assert_near(found.peers[0].1, 0.5, 1e-12, "A");
}

/// Bisection with the plain program of another solver ends at the same θ.
#[test]
fn bisection_agrees() {
    for (name, inputs, outputs) in reference_data() {
        let (scaled_x, scaled_y) = (Scaled::new(&inputs), Scaled::new(&outputs));
        for returns in [Returns::Variable, Returns::Decreasing, Returns::Increasing] {
            let sum = sum_of_intensities(returns).unwrap();
            let technology = Envelopment { inputs: &scaled_x, outputs: &scaled_y, sum };
            let found = hyperbolic(&data(&inputs, &outputs), returns).unwrap();
            for (unit, found) in found.into_iter().enumerate().take(12) {
                let (mut out, mut within) = (0.0, 1.0);
                while within - out > 1e-10 {
                    let middle = 0.5 * (within + out);
                    let x: Vec<f64> = scaled_x.row(unit).iter().map(|value| value * middle).collect();
                    let y: Vec<f64> = scaled_y.row(unit).iter().map(|value| value / middle).collect();
                    match technology.radial_input(&x, &y) {
                        Ok(solution) if solution.objective <= 1.0 => within = middle,
                        _ => out = middle,
                    }
                }
                assert_near(found.unwrap().score, within, 1e-9, &format!("{name} {unit} {}", returns.word()));
            }
        }
    }
}

/// Made of nothing, or making nothing.
#[test]
fn zeros_have_an_answer() {
    let table = |values: &[f64]| DMatrix::from_column_slice(3, 1, values);
    let none = data(&table(&[1.0, 2.0, 3.0]), &table(&[1.0, 2.0, 0.0]));
    // The least input of all is a third of its own; under decreasing returns no input is needed.
    assert_near(hyperbolic(&none, Returns::Variable).unwrap()[2].clone().unwrap().score, 1.0 / 3.0, 1e-12, "VRS");
    assert_eq!(hyperbolic(&none, Returns::Decreasing).unwrap()[2].clone().unwrap().score, 0.0);
    assert!(hyperbolic(&none, Returns::FreeDisposalHull).is_err());
}
