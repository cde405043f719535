//! Everything that is known before the first row is read.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use arrow::array::RecordBatch;
use jiff::tz::TimeZone;
use mizan_ingest::manifest::{Manifest, Segment};
use mizan_ingest::reason::PLAUSIBLE_YEARS;
use mizan_model::framework::Framework;
use mizan_model::kpi::Measure;
use mizan_model::observation::{EngineStatus, Observation};
use mizan_model::period::{Month, Period};
use sha2::{Digest, Sha256};
use smol_str::SmolStr;

use super::quarantine::Quarantine;
use super::{MeasureOptions, ScanRecord, manifests};
use crate::error::MeasureError;
use crate::extraction;
use crate::observe::{self, Observed, Words};
use crate::plan::{PARTS_VERSION, Place, Plan, PlannedPart, Scan, Setting, plan};
use crate::ready::{Answerable, Readiness, readiness};
use crate::records::RecordFile;
use crate::rollup::{Rollup, Split};
use crate::scan;
use crate::store::{Measured, PartStore};
use crate::zone::{MonthCursor, month_of_day, zone_by_name};

/// Everything that is known before the first row is read.
pub(super) struct Prepared {
    pub(super) manifests: BTreeMap<String, Manifest>,
    pub(super) readiness: Readiness,
    pub(super) plan: Plan,
    pub(super) zone: TimeZone,
    pub(super) extraction: i64,
    pub(super) range: Option<(Month, Month)>,
    pub(super) crosses: Vec<Split>,
    pub(super) id: String,
}

/// One partition of records.
#[derive(Debug, Clone)]
pub(super) struct Partition {
    pub(super) name: String,
    pub(super) hash: String,
    pub(super) rows: u64,
    /// The month in which all records lie, if their manifest proves it.
    pub(super) month: Option<Month>,
    /// How finely the coarsest value of a stamp is written, where it is known.
    pub(super) coarsest: BTreeMap<String, i8>,
    pub(super) files: Vec<RecordFile>,
}

/// Partitions of one scan that are measured by one query.
#[derive(Debug)]
pub(super) struct Chunk {
    pub(super) scan: usize,
    pub(super) parts: Vec<PlannedPart>,
    pub(super) partitions: Vec<Partition>,
}

impl Chunk {
    /// Rows of records.
    pub(super) fn rows(&self) -> u64 {
        self.partitions.iter().map(|partition| partition.rows).sum()
    }

    /// What is known of the records before they are read.
    pub(super) fn place(&self) -> Place {
        match self.partitions.as_slice() {
            [only] => Place { partition: Some(only.name.clone()), month: only.month, coarsest: only.coarsest.clone() },
            partitions => Place { coarsest: coarsest(partitions.iter().map(|p| &p.coarsest)), ..Place::default() },
        }
    }
}

impl Prepared {
    pub(super) fn new(node: &Path, framework: &Framework, options: &MeasureOptions) -> Result<Self, MeasureError> {
        let manifests = manifests(node, framework)?;
        let readiness = readiness(framework, &manifests);
        let zone = zone_by_name(&options.zone)?;
        let wanted = options.kpis.as_ref().map(|ids| with_members(framework, ids));
        let selected = |id: &String| wanted.as_ref().is_none_or(|ids| ids.contains(id));
        let kpis: Vec<usize> = (0..framework.kpis.len())
            .filter(|&index| selected(&framework.kpis[index].id))
            .filter(|&index| readiness.kpis[index].answerable == Answerable::Now)
            .collect();
        let extraction = match options.extraction {
            Some(extraction) => extraction,
            None => match extraction::latest(node, framework, &manifests, &zone)? {
                Some(extraction) => extraction,
                // Without records nothing is measured, whenever that is.
                None if manifests.is_empty() => 0,
                None => return Err(MeasureError::NoMoment),
            },
        };
        let by = options.by.as_ref().map(|splits| splits.iter().flatten().cloned().collect());
        let calendars = format!("{:?}", options.calendars);
        let setting = Setting { zone: options.zone.clone(), extraction, calendars, by };
        let plan = plan(framework, &kpis, &setting);
        let crosses: BTreeSet<Split> = options.by.iter().flatten().filter(|split| split.len() > 1).cloned().collect();
        let crosses = crosses.into_iter().collect();
        // A node with a register alone begins with its first entry.
        let range = match month_range(&manifests) {
            None => {
                extraction::validities(node, framework, &manifests)?.map(|(a, b)| (month_of_day(a), month_of_day(b)))
            }
            range => range,
        };
        let id = run_id(framework, options, extraction, &manifests, &kpis);
        Ok(Prepared { manifests, readiness, plan, zone, extraction, range, crosses, id })
    }

