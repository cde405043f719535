//! Rows of programs, built block by block, and tables whose columns are divided by their means.

use mizan_stats::lp::{Program, Relation};
use nalgebra::DMatrix;

use crate::nonradial::{Peers, Refused};
use crate::technology::Returns;

/// A row of a program: zeros but for what is set.
pub(crate) struct Row(Vec<f64>);

impl Row {
    pub(crate) fn new(width: usize) -> Self {
        Row(vec![0.0; width])
    }

    /// Sets consecutive coefficients from `start` on.
    pub(crate) fn block(mut self, start: usize, values: impl Iterator<Item = f64>) -> Self {
        for (place, value) in self.0[start..].iter_mut().zip(values) {
            *place = value;
        }
        self
    }

    pub(crate) fn at(mut self, index: usize, value: f64) -> Self {
        self.0[index] = value;
        self
    }

    pub(crate) fn into_vec(self) -> Vec<f64> {
        self.0
    }

    /// Ends the row and gives it to the program.
    pub(crate) fn add(self, program: &mut Program, relation: Relation, bound: f64) {
        program.row(self.0, relation, bound);
    }
}

/// A table with each column divided by the mean of its absolute values, so that no unit of measurement changes a
/// pivot.
pub(crate) struct Scaled {
    values: DMatrix<f64>,
    /// What the columns were divided by; 1 for a column of zeros.
    pub(crate) means: Vec<f64>,
}

impl Scaled {
    pub(crate) fn new(table: &DMatrix<f64>) -> Self {
        let means: Vec<f64> = table
            .column_iter()
            .map(|column| column.iter().map(|value| value.abs()).sum::<f64>() / column.len() as f64)
            .map(|mean| if mean > 0.0 { mean } else { 1.0 })
            .collect();
        let values = DMatrix::from_fn(table.nrows(), table.ncols(), |row, column| table[(row, column)] / means[column]);
        Scaled { values, means }
    }

    pub(crate) fn units(&self) -> usize {
        self.values.nrows()
    }

    pub(crate) fn variables(&self) -> usize {
        self.values.ncols()
    }

    pub(crate) fn get(&self, unit: usize, variable: usize) -> f64 {
        self.values[(unit, variable)]
    }

    pub(crate) fn column(&self, variable: usize) -> impl Iterator<Item = f64> + '_ {
        self.values.column(variable).iter().copied().collect::<Vec<_>>().into_iter()
    }

    pub(crate) fn row(&self, unit: usize) -> Vec<f64> {
        self.values.row(unit).iter().copied().collect()
    }
}

/// How the sum of the intensities stands to 1; `None` where it is free.
pub(crate) fn sum_of_intensities(returns: Returns) -> Result<Option<Relation>, Refused> {
    match returns {
        Returns::Constant => Ok(None),
        Returns::Variable => Ok(Some(Relation::Equal)),
        Returns::Decreasing => Ok(Some(Relation::AtMost)),
        Returns::Increasing => Ok(Some(Relation::AtLeast)),
        Returns::FreeDisposalHull => Err(Refused::Returns(returns)),
    }
}

/// Ones for a number of intensities.
pub(crate) fn ones(count: usize) -> impl Iterator<Item = f64> {
    std::iter::repeat_n(1.0, count)
}

/// Intensities that are not 0: what is below 1e-10 of the largest is rounding.
pub(crate) fn peers(intensities: impl Iterator<Item = (usize, f64)>) -> Peers {
    let all: Vec<(usize, f64)> = intensities.collect();
    let largest = all.iter().fold(0.0_f64, |largest, &(_, value)| largest.max(value));
    all.into_iter().filter(|&(_, value)| value > 1e-10 * largest).collect()
}

/// What cannot be negative but for rounding.
pub(crate) fn not_negative(value: f64) -> f64 {
    value.max(0.0)
}
