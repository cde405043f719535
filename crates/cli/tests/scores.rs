//! Scores as statisticians ask for them: tables of R, frontiers, observations of many administrations.

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

fn mizan(arguments: &[&str]) -> Outcome {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mizan"));
    command.args(arguments).env_clear().env("LANG", "C").env("NO_COLOR", "1");
    let output = command.output().unwrap();
    Outcome {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn done(arguments: &[&str]) -> String {
    let outcome = mizan(arguments);
    assert_eq!(outcome.code, 0, "{arguments:?}: {}", outcome.stderr);
    outcome.stdout
}

fn reference(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../reference").join(path)
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The recipe that the reference values were made with.
const RECIPE: &str = r#"
schema = "recipe/1"
[[step]]
denominate = {}
[[step]]
impute = { method = "mean", group = "EurAsia_group" }
[[step]]
screen = { by = "missing", min_available = 0.9 }
[[step]]
treat = { winmax = 5 }
[[step]]
normalise = { method = "minmax", range = [0, 100] }
[[step]]
aggregate = { method = "arithmetic" }
"#;

const UNCERTAIN: &str = r#"
[uncertainty]
replications = 200
seed = 7
[[uncertainty.input]]
name = "winsorised points"
step = "treat"
parameter = "winmax"
values = [1, 5]
[[uncertainty.input]]
name = "weights"
weights = { noise = 0.25, sets = 50 }
"#;

/// A folder with a recipe, and the arguments that name the ASEM tables.
fn asem(recipe: &str) -> (TempDir, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("recipe.toml");
    std::fs::write(&file, recipe).unwrap();
    let (units, structure) = (reference("coinr/input/asem_iData.csv"), reference("coinr/input/asem_iMeta.csv"));
    let arguments = ["--units", text(&units), "--structure", text(&structure), "--recipe", text(&file)];
    let arguments = arguments.map(str::to_owned).to_vec();
    (folder, arguments)
}

fn with<'a>(first: &[&'a str], rest: &'a [String], last: &[&'a str]) -> Vec<&'a str> {
    first.iter().copied().chain(rest.iter().map(String::as_str)).chain(last.iter().copied()).collect()
}

fn cells(text: &str) -> (Vec<String>, BTreeMap<String, Vec<String>>) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row = |row: csv::StringRecord| (row[0].to_owned(), row.iter().map(str::to_owned).collect::<Vec<_>>());
    (header, reader.records().map(|found| row(found.unwrap())).collect())
}

/// The tables of R are read as they are, and each step is the file that COINr has.
#[test]
fn every_step_is_that_of_coinr() {
    let (folder, arguments) = asem(RECIPE);
    let steps = folder.path().join("steps");
    done(&with(&["index", "run"], &arguments, &["--steps", text(&steps), "--format", "csv"]));
    for name in
        ["01_raw", "02_denominated", "03_imputed", "04_screened", "05_treated", "06_normalised", "07_aggregated"]
    {
        let read = |path: PathBuf| cells(&std::fs::read_to_string(path).unwrap());
        let (header, found) = read(steps.join(format!("{name}.csv")));
        let (wanted, expected) = read(reference(&format!("coinr/steps/{name}.csv")));
        assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{name}");
        for (at, column) in wanted.iter().enumerate().skip(1) {
            let own = header.iter().position(|known| known == column).unwrap();
            for (unit, row) in &expected {
                let (a, b) = (&found[unit][own], &row[at]);
                if b == "NA" {
                    assert_eq!(a, "NA", "{name} {unit} {column}");
                    continue;
                }
                let (a, b): (f64, f64) = (a.parse().unwrap(), b.parse().unwrap());
                assert!((a - b).abs() <= 1e-8 * b.abs().max(1e-8), "{name} {unit} {column}: {a} {b}");
            }
        }
    }
    // What the steps did stands beside them.
    let treated = std::fs::read_to_string(steps.join("05_treated.json")).unwrap();
    assert!(treated.contains("winsor-high") && treated.contains("\"LAO 2018\""), "{treated:.200}");
}

