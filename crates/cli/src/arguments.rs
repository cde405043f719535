//! The command line, as clap reads it.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::output::Format;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default())
    .placeholder(AnsiColor::Cyan.on_default());

/// Measures the performance of customs from the records of its own systems.
#[derive(Debug, Parser)]
#[command(name = "mizan", version, styles = STYLES, propagate_version = true, arg_required_else_help = true)]
#[command(before_help = "Examples:
  mizan demo                       a synthetic administration, measured in under a minute
  mizan ingest extracts/           take your own files in")]
#[command(after_help = "Exit codes: 0 done, 1 checks failed or a selected value is not computable, 2 wrong usage, \
    3 definition, mapping or configuration invalid, 4 input missing or unreadable, 5 network, 6 not allowed, \
    7 verification mismatch, 70 internal error, 130 interrupted (finished work is kept).")]
pub struct Arguments {
    /// What every command takes.
    #[command(flatten)]
    pub global: GlobalArguments,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Global options")]
pub struct GlobalArguments {
    /// Folder of the node
    #[arg(long, global = true, env = "MIZAN_NODE", default_value = ".", value_name = "DIR")]
    pub node: PathBuf,
    /// Language: en, fr, es, ru, ar, zh or pt, with a region if you like (ar-EG)
    #[arg(long, global = true, env = "MIZAN_LANG", value_name = "LANGUAGE")]
    pub lang: Option<String>,
    /// Say only what went wrong
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more
    #[arg(short, long, global = true, action = ArgAction::Count, conflicts_with = "quiet")]
    pub verbose: u8,
    /// No progress bars
    #[arg(long, global = true)]
    pub no_progress: bool,
    /// When to use colour; NO_COLOR is honoured
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: ColorChoice,
    /// Form of what stands on stderr
    #[arg(long, global = true, value_enum, default_value = "text", value_name = "FORM")]
    pub log_format: LogFormat,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Form of stderr.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Sentences.
    Text,
    /// Typed events, one JSON object a line.
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
    /// Worth knowing.
    Notice,
    /// Should be mended.
    Warning,
    /// Cannot be used.
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

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Makes a synthetic administration, measures it and writes a page
    #[command(before_help = "Examples:
  mizan demo
  mizan demo --out small --rows 3000 --months 14 --offices 4 --lang ar")]
    Demo(DemoArguments),
    /// Makes a new node
    #[command(before_help = "Examples:
  mizan init customs --mapping asycuda
  mizan init customs --mapping plain --code QX --zone Africa/Nairobi --currency KES")]
    Init(InitArguments),
    /// Looks whether everything is in order here
    #[command(before_help = "Examples:
  mizan doctor
  mizan doctor --node customs --format json")]
    Doctor(DoctorArguments),
    /// Works on the definitions of KPIs
    #[command(
        before_help = "Examples:
  mizan framework check
  mizan framework show TF-13 --lang fr",
        subcommand_required = true
    )]
    Framework(FrameworkArguments),
    /// Takes source files in as records; what does not fit goes to quarantine
    #[command(before_help = "Examples:
  mizan ingest extracts/
  mizan ingest --retry --mapping declaration")]
    Ingest(IngestArguments),
    /// Says which KPIs can be measured from the records, and why not
    #[command(before_help = "Examples:
  mizan ready
  mizan ready --letter --lang fr")]
    Ready(ReadyArguments),
    /// Runs the data checks
    #[command(before_help = "Examples:
  mizan check
  mizan check --severity error --period 2025")]
    Check(CheckArguments),
    /// Measures KPIs
    #[command(before_help = "Examples:
  mizan measure
  mizan measure --select dimension:tf,kpi:RC-01 --period 2025 --by office")]
    Measure(MeasureArguments),
    /// Shows measured values
    #[command(before_help = "Examples:
  mizan show TF-13 --period 2025 --by office
  mizan show --select dimension:rc --format csv")]
    Show(ShowArguments),
    /// Explains a value, a KPI or a diagnostic code
    #[command(before_help = "Examples:
  mizan explain kpi TF-13 --period 2025
  mizan explain F0304")]
    Explain(ExplainArguments),
    /// Writes completions for a shell
    #[command(before_help = "Examples:
  mizan completions bash > ~/.local/share/bash-completion/completions/mizan
  mizan completions fish > ~/.config/fish/completions/mizan.fish")]
    Completions {
        /// Shell
        shell: clap_complete::Shell,
    },
    /// Writes the manual page
    #[command(before_help = "Examples:
  mizan man > mizan.1
  mizan man | man -l -")]
    Man,
    /// Prints the version, and what it can read
    #[command(before_help = "Examples:
  mizan version
  mizan version --format json")]
    Version {
        /// Form
        #[arg(short = 'o', long, value_enum, default_value = "table", value_name = "FORM")]
        format: Format,
    },
    /// Prints the JSON Schema of a kind of file, for editors
    #[command(before_help = "Examples:
  mizan schema kpi > kpi.schema.json
  mizan schema mapping")]
    Schema(SchemaArguments),
}

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
    /// Form of the summary
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
        /// Form of the findings
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

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn walk(command: &clap::Command) {
        if command.get_name() != "help" {
            let examples = command.get_before_help().map(ToString::to_string).unwrap_or_default();
            assert_eq!(examples.matches("\n  mizan ").count(), 2, "{}", command.get_name());
        }
        command.get_subcommands().for_each(walk);
    }

    #[test]
    fn every_help_page_opens_with_two_examples() {
        Arguments::command().debug_assert();
        walk(&Arguments::command());
    }
}
