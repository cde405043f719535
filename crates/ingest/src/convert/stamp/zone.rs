//! A zone, with the offsets of whole days remembered.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use super::{Civil, DAY, MICROS, date_of};

/// A zone with the offsets of whole days remembered.
pub(crate) struct Zone {
    zone: TimeZone,
    local: HashMap<i32, Option<i32>>,
    utc: HashMap<i32, Option<i32>>,
    last_local: (i32, i32),
    last_utc: (i32, i32),
}

impl Zone {
    pub(crate) fn new(zone: TimeZone) -> Self {
        Zone { zone, local: HashMap::new(), utc: HashMap::new(), last_local: (i32::MIN, 0), last_utc: (i32::MIN, 0) }
    }

    /// Local times that do not exist or exist twice are read with the offset before the change.
    pub(super) fn instant(&mut self, civil: Civil) -> Option<i64> {
        let local = i64::from(civil.day) * DAY * MICROS + civil.micros;
        if let Some(offset) = civil.offset {
            return Some(local - i64::from(offset) * MICROS);
        }
        if self.last_local.0 == civil.day {
            return Some(local - i64::from(self.last_local.1) * MICROS);
        }
        let zone = &self.zone;
        let whole_day = *self
            .local
            .entry(civil.day)
            .or_insert_with(|| offset_of(zone, i64::from(civil.day) - 1, i64::from(civil.day) + 2));
        if let Some(offset) = whole_day {
            self.last_local = (civil.day, offset);
            return Some(local - i64::from(offset) * MICROS);
        }
        let (year, month, day) = date_of(civil.day);
        let seconds = civil.micros / MICROS;
        let date = Date::new(year.try_into().ok()?, month as i8, day as i8).ok()?;
        let time = Time::new(
            (seconds / 3600) as i8,
            (seconds / 60 % 60) as i8,
            (seconds % 60) as i8,
            (civil.micros % MICROS * 1000) as i32,
        )
        .ok()?;
        let stamp = self.zone.to_ambiguous_timestamp(DateTime::from_parts(date, time)).compatible();
        // What is later than instants reach, as the placeholder 9999-12-31, is the last of them.
        Some(stamp.map_or(Timestamp::MAX.as_second() * MICROS, |stamp| stamp.as_microsecond()))
    }

    /// Local day of an instant in microseconds.
    pub(crate) fn local_day(&mut self, micros: i64) -> i32 {
        let day = micros.div_euclid(DAY * MICROS) as i32;
        let offset = if self.last_utc.0 == day {
            self.last_utc.1
        } else {
            let zone = &self.zone;
            let whole_day = *self.utc.entry(day).or_insert_with(|| offset_of(zone, i64::from(day), i64::from(day) + 1));
            match whole_day {
                Some(offset) => {
                    self.last_utc = (day, offset);
                    offset
                }
                None => Timestamp::from_microsecond(micros).map_or(0, |t| self.zone.to_offset(t).seconds()),
            }
        };
        (micros + i64::from(offset) * MICROS).div_euclid(DAY * MICROS) as i32
    }
}

/// The offset, if it is the same on both ends of a span of days.
fn offset_of(zone: &TimeZone, from: i64, to: i64) -> Option<i32> {
    let at = |day: i64| Some(zone.to_offset(Timestamp::from_second(day * DAY).ok()?).seconds());
    let offset = at(from)?;
    (at(to)? == offset).then_some(offset)
}
