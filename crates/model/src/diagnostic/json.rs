//! Findings as JSON, for `--format json` and for other programs.

use serde_json::{Value, json};

use super::{Diagnostic, line_column};

/// All findings as an array; `text_of` gives the text of a file, from which line and column are counted.
///
/// Each has `code`, `severity`, `message`, `why`, `help` and `labels` with `file`, `start` and `end` (bytes), `line`,
/// `column` (from 1) and `text`.
pub fn diagnostics_json(diagnostics: &[Diagnostic], text_of: &dyn Fn(&str) -> Option<String>) -> Value {
    diagnostics.iter().map(|d| diagnostic_json(d, text_of)).collect()
}

fn diagnostic_json(diagnostic: &Diagnostic, text_of: &dyn Fn(&str) -> Option<String>) -> Value {
    let labels: Value = diagnostic
        .labels
        .iter()
        .map(|label| {
            let place = text_of(&label.file).map(|text| line_column(&text, label.span.start));
            json!({
                "file": label.file,
                "start": label.span.start,
                "end": label.span.end,
                "line": place.map(|(line, _)| line),
                "column": place.map(|(_, column)| column),
                "text": label.text,
            })
        })
        .collect();
    json!({
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "labels": labels,
        "why": diagnostic.why,
        "help": diagnostic.help,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_from_one() {
        let finding = Diagnostic::error("F0102", "unknown key").at("a.toml", 6..9, "here");
        let json = diagnostics_json(&[finding], &|_| Some("é = 1\nabc".into()));
        assert_eq!(json[0]["labels"][0]["line"], 1);
        assert_eq!(json[0]["labels"][0]["column"], 6);
        assert_eq!(json[0]["severity"], "error");
    }
}
