//! Values out of merged parts: arithmetic, intervals, statistics.

use std::borrow::Cow;

use mizan_model::expression::evaluate::{Scope, Value, evaluate};
use mizan_model::kpi::{IntervalMethod, Kpi, KpiKind, Unit};
use mizan_stats::interval::{Z95, wilson};
use sqlparser::ast::Expr;

use crate::part_value::{Bound, PartScale, PartValue};
use crate::plan::{Formula, PartPlace, PartTree};

/// Merged parts of one cell.
pub trait Parts {
    /// The part and what its units stand for.
    fn part(&self, place: &PartPlace) -> (Cow<'_, PartValue>, PartScale);
}

/// The figures of one KPI in one cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Figures {
    /// Value in the KPI's unit.
    pub value: Option<f64>,
    /// Upper part.
    pub numerator: Option<f64>,
    /// Lower part.
    pub denominator: Option<f64>,
    /// Lower end of the 95 % interval.
    pub lower: Option<f64>,
    /// Upper end.
    pub upper: Option<f64>,
    /// Further statistics: name, unit and value.
    pub statistics: Vec<(String, Unit, Option<f64>)>,
}

/// Factor that turns a quotient or a share into the KPI's unit.
fn unit_factor(kpi: &Kpi) -> f64 {
    let is_share = matches!(kpi.kind, KpiKind::Ratio | KpiKind::Share);
    if is_share && kpi.unit == Unit::Percent { 100.0 } else { 1.0 }
}

/// Figures of a formula over the parts of a cell; `earlier` are the parts of T-1, for variations.
///
/// `None` as value means that it is not defined: a zero denominator or base, or a statistic of no cases.
pub fn figures(kpi: &Kpi, formula: &Formula, parts: &dyn Parts, earlier: Option<&dyn Parts>) -> Figures {
    let factor = unit_factor(kpi);
    let method = kpi.uncertainty.when_full_count;
    match formula {
        Formula::Quotient { numerator, denominator } => {
            let upper = number(numerator, parts);
            let lower = number(denominator, parts);
            let value = quotient(upper, lower).map(|value| value * factor);
            let interval = match (method, upper, lower) {
                (IntervalMethod::Wilson95, Some(upper), Some(lower)) => wilson(upper, lower, Z95),
                _ => None,
            };
            Figures {
                value,
                numerator: upper,
                denominator: lower,
                lower: interval.map(|i| i.0 * factor),
                upper: interval.map(|i| i.1 * factor),
                statistics: Vec::new(),
            }
        }
        Formula::Single(of) => {
            let value = number(of, parts);
            Figures { value, numerator: value, ..Figures::default() }
        }
        Formula::Named { parts: named, value, statistics } => {
            let at = |expression: &Expr, bound| named_value(expression, named, parts, bound);
            let banded = method != IntervalMethod::None;
            let end = |bound| if banded { at(value, bound).map(|v| v * factor) } else { None };
            let middle = at(value, Bound::Value).map(|v| v * factor);
            let (lower, upper) = ends(middle, end(Bound::Lower), end(Bound::Upper));
            let value_of =
                |(name, expression, unit): &(String, Expr, Unit)| (name.clone(), *unit, at(expression, Bound::Value));
            Figures {
                value: middle,
                lower,
                upper,
                statistics: statistics.iter().map(value_of).collect(),
                ..Figures::default()
            }
        }
        Formula::Change { of, .. } => {
            let now = number(of, parts);
            let before = earlier.and_then(|earlier| number(of, earlier));
            Figures { value: variation(now, before), numerator: now, denominator: before, ..Figures::default() }
        }
        Formula::Kpis { .. } | Formula::Entered => Figures::default(),
    }
}

/// The ends of an interval in order: a value that falls where its part rises turns them round. One may be missing, where
/// a limit is not reached.
fn ends(middle: Option<f64>, lower: Option<f64>, upper: Option<f64>) -> (Option<f64>, Option<f64>) {
    let is_turned = match (middle, lower, upper) {
        (_, Some(lower), Some(upper)) => lower > upper,
        (Some(middle), Some(lower), None) => lower > middle,
        (Some(middle), None, Some(upper)) => upper < middle,
        _ => false,
    };
    if is_turned { (upper, lower) } else { (lower, upper) }
}

/// var(x) = 100 (x_T - x_{T-1}) / x_{T-1}; not defined where x_{T-1} = 0.
fn variation(now: Option<f64>, before: Option<f64>) -> Option<f64> {
    let (now, before) = (now?, before?);
    quotient(Some(100.0 * (now - before)), Some(before))
}

