//! Dates and times from text, with the precision that the text holds.

mod format;
mod zone;

use jiff::tz::TimeZone;
use mizan_model::kpi::Precision;

use self::format::Format;
pub(crate) use self::zone::Zone;

const DAY: i64 = 86_400;
const MICROS: i64 = 1_000_000;

/// An instant and how finely it was written: 0 day, 1 minute, 2 second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub micros: i64,
    pub precision: i8,
}

/// Code of a precision, as stored.
pub(crate) fn precision_code(precision: Precision) -> i8 {
    match precision {
        Precision::Day => 0,
        Precision::Minute => 1,
        Precision::Second => 2,
    }
}

/// What a text says before a zone is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Civil {
    /// Days since 1970-01-01.
    day: i32,
    /// Microseconds of the day.
    micros: i64,
    /// Seconds east of UTC, if the text says so.
    offset: Option<i32>,
    precision: i8,
}

/// Reads stamps of one field.
pub(crate) struct StampReader {
    zone: Zone,
    format: Option<Format>,
    /// Never finer than this.
    coarsest: i8,
}

impl StampReader {
    /// Reader for a format (strptime) or, without one, for RFC 3339 and `%Y-%m-%d[ %H:%M[:%S]]`.
    pub(crate) fn new(zone: TimeZone, format: Option<&str>, precision: Option<Precision>) -> Self {
        StampReader {
            zone: Zone::new(zone),
            format: format.map(Format::new),
            coarsest: precision.map_or(2, precision_code),
        }
    }

    /// The instant; `None` if the text is not in the format.
    pub(crate) fn instant(&mut self, text: &str, canonical: bool) -> Option<Stamp> {
        let civil = self.civil(text, canonical)?;
        Some(Stamp { micros: self.zone.instant(civil)?, precision: civil.precision.min(self.coarsest) })
    }

    /// The local day, in days since 1970-01-01.
    pub(crate) fn day(&mut self, text: &str, canonical: bool) -> Option<i32> {
        let civil = self.civil(text, canonical)?;
        match civil.offset {
            None => Some(civil.day),
            Some(_) => {
                let instant = self.zone.instant(civil)?;
                Some(self.zone.local_day(instant))
            }
        }
    }

    fn civil(&self, text: &str, canonical: bool) -> Option<Civil> {
        match &self.format {
            Some(format) if !canonical => format.read(text),
            _ => iso(text.as_bytes()),
        }
    }
}

/// Days since 1970-01-01 of a date of the Gregorian calendar (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
/// 2000-03-01 is day 11017.
pub(crate) fn day_of(year: i32, month: u32, day: u32) -> Option<i32> {
    const LENGTHS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    if !(1..=12).contains(&month) || day < 1 || day > LENGTHS[month as usize - 1] {
        return None;
    }
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if month == 2 && day == 29 && !leap {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month as i32 + 9) % 12) + 2) / 5 + day as i32 - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// Year, month and day of days since 1970-01-01; the inverse of [`day_of`].
pub(crate) fn date_of(day: i32) -> (i32, u32, u32) {
    let shifted = i64::from(day) + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    (year as i32, month as u32, day as u32)
}

#[inline]
fn two(bytes: &[u8], at: usize) -> Option<u32> {
    let (a, b) = (bytes.get(at)?.wrapping_sub(b'0'), bytes.get(at + 1)?.wrapping_sub(b'0'));
    (a < 10 && b < 10).then(|| u32::from(a) * 10 + u32::from(b))
}

/// `YYYY-MM-DD`, then nothing, or `T` or space and `HH:MM[:SS[.fraction]]`, then nothing, `Z` or an offset.
fn iso(bytes: &[u8]) -> Option<Civil> {
    let year = two(bytes, 0)? * 100 + two(bytes, 2)?;
    if bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
        return None;
    }
    let day = day_of(year as i32, two(bytes, 5)?, two(bytes, 8)?)?;
    if bytes.len() == 10 {
        return Some(Civil { day, micros: 0, offset: None, precision: 0 });
    }
    if !matches!(bytes[10], b'T' | b't' | b' ') || bytes.get(13) != Some(&b':') {
        return None;
    }
    let (hour, minute) = (two(bytes, 11)?, two(bytes, 14)?);
    let (mut second, mut fraction, mut at, mut precision) = (0, 0, 16, 1);
    if bytes.get(16) == Some(&b':') {
        second = two(bytes, 17)?;
        (at, precision) = (19, 2);
        if matches!(bytes.get(19), Some(b'.' | b',')) {
            let digits = bytes[20..].iter().take_while(|b| b.is_ascii_digit()).count();
            if digits == 0 {
                return None;
            }
            for place in 0..6 {
                let digit = if place < digits { bytes[20 + place] - b'0' } else { 0 };
                fraction = fraction * 10 + i64::from(digit);
            }
            at = 20 + digits;
        }
    }
    // A leap second is read as the last second of its minute: clocks do not count it.
    let second = if second == 60 { 59 } else { second };
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let micros = i64::from(hour * 3600 + minute * 60 + second) * MICROS + fraction;
    let offset = offset(&bytes[at..])?;
    Some(Civil { day, micros, offset, precision })
}