/// Stored draws give the same bytes, and a cut file is refused.
#[test]
fn uncertainty_is_replayed() {
    let (folder, arguments) = asem(&format!("{RECIPE}{UNCERTAIN}"));
    let draws = folder.path().join("draws.csv");
    let options = ["--draws", text(&draws), "--format", "csv"];
    let first = done(&with(&["index", "uncertainty"], &arguments, &options));
    let again = done(&with(&["index", "uncertainty"], &arguments, &[&options[..], &["--replay"]].concat()));
    assert_eq!(first, again);
    assert_eq!(first.lines().count(), 52);
    let cut = std::fs::read_to_string(&draws).unwrap().replacen("weights", "wages", 1);
    std::fs::write(&draws, cut).unwrap();
    let outcome = mizan(&with(&["index", "uncertainty"], &arguments, &[&options[..], &["--replay"]].concat()));
    assert_eq!((outcome.code, outcome.stderr.contains("S0402")), (4, true), "{}", outcome.stderr);
    let sensitivity = done(&with(&["index", "sensitivity"], &arguments, &["--format", "csv"]));
    assert_eq!(sensitivity.lines().count(), 3, "{sensitivity}");
}

#[test]
fn a_score_is_taken_apart() {
    let (folder, arguments) = asem(RECIPE);
    let table = done(&with(&["index", "explain", "AUT", "--against", "BEL"], &arguments, &["--format", "csv"]));
    let rows: Vec<Vec<String>> = csv::Reader::from_reader(table.as_bytes())
        .into_records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect();
    let number = |cell: &str| cell.parse::<f64>().unwrap_or(0.0);
    let (whole, parts) = rows.split_last().unwrap();
    let sum: f64 = parts.iter().map(|row| number(&row[2]) + number(&row[4])).sum();
    assert!((sum - number(&whole[2])).abs() < 1e-9, "{sum} {}", whole[2]);
    let table = done(&with(&["index", "what-if", "AUT", "--set", "LPI=5"], &arguments, &["--format", "csv"]));
    let row: Vec<f64> = table.lines().nth(1).unwrap().split(',').skip(1).map(|cell| cell.parse().unwrap()).collect();
    assert!(row[1] > row[0] && row[3] <= row[2], "{table}");
    let other = folder.path().join("geometric.toml");
    let geometric = RECIPE.replace("[0, 100]", "[1, 100]").replace("arithmetic", "geometric");
    std::fs::write(&other, geometric).unwrap();
    let table = done(&with(&["index", "compare"], &arguments, &["--with", text(&other), "--format", "csv"]));
    assert!(table.starts_with("uCode,uName,Time,score_recipe,rank_recipe,score_geometric,rank_geometric,moved\n"));
    for what in ["statistics", "correlations", "reliability", "components", "availability", "denominators", "trends"] {
        let arguments: Vec<&str> = arguments.iter().take(4).map(String::as_str).collect();
        let last = ["--what", what, "--element", "Physical", "--format", "csv"];
        let table = done(&[&["index", "coherence"][..], &arguments, &last].concat());
        assert!(table.lines().count() > 2, "{what}: {table}");
    }
}

