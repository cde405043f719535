//! Rows: types, faults with all their reasons, duplicates, checks, retry.

use mizan_model::mapping::{FieldMapping, OnDuplicate, OtherCode};

use super::{Fixture, GOOD, column, declarations, mapping, table};

#[test]
fn rows_are_typed_and_placed_in_local_months() {
    let fixture = Fixture::new();
    fixture.put("d.csv", table(&GOOD));
    let report = fixture.ingest(&[declarations("d.csv")]).unwrap();
    assert_eq!(report.total().taken, 2);
    // 21:00 UTC is midnight in Nairobi.
    let manifest = fixture.manifest("declaration");
    assert_eq!(manifest.months(), ["2025-01", "2025-02"]);
    assert_eq!(manifest.segments[0].min_stamp.as_deref(), Some("2025-01-31T20:59:59Z"));
    assert_eq!(manifest.segments[0].null_counts["released_at"], 1);
    assert_eq!(manifest.segments[0].mapped_fields.len(), 7);
    assert_eq!(
        fixture.values("declaration", &["decl_id", "accepted_at", "accepted_at_precision", "flow", "value", "n_items"]),
        ["D1 2025-01-31T20:59:59Z 2 import 100.50 2", "D2 2025-01-31T21:00:00Z 2 export 7.00 1"]
    );
    let consignees = fixture.values("declaration", &["consignee"]);
    assert!(consignees.iter().all(|c| c.len() == 16 && c.bytes().all(|b| b.is_ascii_hexdigit())), "{consignees:?}");
    assert_ne!(consignees[0], consignees[1]);
}

