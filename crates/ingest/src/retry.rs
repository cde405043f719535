//! After a mapping is mended: quarantined rows are read again, and what fits now is taken in.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use arrow::array::StringArray;
use arrow::buffer::BooleanBuffer;
use mizan_model::contract::Contract;
use mizan_model::framework::Framework;
use mizan_model::mapping::Mapping;

use crate::commit::{Lineage, commit, remove_orphans, remove_quarantine_orphans, settle, settle_quarantine};
use crate::convert::plan::{Plan, check_mapping};
use crate::derive;
use crate::error::{DAMAGED_MANIFEST, IngestError};
use crate::ingest::{Run, file_report, read_manifest};
use crate::intake::{Intake, key_positions};
use crate::keys::Live;
use crate::manifest::{Manifest, SourceFile};
use crate::node::NodePaths;
use crate::options::{Counts, FileReport, IngestOptions, IngestReport, Observer};
use crate::quarantine::{QuarantineWriter, QuarantinedRow, Reason, read_file};
use crate::reader::{BATCH_BYTES, BATCH_ROWS, Header, TextBatch, from_raw};
use crate::reason::STRUCTURAL;
use crate::stage::Target;

/// Reads the quarantined rows of a mapping again through the mapping as it is now.
///
/// What fits becomes records and leaves the quarantine in one step per source file; the rest stays with its reasons
/// found anew. The counts of the report are those of the retried rows; the counts in the manifest stay closed.
///
/// # Errors
/// As for [`crate::ingest`].
pub fn retry(
    node: &Path,
    framework: &Framework,
    mapping: &Mapping,
    options: &IngestOptions,
    observer: &dyn Observer,
    stop: &AtomicBool,
) -> Result<IngestReport, IngestError> {
    let node = NodePaths::new(node);
    let run = Run { node: &node, framework, options, observer, stop };
    let contract = run.contract(mapping)?;
    check_mapping(mapping, contract)?;
    let _lock = node.lock()?;
    let mut manifest = read_manifest(&node, contract)?;
    remove_orphans(&node, &contract.name, &manifest)?;
    remove_quarantine_orphans(&node, &mapping.name, &manifest)?;
    let entries: Vec<SourceFile> =
        manifest.sources.iter().filter(|s| s.mapping == mapping.name && s.quarantine.is_some()).cloned().collect();
    let mut report = IngestReport::default();
    for entry in entries {
        let result = retry_source(&run, contract, mapping, &mut manifest, entry);
        if result.is_err() {
            remove_orphans(&node, &contract.name, &manifest)?;
            remove_quarantine_orphans(&node, &mapping.name, &manifest)?;
        }
        report.files.extend(result?);
    }
    report.derived = derive::run(&run)?;
    Ok(report)
}

fn retry_source(
    run: &Run<'_>,
    contract: &Contract,
    mapping: &Mapping,
    manifest: &mut Manifest,
    mut entry: SourceFile,
) -> Result<Option<FileReport>, IngestError> {
    let Some(file) = &entry.quarantine else {
        return Ok(None);
    };
    let path = run.node.quarantine(&mapping.name).join(file);
    let Some(header) = header_of(&path, &mapping.name)? else {
        return Ok(None);
    };
    let plan =
        Plan { framework: run.framework, contract, mapping, options: run.options, header: &header, file: &entry.name };
    let converter = plan.converter()?;
    let scratch = run.node.staging().join("rows");
    let mut intake = Intake::new(
        contract,
        mapping,
        run.options,
        (&entry.name, header.clone(), converter),
        QuarantineWriter::new(run.node, &mapping.name),
        scratch,
    )?;
    let key = key_positions(contract);
    let mut keys = run.keys(&contract.name);
    let live = Live { node: run.node.root(), manifest, key: &key, except: None };
    let mut rows = RetriedRows::new(&header);
    let mut untouched = 0;
    for_each_row(&path, &mapping.name, |reasons| {
        run.heed_stop()?;
        let first = &reasons[0];
        if reasons.iter().any(|r| STRUCTURAL.contains(&r.code.as_str())) {
            untouched += 1;
            let kept: Vec<Reason<'_>> = reasons
                .iter()
                .map(|r| (r.column.as_deref(), r.value.as_str(), r.code.as_str(), r.message.as_str()))
                .collect();
            return intake.quarantine.push(&first.file, first.line, &first.raw, &kept);
        }
        rows.push(first)?;
        if rows.is_full() {
            let batch = rows.take()?;
            run.observer.rows_read(batch.rows() as u64);
            intake.take(&batch, &mut keys, &live)?;
        }
        Ok(())
    })?;
    intake.take(&rows.take()?, &mut keys, &live)?;

    let written = intake.stage.write(&Target {
        folder: &run.node.records(&contract.name),
        mapping: &mapping.name,
        contract,
        key: &key,
        threads: run.options.threads,
    })?;
    let apart = intake.quarantine.finish()?;
    let mapping_hash = run.mapping_hash(mapping, contract);
    let lineage =
        Lineage { contract, mapping, source: &entry.name, source_sha256: &entry.sha256, mapping_hash: &mapping_hash };
    let segments = settle(run.node, &lineage, written)?;
    let mut counts = Counts { quarantined: apart.rows, ..intake.counts };
    counts.rows_in += untouched;
    assert!(counts.is_closed(), "every retried row is taken, quarantined or a dropped duplicate");
    entry.counts.taken += counts.taken;
    entry.counts.duplicates += counts.duplicates;
    entry.counts.quarantined = apart.rows;
    for (key, n) in &counts.warnings {
        entry.counts.warn(key, *n);
    }
    entry.reasons = apart.reasons;
    entry.quarantine = settle_quarantine(run.node, &mapping.name, &entry.name, apart.file)?;
    let report = FileReport { counts, ..file_report(contract, &entry, false) };
    commit(run.node, &contract.name, manifest, entry, segments, false)?;
    Ok(Some(report))
}

