//! Options of `mizan frontier`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::OutputArguments;

/// `mizan frontier`.
#[derive(Debug, Args)]
pub struct FrontierArguments {
    /// What to do.
    #[command(subcommand)]
    pub command: FrontierCommand,
}

/// `mizan frontier …`.
#[derive(Debug, Subcommand)]
pub enum FrontierCommand {
    /// Radial efficiency: how much less input would do, how much more output is possible
    #[command(before_help = "Examples:
  mizan frontier dea --data offices.csv --inputs staff,cost --outputs declarations --rts vrs --format csv
  mizan frontier dea --data offices.csv --inputs staff,cost --outputs declarations,duties --orientation out --scale")]
    Dea(DeaArguments),
    /// Efficiency in a direction: inputs fall and outputs rise together
    #[command(before_help = "Examples:
  mizan frontier directional --data offices.csv --inputs staff,cost --outputs declarations
  mizan frontier directional --data offices.csv --inputs staff --outputs declarations --direction staff=5,declarations=100")]
    Directional(DirectionalArguments),
    /// Super-efficiency: each unit beside all others but itself
    #[command(before_help = "Examples:
  mizan frontier super --data offices.csv --inputs staff,cost --outputs declarations --rts crs
  mizan frontier super --data offices.csv --inputs staff,cost --outputs declarations --measure slacks")]
    Super(SuperArguments),
    /// Slacks-based measure: every input and output counts by itself
    #[command(before_help = "Examples:
  mizan frontier sbm --data offices.csv --inputs staff,cost --outputs declarations
  mizan frontier sbm --data offices.csv --inputs staff --outputs declarations --undesirable hours --sides both")]
    Sbm(SbmArguments),
    /// Additive model: the sum of what all inputs could fall and all outputs could rise by
    #[command(before_help = "Examples:
  mizan frontier additive --data offices.csv --inputs staff,cost --outputs declarations --weights range
  mizan frontier additive --data offices.csv --inputs staff,cost --outputs declarations --weights bounded --rts crs")]
    Additive(AdditiveArguments),
    /// Russell measure: the mean of what each input could fall to
    #[command(before_help = "Examples:
  mizan frontier russell --data offices.csv --inputs staff,cost --outputs declarations
  mizan frontier russell --data offices.csv --inputs staff,cost --outputs declarations --rts crs --format csv")]
    Russell(PlainArguments),
    /// Hyperbolic measure: inputs fall and outputs rise by one factor
    #[command(before_help = "Examples:
  mizan frontier hyperbolic --data offices.csv --inputs staff,cost --outputs declarations
  mizan frontier hyperbolic --data offices.csv --inputs staff,cost --outputs declarations --rts crs --format csv")]
    Hyperbolic(PlainArguments),
    /// Range directional measure, for data with negative numbers
    #[command(before_help = "Examples:
  mizan frontier range --data offices.csv --inputs staff --outputs growth
  mizan frontier range --data offices.csv --inputs staff --outputs growth --sides outputs --format csv")]
    Range(RangeArguments),
    /// Unwanted outputs that cannot be lowered for nothing
    #[command(before_help = "Examples:
  mizan frontier undesirable --data offices.csv --inputs staff --outputs declarations --undesirable hours
  mizan frontier undesirable --data offices.csv --inputs staff --outputs declarations --undesirable hours --move all")]
    Undesirable(UndesirableArguments),
    /// Cross-efficiency: each unit judged with the prices of all
    #[command(before_help = "Examples:
  mizan frontier cross --data offices.csv --inputs staff,cost --outputs declarations
  mizan frontier cross --data offices.csv --inputs staff,cost --outputs declarations --goal aggressive")]
    Cross(CrossArguments),
    /// Cost efficiency, with prices of inputs
    #[command(before_help = "Examples:
  mizan frontier cost --data offices.csv --inputs staff,scanners --outputs declarations --prices wage,rent
  mizan frontier cost --data offices.csv --inputs staff,scanners --outputs declarations --prices wage,rent --rts crs")]
    Cost(CostArguments),
    /// Two stages: inputs make intermediate products, which make outputs
    #[command(before_help = "Examples:
  mizan frontier stages --data offices.csv --inputs staff --between controls --outputs recoveries
  mizan frontier stages --data offices.csv --inputs staff --between controls --outputs recoveries --rts vrs")]
    Stages(StagesArguments),
    /// Bias and interval of radial scores by the bootstrap
    #[command(before_help = "Examples:
  mizan frontier bootstrap --data offices.csv --inputs staff,cost --outputs declarations --replications 2000
  mizan frontier bootstrap --data offices.csv --inputs staff,cost --outputs declarations --bandwidth cv --seed 7")]
    Bootstrap(BootstrapArguments),
    /// Whether circumstances explain the distance to the frontier
    #[command(before_help = "Examples:
  mizan frontier environment --data offices.csv --inputs staff --outputs declarations --explained-by kind,traffic
  mizan frontier environment --data offices.csv --inputs staff --outputs declarations --explained-by kind --algorithm 1")]
    Environment(EnvironmentArguments),
    /// Partial frontier: beside the best of m units drawn by chance
    #[command(before_help = "Examples:
  mizan frontier order-m --data offices.csv --inputs staff,cost --outputs declarations --m 25
  mizan frontier order-m --data offices.csv --inputs staff,cost --outputs declarations --m 25 --orientation out")]
    OrderM(OrderMArguments),
    /// Partial frontier: beside all but the best share of units
    #[command(before_help = "Examples:
  mizan frontier order-alpha --data offices.csv --inputs staff,cost --outputs declarations --alpha 0.95
  mizan frontier order-alpha --data offices.csv --inputs staff --outputs declarations --alpha 0.9 --orientation out")]
    OrderAlpha(OrderAlphaArguments),
    /// Productivity over time and what it is made of
    #[command(before_help = "Examples:
  mizan frontier malmquist --data panel.csv --id office --time year --inputs staff --outputs declarations
  mizan frontier malmquist --data panel.csv --id office --time year --inputs staff --outputs declarations --frontiers sequential")]
    Malmquist(MalmquistArguments),
    /// Scores over time in windows of consecutive years, and how stable they are
    #[command(before_help = "Examples:
  mizan frontier window --data panel.csv --id office --time year --inputs staff --outputs declarations --width 3
  mizan frontier window --data panel.csv --id office --time year --inputs staff --outputs declarations --summary")]
    Window(WindowArguments),
    /// Units of several kinds: beside the best of their kind and beside all
    #[command(before_help = "Examples:
  mizan frontier meta --data offices.csv --group kind --inputs staff,cost --outputs declarations
  mizan frontier meta --data offices.csv --group kind --inputs staff,cost --outputs declarations --union convex")]
    Meta(MetaArguments),
    /// Stochastic frontier: chance and inefficiency told apart
    #[command(before_help = "Examples:
  mizan frontier sfa --data firms.csv --inputs capital,labour --outputs output
  mizan frontier sfa --data firms.csv --inputs capital,labour --outputs output --form translog --inefficiency truncated --what coefficients")]
    Sfa(SfaArguments),
}

