//! Methods that look at one column at a time.

use super::{Attributes, Method, NormaliseError, RatioTo, bounded};
use crate::dataset::Row;

/// Least, largest, mean, sample standard deviation and number of the observed values of a basis.
struct Statistics {
    min: f64,
    max: f64,
    mean: f64,
    sd: f64,
    n: usize,
}

fn statistics(x: &[f64], basis: &[usize]) -> Result<Statistics, NormaliseError> {
    let observed = || basis.iter().map(|&row| x[row]).filter(|value| !value.is_nan());
    let n = observed().count();
    if n == 0 {
        return Err(NormaliseError::Empty);
    }
    let mean = observed().sum::<f64>() / n as f64;
    let squares: f64 = observed().map(|value| (value - mean).powi(2)).sum();
    let sd = if n > 1 { (squares / (n - 1) as f64).sqrt() } else { 0.0 };
    let (min, max) =
        observed().fold((f64::INFINITY, f64::NEG_INFINITY), |(min, max), value| (value.min(min), value.max(max)));
    Ok(Statistics { min, max, mean, sd, n })
}

impl Statistics {
    fn varied(self) -> Result<Statistics, NormaliseError> {
        if self.max > self.min { Ok(self) } else { Err(NormaliseError::Constant) }
    }
}

/// Applies a method; statistics are those of the rows `basis`.
pub(super) fn scale(
    x: &[f64],
    basis: &[usize],
    rows: &[Row],
    attributes: Attributes,
    method: &Method,
) -> Result<Vec<f64>, NormaliseError> {
    let direction = attributes.direction;
    let signed: Vec<f64> = x.iter().map(|value| value * direction).collect();
    let each = |of: &dyn Fn(f64) -> f64| signed.iter().map(|&value| of(value)).collect::<Vec<f64>>();
    // What is divided by an infinite number is 0, and looks like a result.
    let zero = |value: f64, name: &'static str| match value {
        0.0 => Err(NormaliseError::ZeroDivisor(name)),
        _ if value.is_infinite() => Err(NormaliseError::NotFinite),
        _ => Ok(value),
    };
    // Divided by a number below 0, the worst comes out as the best.
    let positive = |value: f64, name: &'static str| match zero(value, name)? {
        value if value < 0.0 => Err(NormaliseError::TurnsRound(name)),
        value => Ok(value),
    };
    Ok(match method {
        Method::None => signed,
        Method::MinMax { range: [lower, upper] } => {
            let of = statistics(&signed, basis)?.varied()?;
            each(&|value| (value - of.min) / (of.max - of.min) * (upper - lower) + lower)
        }
        Method::ZScore { mean, sd } => {
            let of = statistics(&signed, basis)?.varied()?;
            let own = zero(of.sd, "standard deviation")?;
            each(&|value| (value - of.mean) / own * sd + mean)
        }
        Method::Scaled { from: [from, to], factor } => {
            if from == to {
                return Err(NormaliseError::Order("the ends `from`"));
            }
            each(&|value| (value - from) / (to - from) * factor)
        }
        Method::Rank | Method::Borda | Method::PercentileRank => {
            let n = statistics(&signed, basis)?.varied()?.n as f64;
            let ranks = ascending_ranks(&signed, basis);
            match method {
                Method::Rank => ranks,
                Method::Borda => ranks.iter().map(|rank| rank - 1.0).collect(),
                _ => ranks.iter().map(|rank| (rank - 1.0) / (n - 1.0)).collect(),
            }
        }
        Method::FractionOfMax => {
            let max = positive(statistics(&signed, basis)?.max, "largest value")?;
            each(&|value| value / max)
        }
        Method::DistanceToMax => {
            let of = statistics(&signed, basis)?.varied()?;
            each(&|value| 1.0 - (of.max - value) / (of.max - of.min))
        }
        Method::DistanceToReference { unit, cap } => {
            let of = statistics(&signed, basis)?;
            let reference = basis.iter().find(|&&row| rows[row].unit == *unit && !signed[row].is_nan());
            let reference = signed[*reference.ok_or_else(|| NormaliseError::NoReference(unit.clone()))?];
            let length = positive(reference - of.min, "distance of the reference to the worst")?;
            capped(each(&|value| 1.0 - (reference - value) / length), *cap)
        }
        Method::DistanceToTarget { target, cap } => {
            let target = target.or(attributes.target).ok_or(NormaliseError::NotGiven("target"))? * direction;
            let of = statistics(&signed, basis)?;
            let length = positive(target - of.min, "distance of the target to the worst")?;
            capped(each(&|value| (value - of.min) / length), *cap)
        }
        Method::Goalposts { posts, scale, truncate } => {
            let posts = posts.or(attributes.posts).ok_or(NormaliseError::NotGiven("goalposts"))?;
            bounded::goalposts(&signed, posts, direction, *scale, *truncate)?
        }
        Method::AboveBelowMean { p } => {
            // Around a mean that is negative "above" would turn round; the Handbook's table has positive values.
            let of = statistics(&signed, basis)?;
            let mean = zero(of.mean, "mean")?.abs();
            let centre = of.mean;
            each(&|value| match (value - centre) / mean {
                w if w.is_nan() => f64::NAN,
                w if w > *p => 1.0,
                w if w < -p => -1.0,
                _ => 0.0,
            })
        }
        Method::Categorical => {
            let n = statistics(&signed, basis)?.varied()?.n as f64;
            ascending_ranks(&signed, basis).iter().map(|rank| bounded::category(100.0 * rank / n)).collect()
        }
        Method::Ratio { to, minus_one } => {
            let of = statistics(&signed, basis)?;
            let (divisor, name) = match to {
                RatioTo::Mean => (of.mean, "mean"),
                RatioTo::Best => (of.max, "best value"),
                RatioTo::Worst => (of.min, "worst value"),
            };
            let divisor = positive(divisor, name)?;
            let less = if *minus_one { 1.0 } else { 0.0 };
            each(&|value| value / divisor - less)
        }
        Method::TwoSided { points, scale } => bounded::two_sided(x, *points, *scale)?,
        Method::Cyclical | Method::AnnualChange { .. } | Method::ReferenceYear { .. } => {
            unreachable!("methods over years are not scaled by column")
        }
    })
}

