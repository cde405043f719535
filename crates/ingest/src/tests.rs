//! Whole runs on small nodes: what goes in, what comes out, and what is left when something breaks.

mod commits;
mod derived;
mod hostile;
mod queries;
mod readers;
mod rows;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use arrow::array::RecordBatch;
use arrow::compute::concat_batches;
use mizan_model::framework::Framework;
use mizan_model::mapping::{FieldMapping, Mapping, OnDuplicate};

use crate::manifest::Manifest;
use crate::options::{IngestOptions, IngestReport, Silent};
use crate::{IngestError, quarantine, segment, storage_schema};

/// A node and a folder of sources in a temporary folder.
pub(crate) struct Fixture {
    folder: tempfile::TempDir,
    pub framework: Framework,
    pub options: IngestOptions,
}

/// Contracts and lists of the shipped framework, without its KPIs.
fn framework() -> Framework {
    let root = Path::new("../../frameworks/open-customs");
    let mut files = BTreeMap::new();
    let mut add = |path: String| {
        files.insert(path.clone(), std::fs::read_to_string(root.join(&path)).unwrap());
    };
    add("framework.toml".into());
    for folder in ["contracts", "lists"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            add(format!("{folder}/{}", entry.unwrap().file_name().to_string_lossy()));
        }
    }
    Framework::from_files(files).value.unwrap()
}

impl Fixture {
    pub fn new() -> Self {
        let options = IngestOptions {
            memory_bytes: 256 << 20,
            zone: "Africa/Nairobi".into(),
            currency: "KES".into(),
            pseudonym_key: [7; 32],
            threads: 2,
            again: false,
        };
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("sources")).unwrap();
        Fixture { folder, framework: framework(), options }
    }

    pub fn node(&self) -> PathBuf {
        self.folder.path().join("node")
    }

    pub fn sources(&self) -> PathBuf {
        self.folder.path().join("sources")
    }

    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.sources().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    pub fn ingest(&self, mappings: &[Mapping]) -> Result<IngestReport, IngestError> {
        let stop = AtomicBool::new(false);
        crate::ingest(&self.node(), &self.framework, mappings, &self.sources(), &self.options, &Silent, &stop)
    }

    pub fn retry(&self, mapping: &Mapping) -> IngestReport {
        let stop = AtomicBool::new(false);
        crate::retry(&self.node(), &self.framework, mapping, &self.options, &Silent, &stop).unwrap()
    }

    pub fn manifest(&self, contract: &str) -> Manifest {
        Manifest::read(&self.node(), contract).unwrap().unwrap()
    }

    /// All live records of a contract, in order of segments.
    pub fn records(&self, contract: &str) -> RecordBatch {
        let schema = storage_schema(&self.framework.contracts[contract]);
        let mut batches = Vec::new();
        for (segment, path) in self.manifest(contract).live_segments(&self.node()) {
            let mut rows = 0;
            for batch in segment::read(&path, None).unwrap() {
                let batch = batch.unwrap();
                rows += batch.num_rows() as u64;
                batches.push(batch);
            }
            assert_eq!(rows, segment.rows);
            assert_eq!(segment::hash_file(&path, &|| false).unwrap().unwrap().0, segment.sha256);
        }
        concat_batches(&schema, &batches).unwrap()
    }

    /// Values of some fields, one text a record.
    pub fn values(&self, contract: &str, fields: &[&str]) -> Vec<String> {
        let records = self.records(contract);
        (0..records.num_rows())
            .map(|row| {
                let texts: Vec<String> = fields
                    .iter()
                    .map(|f| {
                        let column = records.column_by_name(f).unwrap();
                        arrow::util::display::array_value_to_string(column, row).unwrap()
                    })
                    .collect();
                texts.join(" ")
            })
            .collect()
    }

    /// `line code column value` of every quarantined reason.
    pub fn quarantine(&self) -> Vec<String> {
        quarantine::list(&self.node(), None, usize::MAX)
            .unwrap()
            .into_iter()
            .map(|r| format!("{}:{} {} {} {}", r.file, r.line, r.code, r.column.unwrap_or_default(), r.value))
            .collect()
    }

    /// Every file of the node with its hash, to see that nothing changed.
    pub fn state(&self) -> BTreeMap<String, String> {
        let mut state = BTreeMap::new();
        collect(&self.node(), &self.node(), &mut state);
        state
    }
}

fn collect(root: &Path, folder: &Path, state: &mut BTreeMap<String, String>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, state);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            state.insert(name, segment::hash_file(&path, &|| false).unwrap().unwrap().0);
        }
    }
}

/// A mapping that reads each field from the column of the same name.
pub(crate) fn mapping(contract: &str, from: &str, fields: &[&str]) -> Mapping {
    Mapping {
        name: contract.to_owned(),
        contract: contract.to_owned(),
        contract_version: 1,
        from: from.to_owned(),
        query: None,
        query_text: None,
        format: None,
        sheet: None,
        delimiter: None,
        encoding: None,
        decimal: '.',
        missing: vec!["NULL".into()],
        zone: None,
        on_duplicate: OnDuplicate::Quarantine,
        extracted_at: None,
        fields: fields.iter().map(|f| ((*f).to_owned(), column(f))).collect(),
        lists: BTreeMap::new(),
    }
}

pub(crate) fn column(name: &str) -> FieldMapping {
    FieldMapping { column: Some(name.to_owned()), ..FieldMapping::default() }
}

/// The fields that the tests of declarations read.
pub(crate) fn declarations(from: &str) -> Mapping {
    mapping("declaration", from, &["decl_id", "accepted_at", "office", "flow", "consignee", "value", "n_items"])
}

/// Header of [`declarations`].
pub(crate) const HEADER: &str = "decl_id,accepted_at,office,flow,consignee,value,n_items\n";

/// A file of [`declarations`] with those rows.
pub(crate) fn table(rows: &[&str]) -> String {
    format!("{HEADER}{}\n", rows.join("\n"))
}

/// Two good rows of two months.
pub(crate) const GOOD: [&str; 2] =
    ["D1,2025-01-31T20:59:59Z,KEN01,import,TIN-1,100.50,2", "D2,2025-01-31T21:00:00Z,KEN01,export,TIN-2,7,1"];

/// An error as a person sees it.
pub(crate) fn told(error: &IngestError) -> String {
    format!(
        "{} {}: {}\n{}",
        error.code,
        error.place().unwrap_or_default(),
        error,
        error.help.as_deref().unwrap_or_default()
    )
}