/// Table and columns.
#[derive(Debug, Clone, Args)]
pub struct FrontierInputs {
    /// Table of units (CSV), one row a unit
    #[arg(long, value_name = "FILE")]
    pub data: PathBuf,
    /// Columns of inputs
    #[arg(long, required = true, value_delimiter = ',', value_name = "COLUMNS")]
    pub inputs: Vec<String>,
    /// Columns of outputs
    #[arg(long, required = true, value_delimiter = ',', value_name = "COLUMNS")]
    pub outputs: Vec<String>,
    /// Column of the units' names; the first column if not given
    #[arg(long, value_name = "COLUMN")]
    pub id: Option<String>,
}

/// Returns to scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReturnsChoice {
    // Constant.
    Crs,
    // Variable.
    Vrs,
    // Decreasing.
    Drs,
    // Increasing.
    Irs,
    // Free disposal hull.
    Fdh,
}

/// Orientation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OrientationChoice {
    // Less input.
    In,
    // More output.
    Out,
}

/// Returns to scale.
#[derive(Debug, Clone, Args)]
pub struct ReturnsArguments {
    /// Returns to scale
    #[arg(long, value_enum, default_value = "vrs", value_name = "RETURNS")]
    pub rts: ReturnsChoice,
}

/// Orientation.
#[derive(Debug, Clone, Args)]
pub struct OrientationArguments {
    /// Whether less input or more output is asked for
    #[arg(long, value_enum, default_value = "in", value_name = "SIDE")]
    pub orientation: OrientationChoice,
}

/// What limits a program.
#[derive(Debug, Clone, Args)]
pub struct LimitArguments {
    /// Columns that a unit cannot change
    #[arg(long, value_delimiter = ',', value_name = "COLUMNS")]
    pub fixed: Vec<String>,
    /// Bounds of the ratio of two weights, such as `cost/staff=0.5..2`
    #[arg(long, value_name = "RATIO")]
    pub weight_ratio: Vec<String>,
}

