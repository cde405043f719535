//! Time: how indicators of a unit move over the years.

use mizan_model::diagnostic::{Checked, Diagnostic};
use nalgebra::DMatrix;
use serde::Serialize;

use crate::codes;
use crate::dataset::{Dataset, rows_by_unit};

/// Compound annual growth rate, (last / first)^(1 / years) - 1.
///
/// 100 and 121 two years later: 0.1. `None` without time between, for a first value of 0, and where a value has changed
/// its sign: growth has no meaning there.
///
/// ```
/// let rate = mizan_index::time::cagr(100.0, 121.0, 2).unwrap();
/// assert!((rate - 0.1).abs() < 1e-12);
/// assert_eq!(mizan_index::time::cagr(-1.0, 2.0, 2), None);
/// ```
pub fn cagr(first: f64, last: f64, years: i64) -> Option<f64> {
    let ratio = last / first;
    let is_defined = years > 0 && ratio.is_finite() && ratio >= 0.0 && first != 0.0;
    is_defined.then(|| ratio.powf(1.0 / years as f64) - 1.0)
}

/// Percent change a year: 100 times the slope of the least-squares line over its value in the first year.
///
/// `points` are years and values, by year. The line uses all of them, so that one odd year at an end does not decide.
/// 10, 12, 11, 15 in 2001 to 2004: the line is 9.9 + 1.4 a year, 14.14 %. `None` below three values or where the line
/// begins at 0 (or so near to it that only rounding is left). A line that begins below 0 is divided by its distance from 0, so that the sign is that of the slope.
pub fn percent_change(points: &[(i64, f64)]) -> Option<f64> {
    if points.len() < 3 {
        return None;
    }
    let n = points.len() as f64;
    let origin = points[0].0;
    let time = |year: i64| (year - origin) as f64;
    let mean_time = points.iter().map(|(year, _)| time(*year)).sum::<f64>() / n;
    let mean = points.iter().map(|(_, value)| value).sum::<f64>() / n;
    let products: f64 = points.iter().map(|(year, value)| (time(*year) - mean_time) * (value - mean)).sum();
    let squares: f64 = points.iter().map(|(year, _)| (time(*year) - mean_time).powi(2)).sum();
    let slope = products / squares;
    let start = (mean - slope * mean_time).abs();
    let size = points.iter().map(|(_, value)| value.abs()).fold(0.0, f64::max);
    (start > 1e-12 * size).then(|| 100.0 * slope / start)
}

/// One unit and indicator over the years.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trend {
    /// Code of the unit.
    pub unit: String,
    /// Column of the table.
    pub column: usize,
    /// Years with a value.
    pub n: usize,
    /// First year with a value, and the value.
    pub first: Option<(i64, f64)>,
    /// Last year with a value, and the value.
    pub last: Option<(i64, f64)>,
    /// [`cagr`] between both.
    pub cagr: Option<f64>,
    /// [`percent_change`] over all.
    pub percent_change: Option<f64>,
}

/// Trends of each unit and column, units in the order of their codes.
///
/// `values` is rows by columns: the indicators or, with one column an element, the scores of the rows of `dataset`. Finding: [`codes::PARAMETER`] for a table
/// without years or of another number of rows.
pub fn trends(dataset: &Dataset, values: &DMatrix<f64>) -> Checked<Vec<Trend>> {
    let refused = |message: &str, help: &str| Checked {
        value: Vec::new(),
        diagnostics: vec![Diagnostic::error(codes::PARAMETER, message).help(help)],
    };
    if !dataset.is_panel() {
        return refused("trends need years", "give the column `Time`");
    }
    if values.nrows() != dataset.rows.len() {
        return refused("the values have another number of rows than the table", "give one row a unit and year");
    }
    let mut found = Vec::new();
    for (unit, rows) in rows_by_unit(&dataset.rows) {
        for (column, values) in values.column_iter().enumerate() {
            let points: Vec<(i64, f64)> = rows
                .iter()
                .filter_map(|&row| Some((dataset.rows[row].time?, values[row])))
                .filter(|(_, value)| !value.is_nan())
                .collect();
            let (first, last) = (points.first().copied(), points.last().copied());
            let growth = first.zip(last).and_then(|(first, last)| cagr(first.1, last.1, last.0 - first.0));
            let percent_change = percent_change(&points);
            found.push(Trend {
                unit: unit.to_owned(),
                column,
                n: points.len(),
                first,
                last,
                cagr: growth,
                percent_change,
            });
        }
    }
    Checked { value: found, diagnostics: Vec::new() }
}

#[cfg(test)]
mod tests;
