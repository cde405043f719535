//! The command line, as clap reads it.

mod commands;
mod evidence;
mod frontier;
pub mod help;
mod index;
mod score;
mod shared;
pub mod usage;

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{ArgAction, Args, Parser, Subcommand};

pub use self::commands::*;
pub use self::evidence::*;
pub use self::frontier::*;
pub use self::index::*;
pub use self::score::*;
pub use self::shared::*;
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
  mizan demo
  mizan ingest extracts/")]
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
    /// Scores administrations by the rules of a framework
    #[command(before_help = "Examples:
  mizan score
  mizan score world/observations.parquet --year 2025 --record record.json --format csv")]
    Score(ScoreArguments),
    /// Sets an administration beside its peers, KPI by KPI
    #[command(before_help = "Examples:
  mizan compare world/observations.parquet --area QMA
  mizan compare a.parquet b.parquet --area QZ --year 2025 --format csv")]
    Compare(CompareArguments),
    /// Composite indices: from indicators to scores, with their uncertainty
    #[command(
        before_help = "Examples:
  mizan index run --units iData.csv --structure iMeta.csv --recipe recipe.toml --steps steps/
  mizan index uncertainty --units iData.csv --structure iMeta.csv --recipe recipe.toml",
        subcommand_required = true
    )]
    Index(IndexArguments),
    /// Efficiency frontiers: what units get out of what they have, beside the best
    #[command(
        before_help = "Examples:
  mizan frontier dea --data offices.csv --inputs staff,cost --outputs declarations
  mizan frontier malmquist --data panel.csv --id office --time year --inputs staff --outputs declarations",
        subcommand_required = true
    )]
    Frontier(FrontierArguments),
    /// Statistics of evidence: how sure a number is
    #[command(
        before_help = "Examples:
  mizan evidence interval --data offices.csv --hits errors --of examined
  mizan evidence funnel --data offices.csv --hits errors --of examined --format csv",
        subcommand_required = true
    )]
    Evidence(EvidenceArguments),
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
        /// Form of the data
        #[arg(short = 'o', long, value_enum, default_value = "table", value_name = "FORM")]
        format: Format,
    },
    /// Prints the JSON Schema of a kind of file, for editors
    #[command(before_help = "Examples:
  mizan schema kpi > kpi.schema.json
  mizan schema mapping")]
    Schema(SchemaArguments),
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
