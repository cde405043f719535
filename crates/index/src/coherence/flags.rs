//! Correlations inside of a group and with what is above it, with flags.

use mizan_model::diagnostic::{Checked, Diagnostic};
use nalgebra::DMatrix;
use serde::Serialize;

use super::correlate::{Correlation, LeftOut, Method, column, misfit};
use crate::codes;
use crate::denominate::some;
use crate::structure::Structure;

/// What a correlation calls attention to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// Above the upper limit: both say the same, so that it counts twice.
    Collinear,
    /// From 0 to below the lower limit: they have little in common.
    Low,
    /// Below 0: a mean of them balances one against the other.
    Negative,
}

/// From where on correlations are flagged.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Limits {
    /// Above it: collinear.
    pub collinear: f64,
    /// Below it: low.
    pub low: f64,
    /// Whether the columns are raw values, of which those with direction -1 are turned first.
    pub is_raw: bool,
}

impl Limits {
    fn flag(&self, r: f64) -> Option<Flag> {
        match r {
            r if r > self.collinear => Some(Flag::Collinear),
            r if r < 0.0 => Some(Flag::Negative),
            r if r < self.low => Some(Flag::Low),
            _ => None,
        }
    }
}

/// Collinear above 0.9, low below 0.3, normalised values.
impl Default for Limits {
    fn default() -> Self {
        Limits { collinear: 0.9, low: 0.3, is_raw: false }
    }
}

/// Two elements of one level inside of a group.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Sibling {
    /// Element of the structure.
    pub a: usize,
    /// Element after it.
    pub b: usize,
    /// The element that both are below.
    pub group: usize,
    /// How they go together.
    pub correlation: Correlation,
    /// What that calls attention to.
    pub flag: Option<Flag>,
}

/// An element and one that it is below.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WithAncestor {
    /// Element of the structure.
    pub element: usize,
    /// Its parent, or the parent of that, and so on.
    pub ancestor: usize,
    /// How they go together.
    pub correlation: Correlation,
    /// What that calls attention to. Being collinear with one's own group is no flaw and not flagged.
    pub flag: Option<Flag>,
}

/// Correlations of elements of the same level that have the same ancestor at level `group_level`.
///
/// `values` is rows by columns, indicators or scores of any levels; `names` the code of each column. Level 2 takes
/// indicators of the same parent. Findings: [`codes::PARAMETER`], [`codes::UNKNOWN_CODE`] for columns that the structure
/// does not know and which are left out, [`codes::CONSTANT`], [`codes::TOO_FEW`].
pub fn siblings(
    values: &DMatrix<f64>,
    names: &[String],
    structure: &Structure,
    method: Method,
    limits: Limits,
    group_level: u32,
) -> Checked<Vec<Sibling>> {
    let Checked { value: columns, mut diagnostics } = elements(values, names, structure);
    let mut left_out = LeftOut::default();
    let mut found = Vec::new();
    for (at, &(a, x)) in columns.iter().enumerate() {
        let Some(group) = structure.ancestor_at(a, group_level).filter(|&group| group != a) else { continue };
        for &(b, y) in &columns[at + 1..] {
            let is_sibling =
                structure.levels[a] == structure.levels[b] && structure.ancestor_at(b, group_level) == Some(group);
            if !is_sibling {
                continue;
            }
            let turn = if limits.is_raw { direction(structure, a) * direction(structure, b) } else { 1.0 };
            let pair = [column(values, x), column(values, y)];
            if let Some(mut correlation) = left_out.or(method, pair, [&names[x], &names[y]]) {
                correlation.r *= turn;
                found.push(Sibling { a, b, group, correlation, flag: limits.flag(correlation.r) });
            }
        }
    }
    if !structure.levels.contains(&group_level) || group_level < 2 {
        let message = format!("the structure has no groups of level {group_level}");
        diagnostics.push(Diagnostic::error(codes::PARAMETER, message).help("give a level of the structure, from 2"));
    }
    diagnostics.extend(left_out.findings());
    Checked { value: found, diagnostics }
}

/// Correlations of each element with its parent and all that is above, as far as they are among the columns.
///
/// See [`siblings`] for parameters and findings.
pub fn with_ancestors(
    values: &DMatrix<f64>,
    names: &[String],
    structure: &Structure,
    method: Method,
    limits: Limits,
) -> Checked<Vec<WithAncestor>> {
    let Checked { value: columns, mut diagnostics } = elements(values, names, structure);
    let mut left_out = LeftOut::default();
    let mut found = Vec::new();
    for &(element, x) in &columns {
        let mut above = structure.parents[element];
        while let Some(ancestor) = above {
            above = structure.parents[ancestor];
            let Some(&(_, y)) = columns.iter().find(|(known, _)| *known == ancestor) else { continue };
            let pair = [column(values, x), column(values, y)];
            if let Some(mut correlation) = left_out.or(method, pair, [&names[x], &names[y]]) {
                // Scores are turned already, so that only an indicator's direction is left.
                correlation.r *= if limits.is_raw { direction(structure, element) } else { 1.0 };
                let flag = limits.flag(correlation.r).filter(|flag| *flag != Flag::Collinear);
                found.push(WithAncestor { element, ancestor, correlation, flag });
            }
        }
    }
    diagnostics.extend(left_out.findings());
    Checked { value: found, diagnostics }
}

/// Direction of an indicator; scores look one way.
fn direction(structure: &Structure, element: usize) -> f64 {
    if structure.levels[element] == 1 { structure.elements[element].direction } else { 1.0 }
}

/// Elements that columns are of, in the order of the columns.
fn elements(values: &DMatrix<f64>, names: &[String], structure: &Structure) -> Checked<Vec<(usize, usize)>> {
    if let Some(finding) = misfit(values, names) {
        return Checked { value: Vec::new(), diagnostics: vec![finding] };
    }
    let mut found = Vec::new();
    let mut unknown = Vec::new();
    for (column, name) in names.iter().enumerate() {
        match structure.position(name) {
            Some(element) => found.push((element, column)),
            None => unknown.push(name.as_str()),
        }
    }
    let mut diagnostics = Vec::new();
    if !unknown.is_empty() {
        let message = format!("the structure does not know the columns {}; they are left out", some(&unknown));
        diagnostics.push(Diagnostic::warning(codes::UNKNOWN_CODE, message).help("give each a line in the structure"));
    }
    Checked { value: found, diagnostics }
}
