//! Options that several commands take.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::output::Format;

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    // On a terminal.
    Auto,
    // Always.
    Always,
    // Never.
    Never,
}

/// Form of stderr.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    // Sentences.
    Text,
    // Typed events, one JSON object a line.
    Json,
}

/// Data commands: form, and file.
#[derive(Debug, Clone, Args)]
pub struct OutputArguments {
    /// Form of the data
    #[arg(short = 'o', long, value_enum, default_value = "table", value_name = "FORM")]
    pub format: Format,
    /// Write to this file instead of stdout (needed for parquet)
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Which values.
#[derive(Debug, Clone, Default, Args)]
pub struct SelectionArguments {
    /// KPIs by id
    #[arg(value_name = "KPI")]
    pub kpis: Vec<String>,
    /// Which KPIs: `dimension:tf,kpi:TF-13,outcome:tf.faster-release`
    #[arg(long, value_name = "TERMS")]
    pub select: Vec<String>,
    /// Periods: `2025`, `2025-S1`, `2025-Q2`, `2025-03`, `2025-01..2025-06`, `FY2025`
    #[arg(long, value_name = "PERIODS")]
    pub period: Vec<String>,
    /// Breakdowns: `office,mode` one after the other, `office+mode` crossed
    #[arg(long, value_name = "NAMES")]
    pub by: Vec<String>,
}

impl SelectionArguments {
    /// All terms that name KPIs.
    pub fn terms(&self) -> Vec<String> {
        self.kpis.iter().chain(&self.select).cloned().collect()
    }
}

/// How much of the machine may be used.
#[derive(Debug, Clone, Args)]
pub struct MachineArguments {
    /// Memory limit
    #[arg(long, env = "MIZAN_MEMORY", default_value = "2GB", value_parser = crate::selection::memory, value_name = "SIZE")]
    pub memory: usize,
    /// Threads; all cores if not given
    #[arg(long, env = "MIZAN_THREADS", value_name = "N")]
    pub threads: Option<std::num::NonZeroUsize>,
}

impl MachineArguments {
    /// Number of threads.
    pub fn threads(&self) -> usize {
        self.threads.or_else(|| std::thread::available_parallelism().ok()).map_or(1, std::num::NonZeroUsize::get)
    }
}

/// When a run counts as failed.
#[derive(Debug, Clone, Args)]
pub struct FailArguments {
    /// End with code 0 even if checks failed
    #[arg(long)]
    pub exit_zero: bool,
    /// From which severity on a failed check counts
    #[arg(long, value_enum, default_value = "error", value_name = "SEVERITY")]
    pub fail_on: SeverityChoice,
}

/// Severity of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SeverityChoice {
    // Worth knowing.
    Notice,
    // Should be mended.
    Warning,
    // Cannot be used.
    Error,
}

impl From<SeverityChoice> for mizan_model::diagnostic::Severity {
    fn from(choice: SeverityChoice) -> Self {
        match choice {
            SeverityChoice::Notice => Self::Notice,
            SeverityChoice::Warning => Self::Warning,
            SeverityChoice::Error => Self::Error,
        }
    }
}
