//! `mizan_earliest(a, b, …)` and `mizan_latest(a, b, …)`: `least` and `greatest` of time stamps.
//!
//! The engine compares values of any type through a function that it looks up, and then picks row by row; clocks that
//! start at the earlier of two stamps are common enough to do better.

use arrow::array::{Array, TimestampMicrosecondArray};
use arrow::buffer::{BooleanBuffer, NullBuffer};
use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};

use super::{answer, fail, micros, timestamp_type};

/// The earliest or latest of some stamps; empty ones do not count, and of none there is none.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Extreme {
    latest: bool,
    signature: Signature,
}

impl Extreme {
    /// The function.
    pub fn new(latest: bool) -> Self {
        Extreme { latest, signature: Signature::user_defined(Volatility::Immutable) }
    }
}

impl ScalarUDFImpl for Extreme {
    fn name(&self) -> &str {
        if self.latest { "mizan_latest" } else { "mizan_earliest" }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, arguments: &[DataType]) -> Result<Vec<DataType>> {
        Ok(vec![timestamp_type(); arguments.len()])
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(timestamp_type())
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        // Where a stamp is empty stands what every other is better than.
        let worst = if self.latest { i64::MIN } else { i64::MAX };
        let mut best = vec![worst; args.number_rows];
        let mut known: Option<BooleanBuffer> = None;
        for stamps in &args.args {
            let stamps = micros(stamps, args.number_rows)?;
            let nulls = stamps.nulls().filter(|nulls| nulls.null_count() > 0);
            let filled = nulls.map_or_else(|| BooleanBuffer::new_set(args.number_rows), |nulls| nulls.inner().clone());
            let better =
                |best: &mut i64, stamp: i64| *best = if self.latest { stamp.max(*best) } else { stamp.min(*best) };
            if nulls.is_none() {
                best.iter_mut().zip(stamps.values()).for_each(|(best, &stamp)| better(best, stamp));
            } else {
                let words = filled.bit_chunks().iter_padded();
                let rows = best.chunks_mut(u64::BITS as usize).zip(stamps.values().chunks(u64::BITS as usize));
                for (word, (best, stamps)) in words.zip(rows) {
                    for (bit, (best, &stamp)) in best.iter_mut().zip(stamps).enumerate() {
                        better(best, if word >> bit & 1 == 1 { stamp } else { worst });
                    }
                }
            }
            known = Some(match known {
                Some(known) => &known | &filled,
                None => filled,
            });
        }
        let Some(known) = known else { return fail(self, "no stamp to look at") };
        let extreme = TimestampMicrosecondArray::new(best.into(), Some(NullBuffer::new(known)));
        Ok(answer(extreme.with_timezone("UTC")))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{ArrayRef, AsArray};
    use arrow::datatypes::TimestampMicrosecondType;

    use super::super::tests::call;
    use super::*;

    fn check(latest: bool, expect: &[Option<i64>]) {
        let stamps = |values: Vec<Option<i64>>| -> ArrayRef {
            Arc::new(TimestampMicrosecondArray::from(values).with_timezone("UTC"))
        };
        let columns = vec![
            stamps(vec![Some(1), Some(5), None, None, Some(i64::MAX)]),
            stamps(vec![Some(2), Some(-3), Some(7), None, None]),
        ];
        let answer = call(&Extreme::new(latest), columns);
        assert_eq!(answer.as_primitive::<TimestampMicrosecondType>().iter().collect::<Vec<_>>(), expect);
    }

    #[test]
    fn empty_stamps_do_not_count() {
        check(false, &[Some(1), Some(-3), Some(7), None, Some(i64::MAX)]);
        check(true, &[Some(2), Some(5), Some(7), None, Some(i64::MAX)]);
    }
}
