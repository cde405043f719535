//! Scalar functions that definitions may call, and those that the planner puts around them.
//!
//! | function | called by | gives |
//! |---|---|---|
//! | `hours(a, b)`, `days(a, b)` | definitions | elapsed time from a to b, `DOUBLE` |
//! | `local_date(ts, zone)`, `local_hour(ts, zone)` | definitions (the planner adds the zone) | `DATE`, `BIGINT` |
//! | `hs(code, n)` | definitions | first n digits of a commodity code |
//! | `working_hours(office, a, b)` | definitions | opening hours between a and b, `DOUBLE` |
//! | `mizan_period(x, zone)` | planner | time key of an anchor |
//! | `mizan_clock(…)` | planner | class and duration of a record |
//! | `mizan_is_usable(e)`, `mizan_is_unusable(e)`, `mizan_usable(e, y)`, `mizan_seconds(k)` | planner | one of them |
//! | `mizan_is(code, 'a', …)`, `mizan_same(a, b)`, `mizan_text(code)`, `mizan_length(code)` | planner | codes as they are stored |
//! | `mizan_earliest(a, …)`, `mizan_latest(a, …)` | planner | `least` and `greatest` of stamps |
//! | `mizan_all(a, …)`, `mizan_and(a, b)` | planner | conjunctions without a detour |

mod class;
mod clock;
mod code;
mod commodity;
mod dictionary;
mod elapsed;
mod extreme;
mod length;
mod local;
mod logic;
mod period;
mod same;
mod working;

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::{DataType, Int64Type, TimeUnit, TimestampMicrosecondType};
use datafusion::common::{DataFusionError, Result, ScalarValue};
use datafusion::logical_expr::{ColumnarValue, ScalarUDF, ScalarUDFImpl};

pub use clock::UNUSABLE;
pub use working::{Calendars, OpeningHours};

/// All scalar functions, over the node's opening hours.
pub fn all(calendars: &Arc<Calendars>) -> Vec<ScalarUDF> {
    vec![
        ScalarUDF::new_from_impl(elapsed::Elapsed::hours()),
        ScalarUDF::new_from_impl(elapsed::Elapsed::days()),
        ScalarUDF::new_from_impl(local::LocalDate::new()),
        ScalarUDF::new_from_impl(local::LocalHour::new()),
        ScalarUDF::new_from_impl(commodity::CommodityDigits::new()),
        ScalarUDF::new_from_impl(working::WorkingHours::new(Arc::clone(calendars))),
        ScalarUDF::new_from_impl(period::PeriodKey::new()),
        ScalarUDF::new_from_impl(clock::ClockClass::new()),
        ScalarUDF::new_from_impl(class::IsClass::new(true)),
        ScalarUDF::new_from_impl(class::IsClass::new(false)),
        ScalarUDF::new_from_impl(class::Usable::new()),
        ScalarUDF::new_from_impl(class::Seconds::new()),
        ScalarUDF::new_from_impl(code::IsCode::new()),
        ScalarUDF::new_from_impl(code::CodeText::new()),
        ScalarUDF::new_from_impl(same::SameCode::new()),
        ScalarUDF::new_from_impl(length::CodeLength::new()),
        ScalarUDF::new_from_impl(extreme::Extreme::new(false)),
        ScalarUDF::new_from_impl(extreme::Extreme::new(true)),
        ScalarUDF::new_from_impl(logic::All::new()),
        ScalarUDF::new_from_impl(logic::And::new()),
    ]
}

/// Timestamp type of records.
fn timestamp_type() -> DataType {
    DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()))
}

/// Error with the name of the function that found it.
fn fail<T>(function: &impl ScalarUDFImpl, message: &str) -> Result<T> {
    Err(DataFusionError::Execution(format!("`{}`: {message}", function.name())))
}

/// An argument as an array of the batch's length.
fn array(value: &ColumnarValue, rows: usize) -> Result<ArrayRef> {
    value.clone().into_array(rows)
}

/// A constant text argument.
fn text_constant(value: &ColumnarValue) -> Option<&str> {
    match value {
        ColumnarValue::Scalar(ScalarValue::Utf8(Some(text)) | ScalarValue::Utf8View(Some(text))) => Some(text),
        _ => None,
    }
}

/// A constant whole number argument.
fn integer_constant(value: &ColumnarValue) -> Option<i64> {
    match value {
        ColumnarValue::Scalar(ScalarValue::Int64(number)) => *number,
        _ => None,
    }
}

/// Time stamps as microseconds since 1970.
fn micros(value: &ColumnarValue, rows: usize) -> Result<arrow::array::Int64Array> {
    let array = array(value, rows)?;
    let array = match array.data_type() {
        DataType::Timestamp(TimeUnit::Microsecond, _) => array,
        _ => arrow::compute::cast(&array, &timestamp_type())?,
    };
    Ok(array.as_primitive::<TimestampMicrosecondType>().reinterpret_cast::<Int64Type>())
}

/// Wraps an array as the function's answer.
fn answer(array: impl Array + 'static) -> ColumnarValue {
    ColumnarValue::Array(Arc::new(array))
}

#[cfg(test)]
mod tests {
    use arrow::datatypes::Field;
    use datafusion::config::ConfigOptions;
    use datafusion::logical_expr::ScalarFunctionArgs;

    use super::*;

    /// What a function gives for some columns.
    pub(super) fn call(function: &impl ScalarUDFImpl, columns: Vec<ArrayRef>) -> ArrayRef {
        let types: Vec<DataType> = columns.iter().map(|column| column.data_type().clone()).collect();
        let returned = function.return_type(&types).expect("the arguments are fit");
        let number_rows = columns[0].len();
        let arguments = ScalarFunctionArgs {
            args: columns.into_iter().map(ColumnarValue::Array).collect(),
            arg_fields: types.into_iter().map(|given| Arc::new(Field::new("argument", given, true))).collect(),
            number_rows,
            return_field: Arc::new(Field::new("answer", returned, true)),
            config_options: Arc::new(ConfigOptions::default()),
        };
        function.invoke_with_args(arguments).and_then(|answer| answer.into_array(number_rows)).expect("an answer")
    }
}
