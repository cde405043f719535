//! Days, stamps and periods.

use std::sync::Arc;

use arrow::array::{ArrayRef, Date32Builder, Int8Builder, StringBuilder, TimestampMicrosecondBuilder};

use super::{Blame, Rows};
use crate::convert::field::Converted;
use crate::convert::stamp::StampReader;
use crate::reason;

pub(super) fn dates(rows: &Rows<'_>, reader: &mut StampReader, blame: &mut Blame<'_>) -> ArrayRef {
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

pub(super) fn stamps(rows: &Rows<'_>, reader: &mut StampReader, blame: &mut Blame<'_>) -> Converted {
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

pub(super) fn periods(rows: &Rows<'_>, blame: &mut Blame<'_>) -> ArrayRef {
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
