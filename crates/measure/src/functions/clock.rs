//! `mizan_clock(…)`: class and duration of each record in one number, which [`super::class`] reads.
//!
//! `mizan_clock(start, stop, month, precise, zone, closes_days, extraction)` gives, in microseconds:
//!
//! | value | class |
//! |---|---|
//! | `>= 0` | usable: the duration |
//! | `-1 - d` | pending at closing: open for `d` so far (censored duration) |
//! | `i64::MIN` | unusable: start missing, stamp too coarse, stop before start, stamp after extraction |
//!
//! A record is pending when it has not stopped at the closing of its month: the local midnight `closes_days` days
//! after the month's end. Closing by month, and not by the period asked for, is what lets months merge into years.

use arrow::array::{Array, AsArray, BooleanArray, Int64Array};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{DataType, Int32Type};
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};
use jiff::tz::TimeZone;

use super::{answer, array, fail, integer_constant, micros, text_constant, timestamp_type};
use crate::bits::{self, WORD};
use crate::time_key::TimeKey;
use crate::zone::{day_start, zone_by_name};
use mizan_model::period::Month;

/// Value of an unusable record.
pub const UNUSABLE: i64 = i64::MIN;

/// Longest duration that is taken at its word: a thousand years keep every sum exact.
const LONGEST: i64 = 1_000 * 366 * 86_400_000_000;

/// The classifying function.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct ClockClass(Signature);

impl ClockClass {
    /// The function.
    pub fn new() -> Self {
        let arguments = vec![
            timestamp_type(),
            timestamp_type(),
            DataType::Int32,
            DataType::Boolean,
            DataType::Utf8,
            DataType::Int64,
            DataType::Int64,
        ];
        ClockClass(Signature::exact(arguments, Volatility::Immutable))
    }
}

/// Closing instants, with the last month remembered.
struct ClosingCursor {
    zone: TimeZone,
    closes_days: u32,
    key: i32,
    closing: i64,
}

impl ClosingCursor {
    fn closing(&mut self, key: i32) -> i64 {
        if key != self.key {
            self.key = key;
            let next = Month(TimeKey(key).end().0 + 1);
            self.closing = day_start(&self.zone, next, self.closes_days);
        }
        self.closing
    }
}

/// Class and duration of one record; `start` and `stop` count only where they are known.
///
/// What happens after the closing is never looked at, so that a closed month means the same at any later extraction.
///
/// Without branches: what is true of a record does not follow from the one before.
#[inline]
fn classify(start: (i64, bool), stop: (i64, bool), closing: i64, extraction: i64) -> i64 {
    let horizon = closing.min(extraction);
    let ((start, is_started), (stop, is_stopped)) = (start, stop);
    // A stop before the start gives less than 0, and so does a difference that passes 64 bits.
    let duration = stop.wrapping_sub(start);
    let usable = if (0..=LONGEST).contains(&duration) { duration } else { UNUSABLE };
    // The extraction came before the closing, and the stop after it: the record says more than can be known.
    let says_too_much = is_stopped & (stop <= closing);
    let pending = -1 - horizon.saturating_sub(start).clamp(0, LONGEST);
    let open = if says_too_much { UNUSABLE } else { pending };
    let class = if is_stopped & (stop <= horizon) { usable } else { open };
    if is_started & (start <= horizon) { class } else { UNUSABLE }
}

impl ScalarUDFImpl for ClockClass {
    fn name(&self) -> &str {
        "mizan_clock"
    }

