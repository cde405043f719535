//! Generator of the typed accessors in `messages/`: one function a message of the English catalogue, one file a file of it.
//!
//! A wrong message name or argument is then an error of the compiler. The types of parameters stand in the comment over
//! each English message, one line a variable: `# $rows (number)`, `# $path (text)`. Other comment lines explain the
//! message to translators.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use fluent_syntax::ast::{self, Expression, InlineExpression, PatternElement, VariantKey};

use crate::catalogue;
use crate::locale::Language;
use crate::plural;

const DO_NOT_EDIT: &str = "//! Generated from `messages/en/*.ftl` by `cargo xtask codegen`; do not edit.\n";

/// Type of a parameter of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ParameterType {
    Number,
    Text,
}

/// The generated files by their path below `src/`. A test holds the committed ones equal to them; `cargo xtask codegen`
/// writes them.
///
/// # Panics
/// If an English catalogue does not parse or a variable has no type in the comment: both are mistakes in files that
/// are built into this crate, and its tests find them.
pub fn codegen() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut root = format!("//! Typed accessors of all messages.\n//!\n{DO_NOT_EDIT}\n");
    let typed = catalogue::files(Language::English).iter().filter(|file| !catalogue::LOOKED_UP.contains(&file.name));
    for file in typed {
        let resource = fluent_syntax::parser::parse(file.text)
            .unwrap_or_else(|(_, errors)| panic!("en/{} does not parse: {errors:?}", file.name));
        let room = file.name.trim_end_matches(".ftl");
        let _ = writeln!(root, "mod {room};");
        let mut out = format!("//! Messages of `{}`.\n//!\n{DO_NOT_EDIT}\n", file.name);
        if file.text.contains("# $") {
            out.push_str("use fluent_bundle::FluentValue;\n\n");
        }
        out.push_str("use crate::bundle::Messages;\n\nimpl Messages {");
        for entry in &resource.body {
            if let ast::Entry::Message(message) = entry {
                accessor(&mut out, message);
            }
        }
        out.push_str("}\n");
        files.insert(format!("messages/{room}.rs"), out);
    }
    files.insert("messages.rs".to_owned(), root);
    files
}

fn accessor(out: &mut String, message: &ast::Message<&str>) {
    let id = message.id.name;
    let pattern = message.value.as_ref().unwrap_or_else(|| panic!("`{id}` has no value"));
    let comment: Vec<&str> = message.comment.iter().flat_map(|comment| comment.content.iter().copied()).collect();
    let declared = declared(id, &comment);
    let used = variables(pattern);
    let names: BTreeSet<String> = declared.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert!(names == used, "`{id}` uses {used:?}, its comment declares {names:?}");

    let _ = write!(out, "\n    /// {}\n", literal_text(pattern).replace('[', "\\[").replace('<', "\\<"));
    for line in comment.iter().filter(|line| !line.trim_start().starts_with('$') && !line.trim().is_empty()) {
        let _ = writeln!(out, "    ///\n    /// {}", line.trim());
    }
    let mut parameters = String::new();
    let mut arguments = Vec::new();
    for (name, kind) in &declared {
        let variable = snake(name);
        let (rust_type, value) = match kind {
            ParameterType::Number => ("u64", format!("FluentValue::from({variable})")),
            ParameterType::Text => ("&str", format!("FluentValue::from({variable})")),
        };
        let _ = write!(parameters, ", {variable}: {rust_type}");
        arguments.push(format!("(\"{name}\", {value})"));
    }
    let _ = write!(
        out,
        "    #[must_use]\n    pub fn {}(&self{parameters}) -> String {{\n        self.format(\"{id}\", [{}])\n    }}\n",
        snake(id),
        arguments.join(", ")
    );
}

