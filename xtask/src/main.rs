//! Tasks of the project's developers: `cargo xtask codegen`, `licences`, `bench`.
//!
//! Nothing here is part of the program.

use std::path::PathBuf;
use std::process::ExitCode;

mod bench;
mod codegen;
mod licences;

const USAGE: &str = "\
cargo xtask TASK

  codegen [--check]   write the generated files, or check that they are up to date
  licences            check licences, bans and sources of all dependencies against deny.toml
  bench [OPTIONS]     measure the program beside DuckDB (`cargo xtask bench --help`)
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.split_first() {
        Some((task, rest)) => match (task.as_str(), rest) {
            ("codegen", []) => codegen::write(&root()),
            ("codegen", [check]) if check == "--check" => codegen::check(&root()),
            ("licences", []) => licences::check(&root()),
            ("bench", options) => bench::run(&root(), options),
            _ => Err(anyhow::anyhow!("`{}` is not a task\n\n{USAGE}", arguments.join(" "))),
        },
        None => Err(anyhow::anyhow!("which task?\n\n{USAGE}")),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Folder of the workspace.
fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or(here.clone(), PathBuf::from)
}
