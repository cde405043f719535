//! Every code is provoked by a case of `cases/`, and its message is drawn under the faulty characters.
//!
//! A case is an edit of the small framework in `small/`, whose own files have no finding but a missing translation:
//!
//! ```text
//! --- F0102 misspelt key
//! @ kpis/EX-01.toml
//! - direction
//! + directoin
//! =
//! (what is found)
//! ```
//!
//! `- ` lines are replaced by `+ ` lines; without `- ` lines the whole file is replaced. Run with `BLESS=1` to write
//! what is found into the case files; read the difference before you commit it.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use mizan_model::diagnostic::{Diagnostic, code_pages, line_column};
use mizan_model::framework::{ChangeClass, DifferenceKind, Framework, diff, diff_findings};
use mizan_model::mapping::{Mapping, Target};

type Files = BTreeMap<String, String>;

fn folder(path: &str) -> PathBuf {
    PathBuf::from(path)
}

fn read_files(root: &Path) -> Files {
    let mut files = Files::new();
    let mut open = vec![root.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|e| e.unwrap().path()));
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            files.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
    files
}

/// The small framework and, apart, its mappings.
fn small() -> Files {
    read_files(&folder("tests/small"))
}

fn framework_of(files: &Files) -> (Option<Framework>, Vec<Diagnostic>) {
    let own = files.iter().filter(|(path, _)| !path.starts_with("mappings/"));
    let checked = Framework::from_files(own.map(|(p, t)| (p.clone(), t.clone())).collect::<BTreeMap<_, _>>());
    (checked.value, checked.diagnostics)
}

fn mapping_of(files: &Files, framework: &Framework) -> (Option<Mapping>, Vec<Diagnostic>) {
    let target = Target { contracts: &framework.contracts, lists: &framework.lists };
    let beside = |name: &str| files.get(&format!("mappings/{name}")).cloned();
    let checked = Mapping::from_toml("declaration", &files["mappings/declaration.toml"], target, &beside);
    (checked.value, checked.diagnostics)
}

fn findings_of(files: &Files, with_diff: bool) -> Vec<Diagnostic> {
    let (framework, mut findings) = framework_of(files);
    if let Some(framework) = &framework {
        findings.extend(mapping_of(files, framework).1);
        if with_diff {
            let (old, _) = framework_of(&small());
            findings.extend(diff_findings(&diff(&old.unwrap(), framework), framework));
        }
    }
    // The small framework is translated in part only; that finding would stand in every case.
    findings.retain(|d| !(d.code == "T0101" && d.labels[0].file == "i18n/fr.toml"));
    findings
}

