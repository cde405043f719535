//! Counters by bin number: the store under every histogram of this crate.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::encoding::{DecodeError, Reader, write_varint};

/// Largest number of values that are kept as they are.
///
/// Most groups of a breakdown have few rows; a page for each of their bins would cost a hundred times the rows.
const SMALL: usize = 512;
/// Counters of a page: 128 bytes. The long tail of a release time touches many pages once, so a page is small.
const PAGE: usize = 32;
/// Bins below this have their counter in a page; those above, as durations of more than four years, in a map.
const DIRECTORY_BINS: u32 = 1 << 21;
/// Directory entry of a page that does not exist.
const NO_PAGE: u32 = u32::MAX;

/// How often each bin occurred. Order of insertion leaves no trace in what is read or encoded.
#[derive(Clone, Debug, Default)]
pub(crate) struct BinCounts {
    total: u64,
    store: Store,
}

#[derive(Clone, Debug)]
enum Store {
    /// The values themselves, unsorted.
    Small(Vec<u32>),
    /// Bins, ascending, with their counts: what was read or merged, and is not added to.
    Sorted(Vec<(u32, u64)>),
    Large(Box<Pages>),
}

impl Default for Store {
    fn default() -> Self {
        Store::Small(Vec::new())
    }
}

#[derive(Clone, Debug, Default)]
struct Pages {
    /// Index into `pages` by bin / PAGE, or NO_PAGE.
    directory: Vec<u32>,
    pages: Vec<[u32; PAGE]>,
    /// Multiples of 2^32 of counters that ran over. Nearly always empty.
    carries: BTreeMap<u32, u32>,
    /// Counts of bins from DIRECTORY_BINS on.
    beyond: BTreeMap<u32, u64>,
}

impl Pages {
    #[inline]
    fn add_one(&mut self, bin: u32) {
        let page = self.directory.get(bin as usize / PAGE).copied();
        if let Some(page) = page.and_then(|page| self.pages.get_mut(page as usize)) {
            let counter = &mut page[bin as usize % PAGE];
            if *counter != u32::MAX {
                *counter += 1;
                return;
            }
        }
        self.add(bin, 1);
    }

    #[cold]
    fn new_page(&mut self, place: usize) -> usize {
        if place >= self.directory.len() {
            self.directory.resize(place + 1, NO_PAGE);
        }
        let page = self.pages.len();
        self.directory[place] = page as u32;
        self.pages.push([0; PAGE]);
        page
    }

    fn add(&mut self, bin: u32, n: u64) {
        if bin >= DIRECTORY_BINS {
            let count = self.beyond.entry(bin).or_default();
            *count = count.saturating_add(n);
            return;
        }
        let place = bin as usize / PAGE;
        let page = match self.directory.get(place) {
            Some(&page) if page != NO_PAGE => page as usize,
            _ => self.new_page(place),
        };
        let counter = &mut self.pages[page][bin as usize % PAGE];
        let (low, ran_over) = counter.overflowing_add(n as u32);
        *counter = low;
        let carry = (n >> 32) + u64::from(ran_over);
        if carry > 0 {
            let high = self.carries.entry(bin).or_default();
            *high = u32::try_from(u64::from(*high) + carry).unwrap_or(u32::MAX);
        }
    }

    fn iter(&self) -> impl Iterator<Item = (u32, u64)> {
        let paged =
            self.directory.iter().enumerate().filter(|&(_, &page)| page != NO_PAGE).flat_map(move |(place, &page)| {
                let counters = self.pages[page as usize].iter().enumerate();
                counters.map(move |(offset, &low)| {
                    let bin = (place * PAGE + offset) as u32;
                    (bin, u64::from(low) + self.carry(bin))
                })
            });
        paged.filter(|&(_, count)| count > 0).chain(self.beyond.iter().map(|(&bin, &count)| (bin, count)))
    }

    /// What [`Self::iter`] gives, without stopping at counters that are 0: most are.
    fn for_each(&self, mut take: impl FnMut(u32, u64)) {
        let existing = self.directory.iter().enumerate().filter(|&(_, &page)| page != NO_PAGE);
        for (place, &page) in existing {
            let page = &self.pages[page as usize];
            let mut left = (0..PAGE).fold(0_u32, |bits, offset| bits | u32::from(page[offset] != 0) << offset);
            // A counter of 2^32 stands at 0 and has a carry.
            for (bin, _) in self.carries_within(place) {
                left |= 1 << (*bin as usize % PAGE);
            }
            while left != 0 {
                let offset = left.trailing_zeros() as usize;
                left &= left - 1;
                let bin = (place * PAGE + offset) as u32;
                take(bin, u64::from(page[offset]) + self.carry(bin));
            }
        }
        self.beyond.iter().for_each(|(&bin, &count)| take(bin, count));
    }

