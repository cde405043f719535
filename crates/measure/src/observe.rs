//! Observations: the figures of every KPI by period and breakdown, with status, coverage and interval.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::tz::TimeZone;
use mizan_ingest::reason::PLAUSIBLE_YEARS;
use mizan_model::expression::parts::PartKind;
use mizan_model::framework::Framework;
use mizan_model::kpi::{AppliesTo, Kpi, Unit};
use mizan_model::observation::{EngineStatus, Observation};
use mizan_model::period::{Grain, Month, Period};

use crate::MeasureError;
use crate::part_value::{PartScale, PartValue};
use crate::plan::{ClassCounts, Formula, PartPlace, PartTree, Plan, PlannedKpi};
use crate::rollup::{Codes, Rolled, Split, total};
use crate::time_key::TimeKey;
use crate::value::{self, Figures, Parts};
use crate::zone::{MonthCursor, day_start, zone_by_name};

/// Name of the breakdown that tells further statistics of a KPI apart.
pub const STATISTIC: &str = "statistic";

/// What observations are made for.
pub struct Scope<'a> {
    /// Administration.
    pub area: &'a str,
    /// Run hash.
    pub run: &'a str,
    /// Zone of months.
    pub zone: &'a TimeZone,
    /// Moment of extraction, in microseconds since 1970.
    pub extraction: i64,
    /// Months for which the node has records; `None`: every period is taken as filled (worked examples).
    pub range: Option<(Month, Month)>,
    /// Lengths of periods.
    pub grains: &'a [Grain],
    /// Only these periods; empty: all.
    pub periods: &'a [Period],
    /// Pairs of breakdowns that are crossed.
    pub crosses: &'a [Split],
    /// Share of a contract's rows of a period that were not quarantined.
    pub taken: &'a dyn Fn(&str, Period) -> f64,
}

/// A check of a KPI's population in a period.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct CheckResult {
    /// KPI.
    pub kpi: String,
    /// Check.
    pub check: String,
    /// Period code.
    pub period: String,
    /// Weight of a failure.
    pub severity: mizan_model::diagnostic::Severity,
    /// Whether it holds; `None`: it could not run, which counts as failed.
    pub holds: Option<bool>,
}

/// Everything that a run found.
#[derive(Debug, Default)]
pub struct Observed {
    /// In order of KPI, period, breakdown.
    pub observations: Vec<Observation>,
    /// In order of KPI, period.
    pub checks: Vec<CheckResult>,
}

/// Splits that each part is needed in, by scan.
pub fn wanted_splits(plan: &Plan, crosses: &[Split]) -> Vec<HashMap<String, Vec<Split>>> {
    let mut wanted: Vec<HashMap<String, Vec<Split>>> = vec![HashMap::new(); plan.scans.len()];
    for kpi in &plan.kpis {
        let splits = splits(kpi, crosses);
        for place in places(kpi) {
            let of_part = wanted[place.scan].entry(place.id.clone()).or_default();
            for split in &splits {
                if !of_part.contains(split) {
                    of_part.push(split.clone());
                }
            }
        }
        for place in kpi.checks.iter().flat_map(|(_, tree)| &tree.parts) {
            let of_part = wanted[place.scan].entry(place.id.clone()).or_default();
            if !of_part.contains(&Split::new()) {
                of_part.push(Split::new());
            }
        }
    }
    wanted
}

/// The total, each breakdown alone, and the crosses that the KPI allows.
fn splits(kpi: &PlannedKpi, crosses: &[Split]) -> Vec<Split> {
    let names: Vec<&String> = kpi.breakdowns.iter().map(|(name, _)| name).collect();
    let mut splits = vec![Split::new()];
    splits.extend(names.iter().map(|name| vec![(*name).clone()]));
    splits.extend(crosses.iter().filter(|cross| cross.iter().all(|name| names.contains(&name))).cloned());
    splits
}

fn trees(formula: &Formula) -> Vec<&PartTree> {
    match formula {
        Formula::Quotient { numerator, denominator } => vec![numerator, denominator],
        Formula::Single(of) | Formula::Change { of, .. } => vec![of],
        Formula::Named { parts, .. } => parts.iter().map(|(_, tree)| tree).collect(),
        Formula::Kpis { .. } | Formula::Entered => Vec::new(),
    }
}

