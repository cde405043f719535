//! Source files as batches of text columns, whatever their format.

pub(crate) mod csv;
pub(crate) mod decode;
pub(crate) mod parquet;
pub(crate) mod xlsx;

use std::path::Path;

use arrow::array::{Array, StringArray};
use arrow::buffer::{BooleanBuffer, OffsetBuffer, ScalarBuffer};
use mizan_model::mapping::{Mapping, SourceFormat};

use crate::error::{BAD_HEADER, IngestError};
use crate::options::Observer;

/// Rows of one batch at most; small enough that a batch fits in the cache's neighbourhood, large enough to vectorise.
pub(crate) const BATCH_ROWS: usize = 16_384;
/// Text bytes of one batch at most.
pub(crate) const BATCH_BYTES: usize = 16 << 20;

/// Column names of a source, in file order.
#[derive(Debug, Clone)]
pub(crate) struct Header {
    /// As in the file, trimmed and with spaces collapsed.
    pub names: Vec<String>,
}

impl Header {
    /// Trims, collapses spaces and refuses doubles.
    pub(crate) fn new(names: Vec<String>, file: &str) -> Result<Self, IngestError> {
        let names: Vec<String> = names.iter().map(|n| collapse(n)).collect();
        let mut seen = std::collections::HashMap::new();
        for (position, name) in names.iter().enumerate() {
            // Spreadsheets leave nameless columns behind; they can be neither mapped nor mistaken.
            if name.is_empty() {
                continue;
            }
            if let Some(first) = seen.insert(name.to_lowercase(), position) {
                return Err(IngestError::new(
                    BAD_HEADER,
                    format!("columns {} and {} are both called `{name}`", first + 1, position + 1),
                )
                .in_file(file)
                .at_line(1)
                .in_column(name)
                .help("rename one of them; names are compared without regard to case and spaces"));
            }
        }
        if seen.is_empty() {
            return Err(IngestError::new(BAD_HEADER, "the first line names no columns")
                .in_file(file)
                .at_line(1)
                .help("the first line of the file must hold the column names"));
        }
        Ok(Header { names })
    }

    /// Position of a column, compared after trimming, case folding and collapsing spaces.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        let wanted = collapse(name).to_lowercase();
        self.names.iter().position(|n| n.to_lowercase() == wanted)
    }

    /// Names for SQL: lower case, every run of other characters one `_`, made unique by a number.
    pub(crate) fn sql_names(&self) -> Vec<String> {
        let mut taken = std::collections::HashSet::new();
        let mut names = Vec::with_capacity(self.names.len());
        for (position, name) in self.names.iter().enumerate() {
            let mut plain = sql_name(name);
            if plain.is_empty() {
                plain = format!("column_{}", position + 1);
            }
            let mut unique = plain.clone();
            let mut number = 2;
            while !taken.insert(unique.clone()) {
                unique = format!("{plain}_{number}");
                number += 1;
            }
            names.push(unique);
        }
        names
    }
}

/// Lower case, every run of characters that are neither letters nor digits becomes one `_`, none at the ends.
pub(crate) fn sql_name(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            plain.push(c);
        } else if !plain.ends_with('_') && !plain.is_empty() {
            plain.push('_');
        }
    }
    if plain.ends_with('_') {
        plain.pop();
    }
    plain
}

