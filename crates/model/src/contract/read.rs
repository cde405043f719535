//! Reads contracts and code lists from their TOML files.

use super::{Code, CodeList, Contract, Derive, Field, FieldType, RowCheck};
use crate::diagnostic::{Diagnostic, Severity};
use crate::schema::{FileKind, validate};
use crate::source::{Document, Findings, Item};

/// Reads a contract; `name` is the file name without `.toml`. `None` if its fields cannot be read.
pub(crate) fn read_contract(document: &Document<'_>, name: &str, findings: &Findings) -> Option<Contract> {
    validate(document, FileKind::Contract.block(), findings);
    let root = &document.root;
    let (id, version) = root.text("id")?.split_once('/')?;
    if id != name {
        findings.add(file_name(document, root.get("id")?, id, name));
    }
    let fields = root.get("fields")?.entries().iter().filter_map(|e| read_field(&e.key, &e.item)).collect();
    let checks = root
        .get("check")
        .map_or(&[][..], Item::list)
        .iter()
        .filter_map(|item| {
            Some(RowCheck {
                id: item.text("id")?.to_owned(),
                assert: item.text("assert")?.to_owned(),
                severity: severity(item.text("severity")?)?,
            })
        })
        .collect();
    Some(Contract {
        name: name.to_owned(),
        version: version.parse().ok()?,
        title: root.text_or_empty("title"),
        key: root.texts("key"),
        partition: root.text("partition").map(str::to_owned),
        fields,
        checks,
    })
}

fn read_field(name: &str, item: &Item) -> Option<Field> {
    let flag = |key: &str| item.get(key).and_then(Item::as_bool).unwrap_or(false);
    let owned = |key: &str| item.text(key).map(str::to_owned);
    let field_type = match item.text("type")? {
        "text" => FieldType::Text,
        "code" => FieldType::Code { list: owned("list") },
        "bool" => FieldType::Bool,
        "int" => FieldType::Int,
        "decimal" => {
            let scale = item.get("scale").and_then(Item::as_integer).unwrap_or(2);
            FieldType::Decimal { scale: u8::try_from(scale).ok()? }
        }
        "double" => FieldType::Double,
        "date" => FieldType::Date,
        "timestamp" => FieldType::Timestamp,
        "period" => FieldType::Period,
        _ => return None,
    };
    let derive = item.get("derive").and_then(|derive| {
        Some(Derive {
            contract: derive.text("contract")?.to_owned(),
            on: derive.text("on")?.to_owned(),
            expr: derive.text("expr")?.to_owned(),
            stage: u8::try_from(derive.get("stage")?.as_integer()?).ok()?,
        })
    });
    Some(Field {
        name: name.to_owned(),
        field_type,
        required: flag("required"),
        personal: flag("personal"),
        local: flag("local"),
        unit: owned("unit"),
        derive,
        doc: item.text_or_empty("doc"),
        asycuda: owned("asycuda"),
        wco: owned("wco"),
    })
}

/// Reads a code list; `name` is the file name without `.toml`.
pub(crate) fn read_list(document: &Document<'_>, name: &str, findings: &Findings) -> Option<CodeList> {
    validate(document, FileKind::List.block(), findings);
    let root = &document.root;
    let id = root.text("id")?;
    if id != name {
        findings.add(file_name(document, root.get("id")?, id, name));
    }
    let codes = root
        .get("codes")?
        .entries()
        .iter()
        .filter_map(|e| {
            let (label, groups) = match e.item.as_text() {
                Some(label) => (label.to_owned(), Vec::new()),
                None => (e.item.text("label")?.to_owned(), e.item.texts("groups")),
            };
            Some(Code { code: e.key.clone(), label, groups })
        })
        .collect();
    let open = root.get("open").and_then(Item::as_bool).unwrap_or(false);
    Some(CodeList { name: name.to_owned(), codes, open })
}

/// The finding of an id that differs from the name of its file.
pub(crate) fn file_name(document: &Document<'_>, item: &Item, id: &str, name: &str) -> Diagnostic {
    Diagnostic::error("F0108", format!("the id `{id}` differs from the file name `{name}.toml`"))
        .at(document.file, item.span.clone(), "another name")
        .why("other files find it by its file name")
        .help(format!("write `{name}` or rename the file"))
}

/// Severity by its word.
pub(crate) fn severity(word: &str) -> Option<Severity> {
    match word {
        "error" => Some(Severity::Error),
        "warning" => Some(Severity::Warning),
        "notice" => Some(Severity::Notice),
        _ => None,
    }
}
