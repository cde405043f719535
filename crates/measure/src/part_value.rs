//! A merged part: what stands in a cell after rows, months or offices were put together.

use mizan_model::expression::parts::PartKind;
use mizan_stats::distinct::DistinctSketch;
use mizan_stats::interval::{Z95, normal_mean, order_statistic_ranks};
use mizan_stats::log_histogram::{LogHistogram, capture_share};
use mizan_stats::minute_histogram::MinuteHistogram;
use mizan_stats::moments::Moments;
use mizan_stats::survival::SurvivalTable;

/// One part's state.
#[derive(Debug, Clone, PartialEq)]
pub enum PartValue {
    /// Number of rows.
    Count(u64),
    /// Exact sum, in units of 10^-scale.
    Sum {
        /// Scaled sum.
        units: i128,
    },
    /// Smallest or largest value, in units of 10^-scale; `None` where no row had one.
    Extreme {
        /// Scaled value.
        units: Option<i128>,
        /// Whether the largest is kept.
        largest: bool,
    },
    /// n, Σx, Σx².
    Moments(Moments),
    /// Durations in minutes.
    Minutes(MinuteHistogram),
    /// Values within 1 %.
    Log(LogHistogram),
    /// Distinct values.
    Distinct(DistinctSketch),
    /// Events and censored cases by minute.
    Survival(SurvivalTable),
}

/// Which end of an interval is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// The estimate itself.
    Value,
    /// Lower end of the 95 % interval.
    Lower,
    /// Upper end.
    Upper,
}

/// A stored part cannot be read or merged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("part cannot be merged: {0}")]
pub struct PartError(pub String);

fn broken(error: impl std::fmt::Display) -> PartError {
    PartError(error.to_string())
}

fn no_bytes() -> PartError {
    broken("a number is not stored as bytes")
}

impl PartValue {
    /// The neutral element of merging: the part of no rows.
    pub fn empty(kind: PartKind) -> Self {
        match kind {
            PartKind::Count => PartValue::Count(0),
            PartKind::Sum => PartValue::Sum { units: 0 },
            PartKind::Min => PartValue::Extreme { units: None, largest: false },
            PartKind::Max => PartValue::Extreme { units: None, largest: true },
            PartKind::Moments => PartValue::Moments(Moments::default()),
            PartKind::HistMinutes => PartValue::Minutes(MinuteHistogram::default()),
            PartKind::HistLog => PartValue::Log(LogHistogram::default()),
            PartKind::Distinct => PartValue::Distinct(DistinctSketch::default()),
            PartKind::Survival => PartValue::Survival(SurvivalTable::default()),
        }
    }

    /// Merges another part of the same kind. Commutative and associative.
    ///
    /// # Errors
    /// The kinds differ, or a sum passes 128 bits.
    pub fn merge(&mut self, other: &PartValue) -> Result<(), PartError> {
        match (self, other) {
            (PartValue::Count(a), PartValue::Count(b)) => *a += b,
            (PartValue::Sum { units: a }, PartValue::Sum { units: b }) => {
                *a = a.checked_add(*b).ok_or_else(|| broken("sum passes 38 digits"))?;
            }
            (PartValue::Extreme { units: a, largest }, PartValue::Extreme { units: b, .. }) => {
                *a = match (*a, *b) {
                    (Some(a), Some(b)) => Some(if *largest { a.max(b) } else { a.min(b) }),
                    (a, b) => a.or(b),
                };
            }
            (PartValue::Moments(a), PartValue::Moments(b)) => a.merge(b).map_err(broken)?,
            (PartValue::Minutes(a), PartValue::Minutes(b)) => a.merge(b),
            (PartValue::Log(a), PartValue::Log(b)) => a.merge(b),
            (PartValue::Distinct(a), PartValue::Distinct(b)) => a.merge(b),
            (PartValue::Survival(a), PartValue::Survival(b)) => a.merge(b),
            _ => return Err(broken("kinds differ")),
        }
        Ok(())
    }

    /// Reads the canonical bytes of a part (sketches and histograms only).
    ///
    /// # Errors
    /// The bytes are not of that kind.
    pub fn decode(kind: PartKind, bytes: &[u8]) -> Result<Self, PartError> {
        Ok(match kind {
            PartKind::Moments => PartValue::Moments(Moments::decode(bytes).map_err(broken)?),
            PartKind::HistMinutes => PartValue::Minutes(MinuteHistogram::decode(bytes).map_err(broken)?),
            PartKind::HistLog => PartValue::Log(LogHistogram::decode(bytes).map_err(broken)?),
            PartKind::Distinct => PartValue::Distinct(DistinctSketch::decode(bytes).map_err(broken)?),
            PartKind::Survival => PartValue::Survival(SurvivalTable::decode(bytes).map_err(broken)?),
            PartKind::Count | PartKind::Sum | PartKind::Min | PartKind::Max => return Err(no_bytes()),
        })
    }

