//! A run: from the records of a node to observations, measuring only what changed.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::tz::TimeZone;
use mizan_ingest::manifest::{Manifest, Segment, verify_segment};
use mizan_ingest::{NodeLock, NodePaths};
use mizan_model::framework::Framework;
use mizan_model::observation::{EngineStatus, Observation};
use mizan_model::period::{Grain, Month, Period};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::error::MeasureError;
use crate::extraction;
use crate::functions::Calendars;
use crate::observe::{self, CheckResult, Observed};
use crate::plan::{PARTS_VERSION, Plan, PlannedPart, Scan, Setting, plan};
use crate::ready::{Answerable, Readiness, readiness};
use crate::records::{RecordFile, RecordsTable};
use crate::rollup::{Rolled, Split};
use crate::scan;
use crate::session::{SessionLimits, session};
use crate::store::{Measured, PartStore};
use crate::zone::zone_by_name;

/// Rows that one query measures at most, so that an interrupted run loses little and memory stays flat.
const ROWS_A_QUERY: u64 = 2_000_000;

/// What is measured, and with what.
#[derive(Debug, Clone)]
pub struct MeasureOptions {
    /// Administration, for the observations.
    pub area: String,
    /// IANA zone that fixes days and months.
    pub zone: String,
    /// Bytes that aggregation may hold before it spills.
    pub memory_bytes: usize,
    /// Threads.
    pub threads: usize,
    /// Opening hours.
    pub calendars: Arc<Calendars>,
    /// KPI ids; `None`: all.
    pub kpis: Option<Vec<String>>,
    /// Breakdowns; `None`: all that may leave the node. Each entry is one breakdown or several crossed.
    pub by: Option<Vec<Split>>,
    /// Lengths of periods.
    pub grains: Vec<Grain>,
    /// Only these periods; empty: all.
    pub periods: Vec<Period>,
    /// Moment of extraction, in microseconds since 1970; `None`: the latest stamp of the records.
    pub extraction: Option<i64>,
    /// Measure again what is already there.
    pub fresh: bool,
}

/// What happens while measuring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// What there is to do.
    Planned {
        /// Rows that must be scanned.
        rows: u64,
        /// Partitions that must be measured.
        partitions: usize,
        /// Partitions whose parts are already there.
        unchanged: usize,
    },
    /// Some partitions of a contract were measured.
    Measured {
        /// Contract.
        contract: String,
        /// Rows scanned.
        rows: u64,
    },
    /// Parts are merged and values made.
    Merging,
}

/// One scan of a run, for the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScanRecord {
    /// Contract.
    pub contract: String,
    /// Hash of its live records.
    pub records: String,
    /// Rows of records.
    pub rows: u64,
    /// Rows that were quarantined.
    pub quarantined: u64,
    /// Parts that the KPIs need.
    pub parts: usize,
    /// Partitions in all.
    pub partitions: usize,
    /// Partitions that were measured in this run.
    pub measured: usize,
}

/// What a run found.
#[derive(Debug)]
pub struct Run {
    /// Hash of everything that the observations depend on.
    pub id: String,
    /// In order of KPI, period, breakdown.
    pub observations: Vec<Observation>,
    /// In order of KPI, period.
    pub checks: Vec<CheckResult>,
    /// Readiness that decided what could be measured.
    pub readiness: Readiness,
    /// One a scan.
    pub scans: Vec<ScanRecord>,
    /// Moment of extraction, in microseconds since 1970.
    pub extraction: i64,
}

/// Reads the manifests of all contracts of a framework, by name; contracts without records are left out.
///
/// # Errors
/// A manifest is damaged.
pub fn manifests(node: &Path, framework: &Framework) -> Result<BTreeMap<String, Manifest>, MeasureError> {
    let mut manifests = BTreeMap::new();
    for name in framework.contracts.keys() {
        if let Some(manifest) = Manifest::read(node, name).map_err(|e| MeasureError::Records(Box::new(e)))? {
            manifests.insert(name.clone(), manifest);
        }
    }
    Ok(manifests)
}

/// What a run would do: the plan of every scan as text, with its SQL.
///
/// # Errors
/// The engine's, or a damaged manifest.
pub fn explain(node: &Path, framework: &Framework, options: &MeasureOptions) -> Result<String, MeasureError> {
    let prepared = Prepared::new(node, framework, options)?;
    let runtime = runtime(options.threads)?;
    let context = session(&limits(node, options)).map_err(|e| MeasureError::engine("session", e))?;
    let mut text = String::new();
    for scan in &prepared.plan.scans {
        let contract = &framework.contracts[&scan.contract];
        let files = prepared.partitions(node, scan).into_iter().flat_map(|p| p.files).collect();
        let table = Arc::new(RecordsTable::new(contract, files));
        let plan = runtime
            .block_on(scan::explain(&context, scan, table))
            .map_err(|e| MeasureError::engine(&scan.contract, e))?;
        text.push_str(&format!(
            "-- {} ({} parts, {} dimensions)\n{};\n\n{plan}\n",
            contract.reference(),
            scan.parts.len(),
            scan.dimensions.len(),
            scan.sql()
        ));
    }
    Ok(text)
}

