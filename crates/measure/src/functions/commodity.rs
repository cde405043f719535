//! `hs(code, n)`: first n digits of a commodity code after normalisation.

use arrow::array::{Array, AsArray, StringViewBuilder};
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
        let arguments = vec![DataType::Utf8View, DataType::Int64];
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
        Ok(DataType::Utf8View)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let Some(wanted) = integer_constant(&args.args[1]).and_then(|n| usize::try_from(n).ok()) else {
            return fail(self, "the number of digits must be a constant");
        };
        let codes = arrow::compute::cast(&array(&args.args[0], args.number_rows)?, &DataType::Utf8View)?;
        let codes = codes.as_string_view();
        let mut digits = StringViewBuilder::with_capacity(codes.len());
        let mut buffer = String::with_capacity(wanted);
        for code in codes {
            let code = code.unwrap_or_default();
            // Most codes are plain digits already.
            if let Some(start) = code.get(..wanted).filter(|start| start.bytes().all(|byte| byte.is_ascii_digit())) {
                digits.append_value(start);
                continue;
            }
            buffer.clear();
            buffer.extend(code.chars().filter(char::is_ascii_digit).take(wanted));
            digits.append_option((buffer.len() == wanted).then_some(buffer.as_str()));
        }
        Ok(answer(digits.finish()))
    }
}
