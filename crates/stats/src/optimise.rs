//! Minima of smooth functions: BFGS from a start, then Newton steps until the gradient is nothing.
//!
//! BFGS with the inverse update and a line search for the weak Wolfe conditions by bisection (Nocedal and Wright,
//! *Numerical Optimization*, 2006, ch. 6; Lewis and Overton, *Nonsmooth optimization via quasi-Newton methods*, 2013,
//! algorithm 2.6). The Hessian of the finish is the central difference of the given gradient. Whether the end is a
//! minimum is an answer of its own: a small gradient on a plain is none.

use nalgebra::{DMatrix, DVector};

/// When to stop.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Largest absolute component of the gradient at a minimum.
    pub gradient_tolerance: f64,
    /// Largest number of BFGS iterations.
    pub max_iterations: usize,
}

/// What the end of the search is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The gradient is within tolerance and the Hessian is positive definite.
    Minimum,
    /// The gradient is within tolerance, but the Hessian is not positive definite: a plain, a ridge or a saddle.
    Flat,
    /// The gradient stayed above the tolerance.
    Stalled,
}

/// The best point found.
#[derive(Debug, Clone)]
pub struct End {
    /// The point.
    pub point: Vec<f64>,
    /// The function there.
    pub value: f64,
    /// Largest absolute component of the gradient there.
    pub gradient_norm: f64,
    /// Symmetric Hessian there.
    pub hessian: DMatrix<f64>,
    /// Whether this is a minimum.
    pub status: Status,
}

/// Minimises `objective` from `start`.
///
/// `objective(point, gradient)` writes the gradient and gives the value; a value that is not finite marks a point
/// outside the domain. The variables should be scaled so that steps of 1 are ordinary.
///
/// ```
/// use mizan_stats::optimise::{minimise, Options, Status};
/// let parabola = |x: &[f64], gradient: &mut [f64]| {
///     gradient[0] = 2.0 * (x[0] - 3.0);
///     (x[0] - 3.0).powi(2)
/// };
/// let end = minimise(parabola, &[0.0], Options { gradient_tolerance: 1e-10, max_iterations: 50 });
/// assert!(end.status == Status::Minimum && (end.point[0] - 3.0).abs() < 1e-10);
/// ```
pub fn minimise(objective: impl Fn(&[f64], &mut [f64]) -> f64, start: &[f64], options: Options) -> End {
    let function = |point: &DVector<f64>| {
        let mut gradient = DVector::zeros(point.len());
        let value = objective(point.as_slice(), gradient.as_mut_slice());
        let usable = value.is_finite() && gradient.iter().all(|slope| slope.is_finite());
        Step { point: point.clone(), value: if usable { value } else { f64::INFINITY }, gradient }
    };
    let here = bfgs(&function, function(&DVector::from_column_slice(start)), options);
    newton_finish(&function, here, options)
}

/// A point with its value and gradient.
struct Step {
    point: DVector<f64>,
    value: f64,
    gradient: DVector<f64>,
}

fn bfgs(function: &impl Fn(&DVector<f64>) -> Step, start: Step, options: Options) -> Step {
    let size = start.point.len();
    let mut here = start;
    let mut inverse = DMatrix::identity(size, size);
    let mut first = true;
    // The Newton finish takes over near the minimum; the search need not reach the last digits.
    let near = options.gradient_tolerance.sqrt().max(options.gradient_tolerance);
    for _ in 0..options.max_iterations {
        if !here.value.is_finite() || here.gradient.amax() <= near {
            break;
        }
        let mut direction = -(&inverse * &here.gradient);
        if here.gradient.dot(&direction) >= 0.0 {
            inverse = DMatrix::identity(size, size);
            direction = -here.gradient.clone();
        }
        let longest = if first { 1.0 / here.gradient.norm().max(1.0) } else { 1.0 };
        let Some(next) = line_search(function, &here, &direction, longest) else { break };
        let moved = &next.point - &here.point;
        let change = &next.gradient - &here.gradient;
        let curvature = moved.dot(&change);
        if curvature > 1e-14 * moved.norm() * change.norm() {
            if first {
                inverse *= curvature / change.norm_squared();
            }
            let image = &inverse * &change;
            let factor = (1.0 + change.dot(&image) / curvature) / curvature;
            let cross = &image * moved.transpose();
            inverse += factor * &moved * moved.transpose() - (&cross + cross.transpose()) / curvature;
        }
        first = false;
        let gain = here.value - next.value;
        here = next;
        if gain <= 1e-15 * here.value.abs() {
            break;
        }
    }
    here
}

/// A step that lowers the value enough and flattens the slope; the last lower point when the bracket closes first.
fn line_search(
    function: &impl Fn(&DVector<f64>) -> Step,
    here: &Step,
    direction: &DVector<f64>,
    first: f64,
) -> Option<Step> {
    let slope = here.gradient.dot(direction);
    let (mut low, mut high, mut length) = (0.0, f64::INFINITY, first);
    let mut best = None;
    for _ in 0..60 {
        let trial = function(&(&here.point + direction * length));
        if trial.value > here.value + 1e-4 * length * slope {
            high = length;
        } else if trial.gradient.dot(direction) < 0.9 * slope {
            low = length;
            best = Some(trial);
        } else {
            return Some(trial);
        }
        length = if high.is_finite() { 0.5 * (low + high) } else { 2.0 * low };
    }
    best
}

