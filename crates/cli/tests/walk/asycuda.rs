//! An extract in the layout of ASYCUDA World, from the two files to KPI values.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mizan_synth::{AsycudaTruth, Plan, write_asycuda_extract};
use serde_json::Value;

use crate::{cents, mizan, observations, records, rows};

/// Operations of one declaration in the log.
#[derive(Default)]
struct Log {
    /// Operation to its moments, in microseconds since 1970; repeats for further containers count once.
    operations: BTreeMap<String, Vec<i64>>,
    lanes: (String, String),
}

impl Log {
    fn count(&self, operation: &str) -> u64 {
        self.moments(operation).len() as u64
    }

    fn moments(&self, operation: &str) -> &[i64] {
        self.operations.get(operation).map_or(&[], Vec::as_slice)
    }

    /// The first release order at or after the last clearance; without one, the last clearance.
    fn release(&self) -> Option<i64> {
        let cleared = self.moments("Clear declaration").iter().max().copied();
        let after = |at: &&i64| cleared.is_none_or(|cleared| **at >= cleared);
        self.moments("Print Release Order").iter().filter(after).min().copied().or(cleared)
    }

    /// A lane that selectivity had set is another one now, and no operation says when.
    fn changed_silently(&self) -> bool {
        let known = self.count("System re-route to green") > 0;
        self.count("Release Order (selectivity)") > 0 && !known && self.lanes.0 != self.lanes.1
    }
}

/// The log by declaration: office, year of registration, number. Local time is three hours ahead.
fn logs(path: &Path) -> BTreeMap<String, Log> {
    let mut seen = BTreeSet::new();
    let mut found: BTreeMap<String, Log> = BTreeMap::new();
    for row in rows(&std::fs::read(path).unwrap()) {
        let id = format!("{}-{}-{}", row["OFFICE"], &row["REGDATE"][6..10], row["REGNO"].replace(' ', ""));
        let operation = ["DOCUMENT_VERSION", "OPERATION", "OPERATION_TIME", "USERNAME"].map(|name| row[name].clone());
        let log = found.entry(id.clone()).or_default();
        log.lanes = (row["Lane At Selectivity"].to_lowercase(), row["Current Lane"].to_lowercase());
        let local = jiff::civil::DateTime::strptime("%d/%m/%Y %H:%M", &row["OPERATION_TIME"]).unwrap();
        let moment = jiff::tz::Offset::constant(3).to_timestamp(local).unwrap();
        if seen.insert((id, operation)) {
            log.operations.entry(row["OPERATION"].clone()).or_default().push(moment.as_microsecond());
        }
    }
    found
}

/// Counts that `mizan ingest` prints for a mapping: rows, taken, quarantined.
fn counts(report: &Value, mapping: &str) -> [u64; 3] {
    let line = report.as_array().unwrap().iter().find(|line| line["mapping"] == mapping).unwrap();
    assert_eq!(line["duplicates"], 0);
    ["rows", "taken", "quarantined"].map(|name| line[name].as_u64().unwrap())
}

