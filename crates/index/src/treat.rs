//! Outliers: tests of skewness and kurtosis, and two treatments after one another.
//!
//! (1) A column is tested; if it fails, the first treatment is applied. (2) It is tested again; if it fails, the second
//! is applied to the original column (or, if combined, to what the first gave). (3) It is tested a last time, and that
//! is recorded. A column passes with |skew| below 2 or kurtosis below 3.5.

use mizan_model::diagnostic::{Checked, Diagnostic};
use mizan_stats::shape::{Shape, shape};
use nalgebra::DMatrix;
use serde::Serialize;

use crate::codes;
use crate::dataset::Dataset;
use crate::recipe::{First, Second, TreatStep};

mod caps;
mod power;
mod winsorise;

pub use self::power::{box_cox, yeo_johnson};

/// What happened to a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// Set to the next lower value.
    WinsorHigh,
    /// Set to the next higher value.
    WinsorLow,
    /// Held at the upper cap.
    CappedHigh,
    /// Held at the lower cap.
    CappedLow,
    /// Put on another scale with its whole column.
    Transformed,
}

/// A marked cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CellMark {
    /// Row.
    pub row: usize,
    /// Column.
    pub column: usize,
    /// What happened.
    pub mark: Mark,
}

/// A test of a column.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Test {
    /// Skewness of type 2.
    pub skew: f64,
    /// Excess kurtosis of type 2.
    pub kurtosis: f64,
    /// Whether it passes.
    pub passes: bool,
}

/// Tests and treatments of a column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColumnRecord {
    /// Code of the indicator.
    pub indicator: String,
    /// Tests: before, after the first treatment, after the second.
    pub tests: Vec<Test>,
    /// First treatment, if it was applied.
    pub first: Option<String>,
    /// Number of points that winsorisation moved: size of the last high set plus that of the last low set.
    pub winsorised: usize,
    /// Second treatment, if it was applied.
    pub second: Option<String>,
    /// Lambda of a power transformation.
    pub lambda: Option<f64>,
    /// Why nothing was tried: all values equal, or fewer than three.
    pub untreated: Option<&'static str>,
}

/// A treated column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Values, NaN where missing.
    pub values: Vec<f64>,
    /// Marks by row.
    pub marks: Vec<(usize, Mark)>,
    /// Tests and treatments.
    pub record: ColumnRecord,
}

/// A treated table.
#[derive(Debug, Clone)]
pub struct Treated {
    /// Rows by indicators.
    pub values: DMatrix<f64>,
    /// Marks by cell.
    pub marks: Vec<CellMark>,
    /// By indicator.
    pub table: Vec<ColumnRecord>,
}

/// Treats all columns.
///
/// Findings: [`codes::CONSTANT`] for columns without variation, [`codes::STAYS_SKEWED`] for those that fail the last
/// test, [`codes::UNKNOWN_CODE`] for parameters of an indicator that is not there.
pub fn treat(dataset: &Dataset, step: &TreatStep) -> Checked<Treated> {
    let mut diagnostics = Vec::new();
    for code in step.indicator.keys().filter(|code| !dataset.indicators.contains(code)) {
        diagnostics.push(
            Diagnostic::error(codes::UNKNOWN_CODE, format!("`treat` names `{code}`, which is no indicator"))
                .help("write the code of an indicator of the structure"),
        );
    }
    let mut values = dataset.values.clone();
    let (mut marks, mut table) = (Vec::new(), Vec::with_capacity(dataset.indicators.len()));
    for (at, code) in dataset.indicators.iter().enumerate() {
        let own;
        let parameters = match step.indicator.is_empty() {
            true => step,
            false => match step.of(code) {
                Ok(merged) => {
                    own = merged;
                    &own
                }
                Err(message) => {
                    let message = format!("`treat` of `{code}`: {message}");
                    diagnostics
                        .push(Diagnostic::error(codes::PARAMETER, message).help("see the manual page of `treat`"));
                    step
                }
            },
        };
        let Column { values: treated, marks: own, mut record } =
            column(dataset.values.column(at).as_slice(), parameters);
        record.indicator.clone_from(code);
        diagnostics.extend(finding(&record));
        values.column_mut(at).copy_from_slice(&treated);
        marks.extend(own.into_iter().map(|(row, mark)| CellMark { row, column: at, mark }));
        table.push(record);
    }
    Checked { value: Treated { values, marks, table }, diagnostics }
}

/// Why an indicator cannot be looked at: its moments overflow.
const TOO_LARGE: &str = "its values are too large to be squared";

