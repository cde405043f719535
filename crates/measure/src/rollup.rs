//! Cells merge: from the finest cells to months, offices and breakdowns, and from months to longer periods.
//!
//! Nothing here divides. Ratios are made from merged parts, in [`crate::value`].

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Decimal128Type, Int32Type, Int64Type};
use mizan_model::expression::parts::PartKind;
use mizan_model::kpi::RollupMethod;
use mizan_model::period::Period;

use crate::MeasureError;
use crate::part_value::PartValue;
use crate::plan::{PlannedPart, Scan};
use crate::scan::dimension_column;
use crate::time_key::TimeKey;

/// Code of a dimension whose value is empty.
pub const UNKNOWN: &str = "_U";

/// Names of the dimensions that a roll-up keeps; empty: the total.
pub type Split = Vec<String>;

/// Codes of the kept dimensions, in the order of the split. Shared, since every part of a cell has the same.
pub type Codes = Arc<[String]>;

/// The codes of the total.
pub fn total() -> Codes {
    Arc::from([])
}

/// Cells that a period is made of, by codes.
pub type Cover = HashMap<Codes, Vec<TimeKey>>;

/// Keys of all cells that begin in a period.
fn reach(period: Period) -> std::ops::Range<(TimeKey, Codes)> {
    (TimeKey(period.start.0 * 16), total())..(TimeKey((period.end().0 + 1) * 16), total())
}

/// Parts of one scan, merged to the splits that are asked for and to the time keys of their cells.
#[derive(Debug, Default)]
pub struct Rolled {
    /// By anchor and split. All parts of both have their cells in the same places.
    places: HashMap<(usize, Split), Places>,
    /// By id.
    parts: HashMap<String, RolledPart>,
}

/// Place of each cell, by time and codes.
type Places = BTreeMap<(TimeKey, Codes), usize>;

/// One part in all cells.
#[derive(Debug)]
struct RolledPart {
    kind: PartKind,
    anchor: usize,
    /// By split; empty where the part was not loaded.
    cells: HashMap<Split, Vec<Option<Stored>>>,
}

impl Rolled {
    /// Adds the cells of one partition. `wanted` gives the splits of each part.
    ///
    /// # Errors
    /// A stored part cannot be read.
    pub fn add(
        &mut self,
        scan: &Scan,
        cells: &RecordBatch,
        parts: &[PlannedPart],
        wanted: &HashMap<String, Vec<Split>>,
    ) -> Result<(), MeasureError> {
        let mut groupings: HashMap<(usize, &Split), (Grouping, Vec<usize>)> = HashMap::new();
        for part in parts {
            let Some(column) = cells.column_by_name(&part.id) else {
                return Err(MeasureError::internal(format!("part `{}` is not in its file", part.id)));
            };
            let rolled = self.parts.entry(part.id.clone()).or_insert_with(|| RolledPart {
                kind: part.kind,
                anchor: part.anchor,
                cells: HashMap::new(),
            });
            for split in wanted.get(&part.id).map(Vec::as_slice).unwrap_or_default() {
                let places = self.places.entry((part.anchor, split.clone())).or_default();
                let (grouping, at) = groupings.entry((part.anchor, split)).or_insert_with(|| {
                    let grouping = Grouping::new(scan, cells, part.anchor, split);
                    let at = grouping.keys.iter().map(|key| place(places, key)).collect();
                    (grouping, at)
                });
                let target = rolled.cells.entry(split.clone()).or_default();
                target.resize(places.len(), None);
                for (&at, value) in at.iter().zip(merge_column(column.as_ref(), part.kind, grouping)?) {
                    match &mut target[at] {
                        Some(sum) => sum.merge(&value, part.kind)?,
                        empty => *empty = Some(value),
                    }
                }
            }
        }
        Ok(())
    }

    /// Cells of a part that begin in a period, in order of time and codes.
    fn cells(
        &self,
        id: &str,
        split: &Split,
        period: Period,
    ) -> impl Iterator<Item = (TimeKey, &Codes, &Stored, PartKind)> {
        let part = self.parts.get(id).and_then(|part| Some((part, part.cells.get(split)?)));
        let found =
            part.and_then(|(part, cells)| Some((self.places.get(&(part.anchor, split.clone()))?, cells, part.kind)));
        found.into_iter().flat_map(move |(places, cells, kind)| {
            let in_reach = places.range(reach(period));
            in_reach.filter_map(move |((time, codes), &at)| Some((*time, codes, cells.get(at)?.as_ref()?, kind)))
        })
    }

