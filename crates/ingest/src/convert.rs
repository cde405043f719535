//! Text columns become the columns of a contract; what does not fit becomes a fault with its place and reason.

pub(crate) mod field;
pub(crate) mod number;
pub(crate) mod plan;
pub(crate) mod pseudonym;
pub(crate) mod stamp;
pub(crate) mod typed;

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, BooleanArray, Int64Array, RecordBatch, StringArray, UInt32Array};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use mizan_model::contract::{Contract, FieldType};
use mizan_model::diagnostic::Severity;

use crate::engine::RowExpression;
use crate::error::IngestError;
use crate::reader::{Header, TextBatch};
use crate::reason;
use field::FieldPlan;

/// One reason why one row does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Row within the batch.
    pub row: usize,
    /// Source column, or contract field where no single column is to blame.
    pub column: Option<Arc<str>>,
    /// The value as the source has it.
    pub value: String,
    /// Reason code.
    pub code: &'static str,
    /// In words.
    pub message: String,
}

/// Result of converting a batch.
pub(crate) struct Converted {
    /// All rows, faulty ones too, in the order of the batch; faulty values are NULL.
    pub records: RecordBatch,
    /// In order of row, then field.
    pub faults: Vec<Fault>,
    /// Findings that stop no row.
    pub warnings: BTreeMap<String, u64>,
}

/// How records of a contract are stored: fields in contract order, then the precision of each time stamp.
pub fn storage_schema(contract: &Contract) -> SchemaRef {
    let mut fields: Vec<Field> =
        contract.fields.iter().map(|f| Field::new(&f.name, storage_type(&f.field_type), true)).collect();
    for field in &contract.fields {
        if field.field_type == FieldType::Timestamp {
            fields.push(Field::new(crate::layout::precision_column(&field.name), DataType::Int8, true));
        }
    }
    Arc::new(Schema::new(fields))
}

/// Storage of one field.
pub fn storage_type(field_type: &FieldType) -> DataType {
    match field_type {
        FieldType::Text | FieldType::Code { .. } | FieldType::Period => DataType::Utf8,
        FieldType::Bool => DataType::Boolean,
        FieldType::Int => DataType::Int64,
        FieldType::Decimal { scale } => DataType::Decimal128(18, *scale as i8),
        FieldType::Double => DataType::Float64,
        FieldType::Date => DataType::Date32,
        FieldType::Timestamp => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
    }
}

/// A row check, ready to run.
pub(crate) struct CheckPlan {
    id: String,
    assert: String,
    severity: Severity,
    expression: RowExpression,
}

/// Applies one mapping to batches of one source.
pub(crate) struct Converter {
    schema: SchemaRef,
    fields: Vec<FieldPlan>,
    /// Schema of the text columns as expressions see them; `None` if no field is an expression.
    source: Option<SchemaRef>,
    checks: Vec<CheckPlan>,
    /// Position of the partition field.
    partition: Option<usize>,
}

impl Converter {
    /// Converts a batch; `file` is what `_file` shows.
    pub(crate) fn convert(&mut self, batch: &TextBatch, file: &str) -> Result<Converted, IngestError> {
        let source = match &self.source {
            Some(schema) => Some(source_batch(batch, schema, file)?),
            None => None,
        };
        let mut faults = Vec::new();
        let mut warnings = BTreeMap::new();
        let mut columns: Vec<ArrayRef> = Vec::with_capacity(self.schema.fields().len());
        let mut precisions: Vec<ArrayRef> = Vec::new();
        for plan in &mut self.fields {
            let (values, precision) = plan.convert(batch, source.as_ref(), &mut faults, &mut warnings)?;
            columns.push(values);
            precisions.extend(precision);
        }
        columns.extend(precisions);
        let records = RecordBatch::try_new(self.schema.clone(), columns)?;
        if let Some(position) = self.partition {
            let name: Arc<str> = self.schema.field(position).name().as_str().into();
            unplaced(records.column(position), &name, &mut faults);
        }
        for check in &self.checks {
            check.run(&records, &mut faults, &mut warnings)?;
        }
        // Stable: the reasons of a row stay in the order of the contract's fields.
        faults.sort_by_key(|f| f.row);
        Ok(Converted { records, faults, warnings })
    }
}