fn finding(record: &ColumnRecord) -> Option<Diagnostic> {
    if let Some(why) = record.untreated {
        let message = format!("`{}` is not treated: {why}", record.indicator);
        if why == TOO_LARGE {
            return Some(
                Diagnostic::error(codes::VALUE_NOT_ALLOWED, message).help("correct the value, or take other units"),
            );
        }
        return Some(Diagnostic::warning(codes::CONSTANT, message).help("look whether the indicator says anything"));
    }
    let last = record.tests.last().filter(|test| !test.passes)?;
    let message =
        format!("`{}` keeps its outliers: skewness {:.2}, kurtosis {:.2}", record.indicator, last.skew, last.kurtosis);
    Some(
        Diagnostic::warning(codes::STAYS_SKEWED, message)
            .help("allow more points (`winmax`), another second treatment, or accept it and say so"),
    )
}

/// Treats one column.
pub fn column(x: &[f64], parameters: &TreatStep) -> Column {
    let mut record = ColumnRecord {
        indicator: String::new(),
        tests: Vec::new(),
        first: None,
        winsorised: 0,
        second: None,
        lambda: None,
        untreated: None,
    };
    let before = test(x, parameters);
    if before.skew.is_nan() {
        let count = x.iter().filter(|value| !value.is_nan()).count();
        let first = x.iter().find(|value| !value.is_nan());
        let is_flat = x.iter().filter(|value| !value.is_nan()).all(|value| Some(value) == first);
        record.untreated = Some(match (count, is_flat) {
            (..3, _) => "it has fewer than three values",
            (_, true) => "all values are equal",
            _ => TOO_LARGE,
        });
        return Column { values: x.to_vec(), marks: Vec::new(), record };
    }
    record.tests.push(before);
    let mut done = Column { values: x.to_vec(), marks: Vec::new(), record };
    if before.passes {
        return done;
    }
    first(x, parameters, &mut done);
    if done.record.first.is_some() {
        let after = test(&done.values, parameters);
        done.record.tests.push(after);
        if after.passes {
            return done;
        }
    }
    second(x, parameters, &mut done);
    if done.record.second.is_some() {
        let last = test(&done.values, parameters);
        done.record.tests.push(last);
    }
    done
}

pub(crate) fn test(x: &[f64], parameters: &TreatStep) -> Test {
    let Shape { skew, kurtosis } = shape(x);
    // Without a kurtosis, three values, the skewness decides.
    Test { skew, kurtosis, passes: skew.abs() < parameters.skew || kurtosis < parameters.kurtosis }
}

fn first(x: &[f64], parameters: &TreatStep, done: &mut Column) {
    let name = match parameters.first {
        First::None => return,
        First::Winsorise => {
            let result = winsorise::winsorise(x, parameters);
            (done.values, done.marks, done.record.winsorised) = (result.values, result.marks, result.points);
            "winsorise"
        }
        First::Percentile => {
            (done.values, done.marks) = caps::percentile(x, parameters.percentiles);
            "percentile"
        }
        First::Iqr => {
            (done.values, done.marks) = caps::iqr(x, parameters.k.unwrap_or(1.5));
            "iqr"
        }
        First::Mad => {
            (done.values, done.marks) = caps::mad(x, parameters.k.unwrap_or(3.0));
            "mad"
        }
    };
    done.record.first = Some(name.to_owned());
}

fn second(x: &[f64], parameters: &TreatStep, done: &mut Column) {
    let from: Vec<f64> = if parameters.combine { done.values.clone() } else { x.to_vec() };
    let (values, name, lambda) = match parameters.second {
        Second::None => return,
        Second::LogCt => (power::log_ct(&from), "log-ct", None),
        Second::LogCtOrig => (power::log_ct_orig(&from), "log-ct-orig", None),
        Second::LogCtPlus => (power::log_ct_plus(&from), "log-ct-plus", None),
        Second::BoxCox => {
            let lambda = parameters.lambda.unwrap_or_else(|| power::fit_box_cox(&from));
            (box_cox(&from, lambda), "box-cox", Some(lambda))
        }
        Second::YeoJohnson => {
            let lambda = parameters.lambda.unwrap_or_else(|| power::fit_yeo_johnson(&from));
            (yeo_johnson(&from, lambda), "yeo-johnson", Some(lambda))
        }
    };
    if !parameters.combine {
        done.marks.clear();
    }
    let there = values.iter().enumerate().filter(|(_, value)| !value.is_nan());
    done.marks.extend(there.map(|(row, _)| (row, Mark::Transformed)));
    done.values = values;
    done.record.second = Some(name.to_owned());
    done.record.lambda = lambda;
}

#[cfg(test)]
mod tests;
