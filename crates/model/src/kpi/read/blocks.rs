//! Blocks that hold plain values. The validator has reported what is missing or malformed.

use serde_json::{Map, Value};

use super::super::{
    BreakClass, Disclosure, DisclosureLevel, EvidenceRule, ExternalRef, History, IntervalMethod, KpiText, Origin,
    OriginKind, Reference, Rollup, RollupMethod, Score, Uncertainty,
};
use crate::source::Item;

pub(super) fn origin(item: &Item) -> Option<Origin> {
    Some(Origin {
        kind: OriginKind::from_word(item.text("kind")?)?,
        source: item.text("source")?.to_owned(),
        url: item.text("url").map(str::to_owned),
        note: item.text("note").map(str::to_owned),
    })
}

pub(super) fn external_refs(root: &Item) -> Vec<ExternalRef> {
    let items = root.get("external_ref").map_or(&[][..], Item::list);
    items
        .iter()
        .filter_map(|item| {
            Some(ExternalRef {
                scheme: item.text("scheme")?.to_owned(),
                version: item.text_or_empty("version"),
                code: item.text("code")?.to_owned(),
            })
        })
        .collect()
}

pub(super) fn text(item: &Item) -> Option<KpiText> {
    Some(KpiText {
        lang: item.text("lang")?.to_owned(),
        name: item.text("name")?.to_owned(),
        short: item.text("short")?.to_owned(),
        definition: item.text("definition")?.to_owned(),
        rationale: item.text("rationale")?.to_owned(),
        limits: item.text("limits")?.to_owned(),
        how_to_read: item.text("how_to_read")?.to_owned(),
    })
}

/// Absent for what people enter: then nothing is hidden.
pub(super) fn rollup(item: Option<&Item>) -> Option<Rollup> {
    let Some(item) = item else {
        return Some(Rollup { method: RollupMethod::Last, min_denominator: 0, min_coverage: 0.0 });
    };
    Some(Rollup {
        method: RollupMethod::from_word(item.text("method")?)?,
        min_denominator: u64::try_from(item.get("min_denominator")?.as_integer()?).ok()?,
        min_coverage: item.get("min_coverage")?.as_number()?,
    })
}

/// Absent for what people enter.
pub(super) fn uncertainty(item: Option<&Item>) -> Option<Uncertainty> {
    let Some(item) = item else {
        let none = IntervalMethod::None;
        return Some(Uncertainty { when_full_count: none, when_sample: none, when_model: None });
    };
    Some(Uncertainty {
        when_full_count: IntervalMethod::from_word(item.text("when_full_count")?)?,
        when_sample: item.text("when_sample").map_or(Some(IntervalMethod::None), IntervalMethod::from_word)?,
        when_model: item.text("when_model").map(str::to_owned),
    })
}

pub(super) fn score(item: &Item) -> Option<Score> {
    let parameters: Map<String, Value> = item
        .entries()
        .iter()
        .filter(|e| e.key != "method" && e.key != "source")
        .map(|e| (e.key.clone(), e.item.to_json()))
        .collect();
    Some(Score {
        method: item.text("method")?.to_owned(),
        parameters: Value::Object(parameters),
        source: item.text("source").map(str::to_owned),
    })
}

pub(super) fn disclosure(item: &Item) -> Option<Disclosure> {
    let number = |key: &str| u32::try_from(item.get(key)?.as_integer()?).ok();
    Some(Disclosure {
        default: DisclosureLevel::from_word(item.text("default")?)?,
        ceiling: DisclosureLevel::from_word(item.text("ceiling")?)?,
        min_cell: number("min_cell")?,
        min_contributors: number("min_contributors")?,
    })
}

pub(super) fn evidence(item: &Item) -> EvidenceRule {
    EvidenceRule {
        required: item.texts("required"),
        acceptable: item.texts("acceptable"),
        rubric: item.text("rubric").map(str::to_owned),
    }
}

pub(super) fn references(root: &Item) -> Vec<Reference> {
    let items = root.get("reference").map_or(&[][..], Item::list);
    items
        .iter()
        .filter_map(|item| Some(Reference { to: item.text("to")?.to_owned(), kind: item.text("kind")?.to_owned() }))
        .collect()
}

pub(super) fn history(item: &Item) -> Option<History> {
    Some(History {
        supersedes: item.text("supersedes")?.to_owned(),
        break_class: BreakClass::from_word(item.text("break")?)?,
        bridge: item.get("bridge").and_then(Item::as_number),
        reason: item.text("reason").map(str::to_owned),
    })
}
