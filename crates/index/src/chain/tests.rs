use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::dataset::Row;
use crate::structure::{Element, ElementKind};

const META: &str = include_str!("../../../../reference/coinr/input/asem_iMeta.csv");
const DATA: &str = include_str!("../../../../reference/coinr/input/asem_iData.csv");
const STEPS: [&str; 7] = [
    include_str!("../../../../reference/coinr/steps/01_raw.csv"),
    include_str!("../../../../reference/coinr/steps/02_denominated.csv"),
    include_str!("../../../../reference/coinr/steps/03_imputed.csv"),
    include_str!("../../../../reference/coinr/steps/04_screened.csv"),
    include_str!("../../../../reference/coinr/steps/05_treated.csv"),
    include_str!("../../../../reference/coinr/steps/06_normalised.csv"),
    include_str!("../../../../reference/coinr/steps/07_aggregated.csv"),
];
/// The example of the R package COINr.
pub(crate) const RECIPE: &str = r#"
    schema = "recipe/1"
    [[step]]
    denominate = {}
    [[step]]
    impute = { method = "mean", group = "EurAsia_group" }
    [[step]]
    screen = { by = "missing", min_available = 0.9 }
    [[step]]
    treat = { winmax = 5 }
    [[step]]
    normalise = { method = "minmax", range = [0, 100] }
    [[step]]
    aggregate = { method = "arithmetic" }
"#;

fn read(text: &str) -> (csv::StringRecord, Vec<csv::StringRecord>) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    (reader.headers().unwrap().clone(), reader.records().map(Result::unwrap).collect())
}

fn number(cell: &str) -> f64 {
    cell.parse().unwrap_or(f64::NAN)
}

/// The ASEM indicators of 51 countries with a recipe.
pub(crate) fn asem(recipe: &str) -> Chain {
    let (header, records) = read(META);
    let at = |name: &str| header.iter().position(|known| known == name).unwrap();
    let lines: Vec<Element> = records
        .iter()
        .map(|record| {
            let cell = |name: &str| Some(&record[at(name)]).filter(|cell| *cell != "NA").map(str::to_owned);
            let kind = ElementKind::from_word(&record[at("Type")]).unwrap();
            let mut element = Element::new(&record[at("iCode")], kind, cell("Parent").as_deref());
            element.level = cell("Level").and_then(|level| level.parse().ok());
            element.weight = cell("Weight").map_or(1.0, |weight| number(&weight));
            element.direction = cell("Direction").map_or(1.0, |direction| number(&direction));
            element.denominator = cell("Denominator");
            element
        })
        .collect();
    let (header, records) = read(DATA);
    let column = |name: &str| header.iter().position(|known| known == name).unwrap();
    let numbers = |name: &str| records.iter().map(|record| number(&record[column(name)])).collect::<Vec<f64>>();
    let rows: Vec<Row> = records
        .iter()
        .map(|r| Row { unit: r[column("uCode")].to_owned(), name: r[column("uName")].to_owned(), time: None })
        .collect();
    let of = |kind: ElementKind| lines.iter().filter(move |line| line.kind == kind).map(|line| line.code.clone());
    let indicators: Vec<String> = of(ElementKind::Indicator).collect();
    let columns: Vec<Vec<f64>> = indicators.iter().map(|code| numbers(code)).collect();
    let values = DMatrix::from_fn(rows.len(), columns.len(), |row, k| columns[k][row]);
    let mut dataset = Dataset::new(rows, indicators, values);
    assert!(dataset.is_usable());
    let words = |name: &str| records.iter().map(|r| Some(r[column(name)].to_owned())).collect();
    dataset.value.groups = Arc::new(of(ElementKind::Group).map(|name| (name.clone(), words(&name))).collect());
    dataset.value.denominators =
        Arc::new(of(ElementKind::Denominator).map(|name| (name.clone(), numbers(&name))).collect::<BTreeMap<_, _>>());
    let structure = Structure::new(lines);
    assert!(structure.is_usable(), "{:?}", structure.diagnostics);
    let recipe = Recipe::from_toml("recipe.toml", recipe);
    assert!(recipe.is_usable(), "{:?}", recipe.diagnostics);
    let chain = Chain::new(dataset.value, structure.value, recipe.value);
    assert!(chain.diagnostics.is_empty(), "{:?}", chain.diagnostics);
    chain.value
}

#[test]
fn every_step_of_coinrs_example_is_reproduced() {
    let chain = asem(RECIPE);
    let run = chain.run(&mut |_| ());
    assert!(run.is_usable(), "{:?}", run.diagnostics);
    assert_eq!(run.value.steps.len(), STEPS.len());
    for (done, expected) in run.value.steps.iter().zip(STEPS) {
        let (header, records) = read(expected);
        assert_eq!(records.len(), done.state.data.rows.len(), "{}", done.step);
        let elements: Vec<usize> = header.iter().skip(1).map(|code| chain.structure.position(code).unwrap()).collect();
        assert!(elements.len() >= 49);
        for record in records {
            let row = done.state.data.rows.iter().position(|row| row.unit == record[0]).unwrap();
            for (cell, &element) in record.iter().skip(1).zip(&elements) {
                let (found, expect) = (done.state.column(element).unwrap()[row], number(cell));
                let near = (found - expect).abs() <= 1e-10 * expect.abs().max(1e-6);
                let code = &chain.structure.elements[element].code;
                assert!(
                    near || (found.is_nan() && expect.is_nan()),
                    "{} {code} {row}: {found} is not {expect}",
                    done.step
                );
            }
        }
    }
}

