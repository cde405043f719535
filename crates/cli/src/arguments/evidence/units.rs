//! Many units beside each other: shrinkage, funnels, rank sets.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{ChanceArguments, ConfidenceArguments, FigureArguments, UnitTable};
use crate::arguments::OutputArguments;

/// How the spread of true rates is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FitChoice {
    // Greatest likelihood.
    Likelihood,
    // Moments.
    Moments,
}

/// `mizan evidence shrink`.
#[derive(Debug, Args)]
pub struct ShrinkArguments {
    /// Table.
    #[command(flatten)]
    pub table: UnitTable,
    /// Columns.
    #[command(flatten)]
    pub figure: FigureArguments,
    /// How the spread of the true rates is estimated
    #[arg(long, value_enum, default_value = "likelihood", requires = "hits", value_name = "FIT")]
    pub fit: FitChoice,
    /// Variance between units: `dersimonian-laird`, `paule-mandel` or a number
    #[arg(long, default_value = "paule-mandel", requires = "error", value_name = "RULE")]
    pub spread: String,
    /// Columns of circumstances that units are drawn towards; the common mean if not given
    #[arg(long, requires = "error", value_delimiter = ',', value_name = "COLUMNS")]
    pub towards: Vec<String>,
    /// One variance of all values, instead of a standard error of each (Efron, Morris 1975)
    #[arg(long, requires = "value", conflicts_with_all = ["error", "confidence"], value_name = "NUMBER")]
    pub variance: Option<f64>,
    /// Confidence.
    #[command(flatten)]
    pub confidence: ConfidenceArguments,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// What a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FunnelFigure {
    // r of n.
    Proportion,
    // Counts over counts.
    CountRatio,
    // Observed over expected.
    Standardised,
}

/// How the spread between units is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DispersionChoice {
    // Winsorised, and divided by what that leaves of normal values.
    Consistent,
    // Winsorised, as published.
    Winsorised,
    // Chance alone.
    Ignored,
}

/// `mizan evidence funnel`.
#[derive(Debug, Args)]
pub struct FunnelArguments {
    /// Table.
    #[command(flatten)]
    pub table: UnitTable,
    /// Column of what was counted
    #[arg(long, value_name = "COLUMN")]
    pub hits: String,
    /// Column of the cases, of the other count, or of what was expected
    #[arg(long, value_name = "COLUMN")]
    pub of: String,
    /// What the figure is
    #[arg(long, value_enum, default_value = "proportion", value_name = "FIGURE")]
    pub figure: FunnelFigure,
    /// How the spread between units is taken
    #[arg(long, value_enum, default_value = "consistent", value_name = "RULE")]
    pub dispersion: DispersionChoice,
    /// Share of the units that is winsorised on either side
    #[arg(long, default_value_t = 0.1, value_name = "SHARE")]
    pub winsorise: f64,
    /// Give the curves of the limits instead of the units
    #[arg(long)]
    pub curves: bool,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// `mizan evidence ranks`.
#[derive(Debug, Args)]
pub struct RanksArguments {
    /// Table.
    #[command(flatten)]
    pub table: UnitTable,
    /// Column of values
    #[arg(long, value_name = "COLUMN")]
    pub value: String,
    /// Column of their standard errors, if they are independent
    #[arg(long, required_unless_present = "joint", value_name = "COLUMN")]
    pub error: Option<String>,
    /// Table of joint draws (CSV): a column a unit, a row a replication
    #[arg(long = "draws", conflicts_with_all = ["error", "replications", "seed"], value_name = "FILE")]
    pub joint: Option<PathBuf>,
    /// Less is better
    #[arg(long)]
    pub less_is_better: bool,
    /// Only this unit, with the narrower set that holds for it alone
    #[arg(long = "unit", value_name = "UNIT")]
    pub alone: Option<String>,
    /// Draws.
    #[command(flatten)]
    pub draws: ChanceArguments,
    /// Confidence.
    #[command(flatten)]
    pub confidence: ConfidenceArguments,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}
