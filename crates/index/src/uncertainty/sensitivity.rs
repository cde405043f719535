//! Sensitivity analysis: which choice moves the ranks.

use std::sync::atomic::AtomicBool;

use nalgebra::DMatrix;

use super::draws::Draws;
use super::estimators::{SensitivityIndices, indices};
use super::lever::Setting;
use super::walk::{Analysis, Ranks, UncertaintyError};

/// Runs and indices of a sensitivity analysis.
#[derive(Debug, Clone)]
pub struct Sensitivity {
    /// Number of rows of A: N (d + 2) runs in all.
    pub replications: usize,
    /// Indices of the mean shift of rank, by input of the recipe.
    pub mean_shift: Vec<SensitivityIndices>,
    /// Indices of the rank of each row, by row and input; NaN where the rank never moves or is missing.
    pub by_row: Vec<Vec<SensitivityIndices>>,
    /// Ranks of A and B together, from which rank summaries are made.
    pub ranks: Ranks,
    /// Rank of each row with the recipe as it is.
    pub nominal: Vec<u16>,
}

/// Runs A, B and each AB_k, and estimates the indices with `resamples` bootstrap resamples.
///
/// `draws` have two columns an input: A and B.
///
/// # Errors
/// [`UncertaintyError`].
pub fn sensitivity(
    analysis: &Analysis<'_>,
    draws: &Draws,
    resamples: usize,
    progress: &(dyn Fn(usize) + Sync),
    stop: &AtomicBool,
) -> Result<Sensitivity, UncertaintyError> {
    let (n, d) = (draws.len(), analysis.levers.len());
    let mut settings: Vec<Vec<Setting>> = Vec::with_capacity(n * (d + 2));
    settings.extend((0..n).map(|row| analysis.settings(&draws.row(row)[..d])));
    settings.extend((0..n).map(|row| analysis.settings(&draws.row(row)[d..])));
    for input in 0..d {
        for row in 0..n {
            let mut uniforms = draws.row(row)[..d].to_vec();
            uniforms[input] = draws.row(row)[d + input];
            settings.push(analysis.settings(&uniforms));
        }
    }
    let nominal = analysis.nominal()?.ranks;
    let runs = analysis.run_settings(&settings, progress, stop)?;
    let rows = nominal.len();
    let shifts = |block: usize| DMatrix::from_fn(n, 1, |run, _| shift(runs.ranks.of(block * n + run), &nominal));
    let ab: Vec<DMatrix<f64>> = (0..d).map(|input| shifts(2 + input)).collect();
    let seed = analysis.uncertainty.seed;
    let mean_shift = indices(&shifts(0), &shifts(1), &ab, resamples, seed).pop().unwrap_or_default();
    let of_row = |row: usize, block: usize| {
        DMatrix::from_fn(n, 1, |run, _| match runs.ranks.of(block * n + run)[row] {
            0 => f64::NAN,
            rank => f64::from(rank),
        })
    };
    let by_row = {
        use rayon::prelude::*;
        let of = |row: usize| {
            let ab: Vec<DMatrix<f64>> = (0..d).map(|input| of_row(row, 2 + input)).collect();
            indices(&of_row(row, 0), &of_row(row, 1), &ab, resamples, seed).pop().unwrap_or_default()
        };
        (0..rows).into_par_iter().map(of).collect()
    };
    let ranks = Ranks { rows, ranks: runs.ranks.ranks[..2 * n * rows].to_vec() };
    Ok(Sensitivity { replications: n, mean_shift, by_row, ranks, nominal })
}

/// Mean over rows of |rank - nominal rank|, over rows that have both.
pub(super) fn shift(ranks: &[u16], nominal: &[u16]) -> f64 {
    let both = ranks.iter().zip(nominal).filter(|(rank, nominal)| **rank > 0 && **nominal > 0);
    let (sum, count) =
        both.fold((0u64, 0u64), |(sum, count), (rank, nominal)| (sum + u64::from(rank.abs_diff(*nominal)), count + 1));
    sum as f64 / count as f64
}
