//! From reference files to runs.

use mizan_index::chain::{Chain, Outcome};
use mizan_index::dataset::{Dataset, Row};
use mizan_index::recipe::Recipe;
use mizan_index::structure::{Element, ElementKind, Structure};
use mizan_model::diagnostic::Diagnostic;
use nalgebra::DMatrix;

/// A file of `reference/`.
macro_rules! reference {
    ($path:literal) => {
        include_str!(concat!("../../../../reference/", $path))
    };
}
pub(crate) use reference;

/// A CSV table of text.
pub struct Table {
    header: Vec<String>,
    records: Vec<csv::StringRecord>,
}

impl Table {
    pub fn read(text: &str) -> Table {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
        Table { header, records: reader.records().map(Result::unwrap).collect() }
    }

    pub fn words(&self, column: &str) -> Vec<String> {
        let at = self.header.iter().position(|name| name == column).unwrap_or_else(|| panic!("no column {column}"));
        self.records.iter().map(|record| record[at].to_owned()).collect()
    }

    /// Numbers of a column; what is none is NaN. A fraction as `1/3` is a number.
    pub fn numbers(&self, column: &str) -> Vec<f64> {
        self.words(column).iter().map(|cell| number(cell)).collect()
    }
}

pub fn number(cell: &str) -> f64 {
    match cell.split_once('/') {
        Some((a, b)) => number(a) / number(b),
        None => cell.parse().unwrap_or(f64::NAN),
    }
}

/// A table of units without years.
pub fn dataset(units: &[String], columns: &[(String, Vec<f64>)]) -> Dataset {
    let rows = units.iter().map(|unit| Row { unit: unit.clone(), name: unit.clone(), time: None }).collect();
    let values = DMatrix::from_fn(units.len(), columns.len(), |row, k| columns[k].1[row]);
    let made = Dataset::new(rows, columns.iter().map(|(code, _)| code.clone()).collect(), values);
    assert!(made.diagnostics.is_empty(), "{:?}", made.diagnostics);
    made.value
}

/// Indicators below one top, as the structure makes of a flat set.
pub fn flat(columns: &[(String, Vec<f64>)]) -> Vec<Element> {
    columns.iter().map(|(code, _)| Element::new(code, ElementKind::Indicator, None)).collect()
}

/// A chain whose parts are all without findings; `steps` is what follows the schema line of the recipe.
pub fn chain(dataset: Dataset, lines: Vec<Element>, steps: &str) -> Chain {
    let structure = Structure::new(lines);
    assert!(structure.diagnostics.is_empty(), "{:?}", structure.diagnostics);
    let recipe = Recipe::from_toml("recipe.toml", &format!("schema = \"recipe/1\"\n{steps}"));
    assert!(recipe.diagnostics.is_empty(), "{:?}", recipe.diagnostics);
    let chain = Chain::new(dataset, structure.value, recipe.value);
    assert!(chain.diagnostics.is_empty(), "{:?}", chain.diagnostics);
    chain.value
}

/// A run without an error, and what it said.
pub fn run(chain: &Chain) -> (Outcome, Vec<Diagnostic>) {
    let run = chain.run(&mut |_| ());
    assert!(run.is_usable(), "{:?}", run.diagnostics);
    (run.value, run.diagnostics)
}

/// Values of an element after the last step.
pub fn scores(chain: &Chain, outcome: &Outcome, code: &str) -> Vec<f64> {
    outcome.last().column(chain.structure.position(code).unwrap()).unwrap().to_vec()
}

/// Scores of a flat set under a recipe that has nothing to report.
pub fn index(units: &[String], columns: &[(String, Vec<f64>)], steps: &str) -> Vec<f64> {
    let chain = chain(dataset(units, columns), flat(columns), steps);
    let (outcome, found) = run(&chain);
    assert!(found.is_empty(), "{found:?}");
    scores(&chain, &outcome, "Index")
}

/// 1 is the largest; ties share the least rank.
pub fn ranks(scores: &[f64]) -> Vec<usize> {
    assert!(scores.iter().all(|score| score.is_finite()), "{scores:?}");
    scores.iter().map(|own| 1 + scores.iter().filter(|other| *other > own).count()).collect()
}

/// Checks numbers one by one.
pub fn near(what: &str, found: &[f64], expect: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expect.len(), "{what}");
    for (at, (a, b)) in found.iter().zip(expect).enumerate() {
        let is_near = (a - b).abs() <= tolerance || (a.is_nan() && b.is_nan());
        assert!(is_near, "{what}, number {at}: {a} is not {b}");
    }
}
