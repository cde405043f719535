//! Whether methods, parameters and weights of `aggregate` fit the tree and the data: what has no effect is said.

use std::collections::BTreeSet;

use mizan_model::diagnostic::Diagnostic;

use crate::codes;
use crate::dataset::{Row, rows_by_time};
use crate::denominate::some;
use crate::recipe::{AggregateMethod, AggregateStep, MethodByLevel};
use crate::structure::Structure;

/// Methods for levels that are not there, and codes that no method looks at.
pub(super) fn parameters(step: &AggregateStep, structure: &Structure) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let levels = structure.levels.iter().max().copied().unwrap_or(1);
    if let MethodByLevel::ByLevel(methods) = &step.method
        && methods.len() + 1 > levels as usize
    {
        let message = format!(
            "`aggregate` has {} methods, and the structure {} above the indicators",
            methods.len(),
            if levels == 2 { "one level".to_owned() } else { format!("{} levels", levels - 1) }
        );
        found.push(
            Diagnostic::error(codes::PARAMETER, message)
                .help("name one method for all levels, or one for each level from the second up"),
        );
    }
    for (parameter, code, methods) in step.named() {
        let parent = structure.position(code).and_then(|element| structure.parents[element]);
        let method = parent.and_then(|parent| step.method.of(structure.levels[parent]));
        if !method.is_some_and(|method| methods.contains(&method)) {
            let message = match structure.position(code) {
                None => format!("`{parameter}` of `aggregate` names `{code}`, which is not in the structure"),
                Some(_) => format!(
                    "`{parameter}` of `aggregate` names `{code}`, whose parent is made by a method that does not look at it"
                ),
            };
            found.push(
                Diagnostic::error(codes::UNKNOWN_CODE, message)
                    .help("write codes of the children of such an aggregate"),
            );
        }
    }
    found
}

/// Children that a method cannot standardise: they are the same for all units, in a year or, for AMPI, in all.
pub(super) fn constant<'a>(
    columns: &[&[f64]],
    rows: &[Row],
    names: &'a [String],
    method: AggregateMethod,
) -> Vec<&'a str> {
    let years: Vec<Vec<usize>> = match method {
        AggregateMethod::Ampi => vec![(0..rows.len()).collect()],
        _ => rows_by_time(rows).into_iter().map(|(_, rows)| rows).collect(),
    };
    let is_constant = |column: &[f64], rows: &Vec<usize>| {
        // Rows without one of the children have no score.
        let whole = rows.iter().filter(|row| columns.iter().all(|column| !column[**row].is_nan()));
        let mut values = whole.map(|row| column[*row]);
        values.next().is_some_and(|first| values.all(|value| value == first))
    };
    let own = columns.iter().zip(names);
    own.filter(|(column, _)| years.iter().any(|rows| is_constant(column, rows)))
        .map(|(_, name)| name.as_str())
        .collect()
}

/// Says which children [`constant`] found.
pub(super) fn without_variation(codes_of: &BTreeSet<String>) -> Option<Diagnostic> {
    if codes_of.is_empty() {
        return None;
    }
    let names: Vec<&str> = codes_of.iter().map(String::as_str).collect();
    let message = format!("{} cannot be standardised by `aggregate`: all values are equal", some(&names));
    Some(
        Diagnostic::warning(codes::CONSTANT, message)
            .why("a child without variation counts as the middle, or as no distance, for all units")
            .help("take it out of the structure, or choose another method"),
    )
}

/// Unequal weights of children whose parent is made by a method without weights.
pub(super) fn without_effect(parents: &[&str]) -> Option<Diagnostic> {
    if parents.is_empty() {
        return None;
    }
    let message = format!("the weights of the children of {} have no effect", some(parents));
    Some(
        Diagnostic::warning(codes::NO_EFFECT, message)
            .why("the method of `aggregate` takes all children alike, or weighs them itself")
            .help("leave the step `weigh` out and give equal weights, or choose a method with weights"),
    )
}

/// Scores that tell nobody apart: of one unit under a method that compares units, or the same for all in every year (in
/// one of several years they may be so on purpose, as in the base year of an index of change).
pub(super) fn undistinguished(code: &str, scores: &[f64], rows: &[Row], compares: bool) -> Option<Diagnostic> {
    let mut alone = Vec::new();
    let mut all_same = None;
    for (time, rows) in rows_by_time(rows) {
        let values: Vec<f64> = rows.iter().map(|row| scores[*row]).filter(|score| !score.is_nan()).collect();
        match values.as_slice() {
            [_] if compares => alone.push(time.map_or_else(String::new, |year| format!(" in {year}"))),
            [first, rest @ ..] if !rest.is_empty() => {
                let is_same = rest.iter().all(|value| value == first);
                all_same = Some(all_same.unwrap_or(true) && is_same);
            }
            _ => {}
        }
    }
    if !alone.is_empty() {
        let message = format!("`{code}` has one unit only{}: its method compares units", alone.join(","));
        return Some(
            Diagnostic::warning(codes::TOO_FEW, message)
                .why("with nobody to compare with, the score is the same whatever the values are")
                .help("add units, or take a mean of indicators that are normalised between goalposts"),
        );
    }
    (all_same == Some(true)).then(|| {
        Diagnostic::warning(codes::CONSTANT, format!("`{code}` is the same for all units"))
            .why("scores that are all equal tell nobody apart, and have no ranks")
            .help("look at the indicators and at the findings of the steps before")
    })
}
