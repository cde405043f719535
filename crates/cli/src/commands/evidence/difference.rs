//! `mizan evidence difference`: two proportions of each unit, or the means of two groups.

use mizan_stats::difference::{Difference, SampleMean, Verdict, cohen_h, hedges_g, means, proportions};

use super::interval::two_sided;
use super::table::{Cells, number, say_left_out, too_few};
use crate::arguments::DifferenceArguments;
use crate::commands::Session;
use crate::failure::Failure;
use crate::output::{Cell, Table};

/// One row a unit for proportions, one row for the means of two groups.
pub fn difference(arguments: &DifferenceArguments, session: &Session<'_>) -> Result<Table, Failure> {
    if !(arguments.smallest >= 0.0 && arguments.smallest.is_finite()) {
        return Err(Failure::usage("`--smallest` is not at least 0").help("give a size without sign"));
    }
    let cells = Cells::read(&arguments.data)?;
    match (&arguments.hits, &arguments.of, &arguments.than_hits, &arguments.than_of) {
        (Some(hits), Some(of), Some(than_hits), Some(than_of)) => {
            of_proportions(arguments, &cells, [hits, of, than_hits, than_of])
        }
        _ => of_means(arguments, &cells, session),
    }
}

fn of_proportions(arguments: &DifferenceArguments, cells: &Cells, columns: [&str; 4]) -> Result<Table, Failure> {
    let [hits, of, than_hits, than_of] = columns;
    let ids = cells.ids(arguments.id.as_deref(), &columns)?;
    let (r1, n1) = cells.counts(hits, of, true)?;
    let (r2, n2) = cells.counts(than_hits, than_of, true)?;
    let z = two_sided(arguments.confidence.confidence);
    let mut table = Table::new(&["unit", "first", "second", "difference", "lower", "upper", "h", "verdict"]);
    for (row, id) in ids.into_iter().enumerate() {
        let found = proportions((r1[row], n1[row]), (r2[row], n2[row]), z)
            .ok_or_else(|| Failure::internal("counts without an interval"))?;
        let (first, second) = (r1[row] / n1[row], r2[row] / n2[row]);
        let mut line: Vec<Cell> = vec![id.into(), number(first), number(second)];
        line.extend([found.estimate, found.low, found.high, cohen_h(first, second)].map(number));
        line.push(verdict(found, arguments.smallest));
        table.rows.push(line);
    }
    Ok(table)
}

fn of_means(arguments: &DifferenceArguments, cells: &Cells, session: &Session<'_>) -> Result<Table, Failure> {
    let (Some(value), Some(between)) = (&arguments.value, &arguments.between) else {
        return Err(Failure::internal("a difference of nothing"));
    };
    let (values, words) = (cells.known_numbers(value)?, cells.words(between)?);
    let [first, second] = two_groups(&arguments.groups, &words, between)?;
    say_left_out(&values, value, session);
    let of_group = |group: &str| {
        let own: Vec<f64> = (0..cells.len())
            .filter(|row| words[*row] == group && !values[*row].is_nan())
            .map(|row| values[row])
            .collect();
        sample(&own).ok_or_else(|| {
            let message = format!("values of group `{group}`: {}, at least two are needed", own.len());
            too_few(message, "compare other groups, or complete the values")
        })
    };
    let (one, other) = (of_group(&first)?, of_group(&second)?);
    let found = means(one, other, arguments.confidence.confidence).ok_or_else(|| {
        let message = format!("`{value}` does not vary in either group: there is no interval");
        too_few(message, "a difference of two constants needs no statistics")
    })?;
    let mut table = Table::new(&[
        "first",
        "second",
        "n_first",
        "n_second",
        "mean_first",
        "mean_second",
        "difference",
        "lower",
        "upper",
        "g",
        "verdict",
    ]);
    let mut line: Vec<Cell> = vec![first.into(), second.into(), (one.n as usize).into(), (other.n as usize).into()];
    let numbers = [one.mean, other.mean, found.estimate, found.low, found.high, hedges_g(one, other)];
    line.extend(numbers.map(number));
    line.push(verdict(found, arguments.smallest));
    table.rows.push(line);
    Ok(table)
}

/// The groups that were named, or the only two there are.
fn two_groups(named: &[String], words: &[&str], column: &str) -> Result<[String; 2], Failure> {
    let mut known: Vec<&str> = Vec::new();
    for word in words {
        if !known.contains(word) {
            known.push(word);
        }
        // A column of numbers is no column of groups; do not compare each with each.
        if known.len() > 1000 {
            break;
        }
    }
    match named {
        [] => match known.as_slice() {
            [first, second] => Ok([(*first).to_owned(), (*second).to_owned()]),
            _ => {
                let some: Vec<&str> = known.iter().take(10).copied().collect();
                let more = if known.len() > some.len() { ", …" } else { "" };
                let message = format!("`{column}` has not two groups, but {}: {}{more}", known.len(), some.join(", "));
                Err(Failure::usage(message).help("name two of them: `--groups FIRST,SECOND`"))
            }
        },
        [first, second] if first.trim() != second.trim() => {
            let [first, second] = [first.trim(), second.trim()];
            match [first, second].into_iter().find(|group| !words.contains(group)) {
                Some(group) => {
                    let message = format!("`{column}` has no group `{group}`");
                    Err(Failure::usage(message).help("write the groups as they stand in the column"))
                }
                None => Ok([first.to_owned(), second.to_owned()]),
            }
        }
        _ => Err(Failure::usage("a difference is between two groups").help("write `--groups FIRST,SECOND`")),
    }
}

/// Mean and deviation; `None` for fewer than two values.
fn sample(values: &[f64]) -> Option<SampleMean> {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (n >= 2.0).then(|| SampleMean { mean, deviation: (squares / (n - 1.0)).sqrt(), n })
}

/// What may be said of the difference.
fn verdict(found: Difference, smallest: f64) -> Cell {
    let word = match found.verdict(smallest) {
        Verdict::CannotBeTold => "cannot be told",
        Verdict::TooSmall => "too small",
        Verdict::Greater => "greater",
        Verdict::Less => "less",
    };
    word.into()
}
