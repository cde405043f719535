//! Checks a file against its block: unknown and missing keys, types, words, ranges, forms.

use std::ops::Range;

use super::shape::{Block, Shape};
use crate::diagnostic::Diagnostic;
use crate::source::{Document, Findings, Item, ItemKind, alternatives, clamp, suggestion};

/// Checks a whole file. Missing keys are not reported for a file that is not valid TOML, since the parser may
/// have dropped them.
pub fn validate(document: &Document<'_>, block: &Block, findings: &Findings) {
    let broken = findings.has_code("F0101");
    let check = Check { document, findings, broken };
    check.block(&document.root, block, None);
}

/// Keys whose empty text says something: nothing is superseded; the scheme has no public code.
const MAY_BE_EMPTY: &[&str] = &["supersedes", "code"];

struct Check<'a> {
    document: &'a Document<'a>,
    findings: &'a Findings,
    broken: bool,
}

impl Check<'_> {
    fn add(&self, diagnostic: Diagnostic, span: Range<usize>, label: &str) {
        self.findings.add(diagnostic.at(self.document.file, clamp(self.document.text, span), label));
    }

    fn block(&self, item: &Item, block: &Block, header: Option<Range<usize>>) {
        for entry in item.entries() {
            if let Some(field) = block.fields.iter().find(|f| f.name == entry.key) {
                self.value(&entry.item, &field.shape, &entry.key, entry.key_span.clone());
            } else if let Some(shape) = &block.others {
                self.value(&entry.item, shape, &entry.key, entry.key_span.clone());
            } else {
                let names: Vec<&str> = block.fields.iter().map(|f| f.name).collect();
                let mut finding =
                    Diagnostic::error("F0102", format!("unknown key `{}` in `{}`", entry.key, block.name))
                        .why("a key that nobody reads is a mistake that nobody sees");
                finding.help = suggestion(&entry.key, &names);
                self.add(finding, entry.key_span.clone(), "not a key of this block");
            }
        }
        if self.broken {
            return;
        }
        for field in block.fields.iter().filter(|f| f.required && item.entry(f.name).is_none()) {
            let (span, place) = match &header {
                Some(span) => (span.clone(), format!("`{}`", block.name)),
                None => (self.first_line(), "the file".to_owned()),
            };
            self.add(
                Diagnostic::error("F0103", format!("`{}` is missing in {place}", field.name))
                    .help(format!("add it: {}", lower_first(field.doc))),
                span,
                "here",
            );
        }
    }

    fn first_line(&self) -> Range<usize> {
        let first = self.document.root.entries().iter().map(|e| e.key_span.clone()).min_by_key(|s| s.start);
        first.unwrap_or(0..0)
    }

    fn value(&self, item: &Item, shape: &Shape, name: &str, key_span: Range<usize>) {
        match shape {
            Shape::Any => {}
            Shape::Text | Shape::Expression(_) => {
                if let Some(text) = self.text(item, name)
                    && text.trim().is_empty()
                    && !MAY_BE_EMPTY.contains(&name)
                {
                    self.add(
                        Diagnostic::error("F0107", format!("`{name}` is empty")).help("write it, or leave the key out"),
                        item.span.clone(),
                        "empty",
                    );
                }
            }
            Shape::Form(form) => {
                if let Some(text) = self.text(item, name)
                    && !form.accepts(text)
                {
                    self.add(
                        Diagnostic::error("F0107", format!("`{text}` is not a valid `{name}`"))
                            .help(format!("write it like `{}`", form.example())),
                        item.span.clone(),
                        "malformed",
                    );
                }
            }
            Shape::Word(words) => {
                if let Some(text) = self.text(item, name)
                    && !words.contains(&text)
                {
                    let mut finding = Diagnostic::error("F0105", format!("`{text}` is not a word for `{name}`"));
                    finding.help = suggestion(text, words).or_else(|| Some(format!("choose {}", alternatives(words))));
                    self.add(finding, item.span.clone(), "not one of the allowed words");
                }
            }
            Shape::Integer(low, high) => match item.kind {
                ItemKind::Integer(Some(value)) if (*low..=*high).contains(&value) => {}
                ItemKind::Integer(_) => self.out_of_range(item, name, *low as f64, *high as f64),
                _ => self.wrong_type(item, name, "a whole number"),
            },
            Shape::Number(low, high) => match (item.as_number(), &item.kind) {
                (Some(value), _) if (*low..=*high).contains(&value) => {}
                (Some(_), _) | (None, ItemKind::Integer(_) | ItemKind::Float(_)) => {
                    self.out_of_range(item, name, *low, *high);
                }
                _ => self.wrong_type(item, name, "a number"),
            },
            Shape::Bool => {
                if item.as_bool().is_none() {
                    self.wrong_type(item, name, "`true` or `false`");
                }
            }
            Shape::Range => match item.list() {
                [low, high] => match (low.as_number(), high.as_number()) {
                    (Some(low), Some(high)) if low < high => {}
                    (Some(_), Some(_)) => self.add(
                        Diagnostic::error("F0106", format!("`{name}` is upside down"))
                            .help("write the smaller number first"),
                        item.span.clone(),
                        "the first number must be smaller",
                    ),
                    _ => self.wrong_type(item, name, "two numbers"),
                },
                _ => self.wrong_type(item, name, "two numbers, `[0, 100]`"),
            },
            Shape::List(element) => {
                if let ItemKind::List(items) = &item.kind {
                    for element_item in items {
                        self.value(element_item, element, name, element_item.span.clone());
                    }
                } else {
                    self.wrong_type(item, name, "a list, `[…]`");
                }
            }
            Shape::Block(block) => {
                if matches!(item.kind, ItemKind::Table(_)) {
                    self.block(item, block, Some(key_span));
                } else {
                    self.wrong_type(item, name, "a table");
                }
            }
            Shape::Blocks(block) => {
                if let ItemKind::List(items) = &item.kind {
                    for element in items {
                        if matches!(element.kind, ItemKind::Table(_)) {
                            self.block(element, block, Some(element.span.clone()));
                        } else {
                            self.wrong_type(element, name, "a table");
                        }
                    }
                } else {
                    self.wrong_type(item, name, &format!("tables, each under `[[{name}]]`"));
                }
            }
            Shape::Map(shape) => {
                if matches!(item.kind, ItemKind::Table(_)) {
                    for entry in item.entries() {
                        self.value(&entry.item, shape, &entry.key, entry.key_span.clone());
                    }
                } else {
                    self.wrong_type(item, name, "a table");
                }
            }
            Shape::Either(first, second) => {
                let shape = if fits_type(item, first) { first } else { second };
                if fits_type(item, first) || fits_type(item, second) {
                    self.value(item, shape, name, key_span);
                } else {
                    self.wrong_type(item, name, &format!("{} or {}", type_of(first), type_of(second)));
                }
            }
        }
    }

    fn text<'i>(&self, item: &'i Item, name: &str) -> Option<&'i str> {
        let text = item.as_text();
        if text.is_none() {
            self.wrong_type(item, name, "a text in quotation marks");
        }
        text
    }

    fn wrong_type(&self, item: &Item, name: &str, wanted: &str) {
        self.add(
            Diagnostic::error("F0104", format!("`{name}` must be {wanted}, this is {}", item.type_name())),
            item.span.clone(),
            "wrong type",
        );
    }

    fn out_of_range(&self, item: &Item, name: &str, low: f64, high: f64) {
        self.add(
            Diagnostic::error("F0106", format!("`{name}` is out of range"))
                .help(format!("choose a number from {low} to {high}")),
            item.span.clone(),
            "out of range",
        );
    }
}

