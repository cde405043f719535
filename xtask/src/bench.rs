//! `cargo xtask bench`: Mizan beside DuckDB, on the same Parquet files, on two threads.
//!
//! Each contestant runs in fresh processes, in turn, so that a busy machine is busy for all. What is compared is CPU
//! seconds and memory; clocks are shown too. Answers are compared figure by figure, and a wrong one fails the run.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

mod agreement;
mod framework;
mod node;
mod options;
mod process;
mod report;
pub mod scores;

use agreement::Agreement;
use node::{Node, month};
use options::Options;
use process::{Usage, measured};

/// Threads of every contestant.
const THREADS: &str = "2";
/// Memory limit of ours.
const MEMORY: &str = "1GB";
/// Numbers of KPIs for which the growth of cost is shown.
const KPI_COUNTS: [usize; 3] = [10, 30, framework::MOST];
/// Times the rows of the memory test.
const MEMORY_TEST_TIMES: u64 = 5;

/// Everything that was measured; lists of runs.
#[derive(Debug, Default)]
struct Results {
    /// Rows of `item` and `declaration`, bytes of their files.
    rows: [u64; 2],
    bytes: u64,
    duckdb: String,
    ours: Vec<Usage>,
    singles: Vec<Usage>,
    fused: Vec<Usage>,
    agreement: Vec<(&'static str, Agreement)>,
    /// With one new month: only what changed, and everything.
    incremental: Vec<Usage>,
    incremental_full: Vec<Usage>,
    /// By number of KPIs.
    kpi_counts: Vec<(usize, Vec<Usage>)>,
    /// Rows of `item` and runs, at more rows.
    more_rows: Option<(u64, Vec<Usage>)>,
}

/// Measures, prints the report and writes it to `<target>/bench/result.md`.
pub fn run(root: &Path, arguments: &[String]) -> Result<()> {
    let options = Options::from_arguments(arguments)?;
    if options.help {
        print!("{}", options::HELP);
        return Ok(());
    }
    let target = target_folder(root)?;
    let bench = target.join("bench");
    let program = match &options.program {
        Some(program) => program.clone(),
        None => build(root, &target, &["--bin", "mizan"])?,
    };
    let python = python(&bench)?;
    let contest = Contest { root, program, python, bench: bench.clone() };
    let (node, folder) = contest.node(options.rows, &options, &target)?;
    let mut results = Results {
        rows: [node.rows("item"), node.rows("declaration")],
        bytes: node.bytes(),
        duckdb: contest.duckdb_version()?,
        ..Results::default()
    };
    contest.beside(&node, &options, &mut results)?;
    contest.incremental(&node, &options, &mut results)?;
    contest.growth(&node, &options, &mut results)?;
    if options.memory_test {
        results.more_rows = Some(contest.more_rows(&options, &target)?);
    }
    let command = format!("cargo xtask bench {}", arguments.join(" "));
    let text = report::markdown(command.trim_end(), &options, &results);
    let path = bench.join("result.md");
    std::fs::write(&path, &text).with_context(|| path.display().to_string())?;
    print!("{text}");
    if !options.keep {
        std::fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
    }
    match results.agreement.iter().find(|(_, agreement)| !agreement.holds()) {
        None => Ok(()),
        Some((with, agreement)) => {
            bail!("figures differ from those of {with}, for example:\n  {}", agreement.examples.join("\n  "))
        }
    }
}

struct Contest<'a> {
    root: &'a Path,
    program: PathBuf,
    python: PathBuf,
    bench: PathBuf,
}

