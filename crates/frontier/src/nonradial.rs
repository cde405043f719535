//! What the programs beside the radial ones share: which side improves, why something is refused, and why a unit has no
//! score.

use mizan_stats::lp::NoSolution;
use nalgebra::DMatrix;

use crate::technology::Returns;

pub(crate) mod envelopment;
pub(crate) mod rows;

/// A side of production.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What is used up.
    Input,
    /// What is wanted.
    Output,
    /// What comes along and is not wanted.
    Undesirable,
    /// What the first stage makes and the second stage uses.
    Intermediate,
    /// Prices of inputs.
    Price,
    /// What surrounds a unit and it did not choose.
    Circumstance,
}

impl std::fmt::Display for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Side::Input => "input",
            Side::Output => "output",
            Side::Undesirable => "undesirable output",
            Side::Intermediate => "intermediate product",
            Side::Price => "price",
            Side::Circumstance => "circumstance",
        })
    }
}

/// Which sides are to improve, where a method can do one or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sides {
    /// Inputs and outputs together (non-oriented).
    #[default]
    Both,
    /// Inputs only; outputs are held.
    Inputs,
    /// Outputs only; inputs are held.
    Outputs,
}

impl Sides {
    pub(crate) fn inputs(self) -> bool {
        self != Sides::Outputs
    }

    pub(crate) fn outputs(self) -> bool {
        self != Sides::Inputs
    }
}

/// Why a method was not begun. Variables and units are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The method has no linear program under these returns to scale.
    #[error("the method is not defined for returns to scale `{0:?}`")]
    Returns(Returns),
    /// Tables of different heights, or without columns, or a vector of another length.
    #[error("the table of {0}s has another number of rows or columns than is needed")]
    Shape(Side),
    /// A missing or infinite value.
    #[error("{side} {variable} of unit {unit} is not a finite number")]
    NotFinite {
        /// Side.
        side: Side,
        /// Unit.
        unit: usize,
        /// Column.
        variable: usize,
    },
    /// A negative value in a method that needs quantities.
    #[error("{side} {variable} of unit {unit} is negative")]
    Negative {
        /// Side.
        side: Side,
        /// Unit.
        unit: usize,
        /// Column.
        variable: usize,
    },
    /// A weight or direction that is negative or not finite, or no direction at all.
    #[error("the weight or direction of {side} {variable} cannot be meant")]
    Weight {
        /// Side.
        side: Side,
        /// Column.
        variable: usize,
    },
    /// Values of one variable of so different sizes that no proof holds for the small ones.
    #[error("{side} {variable} has values that differ by more than a factor of a thousand million")]
    Spread {
        /// Side.
        side: Side,
        /// Column.
        variable: usize,
    },
    /// A variable without variation, in a method that divides by its range.
    #[error("{side} {variable} is the same for all units")]
    NoRange {
        /// Side.
        side: Side,
        /// Column.
        variable: usize,
    },
}

/// Why a unit has no score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unsolved {
    /// Its program has no solution.
    #[error(transparent)]
    Program(#[from] NoSolution),
    /// The method divides by a value of the unit that is 0.
    #[error("the method divides by {side} {}, which is 0", variable + 1)]
    Zero {
        /// Side.
        side: Side,
        /// Column, counted from 0.
        variable: usize,
    },
}

/// Units that a unit is compared with, and their intensities λ > 0.
pub type Peers = Vec<(usize, f64)>;

/// Checks that a table has `units` rows, some columns, and finite values; not negative ones unless allowed.
pub(crate) fn check_table(
    side: Side,
    table: &DMatrix<f64>,
    units: usize,
    may_be_negative: bool,
) -> Result<(), Refused> {
    if table.nrows() != units || units == 0 || table.ncols() == 0 {
        return Err(Refused::Shape(side));
    }
    for variable in 0..table.ncols() {
        for (unit, &value) in table.column(variable).iter().enumerate() {
            if !value.is_finite() {
                return Err(Refused::NotFinite { side, unit, variable });
            }
            if value < 0.0 && !may_be_negative {
                return Err(Refused::Negative { side, unit, variable });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
pub(crate) mod oracle;
