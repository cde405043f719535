//! The table of units: COINr's `iData`, denominators and intervals.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use mizan_index::codes;
use mizan_index::dataset::{Dataset, Row};
use mizan_index::structure::{Element, ElementKind};
use mizan_index::uncertainty::Intervals;
use mizan_model::diagnostic::{Checked, Diagnostic};
use nalgebra::DMatrix;

use super::Sheet;
use crate::failure::{Exit, Failure};
use crate::findings::Texts;

/// Reads units by indicators: `uCode`, perhaps `uName` and `Time`, and the columns that the structure knows.
///
/// Columns that it does not know are left out, with a warning.
///
/// # Errors
/// What cannot be read, with its place.
pub fn read_units(path: &Path, lines: &[Element]) -> Result<Checked<Dataset>, Failure> {
    let sheet = Sheet::read(path)?;
    let rows = rows(&sheet)?;
    let mut indicators = Vec::new();
    let mut columns: Vec<Vec<f64>> = Vec::new();
    let mut groups = BTreeMap::new();
    let mut denominators = BTreeMap::new();
    let mut unknown = Vec::new();
    for (at, name) in sheet.columns.iter().enumerate() {
        if ["uCode", "uName", "Time"].contains(&name.as_str()) {
            continue;
        }
        match lines.iter().find(|line| line.code == *name).map(|line| line.kind) {
            Some(ElementKind::Indicator) => {
                indicators.push(name.clone());
                columns.push(numbers(&sheet, at)?);
            }
            Some(ElementKind::Denominator) => {
                denominators.insert(name.clone(), numbers(&sheet, at)?);
            }
            Some(ElementKind::Group) => {
                let words = (0..rows.len()).map(|row| sheet.text(row, at).map(str::to_owned)).collect();
                groups.insert(name.clone(), words);
            }
            Some(ElementKind::Other | ElementKind::Aggregate) => {}
            None => unknown.push(name.clone()),
        }
    }
    let values = DMatrix::from_fn(rows.len(), columns.len(), |row, column| columns[column][row]);
    let mut checked = Dataset::new(rows, indicators, values);
    checked.value.groups = Arc::new(groups);
    checked.value.denominators = Arc::new(denominators);
    if !unknown.is_empty() {
        checked.diagnostics.push(
            Diagnostic::warning(
                codes::UNKNOWN_CODE,
                format!("the structure does not know the columns `{}`; they are left out", unknown.join("`, `")),
            )
            .help("give each a line in the structure: Indicator, Group, Denominator or Other"),
        );
    }
    Ok(checked)
}

/// Adds the denominators of a further table, matched by `uCode`, and by `Time` where it has one. Units without a line
/// there have none; lines of units and years that are not in the table are a finding.
///
/// # Errors
/// What cannot be read, with its place.
pub fn read_denominators(path: &Path, dataset: &mut Dataset) -> Result<Vec<Diagnostic>, Failure> {
    let sheet = Sheet::read(path)?;
    let mut place: BTreeMap<(String, Option<i64>), usize> = BTreeMap::new();
    for (at, row) in rows(&sheet)?.into_iter().enumerate() {
        if place.insert((row.unit.clone(), row.time), at).is_some() {
            let finding = Diagnostic::error(
                codes::DUPLICATE_ROW,
                format!("unit `{}` stands twice in `{}`", row.unit, sheet.file),
            )
            .help("keep one line");
            return Err(Failure::findings(Exit::Input, vec![finding], Texts::default()));
        }
    }
    let mut denominators = (*dataset.denominators).clone();
    for (at, name) in sheet.columns.iter().enumerate() {
        // Words, such as names and groups, are no denominators.
        let is_number = |row: usize| sheet.text(row, at).is_none_or(|cell| cell.parse::<f64>().is_ok());
        if ["uCode", "uName", "Time"].contains(&name.as_str()) || !(0..sheet.rows.len()).all(is_number) {
            continue;
        }
        let numbers = numbers(&sheet, at)?;
        let of = |row: &Row| {
            let own = place.get(&(row.unit.clone(), row.time)).or_else(|| place.get(&(row.unit.clone(), None)));
            own.map_or(f64::NAN, |at| numbers[*at])
        };
        denominators.insert(name.clone(), dataset.rows.iter().map(of).collect());
    }
    dataset.denominators = Arc::new(denominators);
    let is_used = |(unit, time): &(String, Option<i64>)| {
        dataset.rows.iter().any(|row| row.unit == *unit && (time.is_none() || row.time == *time))
    };
    let unused: Vec<String> = place
        .keys()
        .filter(|key| !is_used(key))
        .map(|(unit, time)| time.map_or_else(|| unit.clone(), |year| format!("{unit} {year}")))
        .collect();
    if unused.is_empty() {
        return Ok(Vec::new());
    }
    const FEW: usize = 5;
    let mut names = unused.iter().take(FEW).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if unused.len() > FEW {
        names.push_str(&format!(" and {} more", unused.len() - FEW));
    }
    let message = format!("`{}` has lines of {names}, which the table of units does not have", sheet.file);
    Ok(vec![
        Diagnostic::warning(codes::UNKNOWN_CODE, message).help("correct the codes and years, or take the lines out"),
    ])
}

