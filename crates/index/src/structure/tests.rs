use super::*;
use crate::codes;

fn line(code: &str, parent: &str) -> Element {
    let kind = if code.starts_with(char::is_lowercase) { ElementKind::Indicator } else { ElementKind::Aggregate };
    Element::new(code, kind, (!parent.is_empty()).then_some(parent))
}

fn check(lines: Vec<Element>, expect: &[&str]) -> Structure {
    let checked = Structure::new(lines);
    let found: Vec<&str> = checked.diagnostics.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(found, expect, "{:?}", checked.diagnostics);
    checked.value
}

#[test]
fn a_tree_is_ordered_from_the_indicators_up() {
    let structure =
        check(vec![line("Top", ""), line("A", "Top"), line("x", "A"), line("y", "A"), line("z", "Top")], &[]);
    let codes: Vec<&str> = structure.elements.iter().map(|element| element.code.as_str()).collect();
    assert_eq!(codes, ["x", "y", "z", "A", "Top"]);
    assert_eq!(structure.levels, [1, 1, 1, 2, 3]);
    assert_eq!(structure.children[4], [2, 3]);
    assert_eq!(structure.top(), 4);
    assert_eq!(structure.indicators_below(4), [2, 0, 1]);
    assert_eq!(structure.ancestor_at(0, 2), Some(3));
    assert_eq!(structure.ancestor_at(2, 2), None);
}

#[test]
fn effective_weights_multiply_along_the_path() {
    let mut lines = vec![line("Top", ""), line("A", "Top"), line("x", "A"), line("y", "A"), line("z", "Top")];
    lines[3].weight = 3.0;
    let structure = check(lines, &[]);
    let weights: Vec<f64> = structure.elements.iter().map(|element| element.weight).collect();
    assert_eq!(structure.effective_weights(&weights), [0.125, 0.375, 0.5, 0.5, 1.0]);
}

#[test]
fn a_flat_set_gets_one_top() {
    let structure = check(vec![line("x", ""), line("y", "")], &[]);
    assert_eq!(structure.elements[structure.top()].code, "Index");
}

#[test]
fn every_fault_of_a_structure_is_found() {
    check(vec![line("Top", ""), line("x", "Top"), line("x", "Top")], &[codes::DUPLICATE_CODE]);
    check(vec![line("Top", ""), line("x", "Topp"), line("y", "Top")], &[codes::UNKNOWN_CODE]);
    check(vec![line("Top", ""), line("x", "Top"), line("A", "Top")], &[codes::CHILDLESS]);
    check(vec![line("Top", ""), line("x", "Top"), line("y", "")], &[codes::ORPHAN]);
    check(vec![], &[codes::EMPTY_TABLE]);
    let mut lines = vec![line("Top", ""), line("x", "Top"), line("y", "Top")];
    lines[1].direction = 0.0;
    lines[2].weight = f64::NAN;
    check(lines, &[codes::IMPOSSIBLE_ATTRIBUTE, codes::IMPOSSIBLE_ATTRIBUTE]);
    let mut lines = vec![line("Top", ""), line("A", "Top"), line("x", "A")];
    lines[0].level = Some(2);
    lines[1].level = Some(2);
    check(lines, &[codes::LEVEL]);
}

#[test]
fn a_circle_is_cut_and_reported() {
    let found = Structure::new(vec![line("A", "B"), line("B", "A"), line("x", "A")]).diagnostics;
    assert!(found.iter().any(|finding| finding.code == codes::CIRCLE), "{found:?}");
}
