//! `mizan index uncertainty`, and what `mizan index sensitivity` shares with it.

use std::path::Path;

use mizan_index::chain::Chain;
use mizan_index::codes;
use mizan_index::dataset::Row;
use mizan_index::recipe::Alternatives;
use mizan_index::uncertainty::{Analysis, Draws, UncertaintyError, effects, uncertainty as ranks};

use super::{chain, element, guard, outcome, recipe, settled};
use crate::arguments::{IndexUncertaintyArguments, UncertainInputs, UncertaintyPart};
use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::findings::Texts;
use crate::node::write_file;
use crate::output::{Cell, Table, shortest};
use crate::tables::{Sheet, read_intervals};

/// `mizan index uncertainty`.
pub fn uncertainty(arguments: &IndexUncertaintyArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let outputs = [arguments.output.out.as_deref(), arguments.uncertain.draws.as_deref()];
    guard(&arguments.inputs, &[Some(&arguments.recipe), arguments.uncertain.intervals.as_deref()], &outputs)?;
    let recipe = recipe(&arguments.recipe, session)?;
    let chain = chain(&arguments.inputs, recipe, session)?;
    let analysis = analysis(&chain, &arguments.uncertain)?;
    // What the recipe as written finds, such as indicators without variation, is true of every replication near it.
    outcome(&chain, session)?;
    let effects = settled(effects(&analysis).map_err(wrong)?, Exit::Input, Texts::default(), session)?;
    let output = &arguments.output;
    if arguments.what == UncertaintyPart::Effects {
        let mut table = Table::new(&["input", "alternative", "mean_rank_shift"]);
        for effect in effects {
            let shift = Some(effect.mean_shift).into();
            table.rows.push(vec![effect.input.into(), effect.alternative.into(), shift]);
        }
        let table = table.headed(session.text, "effects", |_| false).for_readers(session.text);
        table.write(output.format, output.out.as_deref())?;
        return Ok(Exit::Done);
    }
    let draws = draws(&chain, &arguments.uncertain, 1)?;
    let title = session.text.messages.replications_progress();
    let phase = session.report.phase("uncertainty", &title, draws.len() as u64, session.text);
    let found = ranks(&analysis, &draws, &|done| phase.inc(done as u64), &session.stop).map_err(wrong)?;
    phase.finish();
    let rows = &chain.dataset.rows;
    let table = match arguments.what {
        UncertaintyPart::Ranks | UncertaintyPart::Effects => {
            let mut table = Table::new(&[
                "uCode",
                "Time",
                "rank",
                "rank_mean",
                "rank_median",
                "rank_lower",
                "rank_upper",
                "score_mean",
                "score_median",
                "score_lower",
                "score_upper",
                "top",
                "group",
            ]);
            for (row, of) in rows.iter().zip(&found.rows) {
                let mut line = names(row);
                line.push(Cell::Count((of.nominal > 0).then_some(i64::from(of.nominal))));
                let numbers = [
                    of.rank.mean,
                    of.rank.median,
                    of.rank.lower,
                    of.rank.upper,
                    of.score.mean,
                    of.score.median,
                    of.score.lower,
                    of.score.upper,
                    of.top,
                ];
                line.extend(numbers.map(number));
                line.push(of.group.into());
                table.rows.push(line);
            }
            table
        }
        UncertaintyPart::Probabilities => matrix(rows, &found.probabilities, |at| format!("rank_{}", at + 1))?,
        UncertaintyPart::Above => matrix(rows, &found.above, |at| rows[at].label())?,
    };
    // Columns of `above` are units.
    let is_code = |at: usize| arguments.what == UncertaintyPart::Above && at > 1;
    let table = table.headed(session.text, "uncertainty", is_code).for_readers(session.text);
    table.write(output.format, output.out.as_deref())?;
    Ok(Exit::Done)
}

