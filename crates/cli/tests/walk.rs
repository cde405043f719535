//! Two walks with files that were not made for the program: the README of `examples/korea`, command by command,
//! and (below) an extract in the layout of ASYCUDA World beside the truth that it was generated with.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use arrow::array::AsArray;
use arrow::compute::cast;
use arrow::datatypes::DataType;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::Value;

#[path = "walk/asycuda.rs"]
mod asycuda;

/// Runs the program in a folder, expects the exit code 0 and gives what it printed on stdout.
fn mizan(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_mizan"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("LANG", "C")
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "mizan {}: {:?}\n{stderr}", arguments.join(" "), output.status.code());
    String::from_utf8(output.stdout).unwrap()
}

/// Rows of a CSV text, each by the name of the column.
fn rows(text: &[u8]) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(text).deserialize().map(|row| row.unwrap()).collect()
}

/// Rows that `mizan show` or `mizan measure` prints as CSV.
fn observations(node: &Path, arguments: &str) -> Vec<BTreeMap<String, String>> {
    let mut all: Vec<&str> = arguments.split(' ').collect();
    all.extend(["--format", "csv", "-q"]);
    rows(mizan(node, &all).as_bytes())
}

/// Values of columns in the live records of a contract, as text; times are microseconds since 1970.
fn records<const N: usize>(node: &Path, contract: &str, columns: [&str; N]) -> Vec<[Option<String>; N]> {
    let folder = node.join("records").join(contract);
    let manifest: Value = serde_json::from_slice(&std::fs::read(folder.join("_manifest.json")).unwrap()).unwrap();
    let mut found = Vec::new();
    for segment in manifest["segments"].as_array().unwrap() {
        let file = std::fs::File::open(folder.join(segment["path"].as_str().unwrap())).unwrap();
        for batch in ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap() {
            let batch = batch.unwrap();
            let texts = columns.map(|name| {
                let column = batch.column_by_name(name).unwrap_or_else(|| panic!("no column {name}"));
                let is_time = matches!(column.data_type(), DataType::Timestamp(..));
                let number = if is_time { cast(column, &DataType::Int64).unwrap() } else { column.clone() };
                cast(&number, &DataType::Utf8).unwrap()
            });
            for row in 0..batch.num_rows() {
                found.push(texts.each_ref().map(|text| {
                    let text = text.as_string::<i32>();
                    text.iter().nth(row).flatten().map(str::to_owned)
                }));
            }
        }
    }
    found
}

/// Hundredths of a decimal text with at most two places.
fn cents(text: &str) -> i64 {
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    assert!(places.len() <= 2, "{text}");
    format!("{whole}{places:0<2}").parse().unwrap()
}

/// Commands of the `console` blocks of a page, each with the lines that stand under it.
fn commands(page: &str) -> Vec<(&str, Vec<&str>)> {
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        match (inside, line.strip_prefix("$ mizan "), line) {
            (false, _, "```console") => inside = true,
            (true, _, "```") => inside = false,
            (true, Some(command), _) => found.push((command, Vec::new())),
            (true, None, line) => found.last_mut().expect("a block begins with a command").1.push(line),
            (false, ..) => (),
        }
    }
    found
}

/// Whether lines are those of the page, where `…` stands for one line or more.
fn fits(page: &[&str], lines: &[&str]) -> bool {
    match page.split_first() {
        None => lines.is_empty(),
        Some((&"…", rest)) => (1..=lines.len()).any(|left_out| fits(rest, &lines[left_out..])),
        Some((line, rest)) => {
            lines.first().is_some_and(|first| first.trim_end() == line.trim_end()) && fits(rest, &lines[1..])
        }
    }
}

#[test]
fn a_page_fits_only_what_it_shows() {
    assert!(fits(&["a", "…", "d"], &["a", "b", "c", "d "]));
    assert!(fits(&["a", "…"], &["a", "b"]));
    for lines in [&["a", "d"][..], &["a", "b", "c"], &["a", "b", "d", "e"], &["b", "d"], &[]] {
        assert!(!fits(&["a", "…", "d"], lines), "{lines:?}");
    }
}

/// The example without what somebody's runs may have left beside it.
fn korea() -> (tempfile::TempDir, PathBuf) {
    let from = Path::new("../../examples/korea");
    let folder = tempfile::tempdir().unwrap();
    let node = folder.path().join("korea");
    std::fs::create_dir_all(node.join("mappings")).unwrap();
    let names = ["mizan.toml", "df_syn_eng.csv", "README.md"].map(str::to_owned).into_iter();
    for name in names.chain(["control", "declaration", "item"].map(|name| format!("mappings/{name}.toml"))) {
        std::fs::write(node.join(&name), std::fs::read(from.join(&name)).unwrap()).unwrap();
    }
    (folder, node)
}

/// Inspections and those with fraud in the rows of the file whose day begins so.
fn inspections(file: &[BTreeMap<String, String>], day: &str, office: Option<&str>) -> (u64, u64) {
    let chosen = |row: &&BTreeMap<String, String>| {
        row["Date"].starts_with(day) && office.is_none_or(|office| row["Office ID"] == office)
    };
    let hit = |row: &&BTreeMap<String, String>| row["Fraud"] == "1";
    (file.iter().filter(chosen).count() as u64, file.iter().filter(chosen).filter(hit).count() as u64)
}

