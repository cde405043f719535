//! `hs(code, n)`: first n digits of a commodity code after normalisation.

use arrow::array::{Array, StringBuilder};
use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};

use super::{answer, array, fail, integer_constant};

/// Leaves out everything but digits, then takes the first n; NULL where fewer remain.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct CommodityDigits(Signature);

impl CommodityDigits {
    /// The function.
    pub fn new() -> Self {
        let arguments = vec![DataType::Utf8, DataType::Int64];
        CommodityDigits(Signature::exact(arguments, Volatility::Immutable))
    }
}

impl ScalarUDFImpl for CommodityDigits {
    fn name(&self) -> &str {
        "hs"
    }

    fn signature(&self) -> &Signature {
        &self.0
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Utf8)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let Some(wanted) = integer_constant(&args.args[1]).and_then(|n| usize::try_from(n).ok()) else {
            return fail(self, "the number of digits must be a constant");
        };
        let codes = arrow::compute::cast(&array(&args.args[0], args.number_rows)?, &DataType::Utf8)?;
        let codes = arrow::array::AsArray::as_string::<i32>(&codes);
        let mut digits = StringBuilder::with_capacity(codes.len(), codes.len() * wanted);
        let mut buffer = String::with_capacity(wanted);
        for code in codes {
            buffer.clear();
            buffer.extend(code.unwrap_or_default().chars().filter(char::is_ascii_digit).take(wanted));
            digits.append_option((buffer.len() == wanted).then_some(buffer.as_str()));
        }
        Ok(answer(digits.finish()))
    }
}
