//! Local time, fast: time zone arithmetic with the last answer remembered.
//!
//! Records of a partition lie close together in time, so that nearly every look-up hits the remembered interval.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, civil};
use mizan_model::period::Month;

const MICROS_PER_DAY: i64 = 86_400_000_000;

/// Remembers the offset interval that answered last.
pub struct OffsetCursor {
    zone: TimeZone,
    from: i64,
    until: i64,
    offset: i64,
}

impl OffsetCursor {
    /// A cursor over a time zone.
    pub fn new(zone: TimeZone) -> Self {
        OffsetCursor { zone, from: i64::MAX, until: i64::MIN, offset: 0 }
    }

    /// Offset from UTC in microseconds at an instant in microseconds since 1970.
    /// Instants outside of jiff's range (years -9999 to 9999) have offset 0.
    pub fn offset(&mut self, micros: i64) -> i64 {
        if micros < self.from || micros >= self.until {
            self.seek(micros);
        }
        self.offset
    }

    /// Local microseconds since 1970-01-01T00:00 local time.
    pub fn local(&mut self, micros: i64) -> i64 {
        micros.saturating_add(self.offset(micros))
    }

    fn seek(&mut self, micros: i64) {
        let Ok(instant) = Timestamp::from_microsecond(micros) else {
            (self.from, self.until, self.offset) = (micros, micros.saturating_add(1), 0);
            return;
        };
        self.offset = i64::from(self.zone.to_offset(instant).seconds()) * 1_000_000;
        let next = instant.checked_add(SignedDuration::from_nanos(1)).unwrap_or(instant);
        self.from = self.zone.preceding(next).next().map_or(i64::MIN, |t| t.timestamp().as_microsecond());
        self.until = self.zone.following(instant).next().map_or(i64::MAX, |t| t.timestamp().as_microsecond());
    }
}

/// Remembers the local month that answered last.
pub struct MonthCursor {
    offsets: OffsetCursor,
    zone: TimeZone,
    from: i64,
    until: i64,
    month: Month,
}

impl MonthCursor {
    /// A cursor over a time zone.
    pub fn new(zone: TimeZone) -> Self {
        MonthCursor { offsets: OffsetCursor::new(zone.clone()), zone, from: i64::MAX, until: i64::MIN, month: Month(0) }
    }

    /// Local month of an instant in microseconds since 1970.
    pub fn month(&mut self, micros: i64) -> Month {
        if micros < self.from || micros >= self.until {
            let day = self.offsets.local(micros).div_euclid(MICROS_PER_DAY);
            self.month = month_of_day(day);
            self.from = month_start(&self.zone, self.month);
            self.until = month_start(&self.zone, Month(self.month.0 + 1));
        }
        self.month
    }
}

/// A moment in microseconds since 1970, as settings and manifests write it: RFC 3339, or a day, which means its end in the
/// zone. `None`: it is neither.
pub fn moment(text: &str, zone: &TimeZone) -> Option<i64> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant.as_microsecond());
    }
    let day: civil::Date = text.parse().ok()?;
    Some(zone.to_timestamp(day.tomorrow().ok()?.at(0, 0, 0, 0)).ok()?.as_microsecond())
}

/// Month of a day counted from 1970-01-01.
pub fn month_of_day(day: i64) -> Month {
    let epoch = civil::date(1970, 1, 1);
    let date = i32::try_from(day)
        .ok()
        .and_then(|day| epoch.checked_add(jiff::Span::new().try_days(day).ok()?).ok())
        .unwrap_or(if day < 0 { civil::Date::MIN } else { civil::Date::MAX });
    Month::new(i32::from(date.year()), date.month().unsigned_abs().into())
}

/// Last day of a month, counted from 1970-01-01.
pub fn last_day(month: Month) -> i32 {
    (day_start(&TimeZone::UTC, Month(month.0 + 1), 0) / MICROS_PER_DAY - 1) as i32
}

/// First instant of a local month, in microseconds since 1970.
pub fn month_start(zone: &TimeZone, month: Month) -> i64 {
    day_start(zone, month, 0)
}

/// First instant of the local day that lies `days` days after the first of `month`, in microseconds since 1970.
pub fn day_start(zone: &TimeZone, month: Month, days: u32) -> i64 {
    let Ok(year) = i16::try_from(month.year()) else {
        return if month.0 < 0 { i64::MIN } else { i64::MAX };
    };
    let Ok(first) = civil::Date::new(year, month.month() as i8, 1) else {
        return if month.0 < 0 { i64::MIN } else { i64::MAX };
    };
    first
        .checked_add(jiff::Span::new().days(i64::from(days)))
        .ok()
        .and_then(|day| day.to_datetime(civil::Time::midnight()).to_zoned_datetime(zone.clone()).ok())
        .map_or(i64::MAX, |start| start.timestamp().as_microsecond())
}

/// Time zone by IANA name, from the bundled database.
///
/// # Errors
/// The name is unknown.
pub fn zone_by_name(name: &str) -> Result<TimeZone, UnknownZone> {
    TimeZone::get(name).map_err(|_| UnknownZone(name.to_owned()))
}

/// The time zone database has no such zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a time zone; write an IANA name such as `Africa/Nairobi`")]
pub struct UnknownZone(pub String);

#[cfg(test)]
mod tests {
    use super::*;

    fn micros(text: &str) -> i64 {
        text.parse::<Timestamp>().expect("a timestamp").as_microsecond()
    }

    fn check_month(zone: &str, instant: &str, expect: &str) {
        let mut cursor = MonthCursor::new(zone_by_name(zone).expect("a zone"));
        assert_eq!(cursor.month(micros(instant)).to_string(), expect, "{instant} in {zone}");
    }

    #[test]
    fn local_month_follows_the_zone_and_not_utc() {
        check_month("UTC", "2025-01-31T23:59:59Z", "2025-01");
        check_month("Asia/Seoul", "2025-01-31T15:00:00Z", "2025-02");
        check_month("Asia/Seoul", "2025-01-31T14:59:59Z", "2025-01");
        check_month("America/Lima", "2025-02-01T04:59:59Z", "2025-01");
        check_month("UTC", "1969-12-31T23:59:59Z", "1969-12");
    }

    #[test]
    fn offset_changes_with_summer_time() {
        let mut cursor = OffsetCursor::new(zone_by_name("Europe/Paris").expect("a zone"));
        let hour = 3_600_000_000;
        for (instant, hours) in [
            ("2025-03-30T00:59:59Z", 1),
            ("2025-03-30T01:00:00Z", 2),
            ("2025-10-26T00:59:59Z", 2),
            ("2025-10-26T01:00:00Z", 1),
            ("2025-03-30T00:59:59Z", 1),
        ] {
            assert_eq!(cursor.offset(micros(instant)), hours * hour, "{instant}");
        }
    }

    #[test]
    fn closing_is_a_local_midnight() {
        let zone = zone_by_name("Europe/Paris").expect("a zone");
        assert_eq!(day_start(&zone, Month::new(2025, 4), 7), micros("2025-04-07T22:00:00Z"));
    }
}
