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
    /// Rank as it would be, all others unchanged.
    pub new_rank: usize,
}

/// Sets indicators of a unit to other raw values and runs the whole chain again.
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
    let row = chain.dataset.rows.iter().rposition(is_it).ok_or_else(|| ExplainError::UnknownUnit(unit.to_owned()))?;
    let own_time = chain.dataset.rows[row].time;
    for (code, value) in values {
        let column = chain
            .dataset
            .indicators
            .iter()
            .position(|known| known == code)
            .ok_or_else(|| ExplainError::UnknownIndicator(code.clone()))?;
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
