//! Options of `cargo xtask bench`.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

/// Shown by `--help`.
pub const HELP: &str = "\
cargo xtask bench [OPTIONS]

Measures Mizan beside DuckDB on the same Parquet files and writes <target>/bench/result.md.

  --rows N       declaration items [20000000]
  --months N     months that they are spread over [12]
  --offices N    customs offices [200]
  --rounds N     runs of each contestant, in turn; medians are given [3]
  --memory-test  also five times as many rows, to see that memory does not grow
  --quick        1,000,000 rows
  --keep         keep the records for the next run (some 45 bytes an item)
  --program FILE measure this build of Mizan instead of building one
";

/// What is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Items of the months that are measured in full.
    pub rows: u64,
    /// Those months.
    pub months: u32,
    /// Offices.
    pub offices: u32,
    /// Runs of each contestant.
    pub rounds: usize,
    /// Whether memory at five times the rows is measured.
    pub memory_test: bool,
    /// Whether the records stay on disk.
    pub keep: bool,
    /// A build of Mizan; `None`: one is built.
    pub program: Option<PathBuf>,
    /// Whether only the help was asked for.
    pub help: bool,
}

/// Most months: the extract and its closings must lie before the node's moment of extraction.
const MOST_MONTHS: u32 = 120;
/// Most offices that the record writer can name.
const MOST_OFFICES: u32 = 999;

impl Options {
    /// Reads the options of the command line.
    pub fn from_arguments(arguments: &[String]) -> Result<Self> {
        let mut options = Options {
            rows: 20_000_000,
            months: 12,
            offices: 200,
            rounds: 3,
            memory_test: false,
            keep: false,
            program: None,
            help: false,
        };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut number = |low: u64, high: u64| -> Result<u64> {
                let text = rest.next().with_context(|| format!("`{argument}` needs a number"))?;
                let value: u64 = text.parse().with_context(|| format!("`{text}` is not a number"))?;
                if !(low..=high).contains(&value) {
                    bail!("`{argument}` must lie between {low} and {high}");
                }
                Ok(value)
            };
            match argument.as_str() {
                "--rows" => options.rows = number(1_000, 1_000_000_000)?,
                "--months" => options.months = number(1, u64::from(MOST_MONTHS))? as u32,
                "--offices" => options.offices = number(1, u64::from(MOST_OFFICES))? as u32,
                "--rounds" => options.rounds = number(1, 99)? as usize,
                "--memory-test" => options.memory_test = true,
                "--quick" => options.rows = 1_000_000,
                "--keep" => options.keep = true,
                "--program" => {
                    let path = rest.next().with_context(|| format!("`{argument}` needs a file"))?;
                    options.program = Some(std::path::absolute(path)?);
                }
                "--help" | "-h" => options.help = true,
                _ => bail!("`{argument}` is not an option\n\n{HELP}"),
            }
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Options> {
        Options::from_arguments(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn options_are_read() {
        let options = read("--rows 2000000 --months 6 --offices 50 --keep").unwrap();
        assert_eq!((options.rows, options.months, options.offices, options.keep), (2_000_000, 6, 50, true));
        assert_eq!(read("--quick").unwrap().rows, 1_000_000);
        assert!(!read("").unwrap().memory_test);
        assert!(read("--program mizan").unwrap().program.is_some_and(|path| path.is_absolute()));
    }

    #[test]
    fn wrong_options_say_what_is_wrong() {
        let message = |line: &str| format!("{:#}", read(line).unwrap_err());
        assert_eq!(message("--rows"), "`--rows` needs a number");
        assert!(message("--rows many").starts_with("`many` is not a number"));
        assert_eq!(message("--months 0"), "`--months` must lie between 1 and 120");
        assert!(message("--fast").starts_with("`--fast` is not an option"));
    }
}
