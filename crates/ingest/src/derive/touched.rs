//! Which months must be derived again: those whose keys occur in records that are new since the last time.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use mizan_model::contract::Contract;

use super::{Group, State, is_count, state_key};
use crate::convert::storage_schema;
use crate::error::IngestError;
use crate::ingest::Run;
use crate::keys::hash_keys;
use crate::manifest::Manifest;
use crate::segment::{self, short_hash};
use crate::stage::ALL;

/// What the group is derived from now.
pub(crate) fn state(group: &Group<'_>) -> State {
    let mut rules = Vec::new();
    for field in &group.fields {
        let derive = field.derive.as_ref().expect("groups hold derived fields only");
        rules.extend([field.name.as_str(), derive.expr.as_str()]);
    }
    let mut segments: Vec<(String, String)> =
        group.records.segments.iter().map(|s| (s.base_sha256.clone(), s.sha256.clone())).collect();
    segments.sort();
    State { rules: short_hash(&rules), segments, range: range(&group.records) }
}

fn range(records: &Manifest) -> Option<(String, String)> {
    let months = records.months();
    Some((months.first()?.clone(), months.last()?.clone()))
}

/// Whether records of the other contract cover a month, so that a key without records means that there were none.
pub(crate) fn covers(group: &Group<'_>, month: &str) -> bool {
    within(range(&group.records).as_ref(), month)
}

fn within(range: Option<&(String, String)>, month: &str) -> bool {
    match range {
        None => false,
        Some((first, _)) if first == "all" || month == "all" => true,
        Some((first, last)) => first.as_str() <= month && month <= last.as_str(),
    }
}

/// Months of the target whose derived values may differ from what they were.
pub(crate) fn months(
    run: &Run<'_>,
    contract: &Contract,
    manifest: &Manifest,
    group: &Group<'_>,
    stage: u8,
) -> Result<BTreeSet<String>, IngestError> {
    let all = || manifest.months().into_iter().collect::<BTreeSet<_>>();
    let now = state(group);
    let Some(before) = manifest.derived_from.get(&state_key(group, stage)) else {
        return Ok(all());
    };
    if before.rules != now.rules {
        return Ok(all());
    }
    let bases: HashSet<&String> = now.segments.iter().map(|(base, _)| base).collect();
    let vanished = before.segments.iter().any(|(base, _)| !bases.contains(base));
    if vanished {
        // Which keys were in the records that are gone cannot be known any more.
        return Ok(all());
    }
    let known: HashSet<&String> = before.segments.iter().map(|(_, sha256)| sha256).collect();
    let mut touched = BTreeSet::new();
    if group.fields.iter().any(|f| is_count(f)) {
        touched.extend(all().into_iter().filter(|m| within(before.range.as_ref(), m) != within(now.range.as_ref(), m)));
    }
    let mut keys = run.keys("derived");
    for (segment, path) in group.records.live_segments(run.node.root()) {
        if !known.contains(&segment.sha256) {
            for_each_keys(&path, group.from, group.on, |key| keys.add(ALL, key).map(drop))?;
        }
    }
    if keys.is_empty() {
        return Ok(touched);
    }
    for (segment, path) in manifest.live_segments(run.node.root()) {
        if touched.contains(&segment.month) {
            continue;
        }
        let mut hit = false;
        for_each_keys(&path, contract, group.on, |key| {
            hit = hit || keys.contains(ALL, key)?;
            Ok(())
        })?;
        if hit {
            touched.insert(segment.month.clone());
        }
    }
    Ok(touched)
}

fn for_each_keys(
    path: &Path,
    contract: &Contract,
    on: &str,
    mut take: impl FnMut(u128) -> Result<(), IngestError>,
) -> Result<(), IngestError> {
    let position = storage_schema(contract).index_of(on)?;
    for batch in segment::read(path, Some(&[position]))? {
        hash_keys(&batch?, &[0]).into_iter().try_for_each(&mut take)?;
    }
    Ok(())
}
