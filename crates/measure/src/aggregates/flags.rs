//! `part_flags(c1, …, cn)`: how many rows meet each of up to 128 conditions, in one pass.
//!
//! A framework counts the same rows under many conditions: a hundred `count(*) FILTER (WHERE …)` for every declaration.
//! Added one by one, they cost more than reading the records. But rows agree on most conditions, so few *patterns* of
//! answers occur. Each row's answers are packed into one number (a bit a condition), and the pair of group and pattern is
//! counted in a small table: the cost of a row does not depend on the number of conditions. Counts are summed out of the
//! patterns when a group is emitted.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryBuilder};
use arrow::datatypes::{DataType, FieldRef};
use datafusion::common::{DataFusionError, Result};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::AggregateOrderSensitivity;
use datafusion::logical_expr::{Accumulator, AggregateUDFImpl, EmitTo, GroupsAccumulator, Signature, Volatility};

use super::accumulate::{Accumulate, PartGroups, SingleGroup, state_field};
use super::rows::{Rows, words};
use crate::bits::WORD;

/// Most conditions of one call.
pub const MOST_FLAGS: usize = 128;

/// Bytes of a stored count.
const COUNT_BYTES: usize = 8;

/// The aggregate. Gives the counts in the order of the conditions, eight bytes each, little endian.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct FlagsAggregate(Signature);

impl Default for FlagsAggregate {
    fn default() -> Self {
        Self::new()
    }
}

impl FlagsAggregate {
    /// The aggregate.
    pub fn new() -> Self {
        FlagsAggregate(Signature::user_defined(Volatility::Immutable))
    }
}

/// The counts of one emitted group.
pub fn counts(bytes: &[u8]) -> impl Iterator<Item = u64> {
    bytes.chunks_exact(COUNT_BYTES).map(|chunk| u64::from_le_bytes(chunk.try_into().expect("a chunk has eight bytes")))
}

impl AggregateUDFImpl for FlagsAggregate {
    fn name(&self) -> &str {
        "part_flags"
    }

    fn signature(&self) -> &Signature {
        &self.0
    }

    fn coerce_types(&self, arguments: &[DataType]) -> Result<Vec<DataType>> {
        if arguments.is_empty() || arguments.len() > MOST_FLAGS {
            return Err(DataFusionError::Plan(format!("`part_flags` takes 1 to {MOST_FLAGS} conditions")));
        }
        Ok(vec![DataType::Boolean; arguments.len()])
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Binary)
    }

    fn state_fields(&self, args: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        Ok(state_field(&args))
    }

    fn accumulator(&self, args: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        Ok(Box::new(SingleGroup::new(self.create_groups_accumulator(args)?, DataType::Binary)))
    }

    fn groups_accumulator_supported(&self, _: AccumulatorArgs) -> bool {
        true
    }

    fn create_groups_accumulator(&self, args: AccumulatorArgs) -> Result<Box<dyn GroupsAccumulator>> {
        let flags = args.exprs.len();
        Ok(if flags <= WORD {
            Box::new(Accumulate(FlagGroups::<u64>::new(flags)))
        } else {
            Box::new(Accumulate(FlagGroups::<u128>::new(flags)))
        })
    }

    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        AggregateOrderSensitivity::Insensitive
    }
}

/// Answers of a row, a bit a condition. Half as wide, a table takes half the room.
trait Pattern: Copy + Default + PartialEq + std::fmt::Debug + Send + 'static {
    /// The pattern of up to 128 answers.
    fn new(low: u64, high: u64) -> Self;

    /// The answers.
    fn words(self) -> [u64; 2];
}

impl Pattern for u64 {
    #[inline]
    fn new(low: u64, _: u64) -> Self {
        low
    }

    #[inline]
    fn words(self) -> [u64; 2] {
        [self, 0]
    }
}

impl Pattern for u128 {
    #[inline]
    fn new(low: u64, high: u64) -> Self {
        u128::from(low) | u128::from(high) << WORD
    }

    #[inline]
    fn words(self) -> [u64; 2] {
        [self as u64, (self >> WORD) as u64]
    }
}

/// Rows of one group with one pattern.
#[derive(Debug, Clone, Copy, Default)]
struct Entry<P> {
    pattern: P,
    group: u32,
    /// 0: the place is free.
    rows: u32,
}

/// Counts of all groups: those that were summed out, and patterns that wait for it.
#[derive(Debug)]
struct FlagGroups<P> {
    flags: usize,
    /// `flags` counts for each group.
    counts: Vec<u64>,
    /// Open addressing; the length is a power of two.
    table: Vec<Entry<P>>,
    used: usize,
}

