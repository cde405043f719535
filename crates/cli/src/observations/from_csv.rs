//! Observations read back from CSV.

use std::path::Path;

use mizan_measure::observe::STATISTIC;
use mizan_model::observation::{EngineStatus, Observation};
use smol_str::SmolStr;

use super::{AFTER, BEFORE, TOTAL, breakdown_of};
use crate::failure::Failure;
use crate::tables::Sheet;

/// Reads the columns of `observations.csv`. Those of a table made by hand may lack all but `kpi`, `area`, `period` and
/// `value`.
pub fn read_csv(path: &Path) -> Result<Vec<Observation>, Failure> {
    let sheet = Sheet::read(path)?;
    let needed = ["kpi", "area", "period", "value"].map(|name| sheet.needed(name));
    let [kpi, area, period, value] = needed;
    let (kpi, area, period, value) = (kpi?, area?, period?, value?);
    let splits: Vec<(SmolStr, usize)> = sheet
        .columns
        .iter()
        .enumerate()
        .filter(|(_, name)| !BEFORE.contains(&name.as_str()) && !AFTER.contains(&name.as_str()))
        .map(|(at, name)| (SmolStr::from(breakdown_of(name)), at))
        .collect();
    let word = |row: usize, name: &str| {
        SmolStr::from(sheet.column(name).and_then(|column| sheet.text(row, column)).unwrap_or_default())
    };
    let number = |row: usize, name: &str| match sheet.column(name) {
        Some(column) => sheet.number(row, column),
        None => Ok(None),
    };
    (0..sheet.rows.len())
        .map(|row| {
            let text = |column: usize| SmolStr::from(sheet.code(row, column).unwrap_or_default());
            let mut breakdown: Vec<(SmolStr, SmolStr)> = splits
                .iter()
                .filter_map(|(name, column)| Some((name.clone(), SmolStr::from(sheet.code(row, *column)?))))
                .filter(|(_, code)| code != TOTAL)
                .collect();
            breakdown.sort_by(|a, b| (a.0 == STATISTIC, &a.0).cmp(&(b.0 == STATISTIC, &b.0)));
            let status = word(row, "status");
            let known = if status.is_empty() { Some(EngineStatus::Ok) } else { EngineStatus::from_word(&status) };
            Ok(Observation {
                kpi: text(kpi),
                area: text(area),
                period: text(period),
                breakdown,
                value: sheet.number(row, value)?,
                numerator: number(row, "numerator")?,
                denominator: number(row, "denominator")?,
                n: number(row, "n")?.map_or(0, |n| n.max(0.0) as u64),
                lower: number(row, "lower")?,
                upper: number(row, "upper")?,
                unit: word(row, "unit"),
                coverage: number(row, "coverage")?,
                status: known
                    .ok_or_else(|| Failure::read(path, format!("line {}: `{status}` is no status", row + 2)))?,
                definition: word(row, "definition"),
                run: word(row, "run"),
            })
        })
        .collect()
}
