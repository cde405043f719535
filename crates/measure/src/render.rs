//! Restricted SQL, as definitions write it, becomes the SQL that the engine runs.
//!
//! What changes on the way: `clock` becomes a column of microseconds, interval literals become microseconds,
//! `in_list` becomes `IN (…)`, local time functions get their zone, and names are quoted.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use mizan_model::contract::{CodeList, Contract, FieldType};
use sqlparser::ast::{
    BinaryOperator, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentList, FunctionArguments, Ident,
    Interval, ObjectName, UnaryOperator, Value, VisitMut, VisitorMut,
};

/// What the words of an expression stand for.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// Contract whose fields may be named.
    pub contract: &'a Contract,
    /// Lists of the framework.
    pub lists: &'a BTreeMap<String, CodeList>,
    /// IANA zone of local times.
    pub zone: &'a str,
    /// Column that holds the clock, in microseconds.
    pub clock: Option<&'a str>,
}

/// The expression as engine SQL.
pub fn sql(expression: &Expr, words: Words<'_>) -> String {
    tree(expression, words).to_string()
}

/// The expression as a tree of engine SQL.
pub fn tree(expression: &Expr, words: Words<'_>) -> Expr {
    let mut expression = expression.clone();
    let _: ControlFlow<()> = expression.visit(&mut Renderer { words });
    expression
}

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
                let name = match function.name.to_string().to_ascii_lowercase().as_str() {
                    "least" => Some("mizan_earliest"),
                    "greatest" => Some("mizan_latest"),
                    _ => None,
                };
                let stamps = arguments(function);
                name.filter(|_| stamps.iter().all(|stamp| is_stamp(stamp, self.contract)))
                    .map(|name| call(name, stamps.into_iter().cloned().collect()))
            }
            Expr::IsNull(inner) => stored(inner).map(|code| Expr::IsNull(Box::new(code))),
            Expr::IsNotNull(inner) => stored(inner).map(|code| Expr::IsNotNull(Box::new(code))),
            Expr::BinaryOp { left, op: op @ (BinaryOperator::Eq | BinaryOperator::NotEq), right } => {
                let (code, text) = if is_text(right) { (&*left, &*right) } else { (&*right, &*left) };
                let negated = *op == BinaryOperator::NotEq;
                match (stored(left), stored(right)) {
                    (Some(a), Some(b)) => {
                        Some(Expr::BinaryOp { left: Box::new(a), op: op.clone(), right: Box::new(b) })
                    }
                    _ if is_text(text) => {
                        stored(code).map(|code| is_one_of(vec![code, text.as_ref().clone()], negated))
                    }
                    _ => None,
                }
            }
            Expr::InList { expr, list, negated } if list.iter().all(is_text) => stored(expr)
                .map(|code| is_one_of(std::iter::once(code).chain(list.iter().cloned()).collect(), *negated)),
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

/// `mizan_is(code, 'a', …)`, or its negation in parentheses.
fn is_one_of(arguments: Vec<Expr>, negated: bool) -> Expr {
    let is = call("mizan_is", arguments);
    if negated { Expr::Nested(Box::new(Expr::UnaryOp { op: UnaryOperator::Not, expr: Box::new(is) })) } else { is }
}

/// Whether an expression only compares fields and constants and joins such comparisons.
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
        Expr::Function(function) => {
            let name = function.name.to_string();
            matches!(name.as_str(), "mizan_and" | "mizan_is" | "mizan_text")
                && arguments(function).into_iter().all(cannot_fail)
        }
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

/// Names of contract fields in an expression, in order of appearance, without repeats.
pub fn fields(expression: &Expr, contract: &Contract) -> Vec<String> {
    struct Collector<'a>(&'a Contract, Vec<String>);
    impl sqlparser::ast::Visitor for Collector<'_> {
        type Break = ();
        fn pre_visit_expr(&mut self, expression: &Expr) -> ControlFlow<()> {
            if let Expr::Identifier(name) = expression
                && self.0.field(&name.value).is_some()
                && !self.1.contains(&name.value)
            {
                self.1.push(name.value.clone());
            }
            ControlFlow::Continue(())
        }
    }
    let mut collector = Collector(contract, Vec::new());
    let _ = sqlparser::ast::Visit::visit(expression, &mut collector);
    collector.1
}

