//! The tree of an index: indicators at the bottom, aggregates above them, one top.

use std::collections::BTreeMap;

use mizan_model::diagnostic::{Checked, Diagnostic};

mod check;

/// What a line of the structure describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ElementKind {
    /// Measured.
    Indicator,
    /// Made from its children.
    Aggregate,
    /// A word that groups units.
    Group,
    /// A column to divide by.
    Denominator,
    /// Carried along, not used.
    Other,
}

impl ElementKind {
    /// Reads the word of a structure table, as in the column `Type`.
    pub fn from_word(word: &str) -> Option<ElementKind> {
        Some(match word.to_ascii_lowercase().as_str() {
            "indicator" => ElementKind::Indicator,
            "aggregate" => ElementKind::Aggregate,
            "group" => ElementKind::Group,
            "denominator" => ElementKind::Denominator,
            "other" => ElementKind::Other,
            _ => return None,
        })
    }
}

/// One line of the structure: parameters of an indicator live here and nowhere else.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// Code; the name of the column in the table of units.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// What it is.
    pub kind: ElementKind,
    /// Level, 1 for indicators; worked out from the tree where it is not given.
    pub level: Option<u32>,
    /// Code of the aggregate that it belongs to.
    pub parent: Option<String>,
    /// Weight inside of the parent; only its relation to those of its siblings matters.
    pub weight: f64,
    /// 1: more is better. -1: less is better.
    pub direction: f64,
    /// Unit for people.
    pub unit: Option<String>,
    /// Target, in the unit of the indicator.
    pub target: Option<f64>,
    /// Code of the denominator.
    pub denominator: Option<String>,
    /// Further numbers of this indicator by name, such as goalposts `floor` and `ceiling`.
    pub parameters: BTreeMap<String, f64>,
}

impl Element {
    /// An indicator or aggregate of weight 1 and direction 1.
    pub fn new(code: &str, kind: ElementKind, parent: Option<&str>) -> Element {
        Element {
            code: code.to_owned(),
            name: code.to_owned(),
            kind,
            level: None,
            parent: parent.map(str::to_owned),
            weight: 1.0,
            direction: 1.0,
            unit: None,
            target: None,
            denominator: None,
            parameters: BTreeMap::new(),
        }
    }
}

/// A checked tree.
#[derive(Debug, Clone)]
pub struct Structure {
    /// Indicators and aggregates by level, and inside of a level in the order of the source.
    pub elements: Vec<Element>,
    /// For each element the position of its parent.
    pub parents: Vec<Option<usize>>,
    /// For each element the positions of its children, in order.
    pub children: Vec<Vec<usize>>,
    /// For each element its level, from 1.
    pub levels: Vec<u32>,
    /// Lines of other kinds: groups, denominators, others.
    pub others: Vec<Element>,
}

impl Structure {
    /// Checks the lines of a structure and orders them as a tree.
    ///
    /// A set without any parent is flat: it can be prepared, normalised and analysed, and its aggregate is one top,
    /// `Index`, over all. Findings: [`codes::DUPLICATE_CODE`](crate::codes::DUPLICATE_CODE),
    /// [`codes::UNKNOWN_CODE`](crate::codes::UNKNOWN_CODE), [`codes::CHILDLESS`](crate::codes::CHILDLESS),
    /// [`codes::CIRCLE`](crate::codes::CIRCLE), [`codes::ORPHAN`](crate::codes::ORPHAN),
    /// [`codes::LEVEL`](crate::codes::LEVEL), [`codes::IMPOSSIBLE_ATTRIBUTE`](crate::codes::IMPOSSIBLE_ATTRIBUTE).
    pub fn new(lines: Vec<Element>) -> Checked<Structure> {
        check::structure(lines)
    }

    /// Position of an element.
    pub fn position(&self, code: &str) -> Option<usize> {
        self.elements.iter().position(|element| element.code == code)
    }

    /// Says that a step names a level that is not there.
    pub(crate) fn no_level(&self, step: &str, level: u32) -> Diagnostic {
        let last = self.levels.iter().max().copied().unwrap_or(1);
        Diagnostic::error(crate::codes::PARAMETER, format!("`{step}`: the structure has no level {level}"))
            .help(format!("leave `level` out, or write one from 1 to {last}"))
    }

    /// The top of the tree.
    pub fn top(&self) -> usize {
        self.parents.iter().rposition(Option::is_none).unwrap_or(0)
    }

    /// Positions of the indicators below an element, itself if it is one.
    pub fn indicators_below(&self, element: usize) -> Vec<usize> {
        if self.elements[element].kind == ElementKind::Indicator {
            return vec![element];
        }
        self.children[element].iter().flat_map(|&child| self.indicators_below(child)).collect()
    }

    /// The ancestor of an element at a level, itself if it is there.
    pub fn ancestor_at(&self, element: usize, level: u32) -> Option<usize> {
        let mut at = element;
        while self.levels[at] < level {
            at = self.parents[at]?;
        }
        (self.levels[at] == level).then_some(at)
    }

    /// Share of each element in the top: its share inside of the parent times that of the parent.
    ///
    /// With weights 1 and 3 in a parent that is half of the index: 0.125 and 0.375. `weights` has one number an element.
    /// Elements whose siblings all weigh 0 weigh 0.
    pub fn effective_weights(&self, weights: &[f64]) -> Vec<f64> {
        let mut effective = vec![0.0; self.elements.len()];
        effective[self.top()] = 1.0;
        // Parents stand after their children.
        for element in (0..self.elements.len()).rev() {
            let total: f64 = self.children[element].iter().map(|&child| weights[child]).sum();
            for &child in &self.children[element] {
                effective[child] = if total > 0.0 { effective[element] * weights[child] / total } else { 0.0 };
            }
        }
        effective
    }
}

#[cfg(test)]
mod tests;
