//! What is live: replaying, replacing, orphans, locks, stopping.

use std::sync::atomic::AtomicBool;

use super::{Fixture, GOOD, HEADER, declarations, table};
use crate::error::{DAMAGED_SEGMENT, FILE_SYSTEM, NODE_LOCKED, STOPPED};
use crate::manifest::{verify, verify_segment};
use crate::node::NodePaths;

#[test]
fn the_same_input_gives_the_same_bytes_and_is_skipped_the_second_time() {
    let run = || {
        let fixture = Fixture::new();
        fixture.put("a.csv", table(&GOOD));
        fixture.put("b.csv", table(&["D7,2025-01-03T00:00:00Z,KEN01,import,x,bad,1"]));
        fixture.ingest(&[declarations("*.csv")]).unwrap();
        fixture
    };
    let (first, second) = (run(), run());
    assert_eq!(first.state(), second.state());
    let report = first.ingest(&[declarations("*.csv")]).unwrap();
    assert!(report.files.iter().all(|f| f.skipped));
    assert_eq!(report.total().rows_in, 3, "skipped files keep their counts");
    assert_eq!(first.state(), second.state());
}

#[test]
fn a_changed_file_replaces_its_segments() {
    let fixture = Fixture::new();
    fixture.put("a.csv", table(&GOOD));
    fixture.put("b.csv", table(&["D5,2025-01-03T00:00:00Z,KEN01,import,x,5,1"]));
    fixture.ingest(&[declarations("*.csv")]).unwrap();
    fixture.put("a.csv", table(&[GOOD[0]]));
    let report = fixture.ingest(&[declarations("*.csv")]).unwrap();
    assert_eq!(report.files.iter().map(|f| f.skipped).collect::<Vec<_>>(), [false, true]);
    let mut ids = fixture.values("declaration", &["decl_id"]);
    ids.sort();
    assert_eq!(ids, ["D1", "D5"]);
    let parquet = fixture.state().into_keys().filter(|k| k.ends_with(".parquet")).count();
    assert_eq!(parquet, 2, "replaced segments are removed");
}

#[test]
fn a_changed_mapping_reads_the_file_again() {
    let fixture = Fixture::new();
    fixture.put("a.csv", table(&GOOD));
    fixture.ingest(&[declarations("a.csv")]).unwrap();
    let mut mapping = declarations("a.csv");
    mapping.fields.remove("value");
    let report = fixture.ingest(&[mapping]).unwrap();
    assert!(!report.files[0].skipped);
    assert_eq!(fixture.values("declaration", &["decl_id", "value"]), ["D1 ", "D2 "]);
}

#[test]
fn what_an_interrupted_run_left_behind_is_ignored_and_removed() {
    let fixture = Fixture::new();
    fixture.put("a.csv", table(&GOOD));
    fixture.ingest(&[declarations("a.csv")]).unwrap();
    let before = fixture.state();
    // A crash between writing segments and the manifest: files that no manifest knows.
    let manifest = fixture.manifest("declaration");
    let folder = NodePaths::new(fixture.node()).records("declaration");
    let orphan = folder.join("month=2025-01/declaration-0123456789abcdef.parquet");
    std::fs::copy(folder.join(&manifest.segments[0].path), &orphan).unwrap();
    std::fs::write(folder.join("month=2025-01/.declaration.tmp"), "half").unwrap();
    std::fs::create_dir_all(fixture.node().join("quarantine/declaration")).unwrap();
    std::fs::write(fixture.node().join("quarantine/declaration/.rows.tmp"), "half").unwrap();
    assert_eq!(fixture.values("declaration", &["decl_id"]).len(), 2);
    fixture.ingest(&[declarations("a.csv")]).unwrap();
    assert_eq!(fixture.state(), before);
}

#[test]
fn two_writers_are_one_too_many() {
    let fixture = Fixture::new();
    fixture.put("a.csv", table(&GOOD));
    let node = NodePaths::new(fixture.node());
    let lock = node.lock().unwrap();
    let error = fixture.ingest(&[declarations("a.csv")]).unwrap_err();
    assert_eq!(error.code, NODE_LOCKED);
    drop(lock);
    fixture.ingest(&[declarations("a.csv")]).unwrap();
}

#[test]
fn a_stop_leaves_what_was_committed() {
    struct StopAtSecond<'a>(&'a AtomicBool);
    impl crate::Observer for StopAtSecond<'_> {
        fn file_started(&self, _mapping: &str, file: &str, _bytes: u64) {
            self.0.store(file == "b.csv", std::sync::atomic::Ordering::Relaxed);
        }
    }
    let fixture = Fixture::new();
    fixture.put("a.csv", table(&[GOOD[0]]));
    fixture.put("b.csv", table(&[GOOD[1]]));
    let stop = AtomicBool::new(false);
    let error = crate::ingest(
        &fixture.node(),
        &fixture.framework,
        &[declarations("*.csv")],
        &fixture.sources(),
        &fixture.options,
        &StopAtSecond(&stop),
        &stop,
    )
    .unwrap_err();
    assert_eq!(error.code, STOPPED);
    assert_eq!(fixture.values("declaration", &["decl_id"]), ["D1"]);
    fixture.ingest(&[declarations("*.csv")]).unwrap();
    assert_eq!(fixture.values("declaration", &["decl_id"]), ["D1", "D2"]);
}