/// Size of an empty table, and the size at which it is emptied instead of grown: it stays in the processor's cache.
const SMALLEST_TABLE: usize = 1 << 10;
const LARGEST_TABLE: usize = 1 << 16;

impl<P: Pattern> FlagGroups<P> {
    fn new(flags: usize) -> Self {
        FlagGroups { flags, counts: Vec::new(), table: vec![Entry::default(); SMALLEST_TABLE], used: 0 }
    }

    fn add(&mut self, group: u32, pattern: P) {
        let mask = self.table.len() - 1;
        let mut place = hash(group, pattern) as usize & mask;
        loop {
            let entry = &mut self.table[place];
            if entry.rows == 0 {
                *entry = Entry { pattern, group, rows: 1 };
                self.used += 1;
                if self.used * 2 > self.table.len() {
                    self.grow();
                }
                return;
            }
            if entry.pattern == pattern && entry.group == group {
                if entry.rows == u32::MAX {
                    self.sum_out();
                    return self.add(group, pattern);
                }
                entry.rows += 1;
                return;
            }
            place = (place + 1) & mask;
        }
    }

    #[cold]
    fn grow(&mut self) {
        if self.table.len() >= LARGEST_TABLE {
            return self.sum_out();
        }
        let length = self.table.len() * 2;
        let old = std::mem::replace(&mut self.table, vec![Entry::default(); length]);
        for entry in old.into_iter().filter(|entry| entry.rows > 0) {
            let mut place = hash(entry.group, entry.pattern) as usize & (length - 1);
            while self.table[place].rows > 0 {
                place = (place + 1) & (length - 1);
            }
            self.table[place] = entry;
        }
    }

    /// Adds the waiting patterns to the counts.
    fn sum_out(&mut self) {
        for entry in self.table.iter_mut().filter(|entry| entry.rows > 0) {
            let counts = &mut self.counts[entry.group as usize * self.flags..][..self.flags];
            for (first, mut rest) in (0..).step_by(WORD).zip(entry.pattern.words()) {
                while rest != 0 {
                    counts[first + rest.trailing_zeros() as usize] += u64::from(entry.rows);
                    rest &= rest - 1;
                }
            }
            *entry = Entry::default();
        }
        self.used = 0;
    }
}

/// Spreads group and pattern over the table.
fn hash(group: u32, pattern: impl Pattern) -> u64 {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let [low, high] = pattern.words();
    let low = (low ^ u64::from(group).wrapping_mul(ODD)).wrapping_mul(ODD);
    let high = (high ^ low.rotate_left(29)).wrapping_mul(ODD);
    high ^ (high >> 32)
}

/// Transposes a matrix of 64 times 64 bits: bit j of word i becomes bit i of word j.
fn transpose(matrix: &mut [u64; WORD]) {
    let mut width = WORD / 2;
    let mut mask = u64::MAX >> width;
    while width != 0 {
        let mut row = 0;
        while row < WORD {
            let swapped = ((matrix[row] >> width) ^ matrix[row + width]) & mask;
            matrix[row] ^= swapped << width;
            matrix[row + width] ^= swapped;
            row = ((row | width) + 1) & !width;
        }
        width /= 2;
        mask ^= mask << width;
    }
}

impl<P: Pattern> PartGroups for FlagGroups<P> {
    fn fresh(&self) -> Self {
        FlagGroups::new(self.flags)
    }

    fn resize(&mut self, groups: usize) {
        self.counts.resize(groups * self.flags, 0);
    }

    fn feed(&mut self, columns: &[ArrayRef], rows: Rows<'_>) -> Result<()> {
        let mut flags = Vec::with_capacity(columns.len());
        for column in columns {
            let mut bits = Vec::new();
            words(column.as_boolean(), rows.filter, &mut bits);
            flags.push(bits);
        }
        for (word, groups) in rows.groups.chunks(WORD).enumerate() {
            let (mut low, mut high) = ([0; WORD], [0; WORD]);
            for (index, bits) in flags.iter().enumerate() {
                let block = if index < WORD { &mut low } else { &mut high };
                block[index % WORD] = bits[word];
            }
            transpose(&mut low);
            if self.flags > WORD {
                transpose(&mut high);
            }
            for (row, &group) in groups.iter().enumerate() {
                if low[row] | high[row] != 0 {
                    self.add(group as u32, P::new(low[row], high[row]));
                }
            }
        }
        Ok(())
    }

