//! Over the years of each unit: latest, constant, linear, linear-constant.

use mizan_model::diagnostic::Diagnostic;

use super::Filled;
use crate::codes;
use crate::dataset::{Dataset, rows_by_unit};
use crate::recipe::{ImputeMethod, ImputeStep};

/// A year and its value.
type Point = (i64, f64);

pub(super) fn fill(dataset: &Dataset, step: &ImputeStep) -> Filled {
    let years: Vec<i64> = dataset.times().into_iter().flatten().collect();
    let position = |year: i64| years.iter().position(|known| *known == year).unwrap_or(0);
    let mut filled = Filled::new(dataset.values.clone());
    let mut single = Vec::new();
    for (unit, rows) in rows_by_unit(&dataset.rows) {
        for column in 0..dataset.values.ncols() {
            let year = |row: usize| dataset.rows[row].time.unwrap_or(0);
            let own = rows.iter().map(|&row| (year(row), dataset.values[(row, column)]));
            let points: Vec<Point> = own.filter(|(_, value)| !value.is_nan()).collect();
            if points.len() == rows.len() || points.is_empty() {
                continue;
            }
            if points.len() == 1 && step.method == ImputeMethod::Linear {
                single.push(format!("{} of {unit}", dataset.indicators[column]));
                continue;
            }
            for &row in rows.iter().filter(|&&row| dataset.values[(row, column)].is_nan()) {
                let at = year(row);
                let found = match step.method {
                    ImputeMethod::Latest => latest(&points, at, step, &position),
                    ImputeMethod::Constant => constant(&points, at),
                    _ => linear(&points, at),
                };
                if let Some((used, value)) = found {
                    filled.values[(row, column)] = value;
                    filled.years.push((row, column, used));
                }
            }
        }
    }
    if !single.is_empty() {
        let names: Vec<&str> = single.iter().map(String::as_str).collect();
        let message = format!("no line goes through a single value: {}", crate::denominate::some(&names));
        filled.diagnostics.push(
            Diagnostic::warning(codes::TOO_FEW, message)
                .help("take `linear-constant`, which carries the single value over all years"),
        );
    }
    filled
}

/// The most recent earlier year, not too many years of the table back, and not too many calendar years.
fn latest(points: &[Point], at: i64, step: &ImputeStep, position: &dyn Fn(i64) -> usize) -> Option<Point> {
    let (year, value) = *points.iter().rev().find(|(year, _)| *year < at)?;
    let steps = position(at) - position(year);
    let is_near = step.max_time.is_none_or(|most| steps <= most as usize);
    let is_young = step.max_age.is_none_or(|most| at - year <= i64::from(most));
    (is_near && is_young).then_some((year, value))
}

/// The last earlier value, or the first one before the series begins.
fn constant(points: &[Point], at: i64) -> Option<Point> {
    points.iter().rev().find(|(year, _)| *year < at).or_else(|| points.first()).copied()
}

/// Between the neighbours, the ends held flat.
fn linear(points: &[Point], at: i64) -> Option<Point> {
    let before = points.iter().rev().find(|(year, _)| *year < at);
    let after = points.iter().find(|(year, _)| *year > at);
    match (before, after) {
        (Some(&(t0, x0)), Some(&(t1, x1))) => {
            let share = (at - t0) as f64 / (t1 - t0) as f64;
            Some((if at - t0 <= t1 - at { t0 } else { t1 }, x0 + share * (x1 - x0)))
        }
        (one, other) => one.or(other).copied(),
    }
}
