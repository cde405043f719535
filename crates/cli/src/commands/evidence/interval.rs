//! `mizan evidence interval` and `quantile`: limits in closed form.

use mizan_stats::interval::{clopper_pearson, jeffreys, normal_mean, order_statistic_ranks, wilson};
use mizan_stats::normal;
use mizan_stats::quantile;

use super::table::{Cells, cases, head, in_group, line, number, too_few, units};
use crate::arguments::{FigureArguments, IntervalArguments, ProportionInterval, QuantileArguments};
use crate::commands::Session;
use crate::failure::Failure;
use crate::output::Table;

/// What the columns of a figure hold.
pub enum Figure<'a> {
    /// Hits among cases.
    Proportion { hits: &'a str, of: &'a str },
    /// A value with its standard error.
    Estimate { value: &'a str, error: &'a str },
}

/// The columns that were named; `None` for a value that stands alone.
pub fn figure(arguments: &FigureArguments) -> Option<Figure<'_>> {
    match (&arguments.hits, &arguments.of, &arguments.value, &arguments.error) {
        (Some(hits), Some(of), _, _) => Some(Figure::Proportion { hits, of }),
        (_, _, Some(value), Some(error)) => Some(Figure::Estimate { value, error }),
        _ => None,
    }
}

/// Two-sided point of the normal distribution.
pub fn two_sided(confidence: f64) -> f64 {
    -normal::quantile(0.5 * (1.0 - confidence))
}

/// One row a unit: figure, lower and upper limit.
pub fn interval(arguments: &IntervalArguments) -> Result<Table, Failure> {
    let confidence = arguments.confidence.confidence;
    let z = two_sided(confidence);
    match figure(&arguments.figure) {
        Some(Figure::Proportion { hits, of }) => {
            let (cells, ids) = units(&arguments.table, &[hits, of])?;
            let (r, n) = cells.counts(hits, of, true)?;
            let mut table = Table::new(&["unit", "hits", "of", "value", "lower", "upper"]);
            for (row, id) in ids.into_iter().enumerate() {
                let limits = match arguments.proportion {
                    ProportionInterval::Wilson => wilson(r[row], n[row], z),
                    ProportionInterval::ClopperPearson => clopper_pearson(r[row], n[row], confidence),
                    ProportionInterval::Jeffreys => jeffreys(r[row], n[row], confidence),
                };
                let (low, high) = limits.ok_or_else(|| Failure::internal("counts without an interval"))?;
                let numbers = [r[row], n[row], r[row] / n[row], low, high];
                table.rows.push(std::iter::once(id.into()).chain(numbers.map(number)).collect());
            }
            Ok(table)
        }
        Some(Figure::Estimate { value, error }) => {
            let (cells, ids) = units(&arguments.table, &[value, error])?;
            let (values, errors) = (cells.numbers(value)?, cells.errors(error, true)?);
            let mut table = Table::new(&["unit", "value", "error", "lower", "upper"]);
            for (row, id) in ids.into_iter().enumerate() {
                let (low, high) = normal_mean(values[row], errors[row], z);
                let numbers = [values[row], errors[row], low, high];
                table.rows.push(std::iter::once(id.into()).chain(numbers.map(number)).collect());
            }
            Ok(table)
        }
        None => Err(Failure::usage("a value needs its standard error").help("name its column with `--error`")),
    }
}

/// One row a group and quantile: the quantile, and the values that enclose it.
pub fn quantile(arguments: &QuantileArguments, session: &Session<'_>) -> Result<Table, Failure> {
    let cells = Cells::read(&arguments.table.cases)?;
    let values = cells.known_numbers(&arguments.value)?;
    let z = two_sided(arguments.confidence.confidence);
    let split = arguments.table.split.as_deref();
    let columns = ["quantile", "n", "value", "lower", "upper", "rank_lower", "rank_upper"];
    let mut table = Table::new(&head(split, &columns));
    for (group, rows) in cases(&arguments.table, &cells, &values, &arguments.value, session)? {
        let mut sorted: Vec<f64> = rows.iter().map(|row| values[*row]).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        for &at in &arguments.at {
            let none = || too_few(format!("there is no value{}", in_group(&group)), "leave the group out");
            let (low, high) = order_statistic_ranks(sorted.len() as u64, at, z).ok_or_else(none)?;
            let value = quantile::quantile(&sorted, at).ok_or_else(none)?;
            let limits = [sorted[low as usize - 1], sorted[high as usize - 1]];
            let mut row = vec![number(at), sorted.len().into(), number(value)];
            row.extend(limits.map(number));
            row.extend([low.into(), high.into()]);
            table.rows.push(line(split, &group, row));
        }
    }
    Ok(table)
}
