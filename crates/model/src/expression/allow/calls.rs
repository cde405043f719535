//! Function calls: known names, number and kind of arguments, FILTER, and what is refused by name.

use sqlparser::ast::{
    DuplicateTreatment, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentClause, FunctionArguments,
    ObjectNamePart, Spanned, Value, ValueWithSpan,
};
use sqlparser::tokenizer::Span;

use super::{Inside, Names, Place, Walk, unnest};
use crate::contract::FieldType;
use crate::diagnostic::Diagnostic;
use crate::expression::functions::{self, FunctionKind, Refused};
use crate::source::{nearest, suggestion};

impl<F: FnMut(Diagnostic, Option<Span>, &str)> Walk<'_, F> {
    pub(super) fn call(&mut self, call: &Function, expr: &Expr, inside: Inside, depth: usize) {
        let [ObjectNamePart::Identifier(ident)] = call.name.0.as_slice() else {
            let finding = Diagnostic::error("F0305", format!("`{}` is a qualified name", call.name))
                .help("write the function's name alone");
            return self.refuse(finding, call.name.span(), "qualified name");
        };
        let name = ident.value.to_lowercase();
        self.decorations(call, expr);
        let (arguments, distinct) = match &call.args {
            FunctionArguments::List(list) => {
                for clause in &list.clauses {
                    if let FunctionArgumentClause::OrderBy(_) = clause {
                        self.order_by(expr.span());
                    } else {
                        self.refuse_form(expr, "this clause inside a call");
                    }
                }
                (list.args.as_slice(), list.duplicate_treatment == Some(DuplicateTreatment::Distinct))
            }
            FunctionArguments::Subquery(_) => return self.subquery(expr.span()),
            FunctionArguments::None => (&[][..], false),
        };
        if distinct && self.context.place != Place::Derive {
            let finding = Diagnostic::error("F0310", format!("`{name}(DISTINCT …)` does not merge"))
                .why("distinct values of two months cannot be added")
                .help("store `distinct_sketch(x)` and write `distinct_count(s)` in `value`");
            self.refuse(finding, expr.span(), "distinct");
        }
        if let Some(function) = functions::find(&name) {
            return self.known(function, call, arguments, expr, inside, depth);
        }
        match functions::refused(&name) {
            Some(Refused::DoesNotMerge(help)) => {
                let finding = Diagnostic::error("F0309", format!("`{name}` does not merge"))
                    .why("parts of months and offices must give the same answer as pooled records")
                    .help(help);
                self.calls += 1;
                self.refuse(finding, ident.span, "does not merge");
            }
            Some(Refused::StoredZone) => self.stored_zone(&name, ident.span),
            Some(Refused::Volatile) => self.volatile(&name, ident.span),
            Some(Refused::Regex) => self.regex(ident.span),
            None if call.over.is_some() => {} // a window function by name is already refused
            None => {
                let names: Vec<&str> =
                    functions::FUNCTIONS.iter().filter(|f| f.kind != FunctionKind::Derive).map(|f| f.name).collect();
                let help = match nearest(&name, names.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`mizan explain F0203` lists the functions".to_owned(),
                };
                let finding = Diagnostic::error("F0203", format!("there is no function `{name}`")).help(help);
                self.refuse(finding, ident.span, "unknown function");
            }
        }
    }

    /// OVER, WITHIN GROUP, FILTER on scalars and other decorations of a call.
    fn decorations(&mut self, call: &Function, expr: &Expr) {
        if call.over.is_some() {
            let finding = Diagnostic::error("F0303", "a window function (`OVER`) is not allowed")
                .why("it needs all records of a group at once, so it does not merge")
                .help("order and gaps between records belong into a derived field of the contract");
            self.refuse(finding, expr.span(), "window function");
        }
        if !call.within_group.is_empty() {
            self.order_by(expr.span());
        }
        if call.null_treatment.is_some() || call.uses_odbc_syntax || call.parameters != FunctionArguments::None {
            self.refuse_form(expr, "this form of a call");
        }
    }

    fn order_by(&mut self, span: Span) {
        let finding = Diagnostic::error("F0304", "`ORDER BY` is not allowed")
            .why("parts must not depend on the order of records")
            .help("leave it out");
        self.refuse(finding, span, "ordered");
    }

    fn known(
        &mut self,
        function: &functions::Function,
        call: &Function,
        arguments: &[FunctionArg],
        expr: &Expr,
        inside: Inside,
        depth: usize,
    ) {
        let span = expr.span();
        if !(function.least..=function.most).contains(&arguments.len()) {
            let finding = Diagnostic::error("F0204", format!("`{}` has {} arguments", function.name, arguments.len()))
                .help(format!("write `{}`", function.usage));
            self.refuse(finding, span, "wrong number of arguments");
        }
        let inner = match function.kind {
            FunctionKind::Aggregate | FunctionKind::Derive => {
                self.calls += 1;
                self.aggregate_place(function, inside, span);
                Inside::Record
            }
            FunctionKind::OverParts => {
                if inside == Inside::Value {
                    return self.over_parts(function, arguments, depth, span);
                }
                let finding = Diagnostic::error("F0320", format!("`{}` works on parts", function.name))
                    .help("name the part under `parts` and write this in `value`");
                self.refuse(finding, span, "only in `value`");
                return;
            }
            FunctionKind::Scalar => {
                if inside != Inside::Record && !functions::VALUE_SCALARS.contains(&function.name) {
                    self.record_only(function.name, span, inside);
                    return;
                }
                inside
            }
        };
        for argument in arguments {
            match argument {
                FunctionArg::Unnamed(FunctionArgExpr::Expr(argument)) => self.expr(argument, inner, depth),
                FunctionArg::Unnamed(FunctionArgExpr::Wildcard) if function.name == "count" => {}
                _ => self.refuse_form(expr, "this form of argument"),
            }
        }
        if let Some(filter) = &call.filter {
            if matches!(function.kind, FunctionKind::Aggregate | FunctionKind::Derive) {
                self.expr(filter, Inside::Record, depth);
            } else {
                self.refuse_form(expr, "FILTER on a function that does not aggregate");
            }
        }
        self.argument_types(function, arguments);
    }

    fn aggregate_place(&mut self, function: &functions::Function, inside: Inside, span: Span) {
        match (self.context.place, inside) {
            (Place::Aggregate, Inside::OverParts) if function.kind == FunctionKind::Aggregate => {}
            (Place::Derive, Inside::OverParts)
                if matches!(function.name, "count" | "sum" | "min" | "max" | "bool_or" | "bool_and") => {}
            (Place::Aggregate, Inside::OverParts) | (Place::Derive, Inside::OverParts) => {
                let finding = Diagnostic::error("F0309", format!("`{}` cannot be used here", function.name))
                    .help("in a KPI use parts that merge; in `derive` use count, sum, min, max, bool_or or bool_and");
                self.refuse(finding, span, "not here");
            }
            (Place::Aggregate | Place::Derive, _) => {
                let finding =
                    Diagnostic::error("F0322", format!("`{}` stands inside another aggregate", function.name))
                        .help("one aggregate at a time: write two parts and combine them in `value`");
                self.refuse(finding, span, "nested aggregate");
            }
            (Place::Scalar, _) => {
                let finding = Diagnostic::error(
                    "F0317",
                    format!("`{}` aggregates, but this place has one record", function.name),
                )
                .help("move it into `measure` or a check");
                self.refuse(finding, span, "aggregate");
            }
            (Place::Value, _) => {
                let finding = Diagnostic::error(
                    "F0317",
                    format!("`{}` aggregates, but `value` has only merged parts", function.name),
                )
                .help(format!("write `parts.x = \"{}\"` and name `x` here", function.usage));
                self.refuse(finding, span, "aggregate");
            }
        }
    }

    fn over_parts(&mut self, function: &functions::Function, arguments: &[FunctionArg], depth: usize, span: Span) {
        let parts = functions::part_arguments(function.name);
        for (index, argument) in arguments.iter().enumerate() {
            let FunctionArg::Unnamed(FunctionArgExpr::Expr(argument)) = argument else {
                let finding = Diagnostic::error("F0204", format!("`{}` takes names and numbers", function.name))
                    .help(format!("write `{}`", function.usage));
                self.refuse(finding, span, "wrong argument");
                continue;
            };
            if index < parts {
                match unnest(argument) {
                    Expr::Identifier(ident) => self.name(ident, Inside::Value),
                    _ => {
                        let finding = Diagnostic::error(
                            "F0204",
                            format!("the first argument of `{}` is the name of a part", function.name),
                        )
                        .help(format!("write `{}`", function.usage));
                        self.refuse(finding, argument.span(), "not a name");
                    }
                }
                continue;
            }
            match literal_number(argument) {
                Some(number) => {
                    let share = matches!(function.name, "quantile" | "capture_share");
                    if (share && !(0.0..=1.0).contains(&number)) || number < 0.0 {
                        let finding =
                            Diagnostic::error("F0420", format!("`{number}` is not possible here")).help(if share {
                                "write a share from 0 to 1, for example `0.9`"
                            } else {
                                "write minutes, for example `1440`"
                            });
                        self.refuse(finding, argument.span(), "out of range");
                    }
                }
                None => self.expr(argument, Inside::Value, depth),
            }
        }
    }

    /// The few type rules that plain SQL would let pass and that need no planner.
    fn argument_types(&mut self, function: &functions::Function, arguments: &[FunctionArg]) {
        let argument = |index: usize| match arguments.get(index) {
            Some(FunctionArg::Unnamed(FunctionArgExpr::Expr(expr))) => Some(unnest(expr)),
            _ => None,
        };
        match function.name {
            "sum" => {
                if let (Some(Expr::Identifier(ident)), Names::Fields(fields)) = (argument(0), self.context.names)
                    && let Some(field) = fields.iter().find(|f| f.name == ident.value)
                    && !matches!(field.field_type, FieldType::Int | FieldType::Decimal { .. })
                {
                    let finding = Diagnostic::error("F0214", format!("`{}` cannot be summed", ident.value))
                        .why("sums must be exact and must not depend on the order of records")
                        .help("sum whole numbers, decimals or `clock`; count other fields");
                    self.refuse(finding, ident.span, "neither whole number nor decimal");
                }
            }
            "hist_minutes" | "survival" => {
                let is_clock = matches!(argument(0), Some(Expr::Identifier(ident)) if ident.value == "clock");
                if !is_clock && let Some(expr) = argument(0) {
                    let finding = Diagnostic::error("F0214", format!("`{}` takes `clock`", function.name))
                        .help("give the KPI a `[clock]` block, or use `hist_log(x)` for other numbers");
                    self.refuse(finding, expr.span(), "not a duration");
                }
            }
            "in_list" => self.in_list(argument(1)),
            "hs" => {
                if let Some(expr) = argument(1)
                    && !matches!(literal_number(expr), Some(n) if [2.0, 4.0, 6.0].contains(&n))
                {
                    let finding = Diagnostic::error("F0204", "the second argument of `hs` is a number of digits")
                        .help("write 2, 4 or 6");
                    self.refuse(finding, expr.span(), "not 2, 4 or 6");
                }
            }
            _ => {}
        }
    }

    fn in_list(&mut self, argument: Option<&Expr>) {
        let Some(expr) = argument else { return };
        let Expr::Value(ValueWithSpan { value: Value::SingleQuotedString(name), span }) = expr else {
            let finding = Diagnostic::error("F0204", "the second argument of `in_list` is the name of a list")
                .help("write `in_list(field, 'list')` or `in_list(field, 'list.group')`");
            return self.refuse(finding, expr.span(), "not a name");
        };
        let (list, group) = match name.split_once('.') {
            Some((list, group)) => (list, Some(group)),
            None => (name.as_str(), None),
        };
        let lists = self.context.lists;
        let Some(found) = lists.get(list) else {
            let names: Vec<&str> = lists.keys().map(String::as_str).collect();
            let mut finding = Diagnostic::error("F0206", format!("there is no list `{list}`"));
            finding.help = suggestion(list, &names);
            return self.refuse(finding, *span, "unknown list");
        };
        let Some(group) = group else { return };
        let mut groups: Vec<&str> = found.codes.iter().flat_map(|c| c.groups.iter().map(String::as_str)).collect();
        groups.sort_unstable();
        groups.dedup();
        if !groups.contains(&group) {
            let mut finding = Diagnostic::error("F0206", format!("the list `{list}` has no group `{group}`"));
            finding.help = suggestion(group, &groups);
            self.refuse(finding, *span, "unknown group");
        }
    }
}

fn literal_number(expr: &Expr) -> Option<f64> {
    match unnest(expr) {
        Expr::Value(ValueWithSpan { value: Value::Number(text, _), .. }) => text.parse().ok(),
        Expr::UnaryOp { op: sqlparser::ast::UnaryOperator::Minus, expr } => literal_number(expr).map(|n| -n),
        _ => None,
    }
}
