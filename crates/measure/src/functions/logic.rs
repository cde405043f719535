//! `mizan_all(a, b, …)` and `mizan_and(a, b)`: conjunctions that look at whole columns.
//!
//! The engine's `AND` saves the right side for the rows that pass the left one, and copies every column of the batch to do
//! so. Where the right side is a comparison, that costs more than it saves.

use std::sync::Arc;

use arrow::array::{Array, AsArray, BooleanArray};
use arrow::buffer::BooleanBuffer;
use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};

use super::{answer, array};

/// True where all conditions are, false elsewhere: unknown is no.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct All(Signature);

impl All {
    /// The function.
    pub fn new() -> Self {
        All(Signature::user_defined(Volatility::Immutable))
    }
}

impl ScalarUDFImpl for All {
    fn name(&self) -> &str {
        "mizan_all"
    }

    fn signature(&self) -> &Signature {
        &self.0
    }

    fn coerce_types(&self, arguments: &[DataType]) -> Result<Vec<DataType>> {
        Ok(vec![DataType::Boolean; arguments.len()])
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Boolean)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let mut met: Option<BooleanBuffer> = None;
        for condition in &args.args {
            let condition = array(condition, args.number_rows)?;
            let condition = condition.as_boolean();
            let answer = match condition.nulls() {
                Some(known) if known.null_count() > 0 => condition.values() & known.inner(),
                _ => condition.values().clone(),
            };
            met = Some(match met {
                Some(met) => &met & &answer,
                None => answer,
            });
        }
        Ok(answer(BooleanArray::from(met.unwrap_or_else(|| BooleanBuffer::new_set(args.number_rows)))))
    }
}

/// `AND` of three-valued logic: false where one side is, else unknown where one is.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct And(Signature);

impl And {
    /// The function.
    pub fn new() -> Self {
        And(Signature::exact(vec![DataType::Boolean, DataType::Boolean], Volatility::Immutable))
    }
}

impl ScalarUDFImpl for And {
    fn name(&self) -> &str {
        "mizan_and"
    }

    fn signature(&self) -> &Signature {
        &self.0
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Boolean)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let left = array(&args.args[0], args.number_rows)?;
        let right = array(&args.args[1], args.number_rows)?;
        let both = arrow::compute::and_kleene(left.as_boolean(), right.as_boolean())?;
        Ok(ColumnarValue::Array(Arc::new(both)))
    }
}

#[cfg(test)]
mod tests {
    use arrow::array::ArrayRef;

    use super::super::tests;
    use super::*;

    fn call(function: &impl ScalarUDFImpl, left: &[Option<bool>], right: &[Option<bool>]) -> Vec<Option<bool>> {
        let columns = [left, right].map(|answers| Arc::new(BooleanArray::from(answers.to_vec())) as ArrayRef);
        tests::call(function, columns.to_vec()).as_boolean().iter().collect()
    }

    #[test]
    fn unknown_is_no_in_all_and_unknown_in_and() {
        let (yes, no, unknown) = (Some(true), Some(false), None);
        let left = [yes, yes, yes, no, no, no, unknown, unknown, unknown];
        let right = [yes, no, unknown, yes, no, unknown, yes, no, unknown];
        assert_eq!(call(&All::new(), &left, &right), [yes, no, no, no, no, no, no, no, no]);
        assert_eq!(call(&And::new(), &left, &right), [yes, no, unknown, no, no, no, unknown, no, unknown]);
    }
}
