//! Methods with fixed ends: goalposts, targets with two sides, categories.

use super::NormaliseError;

/// (x - lower) / (upper - lower), held within 0 to 1 if wished, times scale.
///
/// `signed` is x · direction; for direction -1 the posts become (-upper, -lower). HDI, life expectancy 83.5 between
/// 20 and 85 (Human Development Report 2015): 0.977.
pub(super) fn goalposts(
    signed: &[f64],
    [lower, upper]: [f64; 2],
    direction: f64,
    scale: f64,
    truncate: bool,
) -> Result<Vec<f64>, NormaliseError> {
    if lower >= upper {
        return Err(NormaliseError::Order("the goalposts"));
    }
    let (from, to) = if direction < 0.0 { (-upper, -lower) } else { (lower, upper) };
    Ok(signed
        .iter()
        .map(|value| {
            let share = (value - from) / (to - from);
            // `clamp` keeps a missing value.
            scale * if truncate { share.clamp(0.0, 1.0) } else { share }
        })
        .collect())
}

/// 1 inside of [a, b], falling to 0 at low and high, times scale.
pub(super) fn two_sided(x: &[f64], points: [f64; 4], scale: f64) -> Result<Vec<f64>, NormaliseError> {
    let [low, a, b, high] = points;
    if !(low < a && a <= b && b < high) {
        return Err(NormaliseError::Order("the points `low`, `a`, `b`, `high`"));
    }
    Ok(x.iter()
        .map(|&value| {
            let share = if value < a {
                (value - low) / (a - low)
            } else if value > b {
                (high - value) / (high - b)
            } else {
                // Inside, or missing.
                1.0 + 0.0 * value
            };
            scale * share.clamp(0.0, 1.0)
        })
        .collect())
}

/// Score of a percentile, Handbook table 15.
pub(super) fn category(percentile: f64) -> f64 {
    if percentile.is_nan() {
        return f64::NAN;
    }
    const CUTS: [f64; 6] = [5.0, 15.0, 35.0, 65.0, 85.0, 95.0];
    const SCORES: [f64; 7] = [0.0, 20.0, 40.0, 50.0, 60.0, 80.0, 100.0];
    SCORES[CUTS.iter().filter(|&&cut| percentile >= cut).count()]
}
