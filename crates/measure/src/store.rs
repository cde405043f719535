//! Stored parts: what was measured once is not measured again until its records or its definition change.
//!
//! `parts/<scan>/_index.json` says which file holds which parts of which partition, and of which records (by hash) they
//! were made. Files are written whole and renamed, the index is replaced last: whoever is interrupted loses only the
//! batch of partitions that was under way.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::{DataType, Int32Type};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::MeasureError;
use crate::plan::{PARTS_VERSION, PlannedPart, Scan};
use crate::scan::dimension_column;
use crate::time_key::TimeKey;
use crate::zone::{day_start, zone_by_name};

/// One file of measured cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// File name in the scan's folder.
    pub file: String,
    /// Hash of the records that it was measured from.
    pub records: String,
    /// Moment of extraction that it was measured with, in microseconds since 1970.
    pub extraction: i64,
    /// Whether all of its months were closed by then: a later extraction would change nothing.
    pub settled: bool,
    /// Rows of records.
    pub rows: u64,
    /// Columns of dimensions.
    pub dimensions: BTreeSet<String>,
    /// Ids of time anchors.
    pub anchors: BTreeSet<String>,
    /// Ids of parts.
    pub parts: BTreeSet<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Index {
    version: u32,
    /// By partition.
    partitions: BTreeMap<String, Vec<Entry>>,
}

/// The stored parts of one scan.
#[derive(Debug)]
pub struct PartStore {
    folder: PathBuf,
    index: Index,
}

impl PartStore {
    /// Opens the store of a scan in a node; an index that cannot be read counts as empty, since parts can be re-measured.
    /// `fresh`: nothing that is there will be used.
    pub fn open(node: &Path, scan: &Scan, fresh: bool) -> Self {
        let name = match &scan.stock {
            None => scan.contract.clone(),
            Some((from, to)) => format!("{}.{from}.{to}", scan.contract),
        };
        let folder = node.join("parts").join(name);
        let mut index = fs::read(folder.join("_index.json"))
            .ok()
            .and_then(|bytes| serde_json::from_slice::<Index>(&bytes).ok())
            .filter(|index| index.version == PARTS_VERSION)
            .unwrap_or_else(|| Index { version: PARTS_VERSION, partitions: BTreeMap::new() });
        // A file that is gone, cut or changed on disk is measured again, whatever happened to it.
        let needed: BTreeSet<&String> = scan.parts.iter().map(|part| &part.id).collect();
        let is_asked_for = |entry: &Entry| !fresh && entry.parts.iter().any(|id| needed.contains(id));
        for entries in index.partitions.values_mut() {
            entries.retain(|entry| {
                let is_whole =
                    || fs::read(folder.join(&entry.file)).map(|bytes| entry.file.contains(&short_hash(&bytes)));
                !is_asked_for(entry) || is_whole().unwrap_or(false)
            });
        }
        PartStore { folder, index }
    }

    /// Entries of a partition that are still true for those records, that extraction and those dimensions.
    fn valid<'a>(&'a self, scan: &Scan, partition: &str, records: &str, extraction: i64) -> Vec<&'a Entry> {
        let dimensions: BTreeSet<String> = scan.dimensions.iter().map(dimension_column).collect();
        let entries = self.index.partitions.get(partition).map(Vec::as_slice).unwrap_or_default();
        entries
            .iter()
            .filter(|entry| {
                entry.records == records
                    && (entry.extraction == extraction || (entry.settled && entry.extraction < extraction))
                    && dimensions.is_subset(&entry.dimensions)
            })
            .collect()
    }

    /// Parts of the scan that must be measured for a partition.
    pub fn missing(&self, scan: &Scan, partition: &str, records: &str, extraction: i64) -> Vec<PlannedPart> {
        let known: BTreeSet<&String> =
            self.valid(scan, partition, records, extraction).iter().flat_map(|entry| &entry.parts).collect();
        scan.parts.iter().filter(|part| !known.contains(&part.id)).cloned().collect()
    }

    /// Stores the measured cells of a partition (columns as [`crate::scan::by_partition`] gives them).
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn put(&mut self, scan: &Scan, measured: &Measured<'_>, cells: &RecordBatch) -> Result<(), MeasureError> {
        let Measured { partition, records, extraction, rows, parts } = *measured;
        fs::create_dir_all(&self.folder).map_err(|e| MeasureError::write(&self.folder, e))?;
        let bytes = encode(cells)?;
        let file = format!("{partition}-{}.parquet", short_hash(&bytes));
        write_atomically(&self.folder.join(&file), &bytes)?;
        let entry = Entry {
            file,
            records: records.to_owned(),
            extraction,
            settled: settled(scan, parts, cells, extraction),
            rows,
            dimensions: scan.dimensions.iter().map(dimension_column).collect(),
            anchors: scan.anchors.iter().map(|anchor| anchor.id.clone()).collect(),
            parts: parts.iter().map(|part| part.id.clone()).collect(),
        };
        let entries = self.index.partitions.entry(partition.to_owned()).or_default();
        entries.retain(|old| old.records == entry.records && old.file != entry.file);
        // What was just measured goes before what stood there; a part is never taken from two entries.
        for old in entries.iter_mut() {
            old.parts.retain(|id| !entry.parts.contains(id));
        }
        entries.retain(|old| !old.parts.is_empty());
        entries.push(entry);
        Ok(())
    }

    /// Replaces the index on disk.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn commit(&self) -> Result<(), MeasureError> {
        fs::create_dir_all(&self.folder).map_err(|e| MeasureError::write(&self.folder, e))?;
        let mut text = serde_json::to_vec_pretty(&self.index).map_err(MeasureError::internal)?;
        text.push(b'\n');
        write_atomically(&self.folder.join("_index.json"), &text)
    }

    /// Cells of a partition that hold needed parts, each with the parts to take from it.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn load(
        &self,
        scan: &Scan,
        partition: &str,
        records: &str,
        extraction: i64,
    ) -> Result<Vec<(RecordBatch, Vec<PlannedPart>)>, MeasureError> {
        let mut needed: BTreeMap<&str, &PlannedPart> = scan.parts.iter().map(|p| (p.id.as_str(), p)).collect();
        let mut loaded = Vec::new();
        for entry in self.valid(scan, partition, records, extraction) {
            let taken: Vec<PlannedPart> =
                entry.parts.iter().filter_map(|id| needed.remove(id.as_str())).cloned().collect();
            if !taken.is_empty() {
                let path = self.folder.join(&entry.file);
                loaded.push((decode(&path, scan, &taken)?, taken));
            }
        }
        Ok(loaded)
    }

    /// Forgets partitions that are gone and files that nothing names.
    ///
    /// # Errors
    /// The index cannot be written.
    pub fn tidy(&mut self, partitions: &BTreeMap<String, String>) -> Result<(), MeasureError> {
        let before = self.index.clone();
        self.index.partitions.retain(|name, entries| {
            entries.retain(|entry| partitions.get(name).is_some_and(|records| *records == entry.records));
            !entries.is_empty()
        });
        if self.index != before {
            self.commit()?;
        }
        let named: BTreeSet<&str> = self.index.partitions.values().flatten().map(|entry| entry.file.as_str()).collect();
        let Ok(files) = fs::read_dir(&self.folder) else { return Ok(()) };
        for file in files.flatten() {
            let name = file.file_name();
            let name = name.to_string_lossy();
            if name != "_index.json" && !named.contains(name.as_ref()) {
                // A file that stays behind costs disk, nothing else; the next run tries again.
                let _ = fs::remove_file(file.path());
            }
        }
        Ok(())
    }
}

