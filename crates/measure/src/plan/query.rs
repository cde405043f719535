//! One query a scan.

use std::collections::BTreeMap;

use mizan_model::expression::parts::PartKind;
use mizan_model::kpi::Pending;
use mizan_model::period::Month;

use super::sources::{ClockColumns, Numbers};
use super::{PlannedPart, Scan};
use crate::aggregates::flags::MOST_FLAGS;
use crate::records::MONTH;
use crate::render::quoted;
use crate::time_key::TimeKey;

/// What is known of the records of a query before they are read.
///
/// Partition and month are not in the query, so that that of one month can be asked of another.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// The partition, if they are of a single one.
    pub partition: Option<String>,
    /// The month in which all of them lie, by the field that they are partitioned by. The table has it as `_month`.
    pub month: Option<Month>,
    /// How finely the coarsest value of a stamp is written (0 day, 1 minute, 2 second), of the stamps where that is known.
    pub coarsest: BTreeMap<String, i8>,
}

impl Scan {
    /// The query over table `records` (and `_months`, for stocks): one row a cell; counts together in columns `f0`, …,
    /// one column for each other part.
    pub fn sql(&self) -> String {
        self.sql_of(&self.parts, &Place::default())
    }

    /// The partition of all cells, where it is known. A query needs something to group by.
    pub fn known_partition<'a>(&self, place: &'a Place) -> Option<&'a str> {
        place.partition.as_deref().filter(|_| !self.dimensions.is_empty())
    }

    /// The time of all cells, for anchors where it is known.
    pub fn known_times(&self, place: &Place) -> Vec<Option<TimeKey>> {
        let month = place.month.filter(|_| !self.dimensions.is_empty()).map(TimeKey::month);
        self.anchors.iter().map(|anchor| month.filter(|_| anchor.is_partition)).collect()
    }

    /// The query that measures only some of the parts, for records of which some things are known: these are not computed
    /// for each of them, and not in the answer.
    pub fn sql_of(&self, parts: &[PlannedPart], place: &Place) -> String {
        let times = self.known_times(place);
        let mut select = Vec::new();
        let mut keys = Vec::new();
        if self.known_partition(place).is_none() {
            select.push("_partition".to_owned());
            keys.push("_partition".to_owned());
        }
        for (n, _) in times.iter().enumerate().filter(|(_, time)| time.is_none()) {
            select.push(format!("t{n}"));
            keys.push(format!("t{n}"));
        }
        for (n, dimension) in self.dimensions.iter().enumerate() {
            select.push(format!("{} AS d{n}", dimension.sql));
            keys.push(dimension.sql.clone());
        }
        let others = parts.iter().filter(|part| part.kind != PartKind::Count);
        // Counts are taken together, whichever their number: see `part_flags`.
        for (n, conditions) in self.counts(parts).measured.chunks(MOST_FLAGS).enumerate() {
            select.push(format!("part_flags(\n    {}\n  ) AS f{n}", conditions.join(",\n    ")));
        }
        select.extend(others.map(|part| format!("{} AS {}", part.sql, part.id)));
        let records = self.classified(&times, place);
        format!("SELECT\n  {}\nFROM {records}\nGROUP BY {}", select.join(",\n  "), keys.join(", "))
    }

    /// The records with the columns that definitions are made of, in layers: `t0`, … (times that are not known),
    /// `w0`, … (in the population), `e0`, … (class and duration), `y0`, … and `x0`, … (usable, unusable), then `k0`, …
    /// (durations of usable records), `s0`, … (for survival) and `u0`, … (counts, as the rule says).
    fn classified(&self, known_times: &[Option<TimeKey>], place: &Place) -> String {
        let from = match &self.stock {
            None => "records".to_owned(),
            Some((valid_from, valid_to)) => format!(
                "records JOIN _months ON {from} <= _month_end AND ({to} IS NULL OR {to} > _month_end)",
                from = quoted(valid_from),
                to = quoted(valid_to)
            ),
        };
        let unknown = self.anchors.iter().zip(known_times).enumerate().filter(|(_, (_, known))| known.is_none());
        let times: Vec<String> = unknown.map(|(n, (anchor, _))| format!("{} AS t{n}", anchor.sql)).collect();
        let (mut classes, mut tests, mut bases) = (Vec::new(), Vec::new(), Vec::new());
        for (n, source) in self.sources.iter().enumerate() {
            let Numbers { filter: w, clock: e, base: u } = source.numbers;
            if let Some(filter) = source.filter.as_ref().filter(|_| w == n) {
                classes.push(format!("({filter}) AS w{n}"));
            }
            if let Some(clock) = source.clock.as_ref().filter(|_| e == n) {
                let time = match known_times[source.anchor] {
                    Some(_) => MONTH.to_owned(),
                    None => format!("t{}", source.anchor),
                };
                classes.push(format!("{} AS e{n}", clock.class(&time, place)));
                tests.extend([format!("mizan_is_usable(e{n}) AS y{n}"), format!("mizan_is_unusable(e{n}) AS x{n}")]);
                self.add_durations(n, clock, &mut bases);
            }
            if u != n {
                continue;
            }
            let counted = match source.pending {
                Pending::Exclude => format!("y{e}"),
                Pending::NotMet | Pending::Censored => format!("NOT x{e}"),
            };
            match (&source.filter, &source.clock) {
                // The population is all there is to ask for.
                (_, None) => {}
                (None, Some(_)) => bases.push(format!("({counted}) AS u{n}")),
                (Some(_), Some(_)) => bases.push(format!("mizan_all(w{w}, {counted}) AS u{n}")),
            }
        }
        let layer = |columns: &[String], inner: &str| match columns {
            [] => inner.to_owned(),
            _ => format!("(SELECT *, {} FROM {inner})", columns.join(", ")),
        };
        let inner = layer(&classes, &layer(&times, &format!("(SELECT * FROM {from})")));
        layer(&bases, &layer(&tests, &inner))
    }

    /// Durations of a source's clock: `k` for usable records, `s` for survival tables, where one is asked for.
    fn add_durations(&self, n: usize, clock: &ClockColumns, bases: &mut Vec<String>) {
        bases.push(match &clock.working {
            None => format!("mizan_usable(e{n}, y{n}) AS k{n}"),
            Some(working) => format!("CASE WHEN y{n} THEN {} END AS k{n}", working.until(&working.stop)),
        });
        if self.parts.iter().any(|part| part.sql.starts_with(&format!("part_survival(s{n})"))) {
            bases.push(match &clock.working {
                None => format!("e{n} AS s{n}"),
                Some(working) => format!(
                    "CASE WHEN y{n} THEN {} WHEN x{n} THEN e{n} ELSE -1 - {} END AS s{n}",
                    working.until(&working.stop),
                    working.open(&format!("e{n}"))
                ),
            });
        }
    }
}
