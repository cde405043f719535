//! A node from files to observations: only what changed is measured, and the same comes out whichever way it was made.

use std::sync::atomic::{AtomicBool, Ordering};

use mizan_measure::MeasureError;
use mizan_measure::run::{MeasureOptions, Progress, measure};
use mizan_model::framework::Framework;
use mizan_model::observation::{EngineStatus, Observation};
use smol_str::SmolStr;

use crate::support::{self, framework_files, ingest, measured, open_customs, options, run, write_months};

fn find<'a>(observations: &'a [Observation], kpi: &str, period: &str, office: Option<&str>) -> &'a Observation {
    let wanted: Vec<(SmolStr, SmolStr)> = office.iter().map(|o| ("office".into(), (*o).into())).collect();
    observations
        .iter()
        .find(|o| o.kpi == kpi && o.period == period && o.breakdown == wanted)
        .unwrap_or_else(|| panic!("no observation of {kpi} in {period} {office:?}"))
}

#[test]
fn values_are_those_of_a_hand_count() {
    let folder = tempfile::tempdir().unwrap();
    let (framework, _) = open_customs();
    write_months(&folder.path().join("sources"), 1..=12);
    let report = ingest(folder.path(), &folder.path().join("sources"), &framework);
    assert!(report.total().is_closed());
    assert_eq!((report.total().rows_in, report.total().taken), (4800, 4800));
    let result = run(folder.path(), &framework, &options(2));

    // Three of four declarations are electronic, in every month and in the year.
    for period in ["2025-01", "2025-07", "2025-Q3", "2025"] {
        let observation = find(&result.observations, "TF-01", period, None);
        assert_eq!(observation.value, Some(75.0), "{period}");
    }
    let year = find(&result.observations, "TF-01", "2025", None);
    assert_eq!((year.numerator, year.denominator, year.n), (Some(3600.0), Some(4800.0), 4800));
    // Rows 0, 3, 6 … of 400 are of office N1: 134 a month.
    assert_eq!(find(&result.observations, "TF-01", "2025", Some("N1")).n, 12 * 134);
    // No control, no payment: what needs them is said to be not computable, and has no value.
    let missing = result.observations.iter().find(|o| o.kpi == "ES-04").unwrap();
    assert_eq!((missing.status, missing.value), (EngineStatus::NotComputable, None));
}

#[test]
fn only_what_changed_is_measured_and_the_bytes_are_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (node, sources) = (folder.path().join("node"), folder.path().join("sources"));
    let (framework, _) = open_customs();
    let fixed = |mut options: MeasureOptions| {
        options.extraction = Some("2026-06-01T00:00:00Z".parse::<jiff::Timestamp>().unwrap().as_microsecond());
        options
    };
    write_months(&sources, 1..=5);
    ingest(&node, &sources, &framework);
    assert_eq!(measured(&run(&node, &framework, &fixed(options(2)))), 5, "the first run measures all months");
    assert_eq!(measured(&run(&node, &framework, &fixed(options(2)))), 0, "the second run measures nothing");

    write_months(&sources, 6..=6);
    ingest(&node, &sources, &framework);
    let incremental = run(&node, &framework, &fixed(options(2)));
    assert_eq!(measured(&incremental), 1, "a new month is measured alone");

    std::fs::write(sources.join("declaration-02.csv"), support::month_file(2, 399)).unwrap();
    ingest(&node, &sources, &framework);
    let corrected = run(&node, &framework, &fixed(options(2)));
    assert_eq!(measured(&corrected), 1, "a corrected month is measured alone");

    // From nothing, on one thread, in another folder: the same observations, run id included.
    let other = folder.path().join("other");
    ingest(&other, &sources, &framework);
    let fresh = run(&other, &framework, &fixed(options(1)));
    assert_eq!(fresh.observations, corrected.observations);
    assert_eq!(fresh.id, corrected.id);
    assert_ne!(fresh.observations, incremental.observations, "the corrected month counts");
}

