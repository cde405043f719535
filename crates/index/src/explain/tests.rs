use std::collections::BTreeMap;
use std::sync::Arc;

use nalgebra::DMatrix;

use super::*;
use crate::chain::{Chain, Outcome, State};
use crate::coherence::reference;
use crate::dataset::{Dataset, Row};
use crate::recipe::Recipe;
use crate::structure::{Element, ElementKind, Structure};

mod laws;
mod over_time;

fn close(found: f64, expect: f64, tolerance: f64) {
    assert!((found - expect).abs() <= tolerance, "{found} is not {expect}");
}

fn row(unit: &str, time: Option<i64>) -> Row {
    Row { unit: unit.into(), name: format!("Country {unit}"), time }
}

fn dataset(rows: Vec<Row>, indicators: &[&str], values: &[f64]) -> Dataset {
    let values = DMatrix::from_row_slice(rows.len(), indicators.len(), values);
    let made = Dataset::new(rows, indicators.iter().map(|&code| code.to_owned()).collect(), values);
    assert!(made.diagnostics.is_empty());
    made.value
}

fn tree(lines: &[(&str, Option<&str>, f64)]) -> Structure {
    let line = |&(code, parent, weight): &(&str, Option<&str>, f64)| {
        let kind = if code.starts_with('x') { ElementKind::Indicator } else { ElementKind::Aggregate };
        Element { weight, ..Element::new(code, kind, parent) }
    };
    let made = Structure::new(lines.iter().map(line).collect());
    assert!(made.diagnostics.is_empty(), "{:?}", made.diagnostics);
    made.value
}

fn chain(dataset: Dataset, structure: Structure, recipe: &str) -> Chain {
    let recipe = Recipe::from_toml("recipe.toml", &format!("schema = \"recipe/1\"\n{recipe}"));
    assert!(recipe.is_usable(), "{:?}", recipe.diagnostics);
    let made = Chain::new(dataset, structure, recipe.value);
    assert!(made.is_usable(), "{:?}", made.diagnostics);
    made.value
}

fn run(chain: &Chain) -> Outcome {
    let run = chain.run(&mut |_| ());
    assert!(run.is_usable(), "{:?}", run.diagnostics);
    run.value
}

const MEAN: &str = "[[step]]\naggregate = { method = \"arithmetic\" }";

/// x1 with weight 1, x2 with weight 3, as they are; 2 x1 + 6 x2 over 8.
fn small(rows: Vec<Row>, values: &[f64]) -> Chain {
    let structure = tree(&[("x1", Some("Top"), 1.0), ("x2", Some("Top"), 3.0), ("Top", None, 1.0)]);
    chain(dataset(rows, &["x1", "x2"], values), structure, MEAN)
}

#[test]
fn standings_by_hand() {
    let nan = f64::NAN;
    let rows = vec![row("A", None), row("B", None), row("C", None), row("D", None)];
    let chain = small(rows, &[1.0, 5.0, 3.0, 5.0, 2.0, 9.0, nan, 1.0]);
    let outcome = run(&chain);
    let of = |row: usize| -> Vec<_> {
        let found = standings(outcome.last(), &chain.structure, row);
        found.into_iter().map(|own| (own.element, own.value, own.rank, own.units, own.weight)).collect()
    };
    // Second of four in x2, shared with B; last of three in x1.
    assert_eq!(of(0), [(1, 5.0, 2, 4, 0.75), (0, 1.0, 3, 3, 0.25)]);
    // First in x1 before second in x2.
    assert_eq!(of(1), [(0, 3.0, 1, 3, 0.25), (1, 5.0, 2, 4, 0.75)]);
    assert_eq!(of(3), [(1, 1.0, 4, 4, 0.75)]);
    // In a panel, a unit stands among those of its year.
    let rows = vec![row("A", Some(1)), row("A", Some(2)), row("B", Some(1)), row("B", Some(2))];
    let chain = small(rows, &[1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 0.0, 4.0]);
    let found = standings(run(&chain).last(), &chain.structure, 1);
    // Equal ranks do not occur: x1 is first, x2 second.
    assert_eq!(found.iter().map(|own| (own.element, own.rank, own.units)).collect::<Vec<_>>(), [(0, 1, 2), (1, 2, 2)]);
    // Equal ranks: the weightier indicator first.
    let found = standings(run(&chain).last(), &chain.structure, 2);
    assert_eq!(found.iter().map(|own| (own.element, own.rank)).collect::<Vec<_>>(), [(1, 1), (0, 1)]);
}

