//! Parts as DataFusion aggregates.
//!
//! | aggregate | input | part |
//! |---|---|---|
//! | `part_flags(c, …)` | conditions | how many rows meet each |
//! | `part_sum(x)` | whole or fixed-point numbers | exact sum (0 where there is nothing to add) |
//! | `part_min(x)`, `part_max(x)` | the same | extreme |
//! | `part_moments(x)` | the same | n, Σx, Σx² |
//! | `part_minutes(us)` | microseconds | minute histogram |
//! | `part_log(x)` | numbers | log histogram |
//! | `part_distinct(x)` | anything | distinct sketch |
//! | `part_survival(k)` | class and duration (`mizan_clock`) | survival table |
//!
//! All run on the vectorised group interface and hand over their state as
//! canonical bytes, so that the bytes of a part do not depend on threads or on the order of rows.

mod accumulate;
pub mod flags;
mod number;
mod rows;
mod sketch;

use datafusion::logical_expr::AggregateUDF;

/// All aggregates.
pub fn all() -> Vec<AggregateUDF> {
    vec![
        AggregateUDF::new_from_impl(flags::FlagsAggregate::new()),
        AggregateUDF::new_from_impl(number::NumberAggregate::sum()),
        AggregateUDF::new_from_impl(number::NumberAggregate::min()),
        AggregateUDF::new_from_impl(number::NumberAggregate::max()),
        AggregateUDF::new_from_impl(sketch::SketchAggregate::<sketch::MomentsPart>::new()),
        AggregateUDF::new_from_impl(sketch::SketchAggregate::<sketch::MinutesPart>::new()),
        AggregateUDF::new_from_impl(sketch::SketchAggregate::<sketch::LogPart>::new()),
        AggregateUDF::new_from_impl(sketch::SketchAggregate::<sketch::DistinctPart>::new()),
        AggregateUDF::new_from_impl(sketch::SketchAggregate::<sketch::SurvivalPart>::new()),
    ]
}
