//! Blocks of `framework.toml`, instruments, cross-walks, rubrics, scales and catalogues.

use super::kpi::{KPI_LIST, LINK_KINDS};
use super::shape::{Block, Form, KPI_IDS, NAMES, Shape, TEXTS, optional, required};

/// `framework.toml`.
pub(super) static FRAMEWORK: Block = Block {
    name: "framework",
    doc: "What the framework is called, its languages, dimensions and outcomes.",
    others: None,
    fields: &[
        required("schema", Shape::Word(&["framework/1"]), "Version of this file format."),
        required("id", Shape::Form(Form::Name), "Stable id."),
        required("version", Shape::Form(Form::Version), "Version of the whole."),
        optional("title", Shape::Text, "English name."),
        optional("licence", Shape::Text, "Licence of the texts (SPDX)."),
        optional("publisher", Shape::Text, "Who answers for it."),
        required("source_language", Shape::Form(Form::Language), "Language of the KPI files."),
        required(
            "languages",
            Shape::List(&Shape::Form(Form::Language)),
            "Languages with a catalogue, source language included.",
        ),
        optional("verified_pmm", KPI_IDS, "The only KPIs that may carry `origin.kind = \"pmm\"`."),
        optional(
            "score_method",
            Shape::Word(crate::kpi::ScoreMethod::WORDS),
            "Default score method; `none` is a valid choice.",
        ),
        optional(
            "disclosure_levels",
            Shape::List(&Shape::Word(crate::kpi::DisclosureLevel::WORDS)),
            "Levels in use, closest first.",
        ),
        required("dimension", Shape::Blocks(&DIMENSION), "Dimensions in order."),
        required("outcome", Shape::Blocks(&OUTCOME), "Expected outcomes in order."),
        optional("breakdown", Shape::Map(&Shape::Text), "English names of breakdowns, by name."),
        optional("statistic", Shape::Map(&Shape::Text), "English names of further statistics, by name."),
    ],
};

static DIMENSION: Block = Block {
    name: "dimension",
    doc: "One dimension of an assessment.",
    others: None,
    fields: &[
        required("id", Shape::Form(Form::Name), "For example `tf`."),
        required("name", Shape::Text, "English name."),
    ],
};

static OUTCOME: Block = Block {
    name: "outcome",
    doc: "An expected outcome within a dimension.",
    others: None,
    fields: &[
        required("id", Shape::Form(Form::Name), "For example `rc.debt-management`."),
        required("dimension", Shape::Form(Form::Name), "Its dimension."),
        required("name", Shape::Text, "English name."),
        required("pmm", Shape::Bool, "Whether it is a published outcome name of the WCO's mechanism."),
    ],
};

/// An instrument file.
pub(super) static INSTRUMENT: Block = Block {
    name: "instrument",
    doc: "A legal or technical instrument and the KPIs that show its application.",
    others: None,
    fields: &[
        required("schema", Shape::Word(&["instrument/1"]), "Version of this file format."),
        required("id", Shape::Form(Form::Name), "Id, equal to the file name."),
        required("name", Shape::Text, "English name."),
        required(
            "obligation",
            Shape::Word(&["binding", "standard", "recommendation", "guidance", "tool"]),
            "How far it obliges.",
        ),
        optional("publisher", Shape::Text, "Body that owns it."),
        optional("url", Shape::Text, "Address."),
        optional("year", Shape::Integer(1900, 2200), "Year of the text in force."),
        optional("note", Shape::Text, "Anything a reader should know."),
        optional("outcomes", NAMES, "Outcomes that apply it."),
        KPI_LIST,
    ],
};

/// A cross-walk file.
pub(super) static CROSSWALK: Block = Block {
    name: "crosswalk",
    doc: "Links from KPIs to another scheme.",
    others: None,
    fields: &[
        required("schema", Shape::Word(&["crosswalk/1"]), "Version of this file format."),
        required("id", Shape::Form(Form::Name), "Id of the other scheme, equal to the file name."),
        required("name", Shape::Text, "English name of the other scheme."),
        optional("version", Shape::Text, "Version of the other scheme."),
        optional("url", Shape::Text, "Address."),
        optional("link", Shape::Blocks(&LINK), "One link each."),
    ],
};

static LINK: Block = Block {
    name: "link",
    doc: "Link from a KPI to a code of the other scheme.",
    others: None,
    fields: &[
        required("from", Shape::Form(Form::KpiId), "KPI of this framework."),
        required("to", Shape::Form(Form::Target), "Code there, for example `sdg:17.1`."),
        required("kind", Shape::Word(LINK_KINDS), "How the two relate."),
        optional("weight", Shape::Number(0.0, 1.0), "Share of the KPI that speaks to it, 0 to 1."),
        optional("source", Shape::Text, "Who says so."),
        optional("note", Shape::Text, "Difference in words."),
    ],
};

/// A rubric file; its levels are read by the index.
pub(super) static RUBRIC: Block = Block {
    name: "rubric",
    doc: "Questions and levels of a maturity KPI.",
    others: Some(Shape::Any),
    fields: &[
        required("schema", Shape::Word(&["rubric/1"]), "Version of this file format."),
        required("id", Shape::Text, "Code, equal to the file name."),
    ],
};

/// A scale file; its values are read by the index.
pub(super) static SCALE: Block = Block {
    name: "scale",
    doc: "Goalposts, thresholds or weights, with their source.",
    others: Some(Shape::Any),
    fields: &[
        required("schema", Shape::Word(&["scale/1"]), "Version of this file format."),
        required("id", Shape::Form(Form::Name), "Id, equal to the file name."),
        required("source", Shape::Text, "The decision that it comes from."),
    ],
};

/// A catalogue file.
pub(super) static CATALOGUE: Block = Block {
    name: "catalogue",
    doc: "Translations by key, for example `[\"TF-01.name\"]`.",
    others: Some(Shape::Block(&TRANSLATION)),
    fields: &[optional("schema", Shape::Word(&["i18n/1"]), "Version of this file format.")],
};

static TRANSLATION: Block = Block {
    name: "translation",
    doc: "One translated text.",
    others: None,
    fields: &[
        required("text", Shape::Text, "The text."),
        required("source", Shape::Form(Form::Hash), "Hash of the source text that it was made from."),
        required("state", Shape::Word(&["machine", "draft", "reviewed", "official"]), "Who stands for it."),
        optional("note", Shape::Either(&Shape::Text, &TEXTS), "For the next translator."),
    ],
};
