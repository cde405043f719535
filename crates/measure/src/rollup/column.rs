//! One part in many cells: numbers as numbers, and histograms as the bytes that were stored, until they are asked for.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::buffer::Buffer;
use arrow::datatypes::{Decimal128Type, Int64Type};
use mizan_model::expression::parts::PartKind;

use crate::MeasureError;
use crate::part_value::PartValue;

/// One part in all cells of a split, by place. A count and a sum of nothing are 0.
#[derive(Debug)]
pub(super) enum Column {
    Counts(Vec<u64>),
    Sums(Vec<i128>),
    Others(Vec<Option<Stored>>),
}

/// A part of one cell. What stood in a single measured cell stays as its bytes, shared with the file that was read, until
/// it is asked for: at the finest split that is nearly every part, and histograms take far less room that way.
#[derive(Debug)]
pub(super) enum Stored {
    Part(Box<PartValue>),
    Bytes(Buffer),
}

impl Stored {
    fn part(&self, kind: PartKind) -> Result<Cow<'_, PartValue>, MeasureError> {
        match self {
            // Its curve is made where it is asked for, and goes with the copy.
            Stored::Part(part) if kind == PartKind::Survival => Ok(Cow::Owned(part.as_ref().clone())),
            Stored::Part(part) => Ok(Cow::Borrowed(part)),
            Stored::Bytes(bytes) => Ok(Cow::Owned(PartValue::decode(kind, bytes).map_err(MeasureError::internal)?)),
        }
    }

    fn merge_into(&self, sum: &mut PartValue) -> Result<(), MeasureError> {
        match self {
            Stored::Part(part) => sum.merge(part),
            Stored::Bytes(bytes) => sum.merge_bytes(bytes),
        }
        .map_err(MeasureError::internal)
    }

    /// The part, to be merged with others.
    fn merging(&mut self, kind: PartKind) -> Result<&mut PartValue, MeasureError> {
        if let Stored::Bytes(_) = self {
            *self = Stored::Part(Box::new(self.part(kind)?.into_owned()));
        }
        match self {
            Stored::Part(part) => Ok(part),
            Stored::Bytes(_) => Err(unexpected()),
        }
    }
}

impl Column {
    pub(super) fn new(kind: PartKind) -> Self {
        match kind {
            PartKind::Count => Column::Counts(Vec::new()),
            PartKind::Sum => Column::Sums(Vec::new()),
            _ => Column::Others(Vec::new()),
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Column::Counts(counts) => counts.len(),
            Column::Sums(sums) => sums.len(),
            Column::Others(parts) => parts.len(),
        }
    }

    /// Makes room for cells in which the part is empty.
    pub(super) fn resize(&mut self, places: usize) {
        match self {
            Column::Counts(counts) => counts.resize(places, 0),
            Column::Sums(sums) => sums.resize(places, 0),
            Column::Others(parts) => parts.resize_with(places, || None),
        }
    }

    /// Whether a part that counts records counts one; any other kind stands for records.
    pub(super) fn counts_records(&self, place: usize) -> bool {
        !matches!(self, Column::Counts(counts) if counts[place] == 0)
    }

