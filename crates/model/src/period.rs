//! Periods: calendar or fiscal years, halves, quarters and months.

use std::fmt;
use std::str::FromStr;

/// A month as a count of months since year 0, so that arithmetic is plain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(pub i32);

impl Month {
    /// Month of a year; `month` from 1 to 12.
    pub fn new(year: i32, month: u32) -> Self {
        Month(year * 12 + month as i32 - 1)
    }

    /// Calendar year.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// Month of the year, 1 to 12.
    pub fn month(self) -> u32 {
        self.0.rem_euclid(12) as u32 + 1
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

/// Length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grain {
    /// One month.
    Month,
    /// Three months.
    Quarter,
    /// Six months.
    Half,
    /// Twelve months.
    Year,
}

impl Grain {
    /// All grains, shortest first.
    pub const ALL: [Grain; 4] = [Grain::Month, Grain::Quarter, Grain::Half, Grain::Year];

    /// Number of months.
    pub fn months(self) -> i32 {
        match self {
            Grain::Month => 1,
            Grain::Quarter => 3,
            Grain::Half => 6,
            Grain::Year => 12,
        }
    }
}

/// A run of months with a code: `2025`, `2025-S1`, `2025-Q2`, `2025-03`, or `FY2025` for a fiscal year.
///
/// A fiscal year carries the month in which it starts; it is named after the calendar year in which it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// First month.
    pub start: Month,
    /// Length.
    pub grain: Grain,
    /// Month (1 to 12) in which the fiscal year starts; 1 is the calendar year.
    pub fiscal_start: u32,
}

impl Period {
    /// The calendar month.
    pub fn month(month: Month) -> Self {
        Period { start: month, grain: Grain::Month, fiscal_start: 1 }
    }

    /// The calendar year.
    pub fn year(year: i32) -> Self {
        Period { start: Month::new(year, 1), grain: Grain::Year, fiscal_start: 1 }
    }

    /// The fiscal year that starts in `month` (2 to 12) of `year`.
    pub fn fiscal_year(year: i32, month: u32) -> Self {
        Period { start: Month::new(year, month), grain: Grain::Year, fiscal_start: month }
    }

    /// The calendar period of that length that holds `month`.
    pub fn containing(month: Month, grain: Grain) -> Self {
        let length = grain.months();
        Period { start: Month(month.0.div_euclid(length) * length), grain, fiscal_start: 1 }
    }

    /// Last month, inclusive.
    pub fn end(self) -> Month {
        Month(self.start.0 + self.grain.months() - 1)
    }

    /// All months of the period.
    pub fn months(self) -> impl Iterator<Item = Month> {
        (self.start.0..=self.end().0).map(Month)
    }

    /// Whether a month lies in it.
    pub fn contains(self, month: Month) -> bool {
        self.start <= month && month <= self.end()
    }

    /// The same period one year earlier: T-1.
    #[must_use]
    pub fn year_before(self) -> Self {
        self.shift(-12)
    }

    /// Reads a code where fiscal years may occur: `FY2025` is the fiscal year that starts in month `fiscal_start`
    /// (2 to 12) of 2025. Other codes are calendar periods.
    ///
    /// # Errors
    /// The text is no period, or it is a fiscal year and `fiscal_start` is not from 2 to 12.
    pub fn parse(text: &str, fiscal_start: u32) -> Result<Self, PeriodError> {
        let Some(year) = text.strip_prefix("FY") else { return text.parse() };
        let calendar: Period = year.parse().map_err(|_| PeriodError(text.to_owned()))?;
        if calendar.grain != Grain::Year || !(2..=12).contains(&fiscal_start) {
            return Err(PeriodError(text.to_owned()));
        }
        Ok(Period::fiscal_year(calendar.start.year(), fiscal_start))
    }

    /// The same period `months` later (negative: earlier). T-1 is `shift(-12)`.
    #[must_use]
    pub fn shift(self, months: i32) -> Self {
        Period { start: Month(self.start.0 + months), ..self }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.start.year(), self.start.month());
        match self.grain {
            Grain::Year if self.fiscal_start != 1 => write!(f, "FY{year:04}"),
            Grain::Year => write!(f, "{year:04}"),
            Grain::Half => write!(f, "{year:04}-S{}", month / 6 + 1),
            Grain::Quarter => write!(f, "{year:04}-Q{}", month / 3 + 1),
            Grain::Month => write!(f, "{year:04}-{month:02}"),
        }
    }
}