    pub(super) fn partitions(&self, node: &Path, scan: &Scan) -> Vec<Partition> {
        let Some(manifest) = self.manifests.get(&scan.contract) else { return Vec::new() };
        let partitioned_by = scan.partitioned_by.as_deref();
        // What a stock counts depends on the months that it is counted for.
        let months = scan.stock.as_ref().map(|_| self.stock_months());
        let suffix = months.map(|m| format!("+{}..{}", m.start(), m.end())).unwrap_or_default();
        manifest
            .months()
            .into_iter()
            .map(|month| {
                let live: Vec<_> = manifest.live_segments(node).filter(|(segment, _)| segment.month == month).collect();
                let known: Option<BTreeSet<Month>> =
                    live.iter().map(|(segment, _)| self.month_of(segment, partitioned_by)).collect();
                let coarsest = coarsest(live.iter().map(|(segment, _)| coarsest_of(segment)));
                let only = known.filter(|months| months.len() == 1).and_then(|months| months.first().copied());
                let files: Vec<RecordFile> =
                    live.into_iter().map(|(segment, path)| record_file(segment, path, only)).collect();
                Partition {
                    month: only,
                    hash: format!("{}{suffix}", manifest.month_hash(&month)),
                    rows: files.iter().map(|file| file.rows).sum(),
                    coarsest,
                    name: month,
                    files,
                }
            })
            .collect()
    }

    /// The month in which all records of a segment lie, by the zone of this run: it may differ from that of ingestion.
    fn month_of(&self, segment: &Segment, partitioned_by: Option<&str>) -> Option<Month> {
        // A record without the field lies in no month.
        if segment.null_counts.get(partitioned_by?) != Some(&0) {
            return None;
        }
        let mut cursor = MonthCursor::new(self.zone.clone());
        let mut month = |stamp: &Option<String>| -> Option<Month> {
            let stamp = stamp.as_deref()?;
            if let Ok(instant) = stamp.parse::<jiff::Timestamp>() {
                return Some(cursor.month(instant.as_microsecond()));
            }
            let date = stamp.parse::<jiff::civil::Date>().ok()?;
            Some(Month::new(date.year().into(), date.month().unsigned_abs().into()))
        };
        let (first, last) = (month(&segment.min_stamp)?, month(&segment.max_stamp)?);
        (first == last).then_some(first)
    }

    /// Stores, and the queries that must run: partitions with the same missing parts share one, up to a number of rows.
    pub(super) fn work(&self, node: &Path, options: &MeasureOptions) -> (Vec<PartStore>, Vec<Chunk>) {
        let mut stores = Vec::new();
        let mut work: Vec<Chunk> = Vec::new();
        for (index, scan) in self.plan.scans.iter().enumerate() {
            let store = PartStore::open(node, scan, options.fresh);
            for partition in self.partitions(node, scan) {
                let parts = if options.fresh {
                    scan.parts.clone()
                } else {
                    store.missing(scan, &partition.name, &partition.hash, self.extraction)
                };
                if parts.is_empty() {
                    continue;
                }
                let rows = partition.rows;
                let has_room = |chunk: &Chunk| chunk.rows() + rows <= options.rows_a_query;
                let fits = |chunk: &Chunk| chunk.scan == index && chunk.parts == parts && has_room(chunk);
                match work.last_mut().filter(|chunk| fits(chunk)) {
                    Some(chunk) => chunk.partitions.push(partition),
                    None => work.push(Chunk { scan: index, parts, partitions: vec![partition] }),
                }
            }
            stores.push(store);
        }
        // The longest go first, so that no thread is left alone with one in the end.
        work.sort_by_key(|chunk| std::cmp::Reverse(chunk.rows()));
        (stores, work)
    }

