//! Availability, and screening of units with too few data.

use mizan_model::diagnostic::{Checked, Diagnostic};
use serde::Serialize;

use crate::codes;
use crate::dataset::Dataset;
use crate::denominate::some;
use crate::recipe::{ScreenBy, ScreenStep};
use crate::structure::Structure;

/// What a row has.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Availability {
    /// Code of the unit.
    pub unit: String,
    /// Year.
    pub time: Option<i64>,
    /// Missing values.
    pub missing: usize,
    /// Values that are 0.
    pub zeros: usize,
    /// Share of values that are there: 1 - missing / p. Where groups are asked, that of the poorest group.
    pub available: f64,
    /// Share of present values that are not 0: 1 - zeros / (p - missing).
    pub nonzero: f64,
    /// Whether the row stays.
    pub kept: bool,
    /// Why, where it was forced.
    pub reason: Option<String>,
}

/// Which rows stay.
#[derive(Debug, Clone)]
pub struct Screened {
    /// By row.
    pub keep: Vec<bool>,
    /// By row.
    pub table: Vec<Availability>,
}

/// Availability of each row in some columns. A row without any value has a share of non-zeros of 0.
fn share(dataset: &Dataset, row: usize, columns: &[usize]) -> (usize, usize, f64, f64) {
    let values = || columns.iter().map(|&column| dataset.values[(row, column)]);
    let missing = values().filter(|value| value.is_nan()).count();
    let zeros = values().filter(|value| *value == 0.0).count();
    let there = columns.len() - missing;
    let nonzero = if there == 0 { 0.0 } else { 1.0 - zeros as f64 / there as f64 };
    (missing, zeros, 1.0 - missing as f64 / columns.len() as f64, nonzero)
}

/// Keeps rows with enough data; forced rows last.
///
/// Findings: [`codes::SCREENED`] for who was left out or kept by force, [`codes::UNKNOWN_CODE`] for a forced unit that
/// is not in the table, [`codes::NO_EFFECT`].
pub fn screen(dataset: &Dataset, structure: &Structure, step: &ScreenStep) -> Checked<Screened> {
    let mut diagnostics = Vec::new();
    let columns: Vec<usize> = (0..dataset.indicators.len()).collect();
    let groups: Vec<Vec<usize>> = match step.level {
        None => vec![columns.clone()],
        Some(level) => (0..structure.elements.len())
            .filter(|&element| structure.levels[element] == level)
            .map(|element| structure.indicators_below(element))
            .collect(),
    };
    if groups.is_empty() {
        diagnostics.push(
            Diagnostic::error(codes::PARAMETER, format!("the structure has no level {}", step.level.unwrap_or(0)))
                .help("leave `level` out, or write a level of the structure"),
        );
    }
    let mut table = Vec::with_capacity(dataset.rows.len());
    for (row, unit) in dataset.rows.iter().enumerate() {
        let (missing, zeros, _, _) = share(dataset, row, &columns);
        let shares = || groups.iter().map(|group| share(dataset, row, group));
        let available = shares().map(|(_, _, available, _)| available).fold(1.0, f64::min);
        let nonzero = shares().map(|(_, _, _, nonzero)| nonzero).fold(1.0, f64::min);
        let has_values = available >= step.min_available;
        let has_nonzeros = nonzero >= step.min_nonzero;
        let kept = match step.by {
            ScreenBy::Missing => has_values,
            ScreenBy::Zeros => has_nonzeros,
            ScreenBy::Both => has_values && has_nonzeros,
        };
        let forced = step.keep.get(&unit.unit).map(|reason| (true, reason));
        let forced = forced.or_else(|| step.leave_out.get(&unit.unit).map(|reason| (false, reason)));
        table.push(Availability {
            unit: unit.unit.clone(),
            time: unit.time,
            missing,
            zeros,
            available,
            nonzero,
            kept: forced.map_or(kept, |(kept, _)| kept),
            reason: forced.map(|(_, reason)| reason.clone()),
        });
    }
    for unit in step.keep.keys().chain(step.leave_out.keys()) {
        if !dataset.rows.iter().any(|row| row.unit == *unit) {
            diagnostics.push(
                Diagnostic::error(codes::UNKNOWN_CODE, format!("`screen` names unit `{unit}`, which is not there"))
                    .help("write the code of a unit of the table"),
            );
        }
    }
    let names = |is: &dyn Fn(&Availability) -> bool| -> Vec<String> {
        table.iter().filter(|row| is(row)).map(|row| row.unit.clone()).collect()
    };
    let out = names(&|row| !row.kept);
    let forced = names(&|row| row.reason.is_some() && row.kept);
    for (names, what) in [(&out, "left out"), (&forced, "kept by force")] {
        if !names.is_empty() {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            diagnostics.push(
                Diagnostic::notice(codes::SCREENED, format!("{what} of the index: {}", some(&names)))
                    .help("the record gives the availability of each unit"),
            );
        }
    }
    let keep = table.iter().map(|row| row.kept).collect();
    Checked { value: Screened { keep, table }, diagnostics }
}