#[test]
fn a_bad_row_has_all_its_reasons_and_counts_are_closed() {
    let fixture = Fixture::new();
    fixture.put(
        "d.csv",
        table(&[
            GOOD[0],
            ",2025-13-01,KEN01,sideways,,x,1.5",
            "D3,2025-02-01T00:00:00Z,KEN01,import,,-1,",
            "D4,2025-02-01T00:00:00Z,KEN01,import,,1",
            "D5,2025-02-01T00:00:00Z,KEN01,import,,1,2,3",
        ]),
    );
    let report = fixture.ingest(&[declarations("d.csv")]).unwrap();
    let file = &report.files[0];
    assert_eq!((file.counts.rows_in, file.counts.taken, file.counts.quarantined), (5, 1, 4));
    assert!(file.counts.is_closed());
    insta::assert_snapshot!(fixture.quarantine().join("\n"), @r"
    d.csv:3 D0204 decl_id 
    d.csv:3 D0205 accepted_at 2025-13-01
    d.csv:3 D0209 flow sideways
    d.csv:3 D0206 n_items 1.5
    d.csv:3 D0206 value x
    d.csv:4 D0216  value=-1.00
    d.csv:5 D0202  
    d.csv:6 D0201  3
    ");
    assert_eq!(file.reasons["D0206"], 1, "a row counts once under a code");
}

#[test]
fn duplicates_within_and_across_files_of_a_month() {
    for (rule, quarantined, dropped) in [(OnDuplicate::Quarantine, 2, 0), (OnDuplicate::First, 0, 2)] {
        let fixture = Fixture::new();
        let again = "D1,2025-01-05T00:00:00Z,KEN02,import,,1,1";
        fixture.put("a.csv", table(&[GOOD[0], again]));
        fixture.put("b.csv", table(&[again, GOOD[1]]));
        let mut mapping = declarations("*.csv");
        mapping.on_duplicate = rule;
        let total = fixture.ingest(&[mapping]).unwrap().total();
        assert_eq!((total.taken, total.quarantined, total.duplicates), (2, quarantined, dropped));
        assert!(total.is_closed());
        assert_eq!(fixture.values("declaration", &["decl_id", "office"]), ["D1 KEN01", "D2 KEN01"]);
    }
}

#[test]
fn codes_are_translated_and_others_follow_the_rule() {
    let check = |other: OtherCode, taken: u64, channels: &[&str]| {
        let fixture = Fixture::new();
        fixture.put("d.csv", "id;when;lane\nA;2025-01-01;R\nB;2025-01-01; r \nC;2025-01-01;P\nD;2025-01-01;\n");
        let mut mapping = mapping("declaration", "d.csv", &[]);
        let values = [("R".to_owned(), "red".to_owned())].into();
        let constant = |text: &str| FieldMapping { constant: Some(text.into()), ..FieldMapping::default() };
        mapping.fields = [
            ("decl_id".into(), column("ID")),
            ("accepted_at".into(), column(" When ")),
            ("office".into(), constant("X1")),
            ("flow".into(), constant("import")),
            ("channel".into(), FieldMapping { values, other: Some(other), ..column("lane") }),
        ]
        .into();
        let report = fixture.ingest(&[mapping]).unwrap();
        assert_eq!(report.total().taken, taken);
        assert_eq!(fixture.values("declaration", &["decl_id", "accepted_at_precision", "channel"]), channels);
        fixture.quarantine()
    };
    let rows = check(OtherCode::Error, 3, &["A 0 red", "B 0 red", "D 0 "]);
    assert_eq!(rows, ["d.csv:4 D0210 lane P"]);
    check(OtherCode::Empty, 4, &["A 0 red", "B 0 red", "C 0 ", "D 0 "]);
    // Kept codes still have to be in the closed list of the contract.
    let rows = check(OtherCode::Keep, 3, &["A 0 red", "B 0 red", "D 0 "]);
    assert_eq!(rows, ["d.csv:4 D0209 lane P"]);
}

#[test]
fn money_in_foreign_currency_needs_a_rate() {
    let fixture = Fixture::new();
    fixture.put(
        "d.csv",
        "decl_id,accepted_at,office,flow,value,cur,rate\n\
         A,2025-01-01,X,import,\"1.000,50\",USD,\"129,5\"\n\
         B,2025-01-01,X,import,\"10,005\",KES,\n\
         C,2025-01-01,X,import,10,EUR,\n",
    );
    let mut mapping = mapping("declaration", "d.csv", &["decl_id", "accepted_at", "office", "flow"]);
    mapping.decimal = ',';
    mapping.fields.insert(
        "value".into(),
        FieldMapping { currency: Some("cur".into()), rate: Some("rate".into()), ..column("value") },
    );
    let report = fixture.ingest(&[mapping]).unwrap();
    assert_eq!(fixture.values("declaration", &["decl_id", "value"]), ["A 129564.75", "B 10.00"]);
    assert_eq!(fixture.quarantine(), ["d.csv:4 D0212 value 10"]);
    assert_eq!(report.total().warnings["D0301"], 1, "10.005 was rounded half to even");
}

#[test]
fn expressions_see_normalised_names_and_fail_row_by_row() {
    let fixture = Fixture::new();
    fixture.put("d.csv", "OFFICE,Reg No,Reg  Date,n\nX1,7,03/02/2025,4\nX2,8,04/02/2025,zero\n");
    let mut mapping = mapping("declaration", "d.csv", &["office"]);
    let expr = |sql: &str| FieldMapping { expr: Some(sql.into()), ..FieldMapping::default() };
    mapping.fields.insert(
        "decl_id".into(),
        expr("concat_ws('-', office, substr(reg_date, 7, 4), reg_no, cast(_line as varchar))"),
    );
    mapping.fields.insert("accepted_at".into(), FieldMapping { format: Some("%d/%m/%Y".into()), ..column("reg date") });
    mapping.fields.insert("flow".into(), FieldMapping { constant: Some("import".into()), ..FieldMapping::default() });
    mapping.fields.insert("n_items".into(), expr("cast(n as int) * 2"));
    fixture.ingest(&[mapping]).unwrap();
    assert_eq!(
        fixture.values("declaration", &["decl_id", "n_items", "accepted_at"]),
        ["X1-2025-7-2 8 2025-02-02T21:00:00Z"]
    );
    assert_eq!(fixture.quarantine(), ["d.csv:3 D0214 n_items n=zero"]);
}

#[test]
fn expressions_know_functions_that_are_only_simplified() {
    let fixture = Fixture::new();
    fixture.put("d.csv", "id,lane,other\nA,,red\nB,green,red\nC,,\n");
    let mut mapping = mapping("declaration", "d.csv", &[]);
    let expr = |sql: &str| FieldMapping { expr: Some(sql.into()), ..FieldMapping::default() };
    mapping.fields = [
        ("decl_id".into(), column("id")),
        ("accepted_at".into(), expr("'2025-01-01'")),
        ("office".into(), expr("nvl2(lane, 'X1', 'X2')")),
        ("flow".into(), expr("CASE WHEN lane IS NULL THEN 'import' ELSE 'export' END")),
        ("channel".into(), expr("coalesce(lane, other, 'yellow')")),
    ]
    .into();
    fixture.ingest(&[mapping]).unwrap();
    assert_eq!(fixture.quarantine(), [""; 0]);
    // An empty cell is NULL.
    assert_eq!(
        fixture.values("declaration", &["decl_id", "office", "flow", "channel"]),
        ["A X2 import red", "B X1 export green", "C X2 import yellow"]
    );
}

#[test]
fn implausible_years_are_taken_and_counted() {
    let fixture = Fixture::new();
    let row = |id: &str, day: &str| format!("{id},{day}T12:00:00Z,KEN01,import,,1,1");
    let rows = [
        row("A", "1989-12-31"),
        row("B", "1990-01-01"),
        row("C", "2100-12-31"),
        row("D", "2101-01-01"),
        row("E", "0025-01-01"),
        // Not taken, so not counted.
        "F,3025-01-01,KEN01,import,,bad,1".to_owned(),
    ];
    fixture.put("d.csv", table(&rows.each_ref().map(String::as_str)));
    let total = fixture.ingest(&[declarations("d.csv")]).unwrap().total();
    assert_eq!((total.taken, total.quarantined), (5, 1));
    assert_eq!(total.warnings, std::collections::BTreeMap::from([("D0304".to_owned(), 3)]));
}

#[test]
fn placeholders_among_the_other_stamps_are_counted() {
    let fixture = Fixture::new();
    let header = "decl_id,accepted_at,office,flow,released_at";
    let row = |id: &str, released: &str| format!("{id},2025-01-05T12:00:00Z,KEN01,import,{released}");
    let rows =
        [row("A", "9999-12-31"), row("B", "2025-01-06"), row("C", "1899-12-30"), row("D", ""), row("E", "1985-01-01")];
    fixture.put("d.csv", format!("{header}\n{}\n", rows.join("\n")));
    let fields = ["decl_id", "accepted_at", "office", "flow", "released_at"];
    let total = fixture.ingest(&[mapping("declaration", "d.csv", &fields)]).unwrap().total();
    assert_eq!((total.taken, total.warnings.get("D0304")), (5, Some(&2)));
}

#[test]
fn retry_takes_in_what_fits_the_mended_mapping() {
    let fixture = Fixture::new();
    fixture.put(
        "d.csv",
        table(&[
            GOOD[0],
            "D3,02/02/2025,KEN01,import,TIN-3,5,1",
            "D1,2025-01-05T00:00:00Z,KEN01,import,,5,1",
            "D9,2025-02-02",
        ]),
    );
    let mut mapping = declarations("d.csv");
    fixture.ingest(std::slice::from_ref(&mapping)).unwrap();
    assert_eq!(fixture.quarantine().len(), 3);
    let field = mapping.fields.get_mut("accepted_at").unwrap();
    field.format = Some("%d/%m/%Y".into());
    let report = fixture.retry(&mapping);
    let counts = &report.files[0].counts;
    assert_eq!((counts.rows_in, counts.taken, counts.quarantined), (3, 1, 2));
    assert_eq!(fixture.values("declaration", &["decl_id"]), ["D1", "D3"]);
    let source = fixture.manifest("declaration").sources[0].clone();
    assert!(source.counts.is_closed());
    assert_eq!((source.counts.rows_in, source.counts.taken, source.counts.quarantined), (4, 2, 2));
    // A second time there is nothing more to take.
    assert_eq!(fixture.retry(&mapping).total().taken, 0);
    // The mended format does not fit `2025-01-05T…`; put right, the row is still a duplicate, and the short one stays.
    mapping.fields.get_mut("accepted_at").unwrap().format = None;
    fixture.retry(&mapping);
    let rest = fixture.quarantine();
    assert_eq!(rest.len(), 2);
    assert!(rest.iter().any(|r| r.starts_with("d.csv:4 D0215")), "{rest:?}");
    assert!(rest.iter().any(|r| r.starts_with("d.csv:5 D0202")), "{rest:?}");
}

#[test]
fn mappings_that_do_not_fit_are_refused_before_the_first_row() {
    let fixture = Fixture::new();
    fixture.put("d.csv", table(&GOOD));
    let mut mapping = declarations("d.csv");
    mapping.fields.insert("value".into(), column("amount"));
    insta::assert_snapshot!(super::told(&fixture.ingest(&[mapping]).unwrap_err()), @r"
    D0107 d.csv: the source has no column `amount`, which the mapping reads into `value`
    its columns are: decl_id, accepted_at, office, flow, consignee, value, n_items
    ");
    let mut mapping = declarations("d.csv");
    mapping.fields.remove("accepted_at");
    insta::assert_snapshot!(super::told(&fixture.ingest(&[mapping]).unwrap_err()), @r"
    D0117 declaration.toml, column `accepted_at`: `declaration/1` requires `accepted_at`, which the mapping does not fill
    give it a column, an expr or a constant
    ");
}
