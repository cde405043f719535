//! What is wrong with a command line, in the reader's language.

use std::error::Error;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use mizan_model::diagnostic::Diagnostic;
use mizan_text::Messages;

use crate::failure::{Exit, Failure};

/// The error as a failure of ours.
pub fn failure(error: &clap::Error, messages: &Messages) -> Failure {
    let known = |kind| error.get(kind).map(shown).filter(|shown| !shown.is_empty());
    let context = |kind| known(kind).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let both = || {
        Some((known(ContextKind::InvalidArg).or(known(ContextKind::InvalidSubcommand))?, known(ContextKind::PriorArg)?))
    };
    // Why a value does not fit is known to the function that reads it.
    let mut particulars = error.source().map(ToString::to_string);
    let message = match (error.kind(), both()) {
        (ErrorKind::UnknownArgument, _) => messages.usage_unknown_argument(&argument),
        (ErrorKind::InvalidSubcommand, _) => messages.usage_unknown_command(&context(ContextKind::InvalidSubcommand)),
        (ErrorKind::MissingRequiredArgument, _) => messages.usage_missing_argument(&argument),
        (ErrorKind::MissingSubcommand, _) => messages.usage_missing_command(),
        (ErrorKind::InvalidValue, _) if value.is_empty() => messages.usage_value_missing(&argument),
        (ErrorKind::InvalidValue | ErrorKind::ValueValidation, _) => messages.usage_wrong_value(&argument, &value),
        (ErrorKind::ArgumentConflict, Some((one, other))) => messages.usage_conflict(&one, &other),
        _ => {
            let text = error.to_string();
            particulars = text.lines().next().map(|line| line.trim_start_matches("error: ").to_owned());
            messages.usage_other()
        }
    };
    let similar = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let similar = similar.into_iter().filter_map(known).map(|similar| messages.usage_similar(&similar));
    let valid = [ContextKind::ValidValue, ContextKind::ValidSubcommand];
    let valid = valid.into_iter().filter_map(known).map(|valid| messages.usage_possible(&valid));
    let remedies: Vec<String> = similar.chain(valid).chain([messages.usage_more(&called(error))]).collect();
    let finding = Diagnostic::error("U0001", message).help(remedies.join(" · "));
    let finding = match particulars {
        Some(particulars) => finding.why(messages.detail_in_english(&particulars)),
        None => finding,
    };
    Failure { translated: true, ..Failure::findings(Exit::Usage, vec![finding], Default::default()) }
}

fn shown(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(values) => values.join(", "),
        other => other.to_string(),
    }
}

/// The program and the commands that were named, as the usage of the command begins.
fn called(error: &clap::Error) -> String {
    let usage = error.get(ContextKind::Usage).map(ToString::to_string).unwrap_or_default();
    let words = usage.split_whitespace().skip_while(|word| *word != "mizan");
    let names: Vec<&str> = words.take_while(|word| !word.starts_with(['[', '<', '-'])).collect();
    if names.is_empty() { "mizan".to_owned() } else { names.join(" ") }
}
