//! `mizan doctor`: environment and node; ends with "healthy" or the first thing to mend.

use std::path::Path;
use std::sync::Arc;

use mizan_measure::run::manifests;
use mizan_model::diagnostic::Severity;
use serde_json::json;

use crate::arguments::DoctorArguments;
use crate::commands::{Session, framework};
use crate::failure::{Exit, Failure};
use crate::node::Node;
use crate::output::{self, Format, Table};
use crate::{embedded, settings};

/// Free space below which a run may fail.
const LEAST_DISK: u64 = 1_000_000_000;
/// Memory below which the default limit is too much.
const LEAST_MEMORY: u64 = 500_000_000;

struct Look {
    what: String,
    /// `ok`, or what is wrong.
    result: Result<String, String>,
}

/// Looks at everything, in the order in which it would be mended.
pub fn run(arguments: &DoctorArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let messages = &session.text.messages;
    let mut looks = Vec::new();
    let mut look = |what: String, result: Result<String, String>| looks.push(Look { what, result });
    look(messages.doctor_language(), Ok(session.text.locale.to_string()));
    let is_node = session.global.node.join(settings::FILE).exists();
    let mut exit = Exit::Done;
    let node = if is_node {
        match session.node() {
            Ok(node) => Some(node),
            Err(failure) => {
                exit = failure.exit;
                session.report.findings(&failure.findings, &failure.texts);
                look(messages.doctor_node(), Err(first_line(&failure)));
                None
            }
        }
    } else {
        look(messages.doctor_node(), Err(messages.error_not_a_node(&session.global.node.display().to_string())));
        exit = Exit::Input;
        None
    };
    let files = match &node {
        Some(node) => node.framework.files.clone(),
        None => Arc::new(embedded::framework()),
    };
    let (found_framework, found, _) = framework::all_findings(files, session)?;
    let errors = found.iter().filter(|finding| finding.severity == Severity::Error).count();
    let framework_name = found_framework.map(|f| format!("{} {}", f.id, f.version)).unwrap_or_default();
    if errors > 0 && exit == Exit::Done {
        exit = Exit::Definition;
    }
    look(
        messages.doctor_framework(),
        if errors == 0 {
            Ok(framework_name)
        } else {
            Err(session.text.label(&framework_name, &messages.findings(errors as u64)))
        },
    );
    if let Some(node) = &node {
        look(
            messages.doctor_node(),
            Ok(format!("{} ({}) · {}", node.settings.name, node.settings.code, node.settings.zone)),
        );
        for (what, result, code) in of_node(node, session) {
            if result.is_err() && exit == Exit::Done {
                exit = code;
            }
            look(what, result);
        }
    }
    let folder = if session.global.node.exists() { session.global.node.as_path() } else { Path::new(".") };
    let free = free_disk(folder);
    let shown = free.map_or_else(|| "?".to_owned(), |free| session.text.numbers.bytes(free));
    let low = free.is_some_and(|free| free < LEAST_DISK);
    look(messages.doctor_disk(), if low { Err(messages.doctor_disk_low(&shown)) } else { Ok(shown) });
    let memory = free_memory();
    let shown = memory.map_or_else(|| "?".to_owned(), |memory| session.text.numbers.bytes(memory));
    let small = memory.is_some_and(|memory| memory < LEAST_MEMORY);
    look(messages.doctor_memory(), if small { Err(shown) } else { Ok(shown) });
    if exit == Exit::Done && looks.iter().any(|look| look.result.is_err()) {
        exit = Exit::Failed;
    }
    print(&looks, arguments, session)?;
    Ok(exit)
}

