//! Tables of statisticians: units by indicators, the structure, denominators, intervals.
//!
//! The columns are those of the R package COINr's `iData` and `iMeta`, read as they are: `NA` and empty cells are
//! missing, the separator is comma, semicolon or tab.

mod sheet;
mod structure;
mod units;

pub use self::sheet::Sheet;
pub use self::structure::read_structure;
pub use self::units::{read_denominators, read_intervals, read_units};
