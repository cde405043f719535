//! Which kinds of parts numbers and functions can be made from.

use std::ops::ControlFlow;

use sqlparser::ast::{Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, Ident, visit_expressions};
use sqlparser::tokenizer::Span;

use super::super::read::Reading;
use super::super::{Aggregate, Measure};
use crate::diagnostic::Diagnostic;
use crate::expression::Expression;
use crate::expression::functions::{FunctionKind, find, part_arguments};
use crate::expression::parts::{PartKind, cut};
use crate::source::alternatives;

/// Kinds of parts that a function over parts can read.
fn readable(function: &str) -> &'static [PartKind] {
    match function {
        "quantile" => &[PartKind::HistMinutes, PartKind::HistLog, PartKind::Survival],
        "share_within" => &[PartKind::HistMinutes, PartKind::Survival],
        "mean" | "stddev" => &[PartKind::Moments],
        "distinct_count" => &[PartKind::Distinct],
        "capture_share" => &[PartKind::HistLog],
        _ => &[],
    }
}

/// A histogram where a number is needed, or a sum where a histogram is needed, would give no value and no message.
pub(super) fn check_part_kinds(reading: &Reading<'_>, measure: &Measure) {
    match measure {
        Measure::Quotient { numerator, denominator } => {
            number(reading, numerator);
            number(reading, denominator);
        }
        Measure::Single(one) => number(reading, one),
        Measure::Change { of, .. } => number(reading, of),
        Measure::Parts { parts, value, statistics } => {
            for expression in std::iter::once(value).chain(statistics.iter().map(|s| &s.value)) {
                value_over_parts(reading, expression, parts);
            }
        }
        Measure::Kpis { .. } | Measure::Entered => {}
    }
}

/// Kind of an aggregate: that of its only call, or `None` for arithmetic and numbers.
fn structure(aggregate: &Aggregate) -> Option<PartKind> {
    cut(&aggregate.expression.tree).calls.iter().map(|call| call.kind).find(|kind| kind.is_structured())
}

fn number(reading: &Reading<'_>, aggregate: &Aggregate) {
    let Some(kind) = structure(aggregate) else { return };
    let finding = Diagnostic::error("F0417", format!("`{kind}` is not a number"))
        .at(&aggregate.expression.file, aggregate.expression.span.clone(), "a number is needed")
        .help("use `count`, `sum`, `min` or `max` here, or `parts` with a `value` over them");
    reading.findings.add(finding);
}

fn value_over_parts(reading: &Reading<'_>, expression: &Expression, parts: &[(String, Aggregate)]) {
    let mut read_by_function: Vec<Span> = Vec::new();
    let kind_of = |name: &str| parts.iter().find(|(known, _)| known == name).map(|(_, a)| structure(a));
    let add = |message: String, span: Span, label: &str, help: String| {
        let finding =
            Diagnostic::error("F0417", message).at(&expression.file, expression.place(span), label).help(help);
        reading.findings.add(finding);
    };
    let _ = visit_expressions(&expression.tree, |expr| {
        match expr {
            Expr::Function(call) => {
                let name = call.name.to_string();
                for ident in part_names(call, &name) {
                    read_by_function.push(ident.span);
                    let Some(kind) = kind_of(&ident.value) else { continue };
                    let wanted = readable(&name);
                    if !kind.is_some_and(|k| wanted.contains(&k)) {
                        let what = kind.map_or("a number", PartKind::function);
                        let words: Vec<&str> = wanted.iter().map(|k| k.function()).collect();
                        let help = format!("make the part with {}", alternatives(&words));
                        add(format!("`{name}` cannot read `{what}`"), ident.span, "part of another kind", help);
                    }
                }
            }
            Expr::Identifier(ident) if !read_by_function.contains(&ident.span) => {
                if let Some(Some(kind)) = kind_of(&ident.value) {
                    let words: Vec<&str> =
                        ["quantile", "share_within", "mean", "stddev", "distinct_count", "capture_share"]
                            .into_iter()
                            .filter(|f| readable(f).contains(&kind))
                            .collect();
                    let help = format!("read it with {}", alternatives(&words));
                    add(format!("the part `{}` is not a number", ident.value), ident.span, kind.function(), help);
                }
            }
            _ => {}
        }
        ControlFlow::<()>::Continue(())
    });
}

/// Names of parts among the arguments of a function over parts.
fn part_names<'a>(call: &'a Function, name: &str) -> Vec<&'a Ident> {
    let over_parts = find(name).is_some_and(|f| f.kind == FunctionKind::OverParts);
    let FunctionArguments::List(list) = &call.args else { return Vec::new() };
    let arguments = list.args.iter().take(if over_parts { part_arguments(name) } else { 0 });
    arguments
        .filter_map(|argument| match argument {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(Expr::Identifier(ident))) => Some(ident),
            _ => None,
        })
        .collect()
}
