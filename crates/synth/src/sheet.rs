//! CSV files, written fast and with rows that are damaged on purpose.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::calendar::{DAY, civil_date};
use crate::plan::SynthError;

/// Shape of a source table and which columns a damaged row spoils.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    /// Column names, which are field names of the contract.
    pub columns: &'static [&'static str],
    /// Column of the row's identifier.
    pub key: usize,
    /// Required stamp, for `broken_date`.
    pub date: Option<usize>,
    /// Column with a closed code list, for `unknown_code`.
    pub code: Option<usize>,
    /// Amount that may not be negative, for `negative_amount`.
    pub amount: Option<usize>,
    /// Whether a repeated row is planted.
    pub duplicate: bool,
    /// Whether a row that lost its last column is planted.
    pub short: bool,
}

/// Rows of one file, by kind. The damaged ones must all end in quarantine.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FileTruth {
    /// Sound rows.
    pub rows: u64,
    /// A required stamp is no date.
    pub broken_date: u64,
    /// A code that its list does not hold.
    pub unknown_code: u64,
    /// An amount below zero.
    pub negative_amount: u64,
    /// A row that repeats the row before it.
    pub duplicate_key: u64,
    /// A row that lost its last column.
    pub column_count: u64,
}

impl FileTruth {
    /// All damaged rows.
    pub fn damaged(&self) -> u64 {
        self.broken_date + self.unknown_code + self.negative_amount + self.duplicate_key + self.column_count
    }
}

/// Rows between two damaged rows of one kind.
const STRIDE: u64 = 10_000;
/// Bytes held before they are handed to the file.
const FLUSH: usize = 1 << 18;

/// One CSV file under way.
#[derive(Debug)]
pub(crate) struct Sheet {
    path: PathBuf,
    file: Option<File>,
    bytes: Vec<u8>,
    row_start: usize,
    layout: Layout,
    offset: [u8; 6],
    day: i64,
    date: [u8; 10],
    truth: FileTruth,
}

impl Sheet {
    /// A new file with its header; `offset` is the zone's offset from UTC in minutes.
    pub(crate) fn create(path: &Path, layout: Layout, offset: i32) -> Result<Self, SynthError> {
        let file = File::create(path).map_err(|source| SynthError::Write { path: path.to_owned(), source })?;
        let mut sheet = Sheet::in_memory(layout, offset);
        sheet.path = path.to_owned();
        sheet.file = Some(file);
        sheet.bytes.extend_from_slice(layout.columns.join(",").as_bytes());
        sheet.bytes.push(b'\n');
        sheet.row_start = sheet.bytes.len();
        Ok(sheet)
    }

    /// Rows without header and file, to be appended to a file later.
    pub(crate) fn in_memory(layout: Layout, offset: i32) -> Self {
        let sign = if offset < 0 { b'-' } else { b'+' };
        let (hours, minutes) = (offset.unsigned_abs() / 60, offset.unsigned_abs() % 60);
        let digit = |n: u32| b'0' + n as u8;
        Sheet {
            path: PathBuf::new(),
            file: None,
            bytes: Vec::with_capacity(FLUSH + 4096),
            row_start: 0,
            layout,
            offset: [sign, digit(hours / 10), digit(hours % 10), b':', digit(minutes / 10), digit(minutes % 10)],
            day: i64::MIN,
            date: *b"1970-01-01",
            truth: FileTruth::default(),
        }
    }

    /// Text that needs no quotes.
    pub(crate) fn text(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
        self.bytes.push(b',');
    }

    /// Prefix and number padded with zeros, such as `IM000123`.
    pub(crate) fn label(&mut self, prefix: &str, number: u64, width: usize) {
        self.bytes.extend_from_slice(prefix.as_bytes());
        push_padded(&mut self.bytes, number, width);
        self.bytes.push(b',');
    }

    /// Text made by the caller, straight into the buffer.
    pub(crate) fn with(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        write(&mut self.bytes);
        self.bytes.push(b',');
    }

    /// An empty column.
    pub(crate) fn skip(&mut self) {
        self.bytes.push(b',');
    }

    /// Text, or nothing.
    pub(crate) fn maybe(&mut self, text: Option<&str>) {
        self.text(text.unwrap_or(""));
    }

    /// Whole number.
    pub(crate) fn int(&mut self, number: i64) {
        push_int(&mut self.bytes, number);
        self.bytes.push(b',');
    }

