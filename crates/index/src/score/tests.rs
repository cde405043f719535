use serde_json::json;

use super::*;

fn case(value: f64) -> Case {
    Case { value, previous: None, statistics: BTreeMap::new(), group: None }
}

fn numbers(rule: &Rule, direction: f64, values: &[f64]) -> Vec<Option<f64>> {
    let cases: Vec<Case> = values.iter().map(|value| case(*value)).collect();
    rule.score(direction, &cases).into_iter().map(|scored| scored.score).collect()
}

#[test]
fn a_distance_is_positive_for_the_better_and_needs_five() {
    let median = Rule::read("distance", &json!({})).unwrap();
    assert_eq!(numbers(&median, 1.0, &[1.0, 2.0, 3.0, 4.0, 10.0])[4], Some(7.0));
    assert_eq!(numbers(&median, -1.0, &[1.0, 2.0, 3.0, 4.0, 10.0])[4], Some(-7.0));
    assert_eq!(numbers(&median, 1.0, &[1.0, 2.0, 3.0, 4.0])[0], None);
    let mean = Rule::read("distance", &json!({ "against": "global_mean" })).unwrap();
    assert_eq!(numbers(&mean, 1.0, &[1.0, 2.0, 3.0, 4.0, 10.0])[4], Some(6.0));
    let scored = mean.score(1.0, &[1.0, 2.0, 3.0, 4.0, 10.0].map(case));
    assert_eq!((scored[0].reference, scored[0].n), (Some(4.0), 5));
}

#[test]
fn groups_are_compared_within() {
    let mut cases: Vec<Case> = (1..=10).map(|value| case(f64::from(value))).collect();
    cases[5..].iter_mut().for_each(|case| case.group = Some("b".into()));
    let scored = Rule::Percentile.score(1.0, &cases);
    assert_eq!((scored[4].score, scored[4].n), (Some(90.0), 5));
    assert_eq!(scored[5].score, Some(10.0));
    // Less is better: the same turned round.
    assert_eq!(Rule::Percentile.score(-1.0, &cases)[5].score, Some(90.0));
}

#[test]
fn goalposts_targets_and_changes() {
    let posts = Rule::read("goalposts", &json!({ "floor": 30.0, "ceiling": 98.0 })).unwrap();
    assert_eq!(numbers(&posts, 1.0, &[30.0, 64.0, 98.0, 120.0, 0.0]), [0.0, 50.0, 100.0, 100.0, 0.0].map(Some));
    let hours = Rule::read("goalposts", &json!({ "floor": 72.0, "ceiling": 24.0 })).unwrap();
    assert_eq!(numbers(&hours, -1.0, &[24.0, 48.0, 96.0]), [100.0, 50.0, 0.0].map(Some));
    let target = Rule::read("target", &json!({ "target": 50.0, "date": "2027-12-31" })).unwrap();
    assert_eq!(numbers(&target, 1.0, &[40.0]), [Some(80.0)]);
    assert_eq!(numbers(&target, -1.0, &[40.0]), [Some(125.0)]);
    let change = Case { previous: Some(5.0), ..case(7.0) };
    assert_eq!(Rule::Change.score(-1.0, &[change, case(1.0)])[0].score, Some(-2.0));
    assert_eq!(Rule::Change.score(1.0, &[case(1.0)])[0].missing, Some("no_previous"));
    assert_eq!(Rule::Percentile.score(0.0, &[case(1.0)])[0].missing, Some("no_direction"));
    assert_eq!(Rule::None.score(0.0, &[case(1.0)])[0].missing, Some("no_rule"));
}

#[test]
fn the_published_table_of_two_dimensions() {
    use Band::{A, B, C, D};
    let table = [
        ([D, D], "D"),
        ([D, C], "D+"),
        ([D, B], "C"),
        ([D, A], "C+"),
        ([C, C], "C"),
        ([C, B], "C+"),
        ([C, A], "B"),
        ([B, B], "B"),
        ([B, A], "B+"),
        ([A, A], "A"),
    ];
    for (bands, grade) in table {
        assert_eq!(combine(Combine::AverageTable, &bands).as_deref(), Some(grade), "{bands:?}");
    }
    assert_eq!(combine(Combine::Weakest, &[C, A, B]).as_deref(), Some("C+"));
    assert_eq!(combine(Combine::Weakest, &[B, B]).as_deref(), Some("B"));
    assert_eq!(combine(Combine::Weakest, &[]), None);
}

#[test]
fn bands_points_and_stages_look_at_further_statistics() {
    let bands = json!({ "combine": "weakest", "criteria": [
        { "A": 90.0, "B": 70.0, "C": 50.0 }, { "of": "p90", "A": 24.0, "B": 48.0, "C": 72.0 }] });
    let bands = Rule::read("bands", &bands).unwrap();
    let with = |value: f64, p90: f64| Case { statistics: BTreeMap::from([("p90".into(), p90)]), ..case(value) };
    assert_eq!(bands.score(1.0, &[with(95.0, 30.0)])[0].grade.as_deref(), Some("B+"));
    assert_eq!(bands.score(1.0, &[with(95.0, 100.0)])[0].grade.as_deref(), Some("D+"));
    assert_eq!(bands.score(1.0, &[case(95.0)])[0].missing, Some("no_statistic"));
    let points = json!({ "criteria": [{ "at": [10.0, 20.0] }, { "of": "p90", "at": [48.0, 24.0] }] });
    let points = Rule::read("points", &points).unwrap();
    assert_eq!(points.score(1.0, &[with(15.0, 20.0)])[0].score, Some(1.5));
    let stage = Rule::read("stage", &json!({ "criteria": [{ "at": [1.0, 2.0, 3.0] }] })).unwrap();
    assert_eq!(numbers(&stage, 1.0, &[0.0, 1.0, 2.5, 9.0]), [0.0, 1.0, 2.0, 3.0].map(Some));
}

#[test]
fn what_cannot_be_meant_is_said() {
    let check = |method: &str, parameters: serde_json::Value, words: &str| {
        let error = Rule::read(method, &parameters).unwrap_err();
        assert!(error.contains(words), "{error}");
    };
    check("goalposts", json!({ "floor": 1.0 }), "`ceiling`");
    check("goalposts", json!({ "floor": 1.0, "ceiling": 1.0 }), "equal");
    check("distance", json!({ "aginst": "x" }), "aginst");
    check("bands", json!({}), "`criteria`");
    check("bands", json!({ "criteria": [] }), "empty");
    check("points", json!({ "criteria": [{ "at": [1.0, 3.0, 2.0] }] }), "not in order");
    check("medal", json!({}), "no score method");
    check("target", json!({ "target": 0.0 }), "`target` of 0");
    check("goalposts", json!({ "floor": 0.0, "ceiling": 1.0, "peers": ["income"] }), "`peers` has no effect");
    check("distance", json!({ "against": "global_mean", "peers": ["income"] }), "`peers` has no effect");
    check("percentile", json!({ "peers": [] }), "`peers` is empty");
}

/// There is a value, and the reason must not say that there is none.
#[test]
fn a_score_beyond_all_numbers_is_none() {
    let target = Rule::read("target", &json!({ "target": 50.0 })).unwrap();
    assert_eq!(target.score(-1.0, &[case(0.0)])[0].missing, Some("not_finite"));
    let mean = Rule::read("distance", &json!({ "against": "global_mean" })).unwrap();
    assert_eq!(mean.score(1.0, &[1e308, 1e308, 1.0, 2.0, 3.0].map(case))[3].missing, Some("not_finite"));
}
