//! How many digits after the point a part's numbers have.

use mizan_model::contract::{Contract, FieldType};
use sqlparser::ast::{BinaryOperator, Expr};

use crate::render;

/// Digits after the point to which a floating-point value is rounded, each on its own, before it becomes part of
/// moments or an extreme: so the part does not depend on the order of rows.
pub(super) const DOUBLE_DIGITS: u8 = 6;

/// Whether an argument is floating point: it names such a field or calls a function that gives one.
pub(super) fn is_double(argument: &Expr, contract: &Contract) -> bool {
    const DOUBLE_FUNCTIONS: [&str; 3] = ["hours(", "days(", "working_hours("];
    let text = argument.to_string();
    DOUBLE_FUNCTIONS.iter().any(|function| text.contains(function))
        || render::fields(argument, contract)
            .iter()
            .any(|name| contract.field(name).is_some_and(|f| f.field_type == FieldType::Double))
}

/// Digits after the point of a fixed-point argument, as the engine's arithmetic gives them: a product has those of both
/// factors, everything else those of the finer side. Whole numbers have none.
pub(super) fn decimal_scale(argument: &Expr, contract: &Contract) -> u8 {
    match argument {
        Expr::Identifier(name) => match contract.field(&name.value).map(|field| &field.field_type) {
            Some(FieldType::Decimal { scale }) => *scale,
            _ => 0,
        },
        Expr::BinaryOp { left, op: BinaryOperator::Multiply, right } => {
            decimal_scale(left, contract) + decimal_scale(right, contract)
        }
        other => {
            // `CASE`, `coalesce` and the like: the finest of their parts.
            let direct = children(other);
            direct.into_iter().map(|child| decimal_scale(child, contract)).max().unwrap_or(0)
        }
    }
}

/// Direct sub-expressions that give the value of an expression.
fn children(expression: &Expr) -> Vec<&Expr> {
    match expression {
        Expr::Nested(inner) | Expr::UnaryOp { expr: inner, .. } => vec![inner],
        Expr::BinaryOp { left, right, .. } => vec![left, right],
        Expr::Case { conditions, else_result, .. } => {
            conditions.iter().map(|when| &when.result).chain(else_result.as_deref()).collect()
        }
        Expr::Function(function) => render::arguments(function),
        _ => Vec::new(),
    }
}
