//! Cuts an aggregate expression at its aggregate calls.
//!
//! Each call becomes a part that is stored and merged; what remains is arithmetic over merged parts, in which the
//! calls are replaced by the names `p0`, `p1`, … in the order in which they are written. Equal calls share a name.

use std::collections::BTreeSet;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::ControlFlow;

use sqlparser::ast::{
    Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, Ident, ObjectNamePart, visit_expressions,
};

/// Kind of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartKind {
    /// `count(*)`, `count(x)`.
    Count,
    /// `sum(x)` over whole numbers, decimals or the clock.
    Sum,
    /// `min(x)`.
    Min,
    /// `max(x)`.
    Max,
    /// `moments(x)`: count, sum, sum of squares.
    Moments,
    /// `hist_minutes(clock)`.
    HistMinutes,
    /// `hist_log(x)`.
    HistLog,
    /// `distinct_sketch(x)`.
    Distinct,
    /// `survival(clock)`.
    Survival,
}

impl PartKind {
    /// All kinds.
    pub const ALL: [PartKind; 9] = [
        PartKind::Count,
        PartKind::Sum,
        PartKind::Min,
        PartKind::Max,
        PartKind::Moments,
        PartKind::HistMinutes,
        PartKind::HistLog,
        PartKind::Distinct,
        PartKind::Survival,
    ];

    /// Name of the aggregate function that makes it.
    pub fn function(self) -> &'static str {
        match self {
            PartKind::Count => "count",
            PartKind::Sum => "sum",
            PartKind::Min => "min",
            PartKind::Max => "max",
            PartKind::Moments => "moments",
            PartKind::HistMinutes => "hist_minutes",
            PartKind::HistLog => "hist_log",
            PartKind::Distinct => "distinct_sketch",
            PartKind::Survival => "survival",
        }
    }

    /// The kind that a function makes.
    pub fn from_function(name: &str) -> Option<Self> {
        PartKind::ALL.into_iter().find(|kind| kind.function() == name)
    }

    /// Whether the merged part is more than a number, so that only a function over parts can read it.
    pub fn is_structured(self) -> bool {
        !matches!(self, PartKind::Count | PartKind::Sum | PartKind::Min | PartKind::Max)
    }
}

impl fmt::Display for PartKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.function())
    }
}

/// One aggregate call. Two calls are the same part if they print the same.
#[derive(Debug, Clone)]
pub struct PartCall {
    /// Kind.
    pub kind: PartKind,
    /// Argument; `None` for `count(*)`.
    pub argument: Option<Expr>,
    /// Condition of `FILTER (WHERE …)`.
    pub filter: Option<Expr>,
}

impl PartCall {
    /// Normal form, for example `count(*) FILTER (WHERE hit)`.
    pub fn normal(&self) -> String {
        let argument = self.argument.as_ref().map_or_else(|| "*".to_owned(), Expr::to_string);
        match &self.filter {
            Some(filter) => format!("{}({argument}) FILTER (WHERE {filter})", self.kind),
            None => format!("{}({argument})", self.kind),
        }
    }
}

impl PartialEq for PartCall {
    fn eq(&self, other: &Self) -> bool {
        self.normal() == other.normal()
    }
}

impl Eq for PartCall {}

impl Hash for PartCall {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.normal().hash(state);
    }
}

/// An aggregate expression in its two layers.
#[derive(Debug, Clone)]
pub struct Cut {
    /// The calls; call `i` is named `p<i>` in `rest`.
    pub calls: Vec<PartCall>,
    /// What remains: arithmetic over `p0`, `p1`, ….
    pub rest: Expr,
}

/// Cuts a tree at its aggregate calls. Trees are expected in normal form and allowed; what is neither is left as
/// it stands.
///
/// `count(*) FILTER (WHERE hit) <= 0.1 * count(*)` becomes `p0 <= 0.1 * p1`.
pub fn cut(tree: &Expr) -> Cut {
    let mut calls: Vec<PartCall> = Vec::new();
    let mut rest = tree.clone();
    replace(&mut rest, &mut calls);
    Cut { calls, rest }
}