    /// Fixed-point number: `number` counts units of the last of `digits` decimal places.
    pub(crate) fn fixed(&mut self, number: i64, digits: usize) {
        push_fixed(&mut self.bytes, number, digits);
        self.bytes.push(b',');
    }

    /// Money in hundredths.
    pub(crate) fn cents(&mut self, number: i64) {
        self.fixed(number, 2);
    }

    /// `true` or `false`.
    pub(crate) fn flag(&mut self, flag: bool) {
        self.text(if flag { "true" } else { "false" });
    }

    /// Local time with its offset, RFC 3339.
    pub(crate) fn time(&mut self, minute: i64) {
        let (day, of_day) = (minute.div_euclid(DAY), minute.rem_euclid(DAY));
        self.push_date(day);
        self.bytes.push(b'T');
        push_padded(&mut self.bytes, (of_day / 60) as u64, 2);
        self.bytes.push(b':');
        push_padded(&mut self.bytes, (of_day % 60) as u64, 2);
        self.bytes.extend_from_slice(b":00");
        self.bytes.extend_from_slice(&self.offset);
        self.bytes.push(b',');
    }

    /// Time, or nothing.
    pub(crate) fn maybe_time(&mut self, minute: Option<i64>) {
        match minute {
            Some(minute) => self.time(minute),
            None => self.skip(),
        }
    }

    /// Date of a day number.
    pub(crate) fn date(&mut self, day: i64) {
        self.push_date(day);
        self.bytes.push(b',');
    }

    fn push_date(&mut self, day: i64) {
        if day != self.day {
            let (year, month, date) = civil_date(day);
            let mut text = Vec::with_capacity(10);
            push_padded(&mut text, year as u64, 4);
            text.push(b'-');
            push_padded(&mut text, u64::from(month), 2);
            text.push(b'-');
            push_padded(&mut text, u64::from(date), 2);
            self.date.copy_from_slice(&text[..10]);
            self.day = day;
        }
        self.bytes.extend_from_slice(&self.date);
    }

    /// Ends the row, and plants a damaged one after some rows.
    pub(crate) fn end_row(&mut self) -> Result<(), SynthError> {
        *self.bytes.last_mut().expect("a row has a column") = b'\n';
        self.truth.rows += 1;
        self.plant();
        if self.file.is_some() && self.bytes.len() >= FLUSH {
            self.flush()?;
        }
        self.row_start = self.bytes.len();
        Ok(())
    }

    fn plant(&mut self) {
        let place = self.truth.rows % STRIDE;
        let Layout { columns, key, date, code, amount, duplicate, short } = self.layout;
        match (place, date, code, amount) {
            (3, Some(column), _, _) => {
                self.truth.broken_date += 1;
                self.damaged_copy(columns.len(), &[(key, "~X1", false), (column, "2024-02-30T25:61:00", true)]);
            }
            (6, _, Some(column), _) => {
                self.truth.unknown_code += 1;
                self.damaged_copy(columns.len(), &[(key, "~X2", false), (column, "zz-unknown", true)]);
            }
            (9, _, _, Some(column)) => {
                self.truth.negative_amount += 1;
                self.damaged_copy(columns.len(), &[(key, "~X3", false), (column, "-125.50", true)]);
            }
            (12, ..) if duplicate => {
                self.truth.duplicate_key += 1;
                self.damaged_copy(columns.len(), &[]);
            }
            (15, ..) if short => {
                self.truth.column_count += 1;
                self.damaged_copy(columns.len() - 1, &[(key, "~X5", false)]);
            }
            _ => {}
        }
    }

    /// Repeats the last row with its first `width` columns; a change replaces a column or is added to it.
    fn damaged_copy(&mut self, width: usize, changes: &[(usize, &str, bool)]) {
        let row = self.bytes[self.row_start..self.bytes.len() - 1].to_vec();
        for (index, column) in row.split(|&byte| byte == b',').take(width).enumerate() {
            let change = changes.iter().find(|change| change.0 == index);
            if !matches!(change, Some((_, _, true))) {
                self.bytes.extend_from_slice(column);
            }
            if let Some((_, text, _)) = change {
                self.bytes.extend_from_slice(text.as_bytes());
            }
            self.bytes.push(b',');
        }
        *self.bytes.last_mut().expect("a copy has a column") = b'\n';
    }