/// The text is not a period code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a period; write `2025`, `2025-S1`, `2025-Q2` or `2025-03`")]
pub struct PeriodError(pub String);

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let fail = || PeriodError(text.to_owned());
        let number = |digits: &str, width: usize| -> Result<u32, PeriodError> {
            if digits.len() == width && digits.bytes().all(|b| b.is_ascii_digit()) {
                digits.parse().map_err(|_| fail())
            } else {
                Err(fail())
            }
        };
        let (year, rest) = match text.split_once('-') {
            Some((year, rest)) => (year, Some(rest)),
            None => (text, None),
        };
        let year = number(year, 4)? as i32;
        let at = |month: u32, grain| Ok(Period { start: Month::new(year, month), grain, fiscal_start: 1 });
        match rest {
            None => at(1, Grain::Year),
            Some("S1") => at(1, Grain::Half),
            Some("S2") => at(7, Grain::Half),
            Some("Q1") => at(1, Grain::Quarter),
            Some("Q2") => at(4, Grain::Quarter),
            Some("Q3") => at(7, Grain::Quarter),
            Some("Q4") => at(10, Grain::Quarter),
            Some(month) => match number(month, 2)? {
                month @ 1..=12 => at(month, Grain::Month),
                _ => Err(fail()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn period(text: &str) -> Period {
        text.parse().expect("a period")
    }

    #[test]
    fn codes_and_their_months() {
        for (code, first, last) in [
            ("2025", "2025-01", "2025-12"),
            ("2025-S2", "2025-07", "2025-12"),
            ("2025-Q3", "2025-07", "2025-09"),
            ("2025-03", "2025-03", "2025-03"),
        ] {
            let period = period(code);
            assert_eq!((period.start.to_string(), period.end().to_string()), (first.into(), last.into()), "{code}");
            assert_eq!(period.months().count() as i32, period.grain.months());
        }
    }

    #[test]
    fn what_is_no_period() {
        for code in
            ["", "25", "2025-", "2025-13", "2025-00", "2025-Q5", "2025-S3", "2025-1", "FY2025", "2025-Q1 ", "٢٠٢٥"]
        {
            assert_eq!(code.parse::<Period>(), Err(PeriodError(code.into())));
        }
    }

    #[test]
    fn fiscal_years() {
        let year = Period::fiscal_year(2025, 7);
        assert_eq!(year.to_string(), "FY2025");
        assert_eq!((year.start.to_string(), year.end().to_string()), ("2025-07".into(), "2026-06".into()));
        assert_eq!(Period::parse("FY2025", 7), Ok(year));
        assert!(Period::parse("FY2025", 1).is_err());
        assert!(Period::parse("FY2025-Q1", 7).is_err());
        assert_eq!(Period::parse("2025", 7), Ok(Period::year(2025)));
        assert!(year.contains(Month::new(2026, 6)) && !year.contains(Month::new(2026, 7)));
    }

    #[test]
    fn one_year_before() {
        assert_eq!(period("2025-Q1").year_before().to_string(), "2024-Q1");
        assert_eq!(Period::fiscal_year(2025, 4).year_before().to_string(), "FY2024");
        assert_eq!(period("2025-01").shift(-1).to_string(), "2024-12");
    }

    proptest! {
        #[test]
        fn printed_periods_read_back(year in 0_i32..=9999, month in 1_u32..=12, grain in prop::sample::select(&Grain::ALL)) {
            let period = Period::containing(Month::new(year, month), grain);
            prop_assert!(period.contains(Month::new(year, month)));
            prop_assert_eq!(period.to_string().parse::<Period>(), Ok(period));
        }

        #[test]
        fn printed_fiscal_years_read_back(year in 0_i32..=9998, month in 2_u32..=12) {
            let period = Period::fiscal_year(year, month);
            prop_assert_eq!(Period::parse(&period.to_string(), month), Ok(period));
        }

        #[test]
        fn a_month_lies_in_one_quarter(year in 1_i32..=9998, month in 1_u32..=12) {
            let month = Month::new(year, month);
            let quarters = (0..4).map(|q| Period::containing(Month::new(year, q * 3 + 1), Grain::Quarter));
            prop_assert_eq!(quarters.filter(|q| q.contains(month)).count(), 1);
        }
    }
}
