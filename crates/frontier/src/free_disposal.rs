//! Free disposal hull: a unit is compared with real units only, never with mixtures of them.
//!
//! Input: θ = min over the units with at least the outputs of max_i x_ij / x_io. Output: φ = max over the units with at
//! most the inputs of min_r y_rj / y_ro. Deprins, Simar and Tulkens, *Measuring labor-efficiency in post offices*
//! (1984); closed form: Tulkens, Journal of Productivity Analysis 4 (1993).

use nalgebra::DMatrix;
use rayon::prelude::*;

use crate::orientation::Orientation;

/// Why no scores of this family can be computed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DisposalError {
    /// Inputs and outputs must have one row for each unit.
    #[error("inputs have {inputs} rows and outputs {outputs}")]
    Rows {
        /// Rows of the inputs.
        inputs: usize,
        /// Rows of the outputs.
        outputs: usize,
    },
    /// There must be units, inputs and outputs.
    #[error("there are no units, no inputs or no outputs")]
    Empty,
    /// Ratios need numbers that are not negative.
    #[error("unit {unit} has a negative or infinite value")]
    Negative {
        /// Row of the unit.
        unit: usize,
    },
    /// The order m is at least 1.
    #[error("the order m is 0")]
    Order,
    /// The level alpha lies above 0 and is at most 1.
    #[error("the level alpha is {0}, not in (0, 1]")]
    Level(f64),
}

/// Score of a unit beside the free disposal hull.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HullScore {
    /// Farrell θ (input) or φ (output).
    pub score: f64,
    /// Row of the unit that dominates; the unit itself where no other does.
    pub peer: usize,
}

/// Scores of all units, one a row of `inputs` and `outputs` (units by variables, not negative, NaN where missing).
///
/// `None`: a unit with a missing value, or without any positive input (output). It is nobody's peer either if a value
/// is missing. Among several dominating units of the same ratio the peer is the one with the least inputs and most
/// outputs, then the unit itself, then the first.
///
/// Errors: [`DisposalError::Rows`], [`DisposalError::Empty`], [`DisposalError::Negative`].
pub fn scores(
    inputs: &DMatrix<f64>,
    outputs: &DMatrix<f64>,
    orientation: Orientation,
) -> Result<Vec<Option<HullScore>>, DisposalError> {
    check(inputs, outputs)?;
    Ok((0..inputs.nrows())
        .into_par_iter()
        .map(|unit| best(&dominators(inputs, outputs, unit, orientation), unit, orientation))
        .collect())
}

fn best(dominators: &[Dominator], unit: usize, orientation: Orientation) -> Option<HullScore> {
    let sign = if orientation == Orientation::Input { 1.0 } else { -1.0 };
    let chosen = dominators.iter().min_by(|a, b| {
        (sign * a.ratio)
            .total_cmp(&(sign * b.ratio))
            .then(a.use_less_yield.total_cmp(&b.use_less_yield))
            .then((a.unit != unit).cmp(&(b.unit != unit)))
    })?;
    Some(HullScore { score: chosen.ratio, peer: chosen.unit })
}

/// A unit that has at least the outputs (input orientation) or at most the inputs (output orientation).
pub(crate) struct Dominator {
    /// Farrell ratio of the unit to this one alone.
    pub(crate) ratio: f64,
    /// Sum of its input ratios minus sum of its output ratios: the lower, the better among equals.
    use_less_yield: f64,
    unit: usize,
}

/// Dominators of a unit in the order of rows; none where the ratio is not defined.
pub(crate) fn dominators(
    inputs: &DMatrix<f64>,
    outputs: &DMatrix<f64>,
    unit: usize,
    orientation: Orientation,
) -> Vec<Dominator> {
    let (kept, scaled) = if orientation == Orientation::Input { (outputs, inputs) } else { (inputs, outputs) };
    let missing = |row: usize| inputs.row(row).iter().chain(outputs.row(row).iter()).any(|value| value.is_nan());
    if missing(unit) || scaled.row(unit).iter().all(|&value| value == 0.0) {
        return Vec::new();
    }
    let holds = |own: f64, other: f64| if orientation == Orientation::Input { other >= own } else { other <= own };
    let fits = |row: &usize| (0..kept.ncols()).all(|variable| holds(kept[(unit, variable)], kept[(*row, variable)]));
    (0..inputs.nrows())
        .filter(fits)
        .filter(|&row| !missing(row))
        .map(|row| Dominator {
            ratio: ratio(scaled, unit, row, orientation),
            use_less_yield: relative_sum(inputs, unit, row) - relative_sum(outputs, unit, row),
            unit: row,
        })
        .collect()
}

/// Largest x_ij / x_io or smallest y_rj / y_ro. A variable of which the unit has nothing cannot be scaled: another
/// unit that uses some of such an input is out of reach, and an output of zero asks for nothing.
fn ratio(scaled: &DMatrix<f64>, unit: usize, row: usize, orientation: Orientation) -> f64 {
    let ratios = (0..scaled.ncols()).map(|variable| (scaled[(unit, variable)], scaled[(row, variable)]));
    match orientation {
        Orientation::Input => ratios
            .map(|(own, other)| match own {
                0.0 if other == 0.0 => 0.0,
                0.0 => f64::INFINITY,
                _ => other / own,
            })
            .fold(0.0, f64::max),
        Orientation::Output => {
            ratios.filter(|(own, _)| *own > 0.0).map(|(own, other)| other / own).fold(f64::INFINITY, f64::min)
        }
    }
}

fn relative_sum(values: &DMatrix<f64>, unit: usize, row: usize) -> f64 {
    (0..values.ncols())
        .filter(|&variable| values[(unit, variable)] > 0.0)
        .map(|variable| values[(row, variable)] / values[(unit, variable)])
        .sum()
}

pub(crate) fn check(inputs: &DMatrix<f64>, outputs: &DMatrix<f64>) -> Result<(), DisposalError> {
    if inputs.nrows() != outputs.nrows() {
        return Err(DisposalError::Rows { inputs: inputs.nrows(), outputs: outputs.nrows() });
    }
    if inputs.is_empty() || outputs.is_empty() {
        return Err(DisposalError::Empty);
    }
    let wrong = |value: &f64| *value < 0.0 || value.is_infinite();
    match (0..inputs.nrows()).find(|&row| inputs.row(row).iter().chain(outputs.row(row).iter()).any(wrong)) {
        Some(unit) => Err(DisposalError::Negative { unit }),
        None => Ok(()),
    }
}

#[cfg(test)]
pub(crate) mod tests;
