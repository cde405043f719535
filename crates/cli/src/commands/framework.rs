//! `mizan framework check | show | diff`.

use std::path::Path;
use std::sync::Arc;

use mizan_measure::functions::Calendars;
use mizan_measure::session::SessionLimits;
use mizan_measure::{fixture, typing};
use mizan_model::diagnostic::{Diagnostic, Severity};
use mizan_model::framework::{DifferenceKind, Framework, diff, diff_findings};
use mizan_model::kpi::{Kpi, Measure};
use mizan_model::source::sort_by_place;
use serde_json::json;

use crate::arguments::{FrameworkCommand, OutputArguments};
use crate::commands::{Session, breakdown_name, local, mark};
use crate::embedded;
use crate::failure::{Exit, Failure};
use crate::findings::{self, Texts};
use crate::node::{FrameworkFiles, framework_files, read_framework};
use crate::output::{self, Format, Table};
use crate::{selection, settings};

/// Memory for fixtures: some rows each.
const FIXTURE_MEMORY: usize = 256 << 20;

/// Checks, shows or compares.
pub fn run(command: FrameworkCommand, session: &Session<'_>) -> Result<Exit, Failure> {
    match command {
        FrameworkCommand::Check { folder, format } => check(folder.as_deref(), format, session),
        FrameworkCommand::Show { kpi, folder, output } => show(kpi.as_deref(), folder.as_deref(), &output, session),
        FrameworkCommand::Diff { old, new, output } => difference(&old, &new, &output, session),
        FrameworkCommand::Schema(_) => unreachable!("answered before"),
    }
}

/// Files of the framework: the folder's, else the node's, else the shipped one.
pub fn files(folder: Option<&Path>, session: &Session<'_>) -> Result<FrameworkFiles, Failure> {
    match folder {
        Some(folder) => framework_files(&folder.display().to_string(), Path::new("")),
        None if session.global.node.join(settings::FILE).exists() => {
            let text = std::fs::read_to_string(session.global.node.join(settings::FILE))
                .map_err(|error| Failure::read(&session.global.node, error))?;
            framework_files(&settings::read(&text).value.framework, &session.global.node)
        }
        None => Ok(embedded::framework().into()),
    }
}

/// Syntax and rules (model), types and fixtures (measure): all findings in one run.
pub fn all_findings(
    files: impl Into<Arc<Texts>>,
    session: &Session<'_>,
) -> Result<(Option<Framework>, Vec<Diagnostic>, usize), Failure> {
    let checked = Framework::from_files(files);
    let mut found = checked.diagnostics;
    let mut passed = 0;
    if let Some(framework) = &checked.value {
        let limits = SessionLimits {
            memory_bytes: FIXTURE_MEMORY,
            threads: 1,
            spill_folder: None,
            calendars: Arc::new(Calendars::default()),
        };
        found.extend(typing::check(framework, &limits)?);
        let title = session.text.messages.help("framework-check").unwrap_or_default();
        let phase = session.report.phase("fixtures", &title, 0, session.text);
        for result in fixture::run_all(framework, &limits)? {
            passed += usize::from(result.diagnostics.is_empty());
            found.extend(result.diagnostics);
        }
        phase.finish();
    }
    sort_by_place(&mut found);
    Ok((checked.value, found, passed))
}