fn class_places(counts: &ClassCounts) -> impl Iterator<Item = &PartPlace> {
    [Some(&counts.usable), counts.pending.as_ref(), counts.unusable.as_ref(), counts.undetermined.as_ref()]
        .into_iter()
        .flatten()
}

fn places(kpi: &PlannedKpi) -> impl Iterator<Item = &PartPlace> {
    trees(&kpi.formula).into_iter().flat_map(|tree| &tree.parts).chain(kpi.sources.iter().flat_map(class_places))
}

/// Observes all KPIs of a plan.
///
/// # Errors
/// A sum passes 128 bits.
pub fn observe(
    framework: &Framework,
    plan: &Plan,
    rolled: &[Rolled],
    scope: &Scope<'_>,
) -> Result<Observed, MeasureError> {
    let mut observed = Observed::default();
    let scales = scales(plan);
    for planned in plan.kpis.iter().filter(|planned| !is_over_kpis(planned)) {
        let kpi = &framework.kpis[planned.kpi];
        let observer = Observer { kpi, planned, plan, rolled, scales: &scales, scope };
        for period in observer.periods() {
            observer.period(period, &mut observed)?;
        }
    }
    // An index comes after its members, wherever they stand in the framework.
    let mut waiting: Vec<&PlannedKpi> = plan.kpis.iter().filter(|planned| is_over_kpis(planned)).collect();
    while !waiting.is_empty() {
        let ids: Vec<&str> = waiting.iter().map(|planned| framework.kpis[planned.kpi].id.as_str()).collect();
        let is_next = |planned: &&&PlannedKpi| !matches!(&planned.formula, Formula::Kpis { of, .. } if of.iter().any(|(_, id)| ids.contains(&id.as_str())));
        let next: Vec<&PlannedKpi> = waiting.iter().filter(is_next).copied().collect();
        if next.is_empty() {
            return Err(MeasureError::internal("indices are made of each other"));
        }
        for planned in &next {
            if let Formula::Kpis { of, value } = &planned.formula {
                let made = over_kpis(&framework.kpis[planned.kpi], of, value, &observed.observations, scope);
                observed.observations.extend(made);
            }
        }
        waiting.retain(|planned| !next.iter().any(|done| done.kpi == planned.kpi));
    }
    let place: HashMap<&str, usize> =
        framework.kpis.iter().enumerate().map(|(index, kpi)| (kpi.id.as_str(), index)).collect();
    observed.observations.sort_by_key(|o| place[o.kpi.as_str()]);
    Ok(observed)
}

fn is_over_kpis(planned: &PlannedKpi) -> bool {
    matches!(planned.formula, Formula::Kpis { .. })
}

fn scales(plan: &Plan) -> HashMap<&str, (PartScale, PartKind)> {
    let parts = plan.scans.iter().flat_map(|scan| &scan.parts);
    parts.map(|part| (part.id.as_str(), (part.scale, part.kind))).collect()
}

struct Observer<'a> {
    kpi: &'a Kpi,
    planned: &'a PlannedKpi,
    plan: &'a Plan,
    rolled: &'a [Rolled],
    scales: &'a HashMap<&'a str, (PartScale, PartKind)>,
    scope: &'a Scope<'a>,
}

/// Merged parts of one period and split, by part and codes.
struct PeriodParts<'a> {
    parts: HashMap<&'a str, BTreeMap<Codes, Cow<'a, PartValue>>>,
    empties: HashMap<&'a str, PartValue>,
    scales: &'a HashMap<&'a str, (PartScale, PartKind)>,
    /// Parts that are not split: their total is taken for every code.
    whole: BTreeSet<&'a str>,
}

struct Cell<'a> {
    parts: &'a PeriodParts<'a>,
    codes: &'a Codes,
}

impl Parts for Cell<'_> {
    fn part(&self, place: &PartPlace) -> (&PartValue, PartScale) {
        let id = place.id.as_str();
        let scale = self.parts.scales[id].0;
        let none = total();
        let codes = if self.parts.whole.contains(id) { &none } else { self.codes };
        let value = self.parts.parts.get(id).and_then(|by_codes| by_codes.get(codes));
        (value.map_or(&self.parts.empties[id], Cow::as_ref), scale)
    }
}

