//! Numbers of any size within 1 %.

use crate::bin_counts::BinCounts;
use crate::encoding::{DecodeError, Reader, kind, write_varint};
use crate::quantile::rank;

/// Bits of the significand that pick the bin inside a power of two: 64 bins.
const BITS: u32 = 6;
/// Bins of a power of two.
const BINS: u32 = 1 << BITS;
/// Significand bits that are dropped.
const DROPPED: u32 = 52 - BITS;
/// Subnormal numbers are 2^52 times smaller than numbers whose exponent can be read off; they come before the others.
const SUBNORMAL_BINS: u32 = 52 * BINS;
/// 2^52.
const TWO_TO_52: f64 = (1_u64 << 52) as f64;
/// One past the bin of the largest finite number.
const END: u32 = (0x7ff << BITS) + SUBNORMAL_BINS;

/// How many numbers lie in each of 64 bins a power of two, either sign, and zero.
///
/// DDSketch with the linearly interpolated logarithm (Masson, Rim & Lee, *DDSketch*, PVLDB 12, 2019): the bin is the
/// exponent and the first 6 bits of the significand, so that it is exact on every machine. A bin [a, b) answers with
/// 2ab/(a + b), which is off by at most (b - a)/(a + b) <= 1/129 = 0.78 %. Merging adds counts.
///
/// 1005 lies in [1000, 1008), whose answer is 2 × 1000 × 1008 / 2008 = 1003.98:
///
/// ```
/// let mut values = mizan_stats::log_histogram::LogHistogram::default();
/// values.add(1005.0);
/// assert!(values.quantile(0.5).is_some_and(|found| (found - 1003.98).abs() < 0.005));
/// ```
#[derive(Clone, Debug, PartialEq, Default)]
pub struct LogHistogram {
    positive: BinCounts,
    /// By the bin of the absolute value.
    negative: BinCounts,
    zeros: u64,
}

impl LogHistogram {
    /// Adds a number. NaN and infinities are passed over.
    #[inline]
    pub fn add(&mut self, value: f64) {
        if value > 0.0 {
            if value < f64::INFINITY {
                self.positive.add(bin(value));
            }
        } else if value == 0.0 {
            self.zeros += 1;
        } else if value.is_finite() {
            self.negative.add(bin(-value));
        }
    }

    /// Adds all numbers of `other`. Commutative and associative.
    pub fn merge(&mut self, other: &Self) {
        self.positive.merge(&other.positive);
        self.negative.merge(&other.negative);
        self.zeros = self.zeros.saturating_add(other.zeros);
    }

    /// Number of numbers.
    pub fn count(&self) -> u64 {
        let signed = self.positive.total().saturating_add(self.negative.total());
        signed.saturating_add(self.zeros)
    }

    /// p-quantile within 1 %, by the rule of [`quantile`](crate::quantile::quantile).
    ///
    /// `None` without numbers or for p outside 0..=1.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let rank = rank(self.count(), p)?;
        let below = self.negative.total();
        if rank <= below {
            // Negative numbers ascend as their absolute values fall.
            return self.negative.at_rank(below - rank + 1).map(|bin| -answer(bin));
        }
        let below = below.saturating_add(self.zeros);
        if rank <= below {
            return Some(0.0);
        }
        self.positive.at_rank(rank - below).map(answer)
    }

    /// Signed bins that occurred, ascending: 0 for zero, otherwise ±(bin + 1).
    fn iter(&self) -> impl Iterator<Item = (i64, u64)> {
        let mut negative: Vec<_> = self.negative.iter().collect();
        negative.reverse();
        let negative = negative.into_iter().map(|(bin, count)| (-i64::from(bin) - 1, count));
        let zeros = (self.zeros > 0).then_some((0, self.zeros));
        let positive = self.positive.iter().map(|(bin, count)| (i64::from(bin) + 1, count));
        negative.chain(zeros).chain(positive)
    }

    /// Appends the canonical bytes: the same for the same numbers, however they came in.
    pub fn encode(&self, bytes: &mut Vec<u8>) {
        bytes.push(kind::LOG_HISTOGRAM);
        write_varint(self.zeros.into(), bytes);
        self.negative.encode(bytes);
        self.positive.encode(bytes);
    }

    /// Reads canonical bytes.
    ///
    /// # Errors
    /// The bytes are not the canonical encoding of a log histogram.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(bytes, kind::LOG_HISTOGRAM)?;
        let zeros: u64 = reader.number()?;
        let negative = BinCounts::decode(&mut reader)?;
        let positive = BinCounts::decode(&mut reader)?;
        reader.finish()?;
        let total = zeros.checked_add(negative.total()).and_then(|sum| sum.checked_add(positive.total()));
        if total.is_none() {
            return Err(DecodeError::Number);
        }
        if [&negative, &positive].into_iter().any(|bins| bins.last().is_some_and(|bin| bin >= END)) {
            return Err(DecodeError::Inconsistent("a bin beyond the largest number"));
        }
        Ok(LogHistogram { positive, negative, zeros })
    }

    /// Bytes on the heap, about. Constant time.
    pub fn heap_size(&self) -> usize {
        self.positive.heap_size() + self.negative.heap_size()
    }
}

