//! Checks of a structure: one pass that reports all of them.

use std::collections::BTreeMap;

use mizan_model::diagnostic::{Checked, Diagnostic};

use super::{Element, ElementKind, Structure};
use crate::codes;

/// Code of the top that a flat set gets.
const FLAT_TOP: &str = "Index";

pub(super) fn structure(lines: Vec<Element>) -> Checked<Structure> {
    let mut diagnostics = Vec::new();
    let (mut nodes, others): (Vec<Element>, Vec<Element>) =
        lines.into_iter().partition(|line| matches!(line.kind, ElementKind::Indicator | ElementKind::Aggregate));
    duplicates(&mut nodes, &others, &mut diagnostics);
    nodes.iter().for_each(|node| attributes(node, &mut diagnostics));
    if !nodes.iter().any(|node| node.kind == ElementKind::Indicator) {
        diagnostics.push(
            Diagnostic::error(codes::EMPTY_TABLE, "the structure has no indicator")
                .help("give each indicator a line of type `Indicator`"),
        );
    }
    flat_top(&mut nodes);
    let position: BTreeMap<String, usize> =
        nodes.iter().enumerate().map(|(position, node)| (node.code.clone(), position)).collect();
    let mut parents = parents(&nodes, &position, &mut diagnostics);
    cut_circles(&nodes, &mut parents, &mut diagnostics);
    let heights = heights(&parents);
    levels(&nodes, &parents, &heights, &mut diagnostics);
    tops(&nodes, &parents, &mut diagnostics);
    Checked { value: ordered(nodes, &parents, &heights, others), diagnostics }
}

/// Later lines with a code that is taken are dropped.
fn duplicates(nodes: &mut Vec<Element>, others: &[Element], diagnostics: &mut Vec<Diagnostic>) {
    let mut seen: std::collections::BTreeSet<String> = std::collections::BTreeSet::new();
    nodes.retain(|node| {
        let is_new = seen.insert(node.code.clone());
        if !is_new {
            diagnostics.push(duplicate(&node.code));
        }
        is_new
    });
    for other in others {
        if !seen.insert(other.code.clone()) {
            diagnostics.push(duplicate(&other.code));
        }
    }
}

fn duplicate(code: &str) -> Diagnostic {
    Diagnostic::error(codes::DUPLICATE_CODE, format!("code `{code}` stands twice in the structure"))
        .help("give each indicator and aggregate its own code")
}

fn attributes(node: &Element, diagnostics: &mut Vec<Diagnostic>) {
    if node.direction != 1.0 && node.direction != -1.0 {
        let message = format!("direction of `{}` is {}", node.code, node.direction);
        diagnostics.push(
            Diagnostic::error(codes::IMPOSSIBLE_ATTRIBUTE, message).help("1 if more is better, -1 if less is better"),
        );
    }
    if !(node.weight >= 0.0 && node.weight.is_finite()) {
        let message = if node.weight.is_nan() {
            format!("`{}` has no weight", node.code)
        } else {
            format!("weight of `{}` is {}", node.code, node.weight)
        };
        diagnostics.push(Diagnostic::error(codes::IMPOSSIBLE_ATTRIBUTE, message).help("give a number of at least 0"));
    }
    let numbers = node.parameters.iter().map(|(name, number)| (name.as_str(), *number));
    for (name, number) in node.target.map(|target| ("target", target)).into_iter().chain(numbers) {
        if !number.is_finite() {
            let message = format!("{name} of `{}` is {number}", node.code);
            diagnostics.push(
                Diagnostic::error(codes::IMPOSSIBLE_ATTRIBUTE, message).help("give a finite number, or leave it out"),
            );
        }
    }
}

/// One top over a set without parents.
fn flat_top(nodes: &mut Vec<Element>) {
    let is_flat = nodes.iter().all(|node| node.parent.is_none() && node.kind == ElementKind::Indicator);
    if is_flat && !nodes.is_empty() && nodes.iter().all(|node| node.code != FLAT_TOP) {
        nodes.iter_mut().for_each(|node| node.parent = Some(FLAT_TOP.to_owned()));
        nodes.push(Element::new(FLAT_TOP, ElementKind::Aggregate, None));
    }
}