pub(super) fn analysis<'a>(chain: &'a Chain, given: &UncertainInputs) -> Result<Analysis<'a>, Failure> {
    let is_used = chain.recipe.uncertainty.iter().flat_map(|of| &of.inputs);
    let is_used = is_used.into_iter().any(|input| matches!(input.alternatives, Alternatives::Intervals { .. }));
    if given.intervals.is_some() && !is_used {
        let message = "`--intervals` has no effect: no uncertain input of the recipe draws values from their intervals";
        return Err(Failure::new(Exit::Definition, codes::NO_EFFECT, message)
            .help("add `[[uncertainty.input]]` with `intervals = { sets = 1000 }`, or leave the option out"));
    }
    let intervals = given.intervals.as_deref().map(|path| read_intervals(path, &chain.dataset)).transpose()?;
    Analysis::new(chain, intervals, element(&chain.structure, given.element.as_deref())?).map_err(wrong)
}

/// New draws, written where a file was named; or those of the file.
pub(super) fn draws(chain: &Chain, given: &UncertainInputs, times: usize) -> Result<Draws, Failure> {
    let uncertainty = chain.recipe.uncertainty.as_ref().ok_or_else(|| wrong(UncertaintyError::NoInputs))?;
    let unfit = |error: mizan_index::uncertainty::DrawsError| {
        Failure::new(Exit::Input, codes::REPLAY, error.to_string()).help("draw anew, or give the recipe of these draws")
    };
    if given.replay {
        let Some(path) = &given.draws else { return Err(Failure::usage("`--replay` needs `--draws`")) };
        let draws = read(path)?;
        draws.check(uncertainty, times).map_err(unfit)?;
        return Ok(draws);
    }
    let draws = Draws::new(uncertainty, times).map_err(unfit)?;
    if let Some(path) = &given.draws {
        // Draws are named like the inputs; anything else is a file of another kind.
        if path.exists() && read(path).map_or(true, |known| known.check(uncertainty, times).is_err()) {
            return Err(Failure::usage(format!("`{}` is there, and holds no draws of this recipe", path.display()))
                .help("name another file, or remove it"));
        }
        write(&draws, path)?;
    }
    Ok(draws)
}

fn read(path: &Path) -> Result<Draws, Failure> {
    let sheet = Sheet::read(path)?;
    let mut uniforms = Vec::with_capacity(sheet.rows.len() * sheet.columns.len());
    for row in 0..sheet.rows.len() {
        for column in 0..sheet.columns.len() {
            uniforms.push(sheet.number(row, column)?.unwrap_or(f64::NAN));
        }
    }
    Ok(Draws { inputs: sheet.columns, uniforms })
}

fn write(draws: &Draws, path: &Path) -> Result<(), Failure> {
    let internal = |error: &dyn std::fmt::Display| Failure::internal(error.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&draws.inputs).map_err(|error| internal(&error))?;
    for row in 0..draws.len() {
        writer
            .write_record(draws.row(row).iter().map(|uniform| shortest(*uniform)))
            .map_err(|error| internal(&error))?;
    }
    write_file(path, &writer.into_inner().map_err(|error| internal(&error))?)
}

/// Rows by something, where there are few enough for it.
fn matrix(rows: &[Row], table: &[Vec<f64>], name: impl Fn(usize) -> String) -> Result<Table, Failure> {
    let Some(first) = table.first() else {
        return Err(Failure::new(Exit::Input, codes::TOO_FEW, "for so many units this table is not made")
            .help("ask for `--what ranks`, or screen units"));
    };
    let mut columns = vec!["uCode".to_owned(), "Time".to_owned()];
    columns.extend((0..first.len()).map(name));
    let line = |(row, numbers): (&Row, &Vec<f64>)| {
        let mut line = names(row);
        line.extend(numbers.iter().map(|value| number(*value)));
        line
    };
    Ok(Table { columns, rows: rows.iter().zip(table).map(line).collect(), ..Table::default() })
}

fn names(row: &Row) -> Vec<Cell> {
    vec![row.unit.as_str().into(), Cell::Count(row.time)]
}

pub(super) fn number(value: f64) -> Cell {
    Cell::Number((!value.is_nan()).then_some(value))
}

pub(super) fn wrong(error: UncertaintyError) -> Failure {
    let exit = if matches!(error, UncertaintyError::Stopped) { Exit::Interrupted } else { Exit::Definition };
    Failure::new(exit, codes::UNCERTAIN_INPUT, error.to_string())
        .help("see `[uncertainty]` in the manual: alternatives of a step, weights, indicators left out, intervals")
}