/// Share (0 to 1) of all hits that are found among the top p of `all` by value: recall at a budget of ⌈p n⌉.
///
/// `hits` holds the values of those of `all` that are hits. Where the budget ends inside a bin, that bin's hits count
/// in proportion (places left / values in the bin), which is the expectation over a random order of ties. `None`
/// when one of the two is empty or p is outside 0..=1.
///
/// Scores 9, 8, 7, 7, 1, hits at 9 and at one of the two 7: the top 60 % are three, with both 9 and 8 and one place
/// left for two 7, so that (1 + 1/2) / 2 = 0.75 of the hits are found.
///
/// ```
/// use mizan_stats::log_histogram::{LogHistogram, capture_share};
/// let of = |values: &[f64]| {
///     let mut histogram = LogHistogram::default();
///     values.iter().for_each(|&value| histogram.add(value));
///     histogram
/// };
/// let share = capture_share(&of(&[9.0, 8.0, 7.0, 7.0, 1.0]), &of(&[9.0, 7.0]), 0.6);
/// assert_eq!(share, Some(0.75));
/// ```
pub fn capture_share(all: &LogHistogram, hits: &LogHistogram, p: f64) -> Option<f64> {
    if all.count() == 0 || hits.count() == 0 || !(0.0..=1.0).contains(&p) {
        return None;
    }
    if p == 0.0 {
        return Some(0.0);
    }
    let budget = rank(all.count(), p)?;
    // The bin in which the budget ends, coming down from the top, and the share of it that is still taken.
    let mut from_below = all.count();
    let mut cut = None;
    for (bin, count) in all.iter() {
        // `from_below` values lie in this bin or above it.
        let above = from_below - count;
        if above < budget {
            cut = Some((bin, (budget - above) as f64 / count as f64));
            break;
        }
        from_below = above;
    }
    let (cut, taken) = cut?;
    let found: f64 = hits
        .iter()
        .map(|(bin, count)| match bin.cmp(&cut) {
            std::cmp::Ordering::Less => 0.0,
            std::cmp::Ordering::Equal => count as f64 * taken.min(1.0),
            std::cmp::Ordering::Greater => count as f64,
        })
        .sum();
    Some(found / hits.count() as f64)
}

/// Bin of a positive finite number.
#[inline]
fn bin(value: f64) -> u32 {
    if value >= f64::MIN_POSITIVE {
        (value.to_bits() >> DROPPED) as u32 + SUBNORMAL_BINS
    } else {
        ((value * TWO_TO_52).to_bits() >> DROPPED) as u32
    }
}

