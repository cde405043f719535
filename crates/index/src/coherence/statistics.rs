//! The table of statistics: one line an indicator, with what is doubtful about it.

use mizan_model::diagnostic::{Checked, Diagnostic};
use mizan_stats::shape::{mean, median, shape, standard_deviation};
use nalgebra::DMatrix;
use serde::Serialize;

use super::correlate::{column, does_not_vary, misfit};
use crate::codes;
use crate::denominate::some;

/// What a count is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Divisor {
    /// Rows with a value.
    Observed,
    /// All rows.
    All,
}

impl Divisor {
    fn share(self, count: usize, observed: usize, all: usize) -> Option<f64> {
        let n = match self {
            Divisor::Observed => observed,
            Divisor::All => all,
        };
        (n > 0).then(|| count as f64 / n as f64)
    }
}

/// Divisors of the shares of non-zero and unique values: of those in the table, and of those that are flagged.
///
/// The share of available values always is of all rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Divisors {
    /// Of the shares in the table.
    pub shares: Divisor,
    /// Of the shares that flags are decided by.
    pub flags: Divisor,
}

/// Shares of observed rows, flags by shares of all rows: the convention of the R package COINr.
impl Default for Divisors {
    fn default() -> Self {
        Divisors { shares: Divisor::Observed, flags: Divisor::All }
    }
}

/// Below or above what an indicator is doubtful.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Thresholds {
    /// Least share of available values.
    pub available: f64,
    /// Least share of values other than 0.
    pub nonzero: f64,
    /// Least share of different values.
    pub unique: f64,
    /// Largest absolute skewness, if kurtosis is too large as well.
    pub skew: f64,
    /// Largest excess kurtosis, if skewness is too large as well.
    pub kurtosis: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Thresholds { available: 0.65, nonzero: 0.5, unique: 0.5, skew: 2.0, kurtosis: 3.5 }
    }
}

/// What is doubtful about an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// Few values are there.
    Available,
    /// Few values differ from 0.
    Nonzero,
    /// Few values differ from one another.
    Unique,
    /// Skewness and kurtosis are both beyond their thresholds.
    Outliers,
}

/// Statistics of one column. Numbers that need more values than there are, or variation, are `None`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Statistics {
    /// Code.
    pub code: String,
    /// Least value.
    pub min: Option<f64>,
    /// Largest value.
    pub max: Option<f64>,
    /// Mean.
    pub mean: Option<f64>,
    /// Median.
    pub median: Option<f64>,
    /// Sample standard deviation.
    pub sd: Option<f64>,
    /// Skewness of type 2.
    pub skew: Option<f64>,
    /// Excess kurtosis of type 2.
    pub kurtosis: Option<f64>,
    /// Rows with a value.
    pub available: usize,
    /// Rows with a value other than 0.
    pub nonzero: usize,
    /// Different values.
    pub unique: usize,
    /// Share of rows with a value.
    pub available_share: Option<f64>,
    /// Share of values other than 0, by [`Divisors::shares`].
    pub nonzero_share: Option<f64>,
    /// Share of different values, by [`Divisors::shares`].
    pub unique_share: Option<f64>,
    /// What shares were divided by.
    pub divisors: Divisors,
    /// What is doubtful.
    pub doubts: Vec<Doubt>,
}

/// Statistics of each column. `values` is rows by columns, `names` the code of each column.
///
/// Findings: [`codes::PARAMETER`] for another number of codes than columns, [`codes::EMPTY_TABLE`] for a table without
/// rows, [`codes::TOO_FEW`] for columns without any value, [`codes::CONSTANT`] for those without variation.
pub fn statistics(
    values: &DMatrix<f64>,
    names: &[String],
    thresholds: Thresholds,
    divisors: Divisors,
) -> Checked<Vec<Statistics>> {
    let only = |finding| Checked { value: Vec::new(), diagnostics: vec![finding] };
    if let Some(finding) = misfit(values, names) {
        return only(finding);
    }
    if values.nrows() == 0 {
        let finding = Diagnostic::error(codes::EMPTY_TABLE, "a table without rows has no statistics");
        return only(finding.help("give one row a unit"));
    }
    let found: Vec<Statistics> =
        names.iter().enumerate().map(|(at, code)| of(column(values, at), code, thresholds, divisors)).collect();
    let list = |is: &dyn Fn(usize) -> bool| -> Vec<&str> {
        names.iter().enumerate().filter(|(at, _)| is(*at)).map(|(_, name)| name.as_str()).collect()
    };
    let empty = list(&|at| found[at].available == 0);
    let constant = list(&|at| found[at].available > 0 && does_not_vary(column(values, at)));
    let mut diagnostics = Vec::new();
    if !empty.is_empty() {
        let message = format!("without any value: {}", some(&empty));
        diagnostics.push(Diagnostic::warning(codes::TOO_FEW, message).help("take the indicator out, or fill it in"));
    }
    if !constant.is_empty() {
        let message = format!("without variation: {}", some(&constant));
        diagnostics.push(Diagnostic::warning(codes::CONSTANT, message).help("take the indicator out"));
    }
    Checked { value: found, diagnostics }
}

fn of(values: &[f64], code: &str, thresholds: Thresholds, divisors: Divisors) -> Statistics {
    let all = values.len();
    let sorted = mizan_stats::shape::sorted(values);
    let available = sorted.len();
    let nonzero = sorted.iter().filter(|value| **value != 0.0).count();
    let unique = sorted.chunk_by(|a, b| a == b).count();
    let there = |value: f64| (!value.is_nan()).then_some(value);
    let shape = shape(values);
    let (skew, kurtosis) = (there(shape.skew), there(shape.kurtosis));
    let available_share = Divisor::All.share(available, available, all);
    let is_below = |share: Option<f64>, least: f64| share.is_some_and(|share| share < least);
    let by_flags = |count: usize| divisors.flags.share(count, available, all);
    let outliers = skew.is_some_and(|skew| skew.abs() > thresholds.skew)
        && kurtosis.is_some_and(|kurtosis| kurtosis > thresholds.kurtosis);
    let doubts = [
        (is_below(available_share, thresholds.available), Doubt::Available),
        (is_below(by_flags(nonzero), thresholds.nonzero), Doubt::Nonzero),
        (is_below(by_flags(unique), thresholds.unique), Doubt::Unique),
        (outliers, Doubt::Outliers),
    ];
    Statistics {
        code: code.to_owned(),
        min: sorted.first().copied(),
        max: sorted.last().copied(),
        mean: there(mean(values)),
        median: there(median(values)),
        sd: there(standard_deviation(values)),
        skew,
        kurtosis,
        available,
        nonzero,
        unique,
        available_share,
        nonzero_share: divisors.shares.share(nonzero, available, all),
        unique_share: divisors.shares.share(unique, available, all),
        divisors,
        doubts: doubts.into_iter().filter(|(is, _)| *is).map(|(_, doubt)| doubt).collect(),
    }
}
