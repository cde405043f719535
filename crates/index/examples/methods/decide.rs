//! Aggregation, outranking and bands.

use mizan_index::aggregate::{borda, kemeny_of, outranking as outranked};
use mizan_index::explain::{Version, compare};
use mizan_index::score::{Case, Rule};
use nalgebra::DMatrix;

use crate::asem::{self, RECIPE};
use crate::plot::{Axis, BLUE, DARK, GREEN, GREY, Mark, Outcome, Plot, RED, Side, Table};

/// What a geometric mean takes from a score.
pub fn aggregation() -> Outcome {
    let (one, other) = (asem::chain(RECIPE)?, asem::chain(&RECIPE.replace("arithmetic", "geometric"))?);
    let (arithmetic, geometric) = (asem::run(&one)?, asem::run(&other)?);
    let version = |name: &str, run| Version {
        name: name.to_owned(),
        state: mizan_index::chain::Outcome::last(run),
        element: one.structure.top(),
    };
    let compared = compare(&[version("arithmetic", &arithmetic), version("geometric", &geometric)]);
    let mut points = Vec::new();
    for unit in &compared {
        if let [Some(a), Some(g)] = unit.scores[..] {
            points.push((a, a - g, unit.name.clone(), unit.moved.unwrap_or(0)));
        }
    }
    points.sort_by(|a, b| b.1.total_cmp(&a.1));
    let furthest = points.iter().map(|point| point.3.abs()).max().unwrap_or(0);
    let moved = points.iter().filter(|point| point.3.abs() >= 3).count();
    let title = format!(
        "The geometric mean takes {:.0} points from {} and moves {moved} of {} countries by three ranks or more",
        points[0].1,
        points[0].2,
        points.len()
    );
    let x = Axis::linear("Index by arithmetic means", 35.0, 70.0, 5.0);
    let mut plot = Plot::new(&title, 420.0, x, Axis::linear("Arithmetic less geometric index, points", 0.0, 30.0, 5.0));
    for (place, (score, lost, name, moved)) in points.iter().enumerate() {
        let (mark, colour) = if moved.abs() >= 3 { (Mark::Triangle, RED) } else { (Mark::Disc, BLUE) };
        plot.mark(*score, *lost, mark, colour);
        if place == 0 || moved.abs() == furthest || place + 1 == points.len() {
            plot.words(*score, *lost, Side::Right, name, DARK);
        }
    }
    plot.legend(&[(Mark::Disc, BLUE, "moves by up to two ranks"), (Mark::Triangle, RED, "moves by three or more")]);
    plot.write("aggregation.svg")
}

/// Support of all orders of three units, Handbook tables 28 to 30.
pub fn outranking() -> Outcome {
    let table = Table::read("handbook_tai/voting_examples.csv")?;
    let votes = table
        .words("example")
        .into_iter()
        .zip(table.words("ranking_best_to_worst"))
        .zip(table.numbers("profile_count"));
    let profiles: Vec<(String, f64)> =
        votes.filter(|((example, _), _)| example == "T28").map(|((_, order), voters)| (order, voters)).collect();
    let place =
        |order: &str, unit: char| order.chars().filter(char::is_ascii_lowercase).position(|known| known == unit);
    let units = ['a', 'b', 'c'];
    let x = DMatrix::from_fn(3, profiles.len(), |unit, k| 3.0 - place(&profiles[k].0, units[unit]).unwrap_or(3) as f64);
    let voters: Vec<f64> = profiles.iter().map(|profile| profile.1).collect();
    let all: f64 = voters.iter().sum();
    let e = outranked(&x, &voters);
    let orders = [[1, 2, 0], [0, 1, 2], [2, 0, 1], [1, 0, 2], [0, 2, 1], [2, 1, 0]];
    let name = |order: &[usize]| order.iter().map(|&unit| units[unit].to_string()).collect::<Vec<_>>().join(" > ");
    let support = |o: &[usize; 3]| all * (e[(o[0], o[1])] + e[(o[0], o[2])] + e[(o[1], o[2])]);
    let mut rows: Vec<(f64, String)> = orders.iter().map(|order| (support(order), name(order))).collect();
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    let best = kemeny_of(&e).map_err(|size| format!("{size} undecided units"))?;
    let scores = borda(&x, &voters);
    let title = format!(
        "Majorities run in a circle; of all orders {} has the most support, {:.0} of 180 (Borda: {:.0}, {:.0}, {:.0})",
        name(&best.order),
        best.support * all,
        scores[0],
        scores[1],
        scores[2]
    );
    let names: Vec<String> = rows.iter().map(|row| row.1.clone()).collect();
    let x = Axis::linear("Votes of 60 voters for the pairs of the order (of 180)", 0.0, 110.0, 10.0);
    let mut plot = Plot::new(&title, 330.0, x, Axis::names("Order, best to worst", &names, true)).with_room(50.0);
    for (at, (support, _)) in rows.iter().enumerate() {
        let y = 5.0 - at as f64;
        plot.bar(0.0, *support, y, 20.0, if at == 0 { BLUE } else { "#A9C4D6" });
        plot.words(*support, y, Side::Right, &format!("{support:.0}"), DARK);
    }
    plot.write("outranking-and-voting.svg")
}

