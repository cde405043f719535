//! What is said of ranks: probabilities, groups, effects of single alternatives, values within their intervals.

use mizan_model::diagnostic::Severity;
use nalgebra::DMatrix;

use super::*;
use crate::codes;
use crate::dataset::{Dataset, Row};
use crate::recipe::Recipe;
use crate::structure::{Element, ElementKind, Structure};
use crate::uncertainty::estimators::quantile_sorted;
use crate::uncertainty::intervals::drawn;
use crate::uncertainty::sensitivity::shift;
use crate::uncertainty::summary::of_replications;

#[test]
fn probabilities_are_those_of_the_replications() {
    let chain = uncertain_asem(400, INPUTS);
    let analysis = Analysis::new(&chain, None, chain.structure.top()).unwrap();
    let draws = Draws::new(analysis.uncertainty(), 1).unwrap();
    let uncertain = uncertainty(&analysis, &draws, &|_| (), &AtomicBool::new(false)).unwrap();
    for (row, summary) in uncertain.rows.iter().enumerate() {
        let own = &uncertain.probabilities[row];
        assert!((own.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!((own[..5].iter().sum::<f64>() - summary.top).abs() < 1e-12);
        let mean: f64 = own.iter().enumerate().map(|(rank, share)| (rank as f64 + 1.0) * share).sum();
        assert!((mean - summary.rank.mean).abs() < 1e-9);
        assert!(summary.rank.lower <= summary.rank.median && summary.rank.median <= summary.rank.upper);
        assert!(summary.score.lower <= summary.score.median && summary.score.median <= summary.score.upper);
        for other in (0..uncertain.rows.len()).filter(|other| *other != row) {
            assert!((uncertain.above[row][other] + uncertain.above[other][row] - 1.0).abs() < 1e-12);
        }
    }
}

#[test]
fn rows_that_change_places_are_one_group() {
    // 20 replications of units a, b, c, d. a is always first. b is above c in 11, and above d in 19 or in 18.
    let rows: Vec<Row> =
        ["a", "b", "c", "d"].map(|unit| Row { unit: unit.into(), name: unit.into(), time: None }).into();
    let check = |times_d_above_b: usize, groups: [usize; 4]| {
        let mut ranks = Vec::new();
        for run in 0..20 {
            ranks.extend(match run {
                _ if run < times_d_above_b => [1, 4, 2, 3],
                _ if run < 9 => [1, 3, 2, 4],
                _ => [1, 2, 3, 4],
            });
        }
        let replications = Replications { ranks: Ranks { rows: 4, ranks }, scores: Vec::new() };
        let uncertain = of_replications(replications, &rows, &[1, 2, 3, 4], 1);
        assert_eq!(uncertain.rows.iter().map(|row| row.group).collect::<Vec<_>>(), groups);
        assert_eq!(uncertain.above[1][2], 0.55);
        assert_eq!(uncertain.above[1][3], 1.0 - times_d_above_b as f64 / 20.0);
        assert_eq!(uncertain.probabilities[0], [1.0, 0.0, 0.0, 0.0]);
        assert_eq!((uncertain.rows[0].top, uncertain.rows[1].top), (1.0, 0.0));
    };
    check(1, [1, 2, 2, 3]);
    check(2, [1, 2, 2, 2]);
}

#[test]
fn years_are_not_compared() {
    let row = |unit: &str, time: i64| Row { unit: unit.into(), name: unit.into(), time: Some(time) };
    let rows = [row("a", 2020), row("b", 2020), row("a", 2021), row("b", 2021)];
    let ranks = [[1, 2, 2, 1], [1, 2, 0, 1]].concat();
    let replications = Replications { ranks: Ranks { rows: 4, ranks }, scores: Vec::new() };
    let uncertain = of_replications(replications, &rows, &[1, 2, 2, 1], 1);
    assert!(uncertain.above[0][2].is_nan() && uncertain.above[0][1] == 1.0);
    // The replication in which one of the two is missing does not count.
    assert_eq!(uncertain.above[3][2], 1.0);
    assert_eq!(uncertain.rows.iter().map(|row| row.group).collect::<Vec<_>>(), [1, 2, 2, 1]);
}

#[test]
fn leaving_one_out_is_the_chain_with_its_weight_at_zero() {
    let chain = uncertain_asem(8, INPUTS);
    let top = chain.structure.top();
    let analysis = Analysis::new(&chain, None, top).unwrap();
    let effects = effects(&analysis).unwrap().value;
    let left_out: Vec<_> = effects.iter().filter(|effect| effect.input == "left out").collect();
    assert_eq!(
        left_out.iter().map(|effect| effect.alternative.as_str()).collect::<Vec<_>>(),
        ["LPI", "Goods", "Social", "none left out"]
    );
    assert_eq!(left_out[3].mean_shift, 0.0);
    // All other inputs as the recipe has them, which none of them names first.
    let plain = asem(STEPS);
    let ranks = |chain: &Chain| {
        let scores = chain.run(&mut |_| ()).value.last().column(top).unwrap().to_vec();
        let better = |score: f64| scores.iter().filter(|other| **other > score).count() as u16 + 1;
        scores.iter().map(|score| better(*score)).collect::<Vec<u16>>()
    };
    let all = ranks(&plain);
    for effect in &left_out[..3] {
        let mut without = plain.clone();
        let element = without.structure.position(&effect.alternative).unwrap();
        without.structure.elements[element].weight = 0.0;
        assert_eq!(effect.mean_shift, shift(&ranks(&without), &all), "{}", effect.alternative);
    }
    assert!(left_out[..3].iter().any(|effect| effect.mean_shift > 0.0));
}

/// The recipe's own value among the alternatives shifts no rank, wherever it stands in the list.
#[test]
fn effects_are_against_the_recipe() {
    let inputs = r#"
        [[uncertainty.input]]
        name = "points"
        step = "treat"
        parameter = "winmax"
        values = [1, 5]
    "#;
    let chain = uncertain_asem(8, inputs);
    let analysis = Analysis::new(&chain, None, chain.structure.top()).unwrap();
    let shifts: Vec<f64> = effects(&analysis).unwrap().value.iter().map(|effect| effect.mean_shift).collect();
    assert!(shifts[0] > 0.0 && shifts[1] == 0.0, "{shifts:?}");
}

#[test]
fn an_input_without_effect_is_named() {
    let inputs = r#"
        [[uncertainty.input]]
        name = "availability"
        step = "screen"
        parameter = "min_available"
        values = [0.1, 0.2]
        [[uncertainty.input]]
        name = "mean"
        step = "aggregate"
        parameter = "method"
        values = ["arithmetic", "geometric"]
    "#;
    let chain = uncertain_asem(64, inputs);
    let analysis = Analysis::new(&chain, None, chain.structure.top()).unwrap();
    let tried = effects(&analysis).unwrap();
    let [finding] = &tried.diagnostics[..] else { panic!("{:?}", tried.diagnostics) };
    assert_eq!((finding.code.as_str(), finding.severity), (codes::NO_EFFECT, Severity::Warning));
    assert!(finding.message.contains("`availability`"), "{}", finding.message);
    let draws = Draws::new(analysis.uncertainty(), 2).unwrap();
    let found = sensitivity(&analysis, &draws, 20, &|_| (), &AtomicBool::new(false)).unwrap();
    let [idle, mean] = &found.mean_shift[..] else { panic!() };
    assert_eq!((idle.total.value, idle.total.upper, idle.first.value), (0.0, 0.0, 0.0));
    // One input is all there is.
    assert!((mean.total.value - 1.0).abs() < 0.1 && (mean.first.value - 1.0).abs() < 0.1, "{mean:?}");
    assert_eq!(found.ranks.len(), 128);
}

/// One aggregate of two indicators that are taken as they are, weights 3 and 1.
pub(super) fn two_indicators(values: DMatrix<f64>, uncertain: &str) -> Chain {
    let row = |at: usize| Row { unit: format!("U{at}"), name: format!("U{at}"), time: None };
    let rows = (0..values.nrows()).map(row).collect();
    let data = Dataset::new(rows, vec!["a".into(), "b".into()], values).value;
    let mut lines = vec![
        Element::new("a", ElementKind::Indicator, Some("top")),
        Element::new("b", ElementKind::Indicator, Some("top")),
        Element::new("top", ElementKind::Aggregate, None),
    ];
    lines[0].weight = 3.0;
    let steps = "schema = \"recipe/1\"\n[[step]]\naggregate = { method = \"arithmetic\" }\n";
    let recipe = Recipe::from_toml("recipe.toml", &format!("{steps}{uncertain}"));
    assert!(recipe.is_usable(), "{:?}", recipe.diagnostics);
    Chain::new(data, Structure::new(lines).value, recipe.value).value
}

pub(super) const OWN_INTERVALS: &str = r#"
    [uncertainty]
    replications = 4000
    [[uncertainty.input]]
    name = "values"
    intervals = { sets = 4000 }
"#;

#[test]
fn scores_move_as_far_as_the_intervals_of_values_allow() {
    let n = f64::NAN;
    let chain = two_indicators(DMatrix::from_row_slice(3, 2, &[10.0, 4.0, 20.0, 8.0, n, 5.0]), OWN_INTERVALS);
    // `a` of the first unit lies between 8 and 16, `b` of the second between 8 and 8; the others are exact.
    let ends = |first: f64| DMatrix::from_row_slice(3, 2, &[first, n, n, 8.0, n, n]);
    let intervals = Intervals { lower: ends(8.0), upper: ends(16.0) };
    let analysis = Analysis::new(&chain, Some(intervals.clone()), 2).unwrap();
    let draws = Draws::new(analysis.uncertainty(), 1).unwrap();
    let all = run(&analysis, &draws);
    let mut first: Vec<f64> = all.scores.iter().step_by(3).copied().collect();
    first.sort_unstable_by(f64::total_cmp);
    // (3 x + 4) / 4 at the ends and at the value: 7, 13 and 8.5. About 2500 of the 4000 sets are met, so that the
    // quantiles are off by some hundredths of the width.
    assert!((quantile_sorted(&first, 0.025) - 7.0).abs() < 0.2, "{}", quantile_sorted(&first, 0.025));
    assert!((quantile_sorted(&first, 0.975) - 13.0).abs() < 0.5, "{}", quantile_sorted(&first, 0.975));
    assert!((quantile_sorted(&first, 0.5) - 8.5).abs() < 0.1, "{}", quantile_sorted(&first, 0.5));
    assert!(all.scores.iter().skip(1).step_by(3).all(|score| *score == 17.0));
    assert!(all.scores.iter().skip(2).step_by(3).all(|score| *score == 5.0));
    // Every cell takes its number, and cells without an interval stay.
    let values = &chain.dataset.values;
    let once = drawn(values, &intervals, 1, 7);
    assert!(same(once.as_slice(), drawn(values, &intervals, 1, 7).as_slice()));
    assert!(once[(0, 0)] != drawn(values, &intervals, 1, 8)[(0, 0)]);
    assert!(once[(0, 1)] == 4.0 && once[(1, 1)] == 8.0 && once[(2, 0)].is_nan());
}
