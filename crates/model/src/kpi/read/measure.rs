//! The measure: which keys a kind needs, and the aggregates and values that they hold.

use super::super::{Aggregate, KpiKind, Measure, Pending, Source, Statistic, Unit};
use super::Reading;
use crate::diagnostic::Diagnostic;
use crate::expression::{Context, Expression, Names, Place, read_expression};
use crate::source::{Item, suggestion};

impl Reading<'_> {
    /// Reads population, clock and measure together, since a part may bring its own population.
    pub(super) fn sources_and_measure(&self, kind: Option<KpiKind>) -> (Vec<Source>, Option<Measure>) {
        let root = &self.document.root;
        let mut sources = Vec::new();
        let population = root.get("population");
        if let Some(mut source) = population.and_then(|block| self.source(block, None)) {
            source.clock = self.clock(self.around.contracts.get(&source.contract));
            source.pending = self.pending(source.clock.is_some());
            sources.push(source);
        } else {
            if let Some(block) = population {
                self.anchor_missing(block);
            }
            // Read for its findings only.
            let name = population.and_then(|b| b.text("contract")).and_then(|c| c.split_once('/'));
            self.clock(name.and_then(|(name, _)| self.around.contracts.get(name)));
        }
        let Some(block) = root.get("measure") else { return (sources, None) };
        let measure = self.measure(kind, block, &mut sources);
        (sources, measure)
    }

    fn pending(&self, has_clock: bool) -> Pending {
        let pending = self.document.root.get("measure").and_then(|m| m.text("pending")).and_then(Pending::from_word);
        pending.filter(|_| has_clock).unwrap_or(Pending::Exclude)
    }

    fn measure(&self, kind: Option<KpiKind>, block: &Item, sources: &mut Vec<Source>) -> Option<Measure> {
        // Every key is read, whatever the kind, so that all its mistakes are found.
        let numerator = block.get("numerator").map(|i| self.aggregate(i, sources));
        let denominator = block.get("denominator").map(|i| self.aggregate(i, sources));
        let of = block.get("of").map(|i| self.aggregate(i, sources));
        let parts: Option<Vec<(String, Option<Aggregate>)>> = block
            .get("parts")
            .map(|parts| parts.entries().iter().map(|e| (e.key.clone(), self.aggregate(&e.item, sources))).collect());
        let kpis: Option<Vec<(String, String)>> = block.get("kpis").map(|kpis| self.kpis(kpis));

        let names: Vec<String> = match (&parts, &kpis) {
            (Some(parts), _) => parts.iter().map(|(name, _)| name.clone()).collect(),
            (None, Some(kpis)) => kpis.iter().map(|(name, _)| name.clone()).collect(),
            (None, None) => Vec::new(),
        };
        let named = parts.is_some() || kpis.is_some();
        let context = Context {
            place: Place::Value,
            names: if named { Names::Parts(&names) } else { Names::Anything },
            clock: false,
            lists: self.around.lists,
        };
        let value = block.get("value").map(|i| read_expression(self.document, i, &context, self.findings));
        let statistics = self.statistics(block, &context);
        self.value_uses_parts(block, value.as_ref().and_then(Option::as_ref), &names, &statistics);

        let kind = kind?;
        self.needed(kind, block);
        Some(match kind {
            KpiKind::Reported | KpiKind::Rubric => Measure::Entered,
            KpiKind::Count => Measure::Single(numerator??),
            KpiKind::Change => Measure::Change { of: of??, offset_months: offset_months(block.text("offset")?)? },
            _ => {
                if let (Some(numerator), Some(denominator)) = (numerator, denominator) {
                    return Some(Measure::Quotient { numerator: numerator?, denominator: denominator? });
                }
                if let Some(of) = kpis {
                    return Some(Measure::Kpis { of, value: value?? });
                }
                let parts: Option<Vec<(String, Aggregate)>> =
                    parts?.into_iter().map(|(name, aggregate)| Some((name, aggregate?))).collect();
                Measure::Parts { parts: parts?, value: value??, statistics }
            }
        })
    }

    /// Which keys a kind needs, and which it does not use.
    fn needed(&self, kind: KpiKind, block: &Item) {
        let has = |key: &str| block.get(key).is_some();
        let quotient = ["numerator", "denominator"].as_slice();
        let parts = ["parts", "value"].as_slice();
        let (choices, help): (&[&[&str]], &str) = match kind {
            KpiKind::Ratio => (&[quotient], "a ratio has `numerator` and `denominator`"),
            KpiKind::Mean => (
                &[quotient, parts],
                "a mean has `numerator` (a sum) and `denominator` (a count), or a part of moments and `value = \"mean(m)\"`",
            ),
            KpiKind::Quantile => {
                (&[parts], "a quantile has one histogram or survival part and `value = \"quantile(h, 0.9)\"`")
            }
            KpiKind::Share => {
                (&[parts], "a share has a part `hist_minutes(clock)` and `value = \"share_within(h, 1440)\"`")
            }
            KpiKind::Distinct => {
                (&[parts], "a distinct count has a part `distinct_sketch(x)` and `value = \"distinct_count(s)\"`")
            }
            KpiKind::Index => (&[parts, &["kpis", "value"]], "an index has `parts` or `kpis`, and `value` over them"),
            KpiKind::Count => (&[&["numerator"]], "a count has `numerator`"),
            KpiKind::Change => (&[&["of", "offset"]], "a change has `of` and `offset = \"-P1Y\"`"),
            KpiKind::Reported | KpiKind::Rubric => (&[&["method"]], "what people enter has `method = \"entered\"`"),
        };
        // The choice of which most keys are there is the one that was meant.
        let chosen = choices.iter().max_by_key(|keys| keys.iter().filter(|k| has(k)).count()).copied().unwrap_or(&[]);
        for key in chosen.iter().filter(|key| !has(key)) {
            let finding =
                Diagnostic::error("F0401", format!("a KPI of kind `{kind}` needs `{key}` in `measure`")).help(help);
            self.add(finding, block, "here");
        }
        let always: &[&str] =
            if chosen == parts { &["pending", "unusable", "statistic"] } else { &["pending", "unusable"] };
        for entry in block.entries() {
            let key = entry.key.as_str();
            if MEASURE_KEYS.contains(&key) && !chosen.contains(&key) && !always.contains(&key) {
                let finding = Diagnostic::error("F0402", format!("a KPI of kind `{kind}` does not use `{key}`"))
                    .at(self.document.file, entry.key_span.clone(), "not used")
                    .help(help);
                self.findings.add(finding);
            }
        }
    }

    fn aggregate(&self, item: &Item, sources: &mut Vec<Source>) -> Option<Aggregate> {
        let (index, item) = if item.as_text().is_some() {
            if self.document.root.get("population").is_none() {
                let finding = Diagnostic::error("F0422", "this part has no population")
                    .help("add `[population]`, or write the part as a table with `contract`, `period` and `expr`");
                self.add(finding, item, "counted over what?");
                self.read_aggregate(item, None, false);
                return None;
            }
            (0, item)
        } else {
            let main = self.document.root.get("population").and_then(|_| sources.first().cloned());
            let contract = self.around.contracts.get(item.text("contract")?.split_once('/')?.0);
            let clock =
                contract.is_some_and(|c| main.as_ref().is_some_and(|m| m.clock.is_some() && m.contract == c.name));
            let Some(source) = self.source(item, main.as_ref()) else {
                self.anchor_missing(item);
                if let Some(expr) = item.get("expr") {
                    self.read_aggregate(expr, contract.map(|c| c.name.as_str()), clock);
                }
                return None;
            };
            let index = sources.iter().position(|s| *s == source).unwrap_or_else(|| {
                sources.push(source);
                sources.len() - 1
            });
            (index, item.get("expr")?)
        };
        let root = &self.document.root;
        let has_clock = index == 0 && root.get("clock").is_some();
        let (name, clock) = match sources.get(index) {
            Some(source) => (Some(source.contract.clone()), source.clock.is_some() || has_clock),
            None => {
                let contract = root.get("population").and_then(|b| b.text("contract")).and_then(|c| c.split_once('/'));
                (contract.map(|(name, _)| name.to_owned()), has_clock)
            }
        };
        let expression = self.read_aggregate(item, name.as_deref(), clock)?;
        Some(Aggregate { source: index, expression })
    }

    fn read_aggregate(&self, item: &Item, contract: Option<&str>, clock: bool) -> Option<Expression> {
        let contract = contract.and_then(|name| self.around.contracts.get(name));
        let context = self.over_fields(Place::Aggregate, contract, clock);
        let expression = read_expression(self.document, item, &context, self.findings)?;
        super::super::rules::structured_part_alone(self, &expression);
        Some(expression)
    }

    fn anchor_missing(&self, item: &Item) {
        if item.get("period").is_none() && item.get("at").is_none() && item.get("valid").is_none() {
            let finding = Diagnostic::error("F0411", "neither `period` nor `at` is given").help(
                "write `period = \"…\"`, the field that places a record in a period, or `at` and `valid` for a stock",
            );
            self.add(finding, item, "counted when?");
        }
    }

    fn kpis(&self, kpis: &Item) -> Vec<(String, String)> {
        let mut of = Vec::new();
        for entry in kpis.entries() {
            let Some(id) = entry.item.as_text() else { continue };
            if !self.around.kpi_ids.contains(&id) {
                let mut finding = Diagnostic::error("F0220", format!("there is no KPI `{id}`"));
                finding.help = suggestion(id, self.around.kpi_ids);
                self.add(finding, &entry.item, "unknown KPI");
            } else if self.document.root.text("id") == Some(id) {
                let finding = Diagnostic::error("F0220", "an index cannot contain itself").help("name other KPIs");
                self.add(finding, &entry.item, "this KPI");
            }
            of.push((entry.key.clone(), id.to_owned()));
        }
        of
    }

    fn statistics(&self, block: &Item, context: &Context<'_>) -> Vec<Statistic> {
        let mut names = Vec::new();
        let items = block.get("statistic").map_or(&[][..], Item::list);
        items
            .iter()
            .filter_map(|item| {
                if let Some(name) = item.get("name") {
                    super::super::duplicate(self.document, name, &mut names, "statistic", self.findings);
                }
                let value = read_expression(self.document, item.get("value")?, context, self.findings)?;
                Some(Statistic {
                    name: item.text("name")?.to_owned(),
                    value,
                    unit: Unit::from_word(item.text("unit")?)?,
                })
            })
            .collect()
    }

    /// A part that no value uses is a mistake that nobody sees.
    fn value_uses_parts(&self, block: &Item, value: Option<&Expression>, names: &[String], statistics: &[Statistic]) {
        let Some(value) = value else { return };
        let mut used = crate::expression::parts::names_of(&value.tree);
        for statistic in statistics {
            used.extend(crate::expression::parts::names_of(&statistic.value.tree));
        }
        for (key, what) in [("parts", "part"), ("kpis", "KPI")] {
            for entry in block.get(key).map_or(&[][..], Item::entries) {
                if names.contains(&entry.key) && !used.contains(&entry.key) {
                    let finding = Diagnostic::warning("F0217", format!("no value uses the {what} `{}`", entry.key))
                        .at(self.document.file, entry.key_span.clone(), "not used")
                        .help("use it in `value` or a statistic, or leave it out");
                    self.findings.add(finding);
                }
            }
        }
    }
}

/// Keys whose use depends on the kind.
const MEASURE_KEYS: &[&str] =
    &["numerator", "denominator", "parts", "value", "kpis", "of", "offset", "method", "statistic"];

fn offset_months(text: &str) -> Option<u32> {
    let text = text.strip_prefix("-P")?;
    if let Some(years) = text.strip_suffix('Y') {
        return years.parse::<u32>().ok()?.checked_mul(12);
    }
    text.strip_suffix('M')?.parse().ok()
}
