//! The source tables: which columns an administration's systems export.
//!
//! A declaration file gives no lanes, event times or counts of inspections; items, controls and payments give no office,
//! flow or mode. The node derives them from events and by `decl_id`.

use crate::sheet::Layout;

/// A table that an administration exports.
#[derive(Debug, Clone, Copy)]
pub struct SourceTable {
    /// Contract that it fills, without version.
    pub contract: &'static str,
    /// Files, as a pattern relative to the folder.
    pub files: &'static str,
    /// Columns, which are named like the contract's fields.
    pub columns: &'static [&'static str],
}

const fn table(contract: &'static str, files: &'static str, layout: &Layout) -> SourceTable {
    SourceTable { contract, files, columns: layout.columns }
}

/// All tables that [`crate::write_administration`] writes. `control` has two: controls of declarations, and controls in the field
/// (travellers, mobile teams, foreign ports), which come from another system.
pub const SOURCE_TABLES: [SourceTable; 20] = [
    table("declaration", "declaration-*.csv", &DECLARATION),
    table("item", "item-*.csv", &ITEM),
    table("event", "event-*.csv", &EVENT),
    table("control", "control-*.csv", &CONTROL),
    table("control", "field_control-*.csv", &FIELD_CONTROL),
    table("payment", "payment-*.csv", &PAYMENT),
    table("other_agency", "other_agency-*.csv", &OTHER_AGENCY),
    table("consignment", "consignment-*.csv", &CONSIGNMENT),
    table("seizure", "seizure.csv", &SEIZURE),
    table("offence", "offence.csv", &OFFENCE),
    table("ruling", "ruling.csv", &RULING),
    table("appeal", "appeal.csv", &APPEAL),
    table("aeo_register", "aeo_register.csv", &AEO_REGISTER),
    table("staff", "staff.csv", &STAFF),
    table("survey", "survey.csv", &SURVEY),
    table("enquiry", "enquiry.csv", &ENQUIRY),
    table("log", "log.csv", &LOG),
    table("annual_total", "annual_total.csv", &ANNUAL_TOTAL),
    table("external_series", "external_series.csv", &EXTERNAL_SERIES),
    table("cycle_submission", "cycle_submission.csv", &CYCLE_SUBMISSION),
];

/// Nothing planted.
const fn sound(columns: &'static [&'static str]) -> Layout {
    Layout { columns, key: 0, date: None, code: None, amount: None, duplicate: false, short: false }
}

/// Damaged rows planted: broken stamps in `date`, unknown codes in `code`, negative amounts, repeats and short rows.
const fn damaged(columns: &'static [&'static str], date: usize, code: Option<usize>, amount: Option<usize>) -> Layout {
    Layout { columns, key: 0, date: Some(date), code, amount, duplicate: true, short: true }
}

pub(crate) const DECLARATION: Layout = damaged(
    &[
        "decl_id",
        "accepted_at",
        "flow",
        "value",
        "office",
        "border_office",
        "declaration_type",
        "procedure_national",
        "procedure",
        "trader_reference",
        "ucr",
        "manifest_ref",
        "exporter",
        "consignee",
        "declarant",
        "mode",
        "traffic",
        "container",
        "incoterm",
        "n_items",
        "n_packages",
        "lodgement",
        "processing",
        "ecommerce",
        "aeo",
        "aeo_type",
        "cancelled",
        "corridor",
        "transit_limit_at",
        "standard_minutes",
    ],
    1,
    Some(2),
    Some(3),
);

pub(crate) const ITEM: Layout = damaged(
    &[
        "decl_id",
        "item_no",
        "accepted_at",
        "procedure",
        "value",
        "value_declared",
        "value_assessed",
        "hs_code",
        "hs_code_declared",
        "hs_code_assessed",
        "preference",
        "origin",
        "partner",
        "gross_mass",
        "net_mass",
        "supplementary_qty",
        "valuation_method",
        "checked",
        "total_taxes",
        "total_exempt",
        "total_guaranteed",
    ],
    2,
    Some(3),
    Some(4),
);

pub(crate) const EVENT: Layout =
    damaged(&["decl_id", "event_type", "event_no", "at", "actor", "holder", "lane", "result"], 3, Some(1), None);

