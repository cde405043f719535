//! Parts that are more than a number: their state is canonical bytes.

use std::fmt::Debug;
use std::hash::Hash;
use std::marker::PhantomData;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryBuilder, Float64Array};
use arrow::datatypes::{DataType, Decimal128Type, FieldRef, Float64Type, Int32Type, Int64Type};
use datafusion::common::{DataFusionError, Result};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::AggregateOrderSensitivity;
use datafusion::logical_expr::{Accumulator, AggregateUDFImpl, EmitTo, GroupsAccumulator, Signature, Volatility};
use mizan_ingest::layout::code_type;
use mizan_stats::distinct::DistinctSketch;
use mizan_stats::log_histogram::LogHistogram;
use mizan_stats::minute_histogram::MinuteHistogram;
use mizan_stats::moments::Moments;
use mizan_stats::survival::SurvivalTable;

use super::accumulate::{Accumulate, PartGroups, SingleGroup, state_field};
use super::rows::Rows;

/// A part with canonical bytes that can be fed from a column.
pub trait SketchPart: Debug + Send + Sync + 'static {
    /// The state of one group.
    type State: Default + Send + 'static;
    /// Name of the aggregate.
    const NAME: &'static str;
    /// Type that the column is cast to before it is fed; `None`: any type is taken.
    fn input(argument: &DataType) -> Result<DataType>;
    /// Adds the rows of a batch to the states of their groups.
    fn feed(states: &mut [Self::State], column: &ArrayRef, rows: Rows<'_>) -> Result<()>;
    /// Merges canonical bytes into a state.
    fn merge(state: &mut Self::State, bytes: &[u8]) -> Result<()>;
    /// Appends the state's canonical bytes; nothing for an empty state.
    fn encode(state: &Self::State, bytes: &mut Vec<u8>);
    /// Bytes on the heap.
    fn heap_size(state: &Self::State) -> usize;
}

/// The aggregate of a kind of part.
pub struct SketchAggregate<P> {
    signature: Signature,
    part: PhantomData<fn() -> P>,
}

impl<P: SketchPart> SketchAggregate<P> {
    /// The aggregate.
    pub fn new() -> Self {
        SketchAggregate { signature: Signature::user_defined(Volatility::Immutable), part: PhantomData }
    }
}

impl<P: SketchPart> Debug for SketchAggregate<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(P::NAME)
    }
}

impl<P: SketchPart> PartialEq for SketchAggregate<P> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<P: SketchPart> Eq for SketchAggregate<P> {}

impl<P: SketchPart> Hash for SketchAggregate<P> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        P::NAME.hash(state);
    }
}

impl<P: SketchPart> AggregateUDFImpl for SketchAggregate<P> {
    fn name(&self) -> &str {
        P::NAME
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, arguments: &[DataType]) -> Result<Vec<DataType>> {
        match arguments {
            [argument] => Ok(vec![P::input(argument)?]),
            _ => Err(DataFusionError::Plan(format!("`{}` takes one argument", P::NAME))),
        }
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Binary)
    }

    fn state_fields(&self, args: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        Ok(state_field(&args))
    }

    fn accumulator(&self, args: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        Ok(Box::new(SingleGroup::new(self.create_groups_accumulator(args)?, DataType::Binary)))
    }

    fn groups_accumulator_supported(&self, _: AccumulatorArgs) -> bool {
        true
    }

    fn create_groups_accumulator(&self, _: AccumulatorArgs) -> Result<Box<dyn GroupsAccumulator>> {
        Ok(Box::new(Accumulate(SketchGroups::<P>::new())))
    }

    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        AggregateOrderSensitivity::Insensitive
    }
}

/// One state for each group.
struct SketchGroups<P: SketchPart> {
    states: Vec<P::State>,
    /// Heap of all states, counted anew every few batches: counting walks over all groups.
    heap: usize,
    batches_since_count: usize,
}

/// Batches between two counts of the heap.
const COUNT_EVERY: usize = 32;

impl<P: SketchPart> SketchGroups<P> {
    fn new() -> Self {
        SketchGroups { states: Vec::new(), heap: 0, batches_since_count: 0 }
    }

    fn after_batch(&mut self) {
        self.batches_since_count += 1;
        if self.batches_since_count >= COUNT_EVERY {
            self.batches_since_count = 0;
            self.heap = self.states.iter().map(P::heap_size).sum();
        }
    }
}

impl<P: SketchPart> PartGroups for SketchGroups<P> {
    fn fresh(&self) -> Self {
        SketchGroups::new()
    }

    fn resize(&mut self, groups: usize) {
        self.states.resize_with(groups, P::State::default);
    }

