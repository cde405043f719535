//! What changed between two versions of a framework, and which class of version that needs.
//!
//! The class is computed from normal forms; an author may declare a higher class than computed, never a lower one.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Framework;
use crate::diagnostic::Diagnostic;
use crate::kpi::{BreakClass, Kpi, Version};

crate::kpi::words! {
    /// Class of a change of a definition.
    ChangeClass {
        /// Nothing changed.
        None = "none",
        /// Wording and references.
        Patch = "patch",
        /// Same meaning, joined series.
        Minor = "minor",
        /// The number changes meaning: the series breaks.
        Major = "major",
    }
}

/// What happened to a KPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DifferenceKind {
    /// Only in the new framework.
    Added,
    /// Only in the old framework.
    Removed,
    /// In both, not equal.
    Changed,
}

/// One KPI that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// KPI id.
    pub kpi: String,
    /// What happened.
    pub kind: DifferenceKind,
    /// Version before.
    pub old: Option<Version>,
    /// Version after.
    pub new: Option<Version>,
    /// Class that the content needs.
    pub computed: ChangeClass,
    /// Break that the content makes: `concept` if it is another thing, `level` if it is the same thing shifted.
    pub break_class: BreakClass,
    /// Class that the version numbers declare.
    pub declared: ChangeClass,
    /// The blocks that changed, for example `population.where`.
    pub changed: Vec<String>,
}

impl Difference {
    /// The author declared less than the content needs.
    pub fn is_declared_too_low(&self) -> bool {
        self.kind == DifferenceKind::Changed && self.declared < self.computed
    }
}

/// Compares two frameworks, KPI by KPI, in order of id.
pub fn diff(old: &Framework, new: &Framework) -> Vec<Difference> {
    let mut ids: Vec<&str> = old.kpis.iter().chain(&new.kpis).map(|k| k.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().filter_map(|id| compare(id, old.kpi(id), new.kpi(id))).collect()
}

fn compare(id: &str, old: Option<&Kpi>, new: Option<&Kpi>) -> Option<Difference> {
    let (kind, computed, changed, break_class) = match (old, new) {
        (Some(old), Some(new)) => {
            let changed = changed_blocks(old, new);
            let class = changed.iter().map(|(_, class, _)| *class).max().unwrap_or(ChangeClass::None);
            let break_class = changed.iter().map(|(_, _, b)| *b).max().unwrap_or(BreakClass::None);
            if changed.is_empty() && old.version == new.version {
                return None;
            }
            let names = changed.into_iter().map(|(name, _, _)| name).collect();
            (DifferenceKind::Changed, class, names, break_class)
        }
        (None, Some(_)) => (DifferenceKind::Added, ChangeClass::None, Vec::new(), BreakClass::None),
        (Some(_), None) => (DifferenceKind::Removed, ChangeClass::None, Vec::new(), BreakClass::None),
        (None, None) => return None,
    };
    let (old, new) = (old.map(|k| k.version), new.map(|k| k.version));
    Some(Difference {
        kpi: id.to_owned(),
        kind,
        old,
        new,
        computed,
        break_class,
        declared: declared(old, new),
        changed,
    })
}

fn declared(old: Option<Version>, new: Option<Version>) -> ChangeClass {
    match (old, new) {
        (Some(old), Some(new)) if new.major > old.major => ChangeClass::Major,
        (Some(old), Some(new)) if new.major == old.major && new.minor > old.minor => ChangeClass::Minor,
        (Some(old), Some(new)) if (new.major, new.minor) == (old.major, old.minor) && new.patch > old.patch => {
            ChangeClass::Patch
        }
        _ => ChangeClass::None,
    }
}

/// Weight of each block of the definition. A block that is not named here cannot change: the test below holds it.
fn weight(block: &str) -> (ChangeClass, BreakClass) {
    match block {
        "kind" | "unit" | "population.contract" => (ChangeClass::Major, BreakClass::Concept),
        "population" | "clock" | "measure" | "rollup.method" => (ChangeClass::Major, BreakClass::Level),
        "text" | "reference" | "origin" | "external_ref" | "status" | "history" | "outcome" | "dimension" => {
            (ChangeClass::Patch, BreakClass::None)
        }
        _ => (ChangeClass::Minor, BreakClass::None),
    }
}

fn changed_blocks(old: &Kpi, new: &Kpi) -> Vec<(String, ChangeClass, BreakClass)> {
    let (old, new) = (old.blocks(), new.blocks());
    let mut changed = Vec::new();
    let names = old.keys().chain(new.keys().filter(|k| !old.contains_key(*k)));
    for name in names {
        if old.get(name).unwrap_or(&Value::Null) != new.get(name).unwrap_or(&Value::Null) {
            let (class, break_class) = weight(name);
            changed.push((name.clone(), class, break_class));
        }
    }
    changed
}

/// Findings of a comparison: `F0430` for each KPI whose version says less than its content.
pub fn diff_findings(differences: &[Difference], new: &Framework) -> Vec<Diagnostic> {
    differences
        .iter()
        .filter(|d| d.is_declared_too_low())
        .filter_map(|d| {
            let kpi = new.kpi(&d.kpi)?;
            let text = new.files.get(&kpi.file)?;
            let findings = crate::source::Findings::default();
            let document = crate::source::Document::parse(&kpi.file, text, &findings);
            let span = document.root.get("version").map_or(0..0, |item| item.span.clone());
            let wanted = match (d.computed, d.old) {
                (ChangeClass::Major, Some(old)) => format!("{}.0.0", old.major + 1),
                (ChangeClass::Minor, Some(old)) => format!("{}.{}.0", old.major, old.minor + 1),
                (_, Some(old)) => format!("{}.{}.{}", old.major, old.minor, old.patch + 1),
                (_, None) => return None,
            };
            Some(
                Diagnostic::error(
                    "F0430",
                    format!("the change of `{}` is {}, its version says {}", d.kpi, d.computed, d.declared),
                )
                .at(&kpi.file, span, format!("changed: {}", d.changed.join(", ")))
                .why("readers join series by the version: a silent change of meaning would be joined")
                .help(format!("write `version = \"{wanted}\"` or higher")),
            )
        })
        .collect()
}
