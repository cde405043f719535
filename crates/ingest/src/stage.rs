//! Rows of one source on their way to segments: gathered by month, spilled when memory is short, then sorted.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use arrow::array::{RecordBatch, UInt32Array};
use arrow::compute::{SortColumn, concat_batches, lexsort_to_indices, take_record_batch};
use arrow::datatypes::SchemaRef;
use arrow::ipc::reader::FileReader;
use arrow::ipc::writer::FileWriter;
use mizan_model::contract::Contract;

use crate::error::IngestError;
use crate::node::create_folder;
use crate::segment::{SegmentWriter, Written};

/// Rows of a month that are sorted at once, as bytes; text columns must stay below 2 GB.
const SORTED_AT_MOST: usize = 1 << 30;

/// Local month as `year * 12 + month - 1`; [`ALL`] for contracts without partition.
pub(crate) type MonthIndex = i32;

/// The one partition of a contract without partition field.
pub(crate) const ALL: MonthIndex = i32::MIN;

/// `2025-03` or `all`.
pub(crate) fn month_name(month: MonthIndex) -> String {
    if month == ALL { "all".to_owned() } else { format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1) }
}

#[derive(Default)]
struct Month {
    batches: Vec<RecordBatch>,
    bytes: usize,
    spilled_bytes: usize,
    spill: Option<(PathBuf, FileWriter<BufWriter<File>>)>,
}

/// Rows by month.
pub(crate) struct Stage {
    months: BTreeMap<MonthIndex, Month>,
    schema: SchemaRef,
    folder: PathBuf,
    bytes: usize,
    budget: usize,
}

/// Where and how segments are written.
pub(crate) struct Target<'a> {
    /// Folder of the contract.
    pub folder: &'a Path,
    /// Name of the mapping, for temporary names.
    pub mapping: &'a str,
    /// Contract of the records.
    pub contract: &'a Contract,
    /// Positions of the key fields.
    pub key: &'a [usize],
    /// Segments written at the same time.
    pub threads: usize,
}

impl Stage {
    /// Spills to `folder` when the rows take more than `budget` bytes.
    pub(crate) fn new(schema: SchemaRef, folder: PathBuf, budget: usize) -> Self {
        Stage { months: BTreeMap::new(), schema, folder, bytes: 0, budget }
    }

    /// Adds rows of one month.
    pub(crate) fn push(&mut self, month: MonthIndex, batch: RecordBatch) -> Result<(), IngestError> {
        let bytes = batch.get_array_memory_size();
        let entry = self.months.entry(month).or_default();
        entry.bytes += bytes;
        entry.batches.push(batch);
        self.bytes += bytes;
        if self.bytes > self.budget {
            self.spill()?;
        }
        Ok(())
    }

    fn spill(&mut self) -> Result<(), IngestError> {
        create_folder(&self.folder)?;
        for (month, entry) in &mut self.months {
            if entry.batches.is_empty() {
                continue;
            }
            if entry.spill.is_none() {
                let path = self.folder.join(format!("{}.arrow", month_name(*month)));
                let file = File::create(&path).map_err(|e| IngestError::file_system(&path, "create", e))?;
                let writer = FileWriter::try_new_buffered(file, &self.schema)?;
                entry.spill = Some((path, writer));
            }
            let (_, writer) = entry.spill.as_mut().expect("set just above");
            writer.write(&concat_batches(&self.schema, &entry.batches)?)?;
            entry.batches.clear();
            entry.spilled_bytes += entry.bytes;
            entry.bytes = 0;
        }
        self.bytes = 0;
        Ok(())
    }

    /// Writes one segment a month, in order of months.
    pub(crate) fn write(self, target: &Target<'_>) -> Result<Vec<(MonthIndex, Written)>, IngestError> {
        let (schema, budget) = (self.schema, self.budget);
        let months: Vec<(MonthIndex, Mutex<Option<Month>>)> =
            self.months.into_iter().map(|(index, month)| (index, Mutex::new(Some(month)))).collect();
        let done: Mutex<Vec<(MonthIndex, Result<Written, IngestError>)>> = Mutex::new(Vec::new());
        let next = AtomicUsize::new(0);
        let threads = target.threads.clamp(1, months.len().max(1));
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    while let Some((index, slot)) = months.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let month = slot.lock().expect("no thread panics with it").take();
                        let Some(month) = month else { continue };
                        let written = month.write(*index, &schema, budget / threads, target);
                        done.lock().expect("no thread panics with it").push((*index, written));
                    }
                });
            }
        });
        let mut written = done.into_inner().expect("all threads have ended");
        written.sort_by_key(|(index, _)| *index);
        written.into_iter().map(|(index, result)| Ok((index, result?))).collect()
    }
}

impl Month {
    fn write(
        mut self,
        index: MonthIndex,
        schema: &SchemaRef,
        budget: usize,
        target: &Target<'_>,
    ) -> Result<Written, IngestError> {
        let folder = target.folder.join(format!("month={}", month_name(index)));
        let mut writer = SegmentWriter::create(&folder, target.mapping, schema, Some(target.contract))?;
        let spilled = match self.spill.take() {
            None => None,
            Some((path, mut spill)) => {
                spill.finish()?;
                drop(spill);
                let file = File::open(&path).map_err(|e| IngestError::file_system(&path, "open", e))?;
                Some(FileReader::try_new_buffered(file, None)?)
            }
        };
        let affordable = self.bytes + self.spilled_bytes <= budget.min(SORTED_AT_MOST);
        if affordable || spilled.is_none() {
            let mut batches = Vec::new();
            for batch in spilled.into_iter().flatten() {
                batches.push(batch?);
            }
            batches.append(&mut self.batches);
            write_sorted(&mut writer, &concat_batches(schema, &batches)?, target.key)?;
        } else {
            for batch in spilled.into_iter().flatten() {
                writer.write(&batch?)?;
            }
            for batch in &self.batches {
                writer.write(batch)?;
            }
        }
        writer.finish()
    }
}

fn write_sorted(writer: &mut SegmentWriter, rows: &RecordBatch, key: &[usize]) -> Result<(), IngestError> {
    let columns: Vec<SortColumn> =
        key.iter().map(|&position| SortColumn { values: rows.column(position).clone(), options: None }).collect();
    if columns.is_empty() {
        return writer.write(rows);
    }
    let order: UInt32Array = lexsort_to_indices(&columns, None)?;
    // Sources are mostly in order already; then nothing needs to be moved.
    let in_order = order.values().windows(2).all(|w| w[0] < w[1]);
    for start in (0..rows.num_rows()).step_by(crate::layout::ROW_GROUP) {
        let length = crate::layout::ROW_GROUP.min(rows.num_rows() - start);
        if in_order {
            writer.write(&rows.slice(start, length))?;
        } else {
            writer.write(&take_record_batch(rows, &order.slice(start, length))?)?;
        }
    }
    Ok(())
}
