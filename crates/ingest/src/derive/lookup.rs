//! What the records of another contract say, key by key.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::compute::concat_batches;
use arrow::datatypes::{DataType, SchemaRef};
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig};
use datafusion::prelude::SessionContext;
use mizan_model::contract::{Contract, FieldType};

use super::Group;
use crate::convert::{storage_schema, storage_type};
use crate::engine::{first_line, runtime, session};
use crate::error::{BAD_CONTRACT, ENGINE_FAILED, IngestError};
use crate::ingest::Run;
use crate::keys::hash_keys;
use crate::layout::precision_column;
use crate::query::table_url;
use crate::segment;

/// Aggregates of one group: key, then for each field its value and, for time stamps, the precision.
pub(super) struct Aggregates {
    /// Row of each key, by its hash.
    pub(super) rows: HashMap<u128, u32>,
    pub(super) batch: RecordBatch,
}

/// One query a group. With `keys`, only rows whose key occurs in those files are aggregated; the small side stands
/// first, because the engine builds its hash table from there.
pub(super) fn aggregate(
    run: &Run<'_>,
    contract: &Contract,
    group: &Group<'_>,
    keys: Option<&[PathBuf]>,
) -> Result<Aggregates, IngestError> {
    let on = &group.on;
    let mut select = vec![format!("\"{on}\" AS __on")];
    for field in &group.fields {
        let derive = field.derive.as_ref().expect("groups hold derived fields only");
        select.push(format!("{} AS \"{}\"", derive.expr, field.name));
        if field.field_type == FieldType::Timestamp {
            let column = precision_column(&field.name);
            select.push(format!("{} AS \"{column}\"", precision_of(&derive.expr, group.from)));
        }
    }
    let from = match keys {
        None => "source".to_owned(),
        Some(_) => {
            format!("(SELECT DISTINCT \"{on}\" AS __key FROM keys) AS k JOIN source ON k.__key = source.\"{on}\"")
        }
    };
    let sql = format!("SELECT {} FROM {from} WHERE \"{on}\" IS NOT NULL GROUP BY \"{on}\"", select.join(", "));
    let failed = |e: datafusion::error::DataFusionError| {
        let planning = matches!(
            e.find_root(),
            datafusion::error::DataFusionError::Plan(_)
                | datafusion::error::DataFusionError::SchemaError(..)
                | datafusion::error::DataFusionError::SQL(..)
        );
        IngestError::new(
            if planning { BAD_CONTRACT } else { ENGINE_FAILED },
            format!(
                "fields of `{}` cannot be derived from `{}`: {}",
                contract.reference(),
                group.from.reference(),
                first_line(&e)
            ),
        )
        .help("mend `derive` in the contract, or give more memory with `--memory`")
        .caused_by(e)
    };
    let threads = run.options.threads;
    let context = session(run.options.memory_bytes / 2, threads, &run.node.staging().join("spill"))?;
    let source: Vec<PathBuf> = group.records.live_segments(run.node.root()).map(|(_, path)| path).collect();
    register(&context, "source", &source, storage_schema(group.from))?;
    if let Some(keys) = keys {
        register(&context, "keys", keys, storage_schema(contract))?;
    }
    let collected = runtime(threads)?.block_on(async { context.sql(&sql).await?.collect().await });
    if collected.is_err() {
        // The engine does not say which file it could not decode; a damaged one is the cause to be told.
        crate::manifest::verify(run.node.root(), &group.records)?;
    }
    let batches = collected.map_err(failed)?;
    let schema = match batches.first() {
        Some(batch) => batch.schema(),
        None => Arc::new(storage_schema_of_group(group)),
    };
    let batch = concat_batches(&schema, &batches)?;
    let rows = hash_keys(&batch, &[0]).into_iter().enumerate().map(|(row, hash)| (hash, row as u32)).collect();
    Ok(Aggregates { rows, batch })
}

/// Columns of an empty result.
fn storage_schema_of_group(group: &Group<'_>) -> arrow::datatypes::Schema {
    use arrow::datatypes::Field as Column;
    let mut columns = vec![Column::new("__on", DataType::Utf8, true)];
    for field in &group.fields {
        columns.push(Column::new(&field.name, storage_type(&field.field_type), true));
        if field.field_type == FieldType::Timestamp {
            columns.push(Column::new(precision_column(&field.name), DataType::Int8, true));
        }
    }
    arrow::datatypes::Schema::new(columns)
}

/// A table over record files.
fn register(context: &SessionContext, name: &str, files: &[PathBuf], schema: SchemaRef) -> Result<(), IngestError> {
    let mut urls = Vec::with_capacity(files.len());
    for file in files {
        segment::present(file)?;
        urls.push(table_url(file)?);
    }
    let options = ListingOptions::new(Arc::new(ParquetFormat::default())).with_file_extension(".parquet");
    let config = ListingTableConfig::new_with_multi_paths(urls).with_listing_options(options).with_schema(schema);
    context.register_table(name, Arc::new(ListingTable::try_new(config)?))?;
    Ok(())
}

/// The precision of a derived stamp: the coarsest among the rows that the aggregate reads.
/// `max(at) FILTER (WHERE c)` becomes `min(at_precision) FILTER (WHERE c)`.
fn precision_of(expr: &str, from: &Contract) -> String {
    let rest = expr.trim();
    if let Some((_, after)) = rest.split_once('(')
        && let Some((argument, tail)) = after.split_once(')')
        && from.field(argument.trim()).is_some_and(|f| f.field_type == FieldType::Timestamp)
    {
        return format!("min(\"{}\"){tail}", precision_column(argument.trim()));
    }
    "CAST(NULL AS TINYINT)".to_owned()
}

#[cfg(test)]
mod tests {
    use mizan_model::contract::Field;

    use super::*;

    #[test]
    fn precision_follows_the_stamps_that_are_read() {
        let event = Contract::new("event", vec![Field::new("at", FieldType::Timestamp)]);
        assert_eq!(
            precision_of("max(at) FILTER (WHERE event_type = 'paid')", &event),
            "min(\"at_precision\") FILTER (WHERE event_type = 'paid')"
        );
        assert_eq!(precision_of("now()", &event), "CAST(NULL AS TINYINT)");
    }
}
