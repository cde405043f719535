//! Who is whose peer.

use std::collections::BTreeMap;
use std::path::Path;

use crate::failure::Failure;
use crate::tables::Sheet;

/// Group of each administration.
#[derive(Debug, Default)]
pub struct Groups {
    by_area: Option<BTreeMap<String, String>>,
}

impl Groups {
    /// Group of an administration. Without a table all are peers.
    pub fn of(&self, area: &str) -> Option<String> {
        match &self.by_area {
            Some(groups) => groups.get(area).cloned(),
            None => Some(String::new()),
        }
    }
}

/// Reads the columns `area` and `group`.
pub fn read(path: Option<&Path>) -> Result<Groups, Failure> {
    let Some(path) = path else { return Ok(Groups::default()) };
    let sheet = Sheet::read(path)?;
    let (area, group) = (sheet.needed("area")?, sheet.needed("group")?);
    let of = |row: usize| Some((sheet.text(row, area)?.to_owned(), sheet.text(row, group)?.to_owned()));
    Ok(Groups { by_area: Some((0..sheet.rows.len()).filter_map(of).collect()) })
}
