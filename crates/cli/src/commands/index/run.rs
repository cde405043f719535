//! `mizan index run`.

use mizan_index::explain::{Version, compare};
use mizan_index::structure::ElementKind;

use super::{chain, guard, imputation, outcome, read, recipe, steps};
use crate::arguments::{IndexRunArguments, RunPart};
use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::output::{Cell, Table};

/// Runs the recipe, writes its steps, and prints the aggregates of each unit; without aggregation the indicators.
pub fn run(arguments: &IndexRunArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let out = arguments.output.out.as_deref();
    guard(&arguments.inputs, &[Some(&arguments.recipe)], &[out])?;
    let recipe = recipe(&arguments.recipe, session)?;
    let reads = read(&arguments.inputs, &[Some(&arguments.recipe)]);
    let folder = arguments.steps.as_deref();
    let earlier = folder.map(|folder| steps::prepare(folder, &recipe, &reads, out)).transpose()?;
    let chain = chain(&arguments.inputs, recipe, session)?;
    let outcome = outcome(&chain, session)?;
    let is_imputation = arguments.what == RunPart::Imputation;
    let errors = match folder.is_some() || is_imputation {
        true => imputation::errors(&chain, &outcome, is_imputation, session),
        false => Vec::new(),
    };
    if let (Some(folder), Some(earlier)) = (folder, &earlier) {
        steps::write(folder, earlier, &outcome, &errors, &chain.structure)?;
    }
    if is_imputation {
        let table = imputation::table(&chain, &outcome, &errors)?.headed(session.text, "imputation", |_| false);
        table.for_readers(session.text).write(arguments.output.format, out)?;
        return Ok(Exit::Done);
    }
    let state = outcome.last();
    let structure = &chain.structure;
    // From the top of the tree down.
    let shown: Vec<usize> = match state.scores {
        Some(_) => (0..structure.elements.len())
            .rev()
            .filter(|element| structure.elements[*element].kind == ElementKind::Aggregate)
            .collect(),
        None => (0..state.data.indicators.len()).collect(),
    };
    let rows = &state.data.rows;
    let is_panel = rows.iter().any(|row| row.time.is_some());
    let mut columns = vec!["uCode", "uName"];
    if is_panel {
        columns.push("Time");
    }
    let first = columns.len();
    columns.extend(shown.iter().map(|element| structure.elements[*element].code.as_str()));
    columns.extend(["imputed", "treated", "dropped"]);
    // Ranks only where the recipe says that they may be shown.
    let ranks = (chain.recipe.ranking && state.scores.is_some())
        .then(|| compare(&[Version { name: String::new(), state, element: structure.top() }]));
    if ranks.is_some() {
        columns.push("rank");
    }
    let mut table = Table::new(&columns);
    let visibility = state.visibility(structure);
    for (row, unit) in rows.iter().enumerate() {
        let mut line: Vec<Cell> = vec![unit.unit.as_str().into(), unit.name.as_str().into()];
        if is_panel {
            line.push(Cell::Count(unit.time));
        }
        let number = |value: f64| Cell::Number((!value.is_nan()).then_some(value));
        line.extend(shown.iter().map(|element| number(state.column(*element).map_or(f64::NAN, |column| column[row]))));
        let seen = &visibility[row];
        line.extend([number(seen.imputed), number(seen.treated), number(seen.dropped)]);
        if let Some(ranks) = &ranks {
            let own = ranks.iter().find(|found| found.unit == unit.unit && found.time == unit.time);
            let rank = own.and_then(|found| found.ranks.first().copied().flatten());
            line.push(Cell::Count(rank.map(|rank| rank as i64)));
        }
        table.rows.push(line);
    }
    let is_code = |at: usize| (first..first + shown.len()).contains(&at);
    table.headed(session.text, "run", is_code).for_readers(session.text).write(arguments.output.format, out)?;
    Ok(Exit::Done)
}