/// Replaces from the outside in and in the order of writing, and does not look into a call that was replaced.
fn replace(expr: &mut Expr, calls: &mut Vec<PartCall>) {
    if let Expr::Function(function) = expr {
        if let Some(call) = part_call(function) {
            let index = calls.iter().position(|c| *c == call).unwrap_or_else(|| {
                calls.push(call);
                calls.len() - 1
            });
            *expr = Expr::Identifier(Ident::new(format!("p{index}")));
            return;
        }
        if let FunctionArguments::List(list) = &mut function.args {
            for argument in &mut list.args {
                if let FunctionArg::Unnamed(FunctionArgExpr::Expr(inner)) = argument {
                    replace(inner, calls);
                }
            }
        }
        return;
    }
    for child in children(expr) {
        replace(child, calls);
    }
}

/// Direct sub-expressions of the forms that the language allows.
fn children(expr: &mut Expr) -> Vec<&mut Expr> {
    match expr {
        Expr::BinaryOp { left, right, .. }
        | Expr::IsDistinctFrom(left, right)
        | Expr::IsNotDistinctFrom(left, right) => {
            vec![left, right]
        }
        Expr::UnaryOp { expr, .. }
        | Expr::Nested(expr)
        | Expr::IsNull(expr)
        | Expr::IsNotNull(expr)
        | Expr::Cast { expr, .. }
        | Expr::Ceil { expr, .. }
        | Expr::Floor { expr, .. } => vec![expr],
        Expr::Between { expr, low, high, .. } => vec![expr, low, high],
        Expr::InList { expr, list, .. } => std::iter::once(&mut **expr).chain(list.iter_mut()).collect(),
        Expr::Case { operand, conditions, else_result, .. } => {
            let mut all: Vec<&mut Expr> = operand.iter_mut().map(|e| &mut **e).collect();
            for when in conditions {
                all.push(&mut when.condition);
                all.push(&mut when.result);
            }
            all.extend(else_result.iter_mut().map(|e| &mut **e));
            all
        }
        _ => Vec::new(),
    }
}

fn part_call(function: &Function) -> Option<PartCall> {
    let [ObjectNamePart::Identifier(name)] = function.name.0.as_slice() else { return None };
    let kind = PartKind::from_function(&name.value.to_lowercase())?;
    let FunctionArguments::List(list) = &function.args else { return None };
    let argument = match list.args.as_slice() {
        [FunctionArg::Unnamed(FunctionArgExpr::Wildcard)] => None,
        [FunctionArg::Unnamed(FunctionArgExpr::Expr(expr))] => Some(expr.clone()),
        _ => return None,
    };
    Some(PartCall { kind, argument, filter: function.filter.as_deref().cloned() })
}

/// All identifiers of a tree.
pub fn names_of(tree: &Expr) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let _ = visit_expressions(tree, |expr| {
        if let Expr::Identifier(ident) = expr {
            names.insert(ident.value.clone());
        }
        ControlFlow::<()>::Continue(())
    });
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::parse_tree;

    fn check(text: &str, rest: &str, calls: &[&str]) {
        let cut = cut(&parse_tree(text).expect("valid SQL"));
        assert_eq!(cut.rest.to_string(), rest);
        assert_eq!(cut.calls.iter().map(PartCall::normal).collect::<Vec<_>>(), calls);
    }

    #[test]
    fn calls_become_names() {
        check(
            "count(*) FILTER (WHERE released_at < accepted_at) <= 0.005 * count(*)",
            "p0 <= 0.005 * p1",
            &["count(*) FILTER (WHERE released_at < accepted_at)", "count(*)"],
        );
    }

    #[test]
    fn equal_calls_share_a_part() {
        check("COUNT(*) / nullif(count( * ), 0)", "p0 / nullif(p0, 0)", &["count(*)"]);
    }

    #[test]
    fn arguments_stay_whole() {
        check(
            "sum(CASE WHEN hit THEN amount ELSE 0 END) / count(hit)",
            "p0 / p1",
            &["sum(CASE WHEN hit THEN amount ELSE 0 END)", "count(hit)"],
        );
    }

    #[test]
    fn calls_inside_case_and_between() {
        check(
            "CASE WHEN count(*) > 10 THEN sum(x) ELSE 0 END BETWEEN 1 AND max(y)",
            "CASE WHEN p0 > 10 THEN p1 ELSE 0 END BETWEEN 1 AND p2",
            &["count(*)", "sum(x)", "max(y)"],
        );
    }

    #[test]
    fn structured_parts() {
        check("hist_minutes(clock)", "p0", &["hist_minutes(clock)"]);
        assert!(PartKind::HistMinutes.is_structured());
        assert!(!PartKind::Sum.is_structured());
    }
}
