//! A recipe: the steps from indicators to scores, and what is uncertain about them, as TOML.
//!
//! ```toml
//! schema = "recipe/1"
//! [[step]]
//! normalise = { method = "minmax", range = [0, 100] }
//! [[step]]
//! aggregate = { method = "geometric" }
//! ```
//!
//! Every parameter has a name, a default and a place here; one that is not known is an error.

use mizan_model::diagnostic::{Checked, Diagnostic};
use serde::Deserialize;
use toml::Spanned;

use crate::codes;

mod finite;
mod normalise;
mod prepare;
mod uncertain;
mod weigh;
mod words;

pub use self::normalise::{NormaliseMethod, NormaliseStep};
pub use self::prepare::{
    DenominateStep, First, ImputeMethod, ImputeStep, ScreenBy, ScreenStep, Second, TreatStep, WinsorLimit,
};
pub(crate) use self::uncertain::with_value;
pub use self::uncertain::{ALL_LEVELS, Alternatives, MOST_SETS, Sampling, UncertainInput, Uncertainty};
pub use self::weigh::{
    AggregateMethod, AggregateStep, Deviation, KeepRule, MethodByLevel, Phenomenon, SharesOf, WeighMethod, WeighStep,
};

/// The schema word that a recipe begins with.
pub const SCHEMA: &str = "recipe/1";

/// One step with its parameters.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Divide by denominators.
    Denominate(DenominateStep),
    /// Fill missing cells.
    Impute(ImputeStep),
    /// Leave units with too few data out.
    Screen(ScreenStep),
    /// Treat outliers.
    Treat(TreatStep),
    /// Make comparable.
    Normalise(Box<NormaliseStep>),
    /// Choose weights.
    Weigh(Box<WeighStep>),
    /// Make scores.
    Aggregate(AggregateStep),
}

/// Names of the steps, in the order in which they make sense.
pub const STEPS: [&str; 7] = ["denominate", "impute", "screen", "treat", "normalise", "weigh", "aggregate"];

impl Step {
    /// Reads the parameters of a step, each of which must mean something beside the others.
    ///
    /// # Errors
    /// What is wrong, in words: an unknown step or parameter, one without effect, or a value that cannot be meant.
    pub fn from_table(name: &str, parameters: toml::Table) -> Result<Step, String> {
        let names: Vec<String> = parameters.keys().cloned().collect();
        let step = Step::from_alternative(name, parameters)?;
        if let Some(name) = names.iter().find(|name| !step.uses(name)) {
            return Err(no_effect(name));
        }
        match &step {
            Step::Treat(treat) => match treat.unused() {
                Some((code, name)) => Err(format!("`{code}`: {}", no_effect(name))),
                None => Ok(step),
            },
            _ => Ok(step),
        }
    }

    /// As [`Self::from_table`]; but a parameter may have no effect, since an uncertain choice of the method may leave it
    /// without.
    ///
    /// # Errors
    /// As there.
    pub(crate) fn from_alternative(name: &str, parameters: toml::Table) -> Result<Step, String> {
        fn read<T: serde::de::DeserializeOwned>(parameters: toml::Table) -> Result<T, String> {
            toml::Value::Table(parameters).try_into().map_err(|error: toml::de::Error| words::reason(&error))
        }
        if let Some((path, number)) = finite::not_finite(&parameters) {
            return Err(format!("`{path}` is {number}, and must be a finite number"));
        }
        let step = match name {
            "denominate" => Step::Denominate(read(parameters)?),
            "impute" => Step::Impute(read(parameters)?),
            "screen" => Step::Screen(read(parameters)?),
            "treat" => Step::Treat(read(parameters)?),
            "normalise" => Step::Normalise(Box::new(read(parameters)?)),
            "weigh" => Step::Weigh(Box::new(read(parameters)?)),
            "aggregate" => Step::Aggregate(read(parameters)?),
            _ => return Err(format!("unknown step `{name}`, expected one of `{}`", STEPS.join("`, `"))),
        };
        step.check()?;
        Ok(step)
    }

    /// Whether a parameter of that name changes anything beside the others.
    fn uses(&self, parameter: &str) -> bool {
        match self {
            Step::Impute(step) => step.uses(parameter),
            Step::Screen(step) => step.uses(parameter),
            Step::Treat(step) => step.uses(parameter),
            Step::Weigh(step) => step.uses(parameter),
            Step::Aggregate(step) => step.uses_parameter(parameter),
            // The one has no methods, the other looks itself.
            Step::Denominate(_) | Step::Normalise(_) => true,
        }
    }

    fn check(&self) -> Result<(), String> {
        match self {
            Step::Denominate(step) => step.check(),
            Step::Impute(step) => step.check(),
            Step::Screen(step) => step.check(),
            Step::Treat(step) => step.check(),
            Step::Normalise(step) => step.check(),
            Step::Weigh(step) => step.check(),
            Step::Aggregate(step) => step.check(),
        }
    }

    /// The step's name.
    pub fn name(&self) -> &'static str {
        match self {
            Step::Denominate(_) => STEPS[0],
            Step::Impute(_) => STEPS[1],
            Step::Screen(_) => STEPS[2],
            Step::Treat(_) => STEPS[3],
            Step::Normalise(_) => STEPS[4],
            Step::Weigh(_) => STEPS[5],
            Step::Aggregate(_) => STEPS[6],
        }
    }
}