fn parents(
    nodes: &[Element],
    position: &BTreeMap<String, usize>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Option<usize>> {
    let mut parents = Vec::with_capacity(nodes.len());
    for node in 0..nodes.len() {
        let found = nodes[node].parent.as_ref().and_then(|parent| position.get(parent).copied());
        if let (Some(parent), None) = (&nodes[node].parent, found) {
            let message = format!("parent `{parent}` of `{}` is not in the structure", nodes[node].code);
            diagnostics
                .push(Diagnostic::error(codes::UNKNOWN_CODE, message).help("add a line of type `Aggregate` for it"));
        }
        if let Some(parent) = found
            && nodes[parent].kind == ElementKind::Indicator
        {
            let message = format!("parent `{}` of `{}` is an indicator", nodes[parent].code, nodes[node].code);
            diagnostics
                .push(Diagnostic::error(codes::UNKNOWN_CODE, message).help("only an aggregate can have children"));
        }
        parents.push(found);
    }
    for (node, element) in nodes.iter().enumerate() {
        if element.kind == ElementKind::Aggregate && !parents.contains(&Some(node)) {
            let message = format!("aggregate `{}` has no children", element.code);
            diagnostics.push(Diagnostic::error(codes::CHILDLESS, message).help("take it out, or give it as parent"));
        }
    }
    parents
}

/// Cuts circles of parents at their first element, and reports each once.
fn cut_circles(nodes: &[Element], parents: &mut [Option<usize>], diagnostics: &mut Vec<Diagnostic>) {
    for start in 0..nodes.len() {
        let mut at = parents[start];
        // A path that is longer than the number of elements runs in a circle that was met before.
        for _ in 0..nodes.len() {
            match at {
                Some(node) if node == start => {
                    let message = format!("the parents of `{}` run in a circle", nodes[start].code);
                    diagnostics.push(
                        Diagnostic::error(codes::CIRCLE, message).help("let one of them have no parent: the top"),
                    );
                    parents[start] = None;
                    break;
                }
                Some(node) => at = parents[node],
                None => break,
            }
        }
    }
}

/// Height of each element over its lowest indicator, from 1.
fn heights(parents: &[Option<usize>]) -> Vec<u32> {
    let mut heights = vec![1; parents.len()];
    for start in 0..parents.len() {
        let (mut at, mut height) = (start, 1);
        while let Some(parent) = parents[at] {
            height += 1;
            heights[parent] = heights[parent].max(height);
            at = parent;
        }
    }
    heights
}

fn levels(nodes: &[Element], parents: &[Option<usize>], heights: &[u32], diagnostics: &mut Vec<Diagnostic>) {
    for (node, element) in nodes.iter().enumerate() {
        if element.kind == ElementKind::Indicator && element.level.is_some_and(|level| level != 1) {
            let message = format!("indicator `{}` is of level {}", element.code, element.level.unwrap_or(0));
            diagnostics.push(Diagnostic::error(codes::LEVEL, message).help("indicators are of level 1"));
        }
        let Some(parent) = parents[node] else { continue };
        let level = |at: usize| nodes[at].level.unwrap_or(heights[at]);
        if level(parent) <= level(node) {
            let message = format!(
                "`{}` of level {} has the parent `{}` of level {}",
                element.code,
                level(node),
                nodes[parent].code,
                level(parent)
            );
            diagnostics.push(
                Diagnostic::error(codes::LEVEL, message).help("a parent's level is higher than those of its children"),
            );
        }
    }
}

fn tops(nodes: &[Element], parents: &[Option<usize>], diagnostics: &mut Vec<Diagnostic>) {
    let tops: Vec<usize> =
        (0..nodes.len()).filter(|&node| parents[node].is_none() && nodes[node].parent.is_none()).collect();
    let aggregates = tops.iter().filter(|&&node| nodes[node].kind == ElementKind::Aggregate).count();
    for &node in &tops {
        if nodes[node].kind == ElementKind::Indicator || aggregates > 1 {
            let message = format!("`{}` has no parent, and is not the only one", nodes[node].code);
            diagnostics
                .push(Diagnostic::error(codes::ORPHAN, message).help("give it a parent; one aggregate is the top"));
        }
    }
}

/// Elements by level; positions follow.
fn ordered(nodes: Vec<Element>, parents: &[Option<usize>], heights: &[u32], others: Vec<Element>) -> Structure {
    let level = |node: usize| nodes[node].level.unwrap_or(heights[node]);
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by_key(|&node| (level(node), heights[node]));
    let mut place = vec![0; nodes.len()];
    order.iter().enumerate().for_each(|(new, &old)| place[old] = new);
    let levels = order.iter().map(|&old| level(old)).collect();
    let parents: Vec<Option<usize>> = order.iter().map(|&old| parents[old].map(|parent| place[parent])).collect();
    let mut children = vec![Vec::new(); order.len()];
    for (node, parent) in parents.iter().enumerate() {
        if let Some(parent) = parent {
            children[*parent].push(node);
        }
    }
    let elements = order.iter().map(|&old| nodes[old].clone()).collect();
    Structure { elements, parents, children, levels, others }
}
