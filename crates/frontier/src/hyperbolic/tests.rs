use nalgebra::DMatrix;

use super::*;
use crate::nonradial::oracle::{ORACLE, assert_near, data, radial, reference_data};

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
fn variable_returns_are_bisected() {
    let table = |values: &[f64]| DMatrix::from_column_slice(3, 1, values);
    let data = data(&table(&[1.0, 3.0, 3.0]), &table(&[1.0, 2.0, 1.0]));
    let found = hyperbolic(&data, Returns::Variable).unwrap()[2].clone().unwrap();
    assert_near(found.score, 2.0 / 3.0, 2e-10, "C");
    // At the point (2, 1.5) both weigh the same.
    assert_eq!(found.peers.iter().map(|peer| peer.0).collect::<Vec<_>>(), [0, 1]);
    assert_near(found.peers[0].1, 0.5, 1e-8, "A");
}

/// The point found is on the frontier: its radial score, by another solver, is 1.
#[test]
fn the_point_found_is_on_the_frontier() {
    for (name, inputs, outputs) in reference_data().into_iter().take(6) {
        let (constant, variable) = (
            hyperbolic(&data(&inputs, &outputs), Returns::Constant).unwrap(),
            hyperbolic(&data(&inputs, &outputs), Returns::Variable).unwrap(),
        );
        for (unit, found) in variable.into_iter().enumerate() {
            let (of, score) = (format!("{name} {unit}"), found.unwrap().score);
            let n = inputs.nrows();
            let with =
                |table: &DMatrix<f64>, factor: f64| {
                    DMatrix::from_fn(n + 1, table.ncols(), |r, c| {
                        if r < n { table[(r, c)] } else { table[(unit, c)] * factor }
                    })
                };
            let (x, y) = (with(&inputs, score), with(&outputs, 1.0 / score));
            assert_near(radial(&x, &y, n, true), 1.0, ORACLE, &of);
            assert!(score <= 1.0 && score >= constant[unit].as_ref().unwrap().score - 1e-9, "{of}");
            // No further: a point a little beyond would enlarge the technology for itself, but not its peers.
            let (x, y) = (with(&inputs, score * (1.0 - 1e-5)), with(&outputs, 1.0 / score / (1.0 - 1e-5)));
            let beyond = Data { inputs: x.rows(n, 1).into_owned(), outputs: y.rows(n, 1).into_owned() };
            let (scaled_x, scaled_y) = (Scaled::new(&inputs), Scaled::new(&outputs));
            let technology = Envelopment {
                inputs: &scaled_x,
                outputs: &scaled_y,
                sum: sum_of_intensities(Returns::Variable).unwrap(),
            };
            let point = |table: &DMatrix<f64>, means: &[f64]| -> Vec<f64> {
                table.row(0).iter().zip(means).map(|(value, mean)| value / mean).collect()
            };
            let reached = technology
                .radial_input(&point(&beyond.inputs, &scaled_x.means), &point(&beyond.outputs, &scaled_y.means));
            assert!(reached.is_err() || reached.unwrap().objective > 1.0, "{of}");
        }
    }
}
