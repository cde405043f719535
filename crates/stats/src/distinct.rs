//! How many different values there are.

use xxhash_rust::xxh3::xxh3_64;

use crate::encoding::{DecodeError, Reader, kind, write_varint};

mod hash_set;
mod registers;

use hash_set::HashSet64;
use registers::Registers;

/// Up to this many distinct values the count is exact.
pub const THRESHOLD: usize = 1024;

/// The set of distinct values: exact up to [`THRESHOLD`], above that a HyperLogLog of 4096 registers.
///
/// Which of the two it is depends on the set alone, not on the order or on how it was merged. Values are taken by their
/// 64-bit xxh3 hash; among 1024 values two share one with a chance of 3 in 10^14.
///
/// ```
/// let mut traders = mizan_stats::distinct::DistinctSketch::default();
/// for number in ["TIN-1", "TIN-2", "TIN-1"] {
///     traders.add_bytes(number.as_bytes());
/// }
/// assert_eq!(traders.estimate(), 2.0);
/// assert!(traders.is_exact());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct DistinctSketch {
    state: State,
}

#[derive(Clone, Debug, PartialEq)]
enum State {
    Exact(HashSet64),
    Estimated(Registers),
}

impl Default for DistinctSketch {
    fn default() -> Self {
        DistinctSketch { state: State::Exact(HashSet64::default()) }
    }
}

impl DistinctSketch {
    /// Adds a value by its 64-bit hash, which must be well mixed in all bits.
    #[inline]
    pub fn add_hash(&mut self, hash: u64) {
        match &mut self.state {
            State::Estimated(registers) => registers.add(hash),
            State::Exact(hashes) => {
                if hashes.insert(hash) && hashes.len() > THRESHOLD {
                    self.estimate_from_now_on();
                }
            }
        }
    }

    /// Adds a value by its bytes.
    #[inline]
    pub fn add_bytes(&mut self, bytes: &[u8]) {
        self.add_hash(xxh3_64(bytes));
    }

    #[cold]
    fn estimate_from_now_on(&mut self) -> &mut Registers {
        if let State::Exact(hashes) = &self.state {
            let mut registers = Registers::default();
            hashes.iter().for_each(|hash| registers.add(hash));
            self.state = State::Estimated(registers);
        }
        match &mut self.state {
            State::Estimated(registers) => registers,
            State::Exact(_) => unreachable!("the registers were just made"),
        }
    }

    /// Adds all values of `other`: set union. Commutative and associative.
    pub fn merge(&mut self, other: &Self) {
        match &other.state {
            State::Exact(hashes) => hashes.iter().for_each(|hash| self.add_hash(hash)),
            State::Estimated(registers) => self.estimate_from_now_on().merge(registers),
        }
    }

    /// Number of distinct values, exact or estimated.
    pub fn estimate(&self) -> f64 {
        match &self.state {
            State::Exact(hashes) => hashes.len() as f64,
            State::Estimated(registers) => registers.estimate(),
        }
    }

    /// Whether the number is exact.
    pub fn is_exact(&self) -> bool {
        matches!(self.state, State::Exact(_))
    }

    /// Whether no value was added.
    pub fn is_empty(&self) -> bool {
        matches!(&self.state, State::Exact(hashes) if hashes.len() == 0)
    }

    /// Relative standard error of the estimate: 0 when exact, otherwise 1.04 / √4096 = 1.6 %.
    pub fn standard_error(&self) -> f64 {
        if self.is_exact() { 0.0 } else { 1.04 / 64.0 }
    }

    /// Appends the canonical bytes: the sorted hashes, or the registers.
    pub fn encode(&self, bytes: &mut Vec<u8>) {
        match &self.state {
            State::Exact(hashes) => {
                bytes.push(kind::DISTINCT_EXACT);
                write_varint(hashes.len() as u128, bytes);
                for hash in hashes.sorted() {
                    bytes.extend_from_slice(&hash.to_le_bytes());
                }
            }
            State::Estimated(registers) => {
                bytes.push(kind::DISTINCT_REGISTERS);
                bytes.extend_from_slice(registers.as_bytes());
            }
        }
    }

