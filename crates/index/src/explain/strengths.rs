//! Strengths and weaknesses: where a unit stands in each indicator.

use serde::Serialize;

use crate::chain::State;
use crate::structure::{ElementKind, Structure};

/// A unit's standing in an indicator.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Standing {
    /// Element: an indicator.
    pub element: usize,
    /// Normalised value.
    pub value: f64,
    /// Rank among the units of the year; 1 is best.
    pub rank: usize,
    /// Units of the year with a value.
    pub units: usize,
    /// Share of the index, by effective weight.
    pub weight: f64,
}

/// Standings of a row from the strongest to the weakest: by rank, and among equals the weightier first.
pub fn standings(state: &State, structure: &Structure, row: usize) -> Vec<Standing> {
    let effective = structure.effective_weights(&state.weights);
    let year = state.data.rows[row].time;
    let mut standings: Vec<Standing> = structure
        .elements
        .iter()
        .enumerate()
        .filter(|(_, element)| element.kind == ElementKind::Indicator)
        .filter_map(|(element, _)| {
            let column = state.column(element)?;
            let value = column[row];
            let rows = state.data.rows.iter().zip(column);
            let others = || rows.clone().filter(|(row, other)| row.time == year && !other.is_nan());
            (!value.is_nan()).then(|| Standing {
                element,
                value,
                rank: 1 + others().filter(|(_, other)| **other > value).count(),
                units: others().count(),
                weight: effective[element],
            })
        })
        .collect();
    standings.sort_by(|a, b| a.rank.cmp(&b.rank).then(b.weight.total_cmp(&a.weight)).then(a.element.cmp(&b.element)));
    standings
}
