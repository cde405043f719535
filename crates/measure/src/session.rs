//! The one factory for engine sessions: memory limit, threads, spill folder and Mizan's functions.
//!
//! Nothing else in the crate makes a session, so that a plan means the same wherever it runs.

use std::path::PathBuf;
use std::sync::Arc;

use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::memory_pool::{FairSpillPool, MemoryPool, TrackConsumersPool};
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::prelude::{SessionConfig, SessionContext};

use crate::functions::Calendars;
use crate::{aggregates, functions};

/// Rows that expressions look at together. Fewer cost more time around them; more fit no cache.
const BATCH: usize = 16_384;

/// What a session may use.
#[derive(Debug, Clone)]
pub struct SessionLimits {
    /// Bytes that aggregation may hold before it spills.
    pub memory_bytes: usize,
    /// Threads; also the number of partitions of a plan.
    pub threads: usize,
    /// Folder for spilled data; `None`: the system's.
    pub spill_folder: Option<PathBuf>,
    /// Opening hours, for working-hours clocks.
    pub calendars: Arc<Calendars>,
}

/// A session with Mizan's functions registered.
///
/// # Errors
/// The spill folder cannot be made.
pub fn session(limits: &SessionLimits) -> datafusion::error::Result<SessionContext> {
    let pool: Arc<dyn MemoryPool> = Arc::new(TrackConsumersPool::new(
        FairSpillPool::new(limits.memory_bytes),
        std::num::NonZeroUsize::MIN.saturating_add(2),
    ));
    let mut runtime = RuntimeEnvBuilder::new().with_memory_pool(pool);
    if let Some(folder) = &limits.spill_folder {
        runtime = runtime.with_disk_manager_builder(
            DiskManagerBuilder::default().with_mode(DiskManagerMode::Directories(vec![folder.clone()])),
        );
    }
    let mut config = SessionConfig::new()
        .with_target_partitions(limits.threads.max(1))
        .with_batch_size(BATCH)
        .with_information_schema(false);
    let options = config.options_mut();
    // A part column is written as `Binary` and must come back as `Binary`.
    options.execution.parquet.schema_force_view_types = true;
    options.execution.parquet.pushdown_filters = false;
    // Skipping the partial stage would turn every row into a serialised state.
    options.execution.skip_partial_aggregation_probe_ratio_threshold = 1.1;
    options.execution.collect_statistics = false;
    let context = SessionContext::new_with_config_rt(config, Arc::new(runtime.build()?));
    register_all(&context, &limits.calendars);
    Ok(context)
}

/// Registers Mizan's scalar and aggregate functions.
pub fn register_all(context: &SessionContext, calendars: &Arc<Calendars>) {
    for function in functions::all(calendars) {
        context.register_udf(function);
    }
    for aggregate in aggregates::all() {
        context.register_udaf(aggregate);
    }
}
