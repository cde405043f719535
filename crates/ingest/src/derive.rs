//! Derived fields: what a source does not give is looked up in records of other contracts with the same key.
//!
//! The expression of a field is an aggregate over the other contract's rows of one key, as a correlated sub-query would
//! compute it: a count over no rows is zero (in months that the other contract covers), everything else is NULL.

mod touched;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Int64Array, RecordBatch, UInt32Array};
use arrow::compute::{cast, concat_batches, take};
use arrow::datatypes::{DataType, SchemaRef};
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig};
use datafusion::prelude::SessionContext;
use mizan_model::contract::{Contract, Field, FieldType};

use crate::convert::{storage_schema, storage_type};
use crate::engine::{first_line, runtime, session};
use crate::error::{BAD_CONTRACT, ENGINE_FAILED, IngestError};
use crate::ingest::{Run, read_manifest};
use crate::keys::hash_keys;
use crate::manifest::{DerivedFrom, Manifest, Segment};
use crate::node::{remove_file, sync_folder};
use crate::options::{DeriveReport, IngestOptions, Observer};
use crate::query::table_url;
use crate::segment::{self, SegmentWriter, rename, short_hash};

/// Bytes of memory that one record of the target may cost while its fields are derived.
const BYTES_PER_RECORD: usize = 1024;

/// Fields of a contract that one stage takes from one other contract.
pub(crate) struct Group<'a> {
    /// The other contract.
    pub from: &'a Contract,
    /// The field that both share.
    pub on: &'a str,
    /// What is derived.
    pub fields: Vec<&'a Field>,
    /// Its live records.
    pub records: Manifest,
}

/// Fills derived fields of all contracts, stage 1 before stage 2; segments whose bytes do not change stay as they are.
///
/// # Errors
/// [`BAD_CONTRACT`] if an expression of the framework cannot be run, and what the file system or the engine refuses.
pub fn derive(
    node: &std::path::Path,
    framework: &mizan_model::framework::Framework,
    options: &IngestOptions,
    observer: &dyn Observer,
    stop: &std::sync::atomic::AtomicBool,
) -> Result<DeriveReport, IngestError> {
    let node = crate::node::NodePaths::new(node);
    let _lock = node.lock()?;
    run(&Run { node: &node, framework, options, observer, stop })
}

pub(crate) fn run(run: &Run<'_>) -> Result<DeriveReport, IngestError> {
    let mut report = DeriveReport::default();
    for stage in [1, 2] {
        for contract in run.framework.contracts.values() {
            derive_contract(run, contract, stage, &mut report)?;
        }
    }
    Ok(report)
}

fn derive_contract(
    run: &Run<'_>,
    contract: &Contract,
    stage: u8,
    report: &mut DeriveReport,
) -> Result<(), IngestError> {
    let mut manifest = read_manifest(run.node, contract)?;
    if manifest.segments.is_empty() {
        return Ok(());
    }
    let groups = groups(run, contract, stage)?;
    if groups.is_empty() {
        return Ok(());
    }
    let mut months: BTreeSet<String> =
        manifest.segments.iter().filter(|s| s.derived_stage < stage).map(|s| s.month.clone()).collect();
    for group in &groups {
        months.extend(touched::months(run, contract, &manifest, group, stage)?);
    }
    report.months += months.len();
    for chunk in chunks(&manifest, &months, run.options.memory_bytes / BYTES_PER_RECORD) {
        derive_months(run, contract, stage, &groups, &mut manifest, &chunk, report)?;
    }
    let mut changed = !months.is_empty();
    for group in &groups {
        let state = touched::state(group);
        changed |= manifest.derived_from.get(&state_key(group, stage)) != Some(&state);
        manifest.derived_from.insert(state_key(group, stage), state);
    }
    if changed {
        manifest.write(run.node, &contract.name)?;
    }
    Ok(())
}

/// Name of a group in [`Manifest::derived_from`].
pub(crate) fn state_key(group: &Group<'_>, stage: u8) -> String {
    format!("{}.{}@{stage}", group.from.name, group.on)
}

