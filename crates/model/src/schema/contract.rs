//! Blocks of contracts and code lists.

use super::kpi::SEVERITIES;
use super::shape::{Block, FIELD_NAMES, Form, NAMES, Shape, optional, required};

/// A contract file.
pub(super) static CONTRACT: Block = Block {
    name: "contract",
    doc: "The common shape of one kind of record: mappings fill it, definitions read it.",
    others: None,
    fields: &[
        required("schema", Shape::Word(&["contract/1"]), "Version of this file format."),
        required("id", Shape::Form(Form::ContractReference), "Name and version; the name equals the file name."),
        required("title", Shape::Text, "English name, for people."),
        required("key", FIELD_NAMES, "Fields that identify a row."),
        optional(
            "partition",
            Shape::Form(Form::FieldName),
            "Timestamp or date field whose local month places a row; without it there is one partition.",
        ),
        required("fields", Shape::Map(&Shape::Block(&FIELD)), "Fields by name."),
        optional("check", Shape::Blocks(&ROW_CHECK), "Conditions that each row must meet."),
    ],
};

/// Words for field types.
pub(crate) const FIELD_TYPES: &[&str] =
    &["text", "code", "bool", "int", "decimal", "double", "date", "timestamp", "period"];

static FIELD: Block = Block {
    name: "fields.<name>",
    doc: "One field.",
    others: None,
    fields: &[
        required("type", Shape::Word(FIELD_TYPES), "Type and storage."),
        optional("list", Shape::Form(Form::Name), "Code list of a `code`."),
        optional("scale", Shape::Integer(0, 9), "Digits after the point of a `decimal`; default 2."),
        optional("required", Shape::Bool, "A row without it goes to quarantine."),
        optional("personal", Shape::Bool, "Identifies a person or firm: replaced by a keyed pseudonym on reading."),
        optional("local", Shape::Bool, "Never leaves the node."),
        optional("unit", Shape::Text, "Unit of a quantity."),
        optional("derive", Shape::Block(&DERIVE), "How the node fills it where a source does not give it."),
        required("doc", Shape::Text, "What it means, one sentence."),
        optional("asycuda", Shape::Text, "Element path in ASYCUDA World's SAD XML."),
        optional("wco", Shape::Text, "Element of the WCO Data Model."),
    ],
};

static DERIVE: Block = Block {
    name: "fields.<name>.derive",
    doc: "Value from records of another contract with the same key.",
    others: None,
    fields: &[
        required("contract", Shape::Form(Form::FieldName), "The other contract, without version."),
        required("on", Shape::Form(Form::FieldName), "Field that both sides share."),
        required("expr", Shape::Expression("aggregate over the other contract"), "The value."),
        required("stage", Shape::Integer(1, 2), "1: from records as ingested; 2: after all of stage 1."),
    ],
};

static ROW_CHECK: Block = Block {
    name: "check",
    doc: "Condition that each row must meet; NULL passes.",
    others: None,
    fields: &[
        required("id", Shape::Form(Form::Name), "Stable name within the contract."),
        required("assert", Shape::Expression("scalar, boolean"), "What must hold."),
        required("severity", Shape::Word(SEVERITIES), "`error`: the row goes to quarantine; else it is counted."),
    ],
};

/// A list file.
pub(super) static LIST: Block = Block {
    name: "list",
    doc: "A list of codes, with groups where a code belongs to another.",
    others: None,
    fields: &[
        required("schema", Shape::Word(&["list/1"]), "Version of this file format."),
        required("id", Shape::Form(Form::Name), "Name, equal to the file name."),
        optional("title", Shape::Text, "English name."),
        optional("source", Shape::Text, "Where the codes come from."),
        optional("open", Shape::Bool, "Codes outside the list are let through; default false."),
        required(
            "codes",
            Shape::Map(&Shape::Either(&Shape::Text, &Shape::Block(&CODE))),
            "Label by code, or a table with label and groups.",
        ),
    ],
};

static CODE: Block = Block {
    name: "codes.<code>",
    doc: "One code.",
    others: None,
    fields: &[
        required("label", Shape::Text, "English label."),
        optional("groups", NAMES, "Groups for `in_list(field, 'list.group')`."),
    ],
};
