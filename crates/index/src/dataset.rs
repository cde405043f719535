//! The table of indicators: one row a unit, or a unit and a year, and one column an indicator.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use mizan_model::diagnostic::{Checked, Diagnostic};
use nalgebra::DMatrix;

use crate::codes;

/// A row: whose values these are, and of which year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Row {
    /// Code of the unit (an administration, an office).
    pub unit: String,
    /// Name of the unit; the code where none was given.
    pub name: String,
    /// Year, in a panel.
    pub time: Option<i64>,
}

impl Row {
    /// The unit, in a panel with its year: `LAO 2018`.
    pub fn label(&self) -> String {
        self.time.map_or_else(|| self.unit.clone(), |time| format!("{} {time}", self.unit))
    }
}

/// Units by indicators, with what belongs to the units.
#[derive(Debug, Clone)]
pub struct Dataset {
    /// Rows in the order of the source.
    pub rows: Arc<Vec<Row>>,
    /// Codes of the indicators, as columns of `values`.
    pub indicators: Vec<String>,
    /// Rows by indicators; a missing cell is NaN.
    pub values: DMatrix<f64>,
    /// Groupings of the units by name (region, income): one word a row, `None` where a unit has no group.
    pub groups: Arc<BTreeMap<String, Vec<Option<String>>>>,
    /// Columns to divide by, by code: one number a row, NaN where missing.
    pub denominators: Arc<BTreeMap<String, Vec<f64>>>,
}

impl Dataset {
    /// Checks what every step takes for granted: some rows and columns, none of them twice, no infinite number, and a
    /// year for all rows or for none.
    ///
    /// `values` is rows by indicators. Findings: [`codes::EMPTY_TABLE`], [`codes::DUPLICATE_ROW`],
    /// [`codes::DUPLICATE_CODE`], [`codes::NOT_A_NUMBER`], [`codes::YEAR_MISSING`].
    pub fn new(rows: Vec<Row>, indicators: Vec<String>, values: DMatrix<f64>) -> Checked<Dataset> {
        let mut diagnostics = Vec::new();
        if rows.is_empty() || indicators.is_empty() {
            diagnostics.push(
                Diagnostic::error(codes::EMPTY_TABLE, "the table of units has no rows or no indicators")
                    .help("give one row a unit and one column an indicator"),
            );
        }
        let mut seen = BTreeSet::new();
        for row in &rows {
            if !seen.insert((&row.unit, row.time)) {
                let year = row.time.map(|time| format!(" in {time}")).unwrap_or_default();
                diagnostics.push(
                    Diagnostic::error(codes::DUPLICATE_ROW, format!("unit `{}`{year} stands twice", row.unit))
                        .help("keep one row; a panel needs a column `Time`"),
                );
            }
        }
        let mut seen = BTreeSet::new();
        for code in indicators.iter().filter(|code| !seen.insert(*code)) {
            diagnostics.push(
                Diagnostic::error(codes::DUPLICATE_CODE, format!("column `{code}` stands twice"))
                    .help("keep one of them"),
            );
        }
        for (column, code) in indicators.iter().enumerate() {
            if let Some(row) = values.column(column).iter().position(|value| value.is_infinite()) {
                diagnostics.push(
                    Diagnostic::error(
                        codes::NOT_A_NUMBER,
                        format!("`{code}` of unit `{}` is not a finite number", rows[row].unit),
                    )
                    .help("leave the cell empty if it is not known"),
                );
            }
        }
        if rows.iter().any(|row| row.time.is_some()) && rows.iter().any(|row| row.time.is_none()) {
            diagnostics.push(
                Diagnostic::error(codes::YEAR_MISSING, "some rows have a year and others have none")
                    .help("give `Time` for all rows, or leave the column out"),
            );
        }
        let value =
            Dataset { rows: Arc::new(rows), indicators, values, groups: Arc::default(), denominators: Arc::default() };
        Checked { value, diagnostics }
    }

    /// Whether rows have years.
    pub fn is_panel(&self) -> bool {
        self.rows.first().is_some_and(|row| row.time.is_some())
    }

    /// The years in order; one `None` for a table without years.
    pub fn times(&self) -> Vec<Option<i64>> {
        times(&self.rows)
    }
}

/// The years of rows in order; one `None` for a table without years.
pub(crate) fn times(rows: &[Row]) -> Vec<Option<i64>> {
    rows.iter().map(|row| row.time).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Positions of the rows of each year, in the order of the years.
pub(crate) fn rows_by_time(rows: &[Row]) -> Vec<(Option<i64>, Vec<usize>)> {
    let mut by_time: BTreeMap<Option<i64>, Vec<usize>> = BTreeMap::new();
    for (position, row) in rows.iter().enumerate() {
        by_time.entry(row.time).or_default().push(position);
    }
    by_time.into_iter().collect()
}

/// Positions of the rows of each unit in the order of its years, units in the order of their codes.
pub(crate) fn rows_by_unit(rows: &[Row]) -> Vec<(&str, Vec<usize>)> {
    let mut by_unit: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (position, row) in rows.iter().enumerate() {
        by_unit.entry(&row.unit).or_default().push(position);
    }
    for positions in by_unit.values_mut() {
        positions.sort_by_key(|&position| rows[position].time);
    }
    by_unit.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(unit: &str, time: Option<i64>) -> Row {
        Row { unit: unit.into(), name: unit.into(), time }
    }

    fn check(rows: Vec<Row>, indicators: &[&str], values: &[f64], expect: &[&str]) {
        let values = DMatrix::from_row_slice(rows.len(), indicators.len(), values);
        let indicators = indicators.iter().map(|&code| code.to_owned()).collect();
        let found = Dataset::new(rows, indicators, values).diagnostics;
        assert_eq!(found.iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>(), expect);
    }

    #[test]
    fn what_steps_take_for_granted_is_checked() {
        check(vec![], &[], &[], &[codes::EMPTY_TABLE]);
        check(vec![row("a", None), row("a", None)], &["x"], &[1.0, 2.0], &[codes::DUPLICATE_ROW]);
        check(vec![row("a", None)], &["x", "x"], &[1.0, 2.0], &[codes::DUPLICATE_CODE]);
        check(vec![row("a", None)], &["x"], &[f64::INFINITY], &[codes::NOT_A_NUMBER]);
        check(vec![row("a", Some(1)), row("b", None)], &["x"], &[1.0, 2.0], &[codes::YEAR_MISSING]);
        check(vec![row("a", Some(1)), row("a", Some(2))], &["x"], &[1.0, f64::NAN], &[]);
    }
}
