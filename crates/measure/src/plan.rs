//! From definitions to scans: which parts are needed, and one query a contract that measures them all.

mod counts;
mod parts;
mod query;
mod scale;
mod sources;

use std::collections::BTreeMap;

use mizan_model::contract::Contract;
use mizan_model::expression::Expression;
use mizan_model::expression::parts::{Cut, PartKind, cut};
use mizan_model::framework::Framework;
use mizan_model::kpi::{Aggregate, Anchor, ClockZone, Kpi, Measure, Source};
use sha2::{Digest, Sha256};
use sqlparser::ast::Expr;

pub use self::query::Place;
use self::sources::SourceColumns;
pub(crate) use self::sources::precisions;
use crate::part_value::PartScale;
use crate::render::{self, Words, scanned_field};

/// Version of the stored parts: a change makes every stored part stale.
pub const PARTS_VERSION: u32 = 1;

/// How long a part's id is, in hexadecimal digits.
const ID_DIGITS: usize = 20;

/// What a plan is made for.
#[derive(Debug, Clone)]
pub struct Setting {
    /// IANA zone that fixes days and months.
    pub zone: String,
    /// Moment of extraction, in microseconds since 1970: nothing later is known.
    pub extraction: i64,
    /// Text that tells the opening hours of working-hours clocks apart from any others.
    pub calendars: String,
    /// Breakdowns that are measured: `None` all that may leave the node, otherwise just these.
    pub by: Option<Vec<String>>,
}

/// A part that a scan measures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedPart {
    /// Hash of everything that gives it its meaning; also the name of its column.
    pub id: String,
    /// Kind.
    pub kind: PartKind,
    /// What a unit stands for.
    pub scale: PartScale,
    /// Index into [`Scan::anchors`].
    pub anchor: usize,
    /// With a clock: days after a month's end at which it closes. Until then a later extraction may change the part.
    pub closes_days: Option<u32>,
    /// Zone of its months.
    pub zone: String,
    /// The aggregate, as engine SQL; for a count, the condition that its rows meet.
    pub sql: String,
}

/// A way to split.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dimension {
    /// Name in observations.
    pub name: String,
    /// Expression over the contract, as engine SQL.
    pub sql: String,
    /// Whether it is a field of the contract, by its name.
    pub is_field: bool,
    /// Opening hours, where the expression looks at them.
    pub calendars: String,
}

/// A column that places a record in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeAnchor {
    /// Expression over the contract (and, for stocks, the month table), as engine SQL.
    pub sql: String,
    /// Hash of the expression; also the name of its column.
    pub id: String,
    /// Whether it is the month that records are partitioned by.
    pub is_partition: bool,
}

/// One query over one contract.
#[derive(Debug, Clone)]
pub struct Scan {
    /// Contract name.
    pub contract: String,
    /// Field that its records are partitioned by.
    pub partitioned_by: Option<String>,
    /// Records count at the end of each month of their validity, instead of in one month.
    pub stock: Option<(String, String)>,
    /// Ways to split, sorted by name; the group key together with the anchors.
    pub dimensions: Vec<Dimension>,
    /// Time columns.
    pub anchors: Vec<TimeAnchor>,
    /// Parts, sorted by id.
    pub parts: Vec<PlannedPart>,
    sources: Vec<SourceColumns>,
}

/// Where a part is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartPlace {
    /// Index into [`Plan::scans`].
    pub scan: usize,
    /// [`PlannedPart::id`].
    pub id: String,
    /// Index into the sources of the KPI.
    pub source: usize,
}

/// Arithmetic over merged parts: identifiers `p0`, `p1`, … are the parts in order.
#[derive(Debug, Clone, PartialEq)]
pub struct PartTree {
    /// The tree.
    pub tree: Expr,
    /// Its parts.
    pub parts: Vec<PartPlace>,
}

/// The records of a source, counted by class.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassCounts {
    /// Contract name.
    pub contract: String,
    /// Measured.
    pub usable: PartPlace,
    /// Still open at closing; only with a clock.
    pub pending: Option<PartPlace>,
    /// Cannot be used; only with a clock.
    pub unusable: Option<PartPlace>,
    /// The population's condition is unknown.
    pub undetermined: Option<PartPlace>,
    /// Days after a month's end at which it closes.
    pub closes_days: u32,
    /// Zone of its months.
    pub zone: String,
}

