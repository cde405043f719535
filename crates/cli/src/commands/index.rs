//! `mizan index`: composite indices from tables as statisticians have them.

mod coherence;
mod explain;
mod imputation;
mod run;
mod sensitivity;
mod steps;
mod uncertain;
mod written;

use std::path::Path;

use mizan_index::chain::{Chain, Outcome};
use mizan_index::codes;
use mizan_index::recipe::Recipe;
use mizan_index::structure::Structure;
use mizan_model::diagnostic::{Checked, Diagnostic, Severity};

use crate::arguments::{IndexCommand, IndexInputs};
use crate::commands::{Session, never_over};
use crate::failure::{Exit, Failure};
use crate::findings::Texts;
use crate::tables::{read_denominators, read_structure, read_units};

/// Reads the tables, computes, prints.
pub fn run(command: &IndexCommand, session: &Session<'_>) -> Result<Exit, Failure> {
    match command {
        IndexCommand::Run(arguments) => run::run(arguments, session),
        IndexCommand::Uncertainty(arguments) => uncertain::uncertainty(arguments, session),
        IndexCommand::Sensitivity(arguments) => sensitivity::sensitivity(arguments, session),
        IndexCommand::Coherence(arguments) => coherence::coherence(arguments, session),
        IndexCommand::Explain(arguments) => explain::explain(arguments, session),
        IndexCommand::WhatIf(arguments) => explain::what_if(arguments, session),
        IndexCommand::Compare(arguments) => explain::compare(arguments, session),
    }
}

/// Refuses outputs that are read, and two outputs to one file.
fn guard(inputs: &IndexInputs, further: &[Option<&Path>], outputs: &[Option<&Path>]) -> Result<(), Failure> {
    never_over(outputs, read(inputs, further).into_iter())
}

/// Files that are read.
fn read<'a>(inputs: &'a IndexInputs, further: &[Option<&'a Path>]) -> Vec<&'a Path> {
    let tables = [Some(inputs.units.as_path()), Some(&inputs.structure), inputs.denominators.as_deref()];
    tables.into_iter().chain(further.iter().copied()).flatten().collect()
}

/// A value if no error was found with it; what else was found is said.
fn settled<T>(checked: Checked<T>, exit: Exit, texts: Texts, session: &Session<'_>) -> Result<T, Failure> {
    if checked.diagnostics.iter().any(|finding| finding.severity == Severity::Error) {
        return Err(Failure::findings(exit, checked.diagnostics, texts));
    }
    session.report.findings(&checked.diagnostics, &texts);
    Ok(checked.value)
}

/// Units and structure with a recipe.
fn chain(inputs: &IndexInputs, recipe: Recipe, session: &Session<'_>) -> Result<Chain, Failure> {
    let lines = read_structure(&inputs.structure)?;
    let mut dataset = settled(read_units(&inputs.units, &lines)?, Exit::Input, Texts::default(), session)?;
    if let Some(path) = &inputs.denominators {
        let found = read_denominators(path, &mut dataset)?;
        session.report.findings(&found, &Texts::default());
        // Without a recipe, indicators are looked at beside their denominators.
        if !recipe.steps.is_empty() && !recipe.steps.iter().any(|step| step.name() == "denominate") {
            let message = "`--denominators` has no effect: the recipe has no step `denominate`";
            let finding = Diagnostic::warning(codes::NO_EFFECT, message)
                .help("add `[[step]]` with `denominate = {}`, or leave the option out");
            session.report.findings(&[finding], &Texts::default());
        }
    }
    let structure = settled(Structure::new(lines), Exit::Definition, Texts::default(), session)?;
    settled(Chain::new(dataset, structure, recipe), Exit::Input, Texts::default(), session)
}

/// A recipe from its file.
fn recipe(path: &Path, session: &Session<'_>) -> Result<Recipe, Failure> {
    let text = std::fs::read_to_string(path).map_err(|cause| Failure::read_text(path, &cause))?;
    let file = path.display().to_string();
    let mut checked = Recipe::from_toml(&file, &text);
    let has = |name: &str| checked.value.steps.iter().any(|step| step.name() == name);
    let warning = |message: &str, help: &str| Diagnostic::warning(codes::STEP_ORDER, message).help(help);
    if has("aggregate") && !has("normalise") {
        let message = "the recipe aggregates raw values: their units are mixed, and less is not turned into better";
        checked.diagnostics.push(warning(message, "add a step `normalise` before `aggregate`"));
    } else if !has("aggregate") {
        let message = "the recipe has no step `aggregate`: it gives indicators, and no scores";
        checked.diagnostics.push(warning(message, "add `[[step]]` with `aggregate = {}`"));
    }
    settled(checked, Exit::Definition, Texts::from([(file, text)]), session)
}

/// All steps, with progress; an error of a step ends it.
fn outcome(chain: &Chain, session: &Session<'_>) -> Result<Outcome, Failure> {
    let total = chain.recipe.steps.len() as u64;
    let phase = session.report.phase("index", &session.text.messages.score_progress(), total, session.text);
    let checked = chain.run(&mut |_| phase.inc(1));
    phase.finish();
    settled(checked, Exit::Input, Texts::default(), session)
}

/// Position of an element by its code; the top of the tree if none was given.
fn element(structure: &Structure, code: Option<&str>) -> Result<usize, Failure> {
    let Some(code) = code else { return Ok(structure.top()) };
    structure.position(code).ok_or_else(|| {
        let known: Vec<&str> = structure.elements.iter().rev().take(12).map(|element| element.code.as_str()).collect();
        Failure::new(Exit::Usage, codes::UNKNOWN_CODE, format!("the structure has no element `{code}`"))
            .help(format!("elements are, from the top: {}", known.join(", ")))
    })
}
