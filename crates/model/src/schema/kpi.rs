//! Blocks of a KPI file.

use super::shape::{
    Block, COUNT, FIELD_NAMES, Field, Form, KPI_IDS, NAMES, NUMBER, SHARE, Shape, TEXTS, optional, required,
};
use crate::kpi::{
    AppliesTo, BreakClass, ClockCalendar, ClockZone, DefinitionStatus, Direction, DisclosureLevel, IntervalMethod,
    KpiKind, OriginKind, Pending, Precision, RollupMethod, ScoreMethod, Unit,
};

/// Words for a link between definitions.
pub(super) const LINK_KINDS: &[&str] = &["exact", "broader", "narrower", "supports"];
/// Words for the weight of a check.
pub(super) const SEVERITIES: &[&str] = &["error", "warning", "notice"];

/// A KPI file.
pub(super) static KPI: Block = Block {
    name: "kpi",
    doc: "One indicator: who is counted, how the value is made, when it may be shown, in which words.",
    others: None,
    fields: &[
        required("schema", Shape::Word(&["kpi/1"]), "Version of this file format."),
        required("id", Shape::Form(Form::KpiId), "Code, equal to the file name; stable and never reused."),
        required(
            "version",
            Shape::Form(Form::Version),
            "Major: break in the series. Minor: same series. Patch: wording.",
        ),
        required("status", Shape::Word(DefinitionStatus::WORDS), "Life of the definition."),
        required("dimension", Shape::Form(Form::Name), "Dimension of `framework.toml`."),
        required("outcome", Shape::Form(Form::Name), "Expected outcome of that dimension."),
        required("kind", Shape::Word(KpiKind::WORDS), "How the value comes out of the parts."),
        required("unit", Shape::Word(Unit::WORDS), "Unit of the value."),
        required("direction", Shape::Word(Direction::WORDS), "Which direction is better."),
        optional("range", Shape::Range, "Smallest and greatest possible value."),
        required("origin", Shape::Block(&ORIGIN), "Where the definition comes from."),
        optional("external_ref", Shape::Blocks(&EXTERNAL_REF), "Codes of the same indicator in other schemes."),
        required("text", Shape::Block(&TEXT), "Words in the source language."),
        optional("population", Shape::Block(&POPULATION), "Who is counted, and when."),
        optional("clock", Shape::Block(&CLOCK), "Duration from one moment to another."),
        required("measure", Shape::Block(&MEASURE), "The parts that are stored and the value over them."),
        optional("rollup", Shape::Block(&ROLLUP), "When a value may be shown."),
        optional("uncertainty", Shape::Block(&UNCERTAINTY), "Interval carried with the value."),
        optional("breakdown", Shape::Blocks(&BREAKDOWN), "Allowed splits."),
        required("score", Shape::Block(&SCORE), "How a value is scored, and by whose decision."),
        required(
            "disclosure",
            Shape::Block(&DISCLOSURE),
            "Proposal to the administration, and the most it may choose.",
        ),
        required("evidence", Shape::Block(&EVIDENCE), "What proves a value."),
        optional("check", Shape::Blocks(&CHECK), "Plausibility of the population."),
        optional("reference", Shape::Blocks(&REFERENCE), "Links to instruments and other schemes."),
        optional("fixture", Shape::Blocks(&FIXTURE), "Worked example and conformance test."),
        required("history", Shape::Block(&HISTORY), "Versions before this one."),
    ],
};

static ORIGIN: Block = Block {
    name: "origin",
    doc: "Where the definition comes from.",
    others: None,
    fields: &[
        required(
            "kind",
            Shape::Word(OriginKind::WORDS),
            "`pmm` only for the verified published names of the WCO's mechanism.",
        ),
        required("source", Shape::Text, "Name of the source."),
        optional("url", Shape::Text, "Address of the source."),
        optional("note", Shape::Text, "What was changed against the source."),
    ],
};

