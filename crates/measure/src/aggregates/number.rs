//! Exact sums and extremes over whole and fixed-point numbers.
//!
//! The built-in sum wraps at 64 bits for whole numbers; a year of microseconds of a large administration passes that.
//! These add in 128 bits and fail, instead of wrapping, beyond.

use std::sync::Arc;

use arrow::array::{ArrayRef, ArrowPrimitiveType, AsArray, Decimal128Array};
use arrow::datatypes::{DataType, Decimal128Type, FieldRef, Int32Type, Int64Type, TimeUnit, TimestampMicrosecondType};
use datafusion::common::{DataFusionError, Result};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::{Accumulator, AggregateUDFImpl, EmitTo, GroupsAccumulator, Signature, Volatility};

use super::accumulate::{Accumulate, PartGroups, SingleGroup, state_field};
use super::rows::Rows;

/// Most digits that a 128-bit decimal holds.
const DIGITS: u8 = 38;

/// Which number is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Keep {
    Sum,
    Min,
    Max,
}

/// `part_sum`, `part_min` and `part_max`: give `Decimal128(38, scale of the input)`.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct NumberAggregate {
    keep: Keep,
    signature: Signature,
}

impl NumberAggregate {
    /// `part_sum(x)`.
    pub fn sum() -> Self {
        Self::new(Keep::Sum)
    }

    /// `part_min(x)`.
    pub fn min() -> Self {
        Self::new(Keep::Min)
    }

    /// `part_max(x)`.
    pub fn max() -> Self {
        Self::new(Keep::Max)
    }

    fn new(keep: Keep) -> Self {
        NumberAggregate { keep, signature: Signature::any(1, Volatility::Immutable) }
    }
}

impl AggregateUDFImpl for NumberAggregate {
    fn name(&self) -> &str {
        match self.keep {
            Keep::Sum => "part_sum",
            Keep::Min => "part_min",
            Keep::Max => "part_max",
        }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, arguments: &[DataType]) -> Result<DataType> {
        match &arguments[0] {
            DataType::Int64 | DataType::Int32 | DataType::Timestamp(TimeUnit::Microsecond, _) => {
                Ok(DataType::Decimal128(DIGITS, 0))
            }
            DataType::Decimal128(_, scale) => Ok(DataType::Decimal128(DIGITS, *scale)),
            other => Err(DataFusionError::Plan(format!(
                "`{}` takes whole or fixed-point numbers, not `{other}`",
                self.name()
            ))),
        }
    }

    fn state_fields(&self, args: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        Ok(state_field(&args))
    }

    fn accumulator(&self, args: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        let state = args.return_field.data_type().clone();
        Ok(Box::new(SingleGroup::new(self.create_groups_accumulator(args)?, state)))
    }

    fn groups_accumulator_supported(&self, _: AccumulatorArgs) -> bool {
        true
    }

    fn create_groups_accumulator(&self, args: AccumulatorArgs) -> Result<Box<dyn GroupsAccumulator>> {
        let DataType::Decimal128(_, scale) = args.return_field.data_type() else {
            return Err(DataFusionError::Internal("a number part is a decimal".to_owned()));
        };
        Ok(Box::new(Accumulate(NumberGroups { keep: self.keep, scale: *scale, values: Vec::new(), seen: Vec::new() })))
    }

    fn order_sensitivity(&self) -> datafusion::logical_expr::utils::AggregateOrderSensitivity {
        datafusion::logical_expr::utils::AggregateOrderSensitivity::Insensitive
    }
}

/// One number for each group.
struct NumberGroups {
    keep: Keep,
    scale: i8,
    values: Vec<i128>,
    /// Only for extremes: whether a value was seen. A sum of nothing is 0, the neutral element of merging.
    seen: Vec<bool>,
}

impl NumberGroups {
    fn add<T: ArrowPrimitiveType>(&mut self, column: &ArrayRef, rows: Rows<'_>) -> Result<()>
    where
        T::Native: Into<i128>,
    {
        let numbers = column.as_primitive::<T>();
        let values = &mut self.values[..];
        match self.keep {
            Keep::Sum => rows.for_each(numbers, |group, row| {
                let sum = &mut values[group];
                *sum = sum.checked_add(numbers.value(row).into()).ok_or_else(overflow)?;
                Ok(())
            }),
            Keep::Min | Keep::Max => {
                let (seen, smallest) = (&mut self.seen[..], self.keep == Keep::Min);
                rows.for_each(numbers, |group, row| {
                    let value = numbers.value(row).into();
                    let known = values[group];
                    if !seen[group] || if smallest { value < known } else { value > known } {
                        values[group] = value;
                        seen[group] = true;
                    }
                    Ok(())
                })
            }
        }
    }
}

fn overflow() -> DataFusionError {
    DataFusionError::Execution("a sum passes 38 digits; check the source for absurd amounts".to_owned())
}

impl PartGroups for NumberGroups {
    fn fresh(&self) -> Self {
        NumberGroups { keep: self.keep, scale: self.scale, values: Vec::new(), seen: Vec::new() }
    }

    fn resize(&mut self, groups: usize) {
        self.values.resize(groups, 0);
        if self.keep != Keep::Sum {
            self.seen.resize(groups, false);
        }
    }

    fn feed(&mut self, columns: &[ArrayRef], rows: Rows<'_>) -> Result<()> {
        let column = &columns[0];
        match column.data_type() {
            DataType::Int64 => self.add::<Int64Type>(column, rows),
            DataType::Int32 => self.add::<Int32Type>(column, rows),
            DataType::Timestamp(TimeUnit::Microsecond, _) => self.add::<TimestampMicrosecondType>(column, rows),
            DataType::Decimal128(_, _) => self.add::<Decimal128Type>(column, rows),
            other => Err(DataFusionError::Internal(format!("a number part cannot add `{other}`"))),
        }
    }

    fn merge(&mut self, states: &ArrayRef, groups: &[usize]) -> Result<()> {
        self.add::<Decimal128Type>(states, Rows { groups, filter: None })
    }

    fn take(&mut self, emit: EmitTo) -> Result<ArrayRef> {
        let values = emit.take_needed(&mut self.values);
        let array = if self.keep == Keep::Sum {
            Decimal128Array::from(values)
        } else {
            let seen = emit.take_needed(&mut self.seen);
            values.into_iter().zip(seen).map(|(value, seen)| seen.then_some(value)).collect()
        };
        Ok(Arc::new(array.with_precision_and_scale(DIGITS, self.scale)?))
    }

    fn size(&self) -> usize {
        self.values.capacity() * size_of::<i128>() + self.seen.capacity()
    }
}
