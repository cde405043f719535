//! Options of `mizan score` and `mizan compare`.

use std::path::PathBuf;

use clap::Args;

use super::OutputArguments;

/// `mizan score`.
#[derive(Debug, Args)]
pub struct ScoreArguments {
    /// Files of observations (Parquet or CSV) of one or more administrations; the node's latest run if not given
    #[arg(value_name = "FILES")]
    pub files: Vec<PathBuf>,
    /// Folder of the framework; the node's, or the shipped one, if not given
    #[arg(long, value_name = "DIR")]
    pub framework: Option<PathBuf>,
    /// Year of the scores; the last one if not given
    #[arg(long, value_name = "YEAR")]
    pub year: Option<i64>,
    /// Table of administrations and their groups of peers (`area`, `group`, or the columns that a KPI names)
    #[arg(long, value_name = "FILE")]
    pub peers: Option<PathBuf>,
    /// Recipe of a composite index over the KPIs; the framework's own `recipe.toml`, or none, if not given
    #[arg(long, value_name = "FILE")]
    pub recipe: Option<PathBuf>,
    /// Only these administrations
    #[arg(long, value_delimiter = ',', value_name = "CODES")]
    pub area: Vec<String>,
    /// Write the audit record to this file
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
    /// Prove the result of this audit record: score again and compare bit for bit
    #[arg(long, conflicts_with_all = ["record", "files", "framework", "year", "peers", "area", "recipe"], value_name = "RECORD")]
    pub replay: Option<PathBuf>,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// `mizan compare`.
#[derive(Debug, Args)]
pub struct CompareArguments {
    /// Files of observations (Parquet or CSV) of several administrations
    #[arg(required = true, value_name = "FILES")]
    pub files: Vec<PathBuf>,
    /// Administration that is compared with the others
    #[arg(long, value_name = "CODE")]
    pub area: String,
    /// Folder of the framework; the node's, or the shipped one, if not given
    #[arg(long, value_name = "DIR")]
    pub framework: Option<PathBuf>,
    /// Year that is compared; the last one if not given
    #[arg(long, value_name = "YEAR")]
    pub year: Option<i64>,
    /// Table of administrations and their groups of peers (`area`, `group`, or the columns that a KPI names)
    #[arg(long, value_name = "FILE")]
    pub peers: Option<PathBuf>,
    /// Form and file.
    #[command(flatten)]
    pub output: OutputArguments,
}
