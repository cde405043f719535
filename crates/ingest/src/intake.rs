//! The way of rows from text to staged records: conversion, checks, duplicates, quarantine, and the counts of all that.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, RecordBatch, UInt32Array};
use arrow::compute::{filter_record_batch, take_record_batch};
use arrow::datatypes::{DataType, Date32Type, TimestampMicrosecondType};
use mizan_model::contract::Contract;
use mizan_model::mapping::{Mapping, OnDuplicate};

use crate::convert::stamp::{Zone, date_of, day_of};
use crate::convert::{Converter, Fault, storage_schema};
use crate::error::IngestError;
use crate::keys::{KeyIndex, Live, hash_keys};
use crate::options::{Counts, IngestOptions};
use crate::quarantine::{QuarantineWriter, Reason};
use crate::reader::{Header, TextBatch};
use crate::reason;
use crate::segment::extent;
use crate::stage::{ALL, MonthIndex, Stage};

const MICROS_PER_DAY: i64 = 86_400_000_000;

/// Takes the rows of one source in.
pub(crate) struct Intake<'a> {
    mapping: &'a Mapping,
    file: String,
    header: Header,
    converter: Converter,
    zone: Zone,
    key: Vec<usize>,
    partition: Option<usize>,
    /// Rows that fit.
    pub stage: Stage,
    /// Rows that do not.
    pub quarantine: QuarantineWriter,
    /// What became of how many.
    pub counts: Counts,
}

/// Positions of the key fields of a contract.
pub(crate) fn key_positions(contract: &Contract) -> Vec<usize> {
    contract.key.iter().filter_map(|k| contract.fields.iter().position(|f| &f.name == k)).collect()
}

/// Position of the partition field.
pub(crate) fn partition_position(contract: &Contract) -> Option<usize> {
    let name = contract.partition.as_ref()?;
    contract.fields.iter().position(|f| &f.name == name)
}

/// Rows with a stamp that is no moment of any record: a system's way to say that there is none, mostly.
fn placeholders(records: &RecordBatch) -> BTreeSet<usize> {
    // A registration of 1985 may well be true; one of 1899 is the day 0 of a spreadsheet.
    const FIRST_YEAR: i32 = 1900;
    let start = |year: i32| i64::from(day_of(year, 1, 1).expect("every year begins"));
    let days = start(FIRST_YEAR)..start(reason::PLAUSIBLE_YEARS.end() + 1);
    let mut rows = BTreeSet::new();
    for column in records.columns() {
        let unit = if column.data_type() == &DataType::Date32 { 1 } else { MICROS_PER_DAY };
        let plausible = days.start * unit..days.end * unit;
        // Few columns have one, so few are looked at row by row.
        if extent(column).is_some_and(|(low, high)| !plausible.contains(&low) || !plausible.contains(&high)) {
            let is_out =
                |row: &usize| extent(&column.slice(*row, 1)).is_some_and(|(value, _)| !plausible.contains(&value));
            rows.extend((0..column.len()).filter(is_out));
        }
    }
    rows
}

impl<'a> Intake<'a> {
    /// Rows that are in `quarantine` already count as read.
    pub(crate) fn new(
        contract: &Contract,
        mapping: &'a Mapping,
        options: &IngestOptions,
        (file, header, converter): (&str, Header, Converter),
        quarantine: QuarantineWriter,
        scratch: PathBuf,
    ) -> Result<Self, IngestError> {
        Ok(Intake {
            mapping,
            file: file.to_owned(),
            header,
            converter,
            zone: Zone::new(options.time_zone()?),
            key: key_positions(contract),
            partition: partition_position(contract),
            stage: Stage::new(storage_schema(contract), scratch, options.memory_bytes / 3),
            counts: Counts { rows_in: quarantine.count, ..Counts::default() },
            quarantine,
        })
    }

    /// Takes one batch in. `live` knows the keys that are there already.
    pub(crate) fn take(&mut self, batch: &TextBatch, keys: &mut KeyIndex, live: &Live<'_>) -> Result<(), IngestError> {
        self.counts.rows_in += (batch.rows() + batch.broken.len()) as u64;
        let converted = self.converter.convert(batch, &self.file)?;
        for (key, n) in &converted.warnings {
            self.counts.warn(key, *n);
        }
        let mut faults: HashMap<usize, Vec<Fault>> = HashMap::new();
        for fault in converted.faults {
            faults.entry(fault.row).or_default().push(fault);
        }
        let months = self.months(&converted.records);
        let mut keep = vec![true; batch.rows()];
        for &row in faults.keys() {
            keep[row] = false;
        }
        if !self.key.is_empty() {
            let hashes = hash_keys(&converted.records, &self.key);
            for row in 0..batch.rows() {
                if !keep[row] || keys.insert(months[row], hashes[row], live)? {
                    continue;
                }
                keep[row] = false;
                match self.mapping.on_duplicate {
                    OnDuplicate::First => self.counts.duplicates += 1,
                    OnDuplicate::Quarantine => {
                        faults.insert(row, vec![self.duplicate(&converted.records, row)]);
                    }
                }
            }
        }
        self.set_apart(batch, &faults)?;
        self.stage_rows(&converted.records, &months, keep)
    }

