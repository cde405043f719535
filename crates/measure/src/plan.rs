//! From definitions to scans: which parts are needed, and one query a contract that measures them all.

use std::collections::BTreeMap;

use mizan_model::contract::{Contract, FieldType};
use mizan_model::expression::Expression;
use mizan_model::expression::parts::{Cut, PartCall, PartKind, cut};
use mizan_model::framework::Framework;
use mizan_model::kpi::{Aggregate, Anchor, ClockCalendar, ClockZone, Kpi, Measure, Pending, Precision, Source};
use sha2::{Digest, Sha256};
use sqlparser::ast::Expr;

use crate::aggregates::flags::MOST_FLAGS;
use crate::part_value::PartScale;
use crate::records::PRECISION_SUFFIX;
use crate::render::{self, Words, literal, quoted};

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
}

/// A column that places a record in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeAnchor {
    /// Expression over the contract (and, for stocks, the month table), as engine SQL.
    pub sql: String,
    /// Hash of the expression; also the name of its column.
    pub id: String,
}

/// Columns that classify the records of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
struct SourceColumns {
    anchor: usize,
    filter: Option<String>,
    clock: Option<ClockColumns>,
    pending: Pending,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct ClockColumns {
    class: String,
    meaning: String,
    closes_days: u32,
    working: Option<WorkingColumns>,
}

/// A clock that counts opening hours only.
#[derive(Debug, Clone, PartialEq, Eq)]
struct WorkingColumns {
    office: String,
    start: String,
    stop: String,
}

impl WorkingColumns {
    /// Opening microseconds from the start to a moment.
    fn until(&self, moment: &str) -> String {
        format!("CAST(working_hours({}, {}, {moment}) * 3600000000.0 AS BIGINT)", self.office, self.start)
    }