#[test]
fn a_changed_definition_is_measured_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (node, sources) = (folder.path().join("node"), folder.path().join("sources"));
    let (framework, _) = open_customs();
    write_months(&sources, 1..=3);
    ingest(&node, &sources, &framework);
    run(&node, &framework, &options(2));

    let mut files = framework_files();
    let definition = files.get_mut("kpis/TF-01.toml").unwrap();
    *definition = definition.replace("lodgement = 'electronic'", "lodgement = 'paper'");
    let changed = Framework::from_files(files).value.unwrap();
    assert!(changed.kpi("TF-01").is_some(), "the changed definition can be read");
    let stop = AtomicBool::new(false);
    let rows = std::sync::Mutex::new(Vec::new());
    let progress = |event: Progress| {
        if let Progress::Measured { rows: scanned, .. } = event {
            rows.lock().unwrap().push(scanned);
        }
    };
    let result = measure(&node, &changed, &options(2), &progress, &stop).unwrap().0;
    assert_eq!(rows.into_inner().unwrap(), vec![1200], "one scan of the contract, for the new parts alone");
    assert_ne!(find(&result.observations, "TF-01", "2025-01", None).value, Some(75.0));
    assert_eq!(measured(&run(&node, &changed, &options(2))), 0);
}

#[test]
fn an_interrupted_run_goes_on_where_it_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let (node, sources) = (folder.path().join("node"), folder.path().join("sources"));
    let (framework, _) = open_customs();
    write_months(&sources, 1..=2);
    ingest(&node, &sources, &framework);
    let stop = AtomicBool::new(false);
    let interrupt = |event: Progress| {
        if matches!(event, Progress::Planned { .. }) {
            stop.store(true, Ordering::Relaxed);
        }
    };
    let result = measure(&node, &framework, &options(2), &interrupt, &stop);
    assert!(matches!(result, Err(MeasureError::Interrupted)));
    assert_eq!(measured(&run(&node, &framework, &options(2))), 2, "nothing was lost, nothing was half done");
}

#[test]
fn looking_back_does_not_use_later_knowledge() {
    let folder = tempfile::tempdir().unwrap();
    let (node, sources) = (folder.path().join("node"), folder.path().join("sources"));
    let (framework, _) = open_customs();
    write_months(&sources, 1..=3);
    ingest(&node, &sources, &framework);
    let at = |text: &str| {
        let mut options = options(2);
        options.extraction = Some(text.parse::<jiff::Timestamp>().unwrap().as_microsecond());
        options
    };
    let later = run(&node, &framework, &at("2026-01-01T00:00:00Z"));
    let earlier = run(&node, &framework, &at("2025-03-05T00:00:00Z"));
    let other = folder.path().join("other");
    ingest(&other, &sources, &framework);
    let alone = run(&other, &framework, &at("2025-03-05T00:00:00Z"));
    assert_eq!(earlier.observations, alone.observations);
    assert_ne!(earlier.observations, later.observations);
}

/// Changes one byte in the middle of the first file with that ending below a folder.
fn rot(folder: &std::path::Path) {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "parquet") {
                let mut bytes = std::fs::read(&path).unwrap();
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
                std::fs::write(&path, bytes).unwrap();
                return;
            }
        }
    }
    panic!("no Parquet file in {}", folder.display());
}

#[test]
fn rotten_parts_are_measured_again_and_rotten_records_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (node, sources) = (folder.path().join("node"), folder.path().join("sources"));
    let (framework, _) = open_customs();
    write_months(&sources, 1..=2);
    ingest(&node, &sources, &framework);
    let before = run(&node, &framework, &options(2));
    rot(&node.join("parts"));
    let after = run(&node, &framework, &options(2));
    assert_eq!(measured(&after), 1, "the partition whose part is rotten");
    assert_eq!(after.observations, before.observations);

    rot(&node.join("records"));
    let again = MeasureOptions { fresh: true, ..options(2) };
    let refused = measure(&node, &framework, &again, &|_| (), &AtomicBool::new(false));
    assert!(matches!(&refused, Err(MeasureError::Records(e)) if e.code == "D0121"), "{refused:?}");
}

