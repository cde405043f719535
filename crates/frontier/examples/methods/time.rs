//! Productivity over time: Malmquist indices of Chinese provinces.

use std::error::Error;

use nalgebra::DMatrix;

use crate::hull::{columns, radial};
use crate::plot::{Axis, BLUE, DARK, GREEN, Mark, Outcome, Plot, RED, Table};

/// One year: inputs and outputs of all provinces.
type Year = (DMatrix<f64>, DMatrix<f64>);

/// θ of each province in `own` against the frontier of `reference`, constant returns.
fn distances(own: &Year, reference: &Year) -> Result<Vec<f64>, Box<dyn Error>> {
    let row = |of: &DMatrix<f64>, unit: usize| of.row(unit).iter().copied().collect::<Vec<f64>>();
    let one = |unit| radial(&row(&own.0, unit), &row(&own.1, unit), (&reference.0, &reference.1), false);
    (0..own.0.nrows()).map(one).collect()
}

fn geometric_mean(values: &[f64]) -> f64 {
    (values.iter().map(|value| value.ln()).sum::<f64>() / values.len() as f64).exp()
}

/// Efficiency change, technical change and their product, cumulated.
pub fn productivity() -> Outcome {
    let table = Table::read("frontier/data/deaR_EconomyLong.csv")?;
    let (inputs, outputs) = (columns(&table, &["Capital", "Labor"]), columns(&table, &["GIOV"]));
    let periods = table.numbers("Period");
    let mut years = periods.clone();
    years.dedup();
    years.sort_by(f64::total_cmp);
    years.dedup();
    let of = |year: f64| -> Year {
        let rows: Vec<usize> = (0..periods.len()).filter(|&row| (periods[row] - year).abs() < 0.5).collect();
        (inputs.select_rows(&rows), outputs.select_rows(&rows))
    };
    let published = Table::read("frontier/malmquist/benchmarking_malmquist_EconomyLong.csv")?;
    let (returns, sides) = (published.words("rts"), published.words("orient"));
    let (times, expected) = (published.numbers("time"), published.numbers("m"));
    let mut path = vec![[1.0, 1.0, 1.0]];
    for pair in years.windows(2) {
        let (before, after) = (of(pair[0]), of(pair[1]));
        let (e00, e11) = (distances(&before, &before)?, distances(&after, &after)?);
        let (e01, e10) = (distances(&after, &before)?, distances(&before, &after)?);
        let n = e00.len();
        // θ is the larger, the nearer the frontier: change is after over before.
        let efficiency: Vec<f64> = (0..n).map(|u| e11[u] / e00[u]).collect();
        let technical: Vec<f64> = (0..n).map(|u| (e01[u] / e11[u] * e00[u] / e10[u]).sqrt()).collect();
        let product: Vec<f64> = efficiency.iter().zip(&technical).map(|(a, b)| a * b).collect();
        let is_it =
            |line: &usize| returns[*line] == "crs" && sides[*line] == "in" && (times[*line] - pair[1]).abs() < 0.5;
        let reference: Vec<f64> = (0..times.len()).filter(is_it).map(|line| expected[line]).collect();
        if reference.len() != n || reference.iter().zip(&product).any(|(a, b)| (a - b).abs() > 1e-8) {
            return Err(format!("{}: {product:?} are not {reference:?}", pair[1]).into());
        }
        let last = path[path.len() - 1];
        path.push([
            last[0] * geometric_mean(&efficiency),
            last[1] * geometric_mean(&technical),
            last[2] * geometric_mean(&product),
        ]);
    }
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
