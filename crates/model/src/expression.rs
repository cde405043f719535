//! Restricted SQL: the text as written, its syntax tree after the allow-list walk, and its normal form.
//!
//! There is no home-made expression language. `sqlparser` parses; [`allow`] walks the tree and refuses whatever
//! is not named in its list; [`parts`] cuts an aggregate at its aggregate calls; [`evaluate`] computes what
//! remains. Types are checked by the engine, not here.

pub mod allow;
pub mod evaluate;
pub mod functions;
mod normal;
mod parse;
pub mod parts;

use std::ops::Range;

use sqlparser::tokenizer::{Location, Span};

pub use allow::{Context, Names, Place};
pub use parse::{parse_tree, read_expression};

/// A parsed and allowed SQL expression.
#[derive(Debug, Clone)]
pub struct Expression {
    /// Text as written in the file.
    pub text: String,
    /// Syntax tree, with names and functions in lower case.
    pub tree: sqlparser::ast::Expr,
    /// Normal form: the tree printed by sqlparser; definitions are compared and hashed by it.
    pub normal: String,
    /// File that holds it.
    pub file: String,
    /// Byte range of the expression text inside the quotes.
    pub span: Range<usize>,
    /// Place in the file of each byte of `text` and of its end; empty for an expression that is in no file.
    pub(crate) offsets: Vec<usize>,
}

impl Expression {
    /// An expression from text alone, without allow-list walk: for tests and for tools that build expressions.
    ///
    /// # Errors
    /// The text is not one SQL expression.
    pub fn from_text(text: &str) -> Result<Self, String> {
        let tree = parse_tree(text)?;
        Ok(Expression {
            text: text.to_owned(),
            normal: tree.to_string(),
            tree,
            file: String::new(),
            span: 0..text.len(),
            offsets: Vec::new(),
        })
    }

    /// The same place with another tree, for example an aggregate without its calls.
    #[must_use]
    pub fn with_tree(&self, tree: sqlparser::ast::Expr) -> Self {
        Expression { normal: tree.to_string(), tree, ..self.clone() }
    }

    /// Byte range in the file of a place that sqlparser or the engine names; the whole expression if it names none.
    pub fn place(&self, span: Span) -> Range<usize> {
        match text_range(&self.text, span) {
            Some(range) => file_range(&self.offsets, &self.span, range),
            None => self.span.clone(),
        }
    }
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.normal == other.normal
    }
}

/// From a range of the expression's text to a range of the file.
fn file_range(offsets: &[usize], whole: &Range<usize>, range: Range<usize>) -> Range<usize> {
    match (offsets.get(range.start), offsets.get(range.end)) {
        (Some(start), Some(end)) => *start..*end,
        _ if offsets.is_empty() => whole.start + range.start..whole.start + range.end,
        _ => whole.clone(),
    }
}

/// From sqlparser's line and column (characters, from 1) to bytes of the expression's text.
fn text_range(text: &str, span: Span) -> Option<Range<usize>> {
    let start = text_offset(text, span.start)?;
    let end = text_offset(text, span.end)?;
    (start <= end).then_some(start..end)
}

fn text_offset(text: &str, location: Location) -> Option<usize> {
    if location.line == 0 || location.column == 0 {
        return None;
    }
    let mut start = 0;
    for _ in 1..location.line {
        start += text[start..].find('\n')? + 1;
    }
    let rest = &text[start..];
    let column = usize::try_from(location.column - 1).ok()?;
    Some(start + rest.char_indices().nth(column).map_or(rest.len(), |(i, _)| i))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check_normal(text: &str, normal: &str) {
        assert_eq!(Expression::from_text(text).expect("valid SQL").normal, normal);
    }

    #[test]
    fn normal_form_forgets_layout_and_case() {
        check_normal("COUNT( * )\n filter (where Flow='import')", "count(*) FILTER (WHERE flow = 'import')");
        check_normal("a!=b and not c", "a <> b AND NOT c");
        assert_eq!(Expression::from_text("a  +  b"), Expression::from_text("A + B"));
    }

    fn read(file: &str, names: Names<'_>) -> (Option<Expression>, Vec<crate::diagnostic::Diagnostic>) {
        let findings = crate::source::Findings::default();
        let document = crate::source::Document::parse("f.toml", file, &findings);
        let lists = std::collections::BTreeMap::new();
        let context = Context { place: Place::Scalar, names, clock: true, lists: &lists };
        let expression = document.root.get("x").and_then(|i| read_expression(&document, i, &context, &findings));
        (expression, findings.into_sorted())
    }

    #[test]
    fn places_in_a_file_follow_escapes() {
        let text = "x = \"\\u0061 + bcd\"";
        let (expression, _) = read(text, Names::Anything);
        let expression = expression.expect("valid SQL");
        let sqlparser::ast::Expr::BinaryOp { right, .. } = &expression.tree else { panic!("an addition") };
        let span = sqlparser::ast::Spanned::span(&**right);
        assert_eq!(&text[expression.place(span)], "bcd");
    }

    #[test]
    fn a_chain_of_operators_is_long_not_deep() {
        let chain = vec!["a"; 900].join(" + ");
        let (expression, findings) = read(&format!("x = \"{chain}\""), Names::Anything);
        assert_eq!(findings, []);
        assert_eq!(expression.map(|e| e.normal), Some(chain));
        let (expression, findings) = read(&format!("x = \"{}\"", vec!["a"; 100_000].join(" + ")), Names::Anything);
        assert!(expression.is_none());
        assert_eq!(findings[0].code, "F0314");
    }

    /// Random expressions of the language.
    fn expression() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            "[a-z][a-z0-9_]{0,6}x".prop_map(|name| name),
            (0_u32..1000).prop_map(|n| n.to_string()),
            (0_u32..1000, 1_u32..100).prop_map(|(a, b)| format!("{a}.{b}")),
            "[A-Za-z ]{0,5}".prop_map(|text| format!("'{text}'")),
            Just("NULL".to_owned()),
            Just("INTERVAL '24 hours'".to_owned()),
        ];
        leaf.prop_recursive(4, 24, 3, |inner| {
            let words = vec!["+", "-", "*", "/", "=", "<>", "<=", "AND", "OR", "IS DISTINCT FROM"];
            let operator = prop::sample::select(words);
            prop_oneof![
                (inner.clone(), operator, inner.clone()).prop_map(|(a, op, b)| format!("({a}) {op} ({b})")),
                inner.clone().prop_map(|a| format!("NOT ({a})")),
                inner.clone().prop_map(|a| format!("({a}) IS NOT NULL")),
                (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("Coalesce({a}, {b})")),
                (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("count(*) filter (where {a} > {b})")),
                (inner.clone(), inner.clone(), inner)
                    .prop_map(|(a, b, c)| format!("case when {a} then {b} else {c} end")),
            ]
        })
    }

    proptest! {
        #[test]
        fn normal_form_is_idempotent(text in expression()) {
            let once = Expression::from_text(&text).map_err(TestCaseError::fail)?;
            let twice = Expression::from_text(&once.normal).map_err(TestCaseError::fail)?;
            prop_assert_eq!(&once.normal, &twice.normal);
        }

        /// Whatever a file holds, the reader answers with findings inside the text, never with a panic.
        #[test]
        fn any_text_is_answered(text in "[ -~é]{0,60}") {
            let file = format!("x = \"\"\"{text}\"\"\"");
            let (_, findings) = read(&file, Names::Fields(&[]));
            for label in findings.iter().flat_map(|d| &d.labels) {
                prop_assert!(file.get(label.span.clone()).is_some());
            }
        }
    }
}
