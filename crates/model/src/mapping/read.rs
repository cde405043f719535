//! Reads a mapping file and checks it against its contract.

use std::collections::{BTreeMap, BTreeSet};

use super::{FieldMapping, Mapping, OnDuplicate, OtherCode, SourceFormat};
use crate::contract::{CodeList, Contract, Field, FieldType};
use crate::diagnostic::{Checked, Diagnostic};
use crate::kpi::Precision;
use crate::schema::{FileKind, validate};
use crate::source::{Document, Findings, Item, ItemKind, clamp, suggestion};

/// Contracts and lists that a mapping is checked against.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// Contracts by name.
    pub contracts: &'a BTreeMap<String, Contract>,
    /// Code lists by name.
    pub lists: &'a BTreeMap<String, CodeList>,
}

impl Mapping {
    /// Reads a mapping. `name` is the file name without `.toml`; `text` its content; `beside` gives the text of a
    /// file (SQL or CSV) that stands beside the mapping.
    ///
    /// The value is `None` only if contract, source or fields cannot be read; [`Checked::is_usable`] says whether
    /// it may be used.
    pub fn from_toml(
        name: &str,
        text: &str,
        target: Target<'_>,
        beside: &dyn Fn(&str) -> Option<String>,
    ) -> Checked<Option<Mapping>> {
        let file = format!("mappings/{name}.toml");
        let findings = Findings::default();
        let value = {
            let document = Document::parse(&file, text, &findings);
            validate(&document, FileKind::Mapping.block(), &findings);
            Reader { document: &document, target, beside, findings: &findings }.read(name)
        };
        Checked { value, diagnostics: findings.into_sorted() }
    }
}

struct Reader<'a> {
    document: &'a Document<'a>,
    target: Target<'a>,
    beside: &'a dyn Fn(&str) -> Option<String>,
    findings: &'a Findings,
}

