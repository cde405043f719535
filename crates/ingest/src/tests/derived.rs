//! Fields that come from other contracts.

use super::{Fixture, declarations, mapping, table};
use crate::options::{DeriveReport, Silent};

const EVENTS: &str = "decl_id,event_type,at,lane,actor\n";

fn events() -> mizan_model::mapping::Mapping {
    mapping("event", "events*.csv", &["decl_id", "event_type", "at", "lane", "actor"])
}

fn items() -> mizan_model::mapping::Mapping {
    mapping("item", "items.csv", &["decl_id", "item_no", "accepted_at", "hs_code"])
}

fn derive(fixture: &Fixture) -> DeriveReport {
    let stop = std::sync::atomic::AtomicBool::new(false);
    crate::derive(&fixture.node(), &fixture.framework, &fixture.options, &Silent, &stop).unwrap()
}

fn filled() -> Fixture {
    let fixture = Fixture::new();
    fixture.put(
        "d.csv",
        table(&[
            "D1,2025-01-10T08:00:00Z,KEN01,import,,1,1",
            "D2,2025-01-11T08:00:00Z,KEN02,export,,1,1",
            "D3,2025-02-11T08:00:00Z,KEN02,export,,1,1",
        ]),
    );
    fixture.put(
        "events1.csv",
        format!(
            "{EVENTS}D1,registered,2025-01-10T08:00:00Z,,\nD1,channel_assigned,2025-01-10T08:05:00Z,red,\n\
             D1,customs_release,2025-01-11 10:00,,\nD1,customs_release,2025-01-12T10:00:00Z,,\nD1,rerouted,2025-01-10T09:00:00Z,,\n\
             D3,customs_release,2025-02-12,,\n"
        ),
    );
    fixture.put(
        "items.csv",
        "decl_id,item_no,accepted_at,hs_code\nD1,1,2025-01-10T08:00:00Z,870323\nD3,1,2025-02-11T08:00:00Z,100630\n",
    );
    fixture.ingest(&[declarations("d.csv"), events(), items()]).unwrap();
    fixture
}

const SHOWN: [&str; 6] = ["decl_id", "channel", "registered_at", "released_at", "released_at_precision", "n_reroutes"];

#[test]
fn fields_are_looked_up_in_two_stages() {
    let fixture = filled();
    // A declaration of a month with events but without own ones was never re-routed; in other months nobody knows.
    assert_eq!(
        fixture.values("declaration", &SHOWN),
        ["D1 red 2025-01-10T08:00:00Z 2025-01-12T10:00:00Z 1 1", "D2     0", "D3   2025-02-11T21:00:00Z 0 0"]
    );
    assert_eq!(fixture.values("item", &["decl_id", "office", "flow"]), ["D1 KEN01 import", "D3 KEN02 export"]);
    let manifest = fixture.manifest("declaration");
    assert!(manifest.segments[0].derived_fields.contains(&"channel".to_owned()));
    assert!(!manifest.segments[0].mapped_fields.contains(&"channel".to_owned()));
    assert_eq!(manifest.segments[0].null_counts["channel"], 1);
}

#[test]
fn deriving_again_changes_nothing() {
    let fixture = filled();
    let before = fixture.state();
    assert_eq!(derive(&fixture), DeriveReport::default());
    assert_eq!(fixture.state(), before);
}

#[test]
fn only_months_with_new_events_are_touched() {
    let fixture = filled();
    fixture.put("events2.csv", format!("{EVENTS}D3,paid,2025-02-12T08:00:00Z,,\n"));
    let before = fixture.manifest("declaration");
    let report = fixture.ingest(&[declarations("d.csv"), events(), items()]).unwrap();
    let after = fixture.manifest("declaration");
    assert_eq!(before.month_hash("2025-01"), after.month_hash("2025-01"));
    assert_ne!(before.month_hash("2025-02"), after.month_hash("2025-02"));
    // The declarations of February, then the items that look up the declarations.
    assert_eq!((report.derived.months, report.derived.rewritten), (2, 1));
    assert_eq!(fixture.values("declaration", &["decl_id", "paid_at"])[2], "D3 2025-02-12T08:00:00Z");
}

#[test]
fn a_field_that_the_mapping_fills_is_left_alone() {
    let fixture = Fixture::new();
    fixture.put("d.csv", "decl_id,accepted_at,office,flow,channel\nD1,2025-01-10T08:00:00Z,X,import,green\n");
    fixture.put("events.csv", format!("{EVENTS}D1,channel_assigned,2025-01-10T08:05:00Z,red,\n"));
    let map = mapping("declaration", "d.csv", &["decl_id", "accepted_at", "office", "flow", "channel"]);
    fixture.ingest(&[map, events()]).unwrap();
    assert_eq!(fixture.values("declaration", &["channel", "channel_at"]), ["green 2025-01-10T08:05:00Z"]);
}

#[test]
fn records_gained_and_lost_are_followed() {
    let fixture = filled();
    fixture.put("events1.csv", format!("{EVENTS}D2,customs_release,2025-01-12T10:00:00Z,,\n"));
    fixture.ingest(&[declarations("d.csv"), events(), items()]).unwrap();
    assert_eq!(fixture.values("declaration", &SHOWN), ["D1     0", "D2   2025-01-12T10:00:00Z 2 0", "D3     ",]);
}

#[test]
fn small_memory_gives_the_same_values() {
    let run = |memory: usize| {
        let mut fixture = Fixture::new();
        fixture.options.memory_bytes = memory;
        let mut rows = Vec::new();
        let mut log = EVENTS.to_owned();
        for row in 0..6000 {
            let month = row % 6 + 1;
            rows.push(format!("D{row},2025-{month:02}-10T08:00:00Z,X,import,,1,1"));
            log.push_str(&format!("D{row},customs_release,2025-{month:02}-12T{:02}:00:00Z,,\n", row % 24));
        }
        fixture.put("d.csv", table(&rows.iter().map(String::as_str).collect::<Vec<_>>()));
        fixture.put("events.csv", log);
        fixture.ingest(&[declarations("d.csv"), events()]).unwrap();
        fixture.values("declaration", &["decl_id", "released_at"])
    };
    // 1024 bytes a record: 2 MB makes several groups of months.
    let (large, mut small) = (run(256 << 20), run(2 << 20));
    let mut expect = large.clone();
    expect.sort();
    small.sort();
    assert_eq!(expect, small);
    assert!(large[0].contains("T"), "{}", large[0]);
}

#[test]
fn a_lost_segment_that_fields_are_derived_from_is_named() {
    let check = |harm: &dyn Fn(&std::path::Path), words: &str| {
        let fixture = filled();
        let manifest = fixture.manifest("event");
        let (segment, path) = manifest.live_segments(&fixture.node()).next().unwrap();
        harm(&path);
        fixture.put("d.csv", table(&["D1,2025-01-10T08:00:00Z,KEN01,import,,1,1"]));
        let error = fixture.ingest(&[declarations("d.csv"), events(), items()]).unwrap_err();
        assert!(error.message.contains(&segment.path) && error.message.contains(words), "{error}");
        assert!(error.help.as_deref().unwrap().contains("mizan ingest --again"), "{:?}", error.help);
    };
    check(&|path| std::fs::remove_file(path).unwrap(), "is missing");
    check(&|path| std::fs::write(path, "PAR1 no more").unwrap(), "differs from its hash");
}