/// Names of time stamps in an expression.
pub fn stamps(expression: &Expr, contract: &Contract) -> Vec<String> {
    let is_stamp = |name: &String| contract.field(name).is_some_and(|f| f.field_type == FieldType::Timestamp);
    fields(expression, contract).into_iter().filter(is_stamp).collect()
}

/// A name in double quotes.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text literal.
pub fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

struct Renderer<'a> {
    words: Words<'a>,
}

impl VisitorMut for Renderer<'_> {
    type Break = ();

    fn post_visit_expr(&mut self, expression: &mut Expr) -> ControlFlow<()> {
        match expression {
            Expr::Identifier(name) => match self.words.clock {
                Some(clock) if name.value == "clock" => *name = Ident::with_quote('"', clock),
                _ => name.quote_style = Some('"'),
            },
            Expr::Interval(interval) => {
                // The checker lets only hours, minutes and seconds through; anything else must not change meaning.
                if let Some(micros) = interval_micros(interval) {
                    *expression = number(micros);
                }
            }
            Expr::Function(function) => {
                let name = function.name.to_string().to_ascii_lowercase();
                match name.as_str() {
                    "local_date" | "local_hour" => push_argument(function, text(self.words.zone)),
                    "in_list" => {
                        if let Some(members) = self.members(function) {
                            *expression = members;
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

impl Renderer<'_> {
    /// `in_list(field, 'list')` or `in_list(field, 'list.group')` as `field IN (…)`.
    fn members(&self, function: &Function) -> Option<Expr> {
        let arguments = arguments(function);
        let [field, list] = arguments.as_slice() else { return None };
        let Expr::Value(list) = list else { return None };
        let Value::SingleQuotedString(list) = &list.value else { return None };
        let (list, group) = match list.split_once('.') {
            Some((list, group)) => (list, Some(group)),
            None => (list.as_str(), None),
        };
        let codes = &self.words.lists.get(list)?.codes;
        let in_group = |groups: &[String]| group.is_none_or(|group| groups.iter().any(|g| g == group));
        let list: Vec<Expr> = codes.iter().filter(|c| in_group(&c.groups)).map(|c| text(&c.code)).collect();
        if list.is_empty() {
            return Some(Expr::Value(Value::Boolean(false).into()));
        }
        Some(Expr::InList { expr: Box::new((*field).clone()), list, negated: false })
    }
}

/// Plain arguments of a function.
pub fn arguments(function: &Function) -> Vec<&Expr> {
    let FunctionArguments::List(list) = &function.args else { return Vec::new() };
    list.args
        .iter()
        .filter_map(|argument| match argument {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(expression)) => Some(expression),
            _ => None,
        })
        .collect()
}

fn push_argument(function: &mut Function, argument: Expr) {
    if let FunctionArguments::List(list) = &mut function.args {
        list.args.push(FunctionArg::Unnamed(FunctionArgExpr::Expr(argument)));
    }
}

fn text(text: &str) -> Expr {
    Expr::Value(Value::SingleQuotedString(text.to_owned()).into())
}

fn number(number: i64) -> Expr {
    Expr::Value(Value::Number(number.to_string(), false).into())
}

/// Microseconds of an interval literal of hours, minutes and seconds.
pub fn interval_micros(interval: &Interval) -> Option<i64> {
    let Expr::Value(value) = interval.value.as_ref() else { return None };
    let written = match &value.value {
        Value::SingleQuotedString(text) => text.clone(),
        Value::Number(text, _) => text.clone(),
        _ => return None,
    };
    let written = match &interval.leading_field {
        Some(unit) => format!("{written} {unit}"),
        None => written,
    };
    let words: Vec<&str> = written.split_whitespace().collect();
    if words.is_empty() || !words.len().is_multiple_of(2) {
        return None;
    }
    words.chunks(2).try_fold(0_i64, |sum, pair| {
        let seconds = match pair[1].to_ascii_lowercase().trim_end_matches('s') {
            "hour" => 3_600,
            "minute" => 60,
            "second" => 1,
            _ => return None,
        };
        pair[0].parse::<i64>().ok()?.checked_mul(seconds * 1_000_000)?.checked_add(sum)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use mizan_model::contract::{Code, Field};
    use sqlparser::dialect::GenericDialect;
    use sqlparser::parser::Parser;

    fn check(written: &str, expect: &str) {
        check_with(sql, written, expect);
    }

    fn check_with(render: fn(&Expr, Words<'_>) -> String, written: &str, expect: &str) {
        let field = |name: &str, field_type| Field {
            name: name.to_owned(),
            field_type,
            required: false,
            personal: false,
            local: false,
            unit: None,
            derive: None,
            doc: String::new(),
            asycuda: None,
            wco: None,
        };
        let contract = Contract {
            name: "test".to_owned(),
            version: 1,
            title: String::new(),
            key: Vec::new(),
            partition: None,
            fields: vec![field("channel", FieldType::Code { list: None }), field("at", FieldType::Timestamp)],
            checks: Vec::new(),
        };
        let code = |code: &str, group: &str| Code {
            code: code.to_owned(),
            label: String::new(),
            groups: vec![group.to_owned()],
        };
        let list = CodeList {
            name: "channel".to_owned(),
            codes: vec![code("red", "stop"), code("yellow", "stop"), code("green", "go")],
            open: false,
        };
        let lists = BTreeMap::from([("channel".to_owned(), list)]);
        let words = Words { contract: &contract, lists: &lists, zone: "Africa/Nairobi", clock: Some("k0") };
        let expression =
            Parser::new(&GenericDialect {}).try_with_sql(written).expect("tokens").parse_expr().expect("an expression");
        assert_eq!(render(&expression, words), expect);
    }

    #[test]
    fn the_clock_is_a_column_of_microseconds() {
        check("clock <= INTERVAL '24 hours'", "\"k0\" <= 86400000000");
        check("clock > INTERVAL '1 hour 30 minutes'", "\"k0\" > 5400000000");
    }

    #[test]
    fn lists_are_spelt_out() {
        check("in_list(channel, 'channel.stop')", "\"channel\" IN ('red', 'yellow')");
        check("in_list(channel, 'channel.none')", "false");
    }

    #[test]
    fn conjunctions_are_guards_only_where_something_can_fail() {
        check_with(
            scan_sql,
            "channel = 'red' AND NOT at IS NULL AND clock > INTERVAL '1 hour'",
            "mizan_and(mizan_and(mizan_is(\"channel\", 'red'), NOT \"at\" IS NULL), \"k0\" > 3600000000)",
        );
        check_with(scan_sql, "clock > 0 AND 1 / clock > 2", "\"k0\" > 0 AND 1 / \"k0\" > 2");
    }

    #[test]
    fn codes_are_compared_as_they_are_stored() {
        let check = |written: &str, expect: &str| check_with(scan_sql, written, expect);
        check("channel = 'red' OR 'red' = (channel)", "mizan_is(\"channel\", 'red') OR mizan_is(\"channel\", 'red')");
        check("NOT channel <> 'red'", "NOT (NOT mizan_is(\"channel\", 'red'))");
        check("channel NOT IN ('red', 'blue')", "(NOT mizan_is(\"channel\", 'red', 'blue'))");
        check("in_list(channel, 'channel.stop')", "mizan_is(\"channel\", 'red', 'yellow')");
        check("channel IS NOT NULL", "\"channel\" IS NOT NULL");
        check("channel > 'red'", "mizan_text(\"channel\") > 'red'");
        check("hs(channel, 2) = '01'", "mizan_is(hs(\"channel\", 2), '01')");
        check("hs(channel, 2) <> hs(channel, 4)", "hs(\"channel\", 2) <> hs(\"channel\", 4)");
        check("hs(channel, 2)", "mizan_text(hs(\"channel\", 2))");
        check("channel = channel", "\"channel\" = \"channel\"");
        check("length(channel) = 3", "length(mizan_text(\"channel\")) = 3");
    }

    #[test]
    fn the_earliest_of_stamps_is_our_own() {
        let check = |written: &str, expect: &str| check_with(scan_sql, written, expect);
        check("least(at, at)", "mizan_earliest(\"at\", \"at\")");
        check("least(at, local_date(at))", "least(\"at\", local_date(\"at\", 'Africa/Nairobi'))");
    }

    #[test]
    fn local_time_gets_its_zone() {
        check("local_hour(at) < 12", "local_hour(\"at\", 'Africa/Nairobi') < 12");
    }
}
