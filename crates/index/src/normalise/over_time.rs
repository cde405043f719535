//! Methods that compare a unit with itself over the years; Handbook, step 5.

use std::collections::BTreeMap;

use super::NormaliseError;
use crate::dataset::{Row, rows_by_unit};

/// What an annual change is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Divisor {
    /// The value of the year before.
    #[default]
    Previous,
    /// The value of the year itself.
    Current,
}

fn years(rows: &[Row]) -> Result<(), NormaliseError> {
    if rows.iter().any(|row| row.time.is_none()) { Err(NormaliseError::NoYears) } else { Ok(()) }
}

/// (x_t - mean over time) / mean over time of |x_t - mean over time|, unit by unit.
///
/// 1, 2, 3: mean 2, mean distance 2/3, so -1.5, 0, 1.5. A unit whose values are all equal is 0 throughout.
///
/// # Errors
/// [`NormaliseError::NoYears`].
pub fn cyclical(x: &[f64], rows: &[Row]) -> Result<Vec<f64>, NormaliseError> {
    years(rows)?;
    let mut result = vec![f64::NAN; x.len()];
    for (_, positions) in rows_by_unit(rows) {
        let observed: Vec<usize> = positions.into_iter().filter(|&row| !x[row].is_nan()).collect();
        if observed.is_empty() {
            continue;
        }
        let n = observed.len() as f64;
        let mean = observed.iter().map(|&row| x[row]).sum::<f64>() / n;
        let distance = observed.iter().map(|&row| (x[row] - mean).abs()).sum::<f64>() / n;
        for row in observed {
            result[row] = if distance == 0.0 { 0.0 } else { (x[row] - mean) / distance };
        }
    }
    Ok(result)
}

/// (x_t - x_{t-1}) / x_{t-1}, or by x_t. Missing in the first year, where the year before has no row or no value, and
/// where the divisor is 0.
///
/// 100 then 110: 0.1.
///
/// # Errors
/// [`NormaliseError::NoYears`].
pub fn annual_change(x: &[f64], rows: &[Row], divisor: Divisor) -> Result<Vec<f64>, NormaliseError> {
    years(rows)?;
    let at: BTreeMap<(&str, Option<i64>), usize> =
        rows.iter().enumerate().map(|(row, key)| ((key.unit.as_str(), key.time), row)).collect();
    Ok(rows
        .iter()
        .enumerate()
        .map(|(row, key)| {
            let before = at.get(&(key.unit.as_str(), key.time.map(|year| year - 1))).map_or(f64::NAN, |&at| x[at]);
            let by = if divisor == Divisor::Previous { before } else { x[row] };
            if by == 0.0 { f64::NAN } else { (x[row] - before) / by }
        })
        .collect())
}

/// x_t / x_{t0}. Missing for units whose value of the reference year is missing or 0.
///
/// # Errors
/// [`NormaliseError::NoYears`], [`NormaliseError::UnknownYear`].
pub fn reference_year(x: &[f64], rows: &[Row], year: i64) -> Result<Vec<f64>, NormaliseError> {
    years(rows)?;
    let base: BTreeMap<&str, f64> = rows
        .iter()
        .enumerate()
        .filter(|(_, key)| key.time == Some(year))
        .map(|(row, key)| (key.unit.as_str(), x[row]))
        .collect();
    if base.is_empty() {
        return Err(NormaliseError::UnknownYear(year));
    }
    let by = |row: &Row| base.get(row.unit.as_str()).copied().filter(|value| *value != 0.0).unwrap_or(f64::NAN);
    Ok(rows.iter().zip(x).map(|(row, value)| value / by(row)).collect())
}