/// Wrong input: a code, a place, a remedy, and exit code 3 or 4.
#[test]
fn wrong_input_is_said_clearly() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, content: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let units = "uCode,a,b\nX,1,2\nY,3,1\nZ,2,5\n";
    let structure = "iCode,Type,Parent,Weight,Direction\na,Indicator,I,1,1\nb,Indicator,I,1,1\nI,Aggregate,,1,1\n";
    let recipe = "schema = \"recipe/1\"\n[[step]]\nnormalise = {}\n[[step]]\naggregate = {}\n";
    let geometric = recipe.replace("aggregate = {}", "aggregate = { method = \"geometric\" }");
    let misspelt = recipe.replace("normalise = {}", "normalise = { metod = \"rank\" }");
    let cases: [(&str, String, String, String, i32, &str); 9] = [
        ("fine", units.into(), structure.into(), recipe.into(), 0, ""),
        ("word", units.replace("3,1", "three,1"), structure.into(), recipe.into(), 4, "S0104"),
        ("twice", units.replace("Z,", "Y,"), structure.into(), recipe.into(), 4, "S0102"),
        ("no column", units.replace("uCode,a", "uCode,c"), structure.into(), recipe.into(), 4, "S0112"),
        ("no weight", units.into(), structure.replace("b,Indicator,I,1", "b,Indicator,I,"), recipe.into(), 3, "S0111"),
        ("geometric", units.into(), structure.into(), geometric, 4, "S0305"),
        ("misspelt", units.into(), structure.into(), misspelt, 3, "S02"),
        ("equal", "uCode,a,b\nX,1,2\nY,1,1\n".into(), structure.into(), recipe.into(), 0, "S0301"),
        ("empty", "uCode,a,b\n".into(), structure.into(), recipe.into(), 4, "S0101"),
    ];
    for (name, units, structure, recipe, code, finding) in cases {
        let paths = [write("u.csv", &units), write("s.csv", &structure), write("r.toml", &recipe)];
        let [units, structure, recipe] = [text(&paths[0]), text(&paths[1]), text(&paths[2])];
        let outcome =
            mizan(&["index", "run", "--units", units, "--structure", structure, "--recipe", recipe, "-o", "csv"]);
        assert_eq!(outcome.code, code, "{name}: {}", outcome.stderr);
        assert!(outcome.stderr.contains(finding), "{name}: {}", outcome.stderr);
    }
}

/// Every method of `frontier`, on a table of eight branches (Cooper, Seiford, Tone 2007, table 1.1) with further columns.
#[test]
fn every_frontier_runs() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("branches.csv");
    let mut table = "branch,year,kind,staff,rent,sales,hours,wage,price,controls\n".to_owned();
    let branches = [(2, 1), (3, 3), (3, 2), (4, 3), (5, 4), (5, 2), (6, 3), (8, 5)];
    for year in [2024, 2025] {
        for (at, (staff, sales)) in branches.iter().enumerate() {
            let kind = if at % 2 == 0 { "sea" } else { "land" };
            let sales = *sales as f64 + f64::from(year - 2024) * 0.2;
            let (rent, hours) = (10 + (at * 7) % 5, 3 + (at * 5) % 4);
            let controls = staff + (at as i32) % 3;
            table.push_str(&format!(
                "{}{year},{year},{kind},{staff},{rent},{sales},{hours},2,1,{controls}\n",
                ["A", "B", "C", "D", "E", "F", "G", "H"][at]
            ));
        }
    }
    std::fs::write(&file, &table).unwrap();
    let base = ["--data", text(&file), "--inputs", "staff,rent", "--outputs", "sales", "-o", "csv"];
    let rows = |method: &str, more: &[&str]| {
        let table = done(&[&["frontier", method][..], &base, more].concat());
        table.lines().count() - 1
    };
    for (method, more) in [
        ("dea", &["--rts", "crs", "--scale"][..]),
        ("dea", &["--rts", "fdh", "--orientation", "out"]),
        ("dea", &["--fixed", "rent", "--weight-ratio", "rent/staff=0.1..2"]),
        ("dea", &["--circumstances", "hours", "--orientation", "out"]),
        ("directional", &[]),
        ("directional", &["--direction", "staff=1,sales=1"]),
        ("super", &["--rts", "crs"]),
        ("super", &["--measure", "slacks", "--sides", "both"]),
        ("sbm", &["--undesirable", "hours"]),
        ("additive", &["--weights", "range"]),
        ("russell", &[]),
        ("hyperbolic", &["--rts", "crs"]),
        ("range", &[]),
        ("undesirable", &["--undesirable", "hours"]),
        ("cross", &[]),
        ("cost", &["--prices", "wage,price"]),
        ("stages", &["--between", "controls"]),
        ("bootstrap", &["--replications", "50"]),
        ("order-m", &["--m", "5"]),
        ("order-alpha", &["--alpha", "0.9"]),
        ("meta", &["--group", "kind"]),
    ] {
        assert_eq!(rows(method, more), 16, "{method}");
    }
    assert_eq!(rows("environment", &["--explained-by", "hours", "--replications", "100", "--algorithm", "1"]), 3);
    // In a panel the unit's name is the same in both years.
    let panel = table.replace("2024,2024", ",2024").replace("2025,2025", ",2025");
    std::fs::write(&file, panel).unwrap();
    assert_eq!(rows("malmquist", &["--time", "year"]), 8);
    assert_eq!(rows("window", &["--time", "year"]), 16);
    assert_eq!(rows("window", &["--time", "year", "--summary"]), 8);
}