static EXTERNAL_REF: Block = Block {
    name: "external_ref",
    doc: "Code of the same indicator in another scheme.",
    others: None,
    fields: &[
        required("scheme", Shape::Form(Form::Name), "Scheme, for example `wco-pmm`."),
        optional("version", Shape::Text, "Version of the scheme."),
        required("code", Shape::Text, "Code or name there, verbatim."),
    ],
};

static TEXT: Block = Block {
    name: "text",
    doc: "Words in the source language; translations stand in `i18n/`.",
    others: None,
    fields: &[
        required("lang", Shape::Form(Form::Language), "Language of these words; the framework's source language."),
        required("name", Shape::Text, "Full name, without \"Number of\" and without a leading percent sign."),
        required("short", Shape::Text, "Short name, at most 52 characters."),
        required("definition", Shape::Text, "What is measured, in words."),
        required("rationale", Shape::Text, "Why it is measured."),
        required("limits", Shape::Text, "What it does not say."),
        required("how_to_read", Shape::Text, "How to read a value."),
    ],
};

static POPULATION: Block = Block {
    name: "population",
    doc: "Who is counted, and when.",
    others: None,
    fields: &[
        required("contract", Shape::Form(Form::ContractReference), "Contract whose records are counted."),
        optional(
            "where",
            Shape::Expression("scalar, boolean"),
            "Which records; a record where it is NULL counts as undetermined.",
        ),
        optional(
            "period",
            Shape::Expression("scalar, date, timestamp or period"),
            "Moment that places a record in a period.",
        ),
        optional(
            "at",
            Shape::Word(&["period_end"]),
            "For stocks, instead of `period`: who is there at the end of each month.",
        ),
        optional("valid", FIELD_NAMES, "With `at`: first day of validity and the day after the last."),
        optional("closes", Shape::Form(Form::Days), "Wait after the month's end before cases are final."),
    ],
};

static CLOCK: Block = Block {
    name: "clock",
    doc: "Duration from one moment to another; present for durations only.",
    others: None,
    fields: &[
        required("start", Shape::Expression("scalar, timestamp"), "Start of the clock."),
        required("stop", Shape::Expression("scalar, timestamp"), "Stop of the clock."),
        required("requires", FIELD_NAMES, "Fields that must be filled; else the record is unusable."),
        required("precision", Shape::Word(Precision::WORDS), "Coarsest time stamp that is accepted."),
        required("calendar", Shape::Word(ClockCalendar::WORDS), "All hours, or the office's working hours."),
        required("zone", Shape::Word(ClockZone::WORDS), "Zone of the clock and of the period's edges."),
    ],
};

static PART: Block = Block {
    name: "part",
    doc: "A part over other records than those of `[population]`.",
    others: None,
    fields: &[
        required("contract", Shape::Form(Form::ContractReference), "Contract whose records are counted."),
        optional("where", Shape::Expression("scalar, boolean"), "Which records."),
        optional(
            "period",
            Shape::Expression("scalar, date, timestamp or period"),
            "Moment that places a record in a period.",
        ),
        optional("at", Shape::Word(&["period_end"]), "For stocks, instead of `period`."),
        optional("valid", FIELD_NAMES, "With `at`: first day of validity and the day after the last."),
        optional("closes", Shape::Form(Form::Days), "Wait after the month's end; default that of `[population]`."),
        required("expr", Shape::Expression("aggregate, a part"), "The aggregate."),
    ],
};

/// An aggregate, or a table with its own population.
const AGGREGATE: Shape = Shape::Either(&Shape::Expression("aggregate, a part"), &Shape::Block(&PART));

