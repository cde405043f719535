//! Observations: the figures of every KPI by period and breakdown, with status, coverage and interval.

mod cells;
mod figures;
mod indices;
mod periods;

use std::collections::HashMap;

use jiff::tz::TimeZone;
use mizan_model::expression::parts::PartKind;
use mizan_model::framework::Framework;
use mizan_model::kpi::Kpi;
use mizan_model::observation::Observation;
use mizan_model::period::{Grain, Month, Period};
use smol_str::SmolStr;

use crate::MeasureError;
use crate::part_value::PartScale;
use crate::plan::{ClassCounts, Formula, PartPlace, PartTree, Plan, PlannedKpi};
use crate::rollup::{Rollup, Split};
use crate::time_key::TimeKey;

/// Name of the breakdown that tells further statistics of a KPI apart.
pub const STATISTIC: &str = "statistic";

/// Observations for which there is room from the start.
const ROOM: usize = 1 << 18;

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
    rollup: &Rollup,
    scope: &Scope<'_>,
) -> Result<Observed, MeasureError> {
    let mut observed = Observed::default();
    let scales = scales(plan);
    let observer = |planned| Observer::new(framework, plan, planned, rollup, &scales, scope);
    let observers: Vec<Observer<'_>> =
        plan.kpis.iter().filter(|planned| !indices::is_index(planned)).map(observer).collect();
    // Room for all at once: growing would copy them several times, and touch as much more memory.
    let most: usize = observers.iter().map(Observer::most).sum();
    observed.observations.reserve_exact(most.min(ROOM));
    for observer in observers {
        for &period in &observer.periods {
            observer.period(period, &mut observed)?;
        }
    }
    indices::add(framework, plan, scope, &mut observed.observations);
    let place: HashMap<&str, usize> =
        framework.kpis.iter().enumerate().map(|(index, kpi)| (kpi.id.as_str(), index)).collect();
    observed.observations.sort_by_key(|o| place[o.kpi.as_str()]);
    Ok(observed)
}

fn scales(plan: &Plan) -> HashMap<&str, (PartScale, PartKind)> {
    let parts = plan.scans.iter().flat_map(|scan| &scan.parts);
    parts.map(|part| (part.id.as_str(), (part.scale, part.kind))).collect()
}

/// Observes one KPI.
struct Observer<'a> {
    kpi: &'a Kpi,
    planned: &'a PlannedKpi,
    plan: &'a Plan,
    rollup: &'a Rollup,
    scales: &'a HashMap<&'a str, (PartScale, PartKind)>,
    /// Time keys of each source's cells, in order.
    times: Vec<Vec<TimeKey>>,
    /// What is observed.
    periods: Vec<Period>,
    words: Words,
    scope: &'a Scope<'a>,
}

impl<'a> Observer<'a> {
    fn new(
        framework: &'a Framework,
        plan: &'a Plan,
        planned: &'a PlannedKpi,
        rollup: &'a Rollup,
        scales: &'a HashMap<&'a str, (PartScale, PartKind)>,
        scope: &'a Scope<'a>,
    ) -> Self {
        let kpi = &framework.kpis[planned.kpi];
        let times = |counts: &ClassCounts| rollup.times(counts.usable.scan, &counts.usable.id);
        let times = planned.sources.iter().map(times).collect();
        let words = Words::new(kpi, scope.area, scope.run);
        let mut observer = Observer { kpi, planned, plan, rollup, scales, times, periods: Vec::new(), words, scope };
        observer.periods = observer.find_periods();
        observer
    }

    /// How many observations there are at most.
    fn most(&self) -> usize {
        let cells: usize =
            splits(self.planned, self.scope.crosses).iter().map(|split| self.rollup.count(split).max(1)).sum();
        let figures = match &self.planned.formula {
            Formula::Named { statistics, .. } => 1 + statistics.len(),
            _ => 1,
        };
        self.periods.len() * cells * figures
    }
}

/// Words that all observations of a KPI have.
pub(crate) struct Words {
    pub(crate) kpi: SmolStr,
    pub(crate) area: SmolStr,
    pub(crate) definition: SmolStr,
    pub(crate) run: SmolStr,
}

impl Words {
    pub(crate) fn new(kpi: &Kpi, area: &str, run: &str) -> Self {
        Words {
            kpi: SmolStr::from(&kpi.id),
            area: SmolStr::from(area),
            definition: SmolStr::from(kpi.version.to_string()),
            run: SmolStr::from(run),
        }
    }
}
