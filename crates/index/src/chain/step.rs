//! One step.

use std::sync::Arc;

use mizan_model::diagnostic::{Checked, Diagnostic};

use super::record::Record;
use super::state::State;
use super::{aggregation, normalisation};
use crate::dataset::Dataset;
use crate::recipe::{ImputeStep, ScreenStep, Step, TreatStep, WeighStep};
use crate::structure::Structure;
use crate::{codes, denominate, impute, screen, treat, weights};

/// Applies a step. After an error the state is the one before.
pub(crate) fn apply(step: &Step, before: &State, structure: &Structure) -> Checked<(State, Record)> {
    match step {
        Step::Denominate(step) => {
            let Checked { value, diagnostics } = denominate::denominate(&before.data, structure, step);
            let record = Record::from(&value);
            Checked { value: (before.with_values(value.values), record), diagnostics }
        }
        Step::Impute(step) => impute(step, before, structure),
        Step::Screen(step) => screen(step, before, structure),
        Step::Treat(step) => treat(step, before),
        Step::Normalise(step) => normalisation::apply(step, before, structure),
        Step::Weigh(step) => weigh(step, before, structure),
        Step::Aggregate(step) => aggregation::apply(step, before, structure),
    }
}

fn impute(step: &ImputeStep, before: &State, structure: &Structure) -> Checked<(State, Record)> {
    let Checked { value, diagnostics } = impute::impute(&before.data, structure, step);
    let mut imputed = (*before.imputed).clone();
    value.cells.iter().for_each(|cell| imputed[(cell.row, cell.column)] = true);
    let state = State { imputed: Arc::new(imputed), ..before.with_values(value.values) };
    Checked { value: (state, Record::Imputed(value.cells)), diagnostics }
}

fn screen(step: &ScreenStep, before: &State, structure: &Structure) -> Checked<(State, Record)> {
    let Checked { value, mut diagnostics } = screen::screen(&before.data, structure, step);
    if !value.keep.contains(&true) {
        diagnostics.push(
            Diagnostic::error(codes::TOO_FEW, "screening leaves no unit")
                .help("lower `min_available` or `min_nonzero`, or impute first"),
        );
        return Checked { value: (before.clone(), Record::Screened(value.table)), diagnostics };
    }
    Checked { value: (before.with_rows(&value.keep), Record::Screened(value.table)), diagnostics }
}

fn treat(step: &TreatStep, before: &State) -> Checked<(State, Record)> {
    let Checked { value, diagnostics } = treat::treat(&before.data, step);
    let mut treated = (*before.treated).clone();
    for mark in &value.marks {
        treated[(mark.row, mark.column)] = true;
    }
    let state = State { treated: Arc::new(treated), ..before.with_values(value.values) };
    Checked { value: (state, Record::Treated { columns: value.table, cells: value.marks }), diagnostics }
}

fn weigh(step: &WeighStep, before: &State, structure: &Structure) -> Checked<(State, Record)> {
    // Methods that look at scores of aggregates, or at the index, take arithmetic means: what weights are for.
    let scores = |weights: &[f64]| aggregation::arithmetic(before, structure, weights);
    let now = scores(&before.weights);
    let column = |element: usize| now.column(element).iter().copied().collect::<Vec<f64>>();
    let index = |weights: &[f64]| scores(weights).column(structure.top()).iter().copied().collect::<Vec<f64>>();
    let Checked { value, diagnostics } = weights::weigh(step, structure, &before.weights, &column, &index);
    let state = State { weights: Arc::new(value.weights.clone()), ..before.clone() };
    Checked { value: (state, Record::Weighed(value)), diagnostics }
}

impl Dataset {
    /// Everything but the values, which are cheap to leave empty.
    pub(super) fn clone_without_values(data: &Dataset) -> Dataset {
        Dataset {
            rows: Arc::clone(&data.rows),
            indicators: data.indicators.clone(),
            values: nalgebra::DMatrix::zeros(0, 0),
            groups: Arc::clone(&data.groups),
            denominators: Arc::clone(&data.denominators),
        }
    }
}
