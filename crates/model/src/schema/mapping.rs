//! Blocks of a national mapping.

use super::shape::{Block, Form, Shape, TEXTS, optional, required};
use crate::kpi::Precision;
use crate::mapping::{OnDuplicate, OtherCode, SourceFormat};

/// A mapping file.
pub(super) static MAPPING: Block = Block {
    name: "mapping",
    doc: "How an administration's own tables fill a contract; stays in the node.",
    others: None,
    fields: &[
        required("schema", Shape::Word(&["mapping/1"]), "Version of this file format."),
        required("contract", Shape::Form(Form::ContractReference), "Contract that is filled."),
        required("from", Shape::Text, "File, folder or pattern, relative to what is given to `mizan ingest`."),
        optional("query", Shape::Text, "SQL file beside the mapping; reads `from` as table `source`."),
        optional("format", Shape::Word(SourceFormat::WORDS), "Format; default from the file name."),
        optional("sheet", Shape::Text, "XLSX sheet; default the first."),
        optional("delimiter", Shape::Form(Form::Character), "CSV delimiter; default found out."),
        optional("encoding", Shape::Text, "Encoding label (WHATWG); default UTF-8."),
        optional("decimal", Shape::Word(&[".", ","]), "Decimal sign; default `.`."),
        optional("missing", TEXTS, "Texts that mean missing, besides the empty text."),
        optional("zone", Shape::Text, "IANA zone of local times; default the node's."),
        optional(
            "on_duplicate",
            Shape::Word(OnDuplicate::WORDS),
            "Rows whose key is already there; default `quarantine`.",
        ),
        optional(
            "extracted_at",
            Shape::Form(Form::Instant),
            "When the extract was made; default the latest stamp in it.",
        ),
        required("fields", Shape::Map(&Shape::Block(&FIELD)), "Contract field to source."),
    ],
};

static FIELD: Block = Block {
    name: "fields.<name>",
    doc: "Where one contract field comes from.",
    others: None,
    fields: &[
        optional("column", Shape::Text, "Source column; case and spaces do not matter."),
        optional("expr", Shape::Text, "SQL over the source's columns, which are text."),
        optional(
            "constant",
            Shape::Either(&Shape::Text, &Shape::Either(&Shape::Bool, &Shape::Number(f64::MIN, f64::MAX))),
            "The same value for every row.",
        ),
        optional("values", Shape::Map(&Shape::Text), "Translation of codes."),
        optional("list", Shape::Text, "CSV file `from,to` beside the mapping, for long translations."),
        optional("other", Shape::Word(OtherCode::WORDS), "What to do with codes that are not translated."),
        optional("format", Shape::Text, "Date and time format, `%d/%m/%Y %H:%M`."),
        optional("zone", Shape::Text, "IANA zone of local times."),
        optional("precision", Shape::Word(Precision::WORDS), "Precision of the stamps; default from the format."),
        optional("decimal", Shape::Word(&[".", ","]), "Decimal sign."),
        optional(
            "factor",
            Shape::Either(&Shape::Form(Form::Decimal), &Shape::Number(f64::MIN, f64::MAX)),
            "Factor that turns the source's unit into the contract's.",
        ),
        optional("currency", Shape::Text, "Column with the currency, or a currency code."),
        optional("rate", Shape::Text, "Column with the exchange rate to national currency."),
    ],
};
