//! From data to an optimum: checks, starts, searches, and the choice among their ends.

use mizan_stats::optimise::{End, Options, Status, minimise};
use nalgebra::{DMatrix, DVector};
use rayon::prelude::*;

use super::design::{Orthogonal, orthogonal};
use super::likelihood::{Exponential, Likelihood, Rows, Truncated};
use super::panel::{Decay, group};
use super::start::{Family, LeastSquares, best_of_grid};
use super::summary::{Parts, boundary, interior};
use super::{Design, Fit, Inefficiency, Kind, StochasticError};

/// Places μ/σ_u where searches begin.
const CUTS: [f64; 6] = [0.0, 1.0, -1.0, 2.0, -2.0, -4.0];

/// Two log-likelihoods closer than this are the same optimum.
const SAME: f64 = 1e-6;

/// Fits a stochastic frontier to `y`, the logarithm of output or cost, one a row of `design`.
///
/// Searches run in orthogonal columns and units of the residual deviation of least squares, so that scales of inputs
/// change no digit that matters. Errors: see [`StochasticError`]; rows with missing values are not left out.
pub fn fit(y: &[f64], design: &Design, kind: Kind, inefficiency: &Inefficiency) -> Result<Fit, StochasticError> {
    let expected = y.len();
    let rows = |what, found| {
        if found == expected { Ok(()) } else { Err(StochasticError::Rows { what, found, expected }) }
    };
    rows("design", design.columns().nrows())?;
    if let Some(row) = y.iter().position(|value| !value.is_finite()) {
        return Err(StochasticError::NotFinite { what: "y", row });
    }
    // Two more parameters at least: those of chance and of inefficiency.
    let parameters = design.columns().ncols() + 2;
    if expected <= parameters {
        return Err(StochasticError::TooFew { rows: expected, parameters });
    }
    let x = orthogonal(design.names(), design.columns())?;
    let sign = kind.sign();
    let least_squares =
        LeastSquares::new(&DVector::from_column_slice(y), &x.columns, sign).ok_or(StochasticError::NoResidual)?;
    let frontier = || Rows { y: &least_squares.y, x: &x.columns, sign };
    let none = Orthogonal { columns: DMatrix::zeros(expected, 0), back: DMatrix::zeros(0, 0) };
    let parts = |names: Vec<String>, back: DMatrix<f64>| Parts {
        design,
        x: &x,
        least_squares: &least_squares,
        middle_names: names,
        middle_back: back,
    };
    let family = |cut, fixed: Vec<f64>, per_cut| Family { cut, exponential: false, fixed, per_cut };

    match inefficiency {
        Inefficiency::HalfNormal => {
            let model = Truncated { rows: frontier(), z: &none.columns };
            search(&model, &parts(Vec::new(), none.back.clone()), &[family(0.0, vec![], vec![])], sign, None)
        }
        Inefficiency::Exponential => {
            let model = Exponential { rows: frontier() };
            search(&model, &parts(Vec::new(), none.back.clone()), &[exponential_family()], sign, None)
        }
        Inefficiency::TruncatedNormal => {
            let one = DMatrix::from_element(expected, 1, 1.0);
            let model = Truncated { rows: frontier(), z: &one };
            let back = DMatrix::from_element(1, 1, least_squares.scale);
            let families = CUTS.map(|cut| family(cut, vec![0.0], vec![1.0]));
            let limit = Exponential { rows: frontier() };
            search(&model, &parts(vec!["mu".to_owned()], back), &families, sign, Some(&limit))
        }
        Inefficiency::Explained { names, z } => {
            rows("z", z.nrows())?;
            if names.len() != z.ncols() {
                return Err(StochasticError::Rows { what: "names of z", found: names.len(), expected: z.ncols() });
            }
            if let Some(place) = z.iter().position(|value| !value.is_finite()) {
                return Err(StochasticError::NotFinite { what: "z", row: place % expected });
            }
            let z = orthogonal(names, z)?;
            let model = Truncated { rows: frontier(), z: &z.columns };
            let count = expected as f64;
            // Rows with low residuals are the inefficient ones: their z tells where μ is high.
            let slopes = z.columns.tr_mul(&least_squares.residuals) * (-sign / count);
            let constant = z.columns.row_sum().transpose() / count;
            let mut families = Vec::new();
            for share in [0.0, 1.0] {
                let fixed = &slopes * share;
                families.extend(CUTS.map(|cut| family(cut, fixed.as_slice().to_vec(), constant.as_slice().to_vec())));
            }
            let back = &z.back * least_squares.scale;
            search(&model, &parts(names.clone(), back), &families, sign, None)
        }
        Inefficiency::Panel { units, times, truncated, varying } => {
            rows("units", units.len())?;
            rows("times", times.len())?;
            if let Some(row) = times.iter().position(|time| !time.is_finite()) {
                return Err(StochasticError::NotFinite { what: "times", row });
            }
            let (units, ages) = group(units, times, *varying)?;
            let span = ages.iter().copied().fold(1.0, |span: f64, age| span.max(-age));
            let model = Decay { rows: frontier(), units, ages, truncated: *truncated, varying: *varying };
            let cuts: &[f64] = if *truncated { &CUTS } else { &[0.0] };
            let etas: &[f64] = if *varying { &[0.0, 0.3, -0.3] } else { &[0.0] };
            let present = |mu: f64, eta: f64| {
                [(*truncated, mu), (*varying, eta)].iter().filter(|(there, _)| *there).map(|(_, v)| *v).collect()
            };
            let families: Vec<Family> = cuts
                .iter()
                .flat_map(|&cut| etas.iter().map(move |&eta| (cut, eta)))
                .map(|(cut, eta)| family(cut, present(0.0, eta / span), present(1.0, 0.0)))
                .collect();
            let names = [(*truncated, "mu"), (*varying, "eta")];
            let names = names.iter().filter(|(there, _)| *there).map(|(_, name)| (*name).to_owned()).collect();
            let scales: Vec<f64> = present(least_squares.scale, 1.0);
            let back = DMatrix::from_diagonal(&DVector::from_vec(scales));
            search(&model, &parts(names, back), &families, sign, None)
        }
    }
}

