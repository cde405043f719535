//! What all aggregates of ours share: the engine's interfaces for groups and for a single answer, around a kind's own
//! state.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use arrow::array::{ArrayRef, BooleanArray};
use arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::function::StateFieldsArgs;
use datafusion::logical_expr::{Accumulator, EmitTo, GroupsAccumulator};

use super::rows::Rows;

/// The states of all groups of an aggregate. Its state between stages is the same column as its answer.
pub trait PartGroups: Send + 'static {
    /// The same aggregate without groups.
    fn fresh(&self) -> Self;
    /// Makes room for so many groups; new ones are empty.
    fn resize(&mut self, groups: usize);
    /// Adds rows.
    ///
    /// # Errors
    /// A number passes its type.
    fn feed(&mut self, columns: &[ArrayRef], rows: Rows<'_>) -> Result<()>;
    /// Merges states: one a row, into the group of that row.
    ///
    /// # Errors
    /// Bytes that are no state, or a number passes its type.
    fn merge(&mut self, states: &ArrayRef, groups: &[usize]) -> Result<()>;
    /// Gives the states of the first groups, or of all, and forgets them.
    ///
    /// # Errors
    /// The answer cannot be built.
    fn take(&mut self, emit: EmitTo) -> Result<ArrayRef>;
    /// Bytes on the heap.
    fn size(&self) -> usize;
}

/// A kind's states as the engine's accumulator.
pub struct Accumulate<G>(pub G);

impl<G: PartGroups> GroupsAccumulator for Accumulate<G> {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        groups: &[usize],
        filter: Option<&BooleanArray>,
        total: usize,
    ) -> Result<()> {
        self.0.resize(total);
        self.0.feed(values, Rows { groups, filter })
    }

    fn merge_batch(&mut self, values: &[ArrayRef], groups: &[usize], total: usize) -> Result<()> {
        self.0.resize(total);
        self.0.merge(&values[0], groups)
    }

    fn evaluate(&mut self, emit: EmitTo) -> Result<ArrayRef> {
        self.0.take(emit)
    }

    fn state(&mut self, emit: EmitTo) -> Result<Vec<ArrayRef>> {
        Ok(vec![self.0.take(emit)?])
    }

    fn convert_to_state(&self, values: &[ArrayRef], filter: Option<&BooleanArray>) -> Result<Vec<ArrayRef>> {
        let mut alone = Accumulate(self.0.fresh());
        let rows = values[0].len();
        alone.update_batch(values, &(0..rows).collect::<Vec<_>>(), filter, rows)?;
        alone.state(EmitTo::All)
    }

    fn size(&self) -> usize {
        self.0.size()
    }
}

/// The one column of the state of every aggregate.
pub fn state_field(args: &StateFieldsArgs) -> Vec<FieldRef> {
    vec![Arc::new(Field::new(args.name, args.return_field.data_type().clone(), true))]
}

/// A groups accumulator with a single group, for queries without grouping.
pub struct SingleGroup {
    /// Never contended: the lock is there because the engine shares accumulators by reference.
    groups: Mutex<Box<dyn GroupsAccumulator>>,
    state: DataType,
}

impl SingleGroup {
    /// Wraps a groups accumulator whose state has that type.
    pub fn new(groups: Box<dyn GroupsAccumulator>, state: DataType) -> Self {
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