#[test]
fn the_walk_through_an_asycuda_extract() {
    let folder = tempfile::tempdir().unwrap();
    let extract = folder.path().join("extract");
    let plan = Plan::sized(11, 6_000, 3, 6);
    let truth = write_asycuda_extract(&plan, &extract).unwrap();
    let logs = logs(&extract.join("operations.csv"));
    // The extract has the oddities that this test is about.
    assert!(truth.repeated_item_rows > 0 && truth.repeated_operation_rows > 0 && truth.silent_reroutes > 0);
    assert!(truth.unknown_operation_rows > truth.unknown_operations && truth.released < truth.declarations);

    let init = ["init", "node", "--mapping", "asycuda", "--code", "QZ", "--zone", &plan.zone, "--currency", "XTS"];
    mizan(folder.path(), &init);
    let node = folder.path().join("node");
    let report: Value = serde_json::from_str(&mizan(&node, &["ingest", "../extract", "--format", "json"])).unwrap();
    assert_eq!(counts(&report, "declaration"), [truth.declarations, truth.declarations, 0]);
    assert_eq!(counts(&report, "item"), [truth.items, truth.items, 0]);
    let [controls, taken, 0] = counts(&report, "control") else { panic!("{report}") };
    assert_eq!(controls, taken);

    // Events by kind, from the operations; what no event stands for is in quarantine, each operation once.
    let sum = |count: &dyn Fn(&Log) -> u64| logs.values().map(count).sum::<u64>();
    let expect = BTreeMap::from([
        ("registered", truth.declarations),
        ("assessed", sum(&|log| log.count("Validate and assess"))),
        ("paid", sum(&|log| log.count("Payment"))),
        ("channel_assigned", truth.declarations - truth.without_selectivity),
        ("inspection_result", sum(&|log| log.count("Control Results") + log.count("Clear declaration"))),
        ("rerouted", sum(&|log| log.count("System re-route to green") + u64::from(log.changed_silently()))),
        ("customs_release", truth.released),
        ("post_entry_amended", sum(&|log| log.count("Post-Entry"))),
    ]);
    let mut events: BTreeMap<String, u64> = BTreeMap::new();
    let mut releases: BTreeMap<String, i64> = BTreeMap::new();
    for [id, kind, at] in records(&node, "event", ["decl_id", "event_type", "at"]) {
        let (id, kind, at) = (id.unwrap(), kind.unwrap(), at.unwrap().parse().unwrap());
        if kind == "customs_release" {
            assert!(releases.insert(id, at).is_none(), "a second release");
        }
        *events.entry(kind).or_default() += 1;
    }
    assert_eq!(events, expect.iter().map(|(kind, count)| ((*kind).to_owned(), *count)).collect());
    let all: u64 = expect.values().sum();
    assert_eq!(counts(&report, "event"), [all + truth.unknown_operations, all, truth.unknown_operations]);

    // Times that the node derives, declaration by declaration, and the planted sum of all.
    let expect: BTreeMap<&str, i64> = logs.iter().filter_map(|(id, log)| log.release().map(|at| (&**id, at))).collect();
    assert_eq!(releases.iter().map(|(id, at)| (&**id, *at)).collect::<BTreeMap<_, _>>(), expect);
    let columns = ["decl_id", "registered_at", "released_at", "channel", "n_items"];
    let declarations = records(&node, "declaration", columns);
    let mut minutes = Vec::new();
    let mut items = 0;
    let mut without_lane = 0;
    for [id, registered, released, channel, n_items] in &declarations {
        let log = &logs[id.as_deref().unwrap()];
        let moment = |text: &Option<String>| text.as_ref().map(|text| text.parse::<i64>().unwrap());
        assert_eq!(moment(registered), log.moments("Validate and assess").iter().min().copied());
        assert_eq!(moment(released), log.release());
        minutes.extend(moment(released).map(|at| (at - moment(registered).unwrap()) / 60_000_000));
        items += n_items.as_ref().unwrap().parse::<u64>().unwrap();
        without_lane += u64::from(channel.is_none());
    }
    assert_eq!((items, without_lane), (truth.items, truth.without_selectivity));
    let durations = &truth.processing_time;
    assert_eq!((minutes.len() as u64, minutes.iter().sum::<i64>()), (durations.n, durations.sum_minutes));
    assert_eq!(minutes.iter().filter(|&&m| m <= 1440).count() as u64, durations.within_24h);

    // Money: an item once, a top-up once for each declaration.
    let total = |contract, column| -> i64 {
        records(&node, contract, [column]).into_iter().flatten().flatten().map(|text| cents(&text)).sum()
    };
    assert_eq!(total("declaration", "value"), truth.value);
    assert_eq!(total("item", "value"), truth.value);
    assert_eq!(total("item", "total_taxes"), truth.taxes);
    assert_eq!(total("item", "total_exempt"), truth.forgone);
    assert!(truth.top_up < truth.top_up_as_repeated);
    assert_eq!(total("control", "additional_amount"), truth.top_up);

    measured(&node, &logs, &truth);
    retried(&node, &logs);
    in_national_words(&node, &extract.join("operations.csv"), &releases);
}

