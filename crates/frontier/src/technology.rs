//! What production is possible: inputs, outputs, and how a technology scales.

use nalgebra::DMatrix;

use crate::nonradial::{Refused, Side, check_table};

/// How outputs follow inputs when the scale changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Returns {
    /// Any multiple of a unit is possible (CRS; Charnes, Cooper, Rhodes 1978).
    Constant,
    /// Only mixtures of units are possible (VRS; Banker, Charnes, Cooper 1984).
    Variable,
    /// Units can be made smaller, not larger (DRS).
    Decreasing,
    /// Units can be made larger, not smaller (IRS).
    Increasing,
    /// Only the units themselves are possible, and what wastes (FDH; Deprins, Simar, Tulkens 1984).
    FreeDisposalHull,
}

impl Returns {
    /// All of them.
    pub const ALL: [Returns; 5] =
        [Returns::Constant, Returns::Variable, Returns::Decreasing, Returns::Increasing, Returns::FreeDisposalHull];

    /// The word of commands and files: `crs`, `vrs`, `drs`, `irs`, `fdh`.
    pub fn word(self) -> &'static str {
        match self {
            Returns::Constant => "crs",
            Returns::Variable => "vrs",
            Returns::Decreasing => "drs",
            Returns::Increasing => "irs",
            Returns::FreeDisposalHull => "fdh",
        }
    }
}

/// Most times that the largest value of a variable may be the least.
const SPREAD: f64 = 1e9;

/// Inputs and outputs of units: one row a unit, one column a variable.
#[derive(Debug, Clone, PartialEq)]
pub struct Data {
    /// What is used up.
    pub inputs: DMatrix<f64>,
    /// What is wanted.
    pub outputs: DMatrix<f64>,
}

impl Data {
    /// Quantities, none negative, none missing.
    ///
    /// # Errors
    /// [`Refused::Shape`], [`Refused::NotFinite`], [`Refused::Negative`].
    pub fn new(inputs: DMatrix<f64>, outputs: DMatrix<f64>) -> Result<Data, Refused> {
        check_table(Side::Input, &inputs, inputs.nrows(), false)?;
        check_table(Side::Output, &outputs, inputs.nrows(), false)?;
        Ok(Data { inputs, outputs })
    }

    /// Refuses variables whose values differ so much in size that small units would be lost in the rounding of large ones.
    ///
    /// # Errors
    /// [`Refused::Spread`].
    pub fn check_spread(&self) -> Result<(), Refused> {
        for (side, table) in [(Side::Input, &self.inputs), (Side::Output, &self.outputs)] {
            for (variable, column) in table.column_iter().enumerate() {
                let above = column.iter().filter(|value| **value > 0.0);
                let (least, largest) = above
                    .fold((f64::INFINITY, 0.0_f64), |(least, largest), value| (least.min(*value), largest.max(*value)));
                if largest > SPREAD * least {
                    return Err(Refused::Spread { side, variable });
                }
            }
        }
        Ok(())
    }

    /// Number of units.
    pub fn units(&self) -> usize {
        self.inputs.nrows()
    }

    /// Inputs, then outputs of a unit.
    pub fn point(&self, unit: usize) -> Vec<f64> {
        let mut point = Vec::with_capacity(self.inputs.ncols() + self.outputs.ncols());
        point.extend(self.inputs.row(unit).iter());
        point.extend(self.outputs.row(unit).iter());
        point
    }

    /// The units of some rows.
    pub fn select(&self, rows: &[usize]) -> Data {
        Data { inputs: self.inputs.select_rows(rows), outputs: self.outputs.select_rows(rows) }
    }

    /// Fewer units than max(m·s, 3(m + s)) can hardly be told apart: the number that there should be.
    /// (Cooper, Seiford, Tone, *Data Envelopment Analysis*, 2007, section 9.)
    pub fn advised_units(&self) -> usize {
        let (m, s) = (self.inputs.ncols(), self.outputs.ncols());
        (m * s).max(3 * (m + s))
    }
}
