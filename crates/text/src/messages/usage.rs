//! Messages of `usage.ftl`.
//!
//! Generated from `messages/en/*.ftl` by `cargo xtask codegen`; do not edit.

use fluent_bundle::FluentValue;

use crate::bundle::Messages;

impl Messages {
    /// \[default: `value`]
    #[must_use]
    pub fn usage_default(&self, value: &str) -> String {
        self.format("usage-default", [("value", FluentValue::from(value))])
    }

    /// \[possible values: `values`]
    #[must_use]
    pub fn usage_possible(&self, values: &str) -> String {
        self.format("usage-possible", [("values", FluentValue::from(values))])
    }

    /// \[env: `name`]
    #[must_use]
    pub fn usage_environment(&self, name: &str) -> String {
        self.format("usage-environment", [("name", FluentValue::from(name))])
    }

    /// ``argument`` is not an argument of this command
    #[must_use]
    pub fn usage_unknown_argument(&self, argument: &str) -> String {
        self.format("usage-unknown-argument", [("argument", FluentValue::from(argument))])
    }

    /// there is no command ``command``
    #[must_use]
    pub fn usage_unknown_command(&self, command: &str) -> String {
        self.format("usage-unknown-command", [("command", FluentValue::from(command))])
    }

    /// missing: `arguments`
    #[must_use]
    pub fn usage_missing_argument(&self, arguments: &str) -> String {
        self.format("usage-missing-argument", [("arguments", FluentValue::from(arguments))])
    }

    /// a command is missing
    #[must_use]
    pub fn usage_missing_command(&self) -> String {
        self.format("usage-missing-command", [])
    }

    /// ``value`` does not fit ``argument``
    #[must_use]
    pub fn usage_wrong_value(&self, argument: &str, value: &str) -> String {
        self.format("usage-wrong-value", [("argument", FluentValue::from(argument)), ("value", FluentValue::from(value))])
    }

    /// ``argument`` needs a value
    #[must_use]
    pub fn usage_value_missing(&self, argument: &str) -> String {
        self.format("usage-value-missing", [("argument", FluentValue::from(argument))])
    }

    /// ``argument`` cannot be used with ``other``
    #[must_use]
    pub fn usage_conflict(&self, argument: &str, other: &str) -> String {
        self.format("usage-conflict", [("argument", FluentValue::from(argument)), ("other", FluentValue::from(other))])
    }

    /// the command cannot be read
    #[must_use]
    pub fn usage_other(&self) -> String {
        self.format("usage-other", [])
    }

    /// similar: `similar`
    #[must_use]
    pub fn usage_similar(&self, similar: &str) -> String {
        self.format("usage-similar", [("similar", FluentValue::from(similar))])
    }

    /// ``command` --help` tells more
    #[must_use]
    pub fn usage_more(&self, command: &str) -> String {
        self.format("usage-more", [("command", FluentValue::from(command))])
    }

    /// details, in English: `message`
    #[must_use]
    pub fn detail_in_english(&self, message: &str) -> String {
        self.format("detail-in-english", [("message", FluentValue::from(message))])
    }
}
