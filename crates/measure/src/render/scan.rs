//! Expressions inside of a scan: codes as they are stored, conditions column by column.

use std::ops::ControlFlow;

use mizan_model::contract::{Contract, FieldType};
use sqlparser::ast::{
    BinaryOperator, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentList, FunctionArguments, Ident,
    ObjectName, UnaryOperator, Value, VisitMut, VisitorMut,
};

use super::{Words, arguments, quoted, tree};

/// The expression as engine SQL for a scan, where codes are as they are stored, and conditions are looked at column by
/// column: see [`crate::functions`], `mizan_is`, `mizan_text` and `mizan_and`.
pub fn scan_sql(expression: &Expr, words: Words<'_>) -> String {
    let mut expression = tree(expression, words);
    let _: ControlFlow<()> = expression.visit(&mut Scanned { contract: words.contract });
    expression.to_string()
}

/// A field as text in a scan.
pub fn scanned_field(name: &str, contract: &Contract) -> String {
    if is_code(name, contract) { format!("mizan_text({})", quoted(name)) } else { quoted(name) }
}

fn is_code(name: &str, contract: &Contract) -> bool {
    contract.field(name).is_some_and(|field| matches!(field.field_type, FieldType::Code { .. }))
}

/// Compares codes as they are stored, and replaces `a AND b` by `mizan_and(a, b)` where `b` cannot fail, so that nobody
/// needs `a` to guard it.
struct Scanned<'a> {
    contract: &'a Contract,
}

impl VisitorMut for Scanned<'_> {
    type Break = ();

    fn post_visit_expr(&mut self, expression: &mut Expr) -> ControlFlow<()> {
        let replaced = match expression {
            Expr::Identifier(name) if is_code(&name.value, self.contract) => {
                Some(call("mizan_text", vec![expression.clone()]))
            }
            Expr::Function(function) if function.name.to_string().eq_ignore_ascii_case("hs") => {
                // What it cuts of a stored code is a stored code again.
                take_stored(function).then(|| call("mizan_text", vec![expression.clone()]))
            }
            Expr::Function(function) => {
                let arguments = arguments(function);
                let are_stamps = || arguments.iter().all(|argument| is_stamp(argument, self.contract));
                let as_they_are = || arguments.iter().copied().cloned().collect();
                match function.name.to_string().to_ascii_lowercase().as_str() {
                    "least" if are_stamps() => Some(call("mizan_earliest", as_they_are())),
                    "greatest" if are_stamps() => Some(call("mizan_latest", as_they_are())),
                    "length" => {
                        arguments.first().and_then(|code| stored(code)).map(|code| call("mizan_length", vec![code]))
                    }
                    _ => None,
                }
            }
            Expr::IsNull(inner) => stored(inner).map(|code| Expr::IsNull(Box::new(code))),
            Expr::IsNotNull(inner) => stored(inner).map(|code| Expr::IsNotNull(Box::new(code))),
            Expr::BinaryOp { left, op: op @ (BinaryOperator::Eq | BinaryOperator::NotEq), right } => {
                let (code, text) = if is_text(right) { (&*left, &*right) } else { (&*right, &*left) };
                let negated = *op == BinaryOperator::NotEq;
                match (stored(left), stored(right)) {
                    (Some(a), Some(b)) => Some(negated_if(negated, call("mizan_same", vec![a, b]))),
                    _ if is_text(text) => stored(code)
                        .map(|code| negated_if(negated, call("mizan_is", vec![code, text.as_ref().clone()]))),
                    _ => None,
                }
            }
            Expr::InList { expr, list, negated } if list.iter().all(is_text) => stored(expr)
                .map(|code| std::iter::once(code).chain(list.iter().cloned()).collect())
                .map(|arguments| negated_if(*negated, call("mizan_is", arguments))),
            Expr::BinaryOp { left, op: BinaryOperator::And, right } if cannot_fail(right) => {
                Some(call("mizan_and", vec![left.as_ref().clone(), right.as_ref().clone()]))
            }
            _ => None,
        };
        if let Some(replaced) = replaced {
            *expression = replaced;
        }
        ControlFlow::Continue(())
    }
}

fn is_stamp(expression: &Expr, contract: &Contract) -> bool {
    match expression {
        Expr::Identifier(name) => {
            contract.field(&name.value).is_some_and(|field| field.field_type == FieldType::Timestamp)
        }
        _ => false,
    }
}

/// The code inside `mizan_text(code)`.
fn stored(expression: &Expr) -> Option<Expr> {
    match expression {
        Expr::Function(function) if function.name.to_string() == "mizan_text" => {
            arguments(function).first().copied().cloned()
        }
        Expr::Nested(inner) => stored(inner),
        _ => None,
    }
}

/// Hands the codes of a function to it as they are stored; whether it had one.
fn take_stored(function: &mut Function) -> bool {
    let FunctionArguments::List(list) = &mut function.args else { return false };
    let mut has_code = false;
    for argument in &mut list.args {
        if let FunctionArg::Unnamed(FunctionArgExpr::Expr(expression)) = argument
            && let Some(code) = stored(expression)
        {
            *expression = code;
            has_code = true;
        }
    }
    has_code
}

fn is_text(expression: &Expr) -> bool {
    matches!(expression, Expr::Value(value) if matches!(value.value, Value::SingleQuotedString(_)))
}

