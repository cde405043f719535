//! The benchmark's node: records of so many months, of which the manifests name some.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use mizan_model::period::Month;
use serde_json::{Value, json};

use super::framework;

/// Seed of the records.
const SEED: u64 = 1;
/// First month of the records.
const FIRST: (i32, u32) = (2024, 1);
/// The record writer's own list of files; it is written last, so a folder with it is complete.
const SEGMENTS: &str = "segments.json";

/// A node on disk.
#[derive(Debug)]
pub struct Node {
    /// Its folder.
    pub folder: PathBuf,
    /// Months that are measured in full; one more lies beside them.
    pub months: u32,
    /// Manifest entries by contract.
    segments: BTreeMap<String, Vec<Value>>,
}

/// The n-th month of the records, from 0.
pub fn month(index: u32) -> Month {
    Month(Month::new(FIRST.0, FIRST.1).0 + index as i32)
}

/// Makes the node, or takes the one that is there.
pub fn prepare(
    folder: &Path,
    rows: u64,
    months: u32,
    offices: u32,
    writer: impl FnOnce() -> Result<PathBuf>,
    root: &Path,
) -> Result<Node> {
    let list = folder.join(SEGMENTS);
    if !list.exists() {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        let program = writer()?;
        eprintln!("making {} items and their declarations of {} months", with_next_month(rows, months), months + 1);
        let arguments =
            [with_next_month(rows, months), u64::from(months) + 1, u64::from(offices), SEED].map(|n| n.to_string());
        let output = Command::new(&program)
            .args(arguments)
            .arg(root.join("frameworks/open-customs"))
            .arg(folder.join("records"))
            .output()
            .with_context(|| program.display().to_string())?;
        if !output.status.success() {
            bail!("the records cannot be made:\n{}", String::from_utf8_lossy(&output.stderr).trim_end());
        }
        let temporary = folder.join("segments.json.tmp");
        std::fs::write(&temporary, &output.stdout)?;
        std::fs::rename(&temporary, &list)?;
    }
    let text = std::fs::read_to_string(&list).with_context(|| list.display().to_string())?;
    let node = Node { folder: folder.to_owned(), months, segments: serde_json::from_str(&text)? };
    node.write_settings(root)?;
    node.take_months(months)?;
    Ok(node)
}

/// Rows with one month more.
fn with_next_month(rows: u64, months: u32) -> u64 {
    rows + rows / u64::from(months)
}

impl Node {
    fn write_settings(&self, root: &Path) -> Result<()> {
        // After the closings of the month that is added.
        let as_of = month(self.months + 4);
        let settings = format!(
            "schema = \"node/1\"\nzone = \"UTC\"\ncurrency = \"XXX\"\nframework = \"framework\"\nas_of = \"{as_of}-01\"\n\n\
             [administration]\ncode = \"XB\"\nname = \"Benchmark\"\n"
        );
        std::fs::write(self.folder.join("mizan.toml"), settings)?;
        let framework = self.folder.join("framework");
        remove(&framework)?;
        for (path, text) in framework::files(framework::read(&root.join("frameworks/open-customs"))?)? {
            let path = framework.join(path);
            std::fs::create_dir_all(path.parent().unwrap_or(&framework))?;
            std::fs::write(&path, text).with_context(|| path.display().to_string())?;
        }
        Ok(())
    }

    /// Writes manifests that name the first months only.
    pub fn take_months(&self, months: u32) -> Result<()> {
        let last = month(months - 1).to_string();
        for (contract, segments) in &self.segments {
            let is_taken =
                |segment: &&Value| segment.get("month").and_then(Value::as_str).is_some_and(|m| m <= last.as_str());
            let taken: Vec<&Value> = segments.iter().filter(is_taken).collect();
            let rows: u64 = taken.iter().filter_map(|segment| segment.get("rows").and_then(Value::as_u64)).sum();
            let manifest = json!({
                "schema": "manifest/1",
                "contract": format!("{contract}/1"),
                "segments": taken,
                "sources": [{
                    "mapping": "bench", "name": "bench", "sha256": "", "mapping_hash": "", "bytes": 0,
                    "rows_in": rows, "taken": rows, "quarantined": 0, "duplicates": 0, "warnings": {},
                    "reasons": {}, "quarantine": null,
                }],
                "derived_from": {},
            });
            let path = self.folder.join("records").join(contract).join("_manifest.json");
            std::fs::write(&path, format!("{manifest:#}\n")).with_context(|| path.display().to_string())?;
        }
        Ok(())
    }

