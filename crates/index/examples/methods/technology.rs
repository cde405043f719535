//! Normalisation, weights, benefit of the doubt and coherence on the Technology Achievement Index of 23 countries.

use mizan_index::coherence::{Covariances, Method as Correlated, correlations, factorability, reliability};
use mizan_index::dataset::Row;
use mizan_index::doubt::{Bounds, benefit_of_the_doubt as doubt, directional, multi_directional, unwanted};
use mizan_index::normalise::{Attributes, Basis, Method, Normalisation, normalise};
use mizan_index::recipe::KeepRule;
use mizan_index::weights::{ahp, critic, gini, nicoletti, principal};
use nalgebra::DMatrix;

use crate::plot::{Axis, BLUE, DARK, GREEN, GREY, Mark, ORANGE, Outcome, PURPLE, Plot, RED, Side, Table};
use crate::worked::near;

const RAW: &str = "handbook_tai/tableA2_tai_raw_23.csv";

/// Names of the indicators and their columns.
fn indicators(table: &Table) -> (Vec<String>, Vec<Vec<f64>>) {
    let codes = table.header()[1..].to_vec();
    let columns = codes.iter().map(|code| table.numbers(code)).collect();
    (codes.iter().map(|code| code.trim_end_matches("_log10").to_owned()).collect(), columns)
}

fn scaled(x: &[f64], method: Method) -> Result<Vec<f64>, Box<dyn std::error::Error>> {
    let row = |at: usize| Row { unit: at.to_string(), name: at.to_string(), time: None };
    let rows: Vec<Row> = (0..x.len()).map(row).collect();
    let attributes = Attributes { direction: 1.0, ..Attributes::default() };
    Ok(normalise(x, &rows, attributes, &Normalisation { method, output: None, basis: Basis::Pooled })?)
}

/// Years of schooling under four methods.
pub fn normalisation() -> Outcome {
    let table = Table::read(RAW)?;
    let x = table.numbers("schooling");
    let hundred = |values: Vec<f64>| values.into_iter().map(|value| 100.0 * value).collect::<Vec<f64>>();
    let methods = [
        (
            "goalposts 0.8 to 12",
            Mark::Diamond,
            GREEN,
            hundred(scaled(&x, Method::Goalposts { posts: Some([0.8, 12.0]), scale: 1.0, truncate: true })?),
        ),
        ("share of the largest", Mark::Triangle, ORANGE, hundred(scaled(&x, Method::FractionOfMax)?)),
        ("min-max", Mark::Disc, BLUE, scaled(&x, Method::MinMax { range: [0.0, 100.0] })?),
        ("percentile rank", Mark::Ring, RED, hundred(scaled(&x, Method::PercentileRank)?)),
    ];
    let of = table.words("country").iter().position(|name| name == "Slovenia").ok_or("no Slovenia")?;
    let title = format!(
        "Slovenia's {} years of schooling are worth {:.0} points or {:.0}, as the method has it",
        x[of], methods[2].3[of], methods[0].3[of]
    );
    let axis = Axis::linear("Mean years of schooling", 6.0, 13.0, 1.0);
    let mut plot = Plot::new(&title, 400.0, axis, Axis::linear("Normalised, 0 to 100", 0.0, 100.0, 20.0));
    plot.line(&[(x[of], 0.0), (x[of], 100.0)], GREY, true);
    for (_, mark, colour, values) in &methods {
        x.iter().zip(values).for_each(|(x, y)| plot.mark(*x, *y, *mark, colour));
    }
    plot.words(x[of], 96.0, Side::Right, "Slovenia", DARK);
    let legend: Vec<(Mark, &str, &str)> =
        methods.iter().map(|(name, mark, colour, _)| (*mark, *colour, *name)).collect();
    plot.legend(&legend);
    plot.write("normalisation.svg")
}

/// The comparison matrix of one expert, Handbook table 20.
fn expert() -> Result<Vec<Vec<f64>>, Box<dyn std::error::Error>> {
    let table = Table::read("handbook_tai/table20_ahp_comparison_matrix.csv")?;
    let number = |cell: String| match cell.split_once('/') {
        Some((a, b)) => Ok::<f64, std::num::ParseFloatError>(a.parse::<f64>()? / b.parse::<f64>()?),
        None => cell.parse(),
    };
    let mut columns = Vec::new();
    for code in &table.header()[1..] {
        columns.push(table.words(code).into_iter().map(number).collect::<Result<Vec<f64>, _>>()?);
    }
    Ok((0..columns.len()).map(|row| columns.iter().map(|column| column[row]).collect()).collect())
}