fn draw(findings: &[Diagnostic], files: &Files) -> String {
    let mut out = String::new();
    for finding in findings {
        let severity = format!("{:?}", finding.severity).to_lowercase();
        let _ = writeln!(out, "{severity}[{}]: {}", finding.code, finding.message);
        for label in &finding.labels {
            let text = files.get(&label.file).map_or("", String::as_str);
            let (line, column) = line_column(text, label.span.start);
            let _ = writeln!(out, "  {}:{line}:{column}", label.file);
            let shown = text.lines().nth(line - 1).unwrap_or("");
            let marked = text.get(label.span.clone()).expect("a span on character borders");
            let width = marked.lines().next().unwrap_or("").chars().count().max(1);
            let _ = writeln!(out, "    {shown}\n    {}{} {}", " ".repeat(column - 1), "^".repeat(width), label.text);
        }
        if let Some(help) = &finding.help {
            let _ = writeln!(out, "  help: {help}");
        }
    }
    out.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

struct Case {
    heading: String,
    edits: Vec<(String, String, String)>,
    input: String,
    expect: String,
}

fn parse_cases(text: &str) -> Vec<Case> {
    text.split("\n--- ").filter(|c| !c.trim().is_empty()).map(|c| parse_case(c.trim_start_matches("--- "))).collect()
}

fn parse_case(text: &str) -> Case {
    let (heading, body) = text.split_once('\n').unwrap();
    let (input, expect) = body.split_once("\n=").unwrap_or((body.trim_end(), ""));
    let mut edits: Vec<(String, Vec<&str>, Vec<&str>)> = Vec::new();
    for line in input.lines() {
        if let Some(path) = line.strip_prefix("@ ") {
            edits.push((path.to_owned(), Vec::new(), Vec::new()));
        } else if let Some(old) = line.strip_prefix("- ") {
            edits.last_mut().unwrap().1.push(old);
        } else if let Some(new) = line.strip_prefix('+') {
            edits.last_mut().unwrap().2.push(new.strip_prefix(' ').unwrap_or(new));
        } else {
            panic!("{heading}: `{line}` is no line of a case");
        }
    }
    let edits = edits.into_iter().map(|(path, old, new)| (path, old.join("\n"), new.join("\n"))).collect();
    Case { heading: heading.to_owned(), edits, input: input.to_owned(), expect: expect.trim().to_owned() }
}

fn apply(case: &Case, mut files: Files) -> Files {
    for (path, old, new) in &case.edits {
        if new == "DELETED" {
            files.remove(path);
        } else if old.is_empty() {
            files.insert(path.clone(), new.clone() + "\n");
        } else {
            let text = files.get_mut(path).unwrap_or_else(|| panic!("{}: no file {path}", case.heading));
            assert!(text.contains(old.as_str()), "{}: `{old}` is not in {path}", case.heading);
            *text = text.replacen(old.as_str(), new, 1);
        }
    }
    files
}

#[test]
fn cases() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut failures = String::new();
    let mut provoked = BTreeSet::new();
    for path in std::fs::read_dir(folder("tests/cases")).unwrap().map(|e| e.unwrap().path()) {
        let text = std::fs::read_to_string(&path).unwrap();
        let mut blessed = String::new();
        for case in parse_cases(&text) {
            let code = case.heading.split(' ').next().unwrap();
            let files = apply(&case, small());
            let findings = findings_of(&files, code == "F0430");
            let found = draw(&findings, &files);
            let _ = write!(blessed, "--- {}\n{}\n=\n{found}\n\n", case.heading, case.input);
            provoked.insert(code.to_owned());
            if !findings.iter().any(|d| d.code == code) {
                let _ = writeln!(failures, "--- {}\n{code} was not found, but:\n{found}\n", case.heading);
            } else if !bless && found != case.expect {
                let _ = writeln!(failures, "--- {}\nexpected:\n{}\nfound:\n{found}\n", case.heading, case.expect);
            }
        }
        if bless {
            std::fs::write(&path, blessed).unwrap();
        }
    }
    assert!(failures.is_empty(), "\n{failures}");

    // The engine finds these when it types definitions, measures fixtures and reads records.
    let elsewhere = ["F0210", "F0211", "F0212", "F0213"];
    let own = code_pages()
        .iter()
        .map(|p| p.code)
        .filter(|c| !elsewhere.contains(c) && !c.starts_with('D') && !c.starts_with("F05"));
    let without_case: Vec<&str> = own.filter(|c| !provoked.contains(*c)).collect();
    assert!(without_case.is_empty(), "codes without a case: {without_case:?}");
    let without_page: Vec<&String> =
        provoked.iter().filter(|c| mizan_model::diagnostic::explain(c).is_none()).collect();
    assert!(without_page.is_empty(), "codes without a page: {without_page:?}");
}

/// A code in the source that no page explains would leave its reader alone.
#[test]
fn every_code_in_the_source_has_a_page() {
    for (path, text) in read_files(&folder("src")) {
        for piece in text.split('"').filter(|p| p.len() == 5 && p[1..].bytes().all(|b| b.is_ascii_digit())) {
            if matches!(piece.as_bytes()[0], b'F' | b'T' | b'M' | b'D') && piece != "F9999" {
                assert!(mizan_model::diagnostic::explain(piece).is_some(), "{path}: {piece}");
            }
        }
    }
}

#[test]
fn the_small_framework_has_no_finding() {
    let files = small();
    assert_eq!(draw(&findings_of(&files, true), &files), "");
    let (framework, _) = framework_of(&files);
    let framework = framework.unwrap();
    assert_eq!(
        framework.kpis.iter().map(|k| k.id.as_str()).collect::<Vec<_>>(),
        ["EX-01", "TF-02", "TF-03", "RC-01", "RC-02", "RC-03"]
    );
    assert!(mapping_of(&files, &framework).0.unwrap().lists["cpc.csv"]["7,100"] == "warehousing");
}

/// EX-01 of the specification speaks to the shipped contract.
#[test]
fn the_worked_example_fits_the_shipped_contracts() {
    let mut files = read_files(&folder("../../frameworks/open-customs"));
    files.retain(|path, _| {
        !["kpis/", "fixtures/", "instruments/", "crosswalks/", "i18n/"].iter().any(|f| path.starts_with(f))
    });
    let small = small();
    for path in ["kpis/EX-01.toml", "fixtures/EX-01.csv"] {
        files.insert(path.to_owned(), small[path].clone());
    }
    let (framework, mut findings) = framework_of(&files);
    findings.retain(|d| !d.code.starts_with('T'));
    assert_eq!(draw(&findings, &files), "");
    assert_eq!(framework.unwrap().kpis.len(), 1);
}

#[test]
fn a_broken_file_leaves_the_others_usable() {
    let mut files = small();
    files.insert("kpis/TF-02.toml".into(), "id = \nkind = \"ratio\"".into());
    let (framework, findings) = framework_of(&files);
    assert!(findings.iter().any(|d| d.code == "F0101"));
    assert!(framework.unwrap().kpi("EX-01").is_some());
}

