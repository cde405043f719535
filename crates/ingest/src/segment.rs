//! Segments: Parquet files of records, written under a temporary name and known by the hash of their bytes.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::compute::{max, min};
use arrow::datatypes::{DataType, Date32Type, Int8Type, SchemaRef, TimestampMicrosecondType};
use mizan_model::contract::Contract;
use parquet::arrow::ArrowWriter;
use sha2::{Digest, Sha256};
use xxhash_rust::xxh3::Xxh3;

use crate::convert::stamp::date_of;
use crate::error::IngestError;
use crate::intake::partition_position;
use crate::layout::{self, PRECISION_SUFFIX};
use crate::manifest::hex;
use crate::node::create_folder;

/// Writes bytes to a file and hashes them on the way, twice: see [`crate::manifest::Segment`].
pub(crate) struct HashingFile {
    file: File,
    hash: Sha256,
    checksum: Xxh3,
    /// Bytes written.
    pub length: u64,
}

impl Write for HashingFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.checksum.update(&bytes[..written]);
        self.length += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

/// A Parquet file in the making.
pub(crate) struct SegmentWriter {
    temporary: PathBuf,
    writer: ArrowWriter<HashingFile>,
    rows: u64,
    nulls: Vec<u64>,
    /// Rows by precision, of the columns that hold one.
    precisions: BTreeMap<usize, [u64; 3]>,
    schema: SchemaRef,
    /// Position of the partition field and its extent so far, in storage units.
    partition: Option<usize>,
    extent: Option<(i64, i64)>,
}

/// A finished file under its temporary name.
pub(crate) struct Written {
    pub temporary: PathBuf,
    pub rows: u64,
    pub sha256: String,
    pub checksum: String,
    pub null_counts: BTreeMap<String, u64>,
    pub precisions: BTreeMap<String, [u64; 3]>,
    pub min_stamp: Option<String>,
    pub max_stamp: Option<String>,
}

impl SegmentWriter {
    /// Begins a file in `folder`; `label` tells files apart that are written at the same time. Without a contract, the rows
    /// are not yet records, and their extent in time is not told.
    pub(crate) fn create(
        folder: &Path,
        label: &str,
        schema: &SchemaRef,
        contract: Option<&Contract>,
    ) -> Result<Self, IngestError> {
        create_folder(folder)?;
        let temporary = folder.join(format!(".{label}.tmp"));
        let file = File::create(&temporary).map_err(|e| IngestError::file_system(&temporary, "create", e))?;
        let file = HashingFile { file, hash: Sha256::new(), checksum: Xxh3::new(), length: 0 };
        let writer = ArrowWriter::try_new_with_options(file, schema.clone(), layout::options(schema, contract))?;
        Ok(SegmentWriter {
            temporary,
            writer,
            rows: 0,
            nulls: vec![0; schema.fields().len()],
            precisions: precision_columns(schema),
            schema: schema.clone(),
            partition: contract.and_then(partition_position),
            extent: None,
        })
    }

    /// Appends rows.
    pub(crate) fn write(&mut self, batch: &RecordBatch) -> Result<(), IngestError> {
        self.writer.write(batch)?;
        self.rows += batch.num_rows() as u64;
        for (count, column) in self.nulls.iter_mut().zip(batch.columns()) {
            *count += column.null_count() as u64;
        }
        for (position, counts) in &mut self.precisions {
            for code in batch.column(*position).as_primitive::<Int8Type>().iter().flatten() {
                if let Some(count) = usize::try_from(code).ok().and_then(|code| counts.get_mut(code)) {
                    *count += 1;
                }
            }
        }
        if let Some(position) = self.partition
            && let Some((low, high)) = extent(batch.column(position))
        {
            self.extent = Some(match self.extent {
                None => (low, high),
                Some((a, b)) => (a.min(low), b.max(high)),
            });
        }
        Ok(())
    }

    /// Ends the file and makes its bytes durable.
    pub(crate) fn finish(self) -> Result<Written, IngestError> {
        let file = self.writer.into_inner()?;
        file.file.sync_all().map_err(|e| IngestError::file_system(&self.temporary, "sync", e))?;
        let stamp = |value: i64| match self.partition.map(|p| self.schema.field(p).data_type()) {
            Some(DataType::Date32) => {
                let (year, month, day) = date_of(value as i32);
                format!("{year:04}-{month:02}-{day:02}")
            }
            _ => jiff::Timestamp::from_microsecond(value).map(|t| t.to_string()).unwrap_or_default(),
        };
        let stamp_of = |position: usize| {
            let column = self.schema.field(position).name();
            column.strip_suffix(PRECISION_SUFFIX).unwrap_or(column).to_owned()
        };
        Ok(Written {
            precisions: self.precisions.iter().map(|(&position, counts)| (stamp_of(position), *counts)).collect(),
            temporary: self.temporary,
            rows: self.rows,
            sha256: hex(&file.hash.finalize()),
            checksum: checksum_text(&file.checksum),
            null_counts: self.schema.fields().iter().zip(&self.nulls).map(|(f, n)| (f.name().clone(), *n)).collect(),
            min_stamp: self.extent.map(|(low, _)| stamp(low)),
            max_stamp: self.extent.map(|(_, high)| stamp(high)),
        })
    }
}

