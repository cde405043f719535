//! Bands A to D by criteria, as in TADAT and PEFA: all parts of a criterion must hold.

use serde::{Deserialize, Serialize};

use super::{Case, Scored};

/// A band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Band {
    /// Lowest.
    D,
    /// Second.
    C,
    /// Third.
    B,
    /// Highest.
    A,
}

/// How criteria become one grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Combine {
    /// The lowest, with `+` if any other is higher (PEFA and TADAT, method M1).
    #[default]
    Weakest,
    /// By a table of averages (method M2).
    AverageTable,
}

/// A criterion: what a value must reach for each band.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// `value` or the name of a further statistic of the KPI.
    #[serde(default = "super::value")]
    pub of: String,
    /// What A asks for.
    #[serde(rename = "A")]
    pub a: f64,
    /// What B asks for.
    #[serde(rename = "B")]
    pub b: f64,
    /// What C asks for.
    #[serde(rename = "C")]
    pub c: f64,
}

impl Criterion {
    /// Band of a value. More is better where A asks for more than C.
    pub fn band(&self, value: f64) -> Band {
        let reaches = |at: f64| if self.a >= self.c { value >= at } else { value <= at };
        match () {
            () if reaches(self.a) => Band::A,
            () if reaches(self.b) => Band::B,
            () if reaches(self.c) => Band::C,
            () => Band::D,
        }
    }
}

/// One grade of several bands, such as `B+`. `None` of none.
///
/// `average-table`: the published table of two dimensions is DD D, DC D+, DB C, DA C+, CC C, CB C+, CA B, BB B, BA B+,
/// AA A: the mean of the bands (D 1 to A 4), a half as `+`. For more than two dimensions the mean is rounded to the
/// nearest half, a quarter upwards; this was not verified against a published table.
pub fn combine(combine: Combine, bands: &[Band]) -> Option<String> {
    let lowest = *bands.iter().min()?;
    match combine {
        Combine::Weakest => {
            let plus = if bands.iter().any(|band| *band > lowest) { "+" } else { "" };
            Some(format!("{lowest:?}{plus}"))
        }
        Combine::AverageTable => {
            let sum: usize = bands.iter().map(|band| *band as usize + 1).sum();
            // Twice the mean, rounded.
            let halves = (2.0 * sum as f64 / bands.len() as f64 + 0.5).floor() as usize;
            let band = [Band::D, Band::C, Band::B, Band::A][(halves / 2).clamp(1, 4) - 1];
            Some(format!("{band:?}{}", if halves % 2 == 1 { "+" } else { "" }))
        }
    }
}

pub(super) fn score(how: Combine, criteria: &[Criterion], case: &Case) -> Scored {
    let bands: Option<Vec<Band>> =
        criteria.iter().map(|criterion| case.of(&criterion.of).map(|value| criterion.band(value))).collect();
    match bands.and_then(|bands| combine(how, &bands)) {
        Some(grade) => Scored { score: None, grade: Some(grade), reference: None, n: criteria.len(), missing: None },
        None => Scored::missing("no_statistic", criteria.len()),
    }
}
