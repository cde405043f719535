//! The page of a run: every KPI with value, parts, interval, coverage, trend and breakdowns; one file that needs nothing else.

mod breakdown;
pub mod sparkline;
mod view;

use std::collections::{BTreeMap, HashMap};

use askama::Template as _;
use mizan_ingest::manifest::Manifest;
use mizan_measure::ready::{Readiness, readiness};
use mizan_model::contract::FieldType;
use mizan_model::framework::Framework;
use mizan_model::kpi::Kpi;
use mizan_model::observation::{EngineStatus, Observation};
use mizan_model::period::{Grain, Period};
use mizan_text::{DASH, Locale, Text};

use crate::commands::{local, mark, shown_value, statistic_name};
use crate::failure::Failure;
use crate::node::Node;
use crate::observations;
use view::{Absent, Entry, Legend, Page, Said, Section, Words};

/// Makes the page of a run's observations.
pub fn render(node: &Node, all: &[Observation], locale: Locale, synthetic: bool) -> Result<String, Failure> {
    let text = Text::for_page(locale);
    let manifests = mizan_measure::run::manifests(&node.folder, &node.framework)?;
    let ready = readiness(&node.framework, &manifests);
    let maker = Maker { node, framework: &node.framework, text: &text, by_kpi: by_kpi(all), manifests, ready };
    maker.page(all, synthetic).render().map_err(|error| Failure::internal(format!("the page cannot be made: {error}")))
}

fn by_kpi(all: &[Observation]) -> HashMap<&str, Vec<&Observation>> {
    let mut map: HashMap<&str, Vec<&Observation>> = HashMap::new();
    for observation in all {
        map.entry(&observation.kpi).or_default().push(observation);
    }
    map
}

/// Periods that a page is about.
struct Shown {
    /// First year with a value, where there is one.
    first: Option<String>,
    /// The period whose values stand in front.
    last: String,
}

struct Maker<'a> {
    node: &'a Node,
    framework: &'a Framework,
    text: &'a Text,
    by_kpi: HashMap<&'a str, Vec<&'a Observation>>,
    manifests: BTreeMap<String, Manifest>,
    ready: Readiness,
}

