//! XLSX workbooks: one sheet, true date cells as local times, numbers without regard to their display format.
//!
//! A sheet has at most 1,048,576 rows, so its text is held in memory.

use std::collections::VecDeque;
use std::path::Path;

use arrow::buffer::BooleanBuffer;
use calamine::{Data, DataRef, ExcelDateTime, Reader, Xlsx, XlsxError, open_workbook};
use mizan_model::mapping::Mapping;

use super::{BATCH_ROWS, Header, RowReader, TextBatch, TextColumn};
use crate::error::{DAMAGED_XLSX, EMPTY_FILE, IngestError, SHEET_NOT_FOUND};
use crate::options::Observer;

/// Reads one sheet.
pub(crate) struct XlsxReader {
    header: Header,
    batches: VecDeque<TextBatch>,
    bytes_per_batch: u64,
}

/// What the date cells of a column show, finest first: a column with any time of day holds stamps, not days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Finest {
    Day,
    Minute,
    Second,
}

impl XlsxReader {
    /// Opens the workbook and reads the sheet of the mapping, or the first.
    pub(crate) fn open(mapping: &Mapping, path: &Path, name: &str) -> Result<Self, IngestError> {
        let bytes = std::fs::metadata(path).map_err(|e| IngestError::file_system(path, "read", e).in_file(name))?.len();
        if bytes == 0 {
            return Err(IngestError::new(EMPTY_FILE, "the file is empty")
                .in_file(name)
                .help("ask for the extract again, or take the file out of the folder"));
        }
        let damaged = |e: XlsxError| {
            IngestError::new(DAMAGED_XLSX, format!("the workbook cannot be read: {e}"))
                .in_file(name)
                .help("open it in a spreadsheet program and save it again as XLSX, without password")
                .caused_by(e)
        };
        let mut book: Xlsx<_> = open_workbook(path).map_err(damaged)?;
        let sheets = book.sheet_names();
        let sheet = match &mapping.sheet {
            None => sheets.first().cloned(),
            Some(wanted) => sheets.iter().find(|s| s.trim().to_lowercase() == wanted.trim().to_lowercase()).cloned(),
        };
        let Some(sheet) = sheet else {
            let wanted = mapping.sheet.as_deref().unwrap_or_default();
            return Err(IngestError::new(SHEET_NOT_FOUND, format!("the workbook has no sheet `{wanted}`"))
                .in_file(name)
                .help(format!("its sheets are: {}", sheets.join(", "))));
        };

        let mut finest: Vec<Finest> = Vec::new();
        let mut width = 0;
        let mut cells = book.worksheet_cells_reader(&sheet).map_err(damaged)?;
        let mut first_row = None;
        while let Some(cell) = cells.next_cell().map_err(damaged)? {
            if matches!(cell.get_value(), DataRef::Empty) {
                continue;
            }
            let (row, column) = (cell.get_position().0, cell.get_position().1 as usize);
            let header_row = *first_row.get_or_insert(row);
            if row == header_row {
                width = width.max(column + 1);
            }
            if let DataRef::DateTime(stamp) = cell.get_value() {
                if finest.len() <= column {
                    finest.resize(column + 1, Finest::Day);
                }
                finest[column] = finest[column].max(precision(stamp));
            }
        }
        let Some(header_row) = first_row else {
            return Err(IngestError::new(EMPTY_FILE, format!("the sheet `{sheet}` is empty"))
                .in_file(name)
                .help("name another sheet with `sheet = \"…\"` in the mapping"));
        };
        finest.resize(width.max(finest.len()), Finest::Day);
        drop(cells);

        let mut sheet_rows = SheetRows::new(width);
        let mut names = vec![String::new(); width];
        let mut cells = book.worksheet_cells_reader(&sheet).map_err(damaged)?;
        while let Some(cell) = cells.next_cell().map_err(damaged)? {
            let (row, column) = (cell.get_position().0, cell.get_position().1 as usize);
            // Notes to the right of the table have no name, so nothing can read them.
            if column >= width {
                continue;
            }
            let (text, canonical) = cell_text(cell.get_value(), finest[column]);
            if row == header_row {
                names[column] = text;
            } else if !text.is_empty() {
                sheet_rows.put(row, column, text, canonical)?;
            }
        }
        let header = Header::new(names, name)?;
        let batches = sheet_rows.finish()?;
        let bytes_per_batch = bytes / (batches.len().max(1) as u64);
        Ok(XlsxReader { header, batches, bytes_per_batch })
    }
}