fn check(folder: Option<&Path>, format: Format, session: &Session<'_>) -> Result<Exit, Failure> {
    let files = files(folder, session)?;
    let FrameworkFiles { texts: files, unreadable } = files;
    let (framework, checked, passed) = all_findings(files.clone(), session)?;
    let mut found = unreadable;
    found.extend(checked);
    sort_by_place(&mut found);
    let messages = &session.text.messages;
    let fixtures = framework.as_ref().map_or(0, |f| f.kpis.iter().map(|kpi| kpi.fixtures.len()).sum::<usize>());
    let kpis = framework.as_ref().map_or(0, |f| f.kpis.len() + f.broken.len());
    match format {
        Format::Json => output::print_json(&json!({
            "kpis": kpis,
            "fixtures": { "all": fixtures, "passed": passed },
            "findings": findings::to_json(&found, &files),
        })),
        Format::Table if !found.is_empty() => {
            let color = session.report.stdout_color(session.global.color);
            output::print(&format!("{}\n\n", session.report.drawn(&found, &files, color)));
        }
        Format::Table => {}
        _ => {
            let mut table = Table::new(&["code", "severity", "file", "line", "column", "message", "help"]);
            for finding in &found {
                let label = finding.labels.first();
                let place = label.and_then(|l| Some((l, files.get(&l.file)?)));
                let place = place.map(|(l, text)| mizan_model::diagnostic::line_column(text, l.span.start));
                table.rows.push(vec![
                    finding.code.as_str().into(),
                    format!("{:?}", finding.severity).to_lowercase().into(),
                    label.map_or("", |l| l.file.as_str()).into(),
                    place.map_or(0, |(line, _)| line).into(),
                    place.map_or(0, |(_, column)| column).into(),
                    finding.message.as_str().into(),
                    finding.help.clone().unwrap_or_default().into(),
                ]);
            }
            table.write(format, None)?;
        }
    }
    session.report.say(&messages.framework_summary(kpis as u64, found.len() as u64));
    session.report.say(&messages.framework_fixtures(passed as u64, fixtures as u64));
    if found.is_empty() {
        session.report.say(&messages.framework_clean());
    }
    let broken = found.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if broken { Exit::Definition } else { Exit::Done })
}

fn show(
    kpi: Option<&str>,
    folder: Option<&Path>,
    output: &OutputArguments,
    session: &Session<'_>,
) -> Result<Exit, Failure> {
    let framework = read_framework(files(folder, session)?, session.text)?.framework;
    match kpi {
        Some(id) => {
            let kpi = framework.kpis.iter().find(|kpi| kpi.id.eq_ignore_ascii_case(id));
            let kpi = kpi.ok_or_else(|| selection::unknown_kpi(id, &framework, session.text))?;
            output::page(output, || Ok(kpi_json(kpi, &framework, session)), || Ok(kpi_page(kpi, &framework, session)))?;
        }
        None if output.format == Format::Table && output.out.is_none() => output::print(&tree(&framework, session)),
        None => list(&framework, session).write(output.format, output.out.as_deref())?,
    }
    Ok(Exit::Done)
}

fn tree(framework: &Framework, session: &Session<'_>) -> String {
    let text = session.text;
    let named = |key: &str| {
        let local = local(framework, key, text);
        let mark = mark(&local, text).map(|mark| format!(" ({mark})")).unwrap_or_default();
        format!("{}{mark}", local.text)
    };
    let mut shown = format!("{} {}  {}\n", framework.id, framework.version, framework.hash);
    for dimension in &framework.dimensions {
        shown.push_str(&format!("\n{}  {}\n", dimension.id, named(&format!("dimension.{}", dimension.id))));
        for outcome in framework.outcomes.iter().filter(|outcome| outcome.dimension == dimension.id) {
            let kpis: Vec<&Kpi> = framework.kpis.iter().filter(|kpi| kpi.outcome == outcome.id).collect();
            if kpis.is_empty() {
                continue;
            }
            shown.push_str(&format!("  {}\n", named(&format!("outcome.{}", outcome.id))));
            for kpi in kpis {
                shown.push_str(&format!("    {}  {}\n", kpi.id, named(&format!("{}.name", kpi.id))));
            }
        }
    }
    shown
}

fn list(framework: &Framework, session: &Session<'_>) -> Table {
    let mut table = Table::new(&[
        "kpi",
        "version",
        "status",
        "dimension",
        "outcome",
        "kind",
        "unit",
        "direction",
        "name",
        "origin",
    ]);
    for kpi in &framework.kpis {
        let key = format!("{}.name", kpi.id);
        table.rows.push(vec![
            kpi.id.as_str().into(),
            kpi.version.to_string().into(),
            kpi.status.as_str().into(),
            kpi.dimension.as_str().into(),
            kpi.outcome.as_str().into(),
            kpi.kind.as_str().into(),
            kpi.unit.as_str().into(),
            kpi.direction.as_str().into(),
            local(framework, &key, session.text).text.into(),
            kpi.origin.kind.as_str().into(),
        ]);
    }
    table
}

