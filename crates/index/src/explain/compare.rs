//! Two or more versions of an index beside one another.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::chain::State;
use crate::dataset::{Row, rows_by_time};

/// A version: its name and its scores.
#[derive(Debug, Clone)]
pub struct Version<'a> {
    /// Name for people.
    pub name: String,
    /// State with scores.
    pub state: &'a State,
    /// Element that is compared.
    pub element: usize,
}

/// A unit in all versions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared {
    /// Unit.
    pub unit: String,
    /// Name, that of the first version in which the unit is.
    pub name: String,
    /// Year.
    pub time: Option<i64>,
    /// Score by version; `None` where it has none.
    pub scores: Vec<Option<f64>>,
    /// Rank inside of the year by version.
    pub ranks: Vec<Option<usize>>,
    /// Rank in the first version less that in the last: positive, it moves up.
    pub moved: Option<i64>,
}

/// Compares versions unit by unit; units in the order of the first version, then those that only others have.
pub fn compare(versions: &[Version<'_>]) -> Vec<Compared> {
    let ranked: Vec<Vec<Option<usize>>> = versions.iter().map(ranks).collect();
    let mut rows: Vec<&Row> = Vec::new();
    for version in versions {
        // By code and year: a unit may have got another name.
        let known: BTreeSet<(&str, Option<i64>)> = rows.iter().map(|row| (row.unit.as_str(), row.time)).collect();
        rows.extend(version.state.data.rows.iter().filter(|row| !known.contains(&(row.unit.as_str(), row.time))));
    }
    rows.into_iter()
        .map(|row| {
            let at: Vec<Option<usize>> = versions
                .iter()
                .map(|version| {
                    let same = |other: &Row| other.unit == row.unit && other.time == row.time;
                    version.state.data.rows.iter().position(same)
                })
                .collect();
            let ranks: Vec<Option<usize>> = at.iter().zip(&ranked).map(|(at, ranks)| ranks[(*at)?]).collect();
            let scores = at.iter().zip(versions).map(|(at, version)| score(version, (*at)?)).collect();
            let moved = match (ranks.first(), ranks.last()) {
                (Some(Some(first)), Some(Some(last))) => Some(*first as i64 - *last as i64),
                _ => None,
            };
            Compared { unit: row.unit.clone(), name: row.name.clone(), time: row.time, scores, ranks, moved }
        })
        .collect()
}

fn score(version: &Version<'_>, row: usize) -> Option<f64> {
    version.state.column(version.element).map(|column| column[row]).filter(|score| !score.is_nan())
}

/// 1 is best, ties share the smallest rank.
fn ranks(version: &Version<'_>) -> Vec<Option<usize>> {
    let mut ranks = vec![None; version.state.data.rows.len()];
    for (_, rows) in rows_by_time(&version.state.data.rows) {
        let own = |row: usize| score(version, row);
        for &row in &rows {
            ranks[row] = own(row).map(|score| 1 + rows.iter().filter(|&&other| own(other) > Some(score)).count());
        }
    }
    ranks
}
