//! A national mapping: how an administration's own tables fill a contract. Stays in the node.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

mod read;

pub use read::Target;

crate::kpi::words! {
    /// What to do with a code that the value map does not hold.
    OtherCode {
        /// The row goes to quarantine.
        Error = "error",
        /// The code is taken as it is.
        Keep = "keep",
        /// The field is left empty.
        Empty = "empty",
    }
}
crate::kpi::words! {
    /// What to do with a row whose key is already there.
    OnDuplicate {
        /// The later row goes to quarantine.
        Quarantine = "quarantine",
        /// Equal and unequal repeats are dropped and counted; the first stays.
        First = "first",
    }
}
crate::kpi::words! {
    /// Format of source files.
    SourceFormat {
        /// Text with a delimiter.
        Csv = "csv",
        /// Parquet.
        Parquet = "parquet",
        /// Excel workbook.
        Xlsx = "xlsx",
    }
}

/// Where one contract field comes from.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FieldMapping {
    /// Source column; matched after trimming, case folding and collapsing spaces.
    pub column: Option<String>,
    /// Full SQL scalar expression over the source's columns (as text).
    pub expr: Option<String>,
    /// The same value for every row.
    pub constant: Option<String>,
    /// Translation of codes.
    pub values: BTreeMap<String, String>,
    /// CSV file with columns `from,to`, beside the mapping, for long translations.
    pub list: Option<String>,
    /// What to do with other codes, when `values` or `list` is given.
    pub other: Option<OtherCode>,
    /// Date and time format in strptime form (`%d/%m/%Y %H:%M`); default RFC 3339 and `%Y-%m-%d[ %H:%M[:%S]]`.
    pub format: Option<String>,
    /// IANA zone of local times; default the mapping's, then the node's.
    pub zone: Option<String>,
    /// Precision of the stamps: `day`, `minute`, `second`; default from the format.
    pub precision: Option<crate::kpi::Precision>,
    /// Decimal sign; default the mapping's.
    pub decimal: Option<char>,
    /// Factor that turns the source's unit into the contract's (exact decimal text such as `0.001`).
    pub factor: Option<String>,
    /// Column that holds the currency, or a currency code; must be the node's currency unless `rate` names a column.
    pub currency: Option<String>,
    /// Column with the exchange rate to national currency.
    pub rate: Option<String>,
}

/// A mapping file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mapping {
    /// File name without `.toml`; names the source in manifests.
    pub name: String,
    /// Contract name without version.
    pub contract: String,
    /// Contract version.
    pub contract_version: u32,
    /// File, folder or pattern (`declarations-*.csv`), relative to the folder given to `mizan ingest`.
    pub from: String,
    /// SQL file beside the mapping; its `source` table is what `from` names, its result is what `fields` read.
    pub query: Option<String>,
    /// Text of that SQL file.
    pub query_text: Option<String>,
    /// Format; default from the file name.
    pub format: Option<SourceFormat>,
    /// XLSX sheet; default the first.
    pub sheet: Option<String>,
    /// CSV delimiter; default: found out among comma, semicolon, tab, bar.
    pub delimiter: Option<char>,
    /// Encoding label (WHATWG); default UTF-8, with or without byte order mark.
    pub encoding: Option<String>,
    /// Decimal sign, default `.`.
    pub decimal: char,
    /// Texts that mean missing, besides the empty text.
    pub missing: Vec<String>,
    /// Zone of local times; default the node's.
    pub zone: Option<String>,
    /// Rows with an existing key.
    pub on_duplicate: OnDuplicate,
    /// When the extract was made, RFC 3339; default the latest stamp in the records.
    pub extracted_at: Option<String>,
    /// Contract field to source.
    pub fields: BTreeMap<String, FieldMapping>,
    /// Lists named by `list`, read from beside the mapping: from → to.
    pub lists: BTreeMap<String, BTreeMap<String, String>>,
}
