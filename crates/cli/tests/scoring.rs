//! What `mizan score` and `mizan compare` score, what they leave out, and what they say of it.

// Clippy counts helper functions of tests as shipped code.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

struct Outcome {
    code: i32,
    stdout: String,
    stderr: String,
}

/// A folder with files, in which the program runs.
struct Case {
    folder: TempDir,
}

type Rows = Vec<BTreeMap<String, String>>;

impl Case {
    fn new(files: &[(&str, &str)]) -> Case {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        Case { folder }
    }

    /// The shipped framework with another block `[score]` of TF-01.
    fn with_rule(self, rule: &str) -> Case {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../frameworks/open-customs");
        let to = self.path("framework");
        copy(&from, &to);
        let file = to.join("kpis/TF-01.toml");
        let kpi = std::fs::read_to_string(&file).unwrap();
        let (before, rest) = kpi.split_once("[score]\n").unwrap();
        let (_, after) = rest.split_once("\n[").unwrap();
        std::fs::write(&file, format!("{before}[score]\n{rule}\nsource = \"a test\"\n\n[{after}")).unwrap();
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> Outcome {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mizan"));
        command.args(arguments).current_dir(self.folder.path()).env_clear().env("LANG", "C").env("NO_COLOR", "1");
        let output = command.output().unwrap();
        Outcome {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    fn done(&self, arguments: &[&str]) -> Outcome {
        let outcome = self.run(arguments);
        assert_eq!(outcome.code, 0, "{arguments:?}: {}", outcome.stderr);
        outcome
    }

    fn rows(&self, arguments: &[&str]) -> Rows {
        rows(&self.done(&[arguments, &["-o", "csv"]].concat()).stdout)
    }

    fn refused(&self, arguments: &[&str], code: i32, words: &[&str]) {
        let outcome = self.run(arguments);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (code, ""), "{arguments:?}: {}", outcome.stderr);
        for word in words {
            assert!(outcome.stderr.contains(word), "{word}: {}", outcome.stderr);
        }
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        match entry.path().is_dir() {
            true => copy(&entry.path(), &to.join(entry.file_name())),
            false => _ = std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap(),
        }
    }
}

fn rows(text: &str) -> Rows {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// Area, score, number of peers and reason.
fn scores(rows: &Rows) -> Vec<(&str, &str, &str, &str)> {
    rows.iter().map(|row| (&*row["area"], &*row["score"], &*row["n"], &*row["missing"])).collect()
}

const STATUSES: &str = "kpi,area,period,value,status
TF-01,A,2025,10,ok
TF-01,B,2025,20,ok
TF-01,C,2025,30,ok
TF-01,D,2025,40,ok
TF-01,E,2025,50,reported
TF-01,F,2025,60,low_coverage
TF-01,G,2025,70,too_few
TF-01,H,2025,80,undefined
TF-01,I,2025,90,not_computable
TF-01,J,2025,95,not_closed
TF-01,K,2025,150,ok
";

/// Mean of the five that count: 30. The others keep their row, with value, status and reason.
#[test]
fn a_value_that_must_not_be_scored_is_not_and_nobody_is_compared_with_it() {
    let case = Case::new(&[("o.csv", STATUSES)]);
    let found = case.rows(&["score", "o.csv"]);
    let expected = [
        ("A", "-20", "5", ""),
        ("B", "-10", "5", ""),
        ("C", "0", "5", ""),
        ("D", "10", "5", ""),
        ("E", "20", "5", ""),
        ("F", "", "5", "status"),
        ("G", "", "5", "status"),
        ("H", "", "5", "status"),
        ("I", "", "5", "status"),
        ("J", "", "5", "status"),
        ("K", "", "5", "out_of_range"),
    ];
    assert_eq!(scores(&found), expected);
    assert_eq!((&*found[5]["value"], &*found[5]["status"], &*found[0]["reference"]), ("60", "low_coverage", "30"));
    let compared = case.rows(&["compare", "o.csv", "--area", "A"]);
    assert_eq!((&*compared[0]["peers_median"], &*compared[0]["n"], &*compared[0]["percentile"]), ("30", "5", "10"));
    let compared = case.rows(&["compare", "o.csv", "--area", "F"]);
    assert_eq!((&*compared[0]["value"], &*compared[0]["missing"], &*compared[0]["percentile"]), ("60", "status", ""));
}

/// Columns of notes are no breakdowns; read as such they would leave no total, and so an empty answer.
#[test]
fn an_unknown_column_is_refused() {
    let noted = "kpi,area,period,value,note\nTF-01,A,2025,10,x\nTF-01,B,2025,20,y\n";
    let case = Case::new(&[("o.csv", noted), ("split.csv", &noted.replace("note", "office"))]);
    case.refused(&["score", "o.csv"], 4, &["S0106", "`note`"]);
    case.refused(&["compare", "o.csv", "--area", "A"], 4, &["S0106", "`note`"]);
    // A breakdown is known, but nothing is a total.
    case.refused(&["score", "split.csv"], 4, &["S0101"]);
    case.refused(&["compare", "split.csv", "--area", "A"], 4, &["S0101"]);
    let empty = Case::new(&[("o.csv", &noted.replace(",x", ",").replace(",y", ",_T"))]);
    assert_eq!(empty.rows(&["score", "o.csv"]).len(), 2);
}

/// TF-01 of the shipped framework is 1.0.0.
#[test]
fn values_are_not_joined_over_a_major_break() {
    let values = "kpi,area,period,value,definition
TF-01,A,2025,10,1.0.0
TF-01,B,2025,20,1.2.0
TF-01,C,2025,30,1.0.1
TF-01,D,2025,40,
TF-01,E,2025,50,1.0.0
TF-01,F,2025,60,2.0.0
TF-01,G,2025,70,9.9.9
TF-01,A,2024,5,1.0.0
TF-01,B,2024,5,0.9.0
TF-01,C,2024,5,
TF-01,F,2024,60,1.0.0
";
    let case = Case::new(&[("o.csv", values)]).with_rule("method = \"change\"");
    let found = case.rows(&["score", "o.csv"]);
    assert_eq!(
        scores(&found)[4..],
        [("E", "20", "5", ""), ("F", "", "5", "other_definition"), ("G", "", "5", "other_definition")]
    );
    let found = case.rows(&["score", "o.csv", "--framework", "framework"]);
    let expected = [
        ("A", "5", "1", ""),
        ("B", "", "5", "series_break"),
        ("C", "25", "1", ""),
        ("D", "", "1", "no_previous"),
        ("E", "", "1", "no_previous"),
        ("F", "", "5", "other_definition"),
        ("G", "", "5", "other_definition"),
    ];
    assert_eq!(scores(&found), expected);
}

#[test]
fn peers_are_picked_by_the_rule_of_the_kpi() {
    let mut values = "kpi,area,period,value\n".to_owned();
    let mut peers = "area,group,income,region\n".to_owned();
    for (at, area) in ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"].iter().enumerate() {
        values.push_str(&format!("TF-01,{area},2025,{}\n", 10 * at));
        let (group, income) = (at / 2, if at < 5 { "low" } else { "high" });
        peers.push_str(&format!("{area},{group},{income},{}\n", at % 2));
    }
    let files = [("o.csv", values.as_str()), ("peers.csv", peers.as_str())];
    let score = ["score", "o.csv", "--framework", "framework", "--peers", "peers.csv"];
    let case = Case::new(&files).with_rule("method = \"percentile\"\npeers = [\"income\"]");
    let found = case.rows(&score);
    assert_eq!((scores(&found)[0], scores(&found)[4]), (("A", "10", "5", ""), ("E", "90", "5", "")));
    let compared = case.rows(&["compare", "o.csv", "--area", "F", "--framework", "framework", "--peers", "peers.csv"]);
    assert_eq!((&*compared[0]["n"], &*compared[0]["peers_median"]), ("5", "70"));
    // Without the table it is not known who the peers are.
    assert_eq!(scores(&case.rows(&score[..4]))[0], ("A", "", "10", "no_group"));
    // All properties must be alike.
    let case = Case::new(&files).with_rule("method = \"percentile\"\npeers = [\"income\", \"region\"]");
    assert_eq!(scores(&case.rows(&score))[0], ("A", "", "3", "too_few_peers"));
    let case = Case::new(&files).with_rule("method = \"percentile\"");
    assert_eq!(scores(&case.rows(&score))[0], ("A", "", "2", "too_few_peers"));
    let case = Case::new(&files).with_rule("method = \"percentile\"\npeers = [\"foo\"]");
    case.refused(&score, 4, &["S0112", "`foo`", "TF-01"]);
    let case = Case::new(&files).with_rule("method = \"change\"\npeers = [\"income\"]");
    case.refused(&score, 3, &["S0601", "`peers` has no effect"]);
}

#[test]
fn a_record_has_the_seed_and_proves_nothing_of_another_program() {
    let case = Case::new(&[("o.csv", &two_kpis()), ("r.toml", &recipe("", UNCERTAIN))]);
    case.refused(&["score", "o.csv", "--record", "x", "--out", "x"], 2, &["U0001", "two outputs"]);
    case.refused(&["score", "o.csv", "--record", "x", "--out", "./x"], 2, &["U0001", "two outputs"]);
    let written = |name: &str| std::fs::read_to_string(case.path(name)).unwrap();
    case.done(&["score", "o.csv", "--record", "plain.json", "--out", "plain.csv"]);
    assert!(written("plain.json").contains("\"seed\": null"));
    case.done(&["score", "o.csv", "--recipe", "r.toml", "--record", "seeded.json", "--out", "seeded.csv"]);
    assert!(written("seeded.json").contains("\"seed\": 42"), "{}", written("seeded.json"));
    case.done(&["score", "--replay", "seeded.json"]);
    let newer = written("seeded.json").replace("\"version\": \"0.1.0\"", "\"version\": \"0.0.9\"");
    std::fs::write(case.path("newer.json"), newer).unwrap();
    // The framework has a version too, and that one counts.
    case.refused(&["score", "--replay", "newer.json"], 1, &["S0602", "framework.version"]);
    let other = written("seeded.json").replace("\"name\": \"mizan\"", "\"name\": \"other\"");
    std::fs::write(case.path("other.json"), other).unwrap();
    case.refused(&["score", "--replay", "other.json"], 1, &["S0602", "program.name"]);
}

#[test]
fn the_edition_stands_beside_every_score() {
    let case = Case::new(&[("o.csv", STATUSES)]);
    for command in [&["score", "o.csv"][..], &["compare", "o.csv", "--area", "A"]] {
        let found = case.rows(command);
        assert!(found.iter().all(|row| row["edition"] == "open-customs 0.1.0"), "{found:?}");
        let json = case.done(&[command, &["-o", "json"]].concat()).stdout;
        assert!(json.contains("\"edition\": \"open-customs 0.1.0\""), "{json}");
        let table = case.done(command).stdout;
        assert_eq!(table.lines().last(), Some("Framework: open-customs 0.1.0"), "{table}");
        let french = case.done(&[command, &["--lang", "fr"]].concat()).stdout;
        assert!(french.lines().last().unwrap().starts_with("Référentiel"), "{french}");
    }
}

const UNCERTAIN: &str = "
[uncertainty]
replications = 300
seed = 42
[[uncertainty.input]]
name = \"weights\"
weights = { noise = 0.5, sets = 50 }
[[uncertainty.input]]
name = \"mean\"
step = \"aggregate\"
parameter = \"method\"
values = [\"arithmetic\", \"geometric\"]
";

fn recipe(head: &str, uncertain: &str) -> String {
    let steps = "[[step]]\nnormalise = { method = \"minmax\", range = [1, 100] }\n[[step]]\naggregate = {}\n";
    format!("schema = \"recipe/1\"\n{head}\n{steps}{uncertain}")
}

/// A is the best in both and D the worst; B and C lie close, and change places with the weights; E lacks one.
fn two_kpis() -> String {
    let mut values = "kpi,area,period,value,status\n".to_owned();
    for (area, one, other) in [("A", 95, 95), ("B", 50, 60), ("C", 60, 50), ("D", 10, 5)] {
        values.push_str(&format!("TF-01,{area},2025,{one},ok\nTF-13,{area},2025,{other},ok\n"));
    }
    values.push_str("TF-01,E,2025,70,ok\nTF-13,E,2025,20,low_coverage\n");
    values
}

/// A composite says what it rests on; its ranks have intervals and groups, or a finding says why not.
#[test]
fn composites_say_how_sure_they_are() {
    let case = Case::new(&[
        ("o.csv", &two_kpis()),
        ("plain.toml", &recipe("", "")),
        ("ranked.toml", &recipe("ranking = true", "")),
        ("sure.toml", &recipe("", UNCERTAIN)),
        ("both.toml", &recipe("ranking = true", UNCERTAIN)),
    ]);
    let composite = |recipe: &str| -> (Rows, String) {
        let outcome = case.done(&["score", "o.csv", "--recipe", recipe, "-o", "csv"]);
        let top = |row: &BTreeMap<String, String>| row["method"] == "composite" && row["dimension"].is_empty();
        (rows(&outcome.stdout).into_iter().filter(top).collect(), outcome.stderr)
    };
    let (plain, said) = composite("plain.toml");
    assert_eq!(plain.len(), 5);
    assert!(!plain[0].contains_key("rank") && !plain[0].contains_key("score_lower"));
    // E lacks one of two KPIs of equal weight, and why is said.
    assert!(said.contains("S0305") && said.contains("1 `status`"), "{said}");
    assert_eq!((&*plain[0]["dropped"], &*plain[4]["dropped"], &*plain[4]["imputed"]), ("0", "0.5", "0"));
    let (ranked, said) = composite("ranked.toml");
    assert!(said.contains("S0603") && ranked[0]["rank"] == "1" && !ranked[0].contains_key("group"), "{said}");
    let (sure, said) = composite("sure.toml");
    assert!(!said.contains("S0603") && !sure[0].contains_key("rank"), "{said}");
    let number = |row: &BTreeMap<String, String>, name: &str| row[name].parse::<f64>().unwrap();
    assert!(number(&sure[1], "score_lower") < number(&sure[1], "score_upper"), "{sure:?}");
    let (both, said) = composite("both.toml");
    assert!(!said.contains("S0603"), "{said}");
    // A is the best in both KPIs, so that no weight moves it; B and C cannot be told apart.
    assert_eq!(["rank", "rank_lower", "rank_upper", "group"].map(|name| &*both[0][name]), ["1", "1", "1", "1"]);
    assert_eq!(both[1]["group"], both[2]["group"], "{both:?}");
    assert!(number(&both[1], "rank_lower") < number(&both[1], "rank_upper"), "{both:?}");
}

/// The code of Namibia, which R would read as a missing value.
#[test]
fn namibia_is_not_missing() {
    let case = Case::new(&[
        ("o.csv", "kpi,area,period,value,status\nTF-01,NA,2025,10,ok\nTF-01,B,2025,20,NA\nTF-01,C,2025,NA,ok\n"),
        ("peers.csv", "area,group\nNA,south\nB,south\nC,south\n"),
        ("units.csv", "unit,x,y\nNA,1,1\nB,2,1\n"),
    ]);
    let found = case.rows(&["score", "o.csv", "--peers", "peers.csv"]);
    assert_eq!(found.iter().map(|row| &*row["area"]).collect::<Vec<_>>(), ["B", "C", "NA"]);
    assert_eq!(found.iter().map(|row| &*row["n"]).next_back(), Some("2"));
    let dea = ["frontier", "dea", "--data", "units.csv", "--id", "unit", "--inputs", "x", "--outputs", "y"];
    let found = rows(&case.done(&[&dea[..], &["--format", "csv"]].concat()).stdout);
    assert_eq!(found.iter().map(|row| &*row["unit"]).collect::<Vec<_>>(), ["NA", "B"]);
}
