//! Fresh processes, and what they used.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use wait4::Wait4 as _;

/// What a process used.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Usage {
    /// Seconds from start to end.
    pub wall: f64,
    /// Seconds of all cores, user and system.
    pub cpu: f64,
    /// Peak resident memory in megabytes (10^6 bytes).
    pub memory: f64,
}

/// Runs a command to its end and measures it. Its stderr is shown only if it fails.
pub fn measured(command: &mut Command) -> Result<Usage> {
    let name = command.get_program().to_string_lossy().into_owned();
    let log = std::env::temp_dir().join(format!("xtask-bench-{}.log", std::process::id()));
    let stderr = std::fs::File::create(&log).with_context(|| log.display().to_string())?;
    let started = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(stderr)
        .spawn()
        .with_context(|| format!("`{name}` cannot be started"))?;
    let used = child.wait4().with_context(|| name.clone())?;
    let wall = started.elapsed();
    let said = std::fs::read_to_string(&log).unwrap_or_default();
    let _ = std::fs::remove_file(&log);
    if !used.status.success() {
        bail!("`{name}` failed ({}):\n{}", used.status, said.trim_end());
    }
    let seconds = |time: Duration| time.as_secs_f64();
    Ok(Usage {
        wall: seconds(wall),
        cpu: seconds(used.rusage.utime) + seconds(used.rusage.stime),
        memory: used.rusage.maxrss as f64 / 1e6,
    })
}

/// The median of each figure on its own; zeros for no runs.
pub fn median(runs: &[Usage]) -> Usage {
    let of = |figure: fn(&Usage) -> f64| {
        let mut values: Vec<f64> = runs.iter().map(figure).collect();
        values.sort_by(f64::total_cmp);
        match (values.len(), values.len() / 2) {
            (0, _) => 0.0,
            (length, middle) if length % 2 == 1 => values[middle],
            (_, middle) => (values[middle - 1] + values[middle]) / 2.0,
        }
    };
    Usage { wall: of(|run| run.wall), cpu: of(|run| run.cpu), memory: of(|run| run.memory) }
}

/// `part / whole`; `None` when there is nothing to divide by.
pub fn ratio(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0 && part.is_finite()).then(|| part / whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usage(wall: f64, cpu: f64, memory: f64) -> Usage {
        Usage { wall, cpu, memory }
    }

    #[test]
    fn the_median_is_taken_figure_by_figure() {
        let runs = [usage(3.0, 10.0, 100.0), usage(1.0, 30.0, 300.0), usage(2.0, 20.0, 200.0)];
        assert_eq!(median(&runs), usage(2.0, 20.0, 200.0));
        assert_eq!(median(&runs[..2]), usage(2.0, 20.0, 200.0));
        assert_eq!(median(&[]), Usage::default());
    }

    #[test]
    fn a_ratio_needs_something_to_divide_by() {
        assert_eq!(ratio(29.0, 7.25), Some(4.0));
        assert_eq!(ratio(1.0, 0.0), None);
        assert_eq!(ratio(f64::NAN, 1.0), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_process_is_measured_and_a_failure_tells_its_words() {
        let used = measured(Command::new("sh").args(["-c", "sleep 0.05"])).unwrap();
        assert!(used.wall >= 0.05 && used.cpu < used.wall && used.memory > 0.1, "{used:?}");
        let error = measured(Command::new("sh").args(["-c", "echo no such month >&2; exit 3"])).unwrap_err();
        assert!(error.to_string().contains("no such month"), "{error}");
    }
}