    fn merge(&mut self, states: &ArrayRef, groups: &[usize]) -> Result<()> {
        let states = arrow::compute::cast(states, &DataType::Binary)?;
        let states = states.as_binary::<i32>();
        for (row, &group) in groups.iter().enumerate() {
            if states.is_valid(row) {
                let sums = &mut self.counts[group * self.flags..][..self.flags];
                for (sum, count) in sums.iter_mut().zip(counts(states.value(row))) {
                    *sum += count;
                }
            }
        }
        Ok(())
    }

    fn take(&mut self, emit: EmitTo) -> Result<ArrayRef> {
        self.sum_out();
        let taken = match emit {
            EmitTo::All => std::mem::take(&mut self.counts),
            EmitTo::First(groups) => {
                let rest = self.counts.split_off(groups * self.flags);
                std::mem::replace(&mut self.counts, rest)
            }
        };
        let groups = taken.len() / self.flags.max(1);
        let mut array = BinaryBuilder::with_capacity(groups, taken.len() * COUNT_BYTES);
        let mut bytes = Vec::with_capacity(self.flags * COUNT_BYTES);
        for counts in taken.chunks_exact(self.flags.max(1)) {
            bytes.clear();
            bytes.extend(counts.iter().flat_map(|count| count.to_le_bytes()));
            array.append_value(&bytes);
        }
        Ok(Arc::new(array.finish()))
    }

    fn size(&self) -> usize {
        self.counts.capacity() * COUNT_BYTES + self.table.capacity() * size_of::<Entry<P>>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::BooleanArray;

    #[test]
    fn a_transposed_matrix_has_rows_for_columns() {
        let mut seed = 1_u64;
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            seed ^ (seed >> 29)
        };
        let matrix: [u64; WORD] = std::array::from_fn(|_| next());
        let mut turned = matrix;
        transpose(&mut turned);
        for (i, row) in matrix.iter().enumerate() {
            for (j, column) in turned.iter().enumerate() {
                assert_eq!(row >> j & 1, column >> i & 1, "bit {j} of word {i}");
            }
        }
    }

    /// Counts of every flag and group must be what a loop over rows gives, whatever the table does on the way.
    fn check(flags: usize, groups: usize, rows: usize) {
        if flags <= WORD {
            check_counts(Accumulate(FlagGroups::<u64>::new(flags)), flags, groups, rows);
        }
        check_counts(Accumulate(FlagGroups::<u128>::new(flags)), flags, groups, rows);
    }

    fn check_counts(mut accumulator: impl GroupsAccumulator, flags: usize, groups: usize, rows: usize) {
        let answer = |flag: usize, row: usize| match (row * 7 + flag * 13 + row * flag) % 11 {
            0..5 => Some(true),
            5..9 => Some(false),
            _ => None,
        };
        let group_of: Vec<usize> = (0..rows).map(|row| row * 31 % groups).collect();
        let columns: Vec<ArrayRef> = (0..flags)
            .map(|flag| Arc::new((0..rows).map(|row| answer(flag, row)).collect::<BooleanArray>()) as ArrayRef)
            .collect();
        let filter: BooleanArray = (0..rows).map(|row| Some(!row.is_multiple_of(5))).collect();
        accumulator.update_batch(&columns, &group_of, Some(&filter), groups).expect("update");
        let emitted = accumulator.evaluate(EmitTo::First(1)).expect("first");
        let rest = accumulator.evaluate(EmitTo::All).expect("rest");
        let state = |group: usize| -> Vec<u64> {
            let (array, row) = if group == 0 { (&emitted, 0) } else { (&rest, group - 1) };
            counts(array.as_binary::<i32>().value(row)).collect()
        };
        for group in 0..groups {
            let expect: Vec<u64> = (0..flags)
                .map(|flag| {
                    let met = |row: &usize| {
                        group_of[*row] == group && !row.is_multiple_of(5) && answer(flag, *row) == Some(true)
                    };
                    (0..rows).filter(met).count() as u64
                })
                .collect();
            assert_eq!(state(group), expect, "group {group}");
        }
    }

    #[test]
    fn counts_are_those_of_a_loop_over_rows() {
        check(1, 1, 1);
        check(3, 2, 100);
        check(64, 5, 1_000);
        check(128, 7, 3_000);
    }

    #[test]
    fn a_full_table_is_summed_out() {
        check(100, 4_000, 70_000);
    }
}
