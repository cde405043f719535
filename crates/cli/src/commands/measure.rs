//! `mizan measure`: records become observations.

use std::sync::Arc;
use std::time::Instant;

use mizan_ingest::NodeLock;
use mizan_measure::run::{self, MeasureOptions, Progress, Run};
use mizan_model::diagnostic::Severity;
use mizan_model::observation::{EngineStatus, Observation};
use mizan_model::period::Period;
use serde_json::json;

use crate::arguments::{FailArguments, MachineArguments, MeasureArguments, SelectionArguments};
use crate::commands::{Session, show};
use crate::failure::{Exit, Failure};
use crate::node::{Node, write_file};
use crate::output;
use crate::record::{self, Timings};
use crate::{observations, selection, settings};

/// Measures, keeps the observations and the record of the run, and shows what was asked for.
pub fn run(arguments: &MeasureArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let node = session.node()?;
    let mut options = options(&node, &arguments.selection, &arguments.machine, session)?;
    options.grains = selection::grains(&arguments.grain)?;
    options.fresh = arguments.fresh;
    if let Some(text) = &arguments.as_of {
        options.extraction = Some(settings::moment(text, &node.settings.zone).ok_or_else(|| {
            Failure::usage(format!("`{text}` is not a moment")).help("write `2026-02-15` or `2026-02-15T00:00:00Z`")
        })?);
    }
    if arguments.explain {
        output::print(&run::explain(&node.folder, &node.framework, &options)?);
        return Ok(Exit::Done);
    }
    let mut done = measure(&node, &options, session)?;
    if let Some(failure) = without_data(&done, &options, session) {
        return Err(failure);
    }
    let timings = Timings::from([("measure", done.seconds)]);
    let kept = keep(&node, &mut done, &options, session, timings)?;
    let chosen = show::choose(&done.run.observations, options.kpis.as_deref(), &options.periods, options.by.as_deref());
    show::write(&chosen, &node, session, &arguments.output)?;
    session.report.detail(&kept.display().to_string());
    summary(&done, session);
    if options.kpis.is_some() {
        let mut entered: Vec<&str> = reported(&done.run).map(|o| o.kpi.as_str()).collect();
        entered.dedup();
        for kpi in entered {
            session.report.say(&session.text.label(kpi, &session.text.messages.status_reported_why()));
        }
    }
    Ok(exit(&done.run, options.kpis.is_some(), &arguments.fail))
}

fn reported(run: &Run) -> impl Iterator<Item = &Observation> {
    run.observations.iter().filter(|o| o.status == EngineStatus::Reported)
}

/// The error for periods that were asked for and in which nothing lies. Such a run is not kept.
fn without_data(done: &Done, options: &MeasureOptions, session: &Session<'_>) -> Option<Failure> {
    let is_absent = |o: &&Observation| matches!(o.status, EngineStatus::NotComputable | EngineStatus::Reported);
    let observations = &done.run.observations;
    let only_absent = !observations.is_empty() && observations.iter().all(|o| is_absent(&o));
    let is_filled = observations.iter().filter(|o| !is_absent(o)).any(|o| o.n > 0 || o.value.is_some());
    if options.periods.is_empty() || is_filled || (only_absent && options.kpis.is_some()) {
        return None;
    }
    let asked: Vec<String> = options.periods.iter().map(ToString::to_string).collect();
    let messages = &session.text.messages;
    let months =
        done.run.manifests.values().flat_map(|manifest| &manifest.segments).map(|segment| segment.month.as_str());
    let months = || months.clone().filter(|month| month.len() == 7);
    let none = messages.error_period_without_data(&asked.join(", "));
    let failure = |message: String| Failure::translated(Exit::Failed, "N0109", message);
    let (Some(first), Some(last)) = (months().min(), months().max()) else { return Some(failure(none)) };
    let reach = [first, last].map(|month| month.parse::<Period>().ok());
    let begins_in = |period: &&Period| match reach {
        [Some(first), Some(last)] => period.start <= last.end() && first.start <= period.end(),
        _ => false,
    };
    // A year of which January is missing has records, but no figures.
    Some(match options.periods.iter().find(begins_in) {
        Some(period) => failure(messages.error_period_incomplete(&period.to_string(), first, last)),
        None => failure(none).help(session.text.label(&messages.word_period(), &format!("{first}..{last}"))),
    })
}

/// A finished run with the seconds that it took.
pub struct Done {
    /// The run.
    pub run: Run,
    /// Seconds.
    pub seconds: f64,
    /// Until the run is kept, no other may end and become the latest. A reader of what is printed must not hold it.
    lock: Option<NodeLock>,
}

impl Done {
    /// The run, where it is not kept.
    pub fn unlocked(self) -> Run {
        self.run
    }
}

