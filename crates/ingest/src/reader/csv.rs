//! CSV: records split by a state machine with bounds on field and record, so that no file can exhaust memory.

use std::path::Path;

use csv_core::ReadRecordResult;
use mizan_model::mapping::Mapping;

use super::decode::TextStream;
use super::{BATCH_BYTES, BATCH_ROWS, BrokenRow, Header, RowReader, TextBatch, TextColumn};
use crate::error::{EMPTY_FILE, IngestError, RECORD_TOO_LONG, TRUNCATED_FILE, WRONG_ENCODING};
use crate::options::Observer;
use crate::reason;

/// Longest field, in bytes.
pub(crate) const MAX_FIELD: usize = 1 << 20;
/// Longest record, in bytes.
pub(crate) const MAX_RECORD: usize = 16 << 20;

/// Broken rows below this number never stop a file.
const FEW_INVALID: u64 = 10;

/// Reads one CSV file.
pub(crate) struct CsvReader {
    name: String,
    stream: TextStream,
    core: csv_core::Reader,
    /// Decoded text not yet split, from `start`.
    input: Vec<u8>,
    start: usize,
    ended: bool,
    /// Line breaks skipped by hand, which the splitter did not see.
    skipped_lines: u64,
    record: Vec<u8>,
    ends: Vec<usize>,
    header: Header,
    rows: u64,
    invalid: u64,
}

/// Extent of the record in the buffers.
struct Split {
    fields: usize,
    bytes: usize,
    line: u64,
    /// The file ended before a line break did.
    unended: bool,
}

impl CsvReader {
    /// Opens the file, finds the delimiter and reads the header.
    pub(crate) fn open(mapping: &Mapping, path: &Path, name: &str) -> Result<Self, IngestError> {
        let mut stream = TextStream::open(path, name, mapping.encoding.as_deref())?;
        let mut input = Vec::new();
        stream.next(&mut input)?;
        let (delimiter, start) = match (mapping.delimiter, separator_line(&input)) {
            (Some(given), found) => (given as u8, found.map_or(0, |(_, length)| length)),
            (None, Some((delimiter, length))) => (delimiter, length),
            (None, None) => (sniff(&input), 0),
        };
        let core = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        let mut reader = CsvReader {
            name: name.to_owned(),
            stream,
            core,
            input,
            start,
            ended: false,
            skipped_lines: u64::from(start > 0),
            record: vec![0; 64 << 10],
            ends: vec![0; 256],
            header: Header { names: Vec::new() },
            rows: 0,
            invalid: 0,
        };
        let Some(split) = reader.next_record()? else {
            return Err(IngestError::new(EMPTY_FILE, "the file holds only empty lines")
                .in_file(name)
                .help("ask for the extract again, or take the file out of the folder"));
        };
        let mut names = Vec::with_capacity(split.fields);
        for field in fields(&reader.record, &reader.ends, split.fields) {
            let text = std::str::from_utf8(field).map_err(|e| {
                not_utf8(IngestError::new(WRONG_ENCODING, "the header is not valid text in the encoding"))
                    .in_file(name)
                    .at_line(split.line)
                    .caused_by(e)
            })?;
            names.push(text.to_owned());
        }
        reader.header = Header::new(names, name)?;
        Ok(reader)
    }

