//! How fast plain CSV becomes records. Run with `cargo test --release -p mizan-ingest throughput -- --ignored --nocapture`.

use super::{Fixture, mapping};

const FIELDS: [&str; 20] = [
    "decl_id",
    "accepted_at",
    "office",
    "border_office",
    "flow",
    "declaration_type",
    "procedure_national",
    "exporter",
    "consignee",
    "declarant",
    "mode",
    "traffic",
    "container",
    "incoterm",
    "n_items",
    "n_packages",
    "lodgement",
    "aeo",
    "value",
    "released_at",
];

#[test]
#[ignore = "measures, does not check"]
fn twenty_columns() {
    let rows = 1_000_000;
    let mut text = FIELDS.join(",");
    text.push('\n');
    for row in 0..rows {
        let (day, month) = (row % 28 + 1, row / 28 % 12 + 1);
        text.push_str(&format!(
            "KEN{:02}-2025-C{row:07},2025-{month:02}-{day:02}T{:02}:{:02}:{:02}+03:00,KEN{:02},KEN01,import,IM,4000,P{:06},P{:06}A,B{:04},3,cargo,{},CIF,{},{},electronic,0,{}.{:02},2025-{month:02}-{day:02}T23:{:02}:00+03:00\n",
            row % 12, row % 24, row % 60, row * 7 % 60, row % 12, row * 31 % 90_000, row * 17 % 40_000, row % 900,
            row % 2, row % 9 + 1, row % 40, row * 13 % 5_000_000, row % 100, row % 60
        ));
    }
    let fixture = Fixture::new();
    fixture.put("d.csv", &text);
    let start = std::time::Instant::now();
    let report = fixture.ingest(&[mapping("declaration", "d.csv", &FIELDS)]).unwrap();
    let seconds = start.elapsed().as_secs_f64();
    assert_eq!(report.total().taken, rows, "{:?}", report.files[0].reasons);
    println!("{} MB, {seconds:.2} s, {:.0} rows/s", text.len() >> 20, rows as f64 / seconds);
}
