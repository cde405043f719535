//! The step `aggregate`: level by level up the tree.

use std::sync::Arc;

use mizan_model::diagnostic::{Checked, Diagnostic, Severity};
use nalgebra::DMatrix;

use super::record::{OwnShares, Record};
use super::state::State;
use crate::aggregate::{Aggregated, Mean, level, means};
use crate::codes;
use crate::dataset::Row;
use crate::denominate::some;
use crate::recipe::{AggregateMethod, AggregateStep};
use crate::structure::{ElementKind, Structure};

mod fit;

pub(super) fn apply(step: &AggregateStep, before: &State, structure: &Structure) -> Checked<(State, Record)> {
    let data = &before.data;
    let mut diagnostics = fit::parameters(step, structure);
    if !diagnostics.is_empty() {
        let record = Record::Aggregated { reweighted: Vec::new(), shares: Vec::new() };
        return Checked { value: (before.clone(), record), diagnostics };
    }
    let (mut unweighted, mut constant) = (Vec::new(), std::collections::BTreeSet::new());
    let mut reweighted = Vec::new();
    let mut shares = Vec::new();
    let mut scores = with_room(before, structure);
    for element in aggregates(structure) {
        let code = &structure.elements[element].code;
        let Some(method) = step.method.of(structure.levels[element]) else {
            let message =
                format!("`aggregate` has no method for level {}, that of `{code}`", structure.levels[element]);
            diagnostics.push(
                Diagnostic::error(codes::PARAMETER, message)
                    .help("name one method for all levels, or one for each level from the second up"),
            );
            break;
        };
        let children = &structure.children[element];
        let weights: Vec<f64> = children.iter().map(|&child| before.weights[child]).collect();
        if weights.iter().sum::<f64>() <= 0.0 {
            diagnostics.push(
                Diagnostic::warning(codes::WEIGHTS, format!("the children of `{code}` have no weight"))
                    .why("all of them weigh 0, so that there is no score; weights of its siblings stand for it")
                    .help("give one of them a weight, or take the aggregate out of the structure"),
            );
            continue;
        }
        if !method.has_weights() && weights.iter().any(|weight| *weight != weights[0]) {
            unweighted.push(code.as_str());
        }
        let names: Vec<String> = children.iter().map(|&child| structure.elements[child].code.clone()).collect();
        let made = {
            let columns = columns(&scores, children);
            if method.standardises() {
                constant.extend(fit::constant(&columns, &data.rows, &names, method).into_iter().map(str::to_owned));
            }
            level(method, step, &columns, &weights, &data.rows, &names)
        };
        match made {
            Ok(Aggregated { scores: made, reweighted: rows, notes, shares: own }) => {
                if let Some(row) = made.iter().position(|score| score.is_infinite()) {
                    diagnostics.push(not_finite(code, &data.rows[row].unit));
                    break;
                }
                scores.column_mut(element).copy_from_slice(&made);
                if !own.is_empty() {
                    shares.push(OwnShares { parent: code.clone(), children: names, rows: own });
                }
                reweighted.extend(rows.into_iter().map(|row| (row, element)));
                for note in notes {
                    diagnostics.push(
                        Diagnostic::notice(codes::VALUE_NOT_ALLOWED, format!("`{code}`: {note}"))
                            .help("see the manual page of the method"),
                    );
                }
            }
            Err(error) => {
                diagnostics.push(
                    Diagnostic::error(codes::VALUE_NOT_ALLOWED, format!("`{code}` cannot be aggregated: {error}"))
                        .help("choose another method, or another range in `normalise` (`output = [1, 100]`)"),
                );
                break;
            }
        }
    }
    if !reweighted.is_empty() {
        let message = format!("{} scores stand on re-normalised weights, since children are missing", reweighted.len());
        diagnostics.push(
            Diagnostic::notice(codes::REWEIGHTED, message)
                .help("the record lists them; impute, or set `min_available`"),
        );
    }
    diagnostics.extend(fit::without_effect(&unweighted));
    diagnostics.extend(fit::without_variation(&constant));
    let is_stopped = diagnostics.iter().any(|finding| finding.severity == Severity::Error);
    if !is_stopped {
        diagnostics.extend(without_score(&scores, structure, &data.rows));
        let top = structure.top();
        let (code, method) = (&structure.elements[top].code, step.method.of(structure.levels[top]));
        let made = scores.column(top);
        let compares = method.is_some_and(AggregateMethod::compares_units);
        diagnostics.extend(fit::undistinguished(code, made.as_slice(), &data.rows, compares));
    }
    let state = State { scores: Some(Arc::new(scores)), ..before.clone() };
    Checked { value: (state, Record::Aggregated { reweighted, shares }), diagnostics }
}

fn not_finite(code: &str, unit: &str) -> Diagnostic {
    Diagnostic::error(codes::VALUE_NOT_ALLOWED, format!("`{code}` of unit `{unit}` is not a finite number"))
        .why("its children are too large to sum, or they cancel where the method divides by their sum")
        .help("choose another method, or another range in `normalise` (`output = [1, 100]`)")
}

/// Units whose top has no score. A missing number is no result, so that it is said.
fn without_score(scores: &DMatrix<f64>, structure: &Structure, rows: &[Row]) -> Option<Diagnostic> {
    let top = structure.top();
    let missing: Vec<String> = rows
        .iter()
        .zip(scores.column(top).iter())
        .filter(|(_, score)| score.is_nan())
        .map(|(row, _)| row.label())
        .collect();
    let missing: Vec<&str> = missing.iter().map(String::as_str).collect();
    if missing.is_empty() {
        return None;
    }
    let message = format!("`{}` of {} is missing", structure.elements[top].code, some(&missing));
    Some(
        Diagnostic::warning(codes::STAYS_MISSING, message)
            .why("none of the children is there, fewer than `min_available`, or the method needs all of them")
            .help("impute, screen such units out, or look at the findings of the steps before"),
    )
}

/// Scores of all elements by arithmetic means.
pub(super) fn arithmetic(before: &State, structure: &Structure, weights: &[f64]) -> DMatrix<f64> {
    let mut scores = with_room(before, structure);
    let mut made = vec![f64::NAN; scores.nrows()];
    for element in aggregates(structure) {
        let children = &structure.children[element];
        let own: Vec<f64> = children.iter().map(|&child| weights[child]).collect();
        // An arithmetic mean takes any number; children without weight leave the score missing.
        if means(Mean::Arithmetic, &columns(&scores, children), &own, None, &mut made).is_err() {
            made.fill(f64::NAN);
        }
        scores.column_mut(element).copy_from_slice(&made);
    }
    scores
}

fn aggregates(structure: &Structure) -> impl Iterator<Item = usize> + '_ {
    (0..structure.elements.len()).filter(|&element| structure.elements[element].kind == ElementKind::Aggregate)
}

/// Rows by elements: indicators filled, aggregates missing.
fn with_room(before: &State, structure: &Structure) -> DMatrix<f64> {
    let values = &before.data.values;
    let mut scores = DMatrix::from_element(values.nrows(), structure.elements.len(), f64::NAN);
    scores.columns_mut(0, values.ncols()).copy_from(values);
    scores
}

fn columns<'a>(scores: &'a DMatrix<f64>, elements: &[usize]) -> Vec<&'a [f64]> {
    let rows = scores.nrows();
    elements.iter().map(|&element| &scores.as_slice()[element * rows..(element + 1) * rows]).collect()
}
