//! From a place inside a TOML string's value to a place in the file.

use std::ops::Range;

/// For a string literal at `span` of `text`: the byte offset in the file of each byte of the decoded value, and one
/// more for its end. Escapes make value and file differ in length.
pub(crate) fn string_offsets(text: &str, span: Range<usize>) -> Vec<usize> {
    let raw = &text[span.clone()];
    let (quote, escapes) = if raw.starts_with("\"\"\"") {
        (3, true)
    } else if raw.starts_with("'''") {
        (3, false)
    } else {
        (1, raw.starts_with('"'))
    };
    let mut at = quote;
    let end = raw.len().saturating_sub(quote).max(at);
    if quote == 3 {
        // A newline directly after the opening quotes is not part of the value.
        if raw[at..].starts_with("\r\n") {
            at += 2;
        } else if raw[at..].starts_with('\n') {
            at += 1;
        }
    }
    let mut offsets = Vec::with_capacity(raw.len());
    let bytes = raw.as_bytes();
    while at < end {
        if !escapes || bytes[at] != b'\\' {
            // TOML keeps `\r\n` or turns it into `\n`, depending on the reader; ours keeps it.
            offsets.push(span.start + at);
            at += 1;
            continue;
        }
        let (source, value) = match bytes.get(at + 1) {
            Some(b'u') => (6, hex_length(raw.get(at + 2..at + 6))),
            Some(b'U') => (10, hex_length(raw.get(at + 2..at + 10))),
            Some(b'x') => (4, hex_length(raw.get(at + 2..at + 4))),
            Some(c) if c.is_ascii_whitespace() => {
                let skipped = raw[at + 1..end].len() - raw[at + 1..end].trim_start().len();
                (1 + skipped, 0)
            }
            _ => (2, 1),
        };
        offsets.extend(std::iter::repeat_n(span.start + at, value));
        at += source;
    }
    offsets.push(span.start + end);
    offsets
}

fn hex_length(digits: Option<&str>) -> usize {
    digits.and_then(|d| u32::from_str_radix(d, 16).ok()).and_then(char::from_u32).map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(literal: &str) {
        let text = format!("key = {literal} # rest");
        let value: toml::Table = toml::from_str(&text).expect("valid TOML");
        let value = value["key"].as_str().expect("a string");
        let offsets = string_offsets(&text, 6..6 + literal.len());
        assert_eq!(offsets.len(), value.len() + 1, "{literal}");
        for (i, byte) in value.bytes().enumerate() {
            let there = text.as_bytes()[offsets[i]];
            assert!(there == byte || there == b'\\', "{literal} byte {i}");
        }
    }

    #[test]
    fn every_byte_has_its_place() {
        check(r#""flow = 'import'""#);
        check(r"'flow = 1'");
        check(r#""a \" b \\ c""#);
        check(r#""\u00e9t\u00e9 = 1""#);
        check("\"\"\"\nflow\n  AND x\"\"\"");
        check("'''\nflow\n  AND x'''");
        check("\"\"\"flow \\\n   AND x\"\"\"");
        check("\"\"");
    }
}
