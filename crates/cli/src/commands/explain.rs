//! `mizan explain`: where a value comes from, and what a code means.

use std::collections::{BTreeMap, BTreeSet};

use mizan_measure::run::manifests;
use mizan_model::kpi::Kpi;
use mizan_model::observation::Observation;
use serde_json::{Value, json};

use crate::arguments::{ExplainArguments, ExplainCommand, OutputArguments};
use crate::commands::{Session, framework::formula, local, mark, pages, show, shown_value, statistic_name};
use crate::failure::{Exit, Failure};
use crate::node::Node;
use crate::output::{self, Format};
use crate::{observations, record, selection};

/// Explains a value or a code.
pub fn run(arguments: ExplainArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    match (arguments.command, arguments.code) {
        (Some(ExplainCommand::Kpi { kpi, period, output }), _) => {
            explain_kpi(&kpi, period.as_deref(), &output, session)
        }
        (None, Some(code)) => match pages::page(&code.to_ascii_uppercase(), &session.text.messages) {
            Some(page) => {
                output::print(&page);
                Ok(Exit::Done)
            }
            None => explain_other(&code, session),
        },
        (None, None) => {
            output::print(&pages::index(&session.text.messages));
            Ok(Exit::Done)
        }
    }
}

/// What is no code of a diagnostic may be the id of a KPI.
fn explain_other(code: &str, session: &Session<'_>) -> Result<Exit, Failure> {
    let id = code.to_ascii_uppercase();
    if session.node().is_ok_and(|node| node.framework.kpi(&id).is_some()) {
        return explain_kpi(&id, None, &OutputArguments { format: Format::Table, out: None }, session);
    }
    let messages = &session.text.messages;
    let failure = Failure::translated(Exit::Usage, "U0008", messages.explain_code_unknown(code));
    Err(failure.help(messages.code_remedy("U0008").unwrap_or_default()))
}

fn explain_kpi(
    id: &str,
    period: Option<&str>,
    output: &OutputArguments,
    session: &Session<'_>,
) -> Result<Exit, Failure> {
    let node = session.node()?;
    let ids = selection::kpis(&[format!("kpi:{id}")], &node.framework, session.text)?.unwrap_or_default();
    let unknown = || selection::unknown_kpi(id, &node.framework, session.text);
    let kpi = ids.first().and_then(|id| node.framework.kpi(id)).ok_or_else(unknown)?;
    let wanted =
        period.map(|period| selection::periods(&[period.to_owned()], node.settings.fiscal_start, session.text));
    let wanted = wanted.transpose()?.and_then(|periods| periods.first().map(ToString::to_string));
    let fits = |all: &[Observation]| {
        let is_period = |o: &Observation| wanted.as_ref().is_none_or(|wanted| o.period == *wanted);
        all.iter().any(|o| o.kpi == kpi.id && o.breakdown.is_empty() && is_period(o))
    };
    let (run, all) = show::latest(&node, session, false, &fits)?;
    let of_kpi = || all.iter().filter(|o| o.kpi == kpi.id && observations::split_of(o).is_empty());
    let default = || observations::default_period(&all, Some(std::slice::from_ref(&kpi.id))).to_owned();
    let code = wanted.clone().unwrap_or_else(default);
    let found: Vec<&Observation> = of_kpi().filter(|o| o.period == code).collect();
    let Some(headline) = found.iter().find(|o| observations::statistic_of(o).is_none()) else {
        return Err(Failure::translated(Exit::Input, "N0109", session.text.messages.error_period_without_data(&code)));
    };
    let lineage = Lineage {
        kpi,
        headline,
        statistics: found.iter().copied().filter(|o| observations::statistic_of(o).is_some()).collect(),
        record: record::read(&node.folder, &run)?,
        node: &node,
    };
    output::page(output, || lineage.json(session), || lineage.page(session))?;
    Ok(Exit::Done)
}

struct Lineage<'a> {
    kpi: &'a Kpi,
    headline: &'a Observation,
    statistics: Vec<&'a Observation>,
    record: Value,
    node: &'a Node,
}

