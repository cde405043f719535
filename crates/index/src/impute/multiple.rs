//! Multiple imputation: several tables by chained stochastic regressions, and Rubin's rules.

use mizan_model::diagnostic::{Checked, Diagnostic};
use nalgebra::DMatrix;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

use super::regression::{fit, most_correlated, normal};
use super::relatives;
use crate::codes;
use crate::dataset::Dataset;
use crate::recipe::ImputeStep;
use crate::structure::Structure;

/// Rounds of the chain of regressions.
const ROUNDS: usize = 10;

/// The tables.
///
/// Each starts with column means in the missing cells; then, for ten rounds, each column with missing cells is regressed
/// on its most correlated relatives and its missing cells are drawn anew. Findings: [`codes::STAYS_MISSING`],
/// [`codes::NO_EFFECT`], [`codes::PARAMETER`] for a level that is not there; then there are no tables.
pub fn multiple(dataset: &Dataset, structure: &Structure, step: &ImputeStep) -> Checked<Vec<DMatrix<f64>>> {
    if let Err(finding) = super::check_level(structure, step) {
        return Checked { value: Vec::new(), diagnostics: vec![*finding] };
    }
    let mut diagnostics = Vec::new();
    let gaps = dataset.values.iter().filter(|value| value.is_nan()).count();
    if gaps == 0 {
        diagnostics.push(
            Diagnostic::notice(codes::NO_EFFECT, "nothing is missing: all imputations are the same")
                .help("leave the step `impute` out"),
        );
    }
    let tables: Vec<DMatrix<f64>> =
        (0..step.imputations).map(|number| one(dataset, structure, step, number as u64)).collect();
    let left = tables.first().map_or(0, |table| table.iter().filter(|value| value.is_nan()).count());
    if left > 0 {
        diagnostics.push(
            Diagnostic::warning(codes::STAYS_MISSING, format!("{left} of {gaps} cells stay missing after imputation"))
                .why("their column has fewer than three values")
                .help("take the indicator out, or accept that weights are re-normalised"),
        );
    }
    Checked { value: tables, diagnostics }
}

/// One table; its number is its stream of random numbers.
pub(super) fn one(dataset: &Dataset, structure: &Structure, step: &ImputeStep, number: u64) -> DMatrix<f64> {
    let original = &dataset.values;
    let mut rng = ChaCha8Rng::seed_from_u64(step.seed);
    rng.set_stream(number);
    let mut x = original.clone();
    let mut gaps: Vec<(usize, Vec<usize>)> = Vec::new();
    for column in 0..x.ncols() {
        let rows: Vec<usize> = (0..x.nrows()).filter(|&row| original[(row, column)].is_nan()).collect();
        if rows.is_empty() || x.nrows() - rows.len() < 3 {
            continue;
        }
        let mean = mizan_stats::shape::mean(original.column(column).as_slice());
        rows.iter().for_each(|&row| x[(row, column)] = mean);
        gaps.push((column, rows));
    }
    for _ in 0..ROUNDS {
        for (column, rows) in &gaps {
            let among: Vec<usize> =
                relatives(structure, *column, step.level).into_iter().filter(|other| other != column).collect();
            // The line is fitted on rows in which the column itself was observed.
            let mut known = x.clone();
            rows.iter().for_each(|&row| known[(row, *column)] = f64::NAN);
            let best = most_correlated(&known, *column, &among, step.predictors);
            let Some(line) = fit(&known, *column, &best) else { continue };
            let best = &best[..line.coefficients.len() - 1];
            for &row in rows {
                x[(row, *column)] = line.at(best.iter().map(|&other| x[(row, other)])) + line.sigma * normal(&mut rng);
            }
        }
    }
    x
}

/// A pooled estimate.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rubin {
    /// Mean of the estimates.
    pub mean: f64,
    /// W: mean of the variances inside.
    pub within: f64,
    /// B: sample variance of the estimates.
    pub between: f64,
    /// W + (1 + 1/m) B.
    pub variance: f64,
}

/// Rubin's rules (1987, *Multiple Imputation for Nonresponse in Surveys*, 3.1). `variances` are those inside of each
/// estimate, or none.
pub fn rubin(estimates: &[f64], variances: &[f64]) -> Rubin {
    let m = estimates.len() as f64;
    let mean = estimates.iter().sum::<f64>() / m;
    let between = estimates.iter().map(|estimate| (estimate - mean).powi(2)).sum::<f64>() / (m - 1.0);
    let within = if variances.is_empty() { 0.0 } else { variances.iter().sum::<f64>() / variances.len() as f64 };
    Rubin { mean, within, between, variance: within + (1.0 + 1.0 / m) * between }
}
