//! Derived fields: what a source does not give is looked up in records of other contracts with the same key.
//!
//! The expression of a field is an aggregate over the other contract's rows of one key, as a correlated sub-query would
//! compute it: a count over no rows is zero (in months that the other contract covers), everything else is NULL.

mod lookup;
mod rewrite;
mod touched;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use mizan_model::contract::{Contract, Field};

pub(crate) use self::rewrite::is_count;
use crate::error::{BAD_CONTRACT, IngestError};
use crate::ingest::{Run, read_manifest};
use crate::manifest::{DerivedFrom, Manifest};
use crate::node::remove_file;
use crate::options::{DeriveReport, IngestOptions, Observer};

/// Bytes of memory that one record of the target may cost while its fields are derived.
const BYTES_PER_RECORD: usize = 1024;

/// Fields of a contract that one stage takes from one other contract.
pub(crate) struct Group<'a> {
    /// The other contract.
    pub from: &'a Contract,
    /// The field that both share.
    pub on: &'a str,
    /// What is derived.
    pub fields: Vec<&'a Field>,
    /// Its live records.
    pub records: Manifest,
}

/// Fills derived fields of all contracts, stage 1 before stage 2; segments whose bytes do not change stay as they are.
///
/// # Errors
/// [`BAD_CONTRACT`] if an expression of the framework cannot be run, and what the file system or the engine refuses.
pub fn derive(
    node: &std::path::Path,
    framework: &mizan_model::framework::Framework,
    options: &IngestOptions,
    observer: &dyn Observer,
    stop: &std::sync::atomic::AtomicBool,
) -> Result<DeriveReport, IngestError> {
    let node = crate::node::NodePaths::new(node);
    let _lock = node.lock()?;
    run(&Run { node: &node, framework, options, observer, stop })
}

pub(crate) fn run(run: &Run<'_>) -> Result<DeriveReport, IngestError> {
    let mut report = DeriveReport::default();
    for stage in [1, 2] {
        for contract in run.framework.contracts.values() {
            derive_contract(run, contract, stage, &mut report)?;
        }
    }
    Ok(report)
}

fn derive_contract(
    run: &Run<'_>,
    contract: &Contract,
    stage: u8,
    report: &mut DeriveReport,
) -> Result<(), IngestError> {
    let mut manifest = read_manifest(run.node, contract)?;
    if manifest.segments.is_empty() {
        return Ok(());
    }
    let groups = groups(run, contract, stage)?;
    if groups.is_empty() {
        return Ok(());
    }
    let mut months: BTreeSet<String> =
        manifest.segments.iter().filter(|s| s.derived_stage < stage).map(|s| s.month.clone()).collect();
    for group in &groups {
        months.extend(touched::months(run, contract, &manifest, group, stage)?);
    }
    report.months += months.len();
    for chunk in chunks(&manifest, &months, run.options.memory_bytes / BYTES_PER_RECORD) {
        derive_months(run, contract, stage, &groups, &mut manifest, &chunk, report)?;
    }
    let mut changed = !months.is_empty();
    for group in &groups {
        let state = touched::state(group);
        changed |= manifest.derived_from.get(&state_key(group, stage)) != Some(&state);
        manifest.derived_from.insert(state_key(group, stage), state);
    }
    if changed {
        manifest.write(run.node, &contract.name)?;
    }
    Ok(())
}

/// Name of a group in [`Manifest::derived_from`].
pub(crate) fn state_key(group: &Group<'_>, stage: u8) -> String {
    format!("{}.{}@{stage}", group.from.name, group.on)
}

fn groups<'a>(run: &'a Run<'_>, contract: &'a Contract, stage: u8) -> Result<Vec<Group<'a>>, IngestError> {
    let mut by_source: BTreeMap<(&str, &str), Vec<&Field>> = BTreeMap::new();
    for field in &contract.fields {
        if let Some(derive) = &field.derive
            && derive.stage == stage
        {
            by_source.entry((&derive.contract, &derive.on)).or_default().push(field);
        }
    }
    let mut groups = Vec::new();
    for ((from, on), fields) in by_source {
        let Some(from) = run.framework.contracts.get(from) else {
            return Err(IngestError::new(
                BAD_CONTRACT,
                format!("`{}` derives fields from `{from}`, which is no contract", contract.reference()),
            ));
        };
        let records = read_manifest(run.node, from)?;
        // Without records of the other contract nothing can be said, not even that there were none.
        if !records.segments.is_empty() {
            groups.push(Group { from, on, fields, records });
        }
    }
    Ok(groups)
}

/// Months in groups of at most so many records, at least one month each.
fn chunks(manifest: &Manifest, months: &BTreeSet<String>, most: usize) -> Vec<BTreeSet<String>> {
    let mut chunks: Vec<(u64, BTreeSet<String>)> = Vec::new();
    for month in months {
        let rows: u64 = manifest.segments.iter().filter(|s| &s.month == month).map(|s| s.rows).sum();
        match chunks.last_mut() {
            Some((total, chunk)) if *total + rows <= most as u64 => {
                *total += rows;
                chunk.insert(month.clone());
            }
            _ => chunks.push((rows, BTreeSet::from([month.clone()]))),
        }
    }
    chunks.into_iter().map(|(_, chunk)| chunk).collect()
}

fn derive_months(
    run: &Run<'_>,
    contract: &Contract,
    stage: u8,
    groups: &[Group<'_>],
    manifest: &mut Manifest,
    months: &BTreeSet<String>,
    report: &mut DeriveReport,
) -> Result<(), IngestError> {
    run.heed_stop()?;
    for month in months {
        run.observer.deriving(&contract.name, month);
    }
    let folder = run.node.records(&contract.name);
    let inside: Vec<PathBuf> =
        manifest.segments.iter().filter(|s| months.contains(&s.month)).map(|s| folder.join(&s.path)).collect();
    let whole = inside.len() == manifest.segments.len();
    let mut aggregates = Vec::with_capacity(groups.len());
    for group in groups {
        aggregates.push(lookup::aggregate(run, contract, group, (!whole).then_some(inside.as_slice()))?);
    }
    let mut gone = Vec::new();
    for segment in manifest.segments.iter_mut().filter(|s| months.contains(&s.month)) {
        run.heed_stop()?;
        let old = folder.join(&segment.path);
        let filled = rewrite::rewrite(run, contract, groups, &aggregates, segment)?;
        segment.derived_stage = segment.derived_stage.max(stage);
        for field in filled {
            if !segment.derived_fields.contains(&field) {
                segment.derived_fields.push(field);
            }
        }
        segment.derived_fields.sort();
        if folder.join(&segment.path) != old {
            gone.push(old);
            report.rewritten += 1;
        }
    }
    manifest.write(run.node, &contract.name)?;
    for path in gone {
        remove_file(&path)?;
    }
    Ok(())
}

/// State to be compared at the next run.
pub(crate) type State = DerivedFrom;
