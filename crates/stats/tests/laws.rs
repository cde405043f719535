//! Laws of all states: merging is a commutative monoid that equals pooling, and bytes are canonical.

use std::fmt::Debug;

use mizan_stats::DecodeError;
use mizan_stats::distinct::DistinctSketch;
use mizan_stats::log_histogram::{LogHistogram, capture_share};
use mizan_stats::minute_histogram::MinuteHistogram;
use mizan_stats::moments::Moments;
use mizan_stats::quantile::quantile;
use mizan_stats::survival::SurvivalTable;
use proptest::prelude::*;

/// What the laws need of a state.
trait State: Default + Clone + Debug + PartialEq {
    fn put(&mut self, row: u64);
    fn join(&mut self, other: &Self);
    fn write(&self, bytes: &mut Vec<u8>);
    fn read(bytes: &[u8]) -> Result<Self, DecodeError>;
    /// Joins what another wrote.
    fn join_written(&mut self, bytes: &[u8]) -> Result<(), DecodeError> {
        self.join(&Self::read(bytes)?);
        Ok(())
    }
    fn size(&self) -> usize;
}

macro_rules! state {
    (
        $type:ty, $size:expr, |$state:ident, $row:ident| $put:expr, |$left:ident, $right:ident| $join:expr
        $(, $join_written:expr)?
    ) => {
        impl State for $type {
            fn put(&mut self, $row: u64) {
                let $state = self;
                $put;
            }
            fn join(&mut self, $right: &Self) {
                let $left = self;
                $join;
            }
            fn write(&self, bytes: &mut Vec<u8>) {
                self.encode(bytes);
            }
            fn read(bytes: &[u8]) -> Result<Self, DecodeError> {
                Self::decode(bytes)
            }
            $(fn join_written(&mut self, bytes: &[u8]) -> Result<(), DecodeError> {
                $join_written(self, bytes)
            })?
            fn size(&self) -> usize {
                $size(self)
            }
        }
    };
}

/// A duration from a row: mostly minutes to days, now and then negative or of many years.
fn microseconds(row: u64) -> i64 {
    match row % 50 {
        0 => -(row as i64 % 1_000_000),
        1 => (row >> 1) as i64,
        kind => ((row >> 8) % (kind * 3600)) as i64 * 1_000_000,
    }
}

state!(
    MinuteHistogram,
    MinuteHistogram::heap_size,
    |s, row| s.add_microseconds(microseconds(row)),
    |a, b| a.merge(b),
    MinuteHistogram::merge_encoded
);
state!(LogHistogram, LogHistogram::heap_size, |s, row| s.add(number(row)), |a, b| a.merge(b));
state!(DistinctSketch, DistinctSketch::heap_size, |s, row| s.add_bytes(&row.to_le_bytes()), |a, b| a.merge(b));
state!(
    SurvivalTable,
    SurvivalTable::heap_size,
    |s, row| match row % 3 {
        0 => s.add_censored_microseconds(microseconds(row / 3)),
        _ => s.add_event_microseconds(microseconds(row / 3)),
    },
    |a, b| a.merge(b),
    SurvivalTable::merge_encoded
);
state!(
    Moments,
    |_| 0,
    |s, row| s.add(i128::from(row as i64 >> 8)).expect("a few thousand squares of 56 bits fit 128 bits"),
    |a, b| a.merge(b).expect("a few thousand squares of 56 bits fit 128 bits")
);

/// A number from a row: any bits at all, or one of a few.
fn number(row: u64) -> f64 {
    match row % 4 {
        0 => f64::from_bits(row.rotate_left(17)),
        1 => (row % 1000) as f64 - 300.0,
        _ => (row % 100_000) as f64 / 7.0,
    }
}

fn pooled<S: State>(rows: &[u64]) -> S {
    let mut state = S::default();
    rows.iter().for_each(|&row| state.put(row));
    state
}

fn joined<S: State>(left: &S, right: &S) -> S {
    let mut state = left.clone();
    state.join(right);
    state
}