/// Column names of the first row that can be retried; all rows of a source have the same.
fn header_of(path: &Path, mapping: &str) -> Result<Option<Header>, IngestError> {
    let mut header = None;
    for_each_row(path, mapping, |reasons| {
        let structural = reasons.iter().any(|r| STRUCTURAL.contains(&r.code.as_str()));
        if header.is_none() && !structural {
            header = Some(Header { names: object(&reasons[0])?.keys().cloned().collect() });
        }
        Ok(())
    })?;
    Ok(header)
}

/// Calls `take` with all reasons of a row, row by row.
fn for_each_row(
    path: &Path,
    mapping: &str,
    mut take: impl FnMut(&[QuarantinedRow]) -> Result<(), IngestError>,
) -> Result<(), IngestError> {
    let mut row: Vec<QuarantinedRow> = Vec::new();
    read_file(path, mapping, |reason| {
        let same = row.last().is_some_and(|r| r.line == reason.line && r.file == reason.file && r.raw == reason.raw);
        if !same && !row.is_empty() {
            take(&row)?;
            row.clear();
        }
        row.push(reason);
        Ok(true)
    })?;
    if row.is_empty() { Ok(()) } else { take(&row) }
}

fn object(row: &QuarantinedRow) -> Result<serde_json::Map<String, serde_json::Value>, IngestError> {
    serde_json::from_str(&row.raw).map_err(|e| {
        IngestError::new(DAMAGED_MANIFEST, "a quarantined row cannot be read")
            .in_file(&row.file)
            .at_line(row.line)
            .help("ingest the file again with its mapping")
            .caused_by(e)
    })
}

/// Gathers retried rows into batches.
struct RetriedRows<'a> {
    header: &'a Header,
    texts: Vec<Vec<String>>,
    canonical: Vec<Vec<bool>>,
    lines: Vec<u64>,
    files: Vec<String>,
    bytes: usize,
}

impl<'a> RetriedRows<'a> {
    fn new(header: &'a Header) -> Self {
        let width = header.names.len();
        RetriedRows {
            header,
            texts: vec![Vec::new(); width],
            canonical: vec![Vec::new(); width],
            lines: Vec::new(),
            files: Vec::new(),
            bytes: 0,
        }
    }

    fn push(&mut self, row: &QuarantinedRow) -> Result<(), IngestError> {
        let object = object(row)?;
        for (position, name) in self.header.names.iter().enumerate() {
            let (text, canonical) = object.get(name).map(from_raw).unwrap_or_default();
            self.texts[position].push(text);
            self.canonical[position].push(canonical);
        }
        self.lines.push(row.line);
        self.files.push(row.file.clone());
        self.bytes += row.raw.len();
        Ok(())
    }

    fn is_full(&self) -> bool {
        self.lines.len() >= BATCH_ROWS || self.bytes >= BATCH_BYTES
    }

    fn take(&mut self) -> Result<TextBatch, IngestError> {
        self.bytes = 0;
        Ok(TextBatch {
            columns: self.texts.iter_mut().map(|t| StringArray::from(std::mem::take(t))).collect(),
            canonical: self.canonical.iter_mut().map(|c| Some(BooleanBuffer::from(std::mem::take(c)))).collect(),
            lines: std::mem::take(&mut self.lines),
            files: Some(StringArray::from(std::mem::take(&mut self.files))),
            broken: Vec::new(),
        })
    }
}
