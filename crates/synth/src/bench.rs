//! Records for the benchmark: declarations and items at scale, straight in the node's Parquet layout.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema, TimeUnit};
use arrow::record_batch::RecordBatch;
use mizan_model::period::Month;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;

use crate::calendar::{DAY, month_start};
use crate::chance::Chance;
use crate::plan::SynthError;

mod columns;
mod draws;

use columns::{DECLARATION, DeclarationColumns, ITEM, ItemColumns, Kind};
use draws::Draws;

/// Stream of draws.
const TABLE: u32 = 60;
/// Rows of a record batch.
const BATCH: usize = 65_536;

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BenchFile {
    /// Contract without version: `declaration` or `item`.
    pub contract: &'static str,
    /// The file.
    pub path: PathBuf,
    /// Month of its rows, in UTC.
    pub month: Month,
    /// Rows.
    pub rows: u64,
}

/// Writes `rows` items and the declarations that they belong to (about 2.5 items each) as Parquet records:
/// `into/<contract>/month=YYYY-MM/bench.parquet`, every field of the contract in its order, `<stamp>_precision` columns last.
/// `layout` says how the files of a contract are written, by its name and columns.
///
/// Months begin with January 2024 and are months of UTC; memory does not grow with rows. Manifests are left to the caller.
///
/// # Errors
/// When a file cannot be written, or a size is zero.
pub fn write_bench_items(
    rows: u64,
    months: u32,
    offices: u32,
    seed: u64,
    into: &Path,
    layout: &dyn Fn(&str, &Schema) -> ArrowWriterOptions,
) -> Result<Vec<BenchFile>, SynthError> {
    if months == 0 || offices == 0 || rows < u64::from(months) {
        return Err(SynthError::Plan("a benchmark needs months, offices and at least one item a month".to_owned()));
    }
    let draws = Draws::new(offices);
    let mut files = Vec::new();
    for index in 0..months {
        let month = Month(Month::new(2024, 1).0 + index as i32);
        let upto = |part: u64| rows * part / u64::from(months);
        let quota = upto(u64::from(index) + 1) - upto(u64::from(index));
        files.extend(write_month(&draws, index, month, quota, seed, into, layout)?);
    }
    Ok(files)
}

fn write_month(
    draws: &Draws,
    index: u32,
    month: Month,
    quota: u64,
    seed: u64,
    into: &Path,
    layout: &dyn Fn(&str, &Schema) -> ArrowWriterOptions,
) -> Result<[BenchFile; 2], SynthError> {
    let mut chance = Chance::new(seed, TABLE, index);
    let start = month_start(month.year(), month.month(), 0) * DAY;
    let end = month_start(month.year(), month.month(), 1) * DAY;
    let mut declarations = Table::create("declaration", &DECLARATION, month, into, layout)?;
    let mut items = Table::create("item", &ITEM, month, into, layout)?;
    let mut declaration_columns = DeclarationColumns::default();
    let mut item_columns = ItemColumns::default();
    let (mut written, mut number) = (0, 0);
    while written < quota {
        number += 1;
        // Acceptance follows the share of items written, so that records lie in the order of time.
        let accepted = start + (i128::from(end - start) * i128::from(written) / i128::from(quota)) as i64;
        let count = u64::from(draws.item_count(&mut chance)).min(quota - written);
        draws.declaration(&mut declaration_columns, &mut item_columns, number, accepted, count as u32, &mut chance);
        written += count;
        if declaration_columns.len() >= BATCH {
            declarations.write(&std::mem::take(&mut declaration_columns).into_batch(&declarations.schema))?;
        }
        if item_columns.len() >= BATCH {
            items.write(&std::mem::take(&mut item_columns).into_batch(&items.schema))?;
        }
    }
    declarations.write(&declaration_columns.into_batch(&declarations.schema))?;
    items.write(&item_columns.into_batch(&items.schema))?;
    Ok([declarations.finish()?, items.finish()?])
}

/// A Parquet file under way.
struct Table {
    schema: Arc<Schema>,
    writer: ArrowWriter<File>,
    file: BenchFile,
}

impl Table {
    fn create(
        contract: &'static str,
        fields: &[(&str, Kind)],
        month: Month,
        into: &Path,
        layout: &dyn Fn(&str, &Schema) -> ArrowWriterOptions,
    ) -> Result<Self, SynthError> {
        let folder = into.join(contract).join(format!("month={month}"));
        std::fs::create_dir_all(&folder).map_err(|source| SynthError::Write { path: folder.clone(), source })?;
        let path = folder.join("bench.parquet");
        let output = File::create(&path).map_err(|source| SynthError::Write { path: path.clone(), source })?;
        let schema = Arc::new(schema(fields));
        let writer = ArrowWriter::try_new_with_options(output, schema.clone(), layout(contract, &schema))
            .map_err(|source| SynthError::Parquet { path: path.clone(), source })?;
        Ok(Table { schema, writer, file: BenchFile { contract, path, month, rows: 0 } })
    }

    fn write(&mut self, batch: &RecordBatch) -> Result<(), SynthError> {
        self.file.rows += batch.num_rows() as u64;
        self.writer.write(batch).map_err(|source| SynthError::Parquet { path: self.file.path.clone(), source })
    }

    fn finish(self) -> Result<BenchFile, SynthError> {
        self.writer.close().map_err(|source| SynthError::Parquet { path: self.file.path.clone(), source })?;
        Ok(self.file)
    }
}

/// Storage of a contract's fields, companions of stamps last.
fn schema(fields: &[(&str, Kind)]) -> Schema {
    let mut columns: Vec<Field> = fields.iter().map(|(name, kind)| Field::new(*name, kind.data_type(), true)).collect();
    for (name, _) in fields.iter().filter(|(_, kind)| *kind == Kind::Time) {
        columns.push(Field::new(format!("{name}_precision"), DataType::Int8, true));
    }
    Schema::new(columns)
}

impl Kind {
    fn data_type(self) -> DataType {
        match self {
            Kind::Text => DataType::Utf8,
            Kind::Bool => DataType::Boolean,
            Kind::Int => DataType::Int64,
            Kind::Decimal(scale) => DataType::Decimal128(18, scale),
            Kind::Time => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
        }
    }
}
