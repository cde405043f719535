//! What classifies the records of a source: its place in time, its condition and its clock.

use mizan_ingest::layout::precision_column;
use mizan_model::contract::Contract;
use mizan_model::kpi::{Anchor, Clock, ClockCalendar, Pending, Precision, Source};

use super::parts::all;
use super::query::Place;
use super::{Planner, Scan, TimeAnchor, hash_id};
use crate::render::{self, Words, literal, quoted, scanned_field};

/// Numbers of the columns that a source uses: those of the first source that has the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Numbers {
    /// Of `w`: in the population.
    pub(super) filter: usize,
    /// Of `e`, `k` and `s`: class and duration.
    pub(super) clock: usize,
    /// Of `u`: counts, as the rule says.
    pub(super) base: usize,
}

/// Columns that classify the records of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SourceColumns {
    pub(super) numbers: Numbers,
    pub(super) anchor: usize,
    pub(super) filter: Option<String>,
    /// Opening hours, where the filter looks at them.
    calendars: String,
    pub(super) clock: Option<ClockColumns>,
    pub(super) pending: Pending,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ClockColumns {
    start: String,
    stop: String,
    /// Conditions on fields that must be filled.
    filled: Vec<String>,
    /// Stamps, with how finely they must be written.
    fine: Vec<(String, i8)>,
    zone: String,
    extraction: i64,
    meaning: String,
    pub(super) closes_days: u32,
    pub(super) working: Option<WorkingColumns>,
}

impl ClockColumns {
    /// True where every field that the clock needs is filled, and stamped at least as finely as the definition asks. What
    /// is known of all records is not asked of each.
    fn precise(&self, place: &Place) -> String {
        let unsure =
            self.fine.iter().filter(|(stamp, needed)| place.coarsest.get(stamp).is_none_or(|code| code < needed));
        all(self.filled.iter().cloned().chain(unsure.map(|(stamp, needed)| {
            // A stamp that says nothing of its precision is taken as fine enough; an empty one has none.
            let precision = quoted(&precision_column(stamp));
            format!("({precision} IS NULL OR {precision} >= arrow_cast({needed}, 'Int8'))")
        })))
    }

    /// Class and duration of a record whose month is `time`; see [`crate::functions`], `mizan_clock`.
    pub(super) fn class(&self, time: &str, place: &Place) -> String {
        let ClockColumns { start, stop, zone, closes_days, extraction, .. } = self;
        let precise = self.precise(place);
        format!("mizan_clock({start}, {stop}, {time}, {precise}, {zone}, CAST({closes_days} AS BIGINT), {extraction})")
    }
}

/// A clock that counts opening hours only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WorkingColumns {
    office: String,
    start: String,
    pub(super) stop: String,
}

impl WorkingColumns {
    /// Opening microseconds from the start to a moment.
    pub(super) fn until(&self, moment: &str) -> String {
        format!("CAST(working_hours({}, {}, {moment}) * 3600000000.0 AS BIGINT)", self.office, self.start)
    }

    /// Opening microseconds of a case that is open since its start, `e` being what `mizan_clock` gave.
    pub(super) fn open(&self, class: &str) -> String {
        let elapsed = format!("arrow_cast({}, 'Int64') + (-1 - {class})", self.start);
        self.until(&format!("arrow_cast({elapsed}, 'Timestamp(Microsecond, Some(\"UTC\"))')"))
    }
}

/// Conditions that count the records of a source.
#[derive(Debug, Clone)]
pub(super) struct Classes {
    /// In the population.
    pub(super) population: String,
    /// In the population and usable.
    pub(super) usable: String,
    /// In the population and open at closing.
    pub(super) pending: String,
    /// In the population and unusable.
    pub(super) unusable: String,
    /// The records that count: the usable ones, or those that are not unusable.
    pub(super) base: String,
    /// Which of both.
    pub(super) rule: Pending,
}

impl SourceColumns {
    /// How its records are counted by class, if it has a clock.
    pub(super) fn classes(&self) -> Option<Classes> {
        self.clock.as_ref()?;
        let Numbers { filter: w, clock: e, base: u } = self.numbers;
        let class = |tests: &[&str]| {
            let in_population = self.filter.as_ref().map(|_| format!("w{w}"));
            all(in_population.into_iter().chain(tests.iter().map(|test| format!("{test}{e}"))))
        };
        Some(Classes {
            population: class(&[]),
            usable: class(&["y"]),
            pending: class(&["NOT x", "NOT y"]),
            unusable: class(&["x"]),
            base: format!("u{u}"),
            rule: self.pending,
        })
    }

