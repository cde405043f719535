//! `mizan demo`: a synthetic administration from nothing to the page.

mod world;

use std::path::Path;
use std::time::Instant;

use mizan_model::observation::{EngineStatus, Observation};
use mizan_synth::{Plan, SOURCE_TABLES, SynthError, write_administration};
use sha2::{Digest, Sha256};

use crate::arguments::{DemoArguments, SelectionArguments};
use crate::commands::{Session, ingest, local, measure, shown_value};
use crate::failure::{Exit, Failure};
use crate::node::{Node, write_file, write_file_with, write_key};
use crate::output::Table;
use crate::page::{self, sparkline};
use crate::record::Timings;
use crate::{embedded, observations, settings};

/// File that says that a folder may be replaced.
const MARK: &str = ".mizan-demo";
/// What a demo makes, and what the next one removes.
const MADE: [&str; 7] = ["sources", "mappings", "records", "quarantine", "parts", "observations", "runs"];

/// Makes, ingests, measures, writes.
pub fn run(arguments: &DemoArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    if arguments.world {
        return world::run(arguments, session);
    }
    let started = Instant::now();
    let messages = &session.text.messages;
    let folder = arguments.out.as_path();
    let plan = Plan::sized(arguments.seed, arguments.rows, arguments.months, arguments.offices);
    // What cannot be made removes nothing.
    plan.check().map_err(synth_failure)?;
    clear(folder, session)?;
    let sources = folder.join("sources");
    let mut timings = Timings::new();
    let truth = {
        let title = messages.demo_phase_generate();
        let phase = session.report.phase("generate", &title, u64::from(plan.rows), session.text);
        let mut before = 0;
        let truth = write_administration(&plan, &sources, &mut |done, _| {
            phase.rows(done.saturating_sub(before));
            phase.inc(done.saturating_sub(before));
            before = done;
        })
        .map_err(synth_failure)?;
        timings.push(("generate", phase.finish()));
        truth
    };
    let counts = [
        messages.declarations(truth.declarations.all),
        messages.offices(u64::from(plan.offices)),
        messages.months(u64::from(plan.months)),
    ];
    session.report.say(&messages.demo_made(&counts[0], &counts[1], &counts[2]));
    make_node(folder, &plan, session)?;
    let node = Node::open(folder, session.text)?;
    let (mappings, _, _) = node.mappings(None)?;
    let options = ingest::options(&node, &arguments.machine)?;
    let (report, seconds) = ingest::ingest(&node, &mappings, &sources, &options, session)?;
    timings.push(("ingest", seconds));
    ingest::summary(&node, &report, false, session);
    let options = measure::options(&node, &SelectionArguments::default(), &arguments.machine, session)?;
    let mut done = measure::measure(&node, &options, session)?;
    timings.push(("measure", done.seconds));
    measure::summary(&done, session);
    let writing = Instant::now();
    let run = &done.run;
    let names = observations::breakdown_names(&node.framework);
    let all: Vec<&Observation> = run.observations.iter().collect();
    write_file_with(&folder.join("observations.csv"), |file| observations::csv(all.iter().copied(), &names, file))?;
    write_file(&folder.join("observations.parquet"), &observations::parquet(&all, &names)?)?;
    let page_file = folder.join("index.html");
    write_file(&page_file, page::render(&node, &run.observations, session.text.locale, true)?.as_bytes())?;
    timings.push(("write", writing.elapsed().as_secs_f64()));
    measure::keep(&node, &mut done, &options, session, timings)?;
    summary(&done.run.observations, &node, session).write(arguments.output.format, None)?;
    let shown = |name: &str| folder.join(name).display().to_string();
    session.report.say(&messages.demo_page(&shown("index.html")));
    session.report.say(&messages.demo_table(&shown("observations.csv")));
    session.report.say(&messages.demo_node(&folder.display().to_string()));
    session.report.say(&messages.demo_next(&folder.display().to_string()));
    session.report.say(&messages.demo_done(&session.text.duration(started.elapsed().as_secs_f64())));
    Ok(Exit::Done)
}

fn synth_failure(error: SynthError) -> Failure {
    match error {
        SynthError::Plan(message) => Failure::usage(message),
        SynthError::Write { path, source } => Failure::write(&path, source),
        SynthError::Parquet { path, source } => Failure::write(&path, source),
    }
}

/// Empties the folder of an earlier demo; refuses any other folder that is not empty.
fn clear(folder: &Path, session: &Session<'_>) -> Result<(), Failure> {
    let fail = |error: std::io::Error| Failure::write(folder, error);
    if folder.exists() && !folder.join(MARK).exists() {
        let empty = std::fs::read_dir(folder).map_err(|error| Failure::read(folder, error))?.next().is_none();
        if !empty {
            let message = session.text.messages.error_path_exists(&folder.display().to_string());
            let remedy = session.text.messages.code_remedy("U0009").unwrap_or_default();
            return Err(Failure::translated(Exit::Usage, "U0009", message).help(remedy));
        }
    }
    for name in MADE {
        match std::fs::remove_dir_all(folder.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(fail(error)),
            _ => {}
        }
    }
    write_file(&folder.join(MARK), b"This folder was made by `mizan demo`; the next demo replaces it.\n")
}