/// Availability of indicators: number of values, of zeros, and of different values in each column.
pub fn of_indicators(dataset: &Dataset) -> Vec<IndicatorAvailability> {
    dataset
        .indicators
        .iter()
        .enumerate()
        .map(|(column, code)| {
            let sorted = mizan_stats::shape::sorted(dataset.values.column(column).as_slice());
            let mut unique = sorted.clone();
            unique.dedup();
            IndicatorAvailability {
                indicator: code.clone(),
                values: sorted.len(),
                zeros: sorted.iter().filter(|value| **value == 0.0).count(),
                unique: unique.len(),
                rows: dataset.rows.len(),
            }
        })
        .collect()
}

/// What a column has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndicatorAvailability {
    /// Code.
    pub indicator: String,
    /// Values that are there.
    pub values: usize,
    /// Values that are 0.
    pub zeros: usize,
    /// Different values.
    pub unique: usize,
    /// Rows.
    pub rows: usize,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use nalgebra::DMatrix;

    use super::*;
    use crate::dataset::Row;
    use crate::structure::{Element, ElementKind};

    fn check(step: &ScreenStep, keep: [bool; 3]) -> Checked<Screened> {
        let nan = f64::NAN;
        let rows = ["a", "b", "c"].map(|unit| Row { unit: unit.into(), name: unit.into(), time: None }).to_vec();
        let codes = ["w", "x", "y", "z"].map(str::to_owned).to_vec();
        let values = DMatrix::from_row_slice(3, 4, &[1.0, 2.0, 3.0, 4.0, 1.0, nan, nan, nan, 0.0, 0.0, 0.0, 5.0]);
        let parents = ["p", "p", "q", "q"];
        let mut lines: Vec<Element> = codes
            .iter()
            .zip(parents)
            .map(|(code, parent)| Element::new(code, ElementKind::Indicator, Some(parent)))
            .collect();
        lines.extend(["p", "q"].map(|code| Element::new(code, ElementKind::Aggregate, Some("top"))));
        lines.push(Element::new("top", ElementKind::Aggregate, None));
        let dataset = Dataset::new(rows, codes, values).value;
        let screened = screen(&dataset, &Structure::new(lines).value, step);
        assert_eq!(screened.value.keep, keep);
        screened
    }

    #[test]
    fn by_missing_zeros_groups_and_force() {
        check(&ScreenStep::default(), [true, false, true]);
        check(&ScreenStep { by: ScreenBy::Zeros, min_nonzero: 0.5, ..Default::default() }, [true, true, false]);
        check(&ScreenStep { by: ScreenBy::Both, min_nonzero: 0.5, ..Default::default() }, [true, false, false]);
        check(&ScreenStep { min_available: 0.25, ..Default::default() }, [true, true, true]);
        // In group q, unit b has nothing.
        check(&ScreenStep { min_available: 0.25, level: Some(2), ..Default::default() }, [true, false, true]);
        let forced = ScreenStep {
            keep: BTreeMap::from([("b".into(), "host of the pilot".into())]),
            leave_out: BTreeMap::from([("a".into(), "asked to be left out".into())]),
            ..Default::default()
        };
        let screened = check(&forced, [false, true, true]);
        assert_eq!(screened.value.table[1].reason.as_deref(), Some("host of the pilot"));
        assert_eq!(screened.diagnostics.len(), 2);
        assert!(!check(&ScreenStep { level: Some(9), ..Default::default() }, [true; 3]).is_usable());
    }
}
