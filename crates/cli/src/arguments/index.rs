//! Options of `mizan index`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::OutputArguments;

/// `mizan index`.
#[derive(Debug, Args)]
pub struct IndexArguments {
    /// What to do.
    #[command(subcommand)]
    pub command: IndexCommand,
}

/// `mizan index …`.
#[derive(Debug, Subcommand)]
pub enum IndexCommand {
    /// Runs a recipe over a table of indicators and gives the scores
    #[command(before_help = "Examples:
  mizan index run --units iData.csv --structure iMeta.csv --recipe recipe.toml --steps steps/
  mizan index run --units iData.csv --structure iMeta.csv --recipe recipe.toml --format csv")]
    Run(IndexRunArguments),
    /// Says how sure ranks and scores are when the recipe's uncertain choices vary
    #[command(before_help = "Examples:
  mizan index uncertainty --units iData.csv --structure iMeta.csv --recipe recipe.toml
  mizan index uncertainty --units iData.csv --structure iMeta.csv --recipe recipe.toml --draws draws.csv --replay")]
    Uncertainty(IndexUncertaintyArguments),
    /// Says which uncertain choice moves the ranks most
    #[command(before_help = "Examples:
  mizan index sensitivity --units iData.csv --structure iMeta.csv --recipe recipe.toml
  mizan index sensitivity --units iData.csv --structure iMeta.csv --recipe recipe.toml --unit AUS --format csv")]
    Sensitivity(IndexSensitivityArguments),
    /// Looks whether indicators belong together: statistics, correlations, Cronbach, components
    #[command(before_help = "Examples:
  mizan index coherence --units iData.csv --structure iMeta.csv
  mizan index coherence --units iData.csv --structure iMeta.csv --what correlations --format csv")]
    Coherence(IndexCoherenceArguments),
    /// Takes the score of a unit apart, alone, against another unit, or against another year
    #[command(before_help = "Examples:
  mizan index explain AUS --units iData.csv --structure iMeta.csv --recipe recipe.toml
  mizan index explain AUS --against NZL --units iData.csv --structure iMeta.csv --recipe recipe.toml")]
    Explain(IndexExplainArguments),
    /// Says what score and rank would be with other values
    #[command(before_help = "Examples:
  mizan index what-if AUS --set LPI=4.1 --units iData.csv --structure iMeta.csv --recipe recipe.toml
  mizan index what-if AUS --set LPI=4.1 --set Tariff=0 --units iData.csv --structure iMeta.csv --recipe recipe.toml")]
    WhatIf(IndexWhatIfArguments),
    /// Compares the scores and ranks of two or more recipes
    #[command(before_help = "Examples:
  mizan index compare --units iData.csv --structure iMeta.csv --recipe a.toml --with b.toml
  mizan index compare --units iData.csv --structure iMeta.csv --recipe a.toml --with b.toml --with c.toml -o csv")]
    Compare(IndexCompareArguments),
}

/// The tables that every command reads.
#[derive(Debug, Clone, Args)]
pub struct IndexInputs {
    /// Table of units by indicators (`uCode`, `uName`, `Time`, one column an indicator)
    #[arg(long, value_name = "FILE")]
    pub units: PathBuf,
    /// Table of indicators and their tree (`iCode`, `Level`, `Parent`, `Weight`, `Direction`, `Type`)
    #[arg(long, value_name = "FILE")]
    pub structure: PathBuf,
    /// Table of denominators, if they do not stand with the units
    #[arg(long, value_name = "FILE")]
    pub denominators: Option<PathBuf>,
}

/// `mizan index run`.
#[derive(Debug, Args)]
pub struct IndexRunArguments {
    /// Tables.
    #[command(flatten)]
    pub inputs: IndexInputs,
    /// Steps from indicators to scores (TOML)
    #[arg(long, value_name = "FILE")]
    pub recipe: PathBuf,
    /// Write every step, and what it did, to this folder
    #[arg(long, value_name = "DIR")]
    pub steps: Option<PathBuf>,
    /// What to give of it
    #[arg(long, value_enum, default_value = "scores", value_name = "WHAT")]
    pub what: RunPart,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// What of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RunPart {
    // Scores of each unit.
    Scores,
    // Leave-out error of each indicator with gaps.
    Imputation,
}

/// What varies, and how often.
#[derive(Debug, Clone, Args)]
pub struct UncertainInputs {
    /// Table of intervals of values (`uCode`, `Time`, `iCode`, `lower`, `upper`)
    #[arg(long, value_name = "FILE")]
    pub intervals: Option<PathBuf>,
    /// Element whose ranks are looked at; the top of the tree if not given
    #[arg(long, value_name = "CODE")]
    pub element: Option<String>,
    /// File of the draws: written, or read with `--replay`
    #[arg(long, value_name = "FILE")]
    pub draws: Option<PathBuf>,
    /// Use the draws of the file instead of new ones
    #[arg(long, requires = "draws")]
    pub replay: bool,
}

