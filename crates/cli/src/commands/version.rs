//! `mizan version` and `mizan schema`.

use mizan_model::schema::{FileKind, json_schema};
use serde_json::json;

use crate::arguments::SchemaArguments;
use crate::commands::Session;
use crate::embedded;
use crate::failure::{Exit, Failure};
use crate::node::read_framework;
use crate::output::{self, Format};

/// Prints the version.
pub fn run(format: Format, session: &Session<'_>) -> Result<Exit, Failure> {
    let framework = read_framework(embedded::framework(), session.text)?.framework;
    let version = env!("CARGO_PKG_VERSION");
    if format == Format::Json {
        output::print_json(&json!({
            "program": "mizan",
            "version": version,
            "framework": { "id": framework.id, "version": framework.version, "hash": framework.hash },
            "mapping_packs": embedded::PACKS,
        }));
    } else {
        output::print(&format!("mizan {version}\nframework {} {}\n", framework.id, framework.version));
    }
    Ok(Exit::Done)
}

/// Prints the JSON Schema of a kind of file.
pub fn schema(arguments: &SchemaArguments) -> Result<Exit, Failure> {
    let kind = FileKind::from_word(&arguments.kind).ok_or_else(|| Failure::usage("unknown kind of file"))?;
    output::print_json(&json_schema(kind));
    Ok(Exit::Done)
}
