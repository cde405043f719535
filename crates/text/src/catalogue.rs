//! The Fluent catalogues as they are built into the program.

use crate::locale::Language;

/// Catalogues whose messages are looked up by a topic or a code, and so have no typed accessors.
pub(crate) const LOOKED_UP: [&str; 3] = ["help.ftl", "codes.ftl", "heads.ftl"];

/// One catalogue file of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CatalogueFile {
    /// Name of the file without folder, for example `ingest.ftl`.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

macro_rules! files {
    ($language:literal) => {{
        const FILES: &[CatalogueFile] = &[
            CatalogueFile { name: "common.ftl", text: include_str!(concat!("../messages/", $language, "/common.ftl")) },
            CatalogueFile { name: "demo.ftl", text: include_str!(concat!("../messages/", $language, "/demo.ftl")) },
            CatalogueFile { name: "ingest.ftl", text: include_str!(concat!("../messages/", $language, "/ingest.ftl")) },
            CatalogueFile {
                name: "commands.ftl",
                text: include_str!(concat!("../messages/", $language, "/commands.ftl")),
            },
            CatalogueFile { name: "usage.ftl", text: include_str!(concat!("../messages/", $language, "/usage.ftl")) },
            CatalogueFile { name: "help.ftl", text: include_str!(concat!("../messages/", $language, "/help.ftl")) },
            CatalogueFile { name: "codes.ftl", text: include_str!(concat!("../messages/", $language, "/codes.ftl")) },
            CatalogueFile { name: "heads.ftl", text: include_str!(concat!("../messages/", $language, "/heads.ftl")) },
        ];
        FILES
    }};
}