    fn flush(&mut self) -> Result<(), SynthError> {
        if let Some(file) = &mut self.file {
            file.write_all(&self.bytes).map_err(|source| SynthError::Write { path: self.path.clone(), source })?;
            self.bytes.clear();
        }
        Ok(())
    }

    /// Writes what is left and gives the counts, under the file's name.
    pub(crate) fn finish(mut self, files: &mut BTreeMap<String, FileTruth>) -> Result<(), SynthError> {
        self.flush()?;
        let name = self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        files.insert(name, self.truth);
        Ok(())
    }

    /// Rows that were held in memory, and their counts.
    pub(crate) fn into_rows(self) -> (Vec<u8>, FileTruth) {
        (self.bytes, self.truth)
    }

    /// Appends rows of a sheet in memory.
    pub(crate) fn append(&mut self, rows: &[u8], truth: &FileTruth) -> Result<(), SynthError> {
        self.bytes.extend_from_slice(rows);
        self.truth.rows += truth.rows;
        self.truth.broken_date += truth.broken_date;
        self.truth.unknown_code += truth.unknown_code;
        self.truth.negative_amount += truth.negative_amount;
        self.truth.duplicate_key += truth.duplicate_key;
        self.truth.column_count += truth.column_count;
        self.row_start = self.bytes.len();
        self.flush()
    }
}

/// Decimal digits of a whole number.
pub(crate) fn push_int(bytes: &mut Vec<u8>, number: i64) {
    if number < 0 {
        bytes.push(b'-');
    }
    push_padded(bytes, number.unsigned_abs(), 1);
}

/// Decimal digits, at least `width` of them.
pub(crate) fn push_padded(bytes: &mut Vec<u8>, mut number: u64, width: usize) {
    let mut digits = [b'0'; 20];
    let mut at = 20;
    while number > 0 {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
    }
    bytes.extend_from_slice(&digits[at.min(20 - width)..]);
}

/// Fixed-point number with `digits` decimal places.
pub(crate) fn push_fixed(bytes: &mut Vec<u8>, number: i64, digits: usize) {
    if number < 0 {
        bytes.push(b'-');
    }
    let unit = 10_u64.pow(digits as u32);
    let size = number.unsigned_abs();
    push_padded(bytes, size / unit, 1);
    if digits > 0 {
        bytes.push(b'.');
        push_padded(bytes, size % unit, digits);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(write: impl FnOnce(&mut Vec<u8>), expect: &str) {
        let mut bytes = Vec::new();
        write(&mut bytes);
        assert_eq!(String::from_utf8_lossy(&bytes), expect);
    }

    #[test]
    fn numbers_are_written_plainly() {
        check(|b| push_int(b, 0), "0");
        check(|b| push_int(b, -120), "-120");
        check(|b| push_fixed(b, -5, 2), "-0.05");
        check(|b| push_fixed(b, 123_456, 3), "123.456");
        check(|b| push_fixed(b, 7, 0), "7");
        check(|b| push_padded(b, 42, 6), "000042");
    }

    #[test]
    fn damaged_rows_follow_sound_ones() {
        let layout = Layout {
            columns: &["id", "at", "flow", "amount", "note"],
            key: 0,
            date: Some(1),
            code: Some(2),
            amount: Some(3),
            duplicate: true,
            short: true,
        };
        let mut sheet = Sheet::in_memory(layout, 180);
        for row in 1..=16 {
            sheet.int(row);
            sheet.time(0);
            sheet.text("import");
            sheet.cents(100);
            sheet.text("n");
            sheet.end_row().expect("memory does not fail");
        }
        let (bytes, truth) = sheet.into_rows();
        let text = String::from_utf8(bytes).expect("rows are UTF-8");
        assert_eq!((truth.rows, truth.damaged()), (16, 5));
        assert!(text.contains("3~X1,2024-02-30T25:61:00,import,1.00,n\n"), "{text}");
        assert!(text.contains("6~X2,1970-01-01T00:00:00+03:00,zz-unknown,1.00,n\n"));
        assert!(text.contains("9~X3,1970-01-01T00:00:00+03:00,import,-125.50,n\n"));
        assert_eq!(text.matches("12,1970-01-01T00:00:00+03:00,import,1.00,n\n").count(), 2);
        assert!(text.contains("15~X5,1970-01-01T00:00:00+03:00,import,1.00\n"));
    }
}
