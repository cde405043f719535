//! Reads a whole framework from the texts of its files.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Dimension, Framework, Instrument, Outcome, TextState, Translation};
use crate::contract::{check_contracts, file_name, read_contract, read_list};
use crate::diagnostic::{Checked, Diagnostic};
use crate::expression::Expression;
use crate::kpi::{Kpi, Measure, Surroundings, duplicate, read_kpi};
use crate::schema::{FileKind, validate};
use crate::source::{Document, Findings, Item, sort_by_place, suggestion};

impl Framework {
    /// Reads a framework from its files: path relative to the framework's folder, and text.
    ///
    /// All mistakes of all files are found. A broken KPI file leaves the others usable; without a readable
    /// `framework.toml` the value is `None`.
    pub fn from_files(files: impl Into<Arc<BTreeMap<String, String>>>) -> Checked<Option<Framework>> {
        read_all(files.into(), None)
    }

    /// The same for readers of some languages: the catalogues of the others, which are most of a framework, are neither
    /// read nor checked.
    pub fn for_readers_of(
        languages: &[&str],
        files: impl Into<Arc<BTreeMap<String, String>>>,
    ) -> Checked<Option<Framework>> {
        read_all(files.into(), Some(languages))
    }
}

/// `only`: languages whose catalogues are read.
fn read_all(files: Arc<BTreeMap<String, String>>, only: Option<&[&str]>) -> Checked<Option<Framework>> {
    let mut diagnostics = Vec::new();
    let read = Reader { files: &files, only }.read(&mut diagnostics);
    let value = read.map(|mut framework| {
        framework.hash = super::canonical::framework_hash(&files);
        framework.files = files;
        let languages = framework.languages.iter().map(String::as_str);
        let languages: Vec<&str> = languages.filter(|language| is_read(language, only)).collect();
        diagnostics.extend(super::translations::check_translations(&framework, &languages));
        framework
    });
    sort_by_place(&mut diagnostics);
    Checked { value, diagnostics }
}

fn is_read(language: &str, only: Option<&[&str]>) -> bool {
    only.is_none_or(|languages| languages.contains(&language))
}
struct Reader<'a> {
    files: &'a BTreeMap<String, String>,
    /// Languages whose catalogues are read; `None`: all.
    only: Option<&'a [&'a str]>,
}

impl<'a> Reader<'a> {
    /// Files of one kind: path, name, text.
    fn of_kind(&self, kind: FileKind) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> {
        self.files.iter().filter_map(move |(path, text)| match FileKind::of_path(path) {
            Some((found, name)) if found == kind => Some((path.as_str(), name, text.as_str())),
            _ => None,
        })
    }