fn groups<'a>(run: &'a Run<'_>, contract: &'a Contract, stage: u8) -> Result<Vec<Group<'a>>, IngestError> {
    let mut by_source: BTreeMap<(&str, &str), Vec<&Field>> = BTreeMap::new();
    for field in &contract.fields {
        if let Some(derive) = &field.derive
            && derive.stage == stage
        {
            by_source.entry((&derive.contract, &derive.on)).or_default().push(field);
        }
    }
    let mut groups = Vec::new();
    for ((from, on), fields) in by_source {
        let Some(from) = run.framework.contracts.get(from) else {
            return Err(IngestError::new(
                BAD_CONTRACT,
                format!("`{}` derives fields from `{from}`, which is no contract", contract.reference()),
            ));
        };
        let records = read_manifest(run.node, from)?;
        // Without records of the other contract nothing can be said, not even that there were none.
        if !records.segments.is_empty() {
            groups.push(Group { from, on, fields, records });
        }
    }
    Ok(groups)
}

/// Months in groups of at most so many records, at least one month each.
fn chunks(manifest: &Manifest, months: &BTreeSet<String>, most: usize) -> Vec<BTreeSet<String>> {
    let mut chunks: Vec<(u64, BTreeSet<String>)> = Vec::new();
    for month in months {
        let rows: u64 = manifest.segments.iter().filter(|s| &s.month == month).map(|s| s.rows).sum();
        match chunks.last_mut() {
            Some((total, chunk)) if *total + rows <= most as u64 => {
                *total += rows;
                chunk.insert(month.clone());
            }
            _ => chunks.push((rows, BTreeSet::from([month.clone()]))),
        }
    }
    chunks.into_iter().map(|(_, chunk)| chunk).collect()
}

/// Aggregates of one group: key, then for each field its value and, for time stamps, the precision.
struct Aggregates {
    rows: HashMap<u128, u32>,
    batch: RecordBatch,
}

