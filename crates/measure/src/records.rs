//! The records of a contract as a DataFusion table: exactly the files of the manifest, with their partition.

use std::path::PathBuf;
use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::common::{DataFusionError, Result, ScalarValue};
use datafusion::datasource::TableType;
use datafusion::datasource::listing::PartitionedFile;
use datafusion::datasource::physical_plan::{FileGroup, FileScanConfigBuilder, ParquetSource};
use datafusion::datasource::source::DataSourceExec;
use datafusion::datasource::table_schema::TableSchema;
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::logical_expr::Expr;
use datafusion::physical_plan::{ExecutionPlan, execution_plan};
use mizan_ingest::layout::{code_type, precision_column};
use mizan_model::contract::{Contract, FieldType};
use mizan_model::period::Month;

use crate::time_key::TimeKey;

/// Name of the column that tells a row's partition (`2025-03`, or `all`).
pub const PARTITION: &str = "_partition";

/// Name of the column with the time key of the month in which all rows of a file lie, where that is known.
pub const MONTH: &str = "_month";

/// One Parquet file of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFile {
    /// Absolute path.
    pub path: PathBuf,
    /// Size in bytes.
    pub bytes: u64,
    /// Rows.
    pub rows: u64,
    /// Partition that it belongs to.
    pub partition: String,
    /// Month in which all rows of its partition lie, where that is known.
    pub month: Option<Month>,
}

/// Columns of a contract's records, in the order of the files: fields, then the precision of time stamps.
pub fn schema(contract: &Contract) -> Schema {
    schema_of(contract, column_type)
}

/// The same columns as they come out of the files: codes as dictionaries.
fn stored_schema(contract: &Contract) -> Schema {
    schema_of(contract, |field| match field {
        FieldType::Code { .. } => code_type(),
        _ => column_type(field),
    })
}

fn schema_of(contract: &Contract, column_type: fn(&FieldType) -> DataType) -> Schema {
    let fields = contract.fields.iter().map(|f| Field::new(&f.name, column_type(&f.field_type), true));
    let stamps = contract.fields.iter().filter(|f| f.field_type == FieldType::Timestamp);
    let precisions = stamps.map(|f| Field::new(precision_column(&f.name), DataType::Int8, true));
    Schema::new(fields.chain(precisions).collect::<Vec<_>>())
}

/// Type of a column in the expressions of definitions.
pub fn column_type(field: &FieldType) -> DataType {
    match field {
        // Views spare a copy for every text that is only compared or grouped by.
        FieldType::Text | FieldType::Code { .. } | FieldType::Period => DataType::Utf8View,
        FieldType::Bool => DataType::Boolean,
        FieldType::Int => DataType::Int64,
        FieldType::Decimal { scale } => DataType::Decimal128(18, *scale as i8),
        FieldType::Double => DataType::Float64,
        FieldType::Date => DataType::Date32,
        FieldType::Timestamp => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
    }
}

/// A table over an explicit list of files. It reads nothing that the list does not name.
#[derive(Debug)]
pub struct RecordsTable {
    table: TableSchema,
    files: Vec<RecordFile>,
}

impl RecordsTable {
    /// A table over those files of the contract.
    pub fn new(contract: &Contract, files: Vec<RecordFile>) -> Self {
        let of_file =
            [Field::new(PARTITION, DataType::Utf8, false), Field::new(MONTH, DataType::Int32, true)].map(Arc::new);
        let table = TableSchema::builder(Arc::new(stored_schema(contract))).with_table_partition_cols(of_file.to_vec());
        RecordsTable { table: table.build(), files }
    }
}

#[async_trait::async_trait]
impl TableProvider for RecordsTable {
    fn schema(&self) -> SchemaRef {
        Arc::clone(self.table.table_schema())
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        _filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let source = Arc::new(ParquetSource::new(self.table.clone()));
        let config = FileScanConfigBuilder::new(ObjectStoreUrl::local_filesystem(), source)
            .with_file_groups(file_groups(&self.files, state.config().target_partitions()))
            .with_projection_indices(projection.cloned())?
            .with_limit(limit)
            .build();
        Ok(DataSourceExec::from_data_source(config))
    }
}

/// Shares files out among threads.
fn file_groups(files: &[RecordFile], threads: usize) -> Vec<FileGroup> {
    let mut groups: Vec<Vec<PartitionedFile>> = vec![Vec::new(); threads.min(files.len()).max(1)];
    let count = groups.len();
    for (index, file) in files.iter().enumerate() {
        let path = file.path.to_string_lossy();
        let values = vec![
            ScalarValue::Utf8(Some(file.partition.clone())),
            ScalarValue::Int32(file.month.map(|month| TimeKey::month(month).0)),
        ];
        let file = PartitionedFile::new(path.trim_start_matches('/'), file.bytes);
        groups[index % count].push(file.with_partition_values(values));
    }
    groups.into_iter().map(FileGroup::new).collect()
}

/// The plan of a query over a [`RecordsTable`] for other files of the same contract, to be run on one thread.
///
/// # Errors
/// The engine's.
pub fn with_files(plan: Arc<dyn ExecutionPlan>, files: &[RecordFile]) -> Result<Arc<dyn ExecutionPlan>> {
    let mut replaced = 0;
    let plan = plan.transform_down(|node| {
        let Some(source) = node.downcast_ref::<DataSourceExec>() else { return Ok(Transformed::no(node)) };
        let Some((config, _)) = source.downcast_to_file_source::<ParquetSource>() else {
            return Ok(Transformed::no(node));
        };
        replaced += 1;
        let config = FileScanConfigBuilder::from(config.clone()).with_file_groups(file_groups(files, 1)).build();
        Ok(Transformed::yes(DataSourceExec::from_data_source(config) as Arc<dyn ExecutionPlan>))
    })?;
    // With the files of another month the answer would look as good.
    if replaced != 1 {
        return Err(DataFusionError::Internal(format!("a plan reads records in {replaced} places")));
    }
    execution_plan::reset_plan_states(plan.data)
}
