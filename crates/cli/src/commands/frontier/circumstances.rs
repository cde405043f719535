//! Radial scores beside units whose circumstances are no better.

use mizan_frontier::codes;
use mizan_frontier::envelopment::Unmeasured;
use mizan_frontier::radial::{Model, Scored, scores};
use mizan_frontier::ruggiero::ruggiero;
use mizan_frontier::technology::Data;
use mizan_model::diagnostic::Diagnostic;

use super::units::Units;
use crate::commands::Session;
use crate::failure::Failure;
use crate::findings::Texts;

/// Scores of all units, and with how many each is compared where columns of circumstances are given.
pub struct Beside {
    /// One a unit.
    pub scored: Vec<Result<Scored, Unmeasured>>,
    /// One a unit, itself included.
    pub comparable: Option<Vec<usize>>,
}

/// Scores beside all units, or beside those that had it no better.
pub fn beside(
    units: &Units,
    data: &Data,
    model: &Model,
    columns: &[String],
    session: &Session<'_>,
) -> Result<Beside, Failure> {
    let refused = |error| units.refused(&error);
    if columns.is_empty() {
        return Ok(Beside { scored: scores(data, model).map_err(refused)?, comparable: None });
    }
    let columns: Vec<String> = columns.iter().map(|name| name.trim().to_owned()).collect();
    let found = ruggiero(data, &units.further(&columns)?, model).map_err(refused)?;
    let (scored, comparable): (Vec<_>, Vec<usize>) =
        found.into_iter().map(|compared| (compared.scored, compared.comparable)).unzip();
    warn_of_few(&comparable, data.advised_units(), session);
    Ok(Beside { scored, comparable: Some(comparable) })
}

/// Who has few to be compared with looks good for that reason.
fn warn_of_few(comparable: &[usize], advised: usize, session: &Session<'_>) {
    let few = comparable.iter().filter(|count| **count < advised).count();
    if few == 0 {
        return;
    }
    let message = format!(
        "{few} units have fewer than {advised} units that had it no better: they look good because few are left"
    );
    let finding = Diagnostic::warning(codes::FEW_UNITS, message)
        .help("see the column `comparable`; use fewer circumstances, or round them to a few steps");
    session.report.findings(&[finding], &Texts::default());
}