    /// Stores what a query measured.
    pub(super) fn keep(&self, chunk: &Chunk, cells: &RecordBatch, store: &mut PartStore) -> Result<(), MeasureError> {
        let scan = &self.plan.scans[chunk.scan];
        let mut by_partition: BTreeMap<String, _> =
            scan::by_partition(cells).map_err(MeasureError::internal)?.into_iter().collect();
        let none = cells.project(&(1..cells.num_columns()).collect::<Vec<_>>()).map_err(MeasureError::internal)?;
        for partition in &chunk.partitions {
            let cells = by_partition.remove(&partition.name).unwrap_or_else(|| none.slice(0, 0));
            let measured = Measured {
                partition: &partition.name,
                records: &partition.hash,
                extraction: self.extraction,
                rows: partition.rows,
                parts: &chunk.parts,
            };
            store.put(scan, &measured, &cells)?;
        }
        store.commit()
    }

    pub(super) fn unchanged(&self, node: &Path, work: &[Chunk]) -> usize {
        let all: usize = self.plan.scans.iter().map(|scan| self.partitions(node, scan).len()).sum();
        all - work.iter().map(|chunk| chunk.partitions.len()).sum::<usize>()
    }

    /// Months at whose end stocks are counted: those of the records, up to the extraction.
    pub(super) fn stock_months(&self) -> std::ops::RangeInclusive<Month> {
        let last = MonthCursor::new(self.zone.clone()).month(self.extraction);
        let first = self.range.map_or(last, |(first, _)| first.min(last));
        first..=last
    }

    pub(super) fn observe(
        &self,
        node: &Path,
        framework: &Framework,
        options: &MeasureOptions,
        stores: &[PartStore],
    ) -> Result<Observed, MeasureError> {
        let wanted = observe::wanted_splits(&self.plan, &self.crosses);
        let mut rollup = Rollup::default();
        for (number, ((scan, store), wanted)) in self.plan.scans.iter().zip(stores).zip(&wanted).enumerate() {
            for partition in self.partitions(node, scan) {
                for (cells, parts) in store.load(scan, &partition.name, &partition.hash, self.extraction)? {
                    rollup.add(number, scan, &cells, &parts, wanted)?;
                }
            }
        }
        let quarantine = Quarantine::new(&self.manifests);
        let scope = observe::Scope {
            area: &options.area,
            run: &self.id,
            zone: &self.zone,
            extraction: self.extraction,
            range: self.range,
            grains: &options.grains,
            periods: &options.periods,
            crosses: &self.crosses,
            taken: &|contract, period| quarantine.taken(contract, period),
        };
        let mut observed = observe::observe(framework, &self.plan, &rollup, &scope)?;
        if let Some(ids) = &options.kpis {
            // Members of an index were measured for its sake.
            observed.observations.retain(|observation| ids.iter().any(|id| *id == observation.kpi));
            observed.checks.retain(|check| ids.contains(&check.kpi));
        }
        self.add_unmeasured(framework, options, &mut observed);
        Ok(observed)
    }

    /// KPIs that cannot be measured, or that people enter, stand in the result with the reason.
    fn add_unmeasured(&self, framework: &Framework, options: &MeasureOptions, observed: &mut Observed) {
        for (kpi, ready) in framework.kpis.iter().zip(&self.readiness.kpis) {
            let status = match ready.answerable {
                Answerable::Now => continue,
                Answerable::Entered => EngineStatus::Reported,
                Answerable::FieldsMissing | Answerable::TableMissing => EngineStatus::NotComputable,
            };
            if options.kpis.as_ref().is_some_and(|ids| !ids.contains(&kpi.id)) {
                continue;
            }
            let Words { kpi: id, area, definition, run } = Words::new(kpi, &options.area, &self.id);
            observed.observations.push(Observation {
                kpi: id,
                area,
                period: SmolStr::default(),
                breakdown: Vec::new(),
                value: None,
                numerator: None,
                denominator: None,
                n: 0,
                lower: None,
                upper: None,
                unit: SmolStr::new_static(kpi.unit.as_str()),
                coverage: None,
                status,
                definition,
                run,
            });
        }
        let order: HashMap<&str, usize> =
            framework.kpis.iter().enumerate().map(|(index, kpi)| (kpi.id.as_str(), index)).collect();
        observed.observations.sort_by_key(|o| order[o.kpi.as_str()]);
    }

