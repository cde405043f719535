//! Observations of the true values: cases, parts, sampling error, intervals, coverage and status.

use mizan_model::framework::Framework;
use mizan_model::kpi::{IntervalMethod, Kpi, KpiKind, Measure, Unit};
use mizan_model::observation::{EngineStatus, Observation};

use super::character::{Character, Scale};
use super::course::{TrueValue, course};
use super::gaps::{Gap, Gaps};
use super::nation::Nation;
use super::{Nations, Purpose, stream};
use crate::chance::{Chance, exp, ln};

/// Two-sided 95 % point of the normal distribution.
const Z95: f64 = 1.959_963_984_540_054;
/// Successes or failures above which a binomial draw is rounded from a normal one.
const MANY: f64 = 60.0;
/// Standard error of a quantile's logarithm, over that of the mean.
const QUANTILE_ERROR: f64 = 1.6;
/// Share of records lost where capability is middling, and how much its logarithm scatters.
const LOST: (f64, f64) = (0.015, 0.7);

/// The figures of a cell before it is looked at for gaps.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Figures {
    value: Option<f64>,
    numerator: Option<f64>,
    denominator: Option<f64>,
    n: u64,
    /// Least cases on both sides of a comparison.
    cases: u64,
    interval: Option<(f64, f64)>,
}

/// Adds the observations of a KPI in an administration, one a year.
pub(super) fn observe(
    world: &Nations,
    framework: &Framework,
    (kpi, character): (&Kpi, &Character),
    nation: &Nation,
    gaps: &Gaps,
    into: &mut Vec<Observation>,
) {
    let mut chance = stream(world.seed, Purpose::Sample, character.id, nation.index);
    let volume = character.volume * chance.log_normal(1.0, 0.3);
    let mut level = (nation.declarations[0] * volume).round().max(1.0);
    let lacks = gaps.of(character, nation);
    let run = format!("world-{:016x}", world.seed);
    let course = course(world, framework, (kpi, character), nation, gaps);
    for (year, (truth, lack)) in course.iter().zip(lacks).enumerate() {
        let n = (nation.declarations[year] * volume).round() as u64;
        let figures = figures(kpi, character, truth, n, &mut level, &mut chance);
        let lost = LOST.0 * exp(LOST.1 * chance.normal() - 0.5 * truth.capability);
        let is_entered = matches!(kpi.measure, Measure::Entered);
        let coverage = (!is_entered).then_some((1.0 - lost).max(0.5));
        let status = match lack {
            Some(Gap::Missing) => EngineStatus::NotComputable,
            _ if is_entered => EngineStatus::Reported,
            _ if figures.value.is_none() => EngineStatus::Undefined,
            _ if figures.cases < kpi.rollup.min_denominator => EngineStatus::TooFew,
            _ if coverage.is_some_and(|coverage| coverage < kpi.rollup.min_coverage) => EngineStatus::LowCoverage,
            Some(Gap::NotClosed) => EngineStatus::NotClosed,
            None => EngineStatus::Ok,
        };
        let figures = if status == EngineStatus::NotComputable { Figures::default() } else { figures };
        let is_shown = status != EngineStatus::TooFew;
        into.push(Observation {
            kpi: kpi.id.as_str().into(),
            area: nation.code.as_str().into(),
            period: world.period(year).into(),
            breakdown: Vec::new(),
            value: figures.value.filter(|_| is_shown),
            numerator: figures.numerator,
            denominator: figures.denominator,
            n: figures.n,
            lower: figures.interval.filter(|_| is_shown).map(|(lower, _)| lower),
            upper: figures.interval.filter(|_| is_shown).map(|(_, upper)| upper),
            unit: kpi.unit.as_str().into(),
            coverage: coverage.filter(|_| status != EngineStatus::NotComputable),
            status,
            definition: gaps.version(kpi, year).into(),
            run: run.as_str().into(),
        });
    }
}