/// Measures a node.
///
/// # Errors
/// A damaged manifest, a file that cannot be read or written, the engine's, or an interruption (what was measured
/// until then is kept and not measured again).
pub fn measure(
    node: &Path,
    framework: &Framework,
    options: &MeasureOptions,
    progress: &dyn Fn(Progress),
    stop: &AtomicBool,
) -> Result<Run, MeasureError> {
    // Nothing may be ingested, or measured by another program, while records are read and parts written.
    let _lock = lock(node)?;
    let prepared = Prepared::new(node, framework, options)?;
    let runtime = runtime(options.threads)?;
    let limits = limits(node, options);
    let (mut stores, work) = prepared.work(node, options.fresh);
    progress(Progress::Planned {
        rows: work.iter().flat_map(|chunk| &chunk.partitions).map(|p| p.rows).sum(),
        partitions: work.iter().map(|chunk| chunk.partitions.len()).sum(),
        unchanged: prepared.unchanged(node, &work),
    });
    for chunk in &work {
        if stop.load(Ordering::Relaxed) {
            return Err(MeasureError::Interrupted);
        }
        let scan = &prepared.plan.scans[chunk.scan];
        let fail = |e| MeasureError::engine(&scan.contract, e);
        let files: Vec<RecordFile> = chunk.partitions.iter().flat_map(|p| p.files.clone()).collect();
        prepared.verify(node, chunk)?;
        let table = Arc::new(RecordsTable::new(&framework.contracts[&scan.contract], files));
        let context = session(&limits).map_err(fail)?;
        let cells = runtime
            .block_on(scan::measure(&context, scan, &chunk.parts, table, prepared.stock_months()))
            .map_err(fail)?;
        let mut by_partition: BTreeMap<String, _> =
            scan::by_partition(&cells).map_err(MeasureError::internal)?.into_iter().collect();
        let none = cells.project(&(1..cells.num_columns()).collect::<Vec<_>>()).map_err(MeasureError::internal)?;
        for partition in &chunk.partitions {
            let cells = by_partition.remove(&partition.name).unwrap_or_else(|| none.slice(0, 0));
            let measured = Measured {
                partition: &partition.name,
                records: &partition.hash,
                extraction: prepared.extraction,
                rows: partition.rows,
                parts: &chunk.parts,
                zone: &prepared.zone,
            };
            stores[chunk.scan].put(scan, &measured, &cells)?;
        }
        stores[chunk.scan].commit()?;
        let rows = chunk.partitions.iter().map(|p| p.rows).sum();
        progress(Progress::Measured { contract: scan.contract.clone(), rows });
    }
    progress(Progress::Merging);
    let observed = prepared.observe(node, framework, options, &stores)?;
    let scans = prepared.records(node, &work);
    for (scan, store) in prepared.plan.scans.iter().zip(&mut stores) {
        let live = prepared.partitions(node, scan).into_iter().map(|p| (p.name, p.hash)).collect();
        store.tidy(&live)?;
    }
    Ok(Run {
        id: prepared.id.clone(),
        observations: observed.observations,
        checks: observed.checks,
        scans,
        extraction: prepared.extraction,
        readiness: prepared.readiness,
    })
}

/// Everything that is known before the first row is read.
struct Prepared {
    manifests: BTreeMap<String, Manifest>,
    readiness: Readiness,
    plan: Plan,
    zone: TimeZone,
    extraction: i64,
    range: Option<(Month, Month)>,
    crosses: Vec<Split>,
    id: String,
}

/// One partition of records.
#[derive(Debug, Clone)]
struct Partition {
    name: String,
    hash: String,
    rows: u64,
    files: Vec<RecordFile>,
}

/// Partitions of one scan that are measured by one query.
#[derive(Debug)]
struct Chunk {
    scan: usize,
    parts: Vec<PlannedPart>,
    partitions: Vec<Partition>,
}