    pub(super) fn records(&self, node: &Path, work: &[Chunk]) -> Vec<ScanRecord> {
        let measured = |index| -> usize {
            work.iter().filter(|chunk| chunk.scan == index).map(|chunk| chunk.partitions.len()).sum()
        };
        let record = |(index, scan): (usize, &Scan)| {
            let manifest = self.manifests.get(&scan.contract);
            ScanRecord {
                contract: scan.contract.clone(),
                records: manifest.map(Manifest::content_hash).unwrap_or_default(),
                rows: manifest.map_or(0, Manifest::rows),
                quarantined: manifest.map_or(0, |m| m.sources.iter().map(|s| s.counts.quarantined).sum()),
                parts: scan.parts.len(),
                partitions: self.partitions(node, scan).len(),
                measured: measured(index),
            }
        };
        self.plan.scans.iter().enumerate().map(record).collect()
    }
}

/// The chosen KPIs, with the members of those that are indices.
fn with_members(framework: &Framework, ids: &[String]) -> BTreeSet<String> {
    let mut chosen: BTreeSet<String> = BTreeSet::new();
    let mut open = ids.to_vec();
    while let Some(id) = open.pop() {
        let kpi = framework.kpis.iter().find(|kpi| kpi.id == id);
        if let Some(Measure::Kpis { of, .. }) = kpi.map(|kpi| &kpi.measure)
            && !chosen.contains(&id)
        {
            open.extend(of.iter().map(|(_, member)| member.clone()));
        }
        chosen.insert(id);
    }
    chosen
}

/// How finely the coarsest value of each stamp of a segment is written, where its manifest tells it of every value.
fn coarsest_of(segment: &Segment) -> BTreeMap<String, i8> {
    let mut known = BTreeMap::new();
    for (stamp, counts) in &segment.precisions {
        let filled = segment.null_counts.get(stamp).map(|nulls| segment.rows.saturating_sub(*nulls));
        let coarsest = counts.iter().position(|count| *count > 0).unwrap_or(counts.len() - 1);
        if filled == Some(counts.iter().sum()) {
            known.insert(stamp.clone(), coarsest as i8);
        }
    }
    known
}

/// What holds for all of several groups of records: the stamps that are known of each, at their coarsest.
fn coarsest(groups: impl Iterator<Item = impl Borrow<BTreeMap<String, i8>>>) -> BTreeMap<String, i8> {
    let both = |a: BTreeMap<String, i8>, b: BTreeMap<String, i8>| -> BTreeMap<String, i8> {
        let of_both = |(stamp, code): (String, i8)| b.get(&stamp).map(|other| (stamp.clone(), code.min(*other)));
        a.into_iter().filter_map(of_both).collect()
    };
    groups.map(|group| group.borrow().clone()).reduce(both).unwrap_or_default()
}

fn record_file(segment: &Segment, path: PathBuf, month: Option<Month>) -> RecordFile {
    // The engine's file store knows full paths only; a file that is gone is reported by the scan.
    let path = path.canonicalize().unwrap_or(path);
    let bytes = std::fs::metadata(&path).map_or(0, |metadata| metadata.len());
    RecordFile { path, bytes, rows: segment.rows, partition: segment.month.clone(), month }
}

/// First and last month of the records of all contracts that are partitioned by month; slips of the pen aside.
fn month_range(manifests: &BTreeMap<String, Manifest>) -> Option<(Month, Month)> {
    let months = || {
        let named = manifests.values().flat_map(Manifest::months).filter_map(|month| month.parse::<Period>().ok());
        named.map(|period| period.start).filter(|month| PLAUSIBLE_YEARS.contains(&month.year()))
    };
    Some((months().min()?, months().max()?))
}

/// Hash of everything that the observations depend on.
fn run_id(
    framework: &Framework,
    options: &MeasureOptions,
    extraction: i64,
    manifests: &BTreeMap<String, Manifest>,
    kpis: &[usize],
) -> String {
    let mut hash = Sha256::new();
    let mut add = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    };
    add(env!("CARGO_PKG_VERSION"));
    add(&PARTS_VERSION.to_string());
    add(&framework.hash);
    add(&options.area);
    add(&options.zone);
    add(&extraction.to_string());
    add(&format!("{:?} {:?} {:?} {:?}", options.by, options.grains, options.periods, options.calendars));
    for (name, manifest) in manifests {
        add(name);
        add(&manifest.content_hash());
        // Rows that were set apart are in no segment, but in coverage.
        for source in &manifest.sources {
            add(&format!("{} {} {}", source.mapping, source.name, source.counts.quarantined));
        }
    }
    for &index in kpis {
        add(&framework.kpis[index].id);
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
