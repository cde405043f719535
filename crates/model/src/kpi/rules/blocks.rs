//! Which blocks a kind needs, clock and closing, score, disclosure, intervals, references, history.

use std::ops::ControlFlow;

use sqlparser::ast::{Expr, visit_expressions};

use super::super::read::Reading;
use super::super::{DisclosureLevel, KpiKind, Measure, Source, Version};
use crate::diagnostic::Diagnostic;
use crate::expression::Expression;
use crate::expression::allow::interval_minutes;
use crate::expression::parts::{PartKind, cut};
use crate::source::{Item, suggestion};

pub(in crate::kpi) fn check_blocks(
    reading: &Reading<'_>,
    kind: Option<KpiKind>,
    sources: &[Source],
    measure: Option<&Measure>,
) {
    needed_blocks(reading, kind);
    if let Some(measure) = measure {
        closing(reading, sources, measure);
        pending(reading, measure);
        intervals(reading, measure);
        super::part_kinds::check_part_kinds(reading, measure);
    }
    rollup(reading);
    score(reading);
    disclosure(reading);
    references(reading);
    history(reading);
    expected_in_range(reading);
}

fn needed_blocks(reading: &Reading<'_>, kind: Option<KpiKind>) {
    let root = &reading.document.root;
    let Some(kind) = kind else { return };
    let entered = matches!(kind, KpiKind::Reported | KpiKind::Rubric);
    let over_kpis = root.get("measure").is_some_and(|m| m.get("kpis").is_some());
    let place = root.get("kind").unwrap_or(root);
    if entered {
        for key in ["population", "clock", "breakdown"] {
            if let Some(entry) = root.entry(key) {
                let finding = Diagnostic::error("F0424", format!("a KPI of kind `{kind}` has no `[{key}]`"))
                    .at(reading.document.file, entry.key_span.clone(), "nothing is computed")
                    .help("leave it out, or choose a kind that is computed from records");
                reading.findings.add(finding);
            }
        }
    } else {
        for key in ["rollup", "uncertainty"] {
            if root.get(key).is_none() {
                let finding = Diagnostic::error("F0422", format!("a KPI of kind `{kind}` needs `[{key}]`"))
                    .help("every block but clock, check and reference is present in a computed KPI");
                reading.add(finding, place, "needs more blocks");
            }
        }
    }
    if over_kpis && let Some(entry) = root.entry("population") {
        let finding = Diagnostic::error("F0424", "an index over KPIs has no `[population]`")
            .at(reading.document.file, entry.key_span.clone(), "nothing is counted here")
            .help("leave it out: the other KPIs have their own");
        reading.findings.add(finding);
    }
    if let (Some(clock), false) = (root.entry("clock"), root.get("population").is_some())
        && !entered
    {
        let finding = Diagnostic::error("F0422", "a clock needs `[population]`")
            .at(reading.document.file, clock.key_span.clone(), "whose clock?")
            .help("add `[population]` with the contract that has these fields");
        reading.findings.add(finding);
    }
    if kind == KpiKind::Rubric && root.get("evidence").is_some_and(|e| e.get("rubric").is_none()) {
        let finding = Diagnostic::error("F0423", "a KPI of kind `rubric` names its rubric")
            .help("write `rubric = \"…\"` under `[evidence]`");
        reading.add(finding, root.get("evidence").unwrap_or(place), "no rubric");
    }
    if root.text("status") == Some("active") && !entered && root.get("fixture").is_none_or(|f| f.list().is_empty()) {
        let finding = Diagnostic::error("F0407", "a KPI without a fixture cannot be `active`")
            .why("the fixture is the meaning: without it nobody can prove the same number")
            .help("add `[[fixture]]` with a small CSV file and figures worked out by hand");
        reading.add(finding, root.get("status").unwrap_or(place), "no fixture");
    }
}