/// How a KPI's figures come out of parts.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "there is one a KPI")]
pub enum Formula {
    /// Numerator over denominator.
    Quotient {
        /// Upper.
        numerator: PartTree,
        /// Lower.
        denominator: PartTree,
    },
    /// One figure.
    Single(PartTree),
    /// Named parts and values over them; the first value is the headline.
    Named {
        /// By name.
        parts: Vec<(String, PartTree)>,
        /// Headline.
        value: Expr,
        /// Further statistics: name, value, unit.
        statistics: Vec<(String, Expr, mizan_model::kpi::Unit)>,
    },
    /// Variation of a figure against the same period `months` earlier.
    Change {
        /// The figure.
        of: PartTree,
        /// Months back.
        months: u32,
    },
    /// Over other KPIs.
    Kpis {
        /// Name and KPI id.
        of: Vec<(String, String)>,
        /// Value over the names.
        value: Expr,
    },
    /// Entered by people.
    Entered,
}

/// A KPI, planned.
#[derive(Debug, Clone)]
pub struct PlannedKpi {
    /// Index into [`Framework::kpis`].
    pub kpi: usize,
    /// How the value is made.
    pub formula: Formula,
    /// Class counts of each source.
    pub sources: Vec<ClassCounts>,
    /// Check id and condition.
    pub checks: Vec<(String, PartTree)>,
    /// Names of its breakdowns that are measured, with what they apply to.
    pub breakdowns: Vec<(String, mizan_model::kpi::AppliesTo)>,
}

/// Everything that a run measures.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// One query each.
    pub scans: Vec<Scan>,
    /// In the order of the framework.
    pub kpis: Vec<PlannedKpi>,
}

/// Plans the KPIs with those indices. Expressions were checked when the framework was read.
pub fn plan(framework: &Framework, kpis: &[usize], setting: &Setting) -> Plan {
    let mut planner = Planner { framework, setting, scans: BTreeMap::new() };
    let drafts: Vec<PlannedKpi> = kpis.iter().map(|&index| planner.kpi(index)).collect();
    // Scans were numbered as they came up; their order in the plan is that of their keys.
    let mut numbers = vec![0; planner.scans.len()];
    for (position, draft) in planner.scans.values().enumerate() {
        numbers[draft.number] = position;
    }
    let scans = planner.scans.into_values().map(ScanDraft::finish).collect();
    let kpis = drafts.into_iter().map(|kpi| kpi.renumbered(&numbers)).collect();
    Plan { scans, kpis }
}

/// What makes two sources share a query: the contract, and for stocks the fields of validity.
type ScanKey = (String, Option<(String, String)>);

struct ScanDraft {
    number: usize,
    scan: Scan,
    parts: BTreeMap<String, PlannedPart>,
}

impl ScanDraft {
    fn finish(mut self) -> Scan {
        self.scan.dimensions.sort();
        self.scan.parts = self.parts.into_values().collect();
        self.scan
    }
}

/// Which records of the population an aggregate sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counted {
    /// Usable ones, and pending ones as the definition says.
    AsTheRuleSays,
    /// All.
    Population,
}

struct Planner<'a> {
    framework: &'a Framework,
    setting: &'a Setting,
    scans: BTreeMap<ScanKey, ScanDraft>,
}

impl<'f> Planner<'f> {
    fn kpi(&mut self, index: usize) -> PlannedKpi {
        let kpi = &self.framework.kpis[index];
        let formula = match &kpi.measure {
            Measure::Quotient { numerator, denominator } => Formula::Quotient {
                numerator: self.part_tree(kpi, numerator),
                denominator: self.part_tree(kpi, denominator),
            },
            Measure::Single(aggregate) => Formula::Single(self.part_tree(kpi, aggregate)),
            Measure::Parts { parts, value, statistics } => Formula::Named {
                parts: parts.iter().map(|(name, a)| (name.clone(), self.part_tree(kpi, a))).collect(),
                value: value.tree.clone(),
                statistics: statistics.iter().map(|s| (s.name.clone(), s.value.tree.clone(), s.unit)).collect(),
            },
            Measure::Change { of, offset_months } => {
                Formula::Change { of: self.part_tree(kpi, of), months: *offset_months }
            }
            Measure::Kpis { of, value } => Formula::Kpis { of: of.clone(), value: value.tree.clone() },
            Measure::Entered => Formula::Entered,
        };
        let sources = kpi.sources.iter().enumerate().map(|(index, source)| self.class_counts(index, source)).collect();
        let checks = kpi.checks.iter().map(|c| (c.id.clone(), self.check_tree(kpi, &c.assert))).collect();
        let breakdowns = self.breakdowns(kpi);
        PlannedKpi { kpi: index, formula, sources, checks, breakdowns }
    }

    /// Measured breakdowns, which become dimensions of every scan that the KPI uses and whose contract has them.
    fn breakdowns(&mut self, kpi: &Kpi) -> Vec<(String, mizan_model::kpi::AppliesTo)> {
        let mut measured = Vec::new();
        for breakdown in &kpi.breakdowns {
            for name in &breakdown.by {
                let wanted = match &self.setting.by {
                    None => breakdown.export,
                    Some(by) => by.contains(name),
                };
                if !wanted || measured.iter().any(|(known, _)| known == name) {
                    continue;
                }
                let mut found = false;
                for source in &kpi.sources {
                    found |= self.dimension(source, name, breakdown.expr.as_ref());
                }
                if found {
                    measured.push((name.clone(), breakdown.applies_to));
                }
            }
        }
        measured
    }

