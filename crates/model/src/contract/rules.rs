//! Rules that tie a contract to itself, to the code lists and to other contracts.

use std::collections::BTreeMap;

use super::{CodeList, Contract, FieldType};
use crate::diagnostic::Diagnostic;
use crate::expression::{Context, Names, Place, read_expression};
use crate::source::{Document, Findings, Item, suggestion};

/// SQL words that a field must not be called, since expressions quote nothing.
const KEYWORDS: &[&str] = &[
    "all",
    "and",
    "any",
    "as",
    "between",
    "by",
    "case",
    "cast",
    "clock",
    "current_date",
    "date",
    "distinct",
    "else",
    "end",
    "exists",
    "false",
    "filter",
    "from",
    "group",
    "having",
    "in",
    "interval",
    "is",
    "join",
    "like",
    "limit",
    "not",
    "null",
    "on",
    "or",
    "order",
    "over",
    "select",
    "table",
    "then",
    "time",
    "timestamp",
    "true",
    "union",
    "when",
    "where",
];

/// Checks every contract against all others.
pub(crate) fn check_contracts(
    documents: &[(Document<'_>, Contract)],
    lists: &BTreeMap<String, CodeList>,
    findings: &Findings,
) {
    let contracts: BTreeMap<&str, &Contract> = documents.iter().map(|(_, c)| (c.name.as_str(), c)).collect();
    for (document, contract) in documents {
        check_contract(document, contract, &contracts, lists, findings);
    }
}

fn check_contract(
    document: &Document<'_>,
    contract: &Contract,
    contracts: &BTreeMap<&str, &Contract>,
    lists: &BTreeMap<String, CodeList>,
    findings: &Findings,
) {
    let root = &document.root;
    let names: Vec<&str> = contract.fields.iter().map(|f| f.name.as_str()).collect();
    for item in root.get("key").map_or(&[][..], Item::list) {
        unknown_field(document, item, &names, findings);
    }
    if let Some(item) = root.get("partition") {
        unknown_field(document, item, &names, findings);
        if let Some(field) = item.as_text().and_then(|name| contract.field(name))
            && !matches!(field.field_type, FieldType::Date | FieldType::Timestamp)
        {
            findings.add(
                Diagnostic::error("F0215", format!("`{}` has no month", field.name))
                    .at(document.file, item.span.clone(), "neither date nor timestamp")
                    .help("partition by a field of type `date` or `timestamp`"),
            );
        }
    }
    for entry in root.get("fields").map_or(&[][..], Item::entries) {
        if KEYWORDS.contains(&entry.key.as_str()) || !crate::schema::Form::FieldName.accepts(&entry.key) {
            findings.add(
                Diagnostic::error("F0109", format!("`{}` cannot be the name of a field", entry.key))
                    .at(document.file, entry.key_span.clone(), "reserved or malformed")
                    .why("expressions name fields without quotes")
                    .help("use lower snake case and no SQL word, for example `valid_from`"),
            );
        }
        if let Some(list) = entry.item.get("list")
            && let Some(name) = list.as_text()
            && !lists.contains_key(name)
        {
            let words: Vec<&str> = lists.keys().map(String::as_str).collect();
            let mut finding = Diagnostic::error("F0219", format!("there is no list `{name}`")).at(
                document.file,
                list.span.clone(),
                "unknown list",
            );
            finding.help = suggestion(name, &words).or_else(|| Some(format!("add `lists/{name}.toml`")));
            findings.add(finding);
        }
        if let Some(derive) = entry.item.get("derive") {
            check_derive(document, derive, &names, contracts, lists, findings);
        }
    }
    let context = Context { place: Place::Scalar, names: Names::Fields(&contract.fields), clock: false, lists };
    let mut ids = Vec::new();
    for check in root.get("check").map_or(&[][..], Item::list) {
        if let Some(assert) = check.get("assert") {
            read_expression(document, assert, &context, findings);
        }
        if let Some(id) = check.get("id") {
            crate::kpi::duplicate(document, id, &mut ids, "check", findings);
        }
    }
}

fn check_derive(
    document: &Document<'_>,
    derive: &Item,
    names: &[&str],
    contracts: &BTreeMap<&str, &Contract>,
    lists: &BTreeMap<String, CodeList>,
    findings: &Findings,
) {
    let Some(other_item) = derive.get("contract") else { return };
    let Some(other) = other_item.as_text().and_then(|name| contracts.get(name)) else {
        let words: Vec<&str> = contracts.keys().copied().collect();
        let name = other_item.as_text().unwrap_or_default();
        let mut finding = Diagnostic::error("F0201", format!("there is no contract `{name}`")).at(
            document.file,
            other_item.span.clone(),
            "unknown contract",
        );
        finding.help = suggestion(name, &words);
        findings.add(finding);
        return;
    };
    let there: Vec<&str> = other.fields.iter().map(|f| f.name.as_str()).collect();
    if let Some(on) = derive.get("on") {
        unknown_field(document, on, names, findings);
        unknown_field(document, on, &there, findings);
    }
    if let Some(expr) = derive.get("expr") {
        let context = Context { place: Place::Derive, names: Names::Fields(&other.fields), clock: false, lists };
        read_expression(document, expr, &context, findings);
    }
}

/// Reports a field name that the contract does not have.
pub(crate) fn unknown_field(document: &Document<'_>, item: &Item, names: &[&str], findings: &Findings) {
    let Some(name) = item.as_text() else { return };
    if names.contains(&name) {
        return;
    }
    let mut finding = Diagnostic::error("F0218", format!("the contract has no field `{name}`")).at(
        document.file,
        item.span.clone(),
        "unknown field",
    );
    finding.help = suggestion(name, names);
    findings.add(finding);
}
