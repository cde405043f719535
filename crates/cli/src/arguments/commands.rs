//! Options of each command.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{FailArguments, MachineArguments, OutputArguments, SelectionArguments, SeverityChoice};
use crate::output::Format;

/// `mizan demo`.
#[derive(Debug, Args)]
pub struct DemoArguments {
    /// Folder of the node that is made
    #[arg(long, default_value = "demo", value_name = "DIR")]
    pub out: PathBuf,
    /// About how many declarations
    #[arg(long, default_value_t = 300_000, value_parser = clap::value_parser!(u32).range(1..), value_name = "N")]
    pub rows: u32,
    /// How many months
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u32).range(1..=600), value_name = "N")]
    pub months: u32,
    /// How many customs offices
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=200), value_name = "N")]
    pub offices: u32,
    /// Seed of chance; the same seed gives the same bytes
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// Make the observations of a world of 60 administrations over five years instead
    #[arg(long, conflicts_with_all = ["rows", "months", "offices"])]
    pub world: bool,
    /// How much of the machine may be used.
    #[command(flatten)]
    pub machine: MachineArguments,
    /// Form.
    #[command(flatten)]
    pub output: DemoOutput,
}

/// Form of the demo's summary; `--out` is taken by the folder.
#[derive(Debug, Clone, Args)]
pub struct DemoOutput {
    /// Form of the data
    #[arg(short = 'o', long, value_enum, default_value = "table", value_name = "FORM")]
    pub format: Format,
}

/// `mizan init`.
#[derive(Debug, Args)]
pub struct InitArguments {
    /// Folder of the new node
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Mapping pack to start with
    #[arg(long, default_value = "plain", value_parser = ["plain", "asycuda"], value_name = "PACK")]
    pub mapping: String,
    /// Code of the administration, for example its country's ISO 3166 code
    #[arg(long, default_value = "XX", value_name = "CODE")]
    pub code: String,
    /// Its name
    #[arg(long, default_value = "", value_name = "NAME")]
    pub name: String,
    /// IANA time zone
    #[arg(long, default_value = "UTC", value_name = "ZONE")]
    pub zone: String,
    /// National currency, ISO 4217
    #[arg(long, default_value = "XXX", value_name = "CODE")]
    pub currency: String,
}