static MEASURE: Block = Block {
    name: "measure",
    doc: "The parts that are stored, and the value over them. Which keys are needed depends on `kind`.",
    others: None,
    fields: &[
        optional("numerator", AGGREGATE, "Upper part of a ratio or mean; the value of a count."),
        optional("denominator", AGGREGATE, "Lower part of a ratio or mean."),
        optional("parts", Shape::Map(&AGGREGATE), "Named parts."),
        optional("value", Shape::Expression("scalar over part names, number"), "Value over named parts or KPIs."),
        optional("kpis", Shape::Map(&Shape::Form(Form::KpiId)), "For an index over other KPIs: name and code."),
        optional("of", AGGREGATE, "What varies, for `change`."),
        optional("offset", Shape::Form(Form::Offset), "Distance back, for `change`."),
        optional("method", Shape::Word(&["entered"]), "For `reported` and `rubric`: entered by people."),
        optional(
            "pending",
            Shape::Word(Pending::WORDS),
            "Cases that are still open at closing; must be chosen where there is a clock.",
        ),
        optional("unusable", Shape::Word(&["exclude_and_report"]), "Unusable records are taken out and counted."),
        optional("statistic", Shape::Blocks(&STATISTIC), "Further values over the same parts."),
    ],
};

static STATISTIC: Block = Block {
    name: "measure.statistic",
    doc: "A further value over the same parts, shown as breakdown `statistic`.",
    others: None,
    fields: &[
        required("name", Shape::Form(Form::Name), "Its name, for example `p90`."),
        required("value", Shape::Expression("scalar over part names, number"), "The value."),
        required("unit", Shape::Word(Unit::WORDS), "Its unit."),
    ],
};

static ROLLUP: Block = Block {
    name: "rollup",
    doc: "When a value may be shown.",
    others: None,
    fields: &[
        required("method", Shape::Word(RollupMethod::WORDS), "`merge` parts of months, or take the `last` (stocks)."),
        required("min_denominator", COUNT, "With fewer cases the status is `too_few`."),
        required("min_coverage", SHARE, "With less coverage the status is `low_coverage`."),
        optional("zero", Shape::Word(&["undefined"]), "Denominator of zero: never 0 or infinity."),
    ],
};

static UNCERTAINTY: Block = Block {
    name: "uncertainty",
    doc: "Interval that the value carries.",
    others: None,
    fields: &[
        required("when_full_count", Shape::Word(IntervalMethod::WORDS), "Every case was measured."),
        optional("when_sample", Shape::Word(IntervalMethod::WORDS), "A sample was measured."),
        optional("when_model", Shape::Text, "A model gave the value: how its error is stated."),
    ],
};

static BREAKDOWN: Block = Block {
    name: "breakdown",
    doc: "Splits that are allowed; each name is split on its own.",
    others: None,
    fields: &[
        required("by", FIELD_NAMES, "Contract fields, or the one name of a derived split."),
        optional("expr", Shape::Expression("scalar, text, integer or boolean"), "Derived split."),
        optional("applies_to", Shape::Word(AppliesTo::WORDS), "`numerator`: the denominator ignores the split."),
        required("export", Shape::Bool, "The split may leave the node."),
        optional("suppress_first", FIELD_NAMES, "Order of victims in secondary suppression."),
    ],
};

static SCORE: Block = Block {
    name: "score",
    doc: "How a value is scored, and by whose decision.",
    others: None,
    fields: &[
        required("method", Shape::Word(ScoreMethod::WORDS), "Score method."),
        optional("floor", NUMBER, "`goalposts`: value with score 0."),
        optional("ceiling", NUMBER, "`goalposts`: value with score 100."),
        optional("target", NUMBER, "`target`: the agreed value."),
        optional("date", Shape::Text, "`target`: when it is to be met."),
        optional("signed_by", Shape::Text, "`target`: who agreed."),
        optional("peers", TEXTS, "`distance`, `percentile`: rule that picks the peers."),
        optional(
            "against",
            Shape::Word(&["regional_mean", "global_mean", "peer_median"]),
            "`distance`: distance to what.",
        ),
        optional("combine", Shape::Word(&["weakest", "average-table"]), "`bands`: how criteria are combined."),
        optional("criteria", Shape::Any, "`bands`, `points`, `stage`: criteria by level."),
        optional("source", Shape::Text, "The decision that it comes from."),
    ],
};

