//! Forms of SQL, one arm each; the last arm refuses all others.

use sqlparser::ast::{BinaryOperator, CastKind, CeilFloorKind, DataType, Expr, Spanned, UnaryOperator};
use sqlparser::tokenizer::Span;

use super::{Inside, Walk};
use crate::diagnostic::Diagnostic;
use crate::expression::parse::DEPTH;

impl<F: FnMut(Diagnostic, Option<Span>, &str)> Walk<'_, F> {
    pub(super) fn expr(&mut self, expr: &Expr, inside: Inside, depth: usize) {
        if depth > DEPTH {
            if !self.too_deep {
                self.too_deep = true;
                let finding =
                    Diagnostic::error("F0314", format!("the expression is nested deeper than {DEPTH} levels"))
                        .help("cut it into named parts");
                self.refuse(finding, expr.span(), "too deep");
            }
            return;
        }
        let next = depth + 1;
        match expr {
            Expr::Identifier(ident) => self.name(ident, inside),
            Expr::Value(value) => self.literal(value),
            Expr::TypedString(typed) => {
                if !matches!(typed.data_type, DataType::Date | DataType::Timestamp(..)) {
                    self.refuse_form(expr, "this kind of literal");
                }
            }
            Expr::Interval(interval) => self.interval(interval, expr.span()),
            // A chain of operators such as `a + b + c + …` leans to the left: it is long, not deep.
            Expr::BinaryOp { left, op, right } => {
                self.operator(op, left, right, expr.span());
                let left_depth =
                    if matches!(&**left, Expr::BinaryOp { op: same, .. } if same == op) { depth } else { next };
                self.expr(left, inside, left_depth);
                self.expr(right, inside, next);
            }
            Expr::UnaryOp { op, expr: inner } => {
                if !matches!(op, UnaryOperator::Not | UnaryOperator::Minus | UnaryOperator::Plus) {
                    self.refuse_operator(&op.to_string(), expr.span());
                }
                self.expr(inner, inside, next);
            }
            Expr::Nested(inner) | Expr::IsNull(inner) | Expr::IsNotNull(inner) => self.expr(inner, inside, next),
            Expr::IsDistinctFrom(left, right) | Expr::IsNotDistinctFrom(left, right) => {
                self.codes(left, right);
                self.codes(right, left);
                self.expr(left, inside, next);
                self.expr(right, inside, next);
            }
            Expr::InList { expr: inner, list, .. } => {
                for element in list {
                    self.codes(inner, element);
                    if !is_literal(element) {
                        let finding = Diagnostic::error("F0321", "a list after IN holds literals only")
                            .help("write the comparison with `=` and `OR`");
                        self.refuse(finding, element.span(), "not a literal");
                    }
                    self.expr(element, inside, next);
                }
                self.expr(inner, inside, next);
            }
            Expr::Between { expr: inner, low, high, .. } => {
                self.expr(inner, inside, next);
                self.expr(low, inside, next);
                self.expr(high, inside, next);
            }
            Expr::Like { any: false, expr: inner, pattern, escape_char: None, .. } => {
                self.expr(inner, inside, next);
                self.expr(pattern, inside, next);
            }
            Expr::Case { operand, conditions, else_result, .. } => {
                if let Some(operand) = operand {
                    self.expr(operand, inside, next);
                }
                for when in conditions {
                    if let Some(operand) = operand {
                        self.codes(operand, &when.condition);
                    }
                    self.expr(&when.condition, inside, next);
                    self.expr(&when.result, inside, next);
                }
                if let Some(other) = else_result {
                    self.expr(other, inside, next);
                }
            }
            Expr::Cast { kind, expr: inner, data_type, format: None, .. } => {
                if *kind != CastKind::Cast || !is_numeric(data_type) {
                    let finding = Diagnostic::error("F0324", format!("a cast to `{data_type}` is not allowed"))
                        .why("a cast of text or dates fails at run time, not when the definition is checked")
                        .help(
                            "cast between numeric types only: `CAST(x AS DOUBLE)`; other types belong into the mapping",
                        );
                    self.refuse(finding, expr.span(), "not between numbers");
                }
                self.expr(inner, inside, next);
            }
            Expr::Ceil { expr: inner, field } | Expr::Floor { expr: inner, field } => {
                let plain = match field {
                    CeilFloorKind::DateTimeField(field) => {
                        matches!(field, sqlparser::ast::DateTimeField::NoDateTime)
                    }
                    CeilFloorKind::Scale(_) => false,
                };
                if !plain {
                    self.refuse_form(expr, "rounding to a unit or a scale");
                }
                self.expr(inner, inside, next);
            }
            Expr::Substring { expr: inner, substring_from, substring_for, .. } => {
                self.record_only("substr", expr.span(), inside);
                self.expr(inner, inside, next);
                for part in [substring_from, substring_for].into_iter().flatten() {
                    self.expr(part, inside, next);
                }
            }
            Expr::Trim { trim_where: None, trim_what: None, trim_characters: None, expr: inner } => {
                self.record_only("trim", expr.span(), inside);
                self.expr(inner, inside, next);
            }
            Expr::Function(function) => self.call(function, expr, inside, next),
            _ => self.refused_form(expr, inside, next),
        }
    }

    /// Forms with their own finding; anything else is refused in general.
    fn refused_form(&mut self, expr: &Expr, inside: Inside, next: usize) {
        match expr {
            Expr::Subquery(_) | Expr::Exists { .. } | Expr::InSubquery { .. } => self.subquery(expr.span()),
            Expr::AnyOp { .. } | Expr::AllOp { .. } => self.subquery(expr.span()),
            Expr::CompoundIdentifier(_) | Expr::CompoundFieldAccess { .. } | Expr::QualifiedWildcard(..) => {
                let finding = Diagnostic::error("F0305", format!("`{expr}` is a qualified name"))
                    .help("an expression has one table; write the field alone");
                self.refuse(finding, expr.span(), "qualified name");
            }
            Expr::RLike { .. } | Expr::SimilarTo { .. } => self.regex(expr.span()),
            Expr::ILike { .. } => {
                let finding = Diagnostic::error("F0321", "`ILIKE` is not allowed").help("write `lower(x) LIKE '…'`");
                self.refuse(finding, expr.span(), "not allowed");
            }
            Expr::Extract { .. } | Expr::AtTimeZone { .. } => self.stored_zone(&form_name(expr), expr.span()),
            Expr::IsTrue(inner)
            | Expr::IsFalse(inner)
            | Expr::IsNotTrue(inner)
            | Expr::IsNotFalse(inner)
            | Expr::IsUnknown(inner)
            | Expr::IsNotUnknown(inner) => {
                let finding = Diagnostic::error("F0321", format!("`{}` is not allowed", form_name(expr)))
                    .help("write `coalesce(x, false)`, `NOT coalesce(x, false)` or `x IS NULL`");
                self.refuse(finding, expr.span(), "not allowed");
                self.expr(inner, inside, next);
            }
            _ => self.refuse_form(expr, &form_name(expr)),
        }
    }

    pub(super) fn refuse_form(&mut self, expr: &Expr, what: &str) {
        let finding = Diagnostic::error("F0321", format!("{what} is not part of the expression language"))
            .help("`mizan explain F0321` lists what is");
        self.refuse(finding, expr.span(), "not allowed");
    }

    pub(super) fn subquery(&mut self, span: Span) {
        let finding = Diagnostic::error("F0302", "a sub-query is not allowed")
            .why("a definition reads one contract; what comes from another is a part of its own or a derived field")
            .help("use `in_list(field, 'list')`, or a part with its own `contract`");
        self.refuse(finding, span, "sub-query");
    }

    pub(super) fn regex(&mut self, span: Span) {
        let finding = Diagnostic::error("F0307", "a regular expression is not allowed")
            .help("use `LIKE`, `starts_with(text, prefix)` or a code list");
        self.refuse(finding, span, "regular expression");
    }

    pub(super) fn stored_zone(&mut self, name: &str, span: Span) {
        let finding = Diagnostic::error("F0311", format!("`{name}` follows the stored zone, UTC"))
            .why("a day or hour in UTC is not the office's day or hour")
            .help("use `local_date(ts)` or `local_hour(ts)`");
        self.refuse(finding, span, "would use UTC");
    }

    fn operator(&mut self, op: &BinaryOperator, left: &Expr, right: &Expr, span: Span) {
        match op {
            BinaryOperator::Eq | BinaryOperator::NotEq => {
                self.codes(left, right);
                self.codes(right, left);
            }
            BinaryOperator::And
            | BinaryOperator::Or
            | BinaryOperator::Lt
            | BinaryOperator::LtEq
            | BinaryOperator::Gt
            | BinaryOperator::GtEq
            | BinaryOperator::Plus
            | BinaryOperator::Minus
            | BinaryOperator::Multiply
            | BinaryOperator::Divide => {}
            BinaryOperator::PGRegexMatch
            | BinaryOperator::PGRegexIMatch
            | BinaryOperator::PGRegexNotMatch
            | BinaryOperator::PGRegexNotIMatch
            | BinaryOperator::Regexp => self.regex(span),
            other => self.refuse_operator(&other.to_string(), span),
        }
    }

    fn refuse_operator(&mut self, operator: &str, span: Span) {
        let finding = Diagnostic::error("F0323", format!("the operator `{operator}` is not allowed"))
            .help("allowed are `+ - * /`, comparisons, `AND`, `OR`, `NOT`");
        self.refuse(finding, span, "this operation");
    }

    /// Text functions work on records, not on parts.
    pub(super) fn record_only(&mut self, name: &str, span: Span, inside: Inside) {
        if inside != Inside::Record {
            let finding = Diagnostic::error("F0320", format!("`{name}` cannot be used over parts"))
                .help("use it inside an aggregate call or in `where`");
            self.refuse(finding, span, "works on records");
        }
    }
}

