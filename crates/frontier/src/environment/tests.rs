use mizan_stats::normal::{cdf, quantile as normal_quantile};
use mizan_stats::optimise::{self, minimise};

use super::algorithms::{draw, regression};
use super::*;
use crate::bootstrap::{self, inside_unit, stream};
use crate::free_disposal::tests::columns;
use crate::orientation::Orientation;

const OPTIONS: Options = Options { bias_draws: 50, draws: 300, seed: 9, confidence: 0.95 };

fn names(count: usize) -> Vec<String> {
    ["one", "z", "w"][..count].iter().map(|name| (*name).to_owned()).collect()
}

/// Rows of a truncated regression with known parameters, without random numbers beyond a stream.
fn sample(rows: usize, beta: [f64; 2], sigma: f64) -> (Vec<f64>, DMatrix<f64>) {
    let mut random = stream(1, 0);
    let z = DMatrix::from_fn(
        rows,
        2,
        |_, column| if column == 0 { 1.0 } else { normal_quantile(inside_unit(&mut random)) },
    );
    let distances = (0..rows).map(|row| draw(beta[0] + beta[1] * z[(row, 1)], sigma, &mut random)).collect();
    (distances, z)
}

/// The likelihood as the paper writes it, in β and σ, maximised by the general search with differences as gradient.
#[test]
fn maximum_is_that_of_the_written_likelihood() {
    let (distances, z) = sample(80, [1.1, 0.3], 0.4);
    let likelihood = |beta: &[f64], sigma: f64| -> f64 {
        (0..80)
            .map(|row| {
                let fit = beta[0] + beta[1] * z[(row, 1)];
                let residual = (distances[row] - fit) / sigma;
                -0.5 * residual * residual
                    - 0.5 * (2.0 * std::f64::consts::PI).ln()
                    - sigma.ln()
                    - (1.0 - cdf((1.0 - fit) / sigma)).ln()
            })
            .sum()
    };
    let objective = |point: &[f64], gradient: &mut [f64]| {
        let at = |place: usize, change: f64| {
            let mut moved = point.to_vec();
            moved[place] += change;
            -likelihood(&moved[..2], moved[2].exp())
        };
        let (h, k) = (1e-3, 2e-3);
        for (place, slope) in gradient.iter_mut().enumerate() {
            *slope = (8.0 * (at(place, h) - at(place, -h)) - (at(place, k) - at(place, -k))) / (12.0 * h);
        }
        at(0, 0.0)
    };
    let options = optimise::Options { gradient_tolerance: 1e-6, max_iterations: 300 };
    let end = minimise(objective, &[1.0, 0.0, -0.5], options);
    let used: Vec<usize> = (0..80).collect();
    let got = regression(&distances, &used, &names(2), &z).unwrap().regression;
    assert!((got.log_likelihood + end.value).abs() < 1e-8, "{} {}", got.log_likelihood, end.value);
    let expected = [end.point[0], end.point[1], end.point[2].exp()];
    assert!(got.parameters().iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6), "{got:?} {expected:?}");
    assert!(got.gradient_norm < 1e-9);
    // Standard errors against the Hessian of the search; σ by the delta method from ln σ.
    let covariance = end.hessian.try_inverse().unwrap();
    let errors = [covariance[(0, 0)].sqrt(), covariance[(1, 1)].sqrt(), covariance[(2, 2)].sqrt() * expected[2]];
    assert!(got.standard_errors.iter().zip(errors).all(|(a, b)| (a / b - 1.0).abs() < 1e-4), "{got:?} {errors:?}");
}