pub(crate) const CONTROL: Layout = damaged(
    &[
        "control_id",
        "decl_id",
        "item_no",
        "kind",
        "selection",
        "target",
        "profile",
        "model",
        "score",
        "inspector",
        "agency",
        "joint",
        "started_at",
        "ended_at",
        "result",
        "hit",
        "offence_type",
        "additional_amount",
        "due_amount",
        "paid_amount",
        "rerouted_from",
        "rerouted_to",
        "stratum",
        "weight",
        "sector",
        "key_industry",
        "agreement",
        "audit_type",
        "unit",
        "scanner",
    ],
    13,
    Some(3),
    Some(17),
);

pub(crate) const FIELD_CONTROL: Layout = damaged(
    &[
        "control_id",
        "kind",
        "selection",
        "target",
        "inspector",
        "agency",
        "joint",
        "started_at",
        "ended_at",
        "hit",
        "offence_type",
        "stratum",
        "weight",
        "region",
        "airport",
        "resolved_abroad",
        "port",
        "traffic",
        "office",
        "flow",
        "mode",
    ],
    8,
    Some(1),
    None,
);

pub(crate) const PAYMENT: Layout = damaged(
    &[
        "payment_id",
        "kind",
        "booked_at",
        "decl_id",
        "tax_code",
        "amount",
        "currency",
        "due_at",
        "paid_at",
        "claimed_at",
        "method",
        "payer_type",
        "refund_type",
        "deferred",
        "guarantee",
        "guarantor",
        "privilege",
        "misused",
        "age_days",
        "age_band",
    ],
    2,
    Some(1),
    Some(5),
);

pub(crate) const OTHER_AGENCY: Layout = damaged(
    &[
        "record_id",
        "agency",
        "kind",
        "requested_at",
        "answered_at",
        "decision",
        "single_window",
        "decl_id",
        "matched",
        "licence",
    ],
    3,
    Some(2),
    None,
);

pub(crate) const CONSIGNMENT: Layout = damaged(
    &[
        "consignment_id",
        "arrived_at",
        "cleared_at",
        "flow",
        "mode",
        "traffic",
        "port",
        "containers",
        "screened_port",
        "advance_complete",
        "ecommerce",
        "operator",
        "office",
    ],
    1,
    Some(3),
    None,
);

pub(crate) const SEIZURE: Layout = damaged(
    &[
        "seizure_id",
        "seized_at",
        "category",
        "office",
        "place",
        "direction",
        "mode",
        "traffic",
        "product",
        "regime",
        "hs_code",
        "quantity",
        "unit",
        "mass",
        "pieces",
        "value",
        "concealment",
        "detection",
        "selection",
        "control_id",
        "case_id",
        "reported_at",
        "report_days",
    ],
    1,
    Some(2),
    None,
);

pub(crate) const OFFENCE: Layout = damaged(
    &["offence_id", "opened_at", "outcome", "offence_type", "office", "closed_at", "sanction"],
    1,
    Some(2),
    None,
);

pub(crate) const RULING: Layout =
    sound(&["ruling_id", "kind", "requested_at", "complete_at", "issued_at", "limit_days", "valid_to", "published"]);
pub(crate) const APPEAL: Layout =
    sound(&["appeal_id", "kind", "instance", "subject", "office", "lodged_at", "decided_at", "limit_days", "outcome"]);
pub(crate) const AEO_REGISTER: Layout =
    sound(&["aeo_id", "aeo_type", "role", "valid_from", "valid_to", "status", "mutual_recognition"]);
pub(crate) const STAFF: Layout =
    sound(&["month_end", "office", "grade", "role_function", "gender", "headcount", "fte", "training_days", "leavers"]);
pub(crate) const SURVEY: Layout = sound(&[
    "answer_id",
    "answered_at",
    "wave",
    "instrument",
    "respondent",
    "stratum",
    "weight",
    "factor",
    "question",
    "answer",
    "yes",
    "language",
    "sector",
    "size",
    "gender",
]);
pub(crate) const ENQUIRY: Layout =
    sound(&["enquiry_id", "contact", "topic", "received_at", "answered_at", "standard_hours"]);
pub(crate) const LOG: Layout = sound(&["log_id", "kind", "opened_at", "closed_at", "subject", "planned", "minutes"]);
pub(crate) const ANNUAL_TOTAL: Layout = sound(&["code", "total_period", "office", "amount", "unit", "source", "flow"]);
pub(crate) const EXTERNAL_SERIES: Layout =
    sound(&["provider", "series", "country", "series_period", "amount", "retrieved", "licence"]);
pub(crate) const CYCLE_SUBMISSION: Layout = sound(&[
    "cycle",
    "submission_period",
    "kpi",
    "kpi_version",
    "dimension",
    "answer",
    "reviewed",
    "confirmed",
    "method",
]);
