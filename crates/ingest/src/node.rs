//! The folder of a node: where records and quarantine stand, and the lock that keeps a second writer out.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use crate::error::{IngestError, NODE_LOCKED};

/// Paths inside a node's folder.
#[derive(Debug, Clone)]
pub struct NodePaths {
    root: PathBuf,
}

impl NodePaths {
    /// The node in that folder.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        NodePaths { root: root.into() }
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// `records/<contract>`.
    pub fn records(&self, contract: &str) -> PathBuf {
        self.root.join("records").join(contract)
    }

    /// `records/<contract>/_manifest.json`.
    pub fn manifest(&self, contract: &str) -> PathBuf {
        self.records(contract).join("_manifest.json")
    }

    /// `quarantine/<mapping>`.
    pub fn quarantine(&self, mapping: &str) -> PathBuf {
        self.root.join("quarantine").join(mapping)
    }

    /// Folder for spilled buffers; emptied at the start of every run.
    pub(crate) fn staging(&self) -> PathBuf {
        self.root.join(".staging")
    }

    /// Takes the node for writing until the guard is dropped.
    ///
    /// # Errors
    /// Another process holds it, or the folder cannot be written.
    pub fn lock(&self) -> Result<NodeLock, IngestError> {
        std::fs::create_dir_all(&self.root).map_err(|e| IngestError::file_system(&self.root, "create", e))?;
        let path = self.root.join(".lock");
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|e| IngestError::file_system(&path, "open", e))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(IngestError::new(
                    NODE_LOCKED,
                    format!("another process is writing to the node `{}`", self.root.display()),
                )
                .help("wait until it has ended, or stop it"));
            }
            Err(TryLockError::Error(e)) => return Err(IngestError::file_system(&path, "lock", e)),
        }
        let staging = self.staging();
        remove_folder(&staging)?;
        Ok(NodeLock { _file: file, staging })
    }
}

/// Held while a process writes; the operating system drops it if the process dies.
#[derive(Debug)]
pub struct NodeLock {
    _file: File,
    staging: PathBuf,
}

impl Drop for NodeLock {
    fn drop(&mut self) {
        // Best effort: the next run empties the folder again.
        let _ = remove_folder(&self.staging);
    }
}

fn remove_folder(path: &Path) -> Result<(), IngestError> {
    match std::fs::remove_dir_all(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(IngestError::file_system(path, "empty", e)),
        _ => Ok(()),
    }
}

/// Creates a folder and its parents.
pub(crate) fn create_folder(path: &Path) -> Result<(), IngestError> {
    std::fs::create_dir_all(path).map_err(|e| IngestError::file_system(path, "create", e))
}

/// Makes a rename in that folder durable.
pub(crate) fn sync_folder(path: &Path) -> Result<(), IngestError> {
    #[cfg(unix)]
    File::open(path).and_then(|f| f.sync_all()).map_err(|e| IngestError::file_system(path, "sync", e))?;
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Removes a file that may be gone already.
pub(crate) fn remove_file(path: &Path) -> Result<(), IngestError> {
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(IngestError::file_system(path, "remove", e)),
        _ => Ok(()),
    }
}
