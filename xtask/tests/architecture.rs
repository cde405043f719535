//! Rules of ARCHITECTURE.md that the compiler does not know.
#![expect(clippy::unwrap_used, reason = "a test that cannot read the project has failed")]

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    "..".into()
}

fn crates() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() > 5, "the crates are there");
    folders
}

fn name(folder: &Path) -> &str {
    folder.file_name().unwrap().to_str().unwrap()
}

#[test]
fn the_engine_is_known_to_two_crates() {
    let knows = |folder: &PathBuf| {
        let manifest: toml::Table = fs::read_to_string(folder.join("Cargo.toml")).unwrap().parse().unwrap();
        ["dependencies", "dev-dependencies"].iter().any(|kind| {
            manifest.get(*kind).and_then(|table| table.as_table()).is_some_and(|table| table.contains_key("datafusion"))
        })
    };
    let found: Vec<PathBuf> = crates().into_iter().filter(knows).collect();
    assert_eq!(found.iter().map(|folder| name(folder)).collect::<Vec<_>>(), ["ingest", "measure"]);
}

#[test]
fn the_model_stays_light() {
    let manifest: toml::Table = fs::read_to_string(root().join("crates/model/Cargo.toml")).unwrap().parse().unwrap();
    let heavy = ["arrow", "parquet", "datafusion", "tokio"];
    let dependencies = manifest["dependencies"].as_table().unwrap();
    assert!(heavy.iter().all(|name| !dependencies.contains_key(*name)), "{dependencies:?}");
}

/// Scores follow from tables and seeds alone.
#[test]
fn the_numeric_crates_have_no_clock_and_no_files() {
    for name in ["stats", "index", "frontier"] {
        look(&root().join("crates").join(name).join("src"));
    }
    fn look(folder: &Path) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let file = path.file_name().unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                // Tests read reference tables.
                if file != "tests" {
                    look(&path);
                }
                continue;
            }
            if file == "tests.rs" || file == "oracle.rs" {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let shipped = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            for forbidden in ["std::fs", "std::time", "std::env", "std::net", "println!", "rand::rng()", "from_os_rng"]
            {
                assert!(!shipped.contains(forbidden), "{} has {forbidden}", path.display());
            }
        }
    }
}

/// What is said of a KPI stands in its file. Help texts may name one as an example, and so may tests.
#[test]
fn no_code_knows_a_kpi() {
    let kpis = fs::read_dir(root().join("frameworks/open-customs/kpis")).unwrap();
    let ids: Vec<String> =
        kpis.filter_map(|entry| Some(entry.unwrap().file_name().to_str()?.strip_suffix(".toml")?.to_owned())).collect();
    assert!(ids.len() > 60, "the KPIs are there");
    for folder in crates().iter().filter(|folder| !["model", "text"].contains(&name(folder))) {
        check_folder(&folder.join("src"), &ids);
    }
}

fn check_folder(folder: &Path, ids: &[String]) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            check_folder(&path, ids);
            continue;
        }
        let is_code = path.extension().is_some_and(|extension| extension == "rs");
        let is_help = path.starts_with("../crates/cli/src/arguments") || path.ends_with("cli/src/arguments.rs");
        if !is_code || is_help || path.ends_with("tests.rs") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            // `UTF-16` is no KPI.
            let is_alone = |(at, _): (usize, &str)| !line[..at].ends_with(|before: char| before.is_alphanumeric());
            let known = ids.iter().find(|id| line.match_indices(id.as_str()).any(is_alone));
            assert_eq!(known, None, "{}: {line}", path.display());
        }
    }
}

/// A translated text that no code asks for is work for nobody, and lets people believe that it is shown.
#[test]
fn every_message_is_asked_for() {
    let generated = root().join("crates/text/src/messages");
    let mut sources = String::new();
    let mut folders: Vec<PathBuf> = crates().iter().map(|folder| folder.join("src")).collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true if path != generated => folders.push(path),
                false => sources.push_str(&fs::read_to_string(&path).unwrap_or_default()),
                true => {}
            }
        }
    }
    let mut accessors = 0;
    let mut unused = Vec::new();
    for file in fs::read_dir(generated).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        for accessor in text.split("pub fn ").skip(1).filter_map(|rest| rest.split('(').next()) {
            accessors += 1;
            // The whole name: `.status_ok(`, not `.status_ok_why(`.
            if !sources.contains(&format!(".{accessor}(")) && !sources.contains(&format!("::{accessor}")) {
                unused.push(accessor.to_owned());
            }
        }
    }
    assert!(accessors > 100, "{accessors}");
    assert!(unused.is_empty(), "{unused:?}");
}
