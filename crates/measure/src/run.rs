//! A run: from the records of a node to observations, measuring only what changed.

mod prepared;
mod quarantine;
mod queries;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use mizan_ingest::manifest::Manifest;
use mizan_ingest::{NodeLock, NodePaths};
use mizan_model::framework::Framework;
use mizan_model::observation::Observation;
use mizan_model::period::{Grain, Period};
use serde::Serialize;

use self::prepared::{Chunk, Prepared};
use self::queries::Queries;
use crate::error::MeasureError;
use crate::functions::Calendars;
use crate::observe::CheckResult;
use crate::ready::Readiness;
use crate::records::RecordsTable;
use crate::rollup::Split;
use crate::scan;
use crate::session::{SessionLimits, session};

/// Rows that one query measures at most where it takes several partitions: enough to be worth a query, and few enough to
/// let large months have their own, which then knows its month.
pub const ROWS_A_QUERY: u64 = 500_000;

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
    /// Rows that one query measures at most where it takes several partitions, see [`ROWS_A_QUERY`].
    pub rows_a_query: u64,
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
    /// Manifests of the records that were read, by contract.
    pub manifests: BTreeMap<String, Manifest>,
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
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(MeasureError::internal)?;
    let limits = SessionLimits {
        memory_bytes: options.memory_bytes,
        threads: options.threads,
        spill_folder: Some(node.join(".spill")),
        calendars: Arc::clone(&options.calendars),
    };
    let context = session(&limits).map_err(|e| MeasureError::engine("session", e))?;
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

/// Measures a node. It stays locked until the lock is dropped, so that the run can be kept before another one ends.
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
) -> Result<(Run, NodeLock), MeasureError> {
    // Nothing may be ingested, or measured by another program, while records are read and parts written.
    let lock = lock(node)?;
    let prepared = Prepared::new(node, framework, options)?;
    let (mut stores, work) = prepared.work(node, options);
    progress(Progress::Planned {
        rows: work.iter().map(Chunk::rows).sum(),
        partitions: work.iter().map(|chunk| chunk.partitions.len()).sum(),
        unchanged: prepared.unchanged(node, &work),
    });
    let queries = Queries::new(node, framework, &prepared, options, work.len());
    queries.run(&work, stop, |chunk, cells| {
        prepared.keep(chunk, cells, &mut stores[chunk.scan])?;
        let contract = prepared.plan.scans[chunk.scan].contract.clone();
        progress(Progress::Measured { contract, rows: chunk.rows() });
        Ok(())
    })?;
    progress(Progress::Merging);
    let observed = prepared.observe(node, framework, options, &stores)?;
    let scans = prepared.records(node, &work);
    for (scan, store) in prepared.plan.scans.iter().zip(&mut stores) {
        let live = prepared.partitions(node, scan).into_iter().map(|p| (p.name, p.hash)).collect();
        store.tidy(&live)?;
    }
    let run = Run {
        id: prepared.id.clone(),
        observations: observed.observations,
        checks: observed.checks,
        scans,
        extraction: prepared.extraction,
        readiness: prepared.readiness,
        manifests: prepared.manifests,
    };
    Ok((run, lock))
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