/// Builds batches from cells in row order.
struct SheetRows {
    row: Option<u32>,
    current: Vec<(String, bool)>,
    columns: Vec<TextColumn>,
    canonical: Vec<Vec<bool>>,
    lines: Vec<u64>,
    done: VecDeque<TextBatch>,
}

impl SheetRows {
    fn new(width: usize) -> Self {
        SheetRows {
            row: None,
            current: vec![(String::new(), false); width],
            columns: (0..width).map(|_| TextColumn::new()).collect(),
            canonical: vec![Vec::new(); width],
            lines: Vec::new(),
            done: VecDeque::new(),
        }
    }

    fn put(&mut self, row: u32, column: usize, text: String, canonical: bool) -> Result<(), IngestError> {
        if self.row != Some(row) {
            self.end_row()?;
            self.row = Some(row);
        }
        self.current[column] = (text, canonical);
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), IngestError> {
        let Some(row) = self.row.take() else {
            return Ok(());
        };
        self.lines.push(u64::from(row) + 1);
        for (column, (text, canonical)) in self.current.iter_mut().enumerate() {
            self.columns[column].push(text.as_bytes());
            self.canonical[column].push(*canonical);
            text.clear();
            *canonical = false;
        }
        if self.lines.len() == BATCH_ROWS {
            self.end_batch()?;
        }
        Ok(())
    }

    fn end_batch(&mut self) -> Result<(), IngestError> {
        if self.lines.is_empty() {
            return Ok(());
        }
        self.done.push_back(TextBatch {
            columns: self.columns.iter_mut().map(TextColumn::finish).collect::<Result<_, _>>()?,
            canonical: self.canonical.iter_mut().map(|bits| Some(BooleanBuffer::from(std::mem::take(bits)))).collect(),
            lines: std::mem::take(&mut self.lines),
            files: None,
            broken: Vec::new(),
        });
        Ok(())
    }

    fn finish(mut self) -> Result<VecDeque<TextBatch>, IngestError> {
        self.end_row()?;
        self.end_batch()?;
        Ok(self.done)
    }
}

/// Text of a cell, and whether it is canonical (typed cells) or as people typed it.
fn cell_text(value: &DataRef<'_>, finest: Finest) -> (String, bool) {
    match value {
        DataRef::Empty | DataRef::Error(_) => (String::new(), false),
        DataRef::String(text) => (text.clone(), false),
        DataRef::SharedString(text) => ((*text).to_owned(), false),
        DataRef::Int(number) => (number.to_string(), true),
        DataRef::Float(number) => (number.to_string(), true),
        DataRef::Bool(truth) => (truth.to_string(), true),
        DataRef::DateTime(stamp) if stamp.is_datetime() => (stamp_text(stamp, finest), true),
        other => (Data::from(other.clone()).to_string(), true),
    }
}

/// Date, clock and milliseconds, rounded to whole seconds: workbooks store days as binary fractions.
fn parts(stamp: &ExcelDateTime) -> (u16, u8, u8, u8, u8, u8) {
    let seconds = (stamp.as_f64() * 86_400.0).round() / 86_400.0;
    let like = |value, since_1904| ExcelDateTime::new(value, calamine::ExcelDateTimeType::DateTime, since_1904);
    // The library does not say which epoch the workbook has; the years that come out differ by four.
    let since_1904 = like(stamp.as_f64(), false).to_ymd_hms_milli().0 != stamp.to_ymd_hms_milli().0;
    // Half a millisecond more keeps the truncation of the library from falling into the second before.
    let nudged = like(seconds + 0.0005 / 86_400.0, since_1904);
    let (year, month, day, hour, minute, second, _) = nudged.to_ymd_hms_milli();
    (year, month, day, hour, minute, second)
}

fn precision(stamp: &ExcelDateTime) -> Finest {
    let (_, _, _, hour, minute, second) = parts(stamp);
    match (hour, minute, second) {
        (0, 0, 0) => Finest::Day,
        (_, _, 0) => Finest::Minute,
        _ => Finest::Second,
    }
}

fn stamp_text(stamp: &ExcelDateTime, finest: Finest) -> String {
    let (year, month, day, hour, minute, second) = parts(stamp);
    match finest {
        Finest::Day => format!("{year:04}-{month:02}-{day:02}"),
        Finest::Minute => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}"),
        Finest::Second => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"),
    }
}

impl RowReader for XlsxReader {
    fn header(&self) -> &Header {
        &self.header
    }

    fn next_batch(&mut self, observer: &dyn Observer) -> Result<Option<TextBatch>, IngestError> {
        let batch = self.batches.pop_front();
        if batch.is_some() {
            observer.bytes_read(self.bytes_per_batch);
        }
        Ok(batch)
    }
}
