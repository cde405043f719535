//! Blocks of a definition in normal form, and the hash that says whether its numbers can change.

use serde_json::{Map, Value, json};

use super::{Aggregate, Anchor, Kpi, Measure, Source};
use crate::expression::Expression;
use crate::framework::{canonical_json, sha256};

impl Kpi {
    /// Hash of everything that decides the numbers: sources, measure, breakdowns, checks, roll-up, intervals.
    /// Words, references and layout do not count.
    pub fn definition_hash(&self) -> String {
        let blocks = self.blocks();
        let deciding = [
            "id",
            "kind",
            "unit",
            "population.contract",
            "population",
            "clock",
            "measure",
            "rollup.method",
            "rollup",
            "uncertainty",
            "breakdown",
            "check",
        ];
        let content: Map<String, Value> =
            blocks.into_iter().filter(|(name, _)| deciding.contains(&name.as_str())).collect();
        sha256(&canonical_json(&Value::Object(content)))
    }

    /// The definition as JSON by block, expressions in normal form.
    pub(crate) fn blocks(&self) -> Map<String, Value> {
        let mut blocks = Map::new();
        let mut put = |name: &str, value: Value| blocks.insert(name.to_owned(), value);
        put("id", json!(self.id));
        put("status", json!(self.status));
        put("dimension", json!(self.dimension));
        put("outcome", json!(self.outcome));
        put("kind", json!(self.kind));
        put("unit", json!(self.unit));
        put("direction", json!(self.direction));
        put("range", json!(self.range));
        put("origin", json!(self.origin));
        put("external_ref", json!(self.external_ref));
        put("text", json!(self.text));
        put(
            "population.contract",
            self.sources.iter().map(|s| json!(format!("{}/{}", s.contract, s.contract_version))).collect(),
        );
        put("population", self.sources.iter().map(population).collect());
        put("clock", self.sources.iter().map(clock).collect());
        put("measure", measure(&self.measure));
        put("rollup.method", json!(self.rollup.method));
        put("rollup", json!([self.rollup.min_denominator, self.rollup.min_coverage]));
        let uncertainty = &self.uncertainty;
        put("uncertainty", json!([uncertainty.when_full_count, uncertainty.when_sample, uncertainty.when_model]));
        let breakdowns = self
            .breakdowns
            .iter()
            .map(|b| json!([b.by, b.expr.as_ref().map(normal), b.applies_to, b.export, b.suppress_first]));
        put("breakdown", breakdowns.collect());
        put("score", json!(self.score));
        put("disclosure", json!(self.disclosure));
        put("evidence", json!(self.evidence));
        put("check", self.checks.iter().map(|c| json!([c.id, c.severity, aggregate(&c.assert), c.waivable])).collect());
        put("reference", json!(self.references));
        let fixtures = self.fixtures.iter().map(|f| {
            let e = &f.expect;
            let number = |n: &Option<super::Located<f64>>| json!(n.as_ref().map(|n| n.value));
            json!([
                f.input.iter().map(|i| json!([i.contract, i.file])).collect::<Value>(),
                f.period.value.to_string(),
                f.extracted_at,
                [number(&e.numerator), number(&e.denominator), number(&e.value), number(&e.coverage), number(&e.n)],
                e.status.as_ref().map(|s| &s.value),
                e.failed_checks,
            ])
        });
        put("fixture", fixtures.collect());
        put("history", json!(self.history));
        blocks
    }
}

fn normal(expression: &Expression) -> &str {
    &expression.normal
}

fn aggregate(aggregate: &Aggregate) -> Value {
    json!([aggregate.source, aggregate.expression.normal])
}

fn population(source: &Source) -> Value {
    let anchor = match &source.anchor {
        Anchor::Period(expression) => json!(["period", expression.normal]),
        Anchor::PeriodEnd { from, to } => json!(["period_end", from, to]),
    };
    json!([source.filter.as_ref().map(normal), anchor, source.closes_days])
}

fn clock(source: &Source) -> Value {
    match &source.clock {
        None => Value::Null,
        Some(c) => {
            json!([c.start.normal, c.stop.normal, c.requires, c.precision, c.calendar, c.zone, source.pending])
        }
    }
}

fn measure(measure: &Measure) -> Value {
    match measure {
        Measure::Quotient { numerator, denominator } => {
            json!(["quotient", aggregate(numerator), aggregate(denominator)])
        }
        Measure::Single(one) => json!(["single", aggregate(one)]),
        Measure::Parts { parts, value, statistics } => {
            // Parts are named by the author: their order does not matter, their names do only to the value.
            let parts: Map<String, Value> = parts.iter().map(|(name, a)| (name.clone(), aggregate(a))).collect();
            let statistics: Value = statistics.iter().map(|s| json!([s.name, s.value.normal, s.unit])).collect();
            json!(["parts", parts, value.normal, statistics])
        }
        Measure::Change { of, offset_months } => json!(["change", aggregate(of), offset_months]),
        Measure::Kpis { of, value } => {
            let of: Map<String, Value> = of.iter().map(|(name, id)| (name.clone(), json!(id))).collect();
            json!(["kpis", of, value.normal])
        }
        Measure::Entered => json!(["entered"]),
    }
}
