//! Partial frontiers, bootstrap and stochastic frontiers.

use mizan_frontier::bootstrap::{Bandwidth, Options, Scale, bootstrap as bootstrapped};
use mizan_frontier::free_disposal;
use mizan_frontier::order_m;
use mizan_frontier::orientation::Orientation;
use mizan_frontier::stochastic::{Design, Inefficiency, Kind, fit};
use mizan_stats::correlation::spearman;
use nalgebra::DMatrix;

use crate::hull::columns;
use crate::plot::{Axis, BLUE, DARK, GREEN, GREY, Mark, ORANGE, Outcome, Plot, RED, Table};

/// Order-m scores from m = 2 to 2,000 beside the free disposal hull.
pub fn partial() -> Outcome {
    let table = Table::read("frontier/data/Benchmarking_milkProd.csv")?;
    let (inputs, outputs) = (columns(&table, &["energy", "vet", "cows"]), columns(&table, &["milk"]));
    let hull: Vec<f64> = free_disposal::scores(&inputs, &outputs, Orientation::Input)?
        .into_iter()
        .map(|score| score.map_or(f64::NAN, |score| score.score))
        .collect();
    let orders = [2, 3, 5, 8, 12, 20, 35, 60, 100, 200, 400, 800, 2000];
    let mut runs: Vec<Vec<f64>> = Vec::new();
    for m in orders {
        let scores = order_m::scores(&inputs, &outputs, Orientation::Input, m)?;
        runs.push(scores.into_iter().map(|score| score.unwrap_or(f64::NAN)).collect());
    }
    let above = runs[5].iter().filter(|score| **score > 1.0 + 1e-9).count();
    let title = format!(
        "Order-m falls to the free disposal hull as m grows; at m = 20, {above} of {} farms score above 1",
        hull.len()
    );
    let x = Axis::logarithmic(
        "m, number of farms that one is compared with",
        2.0,
        2000.0,
        &[2.0, 5.0, 20.0, 100.0, 500.0, 2000.0],
    );
    let mut plot = Plot::new(&title, 420.0, x, Axis::linear("Input score (held at 2)", 0.4, 2.0, 0.2));
    plot.line(&[(2.0, 1.0), (2000.0, 1.0)], DARK, true);
    // Farms of the worst, a low, a middle and a high place at m = 20.
    let mut order: Vec<usize> = (0..hull.len()).collect();
    order.sort_by(|&a, &b| runs[5][a].total_cmp(&runs[5][b]));
    let last = order.len() - 1;
    for (place, colour) in [(0, RED), (last / 4, ORANGE), (last / 2, GREEN), (9 * last / 10, BLUE)] {
        let unit = order[place];
        let points: Vec<(f64, f64)> =
            orders.iter().zip(&runs).map(|(m, run)| (f64::from(*m), run[unit].min(2.0))).collect();
        plot.line(&points, colour, false);
        points.iter().for_each(|(m, score)| plot.mark(*m, *score, Mark::Ring, colour));
        plot.mark(2000.0, hull[unit], Mark::Square, colour);
    }
    plot.legend(&[
        (Mark::Ring, RED, "lowest farm at m = 20"),
        (Mark::Ring, ORANGE, "first quarter"),
        (Mark::Ring, GREEN, "median"),
        (Mark::Ring, BLUE, "ninth tenth"),
        (Mark::Square, DARK, "hull"),
    ]);
    plot.write("partial-frontiers.svg")
}