impl Contest<'_> {
    fn node(&self, rows: u64, options: &Options, target: &Path) -> Result<(Node, PathBuf)> {
        let (months, offices) = (options.months, options.offices);
        let folder = self.bench.join(format!("{rows}-items-{months}-months-{offices}-offices"));
        let writer = || build(self.root, target, &["--example", "bench_data"]);
        let node = node::prepare(&folder, rows, months, offices, writer, self.root)?;
        node.forget_parts()?;
        node.warm()?;
        Ok((node, folder))
    }

    fn duckdb_version(&self) -> Result<String> {
        let output = Command::new(&self.python).args(["-c", "import duckdb; print(duckdb.__version__)"]).output()?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// `mizan measure` over the first months; the figures by office go to `out`.
    fn ours(&self, node: &Node, kpis: &[String], months: u32, fresh: bool, out: &str) -> Result<Usage> {
        let select: Vec<String> = kpis.iter().map(|id| format!("kpi:{id}")).collect();
        let period = format!("{}..{}", month(0), month(months - 1));
        let mut command = Command::new(&self.program);
        command.arg("measure").arg("--node").arg(&node.folder);
        command.args(["--by", "office", "--grain", "month", "--period", &period, "--select", &select.join(",")]);
        command.args([
            "--threads",
            THREADS,
            "--memory",
            MEMORY,
            "--format",
            "csv",
            "--quiet",
            "--no-progress",
            "--exit-zero",
        ]);
        command.arg("--out").arg(self.bench.join(out));
        if fresh {
            command.arg("--fresh");
        }
        measured(&mut command)
    }

    fn theirs(&self, node: &Node, way: &str) -> Result<Usage> {
        let months: Vec<String> = (0..node.months).map(|index| month(index).to_string()).collect();
        let mut command = Command::new(&self.python);
        command.arg(self.root.join("xtask/bench/queries.py")).arg(way).arg(node.folder.join("records"));
        command.arg(months.join(",")).arg(self.bench.join(format!("{way}.csv"))).current_dir(&self.bench);
        measured(&mut command)
    }

    /// Ours, one query a KPI, one fused query a table, in turn.
    fn beside(&self, node: &Node, options: &Options, results: &mut Results) -> Result<()> {
        let kpis = framework::compared();
        for round in 1..=options.rounds {
            say(&format!("round {round} of {}", options.rounds));
            results.ours.push(shown("mizan", self.ours(node, &kpis, node.months, true, "ours.csv")?));
            results.singles.push(shown("DuckDB, one query a KPI", self.theirs(node, "singles")?));
            results.fused.push(shown("DuckDB, fused", self.theirs(node, "fused")?));
        }
        let read = |name: &str| -> Result<String> {
            let path = self.bench.join(name);
            std::fs::read_to_string(&path).with_context(|| path.display().to_string())
        };
        let (figures, hidden) = agreement::read_ours(&read("ours.csv")?)?;
        for (way, name) in [("singles", "DuckDB, one query a KPI"), ("fused", "DuckDB, fused")] {
            let theirs = agreement::read_theirs(&read(&format!("{way}.csv"))?)?;
            results.agreement.push((name, agreement::compare(&figures, &hidden, &theirs)));
        }
        Ok(())
    }

    /// One month more: only what changed, then everything; both must write the same bytes.
    fn incremental(&self, node: &Node, options: &Options, results: &mut Results) -> Result<()> {
        let kpis = framework::compared();
        let months = node.months + 1;
        self.ours(node, &kpis, node.months, true, "before.csv")?;
        node.save_parts()?;
        node.take_months(months)?;
        for _ in 0..options.rounds {
            node.restore_parts()?;
            results.incremental.push(shown("one new month", self.ours(node, &kpis, months, false, "incremental.csv")?));
            let full = self.ours(node, &kpis, months, true, "full.csv")?;
            results.incremental_full.push(shown("all months again", full));
        }
        let read = |name: &str| std::fs::read(self.bench.join(name)).with_context(|| name.to_owned());
        if read("incremental.csv")? != read("full.csv")? {
            bail!("an incremental run gives other bytes than a full one");
        }
        node.take_months(node.months)
    }

    /// Cost by number of KPIs.
    fn growth(&self, node: &Node, options: &Options, results: &mut Results) -> Result<()> {
        let all = framework::all();
        results.kpi_counts = KPI_COUNTS.iter().map(|&count| (count, Vec::new())).collect();
        for _ in 0..options.rounds {
            for (count, runs) in &mut results.kpi_counts {
                let used = self.ours(node, &all[..*count], node.months, true, "growth.csv")?;
                runs.push(shown(&format!("{count} KPIs"), used));
            }
        }
        Ok(())
    }

    /// Memory at more rows.
    fn more_rows(&self, options: &Options, target: &Path) -> Result<(u64, Vec<Usage>)> {
        let (node, folder) = self.node(options.rows * MEMORY_TEST_TIMES, options, target)?;
        let mut runs = Vec::new();
        for _ in 0..options.rounds {
            runs.push(shown(
                "more rows",
                self.ours(&node, &framework::compared(), node.months, true, "more-rows.csv")?,
            ));
        }
        if !options.keep {
            std::fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
        }
        Ok((node.rows("item"), runs))
    }
}

fn say(line: &str) {
    eprintln!("{line}");
}

fn shown(name: &str, used: Usage) -> Usage {
    say(&format!("  {name}: {:.2} s, {:.2} CPU s, {:.0} MB", used.wall, used.cpu, used.memory));
    used
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn target_folder(root: &Path) -> Result<PathBuf> {
    let output = cargo().args(["metadata", "--format-version", "1", "--no-deps"]).current_dir(root).output()?;
    let metadata: Value = serde_json::from_slice(&output.stdout).context("cargo metadata")?;
    let folder = metadata.get("target_directory").and_then(Value::as_str).context("cargo metadata names no target")?;
    Ok(PathBuf::from(folder))
}

/// Builds a program; the last argument names it. Features are those of the whole workspace, so that nothing heavy is
/// built a second time.
fn build(root: &Path, target: &Path, what: &[&str]) -> Result<PathBuf> {
    let [.., kind, name] = what else { bail!("nothing to build") };
    say(&format!("building {name}"));
    let status = cargo()
        .args(["build", "--release", "--workspace", "--locked", "--quiet"])
        .args(what)
        .current_dir(root)
        .status()?;
    if !status.success() {
        bail!("`{name}` cannot be built");
    }
    let folder = target.join("release");
    Ok(if *kind == "--example" { folder.join("examples").join(name) } else { folder.join(name) })
}

/// Python with DuckDB, installed where it is missing.
fn python(bench: &Path) -> Result<PathBuf> {
    let venv = bench.join("venv");
    let python = venv.join("bin/python");
    let has_duckdb =
        || Command::new(&python).args(["-c", "import duckdb"]).output().is_ok_and(|output| output.status.success());
    if !has_duckdb() {
        say("installing DuckDB from PyPI");
        std::fs::create_dir_all(bench)?;
        let run = |command: &mut Command, name: &str| -> Result<()> {
            let output = command.output().with_context(|| format!("`{name}` cannot be started"))?;
            if !output.status.success() {
                bail!("`{name}` failed:\n{}", String::from_utf8_lossy(&output.stderr).trim_end());
            }
            Ok(())
        };
        run(Command::new("python3").args(["-m", "venv"]).arg(&venv), "python3 -m venv")?;
        run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "duckdb"]), "pip install duckdb")?;
    }
    Ok(python)
}
