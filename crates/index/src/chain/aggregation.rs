//! The step `aggregate`: level by level up the tree.

use std::sync::Arc;

use mizan_model::diagnostic::{Checked, Diagnostic};
use nalgebra::DMatrix;

use super::record::{OwnShares, Record};
use super::state::State;
use crate::aggregate::{Aggregated, Mean, level, means};
use crate::codes;
use crate::recipe::AggregateStep;
use crate::structure::{ElementKind, Structure};

pub(super) fn apply(step: &AggregateStep, before: &State, structure: &Structure) -> Checked<(State, Record)> {
    let data = &before.data;
    let mut diagnostics = Vec::new();
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
        let names: Vec<String> = children.iter().map(|&child| structure.elements[child].code.clone()).collect();
        let made = {
            let columns = columns(&scores, children);
            level(method, step, &columns, &weights, &data.rows, &names)
        };
        match made {
            Ok(Aggregated { scores: made, reweighted: rows, notes, shares: own }) => {
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
    let state = State { scores: Some(Arc::new(scores)), ..before.clone() };
    Checked { value: (state, Record::Aggregated { reweighted, shares }), diagnostics }
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
