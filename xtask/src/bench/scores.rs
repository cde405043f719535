//! `cargo xtask bench scores`: how long indices and frontiers take on one core.
//!
//! The programs are examples of the crates themselves. Where R is there with the packages that people use today, the
//! same questions are asked of it in the same run; else the numbers are absolute.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// The examples that measure, by crate.
const EXAMPLES: [(&str, &str); 2] = [("mizan-index", "uncertainty_bench"), ("mizan-frontier", "envelopment_bench")];

/// The radial programs of `envelopment_bench` in R: Benchmarking's `dea`, 1,000 units.
const R: &str = "suppressMessages(library(Benchmarking)); set.seed(1); n <- 1000; x <- matrix(runif(3 * n, 10, 100), n); \
                 s <- exp(0.8 * rowMeans(log(x))) * runif(n, 0.3, 1); y <- s * matrix(runif(3 * n, 0.85, 1.15), n); \
                 t <- system.time(dea(x, y, RTS = 'vrs')); cat(t[['user.self']] + t[['sys.self']])";

/// Builds and runs the examples on one core, then R.
pub fn run(root: &Path) -> Result<()> {
    for (package, example) in EXAMPLES {
        println!("\n## {example}, one core\n");
        let status = Command::new(env!("CARGO"))
            .args(["run", "--release", "--locked", "--quiet", "--package", package, "--example", example])
            .env("RAYON_NUM_THREADS", "1")
            .current_dir(root)
            .status()
            .with_context(|| format!("cannot run {example}"))?;
        if !status.success() {
            bail!("{example} failed");
        }
    }
    let started = Instant::now();
    match Command::new("Rscript").args(["-e", R]).output() {
        Ok(output) if output.status.success() => {
            let seconds = String::from_utf8_lossy(&output.stdout).into_owned();
            println!("\nR, Benchmarking::dea, 1,000 units: {seconds} s of the processor");
        }
        _ => println!(
            "\nR with the package Benchmarking is not here ({:.1} s to see it): absolute numbers only",
            started.elapsed().as_secs_f64()
        ),
    }
    Ok(())
}
