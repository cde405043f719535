//! A change over time: what the indicators did, what the reference set did, what weights did.
//!
//! With z(x, θ) the normalised value under the statistics θ of a year, the change of an indicator's normalised value
//! is the sum of an indicator effect, the mean over θ₀ and θ₁ of z(x₁, ·) - z(x₀, ·), and of a reference-set effect,
//! the mean over x₀ and x₁ of z(·, θ₁) - z(·, θ₀).

use mizan_model::diagnostic::Severity;
use serde::Serialize;

use super::decompose::{Contribution, Decomposition, ExplainError, Side, gap};
use crate::chain::{Chain, Outcome, State, apply};
use crate::dataset::Row;
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
/// The parts and the weight effects sum to the change exactly. Statistics of all years, or of one, leave no
/// reference-set effect.
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
    let [before, after] = rows_of(last, unit, years)?;
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
    // Values under the statistics of either year; statistics of all years, or of one, are the same for both. Rows are
    // looked up again, since units may have been screened after normalisation.
    let [theta0, theta1] = [
        normalised(chain, raw, &of_year(normalise, years[0]))?,
        normalised(chain, raw, &of_year(normalise, years[1]))?,
    ];
    let [before, after] = rows_of(&theta0, unit, years)?;
    let at = |state: &State, row: usize, element: usize| state.data.values[(row, element)];
    let part = |contribution: &Contribution| {
        let element = contribution.element;
        let moved = |state: &State| at(state, after, element) - at(state, before, element);
        let reference = |row: usize| at(&theta1, row, element) - at(&theta0, row, element);
        let indicator = 0.5 * (moved(&theta0) + moved(&theta1));
        let part = ChangePart {
            element,
            indicator: contribution.per_point * indicator,
            reference: contribution.per_point * 0.5 * (reference(before) + reference(after)),
        };
        let rest = contribution.value - part.indicator - part.reference;
        // A value that was filled after normalisation, or stretched to a range of all years, does not follow from the
        // statistics of either year, and a split of its change would not sum.
        let size = sides.iter().map(|side| side.scores[element].abs()).fold(1.0, f64::max);
        if rest.is_nan() || rest.abs() > 1e-9 * size * contribution.per_point.abs() {
            let code = &chain.structure.elements[element].code;
            let message = format!(
                "the change of `{code}` of `{unit}` cannot be split: its value does not follow from the statistics of a \
                 year alone, since it was filled after `normalise` or stretched by `output`"
            );
            return Err(ExplainError::Chain(message));
        }
        Ok(part)
    };
    let parts = decomposition.contributions.iter().map(part).collect::<Result<_, _>>()?;
    Ok((decomposition, parts))
}

/// Rows of a unit in two years.
fn rows_of(state: &State, unit: &str, years: [i64; 2]) -> Result<[usize; 2], ExplainError> {
    let row = |year: i64| {
        let is_it = |row: &Row| row.unit == unit && row.time == Some(year);
        state.data.rows.iter().position(is_it).ok_or_else(|| ExplainError::UnknownUnit(format!("{unit} {year}")))
    };
    Ok([row(years[0])?, row(years[1])?])
}

/// The step with the statistics of one year for every indicator that otherwise takes those of each year.
fn of_year(step: &NormaliseStep, year: i64) -> NormaliseStep {
    let mut fixed = if step.is_per_year() { step.with_basis_year(year) } else { step.clone() };
    for (code, own) in &mut fixed.indicator {
        // An indicator's own word stands before that of the step.
        if own.contains_key("panel") && step.of(code).is_ok_and(|own| own.is_per_year()) {
            own.insert("panel".into(), toml::Value::Integer(year));
        }
    }
    fixed
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
