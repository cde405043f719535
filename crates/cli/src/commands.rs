//! The commands: one file each.

mod check;
mod completions;
mod demo;
mod doctor;
mod evidence;
mod explain;
mod framework;
mod frontier;
mod index;
mod ingest;
mod init;
mod measure;
mod pages;
mod ready;
mod score;
mod show;
mod version;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use mizan_model::framework::{Framework, LocalText};
use mizan_model::kpi::Kpi;
use mizan_model::observation::Observation;
use mizan_text::Text;

use crate::arguments::{Command, FrameworkCommand, GlobalArguments, IndexCommand};
use crate::failure::{Exit, Failure};
use crate::node::{Node, languages};
use crate::report::Report;

/// What every command is given.
pub struct Session<'a> {
    /// Options of every command.
    pub global: GlobalArguments,
    /// Words and forms of the reader's language.
    pub text: &'a Text,
    /// Speaks on stderr.
    pub report: &'a Report,
    /// Set when the person wants to stop.
    pub stop: Arc<AtomicBool>,
}

impl Session<'_> {
    /// Opens the node and reports what was found on the way.
    fn node(&self) -> Result<Node, Failure> {
        let node = Node::open(&self.global.node, self.text)?;
        if self.global.verbose > 0 {
            self.report.findings(&node.warnings, &node.texts());
        }
        Ok(node)
    }
}

/// Whether a command looks at [`Session::stop`] while it works. The others write nothing before they are done, so that they
/// can end at any time.
pub fn looks_at_interruptions(command: &Command) -> bool {
    match command {
        Command::Index(arguments) => {
            matches!(arguments.command, IndexCommand::Uncertainty(_) | IndexCommand::Sensitivity(_))
        }
        Command::Frontier(_) | Command::Evidence(_) | Command::Score(_) | Command::Compare(_) => false,
        _ => true,
    }
}

/// Runs a command.
pub fn run(command: Command, session: &Session<'_>) -> Result<Exit, Failure> {
    match command {
        Command::Demo(arguments) => demo::run(&arguments, session),
        Command::Init(arguments) => init::run(&arguments, session),
        Command::Doctor(arguments) => doctor::run(&arguments, session),
        Command::Framework(arguments) => match arguments.command {
            FrameworkCommand::Schema(arguments) => version::schema(&arguments),
            command => framework::run(command, session),
        },
        Command::Ingest(arguments) => ingest::run(&arguments, session),
        Command::Ready(arguments) => ready::run(&arguments, session),
        Command::Check(arguments) => check::run(&arguments, session),
        Command::Measure(arguments) => measure::run(&arguments, session),
        Command::Show(arguments) => show::run(&arguments, session),
        Command::Explain(arguments) => explain::run(arguments, session),
        Command::Score(arguments) => score::run(&arguments, session),
        Command::Compare(arguments) => score::compare(&arguments, session),
        Command::Index(arguments) => index::run(&arguments.command, session),
        Command::Frontier(arguments) => frontier::run(&arguments.command, session),
        Command::Evidence(arguments) => evidence::run(&arguments.command, session),
        Command::Completions { shell } => Ok(completions::completions(shell, &session.text.messages)),
        Command::Man => completions::man(&session.text.messages),
        Command::Version { format } => version::run(format, session),
        Command::Schema(arguments) => version::schema(&arguments),
    }
}

/// Refuses to write over a file that is read, and to write two outputs to one file.
pub fn never_over<'a>(
    outputs: &[Option<&std::path::Path>],
    inputs: impl Iterator<Item = &'a std::path::Path>,
) -> Result<(), Failure> {
    let written: Vec<_> = outputs.iter().flatten().map(|output| place(output)).collect();
    for input in inputs {
        if written.contains(&place(input)) {
            return Err(Failure::usage(format!("`{}` is read, and would be written over", input.display()))
                .help("name another file"));
        }
    }
    if let Some((_, twice)) = written.iter().enumerate().find(|(at, output)| written[..*at].contains(output)) {
        return Err(Failure::usage(format!("two outputs would be written to `{}`", twice.display()))
            .help("name a file of its own for each: the second would replace the first"));
    }
    Ok(())
}

/// Where a path leads, whether or not a file is there yet: links are followed as far as they exist.
pub fn place(path: &std::path::Path) -> std::path::PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let found = whole.ancestors().find_map(|above| {
        let rest = whole.strip_prefix(above).ok()?;
        std::fs::canonicalize(above).ok().map(|real| if rest.as_os_str().is_empty() { real } else { real.join(rest) })
    });
    found.unwrap_or(whole)
}

/// A text of the framework in the reader's language.
pub fn local<'a>(framework: &'a Framework, key: &'a str, text: &Text) -> LocalText<'a> {
    framework.text(key, &languages([text.locale]))
}

/// Name of a breakdown: the framework's in the reader's language, else Mizan's own, else the framework's in another.
pub fn breakdown_name(framework: &Framework, name: &str, text: &Text) -> String {
    own_name(framework, "breakdown", name, text.messages.breakdown_label(name), text)
}

/// Name of a further statistic.
pub fn statistic_name(framework: &Framework, name: &str, text: &Text) -> String {
    own_name(framework, "statistic", name, None, text)
}

fn own_name(framework: &Framework, kind: &str, name: &str, fixed: Option<String>, text: &Text) -> String {
    let key = format!("{kind}.{name}");
    let known = framework.source_text(&key).map(|_| local(framework, &key, text));
    match known {
        Some(known) if known.language == text.locale.catalogue().code() => known.text.to_owned(),
        known => fixed.or_else(|| known.map(|known| known.text.to_owned())).unwrap_or_else(|| name.replace('_', " ")),
    }
}

/// A value for people; a change that is a rise carries its sign.
pub fn shown_value(kpi: Option<&Kpi>, o: &Observation, currency: &str, text: &Text) -> String {
    let value = text.value(&o.unit, Some(currency), o.value);
    let rises = kpi.is_some_and(|kpi| kpi.kind.as_str() == "change") && o.value.is_some_and(|value| value > 0.0);
    if rises { format!("+{value}") } else { value }
}

/// The mark of a text that is not reviewed or not in the reader's language; `None` for a text that needs none.
pub fn mark(local: &LocalText<'_>, text: &Text) -> Option<String> {
    let wanted = text.locale.catalogue().code();
    if local.language != wanted {
        let name = match mizan_text::Language::from_code(local.language) {
            Some(language) => language.own_name(),
            None => local.language,
        };
        return Some(text.messages.text_fallback(name));
    }
    if local.stale {
        return Some(text.messages.text_stale());
    }
    use mizan_model::framework::TextState;
    match local.state {
        Some(TextState::Machine) => Some(text.messages.text_machine()),
        Some(TextState::Draft) => Some(text.messages.text_draft()),
        Some(TextState::Reviewed | TextState::Official) | None => None,
    }
}
