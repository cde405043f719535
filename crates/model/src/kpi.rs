//! A KPI definition: the fifteen blocks of a file in `kpis/`, checked and with its expressions parsed.

use serde::Serialize;

use crate::expression::Expression;
use crate::period::Period;

mod hash;
mod read;
mod rules;
mod words;

pub(crate) use read::{Surroundings, read_kpi};
pub(crate) use rules::duplicate;
pub(crate) use words::words;
pub use words::{
    AppliesTo, BreakClass, ClockCalendar, ClockZone, DefinitionStatus, Direction, DisclosureLevel, IntervalMethod,
    KpiKind, OriginKind, Pending, Precision, RollupMethod, ScoreMethod, Unit,
};

/// A value with the place in the KPI file where it was written, for later findings (typing, fixtures).
#[derive(Debug, Clone, PartialEq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Byte range in the file.
    pub span: std::ops::Range<usize>,
}

/// Semantic version of a definition: major breaks the series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// The number changes meaning.
    pub major: u32,
    /// Same meaning.
    pub minor: u32,
    /// Wording and references.
    pub patch: u32,
}

impl Version {
    /// Reads `1.0.0`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.').map(|p| p.parse::<u32>().ok());
        let version = Version { major: parts.next()??, minor: parts.next()??, patch: parts.next()?? };
        parts.next().is_none().then_some(version)
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// Where the definition comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// Kind of origin.
    pub kind: OriginKind,
    /// Name of the source.
    pub source: String,
    /// Address of the source.
    pub url: Option<String>,
    /// What was changed against the source.
    pub note: Option<String>,
}

/// Code of the same indicator in another scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExternalRef {
    /// For example `wco-pmm`.
    pub scheme: String,
    /// Version of the scheme.
    pub version: String,
    /// Code, verbatim.
    pub code: String,
}

/// Words in the source language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KpiText {
    /// Source language, BCP 47.
    pub lang: String,
    /// Full name.
    pub name: String,
    /// At most 52 characters.
    pub short: String,
    /// Definition in words.
    pub definition: String,
    /// Why it is measured.
    pub rationale: String,
    /// What it does not say.
    pub limits: String,
    /// How to read a value.
    pub how_to_read: String,
}

/// Time between two moments.
#[derive(Debug, Clone, PartialEq)]
pub struct Clock {
    /// Scalar expression: start.
    pub start: Expression,
    /// Scalar expression: stop.
    pub stop: Expression,
    /// Fields that must be filled.
    pub requires: Vec<String>,
    /// Coarsest accepted stamp.
    pub precision: Precision,
    /// Elapsed or working hours.
    pub calendar: ClockCalendar,
    /// Zone of the clock and of the period's edges.
    pub zone: ClockZone,
}

/// When a record counts.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "there are a few hundred, and they are read more often than moved")]
pub enum Anchor {
    /// In the local month of this field or expression.
    Period(Expression),
    /// At the end of each month between `from` (inclusive) and `to` (exclusive, empty: still valid).
    PeriodEnd {
        /// Field with the first day of validity.
        from: String,
        /// Field with the day after the last.
        to: String,
    },
}

/// Who is counted, when, and with which clock. Parts of one source share one classification of records.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Contract name without version.
    pub contract: String,
    /// Contract version.
    pub contract_version: u32,
    /// Scalar, boolean; `None`: every record.
    pub filter: Option<Expression>,
    /// When a record counts.
    pub anchor: Anchor,
    /// Days after the month's end before the month is closed.
    pub closes_days: u32,
    /// Clock, for durations.
    pub clock: Option<Clock>,
    /// Open cases; `Exclude` where there is no clock.
    pub pending: Pending,
}

/// An aggregate over one source: numerator, denominator, a named part.
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    /// Index into [`Kpi::sources`].
    pub source: usize,
    /// Aggregate expression as written.
    pub expression: Expression,
}

/// A further value over the parts of a KPI.
#[derive(Debug, Clone, PartialEq)]
pub struct Statistic {
    /// Its name, for example `p90`.
    pub name: String,
    /// Scalar expression over part names.
    pub value: Expression,
    /// Its unit.
    pub unit: Unit,
}

/// How the value is made.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "there are a few hundred, and they are read more often than moved")]
pub enum Measure {
    /// `ratio`, `mean`: numerator over denominator.
    Quotient {
        /// Upper aggregate.
        numerator: Aggregate,
        /// Lower aggregate.
        denominator: Aggregate,
    },
    /// `count`: one aggregate.
    Single(Aggregate),
    /// `quantile`, `share`, `distinct`, `mean`, `index`: named parts and a value over them.
    Parts {
        /// Name and aggregate, in the order of the file.
        parts: Vec<(String, Aggregate)>,
        /// Scalar expression over part names: the headline.
        value: Expression,
        /// Further values over the same parts, shown as breakdown `statistic`.
        statistics: Vec<Statistic>,
    },
    /// `change`: variation of one aggregate between T and T-offset.
    Change {
        /// What varies.
        of: Aggregate,
        /// Distance back in months (12 for `-P1Y`).
        offset_months: u32,
    },
    /// `index` over other KPIs.
    Kpis {
        /// Name and KPI id.
        of: Vec<(String, String)>,
        /// Scalar expression over those names.
        value: Expression,
    },
    /// `reported`, `rubric`: entered by people.
    Entered,
}

