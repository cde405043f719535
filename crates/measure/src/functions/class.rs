//! What the number of `mizan_clock` says: `mizan_is_usable(e)`, `mizan_is_unusable(e)`, `mizan_usable(e, y)`, and
//! `mizan_seconds(k)` of a duration.

use arrow::array::{AsArray, BooleanArray, Int64Array};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{DataType, Int64Type};
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};

use super::clock::UNUSABLE;
use super::{answer, array};
use crate::bits;

/// Whether records are of a class. Every record is of one.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct IsClass {
    signature: Signature,
    usable: bool,
}

impl IsClass {
    /// The function that is true for usable records, or for unusable ones.
    pub fn new(usable: bool) -> Self {
        IsClass { signature: Signature::exact(vec![DataType::Int64], Volatility::Immutable), usable }
    }
}

impl ScalarUDFImpl for IsClass {
    fn name(&self) -> &str {
        if self.usable { "mizan_is_usable" } else { "mizan_is_unusable" }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Boolean)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let classes = array(&args.args[0], args.number_rows)?;
        let classes = &classes.as_primitive::<Int64Type>().values()[..];
        let is_class = match self.usable {
            true => bits::collect(classes.len(), |row| classes[row] >= 0),
            false => bits::collect(classes.len(), |row| classes[row] == UNUSABLE),
        };
        Ok(answer(BooleanArray::from(is_class)))
    }
}

/// The duration of usable records, given which they are; NULL for the others.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Usable(Signature);

impl Usable {
    /// The function.
    pub fn new() -> Self {
        Usable(Signature::exact(vec![DataType::Int64, DataType::Boolean], Volatility::Immutable))
    }
}

impl ScalarUDFImpl for Usable {
    fn name(&self) -> &str {
        "mizan_usable"
    }

    fn signature(&self) -> &Signature {
        &self.0
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Int64)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let classes = array(&args.args[0], args.number_rows)?;
        let usable = array(&args.args[1], args.number_rows)?;
        let usable = NullBuffer::new(usable.as_boolean().values().clone());
        Ok(answer(Int64Array::new(classes.as_primitive::<Int64Type>().values().clone(), Some(usable))))
    }
}

/// Whole seconds of a duration: a constant divisor is not divided by.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Seconds(Signature);

impl Seconds {
    /// The function.
    pub fn new() -> Self {
        Seconds(Signature::exact(vec![DataType::Int64], Volatility::Immutable))
    }
}

impl ScalarUDFImpl for Seconds {
    fn name(&self) -> &str {
        "mizan_seconds"
    }

    fn signature(&self) -> &Signature {
        &self.0
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Int64)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let durations = array(&args.args[0], args.number_rows)?;
        Ok(answer(durations.as_primitive::<Int64Type>().unary::<_, Int64Type>(|microseconds| microseconds / 1_000_000)))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::ArrayRef;

    use super::super::tests::call;
    use super::*;

    #[test]
    fn a_record_is_of_one_class() {
        let classes: ArrayRef = Arc::new(Int64Array::from(vec![0, 5_999_999, -1, UNUSABLE, UNUSABLE + 1, i64::MAX]));
        let is = |usable| {
            let answer = call(&IsClass::new(usable), vec![Arc::clone(&classes)]);
            answer.as_boolean().iter().map(Option::unwrap).collect::<Vec<bool>>()
        };
        assert_eq!(is(true), [true, true, false, false, false, true]);
        assert_eq!(is(false), [false, false, false, true, false, false]);
        let usable: ArrayRef = Arc::new(BooleanArray::from(is(true)));
        let durations = call(&Usable::new(), vec![classes, usable]);
        let read = |durations: &ArrayRef| durations.as_primitive::<Int64Type>().iter().collect::<Vec<_>>();
        assert_eq!(read(&durations), [Some(0), Some(5_999_999), None, None, None, Some(i64::MAX)]);
        let seconds = read(&call(&Seconds::new(), vec![durations]));
        assert_eq!(seconds, [Some(0), Some(5), None, None, None, Some(i64::MAX / 1_000_000)]);
    }
}
