//! `docs/manual/recipe.md` names every parameter and every method, and shows each parameter in an example.

use std::collections::BTreeSet;

use super::super::*;

const PAGE: &str = include_str!("../../../../../docs/manual/recipe.md");

/// The part of the page below a heading, up to the next of the same depth.
fn part(heading: &str) -> &'static str {
    let depth = heading.split(' ').next().unwrap();
    let rest = PAGE.split_once(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("no `{heading}`")).1;
    rest.split(&format!("\n{depth} ")).next().unwrap()
}

/// Words between backticks after `expected one of`: what the program knows.
fn known(message: &str) -> BTreeSet<String> {
    let list = message.split_once("expected one of ").unwrap_or_else(|| panic!("{message}")).1;
    list.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn refused(step: &str, parameters: &str) -> BTreeSet<String> {
    known(&Step::from_table(step, parameters.parse().unwrap()).unwrap_err())
}

/// All keys of the tables in a value.
fn keys(value: &toml::Value, found: &mut BTreeSet<String>) {
    match value {
        toml::Value::Table(table) => table.iter().for_each(|(key, value)| {
            found.insert(key.clone());
            keys(value, found);
        }),
        toml::Value::Array(values) => values.iter().for_each(|value| keys(value, found)),
        _ => {}
    }
}

/// Keys of the table, and of the examples, of a part.
fn on_page(part: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let first = |line: &str| line.split('|').nth(1).map(|cell| cell.replace('`', ""));
    let rows = part.lines().filter(|line| line.starts_with("| `")).filter_map(first);
    let rows = rows.flat_map(|cell| cell.split(',').map(|key| key.trim().to_owned()).collect::<Vec<_>>()).collect();
    let mut shown = BTreeSet::new();
    for example in part.split("```toml\n").skip(1) {
        let example: toml::Table = example.split("```").next().unwrap().parse().unwrap();
        keys(&toml::Value::Table(example), &mut shown);
    }
    (rows, shown)
}

#[test]
fn every_parameter_has_a_row_and_an_example() {
    for step in STEPS {
        let parameters = if step == "weigh" { "method = \"equal\"\nzz = 1" } else { "zz = 1" };
        let known = refused(step, parameters);
        let (rows, shown) = on_page(part(&format!("## `{step}`")));
        assert_eq!(rows, known, "{step}");
        let hidden: Vec<_> = known.difference(&shown).collect();
        assert!(hidden.is_empty(), "{step}: no example of {hidden:?}");
    }
    let steps = [("treat".to_owned(), toml::Table::new())];
    let uncertain = |text: &str| known(&Uncertainty::from_table(text.parse().unwrap(), &steps).unwrap_err());
    let whole = part("## `uncertainty`");
    let (above, below) = whole.split_once("### `[[uncertainty.input]]`").unwrap();
    let (_, shown) = on_page(whole);
    for (text, part) in [("zz = 1", above), ("[[input]]\nname = \"a\"\nzz = 1", below)] {
        let known = uncertain(text);
        assert_eq!(on_page(part).0, known);
        assert!(known.is_subset(&shown), "no example of {:?}", known.difference(&shown).collect::<Vec<_>>());
    }
    let of_file = Recipe::from_toml("r.toml", "schema = \"recipe/1\"\nzz = 1").diagnostics;
    assert_eq!(on_page(part("## The file")).0, known(&of_file[0].message));
}

#[test]
fn every_word_is_named() {
    for (step, key) in [
        ("impute", "method"),
        ("screen", "by"),
        ("treat", "first"),
        ("treat", "second"),
        ("normalise", "method"),
        ("normalise", "to"),
        ("weigh", "method"),
        ("weigh", "keep"),
        ("aggregate", "method"),
    ] {
        let method = if step == "weigh" && key != "method" { "method = \"nicoletti\"\n" } else { "" };
        let part = part(&format!("## `{step}`"));
        for word in refused(step, &format!("{method}{key} = \"zz\"")) {
            let row = part.lines().find(|line| line.starts_with(&format!("| `{key}`"))).unwrap();
            assert!(row.contains(&format!("`{word}`")), "{step} {key} {word}");
        }
    }
}

#[test]
fn every_example_is_read() {
    for example in PAGE.split("```toml\n").skip(1) {
        let example = example.split("```").next().unwrap();
        let found = Recipe::from_toml("recipe.toml", example);
        assert!(found.diagnostics.is_empty(), "{example}\n{:?}", found.diagnostics);
    }
}