    fn carries_within(&self, place: usize) -> impl Iterator<Item = (&u32, &u32)> {
        let first = (place * PAGE) as u32;
        self.carries.range(first..first + PAGE as u32)
    }

    /// Number of bins that occurred.
    fn bins(&self) -> usize {
        if !self.carries.is_empty() {
            return self.iter().count();
        }
        let filled = |page: &[u32; PAGE]| page.iter().filter(|&&counter| counter != 0).count();
        self.pages.iter().map(filled).sum::<usize>() + self.beyond.len()
    }

    #[inline]
    fn carry(&self, bin: u32) -> u64 {
        if self.carries.is_empty() {
            return 0;
        }
        self.carries.get(&bin).map_or(0, |&high| u64::from(high) << 32)
    }

    fn heap_size(&self) -> usize {
        // A map entry with its share of the node.
        const MAP_ENTRY: usize = 24;
        size_of::<Self>()
            + self.directory.capacity() * size_of::<u32>()
            + self.pages.capacity() * size_of::<[u32; PAGE]>()
            + (self.carries.len() + self.beyond.len()) * MAP_ENTRY
    }
}

impl BinCounts {
    /// Adds one to a bin.
    #[inline]
    pub(crate) fn add(&mut self, bin: u32) {
        self.total += 1;
        match &mut self.store {
            Store::Large(pages) => pages.add_one(bin),
            Store::Small(values) if values.len() < SMALL => values.push(bin),
            Store::Small(_) | Store::Sorted(_) => self.enlarge().add(bin, 1),
        }
    }

    /// Adds `n` to a bin. Counts stop at the largest u64.
    pub(crate) fn add_n(&mut self, bin: u32, n: u64) {
        if n == 0 {
            return;
        }
        self.total = self.total.saturating_add(n);
        match &mut self.store {
            Store::Large(pages) => pages.add(bin, n),
            Store::Small(values) if self.total <= SMALL as u64 => {
                values.extend(std::iter::repeat_n(bin, n as usize));
            }
            Store::Small(_) | Store::Sorted(_) => self.enlarge().add(bin, n),
        }
    }

    #[cold]
    fn enlarge(&mut self) -> &mut Pages {
        let mut pages = Box::<Pages>::default();
        match &self.store {
            Store::Small(values) => values.iter().for_each(|&bin| pages.add(bin, 1)),
            Store::Sorted(runs) => runs.iter().for_each(|&(bin, n)| pages.add(bin, n)),
            Store::Large(_) => unreachable!("it is large already"),
        }
        self.store = Store::Large(pages);
        match &mut self.store {
            Store::Large(pages) => pages,
            Store::Small(_) | Store::Sorted(_) => unreachable!("the store was just enlarged"),
        }
    }

    /// Adds all counts of `other`.
    pub(crate) fn merge(&mut self, other: &Self) {
        match &mut self.store {
            // A long list would be copied at every merge: two hundred offices, two hundred times.
            Store::Sorted(runs) if runs.len() > SMALL => drop(self.enlarge()),
            Store::Sorted(runs) => {
                *runs = merge_runs(runs, other.iter());
                self.total = self.total.saturating_add(other.total);
                return;
            }
            Store::Small(_) | Store::Large(_) => {}
        }
        match &other.store {
            Store::Small(values) => values.iter().for_each(|&bin| self.add(bin)),
            Store::Sorted(runs) if self.total == 0 => {
                *self = BinCounts { total: other.total, store: Store::Sorted(runs.clone()) }
            }
            Store::Sorted(runs) => runs.iter().for_each(|&(bin, n)| self.add_n(bin, n)),
            Store::Large(pages) => pages.for_each(|bin, n| self.add_n(bin, n)),
        }
    }

