//! How the values of a KPI are distributed over administrations: from its definition and a hash of its id alone.

use mizan_model::kpi::{Direction, IntervalMethod, Kpi, KpiKind, Measure, Unit};

use super::{Purpose, hash, stream};
use crate::chance::{Chance, exp, ln};

/// The scale on which effects add up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Scale {
    /// Between two ends: logit.
    Bounded(f64, f64),
    /// Above 0: logarithm.
    Positive,
    /// Any number: plain.
    Open,
}

impl Scale {
    /// The scale of a KPI: that of its range, or what its unit and kind allow.
    fn of(kpi: &Kpi) -> Self {
        let is_share_of_cases = kpi.uncertainty.when_full_count == IntervalMethod::Wilson95;
        match (kpi.range, kpi.unit) {
            (Some((low, high)), _) => Scale::Bounded(low, high),
            (None, _) if kpi.kind == KpiKind::Change => Scale::Open,
            (None, Unit::Points) => Scale::Open,
            (None, Unit::Score) => Scale::Bounded(0.0, 100.0),
            (None, Unit::Stage) => Scale::Bounded(0.0, 3.0),
            (None, Unit::Percent) if is_share_of_cases || kpi.kind == KpiKind::Share => Scale::Bounded(0.0, 100.0),
            (None, Unit::Ratio) if is_share_of_cases => Scale::Bounded(0.0, 1.0),
            _ => Scale::Positive,
        }
    }

    /// The word for it in the tables of truth.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Scale::Bounded(..) => "logit",
            Scale::Positive => "log",
            Scale::Open => "plain",
        }
    }

    /// From the scale to the KPI's unit.
    pub(super) fn value(self, at: f64) -> f64 {
        match self {
            Scale::Bounded(low, high) => low + (high - low) / (1.0 + exp(-at)),
            Scale::Positive => exp(at),
            Scale::Open => at,
        }
    }

    /// From the KPI's unit to the scale; `None` outside of it.
    fn place(self, value: f64) -> Option<f64> {
        match self {
            Scale::Bounded(low, high) => (low < value && value < high).then(|| ln((value - low) / (high - value))),
            Scale::Positive => (value > 0.0).then(|| ln(value)),
            Scale::Open => Some(value),
        }
    }
}

/// The distribution of a KPI.
#[derive(Debug, Clone)]
pub(super) struct Character {
    /// Hash of the id, for streams.
    pub id: u32,
    pub scale: Scale,
    /// Middle of the world, on the scale.
    pub centre: f64,
    /// Standard deviation over the world, on the scale.
    pub spread: f64,
    /// What one unit of capability adds, in spreads; negative where less is better, 0 where neither is. Towards a
    /// target: how fast the distance from it shrinks.
    pub loading: f64,
    /// What a unit of the logarithm of trade adds, on the scale.
    pub size: f64,
    /// Only whole numbers.
    pub is_whole: bool,
    /// Cases a declaration.
    pub volume: f64,
    /// Money or things a case, where the lower part is not cases.
    pub amount: f64,
    /// Standard deviation of cases: over the mean on a positive scale, else in the KPI's unit.
    pub deviation: f64,
}

