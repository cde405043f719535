//! `mizan_length(code)`: `length` of a stored code, counted once a code.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, Int64Array};
use arrow::compute::{cast, take};
use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};

use super::dictionary::{Remembered, stored};
use super::{answer, array};

/// Number of characters of a code.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct CodeLength {
    signature: Signature,
    lengths: Remembered<()>,
}

impl CodeLength {
    /// The function.
    pub fn new() -> Self {
        CodeLength { signature: Signature::any(1, Volatility::Immutable), lengths: Remembered::default() }
    }
}

impl ScalarUDFImpl for CodeLength {
    fn name(&self) -> &str {
        "mizan_length"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Int64)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let codes = array(&args.args[0], args.number_rows)?;
        if let Some((stored, values)) = stored(&codes) {
            let count = || Ok::<_, datafusion::common::DataFusionError>(Arc::new(lengths(values)) as ArrayRef);
            let lengths = self.lengths.answer(values, (), count)?;
            return Ok(ColumnarValue::Array(take(&lengths, stored.keys(), None)?));
        }
        Ok(answer(lengths(cast(&codes, &DataType::Utf8View)?.as_string_view())))
    }
}

fn lengths<'a>(texts: impl arrow::array::ArrayAccessor<Item = &'a str>) -> Int64Array {
    arrow::array::ArrayIter::new(texts).map(|text| Some(text?.chars().count() as i64)).collect()
}

#[cfg(test)]
mod tests {
    use arrow::array::{DictionaryArray, StringViewArray};
    use arrow::datatypes::Int32Type;

    use super::*;

    #[test]
    fn characters_are_counted_alike_in_every_storage() {
        let rows = [Some("0101.21"), None, Some(""), Some("代码"), Some("0101.21")];
        let plain: ArrayRef = Arc::new(StringViewArray::from(rows.to_vec()));
        let stored: DictionaryArray<Int32Type> = rows.iter().copied().collect();
        for codes in [plain, Arc::new(stored) as ArrayRef] {
            let counted = super::super::tests::call(&CodeLength::new(), vec![codes]);
            let counted: Vec<Option<i64>> = counted.as_primitive::<arrow::datatypes::Int64Type>().iter().collect();
            assert_eq!(counted, [Some(7), None, Some(0), Some(2), Some(7)]);
        }
    }
}
