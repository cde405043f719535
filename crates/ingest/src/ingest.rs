//! A run: which files are new or changed, each read and committed on its own, then derived fields.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;

use mizan_model::contract::{Contract, FieldType};
use mizan_model::framework::Framework;
use mizan_model::mapping::Mapping;
use sha2::{Digest, Sha256};

use crate::commit::{Lineage, commit, remove_orphans, remove_quarantine_orphans, settle, settle_quarantine};
use crate::convert::plan::{Plan, check_mapping};
use crate::derive;
use crate::error::{BAD_CONTRACT, BAD_MAPPING, IngestError, NO_SOURCE, STOPPED};
use crate::intake::Intake;
use crate::keys::{KeyIndex, Live};
use crate::manifest::{Manifest, SourceFile, hex};
use crate::node::NodePaths;
use crate::options::{FileReport, IngestOptions, IngestReport, Observer};
use crate::quarantine::QuarantineWriter;
use crate::query;
use crate::reader::{self, RowReader, TextBatch};
use crate::segment::hash_file;
use crate::source::{Found, find};
use crate::stage::Target;

/// What every step of a run looks at.
pub(crate) struct Run<'a> {
    pub node: &'a NodePaths,
    pub framework: &'a Framework,
    pub options: &'a IngestOptions,
    pub observer: &'a dyn Observer,
    pub stop: &'a AtomicBool,
}

/// Files that are read and committed together: one, or all files of a query.
struct Unit<'a> {
    mapping: &'a Mapping,
    contract: &'a Contract,
    name: String,
    files: Vec<Found>,
    bytes: u64,
}

/// Reads the source files of all mappings, as far as they are new or changed, into the node's records.
///
/// Each source file (each mapping with a query) is committed in one step: after an error or a stop, files before it are
/// in, the file itself has left no trace, and what was there before is untouched.
///
/// # Errors
/// Anything that concerns a whole file, see [`crate::error`]. Rows that break the contract are no errors: they are in
/// quarantine and in the report.
pub fn ingest(
    node: &Path,
    framework: &Framework,
    mappings: &[Mapping],
    sources: &Path,
    options: &IngestOptions,
    observer: &dyn Observer,
    stop: &AtomicBool,
) -> Result<IngestReport, IngestError> {
    let node = NodePaths::new(node);
    let run = Run { node: &node, framework, options, observer, stop };
    options.time_zone()?;
    let units = run.units(mappings, sources)?;
    let _lock = node.lock()?;
    let mut report = IngestReport::default();
    let mut manifests: BTreeMap<&str, Manifest> = BTreeMap::new();
    for mapping in mappings {
        let contract = run.contract(mapping)?;
        if !manifests.contains_key(contract.name.as_str()) {
            let manifest = read_manifest(&node, contract)?;
            remove_orphans(&node, &contract.name, &manifest)?;
            manifests.insert(&contract.name, manifest);
        }
        remove_quarantine_orphans(&node, &mapping.name, &manifests[contract.name.as_str()])?;
    }
    observer.planned(units.iter().map(|u| u.files.len()).sum(), units.iter().map(|u| u.bytes).sum());
    for unit in &units {
        run.refuse_foreign(unit, &manifests[unit.contract.name.as_str()])?;
    }
    let replaced: HashSet<(String, String)> = if options.again {
        units.iter().map(|u| (u.mapping.name.clone(), u.name.clone())).collect()
    } else {
        HashSet::new()
    };
    let mut keys: BTreeMap<&str, KeyIndex> = BTreeMap::new();
    for unit in &units {
        let contract = unit.contract.name.as_str();
        let manifest = manifests.get_mut(contract).expect("read above for every mapping");
        // The records of one contract are read at a time.
        let others = keys.iter_mut().filter(|(other, index)| **other != contract && index.is_large());
        others.map(|(_, index)| index).try_for_each(KeyIndex::make_room)?;
        let index = keys.entry(contract).or_insert_with(|| run.keys(contract).replacing(replaced.clone()));
        match run.take(unit, manifest, index) {
            Ok(file) => report.files.push(file),
            Err(error) => {
                remove_orphans(&node, contract, manifest)?;
                remove_quarantine_orphans(&node, &unit.mapping.name, manifest)?;
                return Err(error);
            }
        }
    }
    // Derivation needs the room.
    drop(keys);
    report.derived = derive::run(&run)?;
    Ok(report)
}

/// The manifest of a contract, or an empty one; one of another contract version is refused.
pub(crate) fn read_manifest(node: &NodePaths, contract: &Contract) -> Result<Manifest, IngestError> {
    let reference = contract.reference();
    match Manifest::read(node.root(), &contract.name)? {
        None => Ok(Manifest::empty(&reference)),
        Some(manifest) if manifest.contract == reference => Ok(manifest),
        Some(manifest) => Err(IngestError::new(
            BAD_CONTRACT,
            format!("the records are of `{}`, the framework has `{reference}`", manifest.contract),
        )
        .help(format!("move `{}` away and ingest again", node.records(&contract.name).display()))),
    }
}

