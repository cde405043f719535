//! `runs/<run>/run.json`: what a run read, with which definitions, how long it took and what it found.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use mizan_measure::run::{MeasureOptions, Run};
use mizan_model::diagnostic::Severity;
use mizan_model::period::Grain;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::node::{Node, NodeMapping, write_file};

/// Seconds by phase, in order.
pub type Timings = Vec<(&'static str, f64)>;

/// Writes `run.json` and makes the run the latest one.
pub fn write(
    node: &Node,
    run: &Run,
    options: &MeasureOptions,
    mappings: &[NodeMapping],
    timings: &Timings,
    warnings: &[String],
) -> Result<PathBuf, Failure> {
    let inputs: Vec<Value> = run
        .manifests
        .iter()
        .flat_map(|(contract, manifest)| manifest.sources.iter().map(move |source| (contract, source)))
        .map(|(contract, source)| {
            json!({
                "contract": contract,
                "mapping": source.mapping,
                "file": source.name,
                "sha256": source.sha256,
                "bytes": source.bytes,
                "rows": source.counts.rows_in,
                "taken": source.counts.taken,
                "quarantined": source.counts.quarantined,
                "duplicates": source.counts.duplicates,
                "reasons": source.reasons,
            })
        })
        .collect();
    let mappings: BTreeMap<&str, &str> = mappings.iter().map(|m| (m.mapping.name.as_str(), m.hash.as_str())).collect();
    let record = json!({
        "schema": "run/1",
        "run": run.id,
        "program": { "name": "mizan", "version": env!("CARGO_PKG_VERSION") },
        "administration": { "code": node.settings.code, "name": node.settings.name },
        "framework": { "id": node.framework.id, "version": node.framework.version, "hash": node.framework.hash },
        "settings": {
            "hash": node.settings_hash,
            "zone": options.zone,
            "currency": node.settings.currency,
            "kpis": options.kpis,
            "by": options.by,
            "grains": options.grains,
            "periods": options.periods.iter().map(ToString::to_string).collect::<Vec<_>>(),
        },
        "extracted_at": stamp(run.extraction),
        "mappings": mappings,
        "inputs": inputs,
        "scans": run.scans,
        "observations": run.observations.len(),
        "statuses": statuses(run),
        "checks": checks_summary(run),
        "warnings": warnings,
        "machine": { "memory_bytes": options.memory_bytes, "threads": options.threads },
        "seconds": timings.iter().map(|(phase, seconds)| (*phase, (seconds * 1000.0).round() / 1000.0)).collect::<BTreeMap<_, _>>(),
    });
    let path = folder(&node.folder, &run.id).join("run.json");
    write_file(&path, format!("{record:#}\n").as_bytes())?;
    let names = if is_whole(options) { &["latest", "whole"][..] } else { &["latest"] };
    for name in names {
        write_file(&node.folder.join("runs").join(name), format!("{}\n", run.id).as_bytes())?;
    }
    Ok(path)
}

/// Whether everything was measured, not a selection.
fn is_whole(options: &MeasureOptions) -> bool {
    options.kpis.is_none() && options.by.is_none() && options.periods.is_empty() && options.grains == Grain::ALL
}

/// Folder of a run.
pub fn folder(node: &Path, run: &str) -> PathBuf {
    node.join("runs").join(run)
}

/// Hash of the latest run; `None` if nothing was ever measured.
pub fn latest(node: &Path) -> Result<Option<String>, Failure> {
    named(node, "latest")
}

/// Hash of the latest run of everything; `None` if only selections were measured.
pub fn latest_whole(node: &Path) -> Result<Option<String>, Failure> {
    named(node, "whole")
}

fn named(node: &Path, name: &str) -> Result<Option<String>, Failure> {
    let path = node.join("runs").join(name);
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text.trim().to_owned()).filter(|run| !run.is_empty())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::read(&path, error)),
    }
}

/// The record of a run.
pub fn read(node: &Path, run: &str) -> Result<Value, Failure> {
    let path = folder(node, run).join("run.json");
    let text = std::fs::read_to_string(&path).map_err(|error| Failure::read(&path, error))?;
    serde_json::from_str(&text).map_err(|error| Failure::read(&path, error))
}

/// Instant in RFC 3339.
pub fn stamp(micros: i64) -> Option<String> {
    jiff::Timestamp::from_microsecond(micros).ok().map(|stamp| stamp.to_string())
}

fn statuses(run: &Run) -> BTreeMap<&'static str, usize> {
    let mut statuses = BTreeMap::new();
    for observation in &run.observations {
        *statuses.entry(observation.status.as_str()).or_default() += 1;
    }
    statuses
}

/// Checks passed, failed by severity, and the failed ones.
fn checks_summary(run: &Run) -> Value {
    let failed =
        |severity: Severity| run.checks.iter().filter(|c| c.severity == severity && c.holds != Some(true)).count();
    let names: Vec<Value> = run
        .checks
        .iter()
        .filter(|check| check.holds != Some(true))
        .map(|check| json!({ "kpi": check.kpi, "check": check.check, "period": check.period, "severity": check.severity, "holds": check.holds }))
        .collect();
    json!({
        "passed": run.checks.iter().filter(|check| check.holds == Some(true)).count(),
        "failed": { "error": failed(Severity::Error), "warning": failed(Severity::Warning), "notice": failed(Severity::Notice) },
        "failures": names,
    })
}
