//! Reference tables by names of columns.

use std::path::{Path, PathBuf};

/// A file of the reference data.
fn reference(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../reference").join(name)
}

/// A table of words.
pub struct Table {
    header: csv::StringRecord,
    records: Vec<csv::StringRecord>,
}

impl Table {
    /// Reads a file of the reference data.
    pub fn read(name: &str) -> Result<Table, csv::Error> {
        let mut reader = csv::Reader::from_path(reference(name))?;
        let header = reader.headers()?.clone();
        let records = reader.records().collect::<Result<_, _>>()?;
        Ok(Table { header, records })
    }

    /// Names of the columns.
    pub fn header(&self) -> Vec<String> {
        self.header.iter().map(str::to_owned).collect()
    }

    /// A column of words; `None` for `NA`.
    pub fn cells(&self, column: &str) -> Vec<Option<String>> {
        let at = self.header.iter().position(|known| known == column).expect("the plots name columns that exist");
        self.records.iter().map(|record| Some(record[at].to_owned()).filter(|cell| cell != "NA")).collect()
    }

    /// A column of words, empty where missing.
    pub fn words(&self, column: &str) -> Vec<String> {
        self.cells(column).into_iter().map(Option::unwrap_or_default).collect()
    }

    /// A column of numbers, NaN where missing.
    pub fn numbers(&self, column: &str) -> Vec<f64> {
        self.words(column).iter().map(|cell| cell.parse().unwrap_or(f64::NAN)).collect()
    }
}
