//! `mizan evidence`: how sure a number is.

mod bootstrap;
mod chance;
mod design;
mod difference;
mod funnel;
mod interval;
mod ranks;
mod shrink;
mod table;

use std::path::Path;

use crate::arguments::{EvidenceCommand, OutputArguments};
use crate::commands::{Session, never_over};
use crate::failure::{Exit, Failure};

/// Data that a statistic cannot take.
pub const REFUSED: &str = "S0701";
/// Rows, units, clusters or replications that are too few.
pub const TOO_FEW: &str = "S0702";
/// Rows without a value, which do not count.
pub const LEFT_OUT: &str = "S0703";
/// Units that do not differ by more than chance has them.
pub const NO_SPREAD: &str = "S0704";

/// All codes of these commands.
#[cfg(test)]
pub const ALL: [&str; 4] = [REFUSED, TOO_FEW, LEFT_OUT, NO_SPREAD];

/// Tables that are read, and the file of the answer.
fn files(command: &EvidenceCommand) -> (Vec<&Path>, &OutputArguments) {
    match command {
        EvidenceCommand::Interval(of) => (vec![&of.table.data], &of.output),
        EvidenceCommand::Quantile(of) => (vec![&of.table.cases], &of.output),
        EvidenceCommand::Bootstrap(of) => (vec![&of.table.cases], &of.output),
        EvidenceCommand::Difference(of) => (vec![&of.data], &of.output),
        EvidenceCommand::Shrink(of) => (vec![&of.table.data], &of.output),
        EvidenceCommand::Funnel(of) => (vec![&of.table.data], &of.output),
        EvidenceCommand::Ranks(of) => {
            let tables = std::iter::once(of.table.data.as_path()).chain(of.joint.as_deref());
            (tables.collect(), &of.output)
        }
        EvidenceCommand::Adjust(of) => (vec![&of.data], &of.output),
        EvidenceCommand::PoissonBinomial(of) => (vec![&of.table.cases], &of.output),
        EvidenceCommand::Design(of) => (vec![&of.table.cases], &of.output),
    }
}

/// Reads the table, computes, and prints one row a unit, a group or a test, in the order of the table.
pub fn run(command: &EvidenceCommand, session: &Session<'_>) -> Result<Exit, Failure> {
    let (tables, output) = files(command);
    never_over(&[output.out.as_deref()], tables.into_iter())?;
    let table = match command {
        EvidenceCommand::Interval(arguments) => interval::interval(arguments),
        EvidenceCommand::Quantile(arguments) => interval::quantile(arguments, session),
        EvidenceCommand::Bootstrap(arguments) => bootstrap::bootstrap(arguments, session),
        EvidenceCommand::Difference(arguments) => difference::difference(arguments, session),
        EvidenceCommand::Shrink(arguments) => shrink::shrink(arguments, session),
        EvidenceCommand::Funnel(arguments) => funnel::funnel(arguments, session),
        EvidenceCommand::Ranks(arguments) => ranks::ranks(arguments, session),
        EvidenceCommand::Adjust(arguments) => chance::adjust(arguments, session),
        EvidenceCommand::PoissonBinomial(arguments) => chance::poisson_binomial(arguments, session),
        EvidenceCommand::Design(arguments) => design::design(arguments, session),
    }?;
    table.for_readers(session.text).write(output.format, output.out.as_deref())?;
    Ok(Exit::Done)
}
