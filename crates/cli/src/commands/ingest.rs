//! `mizan ingest`: source files become records.

use std::collections::BTreeMap;
use std::path::Path;

use mizan_ingest::quarantine::QuarantinedRow;
use mizan_ingest::{Counts, IngestOptions, IngestReport, Observer};
use serde_json::json;

use crate::arguments::{IngestArguments, MachineArguments};
use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::node::{Node, NodeMapping};
use crate::output::Table;
use crate::report::{Phase, Report};

/// Takes files in, or rows out of quarantine.
pub fn run(arguments: &IngestArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let node = session.node()?;
    let (mappings, findings, texts) = node.mappings(arguments.mapping.as_deref())?;
    session.report.findings(&findings, &texts);
    let options = IngestOptions { again: arguments.again, ..options(&node, &arguments.machine)? };
    let report = if arguments.retry {
        retry(&node, &mappings, &options, session)?
    } else {
        let sources = arguments.sources.as_deref().unwrap_or(Path::new("."));
        ingest(&node, &mappings, sources, &options, session)?.0
    };
    table(&report, session).write(arguments.output.format, arguments.output.out.as_deref())?;
    summary(&node, &report, arguments.retry, session);
    let total = report.total();
    // A mapping by which nothing fits is not one for these files.
    Ok(if total.taken == 0 && total.quarantined > 0 { Exit::Failed } else { Exit::Done })
}

/// Settings for reading, from the node and the machine.
pub fn options(node: &Node, machine: &MachineArguments) -> Result<IngestOptions, Failure> {
    Ok(IngestOptions {
        memory_bytes: machine.memory,
        zone: node.settings.zone.clone(),
        currency: node.settings.currency.clone(),
        pseudonym_key: node.key()?,
        threads: machine.threads(),
        again: false,
    })
}

/// Ingests and derives; gives the report and the seconds.
pub fn ingest(
    node: &Node,
    mappings: &[NodeMapping],
    sources: &Path,
    options: &IngestOptions,
    session: &Session<'_>,
) -> Result<(IngestReport, f64), Failure> {
    let messages = &session.text.messages;
    let phase = session.report.phase("ingest", &messages.demo_phase_ingest(), 0, session.text);
    let watch = Watch { phase: &phase, report: session.report };
    let mappings: Vec<_> = mappings.iter().map(|mapping| mapping.mapping.clone()).collect();
    let report =
        mizan_ingest::ingest(&node.folder, &node.framework, &mappings, sources, options, &watch, &session.stop)?;
    Ok((report, phase.finish()))
}

fn retry(
    node: &Node,
    mappings: &[NodeMapping],
    options: &IngestOptions,
    session: &Session<'_>,
) -> Result<IngestReport, Failure> {
    let messages = &session.text.messages;
    let phase = session.report.phase("retry", &messages.demo_phase_ingest(), 0, session.text);
    let watch = Watch { phase: &phase, report: session.report };
    let mut all = IngestReport::default();
    for mapping in mappings {
        let report =
            mizan_ingest::retry(&node.folder, &node.framework, &mapping.mapping, options, &watch, &session.stop)?;
        all.files.extend(report.files);
        all.derived.months += report.derived.months;
        all.derived.rewritten += report.derived.rewritten;
    }
    phase.finish();
    Ok(all)
}

struct Watch<'a> {
    phase: &'a Phase<'a>,
    report: &'a Report,
}

impl Observer for Watch<'_> {
    fn planned(&self, files: usize, bytes: u64) {
        self.phase.set_total(bytes);
        self.report.event("ingest_planned", json!({ "files": files, "bytes": bytes }));
    }

    fn file_started(&self, mapping: &str, file: &str, bytes: u64) {
        self.report.event("file_started", json!({ "mapping": mapping, "file": file, "bytes": bytes }));
    }

    fn bytes_read(&self, bytes: u64) {
        self.phase.inc(bytes);
    }

    fn rows_read(&self, rows: u64) {
        self.phase.rows(rows);
    }

    fn file_finished(&self, mapping: &str, file: &str, counts: &Counts, skipped: bool) {
        let fields = json!({
            "mapping": mapping,
            "file": file,
            "rows": counts.rows_in,
            "taken": counts.taken,
            "quarantined": counts.quarantined,
            "duplicates": counts.duplicates,
            "skipped": skipped,
        });
        self.report.event("file_finished", fields);
    }

    fn deriving(&self, contract: &str, month: &str) {
        self.report.event("deriving", json!({ "contract": contract, "month": month }));
    }
}

