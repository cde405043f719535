//! Identity, words and origin.

use super::super::read::Reading;
use crate::contract::file_name;
use crate::diagnostic::Diagnostic;
use crate::source::{Item, suggestion};

/// Longest short name, so that it fits a table column and a chart axis.
const SHORT: usize = 52;

pub(in crate::kpi) fn check_head(reading: &Reading<'_>, name: &str) {
    let root = &reading.document.root;
    if let Some(item) = root.get("id")
        && let Some(id) = item.as_text()
    {
        if id != name {
            reading.findings.add(file_name(reading.document, item, id, name));
        }
        if id.starts_with("EX-") && !matches!(root.text("status"), Some("proposed") | None) {
            let finding = Diagnostic::error("F0413", "codes `EX-nn` are reserved for illustrations")
                .help("give the KPI a code of its dimension, or leave its status `proposed`");
            reading.add(finding, item, "an illustration");
        }
    }
    dimension_and_outcome(reading);
    words(reading);
    origin(reading);
}

fn dimension_and_outcome(reading: &Reading<'_>) {
    let root = &reading.document.root;
    let around = &reading.around;
    if let Some(item) = root.get("dimension")
        && let Some(id) = item.as_text()
        && !around.dimensions.iter().any(|d| d.id == id)
    {
        let words: Vec<&str> = around.dimensions.iter().map(|d| d.id.as_str()).collect();
        let mut finding = Diagnostic::error("F0208", format!("there is no dimension `{id}`"));
        finding.help = suggestion(id, &words);
        reading.add(finding, item, "unknown dimension");
    }
    let Some(item) = root.get("outcome") else { return };
    let Some(id) = item.as_text() else { return };
    let dimension = root.text("dimension").unwrap_or_default();
    match around.outcomes.iter().find(|o| o.id == id) {
        None => {
            let all: Vec<&str> = around.outcomes.iter().map(|o| o.id.as_str()).collect();
            let own: Vec<&str> = all.iter().copied().filter(|o| o.starts_with(&format!("{dimension}."))).collect();
            let mut finding = Diagnostic::error("F0209", format!("there is no outcome `{id}`"));
            finding.help = suggestion(id, if own.is_empty() { &all } else { &own });
            reading.add(finding, item, "unknown outcome");
        }
        Some(outcome) if outcome.dimension != dimension && !dimension.is_empty() => {
            let finding = Diagnostic::error(
                "F0209",
                format!("the outcome `{id}` belongs to the dimension `{}`", outcome.dimension),
            )
            .help(format!("choose an outcome of `{dimension}`, or change `dimension`"));
            reading.add(finding, item, "of another dimension");
        }
        Some(_) => {}
    }
}

fn words(reading: &Reading<'_>) {
    let Some(text) = reading.document.root.get("text") else { return };
    if let Some(item) = text.get("lang")
        && let Some(lang) = item.as_text()
        && lang != reading.around.source_language
    {
        let finding = Diagnostic::error("F0115", format!("`{lang}` is not the framework's source language"))
            .help(format!("write `{}` here; other languages stand in `i18n/`", reading.around.source_language));
        reading.add(finding, item, "another language");
    }
    if let Some(item) = text.get("short")
        && let Some(short) = item.as_text()
    {
        let length = short.chars().count();
        if length > SHORT {
            let finding = Diagnostic::error("F0113", format!("`short` has {length} characters, at most {SHORT} fit"))
                .why("it stands in table columns and on chart axes")
                .help("shorten it; the full name is in `name`");
            reading.add(finding, item, "too long");
        }
    }
    for key in ["name", "short"] {
        let Some(item) = text.get(key) else { continue };
        let name = item.as_text().unwrap_or_default().trim();
        let lower = name.to_lowercase();
        if lower.starts_with("number of ") || name.starts_with('%') {
            let finding = Diagnostic::error("F0114", format!("`{key}` starts with the unit"))
                .why("the unit is shown beside the value, in the reader's language")
                .help("leave out \"Number of\" and the percent sign: \"Rulings issued\", \"Share of …\"");
            reading.add(finding, item, "starts with the unit");
        }
    }
}

/// Only the verified names may be labelled as the WCO's.
fn origin(reading: &Reading<'_>) {
    let root = &reading.document.root;
    let Some(item) = root.get("origin").and_then(|o| o.get("kind")) else { return };
    if item.as_text() != Some("pmm") {
        return;
    }
    let id = root.text("id").unwrap_or_default();
    let refs = root.get("external_ref").map_or(&[][..], Item::list);
    if !reading.around.verified_pmm.iter().any(|v| v == id) {
        let finding = Diagnostic::error("F0408", format!("`{id}` is not a published KPI of the WCO's mechanism"))
            .why("nothing of ours may be labelled as the WCO's")
            .help(
                "write `adapted`, `published` or `own`; `verified_pmm` in `framework.toml` lists the published names",
            );
        reading.add(finding, item, "not verified");
    } else if !refs.iter().any(|r| r.text("scheme") == Some("wco-pmm")) {
        let finding = Diagnostic::error("F0408", "an origin `pmm` carries its reference").help(
            "add `external_ref = [{ scheme = \"wco-pmm\", version = \"…\", code = \"…\" }]` with the published name",
        );
        reading.add(finding, item, "without reference");
    }
}
