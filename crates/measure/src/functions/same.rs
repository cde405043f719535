//! `mizan_same(a, b)`: whether two stored codes are equal, by their numbers instead of by their letters.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Int32Array};
use arrow::buffer::NullBuffer;
use arrow::compute::{cast, kernels::cmp};
use arrow::datatypes::{DataType, Int32Type};
use datafusion::common::{DataFusionError, Result};
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};

use super::dictionary::{Dictionary, Remembered, stored};
use super::{answer, array};
use crate::bits;

/// Number of a code that the other dictionary lacks, or that is empty.
const ABSENT: i32 = -1;

/// Whether two codes are equal; unknown where one of them is empty.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct SameCode {
    signature: Signature,
    /// For each code of the left dictionary the number of the same code in the right one, which is the question.
    numbers: Remembered<Dictionary>,
}

impl SameCode {
    /// The function.
    pub fn new() -> Self {
        SameCode { signature: Signature::any(2, Volatility::Immutable), numbers: Remembered::default() }
    }

    fn of_stored(&self, left: &ArrayRef, right: &ArrayRef) -> Result<Option<BooleanArray>> {
        let (Some((left, left_codes)), Some((right, right_codes))) = (stored(left), stored(right)) else {
            return Ok(None);
        };
        // A dictionary with a code twice, or longer than the rows, is not worth it.
        if left_codes.len() + right_codes.len() > 2 * left.len().max(1024) {
            return Ok(None);
        }
        let numbers = self.numbers.answer(left_codes, Dictionary(right_codes.clone()), || {
            let mut known = HashMap::with_capacity(right_codes.len());
            for (number, code) in (0..).zip(right_codes).filter_map(|(number, code)| Some((number, code?))) {
                if known.insert(code, number).is_some() {
                    return Ok::<_, DataFusionError>(Arc::new(Int32Array::from(Vec::<i32>::new())) as ArrayRef);
                }
            }
            let number = |code: Option<&str>| code.and_then(|code| known.get(code).copied()).unwrap_or(ABSENT);
            Ok(Arc::new(left_codes.iter().map(number).collect::<Int32Array>()))
        })?;
        let numbers = numbers.as_primitive::<Int32Type>().values();
        if numbers.len() != left_codes.len() {
            return Ok(None);
        }
        let (lefts, rights) = (left.keys().values(), right.keys().values());
        // A key under an empty row may be any number.
        let number = |key: i32| usize::try_from(key).ok().and_then(|key| numbers.get(key)).copied().unwrap_or(ABSENT);
        let same = bits::collect(left.len(), |row| number(lefts[row]) == rights[row]);
        let nulls = NullBuffer::union(left.logical_nulls().as_ref(), right.logical_nulls().as_ref());
        Ok(Some(BooleanArray::new(same, nulls)))
    }
}

impl ScalarUDFImpl for SameCode {
    fn name(&self) -> &str {
        "mizan_same"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Boolean)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let [left, right] = [&args.args[0], &args.args[1]].map(|codes| array(codes, args.number_rows));
        let (left, right) = (left?, right?);
        if let Some(same) = self.of_stored(&left, &right)? {
            return Ok(answer(same));
        }
        let [left, right] = [left, right].map(|codes| cast(&codes, &DataType::Utf8View));
        Ok(answer(cmp::eq(&left?, &right?)?))
    }
}

#[cfg(test)]
mod tests {
    use arrow::array::{DictionaryArray, StringArray};

    use super::*;

    fn check(left: &ArrayRef, right: &ArrayRef, by_number: bool) {
        let found = SameCode::new().of_stored(left, right).unwrap();
        assert_eq!(found.is_some(), by_number);
        let [left, right] = [left, right].map(|codes| cast(codes, &DataType::Utf8View).unwrap());
        let expect = cmp::eq(&left, &right).unwrap();
        if let Some(found) = found {
            assert_eq!(found.iter().collect::<Vec<_>>(), expect.iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn codes_are_the_same_by_number_and_by_letters() {
        let codes = |rows: &[Option<&str>]| -> ArrayRef {
            Arc::new(rows.iter().copied().collect::<DictionaryArray<Int32Type>>())
        };
        let left = codes(&[Some("a"), Some("b"), None, Some("c"), Some(""), None]);
        let right = codes(&[Some("a"), Some("c"), Some("a"), Some("c"), Some("x"), None]);
        check(&left, &right, true);
        check(&right, &left, true);
        check(&left, &left, true);
        // Keys under empty rows may be any number.
        let values: StringArray = [Some("c"), Some("b"), Some("a")].into_iter().collect();
        let keys =
            Int32Array::new(vec![2, 0, 1, 0, 7, 1].into(), Some(vec![true, true, true, true, false, true].into()));
        let odd: ArrayRef = Arc::new(DictionaryArray::new(keys, Arc::new(values)));
        check(&odd, &right, true);
        check(&right, &odd, true);
        // A code that is there twice has two numbers.
        let twice: StringArray = [Some("a"), Some("a"), Some("c")].into_iter().collect();
        let keys = Int32Array::from(vec![0, 1, 2, 2, 1, 0]);
        let twice: ArrayRef = Arc::new(DictionaryArray::new(keys, Arc::new(twice)));
        check(&left, &twice, false);
        check(&twice, &left, true);
        let plain: ArrayRef = Arc::new(StringArray::from(vec!["a"; 6]));
        check(&left, &plain, false);
    }
}
