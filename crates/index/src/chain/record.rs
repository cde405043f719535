//! What a step did.

use serde::Serialize;

use crate::denominate::Denominated;
use crate::impute::ImputedCell;
use crate::screen::Availability;
use crate::treat::{CellMark, ColumnRecord};
use crate::weights::Weighed;

/// What a step did, beside its data.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Record {
    /// Nothing: the table as it came.
    Raw,
    /// Which indicators were divided by what: position of the indicator and code of the denominator.
    Denominated(Vec<(usize, String)>),
    /// Cells that were filled.
    Imputed(Vec<ImputedCell>),
    /// Availability of each row before, and whether it stayed.
    Screened(Vec<Availability>),
    /// Tests and treatments of each indicator, and each touched cell.
    Treated {
        /// By indicator.
        columns: Vec<ColumnRecord>,
        /// By cell.
        cells: Vec<CellMark>,
    },
    /// How each indicator was normalised.
    Normalised(Vec<NormalisedColumn>),
    /// How weights came about.
    Weighed(Weighed),
    /// How scores came about.
    Aggregated {
        /// Rows and elements whose weights were re-normalised since children are missing: (row, element).
        reweighted: Vec<(usize, usize)>,
        /// Weights that each row has for itself (benefit of the doubt).
        shares: Vec<OwnShares>,
    },
}

/// Shares of children in the scores of a parent whose weights differ by row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OwnShares {
    /// Code of the parent.
    pub parent: String,
    /// Codes of its children.
    pub children: Vec<String>,
    /// Row, and the share of each child; in a directional score the attainment of each child.
    pub rows: Vec<(usize, Vec<f64>)>,
}

impl From<&Denominated> for Record {
    fn from(denominated: &Denominated) -> Record {
        Record::Denominated(denominated.ratios.clone())
    }
}

/// How an indicator was normalised.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NormalisedColumn {
    /// Code of the indicator.
    pub indicator: String,
    /// Method with its parameters, in words.
    pub method: String,
    /// 1 or -1.
    pub direction: f64,
    /// Least value after.
    pub least: f64,
    /// Largest value after.
    pub largest: f64,
}
