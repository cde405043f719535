//! Rows that broke the contract, each with all its reasons and its original fields.
//!
//! The original fields are kept in clear, names of persons and firms included, because `retry` needs them: the
//! quarantine stays in the node like the source files themselves.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{Array, AsArray, Int64Builder, RecordBatch, StringBuilder};
use arrow::datatypes::{DataType, Field, Int64Type, Schema, SchemaRef};

use crate::error::IngestError;
use crate::manifest::Manifest;
use crate::node::NodePaths;
use crate::segment::{self, SegmentWriter, Written};

/// One reason of one row.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct QuarantinedRow {
    /// Mapping that read it.
    pub mapping: String,
    /// Source file, relative to the folder of sources.
    pub file: String,
    /// Line (CSV) or row (XLSX, Parquet), from 1.
    pub line: u64,
    /// Source column to blame.
    pub column: Option<String>,
    /// Its value.
    pub value: String,
    /// Reason code `D02xx`.
    pub code: String,
    /// Reason in words.
    pub message: String,
    /// Original fields as a JSON object.
    pub raw: String,
}

/// Columns of a quarantine file.
pub fn schema() -> SchemaRef {
    let text = |name: &str, nullable| Field::new(name, DataType::Utf8, nullable);
    Arc::new(Schema::new(vec![
        text("file", false),
        Field::new("line", DataType::Int64, false),
        text("column", true),
        text("value", false),
        text("code", false),
        text("message", false),
        text("raw", false),
    ]))
}

/// Collects the quarantined rows of one source; no file comes into being before the first row.
pub(crate) struct QuarantineWriter {
    folder: std::path::PathBuf,
    label: String,
    writer: Option<SegmentWriter>,
    rows: Rows,
    /// Rows (not reasons) so far.
    pub count: u64,
    /// Rows by reason.
    pub reasons: BTreeMap<String, u64>,
}

#[derive(Default)]
struct Rows {
    file: StringBuilder,
    line: Int64Builder,
    column: StringBuilder,
    value: StringBuilder,
    code: StringBuilder,
    message: StringBuilder,
    raw: StringBuilder,
    bytes: usize,
}

/// All quarantined rows of one source.
pub(crate) struct SetApart {
    /// The finished file under its temporary name; `None` without rows.
    pub file: Option<Written>,
    /// Rows, each counted once.
    pub rows: u64,
    /// Rows by reason.
    pub reasons: BTreeMap<String, u64>,
}

/// A reason as it is written: column, value, code, message.
pub(crate) type Reason<'a> = (Option<&'a str>, &'a str, &'a str, &'a str);

impl QuarantineWriter {
    pub(crate) fn new(node: &NodePaths, mapping: &str) -> Self {
        QuarantineWriter {
            folder: node.quarantine(mapping),
            label: "rows".to_owned(),
            writer: None,
            rows: Rows::default(),
            count: 0,
            reasons: BTreeMap::new(),
        }
    }

    /// Adds a row with all its reasons.
    pub(crate) fn push(&mut self, file: &str, line: u64, raw: &str, reasons: &[Reason<'_>]) -> Result<(), IngestError> {
        self.count += 1;
        for (position, (column, value, code, message)) in reasons.iter().enumerate() {
            self.rows.file.append_value(file);
            self.rows.line.append_value(line as i64);
            self.rows.column.append_option(*column);
            self.rows.value.append_value(value);
            self.rows.code.append_value(code);
            self.rows.message.append_value(message);
            self.rows.raw.append_value(raw);
            self.rows.bytes += raw.len() + value.len() + message.len() + 64;
            if !reasons[..position].iter().any(|r| r.2 == *code) {
                *self.reasons.entry((*code).to_owned()).or_default() += 1;
            }
        }
        if self.rows.bytes > 8 << 20 {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), IngestError> {
        let schema = schema();
        let rows = &mut self.rows;
        let batch = RecordBatch::try_new(
            schema.clone(),
            vec![
                Arc::new(rows.file.finish()),
                Arc::new(rows.line.finish()),
                Arc::new(rows.column.finish()),
                Arc::new(rows.value.finish()),
                Arc::new(rows.code.finish()),
                Arc::new(rows.message.finish()),
                Arc::new(rows.raw.finish()),
            ],
        )?;
        rows.bytes = 0;
        if self.writer.is_none() {
            self.writer = Some(SegmentWriter::create(&self.folder, &self.label, &schema, None)?);
        }
        self.writer.as_mut().expect("set just above").write(&batch)
    }

    /// Ends the file, if there is one.
    pub(crate) fn finish(mut self) -> Result<SetApart, IngestError> {
        if self.rows.bytes > 0 {
            self.flush()?;
        }
        let written = self.writer.take().map(SegmentWriter::finish).transpose()?;
        Ok(SetApart { file: written, rows: self.count, reasons: self.reasons })
    }
}

/// Reads a quarantine file reason by reason; `take` returns false to stop.
pub(crate) fn read_file(
    path: &Path,
    mapping: &str,
    mut take: impl FnMut(QuarantinedRow) -> Result<bool, IngestError>,
) -> Result<(), IngestError> {
    for batch in segment::read(path, None)? {
        let batch = batch?;
        let text = |position: usize| batch.column(position).as_string::<i32>();
        let lines = batch.column(1).as_primitive::<Int64Type>();
        for row in 0..batch.num_rows() {
            let column = text(2);
            let more = take(QuarantinedRow {
                mapping: mapping.to_owned(),
                file: text(0).value(row).to_owned(),
                line: lines.value(row) as u64,
                column: column.is_valid(row).then(|| column.value(row).to_owned()),
                value: text(3).value(row).to_owned(),
                code: text(4).value(row).to_owned(),
                message: text(5).value(row).to_owned(),
                raw: text(6).value(row).to_owned(),
            })?;
            if !more {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Quarantined rows of a mapping, or of all (`None`), in order of mapping, source and line; at most `limit` reasons.
pub fn list(node: &Path, mapping: Option<&str>, limit: usize) -> Result<Vec<QuarantinedRow>, IngestError> {
    let mut sources = Vec::new();
    for contract in contracts(node)? {
        if let Some(manifest) = Manifest::read(node, &contract)? {
            sources.extend(manifest.sources);
        }
    }
    sources.sort_by(|a, b| (&a.mapping, &a.name).cmp(&(&b.mapping, &b.name)));
    let paths = NodePaths::new(node);
    let mut rows = Vec::new();
    for source in sources {
        if mapping.is_some_and(|m| m != source.mapping) {
            continue;
        }
        if let Some(file) = &source.quarantine {
            let path = paths.quarantine(&source.mapping).join(file);
            read_file(&path, &source.mapping, |row| {
                if rows.len() < limit {
                    rows.push(row);
                }
                Ok(rows.len() < limit)
            })?;
        }
    }
    Ok(rows)
}

/// Names of the contracts that have a folder of records.
pub(crate) fn contracts(node: &Path) -> Result<Vec<String>, IngestError> {
    let folder = node.join("records");
    let entries = match std::fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(IngestError::file_system(&folder, "read", e)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|e| IngestError::file_system(&folder, "read", e))?;
        if entry.path().is_dir() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}
