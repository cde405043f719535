//! A framework: everything that says what is measured, how and in which words.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::contract::{CodeList, Contract};
use crate::kpi::Kpi;

mod canonical;
mod diff;
mod read;
mod texts;
mod translations;

pub use canonical::{canonical_json, sha256};
pub use diff::{ChangeClass, Difference, DifferenceKind, diff, diff_findings};
pub use texts::source_hash;

/// One of the dimensions of an assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    /// For example `tf`.
    pub id: String,
    /// English name.
    pub name: String,
}

/// An expected outcome within a dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// For example `rc.debt-management`.
    pub id: String,
    /// Dimension id.
    pub dimension: String,
    /// English name.
    pub name: String,
    /// Whether it is a published outcome name of the WCO's mechanism.
    pub pmm: bool,
}

/// A legal or technical instrument that outcomes apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    /// For example `rkc`.
    pub id: String,
    /// English name.
    pub name: String,
    /// `binding`, `standard`, `recommendation`, `guidance` or `tool`.
    pub obligation: String,
    /// Outcomes that apply it.
    pub outcomes: Vec<String>,
    /// KPIs that show its application.
    pub kpis: Vec<String>,
}

/// State of a translated text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextState {
    /// Made by a machine.
    Machine,
    /// Made by a person, not yet reviewed.
    Draft,
    /// Reviewed by a second person.
    Reviewed,
    /// Adopted by the body that owns the term.
    Official,
}

/// One translated text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// The text.
    pub text: String,
    /// `sha256:…` of the source text it was made from.
    pub source: String,
    /// State.
    pub state: TextState,
}

/// A framework, checked.
#[derive(Debug, Clone)]
pub struct Framework {
    /// For example `open-customs`.
    pub id: String,
    /// Version of the whole.
    pub version: String,
    /// Language of the KPI files.
    pub source_language: String,
    /// Languages with a catalogue, source language included.
    pub languages: Vec<String>,
    /// Dimensions in order.
    pub dimensions: Vec<Dimension>,
    /// Outcomes in order.
    pub outcomes: Vec<Outcome>,
    /// Contracts by name.
    pub contracts: BTreeMap<String, Contract>,
    /// Code lists by name.
    pub lists: BTreeMap<String, CodeList>,
    /// KPIs in order of id within dimensions in order.
    pub kpis: Vec<Kpi>,
    /// KPIs with errors that could still be read: never measured, kept so that later checks can add to the findings.
    pub broken: Vec<Kpi>,
    /// The only KPIs that may carry `origin.kind = "pmm"`.
    pub verified_pmm: Vec<String>,
    /// English names of breakdowns, by name.
    pub breakdown_names: BTreeMap<String, String>,
    /// English names of further statistics, by name.
    pub statistic_names: BTreeMap<String, String>,
    /// Instruments in order of id.
    pub instruments: Vec<Instrument>,
    /// Catalogues: language, then key (`TF-01.name`, `dimension.tf`, `outcome.tf.faster-release`, `list.channel.red`).
    pub catalogues: BTreeMap<String, BTreeMap<String, Translation>>,
    /// `sha256:…` over all files but `CHANGES.md` and `i18n/`, in canonical form.
    pub hash: String,
    /// Text of every file by path, for findings and fixtures.
    pub files: Arc<BTreeMap<String, String>>,
}

/// A framework text in a reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalText<'a> {
    /// The text.
    pub text: &'a str,
    /// Language that the text is in; differs from the reader's when it fell back.
    pub language: &'a str,
    /// State; `None` for the source text itself.
    pub state: Option<TextState>,
    /// The source text changed after the translation was made.
    pub stale: bool,
}

impl Framework {
    /// The KPI with that id.
    pub fn kpi(&self, id: &str) -> Option<&Kpi> {
        self.kpis.iter().find(|k| k.id == id)
    }
}
