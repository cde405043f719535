//! `mizan index coherence --what parents`: whether a weight has become an influence.

use mizan_index::coherence::{Limits, with_ancestors};
use mizan_index::recipe::{AggregateStep, Recipe, Step};
use mizan_index::structure::Structure;

use super::{method, word};
use crate::arguments::{CorrelationKind, IndexCoherenceArguments};
use crate::commands::Session;
use crate::commands::index::{chain, element, outcome, recipe, settled};
use crate::failure::{Exit, Failure};
use crate::findings::Texts;
use crate::output::Table;

/// Correlation of each element below the one that is looked at with all that is above it, up to that one.
pub fn parents(arguments: &IndexCoherenceArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let usual = || Recipe {
        steps: vec![Step::Normalise(Box::default()), Step::Aggregate(AggregateStep::default())],
        ..Recipe::default()
    };
    let recipe = arguments.recipe.as_deref().map_or_else(|| Ok(usual()), |path| recipe(path, session))?;
    let is_raw = !recipe.steps.iter().any(|step| matches!(step, Step::Normalise(_)));
    let chain = chain(&arguments.inputs, recipe, session)?;
    let top = element(&chain.structure, arguments.element.as_deref())?;
    let outcome = outcome(&chain, session)?;
    let Some(scores) = &outcome.last().scores else {
        return Err(Failure::new(
            Exit::Definition,
            mizan_index::codes::STEP_ORDER,
            "without `aggregate` there are no scores",
        )
        .help("add `[[step]]` with `aggregate = {}` to the recipe"));
    };
    let elements = &chain.structure.elements;
    let names: Vec<String> = elements.iter().map(|element| element.code.clone()).collect();
    let limits = Limits { is_raw, ..Limits::default() };
    let found = with_ancestors(
        scores,
        &names,
        &chain.structure,
        method(arguments.kind.unwrap_or(CorrelationKind::Pearson)),
        limits,
    );
    let found = settled(found, Exit::Input, Texts::default(), session)?;
    let mut table = Table::new(&["code", "parent", "r", "pairs", "p", "flag"]);
    for own in found.iter().filter(|own| own.ancestor == top || is_below(&chain.structure, own.ancestor, top)) {
        table.rows.push(vec![
            elements[own.element].code.as_str().into(),
            elements[own.ancestor].code.as_str().into(),
            Some(own.correlation.r).into(),
            own.correlation.pairs.into(),
            own.correlation.p.into(),
            word(own.flag).into(),
        ]);
    }
    let table = table.headed(session.text, "parents", |_| false).for_readers(session.text);
    table.write(arguments.output.format, arguments.output.out.as_deref())?;
    Ok(Exit::Done)
}

fn is_below(structure: &Structure, element: usize, top: usize) -> bool {
    std::iter::successors(structure.parents[element], |above| structure.parents[*above]).any(|above| above == top)
}
