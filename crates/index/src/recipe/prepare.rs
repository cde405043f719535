//! Parameters of data preparation.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// `denominate`: y = x / (d / scale).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DenominateStep {
    /// What a denominator is divided by first.
    pub scale: f64,
    /// Denominator of an indicator, instead of that of the structure; `""`: none.
    pub denominator: BTreeMap<String, String>,
    /// Scale of an indicator, instead of `scale`.
    pub scales: BTreeMap<String, f64>,
}

impl Default for DenominateStep {
    fn default() -> Self {
        DenominateStep { scale: 1.0, denominator: BTreeMap::new(), scales: BTreeMap::new() }
    }
}

impl DenominateStep {
    pub(super) fn check(&self) -> Result<(), String> {
        let wrong = |scale: &f64| *scale <= 0.0 || !scale.is_finite();
        if wrong(&self.scale) || self.scales.values().any(wrong) {
            return Err("`scale` must be a number above 0".into());
        }
        Ok(())
    }
}

/// How missing cells are filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum ImputeMethod {
    /// Not at all.
    None,
    /// Mean of the column, or of the unit's group.
    #[default]
    Mean,
    /// Median of the column, or of the unit's group.
    Median,
    /// Mean along the row after scaling.
    RowMean,
    /// Median along the row after scaling.
    RowMedian,
    /// Most recent earlier year.
    Latest,
    /// Last value carried forward, ends held flat.
    Constant,
    /// Interpolation over the years, ends held flat.
    Linear,
    /// Linear, constant where a series has one value.
    LinearConstant,
    /// Least squares on the most correlated indicators.
    Regression,
    /// Multivariate normal, by expectation and maximisation.
    Em,
    /// Several stochastic regressions, run through the whole chain.
    Multiple,
}

/// `impute`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ImputeStep {
    /// Method.
    pub method: ImputeMethod,
    /// `mean`, `median`: column of groups.
    pub group: Option<String>,
    /// `row-mean`, `row-median`: only over indicators with the same ancestor at this level.
    pub level: Option<u32>,
    /// `latest`: at most so many years of the table back.
    pub max_time: Option<u32>,
    /// `latest`: at most so many calendar years back.
    pub max_age: Option<u32>,
    /// `regression`, `multiple`: number of predictors.
    pub predictors: usize,
    /// `regression`: add a drawn residual.
    pub stochastic: bool,
    /// `multiple`: number of imputations.
    pub imputations: usize,
    /// Seed of drawn residuals.
    pub seed: u64,
}

impl Default for ImputeStep {
    fn default() -> Self {
        ImputeStep {
            method: ImputeMethod::default(),
            group: None,
            level: None,
            max_time: None,
            max_age: None,
            predictors: 3,
            stochastic: false,
            imputations: 20,
            seed: 1,
        }
    }
}

impl ImputeStep {
    /// Whether a parameter has an effect with the method.
    pub(super) fn uses(&self, parameter: &str) -> bool {
        use ImputeMethod as M;
        match parameter {
            "group" => matches!(self.method, M::Mean | M::Median),
            "level" => matches!(self.method, M::RowMean | M::RowMedian | M::Regression | M::Multiple),
            "max_time" | "max_age" => self.method == M::Latest,
            "predictors" => matches!(self.method, M::Regression | M::Multiple),
            "stochastic" => self.method == M::Regression,
            "imputations" => self.method == M::Multiple,
            "seed" => self.method == M::Multiple || (self.method == M::Regression && self.stochastic),
            _ => true,
        }
    }

    pub(super) fn check(&self) -> Result<(), String> {
        if self.level.is_some_and(|level| level < 2) {
            return Err("`level` must be that of an aggregate, from 2 up".into());
        }
        if self.predictors == 0 {
            return Err("`predictors` must be at least 1".into());
        }
        if self.imputations < 2 {
            return Err("`imputations` must be at least 2".into());
        }
        Ok(())
    }
}

/// What units are screened by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum ScreenBy {
    /// Share of values that are there.
    #[default]
    Missing,
    /// Share of values that are not 0.
    Zeros,
    /// Both.
    Both,
}

/// `screen`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ScreenStep {
    /// By what.
    pub by: ScreenBy,
    /// Least share of values that are there.
    pub min_available: f64,
    /// Least share of present values that are not 0.
    pub min_nonzero: f64,
    /// Ask it of the indicators below each element of this level, not of all indicators together.
    pub level: Option<u32>,
    /// Units that stay whatever they have, with the reason.
    pub keep: BTreeMap<String, String>,
    /// Units that are left out whatever they have, with the reason.
    pub leave_out: BTreeMap<String, String>,
}

impl Default for ScreenStep {
    fn default() -> Self {
        ScreenStep {
            by: ScreenBy::default(),
            min_available: 2.0 / 3.0,
            min_nonzero: 0.05,
            level: None,
            keep: BTreeMap::new(),
            leave_out: BTreeMap::new(),
        }
    }
}

impl ScreenStep {
    /// Whether a parameter has an effect with what units are screened by.
    pub(super) fn uses(&self, parameter: &str) -> bool {
        match parameter {
            "min_available" => self.by != ScreenBy::Zeros,
            "min_nonzero" => self.by != ScreenBy::Missing,
            _ => true,
        }
    }