    /// Sum of all counts.
    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    /// Bins that occurred, ascending, with their counts.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, u64)> {
        let (runs, pages) = match &self.store {
            Store::Small(values) => (Cow::Owned(runs(values)), None),
            Store::Sorted(runs) => (Cow::Borrowed(runs.as_slice()), None),
            Store::Large(pages) => (Cow::Borrowed(&[][..]), Some(pages)),
        };
        let of_runs = (0..runs.len()).map(move |index| runs[index]);
        of_runs.chain(pages.into_iter().flat_map(|pages| pages.iter()))
    }

    /// What [`Self::iter`] gives, quicker.
    pub(crate) fn for_each(&self, mut take: impl FnMut(u32, u64)) {
        match &self.store {
            Store::Small(values) => runs(values).into_iter().for_each(|(bin, count)| take(bin, count)),
            Store::Sorted(runs) => runs.iter().for_each(|&(bin, count)| take(bin, count)),
            Store::Large(pages) => pages.for_each(take),
        }
    }

    /// The last bin that occurred.
    pub(crate) fn last(&self) -> Option<u32> {
        match &self.store {
            Store::Small(values) => values.iter().max().copied(),
            Store::Sorted(runs) => runs.last().map(|(bin, _)| *bin),
            Store::Large(pages) => pages.iter().last().map(|(bin, _)| bin),
        }
    }

    /// First bin at which the counts from below reach `rank`.
    pub(crate) fn at_rank(&self, rank: u64) -> Option<u32> {
        let mut below = 0_u64;
        self.iter().find_map(|(bin, count)| {
            below = below.saturating_add(count);
            (below >= rank).then_some(bin)
        })
    }

    /// Appends the number of bins, then for each the gap to the one before and the count less one.
    pub(crate) fn encode(&self, bytes: &mut Vec<u8>) {
        let mut next = 0;
        let mut write = |bytes: &mut Vec<u8>, bin: u32, count: u64| {
            write_varint((u64::from(bin) - next).into(), bytes);
            write_varint((count - 1).into(), bytes);
            next = u64::from(bin) + 1;
        };
        match &self.store {
            Store::Small(values) => {
                let mut sorted = values.clone();
                sorted.sort_unstable();
                let runs = || sorted.chunk_by(|a, b| a == b);
                write_varint(runs().count() as u128, bytes);
                runs().for_each(|run| write(bytes, run[0], run.len() as u64));
            }
            Store::Sorted(runs) => {
                write_varint(runs.len() as u128, bytes);
                runs.iter().for_each(|&(bin, count)| write(bytes, bin, count));
            }
            Store::Large(pages) => {
                write_varint(pages.bins() as u128, bytes);
                pages.for_each(|bin, count| write(bytes, bin, count));
            }
        }
    }

    /// Inverse of [`Self::encode`]. Memory stays below eight times the bytes that were read.
    pub(crate) fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let bins = encoded_bins(reader)?;
        let mut runs = Vec::with_capacity(bins);
        let total = read_bins(reader, bins, |bin, count| runs.push((bin, count)))?;
        Ok(BinCounts { total, store: Store::Sorted(runs) })
    }

    /// Adds all counts that [`Self::encode`] wrote, and gives their sum. After an error, some of them were added.
    pub(crate) fn merge_encoded(&mut self, reader: &mut Reader<'_>) -> Result<u64, DecodeError> {
        if let Store::Large(pages) = &mut self.store {
            let bins = encoded_bins(reader)?;
            let total = read_bins(reader, bins, |bin, count| pages.add(bin, count))?;
            self.total = self.total.saturating_add(total);
            return Ok(total);
        }
        let read = Self::decode(reader)?;
        let total = read.total;
        if self.total == 0 {
            *self = read;
        } else {
            self.merge(&read);
        }
        Ok(total)
    }

    /// Bytes on the heap, about.
    pub(crate) fn heap_size(&self) -> usize {
        match &self.store {
            Store::Small(values) => values.capacity() * size_of::<u32>(),
            Store::Sorted(runs) => runs.capacity() * size_of::<(u32, u64)>(),
            Store::Large(pages) => pages.heap_size(),
        }
    }
}

impl PartialEq for BinCounts {
    fn eq(&self, other: &Self) -> bool {
        self.total == other.total && self.iter().eq(other.iter())
    }
}

/// Number of bins that follow.
fn encoded_bins(reader: &mut Reader<'_>) -> Result<usize, DecodeError> {
    let bins: usize = reader.number()?;
    // Each has two bytes at least.
    if bins > reader.remaining() / 2 { Err(DecodeError::Truncated) } else { Ok(bins) }
}

/// Reads the bins that [`BinCounts::encode`] wrote, ascending. Gives the sum of their counts.
#[inline]
fn read_bins(reader: &mut Reader<'_>, bins: usize, mut take: impl FnMut(u32, u64)) -> Result<u64, DecodeError> {
    let (mut total, mut next) = (0_u64, 0_u64);
    for _ in 0..bins {
        let (gap, less_one) = match reader.short_pair() {
            Some((gap, less_one)) => (gap.into(), less_one.into()),
            None => (reader.number::<u32>()?, reader.number::<u64>()?),
        };
        let bin = u32::try_from(next + u64::from(gap)).map_err(|_| DecodeError::Number)?;
        let count = less_one.checked_add(1).ok_or(DecodeError::Number)?;
        total = total.checked_add(count).ok_or(DecodeError::Number)?;
        take(bin, count);
        next = u64::from(bin) + 1;
    }
    Ok(total)
}

/// Two ascending lists as one; counts of the same bin are added, and stop at the largest u64.
fn merge_runs(left: &[(u32, u64)], right: impl Iterator<Item = (u32, u64)>) -> Vec<(u32, u64)> {
    let mut merged = Vec::with_capacity(left.len());
    let mut left = left.iter().copied().peekable();
    for (bin, count) in right {
        while let Some(before) = left.next_if(|&(known, _)| known < bin) {
            merged.push(before);
        }
        let same = left.next_if(|&(known, _)| known == bin).map_or(0, |(_, count)| count);
        merged.push((bin, count.saturating_add(same)));
    }
    merged.extend(left);
    merged
}