impl Prepared {
    fn new(node: &Path, framework: &Framework, options: &MeasureOptions) -> Result<Self, MeasureError> {
        let manifests = manifests(node, framework)?;
        let readiness = readiness(framework, &manifests);
        let zone = zone_by_name(&options.zone)?;
        let selected = |id: &String| options.kpis.as_ref().is_none_or(|ids| ids.contains(id));
        let kpis: Vec<usize> = (0..framework.kpis.len())
            .filter(|&index| selected(&framework.kpis[index].id))
            .filter(|&index| readiness.kpis[index].answerable == Answerable::Now)
            .collect();
        let extraction = match options.extraction {
            Some(extraction) => extraction,
            None => extraction::latest(node, framework, &manifests, &kpis)?,
        };
        let by = options.by.as_ref().map(|splits| splits.iter().flatten().cloned().collect());
        let calendars = format!("{:?}", options.calendars);
        let setting = Setting { zone: options.zone.clone(), extraction, calendars, by };
        let plan = plan(framework, &kpis, &setting);
        let crosses = options.by.iter().flatten().filter(|split| split.len() > 1).cloned().collect();
        let range = month_range(&manifests);
        let id = run_id(framework, options, extraction, &manifests, &kpis);
        Ok(Prepared { manifests, readiness, plan, zone, extraction, range, crosses, id })
    }

    fn partitions(&self, node: &Path, scan: &Scan) -> Vec<Partition> {
        let Some(manifest) = self.manifests.get(&scan.contract) else { return Vec::new() };
        // What a stock counts depends on the months that it is counted for.
        let months = scan.stock.as_ref().map(|_| self.stock_months());
        let suffix = months.map(|m| format!("+{}..{}", m.start(), m.end())).unwrap_or_default();
        manifest
            .months()
            .into_iter()
            .map(|month| {
                let live = manifest.live_segments(node).filter(|(segment, _)| segment.month == month);
                let files: Vec<RecordFile> = live.map(|(segment, path)| record_file(segment, path)).collect();
                Partition {
                    hash: format!("{}{suffix}", manifest.month_hash(&month)),
                    rows: files.iter().map(|file| file.rows).sum(),
                    name: month,
                    files,
                }
            })
            .collect()
    }

    /// Compares the records of a query with what was ingested: rot on a disk must not become a wrong figure.
    fn verify(&self, node: &Path, chunk: &Chunk) -> Result<(), MeasureError> {
        let contract = &self.plan.scans[chunk.scan].contract;
        let live = self.manifests.get(contract).into_iter().flat_map(|manifest| manifest.live_segments(node));
        let is_read = |segment: &Segment| chunk.partitions.iter().any(|partition| partition.name == segment.month);
        live.filter(|(segment, _)| is_read(segment))
            .try_for_each(|(segment, path)| verify_segment(&path, segment))
            .map_err(|e| MeasureError::Records(Box::new(e)))
    }

    /// Stores, and the queries that must run: partitions with the same missing parts share one, up to a number of rows.
    fn work(&self, node: &Path, fresh: bool) -> (Vec<PartStore>, Vec<Chunk>) {
        let mut stores = Vec::new();
        let mut work: Vec<Chunk> = Vec::new();
        for (index, scan) in self.plan.scans.iter().enumerate() {
            let store = PartStore::open(node, scan);
            for partition in self.partitions(node, scan) {
                let parts = if fresh {
                    scan.parts.clone()
                } else {
                    store.missing(scan, &partition.name, &partition.hash, self.extraction)
                };
                if parts.is_empty() {
                    continue;
                }
                let rows = partition.rows;
                let fits = |chunk: &Chunk| {
                    chunk.scan == index
                        && chunk.parts == parts
                        && chunk.partitions.iter().map(|p| p.rows).sum::<u64>() + rows <= ROWS_A_QUERY
                };
                match work.last_mut().filter(|chunk| fits(chunk)) {
                    Some(chunk) => chunk.partitions.push(partition),
                    None => work.push(Chunk { scan: index, parts, partitions: vec![partition] }),
                }
            }
            stores.push(store);
        }
        (stores, work)
    }

    fn unchanged(&self, node: &Path, work: &[Chunk]) -> usize {
        let all: usize = self.plan.scans.iter().map(|scan| self.partitions(node, scan).len()).sum();
        all - work.iter().map(|chunk| chunk.partitions.len()).sum::<usize>()
    }

    fn stock_months(&self) -> std::ops::RangeInclusive<Month> {
        let last = crate::zone::MonthCursor::new(self.zone.clone()).month(self.extraction);
        let (first, last) = self.range.unwrap_or((last, last));
        first..=last
    }

