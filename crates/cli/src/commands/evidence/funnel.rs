//! `mizan evidence funnel`: units beside the limits of chance and the usual spread.

use mizan_stats::funnel::{Dispersion, Funnel, FunnelError, Scale, Standing, Z998, funnel as limits};
use mizan_stats::interval::Z95;
use mizan_stats::multiple::{Adjustment, adjusted};

use super::REFUSED;
use super::table::{number, too_few, units};
use crate::arguments::{DispersionChoice, FunnelArguments, FunnelFigure};
use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::output::{Cell, Format, Table};

/// Points of the curves.
const POINTS: usize = 50;
/// Share of the units that is winsorised if none is given.
const USUAL_SHARE: f64 = 0.1;
/// Columns that only files have.
const DETAILS: [&str; 2] = ["z_chance", "p"];

/// One row a unit, or one row a size for the curves.
pub fn funnel(arguments: &FunnelArguments, session: &Session<'_>) -> Result<Table, Failure> {
    let (hits, of) = (arguments.hits.as_str(), arguments.of.as_str());
    let (cells, ids) = units(&arguments.table, &[hits, of])?;
    let scale = match arguments.figure {
        FunnelFigure::Proportion => Scale::Proportion,
        FunnelFigure::CountRatio => Scale::CountRatio,
        FunnelFigure::Standardised => Scale::Standardised,
    };
    let dispersion = match arguments.dispersion {
        DispersionChoice::Consistent => Dispersion::WinsorisedConsistent(arguments.winsorise),
        DispersionChoice::Winsorised => Dispersion::Winsorised(arguments.winsorise),
        DispersionChoice::Ignored => Dispersion::Ignored,
    };
    if arguments.dispersion == DispersionChoice::Ignored && arguments.winsorise != USUAL_SHARE {
        return Err(Failure::usage("`--winsorise` has no effect where the spread is ignored").help("leave it out"));
    }
    let (r, n) = cells.counts(hits, of, scale == Scale::Proportion)?;
    let found = limits(&r, &n, scale, dispersion).map_err(explained)?;
    summary(&found, session);
    if arguments.curves {
        return Ok(curves(&found, &n));
    }
    let p: Vec<f64> = found.units.iter().map(|unit| unit.p).collect();
    let adjusted = adjusted(&p, Adjustment::BenjaminiHochberg).map_err(|error| Failure::internal(error.to_string()))?;
    let mut table = Table::new(&[
        "unit",
        "hits",
        "of",
        "value",
        "z_chance",
        "z",
        "p",
        "p_adjusted",
        "lower_95",
        "upper_95",
        "lower_998",
        "upper_998",
        "standing",
    ]);
    for (row, id) in ids.into_iter().enumerate() {
        let unit = &found.units[row];
        let mut line: Vec<Cell> = vec![id.into(), number(r[row]), number(n[row])];
        line.extend([unit.value, unit.z_chance, unit.z, unit.p, adjusted[row]].map(number));
        let (inner, outer) = (unit.limits95, unit.limits998);
        line.extend([inner.0, inner.1, outer.0, outer.1].map(number));
        line.push(standing(unit.standing).into());
        table.rows.push(line);
    }
    let is_left_out = |name: &str| arguments.output.format == Format::Table && DETAILS.contains(&name);
    Ok(table.without(is_left_out))
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::FarBelow => "far below",
        Standing::Below => "below",
        Standing::Within => "within",
        Standing::Above => "above",
        Standing::FarAbove => "far above",
    }
}

/// Says what the limits rest on, and how many units lie beyond them.
fn summary(found: &Funnel, session: &Session<'_>) {
    let beyond = |z: f64| found.units.iter().filter(|unit| unit.z.abs() > z).count();
    let decimals = |value: f64, digits: usize| session.text.numbers.decimal(Some(value), digits);
    session.report.say(&format!(
        "t {}, φ {}, τ² {} · > 95 %: {}, > 99.8 %: {} / {}",
        decimals(found.target, 4),
        decimals(found.dispersion, 4),
        decimals(found.between, 6),
        beyond(Z95),
        beyond(Z998),
        found.units.len()
    ));
}

/// Limits from the smallest to the greatest unit, with the spread between units and by chance alone.
fn curves(found: &Funnel, sizes: &[f64]) -> Table {
    let least = sizes.iter().copied().fold(f64::INFINITY, f64::min);
    let most = sizes.iter().copied().fold(0.0, f64::max);
    let mut table = Table::new(&[
        "of",
        "target",
        "lower_95",
        "upper_95",
        "lower_998",
        "upper_998",
        "chance_lower_95",
        "chance_upper_95",
        "chance_lower_998",
        "chance_upper_998",
    ]);
    let points = if least == most { 1 } else { POINTS };
    for point in 0..points {
        let size = match point {
            0 => least,
            last if last + 1 == points => most,
            point => least * (most / least).powf(point as f64 / (points - 1) as f64),
        };
        let mut line = vec![number(size), number(found.target)];
        for (z, between) in [(Z95, true), (Z998, true), (Z95, false), (Z998, false)] {
            let (low, high) = found.limits(size, z, between);
            line.extend([number(low), number(high)]);
        }
        table.rows.push(line);
    }
    table
}

fn explained(error: FunnelError) -> Failure {
    match error {
        FunnelError::TooFew(_) => too_few(format!("{error}: at least three are needed"), "add units"),
        FunnelError::NoTarget => {
            Failure::new(Exit::Input, REFUSED, error.to_string()).help("a ratio of counts needs a count above 0")
        }
        FunnelError::Share(_) => {
            Failure::usage(error.to_string()).help("`--winsorise` is at least 0 and below 0.5; 0.1 is usual")
        }
        FunnelError::NoFigure { .. } => Failure::internal(error.to_string()),
    }
}
