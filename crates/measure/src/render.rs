//! Restricted SQL, as definitions write it, becomes the SQL that the engine runs.
//!
//! What changes on the way: `clock` becomes a column of microseconds, interval literals become microseconds,
//! `in_list` becomes `IN (…)`, local time functions get their zone, and names are quoted.

mod scan;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use mizan_model::contract::{CodeList, Contract, FieldType};
use sqlparser::ast::{
    Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, Ident, Interval, Value, VisitMut, VisitorMut,
};

pub use self::scan::{scan_sql, scanned_field};

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
pub(crate) mod tests {
    use super::*;
    use mizan_model::contract::{Code, Field};
    use sqlparser::dialect::GenericDialect;
    use sqlparser::parser::Parser;

    fn check(written: &str, expect: &str) {
        check_with(sql, written, expect);
    }

    /// Checks what a way of rendering makes of an expression.
    pub(crate) fn check_with(render: fn(&Expr, Words<'_>) -> String, written: &str, expect: &str) {
        let fields =
            vec![Field::new("channel", FieldType::Code { list: None }), Field::new("at", FieldType::Timestamp)];
        let contract = Contract::new("test", fields);
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
    fn local_time_gets_its_zone() {
        check("local_hour(at) < 12", "local_hour(\"at\", 'Africa/Nairobi') < 12");
    }
}
