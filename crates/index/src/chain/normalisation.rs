//! The step `normalise`.

use mizan_model::diagnostic::{Checked, Diagnostic};
use nalgebra::DMatrix;

use super::record::{NormalisedColumn, Record};
use super::state::State;
use crate::codes;
use crate::normalise::{Attributes, NormaliseError, normalise};
use crate::recipe::NormaliseStep;
use crate::structure::{Element, Structure};

/// Names of the parameters of the structure that are goalposts.
const POSTS: [&str; 2] = ["floor", "ceiling"];

pub(super) fn apply(step: &NormaliseStep, before: &State, structure: &Structure) -> Checked<(State, Record)> {
    let data = &before.data;
    let mut diagnostics = Vec::new();
    let mut values = DMatrix::from_element(data.values.nrows(), data.values.ncols(), f64::NAN);
    let mut columns = Vec::with_capacity(data.values.ncols());
    for (column, element) in structure.elements.iter().take(data.values.ncols()).enumerate() {
        let normalisation = match step.of(&element.code).and_then(|own| own.normalisation()) {
            Ok(normalisation) => normalisation,
            Err(message) => {
                let message = format!("`{}`: {message}", element.code);
                diagnostics.push(Diagnostic::error(codes::PARAMETER, message).help("give it in the step `normalise`"));
                continue;
            }
        };
        let x = data.values.column(column);
        match normalise(x.as_slice(), &data.rows, attributes(element), &normalisation) {
            Ok(scaled) => {
                let seen = || scaled.iter().copied().filter(|value| !value.is_nan());
                columns.push(NormalisedColumn {
                    indicator: element.code.clone(),
                    method: format!("{normalisation:?}"),
                    direction: element.direction,
                    least: seen().fold(f64::NAN, f64::min),
                    largest: seen().fold(f64::NAN, f64::max),
                });
                values.column_mut(column).copy_from_slice(&scaled);
            }
            Err(error) => diagnostics.push(finding(element, &error)),
        }
    }
    Checked { value: (before.with_values(values), Record::Normalised(columns)), diagnostics }
}

fn attributes(element: &Element) -> Attributes {
    let posts = match POSTS.map(|name| element.parameters.get(name).copied()) {
        [Some(floor), Some(ceiling)] => Some([floor, ceiling]),
        _ => None,
    };
    Attributes { direction: element.direction, target: element.target, posts }
}

/// A constant indicator says nothing about who is ahead: it is left out, and that is said. All else stops the run.
fn finding(element: &Element, error: &NormaliseError) -> Diagnostic {
    let message = format!("`{}` cannot be normalised: {error}", element.code);
    match error {
        NormaliseError::Constant => Diagnostic::warning(codes::CONSTANT, message)
            .why("an indicator without variation is left missing; the weights of its siblings stand for it")
            .help("take it out of the structure, or normalise it between goalposts"),
        NormaliseError::Empty => Diagnostic::warning(codes::TOO_FEW, message)
            .why("an indicator without values is left missing; the weights of its siblings stand for it")
            .help("take it out of the structure, or find its values"),
        _ => Diagnostic::error(codes::PARAMETER, message).help("choose another method or parameter for it"),
    }
}
