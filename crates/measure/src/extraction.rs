//! When the records were extracted: nothing later is known, and cases open then are open, not late.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::Path;

use jiff::tz::TimeZone;
use mizan_ingest::manifest::Manifest;
use mizan_ingest::reason::PLAUSIBLE_YEARS;
use mizan_model::framework::Framework;
use mizan_model::kpi::Anchor;
use mizan_model::period::Month;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::statistics::Statistics;

use crate::MeasureError;
use crate::render;
use crate::zone::{MonthCursor, day_start, moment, month_of_day};

/// Microseconds of a year: a clock does not stop later after the last record of an extract.
const YEAR: i64 = 366 * 86_400_000_000;
/// The month from whose first day days are counted.
const EPOCH: Month = Month(1970 * 12);

/// Moment of extraction in microseconds since 1970: what the mappings say, else the latest stamp of the records among
/// the fields that place records in months and those that stop clocks, whichever KPIs are asked for. (Others, such as
/// time limits, lie in the future.) A day means its end. Where there is no such field, the latest begin of a validity.
///
/// A stamp that says "not yet" in its own way, as year 9999, is not taken for the moment of extraction: only years that
/// are plausible count, and of clocks only what lies up to a year after the last record.
///
/// `None`: no record has a moment.
///
/// # Errors
/// A file of records cannot be read.
pub fn latest(
    node: &Path,
    framework: &Framework,
    manifests: &BTreeMap<String, Manifest>,
    zone: &TimeZone,
) -> Result<Option<i64>, MeasureError> {
    let segments = || manifests.values().flat_map(|manifest| &manifest.segments);
    let moment = |text: &String| moment(text, zone);
    if let Some(stated) = segments().filter_map(|segment| segment.extracted_at.as_ref()).filter_map(moment).max() {
        return Ok(Some(stated));
    }
    let plausible = |&micros: &i64| PLAUSIBLE_YEARS.contains(&MonthCursor::new(zone.clone()).month(micros).year());
    let stamps = segments().filter_map(|segment| segment.max_stamp.as_ref());
    let anchored = stamps.filter_map(moment).filter(plausible).max();
    let mut latest = anchored;
    for (name, fields) in stopping_fields(framework) {
        let Some(manifest) = manifests.get(name) else { continue };
        for (_, path) in manifest.live_segments(node) {
            let stops = extent_in_file(&path, &fields)?.map(|(_, last)| last).into_iter().filter(plausible);
            let near = stops.filter(|&stop| anchored.is_none_or(|anchored| stop - anchored <= YEAR));
            latest = near.chain(latest).max();
        }
    }
    if latest.is_none() {
        latest = validities(node, framework, manifests)?.map(|(_, last)| day_start(zone, EPOCH, last as u32 + 1));
    }
    Ok(latest)
}

/// First and last day on which a validity begins, counted from 1970-01-01, among the contracts whose stocks are counted.
///
/// # Errors
/// A file of records cannot be read.
pub fn validities(
    node: &Path,
    framework: &Framework,
    manifests: &BTreeMap<String, Manifest>,
) -> Result<Option<(i64, i64)>, MeasureError> {
    let plausible = |day: &i64| PLAUSIBLE_YEARS.contains(&month_of_day(*day).year());
    let mut days = Vec::new();
    for source in framework.kpis.iter().flat_map(|kpi| &kpi.sources) {
        let (Anchor::PeriodEnd { from, .. }, Some(manifest)) = (&source.anchor, manifests.get(&source.contract)) else {
            continue;
        };
        for (_, path) in manifest.live_segments(node) {
            let extent = extent_in_file(&path, &BTreeSet::from([from.clone()]))?;
            days.extend(extent.into_iter().flat_map(|(first, last)| [first, last]).filter(plausible));
        }
    }
    Ok(days.iter().min().copied().zip(days.iter().max().copied()))
}

/// Time stamps at which clocks stop, by contract.
fn stopping_fields(framework: &Framework) -> BTreeMap<&str, BTreeSet<String>> {
    let mut fields: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for source in framework.kpis.iter().flat_map(|kpi| &kpi.sources) {
        if let (Some(clock), Some(contract)) = (&source.clock, framework.contracts.get(&source.contract)) {
            let stamps = render::stamps(&clock.stop.tree, contract);
            fields.entry(&source.contract).or_default().extend(stamps);
        }
    }
    fields
}

/// Smallest and largest value of those columns (microseconds or days since 1970), from the statistics of the file; no row
/// is read.
fn extent_in_file(path: &Path, fields: &BTreeSet<String>) -> Result<Option<(i64, i64)>, MeasureError> {
    let fail = |e: String| MeasureError::read(path, e);
    let file = File::open(path).map_err(|e| fail(e.to_string()))?;
    let reader = SerializedFileReader::new(file).map_err(|e| fail(e.to_string()))?;
    let columns = reader.metadata().row_groups().iter().flat_map(|group| group.columns());
    let columns = columns.filter(|column| fields.contains(column.column_path().string().as_str()));
    let extents = columns.filter_map(|column| match column.statistics()? {
        Statistics::Int64(statistics) => Some((*statistics.min_opt()?, *statistics.max_opt()?)),
        Statistics::Int32(statistics) => Some(((*statistics.min_opt()?).into(), (*statistics.max_opt()?).into())),
        _ => None,
    });
    Ok(extents.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))))
}
