//! `mizan index`: what it writes and what it never writes over, the page of all recipes, heads in the reader's language.

// Clippy counts helper functions of tests as shipped code.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

fn mizan(language: &str, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mizan"));
    command.args(arguments).env_clear().env("LANG", language).env("NO_COLOR", "1");
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

const UNITS: &str = "uCode,uName,a,b\nX,Xa,1,2\nY,Ya,3,1\nZ,Za,2,\nV,Va,5,4\n";
const STRUCTURE: &str = "iCode,Type,Parent,Weight,Direction\na,Indicator,I,1,1\nb,Indicator,I,1,1\nI,Aggregate,,1,1\n";
const RECIPE: &str =
    "schema = \"recipe/1\"\n[[step]]\nimpute = {}\n[[step]]\nnormalise = {}\n[[step]]\naggregate = {}\n";
const UNCERTAIN: &str = "[uncertainty]\nreplications = 32\n[[uncertainty.input]]\nname = \"range\"\nstep = \"normalise\"\n\
parameter = \"range\"\nvalues = [[0, 100], [0, 50]]\n";

/// A folder with `units.csv`, `structure.csv` and `recipe.toml`.
fn folder(recipe: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in [("units.csv", UNITS), ("structure.csv", STRUCTURE), ("recipe.toml", recipe)] {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

/// Runs in that folder; `more` are names of files in it and options.
fn index(folder: &Path, what: &str, more: &[&str]) -> (i32, String, String) {
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let is_file =
        |word: &str| word.ends_with(".csv") || word.ends_with(".json") || word.ends_with(".toml") || word == "d";
    let mut arguments = vec!["index".to_owned(), what.to_owned()];
    arguments.extend(more.iter().map(|word| if is_file(word) { path(word) } else { (*word).to_owned() }));
    for (option, name) in [("--units", "units.csv"), ("--structure", "structure.csv"), ("--recipe", "recipe.toml")] {
        let is_needed = option != "--recipe" || what != "coherence";
        if is_needed && !more.contains(&option) {
            arguments.extend([option.to_owned(), path(name)]);
        }
    }
    mizan("C", &arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

fn content(path: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found: Vec<_> = std::fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .flat_map(
            |path| if path.is_dir() { content(&path) } else { vec![(path.clone(), std::fs::read(&path).unwrap())] },
        )
        .collect();
    found.sort();
    found
}

/// No file is replaced or removed that this run reads or that no earlier run wrote; nothing is written before.
#[test]
fn steps_touch_only_files_of_earlier_runs() {
    let folder = folder(RECIPE);
    let (path, d) = (folder.path(), folder.path().join("d"));
    std::fs::create_dir(&d).unwrap();
    let refused = |what: &str, more: &[&str]| {
        let before = content(path);
        let (code, _, said) = index(path, "run", more);
        assert_eq!((code, said.contains("U0001")), (2, true), "{what}: {said}");
        assert_eq!(content(path), before, "{what}");
    };
    // Files with the names of steps, some of them read.
    let put = |name: &str, content: &str| std::fs::write(d.join(name), content).unwrap();
    put("01_raw.csv", UNITS);
    refused("an input is the first step", &["--units", "d/01_raw.csv", "--steps", "d"]);
    refused("a file of somebody", &["--steps", "d"]);
    std::fs::remove_file(d.join("01_raw.csv")).unwrap();
    put("08_imputed.csv", UNITS);
    put("11_weighed.csv", "mine");
    put("steps.json", "{}");
    refused("another list", &["--steps", "d"]);
    std::fs::remove_file(d.join("steps.json")).unwrap();
    let done = |more: &[&str]| {
        let (code, table, said) = index(path, "run", more);
        assert_eq!(code, 0, "{said}");
        table
    };
    done(&["--units", "d/08_imputed.csv", "--steps", "d"]);
    assert_eq!(std::fs::read_to_string(d.join("08_imputed.csv")).unwrap(), UNITS);
    assert_eq!(std::fs::read_to_string(d.join("11_weighed.csv")).unwrap(), "mine");
    assert!(d.join("04_aggregated.csv").exists());
    // The output may be no step, and a step of the earlier run no input.
    refused("the output is a step", &["--steps", "d", "--out", "d/03_normalised.csv"]);
    refused("the output is the list", &["--steps", "d", "--out", "d/steps.json"]);
    refused("a step is read", &["--units", "d/02_imputed.csv", "--steps", "d"]);
    // The same again, then with fewer steps: what the earlier run wrote goes.
    done(&["--steps", "d"]);
    std::fs::write(path.join("short.toml"), RECIPE.replace("[[step]]\nimpute = {}\n", "")).unwrap();
    std::fs::write(d.join("04_aggregated.json"), "changed").unwrap();
    refused("a step that somebody changed", &["--recipe", "short.toml", "--steps", "d"]);
    std::fs::remove_file(d.join("04_aggregated.json")).unwrap();
    done(&["--recipe", "short.toml", "--steps", "d"]);
    let names: Vec<String> =
        content(&d).iter().map(|(path, _)| path.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    let expected = "01_raw.csv 01_raw.json 02_normalised.csv 02_normalised.json 03_aggregated.csv 03_aggregated.json \
                    08_imputed.csv 11_weighed.csv steps.json";
    assert_eq!(names.join(" "), expected);
}

#[test]
fn no_command_writes_over_what_it_reads_or_twice_to_one_file() {
    let folder = folder(&format!("{RECIPE}{UNCERTAIN}"));
    let path = folder.path();
    std::fs::write(path.join("intervals.csv"), "uCode,iCode,lower,upper\nX,a,0,2\n").unwrap();
    for (what, more) in [
        ("run", &["--out", "units.csv"][..]),
        ("coherence", &["--out", "units.csv"]),
        ("coherence", &["--what", "parents", "--recipe", "recipe.toml", "--out", "recipe.toml"]),
        ("explain", &["X", "--out", "structure.csv"]),
        ("what-if", &["X", "--set", "a=2", "--out", "recipe.toml"]),
        ("compare", &["--with", "recipe.toml", "--out", "recipe.toml"]),
        ("uncertainty", &["--intervals", "intervals.csv", "--out", "intervals.csv"]),
        ("uncertainty", &["--draws", "x.csv", "--out", "x.csv"]),
        ("sensitivity", &["--draws", "x.csv", "--out", "d/../x.csv"]),
        ("sensitivity", &["--draws", "units.csv"]),
    ] {
        let before = content(path);
        std::fs::create_dir_all(path.join("d")).unwrap();
        let (code, _, said) = index(path, what, more);
        assert_eq!((code, said.contains("U0001")), (2, true), "{what} {more:?}: {said}");
        assert_eq!(content(path), before, "{what} {more:?}");
    }
}

/// Column b has 2, 1 and 4: each is filled with the mean of the other two, 2.5, 3 and 1.5.
#[test]
fn imputation_says_how_wrong_it_is() {
    let folder = folder(RECIPE);
    let (code, table, said) = index(folder.path(), "run", &["--what", "imputation", "--steps", "d", "-o", "csv"]);
    assert_eq!(code, 0, "{said}");
    let (header, row) = table.trim().split_once('\n').unwrap();
    assert_eq!(header, "step,code,missing,filled,tested,rmse,mae,r2");
    let cells: Vec<&str> = row.split(',').collect();
    assert_eq!(cells[..5], ["2", "b", "1", "1", "3"]);
    // Errors 0.5, 2 and 2.5 about the mean 7/3: SSE 10.5, SST 14/3.
    let expect = [(10.5_f64 / 3.0).sqrt(), 5.0 / 3.0, 1.0 - 10.5 / (14.0 / 3.0)];
    for (cell, expect) in cells[5..].iter().zip(expect) {
        assert!((cell.parse::<f64>().unwrap() - expect).abs() < 1e-12, "{row}");
    }
    let record = std::fs::read_to_string(folder.path().join("d/02_imputed.json")).unwrap();
    let record: serde_json::Value = serde_json::from_str(&record).unwrap();
    assert_eq!(
        (&record["leave_out_error"][0]["indicator"], &record["leave_out_error"][0]["n"]),
        (&"b".into(), &3.into())
    );
}

/// With two standardised indicators I = (a + b) / 2, so that r(a, I) = √((1 + r) / 2).
#[test]
fn elements_are_correlated_with_what_is_above_them() {
    let folder = folder(
        &RECIPE
            .replace("normalise = {}", "normalise = { method = \"zscore\" }")
            .replace("{}\n[[step]]\nn", "{ method = \"none\" }\n[[step]]\nn"),
    );
    std::fs::write(folder.path().join("units.csv"), "uCode,a,b\nX,1,2\nY,3,1\nZ,2,5\nV,5,4\n").unwrap();
    let (code, table, said) =
        index(folder.path(), "coherence", &["--what", "parents", "--recipe", "recipe.toml", "-o", "csv"]);
    assert_eq!(code, 0, "{said}");
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows[0], ["code", "parent", "r", "pairs", "p", "flag"]);
    // Deviations of a: -1.75, 0.25, -0.75, 2.25; of b: -1, -2, 2, 1.
    let r: f64 = (1.75 - 0.5 - 1.5 + 2.25) / (8.75_f64 * 10.0).sqrt();
    for (row, code) in rows[1..].iter().zip(["a", "b"]) {
        assert_eq!(row[..2], [code, "I"]);
        assert!((row[2].parse::<f64>().unwrap() - ((1.0 + r) / 2.0).sqrt()).abs() < 1e-12, "{row:?}");
    }
    let (code, _, said) = index(folder.path(), "coherence", &["--recipe", "recipe.toml"]);
    assert_eq!((code, said.contains("--what parents")), (2, true), "{said}");
}

/// What moves nothing is said, and what is shared by choices that act together.
#[test]
fn sensitivity_explains_itself() {
    let folder = folder(&format!("{RECIPE}{UNCERTAIN}"));
    let (code, table, said) = index(folder.path(), "sensitivity", &["-o", "csv"]);
    assert_eq!((code, table.lines().count(), said.contains("S0304")), (0, 2, true), "{said}");
    assert!(said.contains("nothing moves the mean shift of ranks"), "{said}");
    // Of two years, one row each.
    let panel = "uCode,Time,a,b\nX,2024,1,2\nY,2024,3,1\nX,2023,2,5\nY,2023,5,4\n";
    std::fs::write(folder.path().join("panel.csv"), panel).unwrap();
    let (_, table, said) = index(folder.path(), "sensitivity", &["--units", "panel.csv", "--unit", "X", "-o", "csv"]);
    let years: Vec<&str> = table.lines().map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(years, ["Time", "2023", "2024"], "{said}");
    // The geometric mean (p) with nine times the weight of a (w) puts Y first; each alone leaves X there. Of a variable
    // that is 1 in one of four equally likely cases 3/16 is the variance, and 1/16 that of what one choice explains: a
    // third each, and with the other two thirds.
    let both = "schema = \"recipe/1\"\n[[step]]\naggregate = {}\n[uncertainty]\nreplications = 256\n\
                [[uncertainty.input]]\nname = \"p\"\nstep = \"aggregate\"\n\
                values = [{ method = \"arithmetic\" }, { method = \"geometric\" }]\n[[uncertainty.input]]\nname = \"w\"\n\
                weight_sets = [{ a = 1, b = 1 }, { a = 9, b = 1 }]\n";
    std::fs::write(folder.path().join("both.toml"), both).unwrap();
    std::fs::write(folder.path().join("two.csv"), "uCode,a,b\nX,38,90\nY,40,60\n").unwrap();
    let (_, table, said) =
        index(folder.path(), "sensitivity", &["--units", "two.csv", "--recipe", "both.toml", "-o", "csv"]);
    assert!(said.contains("S0403") && said.contains("0.67"), "{said}");
    for line in table.lines().skip(1) {
        let number = |at: usize| line.split(',').nth(at).unwrap().parse::<f64>().unwrap();
        assert!((number(1) - 1.0 / 3.0).abs() < 0.01 && (number(5) - 2.0 / 3.0).abs() < 0.01, "{table}");
    }
}

#[test]
fn too_few_complete_rows_are_said() {
    let folder = folder(RECIPE);
    std::fs::write(folder.path().join("units.csv"), "uCode,a,b\nX,1,2\nY,3,1\nZ,2,\nV,,4\nW,4,4\nU,3,\n").unwrap();
    let structure = STRUCTURE.replace("b,Ind", "c,Indicator,I,1,1\nd,Indicator,I,1,1\nb,Ind");
    std::fs::write(folder.path().join("structure.csv"), structure).unwrap();
    std::fs::write(folder.path().join("units.csv"), "uCode,a,b,c,d\nX,1,2,1,7\nY,3,1,5,2\nZ,2,5,4,4\n").unwrap();
    let (code, table, said) = index(folder.path(), "coherence", &["--what", "reliability", "-o", "csv"]);
    assert_eq!((code, said.contains("S0309")), (0, true), "{table}{said}");
    assert!(said.contains("no KMO"), "{said}");
}

/// Heads are in the reader's language on a screen; files have the names.
#[test]
fn heads_are_translated_on_screens_only() {
    let folder = folder(&format!("{RECIPE}{UNCERTAIN}").replace("schema", "ranking = true\nschema"));
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (units, structure, recipe) = (path("units.csv"), path("structure.csv"), path("recipe.toml"));
    let tables = ["--units", &units, "--structure", &structure];
    let head = |language: &str, what: &[&str], recipe: &[&str]| {
        let (code, table, said) = mizan(language, &[&["index"], what, &tables, recipe].concat());
        assert_eq!(code, 0, "{said}");
        table.lines().next().unwrap().to_owned()
    };
    let recipe = ["--recipe", recipe.as_str()];
    assert!(head("fr_FR.UTF-8", &["run"], &recipe).contains("Imputé"));
    assert!(head("zh_CN.UTF-8", &["uncertainty"], &recipe).contains("平均名次"));
    assert!(head("ar_SA.UTF-8", &["uncertainty", "--what", "effects"], &recipe).contains("البديل"));
    assert!(head("es_ES.UTF-8", &["coherence"], &[]).contains("Mediana"));
    assert!(head("ru_RU.UTF-8", &["coherence", "--what", "components"], &[]).contains("Компонента 1"));
    assert!(head("pt_PT.UTF-8", &["compare", "--with", recipe[1]], &recipe).contains("Pontuação recipe"));
    assert_eq!(head("fr_FR.UTF-8", &["run", "-o", "csv"], &recipe), "uCode,uName,I,imputed,treated,dropped,rank");
    // The codes of indicators are the reader's own.
    assert!(head("fr_FR.UTF-8", &["uncertainty", "--what", "above"], &recipe).contains(" X "));
}

/// Blocks of a language on the page, in order.
fn blocks<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let open = format!("```{language}\n");
    page.split(open.as_str()).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

/// Every example on the page of the recipe is run with the tables on the page.
#[test]
fn the_examples_of_the_reference_run() {
    let page =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/manual/recipe.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let names = ["units.csv", "panel.csv", "structure.csv", "intervals.csv"];
    let tables = blocks(&page, "csv");
    assert_eq!(tables.len(), names.len());
    for (name, table) in names.iter().zip(tables) {
        std::fs::write(folder.path().join(name), table).unwrap();
    }
    let recipes = blocks(&page, "toml");
    assert!(recipes.len() > 25, "{}", recipes.len());
    for recipe in recipes {
        std::fs::write(folder.path().join("recipe.toml"), recipe).unwrap();
        let units = if recipe.starts_with("# panel") { "panel.csv" } else { "units.csv" };
        let mut runs = vec![("run", vec![])];
        if recipe.contains("[uncertainty]") {
            let intervals =
                if recipe.contains("intervals") { vec!["--intervals", "intervals.csv"] } else { Vec::new() };
            runs.extend([("uncertainty", intervals.clone()), ("sensitivity", intervals)]);
        }
        for (what, more) in runs {
            let (code, _, said) = index(folder.path(), what, &[&["--units", units][..], &more].concat());
            assert_eq!(code, 0, "{what}\n{recipe}\n{said}");
            assert!(!said.contains("error["), "{what}\n{recipe}\n{said}");
        }
    }
}

/// A unit that is not there in one of two years has a status.
#[test]
fn a_change_without_one_of_its_years_has_a_status() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.csv");
    let table = "u,year,x,y\nA,2023,2,1\nB,2023,3,3\nC,2023,4,4\nA,2024,2,2\nB,2024,3,3\nD,2024,5,5\n";
    std::fs::write(&file, table).unwrap();
    let data = file.to_str().unwrap();
    let (code, table, said) = mizan(
        "C",
        &["frontier", "malmquist", "--data", data, "--inputs", "x", "--outputs", "y", "--time", "year", "-o", "csv"],
    );
    assert_eq!((code, said.contains("S0502")), (0, true), "{said}");
    let status = |unit: &str| table.lines().find(|line| line.starts_with(unit)).unwrap().rsplit(',').next().unwrap();
    assert_eq!([status("A"), status("C"), status("D")], ["", "no row in 2024", "no row in 2023"], "{table}");
}
