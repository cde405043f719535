//! From the calls in a definition to parts of a scan.

use mizan_model::expression::parts::{PartCall, PartKind};
use mizan_model::kpi::{Pending, Source};
use sqlparser::ast::Expr;

use super::scale::{DOUBLE_DIGITS, decimal_scale, is_double};
use super::sources::{Classes, Numbers};
use super::{ClassCounts, Counted, PartPlace, PlannedPart, Planner, hash_id, scan_key};
use crate::part_value::PartScale;
use crate::render::{self, Words, quoted};

impl Planner<'_> {
    pub(super) fn class_counts(&mut self, index: usize, source: &Source) -> ClassCounts {
        let columns = self.source(source);
        let count = |planner: &mut Self, class: &str, condition: String| {
            let place = planner.store(source, PartKind::Count, PartScale::Decimal(0), condition, class);
            PartPlace { source: index, ..place }
        };
        let scan = &self.scans[&scan_key(source)].scan;
        let planned = &scan.sources[columns];
        let (numbers, filtered) = (planned.numbers, planned.filter.is_some());
        let classes = planned.classes();
        let in_population = || if filtered { format!("w{}", numbers.filter) } else { all([]) };
        let usable = match &classes {
            None => in_population(),
            Some(Classes { rule: Pending::Exclude, base, .. }) => base.clone(),
            Some(classes) => classes.usable.clone(),
        };
        let class = |of: fn(&Classes) -> &String| classes.as_ref().map(of).cloned();
        let (pending, unusable) = (class(|c| &c.pending), class(|c| &c.unusable));
        ClassCounts {
            contract: source.contract.clone(),
            usable: count(self, "usable", usable),
            pending: pending.map(|pending| count(self, "pending", pending)),
            unusable: unusable.map(|unusable| count(self, "unusable", unusable)),
            undetermined: filtered.then(|| count(self, "undetermined", format!("w{} IS NULL", numbers.filter))),
            closes_days: source.closes_days,
            zone: self.zone(source).to_owned(),
        }
    }

    pub(super) fn part(&mut self, source: &Source, call: &PartCall, counted: Counted) -> PartPlace {
        let columns = self.source(source);
        let contract = &self.framework.contracts[&source.contract];
        let Numbers { filter: w, clock: e, .. } = self.scans[&scan_key(source)].scan.sources[columns].numbers;
        let clock_column = format!("k{e}");
        let has_clock = source.clock.is_some();
        let clock = has_clock.then_some(clock_column.as_str());
        let words = Words { zone: self.zone(source), ..self.words(contract, clock) };
        let is_clock = |e: &Expr| matches!(e, Expr::Identifier(name) if name.value == "clock");
        let argument = call.argument.as_ref();
        let on_clock = argument.is_some_and(is_clock);
        let mut rendered = argument.map(|a| render::scan_sql(a, words)).unwrap_or_default();
        let is_rounded = matches!(call.kind, PartKind::Min | PartKind::Max | PartKind::Moments)
            && argument.is_some_and(|a| is_double(a, contract));
        if is_rounded {
            rendered = format!("CAST({rendered} AS DECIMAL(38, {DOUBLE_DIGITS}))");
        }
        let scale = match call.kind {
            PartKind::Moments if on_clock => PartScale::Seconds,
            PartKind::Sum | PartKind::Min | PartKind::Max if on_clock => PartScale::Microseconds,
            _ if is_rounded => PartScale::Decimal(DOUBLE_DIGITS),
            PartKind::Sum | PartKind::Min | PartKind::Max | PartKind::Moments => {
                PartScale::Decimal(argument.map_or(0, |a| decimal_scale(a, contract)))
            }
            _ => PartScale::Decimal(0),
        };
        let aggregate = match call.kind {
            // For a count, the conditions below are all there is.
            PartKind::Count => String::new(),
            PartKind::Sum => format!("part_sum({rendered})"),
            PartKind::Min => format!("part_min({rendered})"),
            PartKind::Max => format!("part_max({rendered})"),
            // Whole seconds keep the sum of squares exact.
            PartKind::Moments if on_clock => format!("part_moments(mizan_seconds({rendered}))"),
            PartKind::Moments => format!("part_moments({rendered})"),
            PartKind::HistMinutes if on_clock => format!("part_minutes({rendered})"),
            PartKind::HistMinutes => format!("part_minutes(({rendered}) * 60000000)"),
            PartKind::HistLog => format!("part_log({rendered})"),
            // Codes are counted as they are stored.
            PartKind::Distinct => match argument {
                Some(Expr::Identifier(field)) if !has_clock || field.value != "clock" => {
                    format!("part_distinct({})", quoted(&field.value))
                }
                _ => format!("part_distinct({rendered})"),
            },
            PartKind::Survival => format!("part_survival(s{e})"),
        };
        let filter = call.filter.as_ref().map(|f| render::scan_sql(f, words));
        let meaning = {
            let words = Words { clock: has_clock.then_some("clock"), ..words };
            let text = |e: Option<&Expr>| e.map(|e| render::sql(e, words)).unwrap_or_default();
            let (of, filter) = (text(argument), text(call.filter.as_ref()));
            format!("{:?}|{counted:?}|{of}|{filter}{}", call.kind, self.calendars_of(&format!("{of} {filter}")))
        };
        // A survival table tells pending from usable records itself.
        let base = if call.kind == PartKind::Survival || counted == Counted::Population {
            self.scans[&scan_key(source)].scan.sources[columns].filter.as_ref().map(|_| format!("w{w}"))
        } else {
            self.base(source, columns)
        };
        let counts_rows = call.kind == PartKind::Count;
        let is_filled = (counts_rows && argument.is_some()).then(|| format!("({rendered}) IS NOT NULL"));
        let conditions: Vec<String> = [base, filter, is_filled].into_iter().flatten().collect();
        let sql = match conditions.is_empty() {
            _ if counts_rows => all(conditions),
            true => aggregate,
            false => format!("{aggregate} FILTER (WHERE {})", all(conditions)),
        };
        self.store(source, call.kind, scale, sql, &meaning)
    }

    /// Column that is true for the records that count: in the population, and usable or pending as the rule says.
    fn base(&self, source: &Source, columns: usize) -> Option<String> {
        let planned = &self.scans[&scan_key(source)].scan.sources[columns];
        match (&planned.filter, &planned.clock) {
            (_, Some(_)) => Some(format!("u{}", planned.numbers.base)),
            (Some(_), None) => Some(format!("w{}", planned.numbers.filter)),
            (None, None) => None,
        }
    }

    pub(super) fn store(
        &mut self,
        source: &Source,
        kind: PartKind,
        scale: PartScale,
        sql: String,
        meaning: &str,
    ) -> PartPlace {
        let columns = self.source(source);
        let zone = self.zone(source).to_owned();
        let draft = self.scan(source);
        let planned = &draft.scan.sources[columns];
        let reference = format!("{}/{}", source.contract, source.contract_version);
        let id = hash_id("p", &[&reference, &planned.meaning(&draft.scan), meaning]);
        let part = PlannedPart {
            id: id.clone(),
            kind,
            scale,
            anchor: planned.anchor,
            closes_days: planned.clock.as_ref().map(|clock| clock.closes_days),
            zone,
            sql,
        };
        let number = draft.number;
        draft.parts.entry(id.clone()).or_insert(part);
        PartPlace { scan: number, id, source: 0 }
    }
}

/// A condition that is true where all are, and never unknown; true if there is none.
pub(super) fn all(conditions: impl IntoIterator<Item = String>) -> String {
    let conditions: Vec<String> = conditions.into_iter().collect();
    match conditions.as_slice() {
        [] => "true".to_owned(),
        [one] => one.clone(),
        _ => format!("mizan_all({})", conditions.join(", ")),
    }
}
