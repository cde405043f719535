//! The reference of all files, as Markdown, from the table.

use std::fmt::Write as _;

use super::FileKind;
use super::shape::{Block, Shape};

/// Reference of every block and key of every kind of file.
pub fn reference_markdown() -> String {
    let mut out = String::from(
        "# Files of a framework and of a node\n\nGenerated from the table that the checker uses; do not edit.\n",
    );
    for kind in FileKind::ALL {
        let _ = write!(out, "\n## {kind} file\n");
        block(&mut out, kind.block(), 3);
    }
    out
}

fn block(out: &mut String, block_: &Block, level: usize) {
    let _ = write!(out, "\n{}\n\n| key | value | must | meaning |\n|---|---|---|---|\n", block_.doc);
    for field in block_.fields {
        let must = if field.required { "yes" } else { "" };
        let _ = writeln!(
            out,
            "| `{}` | {} | {must} | {} |",
            field.name,
            describe(&field.shape),
            field.doc.replace('|', "\\|")
        );
    }
    if let Some(shape) = &block_.others {
        let _ = writeln!(out, "| any other | {} | | |", describe(shape));
    }
    for inner in
        block_.fields.iter().filter_map(|f| inner_block(&f.shape)).chain(block_.others.as_ref().and_then(inner_block))
    {
        let _ = write!(out, "\n{} `{}`\n", "#".repeat(level.min(6)), inner.name);
        block(out, inner, level + 1);
    }
}

fn inner_block(shape: &Shape) -> Option<&'static Block> {
    match shape {
        Shape::Block(inner) | Shape::Blocks(inner) => Some(inner),
        Shape::Map(inner) | Shape::List(inner) => inner_block(inner),
        Shape::Either(a, b) => inner_block(a).or_else(|| inner_block(b)),
        _ => None,
    }
}

fn describe(shape: &Shape) -> String {
    match shape {
        Shape::Text => "text".into(),
        Shape::Expression(what) => format!("SQL expression ({what})"),
        Shape::Form(form) => format!("text like `{}`", form.example()),
        Shape::Word(words) => words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", "),
        Shape::Integer(low, high) => format!("whole number, {low} to {high}"),
        Shape::Number(low, high) if *low == f64::MIN && *high == f64::MAX => "number".into(),
        Shape::Number(low, high) => format!("number, {low} to {high}"),
        Shape::Bool => "`true` or `false`".into(),
        Shape::Range => "two numbers, the smaller first".into(),
        Shape::List(element) => format!("list of: {}", describe(element)),
        Shape::Block(inner) => format!("table `{}`", inner.name),
        Shape::Blocks(inner) => format!("tables `{}`", inner.name),
        Shape::Map(inner) => format!("table of names to: {}", describe(inner)),
        Shape::Either(a, b) => format!("{} or {}", describe(a), describe(b)),
        Shape::Any => "anything".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_key_is_there() {
        let text = reference_markdown();
        for kind in FileKind::ALL {
            assert!(text.contains(&format!("## {kind} file")));
        }
        assert!(text.contains("| `min_denominator` | whole number, 0 to 1000000000 | yes |"));
    }
}
