//! The shipped framework: every definition has types, every worked example comes out as written.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use mizan_measure::functions::Calendars;
use mizan_measure::session::SessionLimits;
use mizan_model::diagnostic::{Diagnostic, Severity, line_column};
use mizan_model::framework::Framework;

fn files(folder: &Path, root: &Path, into: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).expect("the framework's folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, root, into);
        } else {
            let name = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
            into.insert(name, std::fs::read_to_string(&path).expect("a text"));
        }
    }
}

fn open_customs() -> (Framework, Vec<Diagnostic>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../frameworks/open-customs");
    let mut texts = BTreeMap::new();
    files(&root, &root, &mut texts);
    let checked = Framework::from_files(texts);
    (checked.value.expect("the framework can be read"), checked.diagnostics)
}

fn limits() -> SessionLimits {
    SessionLimits {
        memory_bytes: 256 << 20,
        threads: 1,
        spill_folder: None,
        calendars: Arc::new(Calendars::default()),
    }
}

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
    let diagnostics = mizan_measure::typing::check(&framework, &limits()).expect("the engine starts");
    assert_eq!(report(&framework, &diagnostics), "");
}

#[test]
fn every_worked_example_comes_out_as_written() {
    let (framework, _) = open_customs();
    let results = mizan_measure::fixture::run_all(&framework, &limits()).expect("the engine starts");
    let diagnostics: Vec<Diagnostic> = results.iter().flat_map(|result| result.diagnostics.clone()).collect();
    assert_eq!(report(&framework, &diagnostics), "");
    assert!(results.len() >= 88, "{} worked examples", results.len());
}