fn bytes<S: State>(state: &S) -> Vec<u8> {
    let mut bytes = Vec::new();
    state.write(&mut bytes);
    bytes
}

fn check_laws<S: State>(rows: &[u64], first_cut: usize, second_cut: usize) {
    let whole = pooled::<S>(rows);
    let written = bytes(&whole);

    let (first, rest) = rows.split_at(first_cut.min(rows.len()));
    let (second, third) = rest.split_at(second_cut.min(rest.len()));
    let [a, b, c] = [first, second, third].map(pooled::<S>);
    for merged in [joined(&joined(&a, &b), &c), joined(&a, &joined(&b, &c)), joined(&joined(&c, &a), &b)] {
        assert_eq!(merged, whole);
        assert_eq!(bytes(&merged), written);
    }
    let mut of_bytes = a.clone();
    for part in [&b, &c] {
        assert_eq!(of_bytes.join_written(&bytes(part)), Ok(()));
    }
    assert_eq!(of_bytes, whole);
    assert_eq!(bytes(&of_bytes), written);
    assert!(of_bytes.join_written(&written[..written.len() - 1]).is_err());
    assert_eq!(joined(&whole, &S::default()), whole);
    assert_eq!(joined(&S::default(), &whole), whole);

    let backwards: Vec<u64> = rows.iter().rev().copied().collect();
    assert_eq!(bytes(&pooled::<S>(&backwards)), written);

    assert_eq!(S::read(&written), Ok(whole.clone()));
    for end in [0, 1, written.len() / 2, written.len() - 1] {
        assert!(S::read(&written[..end]).is_err());
    }
    let mut longer = written;
    longer.push(0);
    assert!(S::read(&longer).is_err());
}

/// Bytes that are accepted are canonical, and none of them makes a state out of proportion.
fn check_arbitrary_bytes<S: State>(input: &[u8], kind: u8) {
    let mut own_kind = vec![kind];
    own_kind.extend_from_slice(input);
    for input in [input, &own_kind] {
        if let Ok(state) = S::read(input) {
            assert_eq!(bytes(&state), input);
            assert!(state.size() <= 300_000 + 1_000 * input.len(), "{}", state.size());
        }
    }
}

/// Sizes on both sides of the thresholds (64 values, 1024 hashes); half the rows come twice.
fn rows() -> impl Strategy<Value = Vec<u64>> {
    let length = prop_oneof![0..10_usize, 50..80_usize, 900..2500_usize];
    length.prop_flat_map(|length| {
        let row = prop_oneof![any::<u64>(), 0..(length as u64 + 1)];
        prop::collection::vec(row, length)
    })
}