impl Run<'_> {
    /// The contract that a mapping fills.
    pub(crate) fn contract(&self, mapping: &Mapping) -> Result<&Contract, IngestError> {
        let wrong =
            |message: String| Err(IngestError::new(BAD_MAPPING, message).in_file(&format!("{}.toml", mapping.name)));
        match self.framework.contracts.get(&mapping.contract) {
            None => wrong(format!("the framework has no contract `{}`", mapping.contract)),
            Some(contract) if contract.version != mapping.contract_version => wrong(format!(
                "the mapping is for `{}/{}`, the framework has `{}`",
                mapping.contract,
                mapping.contract_version,
                contract.reference()
            )),
            Some(contract) => Ok(contract),
        }
    }

    fn units<'b>(&'b self, mappings: &'b [Mapping], sources: &Path) -> Result<Vec<Unit<'b>>, IngestError> {
        let mut units = Vec::new();
        let mut names = BTreeSet::new();
        for mapping in mappings {
            let contract = self.contract(mapping)?;
            check_mapping(mapping, contract)?;
            if !names.insert(&mapping.name) {
                return Err(IngestError::new(BAD_MAPPING, format!("two mappings are called `{}`", mapping.name)));
            }
            let files = find(sources, &mapping.from)?;
            if files.is_empty() {
                continue;
            }
            if mapping.query_text.is_some() {
                let bytes = files.iter().map(|f| f.bytes).sum();
                units.push(Unit { mapping, contract, name: mapping.from.clone(), files, bytes });
            } else {
                units.extend(files.into_iter().map(|file| Unit {
                    mapping,
                    contract,
                    name: file.name.clone(),
                    bytes: file.bytes,
                    files: vec![file],
                }));
            }
        }
        if units.is_empty() {
            let wanted: Vec<&str> = mappings.iter().map(|m| m.from.as_str()).collect();
            return Err(IngestError::new(
                NO_SOURCE,
                format!("no file in `{}` is read by any mapping", sources.display()),
            )
            .help(format!("the mappings look for: {}", wanted.join(", "))));
        }
        Ok(units)
    }

    /// Looks at the beginning of every file that will be read, so that a bad one among many stops the run at once.
    fn refuse_foreign(&self, unit: &Unit<'_>, manifest: &Manifest) -> Result<(), IngestError> {
        let known = manifest.source(&unit.mapping.name, &unit.name).is_some_and(|s| s.bytes == unit.bytes);
        if known && !self.options.again {
            return Ok(());
        }
        for file in &unit.files {
            // A workbook is read as a whole on opening; that is for its own turn.
            let xlsx = reader::format_of(unit.mapping, &file.path) == mizan_model::mapping::SourceFormat::Xlsx;
            if !xlsx {
                reader::open(unit.mapping, &file.path, &file.name)?;
            }
        }
        Ok(())
    }

    fn take(&self, unit: &Unit<'_>, manifest: &mut Manifest, keys: &mut KeyIndex) -> Result<FileReport, IngestError> {
        let mapping = unit.mapping;
        self.observer.file_started(&mapping.name, &unit.name, unit.bytes);
        let mapping_hash = self.mapping_hash(mapping, unit.contract);
        let known = manifest.source(&mapping.name, &unit.name).cloned();
        let sha256 = self.hash(unit)?;
        if let Some(entry) = &known
            && entry.sha256 == sha256
            && entry.mapping_hash == mapping_hash
            && !self.options.again
        {
            self.observer.bytes_read(unit.bytes);
            self.observer.file_finished(&mapping.name, &unit.name, &entry.counts, true);
            return Ok(file_report(unit.contract, entry, true));
        }
        if known.is_some() {
            keys.clear();
        }
        let result = self.read(unit, manifest, keys, &sha256, &mapping_hash);
        // Keys of a file that was given up, or of records that are replaced, are not in the records.
        if result.is_err() || known.is_some() {
            keys.clear();
        }
        let report = result?;
        self.observer.file_finished(&mapping.name, &unit.name, &report.counts, false);
        Ok(report)
    }

    fn read(
        &self,
        unit: &Unit<'_>,
        manifest: &mut Manifest,
        keys: &mut KeyIndex,
        sha256: &str,
        mapping_hash: &str,
    ) -> Result<FileReport, IngestError> {
        let (mapping, contract) = (unit.mapping, unit.contract);
        let scratch = self.node.staging();
        let mut quarantine = QuarantineWriter::new(self.node, &mapping.name);
        let source: Box<dyn RowReader> = match &mapping.query_text {
            Some(sql) => Box::new(query::open(self, mapping, sql, &unit.files, &scratch, &mut quarantine)?),
            None => reader::open(mapping, &unit.files[0].path, &unit.name)?,
        };
        let header = source.header().clone();
        let plan = Plan {
            framework: self.framework,
            contract,
            mapping,
            options: self.options,
            header: &header,
            file: &unit.name,
        };
        let converter = plan.converter()?;
        let mut intake = Intake::new(
            contract,
            mapping,
            self.options,
            (&unit.name, header, converter),
            quarantine,
            scratch.join("rows"),
        )?;
        let key = crate::intake::key_positions(contract);
        let live = Live { node: self.node.root(), manifest, key: &key, except: Some((&mapping.name, &unit.name)) };
        self.pump(source, &mut intake, keys, &live)?;
        self.finish(unit, manifest, intake, &key, sha256, mapping_hash)
    }

    /// Reads on one thread and converts on another.
    fn pump(
        &self,
        mut source: Box<dyn RowReader>,
        intake: &mut Intake<'_>,
        keys: &mut KeyIndex,
        live: &Live<'_>,
    ) -> Result<(), IngestError> {
        let (send, receive) = sync_channel::<Result<TextBatch, IngestError>>(2);
        std::thread::scope(|scope| {
            scope.spawn(move || {
                while let Some(batch) = source.next_batch(self.observer).transpose() {
                    let failed = batch.is_err();
                    // A closed channel means that the other side gave up.
                    if send.send(batch).is_err() || failed {
                        return;
                    }
                }
            });
            for batch in receive {
                let batch = batch?;
                self.heed_stop()?;
                intake.take(&batch, keys, live)?;
                self.observer.rows_read((batch.rows() + batch.broken.len()) as u64);
            }
            Ok(())
        })
    }

    fn finish(
        &self,
        unit: &Unit<'_>,
        manifest: &mut Manifest,
        intake: Intake<'_>,
        key: &[usize],
        sha256: &str,
        mapping_hash: &str,
    ) -> Result<FileReport, IngestError> {
        let (mapping, contract) = (unit.mapping, unit.contract);
        let folder = self.node.records(&contract.name);
        let written = intake.stage.write(&Target {
            folder: &folder,
            mapping: &mapping.name,
            contract,
            key,
            threads: self.options.threads,
        })?;
        let apart = intake.quarantine.finish()?;
        let mut counts = intake.counts;
        counts.quarantined = apart.rows;
        assert!(counts.is_closed(), "every row is taken, quarantined or a dropped duplicate");
        self.heed_stop()?;
        let lineage = Lineage { contract, mapping, source: &unit.name, source_sha256: sha256, mapping_hash };
        let segments = settle(self.node, &lineage, written)?;
        let entry = SourceFile {
            mapping: mapping.name.clone(),
            name: unit.name.clone(),
            sha256: sha256.to_owned(),
            mapping_hash: mapping_hash.to_owned(),
            bytes: unit.bytes,
            counts,
            reasons: apart.reasons,
            quarantine: settle_quarantine(self.node, &mapping.name, &unit.name, apart.file)?,
        };
        let report = file_report(contract, &entry, false);
        commit(self.node, &contract.name, manifest, entry, segments, true)?;
        Ok(report)
    }

    /// An empty index of the keys of a contract.
    pub(crate) fn keys(&self, contract: &str) -> KeyIndex {
        KeyIndex::new(self.node.staging().join("keys").join(contract), self.options.memory_bytes / 4)
    }

    /// An error if the user asked to stop.
    pub(crate) fn heed_stop(&self) -> Result<(), IngestError> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(IngestError::new(STOPPED, "stopped on request")
                .help("what was committed stays; run the same command again to go on"));
        }
        Ok(())
    }

    fn hash(&self, unit: &Unit<'_>) -> Result<String, IngestError> {
        let mut all = Sha256::new();
        let mut single = String::new();
        for file in &unit.files {
            let hashed = hash_file(&file.path, &|| self.stop.load(Ordering::Relaxed))
                .map_err(|e| IngestError::file_system(&file.path, "read", e).in_file(&file.name))?;
            let Some((sha256, _)) = hashed else {
                self.heed_stop()?;
                continue;
            };
            all.update(format!("{} {sha256}\n", file.name));
            single = sha256;
        }
        if unit.mapping.query_text.is_some() {
            single = hex(&all.finalize());
        }
        Ok(single)
    }

    /// Hash of everything besides the source that decides what a row becomes.
    pub(crate) fn mapping_hash(&self, mapping: &Mapping, contract: &Contract) -> String {
        let lists: Vec<_> = contract
            .fields
            .iter()
            .filter_map(|f| match &f.field_type {
                FieldType::Code { list: Some(list) } => self.framework.lists.get(list),
                _ => None,
            })
            .collect();
        // The key itself must not be guessed from the hash: only a keyed pseudonym of nothing goes in.
        let key = hex(&Sha256::digest([b"mizan pseudonym key".as_slice(), &self.options.pseudonym_key].concat()));
        let text = serde_json::json!({
            "mapping": mapping,
            "contract": contract,
            "lists": lists,
            "zone": self.options.zone,
            "currency": self.options.currency,
            "key": key,
        });
        hex(&Sha256::digest(text.to_string()))
    }
}

/// What the report says about a source.
pub(crate) fn file_report(contract: &Contract, entry: &SourceFile, skipped: bool) -> FileReport {
    FileReport {
        mapping: entry.mapping.clone(),
        contract: contract.name.clone(),
        file: entry.name.clone(),
        skipped,
        counts: entry.counts.clone(),
        reasons: entry.reasons.clone(),
    }
}
