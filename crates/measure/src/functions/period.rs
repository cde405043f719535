//! `mizan_period(x, zone)`: the time key of an anchor.
//!
//! A time key is `month * 16 + length`: the month number of the period's first month (see
//! [`mizan_model::period::Month`]) and its length in months (1, 3, 6, 12). A stamp or a day gives its local month, a
//! period code gives the period that it names. NULL and texts that are no period give NULL.

use arrow::array::{Array, AsArray, Int32Array};
use arrow::datatypes::{DataType, Date32Type};
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};
use mizan_model::period::{Month, Period};

use super::{answer, array, fail, micros, text_constant};
use crate::time_key::TimeKey;
use crate::zone::{MonthCursor, month_of_day, zone_by_name};

/// The function.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct PeriodKey(Signature);

impl PeriodKey {
    /// The function.
    pub fn new() -> Self {
        PeriodKey(Signature::any(2, Volatility::Immutable))
    }
}

impl ScalarUDFImpl for PeriodKey {
    fn name(&self) -> &str {
        "mizan_period"
    }

    fn signature(&self) -> &Signature {
        &self.0
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Int32)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let Some(zone) = text_constant(&args.args[1]) else {
            return fail(self, "the time zone must be a constant text");
        };
        let anchors = array(&args.args[0], args.number_rows)?;
        let keys: Int32Array = match anchors.data_type() {
            DataType::Timestamp(_, _) => {
                let mut cursor = match zone_by_name(zone) {
                    Ok(zone) => MonthCursor::new(zone),
                    Err(error) => return fail(self, &error.to_string()),
                };
                let instants = micros(&args.args[0], args.number_rows)?;
                let key = |instant: &i64| TimeKey::month(cursor.month(*instant)).0;
                let keys: Vec<i32> = instants.values().iter().map(key).collect();
                Int32Array::new(keys.into(), instants.nulls().cloned())
            }
            DataType::Date32 => {
                let days = anchors.as_primitive::<Date32Type>();
                let mut last = (i32::MIN, Month(0));
                let key = |day: &i32| {
                    if last.0 != *day {
                        last = (*day, month_of_day((*day).into()));
                    }
                    TimeKey::month(last.1).0
                };
                let keys: Vec<i32> = days.values().iter().map(key).collect();
                Int32Array::new(keys.into(), days.nulls().cloned())
            }
            DataType::Utf8 | DataType::Utf8View | DataType::LargeUtf8 => {
                let texts = arrow::compute::cast(&anchors, &DataType::Utf8)?;
                let key = |code: Option<&str>| Some(TimeKey::period(code?.parse::<Period>().ok()?).0);
                texts.as_string::<i32>().iter().map(key).collect()
            }
            other => return fail(self, &format!("cannot place `{other}` in a period")),
        };
        Ok(answer(keys))
    }
}
