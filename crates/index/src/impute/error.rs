//! Error of an imputation: observed cells are blanked one after the other, and imputed.

use serde::Serialize;

use super::fill;
use crate::dataset::Dataset;
use crate::recipe::{ImputeMethod, ImputeStep};
use crate::structure::Structure;

/// Above so many observed cells of an indicator, and for slow methods, ten folds are blanked instead of one cell at a
/// time.
const MOST_CELLS: usize = 200;
const FOLDS: usize = 10;

/// Error of an indicator.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeaveOutError {
    /// Code.
    pub indicator: String,
    /// Cells that were blanked and filled again.
    pub n: usize,
    /// Root of the mean square error.
    pub rmse: f64,
    /// Mean absolute error.
    pub mae: f64,
    /// 1 - SSE / SST; negative where the mean would have been nearer.
    pub r2: f64,
}

/// Error of a step in each indicator that has missing cells, or in all if none has.
///
/// `progress` is called with the number of indicators done. Cells that the method cannot fill do not count.
pub fn leave_out_error(
    dataset: &Dataset,
    structure: &Structure,
    step: &ImputeStep,
    progress: &mut dyn FnMut(usize),
) -> Vec<LeaveOutError> {
    let has_gaps = |column: &usize| dataset.values.column(*column).iter().any(|value| value.is_nan());
    let mut columns: Vec<usize> = (0..dataset.values.ncols()).filter(has_gaps).collect();
    if columns.is_empty() {
        columns = (0..dataset.values.ncols()).collect();
    }
    columns
        .iter()
        .enumerate()
        .map(|(done, &column)| {
            let error = of_column(dataset, structure, step, column);
            progress(done + 1);
            error
        })
        .collect()
}

fn of_column(dataset: &Dataset, structure: &Structure, step: &ImputeStep, column: usize) -> LeaveOutError {
    let there: Vec<usize> = (0..dataset.rows.len()).filter(|&row| !dataset.values[(row, column)].is_nan()).collect();
    // Methods that come to an end over many rounds do so again for each fold.
    let is_slow = matches!(step.method, ImputeMethod::Em | ImputeMethod::Multiple);
    let folds: Vec<Vec<usize>> = if there.len() <= MOST_CELLS && !is_slow {
        there.iter().map(|&row| vec![row]).collect()
    } else {
        (0..FOLDS).map(|fold| there.iter().copied().skip(fold).step_by(FOLDS).collect()).collect()
    };
    let mut pairs: Vec<(f64, f64)> = Vec::new();
    let mut blanked = dataset.clone();
    for fold in folds {
        fold.iter().for_each(|&row| blanked.values[(row, column)] = f64::NAN);
        if let Ok(filled) = fill(&blanked, structure, step) {
            let found = fold.iter().map(|&row| (dataset.values[(row, column)], filled.values[(row, column)]));
            pairs.extend(found.filter(|(_, guess)| !guess.is_nan()));
        }
        fold.iter().for_each(|&row| blanked.values[(row, column)] = dataset.values[(row, column)]);
    }
    let n = pairs.len() as f64;
    let mean = pairs.iter().map(|(truth, _)| truth).sum::<f64>() / n;
    let sse: f64 = pairs.iter().map(|(truth, guess)| (truth - guess).powi(2)).sum();
    let sst: f64 = pairs.iter().map(|(truth, _)| (truth - mean).powi(2)).sum();
    LeaveOutError {
        indicator: dataset.indicators[column].clone(),
        n: pairs.len(),
        rmse: (sse / n).sqrt(),
        mae: pairs.iter().map(|(truth, guess)| (truth - guess).abs()).sum::<f64>() / n,
        r2: 1.0 - sse / sst,
    }
}
