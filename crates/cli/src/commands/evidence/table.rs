//! Columns of a table as a statistic wants them, and where they cannot be taken.

use std::collections::BTreeMap;
use std::path::Path;

use mizan_index::codes::DUPLICATE_ROW;
use mizan_model::diagnostic::Diagnostic;

use super::{LEFT_OUT, REFUSED, TOO_FEW};
use crate::arguments::{CaseTable, UnitTable};
use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::findings::Texts;
use crate::output::Cell;
use crate::tables::Sheet;

/// Fewer clusters make standard errors too small.
const ADVISED_CLUSTERS: usize = 30;

/// A table whose columns are numbers and words.
pub struct Cells {
    sheet: Sheet,
}

impl Cells {
    /// Reads a table.
    pub fn read(path: &Path) -> Result<Cells, Failure> {
        Ok(Cells { sheet: Sheet::read(path)? })
    }

    /// Number of rows, at least 1.
    pub fn len(&self) -> usize {
        self.sheet.rows.len()
    }

    /// Names of the columns.
    pub fn columns(&self) -> &[String] {
        &self.sheet.columns
    }

    /// A column of numbers; a missing one is NaN.
    pub fn known_numbers(&self, column: &str) -> Result<Vec<f64>, Failure> {
        let at = self.sheet.needed(column.trim())?;
        (0..self.len()).map(|row| Ok(self.sheet.number(row, at)?.unwrap_or(f64::NAN))).collect()
    }

    /// A column of numbers, none missing.
    pub fn numbers(&self, column: &str) -> Result<Vec<f64>, Failure> {
        let numbers = self.known_numbers(column)?;
        match numbers.iter().position(|number| number.is_nan()) {
            Some(row) => Err(self.refuse(row, &format!("`{column}` is missing"), "complete it, or leave the row out")),
            None => Ok(numbers),
        }
    }

    /// A column of words, none missing.
    pub fn words(&self, column: &str) -> Result<Vec<&str>, Failure> {
        let at = self.sheet.needed(column.trim())?;
        let word = |row| {
            let missing = || self.refuse(row, &format!("`{column}` is missing"), "complete it, or leave the row out");
            self.sheet.code(row, at).ok_or_else(missing)
        };
        (0..self.len()).map(word).collect()
    }

    /// What cannot be taken of a row, with its place.
    pub fn refuse(&self, row: usize, what: &str, help: &str) -> Failure {
        let message = format!("line {} of `{}`: {what}", row + 2, self.sheet.file);
        Failure::new(Exit::Input, REFUSED, message).help(help)
    }

    /// Names of units: those of the column, or of the first one. Where the first one is a figure, numbers of rows.
    pub fn ids(&self, id: Option<&str>, figures: &[&str]) -> Result<Vec<String>, Failure> {
        let column = match (id, self.sheet.columns.first()) {
            (Some(id), _) => id,
            (None, Some(first)) if !figures.contains(&first.as_str()) => first,
            (None, _) => return Ok((1..=self.len()).map(|row| row.to_string()).collect()),
        };
        let ids = self.words(column)?;
        let mut first_row = BTreeMap::new();
        for (row, id) in ids.iter().enumerate() {
            if let Some(first) = first_row.insert(*id, row) {
                let lines = format!("lines {} and {}", first + 2, row + 2);
                let message = format!("`{id}` stands twice in `{}`, column `{column}`: {lines}", self.sheet.file);
                let finding = Diagnostic::error(DUPLICATE_ROW, message)
                    .help("keep one row a unit, or name the column of the names with `--id`");
                return Err(Failure::findings(Exit::Input, vec![finding], Texts::default()));
            }
        }
        Ok(ids.into_iter().map(str::to_owned).collect())
    }

    /// Numerators r and denominators n with r at least 0 and n above 0; of a proportion r is at most n.
    pub fn counts(&self, hits: &str, of: &str, is_proportion: bool) -> Result<(Vec<f64>, Vec<f64>), Failure> {
        let (r, n) = (self.numbers(hits)?, self.numbers(of)?);
        for (row, (r, n)) in r.iter().zip(&n).enumerate() {
            let what = match (*r, *n) {
                (_, n) if n < 0.0 => format!("`{of}` is negative ({n})"),
                (_, 0.0) => format!("`{of}` is 0: there is nothing that `{hits}` could be a part of"),
                (r, _) if r < 0.0 => format!("`{hits}` is negative ({r})"),
                (r, n) if is_proportion && r > n => format!("`{hits}` is more than `{of}` ({r} of {n})"),
                _ => continue,
            };
            return Err(self.refuse(row, &what, "correct the row, or leave it out"));
        }
        Ok((r, n))
    }