/// Formula of a KPI in its own words, one line each.
pub fn formula(kpi: &Kpi) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for source in &kpi.sources {
        let name = format!("{}/{}", source.contract, source.contract_version);
        let filter = source.filter.as_ref().map_or_else(|| "TRUE".to_owned(), |filter| filter.text.clone());
        lines.push((name, filter));
        if let Some(clock) = &source.clock {
            lines.push(("clock".to_owned(), format!("{} → {}", clock.start.text, clock.stop.text)));
        }
    }
    match &kpi.measure {
        Measure::Quotient { numerator, denominator } => {
            lines.push(("numerator".to_owned(), numerator.expression.text.clone()));
            lines.push(("denominator".to_owned(), denominator.expression.text.clone()));
        }
        Measure::Single(of) => lines.push(("value".to_owned(), of.expression.text.clone())),
        Measure::Parts { parts, value, statistics } => {
            lines.extend(parts.iter().map(|(name, part)| (name.clone(), part.expression.text.clone())));
            lines.push(("value".to_owned(), value.text.clone()));
            lines.extend(statistics.iter().map(|s| (s.name.clone(), s.value.text.clone())));
        }
        Measure::Change { of, offset_months } => {
            lines.push(("change".to_owned(), of.expression.text.clone()));
            lines.push(("offset_months".to_owned(), offset_months.to_string()));
        }
        Measure::Kpis { of, value } => {
            lines.extend(of.iter().cloned());
            lines.push(("value".to_owned(), value.text.clone()));
        }
        Measure::Entered => {}
    }
    lines
}

fn kpi_page(kpi: &Kpi, framework: &Framework, session: &Session<'_>) -> String {
    let text = session.text;
    let messages = &text.messages;
    let mut marks = Vec::new();
    let mut named = |field: &str| {
        let key = format!("{}.{field}", kpi.id);
        let local = local(framework, &key, text);
        if let Some(mark) = mark(&local, text)
            && !marks.contains(&mark)
        {
            marks.push(mark);
        }
        local.text.to_owned()
    };
    let (name, definition) = (named("name"), named("definition"));
    let (rationale, limits, how) = (named("rationale"), named("limits"), named("how_to_read"));
    let mut page = format!("{}  {name}\n", messages.explain_kpi_version(&kpi.id, &kpi.version.to_string()));
    for mark in marks {
        page.push_str(&format!("({mark})\n"));
    }
    let label = |head: String, body: &str| format!("\n{head}\n  {body}\n");
    page.push_str(&label(messages.word_definition(), &definition));
    page.push_str(&label(messages.word_rationale(), &rationale));
    page.push_str(&label(messages.word_limits(), &limits));
    page.push_str(&label(messages.word_how_to_read(), &how));
    page.push('\n');
    let unit = messages.unit_label(kpi.unit.as_str()).unwrap_or_default();
    let direction = messages.direction_label(kpi.direction.as_str()).unwrap_or_default();
    let origin = messages.origin_label(kpi.origin.kind.as_str()).unwrap_or_default();
    let facts = [
        (messages.word_dimension(), local(framework, &format!("dimension.{}", kpi.dimension), text).text.to_owned()),
        (messages.word_outcome(), local(framework, &format!("outcome.{}", kpi.outcome), text).text.to_owned()),
        (messages.word_unit(), unit),
        (messages.word_direction(), direction),
        (messages.word_origin(), text.label(&origin, &kpi.origin.source.to_string())),
    ];
    for (head, body) in facts {
        page.push_str(&format!("{}\n", text.label(&head, &body)));
    }
    page.push_str(&format!("\n{}\n", messages.explain_parts()));
    for (name, expression) in formula(kpi) {
        page.push_str(&format!("  {}\n", text.label(&name, &expression)));
    }
    let splits = kpi.breakdowns.iter().flat_map(|b| &b.by);
    let splits: Vec<String> =
        splits.map(|name| format!("{} ({name})", breakdown_name(framework, name, text))).collect();
    if !splits.is_empty() {
        page.push_str(&format!("  {}\n", text.label(&messages.word_breakdown(), &splits.join(" · "))));
    }
    for reference in &kpi.references {
        page.push_str(&format!("  {} ({})\n", reference.to, reference.kind));
    }
    page
}

