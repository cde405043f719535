//! Reading the table `[uncertainty]`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{ALL_LEVELS, Alternatives, MOST_SETS, Sampling, UncertainInput, Uncertainty};
use crate::recipe::{Step, is_ascending, words};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UncertaintyTable {
    #[serde(default = "thousand")]
    replications: usize,
    #[serde(default = "one")]
    seed: u64,
    #[serde(default)]
    sampling: Sampling,
    #[serde(default = "ten")]
    top: usize,
    #[serde(default)]
    input: Vec<toml::Table>,
}

fn thousand() -> usize {
    1000
}

fn one() -> u64 {
    1
}

fn ten() -> usize {
    10
}

fn hundred() -> usize {
    100
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InputTable {
    name: String,
    step: Option<String>,
    #[serde(default)]
    occurrence: usize,
    #[serde(default)]
    parameter: String,
    values: Option<Vec<toml::Value>>,
    uniform: Option<[f64; 2]>,
    normal: Option<[f64; 2]>,
    weights: Option<NoiseTable>,
    weight_sets: Option<Vec<BTreeMap<String, f64>>>,
    leave_out: Option<Vec<String>>,
    intervals: Option<IntervalTable>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a number, or a table of numbers by level (`{ 1 = 0.25, 2 = 0.1 }`)")]
enum Noise {
    All(f64),
    ByLevel(BTreeMap<String, f64>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table: `{ noise = 0.25, sets = 100 }`")]
struct NoiseTable {
    noise: Noise,
    #[serde(default = "hundred")]
    sets: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table: `{ sets = 1000 }`, or `{}`")]
struct IntervalTable {
    #[serde(default = "thousand")]
    sets: usize,
}

impl Uncertainty {
    pub(in crate::recipe) fn from_table(
        table: toml::Table,
        steps: &[(String, toml::Table)],
    ) -> Result<Uncertainty, String> {
        let table: UncertaintyTable = read(table)?;
        if table.replications < 2 {
            return Err("`replications` must be at least 2".into());
        }
        if table.top == 0 {
            return Err("`top` must be at least 1".into());
        }
        let mut inputs = Vec::new();
        for (at, input) in table.input.into_iter().enumerate() {
            let name = input.get("name").and_then(toml::Value::as_str).map(str::to_owned);
            let known = name.as_ref().map_or_else(|| format!("input {}", at + 1), |name| format!("input `{name}`"));
            let read = read(input).and_then(|input: InputTable| Ok((input.name.clone(), alternatives(input, steps)?)));
            let (name, alternatives) = read.map_err(|message| format!("{known}: {message}"))?;
            inputs.push(UncertainInput { name, alternatives });
        }
        Ok(Uncertainty {
            replications: table.replications,
            seed: table.seed,
            sampling: table.sampling,
            top: table.top,
            inputs,
        })
    }
}

fn read<T: serde::de::DeserializeOwned>(table: toml::Table) -> Result<T, String> {
    toml::Value::Table(table).try_into().map_err(|error: toml::de::Error| words::reason(&error))
}

fn alternatives(input: InputTable, steps: &[(String, toml::Table)]) -> Result<Alternatives, String> {
    let given = [
        input.values.is_some(),
        input.uniform.is_some(),
        input.normal.is_some(),
        input.weights.is_some(),
        input.weight_sets.is_some(),
        input.leave_out.is_some(),
        input.intervals.is_some(),
    ];
    if given.iter().filter(|is_given| **is_given).count() != 1 {
        return Err(
            "needs exactly one of `values`, `uniform`, `normal`, `weights`, `weight_sets`, `leave_out`, `intervals`"
                .into(),
        );
    }
    let is_of_step = input.values.is_some() || input.uniform.is_some() || input.normal.is_some();
    if !is_of_step && (input.step.is_some() || input.occurrence > 0 || !input.parameter.is_empty()) {
        return Err("`step`, `occurrence` and `parameter` go with `values`, `uniform` or `normal` only".into());
    }
    if let Some(NoiseTable { noise, sets }) = input.weights {
        let noise = match noise {
            Noise::All(factor) => BTreeMap::from([(ALL_LEVELS, factor)]),
            Noise::ByLevel(levels) => levels
                .into_iter()
                .map(|(level, factor)| match level.parse::<u32>() {
                    Ok(level) if level > 0 => Ok((level, factor)),
                    _ => Err(format!("`{level}` is no level")),
                })
                .collect::<Result<_, _>>()?,
        };
        if noise.values().any(|factor| !(*factor > 0.0 && *factor <= 1.0)) || !is_number_of_sets(sets) {
            return Err(format!("`noise` must lie above 0 and be at most 1, and `sets` be from 2 to {MOST_SETS}"));
        }
        return Ok(Alternatives::NoisyWeights { noise, sets });
    }
    if let Some(sets) = input.weight_sets {
        let is_weight = |weight: &f64| *weight >= 0.0 && weight.is_finite();
        if let Some((code, _)) = sets.iter().flatten().find(|(_, weight)| !is_weight(weight)) {
            return Err(format!("the weight of `{code}` must be a number of at least 0"));
        }
        return if sets.len() < 2 { Err("needs at least two sets".into()) } else { Ok(Alternatives::WeightSets(sets)) };
    }
    if let Some(codes) = input.leave_out {
        if let Some((_, code)) = codes.iter().enumerate().find(|(at, code)| codes[..*at].contains(code)) {
            return Err(format!("names `{code}` twice"));
        }
        return if codes.is_empty() { Err("names no indicator".into()) } else { Ok(Alternatives::LeaveOut(codes)) };
    }
    if let Some(IntervalTable { sets }) = input.intervals {
        return match is_number_of_sets(sets) {
            true => Ok(Alternatives::Intervals { sets }),
            false => Err(format!("`sets` must be from 2 to {MOST_SETS}")),
        };
    }
    let name = input.step.ok_or("needs `step`")?;
    let step = steps
        .iter()
        .enumerate()
        .filter(|(_, (step, _))| *step == name)
        .nth(input.occurrence)
        .map(|(position, _)| position)
        .ok_or_else(|| format!("the recipe has no step `{name}`"))?;
    let path: Vec<String> = input.parameter.split('.').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let made = match (input.values, input.uniform, input.normal) {
        (Some(values), _, _) => {
            if values.len() < 2 {
                return Err("needs at least two values".into());
            }
            for value in &values {
                with_value(&steps[step], &path, value.clone())?;
            }
            Alternatives::Choice { step, path, values }
        }
        (_, Some(between), _) => {
            if !is_ascending(between) {
                return Err("`uniform` must be two ascending numbers".into());
            }
            for end in between {
                with_value(&steps[step], &path, toml::Value::Float(end))?;
            }
            Alternatives::Uniform { step, path, between }
        }
        (_, _, Some([mean, sd])) => {
            if sd <= 0.0 || sd.is_nan() {
                return Err("`normal` must be a mean and a standard deviation above 0".into());
            }
            with_value(&steps[step], &path, toml::Value::Float(mean))?;
            Alternatives::Normal { step, path, mean, sd }
        }
        _ => return Err("needs values".into()),
    };
    Ok(made)
}

fn is_number_of_sets(sets: usize) -> bool {
    (2..=MOST_SETS).contains(&sets)
}

/// The step with one parameter replaced.
///
/// # Errors
/// A path that does not exist, or a value that cannot stand there.
pub(crate) fn with_value(
    (name, parameters): &(String, toml::Table),
    path: &[String],
    value: toml::Value,
) -> Result<(String, toml::Table, Step), String> {
    let mut parameters = parameters.clone();
    match path.split_last() {
        None => match value {
            toml::Value::Table(table) => {
                let step = Step::from_table(name, table.clone())?;
                return Ok((name.clone(), table, step));
            }
            _ => return Err(format!("without `parameter`, each value is a table of parameters of `{name}`")),
        },
        Some((last, way)) => {
            let mut at = &mut parameters;
            for part in way {
                let entry = at.entry(part.clone()).or_insert_with(|| toml::Value::Table(toml::Table::new()));
                let toml::Value::Table(next) = entry else { return Err(format!("`{part}` is no table")) };
                at = next;
            }
            at.insert(last.clone(), value);
        }
    }
    let step = Step::from_alternative(name, parameters.clone())?;
    Ok((name.clone(), parameters, step))
}
