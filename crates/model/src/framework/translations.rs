//! Findings about translations: missing, stale, unknown, other numbers, too long.

use std::collections::BTreeMap;

use super::{Framework, source_hash};
use crate::diagnostic::Diagnostic;
use crate::source::{Document, Findings, Item, clamp, nearest};

/// Longest short name in any language.
const SHORT: usize = 52;

/// Checks the catalogues of some languages against the source texts.
pub(super) fn check_translations(framework: &Framework, languages: &[&str]) -> Vec<Diagnostic> {
    let findings = Findings::default();
    let keys = framework.text_keys();
    for &language in languages {
        if *language == framework.source_language {
            continue;
        }
        let path = format!("i18n/{language}.toml");
        let Some(text) = framework.files.get(&path) else {
            findings.add(
                Diagnostic::warning("T0101", format!("there is no catalogue for `{language}`"))
                    .at("framework.toml", 0..0, "named in `languages`")
                    .help(format!("add `{path}`; until then readers see `{}`", framework.source_language)),
            );
            continue;
        };
        let ignored = Findings::default();
        let document = Document::parse(&path, text, &ignored);
        for entry in document.root.entries().iter().filter(|e| e.key != "schema") {
            check_entry(framework, &document, &keys, entry, &findings);
        }
        missing(framework, &path, language, &keys, &findings);
    }
    findings.into_sorted()
}

fn check_entry(
    framework: &Framework,
    document: &Document<'_>,
    keys: &[String],
    entry: &crate::source::Entry,
    findings: &Findings,
) {
    let at = |diagnostic: Diagnostic, item: &Item, label: &str| {
        findings.add(diagnostic.at(document.file, clamp(document.text, item.span.clone()), label));
    };
    let key = entry.key.as_str();
    let Some(source) = framework.source_text(key) else {
        // The texts of a KPI file that could not be read are not gone.
        let id = key.split('.').next().unwrap_or(key);
        if framework.files.contains_key(&format!("kpis/{id}.toml")) && framework.kpi(id).is_none() {
            return;
        }
        let mut finding = Diagnostic::warning("T0105", format!("there is no text `{key}`")).at(
            document.file,
            clamp(document.text, entry.key_span.clone()),
            "unknown key",
        );
        finding.help = Some(match nearest(key, keys.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "delete the entry: its KPI, list or code is gone".to_owned(),
        });
        return findings.add(finding);
    };
    if let Some(item) = entry.item.get("source")
        && item.as_text().is_some_and(|hash| hash != source_hash(source))
    {
        let finding = Diagnostic::warning("T0102", format!("`{key}` is stale: its source text has changed"))
            .help(format!("look at the text again, then write `source = \"{}\"`", source_hash(source)));
        at(finding, item, "hash of another text");
    }
    let Some(item) = entry.item.get("text") else { return };
    let text = item.as_text().unwrap_or_default();
    let (there, here) = (facts(source), facts(text));
    if there != here {
        let lost: Vec<String> =
            there.iter().filter(|(f, n)| here.get(*f) < Some(n)).map(|(f, _)| format!("`{f}`")).collect();
        let added: Vec<String> =
            here.iter().filter(|(f, n)| there.get(*f) < Some(n)).map(|(f, _)| format!("`{f}`")).collect();
        let what = match (lost.as_slice(), added.as_slice()) {
            (lost, []) => format!("{} of the source is not in the text", lost.join(", ")),
            ([], added) => format!("{} is not in the source", added.join(", ")),
            (lost, added) => format!("{} instead of {}", added.join(", "), lost.join(", ")),
        };
        let finding =
            Diagnostic::warning("T0103", format!("numbers or units of `{key}` differ from the source: {what}"))
                .help("write the same numbers, percent signs and codes as the source");
        at(finding, item, "differs");
    }
    let length = text.chars().count();
    if key.ends_with(".short") && length > SHORT {
        let finding = Diagnostic::warning("T0104", format!("`{key}` has {length} characters, at most {SHORT} fit"))
            .help("shorten it; the full name is beside it");
        at(finding, item, "too long");
    }
}

/// One finding a language, not one a key: a new language begins with thousands.
fn missing(framework: &Framework, path: &str, language: &str, keys: &[String], findings: &Findings) {
    let catalogue = framework.catalogues.get(language);
    let missing: Vec<&str> =
        keys.iter().map(String::as_str).filter(|key| catalogue.is_none_or(|c| !c.contains_key(*key))).collect();
    if missing.is_empty() {
        return;
    }
    let shown = missing.iter().take(3).map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", ");
    let more = if missing.len() > 3 { ", …" } else { "" };
    findings.add(
        Diagnostic::notice(
            "T0101",
            format!("{} of {} texts have no translation: {shown}{more}", missing.len(), keys.len()),
        )
        .at(path, 0..0, "")
        .help(format!("until then readers see `{}` with a mark", framework.source_language)),
    );
}

/// Numbers, percent signs and KPI codes of a text, with how often each occurs. Digits of all scripts and decimal
/// commas count as the same.
fn facts(text: &str) -> BTreeMap<String, usize> {
    let characters: Vec<char> = text.chars().collect();
    let mut facts = BTreeMap::new();
    let mut at = 0;
    while at < characters.len() {
        if matches!(characters[at], '%' | '٪' | '％') {
            *facts.entry("%".to_owned()).or_insert(0) += 1;
            at += 1;
            continue;
        }
        let Some(first) = digit(characters[at]) else {
            at += 1;
            continue;
        };
        let mut number = String::from(first);
        at += 1;
        while at < characters.len() {
            if let Some(next) = digit(characters[at]) {
                number.push(next);
                at += 1;
            } else if let Some(next) = characters.get(at + 1).copied().and_then(digit)
                && (matches!(characters[at], '.' | ',' | '٫' | '٬') || is_grouping_space(&characters, at))
            {
                // Whether it separates thousands or decimals depends on the language: only the digits are compared.
                number.push(next);
                at += 2;
            } else {
                break;
            }
        }
        *facts.entry(number).or_insert(0) += 1;
    }
    facts
}

/// A space between digits that is followed by exactly three digits.
fn is_grouping_space(characters: &[char], at: usize) -> bool {
    matches!(characters[at], ' ' | '\u{a0}' | '\u{202f}')
        && (1..=3).all(|i| characters.get(at + i).copied().and_then(digit).is_some())
        && characters.get(at + 4).copied().and_then(digit).is_none()
}

/// Western, Arabic-Indic, Persian and full-width digits as western ones.
fn digit(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    char::from_digit(u32::from(c) - u32::from(zero), 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_facts_in_other_scripts() {
        assert_eq!(facts("within 24 hours, 1.5 %"), facts("خلال ٢٤ ساعة، ١٫٥ ٪"));
        assert_eq!(facts("1,000 items"), facts("1\u{202f}000 articles"));
        assert_ne!(facts("within 24 hours"), facts("en 48 heures"));
        assert_ne!(facts("10 %"), facts("10"));
    }
}
