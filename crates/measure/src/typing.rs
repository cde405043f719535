//! Types of a definition's expressions, checked by the engine's planner against the contract.
//!
//! The syntax walk of crate `model` lets only the restricted language through; here each expression is planned over the
//! contract's columns, so that a definition with a wrong type is found when it is written and not when it is run. What
//! plain SQL would let pass and compute silently wrong is refused too:
//!
//! | code | finding |
//! |---|---|
//! | F0210 | the expression does not have a type, or not the one that its place asks for |
//! | F0211 | text compared with a number, a date or a truth value |
//! | F0212 | whole number divided by whole number (truncates) |
//! | F0213 | sum over floating point (depends on the order of rows) |

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema};
use datafusion::common::DFSchema;
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::logical_expr::{BinaryExpr, Expr, ExprSchemable, Operator};
use datafusion::prelude::SessionContext;
use mizan_model::contract::Contract;
use mizan_model::diagnostic::Diagnostic;
use mizan_model::expression::Expression;
use mizan_model::expression::parts::{PartKind, cut};
use mizan_model::framework::Framework;
use mizan_model::kpi::{Aggregate, Anchor, Kpi, Measure, Source};

use crate::MeasureError;
use crate::records;
use crate::render::{self, Words};
use crate::session::{SessionLimits, session};

/// Name of the clock's column while types are checked.
const CLOCK: &str = "clock";

/// Checks the types of all KPIs and row checks of a framework.
///
/// # Errors
/// The engine cannot be started.
pub fn check(framework: &Framework, limits: &SessionLimits) -> Result<Vec<Diagnostic>, MeasureError> {
    let context = session(limits).map_err(|e| MeasureError::engine("types", e))?;
    let mut diagnostics = Vec::new();
    for kpi in &framework.kpis {
        let mut checker = Checker { framework, context: &context, kpi, diagnostics: &mut diagnostics };
        checker.kpi();
    }
    Ok(diagnostics)
}

/// What a place asks for.
#[derive(Clone, Copy)]
enum Wanted {
    Truth,
    Moment,
    Number,
    Split,
    Anything,
}

impl Wanted {
    fn accepts(self, found: &DataType) -> bool {
        match self {
            Wanted::Truth => found == &DataType::Boolean,
            Wanted::Moment => {
                matches!(found, DataType::Timestamp(_, _) | DataType::Date32 | DataType::Utf8View | DataType::Utf8)
            }
            Wanted::Number => found.is_numeric(),
            Wanted::Split => found.is_string() || found.is_integer() || found == &DataType::Boolean,
            Wanted::Anything => true,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Wanted::Truth => "true or false",
            Wanted::Moment => "a time stamp, a date or a period",
            Wanted::Number => "a number",
            Wanted::Split => "a text, a whole number or true or false",
            Wanted::Anything => "a value",
        }
    }
}

