//! A change over time: what the indicators did, what the reference set did, what weights did.
//!
//! With z(x, θ) the normalised value under the statistics θ of a year, the change of an indicator's normalised value
//! is the sum of an indicator effect, the mean over θ₀ and θ₁ of z(x₁, ·) - z(x₀, ·), and of a reference-set effect,
//! the mean over x₀ and x₁ of z(·, θ₁) - z(·, θ₀).

use mizan_model::diagnostic::Severity;
use serde::Serialize;

use super::decompose::{Decomposition, ExplainError, Side, gap};
use crate::chain::{Chain, Outcome, State, apply};
use crate::recipe::{AggregateStep, NormaliseStep, Step};

/// What an indicator contributes to a change of the score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangePart {
    /// Element: an indicator.
    pub element: usize,
    /// Because its own value changed.
    pub indicator: f64,
    /// Because what it is measured against changed: others got better or worse.
    pub reference: f64,
}

/// Decomposes the change of a unit's score between two years of a panel.
///
/// The parts and the weight effects sum to the change exactly.
///
/// # Errors
/// [`ExplainError`].
pub fn change(
    chain: &Chain,
    outcome: &Outcome,
    element: usize,
    unit: &str,
    years: [i64; 2],
) -> Result<(Decomposition, Vec<ChangePart>), ExplainError> {
    let step = aggregate_step(chain)?;
    let last = outcome.last();
    let rows = years.map(|year| {
        let is_it = |row: &crate::dataset::Row| row.unit == unit && row.time == Some(year);
        last.data.rows.iter().position(is_it).ok_or_else(|| ExplainError::UnknownUnit(format!("{unit} {year}")))
    });
    let [before, after] = rows;
    let [before, after] = [before?, after?];
    let sides = [side(last, after)?, side(last, before)?];
    let decomposition = gap(&chain.structure, step, element, &sides[0], &sides[1])?;
    let position = chain
        .recipe
        .steps
        .iter()
        .position(|step| matches!(step, Step::Normalise(_)))
        .ok_or(ExplainError::NoStep("normalise"))?;
    let Step::Normalise(normalise) = &chain.recipe.steps[position] else {
        return Err(ExplainError::NoStep("normalise"));
    };
    let raw = &outcome.steps.get(position).ok_or(ExplainError::NoStep("normalise"))?.state;
    // Values under the statistics of either year; pooled statistics are the same for both.
    let under = |year: i64| normalised(chain, raw, &normalise.with_basis_year(year));
    let [theta0, theta1] = match normalise.is_per_year() {
        true => [under(years[0])?, under(years[1])?],
        false => {
            let own = normalised(chain, raw, normalise)?;
            [own.clone(), own]
        }
    };
    let at = |state: &State, row: usize, element: usize| state.data.values[(row, element)];
    let parts = decomposition
        .contributions
        .iter()
        .map(|contribution| {
            let element = contribution.element;
            let moved = |state: &State| at(state, after, element) - at(state, before, element);
            let reference = |row: usize| at(&theta1, row, element) - at(&theta0, row, element);
            let indicator = 0.5 * (moved(&theta0) + moved(&theta1));
            ChangePart {
                element,
                indicator: contribution.per_point * indicator,
                reference: contribution.per_point * 0.5 * (reference(before) + reference(after)),
            }
        })
        .collect();
    Ok((decomposition, parts))
}

fn normalised(chain: &Chain, raw: &State, step: &NormaliseStep) -> Result<State, ExplainError> {
    let checked = apply(&Step::Normalise(Box::new(step.clone())), raw, &chain.structure);
    match checked.diagnostics.iter().find(|finding| finding.severity == Severity::Error) {
        Some(finding) => Err(ExplainError::Chain(finding.message.clone())),
        None => Ok(checked.value.0),
    }
}

/// The last aggregation of a recipe.
pub(crate) fn aggregate_step(chain: &Chain) -> Result<&AggregateStep, ExplainError> {
    let found = chain.recipe.steps.iter().rev().find_map(|step| match step {
        Step::Aggregate(step) => Some(step),
        _ => None,
    });
    found.ok_or(ExplainError::NoStep("aggregate"))
}

/// One row of the scores.
pub(crate) fn side(state: &State, row: usize) -> Result<Side, ExplainError> {
    let scores = state.scores.as_ref().ok_or(ExplainError::NoStep("aggregate"))?;
    Ok(Side { scores: scores.row(row).iter().copied().collect(), weights: state.weights.to_vec() })
}