/// Corrected scores and intervals of milk a cow: one ratio, constant returns, so that θ = ratio / best ratio.
pub fn bootstrap() -> Outcome {
    let table = Table::read("frontier/data/Benchmarking_milkProd.csv")?;
    let (inputs, outputs) = (columns(&table, &["cows"]), columns(&table, &["milk"]));
    let own = outputs.component_div(&inputs);
    let score = |x: &DMatrix<f64>, y: &DMatrix<f64>| {
        let best = y.component_div(x).max();
        own.iter().map(|ratio| ratio / best).collect::<Vec<f64>>()
    };
    let options = Options {
        replicates: 2000,
        seed: 7,
        bandwidth: Bandwidth::NormalReference,
        scale: Scale::Reciprocal,
        confidence: 0.95,
    };
    let found = bootstrapped(&inputs, &outputs, Orientation::Input, options, score)?;
    let mut units = found.units;
    units.sort_by(|a, b| b.score.total_cmp(&a.score));
    let best = &units[0];
    let title = format!(
        "The best farm's score of 1 flatters: corrected it is {:.3}, and its interval of 95 % runs from {:.3} to {:.3}",
        best.corrected, best.interval.0, best.interval.1
    );
    let x = Axis::linear("Farms by their score, every fourth of 108", 0.0, 108.0, 12.0);
    let mut plot = Plot::new(&title, 400.0, x, Axis::linear("θ of milk a cow, constant returns", 0.4, 1.0, 0.1));
    for (place, unit) in units.iter().enumerate().step_by(4) {
        let x = place as f64 + 1.0;
        plot.line(&[(x, unit.interval.0), (x, unit.interval.1)], BLUE, false);
        plot.mark(x, unit.corrected, Mark::Disc, BLUE);
        plot.mark(x, unit.score, Mark::Ring, RED);
    }
    plot.legend(&[
        (Mark::Ring, RED, "estimated θ"),
        (Mark::Disc, BLUE, "corrected for bias"),
        (Mark::Line, BLUE, "95 % interval, 2,000 replicates"),
    ]);
    plot.write("bootstrap-and-environment.svg")
}

/// Efficiencies under three distributions of inefficiency.
pub fn stochastic() -> Outcome {
    let table = Table::read("frontier/data/frontier_front41Data.csv")?;
    let y: Vec<f64> = table.numbers("output").into_iter().map(f64::ln).collect();
    let names = ["capital", "labour"];
    let design = Design::cobb_douglas(&names, &columns(&table, &names))?;
    let models = [
        ("half-normal", Mark::Disc, BLUE, Inefficiency::HalfNormal),
        ("exponential", Mark::Ring, RED, Inefficiency::Exponential),
        ("truncated normal", Mark::Triangle, GREEN, Inefficiency::TruncatedNormal),
    ];
    let mut fitted = Vec::new();
    for (_, _, _, model) in &models {
        let found = fit(&y, &design, Kind::Production, model)?;
        fitted.push(found.efficiencies.iter().map(|one| one.battese_coelli).collect::<Vec<f64>>());
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let title = format!(
        "The distribution that is assumed moves the level (mean {:.2} or {:.2}), hardly the order (rank correlation {:.3})",
        mean(&fitted[0]),
        mean(&fitted[1]),
        spearman(&fitted[0], &fitted[1]).r
    );
    let mut order: Vec<usize> = (0..y.len()).collect();
    order.sort_by(|&a, &b| fitted[0][b].total_cmp(&fitted[0][a]));
    let x = Axis::linear("60 firms by efficiency under the half-normal", 0.0, 60.0, 10.0);
    let mut plot = Plot::new(&title, 400.0, x, Axis::linear("Efficiency, E[exp(-u) | ε]", 0.3, 1.0, 0.1));
    for ((_, mark, colour, _), efficiencies) in models.iter().zip(&fitted) {
        for (place, &unit) in order.iter().enumerate() {
            plot.mark(place as f64 + 1.0, efficiencies[unit], *mark, colour);
        }
    }
    plot.line(&[(0.0, mean(&fitted[0])), (60.0, mean(&fitted[0]))], GREY, true);
    let legend: Vec<(Mark, &str, &str)> =
        models.iter().map(|(name, mark, colour, _)| (*mark, *colour, *name)).collect();
    plot.legend(&legend);
    plot.write("stochastic-frontiers.svg")
}