/// The number 2ab/(a + b) that stands for the bin [a, b).
fn answer(bin: u32) -> f64 {
    let start = |bin: u32| f64::from_bits(u64::from(bin) << DROPPED);
    // With a = 2^e (64 + j) / 64, b = 2^e (65 + j) / 64: 2b / (a + b) = (130 + 2j) / (129 + 2j). No overflow in b.
    let j = f64::from(bin % BINS);
    let factor = (f64::from(2 * BINS + 2) + 2.0 * j) / (f64::from(2 * BINS + 1) + 2.0 * j);
    match bin.checked_sub(SUBNORMAL_BINS + BINS) {
        Some(_) => start(bin - SUBNORMAL_BINS) * factor,
        None => start(bin) * factor / TWO_TO_52,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[f64]) -> LogHistogram {
        let mut histogram = LogHistogram::default();
        values.iter().for_each(|&value| histogram.add(value));
        histogram
    }

    fn check_error(value: f64) {
        let found = of(&[value]).quantile(0.5).unwrap();
        assert!(found.is_finite() && ((found - value) / value).abs() <= 0.01, "{value:e} became {found:e}");
    }

    #[test]
    fn the_ends_of_the_number_range_stay_within_one_percent() {
        for value in [f64::MAX, f64::MIN_POSITIVE, f64::MIN_POSITIVE.next_down(), 1.0, 1.0_f64.next_down(), 1e-320] {
            check_error(value);
            check_error(-value);
        }
        (1..5000).map(f64::from_bits).for_each(check_error);
    }

    #[test]
    fn bins_ascend_with_the_numbers() {
        let mut last = 0;
        let mut value = 5e-324_f64;
        while value < f64::INFINITY {
            assert!(bin(value) >= last, "{value:e}");
            last = bin(value);
            value = (value * 1.003).max(value.next_up());
        }
        assert_eq!(bin(f64::MAX), END - 1);
        assert!(bin(f64::MIN_POSITIVE.next_down()) < bin(f64::MIN_POSITIVE));
    }

    #[test]
    fn signs_and_zero_are_in_order() {
        let histogram = of(&[1.0, -100.0, 0.0, f64::NAN, -1.0, f64::INFINITY, -0.0, f64::NEG_INFINITY, 100.0]);
        assert_eq!(histogram.count(), 6);
        for (p, expect) in [(0.0, -100.0), (0.3, -1.0), (0.5, 0.0), (0.6, 0.0), (0.8, 1.0), (1.0, 100.0)] {
            let found: f64 = histogram.quantile(p).unwrap();
            assert!((found - expect).abs() <= 0.01 * expect.abs(), "{p}: {found}");
        }
        assert_eq!(LogHistogram::default().quantile(0.5), None);
    }

    fn check_capture(all: &[f64], hits: &[f64], p: f64, expect: Option<f64>) {
        assert_eq!(capture_share(&of(all), &of(hits), p), expect, "p {p}");
    }

    #[test]
    fn capture_share_by_hand() {
        let scores = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0];
        check_capture(&scores, &[0.9, 0.8, 0.1, 0.0], 0.1 + 0.2, Some(0.5));
        check_capture(&scores, &[0.9, 0.8, 0.1, 0.0], 0.0, Some(0.0));
        check_capture(&scores, &[0.9, 0.8, 0.1, 0.0], 0.9, Some(0.75));
        check_capture(&scores, &[0.9, 0.8, 0.1, 0.0], 1.0, Some(1.0));
        check_capture(&[5.0; 10], &[5.0; 3], 0.3, Some(0.9 / 3.0));
        check_capture(&[-1.0, -2.0, -3.0, -4.0], &[-1.0, -4.0], 0.25, Some(0.5));
        check_capture(&scores, &[], 0.3, None);
        check_capture(&[], &[], 0.3, None);
        check_capture(&scores, &[0.9], f64::NAN, None);
    }

    #[test]
    fn bins_past_the_largest_number_are_refused() {
        let mut histogram = LogHistogram::default();
        histogram.positive.add(END);
        let mut bytes = Vec::new();
        histogram.encode(&mut bytes);
        assert!(matches!(LogHistogram::decode(&bytes), Err(DecodeError::Inconsistent(_))));
    }
}
