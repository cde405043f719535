//! Parameters of weights and aggregation.

use std::collections::BTreeMap;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{Error, IntoDeserializer, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// How weights are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WeighMethod {
    /// All children of a parent alike.
    Equal,
    /// As given in `weights`.
    Manual,
    /// First principal component.
    Pca,
    /// First principal component over standard deviations, as in the Logistics Performance Index.
    PcaScaled,
    /// Rotated factors after Nicoletti.
    Nicoletti,
    /// Shares of correlation with the index as wished.
    Balance,
    /// Largest sum of correlations with the index.
    Infomax,
    /// Comparison matrices of judges.
    Ahp,
    /// Points of judges.
    BudgetAllocation,
    /// Entropy.
    Entropy,
    /// Contrast and conflict.
    Critic,
    /// Standard deviation.
    StandardDeviation,
    /// Gini coefficient.
    Gini,
}

/// Rule for the factors that are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum KeepRule {
    /// Eigenvalue above 1.
    #[default]
    Eigenvalue,
    /// Until `share` of the variance is explained.
    Share,
    /// `count` factors.
    Count,
}

/// `weigh`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeighStep {
    /// Method.
    pub method: WeighMethod,
    /// Weights of elements of this level; all levels with their parents where not given.
    pub level: Option<u32>,
    /// `manual`: weight by code; others keep theirs.
    #[serde(default)]
    pub weights: BTreeMap<String, f64>,
    /// `ahp`: elements in the order of the matrices.
    #[serde(default)]
    pub elements: Vec<String>,
    /// `ahp`: one comparison matrix a judge, by rows.
    #[serde(default)]
    pub matrices: Vec<Vec<Vec<f64>>>,
    /// `budget-allocation`: points of each judge by code.
    #[serde(default)]
    pub judges: Vec<BTreeMap<String, f64>>,
    /// `balance`: target share by code, equal where not given.
    #[serde(default)]
    pub targets: BTreeMap<String, f64>,
    /// `nicoletti`: which factors are kept.
    #[serde(default)]
    pub keep: KeepRule,
    /// `nicoletti` with `share`.
    #[serde(default = "ninety")]
    pub share: f64,
    /// `nicoletti` with `count`.
    #[serde(default = "one")]
    pub count: usize,
}

fn ninety() -> f64 {
    0.9
}

fn one() -> usize {
    1
}

impl WeighStep {
    /// Whether a parameter has an effect with the method. What belongs to one method is looked at by `check`.
    pub(super) fn uses(&self, parameter: &str) -> bool {
        use WeighMethod as M;
        match parameter {
            "level" => !matches!(self.method, M::Manual | M::Ahp | M::BudgetAllocation),
            "targets" => self.method == M::Balance,
            "keep" => self.method == M::Nicoletti,
            "share" => self.method == M::Nicoletti && self.keep == KeepRule::Share,
            "count" => self.method == M::Nicoletti && self.keep == KeepRule::Count,
            _ => true,
        }
    }

    pub(super) fn check(&self) -> Result<(), String> {
        use WeighMethod as M;
        let needs = |is_there: bool, method: bool, name: &str| match (is_there, method) {
            (true, false) => Err(format!("`{name}` has no effect with this method")),
            (false, true) => Err(format!("the method needs `{name}`")),
            _ => Ok(()),
        };
        needs(!self.weights.is_empty(), self.method == M::Manual, "weights")?;
        needs(!self.elements.is_empty(), self.method == M::Ahp, "elements")?;
        needs(!self.matrices.is_empty(), self.method == M::Ahp, "matrices")?;
        needs(!self.judges.is_empty(), self.method == M::BudgetAllocation, "judges")?;
        if self.targets.values().any(|target| *target <= 0.0) {
            return Err("`targets` must be numbers above 0".into());
        }
        if self.share <= 0.0 || self.share > 1.0 {
            return Err("`share` must lie above 0 and be at most 1".into());
        }
        if self.count == 0 {
            return Err("`count` must be at least 1".into());
        }
        if let Some((at, code)) =
            self.elements.iter().enumerate().find(|(at, code)| self.elements[..*at].contains(code))
        {
            return Err(format!("`elements` names `{code}` twice, the second time at place {}", at + 1));
        }
        let size = self.elements.len();
        let is_square = |matrix: &Vec<Vec<f64>>| matrix.len() == size && matrix.iter().all(|row| row.len() == size);
        if self.method == M::Ahp && !self.matrices.iter().all(is_square) {
            return Err(format!(
                "a matrix of `ahp` must have {size} rows of {size} numbers, one for each of `elements`"
            ));
        }
        if let Some((code, _)) = self.weights.iter().find(|(_, weight)| !(**weight >= 0.0 && weight.is_finite())) {
            return Err(format!("the weight of `{code}` must be a number of at least 0"));
        }
        let impossible = |points: &BTreeMap<String, f64>| {
            points.values().any(|own| *own < 0.0) || points.values().sum::<f64>() <= 0.0
        };
        if let Some(at) = self.judges.iter().position(impossible) {
            return Err(format!("the points of judge {} must be at least 0, and some of them above", at + 1));
        }
        Ok(())
    }
}

