//! A change between two years: its parts sum, and each says what it should.

use super::*;

fn panel(normalise: &str, method: &str) -> Chain {
    let recipe = format!(
        "[[step]]\nnormalise = {{ method = \"minmax\", range = [1, 100]{normalise} }}\n\
         [[step]]\naggregate = {{ method = \"{method}\" }}"
    );
    chain(reference::panel(), reference::structure(), &recipe)
}

fn sums(chain: &Chain, outcome: &Outcome, unit: &str, years: [i64; 2]) -> [f64; 2] {
    let top = chain.structure.top();
    let (found, parts) = change(chain, outcome, top, unit, years).unwrap();
    let scores = outcome.last().column(top).unwrap();
    let score = |year: i64| {
        let is_it = |row: &Row| row.unit == unit && row.time == Some(year);
        scores[outcome.last().data.rows.iter().position(is_it).unwrap()]
    };
    assert_eq!(found.gap, score(years[1]) - score(years[0]));
    let weights: f64 = found.weight_effects.iter().map(|(_, effect)| effect).sum();
    let [mut indicator, mut reference] = [0.0; 2];
    for (part, contribution) in parts.iter().zip(&found.contributions) {
        assert_eq!(part.element, contribution.element);
        close(part.indicator + part.reference, contribution.value, 1e-12);
        indicator += part.indicator;
        reference += part.reference;
    }
    assert_eq!(parts.len(), found.contributions.len());
    close(indicator + reference + weights, found.gap, 1e-12 * score(years[0]).abs().max(1.0));
    [indicator, reference]
}

#[test]
fn parts_of_a_change_sum_exactly() {
    for method in ["arithmetic", "geometric"] {
        for (normalise, has_reference) in [("", false), (", panel = \"per-year\"", true)] {
            let chain = panel(normalise, method);
            let outcome = run(&chain);
            for (unit, years) in [("AUT", [2018, 2022]), ("LAO", [2019, 2020]), ("CHN", [2022, 2018])] {
                let [indicator, reference] = sums(&chain, &outcome, unit, years);
                assert!(indicator != 0.0, "{unit}");
                assert_eq!(reference != 0.0, has_reference, "{unit} {method}{normalise}");
            }
        }
    }
}

#[test]
fn an_indicators_own_word_on_years_counts() {
    let own = ", indicator = { LPI = { panel = \"per-year\" } }";
    let chain = panel(own, "arithmetic");
    let outcome = run(&chain);
    let (_, parts) = change(&chain, &outcome, chain.structure.top(), "AUT", [2018, 2022]).unwrap();
    let lpi = chain.structure.position("LPI").unwrap();
    let moved: Vec<usize> = parts.iter().filter(|part| part.reference != 0.0).map(|part| part.element).collect();
    assert_eq!(moved, [lpi]);
    sums(&chain, &outcome, "AUT", [2018, 2022]);
}

#[test]
fn a_change_by_hand() {
    // A stays at 5 while the best rises from 10 to 20: its 50 points become 25, all by the others.
    let rows = ["A", "B", "C"].map(|unit| [row(unit, Some(1)), row(unit, Some(2))]).concat();
    let structure = tree(&[("x1", Some("Top"), 1.0), ("Top", None, 1.0)]);
    let recipe = "[[step]]\nnormalise = { method = \"minmax\", panel = \"per-year\" }\n[[step]]\naggregate = {}";
    let chain = chain(dataset(rows, &["x1"], &[5.0, 5.0, 0.0, 0.0, 10.0, 20.0]), structure, recipe);
    let outcome = run(&chain);
    let (found, parts) = change(&chain, &outcome, 1, "A", [1, 2]).unwrap();
    assert_eq!((found.gap, parts[0].indicator, parts[0].reference), (-25.0, 0.0, -25.0));
    // C rises from 10 to 20, as the range does. Own: (200 - 100 + 100 - 50) / 2; others: (50 - 100 + 100 - 200) / 2.
    let (found, parts) = change(&chain, &outcome, 1, "C", [1, 2]).unwrap();
    assert_eq!((found.gap, parts[0].indicator, parts[0].reference), (0.0, 75.0, -75.0));
    assert_eq!(change(&chain, &outcome, 1, "A", [1, 3]), Err(ExplainError::UnknownUnit("A 3".into())));
}

#[test]
fn rows_that_are_screened_after_normalisation_do_not_shift_the_others() {
    let rows = ["A", "B", "C"].map(|unit| [row(unit, Some(1)), row(unit, Some(2))]).concat();
    let structure = tree(&[("x1", Some("Top"), 1.0), ("Top", None, 1.0)]);
    let recipe = "[[step]]\nnormalise = { method = \"minmax\", panel = \"per-year\" }
        [[step]]\nscreen = { leave_out = { A = \"a test\" } }
        [[step]]\naggregate = {}";
    let chain = chain(dataset(rows, &["x1"], &[0.0, 0.0, 5.0, 5.0, 10.0, 20.0]), structure, recipe);
    let outcome = run(&chain);
    let (found, parts) = change(&chain, &outcome, 1, "B", [1, 2]).unwrap();
    assert_eq!((found.gap, parts[0].indicator, parts[0].reference), (-25.0, 0.0, -25.0));
}

#[test]
fn a_value_that_was_filled_after_normalisation_is_not_split() {
    let rows = ["A", "B", "C"].map(|unit| [row(unit, Some(1)), row(unit, Some(2))]).concat();
    let structure = tree(&[("x1", Some("Top"), 1.0), ("Top", None, 1.0)]);
    let recipe = "[[step]]\nnormalise = { method = \"minmax\" }
        [[step]]\nimpute = { method = \"mean\" }
        [[step]]\naggregate = {}";
    let chain = chain(dataset(rows, &["x1"], &[5.0, f64::NAN, 0.0, 0.0, 10.0, 20.0]), structure, recipe);
    let outcome = run(&chain);
    let found = change(&chain, &outcome, 1, "A", [1, 2]);
    assert!(matches!(found, Err(ExplainError::Chain(_))), "{found:?}");
}
