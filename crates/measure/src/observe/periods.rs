//! Which periods have a figure.

use std::collections::BTreeSet;

use mizan_ingest::reason::PLAUSIBLE_YEARS;
use mizan_model::period::{Grain, Period};

use super::Observer;
use crate::time_key::TimeKey;
use crate::zone::MonthCursor;

impl Observer<'_> {
    /// Periods in which every source of the KPI has cells, and which the node's records fill.
    pub(super) fn find_periods(&self) -> Vec<Period> {
        let mut candidates: BTreeSet<Period> = BTreeSet::new();
        for time in self.times.iter().flatten() {
            for &grain in self.scope.grains {
                candidates.insert(Period::containing(time.start(), grain));
            }
            candidates.extend(self.scope.periods.iter().filter(|p| time.within(**p)));
        }
        candidates.retain(|period| {
            (self.scope.periods.is_empty() || self.scope.periods.contains(period)) && self.has_sources(*period)
        });
        candidates.into_iter().collect()
    }

    /// Whether a source's records reach over a period: its first and last months are inside of them. (A thin table may
    /// lack a month between.)
    fn is_filled(&self, times: &[TimeKey], period: Period) -> bool {
        if self.scope.range.is_none() || period.grain == Grain::Month {
            return true;
        }
        // Slips of the pen lie after the extract, or before there were computers.
        let until = MonthCursor::new(self.scope.zone.clone()).month(self.scope.extraction);
        let plausible = |time: &&TimeKey| time.start() <= until && PLAUSIBLE_YEARS.contains(&time.start().year());
        let times = || times.iter().filter(plausible);
        let (Some(first), Some(last)) = (times().map(|time| time.start()).min(), times().map(|time| time.end()).max())
        else {
            return false;
        };
        first <= period.start && period.end() <= last
    }

    /// Whether every source has cells in the period, and records that reach over it.
    pub(super) fn has_sources(&self, period: Period) -> bool {
        self.times.iter().all(|times| {
            reaches(times, period) && (times.iter().any(|time| time.is(period)) || self.is_filled(times, period))
        })
    }
}

fn reaches(times: &[TimeKey], period: Period) -> bool {
    times.iter().any(|time| time.within(period))
}
