//! Closed forms against integrals and differences.

use mizan_stats::normal::log_cdf;
use nalgebra::{DMatrix, DVector};

use crate::stochastic::likelihood::{Exponential, Likelihood, Rows, Truncated};
use crate::stochastic::panel::{Decay, group};

/// The density of a unit's residuals by Simpson's rule over its inefficiency, without the closed form.
fn integrated(residuals: &[f64], factors: &[f64], mu: f64, u: f64, v: f64, sign: f64) -> f64 {
    let steps = 40_000;
    let width = (mu.max(0.0) + 14.0 * u) / f64::from(steps);
    let mut sum = 0.0;
    for step in 0..=steps {
        let weight = if step == 0 || step == steps { 1.0 } else { f64::from(2 + 2 * (step % 2)) };
        let level = f64::from(step) * width;
        let normal = |x: f64, deviation: f64| {
            (-0.5 * (x / deviation).powi(2)).exp() / ((2.0 * std::f64::consts::PI).sqrt() * deviation)
        };
        let rows: f64 = residuals.iter().zip(factors).map(|(e, f)| normal(e + sign * f * level, v)).product();
        sum += weight * rows * normal(level - mu, u);
    }
    (sum * width / 3.0).ln() - log_cdf(mu / u).value
}

#[test]
fn likelihoods_equal_the_integrals() {
    let x = DMatrix::from_row_slice(5, 2, &[1.0, 0.3, 1.0, -0.2, 1.0, 0.9, 1.0, 0.0, 1.0, -1.1]);
    let y = DVector::from_vec(vec![0.4, -0.3, 0.9, -0.8, -0.5]);
    let z = DMatrix::from_row_slice(5, 2, &[1.0, 0.5, 1.0, 1.5, 1.0, -1.0, 1.0, 2.0, 1.0, 0.1]);
    let (beta, delta, eta, u, v) = ([0.2, 0.6], [-0.1, 0.3], 0.15, 0.5_f64, 0.3_f64);
    for sign in [1.0, -1.0] {
        let rows = || Rows { y: &y, x: &x, sign };
        let e = rows().residuals(&beta);
        let mut gradient = vec![0.0; 6];
        let deviations = [u.ln(), v.ln()];

        let model = Truncated { rows: rows(), z: &z };
        let theta = [&beta[..], &delta[..], &deviations[..]].concat();
        let expected: f64 = (0..5)
            .map(|row| {
                let mu = z[(row, 0)] * delta[0] + z[(row, 1)] * delta[1];
                integrated(&[e[row]], &[1.0], mu, u, v, sign)
            })
            .sum();
        assert!((model.value(&theta, &mut gradient) - expected).abs() < 1e-9);

        let times = [1.0, 2.0, 4.0, 2.0, 3.0];
        let (units, ages) = group(&[7, 7, 7, 3, 3], &times, true).unwrap();
        let model = Decay { rows: rows(), units: units.clone(), ages: ages.clone(), truncated: true, varying: true };
        let theta = [&beta[..], &[0.25, eta], &deviations[..]].concat();
        let expected: f64 = units
            .iter()
            .map(|unit| {
                let residuals: Vec<f64> = unit.iter().map(|&row| e[row]).collect();
                let factors: Vec<f64> = unit.iter().map(|&row| (-eta * (times[row] - 4.0)).exp()).collect();
                integrated(&residuals, &factors, 0.25, u, v, sign)
            })
            .sum();
        assert!((model.value(&theta, &mut gradient) - expected).abs() < 1e-9);
    }
}

#[test]
fn gradients_equal_differences() {
    let x = DMatrix::from_row_slice(5, 2, &[1.0, 0.3, 1.0, -0.2, 1.0, 0.9, 1.0, 0.0, 1.0, -1.1]);
    let y = DVector::from_vec(vec![0.4, -0.3, 0.9, -0.8, -0.5]);
    let z = DMatrix::from_row_slice(5, 2, &[1.0, 0.5, 1.0, 1.5, 1.0, -1.0, 1.0, 2.0, 1.0, 0.1]);
    let none = DMatrix::zeros(5, 0);
    let (units, ages) = group(&[7, 7, 7, 3, 3], &[1.0, 2.0, 4.0, 2.0, 3.0], true).unwrap();
    let check = |model: &dyn Likelihood, theta: &[f64]| {
        assert_eq!(model.parameters(), theta.len());
        let mut gradient = vec![0.0; theta.len()];
        let mut ignored = gradient.clone();
        model.value(theta, &mut gradient);
        for place in 0..theta.len() {
            let mut moved = theta.to_vec();
            let mut at = |change: f64| {
                moved[place] = theta[place] + change;
                model.value(&moved, &mut ignored)
            };
            let (h, k) = (1e-3, 2e-3);
            let difference = (8.0 * (at(h) - at(-h)) - (at(k) - at(-k))) / (12.0 * h);
            assert!(
                (difference - gradient[place]).abs() < 1e-8 * (1.0 + difference.abs()),
                "{place} {difference} {gradient:?}"
            );
        }
    };
    for sign in [1.0, -1.0] {
        let rows = || Rows { y: &y, x: &x, sign };
        check(&Truncated { rows: rows(), z: &none }, &[0.2, 0.6, -0.7, -1.1]);
        check(&Truncated { rows: rows(), z: &z }, &[0.2, 0.6, -0.1, 0.3, -0.7, -1.1]);
        check(&Exponential { rows: rows() }, &[0.2, 0.6, -0.7, -1.1]);
        for (truncated, varying, middle) in [
            (true, true, vec![0.25, 0.15]),
            (true, false, vec![-0.4]),
            (false, true, vec![-0.2]),
            (false, false, vec![]),
        ] {
            let model = Decay { rows: rows(), units: units.clone(), ages: ages.clone(), truncated, varying };
            check(&model, &[vec![0.2, 0.6], middle, vec![-0.7, -1.1]].concat());
        }
    }
}