fn is_literal(expr: &Expr) -> bool {
    match expr {
        Expr::Value(_) | Expr::TypedString(_) | Expr::Interval(_) => true,
        Expr::UnaryOp { op: UnaryOperator::Minus, expr } => matches!(**expr, Expr::Value(_)),
        _ => false,
    }
}

fn is_numeric(data_type: &DataType) -> bool {
    matches!(
        data_type,
        DataType::SmallInt(None)
            | DataType::Int(None)
            | DataType::Integer(None)
            | DataType::BigInt(None)
            | DataType::Float(_)
            | DataType::Real
            | DataType::Double(_)
            | DataType::DoublePrecision
            | DataType::Decimal(_)
            | DataType::Numeric(_)
    )
}

fn form_name(expr: &Expr) -> String {
    match expr {
        Expr::Extract { .. } => "extract".into(),
        Expr::AtTimeZone { .. } => "AT TIME ZONE".into(),
        Expr::IsTrue(_) => "IS TRUE".into(),
        Expr::IsFalse(_) => "IS FALSE".into(),
        Expr::IsNotTrue(_) => "IS NOT TRUE".into(),
        Expr::IsNotFalse(_) => "IS NOT FALSE".into(),
        Expr::IsUnknown(_) => "IS UNKNOWN".into(),
        Expr::IsNotUnknown(_) => "IS NOT UNKNOWN".into(),
        Expr::Like { .. } => "LIKE with ANY or ESCAPE".into(),
        Expr::Cast { .. } => "a cast with a format".into(),
        Expr::Position { .. } => "`position`".into(),
        Expr::Overlay { .. } => "`overlay`".into(),
        Expr::Collate { .. } => "`COLLATE`".into(),
        Expr::Convert { .. } => "`convert`".into(),
        Expr::Trim { .. } => "`trim` with characters".into(),
        Expr::Tuple(_) => "a tuple".into(),
        Expr::Array(_) => "an array".into(),
        Expr::Struct { .. } | Expr::Dictionary(_) | Expr::Map(_) => "a structure".into(),
        Expr::Lambda(_) => "a lambda".into(),
        Expr::Wildcard(_) => "`*`".into(),
        _ => "this form".into(),
    }
}
