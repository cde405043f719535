//! What people see on stderr: lines, progress, findings, and the same as typed events.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use mizan_model::diagnostic::{Diagnostic, Severity};
use mizan_text::Text;
use serde_json::{Value, json};

use crate::arguments::{ColorChoice, GlobalArguments, LogFormat};
use crate::failure::Failure;
use crate::findings::{self, Texts, Words};

/// Time between two lines of progress where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// Speaks on stderr.
pub struct Report {
    quiet: bool,
    verbose: bool,
    bars: bool,
    color: bool,
    events: bool,
    words: Words,
}

impl Report {
    /// As the arguments and the environment ask for.
    pub fn new(arguments: &GlobalArguments, text: Arc<Text>) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let events = arguments.log_format == LogFormat::Json;
        Report {
            quiet: arguments.quiet,
            verbose: arguments.verbose > 0,
            bars: terminal && !arguments.no_progress && !arguments.quiet && !events,
            color: match arguments.color {
                ColorChoice::Always => true,
                ColorChoice::Never => false,
                ColorChoice::Auto => terminal && !no_color,
            },
            events,
            words: Words::new(text),
        }
    }

    /// For what is said before the arguments are known.
    pub fn plain(text: Arc<Text>) -> Self {
        Report { quiet: false, verbose: false, bars: false, color: false, events: false, words: Words::new(text) }
    }

    /// Why the program ends.
    pub fn failure(&self, failure: &Failure) {
        self.print(&failure.findings, &failure.texts, failure.translated);
    }

    /// A line for people; as an event where those were asked for.
    pub fn say(&self, line: &str) {
        if self.events {
            self.event("message", json!({ "text": line }));
        } else if !self.quiet {
            write_line(line);
        }
    }

    /// A line for people who asked for more.
    pub fn detail(&self, line: &str) {
        if self.verbose && !self.events {
            self.say(line);
        }
    }

    /// A typed event, one JSON object a line; nothing where people read.
    pub fn event(&self, name: &str, fields: Value) {
        if !self.events {
            return;
        }
        let mut object = serde_json::Map::new();
        object.insert("event".to_owned(), name.into());
        if let Value::Object(fields) = fields {
            object.extend(fields);
        }
        write_line(&Value::Object(object).to_string());
    }

    /// Findings, drawn or as events. With `-q` only errors.
    pub fn findings(&self, findings: &[Diagnostic], texts: &Texts) {
        self.print(findings, texts, false);
    }

    fn print(&self, findings: &[Diagnostic], texts: &Texts, translated: bool) {
        if self.events {
            if let Value::Array(list) = findings::to_json(findings, texts) {
                for finding in list {
                    self.event("finding", finding);
                }
            }
            return;
        }
        let shown: Vec<Diagnostic> =
            findings.iter().filter(|finding| !self.quiet || finding.severity == Severity::Error).cloned().collect();
        if shown.is_empty() {
            return;
        }
        write_line(&match translated {
            true => self.words.draw_translated(&shown, texts, self.color),
            false => self.words.draw_english(&shown, texts, self.color),
        });
    }

    /// Findings drawn as text, for commands whose answer they are.
    pub fn drawn(&self, findings: &[Diagnostic], texts: &Texts, color: bool) -> String {
        self.words.draw_english(findings, texts, color)
    }

    /// Whether stdout may be coloured.
    pub fn stdout_color(&self, choice: ColorChoice) -> bool {
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => std::io::stdout().is_terminal() && !no_color,
        }
    }

    /// Begins a phase. `total` is in units of `inc`; 0 is unknown.
    pub fn phase<'a>(&'a self, name: &'static str, title: &str, total: u64, text: &'a Text) -> Phase<'a> {
        self.event("phase_started", json!({ "phase": name, "total": total }));
        let bar = if self.bars {
            let bar = ProgressBar::with_draw_target(Some(total.max(1)), ProgressDrawTarget::stderr_with_hz(8));
            let form = if total > 0 { "{prefix} [{bar:24}] {percent:>3} %  {msg}" } else { "{prefix} {spinner} {msg}" };
            bar.set_style(ProgressStyle::with_template(form).expect("the form is fixed").progress_chars("=> "));
            bar.set_prefix(title.to_owned());
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        } else {
            ProgressBar::hidden()
        };
        let started = Instant::now();
        Phase {
            report: self,
            text,
            name,
            title: title.to_owned(),
            bar,
            total: AtomicU64::new(total),
            done: AtomicU64::new(0),
            rows: AtomicU64::new(0),
            started,
            said: Mutex::new(started),
        }
    }
}

