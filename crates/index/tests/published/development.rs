//! The Human Development Index: Human Development Report 2015, table 1, and its technical notes.

use mizan_index::chain::{Chain, Outcome};
use mizan_index::explain::{Side, gap};
use mizan_index::recipe::{AggregateStep, Step};
use mizan_index::structure::{Element, ElementKind};

use crate::support::{Table, chain, dataset, near, reference, run, scores};

/// Goalposts stand with the indicators; income enters as a logarithm.
const RECIPE: &str = "[[step]]\nnormalise = { method = \"goalposts\" }\n\
                      [[step]]\naggregate = { method = [\"arithmetic\", \"geometric\"] }\n";

fn lines() -> Vec<Element> {
    let posts = [
        ("life_expectancy", "health", 20.0, 85.0),
        ("expected_schooling", "education", 0.0, 18.0),
        ("mean_schooling", "education", 0.0, 15.0),
        ("income_log", "income", 100f64.ln(), 75_000f64.ln()),
    ];
    let mut lines: Vec<Element> = posts
        .into_iter()
        .map(|(code, parent, floor, ceiling)| {
            let mut line = Element::new(code, ElementKind::Indicator, Some(parent));
            line.parameters = [("floor".to_owned(), floor), ("ceiling".to_owned(), ceiling)].into();
            line
        })
        .collect();
    lines.extend(["health", "education", "income"].map(|code| Element::new(code, ElementKind::Aggregate, Some("hdi"))));
    lines.push(Element::new("hdi", ElementKind::Aggregate, None));
    lines
}

fn report() -> Table {
    Table::read(reference!("hdi/hdr2015_table1_top24.csv"))
}

fn report_chain(recipe: &str) -> Chain {
    let table = report();
    let own = |code: &str| (code.to_owned(), table.numbers(code));
    let income = table.numbers("gni_pc_2011ppp").into_iter().map(f64::ln).collect();
    let columns =
        [own("life_expectancy"), own("expected_schooling"), own("mean_schooling"), ("income_log".to_owned(), income)];
    chain(dataset(&table.words("country"), &columns), lines(), recipe)
}

#[test]
fn dimensions_and_index_of_the_report_of_2015() {
    let table = report();
    let chain = report_chain(RECIPE);
    let (outcome, found) = run(&chain);
    assert!(found.is_empty(), "{found:?}");
    for dimension in ["health", "education", "income"] {
        let expect = table.numbers(&format!("{dimension}_index"));
        near(dimension, &scores(&chain, &outcome, dimension), &expect, 1e-12);
    }
    let own = scores(&chain, &outcome, "hdi");
    near("recomputed in R", &own, &table.numbers("HDI_recomputed"), 1e-12);
    // The report computes with more digits than it prints: within one unit of the third digit for all, equal for 17.
    let printed = table.numbers("HDI_published");
    near("printed", &own, &printed, 0.001);
    let equal = own.iter().zip(&printed).filter(|(a, b)| ((*a * 1000.0).round() / 1000.0 - *b).abs() < 1e-9).count();
    assert_eq!(equal, 17);
    // Income above the upper post and schooling above it count as the post: Singapore and Australia.
    assert_eq!(scores(&chain, &outcome, "income")[10], 1.0);
    assert_eq!(scores(&chain, &outcome, "expected_schooling")[1], 1.0);
}

/// The example of the technical notes to the report of 2020: dimensions 0.6971, 0.3447, and 0.5506 from an income of
/// 3829; 0.510. One unit is enough, since goalposts ask for no other.
#[test]
fn the_worked_example_of_the_technical_notes_of_2020() {
    let columns = [
        ("life_expectancy".to_owned(), vec![20.0 + 65.0 * 0.6971]),
        ("expected_schooling".to_owned(), vec![18.0 * 0.3447]),
        ("mean_schooling".to_owned(), vec![15.0 * 0.3447]),
        ("income_log".to_owned(), vec![3829f64.ln()]),
    ];
    let chain = chain(dataset(&["example".to_owned()], &columns), lines(), RECIPE);
    let (outcome, found) = run(&chain);
    assert!(found.is_empty(), "{found:?}");
    near("income", &scores(&chain, &outcome, "income"), &[0.5506], 5e-5);
    near("index", &scores(&chain, &outcome, "hdi"), &[0.510], 5e-4);
}

fn sides(chain: &Chain, outcome: &Outcome) -> Vec<Side> {
    let all = outcome.last().scores.as_ref().unwrap();
    let weights = outcome.last().weights.to_vec();
    assert_eq!(weights.len(), chain.structure.elements.len());
    all.row_iter().map(|row| Side { scores: row.iter().copied().collect(), weights: weights.clone() }).collect()
}

fn aggregation(chain: &Chain) -> AggregateStep {
    let Some(Step::Aggregate(step)) = chain.recipe.steps.last() else { panic!("no aggregation") };
    step.clone()
}

/// Contributions sum to the gap, for all pairs of countries: as the index is now, as it was until 2013 (a geometric
/// mean of geometric means), and as it was until 2009 (arithmetic throughout).
#[test]
fn gaps_between_countries_sum_exactly() {
    for method in ["[\"arithmetic\", \"geometric\"]", "\"geometric\"", "\"arithmetic\""] {
        let chain = report_chain(&RECIPE.replace("[\"arithmetic\", \"geometric\"]", method));
        let (outcome, _) = run(&chain);
        let (sides, step, top) = (sides(&chain, &outcome), aggregation(&chain), chain.structure.top());
        for a in &sides {
            for b in &sides {
                let found = gap(&chain.structure, &step, top, a, b).unwrap();
                let sum: f64 = found.contributions.iter().map(|own| own.value).sum();
                assert_eq!(found.contributions.len(), 4);
                assert!(found.weight_effects.is_empty());
                near(method, &[found.gap, sum], &[a.scores[top] - b.scores[top]; 2], 1e-15);
            }
        }
    }
}

/// Norway above Australia by hand: with the logarithmic mean L of the two scores, a dimension contributes
/// L / 3 · ln(x / y), and an indicator of education its half of the difference over that of education.
#[test]
fn a_gap_by_hand() {
    let chain = report_chain(RECIPE);
    let (outcome, _) = run(&chain);
    let (sides, step, top) = (sides(&chain, &outcome), aggregation(&chain), chain.structure.top());
    let found = gap(&chain.structure, &step, top, &sides[0], &sides[1]).unwrap();
    let (health, income) = ([61.6 / 65.0, 62.4 / 65.0], [649.92f64.ln(), 422.61f64.ln()].map(|x| x / 750f64.ln()));
    let (expected, mean) = ([17.5 / 18.0, 1.0], [12.6 / 15.0, 13.0 / 15.0]);
    let education = [0, 1].map(|at| (expected[at] + mean[at]) / 2.0);
    let score = [0, 1].map(|at| (health[at] * education[at] * income[at]).cbrt());
    let length = (score[0] - score[1]) / (score[0] / score[1]).ln();
    let dimension = |x: [f64; 2]| length / 3.0 * (x[0] / x[1]).ln();
    let half = |x: [f64; 2]| dimension(education) * (x[0] - x[1]) / 2.0 / (education[0] - education[1]);
    let expect = [dimension(health), half(expected), half(mean), dimension(income)];
    let values: Vec<f64> = found.contributions.iter().map(|own| own.value).collect();
    near("by hand", &values, &expect, 1e-14);
    near("gap", &[found.gap], &[0.943589870539742 - 0.9353666664833098], 1e-14);
}
