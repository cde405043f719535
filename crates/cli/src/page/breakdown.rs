//! Breakdowns of a KPI: bars from zero, with their numbers.

use mizan_measure::rollup::UNKNOWN;
use mizan_model::kpi::Kpi;
use mizan_model::observation::{EngineStatus, Observation};

use super::{Maker, code_label};
use crate::commands::breakdown_name;
use crate::observations;

/// Rows of one breakdown that the page shows.
const ROWS_SHOWN: usize = 24;

/// Values of a KPI by the codes of one breakdown.
pub struct Breakdown {
    /// Name of the breakdown.
    pub title: String,
    /// Largest groups first where there are too many to show, else by code.
    pub rows: Vec<Bar>,
    /// Groups that are not shown.
    pub more: Option<String>,
}

/// One group.
pub struct Bar {
    /// Name of the group.
    pub label: String,
    /// Its code, where the name says less.
    pub value: String,
    /// The bar's start and length, 0 to 100; `None` for a group without value.
    pub bar: Option<(String, String)>,
    /// Number of cases.
    pub cases: String,
    /// Status in words, where it is not ok.
    pub status: Option<String>,
}

impl Maker<'_> {
    /// Breakdowns of one period that may leave the node, the one by office first.
    pub(super) fn breakdowns(&self, kpi: &Kpi, mine: &[&Observation], period: &str) -> Vec<Breakdown> {
        let mut names: Vec<&str> =
            kpi.breakdowns.iter().filter(|b| b.export).flat_map(|b| &b.by).map(String::as_str).collect();
        names.sort_by_key(|name| *name != "office");
        names.dedup();
        names.into_iter().filter_map(|name| self.breakdown(kpi, mine, period, name)).collect()
    }

    fn breakdown(&self, kpi: &Kpi, mine: &[&Observation], period: &str, name: &str) -> Option<Breakdown> {
        let (text, m) = (self.text, &self.text.messages);
        let is_row = |o: &&&Observation| {
            o.period == period && observations::split_of(o) == [name] && observations::statistic_of(o).is_none()
        };
        let mut rows: Vec<(&str, &Observation)> =
            mine.iter().filter(is_row).filter_map(|o| Some((o.breakdown.first()?.1.as_str(), *o))).collect();
        if rows.is_empty() {
            return None;
        }
        let hidden = rows.len().saturating_sub(ROWS_SHOWN);
        if hidden > 0 {
            rows.sort_by(|a, b| b.1.n.cmp(&a.1.n).then(a.0.cmp(b.0)));
            rows.truncate(ROWS_SHOWN);
        }
        // By code, as people look for an office; the unknown last.
        rows.sort_by_key(|(code, _)| (*code == UNKNOWN, code.to_string()));
        let values = || rows.iter().filter_map(|(_, o)| o.value);
        let (low, high) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
        let span = if high > low { high - low } else { 1.0 };
        let bars = rows
            .iter()
            .map(|(code, o)| {
                let percent = |x: f64| format!("{:.1}", 100.0 * x / span);
                Bar {
                    label: code_label(self.framework, kpi, name, code, text),
                    value: self.value(kpi, o),
                    bar: o.value.map(|value| (percent(value.min(0.0) - low), percent(value.abs()))),
                    cases: text.numbers.count(o.n),
                    status: (o.status != EngineStatus::Ok).then(|| m.status_label(o.status.as_str())).flatten(),
                }
            })
            .collect();
        let title = breakdown_name(self.framework, name, text);
        let more = (hidden > 0).then(|| match name {
            "office" => m.page_more_offices(hidden as u64),
            _ => format!("+ {}", text.numbers.count(hidden as u64)),
        });
        Some(Breakdown { title, rows: bars, more })
    }
}