/// `mizan frontier dea`.
#[derive(Debug, Args)]
pub struct DeaArguments {
    /// Table and columns.
    #[command(flatten)]
    pub inputs: FrontierInputs,
    /// Returns.
    #[command(flatten)]
    pub returns: ReturnsArguments,
    /// Orientation.
    #[command(flatten)]
    pub orientation: OrientationArguments,
    /// Limits.
    #[command(flatten)]
    pub limits: LimitArguments,
    /// Columns of circumstances, larger is more favourable; only units that had it no better are peers
    #[arg(long, value_delimiter = ',', conflicts_with = "scale", value_name = "COLUMNS")]
    pub circumstances: Vec<String>,
    /// Add scale efficiency and the side of the right size
    #[arg(long)]
    pub scale: bool,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// `mizan frontier directional`.
#[derive(Debug, Args)]
pub struct DirectionalArguments {
    /// Table and columns.
    #[command(flatten)]
    pub inputs: FrontierInputs,
    /// Returns.
    #[command(flatten)]
    pub returns: ReturnsArguments,
    /// Limits.
    #[command(flatten)]
    pub limits: LimitArguments,
    /// The same direction for all units; each unit's own inputs and outputs if not given
    #[arg(long, value_delimiter = ',', value_name = "COLUMN=NUMBER")]
    pub direction: Vec<String>,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// Which super-efficiency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SuperMeasure {
    // Radial.
    Radial,
    // Slacks-based.
    Slacks,
}

/// `mizan frontier super`.
#[derive(Debug, Args)]
pub struct SuperArguments {
    /// Table and columns.
    #[command(flatten)]
    pub inputs: FrontierInputs,
    /// Returns.
    #[command(flatten)]
    pub returns: ReturnsArguments,
    /// Orientation.
    #[command(flatten)]
    pub orientation: OrientationArguments,
    /// Radial or slacks-based
    #[arg(long, value_enum, default_value = "radial", value_name = "MEASURE")]
    pub measure: SuperMeasure,
    /// Which sides improve; only with slacks
    #[arg(long, value_enum, value_name = "SIDES")]
    pub sides: Option<SidesChoice>,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// Which sides improve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SidesChoice {
    // Inputs and outputs.
    Both,
    // Inputs only.
    Inputs,
    // Outputs only.
    Outputs,
}

/// `mizan frontier sbm`.
#[derive(Debug, Args)]
pub struct SbmArguments {
    /// Table and columns.
    #[command(flatten)]
    pub inputs: FrontierInputs,
    /// Returns.
    #[command(flatten)]
    pub returns: ReturnsArguments,
    /// Columns of unwanted outputs
    #[arg(long, value_delimiter = ',', value_name = "COLUMNS")]
    pub undesirable: Vec<String>,
    /// Which sides improve
    #[arg(long, value_enum, default_value = "both", value_name = "SIDES")]
    pub sides: SidesChoice,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// Weights of slacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AdditiveWeights {
    // All 1.
    Unit,
    // 1 / range.
    Range,
    // 1 / own value.
    Proportion,
    // 1 / distance to the best.
    Bounded,
}

/// `mizan frontier additive`.
#[derive(Debug, Args)]
pub struct AdditiveArguments {
    /// Table and columns.
    #[command(flatten)]
    pub inputs: FrontierInputs,
    /// Returns.
    #[command(flatten)]
    pub returns: ReturnsArguments,
    /// Weights of the slacks
    #[arg(long, value_enum, default_value = "unit", value_name = "WEIGHTS")]
    pub weights: AdditiveWeights,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// Methods without further options.
#[derive(Debug, Args)]
pub struct PlainArguments {
    /// Table and columns.
    #[command(flatten)]
    pub inputs: FrontierInputs,
    /// Returns.
    #[command(flatten)]
    pub returns: ReturnsArguments,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// `mizan frontier range`.
#[derive(Debug, Args)]
pub struct RangeArguments {
    /// Table and columns.
    #[command(flatten)]
    pub inputs: FrontierInputs,
    /// Which sides improve
    #[arg(long, value_enum, default_value = "both", value_name = "SIDES")]
    pub sides: SidesChoice,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// What moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MoveChoice {
    // Outputs up, unwanted outputs down.
    Outputs,
    // Inputs too.
    All,
    // Unwanted outputs only.
    Undesirable,
}

/// `mizan frontier undesirable`.
#[derive(Debug, Args)]
pub struct UndesirableArguments {
    /// Table and columns.
    #[command(flatten)]
    pub inputs: FrontierInputs,
    /// Returns.
    #[command(flatten)]
    pub returns: ReturnsArguments,
    /// Columns of unwanted outputs
    #[arg(long, required = true, value_delimiter = ',', value_name = "COLUMNS")]
    pub undesirable: Vec<String>,
    /// What moves
    #[arg(long = "move", value_enum, default_value = "outputs", value_name = "WHAT")]
    pub moves: MoveChoice,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// Second goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GoalChoice {
    // Others as good as possible.
    Benevolent,
    // Others as bad as possible.
    Aggressive,
}

/// `mizan frontier cross`.
#[derive(Debug, Args)]
pub struct CrossArguments {
    /// Table and columns.
    #[command(flatten)]
    pub inputs: FrontierInputs,
    /// Which of several best prices
    #[arg(long, value_enum, default_value = "benevolent", value_name = "GOAL")]
    pub goal: GoalChoice,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// `mizan frontier cost`.
#[derive(Debug, Args)]
pub struct CostArguments {
    /// Table and columns.
    #[command(flatten)]
    pub inputs: FrontierInputs,
    /// Columns of prices, one for each input
    #[arg(long, required = true, value_delimiter = ',', value_name = "COLUMNS")]
    pub prices: Vec<String>,
    /// Returns.
    #[command(flatten)]
    pub returns: ReturnsArguments,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// `mizan frontier stages`.
#[derive(Debug, Args)]
pub struct StagesArguments {
    /// Table and columns.
    #[command(flatten)]
    pub inputs: FrontierInputs,
    /// Columns of intermediate products
    #[arg(long, required = true, value_delimiter = ',', value_name = "COLUMNS")]
    pub between: Vec<String>,
    /// Returns to scale
    #[arg(long, value_enum, default_value = "crs", value_name = "RETURNS")]
    pub rts: ReturnsChoice,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// Draws.
#[derive(Debug, Clone, Args)]
pub struct DrawArguments {
    /// Number of replications
    #[arg(long, default_value_t = 2000, value_name = "N")]
    pub replications: usize,
    /// Seed of chance; the same seed gives the same bytes
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// Confidence of the intervals
    #[arg(long, default_value_t = 0.95, value_name = "SHARE")]
    pub confidence: f64,
}

/// `mizan frontier bootstrap`.
#[derive(Debug, Args)]
pub struct BootstrapArguments {
    /// Table and columns.
    #[command(flatten)]
    pub inputs: FrontierInputs,
    /// Returns.
    #[command(flatten)]
    pub returns: ReturnsArguments,
    /// Orientation.
    #[command(flatten)]
    pub orientation: OrientationArguments,
    /// Draws.
    #[command(flatten)]
    pub draws: DrawArguments,
    /// Smoothing: `normal`, `cv` or a number
    #[arg(long, default_value = "normal", value_name = "RULE")]
    pub bandwidth: String,
    /// Subtract the bias from θ itself instead of 1/θ
    #[arg(long)]
    pub farrell: bool,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// `mizan frontier environment`.
#[derive(Debug, Args)]
pub struct EnvironmentArguments {
    /// Table and columns.
    #[command(flatten)]
    pub inputs: FrontierInputs,
    /// Returns.
    #[command(flatten)]
    pub returns: ReturnsArguments,
    /// Orientation.
    #[command(flatten)]
    pub orientation: OrientationArguments,
    /// Draws.
    #[command(flatten)]
    pub draws: DrawArguments,
    /// Columns of circumstances; words become one column a word
    #[arg(long, required = true, value_delimiter = ',', value_name = "COLUMNS")]
    pub explained_by: Vec<String>,
    /// Algorithm of Simar and Wilson 2007: 1, or 2 with scores corrected for bias
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=2), value_name = "N")]
    pub algorithm: u8,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// `mizan frontier order-m`.
#[derive(Debug, Args)]
pub struct OrderMArguments {
    /// Table and columns.
    #[command(flatten)]
    pub inputs: FrontierInputs,
    /// Orientation.
    #[command(flatten)]
    pub orientation: OrientationArguments,
    /// Number of units drawn
    #[arg(long, default_value_t = 25, value_name = "N")]
    pub m: u32,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// `mizan frontier order-alpha`.
#[derive(Debug, Args)]
pub struct OrderAlphaArguments {
    /// Table and columns.
    #[command(flatten)]
    pub inputs: FrontierInputs,
    /// Orientation.
    #[command(flatten)]
    pub orientation: OrientationArguments,
    /// Share of units that may not be ahead
    #[arg(long, default_value_t = 0.95, value_name = "SHARE")]
    pub alpha: f64,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// Which units make the frontier of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FrontiersChoice {
    // All years.
    Global,
    // The year.
    Contemporaneous,
    // The year and those before.
    Sequential,
}

/// `mizan frontier malmquist`.
#[derive(Debug, Args)]
pub struct MalmquistArguments {
    /// Table and columns.
    #[command(flatten)]
    pub inputs: FrontierInputs,
    /// Column of years
    #[arg(long, value_name = "COLUMN")]
    pub time: String,
    /// Returns to scale
    #[arg(long, value_enum, default_value = "crs", value_name = "RETURNS")]
    pub rts: ReturnsChoice,
    /// Orientation.
    #[command(flatten)]
    pub orientation: OrientationArguments,
    /// Which units make the frontier of a year
    #[arg(long, value_enum, default_value = "global", value_name = "KIND")]
    pub frontiers: FrontiersChoice,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// `mizan frontier window`.
#[derive(Debug, Args)]
pub struct WindowArguments {
    /// Table and columns.
    #[command(flatten)]
    pub inputs: FrontierInputs,
    /// Column of years
    #[arg(long, value_name = "COLUMN")]
    pub time: String,
    /// Returns.
    #[command(flatten)]
    pub returns: ReturnsArguments,
    /// Orientation.
    #[command(flatten)]
    pub orientation: OrientationArguments,
    /// Number of consecutive years in a window; (k + 1)/2 of k years, rounded up, if not given
    #[arg(long, value_name = "N")]
    pub width: Option<usize>,
    /// One row a unit: mean, variance and largest differences of its scores
    #[arg(long)]
    pub summary: bool,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// What groups make possible together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum UnionChoice {
    // Each by itself.
    Separate,
    // Mixtures of all.
    Convex,
}

/// `mizan frontier meta`.
#[derive(Debug, Args)]
pub struct MetaArguments {
    /// Table and columns.
    #[command(flatten)]
    pub inputs: FrontierInputs,
    /// Column of the kinds
    #[arg(long, value_name = "COLUMN")]
    pub group: String,
    /// Returns.
    #[command(flatten)]
    pub returns: ReturnsArguments,
    /// Orientation.
    #[command(flatten)]
    pub orientation: OrientationArguments,
    /// What the kinds make possible together
    #[arg(long, value_enum, default_value = "separate", value_name = "KIND")]
    pub union: UnionChoice,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// Form of a stochastic frontier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormChoice {
    // Cobb-Douglas.
    CobbDouglas,
    // Translog.
    Translog,
}

/// Distribution of inefficiency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InefficiencyChoice {
    // Half-normal.
    HalfNormal,
    // Truncated normal.
    Truncated,
    // Exponential.
    Exponential,
}

/// What of a stochastic frontier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SfaPart {
    // Efficiency of each unit.
    Efficiencies,
    // Coefficients of the frontier.
    Coefficients,
}

/// `mizan frontier sfa`.
#[derive(Debug, Args)]
pub struct SfaArguments {
    /// Table and columns.
    #[command(flatten)]
    pub inputs: FrontierInputs,
    /// Form of the frontier
    #[arg(long, value_enum, default_value = "cobb-douglas", value_name = "FORM")]
    pub form: FormChoice,
    /// Distribution of the inefficiency
    #[arg(long, value_enum, default_value = "half-normal", value_name = "KIND")]
    pub inefficiency: InefficiencyChoice,
    /// Inefficiency raises the output, which is a cost
    #[arg(long)]
    pub cost: bool,
    /// Column of years: a panel of units (Battese, Coelli 1992)
    #[arg(long, conflicts_with = "explained_by", value_name = "COLUMN")]
    pub time: Option<String>,
    /// In a panel, let the inefficiency change over time
    #[arg(long, requires = "time")]
    pub varying: bool,
    /// Columns that explain the inefficiency (Battese, Coelli 1995)
    #[arg(long, value_delimiter = ',', value_name = "COLUMNS")]
    pub explained_by: Vec<String>,
    /// Inputs and output are logarithms already
    #[arg(long)]
    pub logarithms: bool,
    /// What to give of it
    #[arg(long, value_enum, default_value = "efficiencies", value_name = "WHAT")]
    pub what: SfaPart,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}
