//! Text to typed columns, one tight loop a type.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, BooleanBuilder, Date32Builder, Decimal128Builder, Float64Builder, Int8Builder, Int64Builder,
    StringArray, StringBuilder, TimestampMicrosecondBuilder,
};
use arrow::buffer::NullBuffer;

use super::Fault;
use super::field::{Converted, Texts};
use super::number::{self, Exact};
use super::pseudonym::Pseudonyms;
use super::stamp::StampReader;
use crate::error::IngestError;
use crate::reader::TextBatch;
use crate::reason;

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

/// How numbers of a field are written, and what they are multiplied by.
pub(crate) struct Number {
    pub decimal: char,
    pub factor: Option<Exact>,
    pub currency: Option<Currency>,
}

/// In which currency an amount is.
pub(crate) struct Currency {
    /// National currency.
    pub national: String,
    pub of: CurrencyOf,
    /// Column with the rate to national currency.
    pub rate: Option<usize>,
}

/// Currency of the rows.
pub(crate) enum CurrencyOf {
    /// Each row says its own.
    Column(usize),
    /// All rows have this one.
    Code(String),
    /// Not said: every amount is multiplied by the rate.
    Unsaid,
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

/// Keeps the column's own buffers where nothing needs trimming.
fn plain_text(rows: &Rows<'_>) -> Result<ArrayRef, IngestError> {
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

fn coded(rows: &Rows<'_>, list: &str, codes: &HashSet<String>, blame: &mut Blame<'_>) -> Result<ArrayRef, IngestError> {
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

fn personal(rows: &Rows<'_>, pseudonyms: &mut Pseudonyms) -> ArrayRef {
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

fn truths(rows: &Rows<'_>, blame: &mut Blame<'_>) -> ArrayRef {
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

/// The number of a row, multiplied by factor and rate; a fault is reported and gives `None`.
#[inline]
fn amount(
    text: &str,
    row: usize,
    canonical: bool,
    number: &Number,
    batch: &TextBatch,
    blame: &mut Blame<'_>,
) -> Option<Exact> {
    let decimal = if canonical { '.' } else { number.decimal };
    let Some(mut exact) = number::parse(text, decimal) else {
        blame.fault(
            row,
            text,
            reason::NOT_A_NUMBER,
            format!("`{text}` is not a number with the decimal sign `{decimal}`"),
        );
        return None;
    };
    let out_of_range = |blame: &mut Blame<'_>| {
        blame.fault(row, text, reason::OUT_OF_RANGE, format!("`{text}` has too many digits"));
    };
    if let Some(factor) = number.factor {
        match exact.times(factor) {
            Some(product) => exact = product,
            None => {
                out_of_range(blame);
                return None;
            }
        }
    }
    if let Some(currency) = &number.currency {
        let rate = match currency.rate_of(row, number.decimal, batch) {
            Ok(rate) => rate,
            Err((code, message)) => {
                blame.fault(row, text, code, message);
                return None;
            }
        };
        if let Some(rate) = rate {
            match exact.times(rate) {
                Some(product) => exact = product,
                None => {
                    out_of_range(blame);
                    return None;
                }
            }
        }
    }
    Some(exact)
}

impl Currency {
    /// The rate to multiply by; `None` if the amount is in national currency already.
    fn rate_of(&self, row: usize, decimal: char, batch: &TextBatch) -> Result<Option<Exact>, (&'static str, String)> {
        let code = match &self.of {
            CurrencyOf::Column(position) => Some(batch.columns[*position].value(row).trim()),
            CurrencyOf::Code(code) => Some(code.as_str()),
            CurrencyOf::Unsaid => None,
        };
        if code.is_some_and(|c| c.eq_ignore_ascii_case(&self.national)) {
            return Ok(None);
        }
        let Some(position) = self.rate else {
            let code = code.unwrap_or_default();
            let message = if code.is_empty() {
                "the currency of the amount is empty".to_owned()
            } else {
                format!("the amount is in `{code}`, not in `{}`, and the mapping names no rate", self.national)
            };
            return Err((reason::CURRENCY, message));
        };
        let text = batch.columns[position].value(row).trim();
        let decimal = if batch.is_canonical(position, row) { '.' } else { decimal };
        match number::parse(text, decimal) {
            Some(rate) => Ok(Some(rate)),
            None => Err((reason::RATE, format!("the exchange rate `{text}` is not a number"))),
        }
    }
}

fn whole(
    rows: &Rows<'_>,
    number: &Number,
    batch: &TextBatch,
    blame: &mut Blame<'_>,
    warnings: &mut BTreeMap<String, u64>,
) -> ArrayRef {
    let mut out = Int64Builder::with_capacity(rows.len());
    let mut rounded = 0;
    for row in 0..rows.len() {
        let value = rows.get(row).and_then(|text| {
            let exact = amount(text, row, rows.texts.is_canonical(row), number, batch, blame)?;
            match exact.at_scale(0) {
                // `7.0` is a whole number, `7.5` is not one that may be rounded: it counts things.
                Some((_, true)) if number.factor.is_none() => {
                    blame.fault(row, text, reason::NOT_A_NUMBER, format!("`{text}` is not a whole number"));
                    None
                }
                Some((value, lost)) => {
                    rounded += u64::from(lost);
                    i64::try_from(value).ok().or_else(|| {
                        blame.fault(row, text, reason::OUT_OF_RANGE, format!("`{text}` has too many digits"));
                        None
                    })
                }
                None => {
                    blame.fault(row, text, reason::OUT_OF_RANGE, format!("`{text}` has too many digits"));
                    None
                }
            }
        });
        out.append_option(value);
    }
    count(warnings, reason::ROUNDED, rounded);
    Arc::new(out.finish())
}

fn decimals(
    rows: &Rows<'_>,
    scale: u8,
    number: &Number,
    batch: &TextBatch,
    blame: &mut Blame<'_>,
    warnings: &mut BTreeMap<String, u64>,
) -> Result<ArrayRef, IngestError> {
    const LIMIT: i128 = 10_i128.pow(18);
    let mut out = Decimal128Builder::with_capacity(rows.len());
    let mut rounded = 0;
    for row in 0..rows.len() {
        let value = rows.get(row).and_then(|text| {
            let exact = amount(text, row, rows.texts.is_canonical(row), number, batch, blame)?;
            match exact.at_scale(u32::from(scale)) {
                Some((value, lost)) if value.abs() < LIMIT => {
                    rounded += u64::from(lost);
                    Some(value)
                }
                _ => {
                    blame.fault(
                        row,
                        text,
                        reason::OUT_OF_RANGE,
                        format!("`{text}` has more than 18 digits with {scale} after the decimal sign"),
                    );
                    None
                }
            }
        });
        out.append_option(value);
    }
    count(warnings, reason::ROUNDED, rounded);
    Ok(Arc::new(out.finish().with_precision_and_scale(18, scale as i8)?))
}

fn doubles(rows: &Rows<'_>, number: &Number, batch: &TextBatch, blame: &mut Blame<'_>) -> ArrayRef {
    let mut out = Float64Builder::with_capacity(rows.len());
    for row in 0..rows.len() {
        let value =
            rows.get(row).and_then(|text| amount(text, row, rows.texts.is_canonical(row), number, batch, blame));
        out.append_option(value.map(Exact::to_f64));
    }
    Arc::new(out.finish())
}

fn dates(rows: &Rows<'_>, reader: &mut StampReader, blame: &mut Blame<'_>) -> ArrayRef {
    let mut out = Date32Builder::with_capacity(rows.len());
    for row in 0..rows.len() {
        let Some(text) = rows.get(row) else {
            out.append_null();
            continue;
        };
        let day = reader.day(text, rows.texts.is_canonical(row));
        if day.is_none() {
            blame.fault(row, text, reason::NOT_A_TIME, format!("`{text}` is not a date in the mapping's format"));
        }
        out.append_option(day);
    }
    Arc::new(out.finish())
}

fn stamps(rows: &Rows<'_>, reader: &mut StampReader, blame: &mut Blame<'_>) -> Converted {
    let mut out = TimestampMicrosecondBuilder::with_capacity(rows.len());
    let mut precisions = Int8Builder::with_capacity(rows.len());
    for row in 0..rows.len() {
        let Some(text) = rows.get(row) else {
            out.append_null();
            precisions.append_null();
            continue;
        };
        let stamp = reader.instant(text, rows.texts.is_canonical(row));
        if stamp.is_none() {
            blame.fault(
                row,
                text,
                reason::NOT_A_TIME,
                format!("`{text}` is not a date and time in the mapping's format"),
            );
        }
        out.append_option(stamp.map(|s| s.micros));
        precisions.append_option(stamp.map(|s| s.precision));
    }
    let values = out.finish().with_timezone("UTC");
    (Arc::new(values), Some(Arc::new(precisions.finish())))
}

fn periods(rows: &Rows<'_>, blame: &mut Blame<'_>) -> ArrayRef {
    let mut out = StringBuilder::with_capacity(rows.len(), rows.len() * 7);
    for row in 0..rows.len() {
        let value = rows.get(row).and_then(|text| match text.parse::<mizan_model::period::Period>() {
            Ok(_) => Some(text),
            Err(error) => {
                blame.fault(row, text, reason::NOT_A_PERIOD, error.to_string());
                None
            }
        });
        out.append_option(value);
    }
    Arc::new(out.finish())
}

fn count(warnings: &mut BTreeMap<String, u64>, key: &str, n: u64) {
    if n > 0 {
        *warnings.entry(key.to_owned()).or_default() += n;
    }
}