/// `mizan doctor`.
#[derive(Debug, Args)]
pub struct DoctorArguments {
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// `mizan framework`.
#[derive(Debug, Args)]
pub struct FrameworkArguments {
    /// What to do.
    #[command(subcommand)]
    pub command: FrameworkCommand,
}

/// `mizan framework …`.
#[derive(Debug, Subcommand)]
pub enum FrameworkCommand {
    /// Checks definitions and runs their fixtures
    #[command(before_help = "Examples:
  mizan framework check
  mizan framework check my-framework --format json")]
    Check {
        /// Folder of the framework; the node's, or the shipped one, if not given
        folder: Option<PathBuf>,
        /// Form of the data
        #[arg(short = 'o', long, value_enum, default_value = "table", value_name = "FORM")]
        format: Format,
    },
    /// Shows the tree of a framework, or one KPI
    #[command(before_help = "Examples:
  mizan framework show
  mizan framework show TF-13 --lang ru")]
    Show {
        /// KPI id
        kpi: Option<String>,
        /// Folder of the framework; the node's, or the shipped one, if not given
        #[arg(long, value_name = "DIR")]
        folder: Option<PathBuf>,
        /// Form and file.
        #[command(flatten)]
        output: OutputArguments,
    },
    /// Compares two versions of a framework and says which series break
    #[command(before_help = "Examples:
  mizan framework diff 2025/ 2026/
  mizan framework diff open-customs my-framework --format json")]
    Diff {
        /// Folder of the old version, or `open-customs`
        old: PathBuf,
        /// Folder of the new version, or `open-customs`
        new: PathBuf,
        /// Form and file.
        #[command(flatten)]
        output: OutputArguments,
    },
    /// Prints the JSON Schema of a kind of file, for editors
    #[command(before_help = "Examples:
  mizan framework schema kpi > kpi.schema.json
  mizan framework schema mapping")]
    Schema(SchemaArguments),
}

/// Kind of file.
#[derive(Debug, Args)]
pub struct SchemaArguments {
    /// Kind of file
    #[arg(default_value = "kpi", value_parser = mizan_model::schema::FileKind::WORDS.to_vec(), value_name = "KIND")]
    pub kind: String,
}

/// `mizan ingest`.
#[derive(Debug, Args)]
pub struct IngestArguments {
    /// Folder of source files, or one file
    #[arg(required_unless_present = "retry", value_name = "SOURCES")]
    pub sources: Option<PathBuf>,
    /// Only this mapping
    #[arg(long, value_name = "NAME")]
    pub mapping: Option<String>,
    /// Try the rows in quarantine again, after a mapping was mended
    #[arg(long, conflicts_with = "sources")]
    pub retry: bool,
    /// Read again also what did not change
    #[arg(long)]
    pub again: bool,
    /// How much of the machine may be used.
    #[command(flatten)]
    pub machine: MachineArguments,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// `mizan ready`.
#[derive(Debug, Args)]
pub struct ReadyArguments {
    /// Print a letter that asks the IT unit for the missing fields
    #[arg(long)]
    pub letter: bool,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// `mizan check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Which values.
    #[command(flatten)]
    pub selection: SelectionArguments,
    /// Least severity to show
    #[arg(long, value_enum, default_value = "notice", value_name = "SEVERITY")]
    pub severity: SeverityChoice,
    /// When the run counts as failed.
    #[command(flatten)]
    pub fail: FailArguments,
    /// How much of the machine may be used.
    #[command(flatten)]
    pub machine: MachineArguments,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// `mizan measure`.
#[derive(Debug, Args)]
pub struct MeasureArguments {
    /// Which values.
    #[command(flatten)]
    pub selection: SelectionArguments,
    /// Lengths of periods: month, quarter, half, year; all if not given
    #[arg(long, value_name = "LENGTHS")]
    pub grain: Vec<String>,
    /// How much of the machine may be used.
    #[command(flatten)]
    pub machine: MachineArguments,
    /// Moment of extraction: a day or RFC 3339; what lies later is unknown
    #[arg(long, value_name = "MOMENT")]
    pub as_of: Option<String>,
    /// Measure again what is already there
    #[arg(long)]
    pub fresh: bool,
    /// Print the plan of every scan and its SQL instead of running it
    #[arg(long)]
    pub explain: bool,
    /// When the run counts as failed.
    #[command(flatten)]
    pub fail: FailArguments,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// `mizan show`.
#[derive(Debug, Args)]
pub struct ShowArguments {
    /// Which values.
    #[command(flatten)]
    pub selection: SelectionArguments,
    /// A run by its hash; the latest if not given
    #[arg(long, value_name = "RUN")]
    pub run: Option<String>,
    /// Write the page of the run to this file, in the language asked for
    #[arg(long, value_name = "FILE.html")]
    pub page: Option<PathBuf>,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// `mizan explain`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct ExplainArguments {
    /// What to explain.
    #[command(subcommand)]
    pub command: Option<ExplainCommand>,
    /// Code of a diagnostic, such as F0304
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// `mizan explain …`.
#[derive(Debug, Subcommand)]
pub enum ExplainCommand {
    /// Where the value of a KPI comes from
    #[command(before_help = "Examples:
  mizan explain kpi TF-13
  mizan explain kpi TF-13 --period 2025-03 --format json")]
    Kpi {
        /// KPI id
        kpi: String,
        /// Period; the last year if not given
        #[arg(long, value_name = "PERIOD")]
        period: Option<String>,
        /// Form and file.
        #[command(flatten)]
        output: OutputArguments,
    },
}
