//! An office over all windows: how good, and how stable.

use std::collections::BTreeMap;

use crate::productivity::Panel;

use super::Windows;

/// Scores of an office over all windows. What needs two scores is `None` where there are not two.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Name of the unit.
    pub unit: String,
    /// Number of its scores.
    pub scores: usize,
    /// Cells without a score, which count in none of the numbers.
    pub without: usize,
    /// Mean of its scores.
    pub mean: Option<f64>,
    /// Their variance, with n − 1.
    pub variance: Option<f64>,
    /// Largest difference between scores of the same period in different windows (LDY): what the choice of those beside
    /// it does.
    pub within_period: Option<f64>,
    /// Largest difference between any two of its scores (LDP).
    pub overall: Option<f64>,
}

/// One summary a unit, in the order in which units first stand in the panel.
pub fn summaries(panel: &Panel, windows: &Windows) -> Vec<Summary> {
    let mut order: Vec<&String> = Vec::new();
    let mut cells: BTreeMap<&String, Vec<(i64, Option<f64>)>> = BTreeMap::new();
    for unit in &panel.units {
        if cells.insert(unit, Vec::new()).is_none() {
            order.push(unit);
        }
    }
    for cell in &windows.cells {
        let found = (panel.years[cell.row], cell.score.ok());
        cells.entry(&panel.units[cell.row]).or_default().push(found);
    }
    order.into_iter().map(|unit| summary(unit, cells.get(unit).map_or(&[], Vec::as_slice))).collect()
}

fn summary(unit: &str, cells: &[(i64, Option<f64>)]) -> Summary {
    let scored: Vec<(i64, f64)> = cells.iter().filter_map(|(year, score)| score.map(|score| (*year, score))).collect();
    let mut years: BTreeMap<i64, Vec<f64>> = BTreeMap::new();
    scored.iter().for_each(|(year, score)| years.entry(*year).or_default().push(*score));
    let all: Vec<f64> = scored.iter().map(|(_, score)| *score).collect();
    let count = all.len() as f64;
    let mean = (!all.is_empty()).then(|| all.iter().sum::<f64>() / count);
    let variance = mean
        .filter(|_| all.len() > 1)
        .map(|mean| all.iter().map(|score| (score - mean).powi(2)).sum::<f64>() / (count - 1.0));
    Summary {
        unit: unit.to_owned(),
        scores: all.len(),
        without: cells.len() - all.len(),
        mean,
        variance,
        within_period: years.values().filter_map(|scores| range(scores)).reduce(f64::max),
        overall: range(&all),
    }
}

/// Largest minus least of at least two numbers.
fn range(numbers: &[f64]) -> Option<f64> {
    let ends = numbers
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), number| (low.min(*number), high.max(*number)));
    (numbers.len() > 1).then_some(ends.1 - ends.0)
}
