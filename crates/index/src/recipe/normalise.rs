//! Parameters of normalisation.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::normalise::{Basis, Divisor, Method, Normalisation, RatioTo};

/// Name of a method, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum NormaliseMethod {
    /// As it is.
    None,
    /// Min-max.
    #[default]
    Minmax,
    /// Z-score.
    Zscore,
    /// Linear from given ends.
    Scaled,
    /// Rank.
    Rank,
    /// Rank less 1.
    Borda,
    /// Percentile rank.
    Prank,
    /// Share of the largest.
    Fracmax,
    /// Distance to the best.
    Dist2max,
    /// Distance to a unit.
    Dist2ref,
    /// Distance to a target.
    Dist2targ,
    /// Between goalposts.
    Goalposts,
    /// Above or below the mean.
    AboveBelowMean,
    /// Categories by percentile.
    Categorical,
    /// Ratio to mean, best or worst.
    Ratio,
    /// Target with two sides.
    TwoSided,
    /// Cyclical indicators.
    Cyclical,
    /// Change against the year before.
    AnnualChange,
    /// Ratio to a year.
    ReferenceYear,
}

/// `panel`: a word, or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "expected `\"pooled\"`, `\"per-year\"` or a year")]
enum PanelBasis {
    Word(PanelWord),
    Year(i64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum PanelWord {
    Pooled,
    PerYear,
}

/// `normalise`. A parameter that the method does not have is an error.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct NormaliseStep {
    /// Method.
    pub method: NormaliseMethod,
    range: Option<[f64; 2]>,
    mean: Option<f64>,
    sd: Option<f64>,
    from: Option<[f64; 2]>,
    factor: Option<f64>,
    unit: Option<String>,
    target: Option<f64>,
    cap: Option<bool>,
    posts: Option<[f64; 2]>,
    scale: Option<f64>,
    truncate: Option<bool>,
    p: Option<f64>,
    to: Option<ToWord>,
    minus_one: Option<bool>,
    points: Option<[f64; 4]>,
    divisor: Option<DivisorWord>,
    year: Option<i64>,
    /// Range that the result is stretched to.
    pub output: Option<[f64; 2]>,
    panel: Option<PanelBasis>,
    /// Parameters of single indicators; a method given there replaces the whole, else what is not given is as here.
    pub indicator: BTreeMap<String, toml::Table>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ToWord {
    Mean,
    Best,
    Worst,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum DivisorWord {
    Previous,
    Current,
}

impl NormaliseStep {
    /// Parameters that a method has.
    fn own(&self) -> &'static [&'static str] {
        use NormaliseMethod as M;
        match self.method {
            M::Minmax => &["range"],
            M::Zscore => &["mean", "sd"],
            M::Scaled => &["from", "factor"],
            M::Dist2ref => &["unit", "cap"],
            M::Dist2targ => &["target", "cap"],
            M::Goalposts => &["posts", "scale", "truncate"],
            M::AboveBelowMean => &["p"],
            M::Ratio => &["to", "minus_one"],
            M::TwoSided => &["points", "scale"],
            M::AnnualChange => &["divisor"],
            M::ReferenceYear => &["year"],
            M::None | M::Rank | M::Borda | M::Prank | M::Fracmax | M::Dist2max | M::Categorical | M::Cyclical => &[],
        }
    }

    pub(super) fn check(&self) -> Result<(), String> {
        let given = [
            ("range", self.range.is_some()),
            ("mean", self.mean.is_some()),
            ("sd", self.sd.is_some()),
            ("from", self.from.is_some()),
            ("factor", self.factor.is_some()),
            ("unit", self.unit.is_some()),
            ("target", self.target.is_some()),
            ("cap", self.cap.is_some()),
            ("posts", self.posts.is_some()),
            ("scale", self.scale.is_some()),
            ("truncate", self.truncate.is_some()),
            ("p", self.p.is_some()),
            ("to", self.to.is_some()),
            ("minus_one", self.minus_one.is_some()),
            ("points", self.points.is_some()),
            ("divisor", self.divisor.is_some()),
            ("year", self.year.is_some()),
        ];
        if let Some((name, _)) = given.iter().find(|(name, is_given)| *is_given && !self.own().contains(name)) {
            return Err(format!("`{name}` has no effect with this method"));
        }
        for (name, range) in [("range", self.range), ("output", self.output)] {
            if range.is_some_and(|ends| !super::is_ascending(ends)) {
                return Err(format!("`{name}` must be two ascending numbers"));
            }
        }
        if self.sd.is_some_and(|sd| sd <= 0.0 || sd.is_nan()) {
            return Err("`sd` must be above 0".into());
        }
        for code in self.indicator.keys() {
            self.of(code).and_then(|own| own.check()).map_err(|message| format!("`{code}`: {message}"))?;
        }
        self.normalisation().map(|_| ())
    }

    /// The parameters of one indicator. A method given in its own table replaces the whole step (but for the years that
    /// statistics come from and the range that results are stretched to); else what its table does not say is as here.
    ///
    /// # Errors
    /// An unknown parameter, or a value that cannot be meant.
    pub fn of(&self, code: &str) -> Result<NormaliseStep, String> {
        let Some(own) = self.indicator.get(code) else { return Ok(self.clone()) };
        let whole = if own.contains_key("method") {
            NormaliseStep { panel: self.panel, output: self.output, ..NormaliseStep::default() }
        } else {
            NormaliseStep { indicator: BTreeMap::new(), ..self.clone() }
        };
        super::merged(&whole, own)
    }

    /// Whether statistics come from each year for itself.
    pub fn is_per_year(&self) -> bool {
        self.panel == Some(PanelBasis::Word(PanelWord::PerYear))
    }

    /// The same with statistics of one year.
    #[must_use]
    pub fn with_basis_year(&self, year: i64) -> NormaliseStep {
        NormaliseStep { panel: Some(PanelBasis::Year(year)), ..self.clone() }
    }

    /// What it asks for.
    ///
    /// # Errors
    /// A parameter without which the method means nothing.
    pub fn normalisation(&self) -> Result<Normalisation, String> {
        use NormaliseMethod as M;
        let needed = |name: &str| format!("the method needs `{name}`");
        let method = match self.method {
            M::None => Method::None,
            M::Minmax => Method::MinMax { range: self.range.unwrap_or([0.0, 100.0]) },
            M::Zscore => Method::ZScore { mean: self.mean.unwrap_or(0.0), sd: self.sd.unwrap_or(1.0) },
            M::Scaled => {
                Method::Scaled { from: self.from.unwrap_or([0.0, 100.0]), factor: self.factor.unwrap_or(100.0) }
            }
            M::Rank => Method::Rank,
            M::Borda => Method::Borda,
            M::Prank => Method::PercentileRank,
            M::Fracmax => Method::FractionOfMax,
            M::Dist2max => Method::DistanceToMax,
            M::Dist2ref => Method::DistanceToReference {
                unit: self.unit.clone().ok_or_else(|| needed("unit"))?,
                cap: self.cap.unwrap_or(false),
            },
            M::Dist2targ => Method::DistanceToTarget { target: self.target, cap: self.cap.unwrap_or(false) },
            M::Goalposts => Method::Goalposts {
                posts: self.posts,
                scale: self.scale.unwrap_or(1.0),
                truncate: self.truncate.unwrap_or(true),
            },
            M::AboveBelowMean => Method::AboveBelowMean { p: self.p.unwrap_or(0.2) },
            M::Categorical => Method::Categorical,
            M::Ratio => Method::Ratio {
                to: match self.to {
                    None | Some(ToWord::Mean) => RatioTo::Mean,
                    Some(ToWord::Best) => RatioTo::Best,
                    Some(ToWord::Worst) => RatioTo::Worst,
                },
                minus_one: self.minus_one.unwrap_or(false),
            },
            M::TwoSided => Method::TwoSided {
                points: self.points.ok_or_else(|| needed("points"))?,
                scale: self.scale.unwrap_or(1.0),
            },
            M::Cyclical => Method::Cyclical,
            M::AnnualChange => Method::AnnualChange {
                divisor: match self.divisor {
                    None | Some(DivisorWord::Previous) => Divisor::Previous,
                    Some(DivisorWord::Current) => Divisor::Current,
                },
            },
            M::ReferenceYear => Method::ReferenceYear { year: self.year.ok_or_else(|| needed("year"))? },
        };
        let basis = match self.panel {
            None | Some(PanelBasis::Word(PanelWord::Pooled)) => Basis::Pooled,
            Some(PanelBasis::Word(PanelWord::PerYear)) => Basis::PerYear,
            Some(PanelBasis::Year(year)) => Basis::Year(year),
        };
        Ok(Normalisation { method, output: self.output, basis })
    }
}
