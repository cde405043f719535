//! `mizan frontier window`.

use mizan_frontier::codes;
use mizan_frontier::productivity::Panel;
use mizan_frontier::window::{WindowError, Windows, summaries, windows};
use mizan_model::diagnostic::Diagnostic;

use super::over_time::{panel, refused};
use super::units::{Units, orientation, returns};
use crate::arguments::{OrientationChoice, WindowArguments};
use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::findings::Texts;
use crate::output::{Cell, Table};

/// One row a unit, window and year; or one a unit.
pub fn window(arguments: &WindowArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let units = Units::read(&arguments.inputs)?;
    let panel = panel(&units, &arguments.time, session)?;
    let returns = returns(arguments.returns.rts);
    let choice = arguments.orientation.orientation;
    let found = windows(&panel, arguments.width, returns, orientation(choice)).map_err(|error| match error {
        WindowError::Panel(error) => refused(&error, &units),
        WindowError::Width { periods, .. } => {
            Failure::usage(error.to_string()).help(format!("choose `--width` from 1 to {periods}"))
        }
    })?;
    warn_of_small(&panel, &found, session);
    let periods = found.spans.len() + found.width - 1;
    let rule = if arguments.width.is_none() { " = (k + 1)/2" } else { "" };
    session.report.say(&format!(
        "width {}{rule}, k {periods}, rts {}, orientation {}",
        found.width,
        returns.word(),
        if choice == OrientationChoice::In { "in" } else { "out" },
    ));
    let table = if arguments.summary { summary(&panel, &found) } else { detail(&panel, &found) };
    table.for_readers(session.text).write(arguments.output.format, arguments.output.out.as_deref())?;
    Ok(Exit::Done)
}

fn detail(panel: &Panel, found: &Windows) -> Table {
    let mut table = Table::new(&["unit", "window", "time", "score", "status"]);
    for cell in &found.cells {
        let (first, last) = found.spans[cell.window];
        let span = if first == last { first.to_string() } else { format!("{first}-{last}") };
        let (score, status) = match cell.score {
            Ok(score) => (Some(score), String::new()),
            Err(reason) => (None, reason.to_string()),
        };
        let year = Cell::Count(Some(panel.years[cell.row]));
        table.rows.push(vec![panel.units[cell.row].as_str().into(), span.into(), year, score.into(), status.into()]);
    }
    table
}

fn summary(panel: &Panel, found: &Windows) -> Table {
    let mut table = Table::new(&["unit", "scores", "without", "mean", "variance", "ldy", "ldp"]);
    for of in summaries(panel, found) {
        let mut line: Vec<Cell> = vec![of.unit.as_str().into(), of.scores.into(), of.without.into()];
        line.extend([of.mean, of.variance, of.within_period, of.overall].map(Cell::from));
        table.rows.push(line);
    }
    table
}

/// The panel may have units enough where a window has not.
fn warn_of_small(panel: &Panel, found: &Windows, session: &Session<'_>) {
    let advised = panel.data.advised_units();
    let Some(fewest) = found.pooled.iter().copied().min() else { return };
    if panel.data.units() < advised || fewest >= advised {
        return;
    }
    let message = format!("a window has {fewest} rows only: at least {advised} are advised");
    let finding =
        Diagnostic::warning(codes::FEW_UNITS, message).help("choose a larger `--width`, or leave out variables");
    session.report.findings(&[finding], &Texts::default());
}
