//! Who is whose peer.

use std::collections::BTreeMap;
use std::path::Path;

use mizan_index::codes;
use mizan_index::score::Rule;
use mizan_model::kpi::Kpi;

use crate::failure::{Exit, Failure};
use crate::tables::Sheet;

/// Column that counts where a KPI does not say what picks its peers.
const GROUP: &str = "group";
/// Parts the words of several columns.
const BETWEEN: char = '\u{1f}';

/// What is known of administrations.
#[derive(Debug, Default)]
pub struct Groups {
    table: Option<Sheet>,
    /// Line of each administration.
    rows: BTreeMap<String, usize>,
}

/// Peers by the rule of one KPI.
#[derive(Debug)]
pub enum Peers {
    /// All are peers of all.
    All,
    /// The KPI says what picks its peers, and there is no table of that.
    Unknown,
    /// Group of each administration that has one.
    By(BTreeMap<String, String>),
}

impl Peers {
    /// Group of an administration; one of its own if it is not known.
    pub fn of(&self, area: &str) -> Option<String> {
        match self {
            Peers::All => Some(String::new()),
            Peers::Unknown => None,
            Peers::By(groups) => Some(groups.get(area).cloned().unwrap_or_else(|| format!("\0{area}"))),
        }
    }
}

impl Groups {
    /// Peers by the columns that the KPI names in `peers`, else by the column `group`.
    ///
    /// # Errors
    /// The table lacks a column that is asked for.
    pub fn of(&self, kpi: &Kpi) -> Result<Peers, Failure> {
        let named = Rule::peers(&kpi.score.parameters);
        let Some(table) = &self.table else {
            return Ok(if named.is_empty() { Peers::All } else { Peers::Unknown });
        };
        let wanted = if named.is_empty() { vec![GROUP.to_owned()] } else { named };
        let columns: Vec<usize> = wanted
            .iter()
            .map(|name| table.column(name).ok_or_else(|| missing(kpi, name, table)))
            .collect::<Result<_, _>>()?;
        let group = |row: usize| -> Option<String> {
            let words: Option<Vec<&str>> = columns.iter().map(|column| table.text(row, *column)).collect();
            Some(words?.join(&BETWEEN.to_string()))
        };
        let known = self.rows.iter().filter_map(|(area, row)| Some((area.clone(), group(*row)?)));
        Ok(Peers::By(known.collect()))
    }
}

fn missing(kpi: &Kpi, name: &str, table: &Sheet) -> Failure {
    let message = format!("{} is compared with peers by `{name}`, and `{}` has no such column", kpi.id, table.file);
    Failure::new(Exit::Input, codes::COLUMN_MISSING, message)
        .help(format!("add the column, or correct `peers` in `[score]`; there are `{}`", table.columns.join("`, `")))
}

/// Reads the table of administrations: `area`, `group`, and what else picks peers.
pub fn read(path: Option<&Path>) -> Result<Groups, Failure> {
    let Some(path) = path else { return Ok(Groups::default()) };
    let table = Sheet::read(path)?;
    let area = table.needed("area")?;
    let mut rows = BTreeMap::new();
    for row in 0..table.rows.len() {
        let Some(area) = table.code(row, area) else { continue };
        if rows.insert(area.to_owned(), row).is_some() {
            let message = format!("line {} of `{}`: `{area}` stands twice", row + 2, table.file);
            return Err(Failure::new(Exit::Input, codes::DUPLICATE_ROW, message).help("keep one line"));
        }
    }
    Ok(Groups { table: Some(table), rows })
}
