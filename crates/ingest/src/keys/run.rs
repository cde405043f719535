//! A file of sorted keys, with what spares most readings of it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::IngestError;

/// Bytes of a key.
const KEY: usize = 16;
/// Keys that are read together: a block of four kilobytes.
const BLOCK: usize = 256;
/// Bits of the filter for each key, and how many of them a key sets: one key in three hundred is looked for in vain.
const FILTER_BITS: usize = 12;
const FILTER_PROBES: u64 = 8;

/// Sorted keys on disk. The file goes with the value.
pub(super) struct Run {
    path: PathBuf,
    keys: usize,
    /// First key of each block.
    firsts: Vec<u128>,
    /// Bloom filter (Communications of the ACM 13, 1970), its probes made from the halves of a key (Kirsch and
    /// Mitzenmacher, 2006).
    filter: Vec<u64>,
}

impl Run {
    /// Writes keys that come sorted; `room` is how many there are at most.
    pub(super) fn write(
        folder: &Path,
        room: usize,
        sorted: impl Iterator<Item = Result<u128, IngestError>>,
    ) -> Result<Self, IngestError> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let path = folder.join(format!("{}.keys", NUMBER.fetch_add(1, Ordering::Relaxed)));
        let fail = |e| IngestError::file_system(&path, "write", e);
        let mut writer = BufWriter::new(File::create(&path).map_err(fail)?);
        let filter = vec![0; (room * FILTER_BITS).div_ceil(64).max(1)];
        let mut run = Run { path: path.clone(), keys: 0, firsts: Vec::with_capacity(room / BLOCK + 1), filter };
        for key in sorted {
            let key = key?;
            if run.keys.is_multiple_of(BLOCK) {
                run.firsts.push(key);
            }
            for bit in probes(key, run.filter.len()) {
                run.filter[bit / 64] |= 1 << (bit % 64);
            }
            writer.write_all(&key.to_le_bytes()).map_err(fail)?;
            run.keys += 1;
        }
        writer.flush().map_err(fail)?;
        Ok(run)
    }

    /// Number of keys.
    pub(super) fn len(&self) -> usize {
        self.keys
    }

    /// Whether the key is in the file.
    pub(super) fn contains(&self, key: u128) -> Result<bool, IngestError> {
        let may_be = probes(key, self.filter.len()).all(|bit| self.filter[bit / 64] >> (bit % 64) & 1 == 1);
        let block = self.firsts.partition_point(|first| *first <= key);
        if !may_be || block == 0 {
            return Ok(false);
        }
        let start = (block - 1) * BLOCK;
        let mut bytes = [0; BLOCK * KEY];
        let bytes = &mut bytes[..BLOCK.min(self.keys - start) * KEY];
        // Opened anew, which is seldom: a file held open for each of many months would be too many.
        let read = File::open(&self.path).and_then(|mut file| {
            file.seek(SeekFrom::Start((start * KEY) as u64))?;
            file.read_exact(bytes)
        });
        read.map_err(|e| IngestError::file_system(&self.path, "read", e))?;
        let (keys, _) = bytes.as_chunks::<KEY>();
        Ok(keys.binary_search_by_key(&key, |bytes| u128::from_le_bytes(*bytes)).is_ok())
    }

    /// All keys of several files in order. No key is in two of them.
    pub(super) fn merge(runs: &[Run]) -> Result<impl Iterator<Item = Result<u128, IngestError>>, IngestError> {
        let mut readers = Vec::with_capacity(runs.len());
        let mut next = BinaryHeap::with_capacity(runs.len());
        for (number, run) in runs.iter().enumerate() {
            let file = File::open(&run.path).map_err(|e| IngestError::file_system(&run.path, "read", e))?;
            let mut reader = Reader { path: run.path.clone(), file: BufReader::new(file), left: run.keys };
            next.extend(reader.next()?.map(|key| Reverse((key, number))));
            readers.push(reader);
        }
        Ok(std::iter::from_fn(move || {
            let Reverse((key, number)) = next.pop()?;
            match readers[number].next() {
                Ok(following) => next.extend(following.map(|key| Reverse((key, number)))),
                Err(error) => return Some(Err(error)),
            }
            Some(Ok(key))
        }))
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        // The folder is emptied before the next run anyway.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Reads a file of keys from its start.
struct Reader {
    path: PathBuf,
    file: BufReader<File>,
    left: usize,
}

impl Reader {
    fn next(&mut self) -> Result<Option<u128>, IngestError> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        let mut bytes = [0; KEY];
        self.file.read_exact(&mut bytes).map_err(|e| IngestError::file_system(&self.path, "read", e))?;
        Ok(Some(u128::from_le_bytes(bytes)))
    }
}

/// Bits of a filter of so many words that a key sets.
fn probes(key: u128, words: usize) -> impl Iterator<Item = usize> {
    let (bits, start, step) = (words as u64 * 64, key as u64, (key >> 64) as u64 | 1);
    (0..FILTER_PROBES).map(move |n| (start.wrapping_add(n.wrapping_mul(step)) % bits) as usize)
}