/// Steps in order, and what is uncertain.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Recipe {
    /// Steps.
    pub steps: Vec<Step>,
    /// The same steps as written, from which alternatives are made.
    pub written: Vec<(String, toml::Table)>,
    /// What is uncertain.
    pub uncertainty: Option<Uncertainty>,
    /// Whether ranks may be shown with the scores.
    pub ranking: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RecipeFile {
    schema: Spanned<String>,
    #[serde(default)]
    step: Vec<Spanned<toml::Table>>,
    uncertainty: Option<Spanned<toml::Table>>,
    #[serde(default)]
    ranking: bool,
}

impl Recipe {
    /// Reads a recipe; `file` is the name that findings give as place.
    ///
    /// Findings: [`codes::RECIPE`], [`codes::PARAMETER`], [`codes::STEP_ORDER`], [`codes::UNCERTAIN_INPUT`]. The recipe
    /// holds the steps that could be read.
    pub fn from_toml(file: &str, text: &str) -> Checked<Recipe> {
        let mut diagnostics = Vec::new();
        let parsed: RecipeFile = match toml::from_str(text) {
            Ok(parsed) => parsed,
            Err(error) => {
                let span = error.span().unwrap_or(0..0);
                let finding =
                    Diagnostic::error(codes::RECIPE, format!("the recipe cannot be read: {}", words::reason(&error)))
                        .at(file, span, "")
                        .help("a recipe has `schema = \"recipe/1\"`, tables `[[step]]` and perhaps `[uncertainty]`");
                return Checked { value: Recipe::default(), diagnostics: vec![finding] };
            }
        };
        if parsed.schema.get_ref() != SCHEMA {
            let message = format!("schema `{}` is not known", parsed.schema.get_ref());
            diagnostics.push(
                Diagnostic::error(codes::RECIPE, message)
                    .at(file, parsed.schema.span(), "")
                    .help(format!("this version reads `{SCHEMA}`")),
            );
        }
        let mut recipe = Recipe { ranking: parsed.ranking, ..Recipe::default() };
        for table in parsed.step {
            let span = table.span();
            match step(table.into_inner()) {
                Ok((name, parameters, step)) => {
                    recipe.steps.push(step);
                    recipe.written.push((name, parameters));
                }
                Err(message) => diagnostics.push(
                    Diagnostic::error(codes::PARAMETER, message)
                        .at(file, span, "in this step")
                        .help("docs/manual/recipe.md has all parameters, and what they may be"),
                ),
            }
        }
        diagnostics.extend(order(&recipe.steps).map(|message| {
            Diagnostic::error(codes::STEP_ORDER, message)
                .help("the order is denominate, impute, screen, treat, normalise, weigh, aggregate")
        }));
        if let Some(table) = parsed.uncertainty {
            let span = table.span();
            match Uncertainty::from_table(table.into_inner(), &recipe.written) {
                Ok(uncertainty) => recipe.uncertainty = Some(uncertainty),
                Err(message) => diagnostics.push(
                    Diagnostic::error(codes::UNCERTAIN_INPUT, message)
                        .at(file, span, "")
                        .help("an input names a step of the recipe, a parameter, and the values it may take"),
                ),
            }
        }
        Checked { value: recipe, diagnostics }
    }
}

/// Parameters with some of them replaced.
fn merged<T: serde::Serialize + serde::de::DeserializeOwned>(all: &T, own: &toml::Table) -> Result<T, String> {
    let mut table = toml::Table::try_from(all).map_err(|error| error.to_string())?;
    table.extend(own.clone());
    toml::Value::Table(table).try_into().map_err(|error: toml::de::Error| words::reason(&error))
}

/// A parameter that is written for nothing.
fn no_effect(parameter: &str) -> String {
    format!("`{parameter}` has no effect with this method")
}

/// Whether two ends are numbers, the lower first.
fn is_ascending([low, high]: [f64; 2]) -> bool {
    low < high
}

/// The one step of a `[[step]]` table.
fn step(table: toml::Table) -> Result<(String, toml::Table, Step), String> {
    let names: Vec<String> = table.keys().cloned().collect();
    let mut entries = table.into_iter();
    let (Some((name, value)), None) = (entries.next(), entries.next()) else {
        return Err(format!("a `[[step]]` holds one step, this one holds {}: `{}`", names.len(), names.join("`, `")));
    };
    let toml::Value::Table(parameters) = value else {
        return Err(format!("`{name}` needs a table of parameters: `{name} = {{}}`"));
    };
    let step = Step::from_table(&name, parameters.clone()).map_err(|message| format!("`{name}`: {message}"))?;
    Ok((name, parameters, step))
}

/// What is wrong with the order of steps.
fn order(steps: &[Step]) -> impl Iterator<Item = String> {
    let at = |name: &str| steps.iter().position(|step| step.name() == name);
    let mut found = Vec::new();
    if let Some(aggregate) = at("aggregate")
        && aggregate + 1 < steps.len()
    {
        found.push(format!("`{}` stands after `aggregate`", steps[aggregate + 1].name()));
    }
    if let Some(normalise) = at("normalise") {
        for step in steps[normalise + 1..].iter().filter(|step| matches!(step, Step::Denominate(_) | Step::Treat(_))) {
            found.push(format!("`{}` stands after `normalise`, when units are gone already", step.name()));
        }
    }
    found.into_iter()
}

#[cfg(test)]
mod tests;