#[test]
fn group_means_by_hand() {
    let rows = vec![row("A", None), row("B", None), row("C", None), row("D", None)];
    let mut chain = small(rows, &[1.0, 5.0, 3.0, 5.0, f64::NAN, 9.0, 8.0, 0.0]);
    let words = ["east", "east", "west", ""].map(|word| Some(word.to_owned()).filter(|word| !word.is_empty()));
    chain.dataset.groups = Arc::new(BTreeMap::from([("region".to_owned(), words.to_vec())]));
    let outcome = run(&chain);
    assert_eq!(group_means(outcome.last(), "income"), None);
    let found = group_means(outcome.last(), "region").unwrap();
    let of = |group: &str, element: usize| {
        let own = found.iter().find(|own| own.group == group && own.element == element);
        own.map(|own| (own.mean, own.least, own.largest, own.units))
    };
    assert_eq!(of("east", 0), Some((2.0, 1.0, 3.0, 2)));
    // Scores (1 + 15) / 4 and (3 + 15) / 4.
    assert_eq!(of("east", 2), Some((4.25, 4.0, 4.5, 2)));
    // C has x2 alone, which then is its score; D has no group.
    assert_eq!(of("west", 0), None);
    assert_eq!(of("west", 2), Some((9.0, 9.0, 9.0, 1)));
    assert_eq!(found.len(), 5);
}

#[test]
fn group_means_of_the_reference() {
    // Means of the example of the R package COINr.
    let (data, structure) = (reference::countries(), reference::structure());
    let codes: Vec<String> = structure.elements.iter().map(|element| element.code.clone()).collect();
    let text = include_str!("../../../../reference/coinr/steps/07_aggregated.csv");
    let scores = reference::step(&Dataset { indicators: codes.clone(), ..data.clone() }, text);
    let state = State { scores: Some(Arc::new(scores)), ..State::new(data, &structure) };
    let found = group_means(&state, "EurAsia_group").unwrap();
    let table = reference::Table::read(include_str!("../../../../reference/coinr/steps/group_stats_EurAsia_group.csv"));
    let mut compared = 0;
    for line in table.rows.iter().filter(|line| ["mean", "min", "max"].contains(&line[1].as_str())) {
        for own in found.iter().filter(|own| own.group == line[0]) {
            let expect = reference::number(&line[table.place(&codes[own.element])]);
            let value = match line[1].as_str() {
                "mean" => own.mean,
                "min" => own.least,
                _ => own.largest,
            };
            close(value, expect, 1e-10 * expect.abs().max(1.0));
            compared += 1;
        }
    }
    assert_eq!(compared, 2 * 3 * 60);
}

#[test]
fn versions_by_hand() {
    let first = small(vec![row("A", None), row("B", None), row("C", None)], &[4.0, 4.0, 8.0, 8.0, 8.0, 8.0]);
    let mut renamed = row("A", None);
    renamed.name = "Republic A".into();
    let second = small(vec![row("D", None), renamed, row("B", None)], &[1.0, 1.0, 9.0, 9.0, f64::NAN, f64::NAN]);
    let outcomes = [run(&first), run(&second)];
    let version = |at: usize| Version { name: String::new(), state: outcomes[at].last(), element: 2 };
    let found = compare(&[version(0), version(1)]);
    let short: Vec<_> =
        found.iter().map(|own| (own.unit.as_str(), own.scores.clone(), own.ranks.clone(), own.moved)).collect();
    assert_eq!(
        short,
        [
            ("A", vec![Some(4.0), Some(9.0)], vec![Some(3), Some(1)], Some(2)),
            ("B", vec![Some(8.0), None], vec![Some(1), None], None),
            ("C", vec![Some(8.0), None], vec![Some(1), None], None),
            ("D", vec![None, Some(1.0)], vec![None, Some(2)], None),
        ]
    );
    assert_eq!(found[0].name, "Country A");
    assert!(compare(&[]).is_empty());
}