    /// Splits the next record into `record` and `ends`; blank lines are passed over.
    fn next_record(&mut self) -> Result<Option<Split>, IngestError> {
        let mut line = None;
        let (mut bytes, mut count) = (0, 0);
        let mut quotes = 0;
        loop {
            if self.start == self.input.len() && !self.ended {
                self.input.clear();
                self.start = 0;
                self.ended = !self.stream.next(&mut self.input)?;
                continue;
            }
            if line.is_none() {
                while let Some(b'\r' | b'\n') = self.input.get(self.start) {
                    self.skipped_lines += u64::from(self.input[self.start] == b'\n');
                    self.start += 1;
                }
                if self.start == self.input.len() && !self.ended {
                    continue;
                }
                line = Some(self.core.line() + self.skipped_lines);
            }
            let at = line.expect("set just above");
            let unended = self.start == self.input.len();
            // A quoted field is closed by the quote that makes their number even; doubled quotes change nothing in that.
            if unended && quotes % 2 == 1 {
                let open = if count == 0 { 0 } else { self.ends[count - 1] };
                let inside = memchr::memchr_iter(b'\n', &self.record[open..bytes]).count() as u64;
                let began = self.core.line() + self.skipped_lines - inside;
                return Err(
                    self.truncated(at, format!("the file ends inside a quoted field that began in line {began}"))
                );
            }
            let (result, read, written, ended) =
                self.core.read_record(&self.input[self.start..], &mut self.record[bytes..], &mut self.ends[count..]);
            quotes += memchr::memchr_iter(b'"', &self.input[self.start..self.start + read]).count();
            self.start += read;
            bytes += written;
            count += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => {
                    let last = if count == 0 { 0 } else { self.ends[count - 1] };
                    if self.record.len() >= MAX_RECORD || bytes - last > MAX_FIELD {
                        return Err(self.too_long(at));
                    }
                    self.record.resize((self.record.len() * 2).min(MAX_RECORD), 0);
                }
                ReadRecordResult::OutputEndsFull => {
                    if self.ends.len() > 1 << 20 {
                        return Err(self.too_long(at));
                    }
                    self.ends.resize(self.ends.len() * 2, 0);
                }
                ReadRecordResult::Record => {
                    if bytes > MAX_FIELD && fields(&self.record, &self.ends, count).any(|f| f.len() > MAX_FIELD) {
                        return Err(self.too_long(at));
                    }
                    return Ok(Some(Split { fields: count, bytes, line: at, unended }));
                }
                ReadRecordResult::End => return Ok(None),
            }
        }
    }

    fn truncated(&self, line: u64, message: String) -> IngestError {
        IngestError::new(TRUNCATED_FILE, message).in_file(&self.name).at_line(line).help(
            "copy or export the file again, it was cut short; else look for a quotation mark that is never closed",
        )
    }

    fn too_long(&self, line: u64) -> IngestError {
        IngestError::new(RECORD_TOO_LONG, "a record is longer than 16 MB, or a field longer than 1 MB")
            .in_file(&self.name)
            .at_line(line)
            .help("look for a quotation mark that is never closed, for missing line breaks, or for a wrong delimiter")
    }

    /// Counts a row that is no text; an error when there are more than a few.
    fn count_invalid(&mut self, line: u64) -> Result<(), IngestError> {
        self.invalid += 1;
        if self.invalid > FEW_INVALID && self.invalid * 1000 > self.rows {
            return Err(not_utf8(IngestError::new(
                WRONG_ENCODING,
                format!("{} of the first {} rows are not valid text in the encoding", self.invalid, self.rows),
            ))
            .in_file(&self.name)
            .at_line(line));
        }
        Ok(())
    }

    fn broken(&self, split: &Split, code: &'static str, message: String) -> BrokenRow {
        let mut object = serde_json::Map::new();
        let mut extra = Vec::new();
        for (position, field) in fields(&self.record, &self.ends, split.fields).enumerate() {
            let text = serde_json::Value::from(String::from_utf8_lossy(field));
            match self.header.names.get(position) {
                Some(name) => {
                    object.insert(name.clone(), text);
                }
                None => extra.push(text),
            }
        }
        let value = extra.first().and_then(|v| v.as_str()).unwrap_or_default().to_owned();
        if !extra.is_empty() {
            object.insert("_extra".to_owned(), serde_json::Value::Array(extra));
        }
        BrokenRow { line: split.line, code, message, value, raw: serde_json::Value::Object(object).to_string() }
    }
}

impl RowReader for CsvReader {
    fn header(&self) -> &Header {
        &self.header
    }