/// Equal values of a short list counted together, ascending.
fn runs(values: &[u32]) -> Vec<(u32, u64)> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    sorted.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u64)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(adds: &[(u32, u64)], expect: &[(u32, u64)]) {
        let mut counts = BinCounts::default();
        for &(bin, n) in adds {
            counts.add_n(bin, n);
        }
        assert_eq!(counts.iter().collect::<Vec<_>>(), expect);
        assert_eq!(counts.total(), expect.iter().map(|&(_, n)| n).sum::<u64>());
        let mut bytes = vec![9];
        counts.encode(&mut bytes);
        let mut reader = Reader::new(&bytes, 9).unwrap();
        let read = BinCounts::decode(&mut reader).unwrap();
        assert_eq!(read, counts);
        assert_eq!(reader.finish(), Ok(()));
        // Whatever merges with whatever, the sum is that of adding one by one.
        let mut doubled = BinCounts::default();
        for &(bin, n) in expect {
            doubled.add_n(bin, n);
            doubled.add_n(bin, n);
        }
        for (left, right) in [(&read, &counts), (&counts, &read), (&read, &read), (&counts, &counts)] {
            let mut sum = BinCounts::default();
            sum.merge(left);
            sum.merge(right);
            assert_eq!(sum, doubled);
            let mut encoded = vec![9];
            right.encode(&mut encoded);
            let mut added = left.clone();
            let mut reader = Reader::new(&encoded, 9).unwrap();
            assert_eq!(added.merge_encoded(&mut reader), Ok(right.total()));
            assert_eq!(reader.finish(), Ok(()));
            assert_eq!(added, doubled);
            let mut onto = left.clone();
            onto.merge(right);
            onto.add_n(4, 1);
            sum.add_n(4, 1);
            assert_eq!(onto, sum);
        }
    }

    #[test]
    fn bins_come_out_ascending_from_every_store() {
        check(&[], &[]);
        check(&[(5, 0)], &[]);
        check(&[(7, 1), (3, 2), (7, 1)], &[(3, 2), (7, 2)]);
        check(&[(7, 40), (3, 40), (7, 1)], &[(3, 40), (7, 41)]);
        check(&[(u32::MAX, 70), (0, 1), (DIRECTORY_BINS, 1)], &[(0, 1), (DIRECTORY_BINS, 1), (u32::MAX, 70)]);
    }

    #[test]
    fn counters_run_over_into_64_bits() {
        let near = u64::from(u32::MAX);
        check(&[(9, near), (9, 1)], &[(9, near + 1)]);
        check(&[(9, near), (9, near), (9, 1 << 40)], &[(9, 2 * near + (1 << 40))]);
        let mut counts = BinCounts::default();
        counts.add_n(9, near);
        counts.add(9);
        counts.add(9);
        assert_eq!(counts.iter().collect::<Vec<_>>(), [(9, near + 2)]);
    }

    #[test]
    fn the_first_value_too_many_changes_the_store_and_nothing_else() {
        let mut counts = BinCounts::default();
        for i in 0..SMALL as u32 + 100 {
            counts.add(i * 7919 % 101);
            assert_eq!(counts.total(), u64::from(i) + 1);
            assert_eq!(counts.iter().map(|(_, n)| n).sum::<u64>(), u64::from(i) + 1);
        }
        assert!(matches!(counts.store, Store::Large(_)));
    }

    #[test]
    fn a_far_outlier_costs_no_directory() {
        let mut counts = BinCounts::default();
        counts.add_n(u32::MAX, 100);
        assert!(counts.heap_size() < 1000);
    }

    #[test]
    fn counts_that_pass_64_bits_are_refused() {
        let mut bytes = vec![9, 2];
        for gap in [1, 1] {
            write_varint(gap, &mut bytes);
            write_varint(u128::from(u64::MAX / 2 + 1), &mut bytes);
        }
        let mut reader = Reader::new(&bytes, 9).unwrap();
        assert_eq!(BinCounts::decode(&mut reader), Err(DecodeError::Number));
    }

    #[test]
    fn a_small_count_after_the_largest_is_refused_too() {
        let mut bytes = vec![9, 2, 0];
        write_varint(u128::from(u64::MAX - 1), &mut bytes);
        bytes.extend([0, 0]);
        assert_eq!(BinCounts::decode(&mut Reader::new(&bytes, 9).unwrap()), Err(DecodeError::Number));
        assert_eq!(BinCounts::decode(&mut Reader::new(&[9, 2, 0, 0, 0], 9).unwrap()), Err(DecodeError::Truncated));
    }
}
