//! Local time as whole minutes since 1970-01-01 00:00 in the administration's zone.

/// Minutes of a day.
pub(crate) const DAY: i64 = 1440;

/// Days since 1970-01-01 of a civil date (proleptic Gregorian calendar).
pub(crate) fn day_number(year: i32, month: u32, day: u32) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let shifted = i64::from((month + 9) % 12);
    let of_year = (153 * shifted + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Civil date (year, month, day) of a day number.
pub(crate) fn civil_date(day: i64) -> (i32, u32, u32) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let date = (of_year - (153 * shifted + 2) / 5 + 1) as u32;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 } as u32;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year as i32, month, date)
}

/// Day of the week, 0 = Monday.
pub(crate) fn weekday(day: i64) -> u32 {
    (day + 3).rem_euclid(7) as u32
}

/// First day of a month that is `index` months after (`year`, `month`).
pub(crate) fn month_start(year: i32, month: u32, index: u32) -> i64 {
    let count = year * 12 + month as i32 - 1 + index as i32;
    day_number(count.div_euclid(12), count.rem_euclid(12) as u32 + 1, 1)
}

/// Opening hours: Monday to Friday 8 to 18, Saturday 8 to 13; ports and airports (`round_the_clock`) never close.
/// Returns the minute itself when open, otherwise `delay` minutes after the next opening.
pub(crate) fn next_open(minute: i64, round_the_clock: bool, delay: i64) -> i64 {
    if round_the_clock {
        return minute;
    }
    let mut day = minute.div_euclid(DAY);
    let of_day = minute.rem_euclid(DAY);
    let closing = |day: i64| match weekday(day) {
        0..=4 => 18 * 60,
        5 => 13 * 60,
        _ => 0,
    };
    if of_day >= 8 * 60 && of_day < closing(day) {
        return minute;
    }
    if of_day >= 8 * 60 {
        day += 1;
    }
    while closing(day) == 0 {
        day += 1;
    }
    day * DAY + 8 * 60 + delay
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_go_there_and_back() {
        assert_eq!(day_number(1970, 1, 1), 0);
        assert_eq!(day_number(2024, 2, 29), 19_782);
        for day in -1000..40_000 {
            let (year, month, date) = civil_date(day);
            assert_eq!(day_number(year, month, date), day);
        }
    }

    #[test]
    fn closed_offices_continue_at_the_next_opening() {
        let saturday = day_number(2024, 3, 2);
        assert_eq!(weekday(saturday), 5);
        let evening = saturday * DAY + 20 * 60;
        assert_eq!(next_open(evening, true, 5), evening);
        assert_eq!(next_open(evening, false, 5), (saturday + 2) * DAY + 8 * 60 + 5);
        assert_eq!(next_open(saturday * DAY + 7 * 60, false, 5), saturday * DAY + 8 * 60 + 5);
    }
}