/// Bytes that look like varints of small numbers, so that many of them are accepted.
fn input() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![3 => 0..6_u8, 1 => any::<u8>()];
    let counted = prop::collection::vec(byte.clone(), 0..30).prop_map(|mut bytes| {
        bytes.insert(0, (bytes.len() / 2) as u8);
        bytes
    });
    prop_oneof![prop::collection::vec(any::<u8>(), 0..60), prop::collection::vec(byte, 0..20), counted]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn merging_is_pooling(rows in rows(), first in 0..2000_usize, second in 0..2000_usize) {
        check_laws::<MinuteHistogram>(&rows, first, second);
        check_laws::<LogHistogram>(&rows, first, second);
        check_laws::<DistinctSketch>(&rows, first, second);
        check_laws::<SurvivalTable>(&rows, first, second);
        check_laws::<Moments>(&rows, first, second);
    }

    #[test]
    fn quantiles_are_those_of_the_sorted_list(
        numbers in prop::collection::vec(prop_oneof![any::<f64>(), -100.0..100.0_f64], 1..300),
        p in 0.0..=1.0_f64,
    ) {
        let mut sorted: Vec<f64> = numbers.into_iter().filter(|number| number.is_finite()).collect();
        let mut histogram = LogHistogram::default();
        sorted.iter().for_each(|&number| histogram.add(number));
        sorted.sort_by(f64::total_cmp);
        let (found, exact) = (histogram.quantile(p), quantile(&sorted, p));
        prop_assert_eq!(found.is_some(), exact.is_some());
        if let (Some(found), Some(exact)) = (found, exact) {
            prop_assert!((found - exact).abs() <= 0.01 * exact.abs(), "{} for {}", found, exact);
        }
    }

    #[test]
    fn minutes_are_those_of_the_sorted_list(rows in prop::collection::vec(any::<u64>(), 1..300), p in 0.0..=1.0_f64) {
        let histogram = pooled::<MinuteHistogram>(&rows);
        let mut minutes: Vec<f64> = rows
            .iter()
            .map(|&row| (microseconds(row).max(0) as u64).div_ceil(60_000_000).min(u32::MAX.into()) as f64)
            .collect();
        minutes.sort_by(f64::total_cmp);
        prop_assert_eq!(histogram.quantile(p), quantile(&minutes, p));
        let within = minutes.iter().filter(|&&minute| minute <= 60.0).count();
        prop_assert_eq!(histogram.share_within(60.0), Some(within as f64 / minutes.len() as f64));
    }

    #[test]
    fn survival_falls_within_its_limits(rows in rows(), p in 0.01..0.99_f64) {
        let table = pooled::<SurvivalTable>(&rows);
        let mut before = 1.0;
        for minute in 0..3000 {
            let Some(survival) = table.survival_at(minute.into()) else { break };
            prop_assert!((0.0..=before).contains(&survival));
            if let Some((low, high)) = table.survival_interval(minute.into(), 1.96) {
                prop_assert!(0.0 <= low && low <= survival && survival <= high && high <= 1.0);
            }
            before = survival;
        }
        if let (Some(at), Some((low, high))) = (table.quantile(p), table.quantile_interval(p, 1.96)) {
            prop_assert!(low.is_some_and(|low| low <= at) && high.is_none_or(|high| high >= at));
        }
    }

    #[test]
    fn moments_are_those_of_the_list(numbers in prop::collection::vec(-1_000_000..1_000_000_i64, 2..200)) {
        let mut moments = Moments::default();
        numbers.iter().for_each(|&number| moments.add(number.into()).expect("small numbers"));
        let n = numbers.len() as f64;
        let mean = numbers.iter().sum::<i64>() as f64 / n;
        let squares: f64 = numbers.iter().map(|&number| (number as f64 - mean).powi(2)).sum();
        prop_assert_eq!(moments.mean(), Some(mean));
        let variance = moments.variance().expect("two values or more");
        prop_assert!((variance - squares / (n - 1.0)).abs() <= 1e-9 * variance);
    }

    #[test]
    fn captured_hits_grow_with_the_budget(
        scores in prop::collection::vec((0..50_u32, any::<bool>()), 1..200),
        p in 0.0..=1.0_f64,
        more in 0.0..=1.0_f64,
    ) {
        let (mut all, mut hits) = (LogHistogram::default(), LogHistogram::default());
        for &(score, hit) in &scores {
            all.add(score.into());
            if hit {
                hits.add(score.into());
            }
        }
        let share = |p| capture_share(&all, &hits, p);
        prop_assert_eq!(share(p).is_some(), hits.count() > 0);
        if let (Some(small), Some(large)) = (share(p.min(more)), share(p.max(more))) {
            prop_assert!(0.0 <= small && small <= large + 1e-12 && large <= 1.0 + 1e-12);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn arbitrary_bytes_are_refused_or_canonical(input in input()) {
        check_arbitrary_bytes::<MinuteHistogram>(&input, 0x11);
        check_arbitrary_bytes::<LogHistogram>(&input, 0x21);
        check_arbitrary_bytes::<DistinctSketch>(&input, 0x31);
        check_arbitrary_bytes::<DistinctSketch>(&input, 0x32);
        check_arbitrary_bytes::<SurvivalTable>(&input, 0x41);
        check_arbitrary_bytes::<Moments>(&input, 0x51);
    }
}