#[test]
fn two_programs_do_not_measure_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (node, sources) = (folder.path().join("node"), folder.path().join("sources"));
    let (framework, _) = open_customs();
    write_months(&sources, 1..=1);
    ingest(&node, &sources, &framework);
    let lock = mizan_ingest::NodePaths::new(&node).lock().unwrap();
    let refused = measure(&node, &framework, &options(1), &|_| (), &AtomicBool::new(false));
    assert!(matches!(refused, Err(MeasureError::Records(_))), "{refused:?}");
    drop(lock);
    // Whoever has a run keeps it before another one ends.
    let (_, lock) = measure(&node, &framework, &options(1), &|_| (), &AtomicBool::new(false)).unwrap();
    assert!(mizan_ingest::NodePaths::new(&node).lock().is_err());
    drop(lock);
    run(&node, &framework, &options(1));
}

#[test]
fn months_that_share_a_plan_are_measured_as_alone() {
    let (framework, _) = open_customs();
    let folder = tempfile::tempdir().unwrap();
    let sources = folder.path().join("sources");
    std::fs::create_dir(&sources).unwrap();
    // Months that differ, or the records of one could stand for those of another.
    for month in 1..=5 {
        let file = sources.join(format!("declaration-{month:02}.csv"));
        std::fs::write(file, support::month_file(month, 300 + 20 * month)).unwrap();
    }
    let check = |name: &str, threads: usize, rows_a_query: u64| {
        let node = folder.path().join(name);
        ingest(&node, &sources, &framework);
        let run = run(&node, &framework, &MeasureOptions { rows_a_query, ..options(threads) });
        let observations = run.observations.into_iter();
        observations.map(|o| Observation { run: SmolStr::default(), ..o }).collect::<Vec<_>>()
    };
    let together = check("together", 1, 500_000);
    assert!(together.iter().any(|o| o.period == "2025-05" && o.value.is_some()));
    // One query a month: of one plan, on two threads, and each with a plan of its own.
    assert_eq!(check("shared", 1, 0), together);
    assert_eq!(check("side by side", 2, 0), together);
    assert_eq!(check("own", 16, 0), together);
}

#[test]
fn a_kpi_is_measured_alone_as_with_all_others() {
    let (framework, _) = open_customs();
    let folder = tempfile::tempdir().unwrap();
    let (sources, node) = (folder.path().join("sources"), folder.path().join("node"));
    std::fs::create_dir(&sources).unwrap();
    for month in 1..=2 {
        // Every class occurs: usable, still open, and released before it was accepted.
        let lines = support::month_file(month, 400);
        let lines = lines.lines().enumerate().map(|(n, line)| match line.rsplit_once(',') {
            Some((rest, _)) if n % 13 == 5 => format!("{rest},2024-12-01T00:00:00+03:00\n"),
            _ => format!("{line}\n"),
        });
        let file = sources.join(format!("declaration-{month:02}.csv"));
        std::fs::write(file, lines.collect::<String>()).unwrap();
    }
    ingest(&node, &sources, &framework);
    let measured = |kpis: Option<Vec<String>>| {
        let run = run(&node, &framework, &MeasureOptions { kpis, fresh: true, ..options(2) });
        let observations = run.observations.into_iter();
        observations.map(|o| Observation { run: SmolStr::default(), ..o }).collect::<Vec<_>>()
    };
    let together = measured(None);
    let has_some = |id: &str| together.iter().any(|o| o.kpi == id && o.value.is_some());
    let ids: Vec<&String> = framework.kpis.iter().map(|kpi| &kpi.id).filter(|id| has_some(id)).collect();
    assert!(ids.len() > 5, "{ids:?}");
    for id in ids {
        // What others count may be what its own counts follow from.
        let alone = measured(Some(vec![id.clone()]));
        let expect: Vec<Observation> = together.iter().filter(|o| o.kpi == *id).cloned().collect();
        assert_eq!(alone, expect, "{id}");
    }
}