    /// The cells that a period of a source is made of, by codes: those that follow each other without covering a month
    /// twice, the longest first. So a figure that is given for exactly the period goes before its months, and quarters
    /// before theirs. Stocks take what stands at the end.
    ///
    /// `counts` are the parts that count the records of the source: only a cell in which there is one is its figure. (A
    /// cell may be there for the sake of another source.) `None`: a month is made of its own cells.
    pub fn cover(&self, counts: &[&str], split: &Split, period: Period, method: RollupMethod) -> Option<Cover> {
        if period.grain.months() == 1 {
            return None;
        }
        let mut cover = Cover::new();
        for (time, codes, stored, _) in counts.iter().flat_map(|id| self.cells(id, split, period)) {
            let at_the_end = method == RollupMethod::Merge || time.end() == period.end();
            if time.within(period) && at_the_end && !matches!(stored, Stored::Part(PartValue::Count(0))) {
                cover.entry(Arc::clone(codes)).or_default().push(time);
            }
        }
        for times in cover.values_mut() {
            times.sort_by_key(|time| (time.start(), std::cmp::Reverse(time.length())));
            let mut covered = None;
            times.retain(|time| {
                let follows = covered.is_none_or(|until| time.start() > until);
                if follows {
                    covered = Some(time.end());
                }
                follows
            });
            if method == RollupMethod::Last {
                times.truncate(1);
            }
        }
        Some(cover)
    }

    /// Parts of a period by codes, out of the cells that make it up.
    ///
    /// # Errors
    /// A sum passes 128 bits.
    pub fn period(
        &self,
        id: &str,
        split: &Split,
        period: Period,
        cover: Option<&Cover>,
    ) -> Result<BTreeMap<Codes, Cow<'_, PartValue>>, MeasureError> {
        let Some(cover) = cover else {
            // One cell for each code, in their order: most periods are one month, whose parts need no copy.
            let cells = self.cells(id, split, period).filter(|(time, ..)| time.within(period));
            return cells.map(|(_, codes, stored, kind)| Ok((Arc::clone(codes), stored.part(kind)?))).collect();
        };
        let mut merged: BTreeMap<Codes, Cow<'_, PartValue>> = BTreeMap::new();
        for (time, codes, stored, kind) in self.cells(id, split, period) {
            if !cover.get(codes).is_some_and(|times| times.contains(&time)) {
                continue;
            }
            match merged.get_mut(codes) {
                Some(sum) => sum.to_mut().merge(&*stored.part(kind)?).map_err(MeasureError::internal)?,
                None => {
                    merged.insert(Arc::clone(codes), stored.part(kind)?);
                }
            }
        }
        Ok(merged)
    }

    /// Time keys for which a part has cells, in order.
    pub fn times(&self, id: &str) -> Vec<TimeKey> {
        let part = self.parts.get(id);
        let splits = part.into_iter().flat_map(|part| part.cells.keys().map(|split| (part.anchor, split.clone())));
        let places = splits.filter_map(|place| self.places.get(&place));
        let mut times: Vec<TimeKey> = places.flat_map(|places| places.keys().map(|(time, _)| *time)).collect();
        times.sort();
        times.dedup();
        times
    }
}

/// The place of a cell; a new one after all others.
fn place(places: &mut Places, key: &(TimeKey, Codes)) -> usize {
    let next = places.len();
    *places.entry(key.clone()).or_insert(next)
}

/// Which group each cell of a batch falls into.
struct Grouping {
    /// Group of each cell; `None`: outside of time.
    groups: Vec<Option<u32>>,
    keys: Vec<(TimeKey, Codes)>,
}

