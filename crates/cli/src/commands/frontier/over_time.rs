//! `mizan frontier malmquist`, and the panel that it shares with windows.

use mizan_frontier::productivity::{Frontiers, Panel, PanelError, malmquist as indices};

use super::units::{Units, failure, orientation, returns};
use crate::arguments::{FrontiersChoice, MalmquistArguments};
use crate::commands::Session;
use crate::failure::{Exit, Failure};
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
        table.rows.push(line);
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
