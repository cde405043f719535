//! Regression of a normal variable that is only seen above 1, by maximum likelihood.

use mizan_stats::normal::{HALF_LN_TWO_PI, log_cdf};
use nalgebra::{DMatrix, DVector};

use crate::stochastic::StochasticError;
use crate::stochastic::design::{Orthogonal, orthogonal};

/// Estimates of δ = zβ + ε, ε ~ N(0, σ²), δ >= 1.
#[derive(Debug, Clone, PartialEq)]
pub struct TruncatedRegression {
    /// β in the order of the columns.
    pub coefficients: Vec<f64>,
    /// σ.
    pub sigma: f64,
    /// Standard errors of β and σ from the inverse information, which take the distances for observed and independent.
    pub standard_errors: Vec<f64>,
    /// Σ [ln φ((δ - zβ)/σ) - ln σ - ln(1 - Φ((1 - zβ)/σ))].
    pub log_likelihood: f64,
    /// Largest absolute component of the gradient by (β/σ, 1/σ), in orthogonal columns of mean square 1.
    pub gradient_norm: f64,
}

impl TruncatedRegression {
    /// β, then σ.
    pub(super) fn parameters(&self) -> Vec<f64> {
        self.coefficients.iter().copied().chain([self.sigma]).collect()
    }
}

/// The rows of z that a regression uses, prepared once for all draws.
pub(super) struct Sample {
    z: Orthogonal,
}

impl Sample {
    pub(super) fn new(z: &DMatrix<f64>, names: &[String]) -> Result<Sample, StochasticError> {
        Ok(Sample { z: orthogonal(names, z)? })
    }
}

/// Value, gradient and negative Hessian by (β/σ, 1/σ).
struct Local {
    value: f64,
    gradient: DVector<f64>,
    information: DMatrix<f64>,
}

/// With θ = β/σ and h = 1/σ (Olsen, Econometrica 46 (1978)) a row gives ln h - ½(hδ - zθ)² - ln Φ(a), a = zθ - h. Every
/// stationary point is the one maximum (Orme and Ruud, Economics Letters 77 (2002)).
fn local(z: &DMatrix<f64>, distances: &[f64], point: &DVector<f64>) -> Local {
    let columns = z.ncols();
    let h = point[columns];
    let fitted = z * point.rows(0, columns);
    let mut pull = DVector::zeros(distances.len());
    let mut weight = DVector::zeros(distances.len());
    let mut cross = DVector::zeros(distances.len());
    let (mut value, mut by_h, mut by_h_h) = (0.0, 0.0, 0.0);
    for (row, (&distance, &fit)) in distances.iter().zip(fitted.iter()).enumerate() {
        let residual = h * distance - fit;
        let cut = log_cdf(fit - h);
        let bend = cut.mills * cut.excess;
        value += h.ln() - 0.5 * residual * residual - HALF_LN_TWO_PI - cut.value;
        pull[row] = residual - cut.mills;
        weight[row] = 1.0 - bend;
        cross[row] = distance - bend;
        by_h += 1.0 / h - residual * distance + cut.mills;
        by_h_h += 1.0 / (h * h) + distance * distance - bend;
    }
    let mut gradient = DVector::zeros(columns + 1);
    gradient.rows_mut(0, columns).copy_from(&z.tr_mul(&pull));
    gradient[columns] = by_h;
    let mut information = DMatrix::zeros(columns + 1, columns + 1);
    let mut weighted = z.clone();
    weighted.column_iter_mut().for_each(|mut column| column.component_mul_assign(&weight));
    information.view_mut((0, 0), (columns, columns)).copy_from(&z.tr_mul(&weighted));
    let side = -z.tr_mul(&cross);
    information.view_mut((0, columns), (columns, 1)).copy_from(&side);
    information.view_mut((columns, 0), (1, columns)).copy_from(&side.transpose());
    information[(columns, columns)] = by_h_h;
    Local { value: if value.is_nan() { f64::NEG_INFINITY } else { value }, gradient, information }
}

