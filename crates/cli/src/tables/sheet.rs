//! A delimited file with a header.

use std::path::Path;

use mizan_index::codes;
use mizan_model::diagnostic::Diagnostic;

use crate::failure::{Exit, Failure};
use crate::findings::Texts;

/// A file as cells.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Name of the file, for findings.
    pub file: String,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows as long as `columns`.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// Reads a file.
    ///
    /// # Errors
    /// The file cannot be read, is not UTF-8, has no header, a column twice, or a row of another length.
    pub fn read(path: &Path) -> Result<Sheet, Failure> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| Failure { exit: Exit::Input, ..Failure::read_text(path, &error) })?;
        Sheet::parse(&path.display().to_string(), &text)
    }

    /// Reads a text.
    ///
    /// # Errors
    /// As [`Sheet::read`].
    pub fn parse(file: &str, text: &str) -> Result<Sheet, Failure> {
        let text = text.trim_start_matches('\u{feff}');
        let delimiter = delimiter(text.lines().next().unwrap_or_default());
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
        let columns: Vec<String> = match reader.headers() {
            Ok(header) => header.iter().map(|name| name.trim().to_owned()).collect(),
            Err(error) => return Err(fail(file, error.to_string())),
        };
        if let Some(twice) = columns.iter().enumerate().find(|(at, name)| columns[..*at].contains(name)) {
            return Err(fail(file, format!("column `{}` stands twice", twice.1)));
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            match record {
                Ok(record) => rows.push(record.iter().map(|cell| cell.trim().to_owned()).collect()),
                Err(error) => return Err(fail(file, error.to_string())),
            }
        }
        if rows.is_empty() {
            return Err(fail(file, "the table has no rows".to_owned()));
        }
        Ok(Sheet { file: file.to_owned(), columns, rows })
    }

    /// Position of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|known| known == name)
    }

    /// Position of a column that must be there.
    ///
    /// # Errors
    /// [`codes::COLUMN_MISSING`] with the columns that are.
    pub fn needed(&self, name: &str) -> Result<usize, Failure> {
        self.column(name).ok_or_else(|| {
            let finding = Diagnostic::error(codes::COLUMN_MISSING, format!("`{}` has no column `{name}`", self.file))
                .why(format!("its columns are `{}`", self.columns.join("`, `")))
                .help("see that the first line holds the names of the columns");
            Failure::findings(Exit::Input, vec![finding], Texts::default())
        })
    }

    /// A code or a name of something that is there; `None` if the cell is empty. `NA` is Namibia, not a missing value.
    pub fn code(&self, row: usize, column: usize) -> Option<&str> {
        self.rows[row].get(column).map(String::as_str).filter(|cell| !cell.is_empty())
    }

    /// A text; `None` if the cell is missing, which R writes as `NA`.
    pub fn text(&self, row: usize, column: usize) -> Option<&str> {
        self.code(row, column).filter(|cell| *cell != "NA")
    }

    /// A number; `None` if the cell is missing.
    ///
    /// # Errors
    /// [`codes::NOT_A_NUMBER`] with the place.
    pub fn number(&self, row: usize, column: usize) -> Result<Option<f64>, Failure> {
        let Some(cell) = self.text(row, column) else { return Ok(None) };
        match cell.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Some(number)),
            // R writes NaN for what cannot be computed.
            Ok(number) if number.is_nan() => Ok(None),
            _ => {
                let place = format!("line {} of `{}`, column `{}`", row + 2, self.file, self.columns[column]);
                let finding = Diagnostic::error(codes::NOT_A_NUMBER, format!("`{cell}` is not a number: {place}"))
                    .help("write numbers with a decimal point; leave the cell empty if the value is not known");
                Err(Failure::findings(Exit::Input, vec![finding], Texts::default()))
            }
        }
    }
}

fn fail(file: &str, message: String) -> Failure {
    let finding = Diagnostic::error(codes::EMPTY_TABLE, format!("`{file}`: {message}"))
        .help("the first line holds the names of the columns, and each further line one row as long as it");
    Failure::findings(Exit::Input, vec![finding], Texts::default())
}

/// The separator that the header has most of.
fn delimiter(header: &str) -> u8 {
    let count = |separator: char| header.matches(separator).count();
    let mut best = b',';
    for candidate in [b';', b'\t'] {
        if count(char::from(candidate)) > count(char::from(best)) {
            best = candidate;
        }
    }
    best
}