impl Reader<'_> {
    fn add(&self, diagnostic: Diagnostic, span: std::ops::Range<usize>, label: &str) {
        self.findings.add(diagnostic.at(self.document.file, clamp(self.document.text, span), label));
    }

    fn read(&self, name: &str) -> Option<Mapping> {
        let root = &self.document.root;
        let contract = self.contract();
        let fields_item = root.get("fields");
        let mut fields = BTreeMap::new();
        let mut lists = BTreeMap::new();
        for entry in fields_item.map_or(&[][..], Item::entries) {
            let field = contract.and_then(|c| c.field(&entry.key));
            if let (None, Some(contract)) = (field, contract) {
                let names: Vec<&str> = contract.fields.iter().map(|f| f.name.as_str()).collect();
                let mut finding = Diagnostic::error(
                    "M0102",
                    format!("the contract `{}` has no field `{}`", contract.name, entry.key),
                );
                finding.help = suggestion(&entry.key, &names);
                self.add(finding, entry.key_span.clone(), "unknown field");
            }
            let mapping = read_field(&entry.item);
            self.check_sources(&entry.key, &entry.item);
            self.check_field(&entry.item, field, &mapping, &mut lists);
            fields.insert(entry.key.clone(), mapping);
        }
        self.required_fields(contract, fields_item, &fields);
        let query = root.text("query").map(str::to_owned);
        let query_text = query.as_ref().and_then(|path| (self.beside)(path));
        if let (Some(item), None) = (root.get("query"), &query_text) {
            let path = item.as_text().unwrap_or_default();
            let finding = Diagnostic::error("M0110", format!("there is no file `{path}` beside the mapping"))
                .help("put the SQL file into `mappings/`");
            self.add(finding, item.span.clone(), "not found");
        }
        let (contract_name, version) = root.text("contract")?.split_once('/')?;
        Some(Mapping {
            name: name.to_owned(),
            contract: contract_name.to_owned(),
            contract_version: version.parse().ok()?,
            from: root.text("from")?.to_owned(),
            query,
            query_text,
            format: root.text("format").and_then(SourceFormat::from_word),
            sheet: root.text("sheet").map(str::to_owned),
            delimiter: root.text("delimiter").and_then(|t| t.chars().next()),
            encoding: root.text("encoding").map(str::to_owned),
            decimal: root.text("decimal").and_then(|t| t.chars().next()).unwrap_or('.'),
            missing: root.texts("missing"),
            zone: root.text("zone").map(str::to_owned),
            on_duplicate: root.text("on_duplicate").and_then(OnDuplicate::from_word).unwrap_or(OnDuplicate::Quarantine),
            extracted_at: root.text("extracted_at").map(str::to_owned),
            fields: fields_item.map(|_| fields)?,
            lists,
        })
    }

    fn contract(&self) -> Option<&Contract> {
        let item = self.document.root.get("contract")?;
        let (name, version) = item.as_text()?.split_once('/')?;
        let contract = self.target.contracts.get(name).filter(|c| c.version.to_string() == version);
        if contract.is_none() {
            let words: Vec<String> = self.target.contracts.values().map(Contract::reference).collect();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let mut finding = Diagnostic::error("M0101", format!("there is no contract `{name}/{version}`"));
            finding.help = suggestion(&format!("{name}/{version}"), &words);
            self.add(finding, item.span.clone(), "unknown contract");
        }
        contract
    }

    /// Every required field is mapped, unless the node derives it.
    fn required_fields(
        &self,
        contract: Option<&Contract>,
        item: Option<&Item>,
        fields: &BTreeMap<String, FieldMapping>,
    ) {
        let (Some(contract), Some(item)) = (contract, item) else { return };
        let missing: Vec<&Field> = contract
            .fields
            .iter()
            .filter(|f| {
                (f.required || contract.key.contains(&f.name)) && f.derive.is_none() && !fields.contains_key(&f.name)
            })
            .filter(|f| f.required)
            .collect();
        for field in missing {
            let span = self.document.root.entry("fields").map_or(item.span.clone(), |e| e.key_span.clone());
            let finding = Diagnostic::error("M0103", format!("the required field `{}` is not mapped", field.name))
                .why("every row would go to quarantine")
                .help(format!("add `{} = {{ column = \"…\" }}`: {}", field.name, field.doc));
            self.add(finding, span, "incomplete");
        }
    }

    /// Exactly one of column, expression and constant.
    fn check_sources(&self, name: &str, item: &Item) {
        if !matches!(item.kind, ItemKind::Table(_)) {
            return;
        }
        let given: Vec<_> = ["column", "expr", "constant"].into_iter().filter_map(|key| item.entry(key)).collect();
        match given.as_slice() {
            [_] => {}
            [] => {
                let finding = Diagnostic::error("M0105", format!("`{name}` has no source"))
                    .help("write `column`, `expr` or `constant`");
                self.add(finding, item.span.clone(), "from where?");
            }
            [_, second, ..] => {
                let keys: Vec<&str> = given.iter().map(|e| e.key.as_str()).collect();
                let finding =
                    Diagnostic::error("M0104", format!("`{name}` has more than one source: {}", keys.join(", ")))
                        .help("keep one of `column`, `expr` and `constant`");
                self.add(finding, second.key_span.clone(), "a second source");
            }
        }
    }

    fn check_field(
        &self,
        item: &Item,
        field: Option<&Field>,
        mapping: &FieldMapping,
        lists: &mut BTreeMap<String, BTreeMap<String, String>>,
    ) {
        if let Some(path) = &mapping.list {
            self.read_list(item, path, lists);
        }
        if let (Some(_), Some(list)) = (item.entry("values"), item.entry("list")) {
            let finding = Diagnostic::error("M0106", "`values` and `list` are both given").help("keep one translation");
            self.add(finding, list.key_span.clone(), "a second translation");
        }
        let translated = item.get("values").is_some() || item.get("list").is_some();
        if let (Some(other), false) = (item.entry("other"), translated) {
            let finding = Diagnostic::warning("M0107", "`other` has no effect without `values` or `list`")
                .help("add a translation, or leave `other` out");
            self.add(finding, other.key_span.clone(), "no effect");
        }
        if let Some(sql) = item.get("expr")
            && let Some(text) = sql.as_text()
            && let Err(message) = crate::expression::parse_tree(text)
        {
            let finding =
                Diagnostic::error("M0109", format!("this is not an SQL expression: {}", message.to_lowercase()))
                    .help("write one expression over the source's columns, which are text");
            self.add(finding, sql.span.clone(), "here");
        }
        if let Some(field) = field {
            self.check_type(item, field);
            self.check_codes(item, field, mapping, lists);
        }
    }

    /// Options that do nothing for the type of the field.
    fn check_type(&self, item: &Item, field: &Field) {
        let timed = matches!(field.field_type, FieldType::Timestamp | FieldType::Date);
        let number = matches!(field.field_type, FieldType::Int | FieldType::Decimal { .. } | FieldType::Double);
        let fits = |key: &str| match key {
            "format" => timed,
            "zone" | "precision" => field.field_type == FieldType::Timestamp,
            "decimal" | "factor" | "currency" | "rate" => number,
            "values" | "list" | "other" => !timed && !number,
            _ => true,
        };
        for entry in item.entries().iter().filter(|e| !fits(&e.key)) {
            let finding = Diagnostic::error("M0111", format!("`{}` does not fit the type of `{}`", entry.key, field.name))
                .help("dates take `format`, timestamps also `zone` and `precision`, numbers `decimal` and `factor`, codes `values` and `list`");
            self.add(finding, entry.key_span.clone(), "has no effect here");
        }
        if timed
            && let Some(format) = item.get("format")
            && format.as_text().is_some_and(|text| !text.contains('%'))
        {
            let finding =
                Diagnostic::error("M0111", format!("the `format` of `{}` names no part of a date", field.name))
                    .help("day, month, year, hour and minute are `%d`, `%m`, `%Y`, `%H` and `%M`: `%d/%m/%Y %H:%M`");
            self.add(finding, format.span.clone(), "fits no text");
        }
    }

    /// Targets of a translation are codes of the field's list.
    fn check_codes(
        &self,
        item: &Item,
        field: &Field,
        mapping: &FieldMapping,
        lists: &BTreeMap<String, BTreeMap<String, String>>,
    ) {
        let FieldType::Code { list: Some(name) } = &field.field_type else { return };
        let Some(list) = self.target.lists.get(name).filter(|l| !l.open) else { return };
        let words: Vec<&str> = list.codes.iter().map(|c| c.code.as_str()).collect();
        let report = |code: &str, span: std::ops::Range<usize>| {
            let mut finding = Diagnostic::error("M0108", format!("`{code}` is not in the list `{name}`"));
            finding.help = suggestion(code, &words);
            self.add(finding, span, "not a code of this field");
        };
        for entry in item.get("values").map_or(&[][..], Item::entries) {
            if let Some(code) = entry.item.as_text()
                && !list.contains(code)
            {
                report(code, entry.item.span.clone());
            }
        }
        if let Some(constant) = item.get("constant")
            && let Some(code) = constant.as_text()
            && !list.contains(code)
        {
            report(code, constant.span.clone());
        }
        if let Some(translation) = mapping.list.as_ref().and_then(|path| lists.get(path)) {
            let unknown: BTreeSet<&String> = translation.values().filter(|code| !list.contains(code)).collect();
            for code in unknown {
                report(code, item.get("list").map_or(item.span.clone(), |i| i.span.clone()));
            }
        }
    }

    fn read_list(&self, item: &Item, path: &str, lists: &mut BTreeMap<String, BTreeMap<String, String>>) {
        let span = item.get("list").map_or(item.span.clone(), |i| i.span.clone());
        let Some(text) = (self.beside)(path) else {
            let finding = Diagnostic::error("M0110", format!("there is no file `{path}` beside the mapping"))
                .help("write a CSV file with the columns `from,to`");
            return self.add(finding, span, "not found");
        };
        let mut rows = text.trim_start_matches('\u{feff}').lines().map(split_row);
        let header = rows.next().unwrap_or_default();
        let column = |name: &str| header.iter().position(|h| h.trim().eq_ignore_ascii_case(name));
        let (Some(from), Some(to)) = (column("from"), column("to")) else {
            let finding = Diagnostic::error("M0112", format!("`{path}` has no columns `from` and `to`"))
                .help("write `from,to` in the first line");
            return self.add(finding, span, "not a translation");
        };
        let translation = rows
            .filter_map(|row| Some((row.get(from)?.trim().to_owned(), row.get(to)?.trim().to_owned())))
            .filter(|(from, _)| !from.is_empty())
            .collect();
        lists.insert(path.to_owned(), translation);
    }
}

