//! From files under temporary names to live records: rename, then one new manifest, then remove what is replaced.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use mizan_model::contract::Contract;
use mizan_model::mapping::Mapping;

use crate::error::IngestError;
use crate::manifest::{Manifest, Segment, SourceFile};
use crate::node::{NodePaths, remove_file, sync_folder};
use crate::segment::{Written, rename, short_hash};
use crate::stage::{MonthIndex, month_name};

/// What all segments of one source share.
pub(crate) struct Lineage<'a> {
    pub contract: &'a Contract,
    pub mapping: &'a Mapping,
    pub source: &'a str,
    pub source_sha256: &'a str,
    pub mapping_hash: &'a str,
}

/// Gives finished segments their lasting names. They are not live before the manifest says so.
pub(crate) fn settle(
    node: &NodePaths,
    lineage: &Lineage<'_>,
    written: Vec<(MonthIndex, Written)>,
) -> Result<Vec<Segment>, IngestError> {
    let folder = node.records(&lineage.contract.name);
    let mut segments = Vec::with_capacity(written.len());
    for (month, file) in written {
        let month = month_name(month);
        // The source's name keeps equal rows of two files apart.
        let hash = short_hash(&[lineage.source, &file.sha256]);
        let path = format!("month={month}/{}-{hash}.parquet", lineage.mapping.name);
        rename(&file.temporary, &folder.join(&path))?;
        sync_folder(&folder.join(format!("month={month}")))?;
        let mapped = lineage.contract.fields.iter().map(|f| &f.name);
        segments.push(Segment {
            path,
            month,
            rows: file.rows,
            base_sha256: file.sha256.clone(),
            sha256: file.sha256,
            checksum: file.checksum,
            mapping: lineage.mapping.name.clone(),
            source: lineage.source.to_owned(),
            source_sha256: lineage.source_sha256.to_owned(),
            mapping_hash: lineage.mapping_hash.to_owned(),
            mapped_fields: mapped.filter(|f| lineage.mapping.fields.contains_key(*f)).cloned().collect(),
            derived_fields: Vec::new(),
            derived_stage: 0,
            null_counts: file.null_counts,
            precisions: file.precisions,
            min_stamp: file.min_stamp,
            max_stamp: file.max_stamp,
            extracted_at: lineage.mapping.extracted_at.clone(),
        });
    }
    Ok(segments)
}

/// Gives a finished quarantine file its lasting name, relative to the mapping's folder.
pub(crate) fn settle_quarantine(
    node: &NodePaths,
    mapping: &str,
    source: &str,
    written: Option<Written>,
) -> Result<Option<String>, IngestError> {
    let Some(file) = written else {
        return Ok(None);
    };
    let folder = node.quarantine(mapping);
    let name = format!("{}.parquet", short_hash(&[source, &file.sha256]));
    rename(&file.temporary, &folder.join(&name))?;
    sync_folder(&folder)?;
    Ok(Some(name))
}

/// Makes the segments and the entry of a source live. With `replace`, its earlier segments go; else they stay beside.
pub(crate) fn commit(
    node: &NodePaths,
    contract: &str,
    manifest: &mut Manifest,
    entry: SourceFile,
    segments: Vec<Segment>,
    replace: bool,
) -> Result<(), IngestError> {
    let same = |mapping: &str, source: &str| mapping == entry.mapping && source == entry.name;
    let old_quarantine = manifest
        .source(&entry.mapping, &entry.name)
        .and_then(|s| s.quarantine.clone())
        .filter(|name| Some(name) != entry.quarantine.as_ref());
    let mut gone = Vec::new();
    let mut next = manifest.clone();
    if replace {
        next.segments.retain(|s| {
            let stays = !same(&s.mapping, &s.source);
            if !stays && !segments.iter().any(|new| new.path == s.path) {
                gone.push(node.records(contract).join(&s.path));
            }
            stays
        });
    }
    next.sources.retain(|s| !same(&s.mapping, &s.name));
    let mapping = entry.mapping.clone();
    next.segments.extend(segments);
    next.sources.push(entry);
    next.write(node, contract)?;
    *manifest = next;
    for path in gone {
        remove_file(&path)?;
    }
    if let Some(name) = old_quarantine {
        remove_file(&node.quarantine(&mapping).join(name))?;
    }
    Ok(())
}

/// Removes files that no manifest knows: what an interrupted run left behind.
pub(crate) fn remove_orphans(node: &NodePaths, contract: &str, manifest: &Manifest) -> Result<(), IngestError> {
    let folder = node.records(contract);
    let live: HashSet<PathBuf> = manifest.segments.iter().map(|s| folder.join(&s.path)).collect();
    for month in children(&folder)? {
        if month.is_dir() {
            for file in children(&month)? {
                if !live.contains(&file) {
                    remove_file(&file)?;
                }
            }
        } else if month.file_name().is_some_and(|n| n.to_string_lossy().ends_with(".tmp")) {
            remove_file(&month)?;
        }
    }
    Ok(())
}

/// The same for the quarantine of one mapping.
pub(crate) fn remove_quarantine_orphans(
    node: &NodePaths,
    mapping: &str,
    manifest: &Manifest,
) -> Result<(), IngestError> {
    let live: HashSet<&str> =
        manifest.sources.iter().filter(|s| s.mapping == mapping).filter_map(|s| s.quarantine.as_deref()).collect();
    for file in children(&node.quarantine(mapping))? {
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if !live.contains(name.as_str()) {
            remove_file(&file)?;
        }
    }
    Ok(())
}

fn children(folder: &Path) -> Result<Vec<PathBuf>, IngestError> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(IngestError::file_system(folder, "read", e)),
    };
    let mut paths = Vec::new();
    for entry in entries {
        paths.push(entry.map_err(|e| IngestError::file_system(folder, "read", e))?.path());
    }
    Ok(paths)
}
