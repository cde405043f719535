//! What to generate.

use std::path::PathBuf;

use mizan_model::period::Month;

use crate::calendar::{DAY, month_start};

/// Size, time span and seed of a synthetic administration.
///
/// The same plan gives the same bytes on every machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Seed of all draws.
    pub seed: u64,
    /// Declarations, before the rows that are damaged on purpose.
    pub rows: u32,
    /// Months.
    pub months: u32,
    /// Offices, 1 to 200.
    pub offices: u32,
    /// First month.
    pub first_month: Month,
    /// IANA zone of the local times. Its offset must not change within the plan.
    pub zone: String,
    /// National currency (ISO 4217), written beside amounts.
    pub currency: String,
    /// Day of the extraction (year, month, day); nothing later is written, so that late cases are still open.
    pub as_of: (i32, u32, u32),
}

impl Default for Plan {
    /// 300,000 declarations at 12 offices from January 2024 to December 2025, extracted on 15 February 2026.
    fn default() -> Self {
        Plan {
            seed: 1,
            rows: 300_000,
            months: 24,
            offices: 12,
            first_month: Month::new(2024, 1),
            zone: "Etc/GMT-3".to_owned(),
            currency: "XTS".to_owned(),
            as_of: (2026, 2, 15),
        }
    }
}

impl Plan {
    /// The default plan in another size; the extraction is on the 15th of the second month after the last one.
    pub fn sized(seed: u64, rows: u32, months: u32, offices: u32) -> Self {
        let plan = Plan { seed, rows, months, offices, ..Plan::default() };
        let extracted = Month(plan.first_month.0 + months as i32 + 1);
        Plan { as_of: (extracted.year(), extracted.month(), 15), ..plan }
    }

    /// Local minute of the extraction: the start of the day `as_of`.
    pub(crate) fn as_of_minute(&self) -> i64 {
        crate::calendar::day_number(self.as_of.0, self.as_of.1, self.as_of.2) * DAY
    }

    /// Month number `index` of the plan.
    pub(crate) fn month(&self, index: u32) -> Month {
        Month(self.first_month.0 + index as i32)
    }

    /// First local minute of month number `index`; `months` gives the end of the last one.
    pub(crate) fn month_minute(&self, index: u32) -> i64 {
        month_start(self.first_month.year(), self.first_month.month(), index) * DAY
    }

    /// Checks the sizes and gives the zone's offset from UTC in minutes.
    ///
    /// # Errors
    /// The plan cannot be carried out.
    pub fn check(&self) -> Result<i32, SynthError> {
        let problem = |text: &str| Err(SynthError::Plan(text.to_owned()));
        if !(1..=200).contains(&self.offices) {
            return problem("`offices` must be from 1 to 200");
        }
        if !(1..=600).contains(&self.months) {
            return problem("`months` must be from 1 to 600");
        }
        if self.rows < self.months {
            return problem("`rows` must be at least one a month");
        }
        if self.as_of_minute() < self.month_minute(self.months) {
            return problem("`as_of` must not be before the end of the last month");
        }
        let zone = jiff::tz::TimeZone::get(&self.zone)
            .map_err(|_| SynthError::Plan(format!("unknown time zone `{}`", self.zone)))?;
        let offset = |minute: i64| {
            let stamp = jiff::Timestamp::from_second(minute * 60).expect("years of a plan are within range");
            zone.to_offset(stamp).seconds() / 60
        };
        let first = offset(self.month_minute(0));
        let mut minute = self.month_minute(0);
        while minute <= self.as_of_minute() {
            if offset(minute) != first {
                return Err(SynthError::Plan(format!(
                    "the offset of time zone `{}` changes within the plan; choose one without summer time",
                    self.zone
                )));
            }
            minute += DAY;
        }
        Ok(first)
    }
}

/// Why an administration could not be written.
#[derive(Debug, thiserror::Error)]
pub enum SynthError {
    /// The plan cannot be carried out.
    #[error("{0}")]
    Plan(String),
    /// A file could not be written.
    #[error("`{path}` cannot be written")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A Parquet file could not be written.
    #[error("`{path}` cannot be written as Parquet")]
    Parquet {
        /// The file.
        path: PathBuf,
        /// Why.
        source: parquet::errors::ParquetError,
    },
}
