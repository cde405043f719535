//! Literals: kinds, intervals, and codes that must be in a field's list.

use sqlparser::ast::{DateTimeField, Expr, Interval, Spanned, Value, ValueWithSpan};
use sqlparser::tokenizer::Span;

use super::Walk;
use crate::diagnostic::Diagnostic;
use crate::source::suggestion;

impl<F: FnMut(Diagnostic, Option<Span>, &str)> Walk<'_, F> {
    pub(super) fn literal(&mut self, value: &ValueWithSpan) {
        match &value.value {
            Value::Number(_, false) | Value::SingleQuotedString(_) | Value::Boolean(_) | Value::Null => {}
            // Already refused by their tokens.
            Value::Placeholder(_) | Value::DoubleQuotedString(_) => {}
            other => {
                let finding =
                    Diagnostic::error("F0321", format!("the literal `{other}` is of a kind that is not allowed"))
                        .help("write a number, a text in single quotes, `true`, `false` or `NULL`");
                self.refuse(finding, value.span, "this literal");
            }
        }
    }

    /// If `field` is a coded field with a closed list, a text literal beside it must be one of the codes.
    pub(super) fn codes(&mut self, field: &Expr, literal: &Expr) {
        let Expr::Value(ValueWithSpan { value: Value::SingleQuotedString(code), span }) = super::unnest(literal) else {
            return;
        };
        let Some(list) = self.closed_list(field) else { return };
        if list.contains(code) {
            return;
        }
        let words: Vec<&str> = list.codes.iter().map(|c| c.code.as_str()).collect();
        let mut finding = Diagnostic::error("F0205", format!("`{code}` is not in the list `{}`", list.name))
            .why("the comparison would never be true, and the population would be empty without a message");
        finding.help = suggestion(code, &words);
        self.refuse(finding, *span, "not a code of this field");
    }

    pub(super) fn interval(&mut self, interval: &Interval, span: Span) {
        match interval_minutes(interval) {
            Ok(_) => {}
            Err(IntervalError::CalendarUnit(unit)) => {
                let finding = Diagnostic::error("F0312", format!("the interval unit `{unit}` is not allowed"))
                    .why("intervals are compared field by field: 30 hours count as less than `INTERVAL '1 day'`")
                    .help("write hours, minutes or seconds, `INTERVAL '120 hours'`, or `days(a, b) <= 5`");
                self.refuse(finding, span, "not of fixed length");
            }
            Err(IntervalError::Malformed) => {
                let finding = Diagnostic::error("F0313", "this is not an interval")
                    .help("write a positive whole number and a unit: `INTERVAL '24 hours'`");
                self.refuse(finding, interval.value.span(), "not an interval");
            }
        }
    }
}

/// Why an interval literal cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum IntervalError {
    /// Its unit is a day or longer.
    CalendarUnit(String),
    /// It is not a number and a unit.
    Malformed,
}

/// Length of an interval literal in minutes. Seconds may give a fraction.
pub(crate) fn interval_minutes(interval: &Interval) -> Result<f64, IntervalError> {
    let text = match &*interval.value {
        Expr::Value(ValueWithSpan { value: Value::SingleQuotedString(text) | Value::Number(text, _), .. }) => text,
        _ => return Err(IntervalError::Malformed),
    };
    if interval.last_field.is_some() || interval.leading_precision.is_some() {
        return Err(IntervalError::Malformed);
    }
    let mut words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    if let Some(field) = &interval.leading_field {
        words.push(unit_word(field));
    }
    if words.is_empty() || !words.len().is_multiple_of(2) {
        return Err(IntervalError::Malformed);
    }
    let mut minutes = 0.0;
    for pair in words.chunks(2) {
        let number: f64 = match pair[0].parse::<u32>() {
            Ok(number) => f64::from(number),
            Err(_) => return Err(IntervalError::Malformed),
        };
        minutes += match pair[1].as_str() {
            "hour" | "hours" => number * 60.0,
            "minute" | "minutes" => number,
            "second" | "seconds" => number / 60.0,
            unit @ ("day" | "days" | "week" | "weeks" | "month" | "months" | "year" | "years" | "quarter"
            | "quarters" | "decade" | "decades" | "century" | "centuries") => {
                return Err(IntervalError::CalendarUnit(unit.to_owned()));
            }
            _ => return Err(IntervalError::Malformed),
        };
    }
    Ok(minutes)
}

fn unit_word(field: &DateTimeField) -> String {
    field.to_string().to_lowercase()
}