/// Positions of the columns that tell how finely a stamp is written, with no rows counted.
fn precision_columns(schema: &SchemaRef) -> BTreeMap<usize, [u64; 3]> {
    let fields = schema.fields().iter().enumerate();
    fields
        .filter(|(_, field)| field.data_type() == &DataType::Int8 && field.name().ends_with(PRECISION_SUFFIX))
        .map(|(position, _)| (position, [0; 3]))
        .collect()
}

/// Smallest and largest value of a column of days or stamps, in its own units.
pub(crate) fn extent(values: &ArrayRef) -> Option<(i64, i64)> {
    match values.data_type() {
        DataType::Date32 => {
            let values = values.as_primitive::<Date32Type>();
            Some((min(values)?.into(), max(values)?.into()))
        }
        DataType::Timestamp(_, _) => {
            let values = values.as_primitive::<TimestampMicrosecondType>();
            Some((min(values)?, max(values)?))
        }
        _ => None,
    }
}

/// Gives a finished file its lasting name.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<(), IngestError> {
    std::fs::rename(from, to).map_err(|e| IngestError::file_system(to, "write", e))
}

/// First 16 hexadecimal digits of a hash over texts.
pub(crate) fn short_hash(texts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
    hex(&hash.finalize()[..8])
}

/// SHA-256 of a file's bytes, and its length.
pub(crate) fn hash_file(path: &Path, stop: &dyn Fn() -> bool) -> std::io::Result<Option<(String, u64)>> {
    let mut hash = Sha256::new();
    let length = read_chunks(path, stop, |chunk| hash.update(chunk))?;
    Ok(length.map(|length| (hex(&hash.finalize()), length)))
}

/// XXH3 of a file's bytes: ten times as fast as SHA-256, and enough against rot, though not against malice.
pub(crate) fn checksum_file(path: &Path) -> std::io::Result<String> {
    let mut checksum = Xxh3::new();
    read_chunks(path, &|| false, |chunk| checksum.update(chunk))?;
    Ok(checksum_text(&checksum))
}

fn checksum_text(checksum: &Xxh3) -> String {
    format!("{:032x}", checksum.digest128())
}

/// Hands over a file's bytes; gives their number, or nothing if it was told to stop.
fn read_chunks(path: &Path, stop: &dyn Fn() -> bool, mut each: impl FnMut(&[u8])) -> std::io::Result<Option<u64>> {
    use std::io::Read;
    let mut file = File::open(path)?;
    let mut chunk = vec![0; 1 << 20];
    let mut length = 0;
    loop {
        let read = file.read(&mut chunk)?;
        if read == 0 {
            return Ok(Some(length));
        }
        if stop() {
            return Ok(None);
        }
        each(&chunk[..read]);
        length += read as u64;
    }
}

/// Sees that a segment is there and may be read.
pub(crate) fn present(path: &Path) -> Result<(), IngestError> {
    open(path).map(drop)
}

fn open(path: &Path) -> Result<File, IngestError> {
    File::open(path).map_err(|e| IngestError::unreadable_segment(path, e))
}

/// Opens a segment for reading, batch by batch.
pub(crate) fn read(
    path: &Path,
    columns: Option<&[usize]>,
) -> Result<impl Iterator<Item = Result<RecordBatch, IngestError>> + use<>, IngestError> {
    let path = path.to_owned();
    let damaged = |path: &Path, e: &dyn std::fmt::Display| {
        IngestError::damaged_segment(path, format_args!("is damaged and cannot be decoded: {e}"))
    };
    let builder = layout::plain_reader(open(&path)?).map_err(|e| damaged(&path, &e).caused_by(e))?;
    let builder = match columns {
        None => builder,
        Some(columns) => {
            let mask = parquet::arrow::ProjectionMask::roots(builder.parquet_schema(), columns.iter().copied());
            builder.with_projection(mask)
        }
    };
    let batches = builder.with_batch_size(32_768).build().map_err(|e| damaged(&path, &e).caused_by(e))?;
    Ok(batches.map(move |batch| batch.map_err(|e| damaged(&path, &e).caused_by(e))))
}
