//! Help in the reader's language.

use clap::{Arg, ArgAction, Command, CommandFactory};
use mizan_text::Messages;

use super::{Arguments, STYLES};

/// The command line with its help in the reader's language.
///
/// The English texts stand beside the arguments; a test holds the English catalogue equal to them.
pub fn command(messages: &Messages) -> Command {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let command = translated(Arguments::command(), "", messages)
        .disable_version_flag(true)
        .arg(argument(version.global(true), "", messages))
        .after_help(messages.help("exit-codes").unwrap_or_default());
    let mut command = command.arg(argument(help_flag().global(true), "", messages));
    command.build();
    describe_help(&mut command, messages);
    command
}

fn help_flag() -> Arg {
    Arg::new("help").short('h').long("help").action(ArgAction::Help)
}

/// A command and those below it; `path` is what stands between the program and the command's own arguments.
fn translated(command: Command, path: &str, messages: &Messages) -> Command {
    let heading = |topic: &str| messages.help(&format!("heading-{topic}")).unwrap_or_default();
    let examples = command.get_before_help().map(ToString::to_string).unwrap_or_default();
    let examples = examples.replacen("Examples:", &format!("{}:", heading("examples")), 1);
    let style = STYLES.get_usage();
    let usage = format!("{style}{}:{style:#}", heading("usage"));
    let about = messages.help(if path.is_empty() { "about" } else { path });
    let names: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    let mut command = command
        .disable_help_flag(true)
        .before_help(examples)
        .subcommand_help_heading(heading("commands"))
        .help_template(format!(
            "{{before-help}}{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}"
        ))
        .mut_args(|given| argument(given, path, messages));
    if let Some(about) = about {
        command = command.about(about);
    }
    for name in names {
        let inner = if path.is_empty() { name.clone() } else { format!("{path}-{name}") };
        command = command.mut_subcommand(name, |command| translated(command, &inner, messages));
    }
    command
}

/// An argument's help: its own for this command, or the one that all commands share.
fn text(argument: &Arg, path: &str, messages: &Messages) -> Option<String> {
    let name = argument.get_id().as_str().replace('_', "-");
    messages.help(&format!("flag-{path}-{name}")).or_else(|| messages.help(&format!("flag-{name}")))
}

fn argument(argument: Arg, path: &str, messages: &Messages) -> Arg {
    let heading = match argument.get_help_heading() {
        Some(_) => "heading-global",
        None if argument.is_positional() => "heading-arguments",
        None => "heading-options",
    };
    let mut help = text(&argument, path, messages).unwrap_or_default();
    let list = |values: Vec<String>| values.join(", ");
    let defaults = argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned());
    let defaults: Vec<String> = defaults.filter(|value| !value.is_empty()).collect();
    let takes_value = argument.get_action().takes_values();
    if takes_value && !defaults.is_empty() {
        help.push_str(&format!(" {}", messages.usage_default(&list(defaults))));
    }
    let possible = argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect::<Vec<_>>();
    if takes_value && !possible.is_empty() {
        help.push_str(&format!(" {}", messages.usage_possible(&list(possible))));
    }
    if let Some(name) = argument.get_env() {
        help.push_str(&format!(" {}", messages.usage_environment(&name.to_string_lossy())));
    }
    let heading = messages.help(heading).unwrap_or_default();
    argument.help(help).help_heading(heading).hide_default_value(true).hide_possible_values(true).hide_env(true)
}

/// The command `help` exists once the others are built.
fn describe_help(command: &mut Command, messages: &Messages) {
    for inner in command.get_subcommands_mut() {
        match (inner.get_name(), messages.help("help")) {
            ("help", Some(about)) => *inner = std::mem::take(inner).about(about),
            _ => describe_help(inner, messages),
        }
    }
}

#[cfg(test)]
mod tests {
    use mizan_text::Locale;

    use super::*;

    /// Compares what stands beside a command, its arguments and all below it with the catalogue. Gives how many texts.
    fn check(command: &Command, path: &str, messages: &Messages) -> usize {
        let written = |text: Option<&clap::builder::StyledStr>| text.map(ToString::to_string);
        let about = messages.help(if path.is_empty() { "about" } else { path });
        assert_eq!(written(command.get_about()), about, "{path}");
        for argument in command.get_arguments() {
            assert_eq!(written(argument.get_help()), text(argument, path, messages), "{path} {}", argument.get_id());
        }
        let below = command.get_subcommands().map(|inner| {
            let name = inner.get_name();
            check(inner, &if path.is_empty() { name.to_owned() } else { format!("{path}-{name}") }, messages)
        });
        1 + command.get_arguments().count() + below.sum::<usize>()
    }

    #[test]
    fn the_english_catalogue_says_what_stands_beside_the_arguments() {
        let texts = check(&Arguments::command(), "", &Messages::for_terminal(Locale::ENGLISH));
        assert!(texts > 60, "{texts}");
    }

    #[test]
    fn help_is_in_the_readers_language() {
        let messages = Messages::for_terminal("ru".parse().unwrap());
        let mut command = command(&messages);
        command.clone().debug_assert();
        let mut pages = vec![command.render_help().to_string(), command.render_long_help().to_string()];
        let inner = command.get_subcommands_mut().filter(|inner| inner.get_name() != "help");
        pages.extend(inner.map(|inner| inner.render_help().to_string()));
        for page in pages {
            for english in
                ["Usage:", "Options:", "Commands:", "Arguments:", "Examples:", "[default", "Print", "possible values"]
            {
                assert!(!page.contains(english), "{english} in\n{page}");
            }
        }
    }
}