/// When a value may be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Rollup {
    /// Merge, or last month.
    pub method: RollupMethod,
    /// Fewer cases in the denominator: `too_few`.
    pub min_denominator: u64,
    /// Less coverage: `low_coverage`.
    pub min_coverage: f64,
}

/// Interval per situation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncertainty {
    /// Every case was measured.
    pub when_full_count: IntervalMethod,
    /// A sample was measured.
    pub when_sample: IntervalMethod,
    /// A model gave the value: how its error is stated.
    pub when_model: Option<String>,
}

/// Allowed splits.
#[derive(Debug, Clone, PartialEq)]
pub struct Breakdown {
    /// Names of fields, or one name for `expr`.
    pub by: Vec<String>,
    /// Derived split, named by the only entry of `by`.
    pub expr: Option<Expression>,
    /// Whether the denominator is split too.
    pub applies_to: AppliesTo,
    /// May leave the node.
    pub export: bool,
    /// Order of victims in secondary suppression.
    pub suppress_first: Vec<String>,
}

/// Score method and parameters; the scoring itself comes with the index crate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Score {
    /// Name of the method (`none`, `distance`, `goalposts`, …).
    pub method: String,
    /// Parameters as written.
    pub parameters: serde_json::Value,
    /// By whose decision.
    pub source: Option<String>,
}

/// Proposal to the administration, and the most it may choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Disclosure {
    /// Proposed level.
    pub default: DisclosureLevel,
    /// Highest level.
    pub ceiling: DisclosureLevel,
    /// Smallest cell that may leave the node.
    pub min_cell: u32,
    /// Fewest contributors.
    pub min_contributors: u32,
}

/// What proves a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EvidenceRule {
    /// Must be attached.
    pub required: Vec<String>,
    /// Is accepted.
    pub acceptable: Vec<String>,
    /// Rubric code.
    pub rubric: Option<String>,
}

/// Plausibility of the population.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// Stable name within the KPI.
    pub id: String,
    /// Weight of a failure.
    pub severity: crate::diagnostic::Severity,
    /// Aggregate expression, boolean, over the KPI's first source.
    pub assert: Aggregate,
    /// May be waived with a reason.
    pub waivable: bool,
}

/// Link to an instrument or another scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reference {
    /// Target, for example `wto-tfa:7.6`, `sdg:17.1`, `instrument:rkc`.
    pub to: String,
    /// `exact`, `broader`, `narrower`, `supports`.
    pub kind: String,
}

/// Worked example.
#[derive(Debug, Clone, PartialEq)]
pub struct Fixture {
    /// One CSV, or one for each contract.
    pub input: Vec<FixtureInput>,
    /// Period that is measured.
    pub period: Located<Period>,
    /// When the extract was made, RFC 3339; `None`: later than every stamp.
    pub extracted_at: Option<String>,
    /// Expected figures; only those given are compared.
    pub expect: Expect,
    /// Place of the whole block.
    pub span: std::ops::Range<usize>,
}

/// Records of one contract in a fixture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixtureInput {
    /// Contract name without version.
    pub contract: String,
    /// Path in the framework's folder.
    pub file: String,
}

/// Expected figures of a fixture.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Expect {
    /// Numerator, if the kind has one.
    pub numerator: Option<Located<f64>>,
    /// Denominator, if the kind has one.
    pub denominator: Option<Located<f64>>,
    /// Value.
    pub value: Option<Located<f64>>,
    /// Coverage, 0 to 1.
    pub coverage: Option<Located<f64>>,
    /// Engine status word.
    pub status: Option<Located<String>>,
    /// Number of records.
    pub n: Option<Located<f64>>,
    /// Ids of checks that must fail.
    pub failed_checks: Vec<String>,
}

/// Versions before this one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct History {
    /// Earlier version, or empty.
    pub supersedes: String,
    /// Break that this version makes.
    pub break_class: BreakClass,
    /// Ratio or difference that links the series.
    pub bridge: Option<f64>,
    /// Why it changed.
    pub reason: Option<String>,
}

/// A KPI definition.
#[derive(Debug, Clone, PartialEq)]
pub struct Kpi {
    /// Path of the file in the framework's folder.
    pub file: String,
    /// Code, for example `TF-01`.
    pub id: String,
    /// Version of the definition.
    pub version: Version,
    /// Life.
    pub status: DefinitionStatus,
    /// Dimension id.
    pub dimension: String,
    /// Outcome id.
    pub outcome: String,
    /// Kind.
    pub kind: KpiKind,
    /// Unit.
    pub unit: Unit,
    /// Better direction.
    pub direction: Direction,
    /// Possible values.
    pub range: Option<(f64, f64)>,
    /// Origin.
    pub origin: Origin,
    /// Codes elsewhere.
    pub external_ref: Vec<ExternalRef>,
    /// Words.
    pub text: KpiText,
    /// Populations; the first is the file's `[population]`, others come from parts written as tables.
    pub sources: Vec<Source>,
    /// How the value is made.
    pub measure: Measure,
    /// When it may be shown.
    pub rollup: Rollup,
    /// Intervals.
    pub uncertainty: Uncertainty,
    /// Allowed splits.
    pub breakdowns: Vec<Breakdown>,
    /// Scoring.
    pub score: Score,
    /// Disclosure proposal.
    pub disclosure: Disclosure,
    /// Evidence.
    pub evidence: EvidenceRule,
    /// Checks.
    pub checks: Vec<Check>,
    /// Links.
    pub references: Vec<Reference>,
    /// Worked examples.
    pub fixtures: Vec<Fixture>,
    /// Versions.
    pub history: History,
}
