//! Options of `mizan evidence`.

mod chance;
mod figures;
mod units;

use std::path::PathBuf;

use clap::{Args, Subcommand};

pub use self::chance::*;
pub use self::figures::*;
pub use self::units::*;

/// `mizan evidence`.
#[derive(Debug, Args)]
pub struct EvidenceArguments {
    /// What to do.
    #[command(subcommand)]
    pub command: EvidenceCommand,
}

/// `mizan evidence …`.
#[derive(Debug, Subcommand)]
pub enum EvidenceCommand {
    /// Intervals of proportions, or of figures with standard errors
    #[command(before_help = "Examples:
  mizan evidence interval --data offices.csv --hits errors --of examined
  mizan evidence interval --data offices.csv --value hours --error se --confidence 0.9")]
    Interval(IntervalArguments),
    /// Quantiles with an interval that assumes no distribution
    #[command(before_help = "Examples:
  mizan evidence quantile --data declarations.csv --value hours --by office
  mizan evidence quantile --data declarations.csv --value hours --at 0.5,0.9,0.95 --format csv")]
    Quantile(QuantileArguments),
    /// Intervals of any statistic by resampling: percentile, basic, BCa
    #[command(before_help = "Examples:
  mizan evidence bootstrap --data declarations.csv --value hours --statistic p90 --by office --cluster importer
  mizan evidence bootstrap --data months.csv --value delay --statistic mean --block auto --method percentile")]
    Bootstrap(ResampleArguments),
    /// Difference of two proportions or of two groups: interval, size, verdict
    #[command(before_help = "Examples:
  mizan evidence difference --data offices.csv --hits h2025 --of n2025 --than-hits h2024 --than-of n2024
  mizan evidence difference --data declarations.csv --value hours --between mode --groups sea,air --smallest 4")]
    Difference(DifferenceArguments),
    /// Figures of small units, drawn towards what is known of all
    #[command(before_help = "Examples:
  mizan evidence shrink --data offices.csv --hits errors --of examined
  mizan evidence shrink --data offices.csv --value hours --error se --towards declarations")]
    Shrink(ShrinkArguments),
    /// Funnel: which units differ by more than chance and the usual spread
    #[command(before_help = "Examples:
  mizan evidence funnel --data offices.csv --hits errors --of examined
  mizan evidence funnel --data offices.csv --hits seizures --of expected --figure standardised --format csv")]
    Funnel(FunnelArguments),
    /// Rank sets: from which rank to which a unit may be
    #[command(before_help = "Examples:
  mizan evidence ranks --data scores.csv --value score --error se
  mizan evidence ranks --data scores.csv --value score --draws draws.csv --less-is-better")]
    Ranks(RanksArguments),
    /// P-values adjusted for the number of tests
    #[command(before_help = "Examples:
  mizan evidence adjust --data tests.csv --p p
  mizan evidence adjust --data tests.csv --p p --method holm --rate 0.01")]
    Adjust(AdjustArguments),
    /// Exact chance of so many hits when each case has its own probability
    #[command(before_help = "Examples:
  mizan evidence poisson-binomial --data assigned.csv --p share --hit met --by pair
  mizan evidence poisson-binomial --data inspections.csv --p expected --hit found --format csv")]
    PoissonBinomial(PoissonBinomialArguments),
    /// Design effect: how many independent rows clusters or weights are worth
    #[command(before_help = "Examples:
  mizan evidence design --data declarations.csv --value hours --cluster importer
  mizan evidence design --data survey.csv --weight weight --by country")]
    Design(DesignArguments),
}

/// A table with one row a unit.
#[derive(Debug, Clone, Args)]
pub struct UnitTable {
    /// Table of units (CSV), one row a unit
    #[arg(long, value_name = "FILE")]
    pub data: PathBuf,
    /// Column of the units' names; the first column if not given
    #[arg(long, value_name = "COLUMN")]
    pub id: Option<String>,
}

/// A table with one row a case.
#[derive(Debug, Clone, Args)]
pub struct CaseTable {
    /// Table of cases (CSV), one row a case
    #[arg(long = "data", value_name = "FILE")]
    pub cases: PathBuf,
    /// Column of groups, each with a row of its own in the answer
    #[arg(long = "by", value_name = "COLUMN")]
    pub split: Option<String>,
}

/// A proportion from two counts, or a value with its standard error.
#[derive(Debug, Clone, Args)]
pub struct FigureArguments {
    /// Column of hits
    #[arg(long, required_unless_present = "value", requires = "of", conflicts_with = "value", value_name = "COLUMN")]
    pub hits: Option<String>,
    /// Column of the cases that the hits are among
    #[arg(long, requires = "hits", value_name = "COLUMN")]
    pub of: Option<String>,
    /// Column of values
    #[arg(long, value_name = "COLUMN")]
    pub value: Option<String>,
    /// Column of their standard errors
    #[arg(long, requires = "value", value_name = "COLUMN")]
    pub error: Option<String>,
}

/// Confidence.
#[derive(Debug, Clone, Args)]
pub struct ConfidenceArguments {
    /// Confidence of the intervals
    #[arg(long, default_value_t = 0.95, value_parser = share, value_name = "SHARE")]
    pub confidence: f64,
}

/// Draws, whose number and seed decide chance.
#[derive(Debug, Clone, Args)]
pub struct ChanceArguments {
    /// Number of replications
    #[arg(long, default_value_t = 2000, value_name = "N")]
    pub replications: usize,
    /// Seed of chance; the same seed gives the same bytes
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
}

/// A number above 0 and below 1.
fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if number > 0.0 && number < 1.0 => Ok(number),
        _ => Err("it must be a number above 0 and below 1".to_owned()),
    }
}
