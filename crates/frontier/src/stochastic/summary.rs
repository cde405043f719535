//! The optimum in the units of the data: coefficients, standard errors, efficiencies, test.

use mizan_stats::optimise::End;
use nalgebra::{DMatrix, DVector};
use statrs::distribution::{ChiSquared, ContinuousCDF};

use super::design::Orthogonal;
use super::efficiency::{Efficiency, efficiency};
use super::likelihood::Likelihood;
use super::start::LeastSquares;
use super::{Coefficient, Design, Fit, InefficiencyTest, Optimum};

/// What is needed to come back from standardised parameters.
pub(super) struct Parts<'a> {
    pub(super) design: &'a Design,
    pub(super) x: &'a Orthogonal,
    pub(super) least_squares: &'a LeastSquares,
    /// Parameters between β and the deviations.
    pub(super) middle_names: Vec<String>,
    /// Their values from the standardised ones.
    pub(super) middle_back: DMatrix<f64>,
}

impl Parts<'_> {
    fn names(&self) -> Vec<String> {
        let deviations = ["sigma_u".to_owned(), "sigma_v".to_owned()];
        self.design.names().iter().chain(&self.middle_names).cloned().chain(deviations).collect()
    }

    fn log_likelihood(&self, standardised: f64) -> f64 {
        standardised - self.least_squares.y.len() as f64 * self.least_squares.scale.ln()
    }

    fn fit(&self, estimates: &[f64], covariance: DMatrix<f64>, derived: Vec<Coefficient>) -> Fit {
        let errors = covariance.diagonal().map(f64::sqrt);
        let least_squares_log_likelihood = self.log_likelihood(self.least_squares.log_likelihood());
        let coefficients = self.names().into_iter().zip(estimates).zip(errors.iter());
        let restrictions = self.middle_names.len() as u32 + 1;
        Fit {
            coefficients: coefficients
                .map(|((name, &estimate), &standard_error)| Coefficient { name, estimate, standard_error })
                .collect(),
            covariance,
            derived,
            log_likelihood: least_squares_log_likelihood,
            least_squares_log_likelihood,
            gradient_norm: 0.0,
            optimum: Optimum::NoInefficiency,
            wrong_skew: self.least_squares.wrong_skew,
            efficiencies: Vec::new(),
            test: InefficiencyTest { statistic: 0.0, restrictions, p_value: 1.0 },
            starts: (0, 0),
        }
    }
}

/// The maximum that a search found.
pub(super) fn interior(parts: &Parts, model: &dyn Likelihood, end: &End, starts: (usize, usize)) -> Fit {
    let scale = parts.least_squares.scale;
    let (first, middle) = (parts.x.back.ncols(), parts.middle_names.len());
    let size = end.point.len();
    let (u, v) = (scale * end.point[size - 2].exp(), scale * end.point[size - 1].exp());
    let mut jacobian = DMatrix::zeros(size, size);
    jacobian.view_mut((0, 0), (first, first)).copy_from(&(&parts.x.back * scale));
    jacobian.view_mut((first, first), (middle, middle)).copy_from(&parts.middle_back);
    let mut estimates = &jacobian * DVector::from_column_slice(&end.point);
    estimates[size - 2] = u;
    estimates[size - 1] = v;
    jacobian[(size - 2, size - 2)] = u;
    jacobian[(size - 1, size - 1)] = v;
    // The end of a search that counts as interior has a positive definite Hessian.
    let inverse = end.hessian.clone().cholesky().map_or(DMatrix::from_element(size, size, f64::NAN), |f| f.inverse());
    let covariance = &jacobian * inverse * jacobian.transpose();

    let total = u * u + v * v;
    let block = covariance.view((size - 2, size - 2), (2, 2)).into_owned();
    let derived = |name: &str, estimate: f64, by_u: f64, by_v: f64| {
        let slope = DVector::from_vec(vec![by_u, by_v]);
        let standard_error = slope.dot(&(&block * &slope)).sqrt();
        Coefficient { name: name.to_owned(), estimate, standard_error }
    };
    let gamma = u * u / total;
    let derived = vec![
        derived("sigma_squared", total, 2.0 * u, 2.0 * v),
        derived("gamma", gamma, 2.0 * u * v * v / (total * total), -2.0 * u * u * v / (total * total)),
    ];
    let mut fit = parts.fit(estimates.as_slice(), covariance, derived);
    fit.log_likelihood = parts.log_likelihood(-end.value);
    fit.gradient_norm = end.gradient_norm;
    fit.optimum = Optimum::Interior;
    fit.starts = starts;
    fit.efficiencies = model
        .conditional(&end.point)
        .into_iter()
        .map(|mut given| {
            given.mean *= scale;
            given.deviation *= scale;
            efficiency(&given)
        })
        .collect();
    let statistic = (2.0 * (fit.log_likelihood - fit.least_squares_log_likelihood)).max(0.0);
    fit.test = InefficiencyTest { statistic, p_value: mixed_p(statistic, fit.test.restrictions), ..fit.test };
    fit
}

/// Least squares as the maximum: σ_u = 0, every row efficient; μ, η and δ have no value there.
pub(super) fn boundary(parts: &Parts, starts: usize) -> Fit {
    let LeastSquares { y, coefficients, scale, .. } = parts.least_squares;
    let (rows, first, size) = (y.len() as f64, coefficients.len(), parts.names().len());
    let beta = &parts.x.back * coefficients * *scale;
    let mut estimates = vec![f64::NAN; size];
    estimates[..first].copy_from_slice(beta.as_slice());
    estimates[size - 2] = 0.0;
    estimates[size - 1] = *scale;
    let mut covariance = DMatrix::from_element(size, size, f64::NAN);
    // Orthogonal columns of mean square 1 and variance 1: the information is n.
    let block = &parts.x.back * parts.x.back.transpose() * (scale * scale / rows);
    covariance.view_mut((0, 0), (first, first)).copy_from(&block);
    covariance[(size - 1, size - 1)] = scale * scale / (2.0 * rows);
    let derived = |name: &str, estimate: f64| Coefficient { name: name.to_owned(), estimate, standard_error: f64::NAN };
    let derived = vec![derived("sigma_squared", scale * scale), derived("gamma", 0.0)];
    let mut fit = parts.fit(&estimates, covariance, derived);
    fit.efficiencies = vec![Efficiency { battese_coelli: 1.0, jlms: 1.0, inefficiency: 0.0 }; y.len()];
    fit.starts = (starts, 0);
    fit
}

/// ½ P(χ²_{q-1} > x) + ½ P(χ²_q > x); χ²_0 is zero.
fn mixed_p(statistic: f64, restrictions: u32) -> f64 {
    let above = |freedom: u32| match ChiSquared::new(f64::from(freedom)) {
        Ok(distribution) if freedom > 0 => distribution.sf(statistic),
        _ => f64::from(u8::from(statistic <= 0.0)),
    };
    0.5 * (above(restrictions - 1) + above(restrictions))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Kodde and Palm 1986, table 1, upper bounds at 5 %: 2.706, 5.138, 7.045 for 1, 2, 3 restrictions.
    #[test]
    fn mixed_test_has_the_published_critical_values() {
        for (restrictions, critical) in [(1, 2.706), (2, 5.138), (3, 7.045)] {
            assert!((mixed_p(critical, restrictions) - 0.05).abs() < 2e-5, "{}", mixed_p(critical, restrictions));
        }
        assert_eq!(mixed_p(0.0, 1), 1.0);
    }
}
