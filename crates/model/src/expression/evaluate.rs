//! Computes what remains of an expression over merged parts: arithmetic, comparisons and functions over parts.
//!
//! Three-valued logic as in SQL; a division by zero gives NULL, so that a value is never infinite. Durations are
//! minutes, and so are interval literals.

use sqlparser::ast::{
    BinaryOperator, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, ObjectNamePart, UnaryOperator,
    Value as Literal, ValueWithSpan,
};

use super::allow::interval_minutes;
use super::functions::{self, FunctionKind};

/// Result of an expression.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// Not known.
    Null,
    /// A finite number.
    Number(f64),
    /// The answer of a check.
    Bool(bool),
}

impl Value {
    /// The number, if it is one.
    pub fn as_number(self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The truth value, if it is one.
    pub fn as_bool(self) -> Option<bool> {
        match self {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    fn from_number(number: Option<f64>) -> Self {
        number.filter(|n| n.is_finite()).map_or(Value::Null, Value::Number)
    }

    fn from_bool(value: Option<bool>) -> Self {
        value.map_or(Value::Null, Value::Bool)
    }
}

/// Where names and functions over parts get their values.
pub trait Scope {
    /// Value of a part or KPI; `None`: NULL.
    fn number(&self, name: &str) -> Option<f64>;

    /// A function over parts: `quantile(h, 0.9)` asks for function `quantile`, parts `["h"]`, arguments `[0.9]`;
    /// `capture_share(scored, hits, 0.05)` has two parts. `None`: NULL.
    fn call(&self, function: &str, parts: &[&str], arguments: &[f64]) -> Option<f64>;
}

/// An expression that the allow-list would not have let pass.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvaluateError {
    /// The form is not part of the language.
    #[error("`{0}` cannot be computed over parts")]
    Form(String),
    /// A truth value where a number is needed, or the reverse.
    #[error("`{0}` has the wrong type here")]
    Type(String),
}

/// Computes a tree over a scope.
///
/// # Errors
/// The tree holds a form that the language does not have, or mixes numbers and truth values.
pub fn evaluate(tree: &Expr, scope: &dyn Scope) -> Result<Value, EvaluateError> {
    match tree {
        Expr::Nested(inner) => evaluate(inner, scope),
        Expr::Identifier(ident) => Ok(Value::from_number(scope.number(&ident.value))),
        Expr::Value(literal) => self::literal(&literal.value, tree),
        Expr::Interval(interval) => {
            interval_minutes(interval).map(Value::Number).map_err(|_| EvaluateError::Form(tree.to_string()))
        }
        Expr::UnaryOp { op: UnaryOperator::Not, expr } => Ok(Value::from_bool(truth(expr, scope)?.map(|b| !b))),
        Expr::UnaryOp { op: UnaryOperator::Minus, expr } => Ok(Value::from_number(number(expr, scope)?.map(|n| -n))),
        Expr::UnaryOp { op: UnaryOperator::Plus, expr } => Ok(Value::from_number(number(expr, scope)?)),
        Expr::BinaryOp { left, op, right } => binary(left, op, right, tree, scope),
        Expr::IsNull(inner) => Ok(Value::Bool(evaluate(inner, scope)? == Value::Null)),
        Expr::IsNotNull(inner) => Ok(Value::Bool(evaluate(inner, scope)? != Value::Null)),
        Expr::IsDistinctFrom(left, right) => Ok(Value::Bool(evaluate(left, scope)? != evaluate(right, scope)?)),
        Expr::IsNotDistinctFrom(left, right) => Ok(Value::Bool(evaluate(left, scope)? == evaluate(right, scope)?)),
        Expr::Between { expr, negated, low, high } => {
            let (value, low, high) = (number(expr, scope)?, number(low, scope)?, number(high, scope)?);
            let inside = and(pair(value, low).map(|(v, l)| v >= l), pair(value, high).map(|(v, h)| v <= h));
            Ok(Value::from_bool(inside.map(|b| b != *negated)))
        }
        Expr::InList { expr, list, negated } => {
            let value = number(expr, scope)?;
            let mut found = Some(false);
            for element in list {
                found = or(found, pair(value, number(element, scope)?).map(|(a, b)| a == b));
            }
            Ok(Value::from_bool(found.map(|b| b != *negated)))
        }
        Expr::Case { operand, conditions, else_result, .. } => {
            for when in conditions {
                let holds = match operand {
                    Some(operand) => {
                        pair(number(operand, scope)?, number(&when.condition, scope)?).map(|(a, b)| a == b)
                    }
                    None => truth(&when.condition, scope)?,
                };
                if holds == Some(true) {
                    return evaluate(&when.result, scope);
                }
            }
            else_result.as_ref().map_or(Ok(Value::Null), |other| evaluate(other, scope))
        }
        // Over parts everything is a double, so a cast between numbers only matters for whole numbers.
        Expr::Cast { expr, data_type, .. } => {
            let whole = data_type.to_string().to_uppercase().contains("INT");
            Ok(Value::from_number(number(expr, scope)?.map(|n| if whole { n.trunc() } else { n })))
        }
        Expr::Ceil { expr, .. } => Ok(Value::from_number(number(expr, scope)?.map(f64::ceil))),
        Expr::Floor { expr, .. } => Ok(Value::from_number(number(expr, scope)?.map(f64::floor))),
        Expr::Function(function) => call(function, tree, scope),
        _ => Err(EvaluateError::Form(tree.to_string())),
    }
}

fn literal(literal: &Literal, tree: &Expr) -> Result<Value, EvaluateError> {
    match literal {
        Literal::Number(text, _) => Ok(Value::from_number(text.parse().ok())),
        Literal::Boolean(value) => Ok(Value::Bool(*value)),
        Literal::Null => Ok(Value::Null),
        _ => Err(EvaluateError::Form(tree.to_string())),
    }
}

fn number(tree: &Expr, scope: &dyn Scope) -> Result<Option<f64>, EvaluateError> {
    match evaluate(tree, scope)? {
        Value::Number(number) => Ok(Some(number)),
        Value::Null => Ok(None),
        Value::Bool(_) => Err(EvaluateError::Type(tree.to_string())),
    }
}

fn truth(tree: &Expr, scope: &dyn Scope) -> Result<Option<bool>, EvaluateError> {
    match evaluate(tree, scope)? {
        Value::Bool(value) => Ok(Some(value)),
        Value::Null => Ok(None),
        Value::Number(_) => Err(EvaluateError::Type(tree.to_string())),
    }
}

fn pair(left: Option<f64>, right: Option<f64>) -> Option<(f64, f64)> {
    Some((left?, right?))
}

fn and(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn or(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    and(left.map(|b| !b), right.map(|b| !b)).map(|b| !b)
}

fn binary(
    left: &Expr,
    op: &BinaryOperator,
    right: &Expr,
    tree: &Expr,
    scope: &dyn Scope,
) -> Result<Value, EvaluateError> {
    let logic = |f: fn(Option<bool>, Option<bool>) -> Option<bool>| {
        Ok(Value::from_bool(f(truth(left, scope)?, truth(right, scope)?)))
    };
    let arithmetic = |f: fn(f64, f64) -> f64| {
        Ok(Value::from_number(pair(number(left, scope)?, number(right, scope)?).map(|(a, b)| f(a, b))))
    };
    let compare = |f: fn(&f64, &f64) -> bool| {
        Ok(Value::from_bool(pair(number(left, scope)?, number(right, scope)?).map(|(a, b)| f(&a, &b))))
    };
    match op {
        BinaryOperator::And => logic(and),
        BinaryOperator::Or => logic(or),
        BinaryOperator::Plus => arithmetic(|a, b| a + b),
        BinaryOperator::Minus => arithmetic(|a, b| a - b),
        BinaryOperator::Multiply => arithmetic(|a, b| a * b),
        BinaryOperator::Divide => arithmetic(|a, b| if b == 0.0 { f64::NAN } else { a / b }),
        BinaryOperator::Eq => compare(f64::eq),
        BinaryOperator::NotEq => compare(f64::ne),
        BinaryOperator::Lt => compare(f64::lt),
        BinaryOperator::LtEq => compare(f64::le),
        BinaryOperator::Gt => compare(f64::gt),
        BinaryOperator::GtEq => compare(f64::ge),
        _ => Err(EvaluateError::Form(tree.to_string())),
    }
}

fn call(function: &Function, tree: &Expr, scope: &dyn Scope) -> Result<Value, EvaluateError> {
    let fail = || EvaluateError::Form(tree.to_string());
    let ([ObjectNamePart::Identifier(name)], FunctionArguments::List(list)) =
        (function.name.0.as_slice(), &function.args)
    else {
        return Err(fail());
    };
    let name = name.value.to_lowercase();
    let mut arguments = Vec::new();
    for argument in &list.args {
        match argument {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => arguments.push(expr),
            _ => return Err(fail()),
        }
    }
    if functions::find(&name).is_some_and(|f| f.kind == FunctionKind::OverParts) {
        let count = functions::part_arguments(&name).min(arguments.len());
        let (parts, numbers) = arguments.split_at(count);
        let parts: Option<Vec<&str>> = parts.iter().map(|part| part_name(part)).collect();
        let mut values = Vec::new();
        for argument in numbers {
            match number(argument, scope)? {
                Some(value) => values.push(value),
                None => return Ok(Value::Null),
            }
        }
        return Ok(Value::from_number(scope.call(&name, &parts.ok_or_else(fail)?, &values)));
    }
    // `coalesce` stops at the first value, so that what comes after need not exist.
    if name == "coalesce" {
        for argument in arguments {
            let value = evaluate(argument, scope)?;
            if value != Value::Null {
                return Ok(value);
            }
        }
        return Ok(Value::Null);
    }
    let values = arguments.into_iter().map(|a| number(a, scope)).collect::<Result<Vec<_>, _>>()?;
    let known = values.iter().copied().flatten();
    let result = match (name.as_str(), values.as_slice()) {
        ("nullif", [value, other]) => {
            if value.is_some() && value == other {
                None
            } else {
                *value
            }
        }
        ("abs", [value]) => value.map(f64::abs),
        ("ceil", [value]) => value.map(f64::ceil),
        ("floor", [value]) => value.map(f64::floor),
        ("round", [value]) => value.map(f64::round),
        ("round", [value, digits]) => pair(*value, *digits).map(|(value, digits)| {
            let factor = 10_f64.powi(digits as i32);
            (value * factor).round() / factor
        }),
        // As in PostgreSQL and DataFusion, NULL is skipped.
        ("greatest", _) => known.reduce(f64::max),
        ("least", _) => known.reduce(f64::min),
        _ => return Err(fail()),
    };
    Ok(Value::from_number(result))
}

fn part_name(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Nested(inner) => part_name(inner),
        Expr::Identifier(ident) => Some(&ident.value),
        Expr::Value(ValueWithSpan { .. }) => None,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::parse_tree;

    struct Parts;

    impl Scope for Parts {
        fn number(&self, name: &str) -> Option<f64> {
            match name {
                "two" => Some(2.0),
                "ten" => Some(10.0),
                "zero" => Some(0.0),
                _ => None,
            }
        }

        fn call(&self, function: &str, parts: &[&str], arguments: &[f64]) -> Option<f64> {
            match (function, parts, arguments) {
                ("quantile", ["h"], [p]) => Some(100.0 * p),
                ("capture_share", ["scored", "hits"], [p]) => Some(*p),
                ("mean", ["m"], []) => Some(90.0),
                _ => None,
            }
        }
    }

    fn check(text: &str, expect: Value) {
        let tree = parse_tree(text).expect("valid SQL");
        assert_eq!(evaluate(&tree, &Parts), Ok(expect), "{text}");
    }

    #[test]
    fn arithmetic() {
        check("(two + ten) * 2 - -1", Value::Number(25.0));
        check("ten / two / 5", Value::Number(1.0));
        check("1 / 2", Value::Number(0.5));
        check("round(ten / 3.0, 2)", Value::Number(3.33));
        check("abs(two - ten)", Value::Number(8.0));
        check("CAST(7.9 AS BIGINT)", Value::Number(7.0));
    }

    #[test]
    fn division_by_zero_is_null() {
        check("ten / zero", Value::Null);
        check("zero / zero", Value::Null);
        check("two / nullif(ten / zero, 0)", Value::Null);
        check("coalesce(ten / zero, 3)", Value::Number(3.0));
    }

    #[test]
    fn three_valued_logic() {
        check("unknown > 1 AND two > 10", Value::Bool(false));
        check("unknown > 1 OR two < 10", Value::Bool(true));
        check("unknown > 1 OR two > 10", Value::Null);
        check("NOT (unknown > 1)", Value::Null);
        check("unknown IS NULL", Value::Bool(true));
        check("unknown IS NOT DISTINCT FROM NULL", Value::Bool(true));
        check("two IN (1, NULL)", Value::Null);
        check("two NOT IN (1, 3)", Value::Bool(true));
        check("two BETWEEN 2 AND unknown", Value::Null);
        check("two BETWEEN 3 AND unknown", Value::Bool(false));
        check("greatest(unknown, two)", Value::Number(2.0));
    }

    #[test]
    fn functions_over_parts() {
        check("quantile(h, 0.9) / 60.0", Value::Number(1.5));
        check("mean(m) / 60.0", Value::Number(1.5));
        check("capture_share(scored, hits, 0.05)", Value::Number(0.05));
        check("quantile(other, 0.9)", Value::Null);
    }

    #[test]
    fn cases_and_intervals() {
        check("CASE WHEN two > 1 THEN 7 ELSE ten / zero END", Value::Number(7.0));
        check("CASE two WHEN 1 THEN 7 END", Value::Null);
        check("ten <= INTERVAL '1 hour'", Value::Bool(true));
    }

    #[test]
    fn mixed_types_are_errors() {
        let tree = parse_tree("two AND ten").expect("valid SQL");
        assert_eq!(evaluate(&tree, &Parts), Err(EvaluateError::Type("two".into())));
    }
}