/// `closes` is at least as long as the longest interval literal in the measure.
fn closing(reading: &Reading<'_>, sources: &[Source], measure: &Measure) {
    let aggregates: Vec<&super::super::Aggregate> = match measure {
        Measure::Quotient { numerator, denominator } => vec![numerator, denominator],
        Measure::Single(aggregate) => vec![aggregate],
        Measure::Change { of, .. } => vec![of],
        Measure::Parts { parts, .. } => parts.iter().map(|(_, a)| a).collect(),
        Measure::Kpis { .. } | Measure::Entered => Vec::new(),
    };
    for aggregate in aggregates {
        let Some(source) = sources.get(aggregate.source).filter(|s| s.clock.is_some()) else { continue };
        let longest = longest_interval(&aggregate.expression.tree);
        if longest > f64::from(source.closes_days) * 1440.0 {
            let days = (longest / 1440.0).ceil();
            let place = reading.document.root.get("population");
            let place = place.and_then(|p| p.get("closes").or(Some(p))).unwrap_or(&reading.document.root);
            let finding = Diagnostic::error(
                "F0405",
                format!("cases close after {} days, but the measure waits for {days}", source.closes_days),
            )
            .why("a shorter wait counts undecided cases as late")
            .help(format!("write `closes = \"{days}d\"` or more"));
            reading.add(finding, place, "shorter than the longest interval");
            return;
        }
    }
}

fn longest_interval(tree: &Expr) -> f64 {
    let mut longest = 0.0_f64;
    let _ = visit_expressions(tree, |expr| {
        if let Expr::Interval(interval) = expr
            && let Ok(minutes) = interval_minutes(interval)
        {
            longest = longest.max(minutes);
        }
        ControlFlow::<()>::Continue(())
    });
    longest
}

fn pending(reading: &Reading<'_>, measure: &Measure) {
    let root = &reading.document.root;
    let Some(block) = root.get("measure") else { return };
    let clock = root.get("clock").is_some();
    match (block.get("pending"), clock) {
        (None, true) => {
            let finding = Diagnostic::error("F0403", "`pending` is not chosen")
                .why("whether open cases count as late changes the number, so the author must say")
                .help("write `not_met` (they stay in the denominator), `exclude`, or `censored` (survival parts only)");
            reading.add(finding, block, "there is a clock");
        }
        (Some(item), false) if item.as_text() != Some("exclude") => {
            let finding = Diagnostic::error("F0403", "`pending` without a clock")
                .help("without a clock no case is open: add `[clock]`, or leave `pending` out");
            reading.add(finding, item, "no clock");
        }
        (Some(item), true) if item.as_text() == Some("censored") => {
            let survival = match measure {
                Measure::Parts { parts, .. } => parts
                    .iter()
                    .flat_map(|(_, a)| cut(&a.expression.tree).calls)
                    .all(|call| call.kind == PartKind::Survival || call.kind == PartKind::Count),
                _ => false,
            };
            if !survival {
                let finding = Diagnostic::error("F0404", "`censored` needs survival parts")
                    .help("write `parts.s = \"survival(clock)\"`, or choose `not_met` or `exclude`");
                reading.add(finding, item, "not a survival part");
            }
        }
        _ => {}
    }
}

/// Histograms, moments, sketches and survival tables are not numbers: nothing can be added to them.
pub(in crate::kpi) fn structured_part_alone(reading: &Reading<'_>, expression: &Expression) {
    let cut = cut(&expression.tree);
    let structured = cut.calls.iter().find(|call| call.kind.is_structured());
    let Some(call) = structured else { return };
    if !matches!(cut.rest, Expr::Identifier(_)) {
        let finding = Diagnostic::error("F0416", format!("`{}` stands inside arithmetic", call.kind))
            .at(&expression.file, expression.span.clone(), "not a number")
            .help("name it as a part of its own, and write `quantile`, `mean`, `share_within` … in `value`");
        reading.findings.add(finding);
    }
}