fn write_line(line: &str) {
    // Nobody to tell, if stderr is gone.
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Time left, and the rate of rows in phases that go through rows: others are no faster for having none.
fn pace(text: &Text, [done, total, rows]: [u64; 3], seconds: f64) -> String {
    let left = (total > done && done > 0).then(|| seconds / done as f64 * (total - done) as f64);
    let left = left.map_or_else(|| "…".to_owned(), |left| text.duration(left));
    match rows {
        0 => text.messages.progress_left(&left),
        rows => text.messages.ingest_rate(&text.compact(Some((rows as f64 / seconds).round())), &left),
    }
}

/// One phase under way. Can be fed from several threads.
pub struct Phase<'a> {
    report: &'a Report,
    text: &'a Text,
    name: &'static str,
    title: String,
    bar: ProgressBar,
    total: AtomicU64,
    done: AtomicU64,
    rows: AtomicU64,
    started: Instant,
    said: Mutex<Instant>,
}

impl Phase<'_> {
    /// Sets how much there is to do, once that is known.
    pub fn set_total(&self, total: u64) {
        self.total.store(total, Ordering::Relaxed);
        self.bar.set_length(total.max(1));
        if total > 0 && self.report.bars {
            let style = ProgressStyle::with_template("{prefix} [{bar:24}] {percent:>3} %  {msg}");
            self.bar.set_style(style.expect("the form is fixed").progress_chars("=> "));
        }
    }

    /// So much more is done.
    pub fn inc(&self, amount: u64) {
        let done = self.done.fetch_add(amount, Ordering::Relaxed) + amount;
        self.bar.set_position(done);
        self.tell(done);
    }

    /// So many more rows went through; they make the rate.
    pub fn rows(&self, rows: u64) {
        self.rows.fetch_add(rows, Ordering::Relaxed);
    }

    fn tell(&self, done: u64) {
        let Ok(mut said) = self.said.try_lock() else { return };
        let wait = if self.report.bars { Duration::from_millis(250) } else { LINE_EVERY };
        if said.elapsed() < wait {
            return;
        }
        *said = Instant::now();
        let seconds = self.started.elapsed().as_secs_f64();
        let total = self.total.load(Ordering::Relaxed);
        let rows = self.rows.load(Ordering::Relaxed);
        let line = pace(self.text, [done, total, rows], seconds);
        if self.report.bars {
            self.bar.set_message(line);
        } else if self.report.events {
            let fields = json!({ "phase": self.name, "done": done, "total": total, "rows": rows, "seconds": seconds });
            self.report.event("progress", fields);
        } else if total == 0 || done < total {
            // Of what is done, the end of the phase or the answer says so.
            let share = self.text.numbers.percent(Some(100.0 * done as f64 / total.max(1) as f64), 0);
            self.report.say(&self.text.label(&self.title, &format!("{share} · {line}")));
        }
    }

    /// Ends the phase and gives the seconds that it took.
    pub fn finish(self) -> f64 {
        self.bar.finish_and_clear();
        let seconds = self.started.elapsed().as_secs_f64();
        self.report.event("phase_finished", json!({ "phase": self.name, "seconds": seconds }));
        self.report.detail(&self.text.label(&self.title, &self.text.duration(seconds)));
        seconds
    }
}

#[cfg(test)]
mod tests {
    use mizan_text::Locale;

    use super::*;

    #[test]
    fn a_phase_without_rows_has_no_rate_of_them() {
        let text = Text::for_terminal(Locale::ENGLISH);
        let left = text.duration(6.0);
        assert_eq!(pace(&text, [1, 4, 0], 2.0), format!("{left} left"));
        assert_eq!(pace(&text, [1, 4, 500], 2.0), format!("250 rows/s, {left} left"));
        assert_eq!(pace(&text, [4, 4, 0], 2.0), "… left");
    }
}
