//! Scores of single KPIs: how a value is presented, by whose decision.
//!
//! `none` is valid and the default. A score always carries what it was compared with and how many took part. Source:
//! the score methods of the framework language; see each variant of [`Rule`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

mod bands;
mod peers;

pub use self::bands::{Band, Combine, Criterion, combine};
pub use self::peers::MIN_PEERS;

/// What a distance is taken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// Mean of the same group (region).
    RegionalMean,
    /// Mean of all.
    GlobalMean,
    /// Median of the same group.
    #[default]
    PeerMedian,
}

/// How a KPI is scored.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// Not at all.
    None,
    /// Distance to a mean or median, in the KPI's unit; positive is better.
    Distance(Against),
    /// Change against the period before, in the KPI's unit; positive is better.
    Change,
    /// Mid-rank percentile among peers, 0 to 100: 100 (below + half of the equal) / n, the own value counted as equal.
    Percentile,
    /// Attainment of an agreed target, in per cent.
    Target {
        /// The agreed value.
        target: f64,
    },
    /// Linear between two values, 0 to 100, held within.
    Goalposts {
        /// Value with score 0.
        floor: f64,
        /// Value with score 100. It lies below `floor` where less is better.
        ceiling: f64,
    },
    /// A to D by criteria, all parts of a criterion held.
    Bands {
        /// How the criteria are combined.
        combine: Combine,
        /// Criteria.
        criteria: Vec<Criterion>,
    },
    /// 0, 1, 2 for each variable, averaged.
    Points(Vec<Thresholds>),
    /// 0 to 3: the number of thresholds that are reached.
    Stage(Vec<Thresholds>),
}

/// Values from which on a variable has 1, 2, … points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// `value` or the name of a further statistic of the KPI.
    #[serde(default = "value")]
    pub of: String,
    /// Thresholds, from the easiest to the hardest.
    pub at: Vec<f64>,
}

fn value() -> String {
    "value".to_owned()
}

/// A value that is scored.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Value in the KPI's unit.
    pub value: f64,
    /// Value of the period before.
    pub previous: Option<f64>,
    /// Further statistics by name.
    pub statistics: BTreeMap<String, f64>,
    /// Group of peers.
    pub group: Option<String>,
}

/// A score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scored {
    /// Number.
    pub score: Option<f64>,
    /// Grade, for bands.
    pub grade: Option<String>,
    /// What the value was compared with.
    pub reference: Option<f64>,
    /// How many took part in the comparison, the own value included.
    pub n: usize,
    /// Why there is no score: `no_rule`, `too_few_peers`, `no_previous`, `no_statistic`, `no_direction`, `not_finite`.
    pub missing: Option<&'static str>,
}

impl Scored {
    fn missing(why: &'static str, n: usize) -> Scored {
        Scored { score: None, grade: None, reference: None, n, missing: Some(why) }
    }