/// A condition, or its negation in parentheses.
fn negated_if(negated: bool, condition: Expr) -> Expr {
    if !negated {
        return condition;
    }
    Expr::Nested(Box::new(Expr::UnaryOp { op: UnaryOperator::Not, expr: Box::new(condition) }))
}

/// Functions that have an answer to everything.
const TOTAL: [&str; 9] =
    ["mizan_and", "mizan_is", "mizan_same", "mizan_text", "mizan_length", "hours", "days", "local_date", "local_hour"];

/// Whether an expression only compares fields and constants, joins such comparisons, and does with them what has always an
/// answer.
fn cannot_fail(expression: &Expr) -> bool {
    use BinaryOperator::{And, Eq, Gt, GtEq, Lt, LtEq, NotEq, Or};
    match expression {
        Expr::Identifier(_) | Expr::Value(_) => true,
        Expr::Nested(inner)
        | Expr::UnaryOp { op: UnaryOperator::Not, expr: inner }
        | Expr::IsNull(inner)
        | Expr::IsNotNull(inner) => cannot_fail(inner),
        Expr::BinaryOp { left, op: And | Or | Eq | NotEq | Lt | LtEq | Gt | GtEq, right } => {
            cannot_fail(left) && cannot_fail(right)
        }
        Expr::InList { expr, list, .. } => cannot_fail(expr) && list.iter().all(cannot_fail),
        Expr::Between { expr, low, high, .. } => [expr, low, high].into_iter().all(|part| cannot_fail(part)),
        Expr::BinaryOp { left, op: BinaryOperator::Divide, right } => cannot_fail(left) && is_divisor(right),
        Expr::Function(function) => {
            TOTAL.contains(&function.name.to_string().as_str()) && arguments(function).into_iter().all(cannot_fail)
        }
        _ => false,
    }
}

/// Whether an expression is a number other than 0.
fn is_divisor(expression: &Expr) -> bool {
    match expression {
        Expr::Value(value) => match &value.value {
            Value::Number(text, _) => text.parse::<f64>().is_ok_and(|number| number != 0.0),
            _ => false,
        },
        _ => false,
    }
}

/// A plain call of a function.
fn call(name: &str, arguments: Vec<Expr>) -> Expr {
    let unnamed = |argument| FunctionArg::Unnamed(FunctionArgExpr::Expr(argument));
    Expr::Function(Function {
        name: ObjectName::from(vec![Ident::new(name)]),
        uses_odbc_syntax: false,
        parameters: FunctionArguments::None,
        args: FunctionArguments::List(FunctionArgumentList {
            duplicate_treatment: None,
            args: arguments.into_iter().map(unnamed).collect(),
            clauses: Vec::new(),
        }),
        filter: None,
        null_treatment: None,
        over: None,
        within_group: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_with;
    use super::*;

    fn check(written: &str, expect: &str) {
        check_with(scan_sql, written, expect);
    }

    #[test]
    fn conjunctions_are_guards_only_where_something_can_fail() {
        check(
            "channel = 'red' AND NOT at IS NULL AND clock > INTERVAL '1 hour'",
            "mizan_and(mizan_and(mizan_is(\"channel\", 'red'), NOT \"at\" IS NULL), \"k0\" > 3600000000)",
        );
        check("clock > 0 AND 1 / clock > 2", "\"k0\" > 0 AND 1 / \"k0\" > 2");
        check("clock > 0 AND clock / 0 > 2", "\"k0\" > 0 AND \"k0\" / 0 > 2");
        check("clock > 0 AND hours(at, at) / 60.0 > 2", "mizan_and(\"k0\" > 0, hours(\"at\", \"at\") / 60.0 > 2)");
    }

    #[test]
    fn codes_are_compared_as_they_are_stored() {
        check("channel = 'red' OR 'red' = (channel)", "mizan_is(\"channel\", 'red') OR mizan_is(\"channel\", 'red')");
        check("NOT channel <> 'red'", "NOT (NOT mizan_is(\"channel\", 'red'))");
        check("channel NOT IN ('red', 'blue')", "(NOT mizan_is(\"channel\", 'red', 'blue'))");
        check("in_list(channel, 'channel.stop')", "mizan_is(\"channel\", 'red', 'yellow')");
        check("channel IS NOT NULL", "\"channel\" IS NOT NULL");
        check("channel > 'red'", "mizan_text(\"channel\") > 'red'");
        check("hs(channel, 2) = '01'", "mizan_is(hs(\"channel\", 2), '01')");
        check("hs(channel, 2) <> hs(channel, 4)", "(NOT mizan_same(hs(\"channel\", 2), hs(\"channel\", 4)))");
        check("hs(channel, 2)", "mizan_text(hs(\"channel\", 2))");
        check("channel = channel", "mizan_same(\"channel\", \"channel\")");
        check("length(channel) = 3", "mizan_length(\"channel\") = 3");
        check("LENGTH(lower(channel)) = 3", "LENGTH(lower(mizan_text(\"channel\"))) = 3");
    }

    #[test]
    fn the_earliest_of_stamps_is_our_own() {
        check("least(at, at)", "mizan_earliest(\"at\", \"at\")");
        check("least(at, local_date(at))", "least(\"at\", local_date(\"at\", 'Africa/Nairobi'))");
    }
}