impl Character {
    /// The character of a KPI under a seed.
    pub(super) fn new(seed: u64, kpi: &Kpi) -> Self {
        let id = hash(&kpi.id);
        let mut chance = stream(seed, Purpose::Character, id, 0);
        let scale = Scale::of(kpi);
        let is_total = is_total(kpi);
        let strength = between(&mut chance, 0.6, 0.8);
        let (centre, spread) = match scale {
            Scale::Bounded(..) => bounded(kpi, &mut chance),
            Scale::Positive => positive(kpi, is_total, &mut chance),
            Scale::Open => open(kpi, &mut chance),
        };
        let target = kpi.score.parameters.get("target").and_then(serde_json::Value::as_f64);
        let few = kpi.rollup.min_denominator < 30;
        let volume = if few { log_between(&mut chance, 5e-5, 2e-3) } else { log_between(&mut chance, 2e-3, 0.2) };
        let deviation = match scale {
            Scale::Bounded(low, high) => 0.2 * (high - low),
            Scale::Positive => between(&mut chance, 0.7, 1.1),
            Scale::Open => spread,
        };
        Character {
            id,
            scale,
            centre: target
                .filter(|_| kpi.direction == Direction::Target)
                .and_then(|t| scale.place(t))
                .unwrap_or(centre),
            spread,
            loading: match kpi.direction {
                Direction::Higher | Direction::Target => strength,
                Direction::Lower => -strength,
                Direction::Context => 0.0,
            },
            size: if is_total { between(&mut chance, 0.6, 0.9) } else { 0.0 },
            is_whole: kpi.unit == Unit::Stage || (kpi.unit == Unit::Count && kpi.kind != KpiKind::Mean),
            volume,
            amount: log_between(&mut chance, 1.0, 5_000.0),
            deviation,
        }
    }
}

/// Whether the value is a total that grows with trade, not a figure a case, a post or a day.
fn is_total(kpi: &Kpi) -> bool {
    let counts = matches!(kpi.measure, Measure::Single(_)) || matches!(kpi.kind, KpiKind::Count | KpiKind::Distinct);
    counts || kpi.unit == Unit::Quantity || (kpi.unit == Unit::Count && kpi.kind == KpiKind::Index)
}

fn between(chance: &mut Chance, low: f64, high: f64) -> f64 {
    low + (high - low) * chance.unit()
}

fn log_between(chance: &mut Chance, low: f64, high: f64) -> f64 {
    exp(between(chance, ln(low), ln(high)))
}

/// Centre and spread of a KPI with two ends, in logits.
fn bounded(kpi: &Kpi, chance: &mut Chance) -> (f64, f64) {
    let share = match kpi.direction {
        Direction::Higher => between(chance, 0.5, 0.85),
        Direction::Lower => between(chance, 0.06, 0.3),
        Direction::Target | Direction::Context => between(chance, 0.15, 0.6),
    };
    // Few stages need a wide spread for all of them to occur.
    let spread = if kpi.unit == Unit::Stage { 1.4 } else { between(chance, 0.6, 0.9) };
    (ln(share / (1.0 - share)), spread)
}

/// Centre and spread of a KPI above 0, as logarithms.
fn positive(kpi: &Kpi, is_total: bool, chance: &mut Chance) -> (f64, f64) {
    let (low, high, spread) = match kpi.unit {
        Unit::Percent => match kpi.direction {
            Direction::Higher => (75.0, 95.0, 0.12),
            Direction::Lower => (1.0, 9.0, 0.45),
            Direction::Target | Direction::Context => (20.0, 100.0, 0.25),
        },
        Unit::Hours => (6.0, 60.0, 0.5),
        Unit::Days => (4.0, 40.0, 0.45),
        Unit::Money if is_total => (1e6, 1e8, 0.6),
        Unit::Money => (1e3, 1e5, 0.6),
        Unit::Count if is_total => (100.0, 3_000.0, 0.6),
        Unit::Count => (4.0, 12.0, 0.25),
        Unit::Quantity => (1e2, 1e4, 0.7),
        Unit::Ratio | Unit::Score | Unit::Points | Unit::Stage => (1.2, 4.0, 0.3),
    };
    (between(chance, ln(low), ln(high)), spread)
}

/// Centre and spread of a KPI without ends, in its unit.
fn open(kpi: &Kpi, chance: &mut Chance) -> (f64, f64) {
    let centre = match kpi.direction {
        Direction::Higher => between(chance, 3.0, 8.0),
        Direction::Lower => between(chance, -3.0, 0.0),
        Direction::Target | Direction::Context => between(chance, -2.0, 5.0),
    };
    (centre, between(chance, 5.0, 10.0))
}