#[test]
fn the_walk_through_the_published_file() {
    let (_folder, node) = korea();
    let page = std::fs::read_to_string(node.join("README.md")).unwrap();
    let walk = commands(&page);
    for step in ["ingest", "ready", "measure", "check", "show"] {
        assert!(walk.iter().any(|(command, _)| command.starts_with(step)), "{step}");
    }
    for (command, expect) in walk {
        let printed = mizan(&node, &command.split(' ').collect::<Vec<_>>());
        let lines: Vec<&str> = printed.lines().collect();
        assert!(fits(&expect, &lines), "`mizan {command}` prints another thing than the page:\n{printed}");
    }
    let text = std::fs::read(node.join("df_syn_eng.csv")).unwrap();
    let file = rows(text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text));
    assert_eq!(file.len(), 54_000);
    hit_rates(&node, &file, &page);
    records_of_the_file(&node, &file);

    // What the page says of the assumption: without it the hit rate cannot be computed.
    let mapping = node.join("mappings/control.toml");
    let text = std::fs::read_to_string(&mapping).unwrap();
    let without: Vec<&str> = text.lines().filter(|line| !line.starts_with("selection")).collect();
    assert_eq!(without.len() + 1, text.lines().count());
    std::fs::write(&mapping, without.join("\n")).unwrap();
    mizan(&node, &["ingest", ".", "--mapping", "control"]);
    let ready = rows(mizan(&node, &["ready", "--format", "csv"]).as_bytes());
    for kpi in ["ES-04", "ES-06", "ES-07"] {
        let row = ready.iter().find(|row| row["kpi"] == kpi).unwrap();
        assert_eq!((&*row["readiness"], &*row["missing_fields"]), ("fields_missing", "control.selection"), "{kpi}");
    }
}

/// Hit rates of the year, of its months and offices, counted here from the file's text.
fn hit_rates(node: &Path, file: &[BTreeMap<String, String>], page: &str) {
    let (all, hits) = inspections(file, "2020", None);
    assert_eq!((all, hits), (37_385, 8_114));
    assert!(page.contains("Of 37,385 inspections of 2020, 8,114 found fraud: 21.70 %"));
    let check = |row: &BTreeMap<String, String>, (all, hits): (u64, u64)| {
        assert_eq!((&row["denominator"], &row["numerator"]), (&all.to_string(), &hits.to_string()), "{row:?}");
        let rate = 100.0 * hits as f64 / all as f64;
        assert!((row["value"].parse::<f64>().unwrap() - rate).abs() < 1e-9, "{row:?}");
    };
    let year = observations(node, "show ES-04 --period 2020");
    assert_eq!(year.len(), 1);
    check(&year[0], (all, hits));
    // Wilson's interval, from its textbook form.
    let (n, p, z) = (all as f64, hits as f64 / all as f64, 1.959_963_984_540_054_f64);
    let centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    for (bound, expect) in [("lower", centre - half), ("upper", centre + half)] {
        assert!((year[0][bound].parse::<f64>().unwrap() - 100.0 * expect).abs() < 1e-6, "{bound}");
    }
    let months = observations(node, "show ES-04 --period 2020-01..2020-12");
    assert_eq!(months.len(), 12);
    months.iter().for_each(|row| check(row, inspections(file, &row["period"], None)));

    let offices = observations(node, "show ES-04 --period 2020 --by office");
    assert_eq!(offices.len(), 42);
    let mut small = 0;
    let mut together = 0;
    for row in &offices {
        let counted = inspections(file, "2020", Some(&row["office"]));
        together += counted.0;
        if counted.0 < 30 {
            assert_eq!((&*row["status"], &*row["value"]), ("too_few", ""), "{row:?}");
            small += 1;
        } else {
            assert_eq!(row["status"], "ok");
            check(row, counted);
        }
    }
    assert_eq!((small, together), (19, all));
}

/// Every row is there, with its code, its value and no name of a person.
fn records_of_the_file(node: &Path, file: &[BTreeMap<String, String>]) {
    let by_id: BTreeMap<&str, &BTreeMap<String, String>> =
        file.iter().map(|row| (&*row["Declaration ID"], row)).collect();
    assert_eq!(by_id.len(), file.len());
    let items = records(node, "item", ["decl_id", "hs_code", "value"]);
    assert_eq!(items.iter().map(|[id, ..]| id.as_deref().unwrap()).collect::<BTreeSet<_>>().len(), file.len());
    for [id, code, value] in &items {
        let row = by_id[id.as_deref().unwrap()];
        assert_eq!(code.as_deref(), Some(&*row["HS6 Code"]));
        let price: f64 = row["Item Price"].parse().unwrap();
        assert!((cents(value.as_deref().unwrap()) as f64 - 100.0 * price).abs() < 1e-3, "{row:?}");
    }
    let places =
        |row: &BTreeMap<String, String>| row["Item Price"].split_once('.').map_or(0, |(_, places)| places.len());
    let rounded = file.iter().filter(|row| places(row) > 2).count();
    let checks = rows(mizan(node, &["check", "--format", "csv"]).as_bytes());
    let found: Vec<&str> = checks.iter().filter(|row| row["check"] == "D0301").map(|row| &*row["rows"]).collect();
    assert_eq!(found, [rounded.to_string(), rounded.to_string()]);
    let declarations = records(node, "declaration", ["declarant", "consignee", "exporter"]);
    assert_eq!(declarations.len(), file.len());
    for (place, column) in ["Declarant ID", "Importer ID", "Seller ID"].into_iter().enumerate() {
        let names: BTreeSet<&str> = file.iter().map(|row| &*row[column]).filter(|name| !name.is_empty()).collect();
        let pseudonyms: BTreeSet<&str> = declarations.iter().filter_map(|row| row[place].as_deref()).collect();
        assert_eq!(pseudonyms.len(), names.len(), "{column}");
        assert!(pseudonyms.is_disjoint(&names), "{column}");
    }
}
