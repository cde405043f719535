//! Uncertainty, sensitivity and explanation of the ASEM index.

use std::sync::atomic::AtomicBool;

use mizan_index::explain::{Side as Scores, gap};
use mizan_index::recipe::Step;
use mizan_index::uncertainty::{Analysis, Draws, sensitivity as sensitivity_of, uncertainty as uncertainty_of};

use crate::asem::{self, RECIPE};
use crate::plot::{Axis, BLUE, DARK, GREY, Mark, ORANGE, Outcome, Plot, RED, Side};

/// Four choices that another team could have made otherwise.
const UNCERTAIN: &str = r#"
[uncertainty]
replications = 1024
seed = 7
[[uncertainty.input]]
name = "winsorised points"
step = "treat"
parameter = "winmax"
values = [1, 2, 3, 4, 5]
[[uncertainty.input]]
name = "normalisation"
step = "normalise"
values = [{ method = "minmax", range = [1, 100] }, { method = "zscore", mean = 10, sd = 2 }]
[[uncertainty.input]]
name = "weights, 25 % noise"
weights = { noise = 0.25, sets = 100 }
[[uncertainty.input]]
name = "arithmetic or geometric"
step = "aggregate"
parameter = "method"
values = ["arithmetic", "geometric"]
"#;

/// Ranks with their intervals.
pub fn uncertainty() -> Outcome {
    let chain = asem::chain(&format!("{RECIPE}{UNCERTAIN}"))?;
    let analysis = Analysis::new(&chain, None, chain.structure.top())?;
    let draws = Draws::new(chain.recipe.uncertainty.as_ref().ok_or("nothing is uncertain")?, 1)?;
    let found = uncertainty_of(&analysis, &draws, &|_| (), &AtomicBool::new(false))?;
    let mut order: Vec<usize> = (0..found.rows.len()).collect();
    order.sort_by_key(|&row| found.rows[row].nominal);
    let widest = order.iter().copied().max_by(|&a, &b| {
        let width = |row: usize| found.rows[row].rank.upper - found.rows[row].rank.lower;
        width(a).total_cmp(&width(b))
    });
    let widest = widest.ok_or("no rows")?;
    let band = &found.rows[widest].rank;
    let groups = found.rows.iter().map(|row| row.group).max().unwrap_or(0);
    let title = format!(
        "51 ranks, but {groups} groups that can be told apart: {} may stand anywhere from {:.0} to {:.0}",
        chain.dataset.rows[widest].name, band.lower, band.upper
    );
    let names: Vec<String> = order.iter().map(|&row| chain.dataset.rows[row].name.clone()).collect();
    let x = Axis::linear("Rank (1 is best) over 1,024 replications", 0.0, 52.0, 4.0);
    let mut plot =
        Plot::new(&title, 860.0, x, Axis::names("Country, by its rank with the recipe as it is", &names, true));
    for (place, &row) in order.iter().enumerate() {
        let (y, rank) = ((order.len() - 1 - place) as f64, &found.rows[row].rank);
        plot.line(&[(rank.lower, y), (rank.upper, y)], BLUE, false);
        plot.mark(rank.median, y, Mark::Disc, BLUE);
        plot.mark(f64::from(found.rows[row].nominal), y, Mark::Tick, RED);
    }
    plot.legend(&[
        (Mark::Line, BLUE, "5 to 95 % of replications"),
        (Mark::Disc, BLUE, "median"),
        (Mark::Tick, RED, "with the recipe as it is"),
    ]);
    plot.write("uncertainty.svg")
}