#[test]
fn all_mistakes_of_all_files_in_one_run() {
    let mut files = small();
    for (path, from, to) in [
        ("kpis/EX-01.toml", "flow = 'import'", "flo = 'imprt' AND flow = 'imprt'"),
        ("kpis/EX-01.toml", "min_cell ", "min_sell "),
        ("kpis/TF-02.toml", "quantile(h, 0.9)", "median(g)"),
        ("lists/flow.toml", "\"flow\"", "\"flows\""),
    ] {
        let text = files.get_mut(path).unwrap();
        assert!(text.contains(from), "{from}");
        *text = text.replacen(from, to, 1);
    }
    let codes: Vec<String> = findings_of(&files, false).into_iter().map(|d| d.code).collect();
    assert_eq!(codes, ["F0202", "F0205", "F0103", "F0102", "F0309", "F0108"]);
}

#[test]
fn texts_fall_back_and_show_what_is_stale() {
    let mut files = small();
    let (framework, _) = framework_of(&files);
    let framework = framework.unwrap();
    let text = framework.text("EX-01.name", &["fr-CA", "en"]);
    assert!(text.text.starts_with("Part des") && text.language == "fr" && !text.stale);
    assert_eq!(framework.text("EX-01.short", &["fr"]).language, "en");
    assert_eq!(framework.text("list.channel.red", &["fr"]).text, "Red");
    assert_eq!(framework.text("breakdown.holding_agency", &[]).text, "Holding agency");
    assert_eq!(framework.text("statistic.median", &[]).text, "median");
    assert_eq!(framework.text("nothing.here", &["fr"]).text, "nothing.here");
    for key in framework.text_keys() {
        assert!(framework.source_text(&key).is_some(), "{key}");
    }
    let kpi = files.get_mut("kpis/EX-01.toml").unwrap();
    *kpi = kpi.replacen("released within 24 hours\"", "released within one day\"", 1);
    let (framework, _) = framework_of(&files);
    assert!(framework.unwrap().text("EX-01.name", &["fr"]).stale);
}

fn changed(from: &str, to: &str) -> Option<(ChangeClass, Vec<String>, bool)> {
    let mut files = small();
    let (old, _) = framework_of(&files);
    let kpi = files.get_mut("kpis/EX-01.toml").unwrap();
    assert!(kpi.contains(from), "{from}");
    *kpi = kpi.replacen(from, to, 1);
    let (new, _) = framework_of(&files);
    let (old, new) = (old.unwrap(), new.unwrap());
    let same_numbers = old.kpi("EX-01").unwrap().definition_hash() == new.kpi("EX-01").unwrap().definition_hash();
    let differences = diff(&old, &new);
    differences.into_iter().next().map(|d| {
        assert_eq!(d.kind, DifferenceKind::Changed);
        (d.computed, d.changed, same_numbers)
    })
}

#[test]
fn class_of_a_change() {
    let check = |from: &str, to: &str, class, block: &str, same_numbers| {
        assert_eq!(changed(from, to), Some((class, vec![block.to_owned()], same_numbers)), "{to}");
    };
    check("INTERVAL '24 hours')\"", "INTERVAL '12 hours')\"", ChangeClass::Major, "measure", false);
    check("NOT cancelled", "cancelled", ChangeClass::Major, "population", false);
    check("closes   = \"7d\"", "closes   = \"14d\"", ChangeClass::Major, "population", false);
    check("\"not_met\"", "\"exclude\"", ChangeClass::Major, "clock", false);
    check("unit         = \"percent\"", "unit         = \"ratio\"", ChangeClass::Major, "unit", false);
    check("min_denominator = 30", "min_denominator = 50", ChangeClass::Minor, "rollup", false);
    check("floor   = 30.0", "floor   = 20.0", ChangeClass::Minor, "score", true);
    check("Released within 24 h", "Release within 24 h", ChangeClass::Patch, "text", true);
    // Layout and letter case of SQL are no change.
    assert_eq!(changed("count(*) FILTER (WHERE clock <= ", "COUNT( * )  filter (where clock <= "), None);
}

/// The schemas that editors load are generated; `BLESS=1` writes them.
#[test]
fn published_schemas_are_current() {
    use mizan_model::schema::{FileKind, json_schema};
    let target = folder("../../frameworks/schemas");
    for kind in FileKind::ALL {
        let path = target.join(format!("{kind}.schema.json"));
        let text = serde_json::to_string_pretty(&json_schema(*kind)).unwrap() + "\n";
        if std::env::var_os("BLESS").is_some() {
            std::fs::create_dir_all(&target).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), text, "{}", path.display());
    }
}

/// The shipped framework has no finding, apart from the state of its translations.
#[test]
fn the_shipped_framework_has_no_finding() {
    let files = read_files(&folder("../../frameworks/open-customs"));
    let (framework, mut findings) = framework_of(&files);
    findings.retain(|d| !d.code.starts_with('T'));
    assert_eq!(draw(&findings, &files), "");
    assert!(framework.unwrap().kpis.len() >= 60);
}