    fn duplicate(&self, records: &RecordBatch, row: usize) -> Fault {
        let schema = records.schema();
        let names: Vec<&str> = self.key.iter().map(|&k| schema.field(k).name().as_str()).collect();
        let values: Vec<String> = self
            .key
            .iter()
            .map(|&k| arrow::util::display::array_value_to_string(records.column(k), row).unwrap_or_default())
            .collect();
        Fault {
            row,
            column: None,
            value: values.join(", "),
            code: reason::DUPLICATE,
            message: format!("a record with the same key ({}) is there already", names.join(", ")),
        }
    }

    /// Writes faulty and broken rows to quarantine, in order of their lines.
    fn set_apart(&mut self, batch: &TextBatch, faults: &HashMap<usize, Vec<Fault>>) -> Result<(), IngestError> {
        let mut rows: Vec<usize> = faults.keys().copied().collect();
        rows.sort_unstable();
        let mut broken = batch.broken.iter().peekable();
        for row in rows {
            let line = batch.lines[row];
            while let Some(b) = broken.next_if(|b| b.line < line) {
                self.quarantine.push(&self.file, b.line, &b.raw, &[(None, &b.value, b.code, &b.message)])?;
            }
            let reasons: Vec<Reason<'_>> = faults[&row]
                .iter()
                .map(|f| (f.column.as_deref(), f.value.as_str(), f.code, f.message.as_str()))
                .collect();
            let file = batch.files.as_ref().map(|f| f.value(row)).filter(|f| !f.is_empty());
            self.quarantine.push(file.unwrap_or(&self.file), line, &batch.raw(&self.header, row), &reasons)?;
        }
        for b in broken {
            self.quarantine.push(&self.file, b.line, &b.raw, &[(None, &b.value, b.code, &b.message)])?;
        }
        Ok(())
    }

    fn stage_rows(&mut self, records: &RecordBatch, months: &[MonthIndex], keep: Vec<bool>) -> Result<(), IngestError> {
        let kept = keep.iter().filter(|k| **k).count();
        self.counts.taken += kept as u64;
        if kept == 0 {
            return Ok(());
        }
        let mut groups: BTreeMap<MonthIndex, Vec<u32>> = BTreeMap::new();
        for (row, month) in months.iter().enumerate() {
            if keep[row] {
                groups.entry(*month).or_default().push(row as u32);
            }
        }
        let misplaced = |month: MonthIndex| month != ALL && !reason::PLAUSIBLE_YEARS.contains(&month.div_euclid(12));
        let placeholders = placeholders(records);
        let is_implausible = |row: usize| keep[row] && (misplaced(months[row]) || placeholders.contains(&row));
        let implausible = (0..keep.len()).filter(|&row| is_implausible(row)).count();
        self.counts.warn(reason::IMPLAUSIBLE_STAMP, implausible as u64);
        if groups.len() == 1 {
            let month = *groups.keys().next().expect("there is one group");
            let rows = if kept == keep.len() {
                records.clone()
            } else {
                filter_record_batch(records, &BooleanArray::from(keep))?
            };
            return self.stage.push(month, rows);
        }
        for (month, rows) in groups {
            self.stage.push(month, take_record_batch(records, &UInt32Array::from(rows))?)?;
        }
        Ok(())
    }

    /// Local month of each row; rows without partition value are faulty anyway.
    fn months(&mut self, records: &RecordBatch) -> Vec<MonthIndex> {
        let Some(position) = self.partition else {
            return vec![ALL; records.num_rows()];
        };
        let values: &ArrayRef = records.column(position);
        let month_of = |day: i32| {
            let (year, month, _) = date_of(day);
            year * 12 + month as i32 - 1
        };
        let mut last = (i32::MIN, ALL);
        let mut of_day = |day: i32| {
            if last.0 != day {
                last = (day, month_of(day));
            }
            last.1
        };
        match values.data_type() {
            DataType::Date32 => {
                values.as_primitive::<Date32Type>().iter().map(|day| day.map_or(ALL, &mut of_day)).collect()
            }
            DataType::Timestamp(_, _) => {
                let zone = &mut self.zone;
                values
                    .as_primitive::<TimestampMicrosecondType>()
                    .iter()
                    .map(|stamp| stamp.map_or(ALL, |s| of_day(zone.local_day(s))))
                    .collect()
            }
            _ => vec![ALL; values.len()],
        }
    }
}
