//! DataFusion, where a mapping or contract speaks SQL: expressions over a batch, and sessions with a memory limit.

use std::path::Path;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, RecordBatch, new_null_array};
use arrow::compute::{cast, concat};
use arrow::datatypes::{DataType, SchemaRef};
use arrow::util::display::{ArrayFormatter, FormatOptions};
use datafusion::common::DFSchema;
use datafusion::error::DataFusionError;
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::logical_expr::simplify::SimplifyContext;
use datafusion::optimizer::simplify_expressions::ExprSimplifier;
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr::utils::collect_columns;
use datafusion::prelude::{SessionConfig, SessionContext};

use crate::error::IngestError;

/// A session that spills to `scratch` when its share of memory is used up.
///
/// One partition by default: the order of rows then depends on the input alone, which the same bytes need.
pub(crate) fn session(memory: usize, threads: usize, scratch: &Path) -> Result<SessionContext, IngestError> {
    crate::node::create_folder(scratch)?;
    let mut config = SessionConfig::new()
        .with_target_partitions(threads.max(1))
        .with_batch_size(8192)
        .with_information_schema(false);
    let options = config.options_mut();
    options.execution.parquet.schema_force_view_types = false;
    options.execution.collect_statistics = false;
    options.sql_parser.map_string_types_to_utf8view = false;
    let runtime = RuntimeEnvBuilder::new()
        .with_memory_pool(Arc::new(FairSpillPool::new(memory)))
        .with_temp_file_path(scratch)
        .build_arc()?;
    Ok(SessionContext::new_with_config_rt(config, runtime))
}

/// A session for scalar expressions only.
pub(crate) fn planner() -> SessionContext {
    let mut config = SessionConfig::new().with_target_partitions(1);
    config.options_mut().sql_parser.map_string_types_to_utf8view = false;
    SessionContext::new_with_config(config)
}

/// A runtime for the engine's asynchronous calls.
pub(crate) fn runtime(threads: usize) -> Result<tokio::runtime::Runtime, IngestError> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads.max(1))
        .enable_all()
        .build()
        .map_err(|e| IngestError::engine(DataFusionError::IoError(e)))
}

/// A scalar SQL expression over the columns of a batch.
pub(crate) struct RowExpression {
    physical: Arc<dyn PhysicalExpr>,
    inputs: Vec<usize>,
}

impl RowExpression {
    /// Plans the expression; the error says what SQL has against it.
    pub(crate) fn plan(context: &SessionContext, sql: &str, schema: &SchemaRef) -> Result<Self, DataFusionError> {
        let schema = DFSchema::try_from(schema.as_ref().clone())?;
        let logical = context.parse_sql_expr(sql, &schema)?;
        // Some functions, `coalesce` among them, exist only until they are simplified. No time of start is given: an
        // expression must not read a clock.
        let about = SimplifyContext::builder().with_schema(Arc::new(schema.clone())).build();
        let simplifier = ExprSimplifier::new(about);
        let logical = simplifier.simplify(simplifier.coerce(logical, &schema)?)?;
        let physical = context.create_physical_expr(logical, &schema)?;
        let mut inputs: Vec<usize> = collect_columns(&physical).iter().map(|c| c.index()).collect();
        inputs.sort_unstable();
        Ok(RowExpression { physical, inputs })
    }

    /// The value for each row, and the rows on which the expression failed (NULL there).
    ///
    /// An engine fails for a batch as a whole; then each row is tried alone, so that one bad row costs itself only.
    pub(crate) fn evaluate(
        &self,
        batch: &RecordBatch,
        fallback: &DataType,
    ) -> Result<(ArrayRef, Vec<(usize, String)>), IngestError> {
        if let Ok(values) = self.whole(batch) {
            return Ok((values, Vec::new()));
        }
        let mut failed = Vec::new();
        let mut values = Vec::with_capacity(batch.num_rows());
        let mut data_type = None;
        for row in 0..batch.num_rows() {
            match self.whole(&batch.slice(row, 1)) {
                Ok(value) => {
                    data_type.get_or_insert_with(|| value.data_type().clone());
                    values.push(Some(value));
                }
                Err(error) => {
                    failed.push((row, first_line(&error)));
                    values.push(None);
                }
            }
        }
        let data_type = data_type.unwrap_or_else(|| fallback.clone());
        let null = new_null_array(&data_type, 1);
        let parts: Vec<&dyn Array> = values.iter().map(|v| v.as_ref().map_or(null.as_ref(), |v| v.as_ref())).collect();
        if parts.is_empty() {
            return Ok((new_null_array(&data_type, 0), failed));
        }
        Ok((concat(&parts)?, failed))
    }

    fn whole(&self, batch: &RecordBatch) -> Result<ArrayRef, DataFusionError> {
        self.physical.evaluate(batch)?.into_array(batch.num_rows())
    }

    /// The columns that the expression reads, as `name=value` for people.
    pub(crate) fn inputs_as_text(&self, batch: &RecordBatch, row: usize) -> String {
        let options = FormatOptions::default();
        let mut parts = Vec::new();
        for &position in &self.inputs {
            let column = batch.column(position);
            let text = match cast(&column.slice(row, 1), &DataType::Utf8) {
                Ok(text) => {
                    ArrayFormatter::try_new(&text, &options).map(|f| f.value(0).to_string()).unwrap_or_default()
                }
                Err(_) => String::new(),
            };
            parts.push(format!("{}={text}", batch.schema().field(position).name()));
        }
        parts.join(", ")
    }
}

/// The engine's message without its traces.
pub(crate) fn first_line(error: &DataFusionError) -> String {
    error.strip_backtrace().lines().next().unwrap_or_default().to_owned()
}
