//! Rules of meaning that tie several fields of a KPI file together.

mod blocks;
mod head;
mod part_kinds;

pub(super) use blocks::{check_blocks, structured_part_alone};
pub(super) use head::check_head;

use crate::diagnostic::Diagnostic;
use crate::source::{Document, Findings, Item, clamp};

/// Reports a name that was given before; remembers it otherwise.
pub(crate) fn duplicate(document: &Document<'_>, item: &Item, seen: &mut Vec<String>, what: &str, findings: &Findings) {
    let Some(name) = item.as_text() else { return };
    if seen.iter().any(|s| s == name) {
        findings.add(
            Diagnostic::error("F0112", format!("the {what} `{name}` is there twice"))
                .at(document.file, clamp(document.text, item.span.clone()), "again")
                .help("give each its own name"),
        );
    } else {
        seen.push(name.to_owned());
    }
}
