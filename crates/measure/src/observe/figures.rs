//! Figures of a period, with status, coverage and checks.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use mizan_model::expression::parts::PartKind;
use mizan_model::kpi::Unit;
use mizan_model::observation::{EngineStatus, Observation};
use mizan_model::period::{Month, Period};
use smol_str::SmolStr;

use super::cells::{Cell, TOTAL};
use super::{CheckResult, Observed, Observer, STATISTIC, splits};
use crate::MeasureError;
use crate::part_value::{PartScale, PartValue};
use crate::plan::{ClassCounts, Formula, PartPlace, PartTree};
use crate::value::{self, Figures, Parts};
use crate::zone::{day_start, zone_by_name};

/// What holds for all figures of a period.
struct Frame {
    /// Period code.
    period: SmolStr,
    /// Whether a source has not closed at the time of extraction.
    is_open: bool,
    /// Share of each source's rows that were not quarantined.
    taken: Vec<f64>,
}

impl Observer<'_> {
    /// Observes a period, in all splits.
    pub(super) fn period(&self, period: Period, observed: &mut Observed) -> Result<(), MeasureError> {
        let months_back = match self.planned.formula {
            Formula::Change { months, .. } => Some(i32::try_from(months).unwrap_or(i32::MAX)),
            _ => None,
        };
        // A year is not compared with the ten months of the year before that there are records of.
        let base = months_back.map(|months| period.shift(-months)).filter(|base| self.has_sources(*base));
        let now = self.frame(period);
        let earlier = base.map(|base| self.frame(base));
        for split in splits(self.planned, self.scope.crosses) {
            if !self.can_split(&split) {
                continue;
            }
            let names: Vec<SmolStr> = split.iter().map(SmolStr::from).collect();
            let parts = self.parts(&split, period)?;
            let parts_before = base.map(|base| self.parts(&split, base)).transpose()?;
            for (number, codes) in self.codes(&split, &parts) {
                let cell = Cell { parts: &parts, codes: number };
                let before = parts_before.as_ref().map(|parts| Cell { parts, codes: number });
                let figures = value::figures(
                    self.kpi,
                    &self.planned.formula,
                    &cell,
                    before.as_ref().map(|cell| cell as &dyn Parts),
                );
                let breakdown = names.iter().cloned().zip(codes.iter().map(SmolStr::from)).collect();
                self.push(breakdown, (&now, &cell), earlier.as_ref().zip(before.as_ref()), figures, observed);
            }
            if split.is_empty() {
                self.checks(&now, &Cell { parts: &parts, codes: TOTAL }, observed);
            }
        }
        Ok(())
    }

    /// What holds for all figures of a period.
    fn frame(&self, period: Period) -> Frame {
        let next = Month(period.end().0 + 1);
        let closing = |counts: &ClassCounts| {
            // Zones were looked up when the plan was made.
            let zone = zone_by_name(&counts.zone).unwrap_or(TimeZone::UTC);
            day_start(&zone, next, counts.closes_days)
        };
        let sources = &self.planned.sources;
        Frame {
            period: SmolStr::from(period.to_string()),
            is_open: sources.iter().any(|counts| closing(counts) > self.scope.extraction),
            taken: sources.iter().map(|counts| (self.scope.taken)(&counts.contract, period)).collect(),
        }
    }

    fn checks(&self, frame: &Frame, cell: &Cell<'_>, observed: &mut Observed) {
        for (check, (id, tree)) in self.kpi.checks.iter().zip(&self.planned.checks) {
            observed.checks.push(CheckResult {
                kpi: self.kpi.id.clone(),
                check: id.clone(),
                period: frame.period.to_string(),
                severity: check.severity,
                holds: value::condition(tree, cell),
            });
        }
    }

    /// Records counted, and the share of records that could be used: the lowest of the KPI's sources.
    ///
    /// Coverage = (usable + pending) / (usable + pending + unusable + undetermined), times the share of the contract's
    /// rows that were not quarantined.
    fn coverage(&self, frame: &Frame, cell: &Cell<'_>) -> (u64, Option<f64>) {
        let count = |place: Option<&PartPlace>| match place.map(|place| cell.part(place).0).as_deref() {
            Some(PartValue::Count(count)) => *count,
            _ => 0,
        };
        let mut n = 0;
        let mut coverage: Option<f64> = None;
        for (index, (counts, taken)) in self.planned.sources.iter().zip(&frame.taken).enumerate() {
            let used = count(Some(&counts.usable)) + count(counts.pending.as_ref());
            let lost = count(counts.unusable.as_ref()) + count(counts.undetermined.as_ref());
            if index == 0 {
                n = used;
            }
            if used + lost > 0 {
                let share = used as f64 / (used + lost) as f64 * taken;
                coverage = Some(coverage.map_or(share, |known| known.min(share)));
            }
        }
        (n, coverage)
    }

    /// `cases` and `coverage` are the lowest of the periods that the figure is made of.
    fn status(&self, frame: &Frame, figures: &Figures, cases: u64, coverage: Option<f64>) -> EngineStatus {
        let rollup = &self.kpi.rollup;
        let cases = match &self.planned.formula {
            Formula::Quotient { denominator, .. } if is_count(denominator, self.scales) => figures.denominator,
            _ => Some(cases as f64),
        };
        if figures.value.is_none() {
            EngineStatus::Undefined
        } else if cases.unwrap_or(0.0) < rollup.min_denominator as f64 {
            EngineStatus::TooFew
        } else if coverage.is_some_and(|coverage| coverage < rollup.min_coverage) {
            EngineStatus::LowCoverage
        } else if frame.is_open {
            EngineStatus::NotClosed
        } else {
            EngineStatus::Ok
        }
    }

    fn push(
        &self,
        breakdown: Vec<(SmolStr, SmolStr)>,
        (now, cell): (&Frame, &Cell<'_>),
        before: Option<(&Frame, &Cell<'_>)>,
        figures: Figures,
        observed: &mut Observed,
    ) {
        let (n, mut coverage) = self.coverage(now, cell);
        let mut cases = n;
        if let Some((frame, cell)) = before {
            // Both sides of a comparison must bear it.
            let (n, earlier) = self.coverage(frame, cell);
            cases = cases.min(n);
            coverage = coverage.zip(earlier).map(|(a, b)| a.min(b)).or(coverage).or(earlier);
        }
        let status = self.status(now, &figures, cases, coverage);
        let hidden = status == EngineStatus::TooFew;
        let shown = |value: Option<f64>| value.filter(|value| !hidden && value.is_finite());
        let observation = |breakdown, value, unit: Unit, headline: bool| Observation {
            kpi: self.words.kpi.clone(),
            area: self.words.area.clone(),
            period: now.period.clone(),
            breakdown,
            value: shown(value),
            numerator: figures.numerator.filter(|_| headline),
            denominator: figures.denominator.filter(|_| headline),
            n,
            lower: shown(figures.lower).filter(|_| headline),
            upper: shown(figures.upper).filter(|_| headline),
            unit: SmolStr::new_static(unit.as_str()),
            coverage,
            status: if value.is_none() { EngineStatus::Undefined } else { status },
            definition: self.words.definition.clone(),
            run: self.words.run.clone(),
        };
        observed.observations.push(observation(breakdown.clone(), figures.value, self.kpi.unit, true));
        for (name, unit, value) in &figures.statistics {
            let mut breakdown = breakdown.clone();
            breakdown.push((SmolStr::new_static(STATISTIC), SmolStr::from(name)));
            observed.observations.push(observation(breakdown, *value, *unit, false));
        }
    }
}

fn is_count(tree: &PartTree, scales: &HashMap<&str, (PartScale, PartKind)>) -> bool {
    tree.parts.iter().all(|place| scales[place.id.as_str()].1 == PartKind::Count)
}
