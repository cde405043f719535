//! Mappings with SQL over all their files.

use mizan_model::mapping::Mapping;

use super::{Fixture, column, mapping};

fn pivot() -> Mapping {
    let mut map = mapping("event", "log-*.csv", &["decl_id", "event_type", "at"]);
    map.query = Some("event.sql".into());
    map.query_text = Some(
        "SELECT office || '-' || reg_no AS decl_id, lower(operation) AS event_type, min(time) AS at, count(*) AS n, \
         min(_file) AS _file, min(_line) AS _line FROM source GROUP BY 1, 2"
            .into(),
    );
    map.fields.insert("event_no".into(), column("n"));
    map
}

#[test]
fn all_files_are_one_table_and_broken_rows_stay_out() {
    let fixture = Fixture::new();
    fixture.put(
        "log-1.csv",
        "OFFICE,Reg No,Operation,Time\nX,1,paid,2025-01-02T10:00:00Z\nX,1,paid,2025-01-02T09:00:00Z\nX,2\n",
    );
    // The second file has its columns in another order, and one more.
    fixture.put(
        "log-2.csv",
        "Extra,Time,Operation,OFFICE,Reg No\nz,2025-02-02T10:00:00Z,Customs_Release,X,1\nz,2025-02-02,sold,X,9\n",
    );
    let report = fixture.ingest(&[pivot()]).unwrap();
    let file = &report.files[0];
    assert_eq!(file.file, "log-*.csv");
    assert_eq!((file.counts.rows_in, file.counts.taken, file.counts.quarantined), (4, 2, 2));
    assert_eq!(
        fixture.values("event", &["decl_id", "event_type", "at", "event_no"]),
        ["X-1 paid 2025-01-02T09:00:00Z 2", "X-1 customs_release 2025-02-02T10:00:00Z 1"]
    );
    assert_eq!(fixture.quarantine(), ["log-1.csv:4 D0202  ", "log-2.csv:3 D0209 event_type sold"]);
    assert!(fixture.ingest(&[pivot()]).unwrap().files[0].skipped);
    // One more file: the result as a whole is new.
    fixture.put("log-3.csv", "OFFICE,Reg No,Operation,Time\nX,5,paid,2025-01-02T10:00:00Z\n");
    let report = fixture.ingest(&[pivot()]).unwrap();
    assert_eq!(report.total().taken, 3);
    assert_eq!(fixture.manifest("event").rows(), 3);
}

#[test]
fn a_query_that_fails_says_why() {
    let fixture = Fixture::new();
    fixture.put("log-1.csv", "a,b\n1,2\n");
    let mut map = pivot();
    map.query_text = Some("SELECT c FROM source".into());
    let error = fixture.ingest(&[map]).unwrap_err();
    assert_eq!(error.code, crate::error::QUERY_FAILED);
    assert!(error.message.contains("No field named c"), "{}", error.message);
    assert_eq!(error.file.as_deref(), Some("event.sql"));
}

/// A mapping of the shipped ASYCUDA pack.
fn shipped(fixture: &Fixture, name: &str) -> Mapping {
    let folder = std::path::Path::new("../../mappings/asycuda");
    let read = |file: &str| std::fs::read_to_string(folder.join(file)).ok();
    let target =
        mizan_model::mapping::Target { contracts: &fixture.framework.contracts, lists: &fixture.framework.lists };
    let text = read(&format!("{name}.toml")).unwrap();
    let checked = Mapping::from_toml(name, &text, target, &read);
    assert!(checked.is_usable(), "{:?}", checked.diagnostics);
    checked.value.unwrap()
}

#[test]
fn the_shipped_pivot_of_an_operation_log() {
    let fixture = Fixture::new();
    let header = "OFFICE,REGDATE,REGNO,REGIME,Lane At Selectivity,Current Lane,VEHICLE_REG,VALUE_OF_DECLARATION,CONTAINER_NUMBER,DOCUMENT_VERSION,OPERATION,OPERATION_TIME,USERNAME";
    let rows = [
        "X1,03/02/2025,C 17,IM4,RED,RED,,HIGH VALUE,BOX1,1,Validate and assess,03/02/2025 09:15,u1",
        "X1,03/02/2025,C 17,IM4,RED,RED,,HIGH VALUE,BOX2,1,Validate and assess,03/02/2025 09:15,u1",
        "X1,03/02/2025,C 17,IM4,RED,RED,,HIGH VALUE,BOX1,1,Release Order (selectivity),03/02/2025 9:20,u2",
        "X1,03/02/2025,C 17,IM4,RED,RED,,HIGH VALUE,BOX1,1,Print Release Order,04/02/2025 16:00,u3",
        "X1,03/02/2025,C 17,IM4,RED,RED,,HIGH VALUE,BOX1,1,Blessing,04/02/2025 16:05,u3",
    ];
    fixture.put("operations.csv", format!("{header}\n{}\n", rows.join("\n")));
    let report = fixture.ingest(&[shipped(&fixture, "event")]).unwrap();
    let mut events = fixture.values("event", &["decl_id", "event_type", "at", "at_precision", "lane"]);
    events.sort();
    assert_eq!(
        events,
        [
            "X1-2025-C17 assessed 2025-02-03T06:15:00Z 1 ",
            "X1-2025-C17 channel_assigned 2025-02-03T06:20:00Z 1 red",
            "X1-2025-C17 customs_release 2025-02-04T13:00:00Z 1 ",
            "X1-2025-C17 registered 2025-02-03T06:15:00Z 1 ",
        ]
    );
    // Unknown operations are listed with their line, never dropped.
    assert_eq!(report.total().quarantined, 1);
    assert_eq!(fixture.quarantine(), ["operations.csv:6 D0210 event_type Blessing"]);
}