impl Lineage<'_> {
    fn contracts(&self) -> BTreeSet<&str> {
        let members: BTreeSet<&str> = match &self.kpi.measure {
            mizan_model::kpi::Measure::Kpis { of, .. } => of.iter().map(|(_, id)| id.as_str()).collect(),
            _ => BTreeSet::new(),
        };
        let kpis = &self.node.framework.kpis;
        let all = kpis.iter().filter(|kpi| kpi.id == self.kpi.id || members.contains(kpi.id.as_str()));
        all.flat_map(|kpi| &kpi.sources).map(|source| source.contract.as_str()).collect()
    }

    fn scans(&self) -> Vec<&Value> {
        let contracts = self.contracts();
        let scans = self.record["scans"].as_array().map(Vec::as_slice).unwrap_or_default();
        scans.iter().filter(|scan| scan["contract"].as_str().is_some_and(|name| contracts.contains(name))).collect()
    }

    fn sources(&self) -> Result<Vec<Value>, Failure> {
        let contracts = self.contracts();
        let mut files = Vec::new();
        for (name, manifest) in manifests(&self.node.folder, &self.node.framework)? {
            if !contracts.contains(name.as_str()) {
                continue;
            }
            for source in &manifest.sources {
                files.push(json!({
                    "contract": name,
                    "mapping": source.mapping,
                    "file": source.name,
                    "sha256": source.sha256,
                    "rows": source.counts.rows_in,
                    "taken": source.counts.taken,
                    "quarantined": source.counts.quarantined,
                    "duplicates": source.counts.duplicates,
                }));
            }
        }
        Ok(files)
    }

    fn json(&self, session: &Session<'_>) -> Result<Value, Failure> {
        let definition =
            local(&self.node.framework, &format!("{}.definition", self.kpi.id), session.text).text.to_owned();
        Ok(json!({
            "kpi": self.kpi.id,
            "definition": { "version": self.kpi.version.to_string(), "text": definition,
                "formula": formula(self.kpi).into_iter().map(|(name, text)| json!({ "name": name, "text": text })).collect::<Vec<_>>() },
            "observation": self.headline,
            "statistics": self.statistics,
            "framework": self.record["framework"],
            "scans": self.scans(),
            "sources": self.sources()?,
            "mappings": self.record["mappings"],
            "run": self.record["run"],
            "extracted_at": self.record["extracted_at"],
        }))
    }

    fn page(&self, session: &Session<'_>) -> Result<String, Failure> {
        let text = session.text;
        let messages = &text.messages;
        let (kpi, o) = (self.kpi, self.headline);
        let currency = Some(self.node.settings.currency.as_str());
        let name_key = format!("{}.name", kpi.id);
        let name = local(&self.node.framework, &name_key, text);
        let mut page = format!("{}\n", messages.explain_title());
        page.push_str(&format!(
            "\n{}\n",
            text.label(&messages.explain_kpi_version(&kpi.id, &kpi.version.to_string()), name.text)
        ));
        if let Some(mark) = mark(&name, text) {
            page.push_str(&format!("({mark})\n"));
        }
        let value = shown_value(Some(kpi), o, &self.node.settings.currency, text);
        let status = messages.status_label(o.status.as_str()).unwrap_or_default();
        page.push_str(&format!("{}\n", text.label(&text.period(&o.period), &format!("{value} · {status}"))));
        let number = |number: f64| text.numbers.shortest(Some(number), 2);
        if let (Some(numerator), Some(denominator)) = (o.numerator, o.denominator) {
            page.push_str(&format!(
                "{}\n",
                messages.explain_division(&value, &number(numerator), &number(denominator))
            ));
        }
        if o.lower.is_some() || o.upper.is_some() {
            let level = text.numbers.percent(Some(95.0), 0);
            page.push_str(&format!(
                "{}\n",
                text.label(&messages.word_interval(&level), &text.range(&o.unit, currency, o.lower, o.upper))
            ));
        }
        if let Some(coverage) = o.coverage.filter(|coverage| *coverage > 0.0) {
            let all = (o.n as f64 / coverage).round() as u64;
            page.push_str(&format!("{}\n", messages.explain_usable(o.n, all)));
        }
        if let Some(why) = messages.status_sentence(o.status.as_str()) {
            page.push_str(&format!("{why}\n"));
        }
        for statistic in &self.statistics {
            let code = observations::statistic_of(statistic).unwrap_or_default();
            let name = statistic_name(&self.node.framework, code, text);
            let value = text.value(&statistic.unit, currency, statistic.value);
            page.push_str(&format!("  {}\n", text.label(&name, &value)));
        }
        page.push_str(&format!("\n{}\n", messages.explain_definition()));
        page.push_str(&format!("  {}\n", local(&self.node.framework, &format!("{}.definition", kpi.id), text).text));
        page.push_str(&format!("\n{}\n", messages.explain_parts()));
        for (name, expression) in formula(kpi) {
            page.push_str(&format!("  {}\n", text.label(&name, &expression)));
        }
        page.push_str(&format!("\n{}\n", messages.explain_records()));
        for scan in self.scans() {
            let contract = scan["contract"].as_str().unwrap_or_default();
            let hash = scan["records"].as_str().unwrap_or_default();
            let rows = messages.rows(scan["rows"].as_u64().unwrap_or(0));
            page.push_str(&format!("  {}\n", text.label(contract, &format!("{rows} · sha256:{hash}"))));
        }
        page.push_str(&format!("\n{}\n", messages.explain_source_files()));
        let mut by_mapping = BTreeMap::<String, Vec<Value>>::new();
        for source in self.sources()? {
            by_mapping.entry(source["mapping"].as_str().unwrap_or_default().to_owned()).or_default().push(source);
        }
        let count = |source: &Value, name: &str| source[name].as_u64().unwrap_or(0);
        for (mapping, sources) in by_mapping {
            let rows = sources.iter().map(|source| count(source, "rows")).sum();
            let counted = format!("{} · {}", messages.files(sources.len() as u64), messages.rows(rows));
            let hash = self.record["mappings"][&mapping].as_str().unwrap_or("-");
            page.push_str(&format!("  {}\n", text.label(&mapping, &format!("{counted} · {hash}"))));
            // Hundreds of files are a list for those who ask for it.
            for source in sources.iter().filter(|_| session.global.verbose > 0) {
                let file = source["file"].as_str().unwrap_or_default();
                let taken = (count(source, "rows"), count(source, "taken"), count(source, "quarantined"));
                page.push_str(&format!("    {}\n", messages.ingest_file(file, taken.0, taken.1, taken.2)));
            }
        }
        let framework = &self.record["framework"];
        let (id, version) =
            (framework["id"].as_str().unwrap_or_default(), framework["version"].as_str().unwrap_or_default());
        page.push_str(&format!(
            "\n{}\n  {} {}\n",
            messages.explain_run(),
            messages.page_run(&o.run),
            self.record["extracted_at"].as_str().unwrap_or_default()
        ));
        page.push_str(&format!(
            "  {} {}\n",
            messages.page_framework(id, version),
            framework["hash"].as_str().unwrap_or_default()
        ));
        Ok(page)
    }
}
