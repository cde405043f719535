//! Radial and slacks-based scores.

use std::error::Error;

use mizan_frontier::nonradial::Sides;
use mizan_frontier::orientation::Orientation;
use mizan_frontier::radial::{self, Model};
use mizan_frontier::slacks_based::slacks_based;
use mizan_frontier::technology::{Data, Returns};
use nalgebra::DMatrix;

use crate::plot::{Axis, BLUE, DARK, GREEN, GREY, Mark, Outcome, Plot, RED, Side, Table};

/// Columns of a table as units by variables.
pub fn columns(table: &Table, names: &[&str]) -> DMatrix<f64> {
    let columns: Vec<Vec<f64>> = names.iter().map(|name| table.numbers(name)).collect();
    DMatrix::from_fn(columns[0].len(), names.len(), |row, column| columns[column][row])
}

/// Scores that must all be there.
pub fn all<T, E: Error + 'static>(scored: Vec<Result<T, E>>) -> Result<Vec<T>, Box<dyn Error>> {
    Ok(scored.into_iter().collect::<Result<Vec<T>, E>>()?)
}

/// θ of each unit among all.
fn theta(data: &Data, returns: Returns) -> Result<Vec<f64>, Box<dyn Error>> {
    let scored = all(radial::scores(data, &Model::radial(returns, Orientation::Input))?)?;
    Ok(scored.into_iter().map(|scored| scored.score).collect())
}

/// The scores of the reference, in the order of the units.
fn compare(name: &str, rts: &str, found: &[f64]) -> Outcome {
    let table = Table::read("frontier/dea/benchmarking_radial.csv")?;
    let (sets, returns, orientations) = (table.words("dataset"), table.words("rts"), table.words("orient"));
    let (units, expected) = (table.numbers("dmu"), table.numbers("eff"));
    let mut compared = 0;
    for line in (0..sets.len()).filter(|&line| sets[line] == name && returns[line] == rts && orientations[line] == "in")
    {
        let own = found[units[line] as usize - 1];
        if (own - expected[line]).abs() > 1e-8 {
            return Err(format!("{name} {rts} {}: {own} is not {}", units[line], expected[line]).into());
        }
        compared += 1;
    }
    if compared == found.len() { Ok(()) } else { Err(format!("{compared} of {} were compared", found.len()).into()) }
}

/// Farms with cows and milk, under both returns to scale.
pub fn envelopment() -> Outcome {
    let table = Table::read("frontier/data/Benchmarking_milkProd.csv")?;
    let whole = Data::new(columns(&table, &["energy", "vet", "cows"]), columns(&table, &["milk"]))?;
    for returns in [Returns::Constant, Returns::Variable, Returns::Decreasing, Returns::Increasing] {
        compare("milkProd", returns.word(), &theta(&whole, returns)?)?;
    }
    let farms = Data::new(columns(&table, &["cows"]), whole.outputs / 1e6)?;
    let (constant, variable) = (theta(&farms, Returns::Constant)?, theta(&farms, Returns::Variable)?);
    let (cows, milk) = (&farms.inputs, &farms.outputs);
    let is_best = |score: f64| score > 1.0 - 1e-9;
    let mut hull: Vec<(f64, f64)> =
        (0..variable.len()).filter(|&unit| is_best(variable[unit])).map(|unit| (cows[unit], milk[unit])).collect();
    hull.sort_by(|a, b| a.0.total_cmp(&b.0));
    let title = format!(
        "{} of {} farms are on the frontier of variable returns, {} on that of constant returns",
        hull.len(),
        variable.len(),
        constant.iter().filter(|score| is_best(**score)).count()
    );
    let x = Axis::linear("Input: cows", 0.0, 250.0, 50.0);
    let mut plot =
        Plot::new(&title, 430.0, x, Axis::linear("Output: milk, million litres", 0.0, 2.0, 0.5)).with_room(70.0);
    let slope = (0..cows.len()).map(|unit| milk[unit] / cows[unit]).fold(0.0, f64::max);
    plot.line(&[(0.0, 0.0), (2.0 / slope, 2.0)], RED, true);
    let mut border = vec![(hull[0].0, 0.0)];
    border.extend(&hull);
    border.push((250.0, hull[hull.len() - 1].1));
    plot.line(&border, BLUE, false);
    (0..cows.len()).for_each(|unit| plot.mark(cows[unit], milk[unit], Mark::Ring, GREY));
    hull.iter().for_each(|(x, y)| plot.mark(*x, *y, Mark::Disc, BLUE));
    // The farm of many cows that could do with fewest: its distance, drawn.
    let far = (0..cows.len()).filter(|&unit| milk[unit] > 0.9).min_by(|&a, &b| variable[a].total_cmp(&variable[b]));
    let far = far.ok_or("no farm")?;
    plot.line(&[(cows[far] * variable[far], milk[far]), (cows[far], milk[far])], GREEN, false);
    plot.mark(cows[far], milk[far], Mark::Square, GREEN);
    plot.words(cows[far], milk[far], Side::Right, &format!("θ = {:.2}", variable[far]), DARK);
    plot.legend(&[
        (Mark::Ring, GREY, "farm"),
        (Mark::Disc, BLUE, "frontier, variable returns"),
        (Mark::Dashes, RED, "constant returns"),
        (Mark::Square, GREEN, "farm with most to save above 0.9"),
    ]);
    plot.write("envelopment.svg")
}

/// Radial beside slacks-based scores: schools of Charnes, Cooper and Rhodes.
pub fn slacks() -> Outcome {
    let table = Table::read("frontier/data/Benchmarking_charnes1981.csv")?;
    let schools = Data::new(columns(&table, &["x1", "x2", "x3", "x4", "x5"]), columns(&table, &["y1", "y2", "y3"]))?;
    let theta = theta(&schools, Returns::Constant)?;
    compare("charnes1981", "crs", &theta)?;
    let scored = all(slacks_based(&schools, None, Returns::Constant, Sides::Both)?)?;
    let rho: Vec<f64> = scored.into_iter().map(|scored| scored.score).collect();
    if rho.iter().zip(&theta).any(|(rho, theta)| *rho > theta + 1e-8) {
        return Err("a slacks-based score above the radial one".into());
    }
    let widest =
        (0..rho.len()).max_by(|&a, &b| (theta[a] - rho[a]).total_cmp(&(theta[b] - rho[b]))).ok_or("no units")?;
    let title = format!(
        "Slacks count: {} of 70 schools score more than 0.10 lower once slacks are counted, {} falls from {:.2} to {:.2}",
        (0..rho.len()).filter(|&unit| theta[unit] - rho[unit] > 0.10).count(),
        table.words("name")[widest],
        theta[widest],
        rho[widest]
    );
    let x = Axis::linear("Radial θ, constant returns, input", 0.7, 1.0, 0.05);
    let mut plot = Plot::new(&title, 430.0, x, Axis::linear("Slacks-based ρ (Tone 2001)", 0.4, 1.0, 0.1));
    plot.line(&[(0.7, 0.7), (1.0, 1.0)], DARK, true);
    theta.iter().zip(&rho).for_each(|(theta, rho)| plot.mark(*theta, *rho, Mark::Ring, BLUE));
    plot.mark(theta[widest], rho[widest], Mark::Disc, RED);
    plot.legend(&[
        (Mark::Ring, BLUE, "school"),
        (Mark::Disc, RED, "widest gap"),
        (Mark::Dashes, DARK, "equal: no slack"),
    ]);
    plot.write("directional-and-slacks-based.svg")
}
