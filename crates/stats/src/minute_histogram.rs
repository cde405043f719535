//! Durations by the minute.

use crate::bin_counts::BinCounts;
use crate::encoding::{DecodeError, Reader, kind};
use crate::quantile::rank;

/// Microseconds of a minute.
pub(crate) const MINUTE: i64 = 60_000_000;

/// How many durations took up to 0, 1, 2, … minutes.
///
/// Bin k holds durations above k - 1 and up to k minutes, so that "within k minutes" is exact for every whole k. Merging
/// adds counts: a year's quantile from twelve months is the quantile of the year's rows.
///
/// ```
/// use mizan_stats::minute_histogram::MinuteHistogram;
/// let mut durations = MinuteHistogram::default();
/// for seconds in [30, 60, 61, 600] {
///     durations.add_microseconds(seconds * 1_000_000);
/// }
/// assert_eq!(durations.iter().collect::<Vec<_>>(), [(1, 2), (2, 1), (10, 1)]);
/// assert_eq!(durations.quantile(0.5), Some(1.0));
/// assert_eq!(durations.share_within(2.0), Some(0.75));
/// ```
#[derive(Clone, Debug, PartialEq, Default)]
pub struct MinuteHistogram {
    pub(crate) bins: BinCounts,
}

impl MinuteHistogram {
    /// Adds a duration in microseconds, in bin ⌈us / 60,000,000⌉; 0 and less go to bin 0.
    ///
    /// 61 s lie in bin 2. Durations above 8,100 years share the last bin.
    #[inline]
    pub fn add_microseconds(&mut self, us: i64) {
        self.bins.add(minutes_up(us));
    }

    /// Adds a duration by its bin.
    #[inline]
    pub fn add_bin(&mut self, bin: u32) {
        self.bins.add(bin);
    }

    /// Adds `n` durations of one bin.
    pub fn add_bin_n(&mut self, bin: u32, n: u64) {
        self.bins.add_n(bin, n);
    }

    /// Adds all durations of `other`. Commutative and associative.
    pub fn merge(&mut self, other: &Self) {
        self.bins.merge(&other.bins);
    }

    /// Number of durations.
    pub fn count(&self) -> u64 {
        self.bins.total()
    }

    /// p-quantile in minutes, by the rule of [`quantile`](crate::quantile::quantile): the first bin that p n durations
    /// reach.
    ///
    /// `rank as f64 / n as f64` gives back the value of that rank. `None` without durations or for p outside 0..=1.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let rank = rank(self.count(), p)?;
        self.bins.at_rank(rank).map(f64::from)
    }

    /// Share (0 to 1) of durations of at most `minutes`, a part of a minute dropped.
    ///
    /// `None` without durations or when `minutes` is not a number.
    pub fn share_within(&self, minutes: f64) -> Option<f64> {
        if self.count() == 0 || minutes.is_nan() {
            return None;
        }
        let last = whole_minutes(minutes);
        let within: u64 = self.bins.iter().take_while(|&(bin, _)| i64::from(bin) <= last).map(|(_, count)| count).sum();
        Some(within as f64 / self.count() as f64)
    }

    /// Bins that occurred, ascending, with their counts.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u64)> {
        self.bins.iter()
    }

    /// Appends the canonical bytes: the same for the same durations, however they came in.
    pub fn encode(&self, bytes: &mut Vec<u8>) {
        bytes.push(kind::MINUTE_HISTOGRAM);
        self.bins.encode(bytes);
    }

    /// Reads canonical bytes.
    ///
    /// # Errors
    /// The bytes are not the canonical encoding of a minute histogram.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(bytes, kind::MINUTE_HISTOGRAM)?;
        let bins = BinCounts::decode(&mut reader)?;
        reader.finish()?;
        Ok(MinuteHistogram { bins })
    }

    /// Merges canonical bytes, as [`Self::merge`] what [`Self::decode`] reads, but quicker.
    ///
    /// # Errors
    /// The bytes are not the canonical encoding of a minute histogram. Part of them may have been merged.
    pub fn merge_encoded(&mut self, bytes: &[u8]) -> Result<(), DecodeError> {
        let mut reader = Reader::new(bytes, kind::MINUTE_HISTOGRAM)?;
        self.bins.merge_encoded(&mut reader)?;
        reader.finish()
    }

    /// Bytes on the heap, about. Constant time.
    pub fn heap_size(&self) -> usize {
        self.bins.heap_size()
    }
}

/// Whole minutes that cover a duration; 0 for nothing and less.
#[inline]
fn minutes_up(us: i64) -> u32 {
    if us <= 0 {
        return 0;
    }
    let before_last = (us as u64 - 1) / MINUTE as u64;
    u32::try_from(before_last + 1).unwrap_or(u32::MAX)
}

/// Whole minutes within `minutes`, with a hair of room for computed limits such as `0.1 * 30.0`.
pub(crate) fn whole_minutes(minutes: f64) -> i64 {
    (minutes + 1e-9).floor() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_bin(us: i64, expect: u32) {
        let mut histogram = MinuteHistogram::default();
        histogram.add_microseconds(us);
        assert_eq!(histogram.iter().collect::<Vec<_>>(), [(expect, 1)], "{us} us");
    }

    #[test]
    fn a_bin_ends_with_its_minute() {
        check_bin(i64::MIN, 0);
        check_bin(-1, 0);
        check_bin(0, 0);
        check_bin(1, 1);
        check_bin(MINUTE, 1);
        check_bin(MINUTE + 1, 2);
        check_bin(1440 * MINUTE, 1440);
        check_bin(i64::MAX, u32::MAX);
    }

    fn counting(upto: u32) -> MinuteHistogram {
        let mut histogram = MinuteHistogram::default();
        (1..=upto).for_each(|bin| histogram.add_bin(bin));
        histogram
    }

    #[test]
    fn quantiles_are_values_that_occurred() {
        for n in [1, 10, 64, 65, 1000] {
            let histogram = counting(n);
            assert_eq!(histogram.quantile(0.0), Some(1.0));
            assert_eq!(histogram.quantile(1.0), Some(f64::from(n)));
            for rank in 1..=n {
                assert_eq!(histogram.quantile(f64::from(rank) / f64::from(n)), Some(f64::from(rank)));
            }
        }
        assert_eq!(MinuteHistogram::default().quantile(0.5), None);
        assert_eq!(counting(3).quantile(f64::NAN), None);
    }

    #[test]
    fn share_within_counts_whole_minutes() {
        let histogram = counting(100);
        for (minutes, expect) in
            [(-1.0, 0.0), (0.5, 0.0), (10.0, 0.1), (10.9, 0.1), (0.1 * 30.0, 0.03), (f64::INFINITY, 1.0)]
        {
            assert_eq!(histogram.share_within(minutes), Some(expect), "{minutes}");
        }
        assert_eq!(histogram.share_within(f64::NAN), None);
        assert_eq!(MinuteHistogram::default().share_within(1.0), None);
    }
}
