//! Canonical JSON and the hashes made from it.
//!
//! Sorted keys, UTF-8 in NFC, no insignificant white space, numbers in shortest form: comments and layout of a
//! TOML file do not change its hash, its meaning does.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::source::{Document, Findings};

/// Writes a value as canonical JSON.
pub fn canonical_json(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(n), _, _) => drop(write!(out, "{n}")),
            (_, Some(n), _) => drop(write!(out, "{n}")),
            // The shortest text that reads back as the same number; whole numbers lose their point.
            (_, _, Some(n)) => drop(write!(out, "{n}")),
            _ => out.push_str("null"),
        },
        Value::String(text) => write_text(text, out),
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(map) => {
            let sorted: BTreeMap<Cow<'_, str>, &Value> = map.iter().map(|(k, v)| (normal(k), v)).collect();
            out.push('{');
            for (i, (key, item)) in sorted.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_text(&key, out);
                out.push(':');
                write(item, out);
            }
            out.push('}');
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push_str(&serde_json::to_string(&normal(text)).expect("a string is always JSON"));
}

/// The text in NFC.
fn normal(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { text.into() } else { text.nfc().collect::<String>().into() }
}

/// `sha256:` and the hash in hexadecimal digits.
pub fn sha256(text: &str) -> String {
    let mut out = String::from("sha256:");
    for byte in Sha256::digest(text.as_bytes()) {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// Hash over all files but `CHANGES.md` and `i18n/`: a new translation does not change the framework.
pub(super) fn framework_hash(files: &BTreeMap<String, String>) -> String {
    let content: serde_json::Map<String, Value> = files
        .iter()
        .filter(|(path, _)| *path != "CHANGES.md" && !path.starts_with("i18n/"))
        .map(|(path, text)| {
            let findings = Findings::default();
            let value = if path.ends_with(".toml") {
                let document = Document::parse(path, text, &findings);
                // A file that is not TOML still has a hash: that of its text.
                if findings.has_error() { Value::from(text.as_str()) } else { document.root.to_json() }
            } else {
                Value::from(text.replace("\r\n", "\n"))
            };
            (path.clone(), value)
        })
        .collect();
    sha256(&canonical_json(&Value::Object(content)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn canonical_form() {
        let value = json!({ "b": 30.0, "a": [1, 0.5, true, null], "e\u{301}": "e\u{301}\n" });
        assert_eq!(canonical_json(&value), "{\"a\":[1,0.5,true,null],\"b\":30,\"é\":\"é\\n\"}");
    }

    #[test]
    fn published_test_vector() {
        // FIPS 180-2, appendix B.1.
        assert_eq!(sha256("abc"), "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn layout_and_translations_do_not_change_the_hash() {
        let files = |kpi: &str, french: &str| {
            BTreeMap::from([("kpis/A.toml".to_owned(), kpi.to_owned()), ("i18n/fr.toml".to_owned(), french.to_owned())])
        };
        let one = framework_hash(&files("a = 1\nb = 2.0 # note\n", "x"));
        assert_eq!(one, framework_hash(&files("b  = 2\n\na = 1", "y")));
        assert_ne!(one, framework_hash(&files("b = 3\na = 1", "x")));
    }
}