struct Checker<'a> {
    framework: &'a Framework,
    context: &'a SessionContext,
    kpi: &'a Kpi,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Checker<'_> {
    fn kpi(&mut self) {
        for source in &self.kpi.sources {
            let contract = &self.framework.contracts[&source.contract];
            if let Some(filter) = &source.filter {
                self.scalar(contract, filter, Wanted::Truth);
            }
            if let Anchor::Period(anchor) = &source.anchor {
                self.scalar(contract, anchor, Wanted::Moment);
            }
            if let Some(clock) = &source.clock {
                self.scalar(contract, &clock.start, Wanted::Moment);
                self.scalar(contract, &clock.stop, Wanted::Moment);
            }
        }
        for breakdown in &self.kpi.breakdowns {
            if let (Some(expression), Some(source)) = (&breakdown.expr, self.kpi.sources.first()) {
                self.scalar(&self.framework.contracts[&source.contract], expression, Wanted::Split);
            }
        }
        let mut aggregates: Vec<&Aggregate> = match &self.kpi.measure {
            Measure::Quotient { numerator, denominator } => vec![numerator, denominator],
            Measure::Single(of) | Measure::Change { of, .. } => vec![of],
            Measure::Parts { parts, .. } => parts.iter().map(|(_, aggregate)| aggregate).collect(),
            Measure::Kpis { .. } | Measure::Entered => Vec::new(),
        };
        aggregates.extend(self.kpi.checks.iter().map(|check| &check.assert));
        for aggregate in aggregates {
            self.aggregate(&self.kpi.sources[aggregate.source], &aggregate.expression);
        }
    }

    fn scalar(&mut self, contract: &Contract, expression: &Expression, wanted: Wanted) {
        self.tree(contract, expression, &expression.tree, wanted);
    }

    fn aggregate(&mut self, source: &Source, expression: &Expression) {
        let contract = &self.framework.contracts[&source.contract];
        for call in cut(&expression.tree).calls {
            if let Some(filter) = &call.filter {
                self.tree(contract, expression, filter, Wanted::Truth);
            }
            let Some(argument) = &call.argument else { continue };
            let wanted = match call.kind {
                PartKind::Count | PartKind::Distinct => Wanted::Anything,
                _ => Wanted::Number,
            };
            let found = self.tree(contract, expression, argument, wanted);
            if call.kind == PartKind::Sum && found.is_some_and(|found| found.is_floating()) {
                self.report(
                    expression,
                    "F0213",
                    format!("`sum({argument})` adds floating-point numbers"),
                    "the result would depend on the order of rows",
                    "sum a decimal or whole-number field, or use `moments`",
                );
            }
        }
    }

    /// Type of a tree; `None` where it has none, which was reported.
    fn tree(
        &mut self,
        contract: &Contract,
        expression: &Expression,
        tree: &sqlparser::ast::Expr,
        wanted: Wanted,
    ) -> Option<DataType> {
        let schema = columns(contract);
        let words = Words { contract, lists: &self.framework.lists, zone: "UTC", clock: Some(CLOCK) };
        let sql = render::sql(tree, words);
        let planned = self.context.state().create_logical_expr(&sql, &schema);
        let typed = planned.and_then(|expr| Ok((expr.get_type(&schema)?, expr)));
        let (found, planned) = match typed {
            Ok(typed) => typed,
            Err(error) => {
                let message = error.strip_backtrace();
                let message = message.lines().next().unwrap_or_default().to_owned();
                self.report(
                    expression,
                    "F0210",
                    format!("`{tree}` has no type: {message}"),
                    "the engine could not plan it",
                    "compare and combine fields of fitting types",
                );
                return None;
            }
        };
        if !wanted.accepts(&found) {
            self.report(
                expression,
                "F0210",
                format!("`{tree}` gives {}, the place needs {}", type_words(&found), wanted.words()),
                "the engine would refuse it or change its meaning",
                "write an expression of that type",
            );
        }
        self.silent_errors(expression, &planned, &schema);
        Some(found)
    }

    /// What plain SQL computes without complaint, and wrongly.
    fn silent_errors(&mut self, expression: &Expression, planned: &Expr, schema: &DFSchema) {
        let mut found = Vec::new();
        let walked = planned.apply(|expr| {
            if let Expr::BinaryExpr(BinaryExpr { left, op, right }) = expr
                && let (Ok(a), Ok(b)) = (left.get_type(schema), right.get_type(schema))
            {
                let (text_a, text_b) = (a.is_string(), b.is_string());
                if op.supports_propagation() && text_a != text_b && !a.is_null() && !b.is_null() {
                    found.push((
                        "F0211",
                        format!("`{expr}` compares {} with {}", type_words(&a), type_words(&b)),
                        "the engine would cast one side and fail while it runs",
                        "compare a text with a text literal in single quotes",
                    ));
                }
                if *op == Operator::Divide && a.is_integer() && b.is_integer() {
                    found.push((
                        "F0212",
                        format!("`{expr}` divides whole numbers"),
                        "whole-number division drops the fraction: `1 / 2` is 0",
                        "leave the division to numerator and denominator, or write a number with a point (`2.0`)",
                    ));
                }
            }
            Ok(TreeNodeRecursion::Continue)
        });
        debug_assert!(walked.is_ok(), "the walk itself cannot fail");
        for (code, message, why, help) in found {
            self.report(expression, code, message, why, help);
        }
    }

    fn report(&mut self, expression: &Expression, code: &str, message: String, why: &str, help: &str) {
        self.diagnostics.push(
            Diagnostic::error(code, message).at(&expression.file, expression.span.clone(), "").why(why).help(help),
        );
    }
}

/// The contract's columns and the clock, as the planner sees them.
fn columns(contract: &Contract) -> DFSchema {
    let mut fields: Vec<Field> =
        records::schema(contract).fields().iter().map(|field| field.as_ref().clone()).collect();
    fields.push(Field::new(CLOCK, DataType::Int64, true));
    DFSchema::try_from(Arc::new(Schema::new(fields))).expect("field names of a contract are unique")
}

fn type_words(found: &DataType) -> String {
    match found {
        DataType::Boolean => "true or false".to_owned(),
        DataType::Timestamp(_, _) => "a time stamp".to_owned(),
        DataType::Date32 => "a date".to_owned(),
        DataType::Decimal128(_, _) => "a decimal number".to_owned(),
        found if found.is_string() => "a text".to_owned(),
        found if found.is_integer() => "a whole number".to_owned(),
        found if found.is_floating() => "a floating-point number".to_owned(),
        found => format!("`{found}`"),
    }
}
