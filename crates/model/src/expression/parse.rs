//! From the text of a TOML value to a checked expression.

use std::ops::Range;

use sqlparser::ast::Expr;
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Location, Token, TokenWithSpan, Tokenizer, Whitespace};

use super::allow::{Context, walk};
use super::normal::normalise;
use super::{Expression, file_range, text_offset, text_range};
use crate::diagnostic::Diagnostic;
use crate::source::{Document, Findings, Item, clamp, string_offsets};

/// Deepest nesting that the parser follows, and that a definition may use.
pub(super) const DEPTH: usize = 32;

/// Longest expression. A chain of operators is as deep as it is long, so this also bounds the stack.
const LENGTH: usize = 4000;

/// Parses one SQL expression and puts it into normal form, without the allow-list walk.
///
/// # Errors
/// The text is not one SQL expression.
pub fn parse_tree(text: &str) -> Result<Expr, String> {
    let dialect = GenericDialect {};
    let tokens = Tokenizer::new(&dialect, text).tokenize_with_location().map_err(|e| e.to_string())?;
    let mut tree = parse_tokens(tokens).map_err(|(message, _)| message)?;
    normalise(&mut tree);
    Ok(tree)
}

/// Reads the expression of a TOML text; whatever is wrong becomes findings at its place in the file.
///
/// `None` only when the text cannot be parsed at all. An expression that holds something forbidden is returned
/// together with its findings, so that later checks can add theirs.
pub fn read_expression(
    document: &Document<'_>,
    item: &Item,
    context: &Context<'_>,
    findings: &Findings,
) -> Option<Expression> {
    let text = item.as_text()?;
    if text.trim().is_empty() {
        return None;
    }
    let offsets = string_offsets(document.text, item.span.clone());
    let whole = offsets.first().copied().unwrap_or(item.span.start)..offsets.last().copied().unwrap_or(item.span.end);
    let at = |range: Option<Range<usize>>| {
        let range = range.map_or_else(|| whole.clone(), |r| file_range(&offsets, &whole, r));
        clamp(document.text, range)
    };
    if text.len() > LENGTH {
        findings.add(
            Diagnostic::error("F0314", format!("the expression is longer than {LENGTH} characters"))
                .at(document.file, at(None), "too long")
                .help("cut it into named parts, or use a code list with `in_list`"),
        );
        return None;
    }
    let dialect = GenericDialect {};
    let tokens = match Tokenizer::new(&dialect, text).tokenize_with_location() {
        Ok(tokens) => tokens,
        Err(error) => {
            let start = text_offset(text, error.location).unwrap_or(0);
            findings.add(syntax_error(&error.message).at(document.file, at(Some(start..text.len())), "from here"));
            return None;
        }
    };
    let refused = refuse_tokens(&tokens, |diagnostic, token| {
        findings.add(diagnostic.at(document.file, at(text_range(text, token.span)), "not allowed"));
    });
    let tree = match parse_tokens(tokens) {
        Ok(tree) => tree,
        Err((message, location)) => {
            // A comment, placeholder or quoted name is already reported and explains the failure.
            if !refused {
                let range = location.and_then(|l| text_offset(text, l)).map(|s| s..word_end(text, s));
                findings.add(syntax_error(&message).at(document.file, at(range), "here"));
            }
            return None;
        }
    };
    walk(&tree, context, |diagnostic, span, label| {
        findings.add(diagnostic.at(document.file, at(span.and_then(|s| text_range(text, s))), label));
    });
    let mut tree = tree;
    normalise(&mut tree);
    Some(Expression {
        text: text.to_owned(),
        normal: tree.to_string(),
        tree,
        file: document.file.to_owned(),
        span: whole.clone(),
        offsets,
    })
}

fn syntax_error(message: &str) -> Diagnostic {
    if message.contains("recursion") {
        return Diagnostic::error("F0314", format!("the expression is nested deeper than {DEPTH} levels"))
            .help("cut it into named parts");
    }
    Diagnostic::error("F0301", format!("this is not an SQL expression: {}", message.to_lowercase()))
        .help("write one expression, without SELECT and without semicolon; texts stand in single quotes")
}

fn parse_tokens(tokens: Vec<TokenWithSpan>) -> Result<Expr, (String, Option<Location>)> {
    let dialect = GenericDialect {};
    let mut parser = Parser::new(&dialect).with_recursion_limit(DEPTH * 2).with_tokens_with_locations(tokens);
    let tree = parser.parse_expr().map_err(|error| match error {
        ParserError::RecursionLimitExceeded => ("recursion limit".to_owned(), None),
        ParserError::TokenizerError(message) | ParserError::ParserError(message) => split_location(&message),
    })?;
    let next = parser.peek_token();
    if next.token != Token::EOF {
        let message = format!("unexpected `{}` after the end of the expression", next.token);
        return Err((message, Some(next.span.start)));
    }
    Ok(tree)
}

/// sqlparser writes the place at the end of its message: `Expected: …, found: x at Line: 1, Column: 7`.
fn split_location(message: &str) -> (String, Option<Location>) {
    let Some((head, tail)) = message.split_once(" at Line: ") else { return (message.to_owned(), None) };
    let location = tail.split_once(", Column: ").and_then(|(line, column)| {
        Some(Location { line: line.trim().parse().ok()?, column: column.trim().parse().ok()? })
    });
    (head.to_owned(), location)
}

fn word_end(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    start + length
}

/// Refuses what is easier to see in the tokens than in the tree. Returns whether anything was refused.
fn refuse_tokens(tokens: &[TokenWithSpan], mut add: impl FnMut(Diagnostic, &TokenWithSpan)) -> bool {
    let mut refused = false;
    for token in tokens {
        let diagnostic = match &token.token {
            Token::Whitespace(Whitespace::SingleLineComment { .. } | Whitespace::MultiLineComment(_)) => {
                Diagnostic::error("F0315", "a comment inside an expression")
                    .help("write it as a TOML comment, after `#`, outside the quotes")
            }
            Token::Placeholder(name) => Diagnostic::error("F0316", format!("`{name}` is a placeholder"))
                .help("write the value itself; a definition has no parameters"),
            Token::Word(word) if word.quote_style.is_some() => {
                Diagnostic::error("F0306", format!("`{token}` is a quoted name", token = token.token))
                    .help("field names need no quotes; a text literal stands in single quotes")
            }
            Token::DoubleQuotedString(text) => Diagnostic::error("F0306", format!("`\"{text}\"` is a quoted name"))
                .help("a text literal stands in single quotes"),
            _ => continue,
        };
        refused = true;
        add(diagnostic, token);
    }
    refused
}
