//! Cells merge: from the finest cells to months, offices and breakdowns, and from months to longer periods.
//!
//! Nothing here divides. Ratios are made from merged parts, in [`crate::value`].

mod book;
mod column;
mod grouping;

use std::collections::{BTreeMap, HashMap};

use arrow::array::RecordBatch;
use mizan_model::expression::parts::PartKind;
use mizan_model::kpi::RollupMethod;
use mizan_model::period::Period;

pub use self::book::{Codes, total};
pub use self::column::PeriodColumn;

use self::book::Book;
use self::column::Column;
use self::grouping::Grouping;
use crate::MeasureError;
use crate::plan::{PlannedPart, Scan};
use crate::time_key::TimeKey;

/// Code of a dimension whose value is empty.
pub const UNKNOWN: &str = "_U";

/// Names of the dimensions that a roll-up keeps; empty: the total.
pub type Split = Vec<String>;

/// Cells that a period is made of, by the number of their codes.
pub type Cover = HashMap<u32, Vec<TimeKey>>;

/// Parts of all scans, merged to the splits that are asked for and to the time keys of their cells.
#[derive(Debug, Default)]
pub struct Rollup {
    /// Codes of each split, the same for all scans: what is divided by each other may come from two.
    books: HashMap<Split, Book>,
    /// By scan.
    scans: HashMap<usize, Rolled>,
}

/// Parts of one scan.
#[derive(Debug, Default)]
struct Rolled {
    /// By anchor and split. All parts of both have their cells in the same places.
    places: HashMap<(usize, Split), Places>,
    /// By id.
    parts: HashMap<String, RolledPart>,
}

/// Place of each cell, by time and the number of its codes.
type Places = BTreeMap<(TimeKey, u32), usize>;

/// One part in all cells.
#[derive(Debug)]
struct RolledPart {
    anchor: usize,
    /// By split; empty where the part was not loaded.
    cells: HashMap<Split, Column>,
}

impl Rollup {
    /// Adds the cells of one partition of a scan, given by its number and plan. `wanted` gives the splits of each part.
    ///
    /// # Errors
    /// A stored part cannot be read.
    pub fn add(
        &mut self,
        number: usize,
        scan: &Scan,
        cells: &RecordBatch,
        parts: &[PlannedPart],
        wanted: &HashMap<String, Vec<Split>>,
    ) -> Result<(), MeasureError> {
        let rolled = self.scans.entry(number).or_default();
        let mut groupings: HashMap<(usize, &Split), Grouping> = HashMap::new();
        for part in parts {
            let Some(column) = cells.column_by_name(&part.id) else {
                return Err(MeasureError::internal(format!("part `{}` is not in its file", part.id)));
            };
            let of_part = rolled
                .parts
                .entry(part.id.clone())
                .or_insert_with(|| RolledPart { anchor: part.anchor, cells: HashMap::new() });
            for split in wanted.get(&part.id).map(Vec::as_slice).unwrap_or_default() {
                let places = rolled.places.entry((part.anchor, split.clone())).or_default();
                let grouping = groupings.entry((part.anchor, split)).or_insert_with(|| {
                    let book = self.books.entry(split.clone()).or_default();
                    Grouping::new(scan, cells, part.anchor, split, book, places)
                });
                let target = of_part.cells.entry(split.clone()).or_insert_with(|| Column::new(part.kind));
                target.resize(places.len());
                target.merge(column, part.kind, &grouping.places)?;
            }
        }
        Ok(())
    }

    fn part(&self, scan: usize, id: &str) -> Option<(&Rolled, &RolledPart)> {
        let rolled = self.scans.get(&scan)?;
        Some((rolled, rolled.parts.get(id)?))
    }

    /// Cells of a part that begin in a period, in order of time: their key, the number of their codes and their place.
    fn cells(
        &self,
        scan: usize,
        id: &str,
        split: &Split,
        period: Period,
    ) -> impl Iterator<Item = (TimeKey, u32, usize, &Column)> {
        let found = self.part(scan, id).and_then(|(rolled, part)| {
            Some((rolled.places.get(&(part.anchor, split.clone()))?, part.cells.get(split)?))
        });
        let reach = (TimeKey(period.start.0 * 16), 0)..(TimeKey((period.end().0 + 1) * 16), 0);
        found.into_iter().flat_map(move |(places, column)| {
            let in_reach = places.range(reach.clone()).filter(|(_, place)| **place < column.len());
            in_reach.map(move |((time, codes), place)| (*time, *codes, *place, column))
        })
    }

    /// The cells that a period of a source is made of, by codes: those that follow each other without covering a month
    /// twice, the longest first. So a figure that is given for exactly the period goes before its months, and quarters
    /// before theirs. Stocks take what stands at the end.
    ///
    /// `counts` are the parts of a scan that count the records of the source: only a cell in which there is one is its
    /// figure. (A cell may be there for the sake of another source.) `None`: a month is made of its own cells.
    pub fn cover(
        &self,
        scan: usize,
        counts: &[&str],
        split: &Split,
        period: Period,
        method: RollupMethod,
    ) -> Option<Cover> {
        if period.grain.months() == 1 {
            return None;
        }
        let mut cover = Cover::new();
        for (time, codes, place, column) in counts.iter().flat_map(|id| self.cells(scan, id, split, period)) {
            let at_the_end = method == RollupMethod::Merge || time.end() == period.end();
            if time.within(period) && at_the_end && column.counts_records(place) {
                cover.entry(codes).or_default().push(time);
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

    /// A part of a period by the number of its codes, out of the cells that make it up.
    ///
    /// # Errors
    /// A stored part cannot be read, or a sum passes 128 bits.
    pub fn period(
        &self,
        (scan, id, kind): (usize, &str, PartKind),
        split: &Split,
        period: Period,
        cover: Option<&Cover>,
    ) -> Result<PeriodColumn<'_>, MeasureError> {
        let mut merged = PeriodColumn::new(kind, self.count(split));
        for (time, codes, place, column) in self.cells(scan, id, split, period) {
            let is_in = match cover {
                // One cell for each code: most periods are one month, whose parts need no copy.
                None => time.within(period),
                Some(cover) => cover.get(&codes).is_some_and(|times| times.contains(&time)),
            };
            if is_in {
                merged.add(codes, column, place, kind)?;
            }
        }
        Ok(merged)
    }

    /// Codes of a split in order, with their numbers.
    pub fn codes(&self, split: &Split) -> impl Iterator<Item = (u32, &Codes)> {
        self.books.get(split).into_iter().flat_map(Book::in_order)
    }

    /// Number of codes of a split.
    pub fn count(&self, split: &Split) -> usize {
        self.books.get(split).map_or(0, Book::len)
    }

    /// Time keys for which a part has cells, in order.
    pub fn times(&self, scan: usize, id: &str) -> Vec<TimeKey> {
        let Some((rolled, part)) = self.part(scan, id) else { return Vec::new() };
        // Every record of the part is in a cell of each of its splits, so that one of them has all times.
        let shortest = part.cells.keys().filter_map(|split| rolled.places.get(&(part.anchor, split.clone())));
        let places = shortest.min_by_key(|places| places.len());
        let mut times: Vec<TimeKey> = places.into_iter().flatten().map(|((time, _), _)| *time).collect();
        times.dedup();
        times
    }
}