/// Worked by hand on the page of envelopment: who had it better is no peer.
#[test]
fn circumstances_choose_the_peers() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("offices.csv");
    std::fs::write(&file, "office,staff,files,traffic\nA,2,1,1\nB,4,4,3\nC,8,6,2\nD,6,3,2\n").unwrap();
    let base = ["frontier", "dea", "--data", text(&file), "--inputs", "staff", "--outputs", "files", "-o", "csv"];
    let outcome = mizan(&[&base[..], &["--circumstances", "traffic"]].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(outcome.stderr.contains("S0503"), "{}", outcome.stderr);
    assert!(outcome.stdout.starts_with("unit,score,comparable,peers,"), "{}", outcome.stdout);
    let (_, found) = cells(&outcome.stdout);
    let score: f64 = found["D"][1].parse().unwrap();
    assert!((score - 4.4 / 6.0).abs() < 1e-12 && found["D"][2] == "3", "{:?}", found["D"]);
    assert_eq!((&found["A"][1][..], &found["A"][2][..]), ("1", "1"));
    for wrong in [&["--circumstances", "traffic", "--scale"][..], &["--circumstances", "staff"]] {
        assert_eq!(mizan(&[&base[..], wrong].concat()).code, 2, "{wrong:?}");
    }
}

/// Worked by hand on the page of productivity over time; and windows of the reference data.
#[test]
fn windows_pool_their_years() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("panel.csv");
    std::fs::write(&file, "office,year,staff,files\nA,1,1,1\nA,2,1,2\nA,3,1,4\nB,1,1,2\nB,3,1,4\n").unwrap();
    let base = ["frontier", "window", "--data", text(&file), "--inputs", "staff", "--outputs", "files"];
    let options = ["--time", "year", "--rts", "crs", "-o", "csv"];
    let outcome = mizan(&[&base[..], &options].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(outcome.stderr.contains("width 2 = (k + 1)/2, k 3"), "{}", outcome.stderr);
    let expected = "unit,window,time,score,status\nA,1-2,1,0.5,\nA,1-2,2,1,\nB,1-2,1,1,\n\
                    A,2-3,2,0.5,\nA,2-3,3,1,\nB,2-3,3,1,\n";
    assert_eq!(outcome.stdout, expected);
    let table = done(&[&base[..], &options, &["--summary"]].concat());
    assert!(table.starts_with("unit,scores,without,mean,variance,ldy,ldp\nA,4,0,0.75,0.08333333333333333,0.5,0.5\n"));
    assert!(table.ends_with("\nB,2,0,1,0,,0\n"), "{table}");
    for width in ["0", "4"] {
        assert_eq!(mizan(&[&base[..], &options, &["--width", width]].concat()).code, 2, "{width}");
    }
    let economies = reference("frontier/data/deaR_EconomyLong.csv");
    let base = ["frontier", "window", "--data", text(&economies), "--inputs", "Capital,Labor", "--outputs", "GIOV"];
    let table = done(&[&base[..], &["--time", "Period", "-o", "csv", "-q"]].concat());
    assert_eq!(table.lines().count(), 1 + 3 * 3 * 31);
}