    /// Merges the canonical bytes of a part of the same kind (sketches and histograms only).
    ///
    /// # Errors
    /// The bytes are not of that kind.
    pub fn merge_bytes(&mut self, bytes: &[u8]) -> Result<(), PartError> {
        match self {
            PartValue::Moments(a) => a.merge(&Moments::decode(bytes).map_err(broken)?).map_err(broken)?,
            PartValue::Minutes(a) => a.merge_encoded(bytes).map_err(broken)?,
            PartValue::Log(a) => a.merge(&LogHistogram::decode(bytes).map_err(broken)?),
            PartValue::Distinct(a) => a.merge(&DistinctSketch::decode(bytes).map_err(broken)?),
            PartValue::Survival(a) => a.merge_encoded(bytes).map_err(broken)?,
            PartValue::Count(_) | PartValue::Sum { .. } | PartValue::Extreme { .. } => return Err(no_bytes()),
        }
        Ok(())
    }

    /// The part as a plain number, where it is one: count, sum, extreme. `scale`: see [`PartScale`].
    pub fn number(&self, scale: PartScale) -> Option<f64> {
        match self {
            PartValue::Count(count) => Some(*count as f64),
            PartValue::Sum { units } => Some(scale.value(*units)),
            PartValue::Extreme { units, .. } => units.map(|units| scale.value(units)),
            _ => None,
        }
    }

    /// A statistic of the part, or one end of its 95 % interval.
    ///
    /// Durations are in minutes. `None`: the part does not have it, or has no rows.
    pub fn statistic(&self, function: &str, arguments: &[f64], scale: PartScale, bound: Bound) -> Option<f64> {
        match (function, self, arguments) {
            ("quantile", PartValue::Minutes(h), &[p]) => minutes_quantile(h, p, bound),
            ("quantile", PartValue::Log(h), &[p]) => pick(h.quantile(p), None, bound),
            ("quantile", PartValue::Survival(s), &[p]) => match bound {
                Bound::Value => s.quantile(p),
                Bound::Lower => s.quantile_low(p, Z95),
                Bound::Upper => s.quantile_high(p, Z95),
            },
            ("share_within", PartValue::Minutes(h), &[minutes]) => {
                let share = h.share_within(minutes)?;
                let n = h.count() as f64;
                let interval = mizan_stats::interval::wilson(share * n, n, Z95);
                pick(Some(share), interval, bound)
            }
            ("share_within", PartValue::Survival(s), &[minutes]) => {
                let share = 1.0 - s.survival_at(minutes)?;
                let interval = s.survival_interval(minutes, Z95).map(|(low, high)| (1.0 - high, 1.0 - low));
                pick(Some(share), interval, bound)
            }
            ("mean", PartValue::Moments(m), &[]) => {
                let interval = m.mean().zip(m.standard_error()).map(|(mean, error)| normal_mean(mean, error, Z95));
                pick(m.mean(), interval, bound).map(|mean| scale.scaled(mean))
            }
            ("stddev", PartValue::Moments(m), &[]) => pick(m.variance().map(|v| scale.scaled(v.sqrt())), None, bound),
            ("distinct_count", PartValue::Distinct(s), &[]) => {
                let estimate = s.estimate();
                let margin = Z95 * s.standard_error() * estimate;
                pick(Some(estimate), (!s.is_exact()).then_some((estimate - margin, estimate + margin)), bound)
            }
            _ => None,
        }
    }

    /// Share of hits among the top `p` of all by value.
    pub fn capture_share(all: &PartValue, hits: &PartValue, p: f64) -> Option<f64> {
        match (all, hits) {
            (PartValue::Log(all), PartValue::Log(hits)) => capture_share(all, hits, p),
            _ => None,
        }
    }
}

fn pick(value: Option<f64>, interval: Option<(f64, f64)>, bound: Bound) -> Option<f64> {
    match bound {
        Bound::Value => value,
        Bound::Lower => interval.map(|i| i.0),
        Bound::Upper => interval.map(|i| i.1),
    }
}

/// Quantile of a minute histogram, or the order statistics that bound it (ranks n q ± z √(n q (1 - q))).
fn minutes_quantile(histogram: &MinuteHistogram, p: f64, bound: Bound) -> Option<f64> {
    let n = histogram.count();
    let at_rank = |rank: u64| histogram.quantile(rank as f64 / n as f64);
    match bound {
        Bound::Value => histogram.quantile(p),
        Bound::Lower => at_rank(order_statistic_ranks(n, p, Z95)?.0),
        Bound::Upper => at_rank(order_statistic_ranks(n, p, Z95)?.1),
    }
}

/// What one unit of a part's number stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartScale {
    /// 10^-n.
    Decimal(u8),
    /// Microseconds, shown in minutes.
    Microseconds,
    /// Seconds, shown in minutes.
    Seconds,
}

impl PartScale {
    fn divisor(self) -> f64 {
        match self {
            PartScale::Decimal(digits) => 10_f64.powi(i32::from(digits)),
            PartScale::Microseconds => 60_000_000.0,
            PartScale::Seconds => 60.0,
        }
    }

    /// A scaled whole number as a plain number.
    pub fn value(self, units: i128) -> f64 {
        self.scaled(units as f64)
    }

    /// A number in scaled units as a plain number.
    pub fn scaled(self, units: f64) -> f64 {
        units / self.divisor()
    }
}
