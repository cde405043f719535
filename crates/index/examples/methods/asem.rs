//! The ASEM indicators of 51 countries (reference/coinr), with a recipe.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;

use mizan_index::chain::{Chain, Outcome};
use mizan_index::dataset::{Dataset, Row};
use mizan_index::recipe::Recipe;
use mizan_index::structure::{Element, ElementKind, Structure};
use nalgebra::DMatrix;

use crate::plot::Table;

/// Denominate, impute by the mean of the continent, winsorise, min-max from 1 to 100, arithmetic mean.
pub const RECIPE: &str = r#"
schema = "recipe/1"
[[step]]
denominate = {}
[[step]]
impute = { method = "mean", group = "EurAsia_group" }
[[step]]
treat = { winmax = 5 }
[[step]]
normalise = { method = "minmax", range = [1, 100] }
[[step]]
aggregate = { method = "arithmetic" }
"#;

/// The chain of a recipe over these data.
pub fn chain(recipe: &str) -> Result<Chain, Box<dyn Error>> {
    let meta = Table::read("coinr/input/asem_iMeta.csv")?;
    let data = Table::read("coinr/input/asem_iData.csv")?;
    let (codes, names, kinds) = (meta.words("iCode"), meta.words("iName"), meta.words("Type"));
    let (parents, denominators) = (meta.cells("Parent"), meta.cells("Denominator"));
    let (weights, directions) = (meta.numbers("Weight"), meta.numbers("Direction"));
    let mut lines = Vec::new();
    for (line, code) in codes.iter().enumerate() {
        let kind = ElementKind::from_word(&kinds[line]).ok_or("an unknown type in the structure")?;
        let mut element = Element::new(code, kind, parents[line].as_deref());
        element.name.clone_from(&names[line]);
        element.denominator.clone_from(&denominators[line]);
        let number = |value: f64| if value.is_nan() { 1.0 } else { value };
        (element.weight, element.direction) = (number(weights[line]), number(directions[line]));
        lines.push(element);
    }
    let units = data.words("uCode").into_iter().zip(data.words("uName"));
    let rows: Vec<Row> = units.map(|(unit, name)| Row { unit, name, time: None }).collect();
    let of = |kind: ElementKind| lines.iter().filter(move |line| line.kind == kind).map(|line| line.code.clone());
    let indicators: Vec<String> = of(ElementKind::Indicator).collect();
    let columns: Vec<Vec<f64>> = indicators.iter().map(|code| data.numbers(code)).collect();
    let values = DMatrix::from_fn(rows.len(), columns.len(), |row, column| columns[column][row]);
    let groups: BTreeMap<String, Vec<Option<String>>> =
        of(ElementKind::Group).map(|name| (name.clone(), data.cells(&name))).collect();
    let by: BTreeMap<String, Vec<f64>> =
        of(ElementKind::Denominator).map(|name| (name.clone(), data.numbers(&name))).collect();
    let mut dataset = Dataset::new(rows, indicators, values).value;
    (dataset.groups, dataset.denominators) = (Arc::new(groups), Arc::new(by));
    let recipe = Recipe::from_toml("recipe.toml", recipe);
    let chain = Chain::new(dataset, Structure::new(lines).value, recipe.value);
    match recipe.diagnostics.iter().chain(&chain.diagnostics).next() {
        Some(finding) => Err(finding.message.clone().into()),
        None => Ok(chain.value),
    }
}

/// A run that must not stop.
pub fn run(chain: &Chain) -> Result<Outcome, Box<dyn Error>> {
    let run = chain.run(&mut |_| ());
    if run.is_usable() { Ok(run.value) } else { Err(format!("{:?}", run.diagnostics).into()) }
}
