//! Reads a KPI file into a [`Kpi`].

mod blocks;
mod measure;
mod population;

use std::collections::BTreeMap;

use super::{Check, Kpi, Version};
use crate::contract::{CodeList, Contract, severity};
use crate::diagnostic::Diagnostic;
use crate::expression::{Context, Names, Place};
use crate::framework::{Dimension, Instrument, Outcome};
use crate::schema::{FileKind, validate};
use crate::source::{Document, Findings, Item};

/// What a KPI file may refer to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Surroundings<'a> {
    pub(crate) contracts: &'a BTreeMap<String, Contract>,
    pub(crate) lists: &'a BTreeMap<String, CodeList>,
    pub(crate) dimensions: &'a [Dimension],
    pub(crate) outcomes: &'a [Outcome],
    pub(crate) instruments: &'a [Instrument],
    pub(crate) verified_pmm: &'a [String],
    /// Ids of all KPI files, read or not.
    pub(crate) kpi_ids: &'a [&'a str],
    /// All files by path.
    pub(crate) files: &'a BTreeMap<String, String>,
    pub(crate) source_language: &'a str,
}

/// A KPI file while it is read.
pub(super) struct Reading<'a> {
    pub(super) document: &'a Document<'a>,
    pub(super) around: Surroundings<'a>,
    pub(super) findings: &'a Findings,
}

impl Reading<'_> {
    pub(super) fn add(&self, diagnostic: Diagnostic, item: &Item, label: &str) {
        let span = crate::source::clamp(self.document.text, item.span.clone());
        self.findings.add(diagnostic.at(self.document.file, span, label));
    }

    /// Context of an expression over the fields of a contract.
    pub(super) fn over_fields<'c>(&'c self, place: Place, contract: Option<&'c Contract>, clock: bool) -> Context<'c> {
        let names = contract.map_or(Names::Anything, |c| Names::Fields(&c.fields));
        Context { place, names, clock, lists: self.around.lists }
    }
}

/// Reads one KPI; `name` is the file name without `.toml`. `None` if something essential is missing; the findings
/// say what.
pub(crate) fn read_kpi(
    document: &Document<'_>,
    name: &str,
    around: Surroundings<'_>,
    findings: &Findings,
) -> Option<Kpi> {
    validate(document, FileKind::Kpi.block(), findings);
    let reading = Reading { document, around, findings };
    super::rules::check_head(&reading, name);
    let root = &document.root;
    let word = |key: &str| root.text(key);

    let kind = word("kind").and_then(super::KpiKind::from_word);
    let (sources, measure) = reading.sources_and_measure(kind);
    let breakdowns = reading.breakdowns(&sources, measure.as_ref());
    let checks = reading.checks(&sources);
    let fixtures = reading.fixtures(&sources);
    super::rules::check_blocks(&reading, kind, &sources, measure.as_ref());

    Some(Kpi {
        file: document.file.to_owned(),
        id: word("id")?.to_owned(),
        version: Version::parse(word("version")?)?,
        status: super::DefinitionStatus::from_word(word("status")?)?,
        dimension: word("dimension")?.to_owned(),
        outcome: word("outcome")?.to_owned(),
        kind: kind?,
        unit: super::Unit::from_word(word("unit")?)?,
        direction: super::Direction::from_word(word("direction")?)?,
        range: root.get("range").and_then(|r| match r.list() {
            [low, high] => Some((low.as_number()?, high.as_number()?)),
            _ => None,
        }),
        origin: blocks::origin(root.get("origin")?)?,
        external_ref: blocks::external_refs(root),
        text: blocks::text(root.get("text")?)?,
        sources,
        measure: measure?,
        rollup: blocks::rollup(root.get("rollup"))?,
        uncertainty: blocks::uncertainty(root.get("uncertainty"))?,
        breakdowns,
        score: blocks::score(root.get("score")?)?,
        disclosure: blocks::disclosure(root.get("disclosure")?)?,
        evidence: blocks::evidence(root.get("evidence")?),
        checks,
        references: blocks::references(root),
        fixtures,
        history: blocks::history(root.get("history")?)?,
    })
}

impl Reading<'_> {
    /// Checks run over the first source.
    fn checks(&self, sources: &[super::Source]) -> Vec<Check> {
        let contract = sources.first().and_then(|s| self.around.contracts.get(&s.contract));
        let clock = self.document.root.get("clock").is_some();
        let context = self.over_fields(Place::Aggregate, contract, clock);
        let mut ids = Vec::new();
        let items = self.document.root.get("check").map_or(&[][..], Item::list);
        items
            .iter()
            .filter_map(|item| {
                if let Some(id) = item.get("id") {
                    super::duplicate(self.document, id, &mut ids, "check", self.findings);
                }
                let expression =
                    crate::expression::read_expression(self.document, item.get("assert")?, &context, self.findings)?;
                Some(Check {
                    id: item.text("id")?.to_owned(),
                    severity: severity(item.text("severity")?)?,
                    assert: super::Aggregate { source: 0, expression },
                    waivable: item.get("waivable").and_then(Item::as_bool).unwrap_or(false),
                })
            })
            .collect()
    }
}