/// How children become a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum AggregateMethod {
    /// Weighted arithmetic mean.
    #[default]
    Arithmetic,
    /// Weighted geometric mean.
    Geometric,
    /// Weighted harmonic mean.
    Harmonic,
    /// Generalised mean with power `p`.
    Generalised,
    /// Copeland.
    Copeland,
    /// Borda.
    Borda,
    /// Condorcet.
    Condorcet,
    /// Kemeny.
    Kemeny,
    /// Mazziotta-Pareto.
    Mpi,
    /// Adjusted Mazziotta-Pareto.
    Ampi,
    /// Ordered weights.
    Owa,
    /// Wroclaw taxonomic method.
    Wroclaw,
    /// Mean-min.
    MeanMin,
    /// Benefit of the doubt.
    BenefitOfTheDoubt,
    /// Geometric benefit of the doubt.
    GeometricBod,
    /// Directional benefit of the doubt.
    DirectionalBod,
    /// Multi-directional benefit of the doubt.
    MultiDirectionalBod,
    /// Benefit of the doubt where some children count against a unit.
    UnwantedBod,
}

/// One method for all levels, or one a level from the second up.
#[derive(Debug, Clone, PartialEq)]
pub enum MethodByLevel {
    /// The same everywhere.
    All(AggregateMethod),
    /// The first is that of level 2.
    ByLevel(Vec<AggregateMethod>),
}

impl AggregateMethod {
    /// Whether it compares units, so that one alone has no score that says anything.
    pub(crate) fn compares_units(self) -> bool {
        use AggregateMethod as M;
        !matches!(self, M::Arithmetic | M::Geometric | M::Harmonic | M::Generalised | M::Owa | M::MeanMin)
    }

    /// Whether it standardises children by their range or deviation over the units.
    pub(crate) fn standardises(self) -> bool {
        matches!(self, AggregateMethod::Mpi | AggregateMethod::Ampi | AggregateMethod::Wroclaw)
    }

    /// Whether it looks at the weights of children.
    pub(crate) fn has_weights(self) -> bool {
        use AggregateMethod as M;
        let is_bod = matches!(
            self,
            M::BenefitOfTheDoubt | M::GeometricBod | M::DirectionalBod | M::MultiDirectionalBod | M::UnwantedBod
        );
        !is_bod && !matches!(self, M::Mpi | M::Ampi | M::Owa | M::Wroclaw)
    }
}

/// By hand, so that a misspelt name is told with all that are known.
impl<'de> Deserialize<'de> for MethodByLevel {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Methods;
        impl<'de> Visitor<'de> for Methods {
            type Value = MethodByLevel;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("the name of a method, or a list of such names")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<MethodByLevel, E> {
                AggregateMethod::deserialize(name.into_deserializer()).map(MethodByLevel::All)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, names: A) -> Result<MethodByLevel, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(names)).map(MethodByLevel::ByLevel)
            }
        }
        deserializer.deserialize_any(Methods)
    }
}

impl MethodByLevel {
    /// Method of a level from 2.
    pub fn of(&self, level: u32) -> Option<AggregateMethod> {
        match self {
            MethodByLevel::All(method) => Some(*method),
            MethodByLevel::ByLevel(methods) => methods.get((level as usize).checked_sub(2)?).copied(),
        }
    }
}

impl Default for MethodByLevel {
    fn default() -> Self {
        MethodByLevel::All(AggregateMethod::default())
    }
}

/// A penalty of MPI and AMPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Phenomenon {
    /// More is better: imbalance lowers the score.
    #[default]
    Positive,
    /// More is worse: imbalance raises it.
    Negative,
}

/// Which standard deviation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Deviation {
    /// Divided by n - 1.
    Sample,
    /// Divided by n.
    #[default]
    Population,
}

/// `aggregate`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AggregateStep {
    /// Method, or one a level.
    pub method: MethodByLevel,
    /// Least share of children that are there; none: any.
    pub min_available: Option<f64>,
    /// `generalised`: power.
    pub p: f64,
    /// `mpi`, `ampi`: whether imbalance lowers or raises the score.
    pub phenomenon: Phenomenon,
    /// `mpi`: which standard deviation.
    pub sd: Deviation,
    /// `ampi`, `geometric-bod`: reference value by child; the mean where not given.
    pub reference: BTreeMap<String, f64>,
    /// `owa`: weights from the largest value down.
    pub ordered: Vec<f64>,
    /// `mean-min`.
    pub alpha: f64,
    /// `mean-min`.
    pub beta: f64,
    /// Benefit of the doubt: least and largest share of a child.
    pub shares: Option<[f64; 2]>,
    /// Benefit of the doubt: what `shares` are shares of.
    pub shares_of: SharesOf,
    /// `directional-bod`: rise of each child for a step of 1, by code; the mean of the child where not given.
    pub direction: BTreeMap<String, f64>,
    /// `unwanted-bod`: codes of the children that count against a unit.
    pub unwanted: Vec<String>,
    /// `unwanted-bod`: least share of a child in the weights (in means).
    pub low: f64,
    /// `unwanted-bod`: codes of the most and the least important child.
    pub preference: Vec<String>,
}