fn of_node(node: &Node, session: &Session<'_>) -> Vec<(String, Result<String, String>, Exit)> {
    let messages = &session.text.messages;
    let mut looks = Vec::new();
    let mappings = match node.mappings(None) {
        Ok((mappings, _, _)) => Ok(mappings.len().to_string()),
        Err(failure) => {
            session.report.findings(&failure.findings, &failure.texts);
            Err(first_line(&failure))
        }
    };
    looks.push((messages.doctor_mappings(), mappings, Exit::Definition));
    let mut newest = None;
    let records = match manifests(&node.folder, &node.framework) {
        Ok(manifests) => {
            let rows: u64 = manifests.values().map(|manifest| manifest.rows()).sum();
            let segments = manifests
                .values()
                .flat_map(|m| m.live_segments(&node.folder).map(|(s, path)| (s.clone(), path)).collect::<Vec<_>>());
            let mut gone = None;
            for (segment, path) in segments {
                if !path.is_file() {
                    gone.get_or_insert(path);
                }
                newest = newest.max(segment.max_stamp.and_then(|stamp| stamp.parse::<jiff::Timestamp>().ok()));
            }
            match gone {
                Some(path) => Err(messages.ingest_error_not_found(&path.display().to_string())),
                None => Ok(messages.rows(rows)),
            }
        }
        Err(error) => Err(error.to_string()),
    };
    looks.push((messages.doctor_records(), records, Exit::Input));
    looks.push((messages.doctor_writable(), writable(node, session), Exit::Input));
    let wrong = newest.is_some_and(|newest| newest > jiff::Timestamp::now());
    let clock = jiff::Timestamp::now().strftime("%Y-%m-%d %H:%M UTC").to_string();
    looks.push((
        messages.doctor_clock(),
        if wrong { Err(messages.doctor_clock_wrong()) } else { Ok(clock) },
        Exit::Failed,
    ));
    looks
}

/// Whether the folder can be written to, and no other program does so.
fn writable(node: &Node, session: &Session<'_>) -> Result<String, String> {
    let messages = &session.text.messages;
    let shown = node.folder.display().to_string();
    let path = node.folder.join(".lock");
    let file = std::fs::File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|_| messages.error_not_writable(&shown))?;
    // A run that is about to end is no illness: look again for a while.
    const LOOKS: u32 = 100;
    const PAUSE: std::time::Duration = std::time::Duration::from_millis(50);
    for _ in 0..LOOKS {
        match file.try_lock() {
            Err(std::fs::TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            _ => return Ok(messages.word_yes()),
        }
    }
    Err(messages.error_locked(&shown))
}

fn print(looks: &[Look], arguments: &DoctorArguments, session: &Session<'_>) -> Result<(), Failure> {
    let messages = &session.text.messages;
    let text = session.text;
    let first = looks.iter().find_map(|look| look.result.as_ref().err().map(|wrong| text.label(&look.what, wrong)));
    let last = first.as_ref().map_or_else(|| messages.doctor_healthy(), |what| messages.doctor_mend(what));
    if arguments.output.format == Format::Table && arguments.output.out.is_none() {
        for look in looks {
            let line = match &look.result {
                Ok(found) => format!("✓ {}\n", text.label(&look.what, found)),
                Err(wrong) => format!("✗ {}\n", text.label(&look.what, wrong)),
            };
            output::print(&line);
        }
        output::print(&format!("\n{last}\n"));
        return Ok(());
    }
    let mut table = Table::new(&["what", "ok", "found"]);
    for look in looks {
        let (ok, found) = match &look.result {
            Ok(found) => ("yes", found),
            Err(wrong) => ("no", wrong),
        };
        table.rows.push(vec![look.what.as_str().into(), ok.into(), found.as_str().into()]);
    }
    table.write(arguments.output.format, arguments.output.out.as_deref())?;
    session.report.say(&last);
    session.report.event("doctor_finished", json!({ "healthy": first.is_none() }));
    Ok(())
}

fn first_line(failure: &Failure) -> String {
    failure.findings.first().map(|finding| format!("{}: {}", finding.code, finding.message)).unwrap_or_default()
}

/// Free bytes of the disk that holds a folder, from `df`; `None` where there is no such program.
fn free_disk(folder: &Path) -> Option<u64> {
    let output = std::process::Command::new("df").arg("-Pk").arg(folder).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let kilobytes: u64 = text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(kilobytes * 1024)
}

/// Memory that programs can still get, from the system; `None` where it does not tell.
fn free_memory() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
