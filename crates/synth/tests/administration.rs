//! Files of synthetic administrations against what is said of them.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mizan_synth::{Plan, SOURCE_TABLES, Truth, write_administration, write_asycuda_extract, write_bench_items};
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use sha2::{Digest, Sha256};

fn framework() -> std::path::PathBuf {
    "../../frameworks/open-customs".into()
}

fn generate(plan: &Plan) -> (tempfile::TempDir, Truth) {
    let folder = tempfile::tempdir().unwrap();
    let mut last = (0, 0);
    let truth = write_administration(plan, folder.path(), &mut |done, all| last = (done, all)).unwrap();
    assert_eq!(last, (u64::from(plan.rows), u64::from(plan.rows)), "progress ends with all declarations");
    (folder, truth)
}

/// Hash over names and contents of all files, in the order of their names.
fn fingerprint(folder: &Path) -> String {
    let mut names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let mut hash = Sha256::new();
    for path in names {
        hash.update(path.file_name().unwrap().as_encoded_bytes());
        hash.update(std::fs::read(&path).unwrap());
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn contract(name: &str) -> toml::Table {
    let text = std::fs::read_to_string(framework().join(format!("contracts/{name}.toml"))).unwrap();
    text.parse().unwrap()
}

/// Names of a contract's fields in the order of its file, which a parsed table does not keep.
fn fields_in_order(name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(framework().join(format!("contracts/{name}.toml"))).unwrap();
    let (_, fields) = text.split_once("[fields]").unwrap();
    let fields = fields.split("[[check]]").next().unwrap();
    fields.lines().filter_map(|line| line.split_once(" = {")).map(|(name, _)| name.trim().to_owned()).collect()
}

/// Rows of all files of a table, as maps from column to value; damaged rows are left out by their marks.
fn rows(folder: &Path, prefix: &str) -> Vec<BTreeMap<String, String>> {
    let mut result = Vec::new();
    let mut seen = BTreeSet::new();
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name != format!("{prefix}.csv") && !name.starts_with(&format!("{prefix}-")) {
            continue;
        }
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(&path).unwrap();
        let header = reader.headers().unwrap().clone();
        for record in reader.records() {
            let record = record.unwrap();
            let damaged = record.len() != header.len()
                || record[0].contains('~')
                || !seen.insert(record.iter().collect::<Vec<_>>().join("|"));
            if !damaged {
                result.push(header.iter().zip(&record).map(|(k, v)| (k.to_owned(), v.to_owned())).collect());
            }
        }
    }
    result
}

fn cents(text: &str) -> i64 {
    text.replace('.', "").parse().unwrap()
}

#[test]
fn the_seed_decides_every_byte() {
    let plan = Plan::sized(42, 3_000, 4, 6);
    let (first, _) = generate(&plan);
    let (second, _) = generate(&plan);
    let (other, _) = generate(&Plan { seed: 43, ..plan });
    let expect = fingerprint(first.path());
    assert_eq!(fingerprint(second.path()), expect);
    assert_ne!(fingerprint(other.path()), expect);
}

#[test]
fn columns_and_codes_are_those_of_the_contracts() {
    let (folder, truth) = generate(&Plan::sized(3, 6_000, 13, 12));
    for table in SOURCE_TABLES {
        let contract = contract(table.contract);
        let fields = contract["fields"].as_table().unwrap();
        for column in table.columns {
            assert!(fields.contains_key(*column), "{}: no field `{column}`", table.contract);
        }
        for (name, field) in fields {
            let required = field.get("required").and_then(|r| r.as_bool()).unwrap_or(false);
            assert!(!required || table.columns.contains(&name.as_str()), "{} lacks `{name}`", table.contract);
        }
        let lists: BTreeMap<&str, toml::Table> = table
            .columns
            .iter()
            .filter_map(|column| {
                let list = fields[*column].get("list")?.as_str()?;
                let text = std::fs::read_to_string(framework().join(format!("lists/{list}.toml"))).unwrap();
                let parsed: toml::Table = text.parse().unwrap();
                Some((*column, parsed["codes"].as_table().unwrap().clone()))
            })
            .collect();
        let prefix = table.files.trim_end_matches(".csv").trim_end_matches("-*");
        let rows = rows(folder.path(), prefix);
        assert_eq!(rows.len() as u64, truth.tables[prefix].rows, "{prefix}");
        assert!(!rows.is_empty(), "{prefix} is empty");
        for row in &rows {
            for (column, codes) in &lists {
                let code = &row[*column];
                assert!(code.is_empty() || codes.contains_key(code), "{prefix}.{column}: `{code}`");
            }
        }
        // Every column is filled somewhere, or it would unlock nothing.
        for column in table.columns {
            assert!(rows.iter().any(|row| !row[*column].is_empty()), "{prefix}.{column} is always empty");
        }
        let keys: Vec<&str> = contract["key"].as_array().unwrap().iter().map(|k| k.as_str().unwrap()).collect();
        let distinct: BTreeSet<Vec<&String>> =
            rows.iter().map(|row| keys.iter().filter_map(|key| row.get(*key)).collect()).collect();
        assert_eq!(distinct.len(), rows.len(), "{prefix}: keys repeat");
    }
}

#[test]
fn the_truth_can_be_counted_again() {
    let (folder, truth) = generate(&Plan::sized(5, 8_000, 6, 6));
    let declarations = rows(folder.path(), "declaration");
    assert_eq!(declarations.len() as u64, truth.declarations.all);
    let cancelled = declarations.iter().filter(|row| row["cancelled"] == "true").count() as u64;
    assert_eq!(cancelled, truth.declarations.cancelled);

    let mut events: BTreeMap<(String, String), i64> = BTreeMap::new();
    for row in rows(folder.path(), "event") {
        let at = row["at"].parse::<jiff::Timestamp>().unwrap().as_second() / 60;
        events.insert((row["decl_id"].clone(), row["event_type"].clone()), at);
    }
    let at = |id: &str, event: &str| events.get(&(id.to_owned(), event.to_owned())).copied();
    let mut minutes: Vec<i64> = declarations
        .iter()
        .filter(|row| row["cancelled"] == "false")
        .filter_map(|row| Some(at(&row["decl_id"], "customs_release")? - at(&row["decl_id"], "lodged")?))
        .collect();
    minutes.sort_unstable();
    let expect = &truth.processing_time["all"];
    assert_eq!(minutes.len() as u64, expect.n);
    assert_eq!(minutes.iter().sum::<i64>(), expect.sum_minutes);
    assert_eq!(minutes[minutes.len().div_ceil(2) - 1], expect.median_minutes);
    assert_eq!(minutes.iter().filter(|&&m| m <= 1440).count() as u64, expect.within_24h);
    assert_eq!(declarations.len() as u64 - cancelled - expect.n, truth.declarations.open);
    let arrivals = declarations.iter().filter(|row| at(&row["decl_id"], "arrival").is_none()).count() as u64;
    assert_eq!(arrivals, truth.declarations.without_arrival);

    let payments = rows(folder.path(), "payment");
    let sum =
        |kind: &str| payments.iter().filter(|row| row["kind"] == kind).map(|row| cents(&row["amount"])).sum::<i64>();
    assert_eq!(sum("payment"), truth.money.revenue);
    assert_eq!(sum("refund"), truth.money.refunds);
    assert_eq!(payments.iter().filter(|row| row["kind"] == "debt").count() as u64, truth.money.debt_lines);

    let controls = rows(folder.path(), "control");
    let random: Vec<_> = controls.iter().filter(|row| row["selection"] == "random").collect();
    assert_eq!(random.len() as u64, truth.fraud.random_inspections);
    assert_eq!(random.iter().filter(|row| row["hit"] == "true").count() as u64, truth.fraud.random_hits);
    let added: i64 = controls.iter().map(|row| cents(&row["additional_amount"])).sum();
    assert_eq!(added, truth.money.additional);

    let seizures = rows(folder.path(), "seizure");
    assert_eq!(seizures.len() as u64, truth.seizures.values().map(|s| s.count).sum::<u64>());
    let value: i64 = rows(folder.path(), "item").iter().map(|row| cents(&row["value"])).sum();
    assert_eq!(value, truth.money.item_value);
    let header: i64 = declarations.iter().map(|row| cents(&row["value"])).sum();
    assert_eq!(header, value, "headers and items agree");
}

#[test]
fn damaged_rows_are_counted_exactly() {
    let (folder, truth) = generate(&Plan::sized(9, 4_000, 3, 5));
    for (name, counts) in &truth.files {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(folder.path().join(name)).unwrap();
        let width = reader.headers().unwrap().len();
        let mut found = BTreeMap::<&str, u64>::new();
        let mut before = csv::StringRecord::new();
        for record in reader.records() {
            let record = record.unwrap();
            let kind = match record.len() {
                n if n < width => "short",
                _ if record.iter().any(|v| v == "2024-02-30T25:61:00") => "date",
                _ if record.iter().any(|v| v == "zz-unknown") => "code",
                _ if record.iter().any(|v| v == "-125.50") => "amount",
                _ if record == before => "repeat",
                _ => "sound",
            };
            *found.entry(kind).or_default() += 1;
            before = record;
        }
        let expect = [
            ("short", counts.column_count),
            ("date", counts.broken_date),
            ("code", counts.unknown_code),
            ("amount", counts.negative_amount),
            ("repeat", counts.duplicate_key),
            ("sound", counts.rows),
        ];
        for (kind, count) in expect {
            assert_eq!(found.get(kind).copied().unwrap_or(0), count, "{name}: {kind}");
        }
    }
    assert!(truth.tables["declaration"].damaged() >= 15);
}

#[test]
fn planted_facts_show_in_the_counts() {
    let (_folder, truth) = generate(&Plan::sized(1, 40_000, 24, 12));
    let ratio = truth.reform.after.median_minutes as f64 / truth.reform.before.median_minutes as f64;
    let elsewhere =
        truth.reform.elsewhere_after.median_minutes as f64 / truth.reform.elsewhere_before.median_minutes as f64;
    assert!((0.45..0.8).contains(&ratio), "reform {ratio}");
    assert!((0.85..1.18).contains(&elsewhere), "elsewhere {elsewhere}");
    assert!(truth.bunching.moved > 20, "{:?}", truth.bunching);
    assert!(truth.bunching.booked.share_within_24h > truth.bunching.honest.share_within_24h);
    assert!(truth.pair.observed as f64 > 5.0 * truth.pair.expected, "{:?}", truth.pair);
    assert!(truth.padding.invented > 0 && truth.padding.invented < truth.padding.hits);
    assert!((0.02..0.10).contains(&truth.fraud.prevalence), "{:?}", truth.fraud);
    assert!((truth.fraud.random_prevalence - truth.fraud.prevalence).abs() < 0.03, "{:?}", truth.fraud);
    let risk = truth.fraud.risk_hits as f64 / truth.fraud.risk_inspections as f64;
    assert!(risk > 2.0 * truth.fraud.prevalence, "targeting beats chance: {risk}");
    let open = truth.declarations.open as f64 / truth.declarations.all as f64;
    assert!((0.003..0.03).contains(&open), "open {open}");
    let years: Vec<u64> = truth.operators.values().copied().collect();
    assert!(years[1] > years[0], "operators grow: {years:?}");
}

#[test]
fn impossible_plans_are_refused() {
    let refused = |plan: Plan| {
        let folder = tempfile::tempdir().unwrap();
        write_administration(&plan, folder.path(), &mut |_, _| ()).unwrap_err().to_string()
    };
    assert!(refused(Plan { offices: 0, ..Plan::default() }).contains("`offices`"));
    assert!(refused(Plan { zone: "Europe/Paris".to_owned(), ..Plan::default() }).contains("summer time"));
    assert!(refused(Plan { zone: "Nowhere".to_owned(), ..Plan::default() }).contains("unknown time zone"));
    assert!(refused(Plan { as_of: (2024, 1, 1), ..Plan::default() }).contains("`as_of`"));
}

#[test]
fn the_asycuda_extract_keeps_its_oddities() {
    let folder = tempfile::tempdir().unwrap();
    let plan = Plan::sized(11, 6_000, 3, 6);
    let truth = write_asycuda_extract(&plan, folder.path()).unwrap();
    let read = |name: &str| {
        let mut reader = csv::Reader::from_path(folder.path().join(name)).unwrap();
        let header = reader.headers().unwrap().clone();
        let records: Vec<csv::StringRecord> = reader.records().map(|record| record.unwrap()).collect();
        (header, records)
    };
    let (header, items) = read("items.csv");
    let place = |name: &str| header.iter().position(|column| column == name).unwrap();
    assert_eq!(header.len(), 48);
    assert_eq!(place("AGENT  NAME"), 3);
    assert_eq!(items.len() as u64, truth.item_rows);
    let key = |record: &csv::StringRecord| format!("{}/{}/{}", &record[0], &record[4][6..], &record[5]);
    let distinct: BTreeSet<String> = items.iter().map(|r| format!("{}/{}", key(r), &r[place("ITEMNO")])).collect();
    assert_eq!(distinct.len() as u64, truth.items);
    assert!(truth.repeated_item_rows > 0 && truth.items + truth.repeated_item_rows == truth.item_rows);
    let mut top_up = BTreeMap::new();
    let mut no_lane = BTreeSet::new();
    for record in &items {
        top_up.insert(key(record), cents(&record[place("Topup Amount")]));
        assert!(record[place("EXPORTER")].contains('\n'));
        if record[place("Lane At Selectivity")].is_empty() {
            no_lane.insert(key(record));
        }
    }
    assert_eq!(top_up.len() as u64, truth.declarations);
    assert_eq!(top_up.values().sum::<i64>(), truth.top_up);
    assert!(truth.top_up_as_repeated > truth.top_up && truth.top_up > 0);
    assert_eq!(no_lane.len() as u64, truth.missing_lane);

    let (header, operations) = read("operations.csv");
    let place = |name: &str| header.iter().position(|column| column == name).unwrap();
    assert_eq!(header.len(), 13);
    assert_eq!(operations.len() as u64, truth.operation_rows);
    let key = |record: &csv::StringRecord| format!("{}/{}/{}", &record[0], &record[1][6..], &record[2]);
    let distinct: BTreeSet<String> = operations
        .iter()
        .map(|r| format!("{}|{}|{}|{}|{}", key(r), &r[9], &r[place("OPERATION")], &r[place("OPERATION_TIME")], &r[12]))
        .collect();
    assert_eq!(distinct.len() as u64, truth.operations);
    let with: BTreeSet<String> =
        operations.iter().filter(|r| &r[10] == "Release Order (selectivity)").map(key).collect();
    assert_eq!(truth.declarations - with.len() as u64, truth.without_selectivity);
    let released: BTreeSet<String> = operations.iter().filter(|r| &r[10] == "Print Release Order").map(key).collect();
    assert_eq!(released.len() as u64, truth.released);
    assert!(truth.unknown_operations > 0 && truth.silent_reroutes > 0);
}

#[test]
fn benchmark_records_have_the_contract_layout() {
    let folder = tempfile::tempdir().unwrap();
    let files = write_bench_items(50_000, 3, 200, 5, folder.path(), &|_, _| ArrowWriterOptions::new()).unwrap();
    let total = |name: &str| files.iter().filter(|file| file.contract == name).map(|file| file.rows).sum::<u64>();
    assert_eq!(total("item"), 50_000);
    assert!((18_000..22_000).contains(&total("declaration")), "{}", total("declaration"));
    let mut hashes = BTreeMap::new();
    for file in &files {
        let contract = contract(file.contract);
        let fields = contract["fields"].as_table().unwrap();
        let mut expect = fields_in_order(file.contract);
        let stamps = expect.iter().filter(|name| fields[*name]["type"].as_str() == Some("timestamp"));
        let companions: Vec<String> = stamps.map(|name| format!("{name}_precision")).collect();
        expect.extend(companions);
        let input = std::fs::File::open(&file.path).unwrap();
        let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(input).unwrap();
        let names: Vec<String> = reader.schema().fields().iter().map(|field| field.name().clone()).collect();
        assert_eq!(names, expect);
        assert_eq!(reader.metadata().file_metadata().num_rows() as u64, file.rows);
        hashes.insert(format!("{}{}", file.contract, file.month), std::fs::read(&file.path).unwrap());
    }
    let again = tempfile::tempdir().unwrap();
    for file in write_bench_items(50_000, 3, 200, 5, again.path(), &|_, _| ArrowWriterOptions::new()).unwrap() {
        assert!(hashes[&format!("{}{}", file.contract, file.month)] == std::fs::read(&file.path).unwrap());
    }
}