    fn read(&self, diagnostics: &mut Vec<Diagnostic>) -> Option<Framework> {
        let findings = Findings::default();
        let Some(text) = self.files.get("framework.toml") else {
            diagnostics.push(
                Diagnostic::error("F0110", "there is no file `framework.toml`")
                    .at("framework.toml", 0..0, "")
                    .help("a framework is a folder with `framework.toml`, `contracts/`, `lists/` and `kpis/`"),
            );
            return None;
        };
        let head = Document::parse("framework.toml", text, &findings);
        validate(&head, FileKind::Framework.block(), &findings);

        let mut lists = BTreeMap::new();
        for (path, name, text) in self.of_kind(FileKind::List) {
            let own = Findings::default();
            let document = Document::parse(path, text, &own);
            if let Some(list) = read_list(&document, name, &own) {
                lists.insert(name.to_owned(), list);
            }
            diagnostics.extend(own.into_sorted());
        }
        let mut documents = Vec::new();
        for (path, name, text) in self.of_kind(FileKind::Contract) {
            let own = Findings::default();
            let document = Document::parse(path, text, &own);
            if let Some(contract) = read_contract(&document, name, &own) {
                documents.push((document, contract));
            }
            diagnostics.extend(own.into_sorted());
        }
        check_contracts(&documents, &lists, &findings);
        let contracts = documents.into_iter().map(|(_, c)| (c.name.clone(), c)).collect();

        let dimensions = read_dimensions(&head, &findings);
        let outcomes = read_outcomes(&head, &dimensions, &findings);
        let verified_pmm = head.root.texts("verified_pmm");
        let source_language = head.root.text("source_language").unwrap_or("en").to_owned();
        let kpi_ids: Vec<&str> = self.of_kind(FileKind::Kpi).map(|(_, name, _)| name).collect();
        let instruments = self.instruments(&outcomes, &kpi_ids, &findings);
        self.others(&kpi_ids, &findings);

        let around = Surroundings {
            contracts: &contracts,
            lists: &lists,
            dimensions: &dimensions,
            outcomes: &outcomes,
            instruments: &instruments,
            verified_pmm: &verified_pmm,
            kpi_ids: &kpi_ids,
            files: self.files,
            source_language: &source_language,
        };
        let (mut kpis, mut broken) = (Vec::new(), Vec::new());
        for (path, name, text) in self.of_kind(FileKind::Kpi) {
            let own = Findings::default();
            let document = Document::parse(path, text, &own);
            if let Some(kpi) = read_kpi(&document, name, around, &own) {
                if own.has_error() { broken.push(kpi) } else { kpis.push(kpi) }
            }
            diagnostics.extend(own.into_sorted());
        }
        let order = |kpi: &Kpi| (dimensions.iter().position(|d| d.id == kpi.dimension), kpi.id.clone());
        kpis.sort_by_key(order);
        broken.sort_by_key(order);

        let languages = head.root.texts("languages");
        let catalogues = self.catalogues(&languages, &findings);
        let mut framework = Framework {
            id: head.root.text_or_empty("id"),
            version: head.root.text_or_empty("version"),
            source_language,
            languages,
            dimensions,
            outcomes,
            contracts,
            lists,
            kpis,
            broken,
            verified_pmm,
            breakdown_names: BTreeMap::new(),
            statistic_names: BTreeMap::new(),
            instruments,
            catalogues,
            hash: String::new(),
            files: Arc::default(),
        };
        let all = || framework.kpis.iter().chain(&framework.broken);
        let breakdowns = all().flat_map(|k| &k.breakdowns).flat_map(|b| b.by.iter().cloned());
        let statistics: Vec<String> = all().flat_map(statistics_of).collect();
        let own = (!statistics.is_empty()).then(|| "statistic".to_owned());
        let breakdown_names = names(&head.root, "breakdown", breakdowns.chain(own), true);
        let statistic_names = names(&head.root, "statistic", statistics.into_iter(), false);
        framework.breakdown_names = breakdown_names;
        framework.statistic_names = statistic_names;
        one_meaning_a_breakdown(all(), &findings);
        no_index_of_itself(&all().collect::<Vec<_>>(), &findings);
        diagnostics.extend(findings.into_sorted());
        Some(framework)
    }

    fn instruments(&self, outcomes: &[Outcome], kpi_ids: &[&str], findings: &Findings) -> Vec<Instrument> {
        let mut instruments = Vec::new();
        for (path, name, text) in self.of_kind(FileKind::Instrument) {
            let own = Findings::default();
            let document = Document::parse(path, text, &own);
            validate(&document, FileKind::Instrument.block(), &own);
            let root = &document.root;
            if let Some(item) = root.get("id")
                && let Some(id) = item.as_text()
                && id != name
            {
                own.add(file_name(&document, item, id, name));
            }
            known(&document, root.get("kpis"), kpi_ids, "F0220", "KPI", &own);
            let ids: Vec<&str> = outcomes.iter().map(|o| o.id.as_str()).collect();
            known(&document, root.get("outcomes"), &ids, "F0209", "outcome", &own);
            if let Some(id) = root.text("id") {
                instruments.push(Instrument {
                    id: id.to_owned(),
                    name: root.text_or_empty("name"),
                    obligation: root.text_or_empty("obligation"),
                    outcomes: root.texts("outcomes"),
                    kpis: root.texts("kpis"),
                });
            }
            own.into_sorted().into_iter().for_each(|d| findings.add(d));
        }
        instruments.sort_by(|a, b| a.id.cmp(&b.id));
        instruments
    }

