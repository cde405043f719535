//! The queries of a run, side by side.
//!
//! A query measures whole months of one contract. With enough of them each runs on one thread: nothing has to be
//! exchanged or merged between threads, and the state of a query is that of its own months. Only with fewer queries than
//! threads does a query get several.

use std::collections::HashMap;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use arrow::array::RecordBatch;
use datafusion::physical_plan::ExecutionPlan;
use futures::StreamExt;
use mizan_ingest::manifest::{Segment, check_segment};
use mizan_model::framework::Framework;

use super::MeasureOptions;
use super::prepared::{Chunk, Prepared};
use crate::error::MeasureError;
use crate::records::{RecordFile, RecordsTable, with_files};
use crate::scan;
use crate::session::{SessionLimits, session};

/// Ends once someone asked to stop.
async fn interrupted(stop: &AtomicBool) {
    while !stop.load(Ordering::Relaxed) {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Plans of queries that are asked of several months, by scan and query.
type Plans = HashMap<(usize, String), Arc<dyn ExecutionPlan>>;

/// What queries are made from.
pub(super) struct Queries<'a> {
    node: &'a Path,
    framework: &'a Framework,
    prepared: &'a Prepared,
    threads: usize,
    /// Queries at the same time. One more than threads would keep these busy while an answer is stored, but it takes room
    /// in memory and in the processor's caches, which costs more.
    lanes: usize,
    /// What one query may use.
    limits: SessionLimits,
}

impl<'a> Queries<'a> {
    /// Shares threads and memory out among so many queries.
    pub(super) fn new(
        node: &'a Path,
        framework: &'a Framework,
        prepared: &'a Prepared,
        options: &MeasureOptions,
        queries: usize,
    ) -> Self {
        let threads = options.threads.max(1);
        let lanes = threads.min(queries).max(1);
        let limits = SessionLimits {
            memory_bytes: options.memory_bytes / lanes,
            threads: threads / lanes,
            spill_folder: Some(node.join(".spill")),
            calendars: Arc::clone(&options.calendars),
        };
        Queries { node, framework, prepared, threads, lanes, limits }
    }

    /// Runs all of them, and hands each answer to `keep` as soon as it is there.
    ///
    /// # Errors
    /// The first of a query or of `keep`; or an interruption. What is under way then is given up.
    pub(super) fn run(
        &self,
        work: &[Chunk],
        stop: &AtomicBool,
        mut keep: impl FnMut(&Chunk, &RecordBatch) -> Result<(), MeasureError>,
    ) -> Result<(), MeasureError> {
        let check = || if stop.load(Ordering::Relaxed) { Err(MeasureError::Interrupted) } else { Ok(()) };
        // Made once: the sessions of two queries would trip over each other.
        if let Some(folder) = &self.limits.spill_folder {
            std::fs::create_dir_all(folder).map_err(|e| MeasureError::write(folder, e))?;
        }
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(self.threads)
            .enable_all()
            .build()
            .map_err(MeasureError::internal)?;
        runtime.block_on(async {
            check()?;
            let plans = self.plans(work).await?;
            let spawned = |chunk| {
                let query = self.query(chunk, &plans);
                async move { (chunk, tokio::spawn(query).await) }
            };
            let mut answers = futures::stream::iter(work).map(spawned).buffer_unordered(self.lanes);
            loop {
                let (chunk, answer) = tokio::select! {
                    answer = answers.next() => match answer {
                        Some(answer) => answer,
                        None => return Ok(()),
                    },
                    // A month may take minutes; nobody waits so long for an interruption.
                    () = interrupted(stop) => return Err(MeasureError::Interrupted),
                };
                keep(chunk, &answer.map_err(MeasureError::internal)??)?;
            }
        })
    }

    /// One plan for all months that are asked the same: making it takes the time in which 50,000 rows are measured.
    async fn plans(&self, work: &[Chunk]) -> Result<Plans, MeasureError> {
        let mut plans = Plans::new();
        // With several threads a query, the plan depends on the files.
        if self.limits.threads > 1 {
            return Ok(plans);
        }
        let mut asked: HashMap<(usize, String), Vec<&Chunk>> = HashMap::new();
        for chunk in work {
            asked.entry((chunk.scan, self.sql(chunk))).or_default().push(chunk);
        }
        asked.retain(|_, chunks| chunks.len() > 1);
        for (key, chunks) in asked {
            let scan = &self.prepared.plan.scans[key.0];
            let fail = |e| MeasureError::engine(&scan.contract, e);
            let context = session(&self.limits).map_err(fail)?;
            let table = Arc::new(self.table(chunks[0]));
            let plan = scan::plan(&context, scan, &key.1, table, self.prepared.stock_months()).await.map_err(fail)?;
            plans.insert(key, plan);
        }
        Ok(plans)
    }

    fn sql(&self, chunk: &Chunk) -> String {
        self.prepared.plan.scans[chunk.scan].sql_of(&chunk.parts, &chunk.place())
    }

    fn table(&self, chunk: &Chunk) -> RecordsTable {
        let contract = &self.prepared.plan.scans[chunk.scan].contract;
        RecordsTable::new(&self.framework.contracts[contract], files(chunk))
    }

    fn query(
        &self,
        chunk: &Chunk,
        plans: &Plans,
    ) -> impl Future<Output = Result<RecordBatch, MeasureError>> + Send + use<> {
        let scan = self.prepared.plan.scans[chunk.scan].clone();
        let segments = self.segments(chunk);
        let table = Arc::new(self.table(chunk));
        let key = (chunk.scan, self.sql(chunk));
        let (known, files) = (plans.get(&key).map(Arc::clone), files(chunk));
        let (parts, limits, months) = (chunk.parts.clone(), self.limits.clone(), self.prepared.stock_months());
        let place = chunk.place();
        async move {
            // Rot on a disk must not become a wrong figure.
            segments
                .iter()
                .try_for_each(|(segment, path)| check_segment(path, segment))
                .map_err(|e| MeasureError::Records(Box::new(e)))?;
            let fail = |e| MeasureError::engine(&scan.contract, e);
            let context = session(&limits).map_err(fail)?;
            let plan = match known {
                Some(plan) => with_files(plan, &files),
                None => scan::plan(&context, &scan, &key.1, table, months).await,
            };
            scan::run(&context, plan.map_err(fail)?, &scan, &parts, &place).await.map_err(fail)
        }
    }

    /// The segments of a query, with their paths.
    fn segments(&self, chunk: &Chunk) -> Vec<(Segment, PathBuf)> {
        let contract = &self.prepared.plan.scans[chunk.scan].contract;
        let live = self.prepared.manifests.get(contract).into_iter().flat_map(|m| m.live_segments(self.node));
        let is_read = |month: &str| chunk.partitions.iter().any(|partition| partition.name == month);
        live.filter(|(segment, _)| is_read(&segment.month)).map(|(segment, path)| (segment.clone(), path)).collect()
    }
}

/// The files that a query reads.
fn files(chunk: &Chunk) -> Vec<RecordFile> {
    chunk.partitions.iter().flat_map(|partition| partition.files.clone()).collect()
}
