//! `mizan ready`: which KPIs can be measured, and which missing fields would unlock most others.

use std::collections::BTreeSet;

use mizan_measure::ready::{Answerable, FieldName, Readiness, readiness};
use mizan_measure::run::manifests;
use serde_json::json;

use crate::arguments::ReadyArguments;
use crate::commands::{Session, local};
use crate::failure::{Exit, Failure};
use crate::node::Node;
use crate::output::{self, Format, Table};

/// How many unlocking sets people see.
const UNLOCKS_SHOWN: usize = 10;

/// Says what the records can answer.
pub fn run(arguments: &ReadyArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let node = session.node()?;
    let ready = readiness(&node.framework, &manifests(&node.folder, &node.framework)?);
    if arguments.letter {
        output::print(&letter(&ready, &node, session));
        return Ok(Exit::Done);
    }
    if arguments.output.format == Format::Json && arguments.output.out.is_none() {
        output::print_json(&serde_json::to_value(&ready).map_err(|error| Failure::internal(error.to_string()))?);
    } else {
        table(&ready, &node, session).write(arguments.output.format, arguments.output.out.as_deref())?;
    }
    if arguments.output.format == Format::Table && arguments.output.out.is_none() {
        output::print(&unlocks(&ready, session));
    }
    let count = |wanted| ready.kpis.iter().filter(|kpi| kpi.answerable == wanted).count() as u64;
    let (now, fields, tables) =
        (count(Answerable::Now), count(Answerable::FieldsMissing), count(Answerable::TableMissing));
    session.report.say(&session.text.messages.ready_summary(now, fields, tables));
    session.report.event("ready_finished", json!({ "now": now, "fields_missing": fields, "tables_missing": tables }));
    Ok(Exit::Done)
}

fn table(ready: &Readiness, node: &Node, session: &Session<'_>) -> Table {
    let text = session.text;
    let messages = &text.messages;
    let mut table =
        Table::new(&["kpi", "name", "readiness", "coverage", "weakest", "missing_fields", "missing_tables"]);
    table.heads = vec![
        messages.word_kpi(),
        messages.word_name(),
        messages.word_status(),
        messages.word_coverage(),
        messages.word_reason(),
    ];
    for kpi in &ready.kpis {
        let key = format!("{}.short", kpi.kpi);
        let name = local(&node.framework, &key, text).text.to_owned();
        let word = match kpi.answerable {
            Answerable::Now => "now",
            Answerable::FieldsMissing => "fields_missing",
            Answerable::TableMissing => "table_missing",
            Answerable::Entered => "entered",
        };
        let label = match kpi.answerable {
            Answerable::Now => messages.ready_now(),
            Answerable::FieldsMissing => messages.ready_field_missing(),
            Answerable::TableMissing => messages.ready_not_recorded(),
            Answerable::Entered => messages.ready_entered(),
        };
        let weakest = kpi.weakest.as_ref().map(ToString::to_string).unwrap_or_default();
        let known: Vec<&FieldName> =
            kpi.missing.iter().filter(|field| !kpi.missing_tables.contains(&field.contract)).collect();
        let missing: Vec<String> = kpi.missing.iter().map(ToString::to_string).collect();
        let reason: Vec<String> =
            kpi.missing_tables.iter().cloned().chain(known.into_iter().map(ToString::to_string)).collect();
        let reason = match (reason.is_empty(), kpi.filled) {
            (true, Some(filled)) if filled < 0.9995 => weakest.clone(),
            _ => reason.join(", "),
        };
        let filled = text.numbers.percent(kpi.filled.map(|filled| filled * 100.0), 1);
        table.rows.push(vec![
            kpi.kpi.as_str().into(),
            name.as_str().into(),
            word.into(),
            kpi.filled.into(),
            weakest.into(),
            missing.join(" ").into(),
            kpi.missing_tables.join(" ").into(),
        ]);
        table.shown.push(vec![kpi.kpi.clone(), name, label, filled, reason]);
    }
    table
}

fn unlocks(ready: &Readiness, session: &Session<'_>) -> String {
    let messages = &session.text.messages;
    if ready.unlocks.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{}\n", messages.ready_unlock_title());
    for unlock in ready.unlocks.iter().take(UNLOCKS_SHOWN) {
        let fields: Vec<String> = unlock.fields.iter().map(ToString::to_string).collect();
        let which = messages.ready_unlock_which(&unlock.kpis.join(", "));
        text.push_str(&format!(
            "  {} ({which})\n",
            messages.ready_unlock(&fields.join(" + "), unlock.kpis.len() as u64)
        ));
    }
    text
}

/// A letter that can be sent to the people who make the extract.
fn letter(ready: &Readiness, node: &Node, session: &Session<'_>) -> String {
    let messages = &session.text.messages;
    let mut text =
        format!("{}\n\n{}\n\n", messages.ready_letter_title(), messages.ready_letter_opening(&node.settings.name));
    let mut asked: BTreeSet<&FieldName> = BTreeSet::new();
    for field in ready.unlocks.iter().flat_map(|unlock| &unlock.fields) {
        if !asked.insert(field) {
            continue;
        }
        let key = format!("field.{}.{}", field.contract, field.field);
        let meaning = local(&node.framework, &key, session.text).text.to_owned();
        text.push_str(&format!("- {}\n", messages.ready_letter_item(&field.field, &field.contract, &meaning)));
    }
    text.push_str(&format!("\n{}\n", messages.ready_letter_closing()));
    text
}