/// One row a file.
fn table(report: &IngestReport, session: &Session<'_>) -> Table {
    let messages = &session.text.messages;
    let mut table = Table::new(&[
        "mapping",
        "contract",
        "file",
        "rows",
        "taken",
        "quarantined",
        "duplicates",
        "unchanged",
        "reasons",
    ]);
    table.heads = vec![
        messages.word_mapping(),
        messages.word_contract(),
        messages.word_file(),
        messages.word_rows_read(),
        messages.word_taken(),
        messages.word_quarantined(),
        messages.word_duplicates(),
        messages.word_unchanged(),
        messages.word_reasons(),
    ];
    table.numbers = (3..7).collect();
    for file in &report.files {
        let counts = &file.counts;
        let reasons: Vec<String> = file.reasons.iter().map(|(code, n)| format!("{code}={n}")).collect();
        let count = |count: u64| session.text.numbers.count(count);
        table.shown.push(vec![
            file.mapping.clone(),
            file.contract.clone(),
            file.file.clone(),
            count(counts.rows_in),
            count(counts.taken),
            count(counts.quarantined),
            count(counts.duplicates),
            if file.skipped { messages.word_yes() } else { messages.word_no() },
            reasons.join(" "),
        ]);
        table.rows.push(vec![
            file.mapping.as_str().into(),
            file.contract.as_str().into(),
            file.file.as_str().into(),
            counts.rows_in.into(),
            counts.taken.into(),
            counts.quarantined.into(),
            counts.duplicates.into(),
            if file.skipped { "yes" } else { "no" }.into(),
            reasons.join(" ").into(),
        ]);
    }
    table
}

/// Examples of a reason, each from another column.
const EXAMPLES: usize = 3;
/// Reasons in quarantine among which examples are looked for.
const EXAMPLES_AMONG: usize = 10_000;

/// The last lines, for people.
pub fn summary(node: &Node, report: &IngestReport, retried: bool, session: &Session<'_>) {
    let messages = &session.text.messages;
    let total = report.total();
    if retried {
        if total.rows_in == 0 {
            session.report.say(&messages.ingest_retry_nothing());
        } else {
            session.report.say(&messages.ingest_retry(total.taken, total.quarantined));
        }
        return;
    }
    if !report.files.is_empty() && report.files.iter().all(|file| file.skipped) {
        session.report.say(&messages.ingest_nothing());
    }
    session.report.say(&messages.ingest_summary(total.taken, total.quarantined));
    let counted = |code: &str, rows: u64| {
        let title = messages.code_title(code).unwrap_or_default();
        session.text.label(&format!("  {code} {title}"), &messages.rows(rows))
    };
    for (code, rows) in &total.warnings {
        session.report.detail(&counted(code, *rows));
    }
    if total.quarantined > 0 {
        let mut reasons: BTreeMap<&str, u64> = BTreeMap::new();
        for (code, rows) in report.files.iter().flat_map(|file| &file.reasons) {
            *reasons.entry(code).or_default() += rows;
        }
        // Where they cannot be read, their counts are enough.
        let quarantined = mizan_ingest::quarantine::list(&node.folder, None, EXAMPLES_AMONG).unwrap_or_default();
        for (code, rows) in reasons {
            session.report.say(&counted(code, rows));
            let mut examples: Vec<&QuarantinedRow> = Vec::new();
            let is_of_run = |row: &&QuarantinedRow| report.files.iter().any(|file| file.file == row.file);
            for row in quarantined.iter().filter(|row| row.code == code).filter(is_of_run) {
                if examples.iter().all(|known| known.column != row.column) {
                    examples.push(row);
                }
            }
            for row in examples.into_iter().take(EXAMPLES) {
                let column = row.column.as_ref().map(|column| format!(", {column}")).unwrap_or_default();
                let place = format!("{}:{}{column}", row.file, row.line);
                session.report.say(&format!("    {}", messages.ingest_quarantine_example(&place, &row.value)));
            }
        }
        let folder = node.folder.join("quarantine").display().to_string();
        session.report.say(&messages.ingest_quarantine_where(&folder));
    }
    session.report.event("ingest_finished", json!({ "total": total, "derived": report.derived }));
}
