//! What chance alone would give: families of tests, cases with odds of their own, clusters.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{CaseTable, share};
use crate::arguments::OutputArguments;

/// Procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AdjustmentChoice {
    // Share of false alarms; independent or positively dependent tests.
    BenjaminiHochberg,
    // The same under any dependence.
    BenjaminiYekutieli,
    // Chance of one false alarm.
    Holm,
    // The same, less sharp.
    Bonferroni,
}

/// Level of a family of tests.
#[derive(Debug, Clone, Args)]
pub struct RateArguments {
    /// What is allowed in the family: share of false alarms, or chance of one
    #[arg(long, default_value_t = 0.05, value_parser = share, value_name = "SHARE")]
    pub rate: f64,
}

/// `mizan evidence adjust`.
#[derive(Debug, Args)]
pub struct AdjustArguments {
    /// Table of tests (CSV), one row a test of the family
    #[arg(long, value_name = "FILE")]
    pub data: PathBuf,
    /// Column of the tests' names; the first column if not given
    #[arg(long, value_name = "COLUMN")]
    pub id: Option<String>,
    /// Column of p-values; an empty one is a test that was not made
    #[arg(long, value_name = "COLUMN")]
    pub p: String,
    /// Procedure
    #[arg(long = "method", value_enum, default_value = "benjamini-hochberg", value_name = "METHOD")]
    pub procedure: AdjustmentChoice,
    /// Level.
    #[command(flatten)]
    pub level: RateArguments,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// `mizan evidence poisson-binomial`.
#[derive(Debug, Args)]
pub struct PoissonBinomialArguments {
    /// Table.
    #[command(flatten)]
    pub table: CaseTable,
    /// Column of each case's own probability of a hit
    #[arg(long = "p", value_name = "COLUMN")]
    pub odds: String,
    /// Column of outcomes: 1 for a hit, 0 for none
    #[arg(long, value_name = "COLUMN")]
    pub hit: String,
    /// Level.
    #[command(flatten)]
    pub level: RateArguments,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// `mizan evidence design`.
#[derive(Debug, Args)]
pub struct DesignArguments {
    /// Table.
    #[command(flatten)]
    pub table: CaseTable,
    /// Column of values
    #[arg(long, requires = "likeness", value_name = "COLUMN")]
    pub value: Option<String>,
    /// Column of clusters, whose rows resemble each other
    #[arg(long = "cluster", requires = "value", value_name = "COLUMN")]
    pub likeness: Option<String>,
    /// Column of weights
    #[arg(long, required_unless_present = "value", conflicts_with = "value", value_name = "COLUMN")]
    pub weight: Option<String>,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}