    /// Merges a column of measured cells, of which `places` gives the place of each.
    pub(super) fn merge(
        &mut self,
        cells: &ArrayRef,
        kind: PartKind,
        places: &[Option<usize>],
    ) -> Result<(), MeasureError> {
        let rows = || places.iter().enumerate().filter_map(|(row, place)| Some((row, (*place)?)));
        let valid = || rows().filter(|(row, _)| cells.is_valid(*row));
        match self {
            Column::Counts(counts) => {
                let cells = cells.as_primitive_opt::<Int64Type>().ok_or_else(unexpected)?;
                valid().for_each(|(row, place)| counts[place] += cells.value(row).unsigned_abs());
            }
            Column::Sums(sums) => {
                let cells = cells.as_primitive_opt::<Decimal128Type>().ok_or_else(unexpected)?;
                for (row, place) in valid() {
                    sums[place] = sum(sums[place], cells.value(row))?;
                }
            }
            Column::Others(parts) if matches!(kind, PartKind::Min | PartKind::Max) => {
                let cells = cells.as_primitive_opt::<Decimal128Type>().ok_or_else(unexpected)?;
                for (row, place) in rows() {
                    let units = cells.is_valid(row).then(|| cells.value(row));
                    let value = PartValue::Extreme { units, largest: kind == PartKind::Max };
                    or_empty(&mut parts[place], kind).merging(kind)?.merge(&value).map_err(MeasureError::internal)?;
                }
            }
            Column::Others(parts) => {
                let cells = cells.as_binary_opt::<i32>().ok_or_else(unexpected)?;
                for (row, place) in rows() {
                    if cells.is_null(row) {
                        or_empty(&mut parts[place], kind);
                        continue;
                    }
                    match &mut parts[place] {
                        None => {
                            let [start, end] = [row, row + 1].map(|at| cells.value_offsets()[at] as usize);
                            let bytes = cells.values().slice_with_length(start, end - start);
                            parts[place] = Some(Stored::Bytes(bytes));
                        }
                        Some(known) => {
                            let merged = known.merging(kind)?;
                            merged.merge_bytes(cells.value(row)).map_err(MeasureError::internal)?;
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

fn or_empty(part: &mut Option<Stored>, kind: PartKind) -> &mut Stored {
    part.get_or_insert_with(|| Stored::Part(Box::new(PartValue::empty(kind))))
}

/// One part of a period under one split, by the number of its codes.
#[derive(Debug)]
pub enum PeriodColumn<'a> {
    /// Numbers of rows.
    Counts(Vec<u64>),
    /// Exact sums, in units of 10^-scale.
    Sums(Vec<i128>),
    /// Everything else, where there is a cell.
    Others(PartKind, HashMap<u32, Cow<'a, PartValue>>),
}

impl<'a> PeriodColumn<'a> {
    pub(super) fn new(kind: PartKind, codes: usize) -> Self {
        match kind {
            PartKind::Count => PeriodColumn::Counts(vec![0; codes]),
            PartKind::Sum => PeriodColumn::Sums(vec![0; codes]),
            _ => PeriodColumn::Others(kind, HashMap::new()),
        }
    }

    /// Merges what stands in a cell.
    pub(super) fn add(
        &mut self,
        codes: u32,
        column: &'a Column,
        place: usize,
        kind: PartKind,
    ) -> Result<(), MeasureError> {
        match (self, column) {
            (PeriodColumn::Counts(counts), Column::Counts(cells)) => counts[codes as usize] += cells[place],
            (PeriodColumn::Sums(sums), Column::Sums(cells)) => {
                let known = &mut sums[codes as usize];
                *known = sum(*known, cells[place])?;
            }
            (PeriodColumn::Others(_, parts), Column::Others(cells)) => {
                let Some(stored) = &cells[place] else { return Ok(()) };
                match parts.entry(codes) {
                    Entry::Occupied(mut part) => stored.merge_into(part.get_mut().to_mut())?,
                    Entry::Vacant(empty) => drop(empty.insert(stored.part(kind)?)),
                }
            }
            _ => return Err(unexpected()),
        }
        Ok(())
    }

    /// Whether there is something in a cell: records, an amount, or a part of any other kind.
    pub fn is_filled(&self, codes: u32) -> bool {
        match self {
            PeriodColumn::Counts(counts) => counts.get(codes as usize).is_some_and(|count| *count > 0),
            PeriodColumn::Sums(sums) => sums.get(codes as usize).is_some_and(|sum| *sum != 0),
            PeriodColumn::Others(_, parts) => parts.contains_key(&codes),
        }
    }

    /// The part of a cell; that of no records, where there is no cell.
    pub fn part(&self, codes: u32) -> Cow<'_, PartValue> {
        match self {
            PeriodColumn::Counts(counts) => {
                Cow::Owned(PartValue::Count(counts.get(codes as usize).copied().unwrap_or_default()))
            }
            PeriodColumn::Sums(sums) => {
                Cow::Owned(PartValue::Sum { units: sums.get(codes as usize).copied().unwrap_or_default() })
            }
            PeriodColumn::Others(kind, parts) => match parts.get(&codes) {
                Some(part) => Cow::Borrowed(part.as_ref()),
                None => Cow::Owned(PartValue::empty(*kind)),
            },
        }
    }
}

fn sum(left: i128, right: i128) -> Result<i128, MeasureError> {
    left.checked_add(right).ok_or_else(|| MeasureError::internal("sum passes 38 digits"))
}

fn unexpected() -> MeasureError {
    MeasureError::internal("a stored part has an unexpected column type")
}
