//! Multiple imputation: the rest of the chain runs once for each imputed table, and the results are pooled.
//!
//! Rubin, D. B. (1987), *Multiple Imputation for Nonresponse in Surveys*: the pooled score is the mean; its variance by
//! imputation is (1 + 1/m) B, with B the variance between the m scores. The variance inside of each (W) is that of the
//! indicators' own intervals, which the uncertainty analysis adds.

use std::sync::Arc;

use mizan_model::diagnostic::{Checked, Diagnostic, Severity};
use nalgebra::DMatrix;
use serde::Serialize;

use super::{Chain, Done, Record, State, apply};
use crate::impute;
use crate::recipe::Step;

/// A score over several imputations.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pooled {
    /// Row of the last step.
    pub row: usize,
    /// Element.
    pub element: usize,
    /// Mean over the imputations.
    pub mean: f64,
    /// Standard error by imputation: the root of (1 + 1/m) B.
    pub standard_error: f64,
    /// Number of imputations in which the score is there.
    pub imputations: usize,
}

/// The imputation and all steps after it. Each step's values are means over the imputations that keep the same rows.
pub(super) fn run(
    chain: &Chain,
    before: &State,
    position: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Done>, Vec<Pooled>) {
    let Step::Impute(step) = &chain.recipe.steps[position] else { return (Vec::new(), Vec::new()) };
    let Checked { value: tables, diagnostics: found } = impute::multiple(&before.data, &chain.structure, step);
    diagnostics.extend(found);
    if tables.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let mut branches: Vec<Vec<Done>> = Vec::with_capacity(tables.len());
    for (number, table) in tables.into_iter().enumerate() {
        let imputed = before.data.values.zip_map(&table, |old, new| old.is_nan() && !new.is_nan());
        let state = State { imputed: Arc::new(imputed), ..before.with_values(table) };
        let mut done = vec![Done { step: "impute", state, record: Record::Imputed(Vec::new()) }];
        for step in &chain.recipe.steps[position + 1..] {
            let Checked { value: (state, record), diagnostics: found } =
                apply(step, &done[done.len() - 1].state, &chain.structure);
            let stops = found.iter().any(|finding| finding.severity == Severity::Error);
            // The branches find much the same; what the first finds is said once, and every error.
            diagnostics.extend(found.into_iter().filter(|finding| number == 0 || finding.severity == Severity::Error));
            done.push(Done { step: step.name(), state, record });
            if stops {
                return (done, Vec::new());
            }
        }
        branches.push(done);
    }
    let Some(first) = branches.first() else { return (Vec::new(), Vec::new()) };
    let pooled = pool(first, &branches);
    let mut steps = first.clone();
    for (at, done) in steps.iter_mut().enumerate() {
        let states: Vec<&State> = branches.iter().map(|branch| &branch[at].state).collect();
        done.state = mean_state(&done.state, &states);
    }
    (steps, pooled)
}

fn mean_state(first: &State, all: &[&State]) -> State {
    let same: Vec<&&State> = all.iter().filter(|state| state.data.rows == first.data.rows).collect();
    let mean = |of: &dyn Fn(&State) -> Option<DMatrix<f64>>| {
        let matrices: Vec<DMatrix<f64>> = same.iter().filter_map(|state| of(state)).collect();
        let mut sum = matrices.first()?.clone();
        matrices[1..].iter().for_each(|matrix| sum += matrix);
        Some(sum / matrices.len() as f64)
    };
    let values = mean(&|state| Some(state.data.values.clone())).unwrap_or_else(|| first.data.values.clone());
    let scores = mean(&|state| state.scores.as_deref().cloned()).map(Arc::new);
    State { scores, ..first.with_values(values) }
}

fn pool(first: &[Done], branches: &[Vec<Done>]) -> Vec<Pooled> {
    let last = &first[first.len() - 1].state;
    let Some(scores) = &last.scores else { return Vec::new() };
    let mut pooled = Vec::with_capacity(scores.len());
    for (row, unit) in last.data.rows.iter().enumerate() {
        for element in 0..scores.ncols() {
            let values: Vec<f64> = branches
                .iter()
                .filter_map(|branch| {
                    let state = &branch[branch.len() - 1].state;
                    // A screening may have kept other rows in another imputation.
                    let row = if state.data.rows.get(row) == Some(unit) {
                        row
                    } else {
                        state.data.rows.iter().position(|other| other == unit)?
                    };
                    state.scores.as_ref().map(|scores| scores[(row, element)]).filter(|value| !value.is_nan())
                })
                .collect();
            let rubin = impute::rubin(&values, &[]);
            pooled.push(Pooled {
                row,
                element,
                mean: rubin.mean,
                standard_error: rubin.variance.sqrt(),
                imputations: values.len(),
            });
        }
    }
    pooled
}