impl Grouping {
    fn new(scan: &Scan, cells: &RecordBatch, anchor: usize, split: &Split) -> Self {
        let times = cells.column_by_name(&scan.anchors[anchor].id).map(|c| c.as_primitive::<Int32Type>());
        let columns: Vec<Option<&arrow::array::StringArray>> = split
            .iter()
            .map(|name| {
                let dimension = scan.dimensions.iter().find(|d| d.name == *name)?;
                Some(cells.column_by_name(&dimension_column(dimension))?.as_string::<i32>())
            })
            .collect();
        let mut keys: Vec<(TimeKey, Codes)> = Vec::new();
        let mut known: HashMap<(Vec<Option<&str>>, i32), u32> = HashMap::new();
        let mut groups = Vec::with_capacity(cells.num_rows());
        let mut codes = Vec::with_capacity(columns.len());
        for row in 0..cells.num_rows() {
            let Some(time) = times.filter(|times| times.is_valid(row)).map(|times| times.value(row)) else {
                groups.push(None);
                continue;
            };
            codes.clear();
            codes.extend(columns.iter().map(|c| c.filter(|c| c.is_valid(row)).map(|c| c.value(row))));
            let group = match known.get(&(codes.clone(), time)) {
                Some(&group) => group,
                None => {
                    let group = keys.len() as u32;
                    let texts = codes.iter().map(|code| code.unwrap_or(UNKNOWN).to_owned()).collect();
                    keys.push((TimeKey(time), texts));
                    known.insert((codes.clone(), time), group);
                    group
                }
            };
            groups.push(Some(group));
        }
        Grouping { groups, keys }
    }
}

/// A part of one time key and cell. What stood in a single measured cell stays as its bytes until it is asked for: at the
/// finest split that is nearly every part, and histograms take far less room that way.
#[derive(Debug, Clone)]
enum Stored {
    Part(PartValue),
    Bytes(Box<[u8]>),
}

impl Stored {
    fn part(&self, kind: PartKind) -> Result<Cow<'_, PartValue>, MeasureError> {
        match self {
            Stored::Part(part) => Ok(Cow::Borrowed(part)),
            Stored::Bytes(bytes) => {
                let mut part = PartValue::empty(kind);
                part.merge_bytes(bytes).map_err(MeasureError::internal)?;
                Ok(Cow::Owned(part))
            }
        }
    }

    fn merge(&mut self, other: &Stored, kind: PartKind) -> Result<(), MeasureError> {
        let mut part = self.part(kind)?.into_owned();
        match other {
            Stored::Part(other) => part.merge(other),
            Stored::Bytes(bytes) => part.merge_bytes(bytes),
        }
        .map_err(MeasureError::internal)?;
        *self = Stored::Part(part);
        Ok(())
    }
}

/// Merges a column of stored parts into one part a group.
fn merge_column(column: &dyn Array, kind: PartKind, grouping: &Grouping) -> Result<Vec<Stored>, MeasureError> {
    let rows = || {
        let groups = grouping.groups.iter().enumerate();
        groups.filter_map(|(row, group)| Some((row, (*group)? as usize))).filter(|(row, _)| column.is_valid(*row))
    };
    if matches!(kind, PartKind::Count | PartKind::Sum | PartKind::Min | PartKind::Max) {
        let mut merged = vec![PartValue::empty(kind); grouping.keys.len()];
        let counts = column.as_primitive_opt::<Int64Type>();
        let units = column.as_primitive_opt::<Decimal128Type>();
        for (row, group) in rows() {
            let value = match kind {
                PartKind::Count => PartValue::Count(counts.ok_or_else(unexpected)?.value(row).unsigned_abs()),
                PartKind::Sum => PartValue::Sum { units: units.ok_or_else(unexpected)?.value(row) },
                _ => PartValue::Extreme {
                    units: Some(units.ok_or_else(unexpected)?.value(row)),
                    largest: kind == PartKind::Max,
                },
            };
            merged[group].merge(&value).map_err(MeasureError::internal)?;
        }
        return Ok(merged.into_iter().map(Stored::Part).collect());
    }
    let bytes = column.as_binary_opt::<i32>().ok_or_else(unexpected)?;
    let mut merged: Vec<Option<Stored>> = vec![None; grouping.keys.len()];
    for (row, group) in rows() {
        let bytes = bytes.value(row);
        match &mut merged[group] {
            None => merged[group] = Some(Stored::Bytes(bytes.into())),
            Some(Stored::Part(part)) => part.merge_bytes(bytes).map_err(MeasureError::internal)?,
            Some(first @ Stored::Bytes(_)) => {
                let mut part = first.part(kind)?.into_owned();
                part.merge_bytes(bytes).map_err(MeasureError::internal)?;
                *first = Stored::Part(part);
            }
        }
    }
    let empty = || Stored::Part(PartValue::empty(kind));
    Ok(merged.into_iter().map(|stored| stored.unwrap_or_else(empty)).collect())
}

fn unexpected() -> MeasureError {
    MeasureError::internal("a stored part has an unexpected column type")
}