/// Scores of the reference, through the command line.
#[test]
fn radial_scores_are_those_of_the_reference() {
    let data = reference("frontier/data/Benchmarking_charnes1981.csv");
    let inputs = ["--inputs", "x1,x2,x3,x4,x5", "--outputs", "y1,y2,y3", "--data", text(&data), "-o", "csv"];
    let expected = std::fs::read_to_string(reference("frontier/dea/benchmarking_radial.csv")).unwrap();
    for (rts, orientation) in [("crs", "in"), ("vrs", "out"), ("drs", "in"), ("irs", "out")] {
        let options = ["frontier", "dea", "--rts", rts, "--orientation", orientation, "-q"];
        let (_, found) = cells(&done(&[&options[..], &inputs].concat()));
        let prefix = format!("charnes1981,{rts},{orientation},");
        for line in expected.lines().filter_map(|line| line.strip_prefix(&prefix)) {
            let (unit, score) = line.split_once(',').unwrap();
            let (a, b): (f64, f64) = (found[unit][1].parse().unwrap(), score.parse().unwrap());
            assert!((a - b).abs() < 1e-9 * b, "{rts} {orientation} {unit}: {a} {b}");
        }
    }
    let firms = reference("frontier/data/frontier_front41Data.csv");
    let table = done(&[
        "frontier",
        "sfa",
        "--data",
        text(&firms),
        "--inputs",
        "capital,labour",
        "--outputs",
        "output",
        "--what",
        "coefficients",
        "-o",
        "csv",
        "-q",
    ]);
    // The optimum of reference/frontier/sfa.
    let likelihood: f64 = cells(&table).1["log_likelihood"][1].parse().unwrap();
    assert!((likelihood + 17.027_225_424_422_923).abs() < 1e-8, "{likelihood}");
}

/// A world of administrations: scored, compared, recorded and proved.
#[test]
fn a_world_is_scored_and_proved() {
    let folder = tempfile::tempdir().unwrap();
    let world = folder.path().join("world");
    done(&["demo", "--world", "--out", text(&world), "-q"]);
    let (observations, peers) = (world.join("observations.parquet"), world.join("peers.csv"));
    let record = folder.path().join("record.json");
    let scored =
        done(&["score", text(&observations), "--peers", text(&peers), "--record", text(&record), "-o", "csv", "-q"]);
    // The two forms of the file give the same scores.
    let same = done(&["score", text(&world.join("observations.csv")), "--peers", text(&peers), "-o", "csv", "-q"]);
    assert_eq!(scored, same);
    assert!(!scored.contains("composite") && scored.contains(",distance,"));
    let outcome = mizan(&["score", "--replay", text(&record)]);
    assert_eq!((outcome.code, outcome.stderr.contains("bit for bit")), (0, true), "{}", outcome.stderr);
    // A composite only where a recipe is given, and no rank.
    let recipe = world.join("recipe.toml");
    let with_index = done(&["score", text(&observations), "--recipe", text(&recipe), "-o", "csv", "-q"]);
    assert!(with_index.contains(",composite,") && !with_index.contains("#1"));
    let area = scored.lines().nth(1).unwrap().split(',').next().unwrap();
    let table = done(&["compare", text(&observations), "--area", area, "-o", "csv", "-q"]);
    assert!(table.lines().count() > 50, "{table}");
    let resources = world.join("resources.csv");
    let table = done(&[
        "frontier",
        "dea",
        "--data",
        text(&resources),
        "--inputs",
        "staff,operating_cost",
        "--outputs",
        "declarations",
        "-o",
        "csv",
        "-q",
    ]);
    assert_eq!(table.lines().count(), 301);
    // A changed file proves nothing.
    let changed = std::fs::read_to_string(&peers).unwrap().replacen('A', "B", 3);
    std::fs::write(&peers, changed).unwrap();
    let outcome = mizan(&["score", "--replay", text(&record)]);
    assert_eq!((outcome.code, outcome.stderr.contains("S0602")), (1, true), "{}", outcome.stderr);
}