/// What is measured, from node, selection and machine; all lengths of periods.
pub fn options(
    node: &Node,
    selected: &SelectionArguments,
    machine: &MachineArguments,
    session: &Session<'_>,
) -> Result<MeasureOptions, Failure> {
    let kpis = selection::kpis(&selected.terms(), &node.framework, session.text)?;
    let by = selection::breakdowns(&selected.by, kpis.as_deref(), &node.framework, session.text)?;
    Ok(MeasureOptions {
        area: node.settings.code.clone(),
        zone: node.settings.zone.clone(),
        memory_bytes: machine.memory,
        threads: machine.threads(),
        calendars: Arc::new(node.settings.calendars.clone()),
        kpis,
        by,
        grains: mizan_model::period::Grain::ALL.to_vec(),
        periods: selection::periods(&selected.period, node.settings.fiscal_start, session.text)?,
        extraction: node.settings.as_of,
        fresh: false,
        rows_a_query: run::ROWS_A_QUERY,
    })
}

/// Measures with a bar of progress.
pub fn measure(node: &Node, options: &MeasureOptions, session: &Session<'_>) -> Result<Done, Failure> {
    let messages = &session.text.messages;
    let started = Instant::now();
    let phase = session.report.phase("measure", &messages.measure_progress(), 0, session.text);
    let progress = |event: Progress| match event {
        Progress::Planned { rows, partitions, unchanged } => {
            phase.set_total(rows);
            session
                .report
                .event("measure_planned", json!({ "rows": rows, "partitions": partitions, "unchanged": unchanged }));
            if unchanged > 0 {
                let all = (partitions + unchanged) as u64;
                let line = match partitions {
                    0 => messages.measure_nothing(),
                    _ => messages.measure_incremental(partitions as u64, all),
                };
                session.report.detail(&line);
            }
        }
        Progress::Measured { contract, rows } => {
            phase.rows(rows);
            phase.inc(rows);
            session.report.event("scan_finished", json!({ "contract": contract, "rows": rows }));
        }
        Progress::Merging => session.report.event("merging", json!({})),
    };
    let run = run::measure(&node.folder, &node.framework, options, &progress, &session.stop);
    // Where the engine went through the disk if memory was short. Fails where something is left in it, which then stays.
    let _ = std::fs::remove_dir(node.folder.join(".spill"));
    let (run, lock) = run?;
    phase.finish();
    if run.manifests.is_empty() {
        return Err(Failure::new(Exit::Input, "N0107", "the node has no records yet")
            .help("take source files in first: `mizan ingest FOLDER`"));
    }
    Ok(Done { run, seconds: started.elapsed().as_secs_f64(), lock: Some(lock) })
}

/// Keeps observations and `run.json`, and frees the node; gives the path of `run.json`.
pub fn keep(
    node: &Node,
    done: &mut Done,
    options: &MeasureOptions,
    session: &Session<'_>,
    timings: Timings,
) -> Result<std::path::PathBuf, Failure> {
    let all = &done.run.observations;
    let bytes = observations::parquet(&all.iter().collect::<Vec<_>>(), &observations::breakdowns_in(all))?;
    write_file(&observations::file(&node.folder, &done.run.id), &bytes)?;
    let mappings = match node.mappings(None) {
        Ok((mappings, _, _)) => mappings,
        // Records were there before: that mappings are gone now is no matter, and a broken one does not spoil the run.
        Err(failure) => {
            let are_gone = failure.findings.iter().all(|finding| finding.code == "N0104");
            if !are_gone {
                session.report.findings(&failure.findings, &failure.texts);
            }
            Vec::new()
        }
    };
    // What is said of translations depends on the reader, and no number on them.
    let warnings = node.warnings.iter().filter(|warning| !warning.code.starts_with('T'));
    let warnings: Vec<String> = warnings.map(|w| format!("{}: {}", w.code, w.message)).collect();
    let kept = record::write(node, &done.run, options, &mappings, &timings, &warnings);
    done.lock = None;
    kept
}

/// The last line.
pub fn summary(done: &Done, session: &Session<'_>) {
    let run = &done.run;
    let of = |wanted: fn(&Observation) -> bool| {
        let mut kpis: Vec<&str> = run.observations.iter().filter(|o| wanted(o)).map(|o| o.kpi.as_str()).collect();
        kpis.dedup();
        kpis.len() as u64
    };
    let is_absent = |o: &Observation| matches!(o.status, EngineStatus::NotComputable);
    let measured = of(|o| o.value.is_some());
    let absent = of(is_absent);
    let warnings =
        run.checks.iter().filter(|c| c.holds != Some(true) && c.severity >= Severity::Warning).count() as u64;
    let time = session.text.duration(done.seconds);
    session.report.say(&session.text.messages.measure_summary(measured, absent, warnings, &time));
    session.report.event(
        "measure_finished",
        json!({ "run": run.id, "measured": measured, "not_computable": absent, "failed_checks": warnings, "seconds": done.seconds }),
    );
}

fn exit(run: &Run, selected: bool, fail: &FailArguments) -> Exit {
    let least = Severity::from(fail.fail_on);
    let failed = run.checks.iter().any(|check| check.holds != Some(true) && check.severity >= least);
    let only_entered = reported(run).count() == run.observations.len();
    let absent = selected && (only_entered || run.observations.iter().any(|o| o.status == EngineStatus::NotComputable));
    if (failed || absent) && !fail.exit_zero { Exit::Failed } else { Exit::Done }
}