    fn dimension(&mut self, source: &Source, name: &str, expression: Option<&Expression>) -> bool {
        let contract = &self.framework.contracts[&source.contract];
        let sql = match expression {
            Some(expression) => {
                if render::fields(&expression.tree, contract).is_empty() {
                    return false;
                }
                render::scan_sql(&expression.tree, self.words(contract, None))
            }
            None if contract.field(name).is_some() => scanned_field(name, contract),
            None => return false,
        };
        let calendars = self.calendars_of(&sql).to_owned();
        let dimension = Dimension { name: name.to_owned(), sql, is_field: expression.is_none(), calendars };
        let draft = self.scan(source);
        if !draft.scan.dimensions.contains(&dimension) {
            draft.scan.dimensions.push(dimension);
        }
        true
    }

    fn part_tree(&mut self, kpi: &Kpi, aggregate: &Aggregate) -> PartTree {
        self.tree(kpi, aggregate, Counted::AsTheRuleSays)
    }

    /// Checks look at the whole population, with `clock` empty for records that are not usable.
    fn check_tree(&mut self, kpi: &Kpi, aggregate: &Aggregate) -> PartTree {
        self.tree(kpi, aggregate, Counted::Population)
    }

    fn tree(&mut self, kpi: &Kpi, aggregate: &Aggregate, counted: Counted) -> PartTree {
        let source = &kpi.sources[aggregate.source];
        let Cut { calls, rest: tree } = cut(&aggregate.expression.tree);
        let mut parts: Vec<PartPlace> = calls.iter().map(|call| self.part(source, call, counted)).collect();
        parts.iter_mut().for_each(|place| place.source = aggregate.source);
        PartTree { tree, parts }
    }

    /// Zone of a source's days and months: the node's, or UTC where the clock asks for it.
    fn zone(&self, source: &Source) -> &'f str {
        match source.clock.as_ref().map(|clock| clock.zone) {
            Some(ClockZone::Utc) => "UTC",
            Some(ClockZone::Office) | None => &self.setting.zone,
        }
    }

    /// What the opening hours add to the meaning of an expression: nothing, where it does not look at them.
    fn calendars_of(&self, sql: &str) -> &'f str {
        if sql.contains("working_hours(") { &self.setting.calendars } else { "" }
    }

    fn scan(&mut self, source: &Source) -> &mut ScanDraft {
        let number = self.scans.len();
        let key = scan_key(source);
        self.scans.entry(key.clone()).or_insert_with(|| ScanDraft {
            number,
            scan: Scan {
                partitioned_by: self.framework.contracts[&key.0].partition.clone(),
                contract: key.0,
                stock: key.1,
                dimensions: Vec::new(),
                anchors: Vec::new(),
                parts: Vec::new(),
                sources: Vec::new(),
            },
            parts: BTreeMap::new(),
        })
    }

    fn words<'w>(&self, contract: &'w Contract, clock: Option<&'w str>) -> Words<'w>
    where
        'f: 'w,
    {
        Words { contract, lists: &self.framework.lists, zone: &self.setting.zone, clock }
    }
}

fn scan_key(source: &Source) -> ScanKey {
    let stock = match &source.anchor {
        Anchor::Period(_) => None,
        Anchor::PeriodEnd { from, to } => Some((from.clone(), to.clone())),
    };
    (source.contract.clone(), stock)
}

fn hash_id(prefix: &str, meaning: &[&str]) -> String {
    let mut hash = Sha256::new();
    hash.update(PARTS_VERSION.to_le_bytes());
    for part in meaning {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let digits: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{prefix}{}", &digits[..ID_DIGITS])
}

impl PlannedKpi {
    fn renumbered(mut self, numbers: &[usize]) -> Self {
        let place = |place: &mut PartPlace| place.scan = numbers[place.scan];
        let tree = |tree: &mut PartTree| tree.parts.iter_mut().for_each(place);
        match &mut self.formula {
            Formula::Quotient { numerator, denominator } => {
                tree(numerator);
                tree(denominator);
            }
            Formula::Single(of) | Formula::Change { of, .. } => tree(of),
            Formula::Named { parts, .. } => parts.iter_mut().for_each(|(_, part)| tree(part)),
            Formula::Kpis { .. } | Formula::Entered => {}
        }
        for counts in &mut self.sources {
            place(&mut counts.usable);
            for count in [&mut counts.pending, &mut counts.unusable, &mut counts.undetermined] {
                count.iter_mut().for_each(place);
            }
        }
        self.checks.iter_mut().for_each(|(_, check)| tree(check));
        self
    }
}