/// The catalogue files of a language, in a fixed order.
pub fn files(language: Language) -> &'static [CatalogueFile] {
    match language {
        Language::English => files!("en"),
        Language::French => files!("fr"),
        Language::Spanish => files!("es"),
        Language::Russian => files!("ru"),
        Language::Arabic => files!("ar"),
        Language::Chinese => files!("zh"),
        Language::Portuguese => files!("pt"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use fluent_syntax::ast;

    use super::*;
    use crate::codegen;

    /// Pattern of each message.
    fn patterns(language: Language) -> BTreeMap<&'static str, ast::Pattern<&'static str>> {
        let parse = |file: &CatalogueFile| fluent_syntax::parser::parse(file.text).expect("parsed in the first test");
        files(language)
            .iter()
            .flat_map(|file| parse(file).body)
            .filter_map(|entry| match entry {
                ast::Entry::Message(message) => Some((message.id.name, message.value?)),
                _ => None,
            })
            .collect()
    }

    /// Number of letters in the words of a pattern, without its variables and names in backticks.
    fn letters(pattern: &ast::Pattern<&str>, counts: impl Fn(char) -> bool) -> usize {
        let text = codegen::literal_text(pattern);
        text.split('`').step_by(2).flat_map(str::chars).filter(|c| counts(*c)).count()
    }

    /// Variables of each message.
    fn variables(language: Language) -> BTreeMap<String, BTreeSet<String>> {
        let mut messages = BTreeMap::new();
        for file in files(language) {
            let resource = fluent_syntax::parser::parse(file.text)
                .unwrap_or_else(|(_, errors)| panic!("{language}/{}: {errors:?}", file.name));
            for entry in &resource.body {
                if let ast::Entry::Message(message) = entry {
                    let pattern = message.value.as_ref().expect("each message has a value");
                    let previous = messages.insert(message.id.name.to_owned(), codegen::variables(pattern));
                    assert_eq!(previous, None, "{language}: `{}` is there twice", message.id.name);
                }
            }
        }
        messages
    }

    #[test]
    fn every_language_has_every_message_with_the_same_variables_and_no_others() {
        let english = variables(Language::English);
        let mut faults = Vec::new();
        for language in Language::ALL {
            let other = variables(language);
            for (id, variables) in &english {
                match other.get(id) {
                    None => faults.push(format!("{language}: `{id}` is missing")),
                    Some(theirs) if theirs != variables => {
                        faults.push(format!("{language}: `{id}` has {theirs:?}, English {variables:?}"));
                    }
                    Some(_) => {}
                }
            }
            for id in other.keys().filter(|id| !english.contains_key(*id)) {
                faults.push(format!("{language}: `{id}` is not in English"));
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        assert!(english.len() >= 200, "{}", english.len());
    }

    /// A selector on a count must name every plural category of the language, or the sentence is wrong for some counts.
    #[test]
    fn selectors_on_counts_have_all_plural_categories() {
        let expect = |language| match language {
            Language::Arabic => vec!["few", "many", "one", "other", "two", "zero"],
            Language::Russian => vec!["few", "many", "one", "other"],
            Language::Chinese => vec!["other"],
            _ => vec!["one", "other"],
        };
        let mut faults = Vec::new();
        for language in Language::ALL {
            let needed = expect(language);
            for (id, pattern) in patterns(language) {
                for categories in codegen::plural_selectors(&pattern) {
                    if !needed.iter().all(|category| categories.contains(*category)) {
                        faults.push(format!("{language}: `{id}` has {categories:?}"));
                    }
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    /// Three languages have scripts of their own: a message without a letter of it was forgotten, unless English has
    /// no words there either (`{ $value } = { $numerator } / { $denominator }`).
    #[test]
    fn russian_arabic_and_chinese_messages_are_written_in_their_scripts() {
        let in_script = |language, c: char| match language {
            Language::Russian => ('\u{400}'..='\u{4ff}').contains(&c),
            Language::Arabic => ('\u{600}'..='\u{6ff}').contains(&c),
            _ => ('\u{4e00}'..='\u{9fff}').contains(&c),
        };
        // Russian says "from to" with a dash.
        let exceptions = [(Language::Russian, "period-range")];
        let english = patterns(Language::English);
        for language in [Language::Russian, Language::Arabic, Language::Chinese] {
            for (id, pattern) in patterns(language) {
                // A keyword of SQL is no word.
                let wordless = letters(&english[id], char::is_lowercase) == 0;
                let written = letters(&pattern, |c| in_script(language, c)) > 0;
                assert!(written || wordless || exceptions.contains(&(language, id)), "{language}: `{id}`");
            }
        }
    }

    /// The others share the script, so that a long text equal to English gives a forgotten translation away.
    #[test]
    fn no_long_message_is_still_english() {
        let english = patterns(Language::English);
        for language in [Language::French, Language::Spanish, Language::Portuguese] {
            for (id, pattern) in patterns(language) {
                let long = letters(&pattern, char::is_alphabetic) > 10;
                assert!(!long || pattern != english[id], "{language}: `{id}`");
            }
        }
    }

    #[test]
    fn the_glossary_has_every_term_in_every_language() {
        let glossary: BTreeMap<String, BTreeMap<String, String>> =
            toml::from_str(include_str!("../glossary.toml")).unwrap();
        assert!(glossary.len() >= 60, "{}", glossary.len());
        for (id, term) in &glossary {
            for language in Language::ALL {
                let text = term.get(language.code()).map_or("", String::as_str);
                assert!(!text.trim().is_empty(), "`{id}` has no term in {language}");
            }
            let known = Language::ALL.iter().filter(|language| term.contains_key(language.code())).count();
            assert_eq!(term.len(), known + usize::from(term.contains_key("note")), "`{id}` has an unknown key");
        }
    }

    /// Where a message is one word of the glossary, it must be the glossary's word.
    #[test]
    fn catalogues_use_the_words_of_the_glossary() {
        let glossary: BTreeMap<String, BTreeMap<String, String>> =
            toml::from_str(include_str!("../glossary.toml")).unwrap();
        let pairs = [
            ("coverage", "word-coverage"),
            ("dimension", "word-dimension"),
            ("outcome", "word-outcome"),
            ("breakdown", "word-breakdown"),
            ("channel", "breakdown-channel"),
            ("framework", "doctor-framework"),
        ];
        for language in Language::ALL {
            let patterns = patterns(language);
            for (term, message) in pairs {
                let term = glossary[term][language.code()].to_lowercase();
                let term = term.trim_start_matches("expected ");
                let found = codegen::literal_text(&patterns[message]).to_lowercase();
                // Russian declines the word, so that only its stem is the same.
                let stem: String = term.chars().take(term.chars().count().saturating_sub(2).max(2)).collect();
                assert!(found.contains(&stem), "{language}: `{message}` reads {found:?}, the glossary says {term:?}");
            }
        }
    }
}