/// What the bounds of the benefit of the doubt are shares of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum SharesOf {
    /// Of the score: weight times value.
    #[default]
    Score,
    /// Of the sum of weights.
    Weights,
}

impl Default for AggregateStep {
    fn default() -> Self {
        AggregateStep {
            method: MethodByLevel::default(),
            min_available: None,
            p: 1.0,
            phenomenon: Phenomenon::default(),
            sd: Deviation::default(),
            reference: BTreeMap::new(),
            ordered: Vec::new(),
            alpha: 1.0,
            beta: 1.0,
            shares: None,
            shares_of: SharesOf::default(),
            direction: BTreeMap::new(),
            unwanted: Vec::new(),
            low: 0.0,
            preference: Vec::new(),
        }
    }
}

impl AggregateStep {
    fn uses(&self, method: AggregateMethod) -> bool {
        match &self.method {
            MethodByLevel::All(all) => *all == method,
            MethodByLevel::ByLevel(methods) => methods.contains(&method),
        }
    }

    /// Whether a parameter has an effect with one of the methods.
    pub(super) fn uses_parameter(&self, parameter: &str) -> bool {
        use AggregateMethod as M;
        let methods: &[M] = match parameter {
            "min_available" => &[M::Arithmetic, M::Geometric, M::Harmonic, M::Generalised],
            "p" => &[M::Generalised],
            "phenomenon" => &[M::Mpi, M::Ampi],
            "sd" => &[M::Mpi],
            "reference" => &[M::Ampi, M::GeometricBod],
            "ordered" => &[M::Owa],
            "alpha" | "beta" => &[M::MeanMin],
            "shares" => &[M::BenefitOfTheDoubt, M::GeometricBod],
            "shares_of" if self.shares.is_none() => &[],
            "shares_of" => &[M::BenefitOfTheDoubt, M::GeometricBod],
            "direction" => &[M::DirectionalBod],
            "unwanted" | "low" | "preference" => &[M::UnwantedBod],
            _ => return true,
        };
        methods.iter().any(|method| self.uses(*method))
    }

    /// Codes of children that parameters name: parameter, code, and the methods that look at it.
    pub(crate) fn named(&self) -> Vec<(&'static str, &str, &'static [AggregateMethod])> {
        use AggregateMethod as M;
        let mut named: Vec<(&'static str, &str, &'static [M])> = Vec::new();
        for code in self.reference.keys() {
            named.push(("reference", code, &[M::Ampi, M::GeometricBod]));
        }
        for code in self.direction.keys() {
            named.push(("direction", code, &[M::DirectionalBod]));
        }
        for (name, codes) in [("unwanted", &self.unwanted), ("preference", &self.preference)] {
            for code in codes {
                named.push((name, code, &[M::UnwantedBod]));
            }
        }
        named
    }

    pub(super) fn check(&self) -> Result<(), String> {
        use AggregateMethod as M;
        if self.uses(M::Owa) && self.ordered.is_empty() {
            return Err("the method needs `ordered`".into());
        }
        if self.uses(M::Owa) && (self.ordered.iter().any(|own| *own < 0.0) || self.ordered.iter().sum::<f64>() <= 0.0) {
            return Err("the weights `ordered` must be at least 0, and some of them above".into());
        }
        if self.uses(M::UnwantedBod) && self.unwanted.is_empty() {
            return Err("the method needs `unwanted`".into());
        }
        if !self.preference.is_empty() && self.preference.len() != 2 {
            return Err("`preference` names the most and the least important child".into());
        }
        if !(0.0..=1.0).contains(&self.alpha) {
            return Err("`alpha` must lie between 0, the mean, and 1".into());
        }
        if self.beta < 0.0 {
            return Err("`beta` must be at least 0".into());
        }
        if self.p == 0.0 || !self.p.is_finite() {
            return Err("`p` must be a number other than 0; the mean of power 0 is `geometric`".into());
        }
        if self.min_available.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
            return Err("`min_available` must lie between 0 and 1".into());
        }
        if self.shares.is_some_and(|[low, high]| !(0.0 <= low && low <= high && high <= 1.0)) {
            return Err("`shares` must be two ascending shares between 0 and 1".into());
        }
        if let MethodByLevel::ByLevel(methods) = &self.method
            && methods.is_empty()
        {
            return Err("`method` must name at least one method".into());
        }
        Ok(())
    }
}