    /// Rows of a contract in the months that are measured in full.
    pub fn rows(&self, contract: &str) -> u64 {
        let last = month(self.months - 1).to_string();
        let segments = self.segments.get(contract).into_iter().flatten();
        let taken = segments.filter(|s| s.get("month").and_then(Value::as_str).is_some_and(|m| m <= last.as_str()));
        taken.filter_map(|segment| segment.get("rows").and_then(Value::as_u64)).sum()
    }

    /// Bytes of all record files of those months.
    pub fn bytes(&self) -> u64 {
        self.files().iter().filter_map(|path| std::fs::metadata(path).ok()).map(|data| data.len()).sum()
    }

    fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        for contract in self.segments.keys() {
            for index in 0..self.months {
                let folder = format!("month={}", month(index));
                files.push(self.folder.join("records").join(contract).join(folder).join("bench.parquet"));
            }
        }
        files
    }

    /// Reads all record files, so that every contestant finds them in the file cache.
    pub fn warm(&self) -> Result<()> {
        for path in self.files() {
            let mut file = std::fs::File::open(&path).with_context(|| path.display().to_string())?;
            std::io::copy(&mut file, &mut std::io::sink())?;
        }
        Ok(())
    }

    /// Forgets every stored part.
    pub fn forget_parts(&self) -> Result<()> {
        remove(&self.folder.join("parts"))
    }

    /// Keeps the stored parts aside, for [`Node::restore_parts`].
    pub fn save_parts(&self) -> Result<()> {
        remove(&self.folder.join("parts.saved"))?;
        copy(&self.folder.join("parts"), &self.folder.join("parts.saved"))
    }

    /// Puts the parts that were kept back in place.
    pub fn restore_parts(&self) -> Result<()> {
        self.forget_parts()?;
        copy(&self.folder.join("parts.saved"), &self.folder.join("parts"))
    }
}

fn remove(folder: &Path) -> Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error).context(folder.display().to_string()),
        _ => Ok(()),
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from).with_context(|| from.display().to_string())? {
        let (path, target) =
            (entry.as_ref().map(std::fs::DirEntry::path), entry.as_ref().map(|e| to.join(e.file_name())));
        let (Ok(path), Ok(target)) = (path, target) else { continue };
        if path.is_dir() {
            copy(&path, &target)?;
        } else {
            std::fs::copy(&path, &target).with_context(|| target.display().to_string())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifests_name_the_months_that_are_taken() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("records/item")).unwrap();
        let segment = |index: u32| json!({ "month": month(index).to_string(), "rows": 10 + index });
        let segments = BTreeMap::from([("item".to_owned(), (0..3).map(segment).collect())]);
        let node = Node { folder: folder.path().to_owned(), months: 2, segments };
        assert_eq!(node.rows("item"), 21);
        for (months, rows) in [(2, 21), (3, 33)] {
            node.take_months(months).unwrap();
            let text = std::fs::read_to_string(folder.path().join("records/item/_manifest.json")).unwrap();
            let manifest: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(manifest["segments"].as_array().unwrap().len(), months as usize);
            assert_eq!(manifest["sources"][0]["taken"], rows);
            assert_eq!(manifest["contract"], "item/1");
        }
    }

    #[test]
    fn parts_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let node = Node { folder: folder.path().to_owned(), months: 1, segments: BTreeMap::new() };
        let file = folder.path().join("parts/item/a");
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, "1").unwrap();
        node.save_parts().unwrap();
        std::fs::write(&file, "2").unwrap();
        node.restore_parts().unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "1");
    }

    #[test]
    fn months_run_over_the_year() {
        assert_eq!(month(12).to_string(), "2025-01");
        assert_eq!(with_next_month(12_000, 12), 13_000);
    }
}
