//! `mizan evidence ranks`: from which rank to which a unit may be.

use std::path::Path;

use mizan_model::diagnostic::Diagnostic;
use mizan_stats::rank_sets::{RankError, independent_draws, rank_set, rank_sets};

use super::LEFT_OUT;
use super::table::{Cells, number, too_few, units};
use crate::arguments::RanksArguments;
use crate::commands::Session;
use crate::failure::Failure;
use crate::findings::Texts;
use crate::output::{Cell, Table};

/// One row a unit with its rank, its set and the groups of units that cannot be told apart; or one unit alone.
pub fn ranks(arguments: &RanksArguments, session: &Session<'_>) -> Result<Table, Failure> {
    let figures = [Some(arguments.value.as_str()), arguments.error.as_deref()];
    let figures: Vec<&str> = figures.into_iter().flatten().collect();
    let (cells, ids) = units(&arguments.table, &figures)?;
    let values = cells.numbers(&arguments.value)?;
    let sign = if arguments.less_is_better { -1.0 } else { 1.0 };
    let scores: Vec<f64> = values.iter().map(|value| sign * value).collect();
    let wrong = |error: RankError| explained(&error, arguments);
    let draws = match (&arguments.joint, &arguments.error) {
        (Some(file), _) => joint_draws(file, &ids, sign, session)?,
        (None, Some(column)) => {
            let errors = cells.errors(column, true)?;
            independent_draws(&scores, &errors, arguments.draws.replications, arguments.draws.seed).map_err(wrong)?
        }
        (None, None) => return Err(Failure::internal("ranks without errors")),
    };
    let confidence = arguments.confidence.confidence;
    let shown = |value: f64| session.text.numbers.decimal(Some(value), 4);
    let facts = |critical: f64| match arguments.joint {
        Some(_) => format!("c {}, B {}", shown(critical), draws.len()),
        None => format!("c {}, B {}, seed {}", shown(critical), draws.len(), arguments.draws.seed),
    };
    if let Some(name) = &arguments.alone {
        let unit = ids.iter().position(|id| id == name).ok_or_else(|| {
            Failure::usage(format!("there is no unit `{name}`")).help("write its name as it stands in the table")
        })?;
        let (set, critical) = rank_set(unit, &scores, &draws, confidence).map_err(wrong)?;
        session.report.say(&facts(critical));
        let mut table = Table::new(&["unit", "value", "rank", "best", "worst"]);
        let first: Vec<Cell> = vec![name.as_str().into(), number(values[unit])];
        table.rows.push(first.into_iter().chain([set.rank, set.best, set.worst].map(Cell::from)).collect());
        return Ok(table);
    }
    let found = rank_sets(&scores, &draws, confidence).map_err(wrong)?;
    session.report.say(&facts(found.critical));
    let mut of_unit = vec![Vec::new(); ids.len()];
    for (group, members) in found.groups().iter().enumerate() {
        members.iter().for_each(|unit| of_unit[*unit].push((group + 1).to_string()));
    }
    let mut table = Table::new(&["unit", "value", "rank", "best", "worst", "groups"]);
    for (unit, id) in ids.into_iter().enumerate() {
        let set = found.sets[unit];
        let mut line: Vec<Cell> = vec![id.into(), number(values[unit])];
        line.extend([set.rank, set.best, set.worst].map(Cell::from));
        line.push(of_unit[unit].join(" ").into());
        table.rows.push(line);
    }
    Ok(table)
}

/// Draws of all scores together: the columns of the units, in the order of `ids`.
fn joint_draws(file: &Path, ids: &[String], sign: f64, session: &Session<'_>) -> Result<Vec<Vec<f64>>, Failure> {
    let cells = Cells::read(file)?;
    let columns: Vec<Vec<f64>> = ids.iter().map(|id| cells.numbers(id)).collect::<Result<_, _>>()?;
    let others: Vec<&str> = cells.columns().iter().filter(|column| !ids.contains(column)).map(String::as_str).collect();
    if !others.is_empty() {
        let message = format!("`{}` are no units, and do not count", others.join("`, `"));
        let finding = Diagnostic::warning(LEFT_OUT, message).help("see that no unit is missing in the table of units");
        session.report.findings(&[finding], &Texts::default());
    }
    Ok((0..cells.len()).map(|row| columns.iter().map(|column| sign * column[row]).collect()).collect())
}

fn explained(error: &RankError, arguments: &RanksArguments) -> Failure {
    let message = error.to_string();
    match error {
        RankError::TooFewReplicates { .. } if arguments.joint.is_some() => {
            too_few(message, "draw more, or lower `--confidence`")
        }
        RankError::TooFewReplicates { .. } => {
            Failure::usage(message).help("raise `--replications` (2000 are usual), or lower `--confidence`")
        }
        RankError::NoScore { .. } | RankError::Replicate(_) | RankError::Confidence(_) => Failure::internal(message),
    }
}