    fn signature(&self) -> &Signature {
        &self.0
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Int64)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let rows = args.number_rows;
        let start = micros(&args.args[0], rows)?;
        let stop = micros(&args.args[1], rows)?;
        let months = array(&args.args[2], rows)?;
        let months = months.as_primitive::<Int32Type>();
        let precise = array(&args.args[3], rows)?;
        let precise: &BooleanArray = precise.as_boolean();
        let (Some(zone), Some(closes_days), Some(extraction)) =
            (text_constant(&args.args[4]), integer_constant(&args.args[5]), integer_constant(&args.args[6]))
        else {
            return fail(self, "zone, closing days and extraction must be constants");
        };
        let zone = match zone_by_name(zone) {
            Ok(zone) => zone,
            Err(error) => return fail(self, &error.to_string()),
        };
        let closes_days = u32::try_from(closes_days).unwrap_or(0);
        let mut closings = ClosingCursor { zone, closes_days, key: i32::MIN, closing: i64::MAX };
        let (starts, stops, keys) = (start.values(), stop.values(), months.values());
        let mut started = known(start.nulls(), rows);
        bits::restrict(&mut started, precise.values());
        if let Some(answered) = precise.nulls() {
            bits::restrict(&mut started, answered.inner());
        }
        let stopped = known(stop.nulls(), rows);
        let placed = known(months.nulls(), rows);
        let mut classes = Vec::with_capacity(rows);
        // The records of a month close together.
        if let (0, [first, others @ ..]) = (months.null_count(), &keys[..])
            && others.iter().all(|key| key == first)
        {
            let closing = closings.closing(*first);
            let stamps = starts.chunks(WORD).zip(stops.chunks(WORD)).zip(started.iter().zip(&stopped));
            for ((starts, stops), (started, stopped)) in stamps {
                classes.extend(starts.iter().zip(stops).enumerate().map(|(bit, (&start, &stop))| {
                    let is = |word: &u64| word >> bit & 1 == 1;
                    classify((start, is(started)), (stop, is(stopped)), closing, extraction)
                }));
            }
            return Ok(answer(Int64Array::from(classes)));
        }
        for (word, first) in (0..rows).step_by(WORD).enumerate() {
            let (started, stopped, placed) = (started[word], stopped[word], placed[word]);
            classes.extend((first..rows.min(first + WORD)).enumerate().map(|(bit, row)| {
                let is = |word: u64| word >> bit & 1 == 1;
                let closing = if is(placed) { closings.closing(keys[row]) } else { i64::MAX };
                classify((starts[row], is(started)), (stops[row], is(stopped)), closing, extraction)
            }));
        }
        Ok(answer(Int64Array::from(classes)))
    }
}

/// Which rows are not NULL, a bit a row.
fn known(nulls: Option<&NullBuffer>, rows: usize) -> Vec<u64> {
    match nulls {
        Some(nulls) => {
            let mut words = Vec::with_capacity(rows.div_ceil(WORD));
            bits::append(nulls.inner(), &mut words);
            words
        }
        None => vec![u64::MAX; rows.div_ceil(WORD)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000_000;

    #[test]
    fn classes_follow_the_rules_of_meaning() {
        let (closing, extraction) = (100 * HOUR, 200 * HOUR);
        let at = |stamp: Option<i64>| (stamp.unwrap_or(7), stamp.is_some());
        let until = |start: Option<i64>, stop, precise: bool, extraction| {
            classify(at(start.filter(|_| precise)), at(stop), closing, extraction)
        };
        let class = |start, stop, precise| until(start, stop, precise, extraction);
        assert_eq!(class(Some(0), Some(24 * HOUR), true), 24 * HOUR, "usable");
        assert_eq!(class(Some(0), Some(0), true), 0, "at once");
        assert_eq!(class(None, Some(HOUR), true), UNUSABLE, "start missing");
        assert_eq!(class(Some(0), Some(HOUR), false), UNUSABLE, "stamp too coarse");
        assert_eq!(class(Some(HOUR), Some(0), true), UNUSABLE, "stop before start");
        assert_eq!(until(Some(0), Some(60 * HOUR), true, 50 * HOUR), UNUSABLE, "stop after extraction");
        assert_eq!(class(Some(10 * HOUR), None, true), -1 - 90 * HOUR, "open at closing");
        assert_eq!(class(Some(10 * HOUR), Some(150 * HOUR), true), -1 - 90 * HOUR, "stopped after closing");
        assert_eq!(until(Some(0), None, true, 50 * HOUR), -1 - 50 * HOUR, "open at extraction");
        assert_eq!(class(Some(0), Some(100 * HOUR), true), 100 * HOUR, "exactly at closing");
        assert_eq!(class(Some(i64::MIN), Some(HOUR), true), UNUSABLE, "longer than numbers reach");
    }
}