impl Maker<'_> {
    fn page(&self, all: &[Observation], synthetic: bool) -> Page {
        let (text, m) = (self.text, &self.text.messages);
        let settings = &self.node.settings;
        let measured = all.iter().filter(|o| o.value.is_some());
        let last = observations::last_period(measured.clone()).unwrap_or_default().to_owned();
        let years = measured.filter(|o| o.period.len() == 4).map(|o| o.period.as_str());
        let period = match (years.clone().min(), years.clone().max()) {
            (Some(first), Some(latest)) if first != latest => m.period_range(&text.period(first), &text.period(latest)),
            _ => text.period(&last),
        };
        let first = years.min().map(str::to_owned);
        let last = Shown { first, last };
        let mut sections = Vec::new();
        let (mut absent, mut entered) = (Vec::new(), Vec::new());
        for dimension in &self.framework.dimensions {
            let kpis: Vec<Entry> = self
                .framework
                .kpis
                .iter()
                .filter(|kpi| kpi.dimension == dimension.id)
                .filter_map(|kpi| self.entry(kpi, &last, &mut absent, &mut entered))
                .collect();
            let key = format!("dimension.{}", dimension.id);
            let name = local(self.framework, &key, text);
            sections.push(Section {
                id: dimension.id.clone(),
                name: name.text.to_owned(),
                mark: mark(&name, text),
                count: m.page_dimension_count(kpis.len() as u64),
                kpis,
            });
        }
        let count = sections.iter().flat_map(|section| &section.kpis).filter(|kpi| kpi.has_value).count() as u64;
        let run = all.first().map(|o| o.run.as_str()).unwrap_or_default();
        let level = text.numbers.percent(Some(95.0), 0);
        let (hits, of) = (95, 100);
        Page {
            lang: text.locale.html_lang(),
            dir: text.locale.html_dir(),
            title: m.page_title(),
            subtitle: m.page_subtitle(&settings.name, &period),
            lead: m.page_lead(count, self.declarations()),
            synthetic: synthetic.then(|| m.page_synthetic()),
            facts: vec![
                (m.word_area(), format!("{} ({})", settings.name, settings.code)),
                (m.word_period(), period),
                (m.doctor_framework(), format!("{} {}", self.framework.id, self.framework.version)),
                (m.word_run(), run.to_owned()),
                (m.page_language(), text.locale.catalogue().own_name().to_owned()),
            ],
            how: vec![
                m.page_how_value(),
                m.page_how_interval(hits, of),
                m.page_how_coverage(),
                m.page_how_missing(),
                m.page_how_trend(),
            ],
            legend: EngineStatus::ALL
                .iter()
                .filter(|status| !matches!(status, EngineStatus::Reported | EngineStatus::NotComputable))
                .map(|status| Legend {
                    class: status_class(*status),
                    label: m.status_label(status.as_str()).unwrap_or_default(),
                    why: m.status_sentence(status.as_str()).unwrap_or_default(),
                })
                .collect(),
            has_files: synthetic,
            sections,
            absent,
            entered,
            footer: vec![
                m.page_made_by(env!("CARGO_PKG_VERSION")),
                m.page_framework(&self.framework.id, &self.framework.version),
                self.framework.hash.clone(),
                m.page_run(run),
            ],
            words: Words {
                skip: m.page_skip(),
                contents: m.page_contents(),
                how_to_read: m.page_how_to_read(),
                legend: m.page_legend(),
                value: m.word_value(),
                interval: m.word_interval(&level),
                cases: m.word_cases(),
                trend: m.word_trend(),
                status: m.word_status(),
                definition: m.word_definition(),
                rationale: m.word_rationale(),
                limits: m.word_limits(),
                reading: m.word_how_to_read(),
                downloads: m.page_downloads(),
                absent: m.page_not_computable(),
                absent_lead: m.page_not_computable_lead(),
                entered: m.page_entered(),
                entered_lead: m.page_entered_lead(),
                reason: m.word_reason(),
                kpi: m.word_kpi(),
                name: m.word_name(),
            },
        }
    }

    fn declarations(&self) -> u64 {
        self.manifests.get("declaration").map_or(0, Manifest::rows)
    }

    /// The entry of a KPI with values; one without goes to the lists at the end.
    fn entry(&self, kpi: &Kpi, shown: &Shown, absent: &mut Vec<Absent>, entered: &mut Vec<Absent>) -> Option<Entry> {
        let (text, m) = (self.text, &self.text.messages);
        let mine = self.by_kpi.get(kpi.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        let totals: Vec<&Observation> = mine.iter().copied().filter(|o| o.breakdown.is_empty()).collect();
        let name_key = format!("{}.name", kpi.id);
        let name = local(self.framework, &name_key, text);
        let now = totals
            .iter()
            .find(|o| o.period == shown.last)
            .or_else(|| totals.iter().filter(|o| o.value.is_some()).max_by_key(|o| (o.period.len() == 4, &o.period)))
            .or_else(|| totals.last());
        let row = |reason: String| Absent { id: kpi.id.clone(), name: name.text.to_owned(), reason };
        let Some(now) = now else {
            absent.push(row(m.status_not_computable_why()));
            return None;
        };
        match now.status {
            EngineStatus::Reported => {
                entered.push(row(m.status_reported_why()));
                return None;
            }
            EngineStatus::NotComputable => {
                absent.push(row(self.missing(kpi)));
                return None;
            }
            _ => {}
        }
        let said = |field: &str| {
            let key = format!("{}.{field}", kpi.id);
            let local = local(self.framework, &key, text);
            Said { text: local.text.to_owned(), lang: local.language.to_owned(), mark: mark(&local, text) }
        };
        let value = self.value(kpi, now);
        let start = shown.first.as_ref().and_then(|first| first.parse::<Period>().ok()).map(|first| first.start);
        let is_shown = |o: &Observation| {
            let begins = o.period.parse::<Period>().ok().map(|period| period.start);
            is_month_until(&o.period, &now.period) && start.is_none_or(|start| begins.is_some_and(|b| b >= start))
        };
        let months: Vec<&Observation> = totals.iter().copied().filter(|o| is_shown(o)).collect();
        let (trend, trend_text) = self.trend(kpi, &months);
        let interval = (now.lower.is_some() && now.upper.is_some())
            .then(|| text.range(&now.unit, Some(&self.node.settings.currency), now.lower, now.upper));
        Some(Entry {
            id: kpi.id.clone(),
            name: said("name"),
            period: text.period(&now.period),
            is_long: value.chars().count() > 12,
            has_value: now.value.is_some(),
            value,
            interval,
            status: m.status_label(now.status.as_str()).unwrap_or_default(),
            status_class: status_class(now.status),
            status_why: (now.status != EngineStatus::Ok).then(|| m.status_sentence(now.status.as_str())).flatten(),
            facts: self.facts(now),
            statistics: self.statistics(mine, &now.period),
            trend,
            trend_text,
            definition: said("definition"),
            rationale: said("rationale"),
            limits: said("limits"),
            how_to_read: said("how_to_read"),
            notes: vec![
                m.explain_kpi_version(&kpi.id, &kpi.version.to_string()),
                m.direction_label(kpi.direction.as_str()).unwrap_or_default(),
                text.label(
                    &m.origin_label(kpi.origin.kind.as_str()).unwrap_or_default(),
                    &kpi.origin.source.to_string(),
                ),
            ],
            breakdowns: self.breakdowns(kpi, mine, &now.period),
        })
    }

    fn value(&self, kpi: &Kpi, o: &Observation) -> String {
        shown_value(Some(kpi), o, &self.node.settings.currency, self.text)
    }

    fn facts(&self, now: &Observation) -> Vec<(String, String)> {
        let (text, m) = (self.text, &self.text.messages);
        let number = |number: f64, is_money: bool| match is_money {
            true => text.numbers.money(Some(number), 0, &self.node.settings.currency),
            false => text.numbers.shortest(Some(number), 2),
        };
        let mut facts = Vec::new();
        if let Some(numerator) = now.numerator {
            facts.push((m.word_numerator(), number(numerator, now.unit == "money")));
        }
        if let Some(denominator) = now.denominator {
            facts.push((m.word_denominator(), number(denominator, false)));
        }
        facts.push((m.word_cases(), text.numbers.count(now.n)));
        let coverage = now.coverage.map(|coverage| coverage * 100.0);
        facts.push((m.word_coverage(), text.numbers.percent(coverage, 1)));
        facts
    }

    fn statistics(&self, mine: &[&Observation], period: &str) -> Vec<(String, String)> {
        mine.iter()
            .filter(|o| o.period == period && observations::split_of(o).is_empty())
            .filter_map(|o| {
                let name = statistic_name(self.framework, observations::statistic_of(o)?, self.text);
                Some((name, self.text.value(&o.unit, Some(&self.node.settings.currency), o.value)))
            })
            .collect()
    }

    /// Fields and tables that are missing, in words.
    fn missing(&self, kpi: &Kpi) -> String {
        let m = &self.text.messages;
        let Some(of_kpi) = self.ready.kpis.iter().find(|ready| ready.kpi == kpi.id) else {
            return m.status_not_computable_why();
        };
        let tables = of_kpi.missing_tables.iter().cloned();
        let fields =
            of_kpi.missing.iter().filter(|f| !of_kpi.missing_tables.contains(&f.contract)).map(ToString::to_string);
        let missing: Vec<String> = tables.chain(fields).collect();
        if missing.is_empty() { m.status_not_computable_why() } else { self.text.lists.and(&missing) }
    }

    fn trend(&self, kpi: &Kpi, months: &[&Observation]) -> (Option<String>, String) {
        let (text, m) = (self.text, &self.text.messages);
        let filled: Vec<&&Observation> = months.iter().filter(|o| o.value.is_some()).collect();
        let (Some(first), Some(latest)) = (filled.first(), filled.last()) else {
            return (None, m.page_trend_none());
        };
        if filled.len() < 2 {
            return (None, m.page_trend_none());
        }
        let said = m.page_trend(
            &self.value(kpi, first),
            &text.period(&first.period),
            &self.value(kpi, latest),
            &text.period(&latest.period),
        );
        let values = with_gaps(months);
        (sparkline::svg(&kpi.id, &m.word_trend(), &said, &values), said)
    }
}

