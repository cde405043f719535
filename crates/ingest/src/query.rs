//! Mappings with a query: all their files become the table `source`, and its result is what the fields read.

use std::path::Path;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Int64Array, RecordBatch, StringArray, new_null_array};
use arrow::datatypes::{DataType, Field, Int64Type, Schema, SchemaRef};
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use datafusion::execution::SendableRecordBatchStream;
use futures::StreamExt;
use mizan_model::mapping::Mapping;

use crate::convert::{source_batch, source_schema};
use crate::engine::{first_line, runtime, session};
use crate::error::{IngestError, QUERY_FAILED};
use crate::ingest::Run;
use crate::options::Observer;
use crate::quarantine::QuarantineWriter;
use crate::reader::{self, Header, RowReader, TextBatch};
use crate::segment::SegmentWriter;
use crate::source::Found;

/// Result of a query, as rows to be mapped.
pub(crate) struct QueryReader {
    header: Header,
    runtime: tokio::runtime::Runtime,
    stream: SendableRecordBatchStream,
    mapping: String,
    row: u64,
}

/// Runs the query of a mapping over its files. Rows whose form is broken never reach it; they go to quarantine.
pub(crate) fn open(
    run: &Run<'_>,
    mapping: &Mapping,
    sql: &str,
    files: &[Found],
    scratch: &Path,
    quarantine: &mut QuarantineWriter,
) -> Result<QueryReader, IngestError> {
    let folder = scratch.join("source");
    let mut names: Vec<String> = Vec::new();
    let mut paths = Vec::new();
    for (number, file) in files.iter().enumerate() {
        let mut reader = reader::open(mapping, &file.path, &file.name)?;
        let schema = source_schema(reader.header());
        for field in schema.fields().iter().take(reader.header().names.len()) {
            if !names.contains(field.name()) {
                names.push(field.name().clone());
            }
        }
        let mut writer = SegmentWriter::create(&folder, &format!("{number:06}"), &schema, None)?;
        while let Some(batch) = reader.next_batch(run.observer)? {
            run.heed_stop()?;
            for b in &batch.broken {
                quarantine.push(&file.name, b.line, &b.raw, &[(None, &b.value, b.code, &b.message)])?;
            }
            writer.write(&source_batch(&batch, &schema, &file.name)?)?;
        }
        let written = writer.finish()?;
        let path = folder.join(format!("{number:06}.parquet"));
        crate::segment::rename(&written.temporary, &path)?;
        paths.push(path);
    }

    let failed = |e: datafusion::error::DataFusionError| {
        IngestError::new(QUERY_FAILED, format!("the query failed: {}", first_line(&e)))
            .in_file(mapping.query.as_deref().unwrap_or(&mapping.name))
            .help("the files are the table `source`; its columns are text with lower-case names and `_` for other characters, and `_file` and `_line`")
            .caused_by(e)
    };
    let runtime = runtime(1)?;
    let context = session(run.options.memory_bytes / 2, 1, &scratch.join("spill"))?;
    let schema = union_schema(&names);
    let mut urls = Vec::with_capacity(paths.len());
    for path in &paths {
        urls.push(table_url(path)?);
    }
    let listing = ListingOptions::new(Arc::new(ParquetFormat::default())).with_file_extension(".parquet");
    let config = ListingTableConfig::new_with_multi_paths(urls).with_listing_options(listing).with_schema(schema);
    context.register_table("source", Arc::new(ListingTable::try_new(config).map_err(failed)?)).map_err(failed)?;
    let stream = runtime.block_on(async { context.sql(sql).await?.execute_stream().await }).map_err(failed)?;
    let columns = stream.schema().fields().iter().map(|f| f.name().clone()).collect();
    let header = Header::new(columns, mapping.query.as_deref().unwrap_or(&mapping.name))?;
    Ok(QueryReader { header, runtime, stream, mapping: mapping.name.clone(), row: 0 })
}

/// Address of a file for the engine.
pub(crate) fn table_url(path: &Path) -> Result<ListingTableUrl, IngestError> {
    let absolute = std::fs::canonicalize(path).map_err(|e| IngestError::file_system(path, "open", e))?;
    let url = format!("file://{}", percent(&absolute.to_string_lossy()));
    Ok(ListingTableUrl::parse(url)?)
}

/// Characters that mean something in an address or a pattern, escaped.
fn percent(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'%' | b'*' | b'?' | b'[' | b']' | b'#' | b' ' => text.push_str(&format!("%{byte:02X}")),
            _ if byte.is_ascii() => text.push(char::from(byte)),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

fn union_schema(names: &[String]) -> SchemaRef {
    let mut fields: Vec<Field> = names.iter().map(|n| Field::new(n, DataType::Utf8, true)).collect();
    fields.push(Field::new("_file", DataType::Utf8, true));
    fields.push(Field::new("_line", DataType::Int64, true));
    Arc::new(Schema::new(fields))
}

impl RowReader for QueryReader {
    fn header(&self) -> &Header {
        &self.header
    }

    fn next_batch(&mut self, _observer: &dyn Observer) -> Result<Option<TextBatch>, IngestError> {
        loop {
            let Some(batch) = self.runtime.block_on(self.stream.next()) else {
                return Ok(None);
            };
            let batch = batch.map_err(|e| {
                IngestError::new(QUERY_FAILED, format!("the query failed: {}", first_line(&e)))
                    .in_file(&self.mapping)
                    .help("use `try_cast` where a text may be no number; give more memory with `--memory`")
                    .caused_by(e)
            })?;
            if batch.num_rows() == 0 {
                continue;
            }
            let first = self.row + 1;
            self.row += batch.num_rows() as u64;
            let lines = lines(&batch).unwrap_or_else(|| (first..=self.row).collect());
            let files = match batch.column_by_name("_file") {
                Some(files) => Some(texts(files)?),
                None => None,
            };
            let mut text = reader::parquet::text_batch(&batch, lines)?;
            text.files = files;
            return Ok(Some(text));
        }
    }
}

fn lines(batch: &RecordBatch) -> Option<Vec<u64>> {
    let column = batch.column_by_name("_line")?;
    let lines: &Int64Array = column.as_primitive_opt::<Int64Type>()?;
    Some(lines.iter().map(|l| l.unwrap_or(0) as u64).collect())
}

fn texts(column: &ArrayRef) -> Result<StringArray, IngestError> {
    let column = if column.data_type() == &DataType::Null {
        new_null_array(&DataType::Utf8, column.len())
    } else {
        column.clone()
    };
    Ok(reader::parquet::as_text(&column)?.0)
}
