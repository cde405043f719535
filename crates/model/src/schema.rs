//! One table of blocks and fields for every kind of file.
//!
//! The reader's checks (unknown keys, missing keys, types, words, ranges), the JSON Schemas for editors and the
//! Markdown reference all come from this table, so that they cannot disagree. Rules that tie several fields
//! together stand with the readers.

mod contract;
mod framework;
mod json;
mod kpi;
mod mapping;
mod markdown;
mod shape;
mod validate;

pub use json::json_schema;
pub use markdown::reference_markdown;
pub use shape::{Block, Field, Form, Shape};
pub use validate::validate;

use serde::{Deserialize, Serialize};

crate::kpi::words! {
    /// Kind of a file, told by its folder.
    FileKind {
        /// `framework.toml`.
        Framework = "framework",
        /// `contracts/<name>.toml`.
        Contract = "contract",
        /// `lists/<name>.toml`.
        List = "list",
        /// `kpis/<CODE>.toml`.
        Kpi = "kpi",
        /// `instruments/<id>.toml`.
        Instrument = "instrument",
        /// `crosswalks/<other>.toml`.
        Crosswalk = "crosswalk",
        /// `rubrics/<CODE>.toml`.
        Rubric = "rubric",
        /// `scales/<id>.toml`.
        Scale = "scale",
        /// `i18n/<lang>.toml`.
        Catalogue = "catalogue",
        /// `mappings/<name>.toml` of a node.
        Mapping = "mapping",
    }
}

impl FileKind {
    /// The block that describes the whole file.
    pub fn block(self) -> &'static Block {
        match self {
            FileKind::Framework => &framework::FRAMEWORK,
            FileKind::Contract => &contract::CONTRACT,
            FileKind::List => &contract::LIST,
            FileKind::Kpi => &kpi::KPI,
            FileKind::Instrument => &framework::INSTRUMENT,
            FileKind::Crosswalk => &framework::CROSSWALK,
            FileKind::Rubric => &framework::RUBRIC,
            FileKind::Scale => &framework::SCALE,
            FileKind::Catalogue => &framework::CATALOGUE,
            FileKind::Mapping => &mapping::MAPPING,
        }
    }

    /// The kind of a framework's file by its path, and the name that its folder asks for.
    pub fn of_path(path: &str) -> Option<(FileKind, &str)> {
        if path == "framework.toml" {
            return Some((FileKind::Framework, "framework"));
        }
        let (folder, rest) = path.split_once('/')?;
        let name = rest.strip_suffix(".toml").filter(|n| !n.contains('/'))?;
        let kind = match folder {
            "contracts" => FileKind::Contract,
            "lists" => FileKind::List,
            "kpis" => FileKind::Kpi,
            "instruments" => FileKind::Instrument,
            "crosswalks" => FileKind::Crosswalk,
            "rubrics" => FileKind::Rubric,
            "scales" => FileKind::Scale,
            "i18n" => FileKind::Catalogue,
            _ => return None,
        };
        Some((kind, name))
    }
}
