//! Normalisation: indicators of different units become comparable.
//!
//! All methods begin with x · direction, unless stated, so that more is better afterwards. Statistics (least, largest,
//! mean) are those of a *basis*: all rows, the rows of one year, or the rows of a base year; see [`Basis`].

use crate::dataset::Row;

mod basis;
mod bounded;
mod over_time;
mod scaling;

pub use self::over_time::{Divisor, annual_change, cyclical, reference_year};

/// From which rows the statistics of a normalisation come, in a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Basis {
    /// All years together: scores of years compare, and change when a year is added.
    #[default]
    Pooled,
    /// Each year for itself: scores compare within a year.
    PerYear,
    /// One year: scores compare, also with years to come; values may lie outside of the range.
    Year(i64),
}

/// What a ratio is taken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RatioTo {
    /// The mean.
    Mean,
    /// The best.
    Best,
    /// The worst.
    Worst,
}

/// A normalisation with its parameters.
#[derive(Debug, Clone, PartialEq)]
pub enum Method {
    /// As it is.
    None,
    /// (x - min) / (max - min) · (upper - lower) + lower.
    MinMax {
        /// Lower and upper end.
        range: [f64; 2],
    },
    /// (x - mean) / sd · `sd` + `mean`, with the sample standard deviation.
    ZScore {
        /// Mean afterwards.
        mean: f64,
        /// Standard deviation afterwards.
        sd: f64,
    },
    /// (x - from₀) / (from₁ - from₀) · factor.
    Scaled {
        /// Values that become 0 and `factor`.
        from: [f64; 2],
        /// Value at the upper end.
        factor: f64,
    },
    /// Ascending rank, ties the least: the best has n.
    Rank,
    /// Rank less 1.
    Borda,
    /// (rank - 1) / (n - 1).
    PercentileRank,
    /// x / max; an error where that is negative, as it is whenever less is better.
    FractionOfMax,
    /// 1 - (max - x) / (max - min).
    DistanceToMax,
    /// 1 - (reference - x) / (reference - min); the reference is a unit.
    DistanceToReference {
        /// Code of the unit.
        unit: String,
        /// Nothing above 1.
        cap: bool,
    },
    /// (x - min) / (target - min); the target is in the unit of the indicator, and better than the worst value.
    DistanceToTarget {
        /// Target; `None`: that of the structure.
        target: Option<f64>,
        /// Nothing above 1.
        cap: bool,
    },
    /// (x - lower post) / (upper - lower), held within 0 to 1 if `truncate`, times `scale`.
    Goalposts {
        /// Lower and upper post in the unit of the indicator; `None`: `floor` and `ceiling` of the structure.
        posts: Option<[f64; 2]>,
        /// Value of the upper post.
        scale: f64,
        /// Hold within the posts.
        truncate: bool,
    },
    /// 1 above (1 + p) mean, -1 below (1 - p) mean, 0 between; Handbook table 15.
    AboveBelowMean {
        /// Half width of the neutral band.
        p: f64,
    },
    /// 0, 20, 40, 50, 60, 80, 100 by percentile of 5, 15, 35, 65, 85, 95; Handbook table 15.
    Categorical,
    /// x / mean, best or worst, less 1 if wished; Handbook table 15. An error where that is negative, as it is whenever
    /// less is better: the ratio would not know the direction.
    Ratio {
        /// What the ratio is taken to.
        to: RatioTo,
        /// Less 1.
        minus_one: bool,
    },
    /// 1 inside of [a, b], falling to 0 at `low` and `high`; times `scale`. Directions are ignored.
    TwoSided {
        /// `low`, `a`, `b`, `high` in ascending order.
        points: [f64; 4],
        /// Value inside.
        scale: f64,
    },
    /// (x_t - mean over time) / mean over time of |x_t - mean over time|, unit by unit.
    Cyclical,
    /// (x_t - x_{t-1}) / x_{t-1} or x_t.
    AnnualChange {
        /// What the change is divided by.
        divisor: Divisor,
    },
    /// x_t / x_{t0}.
    ReferenceYear {
        /// t0.
        year: i64,
    },
}

/// What a column is normalised with.
#[derive(Debug, Clone, PartialEq)]
pub struct Normalisation {
    /// Method and parameters.
    pub method: Method,
    /// Lower and upper end that the result is stretched to, whatever the method.
    pub output: Option<[f64; 2]>,
    /// Where statistics come from.
    pub basis: Basis,
}

/// What the structure says of an indicator.
#[derive(Debug, Clone, Copy, Default)]
pub struct Attributes {
    /// 1 or -1.
    pub direction: f64,
    /// Target.
    pub target: Option<f64>,
    /// Goalposts, the lower first.
    pub posts: Option<[f64; 2]>,
}

/// Why a column could not be normalised.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NormaliseError {
    /// All values of the basis are equal, so they say nothing about who is ahead.
    #[error("all values are equal")]
    Constant,
    /// A statistic that is divided by is 0.
    #[error("the {0} is 0")]
    ZeroDivisor(&'static str),
    /// A statistic that is divided by is below 0.
    #[error("the {0} is below 0, so that dividing by it would turn the order round")]
    TurnsRound(&'static str),
    /// Values so large, so small or so far apart that the arithmetic leaves the numbers.
    #[error("results are not finite numbers")]
    NotFinite,
    /// No value at all in the basis.
    #[error("no value")]
    Empty,
    /// A unit that is not in the table, or has no value.
    #[error("the reference unit `{0}` has no value")]
    NoReference(String),
    /// No target or no goalposts.
    #[error("no {0} is given")]
    NotGiven(&'static str),
    /// Points or ends that are not in ascending order, or equal.
    #[error("{0} are not in ascending order")]
    Order(&'static str),
    /// A method over years on a table without years.
    #[error("the table has no years")]
    NoYears,
    /// The base year is not in the table.
    #[error("the year {0} is not in the table")]
    UnknownYear(i64),
}

/// Normalises one column.
///
/// `x` has one value a row, NaN where missing, and so has the result. The bounds that `output` is taken from are those
/// that the method promises, and the observed ones where it promises none.
///
/// # Errors
/// [`NormaliseError`], with the whole column.
pub fn normalise(
    x: &[f64],
    rows: &[Row],
    attributes: Attributes,
    normalisation: &Normalisation,
) -> Result<Vec<f64>, NormaliseError> {
    let mut result = match &normalisation.method {
        Method::Cyclical => cyclical(x, rows)?,
        Method::AnnualChange { divisor } => annual_change(x, rows, *divisor)?,
        Method::ReferenceYear { year } => reference_year(x, rows, *year)?,
        _ => basis::by_basis(x, rows, attributes, normalisation)?,
    };
    let is_time =
        matches!(normalisation.method, Method::Cyclical | Method::AnnualChange { .. } | Method::ReferenceYear { .. });
    if is_time && attributes.direction < 0.0 {
        result.iter_mut().for_each(|value| *value = -*value);
    }
    // What promises bounds was stretched from them already.
    if let (Some(output), None) = (normalisation.output, scaling::bounds(&normalisation.method, rows.len())) {
        scaling::stretch(&mut result, None, output)?;
    }
    // Methods over years leave a year without its like missing; all others have a result for each value.
    let is_lost =
        |(result, value): (&f64, &f64)| result.is_infinite() || (result.is_nan() && !value.is_nan() && !is_time);
    if result.iter().zip(x).any(is_lost) {
        return Err(NormaliseError::NotFinite);
    }
    Ok(result)
}

#[cfg(test)]
mod tests;