fn intervals(reading: &Reading<'_>, measure: &Measure) {
    let Some(block) = reading.document.root.get("uncertainty") else { return };
    let kinds: Vec<PartKind> = match measure {
        Measure::Quotient { numerator, denominator } => {
            [numerator, denominator].iter().flat_map(|a| cut(&a.expression.tree).calls).map(|c| c.kind).collect()
        }
        Measure::Parts { parts, .. } => {
            parts.iter().flat_map(|(_, a)| cut(&a.expression.tree).calls).map(|c| c.kind).collect()
        }
        _ => Vec::new(),
    };
    for key in ["when_full_count", "when_sample"] {
        let Some(item) = block.get(key) else { continue };
        let word = item.as_text().unwrap_or_default();
        let (fits, needs) = match word {
            "wilson95" => (
                !kinds.is_empty() && kinds.iter().all(|k| *k == PartKind::Count)
                    || kinds.iter().any(|k| matches!(k, PartKind::HistMinutes | PartKind::HistLog)),
                "a ratio of counts or a share of a histogram",
            ),
            "normal95" => (kinds.contains(&PartKind::Moments), "a part `moments(x)`"),
            "order95" => (
                kinds.iter().any(|k| matches!(k, PartKind::HistMinutes | PartKind::HistLog)),
                "a part `hist_minutes(clock)` or `hist_log(x)`",
            ),
            "greenwood95" => (kinds.contains(&PartKind::Survival), "a part `survival(clock)`"),
            _ => (true, ""),
        };
        if let Measure::Parts { value, .. } = measure
            && !matches!(word, "" | "none")
            && statistics_in(&value.tree) != Some(1)
        {
            let finding =
                Diagnostic::error("F0415", format!("the interval `{word}` needs a `value` with one statistic"))
                    .why("the ends of an interval cannot be carried through several uncertain numbers")
                    .help("write one of `quantile`, `share_within`, `mean` …, with numbers around it; or `none`");
            reading.add(finding, item, "does not fit this value");
        } else if !fits {
            let finding = Diagnostic::error("F0415", format!("the interval `{word}` needs {needs}"))
                .help("choose an interval that fits the parts, or `none` for money, stocks and sums");
            reading.add(finding, item, "does not fit this measure");
        }
    }
}

/// Statistics in arithmetic with numbers; `None` where other names take part.
fn statistics_in(value: &Expr) -> Option<usize> {
    match value {
        Expr::Value(_) => Some(0),
        Expr::Function(_) => Some(1),
        Expr::Nested(inner) | Expr::UnaryOp { expr: inner, .. } => statistics_in(inner),
        Expr::BinaryOp { left, right, .. } => Some(statistics_in(left)? + statistics_in(right)?),
        _ => None,
    }
}

fn rollup(reading: &Reading<'_>) {
    let root = &reading.document.root;
    let stock = root.get("population").is_some_and(|p| p.get("at").is_some());
    let Some(item) = root.get("rollup").and_then(|r| r.get("method")) else { return };
    if stock && item.as_text() == Some("merge") {
        let finding = Diagnostic::error("F0412", "a stock is not merged over months")
            .why("who is there in January and in February would be counted twice")
            .help("write `method = \"last\"`");
        reading.add(finding, item, "would count twice");
    }
}

fn score(reading: &Reading<'_>) {
    let root = &reading.document.root;
    let Some(block) = root.get("score") else { return };
    let Some(item) = block.get("method") else { return };
    let method = item.as_text().unwrap_or_default();
    if root.text("direction") == Some("context") && method != "none" {
        let finding = Diagnostic::error("F0406", "a KPI of direction `context` is not scored")
            .why("no value of it is better than another")
            .help("write `method = \"none\"`");
        reading.add(finding, item, "scores a context figure");
    }
    let needs: &[&str] = match method {
        "goalposts" => &["floor", "ceiling", "source"],
        "target" => &["target", "date", "source"],
        "bands" => &["combine", "criteria", "source"],
        "points" | "stage" => &["criteria", "source"],
        _ => &[],
    };
    for key in needs.iter().filter(|key| block.get(key).is_none()) {
        let finding = Diagnostic::error("F0414", format!("the score method `{method}` needs `{key}`")).help(
            if *key == "source" {
                "a score always names the decision that it comes from"
            } else {
                "add it to `[score]`"
            },
        );
        reading.add(finding, item, "not complete");
    }
    if let (Some(floor), Some(ceiling)) = (block.get("floor"), block.get("ceiling"))
        && floor.as_number() == ceiling.as_number()
    {
        let finding = Diagnostic::error("F0414", "floor and ceiling are the same").help("give two different values");
        reading.add(finding, ceiling, "same as the floor");
    }
}

