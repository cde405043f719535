//! `mizan index sensitivity`.

use mizan_index::chain::Chain;
use mizan_index::codes;
use mizan_index::uncertainty::{Index, SensitivityIndices, effects, sensitivity as indices};
use mizan_model::diagnostic::Diagnostic;

use super::uncertain::{analysis, draws, number, wrong};
use super::{chain, guard, outcome, recipe, settled};
use crate::arguments::IndexSensitivityArguments;
use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::findings::Texts;
use crate::output::{Cell, Table};

/// Below this sum of first orders, choices matter together, and that is said. Estimates of a sum of 1 scatter around it.
const ADDITIVE: f64 = 0.9;

/// Indices of the mean shift of all ranks, or of the rank of one unit in each year.
pub fn sensitivity(arguments: &IndexSensitivityArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let outputs = [arguments.output.out.as_deref(), arguments.uncertain.draws.as_deref()];
    guard(&arguments.inputs, &[Some(&arguments.recipe), arguments.uncertain.intervals.as_deref()], &outputs)?;
    let recipe = recipe(&arguments.recipe, session)?;
    let chain = chain(&arguments.inputs, recipe, session)?;
    let rows = rows(&chain, arguments.unit.as_deref())?;
    let analysis = analysis(&chain, &arguments.uncertain)?;
    settled(effects(&analysis).map_err(wrong)?, Exit::Input, Texts::default(), session)?;
    // What the recipe as written finds, such as indicators without variation, is true of every replication near it.
    outcome(&chain, session)?;
    let draws = draws(&chain, &arguments.uncertain, 2)?;
    let inputs = draws.inputs.len() / 2;
    let title = session.text.messages.replications_progress();
    let phase = session.report.phase("sensitivity", &title, (draws.len() * (inputs + 2)) as u64, session.text);
    let resamples = arguments.resamples;
    let found = indices(&analysis, &draws, resamples, &|done| phase.inc(done as u64), &session.stop).map_err(wrong)?;
    phase.finish();
    // A name for people, the year in a panel, and the indices of the inputs.
    let series: Vec<(String, Option<i64>, &[SensitivityIndices])> = match &rows {
        None => vec![("the mean shift of ranks".to_owned(), None, found.mean_shift.as_slice())],
        Some(rows) => {
            let of = |row: &usize| (&chain.dataset.rows[*row], found.by_row[*row].as_slice());
            rows.iter().map(of).map(|(row, of)| (format!("the rank of `{}`", row.label()), row.time, of)).collect()
        }
    };
    let is_panel = series.iter().any(|(_, time, _)| time.is_some());
    let mut columns = if is_panel { vec!["Time"] } else { Vec::new() };
    columns.extend([
        "input",
        "first",
        "first_lower",
        "first_upper",
        "first_jansen",
        "total",
        "total_lower",
        "total_upper",
    ]);
    let mut table = Table::new(&columns);
    for (_, time, of) in &series {
        for (input, indices) in draws.inputs.iter().zip(*of) {
            let mut line: Vec<Cell> = if is_panel { vec![Cell::Count(*time)] } else { Vec::new() };
            line.push(input.as_str().into());
            let Index { value, lower, upper } = indices.first;
            line.extend([value, lower, upper, indices.first_jansen.value].map(number));
            let Index { value, lower, upper } = indices.total;
            line.extend([value, lower, upper].map(number));
            table.rows.push(line);
        }
    }
    let table = table.headed(session.text, "sensitivity", |_| false).for_readers(session.text);
    table.write(arguments.output.format, arguments.output.out.as_deref())?;
    let findings: Vec<Diagnostic> = series.iter().filter_map(|(name, _, of)| finding(name, of)).collect();
    session.report.findings(&findings, &Texts::default());
    Ok(Exit::Done)
}

/// Rows of a unit, a year each; `None` where no unit was named.
fn rows(chain: &Chain, unit: Option<&str>) -> Result<Option<Vec<usize>>, Failure> {
    let Some(unit) = unit else { return Ok(None) };
    let all = chain.dataset.rows.iter().enumerate();
    let mut rows: Vec<usize> = all.filter(|(_, row)| row.unit == unit).map(|(at, _)| at).collect();
    rows.sort_by_key(|at| chain.dataset.rows[*at].time);
    if rows.is_empty() {
        return Err(Failure::new(Exit::Usage, codes::UNKNOWN_CODE, format!("the table has no unit `{unit}`"))
            .help("name a unit by its `uCode`"));
    }
    Ok(Some(rows))
}

/// What the indices of one output say beside their numbers.
fn finding(name: &str, of: &[SensitivityIndices]) -> Option<Diagnostic> {
    if of.iter().all(|indices| indices.first.value.is_nan()) {
        let message = format!("nothing moves {name}: there is no variance to share out, and no index");
        return Some(
            Diagnostic::warning(codes::NO_EFFECT, message)
                .why("it is the same under all choices, or it is missing")
                .help("look at `mizan index uncertainty --what effects`, and at the ranges of the inputs"),
        );
    }
    let sum: f64 = of.iter().map(|indices| indices.first.value).sum();
    (of.len() > 1 && sum < ADDITIVE).then(|| {
        let message = format!("first orders of {name} sum to {sum:.2}: the other {:.2} is interaction", 1.0 - sum);
        Diagnostic::notice(codes::INTERACTION, message)
            .why("so much of the variance is from choices that act together, and from none of them alone")
            .help("read the total indices: an input with a large total and a small first order acts with others")
    })
}