/// Readiness and values over the whole extract, three months.
fn measured(node: &Path, logs: &BTreeMap<String, Log>, truth: &AsycudaTruth) {
    let ready = rows(mizan(node, &["ready", "--format", "csv"]).as_bytes());
    let row = ready.iter().find(|row| row["kpi"] == "TF-10").unwrap();
    assert_eq!((&*row["readiness"], &*row["weakest"]), ("now", "declaration.released_at"));
    let share = truth.released as f64 / truth.declarations as f64;
    assert!((row["coverage"].parse::<f64>().unwrap() - share).abs() < 1e-6, "{row:?}");

    let values = observations(node, "measure --period 2024-Q1");
    let find = |kpi: &str| values.iter().find(|row| row["kpi"] == kpi && row["statistic"] == "_T").unwrap();
    let local_day = |at: i64| (at + 3 * 3_600_000_000).div_euclid(86_400_000_000);
    let on_the_day = logs.values().filter(|log| {
        let registered = log.moments("Validate and assess").iter().min();
        log.release().is_some_and(|at| registered.is_some_and(|&first| local_day(at) == local_day(first)))
    });
    assert_eq!(find("TF-10")["numerator"], on_the_day.count().to_string());
    assert_eq!(find("TF-10")["denominator"], truth.declarations.to_string());
    let close = |row: &BTreeMap<String, String>, expect: f64| {
        let value: f64 = row["value"].parse().unwrap();
        assert!((value / expect - 1.0).abs() < 1e-9, "{value} {expect}");
    };
    close(find("RC-12"), truth.top_up as f64 / 100.0);
    close(find("RC-20"), 100.0 * truth.forgone as f64 / (truth.taxes + truth.forgone) as f64);
}

/// One unknown operation gets a meaning in `event.toml`: its rows leave the quarantine, the others stay.
fn retried(node: &Path, logs: &BTreeMap<String, Log>) {
    let mapping = node.join("mappings/event.toml");
    let text = std::fs::read_to_string(&mapping).unwrap();
    let line = "post_entry_amended = \"post_entry_amended\"\n";
    let mended = text.replace(line, &format!("{line}\"Amend Bond Details\" = \"post_entry_amended\"\n"));
    assert_ne!(mended, text);
    std::fs::write(&mapping, mended).unwrap();
    let report: Value = serde_json::from_str(&mizan(node, &["ingest", "--retry", "--format", "json"])).unwrap();
    let count = |operation: &str| logs.values().map(|log| log.count(operation)).sum::<u64>();
    let (mended, unknown) = (count("Amend Bond Details"), count("Query Raised"));
    assert!(mended > 0 && unknown > 0);
    assert_eq!(counts(&report, "event"), [mended + unknown, mended, unknown]);
    let events = records(node, "event", ["event_type"]);
    let amended = events.iter().filter(|[kind]| kind.as_deref() == Some("post_entry_amended")).count() as u64;
    assert_eq!(amended, mended + count("Post-Entry"));
}

/// Another country's names of the release order and the clearance: the table of `event.sql` is all that must change.
fn in_national_words(node: &Path, operations: &Path, releases: &BTreeMap<String, i64>) {
    let log = std::fs::read_to_string(operations).unwrap();
    let national = log.replace("Print Release Order", "Bon de sortie").replace("Clear declaration", "Mainlevée");
    assert!(national.contains("Bon de sortie") && national.contains("Mainlevée"));
    std::fs::write(operations, national).unwrap();
    let query = node.join("mappings/event.sql");
    let text = std::fs::read_to_string(&query).unwrap();
    let (table, rest) = text.split_once("\n),\n").unwrap();
    let words = table.replace("'print release order'", "'bon de sortie'").replace("'clear declaration'", "'mainlevée'");
    assert_ne!(words, table);
    std::fs::write(&query, format!("{words}\n),\n{rest}")).unwrap();
    mizan(node, &["ingest", "../extract"]);
    let events = records(node, "event", ["event_type", "decl_id", "at"]).into_iter();
    let found = events.filter(|[kind, ..]| kind.as_deref() == Some("customs_release"));
    let found: Vec<(String, i64)> = found.map(|[_, id, at]| (id.unwrap(), at.unwrap().parse().unwrap())).collect();
    assert_eq!(found.len(), releases.len());
    assert_eq!(&found.into_iter().collect::<BTreeMap<_, _>>(), releases);
}