fn capped(values: Vec<f64>, cap: bool) -> Vec<f64> {
    // `min` would turn a missing value into 1.
    values.into_iter().map(|value| if cap && value > 1.0 { 1.0 } else { value }).collect()
}

/// Rank from 1 among the basis, ties the least: one more than the number of values below.
fn ascending_ranks(x: &[f64], basis: &[usize]) -> Vec<f64> {
    let mut sorted: Vec<f64> = basis.iter().map(|&row| x[row]).filter(|value| !value.is_nan()).collect();
    sorted.sort_by(f64::total_cmp);
    x.iter()
        .map(|value| match value.is_nan() {
            true => f64::NAN,
            false => sorted.partition_point(|other| other < value) as f64 + 1.0,
        })
        .collect()
}

/// Bounds that a method promises for n observed values.
pub(super) fn bounds(method: &Method, n: usize) -> Option<[f64; 2]> {
    match method {
        Method::MinMax { range } => Some(*range),
        Method::PercentileRank | Method::DistanceToMax => Some([0.0, 1.0]),
        Method::Rank => Some([1.0, n as f64]),
        Method::Borda => Some([0.0, n as f64 - 1.0]),
        Method::DistanceToReference { cap: true, .. } | Method::DistanceToTarget { cap: true, .. } => Some([0.0, 1.0]),
        Method::Goalposts { scale, truncate: true, .. } | Method::TwoSided { scale, .. } => Some([0.0, *scale]),
        Method::AboveBelowMean { .. } => Some([-1.0, 1.0]),
        Method::Categorical => Some([0.0, 100.0]),
        _ => None,
    }
}

/// Stretches values from their bounds to `output`.
pub(super) fn stretch(values: &mut [f64], bounds: Option<[f64; 2]>, output: [f64; 2]) -> Result<(), NormaliseError> {
    let all: Vec<usize> = (0..values.len()).collect();
    let [low, high] = match bounds {
        Some(bounds) => bounds,
        None => {
            let of = statistics(values, &all)?.varied()?;
            [of.min, of.max]
        }
    };
    let [lower, upper] = output;
    values.iter_mut().for_each(|value| *value = lower + (*value - low) / (high - low) * (upper - lower));
    Ok(())
}
