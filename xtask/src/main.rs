//! Tasks of the project's developers: `cargo xtask codegen`, `licences`, `bench`.
//!
//! Nothing here is part of the program.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

mod bench;
mod codegen;
mod licences;

const USAGE: &str = "\
cargo xtask TASK

  codegen [--check]   write the generated files, or check that they are up to date
  licences            check licences, bans and sources of all dependencies against deny.toml
  bench [OPTIONS]     measure the program beside DuckDB (`cargo xtask bench --help`)
  bench scores        measure indices and frontiers on one core
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    let Some((task, rest)) = arguments.split_first() else { bail!("which task?\n\n{USAGE}") };
    let root = root()?;
    match (task.as_str(), rest) {
        ("codegen", []) => codegen::write(&root),
        ("codegen", [check]) if check == "--check" => codegen::check(&root),
        ("licences", []) => licences::check(&root),
        ("bench", [what]) if what == "scores" => bench::scores::run(&root),
        ("bench", options) => bench::run(&root, options),
        _ => bail!("`{}` is not a task\n\n{USAGE}", arguments.join(" ")),
    }
}

/// Folder of the workspace that it is called in. A path from the build would be that of another clone, where clones share
/// a target folder.
fn root() -> Result<PathBuf> {
    let here = std::env::current_dir()?;
    let root = here.ancestors().find(|folder| folder.join("xtask/Cargo.toml").is_file());
    root.map(PathBuf::from).context("call it inside of the project")
}