/// Cells of a CSV line; quoted cells may hold commas and doubled quotes, not line breaks.
fn split_row(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut characters = line.chars().peekable();
    while let Some(c) = characters.next() {
        let cell = cells.last_mut().expect("there is always a cell");
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            _ => cell.push(c),
        }
    }
    cells
}

fn read_field(item: &Item) -> FieldMapping {
    let owned = |key: &str| item.text(key).map(str::to_owned);
    // A number or truth value may be written plainly or as text.
    let plain = |key: &str| {
        item.get(key).and_then(|value| match &value.kind {
            ItemKind::Text(text) => Some(text.clone()),
            ItemKind::Bool(value) => Some(value.to_string()),
            ItemKind::Integer(value) => value.map(|v| v.to_string()),
            ItemKind::Float(value) => value.map(|v| v.to_string()),
            _ => None,
        })
    };
    let values = item.get("values").map_or(&[][..], Item::entries);
    FieldMapping {
        column: owned("column"),
        expr: owned("expr"),
        constant: plain("constant"),
        values: values.iter().filter_map(|e| Some((e.key.clone(), e.item.as_text()?.to_owned()))).collect(),
        list: owned("list"),
        other: item.text("other").and_then(OtherCode::from_word),
        format: owned("format"),
        zone: owned("zone"),
        precision: item.text("precision").and_then(Precision::from_word),
        decimal: item.text("decimal").and_then(|t| t.chars().next()),
        factor: plain("factor"),
        currency: owned("currency"),
        rate: owned("rate"),
    }
}