    /// Standard errors, all above 0, or at least 0 where the method takes that.
    pub fn errors(&self, column: &str, is_zero_fine: bool) -> Result<Vec<f64>, Failure> {
        let errors = self.numbers(column)?;
        let is_fine = |error: &f64| *error > 0.0 || (is_zero_fine && *error == 0.0);
        match errors.iter().position(|error| !is_fine(error)) {
            Some(row) => {
                let least = if is_zero_fine { "not at least 0" } else { "not above 0" };
                let what = format!("the standard error in `{column}` is {least} ({})", errors[row]);
                Err(self.refuse(row, &what, "correct the row, or leave it out"))
            }
            None => Ok(errors),
        }
    }
}

/// Units and their names.
pub fn units(table: &UnitTable, figures: &[&str]) -> Result<(Cells, Vec<String>), Failure> {
    let cells = Cells::read(&table.data)?;
    let ids = cells.ids(table.id.as_deref(), figures)?;
    Ok((cells, ids))
}

/// Rows of each group in the order of its first row; one group of all without a name where there is no column.
pub fn groups(cells: &Cells, split: Option<&str>) -> Result<Vec<(String, Vec<usize>)>, Failure> {
    let Some(column) = split else { return Ok(vec![(String::new(), (0..cells.len()).collect())]) };
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    for (row, word) in cells.words(column)?.into_iter().enumerate() {
        let at = *places.entry(word).or_insert(groups.len());
        if at == groups.len() {
            groups.push((word.to_owned(), Vec::new()));
        }
        groups[at].1.push(row);
    }
    Ok(groups)
}

/// Cases by group, only the rows that have a value; says how many have none.
pub fn cases(
    table: &CaseTable,
    cells: &Cells,
    values: &[f64],
    column: &str,
    session: &Session<'_>,
) -> Result<Vec<(String, Vec<usize>)>, Failure> {
    let mut groups = groups(cells, table.split.as_deref())?;
    groups.iter_mut().for_each(|(_, rows)| rows.retain(|row| !values[*row].is_nan()));
    say_left_out(values, column, session);
    Ok(groups)
}

/// Says how many rows have no value and do not count.
pub fn say_left_out(values: &[f64], column: &str, session: &Session<'_>) {
    let missing = values.iter().filter(|value| value.is_nan()).count();
    if missing > 0 {
        let message = format!("{missing} of {} rows have no `{column}`, and do not count", values.len());
        let finding =
            Diagnostic::warning(LEFT_OUT, message).help("see whether they are missing for a reason that matters here");
        session.report.findings(&[finding], &Texts::default());
    }
}

/// The head of an answer by groups: the column of the groups, if there are any.
pub fn head<'a>(split: Option<&'a str>, columns: &[&'a str]) -> Vec<&'a str> {
    split.into_iter().chain(columns.iter().copied()).collect()
}

/// A row of an answer by groups.
pub fn line(split: Option<&str>, group: &str, cells: Vec<Cell>) -> Vec<Cell> {
    split.map(|_| Cell::from(group)).into_iter().chain(cells).collect()
}

/// A number; what is not finite is missing.
pub fn number(value: f64) -> Cell {
    Cell::Number(value.is_finite().then_some(value))
}

/// Too few rows, units or replications.
pub fn too_few(message: impl Into<String>, help: &str) -> Failure {
    Failure::new(Exit::Input, TOO_FEW, message).help(help)
}

/// Says that so few clusters make standard errors too small.
pub fn warn_of_few_clusters(clusters: usize, session: &Session<'_>) {
    if clusters < ADVISED_CLUSTERS {
        let message = format!(
            "clusters in a group: {clusters}; with fewer than {ADVISED_CLUSTERS} standard errors are too small"
        );
        let help = "add clusters, or read the errors as the least they are";
        session.report.findings(&[Diagnostic::warning(TOO_FEW, message).help(help)], &Texts::default());
    }
}

/// ` in group …`, or nothing.
pub fn in_group(group: &str) -> String {
    if group.is_empty() { String::new() } else { format!(" in group `{group}`") }
}
