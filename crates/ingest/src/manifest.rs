//! The manifest of a contract: which segments are live. Readers believe only this file.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::{DAMAGED_MANIFEST, IngestError};
use crate::node::{NodePaths, create_folder, sync_folder};
use crate::options::Counts;
use crate::segment::{checksum_file, hash_file};

/// Version of the manifest's own form.
pub const SCHEMA: &str = "manifest/1";

/// One Parquet file of records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Path relative to the contract's folder, with `/`.
    pub path: String,
    /// `2025-03`, or `all` for a contract without partition field.
    pub month: String,
    /// Number of records.
    pub rows: u64,
    /// Hash of the file's bytes, hexadecimal.
    pub sha256: String,
    /// XXH3 of the same bytes, for the quick check before every reading; empty in manifests that were written without.
    #[serde(default)]
    pub checksum: String,
    /// Hash of the file as it was ingested, before fields were derived; equal base means equal keys.
    pub base_sha256: String,
    /// Mapping that made it.
    pub mapping: String,
    /// Source file that it came from, as in [`SourceFile::name`].
    pub source: String,
    /// Hash of that source file.
    pub source_sha256: String,
    /// Hash of mapping, contract and node settings that it was read with.
    pub mapping_hash: String,
    /// Contract fields that the mapping fills.
    pub mapped_fields: Vec<String>,
    /// Contract fields that were derived from other contracts.
    pub derived_fields: Vec<String>,
    /// Stage up to which derived fields were filled: 0, 1 or 2.
    pub derived_stage: u8,
    /// Records without a value, per contract field.
    pub null_counts: BTreeMap<String, u64>,
    /// Records by how finely a stamp of theirs is written (day, minute, second), per stamp; what is not told is not here.
    #[serde(default)]
    pub precisions: BTreeMap<String, [u64; 3]>,
    /// Earliest value of the partition field, RFC 3339 (or `YYYY-MM-DD` for a date).
    pub min_stamp: Option<String>,
    /// Latest value of the partition field.
    pub max_stamp: Option<String>,
    /// When the extract was made, if the mapping says so.
    pub extracted_at: Option<String>,
}

/// What became of one source file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Mapping that read it.
    pub mapping: String,
    /// Name relative to the folder of sources; the pattern itself for a mapping with a query.
    pub name: String,
    /// Hash of its bytes (of all files together for a query).
    pub sha256: String,
    /// Hash of mapping, contract and node settings.
    pub mapping_hash: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Closed counts.
    #[serde(flatten)]
    pub counts: Counts,
    /// Quarantined rows by reason code; a row with two reasons counts under both.
    pub reasons: BTreeMap<String, u64>,
    /// File of quarantined rows, relative to `quarantine/<mapping>`.
    pub quarantine: Option<String>,
}

/// From which records of another contract fields were derived.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DerivedFrom {
    /// Hash of the derivation rules of the contract.
    pub rules: String,
    /// Segments read: base hash and hash.
    pub segments: Vec<(String, String)>,
    /// First and last month of those records; between them a key without records counts as zero.
    pub range: Option<(String, String)>,
}

/// Live records of a contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`SCHEMA`].
    pub schema: String,
    /// For example `declaration/1`.
    pub contract: String,
    /// Segments in order of month, mapping, path.
    pub segments: Vec<Segment>,
    /// Source files in order of mapping and name.
    pub sources: Vec<SourceFile>,
    /// State of derivation: `<contract>@<stage>`.
    pub derived_from: BTreeMap<String, DerivedFrom>,
}

impl Manifest {
    /// A contract without records.
    pub fn empty(reference: &str) -> Self {
        Manifest {
            schema: SCHEMA.to_owned(),
            contract: reference.to_owned(),
            segments: Vec::new(),
            sources: Vec::new(),
            derived_from: BTreeMap::new(),
        }
    }

