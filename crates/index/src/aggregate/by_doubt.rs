//! Scores by the benefit of the doubt, as a step of a recipe asks for them.

use nalgebra::DMatrix;

use super::AggregateError;
use crate::dataset::Row;
use crate::doubt::{
    Bounds, Doubt, DoubtError, Preference, benefit_of_the_doubt, directional, geometric, multi_directional, unwanted,
};
use crate::recipe::{AggregateMethod, AggregateStep, SharesOf};

/// Scores, and each row's shares of children.
pub(super) fn scores(
    method: AggregateMethod,
    step: &AggregateStep,
    x: &DMatrix<f64>,
    codes: &[String],
) -> Result<(Vec<f64>, Vec<Vec<f64>>), DoubtError> {
    let bounds = match (step.shares, step.shares_of) {
        (None, _) => Bounds::None,
        (Some(limits), SharesOf::Score) => Bounds::OfScore(limits),
        (Some(limits), SharesOf::Weights) => Bounds::OfWeights(limits),
    };
    // The mean where nothing is given.
    let by_code = |given: &std::collections::BTreeMap<String, f64>| -> Vec<f64> {
        let of = |(column, code)| given.get(code).copied().unwrap_or_else(|| x.column(column).mean());
        codes.iter().enumerate().map(of).collect()
    };
    let rows = |table: &DMatrix<f64>| table.row_iter().map(|row| row.iter().copied().collect()).collect();
    let with_shares = |doubt: Doubt| (doubt.scores.clone(), rows(&doubt.shares(x)));
    Ok(match method {
        AggregateMethod::GeometricBod => {
            let made = geometric(x, &by_code(&step.reference), bounds)?;
            let plain = benefit_of_the_doubt(x, bounds)?;
            (made.scores, rows(&plain.shares(x)))
        }
        AggregateMethod::DirectionalBod => {
            let made = directional(x, &by_code(&step.direction))?;
            (made.scores, rows(&made.by_indicator))
        }
        AggregateMethod::MultiDirectionalBod => {
            let made = multi_directional(x)?;
            (made.scores, rows(&made.by_indicator))
        }
        AggregateMethod::UnwantedBod => {
            let is_unwanted: Vec<bool> = codes.iter().map(|code| step.unwanted.contains(code)).collect();
            let place = |code: &String| {
                let unknown = || DoubtError::Parameter(format!("`preference` names `{code}`, which is no child"));
                codes.iter().position(|known| known == code).ok_or_else(unknown)
            };
            let preference = match step.preference.as_slice() {
                [first, last] => Some(Preference { first: place(first)?, last: place(last)? }),
                _ => None,
            };
            let made = unwanted(x, &is_unwanted, step.low, preference)?;
            // The weights sum to one over the unit's own values.
            let shares =
                DMatrix::from_fn(x.nrows(), x.ncols(), |row, column| made.weights[(row, column)] * x[(row, column)]);
            (made.scores, rows(&shares))
        }
        _ => with_shares(benefit_of_the_doubt(x, bounds)?),
    })
}

/// An error with names for numbers.
pub(super) fn explained(error: DoubtError, own: &[usize], rows: &[Row], codes: &[String]) -> AggregateError {
    match error {
        DoubtError::Value { row, column, value, needs } => AggregateError::Value {
            method: "benefit of the doubt",
            needs,
            code: codes[column].as_str().into(),
            unit: rows[own[row]].unit.as_str().into(),
            value,
        },
        DoubtError::NoWeights { row, reason } => AggregateError::Frontier(format!(
            "no weights can keep these bounds for unit {}: {reason}",
            rows[own[row]].unit
        )),
        DoubtError::Parameter(message) => AggregateError::Parameter(message),
    }
}
