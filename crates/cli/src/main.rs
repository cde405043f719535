//! The program: parse, call, print.
//!
//! Everything that computes stands in the crates below; this one reads arguments, opens a node, calls, and writes data to
//! stdout and everything else to stderr. Read [`arguments::Arguments`] first, then one file of [`commands`].

// Clippy counts helper functions of tests as shipped code.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod arguments;
mod commands;
mod crash;
mod embedded;
mod failure;
mod findings;
mod node;
mod observations;
mod output;
mod page;
mod record;
mod report;
mod selection;
mod settings;
mod tables;

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clap::FromArgMatches;
use clap::error::ErrorKind;
use mizan_text::{Language, Locale, Text};

use crate::arguments::Arguments;
use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::report::Report;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Asks Linux for memory in small pieces. Columns come and go in the size of a batch; in huge pages they take a fifth more
/// memory, which the system must clear first, and are not read any faster.
fn keep_pages_small() {
    #[cfg(target_os = "linux")]
    // A system that does not know the wish has no huge pages to keep away.
    let _ = nix::sys::prctl::set_thp_disable(true);
}

fn main() -> ExitCode {
    keep_pages_small();
    let environment = ["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| std::env::var(name).ok());
    let environment: Vec<Option<&str>> = environment.iter().map(Option::as_deref).collect();
    let own = std::env::var("MIZAN_LANG").ok();
    let (locale, unknown) = match Locale::choose(asked_language().as_deref(), &environment) {
        Ok(locale) => (locale, None),
        Err(error) => {
            let others: Vec<Option<&str>> = std::iter::once(own.as_deref()).chain(environment).collect();
            (Locale::choose(None, &others).unwrap_or(Locale::ENGLISH), Some(error))
        }
    };
    let text = Arc::new(Text::for_terminal(locale));
    crash::install_hook(Arc::clone(&text));
    let arguments = match parse(&text) {
        Ok(arguments) => arguments,
        Err(exit) => return exit,
    };
    let report = Report::new(&arguments.global, Arc::clone(&text));
    if let Some(error) = unknown {
        let failure = Failure::translated(Exit::Usage, "U0007", text.messages.error_unknown_language(&error.0));
        return end(&report, Err(failure));
    }
    let stop = interruptible(commands::looks_at_interruptions(&arguments.command));
    let session = Session { global: arguments.global.clone(), text: &text, report: &report, stop };
    let result = commands::run(arguments.command, &session);
    end(&report, result)
}

/// The language that the command line asks for: help, too, is in it.
fn asked_language() -> Option<String> {
    let mut arguments = std::env::args_os().skip(1).take_while(|argument| argument != "--");
    let mut asked = None;
    while let Some(argument) = arguments.next() {
        let argument = argument.to_string_lossy();
        match argument.strip_prefix("--lang") {
            Some("") => asked = arguments.next().map(|language| language.to_string_lossy().into_owned()).or(asked),
            Some(rest) => asked = rest.strip_prefix('=').map(str::to_owned).or(asked),
            None => {}
        }
    }
    asked.or_else(|| std::env::var("MIZAN_LANG").ok()).filter(|language| !language.is_empty())
}

/// Reads the command line. What is printed instead of a command ends the program with the code that is given.
fn parse(text: &Arc<Text>) -> Result<Arguments, ExitCode> {
    let mut command = arguments::help::command(&text.messages);
    let matches = command.try_get_matches_from_mut(std::env::args_os());
    let error = match matches.and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) => return Ok(arguments),
        Err(error) => error,
    };
    let is_wrong = error.use_stderr() && error.kind() != ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    if is_wrong && text.locale.catalogue() != Language::English {
        Report::plain(Arc::clone(text)).failure(&arguments::usage::failure(&error, &text.messages));
        return Err(ExitCode::from(Exit::Usage as u8));
    }
    // Help and version are data and go to stdout; a closed pipe is no fault.
    let _ = error.print();
    Err(ExitCode::from(if error.use_stderr() { Exit::Usage as u8 } else { 0 }))
}

fn end(report: &Report, result: Result<Exit, Failure>) -> ExitCode {
    let exit = match result {
        Ok(exit) => exit,
        Err(failure) => {
            report.failure(&failure);
            failure.exit
        }
    };
    report.event("finished", serde_json::json!({ "exit": exit as i32 }));
    ExitCode::from(exit as u8)
}

/// A flag that the first interruption sets; the second ends the program at once, and so does the first where no command
/// looks at the flag.
fn interruptible(is_looked_at: bool) -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let ends = if is_looked_at { Arc::clone(&stop) } else { Arc::new(AtomicBool::new(true)) };
    for signal in signal_hook::consts::TERM_SIGNALS {
        let exit = Exit::Interrupted as i32;
        // Without handlers an interruption ends the program at once, which is safe too: writes are atomic.
        let _ = signal_hook::flag::register_conditional_shutdown(*signal, exit, Arc::clone(&ends));
        let _ = signal_hook::flag::register(*signal, Arc::clone(&stop));
    }
    stop
}
