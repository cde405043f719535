//! Imputation: missing cells are filled, observed cells stay exactly as they are.

use mizan_model::diagnostic::{Checked, Diagnostic};
use nalgebra::DMatrix;
use serde::Serialize;

use crate::codes;
use crate::dataset::Dataset;
use crate::recipe::{ImputeMethod, ImputeStep};
use crate::structure::Structure;

mod column;
mod em;
mod error;
mod multiple;
mod panel;
mod regression;
mod row;

pub use self::error::{LeaveOutError, leave_out_error};
pub use self::multiple::{Rubin, multiple, rubin};

/// A filled cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ImputedCell {
    /// Row.
    pub row: usize,
    /// Column.
    pub column: usize,
    /// The year whose value stands here, for the methods over years; the nearer one for an interpolation.
    pub year_used: Option<i64>,
}

/// A filled table.
#[derive(Debug, Clone)]
pub struct Imputed {
    /// Rows by indicators.
    pub values: DMatrix<f64>,
    /// Cells that were filled.
    pub cells: Vec<ImputedCell>,
}

/// What a method gives: a value for each cell that it can fill, and the year that it took.
struct Filled {
    values: DMatrix<f64>,
    years: Vec<(usize, usize, i64)>,
    diagnostics: Vec<Diagnostic>,
}

impl Filled {
    fn new(values: DMatrix<f64>) -> Filled {
        Filled { values, years: Vec::new(), diagnostics: Vec::new() }
    }
}

/// Fills missing cells.
///
/// Findings: [`codes::STAYS_MISSING`] for cells that the method cannot fill, [`codes::NO_EFFECT`] if nothing is missing,
/// [`codes::PARAMETER`] for a group that is not there or a method over years without years, and those of the method.
pub fn impute(dataset: &Dataset, structure: &Structure, step: &ImputeStep) -> Checked<Imputed> {
    let filled = match fill(dataset, structure, step) {
        Ok(filled) => filled,
        Err(finding) => {
            let value = Imputed { values: dataset.values.clone(), cells: Vec::new() };
            return Checked { value, diagnostics: vec![*finding] };
        }
    };
    let mut diagnostics = filled.diagnostics;
    let mut values = dataset.values.clone();
    let mut cells = Vec::new();
    let mut stays = vec![0usize; values.ncols()];
    let mut was_missing = false;
    let years: std::collections::BTreeMap<(usize, usize), i64> =
        filled.years.into_iter().map(|(row, column, year)| ((row, column), year)).collect();
    for column in 0..values.ncols() {
        for row in 0..values.nrows() {
            // Observed cells are not touched, whatever a method computed for them.
            if !values[(row, column)].is_nan() {
                continue;
            }
            was_missing = true;
            let value = filled.values[(row, column)];
            if value.is_nan() {
                stays[column] += 1;
            } else {
                values[(row, column)] = value;
                cells.push(ImputedCell { row, column, year_used: years.get(&(row, column)).copied() });
            }
        }
    }
    if !was_missing && step.method != ImputeMethod::None {
        diagnostics.push(
            Diagnostic::notice(codes::NO_EFFECT, "nothing is missing: `impute` changes nothing")
                .help("leave the step out, or keep it for the data of other years"),
        );
    }
    let names: Vec<String> = stays
        .iter()
        .zip(&dataset.indicators)
        .filter(|(count, _)| **count > 0)
        .map(|(count, code)| format!("{code} ({count})"))
        .collect();
    if !names.is_empty() && step.method != ImputeMethod::None {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let message = format!("cells stay missing after imputation: {}", crate::denominate::some(&names));
        diagnostics.push(
            Diagnostic::warning(codes::STAYS_MISSING, message)
                .why("the unit has no group, or its group, row or series has no value")
                .help("add another step `impute` behind this one, or accept that weights are re-normalised"),
        );
    }
    Checked { value: Imputed { values, cells }, diagnostics }
}

fn fill(dataset: &Dataset, structure: &Structure, step: &ImputeStep) -> Result<Filled, Box<Diagnostic>> {
    use ImputeMethod as M;
    let over_years = matches!(step.method, M::Latest | M::Constant | M::Linear | M::LinearConstant);
    if over_years && !dataset.is_panel() {
        return Err(Box::new(
            Diagnostic::error(codes::PARAMETER, "`impute` over years needs a table with years")
                .help("add a column `Time`, or choose another method"),
        ));
    }
    check_level(structure, step)?;
    Ok(match step.method {
        M::None => Filled::new(dataset.values.clone()),
        M::Mean | M::Median => column::fill(dataset, step)?,
        M::RowMean | M::RowMedian => row::fill(dataset, structure, step),
        M::Latest | M::Constant | M::Linear | M::LinearConstant => panel::fill(dataset, step),
        M::Regression => regression::fill(dataset, structure, step),
        M::Em => em::fill(dataset),
        // One of the several: the chain runs all of them.
        M::Multiple => Filled::new(multiple::one(dataset, structure, step, 0)),
    })
}

/// A level that the structure does not have.
fn check_level(structure: &Structure, step: &ImputeStep) -> Result<(), Box<Diagnostic>> {
    match step.level {
        Some(level) if !structure.levels.contains(&level) => Err(Box::new(structure.no_level("impute", level))),
        _ => Ok(()),
    }
}

/// Columns that may explain a column: of the same ancestor at a level, the parent's if none is asked for.
fn relatives(structure: &Structure, column: usize, level: Option<u32>) -> Vec<usize> {
    let ancestor = match level {
        Some(level) => structure.ancestor_at(column, level),
        None => structure.parents[column],
    };
    match ancestor {
        Some(ancestor) => structure.indicators_below(ancestor),
        None => (0..structure.elements.len()).filter(|&element| structure.levels[element] == 1).collect(),
    }
}

#[cfg(test)]
mod tests;