/// Nothing, `Z`, `+HH:MM`, `+HHMM` or `+HH`; a space may stand before. The outer `None` means that it is something else.
fn offset(bytes: &[u8]) -> Option<Option<i32>> {
    let bytes = bytes.strip_prefix(b" ").unwrap_or(bytes);
    let sign = match bytes.first() {
        None => return Some(None),
        Some(b'Z' | b'z') if bytes.len() == 1 => return Some(Some(0)),
        Some(b'+') => 1,
        Some(b'-') => -1,
        _ => return None,
    };
    let hours = two(bytes, 1)?;
    let minutes = match (bytes.len(), bytes.get(3)) {
        (3, _) => 0,
        (5, _) => two(bytes, 3)?,
        (6, Some(b':')) => two(bytes, 4)?,
        _ => return None,
    };
    (hours <= 23 && minutes <= 59).then_some(Some(sign * (hours * 3600 + minutes * 60) as i32))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::Date;

    use super::*;

    fn check(zone: &str, format: Option<&str>, text: &str, expect: Option<(&str, i8)>) {
        let mut reader = StampReader::new(TimeZone::get(zone).unwrap(), format, None);
        let found = reader
            .instant(text, false)
            .map(|s| (Timestamp::from_microsecond(s.micros).unwrap().to_string(), s.precision));
        assert_eq!(found, expect.map(|(t, p)| (t.to_owned(), p)), "{text}");
    }

    #[test]
    fn stamps_without_format() {
        let utc = |text, expect| check("UTC", None, text, expect);
        utc("2025-03-01T10:20:30Z", Some(("2025-03-01T10:20:30Z", 2)));
        utc("2025-03-01T10:20:30.5+02:00", Some(("2025-03-01T08:20:30.5Z", 2)));
        utc("2025-03-01 10:20", Some(("2025-03-01T10:20:00Z", 1)));
        utc("2025-03-01", Some(("2025-03-01T00:00:00Z", 0)));
        utc("2024-02-29", Some(("2024-02-29T00:00:00Z", 0)));
        utc("2025-02-29", None);
        utc("2025-03-01T25:00", None);
        utc("2025-03-01T10:20:30X", None);
        utc("01/03/2025", None);
        check("Africa/Nairobi", None, "2025-03-01 01:00", Some(("2025-02-28T22:00:00Z", 1)));
    }

    #[test]
    fn the_last_day_of_all_is_a_placeholder_that_can_be_read() {
        for zone in ["UTC", "America/Lima"] {
            let last = |text, format, precision| check(zone, format, text, Some(("9999-12-30T22:00:00Z", precision)));
            last("9999-12-31", None, 0);
            last("9999-12-31T23:59:59", None, 2);
            last("31/12/9999 00:00", Some("%d/%m/%Y %H:%M"), 1);
        }
        // East of Greenwich the day begins while instants still go on.
        check("Africa/Nairobi", None, "9999-12-31", Some(("9999-12-30T21:00:00Z", 0)));
    }

    #[test]
    fn stamps_with_format() {
        let rome = |format, text, expect| check("Europe/Rome", Some(format), text, expect);
        rome("%d/%m/%Y %H:%M", "15/07/2025 12:30", Some(("2025-07-15T10:30:00Z", 1)));
        rome("%d/%m/%Y", "5/1/2025", Some(("2025-01-04T23:00:00Z", 0)));
        rome("%d-%b-%Y %H:%M:%S", "01-Jan-2025 00:30:00", Some(("2024-12-31T23:30:00Z", 2)));
        rome("%d/%m/%Y %H:%M", "31/02/2025 12:30", None);
        rome("%d/%m/%Y %H:%M", "15/07/2025", None);
        rome("%d/%m/%y", "15/07/99", Some(("1999-07-14T22:00:00Z", 0)));
    }

    #[test]
    fn changes_of_the_clock() {
        // 02:30 on 30 March 2025 does not exist in Rome; on 26 October it exists twice, and the first is meant.
        check("Europe/Rome", None, "2025-03-30 02:30", Some(("2025-03-30T01:30:00Z", 1)));
        check("Europe/Rome", None, "2025-10-26 02:30", Some(("2025-10-26T00:30:00Z", 1)));
        check("Europe/Rome", None, "2025-10-26 12:00", Some(("2025-10-26T11:00:00Z", 1)));
    }

    #[test]
    fn days_and_dates_agree_with_the_calendar() {
        let start = Date::new(1899, 12, 25).unwrap();
        for step in 0..100_000 {
            let date = start.checked_add(jiff::Span::new().days(step)).unwrap();
            let day = day_of(date.year().into(), date.month() as u32, date.day() as u32).unwrap();
            assert_eq!(i64::from(day), -25_574 + step, "{date}");
            assert_eq!(date_of(day), (date.year().into(), date.month() as u32, date.day() as u32));
        }
    }

    #[test]
    fn local_days_follow_the_zone() {
        let mut zone = Zone::new(TimeZone::get("Asia/Dushanbe").unwrap());
        let at = |text: &str| text.parse::<Timestamp>().unwrap().as_microsecond();
        assert_eq!(date_of(zone.local_day(at("2025-01-31T18:59:59Z"))), (2025, 1, 31));
        assert_eq!(date_of(zone.local_day(at("2025-01-31T19:00:00Z"))), (2025, 2, 1));
    }
}
