//! `working_hours(office, a, b)`: opening hours between two instants, by the office's calendar.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{answer, array, fail, micros, timestamp_type};
use crate::zone::{OffsetCursor, zone_by_name};
use arrow::array::{Array, AsArray, Float64Array};
use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};

const MICROS_PER_DAY: i64 = 86_400_000_000;
const MICROS_PER_MINUTE: i64 = 60_000_000;

/// Opening hours of one office.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OpeningHours {
    /// For each day of the week from Monday: minutes of the day at which the office opens and closes.
    pub week: [Option<(u32, u32)>; 7],
    /// Days on which it is closed, counted from 1970-01-01.
    pub closed: Vec<i32>,
}

impl OpeningHours {
    /// Monday to Friday, eight to five.
    pub fn office_week() -> Self {
        let day = Some((8 * 60, 17 * 60));
        OpeningHours { week: [day, day, day, day, day, None, None], closed: Vec::new() }
    }

    /// Open microseconds between two local instants (microseconds since 1970 in local time); 0 if the second is earlier.
    ///
    /// Working time w(a, b) = sum over opening windows of |[a, b] ∩ window| (additive over adjoining intervals).
    pub fn open_micros(&self, from: i64, to: i64) -> i64 {
        if to <= from {
            return 0;
        }
        let (first, last) = (from.div_euclid(MICROS_PER_DAY), to.div_euclid(MICROS_PER_DAY));
        // Whole weeks without closed days repeat; only a long case takes this path.
        (first..=last)
            .map(|day| {
                let Some((opens, closes)) = self.window(day) else { return 0 };
                let midnight = day * MICROS_PER_DAY;
                let opens = midnight + i64::from(opens) * MICROS_PER_MINUTE;
                let closes = midnight + i64::from(closes) * MICROS_PER_MINUTE;
                (to.min(closes) - from.max(opens)).max(0)
            })
            .sum()
    }

    fn window(&self, day: i64) -> Option<(u32, u32)> {
        // 1970-01-01 was a Thursday, the day with index 3.
        let weekday = (day + 3).rem_euclid(7) as usize;
        let closed = i32::try_from(day).is_ok_and(|day| self.closed.binary_search(&day).is_ok());
        if closed { None } else { self.week[weekday] }
    }
}

/// Calendars by office, and the one for all others.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Calendars {
    /// IANA name of the zone in which offices open and close.
    pub zone: String,
    /// For offices without a calendar of their own.
    pub default: OpeningHours,
    /// By office code.
    pub offices: BTreeMap<String, OpeningHours>,
}

impl Default for Calendars {
    fn default() -> Self {
        Calendars { zone: "UTC".to_owned(), default: OpeningHours::office_week(), offices: BTreeMap::new() }
    }
}

/// The function.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct WorkingHours {
    calendars: Arc<Calendars>,
    signature: Signature,
}

impl WorkingHours {
    /// The function, over the node's calendars.
    pub fn new(calendars: Arc<Calendars>) -> Self {
        let arguments = vec![DataType::Utf8, timestamp_type(), timestamp_type()];
        WorkingHours { calendars, signature: Signature::exact(arguments, Volatility::Immutable) }
    }
}

impl ScalarUDFImpl for WorkingHours {
    fn name(&self) -> &str {
        "working_hours"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Float64)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let rows = args.number_rows;
        let offices = arrow::compute::cast(&array(&args.args[0], rows)?, &DataType::Utf8)?;
        let offices = offices.as_string::<i32>();
        let (from, to) = (micros(&args.args[1], rows)?, micros(&args.args[2], rows)?);
        if offices.len() != rows {
            return fail(self, "the office must be a column");
        }
        let calendars = &self.calendars;
        let mut cursor = match zone_by_name(&calendars.zone) {
            Ok(zone) => OffsetCursor::new(zone),
            Err(error) => return fail(self, &error.to_string()),
        };
        let hours: Float64Array = (0..rows)
            .map(|row| {
                let hours = offices
                    .is_valid(row)
                    .then(|| calendars.offices.get(offices.value(row)))
                    .flatten()
                    .unwrap_or(&calendars.default);
                (from.is_valid(row) && to.is_valid(row)).then(|| {
                    let open = hours.open_micros(cursor.local(from.value(row)), cursor.local(to.value(row)));
                    open as f64 / 3_600_000_000.0
                })
            })
            .collect();
        Ok(answer(hours))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000_000;

    #[test]
    fn nights_and_week_ends_do_not_count() {
        let hours = OpeningHours::office_week();
        // 1970-01-02 was a Friday, 1970-01-05 a Monday.
        let friday = MICROS_PER_DAY;
        let monday = 4 * MICROS_PER_DAY;
        assert_eq!(hours.open_micros(friday + 16 * HOUR, monday + 9 * HOUR), 2 * HOUR);
        assert_eq!(hours.open_micros(friday + 18 * HOUR, monday + 7 * HOUR), 0);
        assert_eq!(hours.open_micros(monday, friday), 0);
    }

    #[test]
    fn working_time_is_additive_over_adjoining_intervals() {
        let hours = OpeningHours { closed: vec![4], ..OpeningHours::office_week() };
        let (from, to) = (MICROS_PER_DAY / 3, 20 * MICROS_PER_DAY);
        for middle in (from..to).step_by(5 * HOUR as usize) {
            let whole = hours.open_micros(from, to);
            assert_eq!(hours.open_micros(from, middle) + hours.open_micros(middle, to), whole);
        }
    }
}