    pub(super) fn check(&self) -> Result<(), String> {
        for (name, share) in [("min_available", self.min_available), ("min_nonzero", self.min_nonzero)] {
            if !(0.0..=1.0).contains(&share) {
                return Err(format!("`{name}` must lie between 0 and 1"));
            }
        }
        if let Some(unit) = self.keep.keys().find(|unit| self.leave_out.contains_key(*unit)) {
            return Err(format!("unit `{unit}` is both in `keep` and in `leave_out`"));
        }
        Ok(())
    }
}

/// First treatment of a column that fails the test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum First {
    /// Winsorise point by point until the test passes.
    #[default]
    Winsorise,
    /// Cap at percentiles.
    Percentile,
    /// Cap at quartiles plus and minus k interquartile ranges.
    Iqr,
    /// Cap at the median plus and minus k scaled median deviations.
    Mad,
    /// Nothing.
    None,
}

/// Treatment of a column that fails the test a second time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Second {
    /// ln(x - min + 0.01 (max - min)).
    #[default]
    LogCt,
    /// ln(x - min + 1).
    LogCtOrig,
    /// Like `log-ct`, mirrored for a column with a long lower tail.
    LogCtPlus,
    /// Box-Cox, fitted or with `lambda`.
    BoxCox,
    /// Yeo-Johnson, fitted.
    YeoJohnson,
    /// Nothing.
    None,
}

/// How many points may be winsorised: a number or `"none"` for no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "expected a whole number of points from 0, or `\"none\"`")]
pub enum WinsorLimit {
    /// At most so many.
    Points(u32),
    /// No limit.
    NoLimit(NoLimit),
}

/// The word for no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoLimit {
    /// No limit.
    None,
}

/// `treat`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TreatStep {
    /// First treatment.
    pub first: First,
    /// Second treatment.
    pub second: Second,
    /// `winsorise`: most points.
    pub winmax: WinsorLimit,
    /// The second treatment works on what the first gave, not on the original.
    pub combine: bool,
    /// A column passes with |skew| below this, or ...
    pub skew: f64,
    /// ... with a kurtosis below this.
    pub kurtosis: f64,
    /// `percentile`: lower and upper share.
    pub percentiles: [f64; 2],
    /// `iqr` (1.5) and `mad` (3): factor.
    pub k: Option<f64>,
    /// `box-cox`, `yeo-johnson`: lambda; fitted where not given.
    pub lambda: Option<f64>,
    /// Parameters of single indicators; what is not given there is as here.
    pub indicator: BTreeMap<String, toml::Table>,
}

impl Default for TreatStep {
    fn default() -> Self {
        TreatStep {
            first: First::default(),
            second: Second::default(),
            winmax: WinsorLimit::Points(5),
            combine: false,
            skew: 2.0,
            kurtosis: 3.5,
            percentiles: [0.05, 0.95],
            k: None,
            lambda: None,
            indicator: BTreeMap::new(),
        }
    }
}

impl TreatStep {
    /// The parameters of one indicator: those of its own table, and where that says nothing those of the step.
    ///
    /// # Errors
    /// An unknown parameter, or a value that cannot be meant.
    pub fn of(&self, code: &str) -> Result<TreatStep, String> {
        let Some(own) = self.indicator.get(code) else { return Ok(self.clone()) };
        let step = TreatStep { indicator: BTreeMap::new(), ..self.clone() };
        let merged: TreatStep = super::merged(&step, own)?;
        merged.check()?;
        Ok(merged)
    }

    /// An indicator with a parameter of its own that has no effect with the treatments of it.
    pub(super) fn unused(&self) -> Option<(&str, &str)> {
        self.indicator.iter().find_map(|(code, own)| {
            let merged = self.of(code).ok()?;
            own.keys().find(|name| !merged.uses_itself(name)).map(|name| (code.as_str(), name.as_str()))
        })
    }

    /// Whether a parameter has an effect with the treatments of some indicator.
    pub(super) fn uses(&self, parameter: &str) -> bool {
        let of_one = |code: &String| self.of(code).is_ok_and(|own| own.uses_itself(parameter));
        self.uses_itself(parameter) || self.indicator.keys().any(of_one)
    }

    fn uses_itself(&self, parameter: &str) -> bool {
        match parameter {
            "winmax" => self.first == First::Winsorise,
            "percentiles" => self.first == First::Percentile,
            "k" => matches!(self.first, First::Iqr | First::Mad),
            "lambda" => matches!(self.second, Second::BoxCox | Second::YeoJohnson),
            "combine" => self.first != First::None && self.second != Second::None,
            _ => true,
        }
    }

    pub(super) fn check(&self) -> Result<(), String> {
        let [low, high] = self.percentiles;
        if !(0.0 <= low && low < high && high <= 1.0) {
            return Err("`percentiles` must be two ascending shares between 0 and 1".into());
        }
        if !(self.skew > 0.0 && self.kurtosis.is_finite()) {
            return Err("`skew` must be above 0, and `kurtosis` a number".into());
        }
        if self.k.is_some_and(|k| k <= 0.0 || k.is_nan()) {
            return Err("`k` must be above 0".into());
        }
        for code in self.indicator.keys() {
            self.of(code).map_err(|message| format!("`{code}`: {message}"))?;
        }
        Ok(())
    }
}