    fn number(score: f64, reference: Option<f64>, n: usize) -> Scored {
        Scored { score: Some(score), grade: None, reference, n, missing: None }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Parameters {
    floor: Option<f64>,
    ceiling: Option<f64>,
    target: Option<f64>,
    #[serde(rename = "date")]
    _date: Option<String>,
    #[serde(rename = "signed_by")]
    _signed_by: Option<String>,
    peers: Option<Vec<String>>,
    against: Option<Against>,
    combine: Option<Combine>,
    criteria: Option<serde_json::Value>,
}

impl Rule {
    /// Reads the score block of a KPI: method and parameters.
    ///
    /// # Errors
    /// What is missing or cannot be meant, in words.
    pub fn read(method: &str, parameters: &serde_json::Value) -> Result<Rule, String> {
        let read: Parameters = serde_json::from_value(parameters.clone()).map_err(|error| error.to_string())?;
        let needed = |value: Option<f64>, name: &str| value.ok_or_else(|| format!("`{method}` needs `{name}`"));
        let criteria = || read.criteria.clone().ok_or_else(|| format!("`{method}` needs `criteria`"));
        let thresholds = || -> Result<Vec<Thresholds>, String> {
            let read: Vec<Thresholds> = serde_json::from_value(criteria()?).map_err(|error| error.to_string())?;
            let ordered = |at: &[f64]| at.is_sorted() || at.iter().rev().is_sorted();
            match read.iter().find(|criterion| criterion.at.is_empty() || !ordered(&criterion.at)) {
                Some(criterion) => Err(format!("the thresholds of `{}` are not in order", criterion.of)),
                None if read.is_empty() => Err("`criteria` is empty".into()),
                None => Ok(read),
            }
        };
        let given = [("against", read.against.is_some(), "distance"), ("combine", read.combine.is_some(), "bands")];
        if let Some((name, _, of)) = given.iter().find(|(_, is_given, of)| *is_given && *of != method) {
            return Err(format!("`{name}` has no effect with `{method}`; it belongs to `{of}`"));
        }
        let is_among_all = method == "distance" && read.against == Some(Against::GlobalMean);
        match &read.peers {
            Some(_) if is_among_all => return Err("`peers` has no effect with a distance to the mean of all".into()),
            Some(_) if !["distance", "percentile"].contains(&method) => {
                return Err(format!(
                    "`peers` has no effect with `{method}`; it belongs to `distance` and `percentile`"
                ));
            }
            Some(peers) if peers.is_empty() => return Err("`peers` is empty".into()),
            _ => {}
        }
        Ok(match method {
            "none" => Rule::None,
            "distance" => Rule::Distance(read.against.unwrap_or_default()),
            "change" => Rule::Change,
            "percentile" => Rule::Percentile,
            "target" => match needed(read.target, "target")? {
                0.0 => return Err("no value is a share of a `target` of 0".into()),
                target => Rule::Target { target },
            },
            "goalposts" => {
                let (floor, ceiling) = (needed(read.floor, "floor")?, needed(read.ceiling, "ceiling")?);
                if floor == ceiling {
                    return Err("`floor` and `ceiling` are equal".into());
                }
                Rule::Goalposts { floor, ceiling }
            }
            "bands" => {
                let criteria: Vec<Criterion> =
                    serde_json::from_value(criteria()?).map_err(|error| error.to_string())?;
                if criteria.is_empty() {
                    return Err("`criteria` is empty".into());
                }
                let ordered = |at: [f64; 3]| at.is_sorted() || at.iter().rev().is_sorted();
                if let Some(wrong) = criteria.iter().find(|own| !ordered([own.a, own.b, own.c])) {
                    return Err(format!("the thresholds of `{}` are not in order", wrong.of));
                }
                Rule::Bands { combine: read.combine.unwrap_or_default(), criteria }
            }
            "points" => Rule::Points(thresholds()?),
            "stage" => Rule::Stage(thresholds()?),
            other => return Err(format!("`{other}` is no score method")),
        })
    }

    /// What picks the peers, by the score block: names of properties that all must be alike; empty if it does not say.
    pub fn peers(parameters: &serde_json::Value) -> Vec<String> {
        let words = parameters.get("peers").and_then(serde_json::Value::as_array);
        words.into_iter().flatten().filter_map(serde_json::Value::as_str).map(str::to_owned).collect()
    }

    /// Whether a value is compared with those of its own group only.
    pub fn is_within_groups(&self) -> bool {
        matches!(self, Rule::Percentile | Rule::Distance(Against::RegionalMean | Against::PeerMedian))
    }

    /// Scores of all cases of one KPI and period. `direction`: 1 if more is better, -1 if less is, 0 if neither.
    pub fn score(&self, direction: f64, cases: &[Case]) -> Vec<Scored> {
        if direction == 0.0 && *self != Rule::None {
            return cases.iter().map(|_| Scored::missing("no_direction", cases.len())).collect();
        }
        let scored = cases.iter().map(|case| self.one(direction, case, cases));
        // A score that is too large to be a number is none.
        let finite = |scored: Scored| match scored.score {
            Some(score) if !score.is_finite() => Scored::missing("not_finite", scored.n),
            _ => scored,
        };
        scored.map(finite).collect()
    }

    fn one(&self, direction: f64, case: &Case, cases: &[Case]) -> Scored {
        match self {
            Rule::None => Scored::missing("no_rule", cases.len()),
            Rule::Distance(against) => peers::distance(*against, direction, case, cases),
            Rule::Percentile => peers::percentile(direction, case, cases),
            Rule::Change => match case.previous {
                Some(previous) => Scored::number(direction * (case.value - previous), Some(previous), 1),
                None => Scored::missing("no_previous", 1),
            },
            Rule::Target { target } => {
                let attained = if direction > 0.0 { case.value / target } else { target / case.value };
                Scored::number(100.0 * attained, Some(*target), 1)
            }
            Rule::Goalposts { floor, ceiling } => {
                let share = (case.value - floor) / (ceiling - floor);
                Scored::number(100.0 * share.clamp(0.0, 1.0), Some(*ceiling), 1)
            }
            Rule::Bands { combine, criteria } => bands::score(*combine, criteria, case),
            Rule::Points(variables) => {
                let points = variables.iter().map(|variable| reached(variable, direction, case));
                match points.collect::<Option<Vec<usize>>>() {
                    Some(points) => {
                        Scored::number(points.iter().sum::<usize>() as f64 / points.len() as f64, None, points.len())
                    }
                    None => Scored::missing("no_statistic", 1),
                }
            }
            Rule::Stage(variables) => {
                let stages = variables.iter().map(|variable| reached(variable, direction, case));
                // As with bands: the weakest holds the stage back.
                match stages.collect::<Option<Vec<usize>>>().and_then(|stages| stages.into_iter().min()) {
                    Some(stage) => Scored::number(stage as f64, None, variables.len()),
                    None => Scored::missing("no_statistic", 1),
                }
            }
        }
    }
}

/// Number of thresholds that a variable reaches; their order says whether more or less is better, and where there is
/// one threshold only, the KPI's direction does.
fn reached(variable: &Thresholds, direction: f64, case: &Case) -> Option<usize> {
    let value = case.of(&variable.of)?;
    let rises = match variable.at.as_slice() {
        [first, .., last] => first < last,
        _ => direction > 0.0,
    };
    Some(variable.at.iter().filter(|at| if rises { value >= **at } else { value <= **at }).count())
}

impl Case {
    /// The value, or a further statistic.
    fn of(&self, name: &str) -> Option<f64> {
        if name == "value" { Some(self.value) } else { self.statistics.get(name).copied() }
    }
}

#[cfg(test)]
mod tests;