fn newton_finish(function: &impl Fn(&DVector<f64>) -> Step, start: Step, options: Options) -> End {
    let mut here = start;
    let mut hessian = difference_hessian(function, &here);
    for _ in 0..30 {
        let norm = here.gradient.amax();
        let Some(factors) = hessian.clone().cholesky() else { break };
        let newton = factors.solve(&here.gradient);
        // Rounding of the value hides progress near the end: there a smaller gradient is progress.
        let slack = 1e-12 * here.value.abs().max(1.0);
        let next = (0..12).map(|halvings| function(&(&here.point - &newton * 0.5_f64.powi(halvings)))).find(|trial| {
            trial.value < here.value - slack || (trial.value <= here.value + slack && trial.gradient.amax() < norm)
        });
        let Some(next) = next else { break };
        let done = next.gradient.amax() <= options.gradient_tolerance && next.gradient.amax() > 0.1 * norm;
        here = next;
        hessian = difference_hessian(function, &here);
        if done || here.gradient.amax() == 0.0 {
            break;
        }
    }
    let gradient_norm = here.gradient.amax();
    let status = if !here.value.is_finite() || gradient_norm > options.gradient_tolerance {
        Status::Stalled
    } else if hessian.clone().cholesky().is_some() {
        Status::Minimum
    } else {
        Status::Flat
    };
    End { point: here.point.as_slice().to_vec(), value: here.value, gradient_norm, hessian, status }
}

/// Central differences of the gradient, made symmetric. Steps of 6e-6 (cube root of the precision) leave a relative
/// error of about 1e-10.
fn difference_hessian(function: &impl Fn(&DVector<f64>) -> Step, here: &Step) -> DMatrix<f64> {
    let size = here.point.len();
    let mut hessian = DMatrix::zeros(size, size);
    for variable in 0..size {
        let step = 6e-6 * here.point[variable].abs().max(1.0);
        let mut moved = here.point.clone();
        moved[variable] += step;
        let above = function(&moved).gradient;
        moved[variable] = here.point[variable] - step;
        let below = function(&moved).gradient;
        hessian.set_column(variable, &((above - below) / (2.0 * step)));
    }
    (&hessian + hessian.transpose()) * 0.5
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPTIONS: Options = Options { gradient_tolerance: 1e-9, max_iterations: 500 };

    fn rosenbrock(x: &[f64], gradient: &mut [f64]) -> f64 {
        let (a, b) = (1.0 - x[0], x[1] - x[0] * x[0]);
        gradient[0] = -2.0 * a - 400.0 * x[0] * b;
        gradient[1] = 200.0 * b;
        a * a + 100.0 * b * b
    }

    /// Minimum at (1, 1), Hessian (802, -400; -400, 200) there.
    #[test]
    fn finds_the_bottom_of_the_banana() {
        let end = minimise(rosenbrock, &[-1.2, 1.0], OPTIONS);
        assert_eq!(end.status, Status::Minimum);
        assert!(end.point.iter().all(|x| (x - 1.0).abs() < 1e-8), "{:?}", end.point);
        let exact = DMatrix::from_row_slice(2, 2, &[802.0, -400.0, -400.0, 200.0]);
        assert!((end.hessian - exact).amax() < 1e-5);
    }

    #[test]
    fn respects_the_domain() {
        // x - ln x is not defined below 0 and has its minimum at 1.
        let barrier = |x: &[f64], gradient: &mut [f64]| {
            gradient[0] = 1.0 - 1.0 / x[0];
            if x[0] > 0.0 { x[0] - x[0].ln() } else { f64::NAN }
        };
        let end = minimise(barrier, &[50.0], OPTIONS);
        assert!(end.status == Status::Minimum && (end.point[0] - 1.0).abs() < 1e-9, "{end:?}");
    }

    /// exp(-x) has no minimum: the gradient falls below any tolerance on the way, but a plain is not a minimum of
    /// ordinary curvature; x² - y² has only a saddle.
    #[test]
    fn a_saddle_is_no_minimum() {
        let saddle = |x: &[f64], gradient: &mut [f64]| {
            gradient[0] = 2.0 * x[0];
            gradient[1] = -2.0 * x[1];
            x[0] * x[0] - x[1] * x[1]
        };
        assert_eq!(minimise(saddle, &[0.0, 0.0], OPTIONS).status, Status::Flat);
        let end = minimise(saddle, &[1.0, 0.5], OPTIONS);
        assert_ne!(end.status, Status::Minimum);
    }

    #[test]
    fn a_start_outside_the_domain_stalls() {
        let nowhere = |_: &[f64], gradient: &mut [f64]| {
            gradient[0] = 0.0;
            f64::NAN
        };
        assert_eq!(minimise(nowhere, &[0.0], OPTIONS).status, Status::Stalled);
    }
}