    /// Reads the manifest of a contract (name without version); `None` if nothing was ever ingested for it.
    pub fn read(node: &Path, contract: &str) -> Result<Option<Manifest>, IngestError> {
        let path = NodePaths::new(node).manifest(contract);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(IngestError::file_system(&path, "read", e)),
        };
        let damaged = |what: String| {
            IngestError::new(DAMAGED_MANIFEST, what)
                .in_file(&path.display().to_string())
                .help("restore the file from a backup, or remove the contract's folder and ingest again")
        };
        let manifest: Manifest = serde_json::from_str(&text)
            .map_err(|e| damaged(format!("the manifest cannot be read: {e}")).at_line(e.line() as u64).caused_by(e))?;
        if manifest.schema != SCHEMA {
            return Err(damaged(format!("the manifest has form `{}`, this program reads `{SCHEMA}`", manifest.schema)));
        }
        Ok(Some(manifest))
    }

    /// Live segments with their full paths, in order of month, mapping, path.
    pub fn live_segments<'a>(&'a self, node: &Path) -> impl Iterator<Item = (&'a Segment, PathBuf)> + use<'a> {
        let name = self.contract.split('/').next().expect("split gives at least one piece");
        let folder = NodePaths::new(node).records(name);
        self.segments.iter().map(move |s| (s, folder.join(&s.path)))
    }

    /// Months with records, in order.
    pub fn months(&self) -> Vec<String> {
        let mut months: Vec<String> = self.segments.iter().map(|s| s.month.clone()).collect();
        months.sort();
        months.dedup();
        months
    }

    /// Number of live records.
    pub fn rows(&self) -> u64 {
        self.segments.iter().map(|s| s.rows).sum()
    }

    /// Hash of all live records: equal hashes mean equal bytes in equal months.
    pub fn content_hash(&self) -> String {
        hash_segments(self.segments.iter())
    }

    /// Hash of the live records of one month.
    pub fn month_hash(&self, month: &str) -> String {
        hash_segments(self.segments.iter().filter(|s| s.month == month))
    }

    /// The entry of a source file.
    pub fn source(&self, mapping: &str, name: &str) -> Option<&SourceFile> {
        self.sources.iter().find(|s| s.mapping == mapping && s.name == name)
    }

    /// Replaces the manifest on disk in one step.
    pub(crate) fn write(&mut self, node: &NodePaths, contract: &str) -> Result<(), IngestError> {
        self.segments.sort_by(|a, b| (&a.month, &a.mapping, &a.path).cmp(&(&b.month, &b.mapping, &b.path)));
        self.sources.sort_by(|a, b| (&a.mapping, &a.name).cmp(&(&b.mapping, &b.name)));
        let folder = node.records(contract);
        create_folder(&folder)?;
        let path = node.manifest(contract);
        let temporary = folder.join("._manifest.json.tmp");
        let mut text = serde_json::to_string_pretty(self)
            .map_err(|e| IngestError::new(DAMAGED_MANIFEST, e.to_string()).caused_by(e))?;
        text.push('\n');
        let write = || -> std::io::Result<()> {
            let mut file = std::fs::File::create(&temporary)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            std::fs::rename(&temporary, &path)
        };
        write().map_err(|e| IngestError::file_system(&path, "write", e))?;
        sync_folder(&folder)
    }
}

/// Reads every live segment of a contract and compares its bytes with the hash in the manifest, several files at a time.
///
/// # Errors
/// That of the first segment, in the order of the manifest, that is not as it was written; see [`verify_segment`].
pub fn verify(node: &Path, manifest: &Manifest) -> Result<(), IngestError> {
    let segments: Vec<(&Segment, PathBuf)> = manifest.live_segments(node).collect();
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get()).min(8).min(segments.len());
    let next = AtomicUsize::new(0);
    let first: Mutex<Option<(usize, IngestError)>> = Mutex::new(None);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let position = next.fetch_add(1, Ordering::Relaxed);
                    let Some((segment, path)) = segments.get(position) else {
                        return;
                    };
                    let Err(error) = verify_segment(path, segment) else { continue };
                    // Positions are given out in order, so all before this one are checked; the rest need not be.
                    next.store(segments.len(), Ordering::Relaxed);
                    let mut first = first.lock().expect("no thread panics with it");
                    if first.as_ref().is_none_or(|(known, _)| position < *known) {
                        *first = Some((position, error));
                    }
                }
            });
        }
    });
    match first.into_inner().expect("all threads have ended") {
        Some((_, error)) => Err(error),
        None => Ok(()),
    }
}

/// Reads one segment and compares its bytes with its hash; `path` as [`Manifest::live_segments`] gives it.
///
/// # Errors
/// [`DAMAGED_SEGMENT`](crate::error::DAMAGED_SEGMENT) if the bytes differ, and
/// [`FILE_SYSTEM`](crate::error::FILE_SYSTEM) if the file is missing or cannot be read.
pub fn verify_segment(path: &Path, segment: &Segment) -> Result<(), IngestError> {
    let hash = hash_file(path, &|| false).map(|hashed| hashed.map(|(sha256, _)| sha256).unwrap_or_default());
    compare(path, hash, &segment.sha256)
}

/// As [`verify_segment`], by the checksum alone: what a run does with everything that it is about to read.
///
/// # Errors
/// Those of [`verify_segment`].
pub fn check_segment(path: &Path, segment: &Segment) -> Result<(), IngestError> {
    if segment.checksum.is_empty() {
        return verify_segment(path, segment);
    }
    compare(path, checksum_file(path), &segment.checksum)
}

fn compare(path: &Path, found: std::io::Result<String>, expect: &str) -> Result<(), IngestError> {
    match found {
        Err(e) => Err(IngestError::unreadable_segment(path, e)),
        Ok(found) if found == expect => Ok(()),
        Ok(_) => Err(IngestError::damaged_segment(path, "differs from its hash: it was changed after it was written")),
    }
}

/// Both hashes of a file that becomes a segment: SHA-256 and checksum.
///
/// # Errors
/// The file cannot be read.
pub fn segment_hashes(path: &Path) -> std::io::Result<(String, String)> {
    let (sha256, _) = hash_file(path, &|| false)?.unwrap_or_default();
    Ok((sha256, checksum_file(path)?))
}

fn hash_segments<'a>(segments: impl Iterator<Item = &'a Segment>) -> String {
    let mut lines: Vec<String> = segments.map(|s| format!("{} {} {}\n", s.month, s.sha256, s.rows)).collect();
    lines.sort();
    hex(&Sha256::digest(lines.concat()))
}

/// Lower-case hexadecimal text.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}