fn collapse(name: &str) -> String {
    name.trim_start_matches('\u{feff}').split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A row whose form is broken, so that its fields cannot be told apart.
#[derive(Debug, Clone)]
pub(crate) struct BrokenRow {
    pub line: u64,
    pub code: &'static str,
    pub message: String,
    pub value: String,
    pub raw: String,
}

/// Consecutive rows of a source, column by column, as text. The empty text stands for a missing value.
#[derive(Debug, Clone)]
pub(crate) struct TextBatch {
    /// In header order.
    pub columns: Vec<StringArray>,
    /// Values that are not in the source's notation but in canonical form (`.`, RFC 3339), because the source has types.
    pub canonical: Vec<Option<BooleanBuffer>>,
    /// Line (CSV) or row number, from 1.
    pub lines: Vec<u64>,
    /// Source file of each row, where one batch mixes several.
    pub files: Option<StringArray>,
    /// Rows outside `columns`.
    pub broken: Vec<BrokenRow>,
}

impl TextBatch {
    pub(crate) fn rows(&self) -> usize {
        self.lines.len()
    }

    pub(crate) fn is_canonical(&self, column: usize, row: usize) -> bool {
        self.canonical[column].as_ref().is_some_and(|bits| bits.value(row))
    }

    /// The original fields of a row as a JSON object. Canonical numbers and truth values are written without quotes.
    pub(crate) fn raw(&self, header: &Header, row: usize) -> String {
        let mut object = serde_json::Map::with_capacity(self.columns.len());
        for (position, (name, column)) in header.names.iter().zip(&self.columns).enumerate() {
            let text = column.value(row);
            let value =
                if self.is_canonical(position, row) { canonical_json(text) } else { serde_json::Value::from(text) };
            object.insert(name.clone(), value);
        }
        serde_json::Value::Object(object).to_string()
    }
}

/// A canonical number keeps its digits only if they survive the way through JSON; else it is marked as text in an array.
fn canonical_json(text: &str) -> serde_json::Value {
    match text {
        "" => serde_json::Value::from(""),
        _ => serde_json::Value::Array(vec![serde_json::Value::from(text)]),
    }
}

/// The text and canonical mark of one JSON field of a quarantined row.
pub(crate) fn from_raw(value: &serde_json::Value) -> (String, bool) {
    match value {
        serde_json::Value::String(text) => (text.clone(), false),
        serde_json::Value::Array(items) => match items.first() {
            Some(serde_json::Value::String(text)) => (text.clone(), true),
            _ => (String::new(), false),
        },
        serde_json::Value::Null => (String::new(), false),
        other => (other.to_string(), true),
    }
}

/// Collects the text of one column.
pub(crate) struct TextColumn {
    bytes: Vec<u8>,
    ends: Vec<i32>,
}

impl TextColumn {
    pub(crate) fn new() -> Self {
        TextColumn { bytes: Vec::new(), ends: vec![0] }
    }

    /// Appends bytes that are known to be UTF-8; [`TextColumn::finish`] proves it once more for the whole column.
    #[inline]
    pub(crate) fn push(&mut self, text: &[u8]) {
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len() as i32);
    }

    pub(crate) fn finish(&mut self) -> Result<StringArray, IngestError> {
        let bytes = std::mem::take(&mut self.bytes);
        let ends = std::mem::replace(&mut self.ends, vec![0]);
        self.bytes.reserve(bytes.len());
        self.ends.reserve(ends.len());
        Ok(StringArray::try_new(OffsetBuffer::new(ScalarBuffer::from(ends)), bytes.into(), None)?)
    }
}

/// Gives a source's rows in order.
pub(crate) trait RowReader: Send {
    /// Column names.
    fn header(&self) -> &Header;
    /// The next rows; `None` at the end. Tells the observer how many bytes it read.
    fn next_batch(&mut self, observer: &dyn Observer) -> Result<Option<TextBatch>, IngestError>;
}

/// Format by the mapping's word or the file's name; CSV for unknown endings.
pub(crate) fn format_of(mapping: &Mapping, path: &Path) -> SourceFormat {
    if let Some(format) = mapping.format {
        return format;
    }
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "parquet" | "pq" => SourceFormat::Parquet,
        "xlsx" | "xlsm" => SourceFormat::Xlsx,
        _ => SourceFormat::Csv,
    }
}

/// Opens a source file. Empty, truncated and foreign files are refused here, before anything is written.
pub(crate) fn open(mapping: &Mapping, path: &Path, name: &str) -> Result<Box<dyn RowReader>, IngestError> {
    match format_of(mapping, path) {
        SourceFormat::Csv => Ok(Box::new(csv::CsvReader::open(mapping, path, name)?)),
        SourceFormat::Parquet => Ok(Box::new(parquet::ParquetReader::open(mapping, path, name)?)),
        SourceFormat::Xlsx => Ok(Box::new(xlsx::XlsxReader::open(mapping, path, name)?)),
    }
}

/// Text column without nulls: a missing value becomes the empty text.
pub(crate) fn without_nulls(array: &StringArray) -> StringArray {
    if array.null_count() == 0 {
        return array.clone();
    }
    array.iter().map(|v| Some(v.unwrap_or(""))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sql_names_are_plain_and_unique() {
        let header =
            Header { names: ["AGENT NAME", "Tax-Rate (%)", "tax rate", "", "Année"].map(str::to_owned).to_vec() };
        assert_eq!(header.sql_names(), ["agent_name", "tax_rate", "tax_rate_2", "column_4", "année"]);
    }

    #[test]
    fn columns_are_found_without_regard_to_case_and_spaces() {
        let header = Header::new(vec![" AGENT   NAME ".into(), "b".into()], "x.csv").unwrap();
        assert_eq!(header.position("agent name"), Some(0));
        assert_eq!(header.position("agent"), None);
    }
}