#[test]
fn spilling_changes_nothing_but_memory() {
    const ROWS: usize = 60_000;
    // Every fiftieth is an earlier one of the same month again.
    let rows = |rows: std::ops::Range<usize>| {
        let mut text = HEADER.to_owned();
        for row in rows {
            let row = if row % 50 == 49 { row - 48 } else { row };
            let month = row % 12 + 1;
            text.push_str(&format!("D{row:07},2025-{month:02}-10T08:00:00Z,KEN01,import,T{},{row}.25,1\n", row % 97));
        }
        text
    };
    let run = |memory: usize| {
        let mut fixture = Fixture::new();
        fixture.options.memory_bytes = memory;
        fixture.put("a.csv", rows(0..ROWS));
        let first = fixture.ingest(&[declarations("*.csv")]).unwrap().total();
        assert_eq!((first.taken, first.quarantined), (ROWS as u64 * 49 / 50, ROWS as u64 / 50));
        // Keys of records that are there already are read within the same memory.
        fixture.put("b.csv", rows(ROWS / 2..ROWS + 100));
        let second = fixture.ingest(&[declarations("*.csv")]).unwrap();
        let second = &second.files[1].counts;
        assert_eq!((second.taken, second.quarantined), (98, ROWS as u64 / 2 + 2));
        let mut ids = fixture.values("declaration", &["decl_id", "value"]);
        ids.sort();
        ids
    };
    assert_eq!(run(256 << 20), run(3 << 20));
}

/// A node with two files of one month, and the path of the segment of the second.
fn two_of_a_month() -> (Fixture, std::path::PathBuf) {
    let fixture = Fixture::new();
    fixture.put("a.csv", table(&[GOOD[0]]));
    fixture.put("b.csv", table(&["D5,2025-01-03T00:00:00Z,KEN01,import,x,5,1"]));
    fixture.ingest(&[declarations("*.csv")]).unwrap();
    let manifest = fixture.manifest("declaration");
    let (_, path) = manifest.live_segments(&fixture.node()).find(|(s, _)| s.source == "b.csv").unwrap();
    (fixture, path)
}

#[test]
fn a_lost_segment_is_named_and_made_again() {
    let check = |harm: &dyn Fn(&std::path::Path), code: &str| {
        let (mut fixture, path) = two_of_a_month();
        let before = fixture.state();
        harm(&path);
        fixture.put("c.csv", table(&["D6,2025-01-04T00:00:00Z,KEN01,import,x,5,1"]));
        let error = fixture.ingest(&[declarations("*.csv")]).unwrap_err();
        assert_eq!(error.code, code);
        assert!(error.message.contains(&path.display().to_string()), "{}", error.message);
        assert!(error.help.as_deref().unwrap().contains("mizan ingest --again"), "{:?}", error.help);
        // What the help says does help, although `a.csv` is read before the lost segment is made again.
        std::fs::remove_file(fixture.sources().join("c.csv")).unwrap();
        fixture.options.again = true;
        fixture.ingest(&[declarations("*.csv")]).unwrap();
        assert_eq!(fixture.state(), before);
    };
    check(&|path| std::fs::remove_file(path).unwrap(), FILE_SYSTEM);
    check(&|path| std::fs::write(path, "PAR1 no more").unwrap(), DAMAGED_SEGMENT);
}

#[test]
fn segments_are_verified_by_their_hash() {
    let (fixture, path) = two_of_a_month();
    let manifest = fixture.manifest("declaration");
    verify(&fixture.node(), &manifest).unwrap();
    let segment = manifest.segments.iter().find(|s| path.ends_with(&s.path)).unwrap();
    verify_segment(&path, segment).unwrap();
    // One bit of one value.
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[20] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    for error in [verify(&fixture.node(), &manifest).unwrap_err(), verify_segment(&path, segment).unwrap_err()] {
        assert_eq!(error.code, DAMAGED_SEGMENT);
        assert!(error.message.contains(&segment.path) && error.message.contains("differs from its hash"), "{error}");
        assert!(error.help.as_deref().unwrap().contains("--again"));
    }
    std::fs::remove_file(&path).unwrap();
    let error = verify(&fixture.node(), &manifest).unwrap_err();
    assert_eq!(error.code, FILE_SYSTEM);
    assert!(error.message.contains("is missing"), "{error}");
}