impl<'a> Observer<'a> {
    /// Periods in which every source of the KPI has cells, and which the node's records fill.
    fn periods(&self) -> Vec<Period> {
        let mut candidates: BTreeSet<Period> = BTreeSet::new();
        for counts in &self.planned.sources {
            for time in self.rolled[counts.usable.scan].times(&counts.usable.id) {
                for &grain in self.scope.grains {
                    candidates.insert(Period::containing(time.start(), grain));
                }
                candidates.extend(self.scope.periods.iter().filter(|p| time.within(**p)));
            }
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
    fn has_sources(&self, period: Period) -> bool {
        self.planned.sources.iter().all(|counts| {
            let times = self.rolled[counts.usable.scan].times(&counts.usable.id);
            reaches(&times, period) && (times.iter().any(|time| time.is(period)) || self.is_filled(&times, period))
        })
    }

    fn parts(&self, split: &Split, period: Period) -> Result<PeriodParts<'a>, MeasureError> {
        let mut parts = HashMap::new();
        let mut empties = HashMap::new();
        let mut whole = BTreeSet::new();
        let none = Split::new();
        let mut covers = HashMap::new();
        let unsplit = self.unsplit(split);
        for place in places(self.planned).chain(self.planned.checks.iter().flat_map(|(_, tree)| &tree.parts)) {
            let id = place.id.as_str();
            if parts.contains_key(id) {
                continue;
            }
            let is_whole = unsplit.contains(id);
            let split = if is_whole { &none } else { split };
            let rolled = &self.rolled[place.scan];
            let cover = covers.entry((place.source, is_whole)).or_insert_with(|| {
                let counts: Vec<&str> =
                    class_places(&self.planned.sources[place.source]).map(|place| place.id.as_str()).collect();
                rolled.cover(&counts, split, period, self.kpi.rollup.method)
            });
            parts.insert(id, rolled.period(id, split, period, cover.as_ref())?);
            empties.insert(id, PartValue::empty(self.scales[id].1));
            if is_whole {
                whole.insert(id);
            }
        }
        Ok(PeriodParts { parts, empties, scales: self.scales, whole })
    }

    /// Parts that a split does not apply to: the denominator, where the breakdown splits the numerator alone.
    fn unsplit(&self, split: &Split) -> BTreeSet<&'a str> {
        let numerator_only = self
            .planned
            .breakdowns
            .iter()
            .any(|(name, applies)| *applies == AppliesTo::Numerator && split.contains(name));
        match &self.planned.formula {
            Formula::Quotient { numerator, denominator } if numerator_only => denominator
                .parts
                .iter()
                .filter(|place| !numerator.parts.iter().any(|part| part.id == place.id))
                .map(|place| place.id.as_str())
                .collect(),
            // In an index, the first part in the file is the one that is split.
            Formula::Named { parts, .. } if numerator_only => {
                let split: Vec<&PartPlace> = parts.first().into_iter().flat_map(|(_, tree)| &tree.parts).collect();
                let others = parts.iter().skip(1).flat_map(|(_, tree)| &tree.parts);
                others
                    .filter(|place| !split.iter().any(|part| part.id == place.id))
                    .map(|place| place.id.as_str())
                    .collect()
            }
            _ => BTreeSet::new(),
        }
    }

    /// Whether every part that must be split can be: its contract has the breakdown.
    fn can_split(&self, split: &Split) -> bool {
        let unsplit = self.unsplit(split);
        trees(&self.planned.formula).into_iter().flat_map(|tree| &tree.parts).all(|place| {
            let dimensions = &self.plan.scans[place.scan].dimensions;
            unsplit.contains(place.id.as_str()) || split.iter().all(|name| dimensions.iter().any(|d| d.name == *name))
        })
    }

    fn period(&self, period: Period, observed: &mut Observed) -> Result<(), MeasureError> {
        let months_back = match self.planned.formula {
            Formula::Change { months, .. } => Some(i32::try_from(months).unwrap_or(i32::MAX)),
            _ => None,
        };
        for split in splits(self.planned, self.scope.crosses) {
            if !self.can_split(&split) {
                continue;
            }
            let parts = self.parts(&split, period)?;
            let earlier = months_back.map(|months| self.parts(&split, period.shift(-months))).transpose()?;
            // A year is not compared with the ten months of the year before that there are records of.
            let has_earlier = months_back.is_some_and(|months| self.has_sources(period.shift(-months)));
            for codes in self.codes(&split, &parts) {
                let cell = Cell { parts: &parts, codes: &codes };
                let before = earlier.as_ref().filter(|_| has_earlier).map(|parts| Cell { parts, codes: &codes });
                let figures = value::figures(
                    self.kpi,
                    &self.planned.formula,
                    &cell,
                    before.as_ref().map(|cell| cell as &dyn Parts),
                );
                self.push(period, &split, &codes, [Some(&cell), before.as_ref()], figures, observed);
            }
            if split.is_empty() {
                self.checks(period, &Cell { parts: &parts, codes: &total() }, observed);
            }
        }
        Ok(())
    }

