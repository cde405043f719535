//! `hs(code, n)`: first n digits of a commodity code after normalisation.

use arrow::array::{AsArray, StringArray, StringViewArray, StringViewBuilder};
use arrow::datatypes::{DataType, Int32Type};
use datafusion::common::{DataFusionError, Result};
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};
use mizan_ingest::layout::code_type;

use super::{answer, array, fail, integer_constant};

/// Leaves out everything but digits, then takes the first n; NULL where fewer remain.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct CommodityDigits(Signature);

impl CommodityDigits {
    /// The function.
    pub fn new() -> Self {
        CommodityDigits(Signature::user_defined(Volatility::Immutable))
    }
}

impl ScalarUDFImpl for CommodityDigits {
    fn name(&self) -> &str {
        "hs"
    }

    fn signature(&self) -> &Signature {
        &self.0
    }

    fn coerce_types(&self, arguments: &[DataType]) -> Result<Vec<DataType>> {
        match arguments {
            [code, digits] if digits.is_integer() && (code.is_string() || *code == code_type() || code.is_null()) => {
                let stored = if *code == code_type() { code_type() } else { DataType::Utf8View };
                Ok(vec![stored, DataType::Int64])
            }
            _ => Err(DataFusionError::Plan("`hs` takes a code and a number of digits".to_owned())),
        }
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Utf8View)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let Some(wanted) = integer_constant(&args.args[1]).and_then(|n| usize::try_from(n).ok()) else {
            return fail(self, "the number of digits must be a constant");
        };
        let codes = array(&args.args[0], args.number_rows)?;
        Ok(answer(match codes.as_dictionary_opt::<Int32Type>() {
            Some(codes) => match codes.downcast_dict::<StringArray>() {
                Some(codes) => first_digits(codes.into_iter(), wanted),
                None => return fail(self, "codes are texts"),
            },
            None => first_digits(codes.as_string_view().iter(), wanted),
        }))
    }
}

fn first_digits<'a>(codes: impl Iterator<Item = Option<&'a str>>, wanted: usize) -> StringViewArray {
    let mut digits = StringViewBuilder::with_capacity(codes.size_hint().0);
    let mut buffer = String::with_capacity(wanted);
    for code in codes {
        let Some(code) = code else {
            digits.append_null();
            continue;
        };
        // Most codes are plain digits already.
        if let Some(start) = code.get(..wanted).filter(|start| start.bytes().all(|byte| byte.is_ascii_digit())) {
            digits.append_value(start);
            continue;
        }
        buffer.clear();
        buffer.extend(code.chars().filter(char::is_ascii_digit).take(wanted));
        digits.append_option((buffer.len() == wanted).then_some(buffer.as_str()));
    }
    digits.finish()
}
