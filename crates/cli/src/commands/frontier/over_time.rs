//! `mizan frontier malmquist`, and the panel that it shares with windows.

use std::collections::BTreeSet;

use mizan_frontier::codes;
use mizan_frontier::productivity::{Frontiers, Panel, PanelError, malmquist as indices};
use mizan_model::diagnostic::Diagnostic;

use super::units::{Units, failure, orientation, returns};
use crate::arguments::{FrontiersChoice, MalmquistArguments};
use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::findings::Texts;
use crate::output::{Cell, Table};

/// One row a unit and pair of years.
pub fn malmquist(arguments: &MalmquistArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let units = Units::read(&arguments.inputs)?;
    let panel = panel(&units, &arguments.time, session)?;
    let frontiers = match arguments.frontiers {
        FrontiersChoice::Global => Frontiers::Global,
        FrontiersChoice::Contemporaneous => Frontiers::Contemporaneous,
        FrontiersChoice::Sequential => Frontiers::Sequential,
    };
    let changes = indices(&panel, returns(arguments.rts), orientation(arguments.orientation.orientation), frontiers)
        .map_err(|error| refused(&error, &units))?;
    let mut table = Table::new(&[
        "unit",
        "from",
        "to",
        "index",
        "efficiency",
        "technique",
        "pure_efficiency",
        "scale_efficiency",
        "pure_technique",
        "scale",
        "status",
    ]);
    let mut lines: Vec<(i64, Vec<Cell>)> = Vec::new();
    for change in changes {
        let count = |year: i64| Cell::Count(Some(year));
        let mut line = vec![change.unit.as_str().into(), count(change.from), count(change.to)];
        match change.parts {
            Ok(parts) => {
                line.extend([Some(parts.index).into(), Some(parts.efficiency).into(), Some(parts.technique).into()]);
                let further = [parts.pure_efficiency, parts.scale_efficiency, parts.pure_technique, parts.scale];
                line.extend(further.map(Cell::from));
                line.push("".into());
            }
            Err(reason) => {
                line.extend((0..7).map(|_| Cell::from(None)));
                line.push(reason.to_string().into());
            }
        }
        lines.push((change.from, line));
    }
    let gaps = gaps(&panel);
    for Gap { unit, from, to, without } in &gaps {
        let mut line = vec![(*unit).into(), Cell::Count(Some(*from)), Cell::Count(Some(*to))];
        line.extend((0..7).map(|_| Cell::from(None)));
        line.push(format!("no row in {without}").into());
        lines.push((*from, line));
    }
    lines.sort_by_key(|(from, _)| *from);
    table.rows = lines.into_iter().map(|(_, line)| line).collect();
    if !gaps.is_empty() {
        let names: Vec<String> = gaps.iter().take(5).map(|gap| format!("{} {}", gap.unit, gap.without)).collect();
        let more = if gaps.len() > names.len() { ", …" } else { "" };
        let message = format!("{} changes have no index, for want of a row: {}{more}", gaps.len(), names.join(", "));
        let finding = Diagnostic::warning(codes::NO_SCORE, message)
            .why("a change needs the unit in both years; the year that is there counts among those compared with")
            .help("add the rows, or leave the units out; the column `status` says which year is missing");
        session.report.findings(&[finding], &Texts::default());
    }
    session.report.detail(&format!("{} · > 1: progress", frontiers.word()));
    table.for_readers(session.text).write(arguments.output.format, arguments.output.out.as_deref())?;
    Ok(Exit::Done)
}

/// Units over the years of a column.
pub fn panel(units: &Units, time: &String, session: &Session<'_>) -> Result<Panel, Failure> {
    let data = units.quantities(session)?;
    let years = units.numbers(std::slice::from_ref(time))?;
    if let Some(row) = years.iter().position(|year| year.fract() != 0.0) {
        let place = format!("line {} of `{}`", row + 2, units.sheet.file);
        return Err(failure(format!("{place}: `{}` is no year", years[row]), "write whole numbers"));
    }
    Ok(Panel { units: units.ids.clone(), years: years.iter().map(|year| *year as i64).collect(), data })
}

/// Why units over years are not compared.
pub fn refused(error: &PanelError, units: &Units) -> Failure {
    match error {
        PanelError::Refused(error) => units.refused(error),
        error => failure(error.to_string(), "give each unit one row a year, and the column of years with `--time`"),
    }
}

/// A unit that is there in one of two years.
struct Gap<'a> {
    unit: &'a str,
    from: i64,
    to: i64,
    without: i64,
}

/// Units without one of two years that follow each other in the table, in its order.
fn gaps(panel: &Panel) -> Vec<Gap<'_>> {
    let mut years = panel.years.clone();
    years.sort_unstable();
    years.dedup();
    let of = |year: i64| {
        let rows = panel.units.iter().zip(&panel.years).filter(move |(_, own)| **own == year);
        rows.map(|(unit, _)| unit.as_str()).collect::<Vec<_>>()
    };
    let mut found = Vec::new();
    for pair in years.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        for (year, without) in [(from, to), (to, from)] {
            let others: BTreeSet<&str> = of(without).into_iter().collect();
            let gap = |unit| Gap { unit, from, to, without };
            found.extend(of(year).into_iter().filter(|unit| !others.contains(unit)).map(gap));
        }
    }
    found
}