static DISCLOSURE: Block = Block {
    name: "disclosure",
    doc: "A proposal to the administration and the most it may choose; the administration decides.",
    others: None,
    fields: &[
        required("default", Shape::Word(DisclosureLevel::WORDS), "Proposed level."),
        required("ceiling", Shape::Word(DisclosureLevel::WORDS), "Highest level."),
        required("min_cell", COUNT, "Smallest cell that may leave the node."),
        required("min_contributors", COUNT, "Fewest contributors to a cell."),
    ],
};

static EVIDENCE: Block = Block {
    name: "evidence",
    doc: "What proves a value.",
    others: None,
    fields: &[
        required("required", NAMES, "Must be attached."),
        optional("acceptable", NAMES, "Is accepted."),
        optional("rubric", Shape::Text, "Rubric code, for maturity levels."),
    ],
};

static CHECK: Block = Block {
    name: "check",
    doc: "Plausibility of the population.",
    others: None,
    fields: &[
        required("id", Shape::Form(Form::Name), "Stable name within the KPI."),
        required("severity", Shape::Word(SEVERITIES), "Weight of a failure."),
        required("assert", Shape::Expression("aggregate, boolean"), "What must hold."),
        optional("waivable", Shape::Bool, "May be waived with a reason; default false."),
        optional("doc", Shape::Text, "What a failure means."),
    ],
};

static REFERENCE: Block = Block {
    name: "reference",
    doc: "Link to an instrument or another scheme.",
    others: None,
    fields: &[
        required("to", Shape::Form(Form::Target), "Target, for example `wto-tfa:7.6`, `sdg:17.1`, `instrument:rkc`."),
        required("kind", Shape::Word(LINK_KINDS), "How the two relate."),
    ],
};

static FIXTURE: Block = Block {
    name: "fixture",
    doc: "Worked example and conformance test: if prose and fixture differ, the file is wrong.",
    others: None,
    fields: &[
        optional("input", Shape::Text, "CSV file with records of the first contract."),
        optional("inputs", Shape::Map(&Shape::Text), "CSV files by contract, where there are several."),
        required("period", Shape::Form(Form::Period), "Period that is measured."),
        optional(
            "extracted_at",
            Shape::Form(Form::Instant),
            "When the extract was made; default later than everything.",
        ),
        required("expect", Shape::Block(&EXPECT), "Expected figures; only those given are compared."),
        optional("doc", Shape::Text, "How the figures come about."),
    ],
};

static EXPECT: Block = Block {
    name: "fixture.expect",
    doc: "Expected figures.",
    others: None,
    fields: &[
        optional("numerator", NUMBER, "Upper part."),
        optional("denominator", NUMBER, "Lower part."),
        optional("value", NUMBER, "Value."),
        optional("coverage", SHARE, "Share of records that could be used."),
        optional("status", Shape::Word(crate::observation::EngineStatus::WORDS), "Engine status."),
        optional("n", COUNT, "Records counted."),
        optional("failed_checks", NAMES, "Ids of checks that must fail."),
    ],
};

static HISTORY: Block = Block {
    name: "history",
    doc: "Versions before this one.",
    others: None,
    fields: &[
        required("supersedes", Shape::Text, "Earlier version, or empty."),
        required("break", Shape::Word(BreakClass::WORDS), "Break that this version makes."),
        optional("bridge", NUMBER, "Ratio or difference that links the series."),
        optional("reason", Shape::Text, "Why it changed."),
    ],
};

/// Codes of KPIs that are members of something; kept here because instruments use the same list.
pub(super) const KPI_LIST: Field = optional("kpis", KPI_IDS, "KPIs that show its application.");
