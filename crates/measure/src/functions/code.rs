//! `mizan_is(code, 'a', …)` and `mizan_text(code)`: codes are stored as dictionaries, and looked at once a code.

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray};
use arrow::compute::{cast, take};
use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};

use super::dictionary::{Remembered, stored};
use super::{answer, array, fail, text_constant};
use crate::bits;

/// Whether a code is one of some: `code IN ('a', …)`, unknown where the code is empty.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct IsCode(Signature);

impl IsCode {
    /// The function.
    pub fn new() -> Self {
        IsCode(Signature::user_defined(Volatility::Immutable))
    }
}

impl ScalarUDFImpl for IsCode {
    fn name(&self) -> &str {
        "mizan_is"
    }

    fn signature(&self) -> &Signature {
        &self.0
    }

    fn coerce_types(&self, arguments: &[DataType]) -> Result<Vec<DataType>> {
        Ok(arguments.to_vec())
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Boolean)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let Some((codes, wanted)) = args.args.split_first() else { return fail(self, "no code to look at") };
        let Some(wanted) = wanted.iter().map(text_constant).collect::<Option<Vec<&str>>>() else {
            return fail(self, "codes must be constants");
        };
        let codes = array(codes, args.number_rows)?;
        Ok(answer(is_one_of(&codes, &wanted)?))
    }
}

fn is_one_of(codes: &ArrayRef, wanted: &[&str]) -> Result<BooleanArray> {
    let Some((dictionary, values)) = stored(codes) else {
        let codes = cast(codes, &DataType::Utf8View)?;
        let codes = codes.as_string_view();
        let met = bits::collect(codes.len(), |row| wanted.contains(&codes.value(row)));
        return Ok(BooleanArray::new(met, codes.nulls().cloned()));
    };
    let keys = dictionary.keys();
    // A key under an empty row may be any number.
    let place = |row: usize| usize::try_from(keys.values()[row]).ok().filter(|&key| key < values.len());
    let met = if values.len() <= u64::BITS as usize {
        // Lists of codes are short: their answers fit a word.
        let is_met = |word, key| word | u64::from(wanted.contains(&values.value(key))) << key;
        let (word, keys) = ((0..values.len()).fold(0, is_met), &keys.values()[..]);
        bits::collect(keys.len(), |row| word >> (keys[row] as u32 % u64::BITS) & 1 == 1)
    } else if values.len() <= keys.len() {
        let answers: Vec<bool> = (0..values.len()).map(|key| wanted.contains(&values.value(key))).collect();
        bits::collect(keys.len(), |row| place(row).is_some_and(|key| answers[key]))
    } else {
        bits::collect(keys.len(), |row| place(row).is_some_and(|key| wanted.contains(&values.value(key))))
    };
    Ok(BooleanArray::new(met, dictionary.logical_nulls()))
}

/// A code as text.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct CodeText {
    signature: Signature,
    views: Remembered<()>,
}

impl CodeText {
    /// The function.
    pub fn new() -> Self {
        CodeText { signature: Signature::any(1, Volatility::Immutable), views: Remembered::default() }
    }
}

impl ScalarUDFImpl for CodeText {
    fn name(&self) -> &str {
        "mizan_text"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Utf8View)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let codes = array(&args.args[0], args.number_rows)?;
        if let Some((stored, values)) = stored(&codes) {
            let views = self.views.answer(values, (), || cast(values, &DataType::Utf8View))?;
            return Ok(ColumnarValue::Array(take(&views, stored.keys(), None)?));
        }
        Ok(ColumnarValue::Array(match codes.data_type() {
            DataType::Utf8View => codes,
            _ => cast(&codes, &DataType::Utf8View)?,
        }))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{DictionaryArray, StringArray, StringViewArray};
    use arrow::datatypes::Int32Type;

    use super::*;

    fn check(rows: &[Option<&str>], wanted: &[&str], expect: &[Option<bool>]) {
        let plain: ArrayRef = Arc::new(StringViewArray::from(rows.to_vec()));
        let few: DictionaryArray<Int32Type> = rows.iter().copied().collect();
        // The same rows over dictionaries that are longer than they are.
        let after = |unused: usize| -> ArrayRef {
            let mut values: Vec<Option<String>> = (0..unused).map(|n| Some(format!("unused {n}"))).collect();
            values.extend(rows.iter().map(|code| code.map(str::to_owned)));
            let keys = (0..rows.len()).map(|row| rows[row].map(|_| (unused + row) as i32));
            Arc::new(DictionaryArray::<Int32Type>::new(keys.collect(), Arc::new(StringArray::from(values))))
        };
        for codes in [plain, Arc::new(few) as ArrayRef, after(rows.len() + 5), after(64), after(200)] {
            assert_eq!(is_one_of(&codes, wanted).unwrap().iter().collect::<Vec<_>>(), expect);
        }
        // A dictionary of more than a word of codes, of which there are more rows.
        let often = |codes: &ArrayRef| {
            let indices: arrow::array::UInt32Array = (0..300).map(|row| row % rows.len().max(1) as u32).collect();
            take(codes, &indices, None).unwrap()
        };
        if !rows.is_empty() {
            let found = is_one_of(&often(&after(100)), wanted).unwrap();
            assert!(found.iter().zip(expect.iter().cycle()).all(|(found, expect)| found == *expect));
        }
    }

    #[test]
    fn a_code_is_looked_for_in_every_storage() {
        let rows = [Some("red"), None, Some("green"), Some("red"), Some("")];
        check(&rows, &["red"], &[Some(true), None, Some(false), Some(true), Some(false)]);
        check(&rows, &["red", ""], &[Some(true), None, Some(false), Some(true), Some(true)]);
        check(&rows, &[], &[Some(false), None, Some(false), Some(false), Some(false)]);
        check(&[None], &["red"], &[None]);
        check(&[], &["red"], &[]);
    }
}