/// Weights by five methods.
pub fn weights() -> Outcome {
    let (names, columns) = indicators(&Table::read(RAW)?);
    let loadings: Vec<f64> = principal(&columns)?.loadings.into_iter().map(|l| l.max(0.0)).collect();
    let sum: f64 = loadings.iter().sum();
    let methods = [
        ("first component", Mark::Disc, BLUE, loadings.iter().map(|l| l / sum).collect()),
        ("rotated factors", Mark::Ring, RED, nicoletti(&columns, KeepRule::Count, 0.9, 4)?.weights),
        ("one expert (AHP)", Mark::Triangle, GREEN, ahp(&[expert()?])?.weights),
        ("CRITIC", Mark::Square, PURPLE, critic(&columns)?),
        ("Gini", Mark::Diamond, ORANGE, gini(&columns)?),
    ];
    let least = |k: usize| methods.iter().map(|m: &(_, _, _, Vec<f64>)| m.3[k]).fold(f64::INFINITY, f64::min);
    let most = |k: usize| methods.iter().map(|m| m.3[k]).fold(0.0, f64::max);
    let widest = (0..names.len()).max_by(|&a, &b| (most(a) - least(a)).total_cmp(&(most(b) - least(b)))).unwrap_or(0);
    let title = format!(
        "Methods disagree about weights: {} weighs {:.0} % by one and {:.0} % by another",
        names[widest],
        100.0 * least(widest),
        100.0 * most(widest)
    );
    let x = Axis::linear("Weight, per cent (equal weights: 12.5)", 0.0, 30.0, 5.0);
    let mut plot = Plot::new(&title, 400.0, x, Axis::names("Indicator", &names, true));
    plot.line(&[(12.5, -0.6), (12.5, 7.6)], DARK, true);
    for k in 0..names.len() {
        let y = (names.len() - 1 - k) as f64;
        plot.line(&[(100.0 * least(k), y), (100.0 * most(k), y)], "#CCCCCC", false);
        methods.iter().for_each(|(_, mark, colour, weights)| plot.mark(100.0 * weights[k], y, *mark, colour));
    }
    let legend: Vec<(Mark, &str, &str)> =
        methods.iter().map(|(name, mark, colour, _)| (*mark, *colour, *name)).collect();
    plot.legend(&legend);
    plot.write("weights.svg")
}

/// benefit-of-the-doubt.md: A (4, 1), B (1, 4), C (2, 2); shares of A's score between 40 and 60 %.
pub fn doubt_by_hand() -> Outcome {
    let y = DMatrix::from_row_slice(3, 2, &[4.0, 1.0, 1.0, 4.0, 2.0, 2.0]);
    let free = doubt(&y, Bounds::None)?;
    near("benefit-of-the-doubt.md", &free.scores, &[1.0, 1.0, 0.8])?;
    let weights: Vec<f64> =
        [0, 2].iter().flat_map(|row| free.weights.row(*row).iter().copied().collect::<Vec<_>>()).collect();
    near("benefit-of-the-doubt.md, weights of A and C", &weights, &[0.2, 0.2, 0.2, 0.2])?;
    let held = doubt(&y, Bounds::OfScore([0.4, 0.6]))?;
    near("benefit-of-the-doubt.md, shares", &[held.scores[0]], &[0.57143])?;
    near("benefit-of-the-doubt.md, shares of A", &[held.shares(&y)[(0, 0)]], &[0.6])?;
    let step = directional(&y, &[1.0, 1.0])?;
    near("benefit-of-the-doubt.md, direction", &[step.scores[2]], &[0.66667])?;
    near("benefit-of-the-doubt.md, many directions", &[multi_directional(&y)?.scores[2]], &[0.8])?;
    // Queues of 2 and 1 hours for what two offices bring in, 4 and 1.
    let x = DMatrix::from_row_slice(2, 2, &[2.0, 4.0, 1.0, 1.0]);
    let found = unwanted(&x, &[true, false], 0.0, None)?;
    near("benefit-of-the-doubt.md, unwanted", &found.scores, &[1.0, 0.75])
}

