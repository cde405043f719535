//! `mizan index explain`, `what-if` and `compare`.

use mizan_index::chain::{Chain, Outcome};
use mizan_index::codes;
use mizan_index::explain::{
    Decomposition, ExplainError, Side, Version, change, compare as compared, gap, group_side, parts, standings,
    what_if as asked,
};
use mizan_index::recipe::{AggregateStep, Step};

use super::{chain, element, guard, outcome, recipe};
use crate::arguments::{IndexCompareArguments, IndexExplainArguments, IndexWhatIfArguments};
use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::output::{Cell, Table};

/// `mizan index explain`.
pub fn explain(arguments: &IndexExplainArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    guard(&arguments.inputs, &[Some(&arguments.recipe)], &[arguments.output.out.as_deref()])?;
    let chain = chain(&arguments.inputs, recipe(&arguments.recipe, session)?, session)?;
    let outcome = outcome(&chain, session)?;
    let element = element(&chain.structure, arguments.element.as_deref())?;
    let row = row(&outcome, &arguments.unit, arguments.year)?;
    let step = aggregate(&chain)?;
    let output = &arguments.output;
    let table = if let Some(since) = arguments.since {
        let year =
            outcome.last().data.rows[row].time.ok_or_else(|| wrong(ExplainError::UnknownUnit("Time".to_owned())))?;
        let (found, changes) = change(&chain, &outcome, element, &arguments.unit, [since, year]).map_err(wrong)?;
        let mut table = decomposition(&chain, &found, element, &["own_value", "reference"]);
        for line in &mut table.rows {
            let own =
                changes.iter().find(|part| Cell::from(chain.structure.elements[part.element].code.as_str()) == line[0]);
            line.extend([own.map(|part| part.indicator).into(), own.map(|part| part.reference).into()]);
        }
        table
    } else if let Some(against) = &arguments.against {
        let reference = match against.split_once('=') {
            Some(group) => {
                let time = outcome.last().data.rows[row].time;
                group_side(&chain.structure, step, outcome.last(), element, group, time)
                    .map_err(wrong)?
                    .ok_or_else(|| no_group(group))?
            }
            None => side(&outcome, self::row(&outcome, against, arguments.year)?),
        };
        let found = gap(&chain.structure, step, element, &side(&outcome, row), &reference).map_err(wrong)?;
        decomposition(&chain, &found, element, &[])
    } else {
        profile(&chain, &outcome, step, element, row)
    };
    table
        .headed(session.text, "explain", |_| false)
        .for_readers(session.text)
        .write(output.format, output.out.as_deref())?;
    Ok(Exit::Done)
}

/// Where a unit is strong and weak, and what each indicator adds where the score is a sum.
fn profile(chain: &Chain, outcome: &Outcome, step: &AggregateStep, element: usize, row: usize) -> Table {
    let added = parts(&chain.structure, step, element, &side(outcome, row)).unwrap_or_default();
    let below = chain.structure.indicators_below(element);
    // Weights are shares of the index; here of the element.
    let whole = chain.structure.effective_weights(&outcome.last().weights)[element];
    let mut table = Table::new(&["code", "name", "value", "rank", "units", "weight", "part"]);
    for standing in standings(outcome.last(), &chain.structure, row) {
        if !below.contains(&standing.element) {
            continue;
        }
        let own = &chain.structure.elements[standing.element];
        let part = added.iter().find(|(at, _)| *at == standing.element).map(|(_, part)| *part);
        table.rows.push(vec![
            own.code.as_str().into(),
            own.name.as_str().into(),
            Some(standing.value).into(),
            standing.rank.into(),
            standing.units.into(),
            Some(standing.weight / whole).into(),
            part.into(),
        ]);
    }
    table
}

/// The parts of a gap; the last line, of the element itself, says the whole.
fn decomposition(chain: &Chain, found: &Decomposition, element: usize, further: &[&str]) -> Table {
    let mut table = Table::new(&["code", "name", "part", "per_point", "of_weights"]);
    table.columns.extend(further.iter().map(|name| (*name).to_owned()));
    for part in &found.contributions {
        let own = &chain.structure.elements[part.element];
        let weights = found.weight_effects.iter().find(|(at, _)| *at == part.element).map(|(_, effect)| *effect);
        table.rows.push(vec![
            own.code.as_str().into(),
            own.name.as_str().into(),
            Some(part.value).into(),
            Some(part.per_point).into(),
            weights.into(),
        ]);
    }
    for (at, effect) in &found.weight_effects {
        if found.contributions.iter().any(|part| part.element == *at) {
            continue;
        }
        let own = &chain.structure.elements[*at];
        table.rows.push(vec![
            own.code.as_str().into(),
            own.name.as_str().into(),
            None.into(),
            None.into(),
            Some(*effect).into(),
        ]);
    }
    let top = &chain.structure.elements[element];
    table.rows.push(vec![
        top.code.as_str().into(),
        top.name.as_str().into(),
        Some(found.gap).into(),
        None.into(),
        None.into(),
    ]);
    table
}

