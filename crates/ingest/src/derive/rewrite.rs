//! Segments with their derived fields written anew.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Int64Array, RecordBatch, UInt32Array};
use arrow::compute::{cast, take};
use arrow::datatypes::{DataType, SchemaRef};
use mizan_model::contract::{Contract, Field, FieldType};

use super::lookup::Aggregates;
use super::{Group, touched};
use crate::convert::{storage_schema, storage_type};
use crate::error::IngestError;
use crate::ingest::Run;
use crate::keys::hash_keys;
use crate::layout::precision_column;
use crate::manifest::Segment;
use crate::node::{remove_file, sync_folder};
use crate::segment::{self, SegmentWriter, rename, short_hash};

/// Writes a segment with its derived fields anew; path and hash change only if the bytes do. Gives the filled fields.
pub(super) fn rewrite(
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
    segment.precisions = written.precisions;
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
            let name = precision_column(&field.name);
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