/// One value, three scores: percentile, goalposts and bands.
pub fn bands() -> Outcome {
    let customs = Table::read("lpi/lpi_2018.csv")?.numbers("customs");
    let case = |value: f64| Case { value, previous: None, statistics: std::collections::BTreeMap::new(), group: None };
    let cases: Vec<Case> = customs.iter().map(|value| case(*value)).collect();
    let percentile: Vec<f64> = Rule::Percentile.score(1.0, &cases).iter().filter_map(|scored| scored.score).collect();
    let posts = Rule::Goalposts { floor: 1.0, ceiling: 5.0 };
    let criteria = r#"{ "criteria": [{ "A": 4.0, "B": 3.0, "C": 2.5 }] }"#;
    let rule = Rule::read("bands", &serde_json::from_str(criteria)?)?;
    let grades: Vec<String> = rule.score(1.0, &cases).into_iter().filter_map(|scored| scored.grade).collect();
    let of = |word: &str| grades.iter().filter(|grade| grade.as_str() == word).count();
    let of_d = |values: &[f64]| -> Vec<f64> {
        values.iter().zip(&grades).filter(|(_, grade)| grade.as_str() == "D").map(|(value, _)| *value).collect()
    };
    let least = |values: &[f64]| of_d(values).into_iter().fold(f64::INFINITY, f64::min);
    let most = |values: &[f64]| of_d(values).into_iter().fold(0.0, f64::max);
    let middle = mizan_stats::shape::median(&customs);
    let title = format!(
        "Bands say little within: {} of {} countries share D, at scores from {:.2} to {:.2} and percentiles from {:.0} to {:.0}",
        of("D"),
        customs.len(),
        least(&customs),
        most(&customs),
        least(&percentile),
        most(&percentile)
    );
    let x = Axis::linear("Customs score of the Logistics Performance Index 2018", 1.5, 4.5, 0.5);
    let mut plot = Plot::new(&title, 410.0, x, Axis::linear("Score", 0.0, 100.0, 20.0));
    for (value, percentile) in customs.iter().zip(&percentile) {
        plot.mark(*value, *percentile, Mark::Ring, BLUE);
    }
    let ends = [1.5, 4.5].map(|value| (value, posts.score(1.0, &[case(value)])[0].score.unwrap_or(f64::NAN)));
    plot.line(&ends, GREEN, false);
    for (from, to, word) in [(1.5, 2.5, "D"), (2.5, 3.0, "C"), (3.0, 4.0, "B"), (4.0, 4.5, "A")] {
        plot.line(&[(to, 0.0), (to, 100.0)], RED, true);
        plot.words(0.5 * (from + to), 96.0, Side::Middle, &format!("{word}: {}", of(word)), RED);
    }
    plot.line(&[(middle, 0.0), (middle, 50.0)], GREY, false);
    plot.words(middle, 14.0, Side::Right, "median", DARK);
    plot.legend(&[
        (Mark::Ring, BLUE, "mid-rank percentile"),
        (Mark::Line, GREEN, "goalposts 1 to 5"),
        (Mark::Dashes, RED, "bands (thresholds of this example)"),
    ]);
    plot.write("rubrics-and-bands.svg")
}
