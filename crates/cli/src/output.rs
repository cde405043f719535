//! Data for stdout: one table, five forms.

use std::io::{ErrorKind, Write};
use std::path::Path;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, Float64Array, Int64Array, StringArray};
use arrow::datatypes::{DataType, Field, Schema};
use arrow::record_batch::RecordBatch;
use clap::ValueEnum;
use comfy_table::{CellAlignment, ContentArrangement};
use serde_json::{Map, Number, Value};

use crate::arguments::OutputArguments;
use crate::failure::{Exit, Failure};

/// Form of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    // For people.
    Table,
    // Comma-separated, UTF-8, with a header.
    Csv,
    // A list of objects.
    Json,
    // Apache Parquet, into a file.
    Parquet,
    // A table in Markdown.
    Markdown,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A text; an empty one is missing.
    Text(String),
    /// A whole number.
    Count(Option<i64>),
    /// A number, unrounded.
    Number(Option<f64>),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(text)
    }
}

impl From<u64> for Cell {
    fn from(count: u64) -> Self {
        Cell::Count(i64::try_from(count).ok())
    }
}

impl From<usize> for Cell {
    fn from(count: usize) -> Self {
        Cell::Count(i64::try_from(count).ok())
    }
}

impl From<Option<f64>> for Cell {
    fn from(number: Option<f64>) -> Self {
        Cell::Number(number)
    }
}

impl Cell {
    /// The text of files: numbers in shortest form that reads back the same, missing ones empty.
    fn plain(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Count(count) => count.map(|count| count.to_string()).unwrap_or_default(),
            Cell::Number(number) => number.map(shortest).unwrap_or_default(),
        }
    }

    fn json(&self) -> Value {
        match self {
            Cell::Text(text) => Value::from(text.as_str()),
            Cell::Count(count) => count.map_or(Value::Null, Value::from),
            Cell::Number(number) => number.and_then(Number::from_f64).map_or(Value::Null, Value::Number),
        }
    }
}

/// Shortest text that reads back as the same number; whole numbers without point.
pub fn shortest(number: f64) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = shortest_to(&mut text, number);
    text
}

/// Appends what [`shortest`] gives.
pub fn shortest_to(text: &mut impl std::fmt::Write, number: f64) -> std::fmt::Result {
    if number == 0.0 { text.write_char('0') } else { write!(text, "{number}") }
}

/// Columns and rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Names of the columns, untranslated.
    pub columns: Vec<String>,
    /// Heads for people, in the reader's language; empty: the names.
    pub heads: Vec<String>,
    /// Rows as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
    /// Rows for people, in the reader's forms of numbers; empty: the rows.
    pub shown: Vec<Vec<String>>,
    /// Columns of `shown` with numbers, which stand at the right; empty: as the cells of `rows` say.
    pub numbers: Vec<usize>,
    /// A line for people under the table.
    pub note: Option<String>,
}

impl Table {
    /// An empty table with those columns.
    pub fn new(columns: &[&str]) -> Self {
        Table { columns: columns.iter().map(|name| (*name).to_owned()).collect(), ..Table::default() }
    }

    /// Gives people the numbers in their own forms, with about four digits.
    #[must_use]
    pub fn for_readers(mut self, text: &mizan_text::Text) -> Self {
        let shown = |cell: &Cell| match cell {
            Cell::Text(text) => text.clone(),
            Cell::Count(count) => count.map(|count| text.numbers.plain(count)).unwrap_or_default(),
            Cell::Number(None) => String::new(),
            // Four digits after the decimal sign, and for small numbers four that say something.
            Cell::Number(Some(number)) if *number != 0.0 && number.abs() < 0.1 => {
                let zeros = (-number.abs().log10()).floor().clamp(0.0, 12.0) as usize;
                text.numbers.shortest(Some(*number), 4 + zeros)
            }
            Cell::Number(number) => text.numbers.shortest(*number, 4),
        };
        self.shown = self.rows.iter().map(|row| row.iter().map(shown).collect()).collect();
        self
    }

