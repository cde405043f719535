//! Sensitivity analysis: which choice moves the ranks.

use std::sync::atomic::AtomicBool;

use rayon::prelude::*;

use super::analysis::{Analysis, UncertaintyError};
use super::draws::Draws;
use super::estimators::{Bootstrap, SensitivityIndices, indices_of};
use super::lever::Setting;
use super::ranks::Ranks;

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
    draws.check(analysis.uncertainty, 2)?;
    let (n, d) = (draws.len(), analysis.levers.len());
    let mut settings: Vec<Setting> = Vec::with_capacity(n * (d + 2) * d);
    for block in 0..d + 2 {
        for row in 0..n {
            let (a, b) = draws.row(row).split_at(d);
            match block {
                0 => settings.extend(analysis.settings(a)),
                1 => settings.extend(analysis.settings(b)),
                _ => {
                    let mut uniforms = a.to_vec();
                    uniforms[block - 2] = b[block - 2];
                    settings.extend(analysis.settings(&uniforms));
                }
            }
        }
    }
    let nominal = analysis.nominal()?.ranks;
    let runs = analysis.run_settings(&settings, progress, stop)?.ranks;
    drop(settings);
    let rows = nominal.len();
    let bootstrap = Bootstrap { resamples, seed: analysis.uncertainty.seed };
    let shifts: Vec<f64> = (0..runs.len()).into_par_iter().map(|run| shift(runs.of(run), &nominal)).collect();
    let of_shift = |_: usize, block: usize| shifts[block * n..(block + 1) * n].to_vec();
    let mean_shift = indices_of(n, d, 1, &of_shift, bootstrap).pop().unwrap_or_default();
    let by_row = runs.by_row();
    let of_row = |row: usize, block: usize| {
        let own = &by_row[row * runs.len()..][block * n..(block + 1) * n];
        own.iter().map(|rank| if *rank == 0 { f64::NAN } else { f64::from(*rank) }).collect()
    };
    let by_row = indices_of(n, d, rows, &of_row, bootstrap);
    let ranks = Ranks { rows, ranks: runs.ranks[..2 * n * rows].to_vec() };
    Ok(Sensitivity { replications: n, mean_shift, by_row, ranks, nominal })
}

/// Mean over rows of |rank - nominal rank|, over rows that have both.
pub(super) fn shift(ranks: &[u16], nominal: &[u16]) -> f64 {
    let both = ranks.iter().zip(nominal).filter(|(rank, nominal)| **rank > 0 && **nominal > 0);
    let (sum, count) =
        both.fold((0u64, 0u64), |(sum, count), (rank, nominal)| (sum + u64::from(rank.abs_diff(*nominal)), count + 1));
    sum as f64 / count as f64
}