#[test]
fn known_parameters_come_back() {
    let truth = [1.2, 0.4, 0.5];
    let (distances, z) = sample(3000, [truth[0], truth[1]], truth[2]);
    let got = algorithm_one(&distances, Orientation::Output, &names(2), &z, OPTIONS).unwrap();
    for ((effect, truth), error) in got.effects.iter().zip(truth).zip(&got.regression.standard_errors) {
        assert!((effect.estimate - truth).abs() < 4.0 * error, "{effect:?}");
        // With independent rows the draws scatter as the information says.
        let half_width = 0.5 * (effect.percentile.1 - effect.percentile.0);
        assert!((half_width / (1.96 * error) - 1.0).abs() < 0.2, "{effect:?} {error}");
        assert!(effect.basic.0 < truth + error * 2.0 && effect.basic.1 > truth - error * 2.0);
    }
    assert!(got.effects[1].p_value < 0.01 && got.effects[2].p_value.is_nan());
    assert_eq!(got.failed_draws, 0);
}

#[test]
fn what_has_no_effect_is_not_found() {
    let (distances, z) = sample(400, [1.3, 0.3], 0.4);
    let mut random = stream(77, 0);
    let z = z.insert_column(2, 0.0).map_with_location(|_, column, value| {
        if column == 2 { normal_quantile(inside_unit(&mut random)) } else { value }
    });
    let got = algorithm_one(&distances, Orientation::Output, &names(3), &z, OPTIONS).unwrap();
    assert!(got.effects[2].p_value > 0.05 && got.effects[1].p_value < 0.01, "{:?}", got.effects);
}

/// One input, one output, constant returns: a frontier without a linear program.
#[test]
fn algorithm_two_corrects_and_does_not_depend_on_threads() {
    let rice = include_str!("../../../../reference/frontier/data/frontier_riceProdPhil.csv");
    let (x, y) = (columns(rice, &["AREA"]), columns(rice, &["PROD"]));
    let mut z = columns(rice, &["EDYRS"]).insert_column(0, 1.0);
    z.column_mut(1).scale_mut(0.1);
    let score = |inputs: &DMatrix<f64>, outputs: &DMatrix<f64>| {
        let best = outputs.component_div(inputs).max();
        y.component_div(&x).iter().map(|own| own / best).collect::<Vec<f64>>()
    };
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let names = names(2);
        pool.install(|| algorithm_two(&x, &y, Orientation::Input, &names, &z, OPTIONS, score).unwrap())
    };
    let one = run(1);
    for threads in [2, 8] {
        let other = run(threads);
        assert_eq!(one.distances, other.distances);
        assert_eq!(
            one.effects.iter().map(|e| e.percentile).collect::<Vec<_>>(),
            other.effects.iter().map(|e| e.percentile).collect::<Vec<_>>()
        );
    }
    // Pseudo units lie inside the frontier, so that corrected distances are longer.
    let raw = bootstrap::distances(&score(&x, &y), x.nrows(), Orientation::Input).unwrap();
    assert!(one.distances.iter().zip(&raw).all(|(corrected, raw)| *corrected >= *raw - 1e-12));
}

#[test]
fn refuses_what_cannot_be_explained() {
    let (distances, z) = sample(30, [1.3, 0.3], 0.4);
    let run = |scores: &[f64], z: &DMatrix<f64>, options| {
        algorithm_one(scores, Orientation::Output, &names(z.ncols()), z, options).err()
    };
    assert_eq!(run(&distances[1..], &z, OPTIONS), Some(EnvironmentError::Rows { found: 30, expected: 29 }));
    let twice = z.clone().insert_column(2, 1.0);
    assert_eq!(run(&distances, &twice, OPTIONS), Some(EnvironmentError::Collinear("w".to_owned())));
    let few = EnvironmentError::TooFew { rows: 0, parameters: 3 };
    assert_eq!(run(&[1.0; 30], &z, OPTIONS), Some(few));
    assert_eq!(run(&distances, &z, Options { draws: 0, ..OPTIONS }), Some(EnvironmentError::Option("draws")));
    let mut hole = z.clone();
    hole[(4, 1)] = f64::NAN;
    assert_eq!(run(&distances, &hole, OPTIONS), Some(EnvironmentError::NotFinite(4)));
}
