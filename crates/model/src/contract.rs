//! Data contracts: the common shape of records that definitions speak to.

use serde::{Deserialize, Serialize};

mod read;
mod rules;

pub(crate) use read::{file_name, read_contract, read_list, severity};
pub(crate) use rules::{check_contracts, unknown_field};

/// Type of a contract field, and how it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "type")]
pub enum FieldType {
    /// Free text or an identifier. Stored as UTF-8.
    Text,
    /// A code; `list` names the framework's code list, if it has one. Stored as UTF-8.
    Code {
        /// Name of a list in `lists/`, without `.toml`.
        list: Option<String>,
    },
    /// True or false.
    Bool,
    /// Whole number, 64 bit.
    Int,
    /// Fixed-point number, stored as `Decimal128(18, scale)`. Money has scale 2.
    Decimal {
        /// Digits after the decimal point.
        scale: u8,
    },
    /// Floating point: may be compared and put into a log histogram, never summed.
    Double,
    /// Calendar day. Stored as `Date32`.
    Date,
    /// Instant, stored in microseconds of UTC. Has a companion field `<name>_precision` (0 day, 1 minute, 2 second).
    Timestamp,
    /// Period code such as `2025`, `2025-Q2`, `2025-03`. Stored as UTF-8.
    Period,
}

/// How the node fills a field that the source does not give, from records of another contract with the same key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Derive {
    /// Name of the other contract, without version.
    pub contract: String,
    /// Field that both sides share, usually `decl_id`.
    pub on: String,
    /// SQL aggregate over the other contract's rows of one key.
    pub expr: String,
    /// 1: from records as ingested; 2: after all of stage 1 (look-ups of derived fields).
    pub stage: u8,
}

/// One field of a contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Lower snake case, never an SQL keyword.
    pub name: String,
    /// Type and storage.
    #[serde(flatten)]
    pub field_type: FieldType,
    /// A row without it goes to quarantine.
    pub required: bool,
    /// Identifies a person or firm: replaced by a keyed pseudonym on reading.
    pub personal: bool,
    /// Never leaves the node, not even as a breakdown.
    pub local: bool,
    /// Unit of a quantity, for people.
    pub unit: Option<String>,
    /// How the node derives it, where a source does not give it.
    pub derive: Option<Derive>,
    /// What it means, one sentence.
    pub doc: String,
    /// Element path in ASYCUDA World's SAD XML.
    pub asycuda: Option<String>,
    /// Element of the WCO Data Model.
    pub wco: Option<String>,
}

impl Field {
    /// A field of which nothing is known but its name and type.
    pub fn new(name: &str, field_type: FieldType) -> Self {
        Field {
            name: name.to_owned(),
            field_type,
            required: false,
            personal: false,
            local: false,
            unit: None,
            derive: None,
            doc: String::new(),
            asycuda: None,
            wco: None,
        }
    }
}

/// A condition that each row must meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowCheck {
    /// Stable name within the contract.
    pub id: String,
    /// SQL scalar expression over the contract's fields; a row where it is false fails, NULL passes.
    pub assert: String,
    /// Error: the row goes to quarantine. Otherwise it is counted.
    pub severity: crate::diagnostic::Severity,
}

/// A table that mappings fill and definitions read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// Name without version, for example `declaration`.
    pub name: String,
    /// Version, for example 1 in `declaration/1`.
    pub version: u32,
    /// English name, for people.
    pub title: String,
    /// Fields that identify a row.
    pub key: Vec<String>,
    /// Timestamp or date field whose local month places a row in a partition; `None`: one partition, `all`.
    pub partition: Option<String>,
    /// Fields in the order of the file.
    pub fields: Vec<Field>,
    /// Row checks.
    pub checks: Vec<RowCheck>,
}

impl Contract {
    /// Version 1 of a contract without key, partition and checks.
    pub fn new(name: &str, fields: Vec<Field>) -> Self {
        Contract {
            name: name.to_owned(),
            version: 1,
            title: String::new(),
            key: Vec::new(),
            partition: None,
            fields,
            checks: Vec::new(),
        }
    }

    /// The field with that name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.name == name)
    }

    /// Reference as definitions write it: `declaration/1`.
    pub fn reference(&self) -> String {
        format!("{}/{}", self.name, self.version)
    }
}

/// A list of codes, with groups where one code belongs to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeList {
    /// Name of the list, for example `channel`.
    pub name: String,
    /// Codes in the order of the file.
    pub codes: Vec<Code>,
    /// Codes outside the list are let through (national code lists).
    pub open: bool,
}

/// One code of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// The code itself.
    pub code: String,
    /// English label; other languages are in the catalogues under `list.<list>.<code>`.
    pub label: String,
    /// Groups that the code belongs to, for `in_list(field, 'list.group')`.
    pub groups: Vec<String>,
}

impl CodeList {
    /// Whether the code is in the list.
    pub fn contains(&self, code: &str) -> bool {
        self.codes.iter().any(|c| c.code == code)
    }
}