fn fits_type(item: &Item, shape: &Shape) -> bool {
    match shape {
        Shape::Text | Shape::Form(_) | Shape::Word(_) | Shape::Expression(_) => item.as_text().is_some(),
        Shape::Integer(..) => matches!(item.kind, ItemKind::Integer(_)),
        Shape::Number(..) => matches!(item.kind, ItemKind::Integer(_) | ItemKind::Float(_)),
        Shape::Bool => item.as_bool().is_some(),
        Shape::List(_) | Shape::Range | Shape::Blocks(_) => matches!(item.kind, ItemKind::List(_)),
        Shape::Block(_) | Shape::Map(_) => matches!(item.kind, ItemKind::Table(_)),
        Shape::Either(a, b) => fits_type(item, a) || fits_type(item, b),
        Shape::Any => true,
    }
}

fn type_of(shape: &Shape) -> &'static str {
    match shape {
        Shape::Text | Shape::Form(_) | Shape::Word(_) => "a text",
        Shape::Expression(_) => "an expression as text",
        Shape::Integer(..) => "a whole number",
        Shape::Number(..) => "a number",
        Shape::Bool => "`true` or `false`",
        Shape::List(_) | Shape::Range | Shape::Blocks(_) => "a list",
        Shape::Block(_) | Shape::Map(_) => "a table",
        Shape::Either(_, b) => type_of(b),
        Shape::Any => "anything",
    }
}

fn lower_first(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut characters = text.chars();
    match characters.next() {
        // An abbreviation keeps its capitals.
        Some(_) if text.chars().nth(1).is_some_and(char::is_uppercase) => text.to_owned(),
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => String::new(),
    }
}
