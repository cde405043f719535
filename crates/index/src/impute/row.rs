//! Mean or median along the row, after each column was scaled to 0 to 1 by its observed values in its direction.

use mizan_stats::shape::{mean, median};

use super::{Filled, relatives};
use crate::dataset::Dataset;
use crate::recipe::{ImputeMethod, ImputeStep};
use crate::structure::Structure;

pub(super) fn fill(dataset: &Dataset, structure: &Structure, step: &ImputeStep) -> Filled {
    let x = &dataset.values;
    let direction = |column: usize| structure.elements[column].direction;
    let scales: Vec<(f64, f64)> = (0..x.ncols())
        .map(|column| {
            let own: Vec<f64> = x.column(column).iter().map(|value| value * direction(column)).collect();
            let own = mizan_stats::shape::sorted(&own);
            (own.first().copied().unwrap_or(f64::NAN), own.last().copied().unwrap_or(f64::NAN))
        })
        .collect();
    let scaled = x.map_with_location(|_, column, value| {
        let (least, largest) = scales[column];
        if largest > least { (value * direction(column) - least) / (largest - least) } else { f64::NAN }
    });
    let mut values = x.clone();
    for column in 0..x.ncols() {
        if !x.column(column).iter().any(|value| value.is_nan()) {
            continue;
        }
        // Without a level, all indicators.
        let among = match step.level {
            None => (0..x.ncols()).collect(),
            level => relatives(structure, column, level),
        };
        let (least, largest) = scales[column];
        for row in 0..x.nrows() {
            if !x[(row, column)].is_nan() {
                continue;
            }
            let own: Vec<f64> = among.iter().map(|&other| scaled[(row, other)]).collect();
            let middle = if step.method == ImputeMethod::RowMedian { median(&own) } else { mean(&own) };
            let value = (middle * (largest - least) + least) * direction(column);
            values[(row, column)] = if value.is_finite() { value } else { f64::NAN };
        }
    }
    Filled::new(values)
}