    /// Codes that occur in the split parts of the formula; for the total there is one, empty.
    fn codes(&self, split: &Split, parts: &PeriodParts<'_>) -> BTreeSet<Codes> {
        if split.is_empty() {
            return BTreeSet::from([total()]);
        }
        let is_counted = |value: &PartValue| !matches!(value, PartValue::Count(0) | PartValue::Sum { units: 0 });
        trees(&self.planned.formula)
            .into_iter()
            .flat_map(|tree| &tree.parts)
            .filter(|place| !parts.whole.contains(place.id.as_str()))
            .flat_map(|place| &parts.parts[place.id.as_str()])
            .filter(|(_, value)| is_counted(value.as_ref()))
            .map(|(codes, _)| codes.clone())
            .collect()
    }

    fn checks(&self, period: Period, cell: &Cell<'_>, observed: &mut Observed) {
        for (check, (id, tree)) in self.kpi.checks.iter().zip(&self.planned.checks) {
            observed.checks.push(CheckResult {
                kpi: self.kpi.id.clone(),
                check: id.clone(),
                period: period.to_string(),
                severity: check.severity,
                holds: value::condition(tree, cell),
            });
        }
    }

    /// Records counted, and the share of records that could be used: the lowest of the KPI's sources.
    ///
    /// Coverage = (usable + pending) / (usable + pending + unusable + undetermined), times the share of the contract's
    /// rows that were not quarantined.
    fn coverage(&self, period: Period, cell: &Cell<'_>) -> (u64, Option<f64>) {
        let count = |place: Option<&PartPlace>| match place.map(|place| cell.part(place).0) {
            Some(PartValue::Count(count)) => *count,
            _ => 0,
        };
        let mut n = 0;
        let mut coverage: Option<f64> = None;
        for (index, counts) in self.planned.sources.iter().enumerate() {
            let used = count(Some(&counts.usable)) + count(counts.pending.as_ref());
            let lost = count(counts.unusable.as_ref()) + count(counts.undetermined.as_ref());
            if index == 0 {
                n = used;
            }
            if used + lost > 0 {
                let share = used as f64 / (used + lost) as f64 * (self.scope.taken)(&counts.contract, period);
                coverage = Some(coverage.map_or(share, |known| known.min(share)));
            }
        }
        (n, coverage)
    }

    /// `cases` and `coverage` are the lowest of the periods that the figure is made of.
    fn status(&self, period: Period, figures: &Figures, cases: u64, coverage: Option<f64>) -> EngineStatus {
        let rollup = &self.kpi.rollup;
        let cases = match &self.planned.formula {
            Formula::Quotient { denominator, .. } if is_count(denominator, self.scales) => figures.denominator,
            _ => Some(cases as f64),
        };
        let next = Month(period.end().0 + 1);
        let closing = |counts: &ClassCounts| {
            // Zones were looked up when the plan was made.
            let zone = zone_by_name(&counts.zone).unwrap_or(TimeZone::UTC);
            day_start(&zone, next, counts.closes_days)
        };
        let is_open = || self.planned.sources.iter().any(|counts| closing(counts) > self.scope.extraction);
        if figures.value.is_none() {
            EngineStatus::Undefined
        } else if cases.unwrap_or(0.0) < rollup.min_denominator as f64 {
            EngineStatus::TooFew
        } else if coverage.is_some_and(|coverage| coverage < rollup.min_coverage) {
            EngineStatus::LowCoverage
        } else if is_open() {
            EngineStatus::NotClosed
        } else {
            EngineStatus::Ok
        }
    }