    /// Opening microseconds of a case that is open since its start, `e` being what `mizan_clock` gave.
    fn open(&self, class: &str) -> String {
        let elapsed = format!("arrow_cast({}, 'Int64') + (-1 - {class})", self.start);
        self.until(&format!("arrow_cast({elapsed}, 'Timestamp(Microsecond, Some(\"UTC\"))')"))
    }
}

/// One query over one contract.
#[derive(Debug, Clone)]
pub struct Scan {
    /// Contract name.
    pub contract: String,
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
        let sources = kpi.sources.iter().map(|source| self.class_counts(source)).collect();
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
                render::sql(&expression.tree, self.words(contract, None))
            }
            None if contract.field(name).is_some() => quoted(name),
            None => return false,
        };
        let dimension = Dimension { name: name.to_owned(), sql };
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
        let parts = calls.iter().map(|call| self.part(source, call, counted)).collect();
        PartTree { tree, parts }
    }

    fn class_counts(&mut self, source: &Source) -> ClassCounts {
        let columns = self.source(source);
        let count = |planner: &mut Self, class: &str, condition: String| {
            planner.store(source, PartKind::Count, PartScale::Decimal(0), or_true(condition), class)
        };
        let scan = &self.scans[&scan_key(source)].scan;
        let (filtered, clocked) = (scan.sources[columns].filter.is_some(), scan.sources[columns].clock.is_some());
        let and = |class: &str| {
            if filtered { format!("w{columns} AND e{columns} {class}") } else { format!("e{columns} {class}") }
        };
        let unusable = crate::functions::UNUSABLE;
        let usable = match (filtered, clocked) {
            (_, true) => and(">= 0"),
            (true, false) => format!("w{columns}"),
            (false, false) => String::new(),
        };
        ClassCounts {
            contract: source.contract.clone(),
            usable: count(self, "usable", usable),
            pending: clocked.then(|| count(self, "pending", and(&format!("BETWEEN {} AND -1", unusable + 1)))),
            unusable: clocked.then(|| count(self, "unusable", and(&format!("= {unusable}")))),
            undetermined: filtered.then(|| count(self, "undetermined", format!("w{columns} IS NULL"))),
            closes_days: source.closes_days,
        }
    }

    fn part(&mut self, source: &Source, call: &PartCall, counted: Counted) -> PartPlace {
        let columns = self.source(source);
        let contract = &self.framework.contracts[&source.contract];
        let clock_column = format!("k{columns}");
        let has_clock = source.clock.is_some();
        let clock = has_clock.then_some(clock_column.as_str());
        let words = Words { zone: self.zone(source), ..self.words(contract, clock) };
        let is_clock = |e: &Expr| matches!(e, Expr::Identifier(name) if name.value == "clock");
        let argument = call.argument.as_ref();
        let on_clock = argument.is_some_and(is_clock);
        let mut rendered = argument.map(|a| render::sql(a, words)).unwrap_or_default();
        let is_rounded = matches!(call.kind, PartKind::Min | PartKind::Max | PartKind::Moments)
            && argument.is_some_and(|a| is_double(a, contract));
        if is_rounded {
            rendered = format!("CAST({rendered} AS DECIMAL(38, {DOUBLE_DIGITS}))");
        }
        let scale = match call.kind {
            PartKind::Moments if on_clock => PartScale::Seconds,
            PartKind::Sum | PartKind::Min | PartKind::Max if on_clock => PartScale::Microseconds,
            _ if is_rounded => PartScale::Decimal(DOUBLE_DIGITS),
            PartKind::Sum | PartKind::Min | PartKind::Max | PartKind::Moments => {
                PartScale::Decimal(argument.map_or(0, |a| decimal_scale(a, contract)))
            }
            _ => PartScale::Decimal(0),
        };
        let aggregate = match call.kind {
            PartKind::Count => match argument {
                None => String::new(),
                Some(_) => format!("({rendered}) IS NOT NULL"),
            },
            PartKind::Sum => format!("part_sum({rendered})"),
            PartKind::Min => format!("part_min({rendered})"),
            PartKind::Max => format!("part_max({rendered})"),
            // Whole seconds keep the sum of squares exact.
            PartKind::Moments if on_clock => format!("part_moments({rendered} / 1000000)"),
            PartKind::Moments => format!("part_moments({rendered})"),
            PartKind::HistMinutes if on_clock => format!("part_minutes({rendered})"),
            PartKind::HistMinutes => format!("part_minutes(({rendered}) * 60000000)"),
            PartKind::HistLog => format!("part_log({rendered})"),
            PartKind::Distinct => format!("part_distinct({rendered})"),
            PartKind::Survival => format!("part_survival(s{columns})"),
        };
        let filter = call.filter.as_ref().map(|f| render::tree(f, words));
        let meaning = {
            let words = Words { clock: has_clock.then_some("clock"), ..words };
            let text = |e: Option<&Expr>| e.map(|e| render::sql(e, words)).unwrap_or_default();
            format!("{:?}|{counted:?}|{}|{}", call.kind, text(argument), text(call.filter.as_ref()))
        };
        // A survival table tells pending from usable records itself.
        let base = if call.kind == PartKind::Survival || counted == Counted::Population {
            self.scans[&scan_key(source)].scan.sources[columns].filter.as_ref().map(|_| format!("w{columns}"))
        } else {
            self.base(source, columns)
        };
        let condition = match (base, filter) {
            (None, None) => String::new(),
            (Some(base), None) => base,
            (None, Some(filter)) => filter.to_string(),
            (Some(base), Some(filter)) => format!("{base} AND ({filter})"),
        };
        let sql = match (call.kind, aggregate.is_empty(), condition.is_empty()) {
            (PartKind::Count, true, _) => or_true(condition),
            (PartKind::Count, false, true) => aggregate,
            (PartKind::Count, false, false) => format!("{aggregate} AND {condition}"),
            _ => filtered_aggregate(&aggregate, &condition),
        };
        self.store(source, call.kind, scale, sql, &meaning)
    }

    /// Column that is true for the records that count: in the population, and usable or pending as the rule says.
    fn base(&self, source: &Source, columns: usize) -> Option<String> {
        let planned = &self.scans[&scan_key(source)].scan.sources[columns];
        (planned.filter.is_some() || planned.clock.is_some()).then(|| format!("u{columns}"))
    }

    fn store(&mut self, source: &Source, kind: PartKind, scale: PartScale, sql: String, meaning: &str) -> PartPlace {
        let columns = self.source(source);
        let draft = self.scan(source);
        let planned = &draft.scan.sources[columns];
        let reference = format!("{}/{}", source.contract, source.contract_version);
        let id = hash_id("p", &[&reference, &planned.meaning(&draft.scan), meaning]);
        let part = PlannedPart {
            id: id.clone(),
            kind,
            scale,
            anchor: planned.anchor,
            closes_days: planned.clock.as_ref().map(|clock| clock.closes_days),
            sql,
        };
        let number = draft.number;
        draft.parts.entry(id.clone()).or_insert(part);
        PartPlace { scan: number, id }
    }

    /// Index of the source's columns in its scan.
    fn source(&mut self, source: &Source) -> usize {
        let contract = &self.framework.contracts[&source.contract];
        let words = Words { zone: self.zone(source), ..self.words(contract, None) };
        let zone = literal(self.zone(source));
        let time = match &source.anchor {
            Anchor::Period(expression) => format!("mizan_period({}, {zone})", render::sql(&expression.tree, words)),
            Anchor::PeriodEnd { .. } => "_month_key".to_owned(),
        };
        let filter = source.filter.as_ref().map(|filter| render::sql(&filter.tree, words));
        let extraction = self.setting.extraction;
        let calendars = self.setting.calendars.clone();
        let draft = self.scan(source);
        let id = hash_id("t", &[&time]);
        let anchor = draft.scan.anchors.iter().position(|a| a.id == id).unwrap_or_else(|| {
            draft.scan.anchors.push(TimeAnchor { sql: time, id });
            draft.scan.anchors.len() - 1
        });
        let clock = source.clock.as_ref().map(|clock| {
            let start = render::sql(&clock.start.tree, words);
            let stop = render::sql(&clock.stop.tree, words);
            let precise = precise_condition(clock, contract);
            let closes = source.closes_days;
            ClockColumns {
                class: format!(
                    "mizan_clock({start}, {stop}, t{anchor}, {precise}, {zone}, CAST({closes} AS BIGINT), {extraction})"
                ),
                // The moment of extraction is left out: it changes nothing for months that are closed.
                meaning: match clock.calendar {
                    ClockCalendar::Elapsed => format!("{start}|{stop}|{precise}|{closes}"),
                    ClockCalendar::WorkingHours => format!("{start}|{stop}|{precise}|{closes}|{calendars}"),
                },
                closes_days: closes,
                working: (clock.calendar == ClockCalendar::WorkingHours).then(|| WorkingColumns {
                    office: match contract.field("office") {
                        Some(_) => quoted("office"),
                        None => "CAST(NULL AS VARCHAR)".to_owned(),
                    },
                    start: start.clone(),
                    stop: stop.clone(),
                }),
            }
        });
        let columns = SourceColumns { anchor, filter, clock, pending: source.pending };
        let draft = self.scan(source);
        draft.scan.sources.iter().position(|known| *known == columns).unwrap_or_else(|| {
            draft.scan.sources.push(columns);
            draft.scan.sources.len() - 1
        })
    }

    /// Zone of a source's days and months: the node's, or UTC where the clock asks for it.
    fn zone(&self, source: &Source) -> &'f str {
        match source.clock.as_ref().map(|clock| clock.zone) {
            Some(ClockZone::Utc) => "UTC",
            Some(ClockZone::Office) | None => &self.setting.zone,
        }
    }

    fn scan(&mut self, source: &Source) -> &mut ScanDraft {
        let number = self.scans.len();
        let key = scan_key(source);
        self.scans.entry(key.clone()).or_insert_with(|| ScanDraft {
            number,
            scan: Scan {
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

/// True where every field that a clock needs is filled, and stamped at least as finely as the definition asks.
fn precise_condition(clock: &mizan_model::kpi::Clock, contract: &Contract) -> String {
    let mut conditions: Vec<String> = clock.requires.iter().map(|f| format!("{} IS NOT NULL", quoted(f))).collect();
    let needed = match clock.precision {
        Precision::Day => 0,
        Precision::Minute => 1,
        Precision::Second => 2,
    };
    if needed > 0 {
        for expression in [&clock.start, &clock.stop] {
            for stamp in render::stamps(&expression.tree, contract) {
                // A stamp that says nothing of its precision is taken as fine enough; an empty one has none.
                let precision = quoted(&format!("{stamp}{PRECISION_SUFFIX}"));
                let condition = format!("({precision} IS NULL OR {precision} >= arrow_cast({needed}, 'Int8'))");
                if !conditions.contains(&condition) {
                    conditions.push(condition);
                }
            }
        }
    }
    if conditions.is_empty() { "true".to_owned() } else { format!("({})", conditions.join(" AND ")) }
}

/// Digits after the point to which a floating-point value is rounded, each on its own, before it becomes part of
/// moments or an extreme: so the part does not depend on the order of rows.
const DOUBLE_DIGITS: u8 = 6;

/// Whether an argument is floating point: it names such a field or calls a function that gives one.
fn is_double(argument: &Expr, contract: &Contract) -> bool {
    const DOUBLE_FUNCTIONS: [&str; 3] = ["hours(", "days(", "working_hours("];
    let text = argument.to_string();
    DOUBLE_FUNCTIONS.iter().any(|function| text.contains(function))
        || render::fields(argument, contract)
            .iter()
            .any(|name| contract.field(name).is_some_and(|f| f.field_type == FieldType::Double))
}

/// Digits after the point of a fixed-point argument, as the engine's arithmetic gives them: a product has those of both
/// factors, everything else those of the finer side. Whole numbers have none.
fn decimal_scale(argument: &Expr, contract: &Contract) -> u8 {
    match argument {
        Expr::Identifier(name) => match contract.field(&name.value).map(|field| &field.field_type) {
            Some(FieldType::Decimal { scale }) => *scale,
            _ => 0,
        },
        Expr::BinaryOp { left, op: sqlparser::ast::BinaryOperator::Multiply, right } => {
            decimal_scale(left, contract) + decimal_scale(right, contract)
        }
        other => {
            // `CASE`, `coalesce` and the like: the finest of their parts.
            let direct = children(other);
            direct.into_iter().map(|child| decimal_scale(child, contract)).max().unwrap_or(0)
        }
    }
}

/// Direct sub-expressions that give the value of an expression.
fn children(expression: &Expr) -> Vec<&Expr> {
    match expression {
        Expr::Nested(inner) | Expr::UnaryOp { expr: inner, .. } => vec![inner],
        Expr::BinaryOp { left, right, .. } => vec![left, right],
        Expr::Case { conditions, else_result, .. } => {
            conditions.iter().map(|when| &when.result).chain(else_result.as_deref()).collect()
        }
        Expr::Function(function) => render::arguments(function),
        _ => Vec::new(),
    }
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

fn or_true(condition: String) -> String {
    if condition.is_empty() { "true".to_owned() } else { condition }
}

fn filtered_aggregate(aggregate: &str, condition: &str) -> String {
    if condition.is_empty() { aggregate.to_owned() } else { format!("{aggregate} FILTER (WHERE {condition})") }
}

impl SourceColumns {
    /// Everything that gives the classes of records their meaning.
    fn meaning(&self, scan: &Scan) -> String {
        let filter = self.filter.as_deref().unwrap_or_default();
        let clock = self.clock.as_ref().map(|clock| clock.meaning.as_str()).unwrap_or_default();
        format!("{}|{filter}|{clock}|{}", scan.anchors[self.anchor].sql, self.pending)
    }
}

impl Scan {
    /// The query over table `records` (and `_months`, for stocks): one row a cell; counts together in columns `f0`, …,
    /// one column for each other part.
    pub fn sql(&self) -> String {
        self.sql_of(&self.parts)
    }

    /// The query that measures only some of the parts.
    pub fn sql_of(&self, parts: &[PlannedPart]) -> String {
        let from = match &self.stock {
            None => "records".to_owned(),
            Some((valid_from, valid_to)) => format!(
                "records JOIN _months ON {from} <= _month_end AND ({to} IS NULL OR {to} > _month_end)",
                from = quoted(valid_from),
                to = quoted(valid_to)
            ),
        };
        let times: Vec<String> =
            self.anchors.iter().enumerate().map(|(n, anchor)| format!("{} AS t{n}", anchor.sql)).collect();
        let mut classes = Vec::new();
        let mut bases = Vec::new();
        for (n, source) in self.sources.iter().enumerate() {
            if let Some(filter) = &source.filter {
                classes.push(format!("({filter}) AS w{n}"));
            }
            if let Some(clock) = &source.clock {
                classes.push(format!("{} AS e{n}", clock.class));
                bases.push(match &clock.working {
                    None => format!("mizan_usable(e{n}) AS k{n}"),
                    Some(working) => {
                        let usable = working.until(&working.stop);
                        format!("CASE WHEN e{n} >= 0 THEN {usable} END AS k{n}")
                    }
                });
                if self.parts.iter().any(|part| part.sql.starts_with(&format!("part_survival(s{n})"))) {
                    bases.push(match &clock.working {
                        None => format!("e{n} AS s{n}"),
                        Some(working) => format!(
                            "CASE WHEN e{n} >= 0 THEN {} WHEN e{n} = {} THEN e{n} ELSE -1 - {} END AS s{n}",
                            working.until(&working.stop),
                            crate::functions::UNUSABLE,
                            working.open(&format!("e{n}"))
                        ),
                    });
                }
            }
            let counted = match source.pending {
                Pending::Exclude => format!("e{n} >= 0"),
                Pending::NotMet | Pending::Censored => format!("e{n} > {}", crate::functions::UNUSABLE),
            };
            match (&source.filter, &source.clock) {
                (None, None) => {}
                (Some(_), None) => bases.push(format!("w{n} AS u{n}")),
                (None, Some(_)) => bases.push(format!("({counted}) AS u{n}")),
                (Some(_), Some(_)) => bases.push(format!("(w{n} AND {counted}) AS u{n}")),
            }
        }
        let layer = |columns: &[String], inner: &str| {
            if columns.is_empty() {
                inner.to_owned()
            } else {
                format!("(SELECT *, {} FROM {inner})", columns.join(", "))
            }
        };
        let inner = layer(&bases, &layer(&classes, &layer(&times, &format!("(SELECT * FROM {from})"))));
        let mut keys = vec!["_partition".to_owned()];
        keys.extend((0..self.anchors.len()).map(|n| format!("t{n}")));
        let mut select = keys.clone();
        for (n, dimension) in self.dimensions.iter().enumerate() {
            select.push(format!("{} AS d{n}", dimension.sql));
            keys.push(dimension.sql.clone());
        }
        let (counts, others): (Vec<_>, Vec<_>) = parts.iter().partition(|part| part.kind == PartKind::Count);
        // Counts are taken together, whichever their number: see `part_flags`.
        for (n, counts) in counts.chunks(MOST_FLAGS).enumerate() {
            let conditions: Vec<&str> = counts.iter().map(|part| part.sql.as_str()).collect();
            select.push(format!("part_flags(\n    {}\n  ) AS f{n}", conditions.join(",\n    ")));
        }
        select.extend(others.iter().map(|part| format!("{} AS {}", part.sql, part.id)));
        format!("SELECT\n  {}\nFROM {inner}\nGROUP BY {}", select.join(",\n  "), keys.join(", "))
    }
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
