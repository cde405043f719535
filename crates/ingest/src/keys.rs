//! Which keys are there already, month by month.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::path::Path;

use arrow::array::{
    Array, AsArray, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int64Array, RecordBatch, StringArray,
    TimestampMicrosecondArray,
};
use arrow::datatypes::{DataType, Date32Type, Decimal128Type, Float64Type, Int64Type, TimestampMicrosecondType};
use xxhash_rust::xxh3::xxh3_128;

use crate::error::IngestError;
use crate::manifest::Manifest;
use crate::segment;
use crate::stage::{MonthIndex, month_name};

/// The keys are hashes already.
#[derive(Default)]
pub(crate) struct AlreadyHashed(u64);

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
pub(crate) type HashedKeys = HashSet<u128, BuildHasherDefault<AlreadyHashed>>;

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

/// Keys of the live records of a contract, read month by month when first asked for.
#[derive(Default)]
pub(crate) struct KeyIndex {
    months: HashMap<MonthIndex, HashedKeys>,
    /// Mappings and sources that this run reads again whatever became of their records: a segment of theirs that is
    /// lost must not stop the very run that mends it.
    replaced: HashSet<(String, String)>,
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
    /// An index for a run that reads these mappings and sources again.
    pub(crate) fn replacing(replaced: HashSet<(String, String)>) -> Self {
        KeyIndex { months: HashMap::new(), replaced }
    }

    /// Whether the key is new in its month; it is there from now on.
    pub(crate) fn insert(&mut self, month: MonthIndex, key: u128, live: &Live<'_>) -> Result<bool, IngestError> {
        let keys = match self.months.entry(month) {
            std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::hash_map::Entry::Vacant(entry) => entry.insert(live.keys_of(month, &self.replaced)?),
        };
        Ok(keys.insert(key))
    }

    /// Forgets everything, for example because records were replaced or a file was given up.
    pub(crate) fn clear(&mut self) {
        self.months.clear();
    }
}

impl Live<'_> {
    fn keys_of(&self, month: MonthIndex, replaced: &HashSet<(String, String)>) -> Result<HashedKeys, IngestError> {
        let name = month_name(month);
        let mut keys = HashedKeys::default();
        for (segment, path) in self.manifest.live_segments(self.node) {
            if segment.month != name || self.except == Some((&segment.mapping, &segment.source)) {
                continue;
            }
            match self.keys_in(&path) {
                Ok(found) => keys.extend(found),
                Err(_) if replaced.contains(&(segment.mapping.clone(), segment.source.clone())) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(keys)
    }

    fn keys_in(&self, path: &Path) -> Result<Vec<u128>, IngestError> {
        let mut columns = self.key.to_vec();
        columns.sort_unstable();
        let positions: Vec<usize> =
            self.key.iter().map(|k| columns.binary_search(k).expect("the same positions, sorted")).collect();
        let mut keys = Vec::new();
        for batch in segment::read(path, Some(&columns))? {
            keys.extend(hash_keys(&batch?, &positions));
        }
        Ok(keys)
    }
}