    fn feed(&mut self, columns: &[ArrayRef], rows: Rows<'_>) -> Result<()> {
        P::feed(&mut self.states, &columns[0], rows)?;
        self.after_batch();
        Ok(())
    }

    fn merge(&mut self, states: &ArrayRef, groups: &[usize]) -> Result<()> {
        let bytes = arrow::compute::cast(states, &DataType::Binary)?;
        let bytes = bytes.as_binary::<i32>();
        for (row, &group) in groups.iter().enumerate() {
            if bytes.is_valid(row) {
                P::merge(&mut self.states[group], bytes.value(row))?;
            }
        }
        self.after_batch();
        Ok(())
    }

    fn take(&mut self, emit: EmitTo) -> Result<ArrayRef> {
        let states = emit.take_needed(&mut self.states);
        self.heap = self.states.iter().map(P::heap_size).sum();
        let mut array = BinaryBuilder::with_capacity(states.len(), states.len() * 16);
        let mut bytes = Vec::new();
        for state in states {
            bytes.clear();
            P::encode(&state, &mut bytes);
            array.append_option((!bytes.is_empty()).then_some(bytes.as_slice()));
        }
        Ok(Arc::new(array.finish()))
    }

    fn size(&self) -> usize {
        self.states.capacity() * size_of::<P::State>() + self.heap
    }
}

fn broken(error: impl std::fmt::Display) -> DataFusionError {
    DataFusionError::Execution(format!("a stored part cannot be read: {error}"))
}

fn numbers_only(name: &str, argument: &DataType) -> Result<DataType> {
    match argument {
        DataType::Int64 => Ok(DataType::Int64),
        DataType::Int32 | DataType::Int16 | DataType::Int8 => Ok(DataType::Int64),
        DataType::Decimal128(_, _) => Ok(argument.clone()),
        other => Err(DataFusionError::Plan(format!("`{name}` takes whole or fixed-point numbers, not `{other}`"))),
    }
}

/// `part_minutes(us)`.
#[derive(Debug)]
pub struct MinutesPart;

impl SketchPart for MinutesPart {
    type State = MinuteHistogram;
    const NAME: &'static str = "part_minutes";

    fn input(_: &DataType) -> Result<DataType> {
        Ok(DataType::Int64)
    }

    fn feed(states: &mut [MinuteHistogram], column: &ArrayRef, rows: Rows<'_>) -> Result<()> {
        let durations = column.as_primitive::<Int64Type>();
        rows.for_each(durations, |group, row| {
            states[group].add_microseconds(durations.value(row));
            Ok(())
        })
    }

    fn merge(state: &mut MinuteHistogram, bytes: &[u8]) -> Result<()> {
        state.merge_encoded(bytes).map_err(broken)
    }

    fn encode(state: &MinuteHistogram, bytes: &mut Vec<u8>) {
        if state.count() > 0 {
            state.encode(bytes);
        }
    }

    fn heap_size(state: &MinuteHistogram) -> usize {
        state.heap_size()
    }
}

/// `part_log(x)`.
#[derive(Debug)]
pub struct LogPart;

impl SketchPart for LogPart {
    type State = LogHistogram;
    const NAME: &'static str = "part_log";

    fn input(argument: &DataType) -> Result<DataType> {
        Ok(match argument {
            DataType::Decimal128(_, _) => argument.clone(),
            _ => DataType::Float64,
        })
    }

    fn feed(states: &mut [LogHistogram], column: &ArrayRef, rows: Rows<'_>) -> Result<()> {
        let numbers: Float64Array = match column.data_type() {
            DataType::Decimal128(_, scale) => {
                let unit = 10_f64.powi(i32::from(*scale));
                column.as_primitive::<Decimal128Type>().unary(|amount| float(amount) / unit)
            }
            _ => column.as_primitive::<Float64Type>().clone(),
        };
        rows.for_each(&numbers, |group, row| {
            states[group].add(numbers.value(row));
            Ok(())
        })
    }

    fn merge(state: &mut LogHistogram, bytes: &[u8]) -> Result<()> {
        state.merge(&LogHistogram::decode(bytes).map_err(broken)?);
        Ok(())
    }

    fn encode(state: &LogHistogram, bytes: &mut Vec<u8>) {
        if state.count() > 0 {
            state.encode(bytes);
        }
    }

    fn heap_size(state: &LogHistogram) -> usize {
        state.heap_size()
    }
}

/// A whole number as a floating-point one; nearly all fit 64 bits, which is much quicker.
#[inline]
fn float(number: i128) -> f64 {
    #[cold]
    fn wide(number: i128) -> f64 {
        number as f64
    }
    let narrow = number as i64;
    if i128::from(narrow) == number { narrow as f64 } else { wide(number) }
}

/// `part_distinct(x)`.
#[derive(Debug)]
pub struct DistinctPart;

