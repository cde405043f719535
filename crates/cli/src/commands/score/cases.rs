//! Which values are scored.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use mizan_index::score::Case;
use mizan_measure::observe::STATISTIC;
use mizan_model::framework::Framework;
use mizan_model::kpi::Kpi;
use mizan_model::observation::{EngineStatus, Observation};

use super::allowed;
use super::peers::Peers;
use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::observations;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// Files of observations.
    pub files: Vec<PathBuf>,
    /// Folder of the framework.
    pub framework: Option<PathBuf>,
    /// Year.
    pub year: Option<i64>,
    /// Table of peers.
    pub peers: Option<PathBuf>,
    /// Only these.
    pub areas: Vec<String>,
    /// Recipe of a composite.
    pub recipe: Option<PathBuf>,
}

/// Headline values of all files; those of the node's latest run where no file was named.
pub fn read(files: &[PathBuf], session: &Session<'_>) -> Result<(Vec<PathBuf>, Vec<Observation>), Failure> {
    let mut files = files.to_vec();
    if files.is_empty() {
        let node = session.node()?;
        let path = node.folder.join("runs").join("latest");
        let run = std::fs::read_to_string(&path)
            .map_err(|error| Failure::read(&path, error).help("measure first, or name files of observations"))?;
        files.push(observations::file(&node.folder, run.trim()));
    }
    let mut all = Vec::new();
    for path in &files {
        let is_csv = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
        let read = if is_csv { observations::read_csv(path)? } else { observations::read(path)? };
        all.extend(read.into_iter().filter(|o| o.period.len() == 4));
    }
    let mut seen = BTreeSet::new();
    for o in &all {
        if !seen.insert((&o.kpi, &o.area, &o.period, &o.breakdown)) {
            let message = format!("{} of {} in {} stands in two rows or files", o.kpi, o.area, o.period);
            return Err(Failure::new(Exit::Input, mizan_index::codes::DUPLICATE_ROW, message)
                .help("leave out one of the files"));
        }
    }
    Ok((files, all))
}

/// The year asked for, else the last one that is filled.
pub fn year(all: &[Observation], asked: Option<i64>) -> Result<i64, Failure> {
    let found = match asked {
        Some(year) => all.iter().any(|o| o.period == year.to_string()).then_some(year),
        None => observations::last_period(all.iter()).and_then(|period| period.parse().ok()),
    };
    found.ok_or_else(|| {
        let years: BTreeSet<&str> = all.iter().map(|o| o.period.as_str()).collect();
        let years: Vec<&str> = years.into_iter().collect();
        let asked = asked.map_or_else(|| "a year".to_owned(), |year| year.to_string());
        let help = if years.is_empty() {
            "give observations of whole years".to_owned()
        } else {
            format!("years with values: {}", years.join(", "))
        };
        Failure::new(Exit::Input, mizan_index::codes::YEAR_MISSING, format!("there are no values of {asked}"))
            .help(help)
    })
}

/// Refuses a column that is neither a figure nor a breakdown: the rows that fill it would be parts of a total.
pub fn known_columns(all: &[Observation], framework: &Framework) -> Result<(), Failure> {
    let mut names = observations::breakdown_names(framework);
    names.push(STATISTIC.to_owned());
    let own: BTreeSet<&str> = framework.kpis.iter().map(|kpi| kpi.id.as_str()).collect();
    let splits = all.iter().filter(|o| own.contains(o.kpi.as_str())).flat_map(|o| &o.breakdown);
    let unknown: BTreeSet<&str> =
        splits.map(|(name, _)| name.as_str()).filter(|name| !names.iter().any(|known| known == name)).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    let unknown: Vec<&str> = unknown.into_iter().collect();
    let message = format!(
        "the columns `{}` are neither figures nor breakdowns of the framework, so that the rows with a word in them would \
         not be totals",
        unknown.join("`, `")
    );
    Err(Failure::new(Exit::Input, mizan_index::codes::UNKNOWN_CODE, message)
        .help("take the columns out, or give the framework that the rows were measured with"))
}

/// An administration's value of a KPI, or none.
pub struct Found {
    /// Code.
    pub area: String,
    /// Value as it came, scored or not.
    pub value: Option<f64>,
    /// Value with what rules may look at, or why it is not scored.
    pub case: Result<Case, &'static str>,
    /// Whether the value of the period before is of another definition.
    pub is_broken: bool,
    /// What the engine says of the value; empty for a plain one.
    pub status: &'static str,
}

/// Observations by KPI.
pub fn by_kpi(all: &[Observation]) -> BTreeMap<&str, Vec<&Observation>> {
    let mut found: BTreeMap<&str, Vec<&Observation>> = BTreeMap::new();
    all.iter().for_each(|o| found.entry(&o.kpi).or_default().push(o));
    found
}

/// The values of all administrations that have a row of a KPI in the year, in the order of their codes.
pub fn of_kpi(kpi: &Kpi, own: &[&Observation], year: i64, peers: &Peers) -> Vec<Found> {
    let (now, before) = (year.to_string(), (year - 1).to_string());
    let mut by_area: BTreeMap<&str, Vec<&Observation>> = BTreeMap::new();
    own.iter().for_each(|o| by_area.entry(&o.area).or_default().push(o));
    let mut found = Vec::new();
    for (area, own) in by_area {
        let headline = |period: &str| own.iter().find(|o| o.period == period && o.breakdown.is_empty());
        let Some(current) = headline(&now) else { continue };
        let statistics: BTreeMap<String, f64> = own
            .iter()
            .filter(|o| o.period == now && observations::split_of(o).is_empty())
            .filter_map(|o| Some((observations::statistic_of(o)?.to_owned(), allowed::value(kpi, o).ok()?)))
            .collect();
        let previous = headline(&before).map(|o| allowed::value(kpi, o));
        let case = allowed::value(kpi, current).map(|value| Case {
            value,
            previous: previous.and_then(Result::ok),
            statistics,
            group: peers.of(area),
        });
        let is_broken = previous == Some(Err(allowed::OTHER_DEFINITION));
        let status = if current.status == EngineStatus::Ok { "" } else { current.status.as_str() };
        found.push(Found { area: area.to_owned(), value: current.value, case, is_broken, status });
    }
    found
}
