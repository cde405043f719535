//! `hours(a, b)` and `days(a, b)`: elapsed time as a number, for comparisons and derived splits.

use arrow::array::Float64Array;
use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};

use super::{answer, micros, timestamp_type};

/// Elapsed time from the first to the second instant; negative where the second is earlier; NULL where one is empty.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Elapsed {
    name: &'static str,
    micros_per_unit: i64,
    signature: Signature,
}

impl Elapsed {
    /// `hours(a, b)`.
    pub fn hours() -> Self {
        Self::new("hours", 3_600_000_000)
    }

    /// `days(a, b)`: units of 24 hours.
    pub fn days() -> Self {
        Self::new("days", 86_400_000_000)
    }

    fn new(name: &'static str, micros_per_unit: i64) -> Self {
        let arguments = vec![timestamp_type(), timestamp_type()];
        Elapsed { name, micros_per_unit, signature: Signature::exact(arguments, Volatility::Immutable) }
    }
}

impl ScalarUDFImpl for Elapsed {
    fn name(&self) -> &str {
        self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Float64)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let from = micros(&args.args[0], args.number_rows)?;
        let to = micros(&args.args[1], args.number_rows)?;
        let elapsed: Float64Array = arrow::compute::binary(&from, &to, |from, to| {
            to.saturating_sub(from) as f64 / self.micros_per_unit as f64
        })?;
        Ok(answer(elapsed))
    }
}
