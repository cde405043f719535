//! What if an indicator of a unit had another value?

use mizan_model::diagnostic::Severity;
use serde::Serialize;

use super::compare::{Version, compare};
use super::decompose::ExplainError;
use crate::chain::{Chain, Outcome};

/// Score and rank, as they are and as they would be.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WhatIf {
    /// Score as it is.
    pub score: f64,
    /// Score as it would be.
    pub new_score: f64,
    /// Rank as it is.
    pub rank: usize,
    /// Rank as it would be, the raw values of all others unchanged.
    pub new_rank: usize,
}

/// Sets indicators of a unit to other raw values and runs the whole chain again.
///
/// `values` are codes of indicators with their new values in the unit of the table; NaN makes a cell missing. Without
/// `time` the latest year of the unit is meant.
///
/// # Errors
/// [`ExplainError`] for a unit or indicator that is not there, or a chain that stops.
pub fn what_if(
    chain: &Chain,
    outcome: &Outcome,
    element: usize,
    unit: &str,
    time: Option<i64>,
    values: &[(String, f64)],
) -> Result<WhatIf, ExplainError> {
    let mut changed = chain.clone();
    let is_it = |row: &crate::dataset::Row| row.unit == unit && (time.is_none() || row.time == time);
    let rows = chain.dataset.rows.iter().enumerate().filter(|(_, row)| is_it(row));
    let latest = rows.max_by_key(|(_, row)| row.time).ok_or_else(|| ExplainError::UnknownUnit(unit.to_owned()))?;
    let (row, own_time) = (latest.0, latest.1.time);
    for (code, value) in values {
        let column = chain
            .dataset
            .indicators
            .iter()
            .position(|known| known == code)
            .ok_or_else(|| ExplainError::UnknownIndicator(code.clone()))?;
        if value.is_infinite() {
            return Err(ExplainError::Chain(format!("`{code}` cannot be {value}")));
        }
        changed.dataset.values[(row, column)] = *value;
    }
    let run = changed.run(&mut |_| ());
    if let Some(finding) = run.diagnostics.iter().find(|finding| finding.severity == Severity::Error) {
        return Err(ExplainError::Chain(finding.message.clone()));
    }
    let version = |outcome| Version { name: String::new(), state: Outcome::last(outcome), element };
    let compared = compare(&[version(outcome), version(&run.value)]);
    let found = compared
        .into_iter()
        .find(|compared| compared.unit == unit && compared.time == own_time)
        .ok_or_else(|| ExplainError::UnknownUnit(unit.to_owned()))?;
    match (found.scores.as_slice(), found.ranks.as_slice()) {
        ([Some(score), Some(new_score)], [Some(rank), Some(new_rank)]) => {
            Ok(WhatIf { score: *score, new_score: *new_score, rank: *rank, new_rank: *new_rank })
        }
        _ => Err(ExplainError::NoScore(unit.to_owned())),
    }
}