    /// Reads canonical bytes.
    ///
    /// # Errors
    /// The bytes are not the canonical encoding of a set of distinct values.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let state = if bytes.first() == Some(&kind::DISTINCT_REGISTERS) {
            let mut reader = Reader::new(bytes, kind::DISTINCT_REGISTERS)?;
            let registers = Registers::from_bytes(reader.take(registers::COUNT)?)?;
            reader.finish()?;
            State::Estimated(registers)
        } else {
            let mut reader = Reader::new(bytes, kind::DISTINCT_EXACT)?;
            let hashes = read_hashes(&mut reader)?;
            reader.finish()?;
            State::Exact(hashes)
        };
        Ok(DistinctSketch { state })
    }

    /// Bytes on the heap.
    pub fn heap_size(&self) -> usize {
        match &self.state {
            State::Exact(hashes) => hashes.heap_size(),
            State::Estimated(_) => registers::COUNT,
        }
    }
}

fn read_hashes(reader: &mut Reader<'_>) -> Result<HashSet64, DecodeError> {
    let count: usize = reader.number()?;
    if count > THRESHOLD {
        return Err(DecodeError::Inconsistent("more hashes than an exact set holds"));
    }
    let mut hashes = HashSet64::with_room_for(count);
    let mut last = None;
    for chunk in reader.take(count * 8)?.chunks_exact(8) {
        let hash = u64::from_le_bytes(chunk.try_into().expect("chunks have 8 bytes"));
        if last >= Some(hash) {
            return Err(DecodeError::Inconsistent("hashes are not ascending"));
        }
        last = Some(hash);
        hashes.insert(hash);
    }
    Ok(hashes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(range: std::ops::Range<u64>) -> DistinctSketch {
        let mut sketch = DistinctSketch::default();
        range.for_each(|value| sketch.add_bytes(&value.to_le_bytes()));
        sketch
    }

    #[test]
    fn small_sets_are_exact() {
        assert!(of(0..0).is_empty());
        for n in [0, 1, 2, 7, 100, 1023, 1024] {
            let mut sketch = of(0..n);
            sketch.merge(&of(0..n));
            assert_eq!(sketch.estimate(), n as f64);
            assert!(sketch.is_exact() && sketch.standard_error() == 0.0);
            assert_eq!(sketch.is_empty(), n == 0);
        }
        assert!(!of(0..1025).is_exact());
    }

    fn check_estimate(range: std::ops::Range<u64>) {
        let n = (range.end - range.start) as f64;
        let sketch = of(range);
        let error = (sketch.estimate() - n).abs() / n;
        assert!(error < 5.0 * sketch.standard_error(), "{n}: off by {error}");
    }

    #[test]
    fn large_sets_are_estimated_within_five_standard_errors() {
        for n in [1025, 2000, 4096, 10_000, 20_480, 100_000, 1_000_000] {
            check_estimate(0..n);
            check_estimate(1 << 40..(1 << 40) + n);
        }
    }

    #[test]
    fn the_estimate_has_no_bias() {
        let runs = 300;
        let mean: f64 =
            (0..runs).map(|run| of(run << 32..(run << 32) + 12_000).estimate() / 12_000.0).sum::<f64>() / runs as f64;
        // Five standard errors of a mean of 300 runs.
        assert!((mean - 1.0).abs() < 5.0 * 1.04 / 64.0 / (runs as f64).sqrt(), "{mean}");
    }

    #[test]
    fn the_state_depends_on_the_set_alone() {
        let pooled = of(0..3000);
        let mut merged = of(2000..3000);
        merged.merge(&of(0..500));
        merged.merge(&of(400..2100));
        assert_eq!(merged, pooled);
        let mut both_exact = of(0..1000);
        both_exact.merge(&of(1000..1025));
        assert_eq!(both_exact, of(0..1025));
    }

    #[test]
    fn hashes_out_of_order_are_refused() {
        let mut bytes = vec![kind::DISTINCT_EXACT, 2];
        bytes.extend_from_slice(&2_u64.to_le_bytes());
        bytes.extend_from_slice(&2_u64.to_le_bytes());
        assert!(matches!(DistinctSketch::decode(&bytes), Err(DecodeError::Inconsistent(_))));
    }
}