fn exponential_family() -> Family {
    Family { cut: 0.0, exponential: true, fixed: vec![], per_cut: vec![] }
}

/// Runs all families and judges the ends. `limit` is the model that this one approaches as μ runs to -∞.
fn search(
    model: &dyn Likelihood,
    parts: &Parts,
    families: &[Family],
    sign: f64,
    limit: Option<&dyn Likelihood>,
) -> Result<Fit, StochasticError> {
    let least_squares = parts.least_squares;
    let rows = least_squares.y.len();
    if rows <= model.parameters() {
        return Err(StochasticError::TooFew { rows, parameters: model.parameters() });
    }
    // Half-normal and exponential: least squares is the maximum when the skew is wrong (Waldman 1982).
    if least_squares.wrong_skew && model.skew_decides() {
        return Ok(boundary(parts, families.len()));
    }
    let ends = ends(model, families, least_squares, sign);
    let floor = -least_squares.log_likelihood();
    let inside = |end: &&End| is_interior(end, rows) && end.value < floor - 1e-9;
    let best = ends.iter().filter(inside).min_by(|a, b| a.value.total_cmp(&b.value));
    let lowest = ends.iter().min_by(|a, b| a.value.total_cmp(&b.value));
    let scale_of_likelihood = rows as f64 * least_squares.scale.ln();

    if let Some(limit) = limit.filter(|_| !least_squares.wrong_skew) {
        let exponential = self::ends(limit, &[exponential_family()], least_squares, sign);
        let reached = exponential.iter().filter(inside).map(|end| end.value).fold(f64::INFINITY, f64::min);
        if reached < floor && best.is_none_or(|best| reached < best.value + SAME) {
            let exponential_log_likelihood = -reached - scale_of_likelihood;
            return Err(StochasticError::TowardsExponential { exponential_log_likelihood });
        }
    }
    let not_converged = |end: &End| StochasticError::NotConverged {
        log_likelihood: -end.value - scale_of_likelihood,
        gradient_norm: end.gradient_norm,
        location: model.location(&end.point),
    };
    match (best, lowest) {
        (Some(best), Some(lowest)) if lowest.value >= best.value - SAME => {
            let same = ends.iter().filter(|end| inside(end) && end.value < best.value + SAME).count();
            Ok(interior(parts, model, best, (families.len(), same)))
        }
        (_, Some(lowest)) => {
            let last = lowest.point.len() - 1;
            if lowest.value >= floor - SAME {
                Ok(boundary(parts, families.len()))
            } else if lowest.point[last] - lowest.point[last - 1] < -8.0 {
                Err(StochasticError::TowardsDeterministic { log_likelihood: -lowest.value - scale_of_likelihood })
            } else {
                Err(not_converged(lowest))
            }
        }
        (_, None) => Err(StochasticError::TooFew { rows, parameters: model.parameters() }),
    }
}

fn ends(model: &dyn Likelihood, families: &[Family], least_squares: &LeastSquares, sign: f64) -> Vec<End> {
    // Rounding of the sum over rows grows with their number.
    let tolerance = 1e-8 * (least_squares.y.len() as f64 / 1000.0).max(1.0);
    let options = Options { gradient_tolerance: tolerance, max_iterations: 500 };
    let negative = |theta: &[f64], gradient: &mut [f64]| {
        let value = model.value(theta, gradient);
        gradient.iter_mut().for_each(|slope| *slope = -*slope);
        -value
    };
    families
        .par_iter()
        .map(|family| minimise(negative, &best_of_grid(family, least_squares, model, sign), options))
        .collect()
}

/// A maximum that the data hold in all directions: on the way to a boundary the curvature dies before the gradient.
fn is_interior(end: &End, rows: usize) -> bool {
    end.status == Status::Minimum && end.hessian.symmetric_eigenvalues().min() > 1e-8 * rows as f64
}
