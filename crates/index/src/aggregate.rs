//! Aggregation: children become the score of their parent.

use nalgebra::DMatrix;
use smol_str::SmolStr;

use crate::dataset::{Row, rows_by_time};
use crate::recipe::{AggregateMethod, AggregateStep};

mod by_doubt;
mod imbalance;
mod kemeny;
mod majorities;
mod means;
mod ordered;
mod outranking;

pub use self::imbalance::{ampi, mean_min, mpi, wroclaw};
pub use self::kemeny::{Kemeny, SEARCHED, kemeny, kemeny_of};
pub use self::majorities::Majorities;
pub use self::means::{Mean, Reweighted, means};
pub use self::ordered::{at_least, more_than, owa};
pub use self::outranking::{borda, condorcet, copeland, outranking};

/// Why children cannot be aggregated.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AggregateError {
    /// A value that the mean cannot take.
    #[error("{method} needs values {needs}, and `{code}` of unit {unit} is {value}")]
    Value {
        /// Name of the mean.
        method: &'static str,
        /// What is needed, in words.
        needs: &'static str,
        /// Child.
        code: SmolStr,
        /// Unit.
        unit: SmolStr,
        /// Its value.
        value: f64,
    },
    /// A method that needs all values.
    #[error("{method} needs all values, and `{code}` of unit {unit} is missing")]
    Missing {
        /// Name of the method.
        method: &'static str,
        /// Child.
        code: SmolStr,
        /// Unit.
        unit: SmolStr,
    },
    /// A parameter that does not fit the number of children.
    #[error("{0}")]
    Parameter(String),
    /// A frontier that could not be computed.
    #[error("{0}")]
    Frontier(String),
}

/// Scores of a parent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Aggregated {
    /// One a row, NaN where missing.
    pub scores: Vec<f64>,
    /// Rows whose weights were re-normalised since children are missing.
    pub reweighted: Vec<usize>,
    /// What is worth knowing: cycles, ties, orders that are not unique.
    pub notes: Vec<String>,
    /// Where each row has weights of its own (benefit of the doubt): row, and the share of each child in its score, or
    /// in a directional score the child's own attainment.
    pub shares: Vec<(usize, Vec<f64>)>,
}

