//! `local_date(ts, zone)` and `local_hour(ts, zone)`: calendar day and hour of the day in the KPI's zone.

use arrow::array::{Array, Date32Array, Int64Array};
use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};

use super::{answer, fail, micros, text_constant, timestamp_type};
use crate::zone::{OffsetCursor, zone_by_name};

const MICROS_PER_DAY: i64 = 86_400_000_000;
const MICROS_PER_HOUR: i64 = 3_600_000_000;

fn signature() -> Signature {
    Signature::exact(vec![timestamp_type(), DataType::Utf8], Volatility::Immutable)
}

fn cursor(function: &impl ScalarUDFImpl, args: &ScalarFunctionArgs) -> Result<OffsetCursor> {
    let Some(name) = text_constant(&args.args[1]) else {
        return fail(function, "the time zone must be a constant text");
    };
    match zone_by_name(name) {
        Ok(zone) => Ok(OffsetCursor::new(zone)),
        Err(error) => fail(function, &error.to_string()),
    }
}

/// Local calendar day.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct LocalDate(Signature);

impl LocalDate {
    /// The function.
    pub fn new() -> Self {
        LocalDate(signature())
    }
}

impl ScalarUDFImpl for LocalDate {
    fn name(&self) -> &str {
        "local_date"
    }

    fn signature(&self) -> &Signature {
        &self.0
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Date32)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let mut cursor = cursor(self, &args)?;
        let instants = micros(&args.args[0], args.number_rows)?;
        let day = |instant: &i64| cursor.local(*instant).div_euclid(MICROS_PER_DAY) as i32;
        let days: Vec<i32> = instants.values().iter().map(day).collect();
        Ok(answer(Date32Array::new(days.into(), instants.nulls().cloned())))
    }
}

/// Local hour of the day, 0 to 23.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct LocalHour(Signature);

impl LocalHour {
    /// The function.
    pub fn new() -> Self {
        LocalHour(signature())
    }
}

impl ScalarUDFImpl for LocalHour {
    fn name(&self) -> &str {
        "local_hour"
    }

    fn signature(&self) -> &Signature {
        &self.0
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Int64)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let mut cursor = cursor(self, &args)?;
        let instants = micros(&args.args[0], args.number_rows)?;
        let hour = |instant: &i64| cursor.local(*instant).rem_euclid(MICROS_PER_DAY) / MICROS_PER_HOUR;
        let hours: Vec<i64> = instants.values().iter().map(hour).collect();
        Ok(answer(Int64Array::new(hours.into(), instants.nulls().cloned())))
    }
}