fn kpi_json(kpi: &Kpi, framework: &Framework, session: &Session<'_>) -> serde_json::Value {
    let texts: serde_json::Map<String, serde_json::Value> = [
        "name",
        "short",
        "definition",
        "rationale",
        "limits",
        "how_to_read",
    ]
    .into_iter()
    .map(|field| {
        let key = format!("{}.{field}", kpi.id);
        let local = local(framework, &key, session.text);
        let value =
            json!({ "text": local.text, "language": local.language, "state": local.state, "stale": local.stale });
        (field.to_owned(), value)
    })
    .collect();
    json!({
        "kpi": kpi.id,
        "version": kpi.version.to_string(),
        "status": kpi.status,
        "dimension": kpi.dimension,
        "outcome": kpi.outcome,
        "kind": kpi.kind,
        "unit": kpi.unit,
        "direction": kpi.direction,
        "origin": kpi.origin,
        "text": texts,
        "formula": formula(kpi).into_iter().map(|(name, text)| json!({ "name": name, "text": text })).collect::<Vec<_>>(),
        "breakdowns": kpi.breakdowns.iter().flat_map(|b| &b.by).collect::<Vec<_>>(),
        "disclosure": kpi.disclosure,
        "references": kpi.references,
    })
}

fn difference(old: &Path, new: &Path, output: &OutputArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let read = |path: &Path| read_framework(framework_files(&path.display().to_string(), Path::new(""))?, session.text);
    let (old, new) = (read(old)?.framework, read(new)?.framework);
    let differences = diff(&old, &new);
    let messages = &session.text.messages;
    let mut table = Table::new(&["kpi", "change", "old", "new", "declared", "computed", "break", "blocks"]);
    for difference in &differences {
        let kind = match difference.kind {
            DifferenceKind::Added => "added",
            DifferenceKind::Removed => "removed",
            DifferenceKind::Changed => "changed",
        };
        let version = |version: Option<mizan_model::kpi::Version>| version.map(|v| v.to_string()).unwrap_or_default();
        table.rows.push(vec![
            difference.kpi.as_str().into(),
            kind.into(),
            version(difference.old).into(),
            version(difference.new).into(),
            difference.declared.as_str().into(),
            difference.computed.as_str().into(),
            difference.break_class.as_str().into(),
            difference.changed.join(" ").into(),
        ]);
    }
    if output.format == Format::Table && output.out.is_none() {
        for difference in &differences {
            let version =
                |version: Option<mizan_model::kpi::Version>| version.map(|v| v.to_string()).unwrap_or_default();
            let line = match difference.kind {
                DifferenceKind::Added => messages.framework_diff_added(&difference.kpi),
                DifferenceKind::Removed => messages.framework_diff_removed(&difference.kpi),
                DifferenceKind::Changed => {
                    messages.framework_diff_changed(&difference.kpi, &version(difference.old), &version(difference.new))
                }
            };
            output::print(&format!("{line}\n"));
            if difference.kind == DifferenceKind::Changed {
                let class = messages.break_label(difference.break_class.as_str()).unwrap_or_default();
                output::print(&format!("  {class}\n  {} → {}\n", difference.computed, difference.changed.join(", ")));
            }
        }
        if differences.is_empty() {
            output::print(&format!("{}\n", messages.framework_diff_none()));
        }
    } else {
        table.write(output.format, output.out.as_deref())?;
    }
    let found = diff_findings(&differences, &new);
    session.report.findings(&found, &new.files);
    let broken = found.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if broken { Exit::Definition } else { Exit::Done })
}