/// Free and bounded benefit of the doubt beside equal weights.
pub fn benefit_of_the_doubt() -> Outcome {
    let table = Table::read(RAW)?;
    let (_, columns) = indicators(&table);
    let mut y = Vec::new();
    for column in &columns {
        y.extend(scaled(column, Method::MinMax { range: [0.0, 1.0] })?);
    }
    let y = DMatrix::from_vec(columns[0].len(), columns.len(), y);
    let (held, free) = (doubt(&y, Bounds::OfWeights([0.10, 0.15]))?.scores, doubt(&y, Bounds::None)?.scores);
    let published = Table::read("handbook_tai/table19_bod.csv")?.numbers("CI");
    let mut rows = Vec::new();
    for (unit, name) in table.words("country").into_iter().enumerate() {
        let (equal, bounded) = (y.row(unit).mean(), held[unit]);
        if (bounded - published[unit]).abs() > 0.0101 {
            return Err(format!("{name}: {bounded} is not the {} of the Handbook's table 19", published[unit]).into());
        }
        rows.push((name, equal, bounded, free[unit]));
    }
    rows.sort_by(|a, b| b.1.total_cmp(&a.1));
    let ones = |which: fn(&(String, f64, f64, f64)) -> f64| rows.iter().filter(|row| which(row) > 1.0 - 1e-9).count();
    let title = format!(
        "Free weights put {} of 23 countries at 1; weights between 10 and 15 % leave {}",
        ones(|row| row.3),
        ones(|row| row.2)
    );
    let names: Vec<String> = rows.iter().map(|row| row.0.clone()).collect();
    let x = Axis::linear("Score", 0.0, 1.0, 0.1);
    let mut plot = Plot::new(&title, 520.0, x, Axis::names("Country, by its score with equal weights", &names, true));
    for (place, (_, equal, bounded, free)) in rows.iter().enumerate() {
        let at = (rows.len() - 1 - place) as f64;
        plot.line(&[(*equal, at), (*free, at)], "#CCCCCC", false);
        plot.mark(*equal, at, Mark::Tick, DARK);
        plot.mark(*bounded, at, Mark::Disc, BLUE);
        plot.mark(*free, at, Mark::Ring, RED);
    }
    plot.legend(&[
        (Mark::Tick, DARK, "equal weights"),
        (Mark::Disc, BLUE, "each weight 10 to 15 % of the sum (Handbook, table 19)"),
        (Mark::Ring, RED, "free weights"),
    ]);
    plot.write("benefit-of-the-doubt.svg")
}

/// Correlations between the indicators.
pub fn coherence() -> Outcome {
    let (names, columns) = indicators(&Table::read(RAW)?);
    let n = names.len();
    let values = DMatrix::from_fn(columns[0].len(), n, |row, column| columns[column][row]);
    let found = correlations(&values, &names, Correlated::Pearson);
    if !found.diagnostics.is_empty() {
        return Err(format!("{:?}", found.diagnostics).into());
    }
    let mut matrix = DMatrix::identity(n, n);
    for pair in found.value {
        (matrix[(pair.a, pair.b)], matrix[(pair.b, pair.a)]) = (pair.correlation.r, pair.correlation.r);
    }
    let alpha = reliability(&values, &names, Covariances::Standardised)?;
    near("coherence.md, alpha", &[(1e3 * alpha.alpha).round() / 1e3], &[0.704])?;
    let two = factorability(&values.columns(0, 2).into_owned(), &names[..2])?;
    near("coherence.md, KMO of two", &[two.kmo], &[0.5])?;
    let r = |a: usize, b: usize| matrix[(a, b)];
    let negative = |a: &usize| (0..n).filter(|b| r(*a, *b) < -0.3).count();
    let against = (0..n).max_by_key(negative).unwrap_or(0);
    let title = format!(
        "Indicator {} pulls the other way: it falls with {} of the 7 other indicators (r below -0.3)",
        names[against],
        negative(&against)
    );
    let x = Axis::names("Pearson's r over 23 countries", &names, false);
    let mut plot = Plot::new(&title, 440.0, x, Axis::names("Indicator", &names, true));
    for a in 0..n {
        for b in 0..n {
            // Without a sign before zero.
            let value = (100.0 * r(a, b)).round() / 100.0 + 0.0;
            // From white towards blue (together) or orange (against), light enough for dark words.
            let [red, green, blue] = if value > 0.0 { [86.0, 180.0, 233.0] } else { [230.0, 159.0, 0.0] };
            let mix = |end: f64| (255.0 + (end - 255.0) * value.abs()).round() as u8;
            let (x, y) = (b as f64, (n - 1 - a) as f64);
            plot.field(x, y, &format!("#{:02X}{:02X}{:02X}", mix(red), mix(green), mix(blue)));
            plot.words(x, y, Side::Middle, &format!("{value:.2}"), DARK);
        }
    }
    plot.write("coherence.svg")
}
