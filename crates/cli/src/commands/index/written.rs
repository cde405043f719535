//! `steps.json`: which files of a folder an earlier run wrote, and how it left them. No other file is ever replaced or
//! removed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::failure::Failure;
use crate::node::write_file;

/// Name of the list.
pub const LIST: &str = "steps.json";
const SCHEMA: &str = "steps/1";

/// Files that earlier runs wrote.
#[derive(Debug, Default)]
pub struct Written {
    /// By name, the hash that the file has; two while a run replaces it.
    files: BTreeMap<String, BTreeSet<String>>,
}

impl Written {
    /// The list of a folder; an empty one where there is none.
    ///
    /// # Errors
    /// U0001 where a file of that name is something else.
    pub fn read(folder: &Path) -> Result<Written, Failure> {
        let path = folder.join(LIST);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Written::default()),
            Err(error) => return Err(Failure::read(&path, error)),
        };
        Written::from_json(&bytes).ok_or_else(|| foreign(&path))
    }

    fn from_json(bytes: &[u8]) -> Option<Written> {
        let list: Value = serde_json::from_slice(bytes).ok().filter(|list: &Value| list["schema"] == SCHEMA)?;
        // A list that somebody wrote by hand must not lead out of the folder.
        let is_name = |name: &str| !name.is_empty() && !name.contains(['/', '\\', ':']) && !name.starts_with('.');
        let mut files = BTreeMap::new();
        for (name, hashes) in list["files"].as_object()?.iter().filter(|(name, _)| is_name(name)) {
            let hashes = hashes.as_array()?.iter().map(|hash| Some(hash.as_str()?.to_owned()));
            files.insert(name.clone(), hashes.collect::<Option<_>>()?);
        }
        Some(Written { files })
    }

    /// Names of the files.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Refuses a file that is there, and is not as an earlier run wrote it.
    pub fn check(&self, folder: &Path, name: &str) -> Result<(), Failure> {
        let path = folder.join(name);
        match std::fs::read(&path) {
            Ok(bytes) if self.files.get(name).is_some_and(|known| known.contains(&hash(&bytes))) => Ok(()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Ok(_) | Err(_) => Err(foreign(&path)),
        }
    }

    /// Writes files in place of those of the list.
    ///
    /// The list is written first with both, so that after an interruption the folder still knows its own files.
    pub fn replace(&self, folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
        std::fs::create_dir_all(folder).map_err(|cause| Failure::write(folder, cause))?;
        let mut own = Written::default();
        for (name, bytes) in files {
            own.files.entry(name.clone()).or_default().insert(hash(bytes));
        }
        let mut both = own.files.clone();
        for (name, known) in &self.files {
            both.entry(name.clone()).or_default().extend(known.iter().cloned());
        }
        Written { files: both }.write(folder)?;
        for name in self.names().filter(|name| !own.files.contains_key(*name)) {
            let path = folder.join(name);
            match std::fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(Failure::write(&path, error)),
                _ => {}
            }
        }
        for (name, bytes) in files {
            write_file(&folder.join(name), bytes)?;
        }
        own.write(folder)
    }

    fn write(&self, folder: &Path) -> Result<(), Failure> {
        let list = json!({ "schema": SCHEMA, "files": self.files });
        write_file(&folder.join(LIST), format!("{list:#}\n").as_bytes())
    }
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn foreign(path: &Path) -> Failure {
    Failure::usage(format!("`{}` is there, and is not as an earlier run wrote it", path.display()))
        .help("name another folder with `--steps`, or move the file away")
}