impl SketchPart for DistinctPart {
    type State = DistinctSketch;
    const NAME: &'static str = "part_distinct";

    fn input(argument: &DataType) -> Result<DataType> {
        // Equal values must hash alike however a file stores them, so texts are views and all the rest whole numbers.
        Ok(match argument {
            stored if *stored == code_type() => code_type(),
            DataType::Utf8 | DataType::Utf8View | DataType::LargeUtf8 | DataType::Dictionary(_, _) => {
                DataType::Utf8View
            }
            DataType::Date32 | DataType::Boolean | DataType::Int8 | DataType::Int16 | DataType::Int32 => {
                DataType::Int64
            }
            DataType::Timestamp(_, _) | DataType::Int64 => DataType::Int64,
            DataType::Decimal128(_, _) => DataType::Utf8View,
            other => {
                return Err(DataFusionError::Plan(format!("`part_distinct` cannot count `{other}`")));
            }
        })
    }

    fn feed(states: &mut [DistinctSketch], column: &ArrayRef, rows: Rows<'_>) -> Result<()> {
        if let Some(codes) = column.as_dictionary_opt::<Int32Type>() {
            let (keys, texts) = (codes.keys(), codes.values().as_string::<i32>());
            rows.for_each(codes, |group, row| {
                states[group].add_bytes(texts.value(keys.value(row) as usize).as_bytes());
                Ok(())
            })
        } else if column.data_type() == &DataType::Utf8View {
            let texts = column.as_string_view();
            rows.for_each(texts, |group, row| {
                states[group].add_bytes(texts.value(row).as_bytes());
                Ok(())
            })
        } else {
            let numbers = column.as_primitive::<Int64Type>();
            rows.for_each(numbers, |group, row| {
                states[group].add_bytes(&numbers.value(row).to_le_bytes());
                Ok(())
            })
        }
    }

    fn merge(state: &mut DistinctSketch, bytes: &[u8]) -> Result<()> {
        state.merge(&DistinctSketch::decode(bytes).map_err(broken)?);
        Ok(())
    }

    fn encode(state: &DistinctSketch, bytes: &mut Vec<u8>) {
        if !state.is_empty() {
            state.encode(bytes);
        }
    }

    fn heap_size(state: &DistinctSketch) -> usize {
        state.heap_size()
    }
}

/// `part_moments(x)`.
#[derive(Debug)]
pub struct MomentsPart;

impl SketchPart for MomentsPart {
    type State = Moments;
    const NAME: &'static str = "part_moments";

    fn input(argument: &DataType) -> Result<DataType> {
        numbers_only(Self::NAME, argument)
    }

    fn feed(states: &mut [Moments], column: &ArrayRef, rows: Rows<'_>) -> Result<()> {
        if let Some(numbers) = column.as_primitive_opt::<Decimal128Type>() {
            rows.for_each(numbers, |group, row| states[group].add(numbers.value(row)).map_err(broken))
        } else {
            let numbers = column.as_primitive::<Int64Type>();
            rows.for_each(numbers, |group, row| states[group].add(numbers.value(row).into()).map_err(broken))
        }
    }

    fn merge(state: &mut Moments, bytes: &[u8]) -> Result<()> {
        state.merge(&Moments::decode(bytes).map_err(broken)?).map_err(broken)
    }

    fn encode(state: &Moments, bytes: &mut Vec<u8>) {
        if state.n > 0 {
            state.encode(bytes);
        }
    }

    fn heap_size(_: &Moments) -> usize {
        0
    }
}

/// `part_survival(k)`: `k` is what `mizan_clock` gives; unusable records do not count.
#[derive(Debug)]
pub struct SurvivalPart;

impl SketchPart for SurvivalPart {
    type State = SurvivalTable;
    const NAME: &'static str = "part_survival";

    fn input(_: &DataType) -> Result<DataType> {
        Ok(DataType::Int64)
    }

    fn feed(states: &mut [SurvivalTable], column: &ArrayRef, rows: Rows<'_>) -> Result<()> {
        let classes = column.as_primitive::<Int64Type>();
        rows.for_each(classes, |group, row| {
            match classes.value(row) {
                crate::functions::UNUSABLE => {}
                duration @ 0.. => states[group].add_event_microseconds(duration),
                pending => states[group].add_censored_microseconds(-1 - pending),
            }
            Ok(())
        })
    }

    fn merge(state: &mut SurvivalTable, bytes: &[u8]) -> Result<()> {
        state.merge_encoded(bytes).map_err(broken)
    }

    fn encode(state: &SurvivalTable, bytes: &mut Vec<u8>) {
        if state.count() > 0 {
            state.encode(bytes);
        }
    }

    fn heap_size(state: &SurvivalTable) -> usize {
        state.heap_size()
    }
}
