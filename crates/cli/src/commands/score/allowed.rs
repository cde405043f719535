//! Which values may be scored, and stand in what others are compared with.

use mizan_model::kpi::{Kpi, Version};
use mizan_model::observation::{EngineStatus, Observation};

/// There is none.
pub const NO_VALUE: &str = "no_value";
/// The engine's status forbids it.
const STATUS: &str = "status";
/// The number means another thing than the framework's definition.
pub const OTHER_DEFINITION: &str = "other_definition";
/// No such value is possible.
const OUT_OF_RANGE: &str = "out_of_range";

/// The value, or why it is not scored.
///
/// Source: framework language, 5 (status) and 7 (values are never joined over a major break). A table made by hand may
/// leave the definition out; then it is the framework's own.
pub fn value(kpi: &Kpi, o: &Observation) -> Result<f64, &'static str> {
    let value = o.value.ok_or(NO_VALUE)?;
    let is_own = o.definition.is_empty()
        || Version::parse(&o.definition).is_some_and(|definition| definition.major == kpi.version.major);
    match o.status {
        EngineStatus::Ok | EngineStatus::Reported => {}
        EngineStatus::TooFew
        | EngineStatus::LowCoverage
        | EngineStatus::Undefined
        | EngineStatus::NotComputable
        | EngineStatus::NotClosed => return Err(STATUS),
    }
    if !is_own {
        return Err(OTHER_DEFINITION);
    }
    // Further statistics of a KPI may have another unit.
    match kpi.range {
        Some((low, high)) if o.breakdown.is_empty() && !(low..=high).contains(&value) => Err(OUT_OF_RANGE),
        _ => Ok(value),
    }
}
