//! The shipped framework: every definition has types, every worked example comes out as written.

use mizan_model::diagnostic::{Diagnostic, Severity, line_column};
use mizan_model::framework::Framework;

use mizan_measure::plan::{Setting, plan};

use crate::support::{limits, open_customs};

fn report(framework: &Framework, diagnostics: &[Diagnostic]) -> String {
    let line = |d: &Diagnostic| {
        let place = d.labels.first().map_or(String::new(), |label| {
            let text = framework.files.get(&label.file).map_or("", String::as_str);
            let (line, column) = line_column(text, label.span.start);
            format!("{}:{line}:{column}: ", label.file)
        });
        format!("{}: {place}{}\n", d.code, d.message)
    };
    diagnostics.iter().filter(|d| d.severity == Severity::Error).map(line).collect()
}

#[test]
fn every_file_is_free_of_findings() {
    let (framework, diagnostics) = open_customs();
    assert_eq!(report(&framework, &diagnostics), "");
    assert_eq!(framework.kpis.len(), 95);
}

#[test]
fn every_expression_has_a_type() {
    let (framework, _) = open_customs();
    let diagnostics = mizan_measure::typing::check(&framework, &limits(1)).expect("the engine starts");
    assert_eq!(report(&framework, &diagnostics), "");
}

/// Counts that follow from others are not taken: see `plan::counts`. Were the conditions written in another way there, the
/// figures would be the same, and only slower to come by.
#[test]
fn what_follows_from_other_counts_is_not_counted() {
    let (framework, _) = open_customs();
    let setting = Setting { zone: "UTC".to_owned(), extraction: 0, calendars: String::new(), by: None };
    let plan = plan(&framework, &(0..framework.kpis.len()).collect::<Vec<_>>(), &setting);
    let declarations = plan.scans.iter().find(|scan| scan.contract == "declaration").expect("it is measured");
    let counts = declarations.counts(&declarations.parts);
    let is_counted = |condition: &str| counts.measured.contains(&condition);
    let pending: Vec<&str> =
        declarations.parts.iter().map(|part| part.sql.as_str()).filter(|sql| sql.contains("NOT y")).collect();
    assert!(pending.len() > 5, "{pending:?}");
    let spared = pending.iter().filter(|condition| !is_counted(condition)).count();
    assert!(2 * spared > pending.len(), "{spared} of {pending:?}");
}

#[test]
fn every_worked_example_comes_out_as_written() {
    let (framework, _) = open_customs();
    let results = mizan_measure::fixture::run_all(&framework, &limits(1)).expect("the engine starts");
    let diagnostics: Vec<Diagnostic> = results.iter().flat_map(|result| result.diagnostics.clone()).collect();
    assert_eq!(report(&framework, &diagnostics), "");
    assert!(results.len() >= 88, "{} worked examples", results.len());
}