    fn push(
        &self,
        period: Period,
        split: &Split,
        codes: &Codes,
        cells: [Option<&Cell<'_>>; 2],
        figures: Figures,
        observed: &mut Observed,
    ) {
        let [now, before] = cells;
        let (n, mut coverage) = now.map_or((0, None), |cell| self.coverage(period, cell));
        let mut cases = n;
        if let (Formula::Change { months, .. }, Some(before)) = (&self.planned.formula, before) {
            // Both sides of a comparison must bear it.
            let earlier = period.shift(-i32::try_from(*months).unwrap_or(i32::MAX));
            let (n, earlier) = self.coverage(earlier, before);
            cases = cases.min(n);
            coverage = coverage.zip(earlier).map(|(a, b)| a.min(b)).or(coverage).or(earlier);
        }
        let status = self.status(period, &figures, cases, coverage);
        let hidden = status == EngineStatus::TooFew;
        let shown = |value: Option<f64>| value.filter(|value| !hidden && value.is_finite());
        let breakdown: Vec<(String, String)> = split.iter().cloned().zip(codes.iter().cloned()).collect();
        let observation = |breakdown, value, unit: Unit, headline: bool| Observation {
            kpi: self.kpi.id.clone(),
            area: self.scope.area.to_owned(),
            period: period.to_string(),
            breakdown,
            value: shown(value),
            numerator: figures.numerator.filter(|_| headline),
            denominator: figures.denominator.filter(|_| headline),
            n,
            lower: shown(figures.lower).filter(|_| headline),
            upper: shown(figures.upper).filter(|_| headline),
            unit: unit.as_str().to_owned(),
            coverage,
            status: if value.is_none() { EngineStatus::Undefined } else { status },
            definition: self.kpi.version.to_string(),
            run: self.scope.run.to_owned(),
        };
        observed.observations.push(observation(breakdown.clone(), figures.value, self.kpi.unit, true));
        for (name, unit, value) in &figures.statistics {
            let mut breakdown = breakdown.clone();
            breakdown.push((STATISTIC.to_owned(), name.clone()));
            observed.observations.push(observation(breakdown, *value, *unit, false));
        }
    }
}

fn reaches(times: &[TimeKey], period: Period) -> bool {
    times.iter().any(|time| time.within(period))
}

fn is_count(tree: &PartTree, scales: &HashMap<&str, (PartScale, PartKind)>) -> bool {
    tree.parts.iter().all(|place| scales[place.id.as_str()].1 == PartKind::Count)
}

/// An index over other KPIs, wherever all of them have a value.
fn over_kpis(
    kpi: &Kpi,
    of: &[(String, String)],
    value: &sqlparser::ast::Expr,
    known: &[Observation],
    scope: &Scope<'_>,
) -> Vec<Observation> {
    let Some((_, first)) = of.first() else { return Vec::new() };
    let members: HashMap<(&str, &str, &[(String, String)]), &Observation> = known
        .iter()
        .filter(|o| of.iter().any(|(_, id)| *id == o.kpi))
        .map(|o| ((o.kpi.as_str(), o.period.as_str(), o.breakdown.as_slice()), o))
        .collect();
    let find =
        |id: &str, like: &Observation| members.get(&(id, like.period.as_str(), like.breakdown.as_slice())).copied();
    let allowed: Vec<&String> = kpi.breakdowns.iter().flat_map(|b| &b.by).collect();
    known
        .iter()
        .filter(|o| o.kpi == *first && o.breakdown.iter().all(|(name, _)| allowed.contains(&name)))
        .filter_map(|like| {
            let members: Vec<&Observation> = of.iter().map(|(_, id)| find(id, like)).collect::<Option<_>>()?;
            let number = |name: &str| {
                let position = of.iter().position(|(known, _)| known == name)?;
                members[position].value
            };
            let result = value::over_numbers(value, &number).filter(|value| value.is_finite());
            let not_ok = members.iter().map(|m| m.status).find(|status| *status != EngineStatus::Ok);
            let coverage = members.iter().filter_map(|m| m.coverage).reduce(f64::min);
            Some(Observation {
                kpi: kpi.id.clone(),
                area: scope.area.to_owned(),
                value: result,
                numerator: None,
                denominator: None,
                n: members.iter().map(|m| m.n).min().unwrap_or(0),
                lower: None,
                upper: None,
                unit: kpi.unit.as_str().to_owned(),
                coverage,
                status: not_ok.unwrap_or(if result.is_some() { EngineStatus::Ok } else { EngineStatus::Undefined }),
                definition: kpi.version.to_string(),
                run: scope.run.to_owned(),
                ..like.clone()
            })
        })
        .collect()
}
