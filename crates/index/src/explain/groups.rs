//! Means of groups, beside which a unit can be seen.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::chain::State;

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
