//! The audit record of scores, and its proof.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::cases::Question;
use super::{Answer, answer};
use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::node::write_file;

const SCHEMA: &str = "score-record/1";

/// Writes what was read, by which rules, and the hash of what came out.
pub fn write(path: &Path, question: &Question, answer: &Answer, session: &Session<'_>) -> Result<(), Failure> {
    let record = record(question, answer)?;
    write_file(path, format!("{record:#}\n").as_bytes())?;
    session.report.say(&session.text.messages.score_record(&path.display().to_string()));
    Ok(())
}

fn record(question: &Question, answer: &Answer) -> Result<Value, Failure> {
    let inputs: Vec<Value> = answer.files.iter().map(|file| hashed(file)).collect::<Result<_, _>>()?;
    let optional = |path: &Option<PathBuf>| path.as_deref().map(hashed).transpose();
    Ok(json!({
        "schema": SCHEMA,
        "program": { "name": "mizan", "version": env!("CARGO_PKG_VERSION") },
        "framework": {
            "folder": question.framework,
            "id": answer.framework.id,
            "version": answer.framework.version,
            "hash": answer.framework.hash,
        },
        "inputs": inputs,
        "peers": optional(&question.peers)?,
        "recipe": optional(&question.recipe)?,
        "year": answer.year,
        "areas": question.areas,
        "methods": methods(answer),
        "seed": answer.seed,
        "result": { "rows": answer.table.rows.len(), "scores": answer.scores, "sha256": digest(answer)? },
    }))
}

/// How many scores were made by each method.
fn methods(answer: &Answer) -> std::collections::BTreeMap<String, usize> {
    let mut counts = std::collections::BTreeMap::new();
    let column = answer.table.columns.iter().position(|name| name == "method").unwrap_or_default();
    for row in &answer.table.rows {
        if let crate::output::Cell::Text(method) = &row[column] {
            *counts.entry(method.clone()).or_default() += 1;
        }
    }
    counts
}

/// Hash of all columns but the names, which are in the reader's language.
fn digest(answer: &Answer) -> Result<String, Failure> {
    let mut table = answer.table.clone();
    if let Some(name) = table.columns.iter().position(|column| column == "name") {
        table.columns.remove(name);
        table.rows.iter_mut().for_each(|row| drop(row.remove(name)));
    }
    Ok(hex(&table.csv()?))
}

fn hashed(path: &Path) -> Result<Value, Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::read(path, error))?;
    Ok(json!({ "file": path, "bytes": bytes.len(), "sha256": hex(&bytes) }))
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Scores again from the files of a record, and compares bit for bit.
pub fn replay(path: &Path, session: &Session<'_>) -> Result<Exit, Failure> {
    let text = std::fs::read_to_string(path).map_err(|cause| Failure::read_text(path, &cause))?;
    let damaged = |what: &str| {
        Failure::new(Exit::Input, "S0602", format!("`{}` is no audit record of scores: {what}", path.display()))
            .help("give the file that `mizan score --record` wrote")
    };
    let record: Value = serde_json::from_str(&text).map_err(|error| damaged(&error.to_string()))?;
    if record["schema"] != SCHEMA {
        return Err(damaged("`schema` is another"));
    }
    let file = |value: &Value| value["file"].as_str().map(PathBuf::from);
    let inputs = record["inputs"].as_array().ok_or_else(|| damaged("`inputs` is not there"))?;
    let files: Vec<PathBuf> = inputs
        .iter()
        .map(|input| file(input).ok_or_else(|| damaged("an input has no `file`")))
        .collect::<Result<_, _>>()?;
    let texts = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let differs = |what: String| {
        Failure::new(Exit::Failed, "S0602", what).help("restore the files as they were, or find out who changed them")
    };
    let named = [&record["peers"], &record["recipe"]];
    for input in inputs.iter().chain(named.into_iter().filter(|value| !value.is_null())) {
        let path = file(input).ok_or_else(|| damaged("an input has no `file`"))?;
        if hashed(&path)?["sha256"] != input["sha256"] {
            return Err(differs(format!("`{}` has another content than the record says", path.display())));
        }
    }
    let question = Question {
        files,
        framework: record["framework"]["folder"].as_str().map(PathBuf::from),
        year: record["year"].as_i64(),
        peers: file(&record["peers"]),
        areas: texts(&record["areas"]),
        recipe: file(&record["recipe"]),
    };
    let answer = answer(&question, session)?;
    // The record of this run must be the same, but for the version of the program, which may be newer.
    let mut again = self::record(&question, &answer)?;
    if record["program"]["version"].is_string() {
        again["program"]["version"] = record["program"]["version"].clone();
    }
    if let Some((what, expected, found)) = first_difference("", &record, &again) {
        return Err(differs(format!("`{what}` is {found} now, the record says {expected}")));
    }
    session.report.say(&session.text.messages.score_proved(answer.scores as u64));
    Ok(Exit::Done)
}

/// The first place where two values differ.
fn first_difference<'a>(path: &str, expected: &'a Value, found: &'a Value) -> Option<(String, &'a Value, &'a Value)> {
    match (expected, found) {
        (Value::Object(a), Value::Object(b)) => {
            let keys: std::collections::BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            let place = |key: &String| if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            keys.into_iter().find_map(|key| first_difference(&place(key), &expected[key], &found[key]))
        }
        _ => (expected != found).then(|| (path.to_owned(), expected, found)),
    }
}
