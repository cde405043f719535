//! Runs the query of a scan and puts the answer into canonical order.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Date32Array, Int32Array, Int64Array, RecordBatch, StringArray};
use arrow::compute::{SortColumn, cast, concat_batches, lexsort_to_indices, take_record_batch};
use arrow::datatypes::{DataType, Field, Schema};
use datafusion::common::{DataFusionError, Result, ScalarValue};
use datafusion::datasource::{MemTable, TableProvider};
use datafusion::physical_plan::{ExecutionPlan, collect};
use datafusion::prelude::SessionContext;
use sha2::{Digest, Sha256};

use mizan_model::expression::parts::PartKind;
use mizan_model::period::Month;

use crate::aggregates::flags::{MOST_FLAGS, counts};
use crate::part_value::PartScale;
use crate::plan::{Place, PlannedPart, Scan};
use crate::records::PARTITION;
use crate::time_key::TimeKey;

/// Column of a dimension in measured cells: its name, and a hash of its expression where that is not the field itself.
pub fn dimension_column(dimension: &crate::plan::Dimension) -> String {
    if dimension.is_field {
        format!("d_{}", dimension.name)
    } else {
        let digest = Sha256::digest(format!("{}{}", dimension.sql, dimension.calendars));
        format!("d_{}_{:02x}{:02x}{:02x}{:02x}", dimension.name, digest[0], digest[1], digest[2], digest[3])
    }
}

/// Measures some parts of a scan over a table of records: [`plan`] and [`run`] together.
///
/// # Errors
/// The engine's: a file that cannot be read, an overflow, no memory and no disk left.
pub async fn measure(
    context: &SessionContext,
    scan: &Scan,
    parts: &[PlannedPart],
    records: Arc<dyn TableProvider>,
    months: std::ops::RangeInclusive<Month>,
    place: &Place,
) -> Result<RecordBatch> {
    let plan = plan(context, scan, &scan.sql_of(parts, place), records, months).await?;
    run(context, plan, scan, parts, place).await
}

/// The plan of a scan's query.
///
/// # Errors
/// The engine's.
pub async fn plan(
    context: &SessionContext,
    scan: &Scan,
    sql: &str,
    records: Arc<dyn TableProvider>,
    months: std::ops::RangeInclusive<Month>,
) -> Result<Arc<dyn ExecutionPlan>> {
    context.deregister_table("records")?;
    context.register_table("records", records)?;
    if scan.stock.is_some() {
        context.deregister_table("_months")?;
        context.register_table("_months", Arc::new(month_table(months)?))?;
    }
    context.sql(sql).await?.create_physical_plan().await
}

/// Runs the plan of a query that measures some parts of a scan.
///
/// Gives one row a cell, sorted by partition, times and dimensions, with columns `_partition`, one a time anchor (named
/// by its id), one a dimension (text, see [`dimension_column`]) and one a part (named by its id).
///
/// # Errors
/// The engine's: a file that cannot be read, an overflow, no memory and no disk left.
pub async fn run(
    context: &SessionContext,
    plan: Arc<dyn ExecutionPlan>,
    scan: &Scan,
    parts: &[PlannedPart],
    place: &Place,
) -> Result<RecordBatch> {
    let schema = plan.schema();
    let batches = collect(plan, context.task_ctx()).await?;
    let cells = concat_batches(&schema, &batches)?;
    canonical(scan, parts, place, &cells)
}

/// The plan of a scan, as text for people: logical and physical.
///
/// # Errors
/// The engine's.
pub async fn explain(context: &SessionContext, scan: &Scan, records: Arc<dyn TableProvider>) -> Result<String> {
    let plan = plan(context, scan, &scan.sql(), records, Month(0)..=Month(0)).await?;
    Ok(datafusion::physical_plan::displayable(plan.as_ref()).indent(false).to_string())
}

/// The months at whose end stocks are counted: `_month_key` and `_month_end`.
fn month_table(months: std::ops::RangeInclusive<Month>) -> Result<MemTable> {
    let months: Vec<Month> = (months.start().0..=months.end().0).map(Month).collect();
    let keys: Int32Array = months.iter().map(|&m| Some(TimeKey::month(m).0)).collect();
    let ends: Date32Array = months.iter().map(|&m| Some(crate::zone::last_day(m))).collect();
    let schema = Arc::new(Schema::new(vec![
        Field::new("_month_key", DataType::Int32, false),
        Field::new("_month_end", DataType::Date32, false),
    ]));
    let batch = RecordBatch::try_new(Arc::clone(&schema), vec![Arc::new(keys), Arc::new(ends)])?;
    MemTable::try_new(schema, vec![vec![batch]])
}

