//! Every step of a run as a file: `01_raw.csv` … `07_aggregated.csv`, and beside it what the step did.

use std::path::Path;

use mizan_index::chain::{Done, Outcome, State};
use mizan_index::dataset::Row;
use mizan_index::structure::Structure;

use crate::failure::Failure;
use crate::node::write_file;
use crate::output::shortest;

const STEPS: [&str; 8] = ["raw", "denominate", "impute", "screen", "treat", "normalise", "weigh", "aggregate"];

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

/// Writes all steps: a table of units (`uCode`, `Time` in a panel, then one column an element) in the order of `uCode`,
/// with `NA` for what is missing, and a record as JSON.
pub fn write(folder: &Path, outcome: &Outcome, structure: &Structure) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|cause| Failure::write(folder, cause))?;
    remove_older(folder)?;
    let Some(first) = outcome.steps.first() else { return Ok(()) };
    // A step counts the rows that came to it.
    let mut before = &first.state;
    for (at, Done { step, state, record }) in outcome.steps.iter().enumerate() {
        let name = format!("{:02}_{}", at + 1, word(step));
        write_file(&folder.join(format!("{name}.csv")), table(state, structure)?.as_slice())?;
        // Rows and columns of the record are counted in these lists, from 0.
        let label = |row: &Row| row.time.map_or_else(|| row.unit.clone(), |time| format!("{} {time}", row.unit));
        let units: Vec<String> = before.data.rows.iter().map(label).collect();
        let elements: Vec<&str> = structure.elements.iter().map(|element| element.code.as_str()).collect();
        let record = serde_json::json!({ "step": step, "rows": units, "elements": elements, "record": record });
        before = state;
        write_file(&folder.join(format!("{name}.json")), format!("{record:#}\n").as_bytes())?;
    }
    if !outcome.pooled.is_empty() {
        let pooled = serde_json::json!(outcome.pooled);
        write_file(&folder.join("pooled.json"), format!("{pooled:#}\n").as_bytes())?;
    }
    Ok(())
}

/// Steps of an earlier run would stand among those of this one.
fn remove_older(folder: &Path) -> Result<(), Failure> {
    let fail = |cause: std::io::Error| Failure::write(folder, cause);
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let is_numbered =
            name.len() > 3 && name.as_bytes()[..2].iter().all(u8::is_ascii_digit) && name.as_bytes()[2] == b'_';
        let is_step = is_numbered && STEPS.iter().any(|step| name[3..].starts_with(word(step)));
        if is_step && (name.ends_with(".csv") || name.ends_with(".json")) {
            std::fs::remove_file(&path).map_err(fail)?;
        }
    }
    Ok(())
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
