//! Mean or median of the column, or of the unit's group.

use std::collections::BTreeMap;

use mizan_model::diagnostic::Diagnostic;
use mizan_stats::shape::{mean, median};

use super::Filled;
use crate::codes;
use crate::dataset::Dataset;
use crate::recipe::{ImputeMethod, ImputeStep};

pub(super) fn fill(dataset: &Dataset, step: &ImputeStep) -> Result<Filled, Box<Diagnostic>> {
    let groups: Vec<Vec<usize>> = match &step.group {
        None => vec![(0..dataset.rows.len()).collect()],
        Some(name) => {
            let Some(words) = dataset.groups.get(name) else {
                let known: Vec<&str> = dataset.groups.keys().map(String::as_str).collect();
                return Err(Box::new(
                    Diagnostic::error(codes::PARAMETER, format!("there is no group `{name}` in the table of units"))
                        .why(format!("its groups are `{}`", known.join("`, `")))
                        .help("give the column a line of type `Group` in the structure"),
                ));
            };
            let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            for (row, word) in words.iter().enumerate() {
                // A unit without a group stays missing.
                if let Some(word) = word {
                    groups.entry(word).or_default().push(row);
                }
            }
            groups.into_values().collect()
        }
    };
    let mut values = dataset.values.clone();
    for column in 0..values.ncols() {
        for rows in &groups {
            let own: Vec<f64> = rows.iter().map(|&row| dataset.values[(row, column)]).collect();
            if !own.iter().any(|value| value.is_nan()) {
                continue;
            }
            let value = if step.method == ImputeMethod::Median { median(&own) } else { mean(&own) };
            for &row in rows.iter().filter(|&&row| dataset.values[(row, column)].is_nan()) {
                values[(row, column)] = value;
            }
        }
    }
    Ok(Filled::new(values))
}