/// Names the columns for good and sorts the cells.
fn canonical(scan: &Scan, parts: &[PlannedPart], place: &Place, cells: &RecordBatch) -> Result<RecordBatch> {
    let mut fields = vec![Field::new(PARTITION, DataType::Utf8, false)];
    fields.extend(scan.anchors.iter().map(|anchor| Field::new(&anchor.id, DataType::Int32, true)));
    fields.extend(scan.dimensions.iter().map(|d| Field::new(dimension_column(d), DataType::Utf8, true)));
    let keys = fields.len();
    let mut answered = cells.columns().iter();
    let partition = scan.known_partition(place).map(|name| ScalarValue::Utf8(Some(name.to_owned())));
    let times = scan.known_times(place).into_iter().map(|time| time.map(|time| ScalarValue::Int32(Some(time.0))));
    let known: Vec<Option<ScalarValue>> = std::iter::once(partition).chain(times).collect();
    let mut columns = Vec::with_capacity(keys + parts.len());
    for (n, field) in fields.iter().enumerate() {
        columns.push(match (known.get(n), answered.as_slice()) {
            (Some(Some(known)), _) => known.to_array_of_size(cells.num_rows())?,
            (_, [column, ..]) => {
                answered.next();
                cast(column, field.data_type())?
            }
            _ => return Err(DataFusionError::Execution("an answer lacks a key".to_owned())),
        });
    }
    let answered = answered.as_slice();
    let counts = scan.counts(parts);
    let flag_columns = counts.measured.len().div_ceil(MOST_FLAGS);
    let measured: Vec<Vec<i64>> = counts
        .measured
        .chunks(MOST_FLAGS)
        .zip(answered)
        .flat_map(|(conditions, flags)| count_columns(flags, conditions.len()))
        .collect();
    for part in parts.iter().filter(|part| part.kind == PartKind::Count) {
        fields.push(Field::new(&part.id, DataType::Int64, true));
        let mut column = vec![0; cells.num_rows()];
        for (number, times) in counts.sum(&part.sql) {
            column.iter_mut().zip(&measured[number]).for_each(|(sum, count)| *sum += times * count);
        }
        columns.push(Arc::new(Int64Array::from(column)));
    }
    let others = parts.iter().filter(|part| part.kind != PartKind::Count);
    for (part, column) in others.zip(&answered[flag_columns..]) {
        if let (DataType::Decimal128(_, found), PartScale::Decimal(planned)) = (column.data_type(), part.scale)
            && *found != planned as i8
        {
            let message = format!("`{}` has {found} digits after the point, {planned} were planned", part.sql);
            return Err(DataFusionError::Execution(message));
        }
        fields.push(Field::new(&part.id, column.data_type().clone(), true));
        columns.push(Arc::clone(column));
    }
    let order: Vec<SortColumn> =
        columns[..keys].iter().map(|values| SortColumn { values: Arc::clone(values), options: None }).collect();
    let cells = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)?;
    if cells.num_rows() == 0 {
        return Ok(cells);
    }
    Ok(take_record_batch(&cells, &lexsort_to_indices(&order, None)?)?)
}

/// One column a condition, out of the counts of `part_flags`.
fn count_columns(flags: &ArrayRef, conditions: usize) -> Vec<Vec<i64>> {
    let mut columns = vec![Vec::with_capacity(flags.len()); conditions];
    for bytes in flags.as_binary::<i32>() {
        let mut counts = counts(bytes.unwrap_or_default());
        for column in &mut columns {
            // More than 2^63 rows do not exist.
            column.push(counts.next().unwrap_or(0) as i64);
        }
    }
    columns
}

/// The cells of each partition, in order, without the partition's column.
pub fn by_partition(cells: &RecordBatch) -> arrow::error::Result<Vec<(String, RecordBatch)>> {
    let partitions: &StringArray = cells.column(0).as_string();
    let rest: Vec<usize> = (1..cells.num_columns()).collect();
    let cells = cells.project(&rest)?;
    let mut split = Vec::new();
    let mut start = 0;
    while start < partitions.len() {
        let name = partitions.value(start);
        let length = (start..partitions.len()).take_while(|&row| partitions.value(row) == name).count();
        split.push((name.to_owned(), cells.slice(start, length)));
        start += length;
    }
    Ok(split)
}