#[test]
fn treatment_is_recorded_as_coinr_records_it() {
    let chain = asem(RECIPE);
    let run = chain.run(&mut |_| ()).value;
    let done = run.steps.iter().find(|done| done.step == "treat").unwrap();
    let Record::Treated { columns, cells } = &done.record else { panic!() };
    let (_, records) = read(include_str!("../../../../reference/coinr/steps/treated_details.csv"));
    for record in records {
        let own = columns.iter().find(|column| column.indicator == record[0]).unwrap();
        assert_eq!(own.tests[0].passes, &record[1] == "TRUE", "{}", own.indicator);
        assert!((own.tests[0].skew - number(&record[2])).abs() < 1e-10, "{}", own.indicator);
        assert!((own.tests[0].kurtosis - number(&record[3])).abs() < 1e-9, "{}", own.indicator);
        if &record[4] != "NA" {
            assert_eq!(own.winsorised as f64, number(&record[4]), "{}", own.indicator);
        }
    }
    let (header, records) = read(include_str!("../../../../reference/coinr/steps/treated_points.csv"));
    let mut marked = 0;
    for record in records {
        for (code, mark) in header.iter().zip(&record).skip(1).filter(|(_, mark)| !mark.is_empty() && *mark != "NA") {
            let column = chain.structure.position(code).unwrap();
            let row = done.state.data.rows.iter().position(|row| row.unit == record[0]).unwrap();
            let own = cells.iter().find(|cell| cell.row == row && cell.column == column).unwrap();
            assert_eq!(own.mark == crate::treat::Mark::WinsorHigh, mark == "winhi", "{code} {}", &record[0]);
            marked += 1;
        }
    }
    assert_eq!(marked, cells.len());
}

#[test]
fn shares_of_what_was_not_observed_are_seen() {
    let chain = asem(RECIPE);
    let run = chain.run(&mut |_| ()).value;
    let seen = run.last().visibility(&chain.structure);
    let gaps = run.steps[1].state.data.values.iter().filter(|value| value.is_nan()).count();
    assert_eq!(run.last().imputed.iter().filter(|is| **is).count(), gaps);
    let imputed: f64 = seen.iter().map(|row| row.imputed).sum();
    assert!(imputed > 0.0 && seen.iter().all(|row| row.dropped == 0.0 && row.imputed < 0.5));
    // The share of a score is the weighted mean of those of its children.
    let (structure, top) = (&chain.structure, chain.structure.top());
    let effective = structure.effective_weights(&run.last().weights);
    let below = structure.children[top].iter().map(|&child| (child, run.last().visibility_of(structure, child)));
    let below: Vec<_> = below.collect();
    for (row, seen) in seen.iter().enumerate() {
        let mean: f64 = below.iter().map(|(child, own)| effective[*child] * own[row].imputed).sum();
        assert!((mean - seen.imputed).abs() < 1e-12, "{mean} {seen:?}");
    }
}

#[test]
fn several_imputations_are_pooled() {
    let recipe = RECIPE
        .replace("method = \"mean\", group = \"EurAsia_group\"", "method = \"multiple\", imputations = 5, seed = 3");
    let chain = asem(&recipe);
    let run = chain.run(&mut |_| ());
    assert!(run.is_usable(), "{:?}", run.diagnostics);
    let top = chain.structure.top();
    let own: Vec<&Pooled> = run.value.pooled.iter().filter(|pooled| pooled.element == top).collect();
    assert_eq!(own.len(), 51);
    let scores = run.value.last().column(top).unwrap();
    for pooled in own {
        assert!((pooled.mean - scores[pooled.row]).abs() < 1e-9);
        assert!(pooled.standard_error >= 0.0 && pooled.imputations == 5);
    }
}

#[test]
fn a_chain_says_what_stops_it() {
    let check = |recipe: &str, code: &str, words: &str| {
        let run = asem(recipe).run(&mut |_| ());
        let found = run.diagnostics.iter().find(|finding| finding.severity == Severity::Error).unwrap();
        assert_eq!(found.code, code, "{found:?}");
        assert!(found.message.contains(words), "{found:?}");
    };
    let with = |from: &str, to: &str| RECIPE.replace(from, to);
    check(&with("arithmetic", "geometric"), codes::VALUE_NOT_ALLOWED, "geometric mean needs values above 0");
    check(&with("EurAsia_group", "Region"), codes::PARAMETER, "Region");
    check(
        &with("min_available = 0.9", "min_available = 1.0, leave_out = { XXX = \"a test\" }"),
        codes::UNKNOWN_CODE,
        "XXX",
    );
    check(&with("range = [0, 100]", "indicator = { LPI = { method = \"goalposts\" } }"), codes::PARAMETER, "LPI");
    check(
        &with("range = [0, 100]", "range = [1, 100]").replace("\"arithmetic\"", "[\"geometric\"]"),
        codes::PARAMETER,
        "no method for level 3",
    );
}
