//! When the records were extracted: nothing later is known, and cases open then are open, not late.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::Path;

use jiff::Timestamp;
use mizan_ingest::manifest::Manifest;
use mizan_model::framework::Framework;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::statistics::Statistics;

use crate::MeasureError;
use crate::render;

/// Moment of extraction in microseconds since 1970: what the mappings say, else the latest stamp of the records among
/// the fields that place records in months and those that stop clocks. (Others, such as time limits, lie in the future.)
///
/// # Errors
/// A file of records cannot be read.
pub fn latest(
    node: &Path,
    framework: &Framework,
    manifests: &BTreeMap<String, Manifest>,
    kpis: &[usize],
) -> Result<i64, MeasureError> {
    let segments = || manifests.values().flat_map(|manifest| &manifest.segments);
    let instant = |text: &String| text.parse::<Timestamp>().ok().map(Timestamp::as_microsecond);
    if let Some(stated) = segments().filter_map(|segment| segment.extracted_at.as_ref()).filter_map(instant).max() {
        return Ok(stated);
    }
    let anchored = segments().filter_map(|segment| segment.max_stamp.as_ref()).filter_map(instant).max();
    let mut latest = anchored.unwrap_or(0);
    for (name, fields) in stopping_fields(framework, kpis) {
        let Some(manifest) = manifests.get(name) else { continue };
        for (_, path) in manifest.live_segments(node) {
            let stamp = latest_in_file(&path, &fields)?;
            latest = latest.max(stamp.unwrap_or(latest));
        }
    }
    Ok(latest)
}

/// Time stamps at which clocks stop, by contract.
fn stopping_fields<'a>(framework: &'a Framework, kpis: &[usize]) -> BTreeMap<&'a str, BTreeSet<String>> {
    let mut fields: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for source in kpis.iter().flat_map(|&index| &framework.kpis[index].sources) {
        if let (Some(clock), Some(contract)) = (&source.clock, framework.contracts.get(&source.contract)) {
            let stamps = render::stamps(&clock.stop.tree, contract);
            fields.entry(&source.contract).or_default().extend(stamps);
        }
    }
    fields
}

/// Latest value of those columns, from the statistics of the file; no row is read.
fn latest_in_file(path: &Path, fields: &BTreeSet<String>) -> Result<Option<i64>, MeasureError> {
    let fail = |e: String| MeasureError::read(path, e);
    let file = File::open(path).map_err(|e| fail(e.to_string()))?;
    let reader = SerializedFileReader::new(file).map_err(|e| fail(e.to_string()))?;
    let columns = reader.metadata().row_groups().iter().flat_map(|group| group.columns());
    let stamps = columns.filter(|column| fields.contains(column.column_path().string().as_str()));
    Ok(stamps
        .filter_map(|column| match column.statistics()? {
            Statistics::Int64(statistics) => statistics.max_opt().copied(),
            _ => None,
        })
        .max())
}