/// A record without partition value belongs to no month.
fn unplaced(values: &ArrayRef, name: &Arc<str>, faults: &mut Vec<Fault>) {
    if values.null_count() == 0 {
        return;
    }
    let known: std::collections::HashSet<usize> = faults.iter().map(|f| f.row).collect();
    for row in 0..values.len() {
        if values.is_null(row) && !known.contains(&row) {
            faults.push(Fault {
                row,
                column: Some(name.clone()),
                value: String::new(),
                code: reason::REQUIRED,
                message: format!("`{name}` is empty, so the record belongs to no month"),
            });
        }
    }
}

impl CheckPlan {
    fn run(
        &self,
        records: &RecordBatch,
        faults: &mut Vec<Fault>,
        warnings: &mut BTreeMap<String, u64>,
    ) -> Result<(), IngestError> {
        let (result, failed) = self.expression.evaluate(records, &DataType::Boolean)?;
        let passed: &BooleanArray = arrow::array::AsArray::as_boolean(&result);
        let failing: Vec<usize> = if passed.false_count() == 0 && failed.is_empty() {
            return Ok(());
        } else {
            (0..passed.len())
                .filter(|&row| (passed.is_valid(row) && !passed.value(row)) || failed.iter().any(|(r, _)| *r == row))
                .collect()
        };
        if self.severity < Severity::Error {
            *warnings.entry(self.id.clone()).or_default() += failing.len() as u64;
            return Ok(());
        }
        for row in failing {
            faults.push(Fault {
                row,
                column: None,
                value: self.expression.inputs_as_text(records, row),
                code: reason::CHECK,
                message: format!("the check `{}` failed: {}", self.id, self.assert),
            });
        }
        Ok(())
    }
}

/// Text columns as expressions see them: normalised names, the empty text as NULL, and `_file` and `_line`.
pub(crate) fn source_batch(batch: &TextBatch, schema: &SchemaRef, file: &str) -> Result<RecordBatch, IngestError> {
    let mut columns: Vec<ArrayRef> = Vec::with_capacity(batch.columns.len() + 2);
    for column in &batch.columns {
        columns.push(Arc::new(empty_as_null(column)?));
    }
    if !schema.fields().iter().take(columns.len()).any(|f| f.name() == "_file") {
        let files = match &batch.files {
            Some(files) => files.clone(),
            None => StringArray::from_iter_values(std::iter::repeat_n(file, batch.rows())),
        };
        columns.push(Arc::new(files));
    }
    if !schema.fields().iter().take(batch.columns.len()).any(|f| f.name() == "_line") {
        columns.push(Arc::new(Int64Array::from_iter_values(batch.lines.iter().map(|&l| l as i64))));
    }
    Ok(RecordBatch::try_new(schema.clone(), columns)?)
}

/// Schema of [`source_batch`].
pub(crate) fn source_schema(header: &Header) -> SchemaRef {
    let mut fields: Vec<Field> = header
        .names
        .iter()
        .zip(header.sql_names())
        // Results of a query keep their own `_file` and `_line`.
        .map(|(original, name)| match original.as_str() {
            "_file" | "_line" => Field::new(original, DataType::Utf8, true),
            _ => Field::new(name, DataType::Utf8, true),
        })
        .collect();
    let has = |fields: &[Field], name: &str| fields.iter().any(|f| f.name() == name);
    if !has(&fields, "_file") {
        fields.push(Field::new("_file", DataType::Utf8, true));
    }
    if !has(&fields, "_line") {
        fields.push(Field::new("_line", DataType::Int64, true));
    }
    Arc::new(Schema::new(fields))
}

fn empty_as_null(column: &StringArray) -> Result<StringArray, IngestError> {
    let valid: Vec<bool> = column.offsets().windows(2).map(|w| w[0] != w[1]).collect();
    let nulls = arrow::buffer::NullBuffer::from(valid);
    Ok(StringArray::try_new(
        column.offsets().clone(),
        column.values().clone(),
        (nulls.null_count() > 0).then_some(nulls),
    )?)
}

/// `n` times the single value of an array.
pub(crate) fn repeat(single: &ArrayRef, n: usize) -> Result<ArrayRef, IngestError> {
    let indices = UInt32Array::from(vec![0; n]);
    Ok(arrow::compute::take(single, &indices, None)?)
}
