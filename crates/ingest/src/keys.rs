//! Which keys are there already, month by month.

mod run;
mod set;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use arrow::array::{
    Array, AsArray, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int64Array, RecordBatch, StringArray,
    TimestampMicrosecondArray,
};
use arrow::datatypes::{DataType, Date32Type, Decimal128Type, Float64Type, Int64Type, TimestampMicrosecondType};
use xxhash_rust::xxh3::xxh3_128;

use self::set::{BYTES_A_KEY, KeySet};
use crate::error::IngestError;
use crate::manifest::Manifest;
use crate::segment;
use crate::stage::{MonthIndex, month_name};

enum KeyColumn<'a> {
    Text(&'a StringArray),
    Int(&'a Int64Array),
    Stamp(&'a TimestampMicrosecondArray),
    Date(&'a Date32Array),
    Decimal(&'a Decimal128Array),
    Double(&'a Float64Array),
    Bool(&'a BooleanArray),
}

impl KeyColumn<'_> {
    fn is_null(&self, row: usize) -> bool {
        match self {
            KeyColumn::Text(a) => a.is_null(row),
            KeyColumn::Int(a) => a.is_null(row),
            KeyColumn::Stamp(a) => a.is_null(row),
            KeyColumn::Date(a) => a.is_null(row),
            KeyColumn::Decimal(a) => a.is_null(row),
            KeyColumn::Double(a) => a.is_null(row),
            KeyColumn::Bool(a) => a.is_null(row),
        }
    }

    #[inline]
    fn append(&self, row: usize, bytes: &mut Vec<u8>) {
        if self.is_null(row) {
            bytes.push(0);
            return;
        }
        bytes.push(1);
        match self {
            KeyColumn::Text(a) => {
                let text = a.value(row);
                bytes.extend_from_slice(&(text.len() as u32).to_le_bytes());
                bytes.extend_from_slice(text.as_bytes());
            }
            KeyColumn::Int(a) => bytes.extend_from_slice(&a.value(row).to_le_bytes()),
            KeyColumn::Stamp(a) => bytes.extend_from_slice(&a.value(row).to_le_bytes()),
            KeyColumn::Date(a) => bytes.extend_from_slice(&a.value(row).to_le_bytes()),
            KeyColumn::Decimal(a) => bytes.extend_from_slice(&a.value(row).to_le_bytes()),
            KeyColumn::Double(a) => bytes.extend_from_slice(&a.value(row).to_bits().to_le_bytes()),
            KeyColumn::Bool(a) => bytes.push(u8::from(a.value(row))),
        }
    }
}

/// Hash of the key of each row; `positions` are the key columns.
pub(crate) fn hash_keys(batch: &RecordBatch, positions: &[usize]) -> Vec<u128> {
    let columns: Vec<KeyColumn<'_>> = positions
        .iter()
        .map(|&position| {
            let array = batch.column(position);
            match array.data_type() {
                DataType::Int64 => KeyColumn::Int(array.as_primitive::<Int64Type>()),
                DataType::Timestamp(_, _) => KeyColumn::Stamp(array.as_primitive::<TimestampMicrosecondType>()),
                DataType::Date32 => KeyColumn::Date(array.as_primitive::<Date32Type>()),
                DataType::Decimal128(_, _) => KeyColumn::Decimal(array.as_primitive::<Decimal128Type>()),
                DataType::Float64 => KeyColumn::Double(array.as_primitive::<Float64Type>()),
                DataType::Boolean => KeyColumn::Bool(array.as_boolean()),
                _ => KeyColumn::Text(array.as_string::<i32>()),
            }
        })
        .collect();
    let mut bytes = Vec::with_capacity(64);
    (0..batch.num_rows())
        .map(|row| {
            bytes.clear();
            for column in &columns {
                column.append(row, &mut bytes);
            }
            xxh3_128(&bytes)
        })
        .collect()
}

/// Keys of the live records of a contract, read month by month when first asked for, and kept on disk where there are more
/// than memory may hold.
pub(crate) struct KeyIndex {
    months: HashMap<MonthIndex, KeySet>,
    /// Mappings and sources that this run reads again whatever became of their records: a segment of theirs that is
    /// lost must not stop the very run that mends it.
    replaced: HashSet<(String, String)>,
    /// Where keys go that find no room.
    folder: PathBuf,
    /// Keys in memory, and as many as there is room for.
    held: usize,
    room: usize,
}

/// What the index reads from.
pub(crate) struct Live<'a> {
    pub node: &'a Path,
    pub manifest: &'a Manifest,
    /// Positions of the key fields in the records.
    pub key: &'a [usize],
    /// Mapping and source whose records are about to be replaced, so that they do not count.
    pub except: Option<(&'a str, &'a str)>,
}

impl KeyIndex {
    /// An index within so many bytes of memory, which goes on in a folder.
    pub(crate) fn new(folder: PathBuf, memory_bytes: usize) -> Self {
        let room = (memory_bytes / BYTES_A_KEY).max(1);
        KeyIndex { months: HashMap::new(), replaced: HashSet::new(), folder, held: 0, room }
    }

    /// The index of a run that reads these mappings and sources again.
    pub(crate) fn replacing(self, replaced: HashSet<(String, String)>) -> Self {
        KeyIndex { replaced, ..self }
    }

    /// Whether the key is new in its month; it is there from now on.
    pub(crate) fn insert(&mut self, month: MonthIndex, key: u128, live: &Live<'_>) -> Result<bool, IngestError> {
        if !self.months.contains_key(&month) {
            self.read(month, live)?;
        }
        self.add(month, key)
    }

    /// Whether the key is new among those that were added; it is there from now on.
    pub(crate) fn add(&mut self, month: MonthIndex, key: u128) -> Result<bool, IngestError> {
        let is_new = self.months.entry(month).or_default().insert(key)?;
        self.held += usize::from(is_new);
        if self.held > self.room {
            self.make_room()?;
        }
        Ok(is_new)
    }

    /// Whether the key was added.
    pub(crate) fn contains(&self, month: MonthIndex, key: u128) -> Result<bool, IngestError> {
        self.months.get(&month).map_or(Ok(false), |set| set.contains(key))
    }

    /// Whether nothing was added.
    pub(crate) fn is_empty(&self) -> bool {
        self.months.is_empty()
    }

    /// Puts the keys in memory on disk.
    pub(crate) fn make_room(&mut self) -> Result<(), IngestError> {
        std::fs::create_dir_all(&self.folder).map_err(|e| IngestError::file_system(&self.folder, "write", e))?;
        for set in self.months.values_mut() {
            set.spill(&self.folder)?;
        }
        self.held = 0;
        Ok(())
    }

    /// Whether an eighth of the room is taken: worth to be freed for another index.
    pub(crate) fn is_large(&self) -> bool {
        self.held > self.room / 8
    }

    /// Forgets everything, for example because records were replaced or a file was given up.
    pub(crate) fn clear(&mut self) {
        self.months.clear();
        self.held = 0;
    }

    /// Reads the keys of a month's live records.
    fn read(&mut self, month: MonthIndex, live: &Live<'_>) -> Result<(), IngestError> {
        self.months.insert(month, KeySet::default());
        let name = month_name(month);
        for (segment, path) in live.manifest.live_segments(live.node) {
            if segment.month != name || live.except == Some((&segment.mapping, &segment.source)) {
                continue;
            }
            // A segment counts wholly or, where it cannot be read to its end, not at all.
            let is_replaced = self.replaced.contains(&(segment.mapping.clone(), segment.source.clone()));
            if is_replaced && live.for_each_key(&path, |_| Ok(())).is_err() {
                continue;
            }
            live.for_each_key(&path, |key| self.add(month, key).map(drop))?;
        }
        Ok(())
    }
}

impl Live<'_> {
    fn for_each_key(
        &self,
        path: &Path,
        mut take: impl FnMut(u128) -> Result<(), IngestError>,
    ) -> Result<(), IngestError> {
        let mut columns = self.key.to_vec();
        columns.sort_unstable();
        let positions: Vec<usize> =
            self.key.iter().map(|k| columns.binary_search(k).expect("the same positions, sorted")).collect();
        for batch in segment::read(path, Some(&columns))? {
            hash_keys(&batch?, &positions).into_iter().try_for_each(&mut take)?;
        }
        Ok(())
    }
}
