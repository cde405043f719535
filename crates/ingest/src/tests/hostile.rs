//! Files that are not what they should be: a clear error, and nothing of the node is changed.

use std::io::Write;

use mizan_model::mapping::SourceFormat;

use super::{Fixture, GOOD, HEADER, declarations, table, told};

/// Ingests a good file, then a bad one beside it, and gives the error; the node must stay as it was.
fn refused(name: &str, bytes: impl AsRef<[u8]>) -> String {
    let fixture = Fixture::new();
    fixture.put("good.csv", table(&GOOD));
    fixture.ingest(&[declarations("*.*")]).unwrap();
    let before = fixture.state();
    fixture.put(name, bytes);
    let error = fixture.ingest(&[declarations("*.*")]).unwrap_err();
    assert_eq!(fixture.state(), before, "the node changed");
    told(&error)
}

#[test]
fn empty_files() {
    insta::assert_snapshot!(refused("x.csv", ""), @r"
    D0102 x.csv: the file is empty
    ask for the extract again, or take the file out of the folder
    ");
    assert!(refused("x.csv", "\u{feff}").starts_with("D0102"));
    assert!(refused("x.csv", "\n\r\n\n").starts_with("D0102"));
    assert!(refused("x.parquet", "").starts_with("D0102"));
    assert!(refused("x.xlsx", "").starts_with("D0102"));
}

#[test]
fn binary_files() {
    let mut noise: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    noise.rotate_left(1);
    insta::assert_snapshot!(refused("x.csv", noise).replace(char::is_numeric, "9"), @r#"
    D9999 x.csv: the file is not text: zero byte near byte 999
    export the table as CSV; if it is text in UTF-99, write `encoding = "utf-99le"` in the mapping
    "#);
    insta::assert_snapshot!(refused("x.csv", b"PK\x03\x04rest"), @r#"
    D0103 x.csv: the file is not CSV but a zip archive or an XLSX workbook
    write `format = "xlsx"` in the mapping, or unpack the archive
    "#);
}

#[test]
fn a_single_endless_line() {
    let fixture = Fixture::new();
    fixture.put("good.csv", table(&GOOD));
    fixture.ingest(&[declarations("*.csv")]).unwrap();
    let before = fixture.state();
    // 10 GB without a line break, as a sparse file filled where it is read.
    let path = fixture.sources().join("x.csv");
    let mut file = std::fs::File::create(&path).unwrap();
    let piece = vec![b'a'; 1 << 20];
    for _ in 0..20 {
        file.write_all(&piece).unwrap();
    }
    file.set_len(10 << 30).unwrap();
    drop(file);
    let start = std::time::Instant::now();
    let error = fixture.ingest(&[declarations("*.csv")]).unwrap_err();
    insta::assert_snapshot!(told(&error), @r"
    D0105 x.csv:1: a record is longer than 16 MB, or a field longer than 1 MB
    look for a quotation mark that is never closed, for missing line breaks, or for a wrong delimiter
    ");
    assert!(start.elapsed().as_secs() < 20, "the rest of the file was read");
    assert_eq!(fixture.state(), before);
}

#[test]
fn a_quotation_mark_that_is_never_closed() {
    let mut text = table(&GOOD);
    text.push_str("D3,2025-02-01T00:00:00Z,KEN01,import,\"open,1,1\n");
    for row in 0..60_000 {
        text.push_str(&format!("E{row},2025-02-01T00:00:00Z,KEN01,import,x,1,1\n"));
    }
    let error = refused("x.csv", text);
    assert!(error.starts_with("D0105 x.csv:4:"), "{error}");
}

#[test]
fn wrong_encoding() {
    let mut bytes = HEADER.as_bytes().to_vec();
    for row in 0..1000 {
        bytes.extend_from_slice(format!("D{row},2025-02-01T00:00:00Z,B\u{e9}r,import,x,1,1\n").as_bytes());
    }
    let latin: Vec<u8> = String::from_utf8(bytes).unwrap().chars().map(|c| c as u8).collect();
    insta::assert_snapshot!(refused("x.csv", latin), @r#"
    D0104 x.csv:12: 11 of the first 11 rows are not valid text in the encoding
    name the encoding in the mapping, for example `encoding = "windows-1252"`
    "#);
}

#[test]
fn a_few_rows_that_are_no_text_go_to_quarantine() {
    let fixture = Fixture::new();
    let mut bytes = table(&GOOD).into_bytes();
    bytes.extend_from_slice(b"D3,2025-02-01T00:00:00Z,B\xe9r,import,x,1,1\n");
    fixture.put("x.csv", bytes);
    let report = fixture.ingest(&[declarations("x.csv")]).unwrap();
    assert_eq!((report.total().taken, report.total().quarantined), (2, 1));
    assert_eq!(fixture.quarantine(), ["x.csv:4 D0203  "]);
}

#[test]
fn truncated_parquet_and_xlsx() {
    insta::assert_snapshot!(refused("x.parquet", b"PAR1 and then it was cut"), @r"
    D0108 x.parquet: the Parquet file is truncated: its footer is missing
    copy or export the file again; it was cut short or changed on its way
    ");
    assert!(refused("x.parquet", b"something else entirely").starts_with("D0108"));
    assert!(refused("x.parquet", b"PAR1 lies everywhere PAR1").starts_with("D0108"));
    let error = refused("x.xlsx", b"PK\x03\x04 and then it was cut");
    assert!(error.starts_with("D0109 x.xlsx: the workbook cannot be read"), "{error}");
}

#[test]
fn headers_that_cannot_be_used() {
    insta::assert_snapshot!(refused("x.csv", "decl_id, Decl_ID \nA,B\n"), @r"
    D0106 x.csv:1, column `Decl_ID`: columns 1 and 2 are both called `Decl_ID`
    rename one of them; names are compared without regard to case and spaces
    ");
}

#[test]
fn an_unknown_encoding_is_named() {
    let fixture = Fixture::new();
    fixture.put("x.csv", table(&GOOD));
    let mut mapping = declarations("x.csv");
    mapping.encoding = Some("klingon".into());
    mapping.format = Some(SourceFormat::Csv);
    let error = fixture.ingest(&[mapping]).unwrap_err();
    assert_eq!(error.code, crate::error::WRONG_ENCODING);
}

#[test]
fn no_source_at_all() {
    let fixture = Fixture::new();
    let error = fixture.ingest(&[declarations("d-*.csv")]).unwrap_err();
    assert_eq!(error.code, crate::error::NO_SOURCE);
    assert_eq!(error.help.as_deref(), Some("the mappings look for: d-*.csv"));
    assert!(!fixture.node().exists());
}

#[test]
fn files_that_were_cut_short() {
    let mut text = table(&GOOD);
    text.push_str("D3,2025-02-01T00:00:00Z,\"a\nb\",import,\"open,1,1\nD4,2025-02-01T00:00:00Z,KEN01,import,x,1,1\n");
    insta::assert_snapshot!(refused("x.csv", &text), @r"
    D0120 x.csv:4: the file ends inside a quoted field that began in line 5
    copy or export the file again, it was cut short; else look for a quotation mark that is never closed
    ");
    assert!(refused("x.csv", text.replace('\n', "\r\n")).contains("began in line 5"));
    assert!(refused("x.csv", format!("{}D3,\"", table(&GOOD))).contains("began in line 4"));
    assert!(refused("x.csv", "decl_id,\"accepted_at\n").contains("began in line 1"));
    insta::assert_snapshot!(refused("x.csv", format!("{}D3,2025-02-01T00:00", table(&GOOD))), @r"
    D0120 x.csv:4: the file ends in the middle of a row
    copy or export the file again, it was cut short; else look for a quotation mark that is never closed
    ");
    // The end of the file falls on the end of a piece that is read at once.
    let piece = 256 << 10;
    let mut long = table(&GOOD);
    while long.len() < piece {
        long.push_str("D3,2025-02-01T00:00:00Z,KEN01,import,x,1,1\n");
    }
    long.truncate(piece - 2);
    let start = long.rfind('\n').unwrap() + 1;
    long.truncate(start);
    while long.len() < piece - 3 {
        long.push('D');
    }
    assert!(refused("x.csv", format!("{long},\"a")).contains("ends inside a quoted field"));
    assert!(refused("x.csv", format!("{long},aa")).contains("ends in the middle of a row"));
}

#[test]
fn a_last_row_without_line_break_is_whole() {
    for end in ["1", "\"1\""] {
        let fixture = Fixture::new();
        fixture.put("x.csv", format!("{}D3,2025-02-01T00:00:00Z,KEN01,import,x,1,{end}", table(&GOOD)));
        assert_eq!(fixture.ingest(&[declarations("x.csv")]).unwrap().total().taken, 3, "{end}");
    }
    // With a line break, a short row is a row like others: it goes to quarantine.
    let fixture = Fixture::new();
    fixture.put("x.csv", format!("{}D3,2025-02\n", table(&GOOD)));
    assert_eq!(fixture.ingest(&[declarations("x.csv")]).unwrap().total().quarantined, 1);
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_never_opened() {
    let refused = |make: &dyn Fn(&std::path::Path)| {
        let fixture = Fixture::new();
        fixture.put("good.csv", table(&GOOD));
        make(&fixture.sources().join("x.csv"));
        for from in ["*.csv", "x.csv", "."] {
            let error = fixture.ingest(&[declarations(from)]).unwrap_err();
            assert_eq!((error.code, error.file.as_deref()), (crate::error::NO_SOURCE, Some("x.csv")), "{from}");
            assert!(!fixture.node().exists());
        }
        // What no mapping reads may lie there.
        fixture.ingest(&[declarations("good.csv")]).unwrap();
        fixture.ingest(&[declarations("x.csv")]).unwrap_err()
    };
    let fifo = refused(&|path| {
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    });
    assert_eq!(fifo.message, "not a regular file");
    let socket = refused(&|path| drop(std::os::unix::net::UnixListener::bind(path).unwrap()));
    assert_eq!(socket.message, "not a regular file");
    let device = refused(&|path| std::os::unix::fs::symlink("/dev/zero", path).unwrap());
    assert_eq!(device.message, "not a regular file");
    let dangling = refused(&|path| std::os::unix::fs::symlink("nowhere.csv", path).unwrap());
    assert_eq!(dangling.message, "not a regular file: it is a link to nothing");
}
