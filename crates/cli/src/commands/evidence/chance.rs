//! `mizan evidence adjust` and `poisson-binomial`: what chance alone would give.

use mizan_stats::multiple::{Adjustment, adjusted};
use mizan_stats::poisson_binomial::{at_least, at_most};

use super::table::{Cells, groups, head, line, number, say_left_out};
use crate::arguments::{AdjustArguments, AdjustmentChoice, PoissonBinomialArguments};
use crate::commands::Session;
use crate::failure::Failure;
use crate::output::{Cell, Table};

/// One row a test: p, adjusted p, and whether it is rejected.
pub fn adjust(arguments: &AdjustArguments, session: &Session<'_>) -> Result<Table, Failure> {
    let cells = Cells::read(&arguments.data)?;
    let ids = cells.ids(arguments.id.as_deref(), &[&arguments.p])?;
    let p = probabilities(&cells, &arguments.p)?;
    say_left_out(&p, &arguments.p, session);
    let procedure = match arguments.procedure {
        AdjustmentChoice::BenjaminiHochberg => Adjustment::BenjaminiHochberg,
        AdjustmentChoice::BenjaminiYekutieli => Adjustment::BenjaminiYekutieli,
        AdjustmentChoice::Holm => Adjustment::Holm,
        AdjustmentChoice::Bonferroni => Adjustment::Bonferroni,
    };
    let found = adjusted(&p, procedure).map_err(|error| Failure::internal(error.to_string()))?;
    let mut table = Table::new(&["test", "p", "adjusted", "rejected"]);
    for (row, id) in ids.into_iter().enumerate() {
        let rejected = rejected(found[row], arguments.level.rate);
        table.rows.push(vec![id.into(), number(p[row]), number(found[row]), rejected]);
    }
    let tests = p.iter().filter(|p| !p.is_nan()).count();
    let alarms = found.iter().filter(|adjusted| **adjusted <= arguments.level.rate).count();
    session.report.say(&format!("m {tests}, ≤ {}: {alarms}", arguments.level.rate));
    Ok(table)
}

/// One row a group of cases: hits, what chance expects, and the tails.
pub fn poisson_binomial(arguments: &PoissonBinomialArguments, session: &Session<'_>) -> Result<Table, Failure> {
    let cells = Cells::read(&arguments.table.cases)?;
    cells.numbers(&arguments.odds)?;
    let (p, hits) = (probabilities(&cells, &arguments.odds)?, cells.numbers(&arguments.hit)?);
    if let Some(row) = hits.iter().position(|hit| !(*hit == 0.0 || *hit == 1.0)) {
        let what = format!("`{}` is neither 0 nor 1 ({})", arguments.hit, hits[row]);
        return Err(cells.refuse(row, &what, "write 1 for a hit and 0 for none"));
    }
    let mut lines = Vec::new();
    let mut more = Vec::new();
    for (group, rows) in groups(&cells, arguments.table.split.as_deref())? {
        let own: Vec<f64> = rows.iter().map(|row| p[*row]).collect();
        let count = rows.iter().filter(|row| hits[**row] == 1.0).count();
        let tails = at_least(count, &own).zip(at_most(count, &own));
        let (high, low) = tails.ok_or_else(|| Failure::internal("a probability outside 0..=1"))?;
        let expected: f64 = own.iter().sum();
        let variance: f64 = own.iter().map(|p| p * (1.0 - p)).sum();
        let z = (count as f64 - expected) / variance.sqrt();
        more.push(high);
        lines.push((group, count, expected, own.len(), [z, high, low]));
    }
    let adjusted =
        adjusted(&more, Adjustment::BenjaminiHochberg).map_err(|error| Failure::internal(error.to_string()))?;
    let split = arguments.table.split.as_deref();
    let columns = ["cases", "hits", "expected", "z", "p_at_least", "p_at_most", "adjusted", "rejected"];
    let mut table = Table::new(&head(split, &columns));
    let (mut alarms, mut excess) = (0, 0.0);
    for ((group, count, expected, cases, numbers), adjusted) in lines.into_iter().zip(adjusted) {
        if adjusted <= arguments.level.rate {
            alarms += 1;
            excess += (count as f64 - expected).max(0.0);
        }
        let mut row: Vec<Cell> = vec![cases.into(), count.into(), number(expected)];
        row.extend(numbers.map(number));
        row.extend([number(adjusted), rejected(adjusted, arguments.level.rate)]);
        table.rows.push(line(split, &group, row));
    }
    let all = hits.iter().sum::<f64>();
    session.report.say(&format!(
        "m {}, ≤ {}: {alarms} · Σ (hits − expected) {} / {all}",
        more.len(),
        arguments.level.rate,
        session.text.numbers.decimal(Some(excess), 2)
    ));
    Ok(table)
}

/// A column of probabilities; a missing one is NaN.
fn probabilities(cells: &Cells, column: &str) -> Result<Vec<f64>, Failure> {
    let p = cells.known_numbers(column)?;
    match p.iter().position(|p| !p.is_nan() && !(0.0..=1.0).contains(p)) {
        Some(row) => {
            let what = format!("`{column}` is no probability ({})", p[row]);
            Err(cells.refuse(row, &what, "a probability is at least 0 and at most 1; write 5 % as 0.05"))
        }
        None => Ok(p),
    }
}

/// Whether a test is rejected; empty for one that was not made.
fn rejected(adjusted: f64, rate: f64) -> Cell {
    let word = match adjusted {
        adjusted if adjusted.is_nan() => "",
        adjusted if adjusted <= rate => "yes",
        _ => "no",
    };
    word.into()
}
