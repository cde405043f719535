//! A TOML file as an owned tree in which every key and value knows its place.
//!
//! The readers of KPI files, contracts, lists and mappings work on this tree, so that each finding can point at
//! the characters that caused it, and so that several mistakes of one file are found in one run.

mod item;
mod offsets;

pub use item::{Entry, Item, ItemKind};
pub(crate) use offsets::string_offsets;

use std::cell::RefCell;

use crate::diagnostic::Diagnostic;

/// Collects findings while a file is read. Shared by reference, so that readers need not pass it back and forth.
#[derive(Debug, Default)]
pub struct Findings {
    list: RefCell<Vec<Diagnostic>>,
}

impl Findings {
    /// Adds one finding.
    pub fn add(&self, diagnostic: Diagnostic) {
        self.list.borrow_mut().push(diagnostic);
    }

    /// Whether an error was found.
    pub fn has_error(&self) -> bool {
        self.list.borrow().iter().any(|d| d.severity == crate::diagnostic::Severity::Error)
    }

    /// Whether a finding with that code was made.
    pub fn has_code(&self, code: &str) -> bool {
        self.list.borrow().iter().any(|d| d.code == code)
    }

    /// All findings, by file and place.
    pub fn into_sorted(self) -> Vec<Diagnostic> {
        let mut list = self.list.into_inner();
        sort_by_place(&mut list);
        list
    }
}

/// Sorts findings by file, then by place; findings without a place come first.
pub fn sort_by_place(list: &mut [Diagnostic]) {
    list.sort_by(|a, b| {
        let place = |d: &Diagnostic| d.labels.first().map(|l| (l.file.clone(), l.span.start, l.span.end));
        place(a).cmp(&place(b)).then_with(|| a.code.cmp(&b.code))
    });
}

/// A parsed TOML file.
#[derive(Debug, Clone)]
pub struct Document<'a> {
    /// Path, for findings.
    pub file: &'a str,
    /// Text of the file.
    pub text: &'a str,
    /// The top-level table.
    pub root: Item,
}

impl<'a> Document<'a> {
    /// Parses a file as far as it can be parsed; syntax errors are added as `F0101`.
    pub fn parse(file: &'a str, text: &'a str, findings: &Findings) -> Self {
        let (table, errors) = toml::de::DeTable::parse_recoverable(text);
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let message = error.message().lines().next().unwrap_or("not TOML").to_lowercase();
            findings.add(
                Diagnostic::error("F0101", format!("this is not TOML: {message}"))
                    .at(file, clamp(text, span), "here")
                    .help("write `key = \"value\"`; texts stand in quotation marks, tables under `[name]`"),
            );
        }
        let root = Item::from_table(table.get_ref(), 0..text.len());
        Document { file, text, root }
    }
}

/// Keeps a range inside the text, at least one character long where there is one, on character borders.
pub(crate) fn clamp(text: &str, span: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    if start == end {
        end += text[end..].chars().next().map_or(0, char::len_utf8);
    }
    start..end
}

/// The candidate that is nearest to a misspelt word, if one is near enough to be meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).clamp(1, 3);
    candidates
        .into_iter()
        .map(|candidate| (distance(&word.to_lowercase(), &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Optimal string alignment distance: insertions, deletions, substitutions, swaps of neighbours.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}

/// Joins words for a message: `a`, `b` or `c`.
pub(crate) fn alternatives(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|w| format!("`{w}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

/// Help line for a misspelt word: a suggestion, or the choice when it is short.
pub(crate) fn suggestion(word: &str, candidates: &[&str]) -> Option<String> {
    if let Some(near) = nearest(word, candidates.iter().copied()) {
        return Some(format!("did you mean `{near}`?"));
    }
    if candidates.is_empty() {
        return None;
    }
    if candidates.len() <= 16 {
        return Some(format!("choose {}", alternatives(candidates)));
    }
    Some(format!("there are {} names, for example {}", candidates.len(), alternatives(&candidates[..4])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_word() {
        assert_eq!(nearest("numerater", ["numerator", "denominator"]), Some("numerator"));
        assert_eq!(nearest("colour", ["numerator", "denominator"]), None);
        assert_eq!(nearest("imprt", ["import", "export", "transit"]), Some("import"));
    }

    #[test]
    fn swap_counts_once() {
        assert_eq!(distance("kidn", "kind"), 1);
        assert_eq!(distance("", "abc"), 3);
    }

    #[test]
    fn several_syntax_errors_in_one_run() {
        let findings = Findings::default();
        let document = Document::parse("x.toml", "a = \nb = 1\nc = [1,\nd = 'x'\n", &findings);
        assert!(findings.has_code("F0101"));
        assert!(document.root.get("b").is_some());
    }
}