    /// Cross-walks, rubrics and scales are only checked here; files of no known kind are reported.
    fn others(&self, kpi_ids: &[&str], findings: &Findings) {
        for kind in [FileKind::Crosswalk, FileKind::Rubric, FileKind::Scale] {
            for (path, name, text) in self.of_kind(kind) {
                let own = Findings::default();
                let document = Document::parse(path, text, &own);
                validate(&document, kind.block(), &own);
                if let Some(item) = document.root.get("id")
                    && let Some(id) = item.as_text()
                    && id != name
                {
                    own.add(file_name(&document, item, id, name));
                }
                for link in document.root.get("link").map_or(&[][..], Item::list) {
                    if let Some(item) = link.get("from") {
                        known_one(&document, item, kpi_ids, "F0220", "KPI", &own);
                    }
                }
                own.into_sorted().into_iter().for_each(|d| findings.add(d));
            }
        }
        // The recipe of a composite belongs to the framework, and is read where scores are made.
        let is_unknown = |p: &&String| p.ends_with(".toml") && *p != "recipe.toml" && FileKind::of_path(p).is_none();
        for path in self.files.keys().filter(is_unknown) {
            findings.add(
                Diagnostic::warning("F0116", format!("`{path}` is no file of a framework"))
                    .at(path, 0..0, "nobody reads it")
                    .help("put it into `contracts/`, `lists/`, `kpis/`, `instruments/`, `crosswalks/`, `rubrics/`, `scales/` or `i18n/`"),
            );
        }
    }

    fn catalogues(&self, languages: &[String], findings: &Findings) -> BTreeMap<String, BTreeMap<String, Translation>> {
        let mut catalogues = BTreeMap::new();
        let read = self.of_kind(FileKind::Catalogue).filter(|(_, language, _)| is_read(language, self.only));
        for (path, language, text) in read {
            let own = Findings::default();
            let document = Document::parse(path, text, &own);
            validate(&document, FileKind::Catalogue.block(), &own);
            if !languages.iter().any(|l| l == language) {
                own.add(
                    Diagnostic::warning("T0106", format!("`{language}` is not a language of this framework"))
                        .at(path, 0..0, "not used")
                        .help("add it to `languages` in `framework.toml`"),
                );
            }
            let entries = document.root.entries().iter().filter_map(|e| {
                let translation = Translation {
                    text: e.item.text("text")?.to_owned(),
                    source: e.item.text_or_empty("source"),
                    state: match e.item.text("state")? {
                        "machine" => TextState::Machine,
                        "draft" => TextState::Draft,
                        "reviewed" => TextState::Reviewed,
                        "official" => TextState::Official,
                        _ => return None,
                    },
                };
                Some((e.key.clone(), translation))
            });
            catalogues.insert(language.to_owned(), entries.collect());
            own.into_sorted().into_iter().for_each(|d| findings.add(d));
        }
        catalogues
    }
}

/// An index over KPIs must not need its own value, by whatever detour.
fn no_index_of_itself(kpis: &[&Kpi], findings: &Findings) {
    let members = |id: &str| match kpis.iter().find(|kpi| kpi.id == id).map(|kpi| &kpi.measure) {
        Some(Measure::Kpis { of, .. }) => of.iter().map(|(_, member)| member.as_str()).collect(),
        _ => Vec::new(),
    };
    for kpi in kpis {
        let Measure::Kpis { of, value } = &kpi.measure else { continue };
        if of.iter().any(|(_, member)| *member == kpi.id) {
            // Reported where it is written.
            continue;
        }
        let (mut reached, mut open) = (BTreeSet::new(), members(&kpi.id));
        while let Some(id) = open.pop() {
            if reached.insert(id) {
                open.extend(members(id));
            }
        }
        if reached.contains(kpi.id.as_str()) {
            findings.add(
                Diagnostic::error("F0428", format!("`{}` is an index of itself", kpi.id))
                    .at(&value.file, value.span.clone(), "needs its own value")
                    .why("one of the KPIs that it is made from is made from it")
                    .help("leave one of them out"),
            );
        }
    }
}

/// Whether observations use a name for something else.
fn is_taken(breakdown: &str) -> bool {
    breakdown == "statistic" || breakdown.starts_with("by_")
}

