//! The shipped framework and small nodes.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use mizan_ingest::{IngestOptions, IngestReport, Silent};
use mizan_measure::functions::Calendars;
use mizan_measure::run::{MeasureOptions, Run, measure};
use mizan_measure::session::SessionLimits;
use mizan_model::diagnostic::Diagnostic;
use mizan_model::framework::Framework;
use mizan_model::mapping::{Mapping, Target};
use mizan_model::period::Grain;

pub fn framework_files() -> BTreeMap<String, String> {
    fn collect(folder: &Path, root: &Path, into: &mut BTreeMap<String, String>) {
        for entry in std::fs::read_dir(folder).expect("the framework's folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(&path, root, into);
            } else {
                let name = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
                into.insert(name, std::fs::read_to_string(&path).expect("a text"));
            }
        }
    }
    let root = Path::new("../../frameworks/open-customs");
    let mut files = BTreeMap::new();
    collect(root, root, &mut files);
    files
}

pub fn open_customs() -> (Framework, Vec<Diagnostic>) {
    let checked = Framework::from_files(framework_files());
    (checked.value.expect("the framework can be read"), checked.diagnostics)
}

pub fn limits(threads: usize) -> SessionLimits {
    SessionLimits { memory_bytes: 256 << 20, threads, spill_folder: None, calendars: Arc::new(Calendars::default()) }
}

pub fn options(threads: usize) -> MeasureOptions {
    MeasureOptions {
        area: "QZ".to_owned(),
        zone: "Africa/Nairobi".to_owned(),
        memory_bytes: 256 << 20,
        threads,
        calendars: Arc::new(Calendars::default()),
        kpis: None,
        by: None,
        grains: vec![Grain::Month, Grain::Quarter, Grain::Year],
        periods: Vec::new(),
        extraction: None,
        fresh: false,
        rows_a_query: mizan_measure::run::ROWS_A_QUERY,
    }
}

const MAPPING: &str = r#"
schema   = "mapping/1"
contract = "declaration/1"
from     = "declaration-*.csv"

[fields]
decl_id      = { column = "decl_id" }
accepted_at  = { column = "accepted_at" }
registered_at = { column = "accepted_at" }
office       = { column = "office" }
flow         = { column = "flow" }
procedure    = { column = "procedure" }
lodgement    = { column = "lodgement" }
processing   = { column = "lodgement" }
mode         = { column = "mode" }
channel      = { column = "channel" }
aeo          = { constant = "false" }
cancelled    = { constant = "false" }
arrived_at   = { column = "accepted_at" }
lodged_at    = { column = "accepted_at" }
released_at  = { column = "released_at" }
"#;

/// One month of declarations: `rows` of them, released after a number of hours that depends on the row.
pub fn month_file(month: u32, rows: u32) -> String {
    let mut text = "decl_id,accepted_at,office,flow,procedure,lodgement,mode,channel,released_at\n".to_owned();
    for row in 0..rows {
        let (day, hour) = (row % 27 + 1, row % 11);
        let lodgement = if row % 4 == 0 { "paper" } else { "electronic" };
        let channel = ["green", "green", "yellow", "red"][row as usize % 4];
        let office = ["N1", "N2", "N3"][row as usize % 3];
        let released = if row % 10 == 9 {
            String::new()
        } else {
            format!("2025-{month:02}-{:02}T{:02}:30:00+03:00", day + row % 2, hour + 8)
        };
        text.push_str(&format!(
            "D{month:02}-{row},2025-{month:02}-{day:02}T{hour:02}:00:00+03:00,{office},import,home_use,{lodgement},1,{channel},{released}\n"
        ));
    }
    text
}

pub fn write_months(sources: &Path, months: std::ops::RangeInclusive<u32>) {
    std::fs::create_dir_all(sources).unwrap();
    for month in months {
        std::fs::write(sources.join(format!("declaration-{month:02}.csv")), month_file(month, 400)).unwrap();
    }
}

pub fn ingest(node: &Path, sources: &Path, framework: &Framework) -> IngestReport {
    ingest_as(node, sources, framework, "declaration", MAPPING)
}

/// Takes files in by a mapping.
pub fn ingest_as(node: &Path, sources: &Path, framework: &Framework, name: &str, mapping: &str) -> IngestReport {
    let target = Target { contracts: &framework.contracts, lists: &framework.lists };
    let checked = Mapping::from_toml(name, mapping, target, &|_| None);
    assert_eq!(checked.diagnostics, vec![], "the mapping has findings");
    let mappings = [checked.value.expect("a mapping")];
    let options = IngestOptions {
        memory_bytes: 256 << 20,
        zone: "Africa/Nairobi".to_owned(),
        currency: "XXX".to_owned(),
        pseudonym_key: [7; 32],
        threads: 2,
        again: false,
    };
    let stop = AtomicBool::new(false);
    mizan_ingest::ingest(node, framework, &mappings, sources, &options, &Silent, &stop).expect("ingest")
}

pub fn run(node: &Path, framework: &Framework, options: &MeasureOptions) -> Run {
    measure(node, framework, options, &|_| (), &AtomicBool::new(false)).expect("measure").0
}

/// Partitions that a run measured.
pub fn measured(run: &Run) -> usize {
    run.scans.iter().map(|scan| scan.measured).sum()
}