/// `mizan index uncertainty`.
#[derive(Debug, Args)]
pub struct IndexUncertaintyArguments {
    /// Tables.
    #[command(flatten)]
    pub inputs: IndexInputs,
    /// Steps from indicators to scores (TOML)
    #[arg(long, value_name = "FILE")]
    pub recipe: PathBuf,
    /// What varies.
    #[command(flatten)]
    pub uncertain: UncertainInputs,
    /// What to give of it
    #[arg(long, value_enum, default_value = "ranks", value_name = "WHAT")]
    pub what: UncertaintyPart,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// What of an uncertainty analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum UncertaintyPart {
    // Intervals of rank and score.
    Ranks,
    // Probability of each rank.
    Probabilities,
    // Probability of each unit to stand above each other.
    Above,
    // Effect of each alternative by itself.
    Effects,
}

/// `mizan index sensitivity`.
#[derive(Debug, Args)]
pub struct IndexSensitivityArguments {
    /// Tables.
    #[command(flatten)]
    pub inputs: IndexInputs,
    /// Steps from indicators to scores (TOML)
    #[arg(long, value_name = "FILE")]
    pub recipe: PathBuf,
    /// What varies.
    #[command(flatten)]
    pub uncertain: UncertainInputs,
    /// Only this unit's rank, in each year; the mean shift of all ranks if not given
    #[arg(long, value_name = "CODE")]
    pub unit: Option<String>,
    /// Resamples of the bootstrap intervals
    #[arg(long, default_value_t = 200, value_name = "N")]
    pub resamples: usize,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// `mizan index coherence`.
#[derive(Debug, Args)]
pub struct IndexCoherenceArguments {
    /// Tables.
    #[command(flatten)]
    pub inputs: IndexInputs,
    /// What to look at
    #[arg(long, value_enum, default_value = "statistics", value_name = "WHAT")]
    pub what: CoherencePart,
    /// Steps that make the scores of `parents`; min-max and arithmetic means if not given
    #[arg(long, value_name = "FILE")]
    pub recipe: Option<PathBuf>,
    /// Coefficient of `correlations`, `parents` and `denominators`; `pearson` if not given
    #[arg(long, value_enum, value_name = "KIND")]
    pub kind: Option<CorrelationKind>,
    /// Only the indicators below this element
    #[arg(long, value_name = "CODE")]
    pub element: Option<String>,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// What of coherence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CoherencePart {
    // Statistics of each indicator, with flags.
    Statistics,
    // Correlations of pairs, with flags.
    Correlations,
    // Correlations of each element with those above it, with flags.
    Parents,
    // Cronbach's alpha, items deleted, KMO, Bartlett, VIF.
    Reliability,
    // Eigenvalues and loadings, with varimax.
    Components,
    // Missing cells and zeros of each unit.
    Availability,
    // Correlations with denominators.
    Denominators,
    // Growth and change of each series of a panel.
    Trends,
}

/// Coefficient of correlation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CorrelationKind {
    // Of values.
    Pearson,
    // Of ranks.
    Spearman,
    // Of pairs in order.
    Kendall,
}

/// `mizan index explain`.
#[derive(Debug, Args)]
pub struct IndexExplainArguments {
    /// Code of the unit
    #[arg(value_name = "UNIT")]
    pub unit: String,
    /// Tables.
    #[command(flatten)]
    pub inputs: IndexInputs,
    /// Steps from indicators to scores (TOML)
    #[arg(long, value_name = "FILE")]
    pub recipe: PathBuf,
    /// Code of a unit to compare with, or a group (`EurAsia_group=Asia`)
    #[arg(long, value_name = "UNIT")]
    pub against: Option<String>,
    /// Year of the score; the last one if not given
    #[arg(long, value_name = "YEAR")]
    pub year: Option<i64>,
    /// Year to compare with
    #[arg(long, conflicts_with = "against", value_name = "YEAR")]
    pub since: Option<i64>,
    /// Element to explain; the top of the tree if not given
    #[arg(long, value_name = "CODE")]
    pub element: Option<String>,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// `mizan index what-if`.
#[derive(Debug, Args)]
pub struct IndexWhatIfArguments {
    /// Code of the unit
    #[arg(value_name = "UNIT")]
    pub unit: String,
    /// Tables.
    #[command(flatten)]
    pub inputs: IndexInputs,
    /// Steps from indicators to scores (TOML)
    #[arg(long, value_name = "FILE")]
    pub recipe: PathBuf,
    /// Another value of an indicator, before any step
    #[arg(long, required = true, value_name = "CODE=VALUE")]
    pub set: Vec<String>,
    /// Year of the score; the last one if not given
    #[arg(long, value_name = "YEAR")]
    pub year: Option<i64>,
    /// Element to look at; the top of the tree if not given
    #[arg(long, value_name = "CODE")]
    pub element: Option<String>,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// `mizan index compare`.
#[derive(Debug, Args)]
pub struct IndexCompareArguments {
    /// Tables.
    #[command(flatten)]
    pub inputs: IndexInputs,
    /// Steps from indicators to scores (TOML)
    #[arg(long, value_name = "FILE")]
    pub recipe: PathBuf,
    /// Another recipe
    #[arg(long, required = true, value_name = "FILE")]
    pub with: Vec<PathBuf>,
    /// Element to compare; the top of the tree if not given
    #[arg(long, value_name = "CODE")]
    pub element: Option<String>,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}
