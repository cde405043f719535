//! Exact sums and extremes over whole and fixed-point numbers.
//!
//! The built-in sum wraps at 64 bits for whole numbers; a year of microseconds of a large administration passes that.
//! These add in 128 bits and fail, instead of wrapping, beyond.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Decimal128Array};
use arrow::datatypes::{
    DataType, Decimal128Type, Field, FieldRef, Int32Type, Int64Type, TimeUnit, TimestampMicrosecondType,
};
use datafusion::common::{DataFusionError, Result, ScalarValue};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::{Accumulator, AggregateUDFImpl, EmitTo, GroupsAccumulator, Signature, Volatility};

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
        Ok(vec![Arc::new(Field::new(args.name, args.return_field.data_type().clone(), true))])
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
        Ok(Box::new(NumberGroups { keep: self.keep, scale: *scale, values: Vec::new(), seen: Vec::new() }))
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
    fn resize(&mut self, groups: usize) {
        self.values.resize(groups, 0);
        if self.keep != Keep::Sum {
            self.seen.resize(groups, false);
        }
    }

    fn add(&mut self, group: usize, value: i128) -> Result<()> {
        match self.keep {
            Keep::Sum => {
                let sum = &mut self.values[group];
                *sum = sum.checked_add(value).ok_or_else(overflow)?;
            }
            Keep::Min | Keep::Max => {
                let better = !self.seen[group]
                    || if self.keep == Keep::Min { value < self.values[group] } else { value > self.values[group] };
                if better {
                    self.values[group] = value;
                    self.seen[group] = true;
                }
            }
        }
        Ok(())
    }

    fn add_all(
        &mut self,
        values: impl Iterator<Item = i128>,
        array: &dyn Array,
        groups: &[usize],
        filter: Option<&BooleanArray>,
    ) -> Result<()> {
        let nulls = array.nulls().filter(|nulls| nulls.null_count() > 0);
        match (nulls, filter) {
            (None, None) => {
                for (value, &group) in values.zip(groups) {
                    self.add(group, value)?;
                }
            }
            (nulls, filter) => {
                for (row, (value, &group)) in values.zip(groups).enumerate() {
                    if nulls.is_none_or(|nulls| nulls.is_valid(row)) && passes(filter, row) {
                        self.add(group, value)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn take(&mut self, emit: EmitTo) -> Result<Decimal128Array> {
        let values = emit.take_needed(&mut self.values);
        let array = if self.keep == Keep::Sum {
            Decimal128Array::from(values)
        } else {
            let seen = emit.take_needed(&mut self.seen);
            values.into_iter().zip(seen).map(|(value, seen)| seen.then_some(value)).collect()
        };
        Ok(array.with_precision_and_scale(DIGITS, self.scale)?)
    }
}

/// Whether a row passes the aggregate's filter; an unknown condition does not.
pub(super) fn passes(filter: Option<&BooleanArray>, row: usize) -> bool {
    filter.is_none_or(|filter| filter.value(row) && filter.is_valid(row))
}

fn overflow() -> DataFusionError {
    DataFusionError::Execution("a sum passes 38 digits; check the source for absurd amounts".to_owned())
}

impl GroupsAccumulator for NumberGroups {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        groups: &[usize],
        filter: Option<&BooleanArray>,
        total: usize,
    ) -> Result<()> {
        self.resize(total);
        let array = &values[0];
        match array.data_type() {
            DataType::Int64 => {
                let numbers = array.as_primitive::<Int64Type>().values().iter().map(|&v| i128::from(v));
                self.add_all(numbers, array, groups, filter)
            }
            DataType::Int32 => {
                let numbers = array.as_primitive::<Int32Type>().values().iter().map(|&v| i128::from(v));
                self.add_all(numbers, array, groups, filter)
            }
            DataType::Timestamp(TimeUnit::Microsecond, _) => {
                let numbers = array.as_primitive::<TimestampMicrosecondType>().values().iter().map(|&v| i128::from(v));
                self.add_all(numbers, array, groups, filter)
            }
            DataType::Decimal128(_, _) => {
                let numbers = array.as_primitive::<Decimal128Type>().values().iter().copied();
                self.add_all(numbers, array, groups, filter)
            }
            other => Err(DataFusionError::Internal(format!("a number part cannot add `{other}`"))),
        }
    }

    fn merge_batch(&mut self, values: &[ArrayRef], groups: &[usize], total: usize) -> Result<()> {
        self.update_batch(values, groups, None, total)
    }

    fn evaluate(&mut self, emit: EmitTo) -> Result<ArrayRef> {
        Ok(Arc::new(self.take(emit)?))
    }

    fn state(&mut self, emit: EmitTo) -> Result<Vec<ArrayRef>> {
        Ok(vec![self.evaluate(emit)?])
    }

    fn convert_to_state(&self, values: &[ArrayRef], filter: Option<&BooleanArray>) -> Result<Vec<ArrayRef>> {
        let mut alone = NumberGroups { keep: self.keep, scale: self.scale, values: Vec::new(), seen: Vec::new() };
        let rows = values[0].len();
        alone.update_batch(values, &(0..rows).collect::<Vec<_>>(), filter, rows)?;
        alone.state(EmitTo::All)
    }

    fn size(&self) -> usize {
        self.values.capacity() * size_of::<i128>() + self.seen.capacity()
    }
}

/// A groups accumulator with a single group, for queries without grouping.
pub(super) struct SingleGroup {
    /// Never contended: the lock is there because the engine shares accumulators by reference.
    groups: Mutex<Box<dyn GroupsAccumulator>>,
    state: DataType,
}

impl SingleGroup {
    /// Wraps a groups accumulator whose state has that type.
    pub(super) fn new(groups: Box<dyn GroupsAccumulator>, state: DataType) -> Self {
        SingleGroup { groups: Mutex::new(groups), state }
    }

    fn groups(&mut self) -> &mut dyn GroupsAccumulator {
        self.groups.get_mut().unwrap_or_else(PoisonError::into_inner).as_mut()
    }

    /// Without a row there is still one answer: that of nothing.
    fn ensure_group(&mut self) -> Result<()> {
        let none = arrow::array::new_empty_array(&self.state);
        self.groups().merge_batch(&[none], &[], 1)
    }
}

impl fmt::Debug for SingleGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SingleGroup")
    }
}

impl Accumulator for SingleGroup {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        let groups = vec![0; values[0].len()];
        self.groups().update_batch(values, &groups, None, 1)
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        self.ensure_group()?;
        ScalarValue::try_from_array(&self.groups().evaluate(EmitTo::All)?, 0)
    }

    fn size(&self) -> usize {
        self.groups.lock().unwrap_or_else(PoisonError::into_inner).size()
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        self.ensure_group()?;
        self.groups().state(EmitTo::All)?.iter().map(|array| ScalarValue::try_from_array(array, 0)).collect()
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        let groups = vec![0; states[0].len()];
        self.groups().merge_batch(states, &groups, 1)
    }
}
