//! The chain: a recipe's steps over a table, from indicators to scores.
//!
//! Every step takes a [`State`] and gives the next one with a [`Record`] of what it did. [`Chain::run`] keeps all of
//! them; uncertainty analysis uses the same steps and keeps what it needs.

use std::sync::Arc;

use mizan_model::diagnostic::{Checked, Diagnostic, Severity};
use nalgebra::DMatrix;

use crate::codes;
use crate::dataset::Dataset;
use crate::recipe::{ImputeMethod, Recipe, Step};
use crate::structure::Structure;

mod aggregation;
mod normalisation;
mod pooling;
mod record;
mod state;
mod step;

pub use self::pooling::Pooled;
pub use self::record::{NormalisedColumn, Record};
pub use self::state::State;
pub(crate) use self::step::apply;

/// A table, its tree and its recipe, that fit together.
#[derive(Debug, Clone)]
pub struct Chain {
    /// Columns in the order of the structure's indicators: column k is element k.
    pub dataset: Dataset,
    /// Tree.
    pub structure: Structure,
    /// Steps.
    pub recipe: Recipe,
}

/// What one step gave.
#[derive(Debug, Clone)]
pub struct Done {
    /// Name of the step; `raw` for the table as it came.
    pub step: &'static str,
    /// Data after the step.
    pub state: State,
    /// What it did.
    pub record: Record,
}

/// A run of all steps.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The table as it came, and what each step gave.
    pub steps: Vec<Done>,
    /// Scores over several imputations, where the recipe asks for them.
    pub pooled: Vec<Pooled>,
}

impl Outcome {
    /// Data after the last step.
    pub fn last(&self) -> &State {
        // There is always the table as it came.
        &self.steps[self.steps.len() - 1].state
    }
}

impl Chain {
    /// Puts the columns in the order of the structure.
    ///
    /// Findings: [`codes::COLUMN_MISSING`] for an indicator that the table does not have, [`codes::UNKNOWN_CODE`] as a
    /// warning for columns that the structure does not know; they are left out.
    pub fn new(dataset: Dataset, structure: Structure, recipe: Recipe) -> Checked<Chain> {
        let mut diagnostics = Vec::new();
        let wanted: Vec<&str> = structure
            .elements
            .iter()
            .zip(&structure.levels)
            .filter(|(_, level)| **level == 1)
            .map(|(element, _)| element.code.as_str())
            .collect();
        let mut values = DMatrix::from_element(dataset.rows.len(), wanted.len(), f64::NAN);
        for (column, code) in wanted.iter().enumerate() {
            match dataset.indicators.iter().position(|known| known == code) {
                Some(from) => values.set_column(column, &dataset.values.column(from)),
                None => diagnostics.push(
                    Diagnostic::error(codes::COLUMN_MISSING, format!("the table of units has no column `{code}`"))
                        .help("add the column, or take the indicator out of the structure"),
                ),
            }
        }
        let unknown: Vec<&str> =
            dataset.indicators.iter().map(String::as_str).filter(|code| !wanted.contains(code)).collect();
        if !unknown.is_empty() {
            diagnostics.push(
                Diagnostic::warning(
                    codes::UNKNOWN_CODE,
                    format!("the structure does not know the columns `{}`; they are left out", unknown.join("`, `")),
                )
                .help("give each a line in the structure: Indicator, Group, Denominator or Other"),
            );
        }
        let indicators = wanted.into_iter().map(str::to_owned).collect();
        let dataset = Dataset { indicators, values, ..dataset };
        Checked { value: Chain { dataset, structure, recipe }, diagnostics }
    }

    /// The state before the first step.
    pub fn start(&self) -> State {
        State::new(self.dataset.clone(), &self.structure)
    }

    /// Runs all steps.
    ///
    /// Stops at the first step with an error; what was done up to there is in the outcome. `progress` is called with
    /// the number of steps done.
    pub fn run(&self, progress: &mut dyn FnMut(usize)) -> Checked<Outcome> {
        let steps: Vec<&Step> = self.recipe.steps.iter().collect();
        let mut diagnostics = Vec::new();
        let mut done = vec![Done { step: "raw", state: self.start(), record: Record::Raw }];
        let mut pooled = Vec::new();
        for (position, step) in steps.iter().enumerate() {
            if let Step::Impute(impute) = step
                && impute.method == ImputeMethod::Multiple
            {
                let (branched, branches) = pooling::run(self, &done[position].state, position, &mut diagnostics);
                done.extend(branched);
                pooled = branches;
                progress(steps.len());
                break;
            }
            let Checked { value, diagnostics: found } = apply(step, &done[position].state, &self.structure);
            let stops = found.iter().any(|finding| finding.severity == Severity::Error);
            diagnostics.extend(found);
            let (state, record) = value;
            done.push(Done { step: step.name(), state, record });
            progress(position + 1);
            if stops {
                break;
            }
        }
        Checked { value: Outcome { steps: done, pooled }, diagnostics }
    }
}

/// A shared column of numbers.
pub type Column = Arc<Vec<f64>>;

#[cfg(test)]
pub(crate) mod tests;
