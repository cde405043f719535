//! Parquet by its logical types: decimals keep their digits, UTC stamps their instant, local stamps need a zone.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, RecordBatch, StringArray};
use arrow::buffer::BooleanBuffer;
use arrow::compute::{CastOptions, cast_with_options};
use arrow::datatypes::DataType;
use arrow::util::display::FormatOptions;
use mizan_model::mapping::Mapping;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};

use super::{BATCH_ROWS, Header, RowReader, TextBatch, without_nulls};
use crate::error::{BAD_HEADER, DAMAGED_PARQUET, EMPTY_FILE, IngestError, ZONE_NEEDED};
use crate::options::Observer;

/// Reads one Parquet file.
pub(crate) struct ParquetReader {
    name: String,
    header: Header,
    batches: ParquetRecordBatchReader,
    row: u64,
    /// Compressed bytes not yet reported, spread evenly over the rows.
    bytes_per_row: f64,
}

impl ParquetReader {
    /// Opens the file and reads its footer.
    pub(crate) fn open(mapping: &Mapping, path: &Path, name: &str) -> Result<Self, IngestError> {
        let disk = |e| IngestError::file_system(path, "read", e).in_file(name);
        let mut file = File::open(path).map_err(disk)?;
        let bytes = file.metadata().map_err(disk)?.len();
        if bytes == 0 {
            return Err(IngestError::new(EMPTY_FILE, "the file is empty")
                .in_file(name)
                .help("ask for the extract again, or take the file out of the folder"));
        }
        let mut magic = [0; 4];
        if bytes < 12 || file.read_exact(&mut magic).is_err() || &magic != b"PAR1" {
            return Err(damaged("the file is not Parquet: it does not begin with `PAR1`", name));
        }
        file.seek(SeekFrom::End(-4)).map_err(disk)?;
        file.read_exact(&mut magic).map_err(disk)?;
        if &magic != b"PAR1" {
            return Err(damaged("the Parquet file is truncated: its footer is missing", name));
        }
        let builder = ParquetRecordBatchReaderBuilder::try_new(file)
            .map_err(|e| damaged(&format!("the Parquet file cannot be read: {e}"), name).caused_by(e))?;
        let schema = builder.schema().clone();
        // Nested columns have no text form; they are as if they were not there.
        let plain: Vec<usize> =
            (0..schema.fields().len()).filter(|&i| !schema.field(i).data_type().is_nested()).collect();
        if plain.is_empty() {
            return Err(IngestError::new(BAD_HEADER, "the file has no plain columns")
                .in_file(name)
                .help("write the table without nested columns"));
        }
        let names = plain.iter().map(|&i| schema.field(i).name().clone()).collect();
        let header = Header::new(names, name)?;
        check_zones(mapping, &header, &plain, &schema, name)?;
        let rows = builder.metadata().file_metadata().num_rows().max(1);
        let mask = ProjectionMask::roots(builder.parquet_schema(), plain);
        let batches = builder
            .with_projection(mask)
            .with_batch_size(BATCH_ROWS)
            .build()
            .map_err(|e| damaged(&format!("the Parquet file cannot be read: {e}"), name).caused_by(e))?;
        Ok(ParquetReader { name: name.to_owned(), header, batches, row: 0, bytes_per_row: bytes as f64 / rows as f64 })
    }
}

/// A stamp without zone is a local time: the mapping must say of which zone.
fn check_zones(
    mapping: &Mapping,
    header: &Header,
    plain: &[usize],
    schema: &arrow::datatypes::Schema,
    name: &str,
) -> Result<(), IngestError> {
    for field in mapping.fields.values() {
        let Some(position) = field.column.as_ref().and_then(|c| header.position(c)) else {
            continue;
        };
        let local = matches!(schema.field(plain[position]).data_type(), DataType::Timestamp(_, None));
        if local && field.zone.is_none() && mapping.zone.is_none() {
            return Err(IngestError::new(
                ZONE_NEEDED,
                "the column holds local times, and the mapping names no time zone",
            )
            .in_file(name)
            .in_column(&header.names[position])
            .help("write `zone = \"Africa/Nairobi\"` (your IANA zone) in the mapping"));
        }
    }
    Ok(())
}

fn damaged(message: &str, name: &str) -> IngestError {
    IngestError::new(DAMAGED_PARQUET, message)
        .in_file(name)
        .help("copy or export the file again; it was cut short or changed on its way")
}

impl RowReader for ParquetReader {
    fn header(&self) -> &Header {
        &self.header
    }

    fn next_batch(&mut self, observer: &dyn Observer) -> Result<Option<TextBatch>, IngestError> {
        let Some(batch) = self.batches.next() else {
            return Ok(None);
        };
        let batch = batch.map_err(|e| {
            damaged(&format!("the Parquet file is damaged: {e}"), &self.name).at_line(self.row + 1).caused_by(e)
        })?;
        observer.bytes_read((batch.num_rows() as f64 * self.bytes_per_row) as u64);
        let first = self.row + 1;
        self.row += batch.num_rows() as u64;
        text_batch(&batch, (first..=self.row).collect()).map(Some)
    }
}

/// Typed columns as canonical text; text columns as they are, in the notation of the mapping.
pub(crate) fn text_batch(batch: &RecordBatch, lines: Vec<u64>) -> Result<TextBatch, IngestError> {
    let mut columns = Vec::with_capacity(batch.num_columns());
    let mut canonical = Vec::with_capacity(batch.num_columns());
    for array in batch.columns() {
        let (text, typed) = as_text(array)?;
        canonical.push(typed.then(|| BooleanBuffer::new_set(text.len())));
        columns.push(text);
    }
    Ok(TextBatch { columns, canonical, lines, files: None, broken: Vec::new() })
}

/// The text of an array, and whether it is canonical rather than in the source's own notation.
pub(crate) fn as_text(array: &ArrayRef) -> Result<(StringArray, bool), IngestError> {
    let typed = match array.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => false,
        DataType::Dictionary(_, values) => {
            !matches!(values.as_ref(), DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
        }
        _ => true,
    };
    let array = match array.data_type() {
        // Arrow writes whole floats as `1.0` and large ones with an exponent; Rust's shortest form is exact.
        DataType::Float64 => {
            let floats = array.as_primitive::<arrow::datatypes::Float64Type>();
            let texts: StringArray = floats.iter().map(|v| v.map(|v| v.to_string())).collect();
            std::sync::Arc::new(texts) as ArrayRef
        }
        DataType::Boolean => {
            let truths: &BooleanArray = array.as_boolean();
            let texts: StringArray = truths.iter().map(|v| v.map(|v| if v { "true" } else { "false" })).collect();
            std::sync::Arc::new(texts) as ArrayRef
        }
        _ => array.clone(),
    };
    let options = CastOptions { safe: true, format_options: FormatOptions::default() };
    let text = cast_with_options(&array, &DataType::Utf8, &options)?;
    Ok((without_nulls(text.as_string::<i32>()), typed))
}