    /// Gives people heads in their language; files keep the names. `of` is what the table is of.
    ///
    /// Columns whose place `is_code` names are of codes that the reader gave, and stay as they are.
    #[must_use]
    pub fn headed(mut self, text: &mizan_text::Text, of: &str, is_code: impl Fn(usize) -> bool) -> Self {
        let head = |name: &str| text.messages.head(of, name);
        let shown = |(at, name): (usize, &String)| {
            if is_code(at) {
                return name.clone();
            }
            // `component_3` and `score_recipe`: the word is known, what follows is the reader's.
            let of_several = || name.split_once('_').and_then(|(word, rest)| Some(format!("{} {rest}", head(word)?)));
            head(name).or_else(of_several).unwrap_or_else(|| name.clone())
        };
        self.heads = self.columns.iter().enumerate().map(shown).collect();
        self
    }

    /// Without some columns.
    #[must_use]
    pub fn without(mut self, is_left_out: impl Fn(&str) -> bool) -> Self {
        let kept: Vec<bool> = self.columns.iter().map(|name| !is_left_out(name)).collect();
        let keep = |at: usize| kept.get(at).copied().unwrap_or(true);
        for row in &mut self.rows {
            let all = std::mem::take(row).into_iter().enumerate();
            *row = all.filter(|(at, _)| keep(*at)).map(|(_, cell)| cell).collect();
        }
        let all = std::mem::take(&mut self.columns).into_iter().enumerate();
        self.columns = all.filter(|(at, _)| keep(*at)).map(|(_, name)| name).collect();
        self
    }

    /// Writes the table to stdout, or to a file where `out` names one.
    ///
    /// A file with the ending of a form of data gets that form where none was asked for.
    pub fn write(&self, format: Format, out: Option<&Path>) -> Result<(), Failure> {
        let ending = out.and_then(|path| path.extension()).map(|ending| ending.to_string_lossy().to_lowercase());
        let format = match (format, ending.as_deref()) {
            (Format::Table, Some("csv")) => Format::Csv,
            (Format::Table, Some("json")) => Format::Json,
            (Format::Table, Some("parquet")) => Format::Parquet,
            (Format::Table, Some("md")) => Format::Markdown,
            (format, _) => format,
        };
        let bytes = match format {
            Format::Table => format!("{}\n{}", self.terminal(), self.under("")).into_bytes(),
            Format::Markdown => format!("{}{}", self.markdown(), self.under("\n")).into_bytes(),
            Format::Csv => self.csv()?,
            Format::Json => {
                let mut text =
                    serde_json::to_string_pretty(&self.json()).map_err(|e| Failure::internal(e.to_string()))?;
                text.push('\n');
                text.into_bytes()
            }
            Format::Parquet => {
                needs_file(out)?;
                self.parquet()?
            }
        };
        write_bytes(&bytes, out)
    }

    /// The line under the table, where there is one.
    fn under(&self, before: &str) -> String {
        self.note.as_ref().map_or_else(String::new, |note| format!("{before}{note}\n"))
    }

    /// As a list of objects.
    pub fn json(&self) -> Value {
        self.rows
            .iter()
            .map(|row| {
                let object: Map<String, Value> = self.columns.iter().cloned().zip(row.iter().map(Cell::json)).collect();
                Value::Object(object)
            })
            .collect()
    }

