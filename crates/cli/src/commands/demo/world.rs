//! `mizan demo --world`: observations of many administrations, so that scores, peers and frontiers can be tried.

use std::path::Path;

use mizan_model::observation::Observation;
use mizan_synth::nations::{Nations, Profile};

use super::{clear, synth_failure};
use crate::arguments::DemoArguments;
use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::node::{read_framework, write_file, write_file_with};
use crate::output::{Cell, Table};
use crate::{embedded, observations};

/// Administrations of the world.
const ADMINISTRATIONS: usize = 60;
/// Years.
const YEARS: std::ops::RangeInclusive<i32> = 2021..=2025;
/// A recipe over the framework's tree, to begin with. Ranks are not shown; with `ranking = true` they have intervals.
const RECIPE: &str = r#"# A composite over all KPIs with a direction, made by `mizan demo --world`: something to change and to compare.
# Without this file there is none: each KPI is scored by its own rule.
schema = "recipe/1"

[[step]]
screen = { by = "missing", min_available = 0.66 }

[[step]]
impute = { method = "median" }

[[step]]
treat = { winmax = 5 }

[[step]]
normalise = { method = "minmax", range = [0, 100] }

[[step]]
aggregate = { method = "arithmetic" }

# What could have been chosen or measured otherwise: it gives scores their intervals, and ranks too.
[uncertainty]
replications = 200
seed = 42

[[uncertainty.input]]
name = "winsorised points"
step = "treat"
parameter = "winmax"
values = [3, 5]

[[uncertainty.input]]
name = "weights"
weights = { noise = 0.25, sets = 100 }

[[uncertainty.input]]
name = "values inside of their intervals"
intervals = {}
"#;

/// Makes the world and writes its tables.
pub fn run(arguments: &DemoArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let folder = arguments.out.as_path();
    let framework = read_framework(embedded::framework(), session.text)?.framework;
    let nations = Nations::new(arguments.seed, ADMINISTRATIONS, YEARS).map_err(synth_failure)?;
    clear(folder, session)?;
    let all = nations.observations(&framework);
    let every: Vec<&Observation> = all.iter().collect();
    let names = observations::breakdown_names(&framework);
    write_file_with(&folder.join("observations.csv"), |file| observations::csv(every.iter().copied(), &names, file))?;
    write_file(&folder.join("observations.parquet"), &observations::parquet(&every, &names)?)?;
    let profiles = nations.profiles(&framework);
    peers(&profiles, &folder.join("peers.csv"))?;
    resources(&nations, &folder.join("resources.csv"))?;
    write_file(&folder.join("recipe.toml"), RECIPE.as_bytes())?;
    write_file(&folder.join("truth.json"), format!("{}\n", nations.truth(&framework).to_json()).as_bytes())?;
    let messages = &session.text.messages;
    let counts = [profiles.len(), YEARS.count(), all.len()].map(|count| count as u64);
    session.report.say(&messages.world_made(counts[0], counts[1], counts[2]));
    session.report.say(&messages.world_next(&folder.join("observations.parquet").display().to_string()));
    Ok(Exit::Done)
}

/// Each administration with its region, which is its group of peers.
fn peers(profiles: &[Profile], path: &Path) -> Result<(), Failure> {
    let mut table = Table::new(&["area", "group", "name", "income_group", "border_kind", "population", "trade_value"]);
    for profile in profiles {
        table.rows.push(vec![
            profile.code.to_string().into(),
            profile.region.to_string().into(),
            profile.name.to_string().into(),
            profile.income_group.as_str().into(),
            profile.border_kind.as_str().into(),
            profile.population.into(),
            Some(profile.trade_value).into(),
        ]);
    }
    write_file(path, &table.csv()?)
}

/// Inputs and outputs by administration and year, for `mizan frontier`.
fn resources(nations: &Nations, path: &Path) -> Result<(), Failure> {
    let found = nations.inputs_outputs();
    let mut columns = vec!["unit".to_owned(), "area".to_owned(), "year".to_owned()];
    columns.extend(found.columns.iter().map(|column| column.name.to_string()));
    let mut table = Table { columns, ..Table::default() };
    for row in &found.rows {
        let mut line: Vec<Cell> = vec![
            format!("{}-{}", row.area, row.year).into(),
            row.area.to_string().into(),
            Cell::Count(Some(i64::from(row.year))),
        ];
        line.extend(row.values.iter().map(|value| Some(*value).into()));
        table.rows.push(line);
    }
    write_file(path, &table.csv()?)
}
