//! Text to typed columns, one tight loop a type.

mod numbers;
mod texts;
mod times;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use arrow::array::{Array, ArrayRef};

pub(crate) use self::numbers::{Currency, CurrencyOf, Number};
use self::numbers::{decimals, doubles, whole};
use self::texts::{coded, personal, plain_text, truths};
use self::times::{dates, periods, stamps};
use super::Fault;
use super::field::{Converted, Texts};
use super::pseudonym::Pseudonyms;
use super::stamp::StampReader;
use crate::error::IngestError;
use crate::reader::TextBatch;

/// What a field becomes, with everything that reading it needs.
pub(crate) enum Target {
    /// Text or a code of an open list.
    Text,
    /// A code of a closed list.
    Code {
        list: String,
        codes: HashSet<String>,
    },
    /// An identifier of a person or firm.
    Personal(Pseudonyms),
    Bool,
    Int(Number),
    Decimal {
        scale: u8,
        number: Number,
    },
    Double(Number),
    Date(StampReader),
    Timestamp(StampReader),
    Period,
}

/// Passes over the rows with a value.
struct Rows<'a> {
    texts: &'a Texts<'a>,
    missing: &'a [String],
}

impl<'a> Rows<'a> {
    #[inline]
    fn get(&self, row: usize) -> Option<&str> {
        let text = trim(self.texts.values.value(row));
        if text.is_empty() || self.missing.iter().any(|m| m == text) { None } else { Some(text) }
    }

    fn len(&self) -> usize {
        self.texts.values.len()
    }
}

/// `str::trim` with a short way for text that needs none.
#[inline]
fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [] => text,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// Where the faults of a field go.
struct Blame<'a> {
    column: &'a Arc<str>,
    faults: &'a mut Vec<Fault>,
}

impl Blame<'_> {
    #[cold]
    fn fault(&mut self, row: usize, value: &str, code: &'static str, message: String) {
        self.faults.push(Fault { row, column: Some(self.column.clone()), value: value.to_owned(), code, message });
    }
}

impl Target {
    pub(crate) fn has_precision(&self) -> bool {
        matches!(self, Target::Timestamp(_))
    }

    /// Converts the text of all rows; what cannot be read is NULL and a fault.
    pub(crate) fn convert(
        &mut self,
        texts: &Texts<'_>,
        missing: &[String],
        column: &Arc<str>,
        batch: &TextBatch,
        faults: &mut Vec<Fault>,
        warnings: &mut BTreeMap<String, u64>,
    ) -> Result<Converted, IngestError> {
        let rows = Rows { texts, missing };
        let mut blame = Blame { column, faults };
        let values: ArrayRef = match self {
            Target::Text => plain_text(&rows)?,
            Target::Code { list, codes } => coded(&rows, list, codes, &mut blame)?,
            Target::Personal(pseudonyms) => personal(&rows, pseudonyms),
            Target::Bool => truths(&rows, &mut blame),
            Target::Int(number) => whole(&rows, number, batch, &mut blame, warnings),
            Target::Decimal { scale, number } => decimals(&rows, *scale, number, batch, &mut blame, warnings)?,
            Target::Double(number) => doubles(&rows, number, batch, &mut blame),
            Target::Date(reader) => dates(&rows, reader, &mut blame),
            Target::Timestamp(reader) => return Ok(stamps(&rows, reader, &mut blame)),
            Target::Period => periods(&rows, &mut blame),
        };
        Ok((values, None))
    }
}