fn declared<'a>(id: &str, comment: &[&'a str]) -> Vec<(&'a str, ParameterType)> {
    let mut parameters = Vec::new();
    for line in comment {
        let Some(rest) = line.trim_start().strip_prefix('$') else {
            continue;
        };
        let (name, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        let kind = if rest.starts_with("(number)") {
            ParameterType::Number
        } else if rest.starts_with("(text)") {
            ParameterType::Text
        } else {
            panic!("`{id}`: write `${name} (number)` or `${name} (text)`");
        };
        parameters.push((name, kind));
    }
    parameters
}

fn snake(id: &str) -> String {
    id.replace('-', "_")
}

/// Names of the variables that a pattern uses, selectors included.
pub fn variables(pattern: &ast::Pattern<&str>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    visit(pattern, &mut |expression| {
        let inline = match expression {
            Expression::Inline(inline) => inline,
            Expression::Select { selector, .. } => selector,
        };
        if let InlineExpression::VariableReference { id } = inline {
            names.insert(id.name.to_owned());
        }
    });
    names
}

/// For each selector whose keys are plural categories: the categories that it has.
pub fn plural_selectors(pattern: &ast::Pattern<&str>) -> Vec<BTreeSet<String>> {
    let mut selectors = Vec::new();
    visit(pattern, &mut |expression| {
        if let Expression::Select { variants, .. } = expression {
            let names: BTreeSet<String> = variants
                .iter()
                .filter_map(|variant| match &variant.key {
                    VariantKey::Identifier { name } => Some((*name).to_owned()),
                    VariantKey::NumberLiteral { .. } => None,
                })
                .collect();
            let by_number = variants.iter().filter(|v| matches!(v.key, VariantKey::NumberLiteral { .. })).count() > 1;
            if !by_number && names.iter().all(|name| plural::CATEGORIES.contains(&name.as_str())) {
                selectors.push(names);
            }
        }
    });
    selectors
}

/// The words of a pattern on one line, variables as `{name}`, the last variant of each selector.
pub fn literal_text(pattern: &ast::Pattern<&str>) -> String {
    let mut out = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => out.push_str(&value.replace('\n', " ")),
            PatternElement::Placeable { expression: Expression::Inline(inline) } => match inline {
                InlineExpression::VariableReference { id } => {
                    let _ = write!(out, "`{}`", snake(id.name));
                }
                InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
                    out.push_str(value);
                }
                _ => out.push('…'),
            },
            PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                if let Some(variant) = variants.iter().find(|variant| variant.default) {
                    out.push_str(&literal_text(&variant.value));
                }
            }
        }
    }
    out
}

fn visit(pattern: &ast::Pattern<&str>, on: &mut impl FnMut(&Expression<&str>)) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            on(expression);
            if let Expression::Select { variants, .. } = expression {
                for variant in variants {
                    visit(&variant.value, on);
                }
            }
        }
    }
}

/// Ids of all messages, each with the English words, in the order of the files: for reference pages.
pub fn message_index() -> BTreeMap<&'static str, String> {
    let mut index = BTreeMap::new();
    for file in catalogue::files(Language::English) {
        if let Ok(resource) = fluent_syntax::parser::parse(file.text) {
            for entry in &resource.body {
                if let ast::Entry::Message(ast::Message { id, value: Some(value), .. }) = entry {
                    index.insert(id.name, literal_text(value));
                }
            }
        }
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_accessors_are_the_generated_ones() {
        for (path, text) in codegen() {
            let committed = std::fs::read_to_string(std::path::Path::new("src").join(&path)).unwrap_or_default();
            assert!(committed == text, "src/{path} is stale: run `cargo xtask codegen`");
        }
    }

    #[test]
    #[should_panic(expected = "`$rows (number)`")]
    fn a_variable_needs_a_type() {
        declared("x", &["$rows how many"]);
    }

    #[test]
    fn words_of_a_pattern() {
        let source = "x = Read { $rows ->\n    [one] one row\n   *[other] { $rows } rows\n } from { $file-name }\n";
        let resource = fluent_syntax::parser::parse(source).unwrap();
        let ast::Entry::Message(message) = &resource.body[0] else { panic!("not a message") };
        let pattern = message.value.as_ref().unwrap();
        assert_eq!(literal_text(pattern), "Read `rows` rows from `file_name`");
        assert_eq!(variables(pattern).into_iter().collect::<Vec<_>>(), ["file-name", "rows"]);
        assert_eq!(plural_selectors(pattern).len(), 1);
    }
}
