//! `hs(code, n)`: first n digits of a commodity code after normalisation.

use std::borrow::Cow;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, DictionaryArray, StringBuilder, StringViewArray};
use arrow::datatypes::{DataType, Int32Type};
use datafusion::common::{DataFusionError, Result};
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};
use mizan_ingest::layout::code_type;

use super::dictionary::Remembered;
use super::{answer, array, fail, integer_constant};

/// Leaves out everything but digits, then takes the first n; NULL where fewer remain.
///
/// A column of stored codes is answered by one: each code of its dictionary is cut once.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct CommodityDigits {
    signature: Signature,
    cut: Remembered<usize>,
}

impl CommodityDigits {
    /// The function.
    pub fn new() -> Self {
        CommodityDigits { signature: Signature::user_defined(Volatility::Immutable), cut: Remembered::default() }
    }

    fn cut(&self, codes: &ArrayRef, wanted: usize) -> Result<ArrayRef> {
        let Some(codes) = codes.as_string_opt::<i32>() else { return fail(self, "codes are texts") };
        self.cut.answer(codes, wanted, || {
            let mut digits = StringBuilder::with_capacity(codes.len(), codes.len() * wanted);
            codes.iter().for_each(|code| digits.append_option(code.and_then(|code| first_digits(code, wanted))));
            Ok(Arc::new(digits.finish()) as ArrayRef)
        })
    }
}

impl ScalarUDFImpl for CommodityDigits {
    fn name(&self) -> &str {
        "hs"
    }

    fn signature(&self) -> &Signature {
        &self.signature
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

    fn return_type(&self, arguments: &[DataType]) -> Result<DataType> {
        Ok(match arguments.first() {
            Some(code) if *code == code_type() => code_type(),
            _ => DataType::Utf8View,
        })
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let Some(wanted) = integer_constant(&args.args[1]).and_then(|n| usize::try_from(n).ok()) else {
            return fail(self, "the number of digits must be a constant");
        };
        let codes = array(&args.args[0], args.number_rows)?;
        let Some(stored) = codes.as_dictionary_opt::<Int32Type>() else {
            let cut = |code: Option<&str>| code.and_then(|code| first_digits(code, wanted)).map(Cow::into_owned);
            return Ok(answer(codes.as_string_view().iter().map(cut).collect::<StringViewArray>()));
        };
        let digits = self.cut(stored.values(), wanted)?;
        Ok(answer(DictionaryArray::<Int32Type>::try_new(stored.keys().clone(), digits)?))
    }
}

fn first_digits(code: &str, wanted: usize) -> Option<Cow<'_, str>> {
    // Most codes are plain digits already.
    if let Some(start) = code.get(..wanted).filter(|start| start.bytes().all(|byte| byte.is_ascii_digit())) {
        return Some(Cow::Borrowed(start));
    }
    let digits: String = code.chars().filter(char::is_ascii_digit).take(wanted).collect();
    (digits.len() == wanted).then_some(Cow::Owned(digits))
}

#[cfg(test)]
mod tests {
    use arrow::array::StringArray;

    use super::*;

    #[test]
    fn codes_are_cut_alike_in_every_storage() {
        let codes = [Some("0101.21.00"), Some("01012900"), None, Some("01"), Some(""), Some("0101.21.00")];
        let expect = [Some("0101"), Some("0101"), None, None, None, Some("0101")];
        let plain: Vec<Option<String>> =
            codes.iter().map(|code| code.and_then(|c| first_digits(c, 4)).map(Cow::into_owned)).collect();
        assert_eq!(plain, expect.map(|text| text.map(str::to_owned)));
        let function = CommodityDigits::new();
        let stored: DictionaryArray<Int32Type> = codes.iter().copied().collect();
        let digits = function.cut(stored.values(), 4).unwrap();
        let cut = DictionaryArray::<Int32Type>::new(stored.keys().clone(), digits);
        assert_eq!(cut.downcast_dict::<StringArray>().unwrap().into_iter().collect::<Vec<_>>(), expect);
    }
}