/// What a measured partition was made from.
#[derive(Debug, Clone, Copy)]
pub struct Measured<'a> {
    /// Name of the partition.
    pub partition: &'a str,
    /// Hash of its records.
    pub records: &'a str,
    /// Moment of extraction, in microseconds since 1970.
    pub extraction: i64,
    /// Rows of records.
    pub rows: u64,
    /// Parts that were measured.
    pub parts: &'a [PlannedPart],
}

/// Hash of a file's bytes: part of its name, so that a name vouches for its content. Against rot, not against malice: who
/// can write to the node can write the index too.
fn short_hash(bytes: &[u8]) -> String {
    format!("{:016x}", xxh3_64(bytes))
}

/// Whether every month of the cells was closed at extraction, for every part that has a clock.
fn settled(scan: &Scan, parts: &[PlannedPart], cells: &RecordBatch, extraction: i64) -> bool {
    parts.iter().all(|part| {
        let Some(closes_days) = part.closes_days else { return true };
        let Some(times) = cells.column_by_name(&scan.anchors[part.anchor].id) else { return false };
        let Ok(zone) = zone_by_name(&part.zone) else { return false };
        let last = times.as_primitive::<Int32Type>().iter().flatten().max();
        last.is_none_or(|key| {
            let next = mizan_model::period::Month(TimeKey(key).end().0 + 1);
            day_start(&zone, next, closes_days) <= extraction
        })
    })
}

fn encode(cells: &RecordBatch) -> Result<Vec<u8>, MeasureError> {
    // Parts are small beside records, and made and read more often than kept: squeezing them to six tenths costs more time
    // than writing them. A part is hardly ever twice the same, so only codes have a dictionary.
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::UNCOMPRESSED)
        .set_statistics_enabled(EnabledStatistics::None)
        .set_dictionary_enabled(false)
        .set_created_by("mizan".to_owned());
    for field in cells.schema_ref().fields().iter().filter(|field| field.data_type() == &DataType::Utf8) {
        properties = properties.set_column_dictionary_enabled(ColumnPath::from(field.name().as_str()), true);
    }
    let properties = properties.build();
    let mut bytes = Vec::new();
    let mut writer =
        ArrowWriter::try_new(&mut bytes, cells.schema(), Some(properties)).map_err(MeasureError::internal)?;
    writer.write(cells).map_err(MeasureError::internal)?;
    writer.close().map_err(MeasureError::internal)?;
    Ok(bytes)
}

fn decode(path: &Path, scan: &Scan, parts: &[PlannedPart]) -> Result<RecordBatch, MeasureError> {
    let fail = |e: &dyn std::fmt::Display| MeasureError::read(path, e.to_string());
    let file = File::open(path).map_err(|e| fail(&e))?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| fail(&e))?;
    let mut wanted: Vec<String> = scan.anchors.iter().map(|anchor| anchor.id.clone()).collect();
    wanted.extend(scan.dimensions.iter().map(dimension_column));
    wanted.extend(parts.iter().map(|part| part.id.clone()));
    let columns = wanted.iter().map(String::as_str);
    let mask = parquet::arrow::ProjectionMask::columns(builder.parquet_schema(), columns);
    let reader = builder.with_projection(mask).with_batch_size(65_536).build().map_err(|e| fail(&e))?;
    let schema = arrow::array::RecordBatchReader::schema(&reader);
    let batches: Vec<RecordBatch> = reader.collect::<Result<_, _>>().map_err(|e| fail(&e))?;
    arrow::compute::concat_batches(&schema, &batches).map_err(|e| fail(&e))
}

/// Writes a file under another name and renames it.
pub(crate) fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), MeasureError> {
    let fail = |e| MeasureError::write(path, e);
    let temporary = path.with_extension("tmp");
    let mut file = File::create(&temporary).map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    file.sync_all().map_err(fail)?;
    fs::rename(&temporary, path).map_err(fail)
}