fn derive_months(
    run: &Run<'_>,
    contract: &Contract,
    stage: u8,
    groups: &[Group<'_>],
    manifest: &mut Manifest,
    months: &BTreeSet<String>,
    report: &mut DeriveReport,
) -> Result<(), IngestError> {
    run.heed_stop()?;
    for month in months {
        run.observer.deriving(&contract.name, month);
    }
    let folder = run.node.records(&contract.name);
    let inside: Vec<PathBuf> =
        manifest.segments.iter().filter(|s| months.contains(&s.month)).map(|s| folder.join(&s.path)).collect();
    let whole = inside.len() == manifest.segments.len();
    let mut aggregates = Vec::with_capacity(groups.len());
    for group in groups {
        aggregates.push(aggregate(run, contract, group, (!whole).then_some(inside.as_slice()))?);
    }
    let mut gone = Vec::new();
    for segment in manifest.segments.iter_mut().filter(|s| months.contains(&s.month)) {
        run.heed_stop()?;
        let old = folder.join(&segment.path);
        let filled = rewrite(run, contract, groups, &aggregates, segment)?;
        segment.derived_stage = segment.derived_stage.max(stage);
        for field in filled {
            if !segment.derived_fields.contains(&field) {
                segment.derived_fields.push(field);
            }
        }
        segment.derived_fields.sort();
        if folder.join(&segment.path) != old {
            gone.push(old);
            report.rewritten += 1;
        }
    }
    manifest.write(run.node, &contract.name)?;
    for path in gone {
        remove_file(&path)?;
    }
    Ok(())
}

/// Writes a segment with its derived fields anew; path and hash change only if the bytes do. Gives the filled fields.
fn rewrite(
    run: &Run<'_>,
    contract: &Contract,
    groups: &[Group<'_>],
    aggregates: &[Aggregates],
    segment: &mut Segment,
) -> Result<Vec<String>, IngestError> {
    let schema = storage_schema(contract);
    let mut filled = Vec::new();
    for group in groups {
        for field in &group.fields {
            if !segment.mapped_fields.contains(&field.name) {
                filled.push(field.name.clone());
            }
        }
    }
    if filled.is_empty() {
        return Ok(filled);
    }
    let folder = run.node.records(&contract.name);
    let month_folder = folder.join(format!("month={}", segment.month));
    let mut writer = SegmentWriter::create(&month_folder, "derived", &schema, Some(contract))?;
    for batch in segment::read(&folder.join(&segment.path), None)? {
        let batch = batch?;
        let mut columns = batch.columns().to_vec();
        for (group, aggregates) in groups.iter().zip(aggregates) {
            fill(group, aggregates, segment, &schema, &batch, &mut columns)?;
        }
        writer.write(&RecordBatch::try_new(schema.clone(), columns)?)?;
    }
    let written = writer.finish()?;
    if written.sha256 == segment.sha256 {
        remove_file(&written.temporary)?;
        return Ok(filled);
    }
    let hash = short_hash(&[&segment.source, &written.sha256]);
    segment.path = format!("month={}/{}-{hash}.parquet", segment.month, segment.mapping);
    rename(&written.temporary, &folder.join(&segment.path))?;
    sync_folder(&month_folder)?;
    segment.sha256 = written.sha256;
    segment.checksum = written.checksum;
    segment.null_counts = written.null_counts;
    // The field that records are partitioned by may itself be derived.
    (segment.min_stamp, segment.max_stamp) = (written.min_stamp, written.max_stamp);
    Ok(filled)
}

fn fill(
    group: &Group<'_>,
    aggregates: &Aggregates,
    segment: &Segment,
    schema: &SchemaRef,
    batch: &RecordBatch,
    columns: &mut [ArrayRef],
) -> Result<(), IngestError> {
    let key = schema.index_of(group.on)?;
    let keys = batch.column(key);
    let indices: UInt32Array = hash_keys(batch, &[key])
        .into_iter()
        .enumerate()
        .map(|(row, hash)| if keys.is_null(row) { None } else { aggregates.rows.get(&hash).copied() })
        .collect();
    let covered = touched::covers(group, &segment.month);
    for field in &group.fields {
        if segment.mapped_fields.contains(&field.name) {
            continue;
        }
        let values = aggregates.batch.column_by_name(&field.name).expect("the query names every field of the group");
        let mut values = cast(&take(values, &indices, None)?, &storage_type(&field.field_type))?;
        if covered && is_count(field) && values.data_type() == &DataType::Int64 {
            let counts = values.as_primitive::<arrow::datatypes::Int64Type>();
            let zeros: Int64Array = (0..counts.len())
                .map(|row| {
                    if keys.is_null(row) { None } else { Some(if counts.is_null(row) { 0 } else { counts.value(row) }) }
                })
                .collect();
            values = Arc::new(zeros);
        }
        columns[schema.index_of(&field.name)?] = values;
        if field.field_type == FieldType::Timestamp {
            let name = format!("{}_precision", field.name);
            let values = aggregates.batch.column_by_name(&name).expect("named beside its field");
            columns[schema.index_of(&name)?] = cast(&take(values, &indices, None)?, &DataType::Int8)?;
        }
    }
    Ok(())
}

/// A count over no rows is zero, not unknown.
pub(crate) fn is_count(field: &Field) -> bool {
    field.derive.as_ref().is_some_and(|d| d.expr.trim_start().to_ascii_lowercase().starts_with("count("))
}

/// One query a group. With `keys`, only rows whose key occurs in those files are aggregated; the small side stands
/// first, because the engine builds its hash table from there.
fn aggregate(
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
            select.push(format!("{} AS \"{}_precision\"", precision_of(&derive.expr, group.from), field.name));
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
            columns.push(Column::new(format!("{}_precision", field.name), DataType::Int8, true));
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
        return format!("min(\"{}_precision\"){tail}", argument.trim());
    }
    "CAST(NULL AS TINYINT)".to_owned()
}

/// State to be compared at the next run.
pub(crate) type State = DerivedFrom;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precision_follows_the_stamps_that_are_read() {
        let at = Field {
            name: "at".into(),
            field_type: FieldType::Timestamp,
            required: true,
            personal: false,
            local: false,
            unit: None,
            derive: None,
            doc: String::new(),
            asycuda: None,
            wco: None,
        };
        let event = Contract {
            name: "event".into(),
            version: 1,
            title: String::new(),
            key: Vec::new(),
            partition: None,
            fields: vec![at],
            checks: Vec::new(),
        };
        assert_eq!(
            precision_of("max(at) FILTER (WHERE event_type = 'paid')", &event),
            "min(\"at_precision\") FILTER (WHERE event_type = 'paid')"
        );
        assert_eq!(precision_of("now()", &event), "CAST(NULL AS TINYINT)");
    }
}