    fn observe(
        &self,
        node: &Path,
        framework: &Framework,
        options: &MeasureOptions,
        stores: &[PartStore],
    ) -> Result<Observed, MeasureError> {
        let wanted = observe::wanted_splits(&self.plan, &self.crosses);
        let mut rolled = Vec::with_capacity(self.plan.scans.len());
        for ((scan, store), wanted) in self.plan.scans.iter().zip(stores).zip(&wanted) {
            let mut merged = Rolled::default();
            for partition in self.partitions(node, scan) {
                for (cells, parts) in store.load(scan, &partition.name, &partition.hash, self.extraction)? {
                    merged.add(scan, &cells, &parts, wanted)?;
                }
            }
            rolled.push(merged);
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
        let mut observed = observe::observe(framework, &self.plan, &rolled, &scope)?;
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
            observed.observations.push(Observation {
                kpi: kpi.id.clone(),
                area: options.area.clone(),
                period: String::new(),
                breakdown: Vec::new(),
                value: None,
                numerator: None,
                denominator: None,
                n: 0,
                lower: None,
                upper: None,
                unit: kpi.unit.as_str().to_owned(),
                coverage: None,
                status,
                definition: kpi.version.to_string(),
                run: self.id.clone(),
            });
        }
        let order: HashMap<&str, usize> =
            framework.kpis.iter().enumerate().map(|(index, kpi)| (kpi.id.as_str(), index)).collect();
        observed.observations.sort_by_key(|o| order[o.kpi.as_str()]);
    }

    fn records(&self, node: &Path, work: &[Chunk]) -> Vec<ScanRecord> {
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

/// Takes the node for writing; another run that is about to end is waited for.
fn lock(node: &Path) -> Result<NodeLock, MeasureError> {
    const TRIES: u32 = 40;
    const PAUSE: std::time::Duration = std::time::Duration::from_millis(50);
    for _ in 1..TRIES {
        match NodePaths::new(node).lock() {
            Ok(lock) => return Ok(lock),
            Err(_) => std::thread::sleep(PAUSE),
        }
    }
    NodePaths::new(node).lock().map_err(|e| MeasureError::Records(Box::new(e)))
}

fn record_file(segment: &Segment, path: PathBuf) -> RecordFile {
    // The engine's file store knows full paths only; a file that is gone is reported by the scan.
    let path = path.canonicalize().unwrap_or(path);
    let bytes = std::fs::metadata(&path).map_or(0, |metadata| metadata.len());
    RecordFile { path, bytes, rows: segment.rows, partition: segment.month.clone() }
}

fn runtime(threads: usize) -> Result<tokio::runtime::Runtime, MeasureError> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads.max(1))
        .enable_all()
        .build()
        .map_err(MeasureError::internal)
}

fn limits(node: &Path, options: &MeasureOptions) -> SessionLimits {
    SessionLimits {
        memory_bytes: options.memory_bytes,
        threads: options.threads,
        spill_folder: Some(node.join(".spill")),
        calendars: Arc::clone(&options.calendars),
    }
}

/// First and last month of the records of all contracts that are partitioned by month.
fn month_range(manifests: &BTreeMap<String, Manifest>) -> Option<(Month, Month)> {
    let months = || manifests.values().flat_map(Manifest::months).filter_map(|month| month.parse::<Period>().ok());
    Some((months().map(|p| p.start).min()?, months().map(|p| p.start).max()?))
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
    }
    for &index in kpis {
        add(&framework.kpis[index].id);
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Rows lost to quarantine, by contract and month.
struct Quarantine {
    /// Rows taken, and rows quarantined (shared out over the months of their file by its rows).
    rows: HashMap<String, BTreeMap<i32, (f64, f64)>>,
}

impl Quarantine {
    fn new(manifests: &BTreeMap<String, Manifest>) -> Self {
        let mut rows: HashMap<String, BTreeMap<i32, (f64, f64)>> = HashMap::new();
        for (name, manifest) in manifests {
            let months = rows.entry(name.clone()).or_default();
            for source in &manifest.sources {
                let of_source = |segment: &&Segment| segment.mapping == source.mapping && segment.source == source.name;
                let taken: u64 = manifest.segments.iter().filter(of_source).map(|segment| segment.rows).sum();
                let share = source.counts.quarantined as f64 / taken.max(1) as f64;
                for segment in manifest.segments.iter().filter(of_source) {
                    let month = segment.month.parse::<Period>().map_or(i32::MIN, |period| period.start.0);
                    let (known, lost) = months.entry(month).or_default();
                    *known += segment.rows as f64;
                    *lost += segment.rows as f64 * share;
                }
            }
        }
        Quarantine { rows }
    }

    /// Share of a contract's rows of a period that were taken.
    fn taken(&self, contract: &str, period: Period) -> f64 {
        let Some(months) = self.rows.get(contract) else { return 1.0 };
        let unplaced = months.get(&i32::MIN).into_iter();
        let (taken, lost) = months
            .range(period.start.0..=period.end().0)
            .map(|(_, rows)| rows)
            .chain(unplaced)
            .fold((0.0, 0.0), |(taken, lost), rows| (taken + rows.0, lost + rows.1));
        if taken + lost > 0.0 { taken / (taken + lost) } else { 1.0 }
    }
}
