//! Who is whose peer.

use std::collections::BTreeMap;
use std::path::Path;

use crate::failure::{Exit, Failure};
use crate::tables::Sheet;

/// Group of each administration.
#[derive(Debug, Default)]
pub struct Groups {
    by_area: Option<BTreeMap<String, String>>,
}

impl Groups {
    /// Group of an administration; one of its own if the table does not name it. Without a table all are peers.
    pub fn of(&self, area: &str) -> Option<String> {
        match &self.by_area {
            Some(groups) => Some(groups.get(area).cloned().unwrap_or_else(|| format!("\0{area}"))),
            None => Some(String::new()),
        }
    }
}

/// Reads the columns `area` and `group`.
pub fn read(path: Option<&Path>) -> Result<Groups, Failure> {
    let Some(path) = path else { return Ok(Groups::default()) };
    let sheet = Sheet::read(path)?;
    let (area, group) = (sheet.needed("area")?, sheet.needed("group")?);
    let mut by_area = BTreeMap::new();
    for row in 0..sheet.rows.len() {
        let (Some(area), Some(group)) = (sheet.text(row, area), sheet.text(row, group)) else { continue };
        if by_area.insert(area.to_owned(), group.to_owned()).is_some() {
            let message = format!("line {} of `{}`: `{area}` stands twice", row + 2, sheet.file);
            return Err(Failure::new(Exit::Input, mizan_index::codes::DUPLICATE_ROW, message).help("keep one line"));
        }
    }
    Ok(Groups { by_area: Some(by_area) })
}