    /// Everything that gives the classes of records their meaning.
    pub(super) fn meaning(&self, scan: &Scan) -> String {
        let filter = self.filter.as_deref().unwrap_or_default();
        let clock = self.clock.as_ref().map(|clock| clock.meaning.as_str()).unwrap_or_default();
        format!("{}|{filter}{}|{clock}|{}", scan.anchors[self.anchor].sql, self.calendars, self.pending)
    }
}

impl Planner<'_> {
    /// Index of the source's columns in its scan.
    pub(super) fn source(&mut self, source: &Source) -> usize {
        let contract = &self.framework.contracts[&source.contract];
        let words = Words { zone: self.zone(source), ..self.words(contract, None) };
        let zone = literal(self.zone(source));
        let time = match &source.anchor {
            Anchor::Period(expression) => {
                format!("mizan_period({}, {zone})", render::scan_sql(&expression.tree, words))
            }
            Anchor::PeriodEnd { .. } => "_month_key".to_owned(),
        };
        let is_partition = match &source.anchor {
            Anchor::Period(expression) => {
                let field = contract.partition.as_deref().filter(|field| expression.tree.to_string() == *field);
                field.is_some() && self.zone(source) == self.setting.zone
            }
            Anchor::PeriodEnd { .. } => false,
        };
        let filter = source.filter.as_ref().map(|filter| render::scan_sql(&filter.tree, words));
        let extraction = self.setting.extraction;
        let calendars = self.setting.calendars.clone();
        let draft = self.scan(source);
        let id = hash_id("t", &[&time]);
        let anchor = draft.scan.anchors.iter().position(|a| a.id == id).unwrap_or_else(|| {
            draft.scan.anchors.push(TimeAnchor { sql: time, id, is_partition });
            draft.scan.anchors.len() - 1
        });
        let clock = source.clock.as_ref().map(|clock| {
            let start = render::scan_sql(&clock.start.tree, words);
            let stop = render::scan_sql(&clock.stop.tree, words);
            let filled: Vec<String> =
                clock.requires.iter().map(|field| format!("{} IS NOT NULL", quoted(field))).collect();
            let fine = precisions(clock, contract);
            let precise = format!("{filled:?} {fine:?}");
            let closes = source.closes_days;
            ClockColumns {
                // The moment of extraction is left out: it changes nothing for months that are closed.
                meaning: match clock.calendar {
                    ClockCalendar::Elapsed => format!("{start}|{stop}|{precise}|{closes}"),
                    ClockCalendar::WorkingHours => format!("{start}|{stop}|{precise}|{closes}|{calendars}"),
                },
                closes_days: closes,
                working: (clock.calendar == ClockCalendar::WorkingHours).then(|| WorkingColumns {
                    office: match contract.field("office") {
                        Some(_) => scanned_field("office", contract),
                        None => "CAST(NULL AS VARCHAR)".to_owned(),
                    },
                    start: start.clone(),
                    stop: stop.clone(),
                }),
                start,
                stop,
                filled,
                fine,
                zone: zone.clone(),
                extraction,
            }
        });
        let looks_at = self.calendars_of(filter.as_deref().unwrap_or_default()).to_owned();
        let pending = source.pending;
        let sources = &mut self.scan(source).scan.sources;
        let first = |same: &dyn Fn(&SourceColumns) -> bool| sources.iter().position(same).unwrap_or(sources.len());
        let mut numbers = Numbers {
            filter: first(&|known| known.filter == filter),
            clock: first(&|known| (&known.clock, known.anchor) == (&clock, anchor)),
            base: 0,
        };
        numbers.base = first(&|known| {
            (known.numbers.filter, known.numbers.clock, known.pending) == (numbers.filter, numbers.clock, pending)
        });
        let columns = SourceColumns { numbers, anchor, filter, calendars: looks_at, clock, pending };
        sources.iter().position(|known| *known == columns).unwrap_or_else(|| {
            sources.push(columns);
            sources.len() - 1
        })
    }
}

/// Stamps of a clock, with how finely they must be written.
pub(crate) fn precisions(clock: &Clock, contract: &Contract) -> Vec<(String, i8)> {
    let needed = match clock.precision {
        Precision::Day => return Vec::new(),
        Precision::Minute => 1,
        Precision::Second => 2,
    };
    let mut stamps: Vec<(String, i8)> = Vec::new();
    for expression in [&clock.start, &clock.stop] {
        for stamp in render::stamps(&expression.tree, contract) {
            if !stamps.iter().any(|(known, _)| *known == stamp) {
                stamps.push((stamp, needed));
            }
        }
    }
    stamps
}