/// Aggregates the children of one parent by a recipe's method.
///
/// `columns` are the children, one number a row; `weights` one number a child; `codes` their names. In a panel, methods
/// that compare units run within each year; AMPI takes its range over all years.
///
/// # Errors
/// [`AggregateError`].
pub fn level(
    method: AggregateMethod,
    step: &AggregateStep,
    columns: &[&[f64]],
    weights: &[f64],
    rows: &[Row],
    codes: &[String],
) -> Result<Aggregated, AggregateError> {
    use AggregateMethod as M;
    let mean = mean_of(method, step);
    let mut scores = vec![f64::NAN; rows.len()];
    if let Some(mean) = mean {
        let Reweighted { rows } = means(mean, columns, weights, step.min_available, &mut scores)
            .map_err(|at| value_error(mean, at, columns, rows, codes))?;
        return Ok(Aggregated { scores, reweighted: rows, ..Aggregated::default() });
    }
    let mut done = Aggregated { scores, ..Aggregated::default() };
    let whole: Vec<usize> = present(columns, rows, &mut done.reweighted);
    if method == M::Ampi {
        // One range over all years.
        let x = matrix(columns, &whole);
        let references: Vec<Option<f64>> = codes.iter().map(|code| step.reference.get(code).copied()).collect();
        place(&mut done.scores, &whole, ampi(&x, &references, step.phenomenon));
        return Ok(done);
    }
    for (_, of_year) in rows_by_time(rows) {
        let own: Vec<usize> = of_year.into_iter().filter(|row| whole.contains(row)).collect();
        if own.is_empty() {
            continue;
        }
        let x = matrix(columns, &own);
        let scores = match method {
            M::Copeland => copeland(&Majorities::of(&x, weights)),
            M::Borda => borda(&x, weights),
            M::Condorcet => {
                let found = condorcet(&Majorities::of(&x, weights));
                if !found.cycle.is_empty() {
                    let names: Vec<&str> = found.cycle.iter().map(|&at| rows[own[at]].unit.as_str()).collect();
                    done.notes.push(format!("majorities run in a circle over {}", crate::denominate::some(&names)));
                }
                found.scores
            }
            M::Kemeny => {
                let found = kemeny(&x, weights).map_err(|size| {
                    AggregateError::Parameter(format!(
                        "majorities leave {size} units undecided among themselves, and `kemeny` orders at most \
                         {SEARCHED} such units: take `copeland` or `borda`, or score smaller groups"
                    ))
                })?;
                if !found.is_exact {
                    done.notes.push(format!(
                        "too many units for an exact order: support {:.6}, at most {:.6} possible",
                        found.support, found.bound
                    ));
                } else if !found.is_unique {
                    done.notes.push(format!("several orders share the best support {:.6}", found.support));
                }
                found.scores()
            }
            M::Mpi => mpi(&x, step.phenomenon, step.sd),
            M::Owa => {
                if step.ordered.len() != columns.len() {
                    return Err(AggregateError::Parameter(format!(
                        "`ordered` has {} weights for {} children",
                        step.ordered.len(),
                        columns.len()
                    )));
                }
                owa(&x, &step.ordered)
            }
            M::BenefitOfTheDoubt | M::GeometricBod | M::DirectionalBod | M::MultiDirectionalBod | M::UnwantedBod => {
                let (scores, shares) = by_doubt::scores(method, step, &x, codes)
                    .map_err(|error| by_doubt::explained(error, &own, rows, codes))?;
                done.shares.extend(own.iter().copied().zip(shares));
                scores
            }
            // Lower is better there; scores are turned so that more is better.
            M::Wroclaw => wroclaw(&x).into_iter().map(|distance| -distance).collect(),
            _ => mean_min(&x, weights, step.alpha, step.beta),
        };
        place(&mut done.scores, &own, scores);
    }
    Ok(done)
}

/// The mean that a method is, if it is one.
pub(crate) fn mean_of(method: AggregateMethod, step: &AggregateStep) -> Option<Mean> {
    match method {
        AggregateMethod::Arithmetic => Some(Mean::Arithmetic),
        AggregateMethod::Geometric => Some(Mean::Geometric),
        AggregateMethod::Harmonic => Some(Mean::Harmonic),
        AggregateMethod::Generalised => Some(Mean::Generalised(step.p)),
        _ => None,
    }
}

/// Rows with all children. Methods that compare or order children have no way to do without one: such rows get no score.
fn present(columns: &[&[f64]], rows: &[Row], without: &mut Vec<usize>) -> Vec<usize> {
    let (whole, gaps): (Vec<usize>, Vec<usize>) =
        (0..rows.len()).partition(|&row| columns.iter().all(|column| !column[row].is_nan()));
    let some = gaps.into_iter().filter(|&row| columns.iter().any(|column| !column[row].is_nan()));
    without.extend(some);
    whole
}

fn matrix(columns: &[&[f64]], rows: &[usize]) -> DMatrix<f64> {
    DMatrix::from_fn(rows.len(), columns.len(), |row, column| columns[column][rows[row]])
}

fn place(scores: &mut [f64], rows: &[usize], made: Vec<f64>) {
    rows.iter().zip(made).for_each(|(&row, score)| scores[row] = score);
}

fn value_error(
    mean: Mean,
    (row, child): (usize, usize),
    columns: &[&[f64]],
    rows: &[Row],
    codes: &[String],
) -> AggregateError {
    let (method, needs) = match mean {
        Mean::Arithmetic => ("the arithmetic mean", "that are numbers"),
        Mean::Geometric => ("the geometric mean", "above 0"),
        Mean::Harmonic => ("the harmonic mean", "other than 0"),
        Mean::Generalised(_) => ("the generalised mean", "of at least 0, above 0 for a negative power"),
    };
    AggregateError::Value {
        method,
        needs,
        code: codes[child].as_str().into(),
        unit: rows[row].unit.as_str().into(),
        value: columns[child][row],
    }
}

#[cfg(test)]
mod tests;
