//! Population, clock, breakdowns and fixtures: blocks that name a contract's fields.

use super::super::{
    Anchor, AppliesTo, Breakdown, Clock, ClockCalendar, ClockZone, Expect, Fixture, FixtureInput, Located, Measure,
    Pending, Precision, Source,
};
use super::Reading;
use crate::contract::{Contract, FieldType, unknown_field};
use crate::diagnostic::Diagnostic;
use crate::expression::{Place, read_expression};
use crate::source::{Item, suggestion};

impl Reading<'_> {
    /// The contract that a key `contract` names; reports an unknown one.
    pub(super) fn contract_of(&self, block: &Item) -> Option<&Contract> {
        let item = block.get("contract")?;
        let text = item.as_text()?;
        let (name, version) = text.split_once('/')?;
        let contract = self.around.contracts.get(name);
        match contract {
            Some(contract) if contract.version.to_string() == version => Some(contract),
            Some(contract) => {
                let finding =
                    Diagnostic::error("F0201", format!("the contract `{name}` has version {}", contract.version))
                        .help(format!("write `{}`", contract.reference()));
                self.add(finding, item, "another version");
                None
            }
            None => {
                let words: Vec<String> = self.around.contracts.values().map(Contract::reference).collect();
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                let mut finding = Diagnostic::error("F0201", format!("there is no contract `{text}`"));
                finding.help = suggestion(text, &words);
                self.add(finding, item, "unknown contract");
                None
            }
        }
    }

    /// Reads `[population]`, or a part that is a table (then `fallback` gives what it leaves out).
    pub(super) fn source(&self, block: &Item, fallback: Option<&Source>) -> Option<Source> {
        let (name, version) = block.text("contract")?.split_once('/')?;
        let contract = self.contract_of(block);
        let same = fallback.filter(|f| f.contract == name);
        let scalar = self.over_fields(Place::Scalar, contract, false);
        let filter = block.get("where").and_then(|i| read_expression(self.document, i, &scalar, self.findings));
        let anchor = self.anchor(block, contract).or_else(|| same.map(|f| f.anchor.clone()));
        let closes_days = match block.text("closes") {
            Some(text) => text.strip_suffix('d')?.parse().ok()?,
            None => fallback.map_or(0, |f| f.closes_days),
        };
        Some(Source {
            contract: name.to_owned(),
            contract_version: version.parse().ok()?,
            filter,
            anchor: anchor?,
            closes_days,
            clock: same.and_then(|f| f.clock.clone()),
            pending: same.map_or(Pending::Exclude, |f| f.pending),
        })
    }

    fn anchor(&self, block: &Item, contract: Option<&Contract>) -> Option<Anchor> {
        let (period, at, valid) = (block.get("period"), block.get("at"), block.get("valid"));
        if let Some(valid) = valid {
            if let Some(contract) = contract {
                let names: Vec<&str> = contract.fields.iter().map(|f| f.name.as_str()).collect();
                valid.list().iter().for_each(|item| unknown_field(self.document, item, &names, self.findings));
            }
            if valid.list().len() != 2 {
                let finding = Diagnostic::error("F0411", "`valid` names two fields")
                    .help("write the field with the first day and the field with the day after the last");
                self.add(finding, valid, "two fields");
            }
        }
        if let (Some(_), Some(at)) = (period, at) {
            let finding = Diagnostic::error("F0411", "`period` and `at` are both given")
                .help("`period` counts what happens in a period, `at` what is there at its end: keep one");
            self.add(finding, at, "beside `period`");
        }
        if at.is_some() != valid.is_some() {
            let finding = Diagnostic::error("F0411", "`at` and `valid` belong together")
                .help("write `at = \"period_end\"` and `valid = [\"valid_from\", \"valid_to\"]`");
            self.add(finding, at.or(valid)?, "alone");
        }
        if let Some(period) = period {
            let scalar = self.over_fields(Place::Scalar, contract, false);
            return read_expression(self.document, period, &scalar, self.findings).map(Anchor::Period);
        }
        match valid?.list() {
            [from, to] => Some(Anchor::PeriodEnd { from: from.as_text()?.to_owned(), to: to.as_text()?.to_owned() }),
            _ => None,
        }
    }

    pub(super) fn clock(&self, contract: Option<&Contract>) -> Option<Clock> {
        let block = self.document.root.get("clock")?;
        let scalar = self.over_fields(Place::Scalar, contract, false);
        if let Some(contract) = contract {
            let names: Vec<&str> = contract.fields.iter().map(|f| f.name.as_str()).collect();
            for item in block.get("requires").map_or(&[][..], Item::list) {
                unknown_field(self.document, item, &names, self.findings);
            }
        }
        let start = block.get("start").and_then(|i| read_expression(self.document, i, &scalar, self.findings));
        let stop = block.get("stop").and_then(|i| read_expression(self.document, i, &scalar, self.findings));
        Some(Clock {
            start: start?,
            stop: stop?,
            requires: block.texts("requires"),
            precision: Precision::from_word(block.text("precision")?)?,
            calendar: ClockCalendar::from_word(block.text("calendar")?)?,
            zone: ClockZone::from_word(block.text("zone")?)?,
        })
    }

    pub(super) fn breakdowns(&self, sources: &[Source], measure: Option<&Measure>) -> Vec<Breakdown> {
        // The numerator's contract first: it is split in any case.
        let first = match measure {
            Some(Measure::Quotient { numerator, .. }) => numerator.source,
            _ => 0,
        };
        let mut sources: Vec<&Source> = sources.iter().collect();
        if first < sources.len() {
            sources.swap(0, first);
        }
        let contracts: Vec<&Contract> = sources.iter().filter_map(|s| self.around.contracts.get(&s.contract)).collect();
        let mut seen = Vec::new();
        let items = self.document.root.get("breakdown").map_or(&[][..], Item::list);
        items.iter().filter_map(|item| self.breakdown(item, &contracts, &mut seen)).collect()
    }

    fn breakdown(&self, item: &Item, contracts: &[&Contract], seen: &mut Vec<String>) -> Option<Breakdown> {
        let by = item.texts("by");
        let export = item.get("export").and_then(Item::as_bool).unwrap_or(false);
        let applies_to = item.text("applies_to").map_or(Some(AppliesTo::Both), AppliesTo::from_word)?;
        let mut expr = None;
        if let Some(expression) = item.get("expr") {
            let scalar = self.over_fields(Place::Scalar, contracts.first().copied(), false);
            expr = read_expression(self.document, expression, &scalar, self.findings);
            if by.len() != 1 {
                let finding = Diagnostic::error("F0421", "a derived split has exactly one name in `by`")
                    .help("write one block for each derived split");
                self.add(finding, item.get("by").unwrap_or(item), "one name");
            }
        }
        for name in item.get("by").map_or(&[][..], Item::list) {
            super::super::duplicate(self.document, name, seen, "breakdown", self.findings);
            if item.get("expr").is_some() {
                continue;
            }
            // The denominator need not have the field when it is not split.
            let split = if applies_to == AppliesTo::Numerator { contracts.get(..1) } else { Some(contracts) };
            for contract in split.unwrap_or(&[]) {
                let names: Vec<&str> = contract.fields.iter().map(|f| f.name.as_str()).collect();
                if contracts.len() > 1 && name.as_text().is_some_and(|n| !names.contains(&n)) {
                    let finding = Diagnostic::error(
                        "F0218",
                        format!(
                            "the contract `{}` has no field `{}`",
                            contract.name,
                            name.as_text().unwrap_or_default()
                        ),
                    )
                    .help("split by fields that all contracts of this KPI have, or write `applies_to = \"numerator\"`");
                    self.add(finding, name, "not in every contract");
                } else {
                    unknown_field(self.document, name, &names, self.findings);
                }
            }
            self.private_split(name, contracts, export);
        }
        for name in item.get("suppress_first").map_or(&[][..], Item::list) {
            let words: Vec<&str> = by.iter().map(String::as_str).collect();
            unknown_field(self.document, name, &words, self.findings);
        }
        Some(Breakdown { by, expr, applies_to, export, suppress_first: item.texts("suppress_first") })
    }

    /// Splits by person or firm never leave the node.
    fn private_split(&self, name: &Item, contracts: &[&Contract], export: bool) {
        let field = name.as_text().and_then(|n| contracts.iter().find_map(|c| c.field(n)));
        if let Some(field) = field.filter(|f| export && (f.personal || f.local)) {
            let what = if field.personal { "identifies a person or firm" } else { "is kept in the node" };
            let finding = Diagnostic::error("F0410", format!("`{}` {what} and cannot be exported", field.name))
                .help("put it into a `[[breakdown]]` of its own with `export = false`");
            self.add(finding, name, "never leaves the node");
        }
    }

    pub(super) fn fixtures(&self, sources: &[Source]) -> Vec<Fixture> {
        let items = self.document.root.get("fixture").map_or(&[][..], Item::list);
        items.iter().filter_map(|item| self.fixture(item, sources)).collect()
    }

    fn fixture(&self, item: &Item, sources: &[Source]) -> Option<Fixture> {
        let mut input = Vec::new();
        let contract_name = |name: &str| sources.iter().any(|s| s.contract == name);
        match (item.get("input"), item.get("inputs")) {
            (Some(file), None) => {
                if let (Some(path), Some(first)) = (file.as_text(), sources.first()) {
                    self.fixture_file(file, &first.contract);
                    input.push(FixtureInput { contract: first.contract.clone(), file: path.to_owned() });
                }
            }
            (None, Some(files)) => {
                for entry in files.entries() {
                    let Some(path) = entry.item.as_text() else { continue };
                    if !contract_name(&entry.key) && !sources.is_empty() {
                        let words: Vec<&str> = sources.iter().map(|s| s.contract.as_str()).collect();
                        let mut finding =
                            Diagnostic::error("F0201", format!("this KPI does not read the contract `{}`", entry.key))
                                .at(self.document.file, entry.key_span.clone(), "not used");
                        finding.help = suggestion(&entry.key, &words);
                        self.findings.add(finding);
                    }
                    self.fixture_file(&entry.item, &entry.key);
                    input.push(FixtureInput { contract: entry.key.clone(), file: path.to_owned() });
                }
            }
            (one, _) => {
                let finding = Diagnostic::error("F0426", "a fixture has either `input` or `inputs`")
                    .help("`input` for one contract, `inputs = { declaration = \"…\", staff = \"…\" }` for several");
                self.add(finding, one.unwrap_or(item), "either, not both");
            }
        }
        let expect = item.get("expect")?;
        if expect.entries().is_empty() {
            let finding = Diagnostic::error("F0426", "the fixture expects nothing")
                .help("write at least `value` or `status`, worked out by hand");
            self.add(finding, expect, "empty");
        }
        let period = item.get("period")?;
        let number = |key: &str| {
            let item = expect.get(key)?;
            Some(Located { value: item.as_number()?, span: item.span.clone() })
        };
        self.failed_checks(expect);
        Some(Fixture {
            input,
            period: Located { value: period.as_text()?.parse().ok()?, span: period.span.clone() },
            extracted_at: item.text("extracted_at").map(str::to_owned),
            expect: Expect {
                numerator: number("numerator"),
                denominator: number("denominator"),
                value: number("value"),
                coverage: number("coverage"),
                status: expect
                    .get("status")
                    .and_then(|item| Some(Located { value: item.as_text()?.to_owned(), span: item.span.clone() })),
                n: number("n"),
                failed_checks: expect.texts("failed_checks"),
            },
            span: item.span.clone(),
        })
    }

    fn failed_checks(&self, expect: &Item) {
        let checks = self.document.root.get("check").map_or(&[][..], Item::list);
        let ids: Vec<&str> = checks.iter().filter_map(|c| c.text("id")).collect();
        for item in expect.get("failed_checks").map_or(&[][..], Item::list) {
            let Some(id) = item.as_text().filter(|id| !ids.contains(id)) else { continue };
            let mut finding = Diagnostic::error("F0216", format!("there is no check `{id}`"));
            finding.help = suggestion(id, &ids);
            self.add(finding, item, "unknown check");
        }
    }

    /// The file of a fixture is there, and its columns are fields of the contract.
    fn fixture_file(&self, item: &Item, contract: &str) {
        let Some(path) = item.as_text() else { return };
        let Some(text) = self.around.files.get(path) else {
            let finding = Diagnostic::error("F0110", format!("there is no file `{path}`"))
                .help("write the fixture's CSV file under `fixtures/`");
            return self.add(finding, item, "not found");
        };
        let Some(contract) = self.around.contracts.get(contract) else { return };
        let header = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
        let mut start = text.len() - text.trim_start_matches('\u{feff}').len();
        for column in header.split(',') {
            let span = start..start + column.len();
            start = span.end + 1;
            let name = column.trim().trim_matches('"');
            let known = name == "repeat"
                || contract.field(name).is_some()
                || name
                    .strip_suffix("_precision")
                    .and_then(|n| contract.field(n))
                    .is_some_and(|f| f.field_type == FieldType::Timestamp);
            if !known {
                let names: Vec<&str> = contract.fields.iter().map(|f| f.name.as_str()).collect();
                let mut finding = Diagnostic::error(
                    "F0111",
                    format!("the contract `{}` has no field `{name}`", contract.name),
                )
                .at(path, crate::source::clamp(text, span), "unknown column");
                finding.help = suggestion(name, &names);
                self.findings.add(finding);
            }
        }
    }
}
