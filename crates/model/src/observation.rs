//! An observation: one value of one KPI, with everything that says where it comes from.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

crate::kpi::words! {
    /// What the engine says of a value.
    EngineStatus {
        /// Measured.
        Ok = "ok",
        /// Fewer cases than the definition asks for.
        TooFew = "too_few",
        /// Less coverage than the definition asks for.
        LowCoverage = "low_coverage",
        /// Denominator or base is zero.
        Undefined = "undefined",
        /// A needed field or table is not there.
        NotComputable = "not_computable",
        /// The waiting time after the period's end has not passed at the time of extraction.
        NotClosed = "not_closed",
        /// Entered by people; not measured.
        Reported = "reported",
    }
}

/// One value of one KPI in one area, period and cell of its breakdowns.
///
/// There may be hundreds of thousands with the same few words, hence texts that are cheap to copy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// KPI id.
    pub kpi: SmolStr,
    /// Administration.
    pub area: SmolStr,
    /// Period code.
    pub period: SmolStr,
    /// Breakdown name and code; a dimension that is not named is total.
    pub breakdown: Vec<(SmolStr, SmolStr)>,
    /// Value in the KPI's unit.
    pub value: Option<f64>,
    /// Upper part, where the kind has one.
    pub numerator: Option<f64>,
    /// Lower part, where the kind has one.
    pub denominator: Option<f64>,
    /// Records counted (usable and pending).
    pub n: u64,
    /// Lower end of the 95 % interval.
    pub lower: Option<f64>,
    /// Upper end of the 95 % interval.
    pub upper: Option<f64>,
    /// Unit word.
    pub unit: SmolStr,
    /// Share of records that could be used, 0 to 1.
    pub coverage: Option<f64>,
    /// Engine status.
    pub status: EngineStatus,
    /// KPI version.
    pub definition: SmolStr,
    /// Hash of the run.
    pub run: SmolStr,
}
