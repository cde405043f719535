//! Draws findings: code, place with the line of the source under it, reason and remedy.

use std::collections::BTreeMap;
use std::sync::Arc;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Renderer, Snippet};
use mizan_model::diagnostic::{Diagnostic, Severity, diagnostics_json};
use mizan_text::{Language, Text};
use serde_json::Value;

/// Texts of files by the path that findings name.
pub type Texts = BTreeMap<String, String>;

/// Words around findings, in the reader's language.
#[derive(Clone)]
pub struct Words {
    text: Arc<Text>,
    /// For each severity from notice to error.
    severities: [String; 3],
    /// Before the reason; without it, the reason says itself what it is.
    why: Option<String>,
    /// Before the remedy.
    help: String,
}

impl Words {
    /// Those of a reader.
    pub fn new(text: Arc<Text>) -> Self {
        let messages = &text.messages;
        Words {
            severities: [messages.severity_note(), messages.severity_warning(), messages.severity_error()],
            why: Some(messages.why_label()),
            help: messages.hint_label(),
            text,
        }
    }

    /// Findings that are in the reader's language already.
    pub fn draw_translated(&self, findings: &[Diagnostic], texts: &Texts, color: bool) -> String {
        draw(findings, texts, &Words { why: None, ..self.clone() }, color)
    }

    /// All findings as the terminal shows them. Those of the crates below are in English: for other readers what their code
    /// means is in the reader's language, and what to do about it where the code has one remedy; the particulars follow as
    /// they are.
    pub fn draw_english(&self, findings: &[Diagnostic], texts: &Texts, color: bool) -> String {
        if self.text.locale.catalogue() == Language::English {
            return draw(findings, texts, self, color);
        }
        let english = Words { help: self.text.messages.hint_label_english(), ..self.clone() };
        let drawn: Vec<String> = findings
            .iter()
            .map(|finding| {
                let remedy = self.text.messages.code_remedy(&finding.code);
                let words = if remedy.is_some() { self } else { &english };
                words.draw_translated(&[self.localized(finding, remedy)], texts, color)
            })
            .collect();
        drawn.join("\n\n")
    }

    fn localized(&self, finding: &Diagnostic, remedy: Option<String>) -> Diagnostic {
        let messages = &self.text.messages;
        // The remedy of this one case may know more than that of its code. Without one of the code, it stands as it is.
        let more = finding.help.as_ref().filter(|_| remedy.is_some());
        let english = [Some(&finding.message), finding.why.as_ref(), more];
        let english: Vec<&str> = english.into_iter().flatten().map(String::as_str).collect();
        Diagnostic {
            message: messages.code_title(&finding.code).unwrap_or_else(|| finding.code.clone()),
            why: Some(messages.detail_in_english(&english.join("; "))),
            help: remedy.or_else(|| finding.help.clone()),
            ..finding.clone()
        }
    }
}

/// All findings as the terminal shows them.
fn draw(findings: &[Diagnostic], texts: &Texts, words: &Words, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let drawn: Vec<String> = findings.iter().map(|finding| draw_one(finding, texts, words, &renderer)).collect();
    drawn.join("\n\n")
}

fn draw_one(finding: &Diagnostic, texts: &Texts, words: &Words, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR.with_name(words.severities[2].as_str()),
        Severity::Warning => Level::WARNING.with_name(words.severities[1].as_str()),
        Severity::Notice => Level::INFO.with_name(words.severities[0].as_str()),
    };
    let mut elements: Vec<Element<'_>> = Vec::new();
    let mut without_text = Vec::new();
    let mut files_drawn = 0;
    let mut files: Vec<&str> = finding.labels.iter().map(|label| label.file.as_str()).collect();
    files.dedup();
    for (position, file) in files.into_iter().enumerate() {
        let Some(text) = texts.get(file) else {
            without_text.push(file);
            continue;
        };
        let labels = finding.labels.iter().filter(|label| label.file == file).enumerate();
        let annotations = labels.map(|(index, label)| {
            let primary = position == 0 && index == 0;
            let kind = if primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let drawn = kind.span(inside(text, &label.span));
            if label.text.is_empty() { drawn } else { drawn.label(label.text.as_str()) }
        });
        files_drawn += 1;
        elements.push(Snippet::source(text.as_str()).path(file).annotations(annotations).into());
    }
    for file in without_text {
        elements.push(Level::NOTE.no_name().message(file).into());
    }
    if let Some(why) = &finding.why {
        let level = match &words.why {
            Some(label) => Level::NOTE.with_name(label.as_str()),
            None => Level::NOTE.no_name(),
        };
        elements.push(level.message(why.as_str()).into());
    }
    if let Some(help) = &finding.help {
        elements.push(Level::HELP.with_name(words.help.as_str()).message(help.as_str()).into());
    }
    if files_drawn == 0 {
        // Nothing to draw: the renderer would leave an empty margin.
        let mut text = renderer
            .render(&[Group::with_title(level.primary_title(finding.message.as_str()).id(finding.code.as_str()))]);
        let places = finding.labels.iter().map(|label| format!("\n  --> {}", label.file));
        text.extend(places);
        let label = words.why.as_ref().map(|label| format!("{label}: ")).unwrap_or_default();
        text.extend(finding.why.iter().map(|why| format!("\n  = {label}{why}")));
        text.extend(finding.help.iter().map(|help| format!("\n  = {}: {help}", words.help)));
        return text;
    }
    let title = level.primary_title(finding.message.as_str()).id(finding.code.as_str());
    renderer.render(&[title.elements(elements)])
}

/// The range, kept inside the text and on borders of characters.
fn inside(text: &str, span: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    let border = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (start, end) = (border(span.start), border(span.end));
    start..end.max(start)
}

/// All findings as data.
pub fn to_json(findings: &[Diagnostic], texts: &Texts) -> Value {
    diagnostics_json(findings, &|file| texts.get(file).cloned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(language: &str) -> Words {
        Words::new(Arc::new(Text::for_terminal(language.parse().unwrap())))
    }

    #[test]
    fn a_finding_shows_line_and_remedy() {
        let text = "a = 1\nunit = \"minutes\"\n";
        let finding = Diagnostic::error("F0103", "`minutes` is not a unit")
            .at("kpis/EX-01.toml", 13..22, "here")
            .why("no other page knows it")
            .help("write `hours`");
        let texts = Texts::from([("kpis/EX-01.toml".to_owned(), text.to_owned())]);
        insta::assert_snapshot!(draw(std::slice::from_ref(&finding), &texts, &words("en"), false), @r#"
        error[F0103]: `minutes` is not a unit
         --> kpis/EX-01.toml:2:8
          |
        2 | unit = "minutes"
          |        ^^^^^^^^^ here
          |
          = why: no other page knows it
          = help: write `hours`
        "#);
        assert_eq!(to_json(&[finding], &texts)[0]["labels"][0]["line"], 2);
    }

    #[test]
    fn a_finding_in_another_language_keeps_its_particulars() {
        let finding = Diagnostic::error("D0102", "x.csv: the file is empty").help("ask for the extract again");
        let drawn = words("fr").draw_english(&[finding], &Texts::new(), false);
        insta::assert_snapshot!(drawn, @r"
        erreur[D0102]: fichier vide
          = détails, en anglais : x.csv: the file is empty; ask for the extract again
          = aide: redemandez l'extraction, ou retirez le fichier du dossier
        ");
    }

    #[test]
    fn a_place_outside_of_the_text_does_no_harm() {
        assert_eq!(inside("é", &(1..9)), 0..2);
    }
}