fn quotient(upper: Option<f64>, lower: Option<f64>) -> Option<f64> {
    let (upper, lower) = (upper?, lower?);
    (lower != 0.0).then(|| upper / lower).filter(|value| value.is_finite())
}

/// The number that a tree of parts gives.
pub fn number(tree: &PartTree, parts: &dyn Parts) -> Option<f64> {
    match evaluate(&tree.tree, &TreeScope { tree, parts }) {
        Ok(Value::Number(number)) => Some(number),
        _ => None,
    }
}

/// Whether a condition over parts holds; `None`: it cannot be told.
pub fn condition(tree: &PartTree, parts: &dyn Parts) -> Option<bool> {
    match evaluate(&tree.tree, &TreeScope { tree, parts }) {
        Ok(Value::Bool(holds)) => Some(holds),
        _ => None,
    }
}

/// A value over numbers by name, such as an index over other KPIs.
pub fn over_numbers(expression: &Expr, number: &dyn Fn(&str) -> Option<f64>) -> Option<f64> {
    struct Named<'a>(&'a dyn Fn(&str) -> Option<f64>);
    impl Scope for Named<'_> {
        fn number(&self, name: &str) -> Option<f64> {
            (self.0)(name)
        }
        fn call(&self, _: &str, _: &[&str], _: &[f64]) -> Option<f64> {
            None
        }
    }
    match evaluate(expression, &Named(number)) {
        Ok(Value::Number(number)) => Some(number),
        _ => None,
    }
}

fn named_value(expression: &Expr, named: &[(String, PartTree)], parts: &dyn Parts, bound: Bound) -> Option<f64> {
    match evaluate(expression, &NamedScope { named, parts, bound }) {
        Ok(Value::Number(number)) => Some(number),
        _ => None,
    }
}

/// Identifiers `p0`, `p1`, … of one tree.
struct TreeScope<'a> {
    tree: &'a PartTree,
    parts: &'a dyn Parts,
}

impl Scope for TreeScope<'_> {
    fn number(&self, name: &str) -> Option<f64> {
        let index: usize = name.strip_prefix('p')?.parse().ok()?;
        let (part, scale) = self.parts.part(self.tree.parts.get(index)?);
        part.number(scale)
    }

    fn call(&self, _: &str, _: &[&str], _: &[f64]) -> Option<f64> {
        None
    }
}

/// Names of parts in a value.
struct NamedScope<'a> {
    named: &'a [(String, PartTree)],
    parts: &'a dyn Parts,
    bound: Bound,
}

impl NamedScope<'_> {
    fn tree(&self, name: &str) -> Option<&PartTree> {
        self.named.iter().find(|(known, _)| known == name).map(|(_, tree)| tree)
    }

    /// A part by name, where the name stands for a single part.
    fn single(&self, name: &str) -> Option<(Cow<'_, PartValue>, PartScale)> {
        match self.tree(name)?.parts.as_slice() {
            [place] => Some(self.parts.part(place)),
            _ => None,
        }
    }
}

impl Scope for NamedScope<'_> {
    fn number(&self, name: &str) -> Option<f64> {
        number(self.tree(name)?, self.parts)
    }

    fn call(&self, function: &str, names: &[&str], arguments: &[f64]) -> Option<f64> {
        match (function, names, arguments) {
            ("capture_share", [all, hits], &[p]) if self.bound == Bound::Value => {
                PartValue::capture_share(&self.single(all)?.0, &self.single(hits)?.0, p)
            }
            (_, [name], _) => {
                let (part, scale) = self.single(name)?;
                part.statistic(function, arguments, scale, self.bound)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_an_interval_stand_in_order() {
        assert_eq!(ends(Some(5.0), Some(4.0), Some(7.0)), (Some(4.0), Some(7.0)));
        assert_eq!(ends(Some(5.0), Some(7.0), Some(4.0)), (Some(4.0), Some(7.0)));
        // 1440 / median: the lower limit of the median gives the upper one, and the other is not reached.
        assert_eq!(ends(Some(5.0), Some(7.0), None), (None, Some(7.0)));
        assert_eq!(ends(Some(5.0), Some(4.0), None), (Some(4.0), None));
        assert_eq!(ends(Some(5.0), None, Some(4.0)), (Some(4.0), None));
        assert_eq!(ends(None, None, None), (None, None));
    }
}