#[test]
fn what_if_is_a_rerun() {
    let recipe = "
        [[step]]\nimpute = { method = \"mean\", group = \"EurAsia_group\" }
        [[step]]\ntreat = { winmax = 5 }
        [[step]]\nnormalise = { method = \"minmax\", range = [1, 100] }
        [[step]]\naggregate = { method = \"geometric\" }";
    let chain = chain(reference::countries(), reference::structure(), recipe);
    let outcome = run(&chain);
    let top = chain.structure.top();
    for (unit, code, value) in [("AUT", "LPI", 1.0), ("LAO", "LPI", 4.5), ("CHE", "CO2", 40.0)] {
        let found = what_if(&chain, &outcome, top, unit, None, &[(code.to_owned(), value)]).unwrap();
        let mut changed = chain.clone();
        let at = chain.dataset.rows.iter().position(|row| row.unit == unit).unwrap();
        let column = chain.dataset.indicators.iter().position(|known| known == code).unwrap();
        changed.dataset.values[(at, column)] = value;
        let again = run(&changed);
        for (outcome, score, rank) in [(&outcome, found.score, found.rank), (&again, found.new_score, found.new_rank)] {
            let scores = outcome.last().column(top).unwrap();
            assert_eq!(scores[at], score);
            assert_eq!(1 + scores.iter().filter(|other| **other > score).count(), rank);
        }
        assert!(found.score != found.new_score);
        // Its own value changes nothing.
        let own = chain.dataset.values[(at, column)];
        let same = what_if(&chain, &outcome, top, unit, None, &[(code.to_owned(), own)]).unwrap();
        assert_eq!((same.new_score, same.new_rank), (same.score, same.rank));
    }
    let error = |unit: &str, code: &str, value: f64| {
        what_if(&chain, &outcome, top, unit, None, &[(code.to_owned(), value)]).unwrap_err()
    };
    assert_eq!(error("XXX", "LPI", 1.0), ExplainError::UnknownUnit("XXX".into()));
    assert_eq!(error("AUT", "Conn", 1.0), ExplainError::UnknownIndicator("Conn".into()));
    assert!(matches!(error("AUT", "LPI", f64::INFINITY), ExplainError::Chain(_)));
}

#[test]
fn what_if_without_a_year_means_the_latest() {
    let rows = vec![row("A", Some(2)), row("B", Some(2)), row("A", Some(1)), row("B", Some(1))];
    let chain = small(rows, &[4.0, 4.0, 6.0, 6.0, 1.0, 1.0, 3.0, 3.0]);
    let outcome = run(&chain);
    let ask = |time| what_if(&chain, &outcome, 2, "A", time, &[("x2".to_owned(), 8.0)]).unwrap();
    let latest = ask(None);
    assert_eq!((latest.score, latest.new_score, latest.rank, latest.new_rank), (4.0, 7.0, 2, 1));
    assert_eq!(ask(Some(2)), latest);
    assert_eq!((ask(Some(1)).score, ask(Some(1)).new_score), (1.0, 6.25));
    // Without its last value, a unit has no score.
    let none = [("x1".to_owned(), f64::NAN), ("x2".to_owned(), f64::NAN)];
    assert_eq!(what_if(&chain, &outcome, 2, "A", None, &none), Err(ExplainError::NoScore("A".into())));
}

/// Σ c_k = s − r under each mean: A with (1, 5) against the group's mean values (2, 5), weights 1 and 3.
#[test]
fn a_group_is_compared_with_under_any_mean() {
    let rows = || vec![row("A", None), row("B", None), row("C", None)];
    let power = |p: f64| move |x: f64, y: f64| ((x.powf(p) + 3.0 * y.powf(p)) / 4.0).powf(1.0 / p);
    let geometric = |x: f64, y: f64| ((x.ln() + 3.0 * y.ln()) / 4.0).exp();
    let check = |method: &str, mean: &dyn Fn(f64, f64) -> f64| {
        let structure = tree(&[("x1", Some("Top"), 1.0), ("x2", Some("Top"), 3.0), ("Top", None, 1.0)]);
        let recipe = format!("[[step]]\naggregate = {{ method = {method} }}");
        let data = dataset(rows(), &["x1", "x2"], &[1.0, 5.0, 3.0, 5.0, 7.0, 9.0]);
        let mut chain = chain(data, structure, &recipe);
        let words = ["east", "east", "west"].map(|word| Some(word.to_owned()));
        chain.dataset.groups = Arc::new(BTreeMap::from([("region".to_owned(), words.to_vec())]));
        let outcome = run(&chain);
        let step = change::aggregate_step(&chain).unwrap();
        let of = |group| group_side(&chain.structure, step, outcome.last(), 2, ("region", group), None);
        let reference = of("east").unwrap().unwrap();
        let found = gap(&chain.structure, step, 2, &change::side(outcome.last(), 0).unwrap(), &reference).unwrap();
        close(found.gap, mean(1.0, 5.0) - mean(2.0, 5.0), 1e-12);
        close(found.contributions.iter().map(|part| part.value).sum(), found.gap, 1e-12);
        assert!(found.contributions[1].value == 0.0 && found.weight_effects.is_empty());
        assert_eq!(of("north"), Ok(None));
    };
    check("\"arithmetic\"", &power(1.0));
    check("\"geometric\"", &geometric);
    check("\"harmonic\"", &power(-1.0));
    check("\"generalised\", p = 2.0", &power(2.0));
}