    /// As text with comma, one row a line.
    pub fn csv(&self) -> Result<Vec<u8>, Failure> {
        let internal = |e: &dyn std::fmt::Display| Failure::internal(e.to_string());
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.columns).map_err(|e| internal(&e))?;
        for row in &self.rows {
            writer.write_record(row.iter().map(Cell::plain)).map_err(|e| internal(&e))?;
        }
        writer.into_inner().map_err(|e| internal(&e))
    }

    /// As Parquet; the same table gives the same bytes.
    pub fn parquet(&self) -> Result<Vec<u8>, Failure> {
        let mut arrays: Vec<ArrayRef> = Vec::new();
        for index in 0..self.columns.len() {
            let column = || self.rows.iter().map(move |row| &row[index]);
            let array: ArrayRef = match column().next() {
                Some(Cell::Count(_)) => Arc::new(Int64Array::from_iter(column().map(|cell| match cell {
                    Cell::Count(count) => *count,
                    _ => None,
                }))),
                Some(Cell::Number(_)) => Arc::new(Float64Array::from_iter(column().map(|cell| match cell {
                    Cell::Number(number) => *number,
                    _ => None,
                }))),
                _ => Arc::new(StringArray::from_iter_values(column().map(Cell::plain))),
            };
            arrays.push(array);
        }
        parquet(&self.columns, [arrays])
    }

    fn heads(&self) -> &[String] {
        if self.heads.is_empty() { &self.columns } else { &self.heads }
    }

    fn shown_rows(&self) -> Vec<Vec<String>> {
        if self.shown.is_empty() {
            self.rows.iter().map(|row| row.iter().map(Cell::plain).collect()).collect()
        } else {
            self.shown.clone()
        }
    }

    fn is_number(&self, column: usize) -> bool {
        if !self.numbers.is_empty() {
            return self.numbers.contains(&column);
        }
        matches!(self.rows.first().and_then(|row| row.get(column)), Some(Cell::Count(_) | Cell::Number(_)))
    }

    /// For a terminal: wrapped where `COLUMNS` says how wide it is, else as wide as needed; never cut.
    fn terminal(&self) -> String {
        let mut table = comfy_table::Table::new();
        table.load_preset("     ──            ").set_content_arrangement(ContentArrangement::Disabled);
        if let Some(width) = terminal_width() {
            table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        }
        table.set_header(self.heads());
        for row in self.shown_rows() {
            table.add_row(row);
        }
        let columns = self.shown.first().map_or(self.columns.len(), Vec::len);
        for index in 0..columns {
            if self.is_number(index)
                && let Some(column) = table.column_mut(index)
            {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        let text = table.to_string();
        text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    }

    fn markdown(&self) -> String {
        let escape = |text: &str| text.replace('|', "\\|").replace('\n', " ");
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let mut text = line(self.heads().iter().map(|head| escape(head)).collect());
        let rule = (0..self.heads().len()).map(|i| if self.is_number(i) { "--:" } else { "---" }.to_owned());
        text.push_str(&line(rule.collect()));
        for row in self.shown_rows() {
            text.push_str(&line(row.iter().map(|cell| escape(cell)).collect()));
        }
        text
    }
}

/// Refuses to print Parquet.
pub fn needs_file(out: Option<&Path>) -> Result<(), Failure> {
    match out {
        Some(_) => Ok(()),
        None => Err(Failure::usage("Parquet is not text: it needs a file").help("add `--out FILE.parquet`")),
    }
}

/// Writes data to stdout, or to a file where `out` names one.
pub fn write_bytes(bytes: &[u8], out: Option<&Path>) -> Result<(), Failure> {
    match out {
        Some(path) => crate::node::write_file(path, bytes),
        None => {
            print_bytes(bytes);
            Ok(())
        }
    }
}

/// Writes data piece by piece: to a file where `out` names one, otherwise to stdout once it is whole.
pub fn write_with(
    out: Option<&Path>,
    content: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<(), Failure> {
    if let Some(path) = out {
        return crate::node::write_file_with(path, content);
    }
    let mut bytes = Vec::new();
    content(&mut bytes).map_err(|e| Failure::internal(e.to_string()))?;
    print_bytes(&bytes);
    Ok(())
}

/// A Parquet file with those columns, given piece by piece; numbers may be missing, texts may not.
pub fn parquet(names: &[String], pieces: impl IntoIterator<Item = Vec<ArrayRef>>) -> Result<Vec<u8>, Failure> {
    let internal = |e: &dyn std::fmt::Display| Failure::internal(e.to_string());
    let field = |(name, array): (&String, &ArrayRef)| {
        Field::new(name, array.data_type().clone(), array.data_type() != &DataType::Utf8)
    };
    let mut pieces = pieces.into_iter().peekable();
    let first = pieces.peek().map(Vec::as_slice).unwrap_or_default();
    let schema = Arc::new(Schema::new(names.iter().zip(first).map(field).collect::<Vec<_>>()));
    let properties = parquet::file::properties::WriterProperties::builder()
        .set_compression(parquet::basic::Compression::ZSTD(parquet::basic::ZstdLevel::default()))
        .set_created_by("mizan".to_owned())
        .build();
    let mut bytes = Vec::new();
    let mut writer = parquet::arrow::ArrowWriter::try_new(&mut bytes, Arc::clone(&schema), Some(properties))
        .map_err(|e| internal(&e))?;
    for arrays in pieces {
        let batch = RecordBatch::try_new(Arc::clone(&schema), arrays).map_err(|e| internal(&e))?;
        writer.write(&batch).map_err(|e| internal(&e))?;
    }
    writer.close().map_err(|e| internal(&e))?;
    Ok(bytes)
}

/// Width that the shell gives for the terminal that stdout is; `None` where it is something else.
fn terminal_width() -> Option<u16> {
    use std::io::IsTerminal;
    if !std::io::stdout().is_terminal() {
        return None;
    }
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|columns| *columns >= 40)
}

/// Prints to stdout. A reader who has seen enough ends the program quietly.
pub fn print(text: &str) {
    print_bytes(text.as_bytes());
}

fn print_bytes(bytes: &[u8]) {
    let mut stdout = std::io::stdout().lock();
    let Err(error) = stdout.write_all(bytes).and_then(|()| stdout.flush()) else { return };
    if error.kind() == ErrorKind::BrokenPipe {
        std::process::exit(0);
    }
    // Half a table must not pass for a whole one.
    eprintln!("error[R0102]: cannot write to the standard output: {error}");
    std::process::exit(Exit::Input as i32);
}

/// Answers with a text for people or the same as JSON; other forms have no rows to give.
pub fn page(
    output: &OutputArguments,
    json: impl FnOnce() -> Result<Value, Failure>,
    text: impl FnOnce() -> Result<String, Failure>,
) -> Result<(), Failure> {
    let answer = match output.format {
        Format::Table => text()?,
        Format::Json => format!("{:#}\n", json()?),
        Format::Csv | Format::Parquet | Format::Markdown => {
            return Err(Failure::usage("this answer is not a table").help("possible forms are: table, json"));
        }
    };
    match &output.out {
        Some(path) => crate::node::write_file(path, answer.as_bytes()),
        None => {
            print(&answer);
            Ok(())
        }
    }
}

/// Prints a value as JSON.
pub fn print_json(value: &Value) {
    print(&format!("{value:#}\n"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(&["kpi", "value", "n"]);
        table.rows = vec![
            vec!["TF-01".into(), Some(87.25).into(), 1234_u64.into()],
            vec!["a,b|c".into(), None.into(), 0_u64.into()],
        ];
        table
    }

    #[test]
    fn csv_leaves_missing_numbers_empty() {
        let text = String::from_utf8(table().csv().unwrap()).unwrap();
        assert_eq!(text, "kpi,value,n\nTF-01,87.25,1234\n\"a,b|c\",,0\n");
    }

    #[test]
    fn json_has_numbers_and_nulls() {
        assert_eq!(table().json()[0]["value"], 87.25);
        assert_eq!(table().json()[1]["value"], Value::Null);
    }

    #[test]
    fn markdown_aligns_numbers_and_keeps_bars() {
        assert_eq!(
            table().markdown(),
            "| kpi | value | n |\n| --- | --: | --: |\n| TF-01 | 87.25 | 1234 |\n| a,b\\|c |  | 0 |\n"
        );
    }

    #[test]
    fn parquet_is_the_same_twice() {
        assert_eq!(table().parquet().unwrap(), table().parquet().unwrap());
        assert_eq!(table().write(Format::Parquet, None).unwrap_err().exit, Exit::Usage);
    }

    #[test]
    fn numbers_read_back_the_same() {
        for number in [0.1 + 0.2, 1e21, -0.0, 87.0] {
            assert_eq!(shortest(number).parse::<f64>().unwrap(), number);
        }
        assert_eq!((shortest(87.0).as_str(), shortest(-0.0).as_str()), ("87", "0"));
    }

    #[test]
    fn a_table_for_people() {
        insta::assert_snapshot!(table().terminal(), @r"
         kpi     value      n
        ──────────────────────
         TF-01   87.25   1234
         a,b|c              0
        ");
    }
}
