//! The keys of one month: the latest in memory, the others in sorted files.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};
use std::path::Path;

use super::run::Run;
use crate::error::IngestError;

/// Bytes that a key takes in memory at most: a set is between seven eighths and seven sixteenths full, and while it grows
/// the smaller one is still there.
pub(super) const BYTES_A_KEY: usize = 60;

/// Files of a month; with more they are merged, since each of them may have to be asked for a key.
const MOST_RUNS: usize = 8;

/// The keys are hashes already.
#[derive(Default)]
pub(super) struct AlreadyHashed(u64);

impl Hasher for AlreadyHashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u128(&mut self, value: u128) {
        self.0 = value as u64;
    }
}

/// A set of 128-bit hashes: two different keys share one with a chance below 1e-20 even among a billion.
#[derive(Default)]
pub(super) struct KeySet {
    fresh: HashSet<u128, BuildHasherDefault<AlreadyHashed>>,
    runs: Vec<Run>,
}

impl KeySet {
    /// Whether the key is new; it is there from now on.
    pub(super) fn insert(&mut self, key: u128) -> Result<bool, IngestError> {
        Ok(!self.is_on_disk(key)? && self.fresh.insert(key))
    }

    /// Whether the key is there.
    pub(super) fn contains(&self, key: u128) -> Result<bool, IngestError> {
        Ok(self.fresh.contains(&key) || self.is_on_disk(key)?)
    }

    fn is_on_disk(&self, key: u128) -> Result<bool, IngestError> {
        for run in &self.runs {
            if run.contains(key)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Puts the keys in memory on disk.
    pub(super) fn spill(&mut self, folder: &Path) -> Result<(), IngestError> {
        if self.fresh.is_empty() {
            return Ok(());
        }
        let mut keys: Vec<u128> = std::mem::take(&mut self.fresh).into_iter().collect();
        keys.sort_unstable();
        self.runs.push(Run::write(folder, keys.len(), keys.into_iter().map(Ok))?);
        if self.runs.len() > MOST_RUNS {
            let keys = self.runs.iter().map(Run::len).sum();
            let merged = Run::write(folder, keys, Run::merge(&self.runs)?)?;
            self.runs = vec![merged];
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys that are spread as hashes are; every third is an earlier one again.
    fn keys(n: usize) -> Vec<u128> {
        let key = |n: usize| xxhash_rust::xxh3::xxh3_128(&n.to_le_bytes());
        (0..n).map(|i| key(if i % 3 == 2 { i / 2 } else { i })).collect()
    }

    fn check(keys: &[u128], spill_every: usize, most_runs: usize) {
        let folder = tempfile::tempdir().unwrap();
        let (mut set, mut known) = (KeySet::default(), HashSet::new());
        for (n, &key) in keys.iter().enumerate() {
            assert_eq!(set.contains(key).unwrap(), known.contains(&key), "key {n}");
            assert_eq!(set.insert(key).unwrap(), known.insert(key), "key {n}");
            if n % spill_every == 0 {
                set.spill(folder.path()).unwrap();
                assert!(set.fresh.is_empty() && set.runs.len() <= most_runs);
            }
        }
        let files = || std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(files(), set.runs.len());
        drop(set);
        assert_eq!(files(), 0);
    }

    #[test]
    fn keys_on_disk_are_known_as_those_in_memory() {
        check(&keys(5_000), 10_000, 1);
        check(&keys(5_000), 700, MOST_RUNS);
        check(&keys(30_000), 1_000, MOST_RUNS);
        check(&[0, u128::MAX, 1, 0, u128::MAX, 1 << 64, 2], 1, 7);
    }
}