/// `mizan index what-if`.
pub fn what_if(arguments: &IndexWhatIfArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    guard(&arguments.inputs, &[Some(&arguments.recipe)], &[arguments.output.out.as_deref()])?;
    let chain = chain(&arguments.inputs, recipe(&arguments.recipe, session)?, session)?;
    let outcome = outcome(&chain, session)?;
    let element = element(&chain.structure, arguments.element.as_deref())?;
    let values: Vec<(String, f64)> = arguments
        .set
        .iter()
        .map(|given| {
            let wrong = || Failure::usage(format!("`{given}` sets no value")).help("write `--set LPI=4.1`");
            let (code, value) = given.split_once('=').ok_or_else(wrong)?;
            Ok((code.trim().to_owned(), value.trim().parse::<f64>().map_err(|_| wrong())?))
        })
        .collect::<Result<_, Failure>>()?;
    if let Some((at, (code, _))) =
        values.iter().enumerate().find(|(at, (code, _))| values[..*at].iter().any(|(known, _)| known == code))
    {
        return Err(Failure::usage(format!("`{code}` is set twice, the second time by `--set {}`", arguments.set[at]))
            .help("give each indicator one value"));
    }
    let found = asked(&chain, &outcome, element, &arguments.unit, arguments.year, &values).map_err(wrong)?;
    let mut table = Table::new(&["unit", "score", "new_score", "rank", "new_rank"]);
    table.rows.push(vec![
        arguments.unit.as_str().into(),
        Some(found.score).into(),
        Some(found.new_score).into(),
        found.rank.into(),
        found.new_rank.into(),
    ]);
    table
        .headed(session.text, "what-if", |_| false)
        .for_readers(session.text)
        .write(arguments.output.format, arguments.output.out.as_deref())?;
    Ok(Exit::Done)
}

/// `mizan index compare`.
pub fn compare(arguments: &IndexCompareArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let recipes: Vec<_> =
        std::iter::once(&arguments.recipe).chain(&arguments.with).map(|path| Some(path.as_path())).collect();
    guard(&arguments.inputs, &recipes, &[arguments.output.out.as_deref()])?;
    let mut runs = Vec::new();
    for path in std::iter::once(&arguments.recipe).chain(&arguments.with) {
        let chain = chain(&arguments.inputs, recipe(path, session)?, session)?;
        let outcome = outcome(&chain, session)?;
        let element = element(&chain.structure, arguments.element.as_deref())?;
        let mut name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        // Two files of the same name in different folders.
        if runs.iter().any(|(known, ..): &(String, _, _)| *known == name) {
            name = format!("{name}_{}", runs.len() + 1);
        }
        runs.push((name, outcome, element));
    }
    let versions: Vec<Version<'_>> = runs
        .iter()
        .map(|(name, outcome, element)| Version { name: name.clone(), state: outcome.last(), element: *element })
        .collect();
    let mut columns = vec!["uCode".to_owned(), "uName".to_owned(), "Time".to_owned()];
    for version in &versions {
        columns.extend([format!("score_{}", version.name), format!("rank_{}", version.name)]);
    }
    columns.push("moved".to_owned());
    let mut table = Table { columns, ..Table::default() };
    for found in compared(&versions) {
        let mut line: Vec<Cell> = vec![found.unit.into(), found.name.into(), Cell::Count(found.time)];
        for (score, rank) in found.scores.iter().zip(&found.ranks) {
            line.extend([Cell::Number(*score), Cell::Count(rank.map(|rank| rank as i64))]);
        }
        line.push(Cell::Count(found.moved));
        table.rows.push(line);
    }
    table
        .headed(session.text, "compare", |_| false)
        .for_readers(session.text)
        .write(arguments.output.format, arguments.output.out.as_deref())?;
    Ok(Exit::Done)
}

/// The row of a unit in the last step; of its last year where none was given.
fn row(outcome: &Outcome, unit: &str, year: Option<i64>) -> Result<usize, Failure> {
    let rows = &outcome.last().data.rows;
    let fits = |at: &usize| rows[*at].unit == unit && (year.is_none() || rows[*at].time == year);
    (0..rows.len())
        .filter(fits)
        .max_by_key(|at| rows[*at].time)
        .ok_or_else(|| wrong(ExplainError::UnknownUnit(unit.to_owned())))
}

fn side(outcome: &Outcome, row: usize) -> Side {
    let state = outcome.last();
    let scores = (0..state.weights.len()).map(|at| state.column(at).map_or(f64::NAN, |column| column[row])).collect();
    Side { scores, weights: state.weights.to_vec() }
}

fn no_group((grouping, group): (&str, &str)) -> Failure {
    Failure::new(Exit::Usage, codes::UNKNOWN_CODE, format!("there is no group `{group}` in `{grouping}`"))
        .help("name a column of type Group, and one of its words")
}

fn aggregate(chain: &Chain) -> Result<&AggregateStep, Failure> {
    let last = chain.recipe.steps.iter().rev().find_map(|step| match step {
        Step::Aggregate(step) => Some(step),
        _ => None,
    });
    last.ok_or_else(|| wrong(ExplainError::NoScore("aggregate".to_owned())))
}

fn wrong(error: ExplainError) -> Failure {
    let (exit, code, help) = match &error {
        ExplainError::UnknownUnit(_) => {
            (Exit::Usage, codes::UNKNOWN_CODE, "name a unit by its `uCode`, and a year of the table")
        }
        ExplainError::UnknownIndicator(_) => (Exit::Usage, codes::UNKNOWN_CODE, "name an indicator by its `iCode`"),
        _ => (Exit::Input, codes::VALUE_NOT_ALLOWED, "ranks and frontiers are no sums and have no parts"),
    };
    Failure::new(exit, code, error.to_string()).help(help)
}
