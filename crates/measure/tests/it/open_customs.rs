//! The shipped framework: every definition has types, every worked example comes out as written.

use mizan_model::diagnostic::{Diagnostic, Severity, line_column};
use mizan_model::framework::Framework;

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

#[test]
fn every_worked_example_comes_out_as_written() {
    let (framework, _) = open_customs();
    let results = mizan_measure::fixture::run_all(&framework, &limits(1)).expect("the engine starts");
    let diagnostics: Vec<Diagnostic> = results.iter().flat_map(|result| result.diagnostics.clone()).collect();
    assert_eq!(report(&framework, &diagnostics), "");
    assert!(results.len() >= 88, "{} worked examples", results.len());
}
