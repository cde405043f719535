//! Where a cell lies in time: a month, or a longer period that a source gives as one figure.

use mizan_model::period::{Month, Period};

/// `month * 16 + length`, so that keys sort by start and then by length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeKey(pub i32);

impl TimeKey {
    /// Key of a month.
    pub fn month(month: Month) -> Self {
        TimeKey(month.0 * 16 + 1)
    }

    /// Key of a period.
    pub fn period(period: Period) -> Self {
        TimeKey(period.start.0 * 16 + period.grain.months())
    }

    /// First month.
    pub fn start(self) -> Month {
        Month(self.0.div_euclid(16))
    }

    /// Length in months.
    pub fn length(self) -> i32 {
        self.0.rem_euclid(16)
    }

    /// Last month.
    pub fn end(self) -> Month {
        Month(self.start().0 + self.length() - 1)
    }

    /// Whether the cell lies wholly within a period.
    pub fn within(self, period: Period) -> bool {
        period.contains(self.start()) && period.contains(self.end())
    }

    /// Whether the cell stands for exactly that period.
    pub fn is(self, period: Period) -> bool {
        self.start() == period.start && self.end() == period.end()
    }
}
