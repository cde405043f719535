//! `mizan check`: checks of the KPIs' populations, and what was found in the rows while they were read.

use mizan_measure::run::manifests;
use mizan_model::diagnostic::Severity;
use mizan_model::period::Grain;
use serde_json::json;

use crate::arguments::CheckArguments;
use crate::commands::{Session, measure};
use crate::failure::{Exit, Failure};
use crate::output::Table;

/// Runs the checks. Only the latest year is looked at, unless a period is asked for.
pub fn run(arguments: &CheckArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let node = session.node()?;
    let messages = &session.text.messages;
    let mut options = measure::options(&node, &arguments.selection, &arguments.machine, session)?;
    options.by = Some(options.by.unwrap_or_default());
    if options.periods.is_empty() {
        options.grains = vec![Grain::Year];
    }
    let least = Severity::from(arguments.severity);
    let fails = Severity::from(arguments.fail.fail_on);
    let run = measure::measure(&node, &options, session)?.unlocked();
    let mut table = Table::new(&["scope", "check", "period", "severity", "result", "rows"]);
    table.heads = vec![
        messages.word_source(),
        messages.check_title(),
        messages.word_period(),
        messages.word_severity(),
        messages.word_status(),
        messages.word_cases(),
    ];
    table.numbers = vec![5];
    let (mut passed, mut failed, mut stops) = (0, 0, false);
    let mut add =
        |scope: &str, check: &str, period: &str, severity: Severity, holds: Option<bool>, rows: Option<u64>| {
            match holds {
                Some(true) => passed += 1,
                _ => failed += 1,
            }
            stops |= holds != Some(true) && severity >= fails;
            session.report.event(
                "check_finished",
                json!({ "scope": scope, "id": check, "period": period, "severity": severity,
                    "status": if holds == Some(true) { "ok" } else { "failed" }, "rows": rows }),
            );
            if severity < least {
                return;
            }
            let word = match severity {
                Severity::Notice => "notice",
                Severity::Warning => "warning",
                Severity::Error => "error",
            };
            let result = match holds {
                Some(true) => "ok",
                Some(false) => "failed",
                None => "could_not_run",
            };
            table.rows.push(vec![
                scope.into(),
                check.into(),
                period.into(),
                word.into(),
                result.into(),
                crate::output::Cell::Count(rows.and_then(|rows| i64::try_from(rows).ok())),
            ]);
            let sign = match holds {
                Some(true) => "✓",
                Some(false) => "✗",
                None => "?",
            };
            table.shown.push(vec![
                scope.to_owned(),
                check.to_owned(),
                if period.is_empty() { String::new() } else { session.text.period(period) },
                messages.severity_label(if severity == Severity::Notice { "note" } else { word }).unwrap_or_default(),
                sign.to_owned(),
                rows.map(|rows| session.text.numbers.count(rows)).unwrap_or_default(),
            ]);
        };
    for check in &run.checks {
        add(&check.kpi, &check.check, &check.period, check.severity, check.holds, None);
    }
    // Rows: what was counted while files were read, with the severity that the contract gives.
    for (name, manifest) in manifests(&node.folder, &node.framework)? {
        let contract = &node.framework.contracts[&name];
        let mut counted = std::collections::BTreeMap::<&str, u64>::new();
        for source in &manifest.sources {
            for (code, rows) in source.counts.warnings.iter().chain(&source.reasons) {
                *counted.entry(code).or_default() += rows;
            }
        }
        for check in &contract.checks {
            let rows = counted.remove(check.id.as_str()).unwrap_or(0);
            add(&name, &check.id, "", check.severity, Some(rows == 0), Some(rows));
        }
        for (code, rows) in counted {
            // A reason of quarantine was an error of the row; it is out already and counts in coverage.
            add(&name, code, "", Severity::Warning, Some(false), Some(rows));
        }
    }
    let failing = table.rows.iter().filter(|row| row[4] != "ok".into()).count();
    table.write(arguments.output.format, arguments.output.out.as_deref())?;
    session.report.say(&if failed == 0 { messages.check_passed() } else { messages.check_summary(passed, failed) });
    if stops && failing > 0 && !arguments.fail.exit_zero {
        session.report.say(&messages.exit_checks_failed());
    }
    Ok(if stops && !arguments.fail.exit_zero { Exit::Failed } else { Exit::Done })
}