/// Reads intervals of values: `uCode`, perhaps `Time`, `iCode`, `lower`, `upper`, one line an interval.
///
/// # Errors
/// What cannot be read, with its place; an interval whose lower end lies above the upper one.
pub fn read_intervals(path: &Path, dataset: &Dataset) -> Result<Intervals, Failure> {
    let sheet = Sheet::read(path)?;
    let [code, lower, upper] = [sheet.needed("iCode")?, sheet.needed("lower")?, sheet.needed("upper")?];
    let missing = DMatrix::from_element(dataset.rows.len(), dataset.indicators.len(), f64::NAN);
    let mut intervals = Intervals { lower: missing.clone(), upper: missing };
    for (at, own) in rows(&sheet)?.into_iter().enumerate() {
        let row = dataset.rows.iter().position(|row| row.unit == own.unit && row.time == own.time);
        let column = sheet.code(at, code).and_then(|code| dataset.indicators.iter().position(|known| known == code));
        let (Some(row), Some(column)) = (row, column) else {
            let message =
                format!("line {} of `{}` is of a unit, year or indicator that is not there", at + 2, sheet.file);
            let finding = Diagnostic::error(codes::UNKNOWN_CODE, message).help("correct the line, or take it out");
            return Err(Failure::findings(Exit::Input, vec![finding], Texts::default()));
        };
        let ends = (sheet.number(at, lower)?.unwrap_or(f64::NAN), sheet.number(at, upper)?.unwrap_or(f64::NAN));
        if ends.0 > ends.1 {
            let message = format!("line {} of `{}`: the lower end lies above the upper one", at + 2, sheet.file);
            let finding = Diagnostic::error(codes::VALUE_NOT_ALLOWED, message).help("swap them, or leave them empty");
            return Err(Failure::findings(Exit::Input, vec![finding], Texts::default()));
        }
        (intervals.lower[(row, column)], intervals.upper[(row, column)]) = ends;
    }
    Ok(intervals)
}

fn rows(sheet: &Sheet) -> Result<Vec<Row>, Failure> {
    let code = sheet.needed("uCode")?;
    let (name, time) = (sheet.column("uName"), sheet.column("Time"));
    (0..sheet.rows.len())
        .map(|row| {
            let Some(unit) = sheet.code(row, code).map(str::to_owned) else {
                let message = format!("line {} of `{}` has no `uCode`", row + 2, sheet.file);
                let finding = Diagnostic::error(codes::DUPLICATE_CODE, message).help("give the unit a code");
                return Err(Failure::findings(Exit::Input, vec![finding], Texts::default()));
            };
            let name = name.and_then(|name| sheet.code(row, name)).unwrap_or(&unit).to_owned();
            let time = match time.map(|time| sheet.number(row, time)).transpose()?.flatten() {
                Some(year) if year.fract() == 0.0 => Some(year as i64),
                Some(year) => {
                    let message = format!("line {} of `{}`: `{year}` is no year", row + 2, sheet.file);
                    let finding = Diagnostic::error(codes::YEAR_MISSING, message).help("write a whole number");
                    return Err(Failure::findings(Exit::Input, vec![finding], Texts::default()));
                }
                None => None,
            };
            Ok(Row { unit, name, time })
        })
        .collect()
}

fn numbers(sheet: &Sheet, column: usize) -> Result<Vec<f64>, Failure> {
    (0..sheet.rows.len()).map(|row| Ok(sheet.number(row, column)?.unwrap_or(f64::NAN))).collect()
}
