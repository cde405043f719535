//! Texts, codes, pseudonyms and truth values.

use std::collections::HashSet;
use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanBuilder, StringArray, StringBuilder};
use arrow::buffer::NullBuffer;

use super::{Blame, Rows};
use crate::convert::pseudonym::Pseudonyms;
use crate::error::IngestError;
use crate::reason;

/// Keeps the column's own buffers where nothing needs trimming.
pub(super) fn plain_text(rows: &Rows<'_>) -> Result<ArrayRef, IngestError> {
    let source = &rows.texts.values;
    let mut valid = Vec::with_capacity(rows.len());
    for row in 0..rows.len() {
        let text = source.value(row);
        match rows.get(row) {
            None => valid.push(false),
            Some(trimmed) if trimmed.len() == text.len() => valid.push(true),
            Some(_) => {
                let texts: StringArray = (0..rows.len()).map(|row| rows.get(row)).collect();
                return Ok(Arc::new(texts));
            }
        }
    }
    let nulls = NullBuffer::from(valid);
    Ok(Arc::new(StringArray::try_new(
        source.offsets().clone(),
        source.values().clone(),
        (nulls.null_count() > 0).then_some(nulls),
    )?))
}

pub(super) fn coded(
    rows: &Rows<'_>,
    list: &str,
    codes: &HashSet<String>,
    blame: &mut Blame<'_>,
) -> Result<ArrayRef, IngestError> {
    let mut last = "";
    let mut bad = Vec::new();
    for row in 0..rows.len() {
        let Some(code) = rows.get(row) else {
            continue;
        };
        if code == last {
            continue;
        }
        match codes.get(code) {
            Some(known) => last = known,
            None => bad.push(row),
        }
    }
    if bad.is_empty() {
        return plain_text(rows);
    }
    for &row in &bad {
        let code = rows.get(row).unwrap_or_default();
        blame.fault(row, code, reason::NOT_IN_LIST, format!("`{code}` is not in the list `{list}`"));
    }
    let mut bad = bad.into_iter().peekable();
    let texts: StringArray =
        (0..rows.len()).map(|row| if bad.next_if_eq(&row).is_some() { None } else { rows.get(row) }).collect();
    Ok(Arc::new(texts))
}

pub(super) fn personal(rows: &Rows<'_>, pseudonyms: &mut Pseudonyms) -> ArrayRef {
    let mut out = StringBuilder::with_capacity(rows.len(), rows.len() * 16);
    for row in 0..rows.len() {
        match rows.get(row) {
            None => out.append_null(),
            Some(identifier) => {
                let pseudonym = pseudonyms.of(identifier);
                out.append_value(std::str::from_utf8(&pseudonym).expect("hexadecimal digits are ASCII"));
            }
        }
    }
    Arc::new(out.finish())
}

pub(super) fn truths(rows: &Rows<'_>, blame: &mut Blame<'_>) -> ArrayRef {
    let mut out = BooleanBuilder::with_capacity(rows.len());
    for row in 0..rows.len() {
        let Some(text) = rows.get(row) else {
            out.append_null();
            continue;
        };
        let is = |words: [&str; 6]| words.iter().any(|w| text.eq_ignore_ascii_case(w));
        if is(["1", "true", "y", "yes", "t", "1.0"]) {
            out.append_value(true);
        } else if is(["0", "false", "n", "no", "f", "0.0"]) {
            out.append_value(false);
        } else {
            blame.fault(
                row,
                text,
                reason::NOT_A_TRUTH_VALUE,
                format!("`{text}` is neither yes nor no (true, false, 1, 0, y, n, yes, no)"),
            );
            out.append_null();
        }
    }
    Arc::new(out.finish())
}
