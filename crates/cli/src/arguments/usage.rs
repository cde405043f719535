//! What is wrong with a command line, in the reader's language.

use std::error::Error;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use mizan_text::Messages;

use crate::failure::{Exit, Failure};

/// The error as a failure of ours.
pub fn failure(error: &clap::Error, command: &Command, messages: &Messages) -> Failure {
    let known = |kind| error.get(kind).map(shown).filter(|shown| !shown.is_empty());
    let context = |kind| known(kind).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let (value, other) = (context(ContextKind::InvalidValue), context(ContextKind::PriorArg));
    let message = match error.kind() {
        ErrorKind::UnknownArgument => messages.usage_unknown_argument(&argument),
        ErrorKind::InvalidSubcommand => messages.usage_unknown_command(&context(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => messages.usage_missing_argument(&argument),
        ErrorKind::MissingSubcommand => messages.usage_missing_command(),
        ErrorKind::InvalidValue if value.is_empty() => messages.usage_value_missing(&argument),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => messages.usage_wrong_value(&argument, &value),
        ErrorKind::ArgumentConflict if !other.is_empty() => messages.usage_conflict(&argument, &other),
        _ => messages.usage_other(),
    };
    let similar = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let similar = similar.into_iter().filter_map(known).map(|similar| messages.usage_similar(&similar));
    let valid = [ContextKind::ValidValue, ContextKind::ValidSubcommand];
    let valid = valid.into_iter().filter_map(known).map(|valid| messages.usage_possible(&valid));
    // Why a value does not fit is known to the function that reads it.
    let particulars = error.source().map(|cause| messages.detail_in_english(&cause.to_string()));
    let mut remedies: Vec<String> = particulars.into_iter().chain(similar).chain(valid).collect();
    remedies.push(messages.usage_more(&called(command)));
    Failure::translated(Exit::Usage, "U0001", message).help(remedies.join("; "))
}

fn shown(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(values) => values.join(", "),
        other => other.to_string(),
    }
}

/// The program and the commands that were named.
fn called(command: &Command) -> String {
    let (mut command, mut names) = (command, vec![command.get_name()]);
    let given: Vec<String> = std::env::args().skip(1).collect();
    for name in &given {
        if let Some(inner) = command.find_subcommand(name) {
            command = inner;
            names.push(inner.get_name());
        }
    }
    names.join(" ")
}
