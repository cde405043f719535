//! Means of groups, beside which a unit can be seen.

use std::collections::BTreeMap;

use serde::Serialize;

use super::decompose::{ExplainError, Side};
use crate::aggregate::{mean_of, means};
use crate::chain::State;
use crate::recipe::AggregateStep;
use crate::structure::{ElementKind, Structure};

/// Mean of a group's units in an element.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupMean {
    /// Word of the group.
    pub group: String,
    /// Year.
    pub time: Option<i64>,
    /// Element.
    pub element: usize,
    /// Mean.
    pub mean: f64,
    /// Least.
    pub least: f64,
    /// Largest.
    pub largest: f64,
    /// Units with a score.
    pub units: usize,
}

/// Means of each group of a grouping in each element and year. `None`: there is no such grouping.
pub fn group_means(state: &State, grouping: &str) -> Option<Vec<GroupMean>> {
    let words = state.data.groups.get(grouping)?;
    let mut members: BTreeMap<(&str, Option<i64>), Vec<usize>> = BTreeMap::new();
    for (row, word) in words.iter().enumerate() {
        if let Some(word) = word {
            members.entry((word, state.data.rows[row].time)).or_default().push(row);
        }
    }
    let elements = state.scores.as_ref().map_or(state.data.values.ncols(), |scores| scores.ncols());
    let mut means = Vec::new();
    for ((group, time), rows) in members {
        for element in 0..elements {
            let column = state.column(element).unwrap_or(&[]);
            let values: Vec<f64> = rows.iter().map(|&row| column[row]).filter(|value| !value.is_nan()).collect();
            if values.is_empty() {
                continue;
            }
            means.push(GroupMean {
                group: group.to_owned(),
                time,
                element,
                mean: values.iter().sum::<f64>() / values.len() as f64,
                least: values.iter().copied().fold(f64::INFINITY, f64::min),
                largest: values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
                units: values.len(),
            });
        }
    }
    Some(means)
}

/// A group as one side of a [`gap`](super::gap): a unit that has the group's mean in each indicator below an element, and
/// the scores that the recipe makes of these, so that the gap has exact parts under any mean.
///
/// Where scores are arithmetic means and no value is missing, these are the means of the scores too; else they differ,
/// since the mean of products is no product of means. `time` is the year that is looked at. `None`: nobody is in the
/// group.
///
/// # Errors
/// [`ExplainError::NotAMean`]; [`ExplainError::Chain`] for means that the method cannot take.
pub fn group_side(
    structure: &Structure,
    step: &AggregateStep,
    state: &State,
    element: usize,
    (grouping, group): (&str, &str),
    time: Option<i64>,
) -> Result<Option<Side>, ExplainError> {
    let words = state.data.groups.get(grouping).map_or(&[][..], Vec::as_slice);
    let is_member = |row: &usize| words[*row].as_deref() == Some(group) && state.data.rows[*row].time == time;
    let rows: Vec<usize> = (0..words.len()).filter(is_member).collect();
    if rows.is_empty() {
        return Ok(None);
    }
    let mut side = Side { scores: vec![f64::NAN; structure.elements.len()], weights: state.weights.to_vec() };
    let mut below = vec![element];
    let mut at = 0;
    while at < below.len() {
        below.extend(&structure.children[below[at]]);
        at += 1;
    }
    // Children stand before their parents.
    below.sort_unstable();
    for element in below {
        let own = &structure.elements[element];
        if own.kind == ElementKind::Indicator {
            let values: Vec<f64> = rows.iter().map(|&row| state.data.values[(row, element)]).collect();
            side.scores[element] = mizan_stats::shape::mean(&values);
            continue;
        }
        let mean = step.method.of(structure.levels[element]).and_then(|method| mean_of(method, step));
        let mean = mean.ok_or_else(|| ExplainError::NotAMean(own.code.clone()))?;
        let children = &structure.children[element];
        let values: Vec<[f64; 1]> = children.iter().map(|&child| [side.scores[child]]).collect();
        let columns: Vec<&[f64]> = values.iter().map(|value| &value[..]).collect();
        let weights: Vec<f64> = children.iter().map(|&child| side.weights[child]).collect();
        let mut made = [f64::NAN];
        means(mean, &columns, &weights, step.min_available, &mut made).map_err(|(_, child)| {
            let code = &structure.elements[children[child]].code;
            let message = format!("`{}` cannot take the mean of `{code}` in `{group}`, {}", own.code, values[child][0]);
            ExplainError::Chain(message)
        })?;
        side.scores[element] = made[0];
    }
    Ok(Some(side))
}
