//! Help in the reader's language.

use clap::{Arg, ArgAction, Command, CommandFactory};
use mizan_text::Messages;

use super::{Arguments, STYLES};

/// The command line with its help in the reader's language.
///
/// The English texts stand beside the arguments; a test holds the English catalogue equal to them.
pub fn command(messages: &Messages) -> Command {
    let mut command = with_all_values(described(messages), messages);
    command.build();
    describe_help(&mut command, messages);
    command
}

/// The command line for other programs, which show defaults and values in their own way.
pub fn described(messages: &Messages) -> Command {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let command = translated(Arguments::command(), "", messages)
        .disable_version_flag(true)
        .arg(argument(version.global(true), "", messages))
        .after_help(messages.help("exit-codes").unwrap_or_default());
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    command.arg(argument(help.global(true), "", messages))
}

/// A command and those below it; `path` is what stands between the program and the command's own arguments.
fn translated(command: Command, path: &str, messages: &Messages) -> Command {
    let examples = command.get_before_help().map(ToString::to_string).unwrap_or_default();
    let examples = examples.replacen("Examples:", &format!("{}:", heading("examples", messages)), 1);
    let about = messages.help(if path.is_empty() { "about" } else { path });
    let names: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    let mut command = command
        .disable_help_flag(true)
        .before_help(examples)
        .subcommand_help_heading(heading("commands", messages))
        .help_template(template(messages))
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

fn heading(topic: &str, messages: &Messages) -> String {
    messages.help(&format!("heading-{topic}")).unwrap_or_default()
}

/// The library's own form, with the heading of the usage in the reader's language.
fn template(messages: &Messages) -> String {
    let style = STYLES.get_usage();
    let usage = format!("{style}{}:{style:#}", heading("usage", messages));
    format!("{{before-help}}{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}")
}

/// An argument's help: its own for this command, or the one that all commands share.
fn text(argument: &Arg, path: &str, messages: &Messages) -> Option<String> {
    let name = argument.get_id().as_str().replace('_', "-");
    messages.help(&format!("flag-{path}-{name}")).or_else(|| messages.help(&format!("flag-{name}")))
}

fn argument(argument: Arg, path: &str, messages: &Messages) -> Arg {
    let heading_of = match argument.get_help_heading() {
        Some(_) => "global",
        None if argument.is_positional() => "arguments",
        None => "options",
    };
    let help = text(&argument, path, messages).unwrap_or_default();
    argument.help(help).help_heading(heading(heading_of, messages))
}

/// A command and those below it, with the values of their arguments.
fn with_all_values(command: Command, messages: &Messages) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    let command = command.mut_args(|argument| with_values(argument, messages));
    let below = |command: Command, name| command.mut_subcommand(name, |inner| with_all_values(inner, messages));
    names.into_iter().fold(command, below)
}

/// Default, possible values and environment behind an argument's help, which the library would say in English.
fn with_values(argument: Arg, messages: &Messages) -> Arg {
    let mut help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    let list = |values: Vec<String>| values.join(", ");
    let takes_value = argument.get_action().takes_values();
    let defaults = argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned());
    let defaults: Vec<String> = defaults.filter(|value| takes_value && !value.is_empty()).collect();
    if !defaults.is_empty() {
        help.push_str(&format!(" {}", messages.usage_default(&list(defaults))));
    }
    let possible = argument.get_possible_values().into_iter().map(|value| value.get_name().to_owned());
    let possible: Vec<String> = possible.filter(|_| takes_value).collect();
    if !possible.is_empty() {
        help.push_str(&format!(" {}", messages.usage_possible(&list(possible))));
    }
    if let Some(name) = argument.get_env() {
        help.push_str(&format!(" {}", messages.usage_environment(&name.to_string_lossy())));
    }
    argument.help(help).hide_default_value(true).hide_possible_values(true).hide_env(true)
}

/// The commands `help` exist once the others are built, and know the others by their names and what they do.
fn describe_help(command: &mut Command, messages: &Messages) {
    for inner in command.get_subcommands_mut() {
        if inner.get_name() == "help" {
            *inner = std::mem::take(inner)
                .about(messages.help("help").unwrap_or_default())
                .subcommand_help_heading(heading("commands", messages))
                .help_template(template(messages));
        }
        describe_help(inner, messages);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use mizan_text::Locale;

    use super::*;

    /// Compares what stands beside a command, its arguments and all below it with the catalogue. Gives the texts.
    fn check(command: &Command, path: &str, messages: &Messages) -> BTreeSet<String> {
        let written = |text: Option<&clap::builder::StyledStr>| text.map(ToString::to_string);
        let about = messages.help(if path.is_empty() { "about" } else { path });
        assert_eq!(written(command.get_about()), about, "{path}");
        let mut texts = BTreeSet::from_iter(about);
        for argument in command.get_arguments() {
            let help = text(argument, path, messages);
            assert_eq!(written(argument.get_help()), help, "{path} {}", argument.get_id());
            texts.extend(help);
        }
        for inner in command.get_subcommands() {
            let name = inner.get_name();
            let path = if path.is_empty() { name.to_owned() } else { format!("{path}-{name}") };
            texts.extend(check(inner, &path, messages));
        }
        texts
    }

    #[test]
    fn the_english_catalogue_says_what_stands_beside_the_arguments() {
        let texts = check(&Arguments::command(), "", &Messages::for_terminal(Locale::ENGLISH));
        // Headings, and what the library adds by itself, have no place beside an argument.
        let added = ["help-heading-", "help-exit-codes", "help-help", "help-flag-help", "help-flag-version"];
        let catalogue = std::fs::read_to_string("../text/messages/en/help.ftl").unwrap();
        for (id, text) in catalogue.lines().filter_map(|line| line.split_once(" = ")) {
            assert!(texts.contains(text) || added.iter().any(|added| id.starts_with(added)), "{id} is not shown");
        }
    }

    #[test]
    fn help_is_in_the_readers_language() {
        let messages = Messages::for_terminal("ru".parse().unwrap());
        let mut command = command(&messages);
        command.clone().debug_assert();
        let mut pages = vec![command.render_long_help().to_string()];
        let mut open: Vec<Command> = command.get_subcommands().cloned().collect();
        while let Some(mut inner) = open.pop() {
            pages.push(inner.render_help().to_string());
            // `mizan help measure` shows the page of `measure`.
            let has_pages = inner.get_name() != "help";
            open.extend(inner.get_subcommands().filter(|_| has_pages).cloned());
        }
        assert!(pages.len() > 20, "{}", pages.len());
        for page in pages {
            for english in
                ["Usage:", "Options:", "Commands:", "Arguments:", "Examples:", "[default", "Print", "possible values"]
            {
                assert!(!page.contains(english), "{english} in\n{page}");
            }
        }
    }
}
