//! What is missing or held back, and the definition that changes.

use mizan_model::framework::Framework;
use mizan_model::kpi::{Direction, Kpi, KpiKind, Unit};

use super::character::Character;
use super::nation::Nation;
use super::{Nations, Purpose, hash, stream};
use crate::chance::exp;

/// Share of cells that are missing.
pub(super) const MISSING: f64 = 0.06;
/// How much less often the capable miss: e-fold a unit of general capability.
const BY_CAPABILITY: f64 = 0.8;
/// Most that one administration misses.
const MOST_MISSING: f64 = 0.5;
/// Part of the missing cells that are missing in all years.
const NEVER_RECORDED: f64 = 0.5;
/// Share of the last year's cells that had not closed at the time of extraction.
const NOT_CLOSED: f64 = 0.01;
/// Shift of the changed definition, in spreads.
const SHIFT: f64 = 0.8;

/// Version before and after a change of definition, and what the later one adds on the KPI's scale.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Change {
    pub kpi: String,
    /// Number of the first year under the later definition.
    pub year: usize,
    pub before: String,
    pub after: String,
    pub shift: f64,
}

/// The gaps of a world.
#[derive(Debug, Clone)]
pub(super) struct Gaps {
    seed: u64,
    years: usize,
    /// Share of cells that each administration misses.
    shares: Vec<f64>,
    pub change: Option<Change>,
}

/// What a cell lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    Missing,
    NotClosed,
}

impl Gaps {
    /// The gaps that a framework has in a world.
    pub(super) fn new(world: &Nations, framework: &Framework) -> Self {
        let weight = |nation: &Nation| exp(-BY_CAPABILITY * nation.general);
        let mean = world.nations.iter().map(weight).sum::<f64>() / world.nations.len() as f64;
        let share = |nation: &Nation| (MISSING * weight(nation) / mean).min(MOST_MISSING);
        Gaps {
            seed: world.seed,
            years: world.years,
            shares: world.nations.iter().map(share).collect(),
            change: change(world, framework),
        }
    }

    /// Share of cells that an administration is to miss, 0 to 1.
    pub(super) fn share(&self, nation: &Nation) -> f64 {
        self.shares[nation.index as usize]
    }

    /// What the cells of a KPI in an administration lack, one a year.
    pub(super) fn of(&self, character: &Character, nation: &Nation) -> Vec<Option<Gap>> {
        let mut chance = stream(self.seed, Purpose::Gap, character.id, nation.index);
        let never = NEVER_RECORDED * self.share(nation);
        let now_and_then = (self.share(nation) - never) / (1.0 - never);
        let is_never = chance.yes(never);
        (0..self.years)
            .map(|year| {
                let (is_missing, is_open) = (chance.yes(now_and_then), chance.yes(NOT_CLOSED));
                match year + 1 == self.years {
                    _ if is_never || is_missing => Some(Gap::Missing),
                    true if is_open => Some(Gap::NotClosed),
                    _ => None,
                }
            })
            .collect()
    }

    /// What a later definition of the KPI adds that does not hold yet in year number `year`, on the KPI's scale.
    pub(super) fn older_definition(&self, kpi: &Kpi, year: usize) -> f64 {
        self.change.as_ref().filter(|c| c.kpi == kpi.id && year < c.year).map_or(0.0, |c| c.shift)
    }

    /// Version of the definition in year number `year`.
    pub(super) fn version(&self, kpi: &Kpi, year: usize) -> String {
        let older = self.change.as_ref().filter(|c| c.kpi == kpi.id && year < c.year);
        older.map_or_else(|| kpi.version.to_string(), |c| c.before.clone())
    }
}

/// The KPI whose definition changes in the middle of the years: the first by hash of those that have a direction and can
/// show a shift. `None` in a world of one year or without such a KPI.
fn change(world: &Nations, framework: &Framework) -> Option<Change> {
    let shows = |kpi: &&Kpi| {
        matches!(kpi.direction, Direction::Higher | Direction::Lower)
            && kpi.unit != Unit::Stage
            && !matches!(kpi.kind, KpiKind::Change | KpiKind::Reported | KpiKind::Rubric)
    };
    let order = |kpi: &&Kpi| (stream(world.seed, Purpose::Break, hash(&kpi.id), 0).bits(), kpi.id.clone());
    let kpi = framework.kpis.iter().filter(shows).min_by_key(order).filter(|_| world.years > 1)?;
    let sign = if stream(world.seed, Purpose::Break, hash(&kpi.id), 1).yes(0.5) { 1.0 } else { -1.0 };
    let older = match (kpi.history.supersedes.as_str(), kpi.version.major) {
        ("", 0) => "0.0.1".to_owned(),
        ("", 1) => "0.9.0".to_owned(),
        ("", major) => format!("{}.0.0", major - 1),
        (version, _) => version.to_owned(),
    };
    Some(Change {
        kpi: kpi.id.clone(),
        year: world.years.div_ceil(2),
        before: older,
        after: kpi.version.to_string(),
        shift: sign * SHIFT * Character::new(world.seed, kpi).spread,
    })
}
