//! The pages of diagnostic codes: those of definitions, mappings and data stand in crate `model`, those of the program here.

use mizan_model::diagnostic::{code_pages, explain};
use mizan_text::Messages;

/// Codes of the program; a page begins with `# CODE title`.
const OWN: &str = include_str!("pages.md");

/// The page of a code, ready to print: its title in the reader's language, the text in English.
pub fn page(code: &str, messages: &Messages) -> Option<String> {
    let (title, text) = match explain(code) {
        Some(page) => (page.title, page.page_markdown),
        None => own().find(|(known, _, _)| *known == code).map(|(_, title, text)| (title, text))?,
    };
    Some(format!("{code}: {}\n\n{text}\n", messages.code_title(code).as_deref().unwrap_or(title)))
}

/// All codes with their titles.
pub fn index(messages: &Messages) -> String {
    titles()
        .map(|(code, title)| format!("{code}  {}\n", messages.code_title(code).as_deref().unwrap_or(title)))
        .collect()
}

/// All codes with their English titles.
fn titles() -> impl Iterator<Item = (&'static str, &'static str)> {
    let model = code_pages().iter().map(|page| (page.code, page.title));
    model.chain(own().map(|(code, title, _)| (code, title)))
}

fn own() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    OWN.strip_prefix("# ").unwrap_or(OWN).split("\n# ").filter_map(|page| {
        let (heading, text) = page.split_once('\n')?;
        let (code, title) = heading.split_once(' ')?;
        Some((code, title, text.trim()))
    })
}

#[cfg(test)]
mod tests {
    use mizan_text::Locale;

    use super::*;

    /// Codes in the sources of this crate.
    const SOURCES: [&str; 14] = [
        include_str!("../failure.rs"),
        include_str!("../node.rs"),
        include_str!("../settings.rs"),
        include_str!("../selection.rs"),
        include_str!("../main.rs"),
        include_str!("../output.rs"),
        include_str!("../observations.rs"),
        include_str!("../record.rs"),
        include_str!("demo.rs"),
        include_str!("explain.rs"),
        include_str!("show.rs"),
        include_str!("measure.rs"),
        include_str!("framework.rs"),
        include_str!("init.rs"),
    ];

    #[test]
    fn every_code_of_the_program_has_a_page() {
        let is_code = |word: &&str| {
            word.len() == 5 && word.starts_with(['N', 'R', 'U', 'X']) && word[1..].bytes().all(|b| b.is_ascii_digit())
        };
        let mut used: std::collections::BTreeSet<&str> =
            SOURCES.iter().flat_map(|text| text.split('"')).filter(is_code).collect();
        // Codes of the crates of scores, and of the commands that join them to observations.
        used.extend(mizan_index::codes::ALL);
        used.extend(mizan_frontier::codes::ALL);
        used.extend(["S0601", "S0602", "S0603"]);
        used.extend(crate::commands::evidence::ALL);
        let written: std::collections::BTreeSet<&str> = own().map(|(code, _, _)| code).collect();
        assert_eq!(used, written);
    }

    #[test]
    fn pages_of_both_crates() {
        let english = Messages::for_terminal(Locale::ENGLISH);
        assert!(page("N0101", &english).is_some_and(|page| page.starts_with("N0101: unknown key")));
        assert!(page("F0102", &english).is_some());
        assert_eq!(page("Z0001", &english), None);
        assert!(index(&english).contains("F0102") && index(&english).contains("U0003"));
        let french = Messages::for_terminal("fr".parse().unwrap());
        assert!(page("D0102", &french).is_some_and(|page| page.starts_with("D0102: fichier vide\n")));
    }

    #[test]
    fn the_english_catalogue_has_the_titles_of_all_pages() {
        let english = Messages::for_terminal(Locale::ENGLISH);
        for (code, title) in titles() {
            assert_eq!(english.code_title(code).as_deref(), Some(title), "{code}");
        }
        let catalogue = std::fs::read_to_string("../text/messages/en/codes.ftl").unwrap();
        let ids = catalogue.lines().filter_map(|line| line.split_once(" = ")?.0.split_once('-'));
        let known: Vec<String> = titles().map(|(code, _)| code.to_ascii_lowercase()).collect();
        for (kind, code) in ids {
            assert!(known.iter().any(|known| known == code), "{kind}-{code}");
        }
    }
}
