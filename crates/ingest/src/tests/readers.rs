//! The three formats and the quirks of CSV.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, Date32Array, Decimal128Array, Float64Array, RecordBatch, StringArray, TimestampMillisecondArray,
};

use super::{Fixture, column, declarations, mapping, table, told};

#[test]
fn quirks_of_csv() {
    let check = |bytes: &[u8], encoding: Option<&str>| {
        let fixture = Fixture::new();
        fixture.put("x.csv", bytes);
        let mut mapping = mapping("declaration", "x.csv", &["decl_id", "accepted_at", "office", "flow"]);
        mapping.fields.insert("trader_reference".into(), column("note"));
        mapping.encoding = encoding.map(str::to_owned);
        let report = fixture.ingest(&[mapping]).unwrap();
        assert_eq!(report.total().quarantined, 0, "{:?}", fixture.quarantine());
        fixture.values("declaration", &["decl_id", "trader_reference"])
    };
    let row = "Decl_ID;Accepted_At ; OFFICE;flow;Note\r\nA;2025-01-01;X;import;\"two\r\nlines; \"\"quoted\"\"\"\r\n\r\nB;2025-01-02;X;import;caf\u{e9}\r\n";
    let expect = ["A two\r\nlines; \"quoted\"", "B caf\u{e9}"];
    assert_eq!(check(row.as_bytes(), None), expect);
    assert_eq!(check(format!("\u{feff}{row}").as_bytes(), None), expect);
    assert_eq!(check(format!("sep=;\r\n{row}").as_bytes(), None), expect);
    assert_eq!(check(row.replace(';', "\t").replace("lines\t", "lines;").as_bytes(), None), expect);
    let latin: Vec<u8> = row.chars().map(|c| c as u8).collect();
    assert_eq!(check(&latin, Some("windows-1252")), expect);
    let wide: Vec<u8> = std::iter::once(0xfeff).chain(row.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(check(&wide, None), expect);
}

#[test]
fn lines_are_those_of_an_editor() {
    for end in ["\n", "\r\n"] {
        let fixture = Fixture::new();
        let rows = ["D1,2025-01-01,X,import,\"a\nb\",1,1", "", "D2,bad,X,import,,1,1"];
        fixture.put("x.csv", table(&rows).replace('\n', end));
        fixture.ingest(&[declarations("x.csv")]).unwrap();
        assert_eq!(fixture.quarantine(), ["x.csv:5 D0205 accepted_at bad"], "{end:?}");
    }
}

fn parquet(local: bool) -> Vec<u8> {
    let stamps = TimestampMillisecondArray::from(vec![1_735_689_600_000, 1_735_693_200_123]);
    let stamps: ArrayRef = if local { Arc::new(stamps) } else { Arc::new(stamps.with_timezone("UTC")) };
    let amounts = Decimal128Array::from(vec![123_456, 5]).with_precision_and_scale(18, 3).unwrap();
    let batch = RecordBatch::try_from_iter([
        ("id", Arc::new(StringArray::from(vec!["A", "B"])) as ArrayRef),
        ("at", stamps),
        ("day", Arc::new(Date32Array::from(vec![Some(20_000), None]))),
        ("amount", Arc::new(amounts)),
        ("n", Arc::new(Float64Array::from(vec![3.0, 4.0]))),
    ])
    .unwrap();
    let mut bytes = Vec::new();
    let mut writer = parquet::arrow::ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

#[test]
fn parquet_by_logical_types() {
    let mut map = mapping("declaration", "x.parquet", &[]);
    for (field, source) in [
        ("decl_id", "id"),
        ("accepted_at", "at"),
        ("lodged_at", "day"),
        ("office", "id"),
        ("value", "amount"),
        ("n_items", "n"),
    ] {
        map.fields.insert(field.into(), column(source));
    }
    let constant = mizan_model::mapping::FieldMapping { constant: Some("import".into()), ..Default::default() };
    map.fields.insert("flow".into(), constant);
    // The decimal sign of texts does not concern typed columns.
    map.decimal = ',';
    let shown = ["decl_id", "accepted_at", "lodged_at", "lodged_at_precision", "value", "n_items"];

    let fixture = Fixture::new();
    fixture.put("x.parquet", parquet(false));
    fixture.ingest(std::slice::from_ref(&map)).unwrap();
    assert_eq!(
        fixture.values("declaration", &shown),
        ["A 2025-01-01T00:00:00Z 2024-10-03T21:00:00Z 0 123.46 3", "B 2025-01-01T01:00:00.123Z   0.00 4"]
    );

    let fixture = Fixture::new();
    fixture.put("x.parquet", parquet(true));
    insta::assert_snapshot!(told(&fixture.ingest(std::slice::from_ref(&map)).unwrap_err()), @r#"
    D0111 x.parquet, column `at`: the column holds local times, and the mapping names no time zone
    write `zone = "Africa/Nairobi"` (your IANA zone) in the mapping
    "#);
    map.zone = Some("Asia/Dushanbe".into());
    fixture.ingest(&[map]).unwrap();
    assert_eq!(fixture.values("declaration", &["accepted_at"])[0], "2024-12-31T19:00:00Z");
}

/// A workbook with two sheets; the second has text, date cells with and without time, and numbers.
fn workbook() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let mut add = |name: &str, text: &str| {
        zip.start_file(name, options).unwrap();
        std::io::Write::write_all(&mut zip, text.as_bytes()).unwrap();
    };
    add(
        "[Content_Types].xml",
        r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#,
    );
    add(
        "_rels/.rels",
        r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    );
    add(
        "xl/workbook.xml",
        r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Cover" sheetId="1" r:id="r1"/><sheet name="Data" sheetId="2" r:id="r2"/></sheets></workbook>"#,
    );
    add(
        "xl/_rels/workbook.xml.rels",
        r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="r3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#,
    );
    add(
        "xl/styles.xml",
        r#"<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="14"/></cellXfs></styleSheet>"#,
    );
    add(
        "xl/worksheets/sheet1.xml",
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>"#,
    );
    let text = |cell: &str, value: &str| format!(r#"<c r="{cell}" t="inlineStr"><is><t>{value}</t></is></c>"#);
    let number = |cell: &str, style: u8, value: f64| format!(r#"<c r="{cell}" s="{style}"><v>{value}</v></c>"#);
    let rows = [
        format!("{}{}{}{}", text("A1", "Id"), text("B1", "At"), text("C1", "Day"), text("D1", "Amount")),
        format!(
            "{}{}{}{}",
            text("A2", "A"),
            number("B2", 1, 45_658.5 + 1.0 / 1440.0),
            number("C2", 2, 45_659.0),
            number("D2", 0, 1234.5)
        ),
        format!("{}{}{}", text("A3", "B"), number("B3", 1, 45_659.0), text("D3", "1 234,25")),
    ];
    let rows: String = rows.iter().enumerate().map(|(i, r)| format!(r#"<row r="{}">{r}</row>"#, i + 1)).collect();
    add(
        "xl/worksheets/sheet2.xml",
        &format!(
            r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
        ),
    );
    zip.finish().unwrap().into_inner()
}

#[test]
fn workbooks_with_true_dates() {
    let fixture = Fixture::new();
    fixture.put("x.xlsx", workbook());
    let mut map = mapping("declaration", "x.xlsx", &[]);
    for (field, source) in
        [("decl_id", "id"), ("accepted_at", "at"), ("lodged_at", "day"), ("office", "id"), ("value", "amount")]
    {
        map.fields.insert(field.into(), column(source));
    }
    let constant = mizan_model::mapping::FieldMapping { constant: Some("import".into()), ..Default::default() };
    map.fields.insert("flow".into(), constant);
    map.decimal = ',';
    map.sheet = Some("data".into());
    fixture.ingest(std::slice::from_ref(&map)).unwrap();
    assert_eq!(fixture.quarantine(), Vec::<String>::new());
    assert_eq!(
        fixture.values(
            "declaration",
            &["decl_id", "accepted_at", "accepted_at_precision", "lodged_at", "lodged_at_precision", "value"]
        ),
        ["A 2025-01-01T09:01:00Z 1 2025-01-01T21:00:00Z 0 1234.50", "B 2025-01-01T21:00:00Z 1   1234.25"]
    );
    map.sheet = Some("Nothing".into());
    insta::assert_snapshot!(told(&fixture.ingest(&[map]).unwrap_err()), @r"
    D0110 x.xlsx: the workbook has no sheet `Nothing`
    its sheets are: Cover, Data
    ");
}

#[test]
fn a_folder_of_many_files() {
    let fixture = Fixture::new();
    for file in 0..30 {
        fixture.put(&format!("y/{file:02}.csv"), table(&[&format!("D{file},2025-01-01,X,import,,1,1")]));
    }
    fixture.put("y/readme.md", "not a table");
    let report = fixture.ingest(&[declarations("y")]).unwrap();
    assert_eq!(report.files.len(), 30);
    assert_eq!(fixture.manifest("declaration").rows(), 30);
}