/// The figures of a cell of `n` cases, with the parts that the KPI's kind has. `level` is the count that a variation
/// starts from, and becomes the one that it leads to.
fn figures(
    kpi: &Kpi,
    character: &Character,
    truth: &TrueValue,
    n: u64,
    level: &mut f64,
    chance: &mut Chance,
) -> Figures {
    let plain = Figures { value: Some(truth.value), n, cases: n, ..Figures::default() };
    match &kpi.measure {
        Measure::Entered => Figures { n: 0, ..plain },
        Measure::Change { .. } => {
            let before = std::mem::replace(level, (*level * (1.0 + truth.value / 100.0)).round());
            let value = (before > 0.0).then(|| 100.0 * (*level - before) / before);
            let (n, cases) = (*level as u64, level.min(before) as u64);
            Figures { value, numerator: Some(*level), denominator: Some(before), n, cases, interval: None }
        }
        Measure::Single(_) => {
            // What is counted are the cases themselves.
            let n = if kpi.unit == Unit::Count { truth.value as u64 } else { n.max(1) };
            Figures { numerator: Some(truth.value), n, cases: n, ..plain }
        }
        Measure::Quotient { .. } if n == 0 => {
            Figures { numerator: Some(0.0), denominator: Some(0.0), ..Figures::default() }
        }
        Measure::Quotient { .. } => quotient(kpi, character, truth.value, n, chance),
        Measure::Parts { .. } | Measure::Kpis { .. } => {
            let (value, interval) = measured(kpi, character, truth.value, n, chance);
            Figures { value: (n > 0 || !needs_cases(kpi)).then_some(value), interval, ..plain }
        }
    }
}

/// Whether a figure over parts is undefined without cases.
fn needs_cases(kpi: &Kpi) -> bool {
    kpi.uncertainty.when_full_count != IntervalMethod::None || kpi.rollup.min_denominator > 0
}

/// Factor from a quotient to the KPI's unit.
fn unit_factor(kpi: &Kpi) -> f64 {
    let is_share = matches!(kpi.kind, KpiKind::Ratio | KpiKind::Share);
    if is_share && kpi.unit == Unit::Percent { 100.0 } else { 1.0 }
}

/// A quotient of `n` cases: successes among them where the interval is Wilson's; else a sum over cases or money.
fn quotient(kpi: &Kpi, character: &Character, truth: f64, n: u64, chance: &mut Chance) -> Figures {
    let factor = unit_factor(kpi);
    let figures = |numerator: f64, denominator: f64, value: f64, interval| Figures {
        value: Some(value),
        numerator: Some(numerator),
        denominator: Some(denominator),
        n,
        cases: n,
        interval,
    };
    if kpi.uncertainty.when_full_count == IntervalMethod::Wilson95 {
        let hits = binomial(n, (truth / factor).clamp(0.0, 1.0), chance) as f64;
        let (lower, upper) = wilson(hits, n as f64);
        let interval = Some((lower * factor, upper * factor));
        return figures(hits, n as f64, factor * hits / n as f64, interval);
    }
    let (value, interval) = measured(kpi, character, truth, n, chance);
    let denominator = if kpi.kind == KpiKind::Mean { n as f64 } else { (n as f64 * character.amount).round() };
    let numerator = value / factor * denominator;
    // Sums of things and of money are whole; those of hours and scores are not.
    match kpi.unit {
        Unit::Percent | Unit::Money | Unit::Count | Unit::Ratio if interval.is_none() => {
            let whole = numerator.round();
            figures(whole, denominator, factor * whole / denominator, interval)
        }
        _ => figures(numerator, denominator, value, interval),
    }
}

