//! Stochastic frontiers: noise and inefficiency told apart by maximum likelihood.
//!
//! ln y = xβ + v - S u with noise v ~ N(0, σ_v²), inefficiency u >= 0 and S = 1 for production, -1 for cost. Aigner,
//! Lovell and Schmidt, Journal of Econometrics 6 (1977); Stevenson (1980) for the truncated normal; Battese and Coelli,
//! Journal of Productivity Analysis 3 (1992) for panels and Empirical Economics 20 (1995) for explained inefficiency.
//!
//! A result is an optimum or an error, never the place where a search gave up: the gradient is below 1e-8 in
//! standardised variables and the information positive definite, from several starts.
//!
//! Verified: half-normal, exponential and truncated normal against polished optima; all likelihoods, the two of Battese
//! and Coelli among them, against integrals over the inefficiency. Estimates of panels and of explained inefficiency
//! were not compared with published ones.

pub(crate) mod design;
mod efficiency;
mod estimate;
mod likelihood;
mod panel;
mod start;
mod summary;

pub use design::Design;
pub use efficiency::Efficiency;
pub use estimate::fit;
use nalgebra::DMatrix;

/// Which side of the frontier inefficiency lies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Inefficiency lowers the dependent variable (S = 1).
    Production,
    /// Inefficiency raises it (S = -1).
    Cost,
}

impl Kind {
    fn sign(self) -> f64 {
        if self == Kind::Production { 1.0 } else { -1.0 }
    }
}

/// Distribution of the inefficiency u.
#[derive(Debug, Clone)]
pub enum Inefficiency {
    /// u ~ N⁺(0, σ_u²).
    HalfNormal,
    /// u ~ N⁺(μ, σ_u²).
    TruncatedNormal,
    /// u exponential with mean σ_u.
    Exponential,
    /// Battese and Coelli 1995: u ~ N⁺(zδ, σ_u²), every row for itself.
    Explained {
        /// Names of the columns of `z`.
        names: Vec<String>,
        /// Rows by explaining variables; a constant is a column like others.
        z: DMatrix<f64>,
    },
    /// Battese and Coelli 1992: u_it = exp(-η (t - T)) u_i, T the last time in the data.
    Panel {
        /// Number of the unit of each row.
        units: Vec<usize>,
        /// Time of each row.
        times: Vec<f64>,
        /// u_i ~ N⁺(μ, σ_u²) instead of N⁺(0, σ_u²).
        truncated: bool,
        /// η is estimated instead of zero.
        varying: bool,
    },
}

/// A coefficient with its standard error.
#[derive(Debug, Clone, PartialEq)]
pub struct Coefficient {
    /// Name: that of the column, or `mu`, `eta`, `sigma_u`, `sigma_v`, `sigma_squared`, `gamma`.
    pub name: String,
    /// Maximum-likelihood estimate.
    pub estimate: f64,
    /// From the inverse of the observed information; NaN at the boundary of no inefficiency, where it does not apply.
    pub standard_error: f64,
}

/// What kind of optimum an estimate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Optimum {
    /// A maximum inside the parameter space.
    Interior,
    /// The maximum is least squares with σ_u = 0: the data show no inefficiency. With the wrong skew of the residuals
    /// this is the rule for the half-normal (Waldman, Journal of Econometrics 18 (1982)).
    NoInefficiency,
}

/// Test of σ_u = 0 together with the other parameters of inefficiency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InefficiencyTest {
    /// Twice the gain of log-likelihood over least squares.
    pub statistic: f64,
    /// Number of restrictions q: σ_u, and each of μ, η, δ.
    pub restrictions: u32,
    /// ½ P(χ²_{q-1} > statistic) + ½ P(χ²_q > statistic): Coelli, Journal of Productivity Analysis 6 (1995); Kodde and
    /// Palm, Econometrica 54 (1986).
    pub p_value: f64,
}

/// A fitted stochastic frontier.
#[derive(Debug, Clone)]
pub struct Fit {
    /// β, then μ or δ, η, `sigma_u`, `sigma_v`.
    pub coefficients: Vec<Coefficient>,
    /// Covariance of `coefficients`.
    pub covariance: DMatrix<f64>,
    /// `sigma_squared` = σ_u² + σ_v² and `gamma` = σ_u² / σ², standard errors by the delta method.
    pub derived: Vec<Coefficient>,
    /// Log-likelihood at the optimum.
    pub log_likelihood: f64,
    /// Log-likelihood of least squares.
    pub least_squares_log_likelihood: f64,
    /// Largest absolute component of the gradient, in standardised variables.
    pub gradient_norm: f64,
    /// Kind of optimum.
    pub optimum: Optimum,
    /// The residuals of least squares are skewed away from inefficiency.
    pub wrong_skew: bool,
    /// One a row.
    pub efficiencies: Vec<Efficiency>,
    /// Test of no inefficiency.
    pub test: InefficiencyTest,
    /// Starts tried, and how many of them ended at this optimum.
    pub starts: (usize, usize),
}

/// Why there is no estimate.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum StochasticError {
    /// Vectors and matrices must have one row an observation.
    #[error("`{what}` has {found} rows, not {expected}")]
    Rows {
        /// Which argument.
        what: &'static str,
        /// Its rows.
        found: usize,
        /// Rows of the dependent variable.
        expected: usize,
    },
    /// A value is missing or infinite.
    #[error("row {row} of `{what}` has no finite value")]
    NotFinite {
        /// Which argument.
        what: &'static str,
        /// The row.
        row: usize,
    },
    /// A logarithm needs a positive value.
    #[error("row {row} of `{name}` is not positive")]
    NotPositive {
        /// Which input.
        name: String,
        /// The row.
        row: usize,
    },
    /// Too few rows for the number of parameters.
    #[error("{rows} rows for {parameters} parameters")]
    TooFew {
        /// Observations.
        rows: usize,
        /// Parameters.
        parameters: usize,
    },
    /// A column is a combination of those before it.
    #[error("`{0}` is a combination of other columns")]
    Collinear(String),
    /// Least squares leaves no residual.
    #[error("the residuals are zero")]
    NoResidual,
    /// A unit has two rows of one time, or no time of the panel differs.
    #[error("the times of unit {unit} do not tell its rows apart")]
    Times {
        /// Number of the unit.
        unit: usize,
    },
    /// μ runs to -∞ with σ_u: the likelihood rises towards that of the exponential model, and has no maximum.
    #[error("mu runs towards the exponential model, whose log-likelihood is {exponential_log_likelihood}")]
    TowardsExponential {
        /// Log-likelihood of the exponential model, the limit.
        exponential_log_likelihood: f64,
    },
    /// σ_v runs to zero: a frontier without noise.
    #[error("the noise vanishes at log-likelihood {log_likelihood}")]
    TowardsDeterministic {
        /// Log-likelihood where the search ended.
        log_likelihood: f64,
    },
    /// No start reached a maximum, or one left another behind.
    #[error("no maximum found: log-likelihood {log_likelihood}, gradient {gradient_norm}")]
    NotConverged {
        /// Best log-likelihood where a search ended.
        log_likelihood: f64,
        /// Its largest absolute component of the gradient.
        gradient_norm: f64,
        /// Mean of μ / σ_u there: far below zero, inefficiency runs towards the exponential.
        location: f64,
    },
}

#[cfg(test)]
mod tests;