    fn next_batch(&mut self, observer: &dyn Observer) -> Result<Option<TextBatch>, IngestError> {
        let width = self.header.names.len();
        let mut columns: Vec<TextColumn> = (0..width).map(|_| TextColumn::new()).collect();
        let (mut lines, mut broken, mut size) = (Vec::new(), Vec::new(), 0);
        while lines.len() + broken.len() < BATCH_ROWS && size < BATCH_BYTES {
            let Some(split) = self.next_record()? else {
                break;
            };
            if split.unended && split.fields < width {
                return Err(self.truncated(split.line, "the file ends in the middle of a row".to_owned()));
            }
            self.rows += 1;
            size += split.bytes;
            let record = &self.record[..split.bytes];
            let valid = match std::str::from_utf8(record) {
                Ok(text) => !(self.stream.is_decoded() && text.contains('\u{fffd}')),
                Err(_) => false,
            };
            if !valid {
                self.count_invalid(split.line)?;
                let message = "the row is not valid text in the encoding of the file".to_owned();
                broken.push(self.broken(&split, reason::NOT_TEXT, message));
            } else if split.fields == width {
                let mut start = 0;
                for (column, &end) in columns.iter_mut().zip(&self.ends[..width]) {
                    column.push(&self.record[start..end]);
                    start = end;
                }
                lines.push(split.line);
            } else {
                let (code, word) = if split.fields > width {
                    (reason::EXTRA_FIELDS, "more")
                } else {
                    (reason::MISSING_FIELDS, "fewer")
                };
                let message = format!("the row has {} fields, {word} than the {width} of the header", split.fields);
                broken.push(self.broken(&split, code, message));
            }
        }
        observer.bytes_read(self.stream.take_read());
        if lines.is_empty() && broken.is_empty() {
            return Ok(None);
        }
        Ok(Some(TextBatch {
            canonical: vec![None; width],
            columns: columns.iter_mut().map(TextColumn::finish).collect::<Result<_, _>>()?,
            lines,
            files: None,
            broken,
        }))
    }
}

fn not_utf8(error: IngestError) -> IngestError {
    error.help("name the encoding in the mapping, for example `encoding = \"windows-1252\"`")
}

fn fields<'a>(record: &'a [u8], ends: &'a [usize], count: usize) -> impl Iterator<Item = &'a [u8]> {
    let mut start = 0;
    ends[..count].iter().map(move |&end| {
        let field = &record[start..end];
        start = end;
        field
    })
}

/// Some spreadsheets write `sep=;` as a first line of its own. Gives the delimiter and the line's length.
fn separator_line(input: &[u8]) -> Option<(u8, usize)> {
    let end = memchr::memchr(b'\n', input)?;
    let line = input[..end].strip_suffix(b"\r").unwrap_or(&input[..end]);
    match line.strip_prefix(b"sep=") {
        Some(&[delimiter]) => Some((delimiter, end + 1)),
        _ => None,
    }
}

/// The delimiter among comma, semicolon, tab and bar that splits the first records most evenly into most fields.
fn sniff(input: &[u8]) -> u8 {
    let sample = &input[..input.len().min(64 << 10)];
    let mut best = (0.0, b',');
    for delimiter in [b',', b';', b'\t', b'|'] {
        let widths = widths(sample, delimiter);
        let Some(&header) = widths.first() else {
            continue;
        };
        if header < 2 {
            continue;
        }
        let even = widths.iter().filter(|&&w| w == header).count() as f64 / widths.len() as f64;
        // Evenness first: a text column with many commas must not win over a clean semicolon file.
        let score = even * even * (header as f64).sqrt();
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}

fn widths(sample: &[u8], delimiter: u8) -> Vec<usize> {
    let mut core = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
    let mut output = vec![0; sample.len() + 1];
    let mut ends = vec![0; sample.len() + 1];
    let (mut at, mut found) = (0, Vec::new());
    while found.len() < 100 {
        let (result, read, _, count) = core.read_record(&sample[at..], &mut output, &mut ends);
        at += read;
        match result {
            ReadRecordResult::Record => found.push(count),
            _ => break,
        }
    }
    // A sample of less than a line: count what there is.
    if found.is_empty() {
        found.push(memchr::memchr_iter(delimiter, sample).count() + 1);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, delimiter: char) {
        assert_eq!(char::from(sniff(text.as_bytes())), delimiter, "{text}");
    }

    #[test]
    fn delimiters_are_found() {
        check("a,b,c\n1,2,3\n", ',');
        check("a;b;c\n1,5;2,5;3\n", ';');
        check("a\tb\n1,5\t2,5\n", '\t');
        check("a|b\n\"x|y\"|2\n", '|');
        check("name;note\nA;\"one, two, three\"\nB;x, y\n", ';');
        check("alone\n1\n", ',');
    }

    #[test]
    fn separator_lines_are_known() {
        assert_eq!(separator_line(b"sep=;\r\na;b\n"), Some((b';', 7)));
        assert_eq!(separator_line(b"a;b\n"), None);
    }
}