/// Newton's method with a ridge where the curvature is not that of a maximum. `None` when no maximum is reached: the
/// gradient must fall below 1e-9 a row.
pub(super) fn maximise(
    sample: &Sample,
    distances: &[f64],
    start: Option<&TruncatedRegression>,
) -> Option<TruncatedRegression> {
    let z = &sample.z.columns;
    let (rows, columns) = (distances.len() as f64, z.ncols());
    let observed = DVector::from_column_slice(distances);
    let least_squares = z.tr_mul(&observed) / rows;
    let deviation = ((&observed - z * &least_squares).norm_squared() / rows).sqrt();
    if deviation <= 1e-12 {
        return None;
    }
    let mut point = DVector::zeros(columns + 1);
    match start {
        Some(TruncatedRegression { coefficients, sigma, .. }) => {
            let beta = DVector::from_column_slice(coefficients);
            let turned = sample.z.back.clone().lu().solve(&beta)?;
            point.rows_mut(0, columns).copy_from(&(turned / *sigma));
            point[columns] = 1.0 / sigma;
        }
        None => {
            point.rows_mut(0, columns).copy_from(&(&least_squares / deviation));
            point[columns] = 1.0 / deviation;
        }
    }
    let mut here = local(z, distances, &point);
    let mut ridge = 0.0;
    for _ in 0..200 {
        let norm = here.gradient.amax();
        let mut curvature = here.information.clone();
        for place in 0..=columns {
            curvature[(place, place)] += ridge * (1.0 + here.information[(place, place)].abs());
        }
        let step = curvature.cholesky().map(|factors| factors.solve(&here.gradient));
        let next = step.and_then(|step| {
            let moved = &point + step;
            let next = (moved[columns] > 0.0).then(|| local(z, distances, &moved))?;
            let slack = 1e-12 * here.value.abs().max(1.0);
            let better =
                next.value > here.value + slack || (next.value >= here.value - slack && next.gradient.amax() < norm);
            better.then_some((moved, next))
        });
        match next {
            Some((moved, next)) => {
                point = moved;
                here = next;
                ridge = if ridge < 1e-6 { 0.0 } else { 0.1 * ridge };
                if here.gradient.amax() <= 1e-13 * rows {
                    break;
                }
            }
            None if norm <= 1e-9 * rows || ridge > 1e8 => break,
            None => ridge = if ridge == 0.0 { 1e-4 } else { 10.0 * ridge },
        }
    }
    finish(sample, &point, &here, rows)
}

/// Back to β and σ; standard errors by the delta method: dβ = dθ/h - θ dh/h², dσ = -dh/h².
fn finish(sample: &Sample, point: &DVector<f64>, here: &Local, rows: f64) -> Option<TruncatedRegression> {
    let columns = point.len() - 1;
    let gradient_norm = here.gradient.amax();
    // A maximum on the way to σ = ∞ has curvature in no direction but one.
    let held = here.information.symmetric_eigenvalues().min() > 1e-9 * rows;
    if gradient_norm.is_nan() || gradient_norm > 1e-9 * rows || !held {
        return None;
    }
    let sigma = 1.0 / point[columns];
    let theta = point.rows(0, columns);
    let mut jacobian = DMatrix::zeros(columns + 1, columns + 1);
    jacobian.view_mut((0, 0), (columns, columns)).copy_from(&(&sample.z.back * sigma));
    jacobian.view_mut((0, columns), (columns, 1)).copy_from(&(&sample.z.back * theta * (-sigma * sigma)));
    jacobian[(columns, columns)] = -sigma * sigma;
    let covariance = &jacobian * here.information.clone().cholesky()?.inverse() * jacobian.transpose();
    Some(TruncatedRegression {
        coefficients: (&sample.z.back * theta * sigma).as_slice().to_vec(),
        sigma,
        standard_errors: covariance.diagonal().map(f64::sqrt).as_slice().to_vec(),
        log_likelihood: here.value,
        gradient_norm,
    })
}
