//! Productivity over time: Malmquist indices of Chinese provinces.

use mizan_frontier::orientation::Orientation;
use mizan_frontier::productivity::{Frontiers, Panel, Parts, malmquist};
use mizan_frontier::technology::{Data, Returns};

use crate::hull::columns;
use crate::plot::{Axis, BLUE, DARK, GREEN, Mark, Outcome, Plot, RED, Table};

fn geometric_mean(values: &[f64]) -> f64 {
    (values.iter().map(|value| value.ln()).sum::<f64>() / values.len() as f64).exp()
}

/// Efficiency change, technical change and their product, cumulated.
pub fn productivity() -> Outcome {
    let table = Table::read("frontier/data/deaR_EconomyLong.csv")?;
    let data = Data::new(columns(&table, &["Capital", "Labor"]), columns(&table, &["GIOV"]))?;
    let years: Vec<i64> = table.numbers("Period").into_iter().map(|year| year as i64).collect();
    let panel = Panel { units: table.words("DMUs"), years, data };
    let changes = malmquist(&panel, Returns::Constant, Orientation::Input, Frontiers::Contemporaneous)?;
    let published = Table::read("frontier/malmquist/benchmarking_malmquist_EconomyLong.csv")?;
    let (returns, sides) = (published.words("rts"), published.words("orient"));
    let (times, expected) = (published.numbers("time"), published.numbers("m"));
    let mut path = vec![[1.0, 1.0, 1.0]];
    let mut years = panel.years.clone();
    years.sort_unstable();
    years.dedup();
    for year in &years[1..] {
        let parts = changes.iter().filter(|change| change.to == *year).map(|change| change.parts);
        let parts: Vec<Parts> = parts.collect::<Result<_, _>>()?;
        let is_it = |line: &usize| returns[*line] == "crs" && sides[*line] == "in" && times[*line] as i64 == *year;
        let reference: Vec<f64> = (0..times.len()).filter(is_it).map(|line| expected[line]).collect();
        let is_off = |(found, expected): (&Parts, &f64)| (found.index - expected).abs() > 1e-8;
        if reference.len() != parts.len() || parts.iter().zip(&reference).any(is_off) {
            return Err(format!("{year}: {parts:?} are not {reference:?}").into());
        }
        let mean = |which: fn(&Parts) -> f64| geometric_mean(&parts.iter().map(which).collect::<Vec<f64>>());
        let last = path[path.len() - 1];
        path.push([
            last[0] * mean(|parts| parts.efficiency),
            last[1] * mean(|parts| parts.technique),
            last[2] * mean(|parts| parts.index),
        ]);
    }
    let years: Vec<f64> = years.into_iter().map(|year| year as f64).collect();
    let last = path[path.len() - 1];
    let percent = |ratio: f64| 100.0 * (ratio - 1.0);
    let title = format!(
        "Productivity of 31 provinces: {:+.0} % in four years, of which the frontier gives {:+.0} % and catching up {:+.0} %",
        percent(last[2]),
        percent(last[1]),
        percent(last[0])
    );
    let x = Axis::linear("Year", years[0], years[years.len() - 1], 1.0);
    let mut plot = Plot::new(&title, 400.0, x, Axis::linear("Geometric mean, 2005 = 1", 0.8, 1.6, 0.1));
    plot.line(&[(years[0], 1.0), (years[years.len() - 1], 1.0)], DARK, true);
    let parts = [(0, Mark::Ring, RED), (1, Mark::Triangle, GREEN), (2, Mark::Disc, BLUE)];
    for (part, mark, colour) in parts {
        let points: Vec<(f64, f64)> = years.iter().zip(&path).map(|(year, values)| (*year, values[part])).collect();
        plot.line(&points, colour, false);
        points.iter().for_each(|(x, y)| plot.mark(*x, *y, mark, colour));
    }
    plot.legend(&[
        (Mark::Disc, BLUE, "Malmquist index"),
        (Mark::Triangle, GREEN, "technical change (frontier)"),
        (Mark::Ring, RED, "efficiency change (catching up)"),
    ]);
    plot.write("productivity-over-time.svg")
}