fn disclosure(reading: &Reading<'_>) {
    let Some(block) = reading.document.root.get("disclosure") else { return };
    let level = |key: &str| block.text(key).and_then(DisclosureLevel::from_word);
    if let (Some(default), Some(ceiling)) = (level("default"), level("ceiling"))
        && default > ceiling
    {
        let finding =
            Diagnostic::error("F0409", format!("the proposal `{default}` is wider than the ceiling `{ceiling}`"))
                .help("propose at most the ceiling");
        reading.add(finding, block.get("default").unwrap_or(block), "wider than the ceiling");
    }
}

fn references(reading: &Reading<'_>) {
    for item in reading.document.root.get("reference").map_or(&[][..], Item::list) {
        let Some(to) = item.get("to") else { continue };
        let Some(id) = to.as_text().and_then(|t| t.strip_prefix("instrument:")) else { continue };
        if reading.around.instruments.iter().all(|i| i.id != id) {
            let words: Vec<&str> = reading.around.instruments.iter().map(|i| i.id.as_str()).collect();
            let mut finding = Diagnostic::error("F0221", format!("there is no instrument `{id}`"));
            finding.help = suggestion(id, &words).or_else(|| Some(format!("add `instruments/{id}.toml`")));
            reading.add(finding, to, "unknown instrument");
        }
    }
}

fn history(reading: &Reading<'_>) {
    let root = &reading.document.root;
    let Some(block) = root.get("history") else { return };
    let version = root.text("version").and_then(Version::parse);
    let Some(earlier_item) = block.get("supersedes") else { return };
    let earlier_text = earlier_item.as_text().unwrap_or_default();
    let break_word = block.text("break").unwrap_or_default();
    if earlier_text.is_empty() {
        if break_word != "none"
            && let Some(item) = block.get("break")
        {
            let finding = Diagnostic::error("F0418", "there is nothing to break with")
                .help("name the earlier version in `supersedes`, or write `break = \"none\"`");
            reading.add(finding, item, "no earlier version");
        }
        return;
    }
    let Some(version) = version else { return };
    let Some(earlier) = Version::parse(earlier_text) else {
        let finding = Diagnostic::error("F0107", format!("`{earlier_text}` is not a valid `supersedes`"))
            .help("write it like `1.0.0`");
        return reading.add(finding, earlier_item, "malformed");
    };
    if earlier >= version {
        let finding = Diagnostic::error("F0418", format!("`{version}` cannot supersede `{earlier}`"))
            .help("a version supersedes an earlier one");
        return reading.add(finding, earlier_item, "not earlier");
    }
    let item = block.get("break").unwrap_or(block);
    if version.major > earlier.major && break_word == "none" {
        let finding = Diagnostic::error("F0418", "a new major version breaks the series")
            .help("write `break = \"level\"` (same concept, shifted) or `\"concept\"` (another thing)");
        reading.add(finding, item, "says that nothing breaks");
    } else if version.major == earlier.major && break_word != "none" {
        let finding = Diagnostic::error("F0418", format!("a break needs a new major version, `{version}` is not one"))
            .help(format!("write `version = \"{}.0.0\"`", earlier.major + 1));
        reading.add(finding, item, "without a major version");
    }
}

fn expected_in_range(reading: &Reading<'_>) {
    let root = &reading.document.root;
    let Some([low, high]) = root.get("range").map(Item::list) else { return };
    let (Some(low), Some(high)) = (low.as_number(), high.as_number()) else { return };
    if low >= high {
        return; // reported already
    }
    for item in root.get("fixture").map_or(&[][..], Item::list) {
        let Some(value) = item.get("expect").and_then(|e| e.get("value")) else { continue };
        if value.as_number().is_some_and(|v| v < low || v > high) {
            let finding =
                Diagnostic::error("F0419", format!("the expected value is outside the range {low} to {high}"))
                    .help("correct the figure or the `range`");
            reading.add(finding, value, "out of range");
        }
    }
}
