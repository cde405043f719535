//! What is wrong with a definition, a mapping or a row, as plain data.
//!
//! A diagnostic is a value, never a panic and never the end of a run: checks return every finding, and the
//! terminal, JSON output and (later) the web editor draw the same one.

use serde::{Deserialize, Serialize};

mod explain;
mod json;

pub use explain::{CodePage, code_pages, explain};
pub use json::diagnostics_json;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; changes nothing.
    Notice,
    /// Should be mended; the work goes on.
    Warning,
    /// The definition, mapping or row cannot be used.
    Error,
}

/// A place in a source text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Path of the file, relative to the framework's or node's folder.
    pub file: String,
    /// Byte range in that file's text.
    pub span: std::ops::Range<usize>,
    /// A few words drawn under the marked text; may be empty.
    pub text: String,
}

/// One finding: stable code, place, message and remedy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Stable code such as `F0102`; `mizan explain CODE` prints its page.
    pub code: String,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong: lower case, no full stop, the thing in backticks.
    pub message: String,
    /// Where; the first label is the place itself.
    pub labels: Vec<Label>,
    /// Why it matters, if that is not obvious.
    pub why: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error without place, to be completed with the builder methods.
    pub fn error(code: &str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message)
    }

    /// A warning without place.
    pub fn warning(code: &str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message)
    }

    /// A notice without place.
    pub fn notice(code: &str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Notice, message)
    }

    fn new(code: &str, severity: Severity, message: impl Into<String>) -> Self {
        Diagnostic {
            code: code.to_owned(),
            severity,
            message: message.into(),
            labels: Vec::new(),
            why: None,
            help: None,
        }
    }

    /// Marks a place.
    #[must_use]
    pub fn at(mut self, file: &str, span: std::ops::Range<usize>, text: impl Into<String>) -> Self {
        self.labels.push(Label { file: file.to_owned(), span, text: text.into() });
        self
    }

    /// Says why it matters.
    #[must_use]
    pub fn why(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// A value together with everything that was found while making it.
#[derive(Debug, Clone)]
pub struct Checked<T> {
    /// The value, as complete as the findings allow.
    pub value: T,
    /// All findings, in file order.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// Whether nothing of severity error was found.
    pub fn is_usable(&self) -> bool {
        self.diagnostics.iter().all(|d| d.severity < Severity::Error)
    }
}

/// Line and column, both from 1, of a byte offset; columns count characters.
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let offset = offset.min(text.len());
    let before = &text.as_bytes()[..offset];
    let line_start = before.iter().rposition(|&b| b == b'\n').map_or(0, |p| p + 1);
    let line = before.iter().filter(|&&b| b == b'\n').count() + 1;
    let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
    (line, column)
}