/// Values of all months from the first to the last, with `None` where a month is not there.
fn with_gaps(months: &[&Observation]) -> Vec<Option<f64>> {
    let at = |o: &Observation| o.period.parse::<Period>().ok().map(|period| period.start.0);
    let known: HashMap<i32, Option<f64>> = months.iter().filter_map(|o| Some((at(o)?, o.value))).collect();
    match (known.keys().min(), known.keys().max()) {
        (Some(&first), Some(&last)) => (first..=last).map(|month| known.get(&month).copied().flatten()).collect(),
        _ => Vec::new(),
    }
}

/// Whether the code is a month (`2025-03`, not `2025-Q1`) that ends no later than the period: later ones are under way.
pub fn is_month_until(code: &str, period: &str) -> bool {
    let parse = |code: &str| code.parse::<Period>().ok();
    parse(code).is_some_and(|month| {
        month.grain == Grain::Month && parse(period).is_none_or(|period| month.start <= period.end())
    })
}

fn status_class(status: EngineStatus) -> &'static str {
    match status {
        EngineStatus::Ok => "ok",
        EngineStatus::TooFew => "few",
        EngineStatus::LowCoverage => "low",
        EngineStatus::NotClosed => "open",
        EngineStatus::Undefined | EngineStatus::NotComputable | EngineStatus::Reported => "none",
    }
}

/// Label of a code: from the field's list, in the reader's language.
pub fn code_label(framework: &Framework, kpi: &Kpi, breakdown: &str, code: &str, text: &Text) -> String {
    if code == mizan_measure::rollup::UNKNOWN {
        return text.messages.word_unknown();
    }
    let fields = kpi.sources.iter().filter_map(|source| framework.contracts.get(&source.contract)?.field(breakdown));
    for field in fields {
        match &field.field_type {
            FieldType::Code { list: Some(list) } => {
                let key = format!("list.{list}.{code}");
                if framework.source_text(&key).is_some() {
                    return local(framework, &key, text).text.to_owned();
                }
            }
            FieldType::Bool if code == "true" => return text.messages.word_yes(),
            FieldType::Bool if code == "false" => return text.messages.word_no(),
            _ => {}
        }
    }
    if code.is_empty() { DASH.to_owned() } else { code.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_told_from_quarters_and_end_with_the_period() {
        for (code, expect) in
            [("2025-03", true), ("2026-01", false), ("2025-Q1", false), ("2025-S1", false), ("", false)]
        {
            assert_eq!(is_month_until(code, "2025"), expect, "{code}");
        }
        assert!(is_month_until("2026-01", "FY2025"));
    }
}
