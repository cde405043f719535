//! The allow-list: which forms of SQL an expression may use, by place.
//!
//! DataFusion's own parser accepts sub-queries and window functions in an expression string. So the tree is
//! walked before anything is planned, and every form that is not named here is refused.

mod calls;
mod forms;
mod literals;

pub(crate) use literals::interval_minutes;

use std::collections::BTreeMap;

use sqlparser::ast::{Expr, Ident, Spanned};
use sqlparser::tokenizer::Span;

use crate::contract::{CodeList, Field, FieldType};
use crate::diagnostic::Diagnostic;
use crate::source::suggestion;

/// Place of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Over the fields of one record.
    Scalar,
    /// Aggregates over many records, and arithmetic over them.
    Aggregate,
    /// Arithmetic and functions over named parts.
    Value,
    /// A contract's `derive`: like an aggregate, but its result stays in the node, so it need not merge.
    Derive,
}

/// What an expression may name.
#[derive(Debug, Clone, Copy)]
pub enum Names<'a> {
    /// Fields of a contract.
    Fields(&'a [Field]),
    /// Parts or KPIs.
    Parts(&'a [String]),
    /// Not known, because the contract is not: names are not checked.
    Anything,
}

/// What the walk needs to know around an expression.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Place.
    pub place: Place,
    /// Names that may be used.
    pub names: Names<'a>,
    /// The KPI has a clock.
    pub clock: bool,
    /// Code lists of the framework.
    pub lists: &'a BTreeMap<String, CodeList>,
}

/// Where the walk stands inside an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// Fields may be named.
    Record,
    /// Outside all aggregate calls of an aggregate.
    OverParts,
    /// In a value.
    Value,
}

struct Walk<'a, F> {
    context: &'a Context<'a>,
    add: F,
    calls: usize,
    too_deep: bool,
}

/// Walks a tree; `add` receives each finding with its place and the words under it.
pub(super) fn walk(tree: &Expr, context: &Context<'_>, add: impl FnMut(Diagnostic, Option<Span>, &str)) {
    let inside = match context.place {
        Place::Scalar => Inside::Record,
        Place::Aggregate | Place::Derive => Inside::OverParts,
        Place::Value => Inside::Value,
    };
    let mut walk = Walk { context, add, calls: 0, too_deep: false };
    walk.expr(tree, inside, 0);
    if inside == Inside::OverParts && walk.calls == 0 && !walk.too_deep {
        let finding = Diagnostic::error("F0328", "there is no aggregate call")
            .help("an aggregate place needs one, for example `count(*)` or `sum(amount)`");
        walk.refuse(finding, tree.span(), "nothing is aggregated here");
    }
}

impl<F: FnMut(Diagnostic, Option<Span>, &str)> Walk<'_, F> {
    fn refuse(&mut self, diagnostic: Diagnostic, span: Span, label: &str) {
        let span = (span.start.line > 0).then_some(span);
        (self.add)(diagnostic, span, label);
    }

    fn name(&mut self, ident: &Ident, inside: Inside) {
        if ident.quote_style.is_some() {
            return; // already refused by its token
        }
        let name = ident.value.as_str();
        // sqlparser takes a keyword without its operand for a name.
        if ["not", "case", "interval", "exists", "cast"].contains(&name.to_lowercase().as_str()) {
            let finding = Diagnostic::error("F0301", format!("`{name}` has nothing behind it"))
                .help("complete the expression, or leave the word out");
            return self.refuse(finding, ident.span, "here");
        }
        if name.chars().any(char::is_uppercase) {
            let lower = name.to_lowercase();
            if super::functions::refused(&lower) == Some(super::functions::Refused::Volatile) {
                return self.volatile(&lower, ident.span);
            }
            let finding = Diagnostic::error("F0325", format!("`{name}` has capital letters"))
                .help(format!("names are in lower snake case: `{lower}`"));
            return self.refuse(finding, ident.span, "capital letters");
        }
        if name == "clock" {
            return self.clock(ident, inside);
        }
        match (inside, self.context.names) {
            (_, Names::Anything) => {}
            (Inside::Value, Names::Parts(parts)) => {
                if !parts.iter().any(|p| p == name) {
                    let words: Vec<&str> = parts.iter().map(String::as_str).collect();
                    let mut finding = Diagnostic::error("F0207", format!("there is no part `{name}`"));
                    finding.help = suggestion(name, &words);
                    self.refuse(finding, ident.span, "unknown part");
                }
            }
            (Inside::OverParts, _) => {
                let finding = Diagnostic::error("F0318", format!("`{name}` stands outside an aggregate call"))
                    .why("outside the calls there are only merged parts, no records")
                    .help(format!("aggregate it, for example `sum({name})` or `count(*) FILTER (WHERE {name} …)`"));
                self.refuse(finding, ident.span, "not inside an aggregate call");
            }
            (_, Names::Fields(fields)) => {
                if !fields.iter().any(|f| f.name == name) {
                    self.unknown_field(name, fields, ident.span);
                }
            }
            (_, Names::Parts(_)) => {}
        }
    }

    fn unknown_field(&mut self, name: &str, fields: &[Field], span: Span) {
        if super::functions::refused(name) == Some(super::functions::Refused::Volatile) {
            return self.volatile(name, span);
        }
        let names: Vec<&str> = fields.iter().map(|f| f.name.as_str()).collect();
        let mut finding = Diagnostic::error("F0202", format!("the contract has no field `{name}`"));
        finding.help = suggestion(name, &names);
        self.refuse(finding, span, "unknown field");
    }

    fn volatile(&mut self, name: &str, span: Span) {
        let finding = Diagnostic::error("F0308", format!("`{name}` gives another answer each time"))
            .why("the same records must give the same value on any day and any machine")
            .help("name a field of the record instead");
        self.refuse(finding, span, "volatile");
    }

    fn clock(&mut self, ident: &Ident, inside: Inside) {
        let help = "write it inside an aggregate call of a KPI that has a `[clock]` block";
        let finding = if inside != Inside::Record || self.context.place != Place::Aggregate {
            Diagnostic::error("F0319", "`clock` cannot be used here").help(help)
        } else if !self.context.clock {
            Diagnostic::error("F0319", "`clock` is used, but these records have no clock").help(help)
        } else {
            return;
        };
        self.refuse(finding, ident.span, "no clock here");
    }

    /// The closed list of a coded field, if the expression is one.
    fn closed_list(&self, expr: &Expr) -> Option<&CodeList> {
        let (Expr::Identifier(ident), Names::Fields(fields)) = (unnest(expr), self.context.names) else { return None };
        let field = fields.iter().find(|f| f.name == ident.value)?;
        let FieldType::Code { list: Some(list) } = &field.field_type else { return None };
        self.context.lists.get(list).filter(|l| !l.open)
    }
}

/// The expression without its outer parentheses.
fn unnest(expr: &Expr) -> &Expr {
    match expr {
        Expr::Nested(inner) => unnest(inner),
        other => other,
    }
}
