//! One figure, or the difference of two: intervals, quantiles, resampling.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{CaseTable, ChanceArguments, ConfidenceArguments, FigureArguments, UnitTable, share};
use crate::arguments::OutputArguments;

/// Interval of a proportion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProportionInterval {
    // Score interval.
    Wilson,
    // Exact.
    ClopperPearson,
    // Beta(½, ½) before.
    Jeffreys,
}

/// `mizan evidence interval`.
#[derive(Debug, Args)]
pub struct IntervalArguments {
    /// Table.
    #[command(flatten)]
    pub table: UnitTable,
    /// Columns.
    #[command(flatten)]
    pub figure: FigureArguments,
    /// Interval of a proportion
    #[arg(long = "method", value_enum, default_value = "wilson", requires = "hits", value_name = "METHOD")]
    pub proportion: ProportionInterval,
    /// Confidence.
    #[command(flatten)]
    pub confidence: ConfidenceArguments,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// `mizan evidence quantile`.
#[derive(Debug, Args)]
pub struct QuantileArguments {
    /// Table.
    #[command(flatten)]
    pub table: CaseTable,
    /// Column of values
    #[arg(long, value_name = "COLUMN")]
    pub value: String,
    /// Quantiles: shares of the cases that lie below
    #[arg(long, default_value = "0.5", value_delimiter = ',', value_parser = share, value_name = "SHARES")]
    pub at: Vec<f64>,
    /// Confidence.
    #[command(flatten)]
    pub confidence: ConfidenceArguments,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// What is computed of each resample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ResampledStatistic {
    // Arithmetic mean.
    Mean,
    // Quantile 0.5.
    Median,
    // Quantile 0.9.
    P90,
    // Quantile 0.95.
    P95,
    // Σ value / Σ denominator.
    Ratio,
}

/// From replicates to limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ResampledInterval {
    // Quantiles of the replicates.
    Percentile,
    // Mirrored at the estimate.
    Basic,
    // Corrected for bias and skewness.
    Bca,
}

/// `mizan evidence bootstrap`.
#[derive(Debug, Args)]
pub struct ResampleArguments {
    /// Table.
    #[command(flatten)]
    pub table: CaseTable,
    /// Column of values
    #[arg(long, value_name = "COLUMN")]
    pub value: String,
    /// What is computed of each resample
    #[arg(long, value_enum, default_value = "mean", value_name = "STATISTIC")]
    pub statistic: ResampledStatistic,
    /// Column of denominators; only with the statistic `ratio`
    #[arg(long = "of", required_if_eq("statistic", "ratio"), value_name = "COLUMN")]
    pub denominator: Option<String>,
    /// From replicates to limits
    #[arg(long = "method", value_enum, default_value = "bca", value_name = "METHOD")]
    pub limits: ResampledInterval,
    /// Column of what is drawn whole, such as the importer or the day; rows by themselves if not given
    #[arg(long, value_name = "COLUMN")]
    pub cluster: Option<String>,
    /// Rows are a series, drawn in blocks of so many neighbours; `auto` is the cube root of their number
    #[arg(long, conflicts_with = "cluster", value_name = "N")]
    pub block: Option<String>,
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

/// `mizan evidence difference`.
#[derive(Debug, Args)]
pub struct DifferenceArguments {
    /// Table (CSV): a row a unit with two proportions, or a row a case with its group
    #[arg(long, value_name = "FILE")]
    pub data: PathBuf,
    /// Column of the units' names; the first column if not given
    #[arg(long, requires = "hits", value_name = "COLUMN")]
    pub id: Option<String>,
    /// Column of hits
    #[arg(
        long,
        required_unless_present = "value",
        requires_all = ["of", "than_hits", "than_of"],
        conflicts_with = "value",
        value_name = "COLUMN"
    )]
    pub hits: Option<String>,
    /// Column of the cases that the hits are among
    #[arg(long, requires = "hits", value_name = "COLUMN")]
    pub of: Option<String>,
    /// Column of the hits of the proportion that is subtracted
    #[arg(long, requires = "hits", value_name = "COLUMN")]
    pub than_hits: Option<String>,
    /// Column of the cases of the proportion that is subtracted
    #[arg(long, requires = "hits", value_name = "COLUMN")]
    pub than_of: Option<String>,
    /// Column of values, whose means are compared
    #[arg(long, requires = "between", value_name = "COLUMN")]
    pub value: Option<String>,
    /// Column that tells two groups apart
    #[arg(long, requires = "value", value_name = "COLUMN")]
    pub between: Option<String>,
    /// The two groups, the first less the second; needed where there are more
    #[arg(long, requires = "between", value_delimiter = ',', value_name = "GROUPS")]
    pub groups: Vec<String>,
    /// Smallest difference that is of interest, in the unit of the figure
    #[arg(long, default_value_t = 0.0, value_name = "NUMBER")]
    pub smallest: f64,
    /// Confidence.
    #[command(flatten)]
    pub confidence: ConfidenceArguments,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}
