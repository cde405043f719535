//! Whether the uncertain inputs of a recipe name what is there, each a place of its own.

use super::analysis::UncertaintyError;
use super::intervals::Intervals;
use crate::chain::Chain;
use crate::recipe::{ALL_LEVELS, Alternatives, ImputeMethod, Step, UncertainInput, Uncertainty};

pub(super) fn inputs(
    chain: &Chain,
    uncertainty: &Uncertainty,
    intervals: Option<&Intervals>,
) -> Result<(), UncertaintyError> {
    let multiple = |step: &Step| matches!(step, Step::Impute(impute) if impute.method == ImputeMethod::Multiple);
    if chain.recipe.steps.iter().any(multiple) {
        let message = "instead of `multiple`, take `regression` with `stochastic = true`, and let `seed` be uncertain";
        return Err(UncertaintyError::Input { input: "impute".into(), message: message.into() });
    }
    for (position, input) in uncertainty.inputs.iter().enumerate() {
        let before = &uncertainty.inputs[..position];
        let checked = clash(input, before).and_then(|()| address(chain, &input.alternatives, intervals));
        checked.map_err(|message| UncertaintyError::Input { input: input.name.clone(), message })?;
    }
    Ok(())
}

/// Two inputs of one name cannot be told apart in stored draws; of two at one place, only the last would count.
fn clash(input: &UncertainInput, before: &[UncertainInput]) -> Result<(), String> {
    if before.iter().any(|other| other.name == input.name) {
        return Err("another input has this name".into());
    }
    let place = place(&input.alternatives);
    match before.iter().find(|other| self::place(&other.alternatives) == place) {
        Some(other) => Err(format!("`{}` sets the same: join their alternatives", other.name)),
        None => Ok(()),
    }
}

/// Kind of input, step and path of the parameter.
fn place(alternatives: &Alternatives) -> (u8, usize, &[String]) {
    match alternatives {
        Alternatives::Choice { step, path, .. }
        | Alternatives::Uniform { step, path, .. }
        | Alternatives::Normal { step, path, .. } => (0, *step, path),
        Alternatives::NoisyWeights { .. } => (1, 0, &[]),
        Alternatives::WeightSets(_) => (2, 0, &[]),
        Alternatives::LeaveOut(_) => (3, 0, &[]),
        Alternatives::Intervals { .. } => (4, 0, &[]),
    }
}

fn address(chain: &Chain, alternatives: &Alternatives, intervals: Option<&Intervals>) -> Result<(), String> {
    let structure = &chain.structure;
    let known = |code: &String| match structure.position(code) {
        Some(_) => Ok(()),
        None => Err(format!("`{code}` is not in the structure")),
    };
    match alternatives {
        Alternatives::Intervals { .. } => {
            intervals.ok_or_else(|| "the table has no intervals".to_owned())?.check(&chain.dataset)
        }
        Alternatives::WeightSets(sets) => sets.iter().flat_map(|set| set.keys()).try_for_each(known),
        Alternatives::LeaveOut(codes) => {
            codes.iter().try_for_each(known)?;
            match codes.iter().find(|code| structure.position(code) == Some(structure.top())) {
                Some(top) => Err(format!("without `{top}` there is no index")),
                None => Ok(()),
            }
        }
        Alternatives::NoisyWeights { noise, .. } => {
            // The top has no weight.
            let below = structure.levels[structure.top()];
            match noise.keys().find(|level| **level != ALL_LEVELS && **level >= below) {
                Some(level) => Err(format!("weights stand at levels 1 to {}, not at {level}", below - 1)),
                None => Ok(()),
            }
        }
        _ => Ok(()),
    }
}
