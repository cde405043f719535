//! Every step of a run as a file: `01_raw.csv` … `07_aggregated.csv`, and beside it what the step did.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use mizan_index::chain::{Done, Outcome, State};
use mizan_index::dataset::Row;
use mizan_index::recipe::{ImputeMethod, Recipe, Step};
use mizan_index::structure::Structure;

use super::imputation::Errors;
use super::written::{LIST, Written};
use crate::commands::never_over;
use crate::failure::Failure;
use crate::output::shortest;

/// Scores over several imputations.
const POOLED: &str = "pooled.json";

/// File name of a step.
fn word(step: &str) -> &str {
    match step {
        "denominate" => "denominated",
        "impute" => "imputed",
        "screen" => "screened",
        "treat" => "treated",
        "normalise" => "normalised",
        "weigh" => "weighed",
        "aggregate" => "aggregated",
        other => other,
    }
}

/// Files that the steps of a recipe become, in the order of the steps.
fn files(recipe: &Recipe) -> Vec<String> {
    let steps = std::iter::once("raw").chain(recipe.steps.iter().map(Step::name));
    let mut files: Vec<String> = steps
        .enumerate()
        .flat_map(|(at, step)| ["csv", "json"].map(|ending| format!("{:02}_{}.{ending}", at + 1, word(step))))
        .collect();
    if recipe.steps.iter().any(|step| matches!(step, Step::Impute(step) if step.method == ImputeMethod::Multiple)) {
        files.push(POOLED.to_owned());
    }
    files
}

/// What the folder holds of an earlier run, once it is sure that nothing else would be touched; nothing is written yet.
///
/// # Errors
/// U0001 for a file among those to be written or removed that is read by this run, that is its `--out`, or that no
/// earlier run wrote as it is.
pub fn prepare(folder: &Path, recipe: &Recipe, reads: &[&Path], out: Option<&Path>) -> Result<Written, Failure> {
    let earlier = Written::read(folder)?;
    let mut touched: BTreeSet<String> = files(recipe).into_iter().collect();
    touched.extend(earlier.names().map(str::to_owned));
    touched.insert(LIST.to_owned());
    let paths: Vec<PathBuf> = touched.iter().map(|name| folder.join(name)).collect();
    for path in &paths {
        let outputs = [Some(path.as_path()), out];
        never_over(&outputs, reads.iter().copied())?;
    }
    for name in touched.iter().filter(|name| *name != LIST) {
        earlier.check(folder, name)?;
    }
    Ok(earlier)
}

/// Writes all steps: a table of units (`uCode`, `Time` in a panel, then one column an element) in the order of `uCode`,
/// with `NA` for what is missing, and a record as JSON. Steps of an earlier run are replaced or removed.
pub fn write(
    folder: &Path,
    earlier: &Written,
    outcome: &Outcome,
    errors: &Errors,
    structure: &Structure,
) -> Result<(), Failure> {
    let Some(first) = outcome.steps.first() else { return Ok(()) };
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    // A step counts the rows that came to it.
    let mut before = &first.state;
    for (at, Done { step, state, record }) in outcome.steps.iter().enumerate() {
        let name = format!("{:02}_{}", at + 1, word(step));
        files.push((format!("{name}.csv"), table(state, structure)?));
        // Rows and columns of the record are counted in these lists, from 0.
        let units: Vec<String> = before.data.rows.iter().map(Row::label).collect();
        let elements: Vec<&str> = structure.elements.iter().map(|element| element.code.as_str()).collect();
        let mut record = serde_json::json!({ "step": step, "rows": units, "elements": elements, "record": record });
        if let Some((_, errors)) = errors.iter().find(|(of, _)| *of == at) {
            record["leave_out_error"] = serde_json::json!(errors);
        }
        before = state;
        files.push((format!("{name}.json"), format!("{record:#}\n").into_bytes()));
    }
    if !outcome.pooled.is_empty() {
        let pooled = serde_json::json!(outcome.pooled);
        files.push((POOLED.to_owned(), format!("{pooled:#}\n").into_bytes()));
    }
    earlier.replace(folder, &files)
}

fn table(state: &State, structure: &Structure) -> Result<Vec<u8>, Failure> {
    let internal = |error: &dyn std::fmt::Display| Failure::internal(error.to_string());
    let rows = &state.data.rows;
    let is_panel = rows.iter().any(|row| row.time.is_some());
    let values = state.scores.as_deref().unwrap_or(&state.data.values);
    let mut header = vec!["uCode"];
    if is_panel {
        header.push("Time");
    }
    header.extend(structure.elements[..values.ncols()].iter().map(|element| element.code.as_str()));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).map_err(|error| internal(&error))?;
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|a, b| (&rows[*a].unit, rows[*a].time).cmp(&(&rows[*b].unit, rows[*b].time)));
    for row in order {
        let mut line = vec![rows[row].unit.clone()];
        if is_panel {
            line.push(rows[row].time.map(|time| time.to_string()).unwrap_or_default());
        }
        let cell = |number: f64| if number.is_nan() { "NA".to_owned() } else { shortest(number) };
        line.extend(values.row(row).iter().map(|number| cell(*number)));
        writer.write_record(&line).map_err(|error| internal(&error))?;
    }
    writer.into_inner().map_err(|error| internal(&error))
}
