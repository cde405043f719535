//! Makes the records of `cargo xtask bench`: Parquet files and, as one JSON document on stdout, their manifest entries.
//!
//! It is an example, and not part of `xtask`, so that the everyday tasks are built without the record writer.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result};
use arrow::datatypes::Schema;
use mizan_ingest::layout;
use mizan_ingest::manifest::{Segment, segment_hashes};
use mizan_model::framework::Framework;
use mizan_synth::{BenchFile, write_bench_items};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::statistics::Statistics;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [rows, months, offices, seed, framework, into] = arguments.as_slice() else {
        anyhow::bail!("usage: bench_data ROWS MONTHS OFFICES SEED FRAMEWORK FOLDER");
    };
    let framework = contracts(Path::new(framework))?;
    let layout = |contract: &str, schema: &Schema| layout::options(schema, framework.contracts.get(contract));
    let (rows, months, offices, seed) = (rows.parse()?, months.parse()?, offices.parse()?, seed.parse()?);
    let files = write_bench_items(rows, months, offices, seed, Path::new(into), &layout)?;
    let mut segments: BTreeMap<&str, Vec<Segment>> = BTreeMap::new();
    for file in &files {
        segments.entry(file.contract).or_default().push(segment(file)?);
    }
    serde_json::to_writer(std::io::stdout(), &segments)?;
    Ok(())
}

/// The framework with its contracts and lists alone.
fn contracts(folder: &Path) -> Result<Framework> {
    let mut files = BTreeMap::new();
    let mut add = |path: &Path, name: String| -> Result<()> {
        files.insert(name, std::fs::read_to_string(path).with_context(|| path.display().to_string())?);
        Ok(())
    };
    add(&folder.join("framework.toml"), "framework.toml".to_owned())?;
    for part in ["contracts", "lists"] {
        for entry in std::fs::read_dir(folder.join(part)).with_context(|| folder.display().to_string())? {
            let entry = entry?;
            add(&entry.path(), format!("{part}/{}", entry.file_name().to_string_lossy()))?;
        }
    }
    Framework::from_files(files).value.context("the framework cannot be read")
}

/// The manifest's entry of a file. A field counts as mapped when some row fills it.
fn segment(file: &BenchFile) -> Result<Segment> {
    let path = &file.path;
    let (nulls, fields) = null_counts(path).with_context(|| path.display().to_string())?;
    let (sha256, checksum) = segment_hashes(path).with_context(|| path.display().to_string())?;
    let (min_stamp, max_stamp) = extent(path, "accepted_at").with_context(|| path.display().to_string())?;
    let is_filled = |name: &&String| !name.ends_with("_precision") && nulls[*name] < file.rows;
    Ok(Segment {
        path: format!("month={}/bench.parquet", file.month),
        month: file.month.to_string(),
        rows: file.rows,
        base_sha256: sha256.clone(),
        sha256,
        checksum,
        mapping: "bench".to_owned(),
        source: "bench".to_owned(),
        source_sha256: String::new(),
        mapping_hash: String::new(),
        mapped_fields: fields.iter().filter(is_filled).cloned().collect(),
        derived_fields: Vec::new(),
        derived_stage: 2,
        precisions: precisions(path, &nulls, file.rows).with_context(|| path.display().to_string())?,
        null_counts: nulls,
        min_stamp,
        max_stamp,
        extracted_at: None,
    })
}

/// Rows without a value by column, from the statistics of the file, and the columns in their order.
fn null_counts(path: &Path) -> Result<(BTreeMap<String, u64>, Vec<String>)> {
    let reader = SerializedFileReader::new(File::open(path)?)?;
    let mut nulls = BTreeMap::new();
    let mut names = Vec::new();
    for group in reader.metadata().row_groups() {
        for column in group.columns() {
            let name = column.column_path().string();
            let empty = column.statistics().and_then(|statistics| statistics.null_count_opt());
            let empty = empty.with_context(|| format!("column `{name}` has no count of empty values"))?;
            if !nulls.contains_key(&name) {
                names.push(name.clone());
            }
            *nulls.entry(name).or_insert(0) += empty;
        }
    }
    Ok((nulls, names))
}

/// Stamps of the benchmark are all as fine as each other: what the statistics of the file say of one holds for all.
fn precisions(path: &Path, nulls: &BTreeMap<String, u64>, rows: u64) -> Result<BTreeMap<String, [u64; 3]>> {
    let reader = SerializedFileReader::new(File::open(path)?)?;
    let mut found: BTreeMap<String, [u64; 3]> = BTreeMap::new();
    for column in reader.metadata().row_groups().iter().flat_map(|group| group.columns()) {
        let name = column.column_path().string();
        let Some(stamp) = name.strip_suffix("_precision") else { continue };
        if let Some(Statistics::Int32(extent)) = column.statistics()
            && let (Some(&low), Some(&high)) = (extent.min_opt(), extent.max_opt())
        {
            anyhow::ensure!(low == high, "`{name}` has several values");
            let mut counts = [0; 3];
            counts[usize::try_from(low)?] = rows - nulls[&name];
            found.insert(stamp.to_owned(), counts);
        }
    }
    Ok(found)
}

/// First and last moment of a column of time stamps, from the statistics of the file.
fn extent(path: &Path, column: &str) -> Result<(Option<String>, Option<String>)> {
    let reader = SerializedFileReader::new(File::open(path)?)?;
    let columns = reader.metadata().row_groups().iter().flat_map(|group| group.columns());
    let mut stamps = Vec::new();
    for chunk in columns.filter(|chunk| chunk.column_path().string() == column) {
        if let Some(Statistics::Int64(extent)) = chunk.statistics() {
            stamps.extend(extent.min_opt());
            stamps.extend(extent.max_opt());
        }
    }
    let text = |micros: Option<&i64>| micros.map(|&micros| jiff::Timestamp::from_microsecond(micros)).transpose();
    let (first, last) = (text(stamps.iter().min())?, text(stamps.iter().max())?);
    Ok((first.map(|stamp| stamp.to_string()), last.map(|stamp| stamp.to_string())))
}
