//! What is true of an extract.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::truth::Durations;

/// What is true of an extract; money in hundredths of the national currency.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct AsycudaTruth {
    /// Declarations in the items table.
    pub declarations: u64,
    /// Distinct items.
    pub items: u64,
    /// Rows of `items.csv`.
    pub item_rows: u64,
    /// Rows that repeat an item for its second supplementary unit.
    pub repeated_item_rows: u64,
    /// Distinct operations.
    pub operations: u64,
    /// Rows of `operations.csv`.
    pub operation_rows: u64,
    /// Rows that repeat an operation for a further container.
    pub repeated_operation_rows: u64,
    /// Rows, repeats included, whose operation is not in the usual list.
    pub unknown_operation_rows: u64,
    /// Distinct operations not in the usual list.
    pub unknown_operations: u64,
    /// Names of these operations.
    pub unknown_names: BTreeSet<String>,
    /// Declarations without a lane in the items table.
    pub missing_lane: u64,
    /// Declarations whose log has no `Release Order (selectivity)`: their lane GREEN means nothing.
    pub without_selectivity: u64,
    /// Declarations whose lanes differ without a re-route in the log.
    pub silent_reroutes: u64,
    /// Declarations with a release.
    pub released: u64,
    /// Registration (first `Validate and assess`) to release, of declarations with a release.
    pub processing_time: Durations,
    /// Customs value, each item once.
    pub value: i64,
    /// Duty, excise and value added tax to be paid, each item once.
    pub taxes: i64,
    /// Duty, excise and value added tax forgone by reliefs, each item once.
    pub forgone: i64,
    /// Additional amounts, each declaration once.
    pub top_up: i64,
    /// The sum over all rows of the column, which is too high.
    pub top_up_as_repeated: i64,
}
