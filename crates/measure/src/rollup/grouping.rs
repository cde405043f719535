//! Which cells of a partition fall together under a split.

use std::collections::HashMap;

use arrow::array::{Array, AsArray, RecordBatch, StringArray};
use arrow::datatypes::Int32Type;

use super::book::Book;
use super::{Places, Split, UNKNOWN};
use crate::plan::Scan;
use crate::scan::dimension_column;
use crate::time_key::TimeKey;

/// The place of each measured cell under one split.
pub(super) struct Grouping {
    /// By row of the partition; `None`: outside of time.
    pub(super) places: Vec<Option<usize>>,
}

impl Grouping {
    pub(super) fn new(
        scan: &Scan,
        cells: &RecordBatch,
        anchor: usize,
        split: &Split,
        book: &mut Book,
        places: &mut Places,
    ) -> Self {
        let times = cells.column_by_name(&scan.anchors[anchor].id).map(|c| c.as_primitive::<Int32Type>());
        let columns: Vec<Option<&StringArray>> = split
            .iter()
            .map(|name| {
                let dimension = scan.dimensions.iter().find(|d| d.name == *name)?;
                Some(cells.column_by_name(&dimension_column(dimension))?.as_string::<i32>())
            })
            .collect();
        let mut known: HashMap<(Vec<Option<&str>>, i32), usize> = HashMap::new();
        let mut place = |row: usize| {
            let times = times.filter(|times| times.is_valid(row))?;
            let codes: Vec<Option<&str>> =
                columns.iter().map(|c| c.filter(|c| c.is_valid(row)).map(|c| c.value(row))).collect();
            let key = (codes, times.value(row));
            if let Some(place) = known.get(&key) {
                return Some(*place);
            }
            let number = book.number(key.0.iter().map(|code| code.unwrap_or(UNKNOWN).to_owned()).collect());
            // A new cell comes after all others.
            let next = places.len();
            let place = *places.entry((TimeKey(key.1), number)).or_insert(next);
            known.insert(key, place);
            Some(place)
        };
        Grouping { places: (0..cells.num_rows()).map(&mut place).collect() }
    }
}
