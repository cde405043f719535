//! Reference data of tests: 51 countries by 49 indicators, and the result of each step; see `reference/README.md`.

use std::collections::BTreeMap;
use std::sync::Arc;

use nalgebra::DMatrix;

use crate::dataset::{Dataset, Row};
use crate::structure::{Element, ElementKind, Structure};

/// A table of text with headings.
pub(crate) struct Table {
    pub headings: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    pub fn read(text: &str) -> Table {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let headings = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows = reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
        Table { headings, rows }
    }

    pub fn place(&self, heading: &str) -> usize {
        self.headings.iter().position(|found| found == heading).unwrap()
    }

    pub fn words(&self, heading: &str) -> Vec<&str> {
        let place = self.place(heading);
        self.rows.iter().map(|row| row[place].as_str()).collect()
    }

    pub fn numbers(&self, heading: &str) -> Vec<f64> {
        self.words(heading).into_iter().map(number).collect()
    }
}

pub(crate) fn number(word: &str) -> f64 {
    if word == "NA" || word.is_empty() { f64::NAN } else { word.parse().unwrap() }
}

fn known(word: &str) -> Option<String> {
    (word != "NA" && !word.is_empty()).then(|| word.to_owned())
}

/// The tree of the 49 indicators.
pub(crate) fn structure() -> Structure {
    let table = Table::read(include_str!("../../../../reference/coinr/input/asem_iMeta.csv"));
    let lines = table.rows.iter().map(|row| {
        let cell = |heading: &str| row[table.place(heading)].as_str();
        let kind = ElementKind::from_word(cell("Type")).unwrap();
        let mut element = Element::new(cell("iCode"), kind, known(cell("Parent")).as_deref());
        if matches!(kind, ElementKind::Indicator | ElementKind::Aggregate) {
            element.direction = number(cell("Direction"));
        }
        element.denominator = known(cell("Denominator"));
        element
    });
    let checked = Structure::new(lines.collect());
    assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
    checked.value
}

const GROUPS: [&str; 4] = ["GDP_group", "GDPpc_group", "Pop_group", "EurAsia_group"];
const DENOMINATORS: [&str; 4] = ["Area", "Energy", "GDP", "Population"];

fn dataset(text: &str, indicators: &[String], has_years: bool) -> Dataset {
    let table = Table::read(text);
    let time = if has_years { table.numbers("Time") } else { vec![f64::NAN; table.rows.len()] };
    let row = |(unit, time): (&str, f64)| Row {
        unit: unit.to_owned(),
        name: unit.to_owned(),
        time: has_years.then_some(time as i64),
    };
    let rows: Vec<Row> = table.words("uCode").into_iter().zip(time).map(row).collect();
    let columns: Vec<f64> = indicators.iter().flat_map(|code| table.numbers(code)).collect();
    let values = DMatrix::from_vec(rows.len(), indicators.len(), columns);
    let checked = Dataset::new(rows, indicators.to_vec(), values);
    assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
    let mut dataset = checked.value;
    let is_there = |name: &&&str| table.headings.iter().any(|heading| heading == **name);
    let groups: BTreeMap<String, Vec<Option<String>>> = GROUPS
        .iter()
        .filter(is_there)
        .map(|name| ((*name).to_owned(), table.words(name).into_iter().map(known).collect()))
        .collect();
    let denominators =
        DENOMINATORS.iter().filter(is_there).map(|name| ((*name).to_owned(), table.numbers(name))).collect();
    dataset.groups = Arc::new(groups);
    dataset.denominators = Arc::new(denominators);
    dataset
}

/// Codes of the 49 indicators in the order of the tables.
pub(crate) fn indicators() -> Vec<String> {
    let table = Table::read(include_str!("../../../../reference/coinr/input/asem_iMeta.csv"));
    let kinds = table.words("Type");
    let codes = table.words("iCode");
    kinds.iter().zip(codes).filter(|(kind, _)| **kind == "Indicator").map(|(_, code)| code.to_owned()).collect()
}

/// 51 countries, one year.
pub(crate) fn countries() -> Dataset {
    dataset(include_str!("../../../../reference/coinr/input/asem_iData.csv"), &indicators(), false)
}

/// 51 countries, five years.
pub(crate) fn panel() -> Dataset {
    dataset(include_str!("../../../../reference/coinr/input/asem_iData_panel.csv"), &indicators(), true)
}

/// The same dataset with the values of another step; its rows are those of `dataset`.
pub(crate) fn step(dataset: &Dataset, text: &str) -> DMatrix<f64> {
    let table = Table::read(text);
    let units = table.words("uCode");
    let row = |unit: &str| units.iter().position(|found| *found == unit).unwrap();
    let columns: Vec<Vec<f64>> = dataset.indicators.iter().map(|code| table.numbers(code)).collect();
    DMatrix::from_fn(dataset.rows.len(), columns.len(), |at, column| columns[column][row(&dataset.rows[at].unit)])
}

/// Eight indicators of 23 countries: table A.2 of the OECD/JRC handbook (2008).
pub(crate) fn tai() -> (Vec<String>, DMatrix<f64>) {
    let table = Table::read(include_str!("../../../../reference/handbook_tai/tableA2_tai_raw_23.csv"));
    let columns: Vec<f64> = table.headings[1..].iter().flat_map(|heading| table.numbers(heading)).collect();
    let codes = ["patents", "royalties", "internet", "exports", "telephones", "electricity", "schooling", "university"];
    (codes.map(str::to_owned).to_vec(), DMatrix::from_vec(table.rows.len(), codes.len(), columns))
}
