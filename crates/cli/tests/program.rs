//! The program as people use it: transcripts, and a small demo from nothing to the page.

// Clippy counts helper functions of tests as shipped code.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

/// What a command left.
struct Outcome {
    code: i32,
    stdout: String,
    stderr: String,
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mizan"));
    command.args(arguments).env_clear().env("LANG", "C").env("NO_COLOR", "1");
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command
}

fn mizan(arguments: &[&str]) -> Outcome {
    let output = command(arguments).output().unwrap();
    Outcome {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

const SMALL: [&str; 9] = ["--rows", "3000", "--months", "14", "--offices", "4", "--threads", "2", "-q"];

fn demo(folder: &Path, more: &[&str]) -> Outcome {
    let mut arguments = vec!["demo", "--out", path(folder)];
    arguments.extend(SMALL);
    arguments.extend(more);
    mizan(&arguments)
}

/// One small demo for all tests that only look.
fn node() -> &'static Path {
    static NODE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, folder) = NODE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let node = folder.path().join("demo");
        let outcome = demo(&node, &[]);
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
        (folder, node)
    });
    folder
}

fn on_node(arguments: &[&str]) -> Outcome {
    let mut all = arguments.to_vec();
    all.extend(["--node", path(node())]);
    mizan(&all)
}

fn read(path: PathBuf) -> Vec<u8> {
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn json(path: PathBuf) -> Value {
    serde_json::from_slice(&read(path)).unwrap()
}

fn run_record(node: &Path) -> Value {
    let latest = String::from_utf8(read(node.join("runs/latest"))).unwrap();
    json(node.join("runs").join(latest.trim()).join("run.json"))
}

#[test]
fn every_help_page_opens_with_its_examples() {
    let commands = [
        "demo",
        "init",
        "doctor",
        "framework",
        "framework check",
        "framework show",
        "framework diff",
        "framework schema",
        "ingest",
        "ready",
        "check",
        "measure",
        "show",
        "explain",
        "explain kpi",
        "completions",
        "man",
        "version",
        "schema",
    ];
    for name in commands {
        let mut arguments: Vec<&str> = name.split(' ').collect();
        arguments.push("--help");
        let outcome = mizan(&arguments);
        assert_eq!(outcome.code, 0, "{name}");
        assert!(outcome.stdout.starts_with("Examples:\n  mizan "), "{name}: {}", outcome.stdout);
    }
}

#[test]
fn no_command_shows_help_and_is_wrong_usage() {
    let outcome = mizan(&[]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.stderr.contains("Exit codes:"));
    assert_eq!(mizan(&["nonsense"]).code, 2);
}

#[test]
fn version() {
    let outcome = mizan(&["version"]);
    assert_eq!(outcome.stdout, format!("mizan {}\nframework open-customs 0.1.0\n", env!("CARGO_PKG_VERSION")));
    assert_eq!(mizan(&["--version"]).stdout, format!("mizan {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn what_is_not_a_node() {
    let outcome = mizan(&["show", "--node", "/nowhere"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (4, ""));
    insta::assert_snapshot!(outcome.stderr, @"error[N0100]: /nowhere is not a node: mizan.toml is not there; `mizan init` makes one");
    let outcome = mizan(&["show", "--node", "/nowhere", "--lang", "fr"]);
    assert!(outcome.stderr.starts_with("erreur[N0100]"), "{}", outcome.stderr);
}

#[test]
fn a_language_that_is_not_spoken() {
    let outcome = mizan(&["version", "--lang", "tlh"]);
    assert_eq!(outcome.code, 2);
    insta::assert_snapshot!(outcome.stderr, @"error[U0007]: tlh is not one of Mizan's languages; choose en, fr, es, ru, ar, zh or pt");
}

#[test]
fn help_and_wrong_usage_are_in_the_readers_language() {
    let outcome = mizan(&["measure", "--help", "--lang", "ru"]);
    assert_eq!(outcome.code, 0);
    assert!(outcome.stdout.contains("Измеряет показатели"), "{}", outcome.stdout);
    let outcome = mizan(&["--lang=zh", "measre"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""));
    insta::assert_snapshot!(outcome.stderr, @r"
    错误[U0001]: 没有命令 `measre`
      = 提示: 相近：compare, measure · 更多说明见 `mizan --help`
    ");
    let check = |arguments: &[&str], expect: &str| {
        let outcome = mizan(&[&["--lang", "es"], arguments].concat());
        assert_eq!(outcome.code, 2, "{arguments:?}");
        assert!(outcome.stderr.starts_with("error[U0001]: "), "{}", outcome.stderr);
        assert!(outcome.stderr.contains(expect), "{}", outcome.stderr);
    };
    check(&["show", "--severty", "error"], "`--severty`");
    check(&["init"], "<DIR>");
    check(&["show", "--format", "pdf"], "table, csv, json, parquet, markdown");
    check(&["measure", "--memory", "lots"], "`lots` is not a size");
    check(&["measure", "--memory"], "`--memory <SIZE>`");
    check(&["ingest", "x", "--retry"], "--retry");
    check(&["explain", "F0101", "kpi", "TF-01"], "`kpi`");
    check(&["--quiet=3", "show"], "no more were expected");
    check(&["--node", "demo", "measure", "--nonsense"], "`mizan measure --help`");
    // What follows `--` is no option.
    assert!(mizan(&["show", "--lang", "pt", "--nonsense", "--", "--lang", "ru"]).stderr.starts_with("erro[U0001]"));
}

#[test]
fn an_unknown_kpi_gets_a_suggestion() {
    let outcome = on_node(&["show", "TF-33"]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.stderr.starts_with("error[U0003]: there is no KPI TF-33 in the framework\n"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("help: did you mean TF-"), "{}", outcome.stderr);
    assert_eq!(on_node(&["show", "--select", "dimension:xx"]).code, 2);
    assert_eq!(on_node(&["show", "--period", "2025-13"]).code, 2);
    assert_eq!(on_node(&["show", "--by", "offfice"]).code, 2);
}

#[test]
fn errors_as_events() {
    let outcome = mizan(&["show", "--node", "/nowhere", "--log-format", "json"]);
    let events: Vec<Value> = outcome.stderr.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(events[0]["event"], "finding");
    assert_eq!(events[0]["code"], "N0100");
    assert_eq!(events.last().unwrap()["exit"], 4);
}

#[test]
fn the_demo_accounts_for_every_row() {
    let record = run_record(node());
    let truth = json(node().join("sources/truth.json"));
    let inputs = record["inputs"].as_array().unwrap();
    assert!(inputs.len() > 20);
    let mut by_file = BTreeMap::new();
    for input in inputs {
        let count = |name: &str| input[name].as_u64().unwrap();
        assert_eq!(count("rows"), count("taken") + count("quarantined") + count("duplicates"), "{input}");
        by_file.insert(input["file"].as_str().unwrap(), (count("taken"), count("quarantined")));
    }
    let mut planted = 0;
    for (file, counts) in truth["files"].as_object().unwrap() {
        let sound = counts["rows"].as_u64().unwrap();
        let damaged = counts.as_object().unwrap().values().filter_map(Value::as_u64).sum::<u64>() - sound;
        assert_eq!(by_file.get(file.as_str()), Some(&(sound, damaged)), "{file}: {counts}");
        planted += damaged;
    }
    assert!(planted > 0, "the demo plants damaged rows");
    for name in ["index.html", "observations.csv", "observations.parquet", "mizan.toml"] {
        assert!(node().join(name).is_file(), "{name}");
    }
    assert!(read(node().join("index.html")).len() < 1_500_000);
}

#[test]
fn the_table_has_the_promised_columns() {
    let text = String::from_utf8(read(node().join("observations.csv"))).unwrap();
    let header: Vec<&str> = text.lines().next().unwrap().split(',').collect();
    assert_eq!(header[..3], ["kpi", "area", "period"]);
    let value = header.iter().position(|name| *name == "value").unwrap();
    let splits = &header[3..value];
    assert_eq!(splits.last(), Some(&"statistic"));
    assert!(splits[..splits.len() - 1].is_sorted(), "{splits:?}");
    assert_eq!(
        header[value..],
        ["value", "numerator", "denominator", "n", "lower", "upper", "unit", "coverage", "status", "definition", "run"]
    );
    let mut unique = header.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), header.len());
    // The year 2024 is complete: at least 60 KPIs have a total there.
    let totals: std::collections::BTreeSet<&str> = text
        .lines()
        .map(|line| line.split(',').collect::<Vec<_>>())
        .filter(|row| row.get(2) == Some(&"2024") && row[3..value].iter().all(|code| *code == "_T"))
        .filter(|row| row[value + 8] == "ok")
        .map(|row| row[0])
        .collect();
    assert!(totals.len() >= 30, "{totals:?}");
}

#[test]
fn the_same_seed_gives_the_same_bytes_in_every_language() {
    let folder = tempfile::tempdir().unwrap();
    let again = folder.path().join("again");
    assert_eq!(demo(&again, &[]).code, 0);
    for name in ["index.html", "observations.csv", "observations.parquet"] {
        assert!(read(node().join(name)) == read(again.join(name)), "{name}");
    }
    // A second demo into the same folder replaces it; the language changes the page, not the numbers.
    let outcome = demo(&again, &["--lang", "ar"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(read(node().join("observations.csv")) == read(again.join("observations.csv")));
    let page = String::from_utf8(read(again.join("index.html"))).unwrap();
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(page.matches("<article class=\"kpi\"").count() >= 30);
    assert_eq!(demo(&again, &["--seed", "2"]).code, 0);
    assert!(read(node().join("observations.csv")) != read(again.join("observations.csv")));
}

#[test]
fn a_demo_does_not_replace_another_folder() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("letter.txt"), "mine").unwrap();
    let outcome = demo(folder.path(), &[]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.stderr.contains("U0009"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_demo_that_cannot_be_made_removes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(demo(folder.path(), &[]).code, 0);
    let before = read(folder.path().join("observations.csv"));
    let outcome = mizan(&["demo", "--out", path(folder.path()), "--rows", "10"]);
    assert_eq!(outcome.code, 2, "{}", outcome.stderr);
    assert_eq!(read(folder.path().join("observations.csv")), before);
    assert!(folder.path().join("records").is_dir());
}

#[cfg(unix)]
#[test]
fn arguments_need_not_be_text() {
    use std::os::unix::ffi::OsStrExt;
    let odd = std::ffi::OsStr::from_bytes(b"\xff");
    for language in ["en", "fr"] {
        let output = command(&["--lang", language, "ingest"]).arg(odd).arg("--nonsense").output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{language}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn the_page_stands_alone() {
    let page = String::from_utf8(read(node().join("index.html"))).unwrap();
    for loaded in ["<script", "<link", "src=", "@import", "url("] {
        assert!(!page.contains(loaded), "{loaded}");
    }
    assert_eq!(page.matches("<svg").count(), page.matches("</desc>").count());
    assert!(page.contains("<html lang=\"en\" dir=\"ltr\">"));
}

#[test]
fn a_second_run_measures_nothing_again_and_says_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let node = folder.path().join("demo");
    assert_eq!(demo(&node, &[]).code, 0);
    let before = run_record(&node);
    let kept = node.join("observations").join(format!("{}.parquet", before["run"].as_str().unwrap()));
    let first = read(kept.clone());
    let outcome = mizan(&["measure", "--node", path(&node), "--exit-zero", "--log-format", "json"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let planned = outcome.stderr.lines().find(|line| line.contains("measure_planned")).unwrap();
    let planned: Value = serde_json::from_str(planned).unwrap();
    assert_eq!(planned["partitions"], 0, "{planned}");
    assert_eq!(run_record(&node)["run"], before["run"]);
    assert!(read(kept) == first, "the same bytes");
}

#[test]
fn values_in_every_form() {
    let csv = on_node(&["show", "--select", "dimension:rc", "--period", "2024", "--format", "csv"]);
    assert_eq!((csv.code, csv.stdout.lines().skip(1).all(|row| row.starts_with("RC-"))), (0, true), "{}", csv.stderr);
    let csv = on_node(&["show", "TF-07", "--period", "2024", "--by", "office", "--format", "csv"]);
    assert_eq!((csv.code, csv.stdout.lines().count()), (0, 1 + 4 * 3), "{}{}", csv.stdout, csv.stderr);
    let list = on_node(&["show", "TF-07", "--period", "2024", "-o", "json"]);
    let list: Value = serde_json::from_str(&list.stdout).unwrap();
    assert_eq!(list[0]["kpi"], "TF-07");
    assert!(list[0]["value"].is_number());
    let markdown = on_node(&["show", "TF-07", "--format", "markdown"]);
    assert!(markdown.stdout.starts_with("| KPI | "), "{}", markdown.stdout);
    let french = on_node(&["show", "TF-07", "--lang", "fr"]);
    assert!(french.stdout.contains("Valeur"), "{}", french.stdout);
    assert_eq!(on_node(&["show", "TF-07", "--format", "parquet"]).code, 2);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.parquet");
    assert_eq!(on_node(&["show", "TF-07", "--format", "parquet", "--out", path(&file)]).code, 0);
    assert!(read(file).starts_with(b"PAR1"));
}

#[test]
fn what_cannot_be_asked_for() {
    assert_eq!(on_node(&["show", "--select", ""]).code, 2);
    let by = on_node(&["show", "OD-04", "--by", "office"]);
    assert!(by.code == 2 && by.stderr.contains("U0006"), "{}", by.stderr);
    assert_eq!(on_node(&["explain", "kpi", "TF-07", "--format", "csv"]).code, 2);
    assert_eq!(mizan(&["framework", "show", "TF-07", "--format", "markdown"]).code, 2);
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("missing").join("index.html");
    assert_eq!(on_node(&["show", "--page", path(&page)]).code, 4);
    assert!(!folder.path().join("missing").exists());
}

#[test]
fn a_run_of_a_selection_does_not_hide_the_run_of_everything() {
    let folder = tempfile::tempdir().unwrap();
    let node = folder.path().join("demo");
    assert_eq!(demo(&node, &[]).code, 0);
    let whole = run_record(&node)["run"].clone();
    let at = |arguments: &[&str]| {
        let mut all = arguments.to_vec();
        all.extend(["--node", path(&node)]);
        mizan(&all)
    };
    let nothing = at(&["measure", "--period", "2031"]);
    assert!(nothing.code == 1 && nothing.stderr.contains("N0109"), "{}", nothing.stderr);
    assert_eq!(run_record(&node)["run"], whole);
    let entered = at(&["measure", "OD-04"]);
    assert!(entered.code == 1 && entered.stderr.contains("OD-04: "), "{}", entered.stderr);
    assert_ne!(run_record(&node)["run"], whole);
    let shown = at(&["show", "TF-07", "--period", "2024"]);
    let hint = format!("Shown is run {}", whole.as_str().unwrap());
    assert!(shown.code == 0 && shown.stderr.contains(&hint), "{}{}", shown.stdout, shown.stderr);
    let page = node.join("again.html");
    assert_eq!(at(&["show", "--page", path(&page)]).code, 0);
    assert!(String::from_utf8(read(page.clone())).unwrap().contains("id=\"TF-07\""));
    assert!(!node.join(".spill").exists());
    // For no reader in particular a page is in the language of the administration, whatever the terminal speaks.
    let settings = node.join("mizan.toml");
    let text = String::from_utf8(read(settings.clone())).unwrap();
    std::fs::write(&settings, text.replace("language     = \"en\"", "language     = \"fr\"")).unwrap();
    assert_eq!(at(&["show", "--page", path(&page)]).code, 0);
    let text = String::from_utf8(read(page)).unwrap();
    assert!(text.contains("Temps moyen de mainlev") && text.contains("lang=\"fr\""));
}

#[test]
fn a_file_that_is_not_utf8_is_a_finding_among_others() {
    let folder = tempfile::tempdir().unwrap();
    changed_framework(folder.path(), "kpis/TF-07.toml", "unit", "unti");
    std::fs::write(folder.path().join("kpis").join("TF-08.toml"), b"# \xe9\n").unwrap();
    let outcome = mizan(&["framework", "check", path(folder.path())]);
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);
    for expect in ["N0202", "kpis/TF-08.toml", "kpis/TF-07.toml"] {
        assert!(outcome.stdout.contains(expect), "{expect}: {}", outcome.stdout);
    }
}

#[test]
fn where_a_value_comes_from() {
    let outcome = on_node(&["explain", "kpi", "TF-07", "--period", "2024", "--format", "json"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let lineage: Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(lineage["observation"]["period"], "2024");
    assert!(!lineage["sources"].as_array().unwrap().is_empty());
    assert!(!lineage["scans"][0]["records"].as_str().unwrap().is_empty());
    let page = on_node(&["explain", "kpi", "TF-07"]);
    assert!(page.stdout.starts_with("Where this value comes from\n"), "{}", page.stdout);
    assert!(mizan(&["explain", "N0100"]).stdout.starts_with("N0100: not a node\n"));
    assert_eq!(mizan(&["explain", "Z9999"]).code, 2);
}

#[test]
fn what_can_be_measured() {
    let outcome = on_node(&["ready", "--format", "json"]);
    let ready: Value = serde_json::from_str(&outcome.stdout).unwrap();
    let now = ready["kpis"].as_array().unwrap().iter().filter(|kpi| kpi["answerable"] == "now").count();
    assert!(now >= 60, "{now}");
    assert!(on_node(&["ready", "--letter", "--lang", "es"]).code == 0);
}

#[test]
fn the_demo_is_healthy() {
    let outcome = on_node(&["doctor"]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.stdout, outcome.stderr);
    assert!(outcome.stdout.ends_with("\nHealthy: nothing to mend\n"), "{}", outcome.stdout);
}

#[test]
fn failed_checks_have_their_own_exit_code() {
    let strict = on_node(&["check", "--fail-on", "notice", "--format", "csv"]);
    assert_eq!(strict.code, 1, "the demo plants damaged rows: {}", strict.stdout);
    assert!(strict.stdout.starts_with("scope,check,period,severity,result,rows\n"));
    assert_eq!(on_node(&["check", "--fail-on", "notice", "--exit-zero"]).code, 0);
}

#[test]
fn the_shipped_framework_is_clean() {
    let outcome = mizan(&["framework", "check"]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.stdout, outcome.stderr);
    let same = mizan(&["framework", "diff", "open-customs", "open-customs"]);
    assert_eq!((same.code, same.stdout.as_str()), (0, "No difference\n"));
    assert!(mizan(&["framework", "show", "TF-13"]).stdout.contains("Transactions processed within agreed time"));
    assert_eq!(mizan(&["framework", "show", "TF-99"]).code, 2);
    let schema: Value = serde_json::from_str(&mizan(&["framework", "schema", "mapping"]).stdout).unwrap();
    assert_eq!(schema["type"], "object");
}

/// Copies the shipped framework and changes one text of one file.
fn changed_framework(folder: &Path, file: &str, from: &str, to: &str) {
    fn copy(from: &Path, to: &Path) {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap().path();
            let target = to.join(entry.file_name().unwrap());
            if entry.is_dir() { copy(&entry, &target) } else { std::fs::copy(&entry, &target).map(drop).unwrap() }
        }
    }
    copy(Path::new("../../frameworks/open-customs"), folder);
    let path = folder.join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has no `{from}`");
    std::fs::write(path, text.replace(from, to)).unwrap();
}

#[test]
fn a_mistake_in_a_definition_is_shown_where_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    changed_framework(folder.path(), "kpis/TF-13.toml", "direction    = \"higher\"", "direction    = \"upwards\"");
    let outcome = mizan(&["framework", "check", path(folder.path())]);
    assert_eq!(outcome.code, 3);
    assert!(outcome.stdout.contains("--> kpis/TF-13.toml:9:"), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("direction    = \"upwards\"\n"), "{}", outcome.stdout);
    let outcome = mizan(&["framework", "check", path(folder.path()), "--format", "json"]);
    let found: Value = serde_json::from_str(&outcome.stdout).unwrap();
    let found = found["findings"].as_array().unwrap().iter().find(|finding| finding["labels"][0]["line"] == 9);
    assert_eq!(found.unwrap()["labels"][0]["file"], "kpis/TF-13.toml");
}

#[test]
fn a_wrong_expectation_fails_its_fixture() {
    let folder = tempfile::tempdir().unwrap();
    changed_framework(folder.path(), "kpis/TF-13.toml", "numerator = 91, denominator", "numerator = 90, denominator");
    let outcome = mizan(&["framework", "check", path(folder.path())]);
    assert_eq!(outcome.code, 3);
    assert!(outcome.stdout.contains("F0501") && outcome.stdout.contains("measured 91"), "{}", outcome.stdout);
}

#[test]
fn a_changed_definition_breaks_the_series() {
    let folder = tempfile::tempdir().unwrap();
    changed_framework(folder.path(), "kpis/TF-13.toml", "flow IN ('import', 'export')", "flow = 'import'");
    let outcome = mizan(&["framework", "diff", "open-customs", path(folder.path()), "--format", "json"]);
    assert_eq!(outcome.code, 3, "the version says nothing of it");
    let rows: Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!((&rows[0]["kpi"], &rows[0]["break"]), (&Value::from("TF-13"), &Value::from("level")));
    assert!(outcome.stderr.contains("F0430"));
}

#[test]
fn a_new_node_and_a_file_that_is_empty() {
    let folder = tempfile::tempdir().unwrap();
    let node = folder.path().join("node");
    let made = mizan(&["init", path(&node), "--code", "QX", "--zone", "Africa/Nairobi", "--currency", "KES"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    assert!(node.join("mappings/declaration.toml").is_file());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(node.join(".mizan-key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    assert_eq!(mizan(&["measure", "--node", path(&node)]).code, 4);
    let sources = folder.path().join("sources");
    std::fs::create_dir(&sources).unwrap();
    std::fs::write(sources.join("declaration.csv"), "").unwrap();
    let outcome = mizan(&["ingest", path(&sources), "--node", path(&node)]);
    assert_eq!(outcome.code, 4);
    assert!(outcome.stderr.contains("error[D0102]"), "{}", outcome.stderr);
    let outcome = mizan(&["ingest", path(&sources), "--node", path(&node), "--lang", "zh"]);
    assert_eq!(outcome.code, 4);
    assert!(outcome.stderr.starts_with("错误[D0102]: 空文件\n"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("declaration.csv: the file is empty"), "{}", outcome.stderr);
    assert_eq!(mizan(&["ingest", path(&sources), "--node", path(&node), "--mapping", "declaratoin"]).code, 2);
    std::fs::write(node.join("mizan.toml"), "zon = \"UTC\"\n").unwrap();
    let outcome = mizan(&["ready", "--node", path(&node)]);
    assert_eq!(outcome.code, 3);
    assert!(outcome.stderr.contains("--> mizan.toml:1:1") && outcome.stderr.contains("did you mean `zone`?"));
}

#[test]
fn why_rows_are_in_quarantine_is_said_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let (node, sources) = (folder.path().join("node"), folder.path().join("sources"));
    assert_eq!(mizan(&["init", path(&node)]).code, 0);
    let mapping = "schema = \"mapping/1\"\ncontract = \"declaration/1\"\nfrom = \"*.csv\"\n[fields]\n\
        decl_id = { column = \"id\" }\naccepted_at = { column = \"at\" }\n\
        office = { constant = \"A\" }\nflow = { constant = \"import\" }\n";
    for other in std::fs::read_dir(node.join("mappings")).unwrap() {
        std::fs::remove_file(other.unwrap().path()).unwrap();
    }
    std::fs::write(node.join("mappings/declaration.toml"), mapping).unwrap();
    std::fs::create_dir(&sources).unwrap();
    let rows = "id,at\n1,2025-03-01T10:00:00Z\n2,yesterday\n3,tomorrow\n,2025-03-01T10:00:00Z\n";
    std::fs::write(sources.join("rows.csv"), rows).unwrap();
    let outcome = mizan(&["ingest", path(&sources), "--node", path(&node), "--lang", "fr"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(outcome.stderr.contains("rows.csv:3, at\u{a0}: yesterday"), "{}", outcome.stderr);
    for expect in ["  D0204 champ obligatoire vide", "  D0205 ", "2 lignes"] {
        assert!(outcome.stderr.contains(expect), "{expect} in {}", outcome.stderr);
    }
    // A year of one month has records, but is not filled.
    let outcome = mizan(&["measure", "--node", path(&node), "--period", "2025", "--lang", "fr"]);
    assert_eq!(outcome.code, 1, "{}", outcome.stderr);
    assert!(outcome.stderr.contains("ne couvrent pas tout 2025"), "{}", outcome.stderr);
    // Nothing that fits is no success.
    std::fs::write(sources.join("rows.csv"), "id,at\n2,yesterday\n").unwrap();
    assert_eq!(mizan(&["ingest", path(&sources), "--node", path(&node)]).code, 1);
}

#[test]
fn what_is_asked_for_in_another_way() {
    // The id of a KPI is no code, and is explained all the same.
    let by_id = on_node(&["explain", "tf-13"]);
    assert_eq!(by_id.code, 0, "{}", by_id.stderr);
    assert_eq!(by_id.stdout, on_node(&["explain", "kpi", "TF-13"]).stdout);
    // A language that is not spoken is refused in the one that the environment asks for.
    let output = command(&["version", "--lang", "tlh"]).env("MIZAN_LANG", "fr").output().unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("erreur[U0007]"));
}

#[test]
fn a_page_links_only_what_is_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.html");
    assert_eq!(on_node(&["show", "--page", path(&page)]).code, 0);
    let text = |file: PathBuf| String::from_utf8(read(file)).unwrap();
    assert!(!text(page).contains("href=\"observations.csv\""));
    let page = text(node().join("index.html"));
    assert!(page.contains("href=\"observations.csv\""));
    // What a value is divided by may be a number of anything.
    let denominators: Vec<String> =
        page.split("Denominator").skip(1).map(|rest| rest.chars().take(60).collect()).collect();
    assert!(denominators.len() > 20 && denominators.iter().all(|shown| !shown.contains("XTS")), "{denominators:?}");
}

#[test]
fn a_reader_who_has_seen_enough_is_no_fault() {
    let mut child =
        command(&["framework", "schema", "kpi"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn shells_and_manual() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(mizan(&["completions", shell]).stdout.contains("mizan"), "{shell}");
    }
    let manual = mizan(&["man"]).stdout;
    assert!(manual.contains("mizan\\-framework\\-check") || manual.contains("mizan-framework-check"));
}
