//! Dates in the Gregorian calendar, which customs records use everywhere.

use icu::calendar::{Date, Gregorian};
use icu::datetime::FixedCalendarDateTimeFormatter;
use icu::datetime::fieldsets::{YM, YMD};
use icu::datetime::input::{DateTime, Time};

use crate::locale::Locale;
use crate::number::Numbers;

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// Year, four digits.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
}

impl Day {
    fn icu(self) -> Option<Date<Gregorian>> {
        Date::try_new_gregorian(self.year, self.month, self.day).ok()
    }
}

/// Formats dates for one locale.
///
/// Always Gregorian, also where the locale would prefer another calendar, because periods and files are Gregorian; a
/// page in such a locale says so.
pub struct Dates {
    numbers: Numbers,
    long: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    short: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    stamp: FixedCalendarDateTimeFormatter<Gregorian, icu::datetime::fieldsets::YMDT>,
    month: FixedCalendarDateTimeFormatter<Gregorian, YM>,
}

impl std::fmt::Debug for Dates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dates").field("numbers", &self.numbers).finish_non_exhaustive()
    }
}

impl Dates {
    /// Formatters of that locale.
    pub fn new(locale: Locale) -> Self {
        let why = "compiled date data has a root entry for every locale";
        let icu = || locale.icu().into();
        Dates {
            numbers: Numbers::new(locale),
            long: FixedCalendarDateTimeFormatter::try_new(icu(), YMD::long()).expect(why),
            short: FixedCalendarDateTimeFormatter::try_new(icu(), YMD::medium()).expect(why),
            stamp: FixedCalendarDateTimeFormatter::try_new(icu(), YMD::medium().with_time_hm()).expect(why),
            month: FixedCalendarDateTimeFormatter::try_new(icu(), YM::long()).expect(why),
        }
    }

    /// `November 23, 2026`. A day that does not exist is written as its numbers.
    pub fn day(&self, day: Day) -> String {
        day.icu().map_or_else(|| self.digits(day), |date| self.long.format(&date).to_string())
    }

    /// `Nov 23, 2026`, for tables.
    pub fn short_day(&self, day: Day) -> String {
        day.icu().map_or_else(|| self.digits(day), |date| self.short.format(&date).to_string())
    }

    /// Day and time to the minute, for example `Nov 23, 2026, 4:05 PM`. The caller has placed it in its time zone and
    /// says which one.
    pub fn stamp(&self, day: Day, hour: u8, minute: u8) -> String {
        match (day.icu(), Time::try_new(hour, minute, 0, 0)) {
            (Some(date), Ok(time)) => self.stamp.format(&DateTime { date, time }).to_string(),
            _ => format!(
                "{} {}:{}",
                self.digits(day),
                self.numbers.padded(hour.into(), 2),
                self.numbers.padded(minute.into(), 2)
            ),
        }
    }

    /// `November 2026`.
    pub fn month(&self, year: i32, month: u8) -> String {
        match (Day { year, month, day: 1 }).icu() {
            Some(date) => self.month.format(&date).to_string(),
            None => format!("{}-{}", self.numbers.plain(year.into()), self.numbers.padded(month.into(), 2)),
        }
    }

    /// The year alone: `2026`.
    pub fn year(&self, year: i32) -> String {
        self.numbers.plain(year.into())
    }

    fn digits(&self, day: Day) -> String {
        format!(
            "{}-{}-{}",
            self.numbers.plain(day.year.into()),
            self.numbers.padded(day.month.into(), 2),
            self.numbers.padded(day.day.into(), 2)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(locale: &str, day: &str, month: &str) {
        let dates = Dates::new(locale.parse().unwrap());
        assert_eq!(dates.day(Day { year: 2026, month: 11, day: 23 }), day, "{locale}");
        assert_eq!(dates.month(2026, 11), month, "{locale}");
    }

    #[test]
    fn days_and_months_of_each_language() {
        check("en", "November 23, 2026", "November 2026");
        check("en-GB", "23 November 2026", "November 2026");
        check("fr", "23 novembre 2026", "novembre 2026");
        check("es", "23 de noviembre de 2026", "noviembre de 2026");
        check("ru", "23 ноября 2026\u{202f}г.", "ноябрь 2026\u{202f}г.");
        check("ar-EG", "٢٣ نوفمبر ٢٠٢٦", "نوفمبر ٢٠٢٦");
        check("ar-MA", "23 نونبر 2026", "نونبر 2026");
        check("zh", "2026年11月23日", "2026年11月");
        check("pt", "23 de novembro de 2026", "novembro de 2026");
    }

    #[test]
    fn a_locale_with_another_calendar_still_gets_gregorian_dates() {
        let dates = Dates::new("ar-SA".parse().unwrap());
        assert!(dates.month(2026, 11).contains("٢٠٢٦"), "{}", dates.month(2026, 11));
    }

    #[test]
    fn days_that_do_not_exist_are_written_as_numbers() {
        let dates = Dates::new(Locale::ENGLISH);
        assert_eq!(dates.day(Day { year: 2025, month: 2, day: 30 }), "2025-02-30");
        assert_eq!(dates.month(2025, 13), "2025-13");
        assert_eq!(dates.stamp(Day { year: 2025, month: 2, day: 3 }, 25, 7), "2025-02-03 25:07");
    }

    #[test]
    fn stamps_carry_the_time() {
        let day = Day { year: 2026, month: 11, day: 23 };
        assert_eq!(Dates::new(Locale::ENGLISH).stamp(day, 16, 5), "Nov 23, 2026, 4:05\u{202f}PM");
        assert_eq!(Dates::new("fr".parse().unwrap()).stamp(day, 16, 5), "23 nov. 2026, 16:05");
    }
}