/// Settings, key and mappings. The key comes from the seed: the same seed gives the same pseudonyms.
fn make_node(folder: &Path, plan: &Plan, session: &Session<'_>) -> Result<(), Failure> {
    for (file, content) in embedded::pack("plain") {
        let wanted = file.strip_suffix(".toml").is_none_or(|name| {
            SOURCE_TABLES.iter().any(|table| table.files.trim_end_matches("-*.csv").trim_end_matches(".csv") == name)
        });
        if wanted {
            write_file(&folder.join("mappings").join(file), content.as_bytes())?;
        }
    }
    let key: [u8; 32] = Sha256::digest(format!("mizan demo {}", plan.seed)).into();
    write_key(folder, &key)?;
    let (year, month, day) = plan.as_of;
    let text = format!(
        r#"# A synthetic administration, made by `mizan demo`: no real one stands behind these numbers.
schema       = "node/1"
zone         = "{}"
currency     = "{}"
language     = "{}"
framework    = "open-customs"
fiscal_start = 1
# Nothing in the files is later than the start of this day.
as_of        = "{}"

# A code that ISO 3166 leaves to its users.
[administration]
code = "QZ"
name = "Mizan demo"
"#,
        plan.zone,
        plan.currency,
        session.text.locale,
        extraction(plan, year, month, day),
    );
    write_file(&folder.join(settings::FILE), text.as_bytes())
}

/// Start of the day of extraction, as an instant.
fn extraction(plan: &Plan, year: i32, month: u32, day: u32) -> String {
    let day = i16::try_from(year).ok().and_then(|y| jiff::civil::Date::new(y, month as i8, day as i8).ok());
    let zone = jiff::tz::TimeZone::get(&plan.zone).ok();
    let stamp = day.zip(zone).and_then(|(day, zone)| zone.to_timestamp(day.at(0, 0, 0, 0)).ok());
    stamp.map(|stamp| stamp.to_string()).unwrap_or_default()
}

/// One row a KPI: value of the last year, trend of its months, status.
fn summary(all: &[Observation], node: &Node, session: &Session<'_>) -> Table {
    let text = session.text;
    let messages = &text.messages;
    let last = observations::last_period(all.iter().filter(|o| o.value.is_some())).unwrap_or_default();
    let mut table = Table::new(&["dimension", "kpi", "name", "period", "value", "trend", "status"]);
    table.heads = vec![
        messages.word_dimension(),
        messages.word_kpi(),
        messages.word_name(),
        messages.word_period(),
        messages.word_value(),
        messages.word_trend(),
        messages.word_status(),
    ];
    let mut statuses = std::collections::BTreeMap::<EngineStatus, u64>::new();
    for dimension in &node.framework.dimensions {
        let key = format!("dimension.{}", dimension.id);
        let mut heading = local(&node.framework, &key, text).text.to_owned();
        for kpi in node.framework.kpis.iter().filter(|kpi| kpi.dimension == dimension.id) {
            let totals = || all.iter().filter(|o| o.kpi == kpi.id && o.breakdown.is_empty());
            let Some(now) = latest(totals(), last) else { continue };
            *statuses.entry(now.status).or_default() += 1;
            if matches!(now.status, EngineStatus::NotComputable | EngineStatus::Reported) {
                continue;
            }
            let key = format!("{}.short", kpi.id);
            let name = local(&node.framework, &key, text).text.to_owned();
            let months: Vec<Option<f64>> =
                totals().filter(|o| page::is_month_until(&o.period, &now.period)).map(|o| o.value).collect();
            let trend = sparkline::blocks(&months);
            let status = messages.status_label(now.status.as_str()).unwrap_or_default();
            table.rows.push(vec![
                dimension.id.as_str().into(),
                kpi.id.as_str().into(),
                name.as_str().into(),
                now.period.as_str().into(),
                now.value.into(),
                trend.as_str().into(),
                now.status.as_str().into(),
            ]);
            let value = shown_value(Some(kpi), now, &node.settings.currency, text);
            let dimension = std::mem::take(&mut heading);
            table.shown.push(vec![dimension, kpi.id.clone(), name, now.period.to_string(), value, trend, status]);
        }
    }
    let counts: Vec<String> = statuses
        .into_iter()
        .map(|(status, count)| {
            format!("{} {}", text.numbers.count(count), messages.status_label(status.as_str()).unwrap_or_default())
        })
        .collect();
    session.report.say(&counts.join(" · "));
    table
}

/// The observation of that period, else the last one with a value, else the last one.
fn latest<'a>(totals: impl Iterator<Item = &'a Observation> + Clone, period: &str) -> Option<&'a Observation> {
    let with_value = totals.clone().filter(|o| o.value.is_some());
    totals
        .clone()
        .find(|o| o.period == period)
        .or_else(|| with_value.max_by_key(|o| (o.period.len() == 4, &o.period)))
        .or_else(|| totals.last())
}