/// Sobol indices of the four choices.
pub fn sensitivity() -> Outcome {
    let chain = asem::chain(&format!("{RECIPE}{UNCERTAIN}"))?;
    let analysis = Analysis::new(&chain, None, chain.structure.top())?;
    let uncertain = chain.recipe.uncertainty.as_ref().ok_or("nothing is uncertain")?;
    let draws = Draws::new(uncertain, 2)?;
    let found = sensitivity_of(&analysis, &draws, 500, &|_| (), &AtomicBool::new(false))?;
    let names: Vec<String> = uncertain.inputs.iter().map(|input| input.name.clone()).collect();
    let first: f64 = found.mean_shift.iter().map(|indices| indices.first_jansen.value).sum();
    let most = (0..names.len()).max_by(|&a, &b| {
        let total = |k: usize| found.mean_shift[k].total.value;
        total(a).total_cmp(&total(b))
    });
    let most = most.ok_or("no inputs")?;
    let title = format!(
        "The choice \"{}\" moves ranks most, total {:.2}; single choices explain {:.0} % of the variance, the rest is interaction",
        names[most],
        found.mean_shift[most].total.value,
        100.0 * first
    );
    let x = Axis::linear("Share of the variance of the mean shift of rank", 0.0, 1.0, 0.1);
    let mut plot = Plot::new(&title, 330.0, x, Axis::names("Uncertain input", &names, true));
    for (k, indices) in found.mean_shift.iter().enumerate() {
        let y = (names.len() - 1 - k) as f64;
        for (index, y, colour) in [(indices.first_jansen, y + 0.17, BLUE), (indices.total, y - 0.17, ORANGE)] {
            plot.bar(0.0, index.value.max(0.0), y, 13.0, colour);
            plot.line(&[(index.lower.max(0.0), y), (index.upper.max(0.0), y)], DARK, false);
        }
    }
    plot.legend(&[
        (Mark::Square, BLUE, "first order (alone)"),
        (Mark::Square, ORANGE, "total (with interactions)"),
        (Mark::Line, DARK, "bootstrap, 5 to 95 %"),
    ]);
    plot.write("sensitivity.svg")
}

/// What the gap between two neighbours is made of.
pub fn explain() -> Outcome {
    let chain = asem::chain(&RECIPE.replace("arithmetic", "geometric"))?;
    let run = asem::run(&chain)?;
    let state = run.last();
    let (structure, top) = (&chain.structure, chain.structure.top());
    let scores = state.column(top).ok_or("no scores")?;
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    let side = |row: usize| Scores {
        scores: (0..structure.elements.len()).map(|e| state.column(e).map_or(f64::NAN, |column| column[row])).collect(),
        weights: state.weights.to_vec(),
    };
    let (first, second) = (order[0], order[9]);
    let Some(Step::Aggregate(step)) = chain.recipe.steps.last() else { return Err("no aggregation".into()) };
    let found = gap(structure, step, top, &side(first), &side(second))?;
    let sum: f64 = found.contributions.iter().map(|part| part.value).sum();
    if (sum - found.gap).abs() > 1e-9 {
        return Err(format!("contributions sum to {sum}, the gap is {}", found.gap).into());
    }
    let pillars: Vec<usize> = (0..structure.elements.len()).filter(|&e| structure.levels[e] == 2).collect();
    let of = |pillar: usize| {
        let own = found.contributions.iter().filter(|part| structure.ancestor_at(part.element, 2) == Some(pillar));
        own.map(|part| part.value).sum::<f64>()
    };
    let mut parts: Vec<(f64, String)> = pillars.iter().map(|&p| (of(p), structure.elements[p].name.clone())).collect();
    parts.sort_by(|a, b| b.0.total_cmp(&a.0));
    let name = |row: usize| chain.dataset.rows[row].name.clone();
    let title = format!(
        "{} (1st) leads {} (10th) by {:.1} points, made of {:+.1} where it is ahead and {:+.1} where it is behind",
        name(first),
        name(second),
        found.gap,
        parts.iter().map(|part| part.0.max(0.0)).sum::<f64>(),
        parts.iter().map(|part| part.0.min(0.0)).sum::<f64>()
    );
    let names: Vec<String> = parts.iter().map(|part| part.1.clone()).collect();
    let x = Axis::linear("Contribution to the gap of the geometric index, points", -4.0, 6.0, 2.0);
    let mut plot = Plot::new(&title, 360.0, x, Axis::names("Pillar", &names, true));
    plot.line(&[(0.0, -0.6), (0.0, parts.len() as f64 - 0.4)], GREY, false);
    for (place, (value, _)) in parts.iter().enumerate() {
        let y = (parts.len() - 1 - place) as f64;
        plot.bar(0.0, *value, y, 18.0, if *value < 0.0 { RED } else { BLUE });
        let side = if *value < 0.0 { Side::Left } else { Side::Right };
        plot.words(*value, y, side, &format!("{value:+.1}"), DARK);
    }
    plot.write("explain.svg")
}