/// Codes of one breakdown stand in one column, whichever KPI they come from.
fn one_meaning_a_breakdown<'a>(kpis: impl Iterator<Item = &'a Kpi>, findings: &Findings) {
    let mut known: BTreeMap<(&str, &str), (&Kpi, Option<&Expression>)> = BTreeMap::new();
    for kpi in kpis {
        for (source, breakdown) in kpi.sources.iter().flat_map(|s| kpi.breakdowns.iter().map(move |b| (s, b))) {
            // A derived split has one name; what has more was reported.
            let is_derived = breakdown.expr.is_some();
            for name in breakdown.by.iter().filter(|_| !is_derived || breakdown.by.len() == 1) {
                let this = breakdown.expr.as_ref();
                if let Some(expression) = this.filter(|_| is_taken(name)) {
                    findings.add(
                        Diagnostic::error("F0427", format!("breakdown `{name}` of `{}` is another one already", kpi.id))
                            .at(&expression.file, expression.span.clone(), "two meanings of one name")
                            .why("`statistic` tells the further statistics of a KPI apart, and `by_…` is the column of a breakdown that is called like another column")
                            .help("give it another name"),
                    );
                    continue;
                }
                let (first, that) = known.entry((&source.contract, name)).or_insert((kpi, this));
                let text = |expression: Option<&Expression>| expression.map(|e| e.tree.to_string());
                let Some(place) = this.or(*that).filter(|_| text(this) != text(*that)) else { continue };
                let message = format!("breakdown `{name}` of `{}` is another one in `{}`", kpi.id, first.id);
                findings.add(
                    Diagnostic::error("F0427", message)
                        .at(&place.file, place.span.clone(), "two meanings of one name")
                        .why("the codes of both would stand in one column of the observations")
                        .help("give one of them another name"),
                );
            }
        }
    }
}

fn read_dimensions(head: &Document<'_>, findings: &Findings) -> Vec<Dimension> {
    let mut seen = Vec::new();
    let items = head.root.get("dimension").map_or(&[][..], Item::list);
    items
        .iter()
        .filter_map(|item| {
            duplicate(head, item.get("id")?, &mut seen, "dimension", findings);
            Some(Dimension { id: item.text("id")?.to_owned(), name: item.text("name")?.to_owned() })
        })
        .collect()
}

fn read_outcomes(head: &Document<'_>, dimensions: &[Dimension], findings: &Findings) -> Vec<Outcome> {
    let mut seen = Vec::new();
    let ids: Vec<&str> = dimensions.iter().map(|d| d.id.as_str()).collect();
    let items = head.root.get("outcome").map_or(&[][..], Item::list);
    items
        .iter()
        .filter_map(|item| {
            duplicate(head, item.get("id")?, &mut seen, "outcome", findings);
            known_one(head, item.get("dimension")?, &ids, "F0208", "dimension", findings);
            Some(Outcome {
                id: item.text("id")?.to_owned(),
                dimension: item.text("dimension")?.to_owned(),
                name: item.text("name")?.to_owned(),
                pmm: item.get("pmm")?.as_bool()?,
            })
        })
        .collect()
}

fn known(document: &Document<'_>, list: Option<&Item>, ids: &[&str], code: &str, what: &str, findings: &Findings) {
    list.map_or(&[][..], Item::list).iter().for_each(|item| known_one(document, item, ids, code, what, findings));
}

fn known_one(document: &Document<'_>, item: &Item, ids: &[&str], code: &str, what: &str, findings: &Findings) {
    let Some(id) = item.as_text().filter(|id| !ids.contains(id)) else { return };
    let mut finding = Diagnostic::error(code, format!("there is no {what} `{id}`")).at(
        document.file,
        item.span.clone(),
        format!("unknown {what}"),
    );
    finding.help = suggestion(id, ids);
    findings.add(finding);
}

fn statistics_of(kpi: &Kpi) -> Vec<String> {
    match &kpi.measure {
        Measure::Parts { statistics, .. } => statistics.iter().map(|s| s.name.clone()).collect(),
        _ => Vec::new(),
    }
}

/// Names from a table of `framework.toml`; what has none there is called by its words: `holding_agency` is
/// `Holding agency` (a breakdown) or `holding agency` (a statistic).
fn names(root: &Item, table: &str, used: impl Iterator<Item = String>, capital: bool) -> BTreeMap<String, String> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for name in used {
        let words = name.replace('_', " ");
        let mut characters = words.chars();
        let text = match characters.next() {
            Some(first) if capital => first.to_uppercase().chain(characters).collect(),
            _ => words,
        };
        names.insert(name, text);
    }
    for entry in root.get(table).map_or(&[][..], Item::entries) {
        if let Some(text) = entry.item.as_text() {
            names.insert(entry.key.clone(), text.to_owned());
        }
    }
    names
}
