//! The answer: one row a unit, with what has no score said apart.

use std::fmt::Display;

use mizan_frontier::codes;
use mizan_model::diagnostic::Diagnostic;

use super::units::Units;
use crate::arguments::OutputArguments;
use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::findings::Texts;
use crate::output::{Cell, Format, Table};

/// Columns that only files have.
const DETAILS: [&str; 6] = ["slack_", "target_", "price_", "point_", "factor_", "by_"];

/// Rows of an answer, in the order of the table.
pub struct Answer<'a> {
    ids: &'a [String],
    table: Table,
    without: Vec<(String, String)>,
    not_unique: usize,
}

impl<'a> Answer<'a> {
    /// `unit` and those columns; the last column is `status`, empty for a solved unit.
    pub fn new(units: &'a Units, columns: &[String]) -> Answer<'a> {
        let mut all = vec!["unit".to_owned()];
        all.extend(columns.iter().cloned());
        all.push("status".to_owned());
        let table = Table { columns: all, ..Table::default() };
        Answer { ids: &units.ids, table, without: Vec::new(), not_unique: 0 }
    }

    /// An answer of one row a unit: `line` makes its cells from what was solved.
    pub fn of<T, E: Display>(
        units: &'a Units,
        columns: &[String],
        solved: Vec<Result<T, E>>,
        line: impl Fn(T) -> Vec<Cell>,
    ) -> Answer<'a> {
        let mut answer = Answer::new(units, columns);
        for (row, solved) in solved.into_iter().enumerate() {
            answer.add(row, solved.map(&line));
        }
        answer
    }

    /// A unit's cells, or why it has none.
    pub fn add<E: Display>(&mut self, row: usize, cells: Result<Vec<Cell>, E>) {
        let unit = self.ids[row].clone();
        let width = self.table.columns.len();
        let mut line: Vec<Cell> = vec![unit.as_str().into()];
        match cells {
            Ok(cells) => {
                line.extend(cells);
                line.resize(width - 1, Cell::Text(String::new()));
                line.push("".into());
            }
            Err(reason) => {
                let reason = reason.to_string();
                line.resize(width - 1, Cell::Text(String::new()));
                line.push(reason.as_str().into());
                self.without.push((unit, reason));
            }
        }
        self.table.rows.push(line);
    }

    /// Counts a unit whose peers or slacks are not the only ones.
    pub fn count_if_ambiguous(&mut self, is_unique: bool) {
        self.not_unique += usize::from(!is_unique);
    }

    /// Prints the rows, and says which units have no score.
    pub fn write(self, output: &OutputArguments, session: &Session<'_>) -> Result<Exit, Failure> {
        // On a screen the score and the peers; files have slacks, targets and prices too.
        let is_detail = |name: &str| DETAILS.iter().any(|prefix| name.starts_with(prefix));
        let table = if output.format == Format::Table { self.table.without(is_detail) } else { self.table };
        table.for_readers(session.text).write(output.format, output.out.as_deref())?;
        let mut findings = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        let twice: std::collections::BTreeSet<&String> = self.ids.iter().filter(|id| !seen.insert(*id)).collect();
        if let Some(id) = twice.iter().next() {
            let message =
                format!("{} names stand for several units, such as `{id}`: peers cannot be told apart", twice.len());
            findings.push(
                Diagnostic::warning(mizan_index::codes::DUPLICATE_ROW, message)
                    .help("name another column with `--id`, or give each unit a name of its own"),
            );
        }
        if !self.without.is_empty() {
            let some: Vec<&str> = self.without.iter().take(5).map(|(unit, _)| unit.as_str()).collect();
            let more = if self.without.len() > some.len() { ", …" } else { "" };
            let message = format!("{} units have no score: {}{more}", self.without.len(), some.join(", "));
            findings.push(
                Diagnostic::warning(codes::NO_SCORE, message)
                    .why(self.without[0].1.clone())
                    .help("the column `status` says why; these are statuses, not numbers"),
            );
        }
        if self.not_unique > 0 {
            let message = format!("for {} units other peers or slacks may be as good", self.not_unique);
            findings.push(
                Diagnostic::notice(codes::NOT_UNIQUE, message)
                    .help("scores are; the column `unique` says for which units the rest is"),
            );
        }
        session.report.findings(&findings, &Texts::default());
        Ok(Exit::Done)
    }
}

/// Peers as `A:0.5 B:0.5`.
pub fn peers(peers: &[(usize, f64)], ids: &[String]) -> Cell {
    let each: Vec<String> = peers.iter().map(|(unit, share)| format!("{}:{}", ids[*unit], rounded(*share))).collect();
    Cell::Text(each.join(" "))
}

/// Six digits say enough of a share; the file of numbers has the rest.
fn rounded(share: f64) -> f64 {
    (share * 1e6).round() / 1e6
}

/// `yes` or `no`.
pub fn yes(is: bool) -> Cell {
    Cell::Text(if is { "yes" } else { "no" }.to_owned())
}

/// Names of columns: a prefix before each variable.
pub fn prefixed(prefix: &str, names: &[&[String]]) -> Vec<String> {
    names.iter().flat_map(|names| names.iter()).map(|name| format!("{prefix}_{name}")).collect()
}

/// Numbers as cells.
pub fn cells(numbers: &[&[f64]]) -> Vec<Cell> {
    numbers.iter().flat_map(|numbers| numbers.iter()).map(|number| Some(*number).into()).collect()
}

/// A header from single names and groups of names.
pub fn header(first: &[&str], groups: &[Vec<String>], last: &[&str]) -> Vec<String> {
    let own = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    [own(first), groups.concat(), own(last)].concat()
}
