//! Whole numbers, amounts and measures, with their factors and currencies.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{ArrayRef, Decimal128Builder, Float64Builder, Int64Builder};

use super::{Blame, Rows};
use crate::convert::number::{self, Exact};
use crate::error::IngestError;
use crate::reader::TextBatch;
use crate::reason;

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

pub(super) fn whole(
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

pub(super) fn decimals(
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

pub(super) fn doubles(rows: &Rows<'_>, number: &Number, batch: &TextBatch, blame: &mut Blame<'_>) -> ArrayRef {
    let mut out = Float64Builder::with_capacity(rows.len());
    for row in 0..rows.len() {
        let value =
            rows.get(row).and_then(|text| amount(text, row, rows.texts.is_canonical(row), number, batch, blame));
        out.append_option(value.map(Exact::to_f64));
    }
    Arc::new(out.finish())
}

fn count(warnings: &mut BTreeMap<String, u64>, key: &str, n: u64) {
    if n > 0 {
        *warnings.entry(key.to_owned()).or_default() += n;
    }
}