/// A value measured on `n` cases, with its interval where the KPI has one.
fn measured(kpi: &Kpi, character: &Character, truth: f64, n: u64, chance: &mut Chance) -> (f64, Option<(f64, f64)>) {
    let method = kpi.uncertainty.when_full_count;
    if method == IntervalMethod::None || n == 0 {
        return (truth, None);
    }
    let is_quantile = matches!(method, IntervalMethod::Order95 | IntervalMethod::Greenwood95);
    let error = character.deviation / (n as f64).sqrt() * if is_quantile { QUANTILE_ERROR } else { 1.0 };
    let draw = chance.normal();
    match character.scale {
        Scale::Positive if is_quantile => {
            let value = truth * exp(error * draw);
            (value, Some((value * exp(-Z95 * error), value * exp(Z95 * error))))
        }
        Scale::Positive => {
            let value = (truth * (1.0 + error * draw)).max(0.05 * truth);
            (value, Some(((value * (1.0 - Z95 * error)).max(0.0), value * (1.0 + Z95 * error))))
        }
        Scale::Bounded(low, high) => {
            let value = (truth + error * draw).clamp(low, high);
            (value, Some(((value - Z95 * error).max(low), (value + Z95 * error).min(high))))
        }
        Scale::Open => {
            let value = truth + error * draw;
            (value, Some((value - Z95 * error, value + Z95 * error)))
        }
    }
}

/// Successes among `n` cases. Exact by the gaps between successes where they or failures are few, else the nearest whole
/// number to a normal draw.
fn binomial(n: u64, p: f64, chance: &mut Chance) -> u64 {
    if p > 0.5 {
        return n - binomial(n, 1.0 - p, chance);
    }
    if p < 1e-12 {
        return 0;
    }
    let mean = n as f64 * p;
    if mean > MANY {
        return (mean + (mean * (1.0 - p)).sqrt() * chance.normal()).round().clamp(0.0, n as f64) as u64;
    }
    let (mut at, mut hits) = (0.0, 0);
    loop {
        at += (ln(chance.unit()) / ln(1.0 - p)).floor() + 1.0;
        if at > n as f64 {
            return hits;
        }
        hits += 1;
    }
}

/// Wilson's score interval of a proportion, 95 %: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n); method 3 of
/// Newcombe, Statistics in Medicine 17 (1998).
fn wilson(successes: f64, n: f64) -> (f64, f64) {
    let (p, square) = (successes / n, Z95 * Z95 / n);
    let centre = p + square / 2.0;
    let half = Z95 * (p * (1.0 - p) / n + square / (4.0 * n)).sqrt();
    // At the ends the formula gives 0 and 1 but for the last bits.
    let lower = if successes == 0.0 { 0.0 } else { ((centre - half) / (1.0 + square)).max(0.0) };
    let upper = if successes == n { 1.0 } else { ((centre + half) / (1.0 + square)).min(1.0) };
    (lower, upper)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_gives_the_numbers_of_newcombe_1998() {
        for (successes, n, expect) in
            [(81.0, 263.0, (0.2553, 0.3662)), (15.0, 148.0, (0.0624, 0.1605)), (0.0, 20.0, (0.0, 0.1611))]
        {
            let (lower, upper) = wilson(successes, n);
            assert!((lower - expect.0).abs() < 5e-5 && (upper - expect.1).abs() < 5e-5, "{successes}/{n}");
        }
    }

    #[test]
    fn binomial_draws_have_their_mean_and_variance() {
        let mut chance = stream(7, Purpose::Sample, 0, 0);
        for (n, p) in [(40, 0.1), (40, 0.9), (2_000, 0.02), (5_000, 0.3), (10, 0.0), (10, 1.0)] {
            let draws: Vec<f64> = (0..20_000).map(|_| binomial(n, p, &mut chance) as f64).collect();
            let mean = draws.iter().sum::<f64>() / 2e4;
            let variance = draws.iter().map(|draw| (draw - mean) * (draw - mean)).sum::<f64>() / 2e4;
            let (expect, spread) = (n as f64 * p, n as f64 * p * (1.0 - p));
            assert!((mean - expect).abs() <= 4.0 * (spread / 2e4).sqrt(), "{n} {p}: mean {mean}");
            assert!((variance - spread).abs() <= 0.05 * spread, "{n} {p}: variance {variance}");
        }
    }
}
