//! The pages of diagnostic codes: those of definitions, mappings and data stand in crate `model`, those of the program here.

use mizan_model::diagnostic::{code_pages, explain};

/// Codes of the program; a page begins with `# CODE title`.
const OWN: &str = include_str!("pages.md");

/// The page of a code, ready to print.
pub fn page(code: &str) -> Option<String> {
    if let Some(page) = explain(code) {
        return Some(format!("{}: {}\n\n{}\n", page.code, page.title, page.page_markdown));
    }
    let (_, title, text) = own().find(|(known, _, _)| *known == code)?;
    Some(format!("{code}: {title}\n\n{text}\n"))
}

/// All codes with their titles.
pub fn index() -> String {
    let model = code_pages().iter().map(|page| format!("{}  {}\n", page.code, page.title));
    model.chain(own().map(|(code, title, _)| format!("{code}  {title}\n"))).collect()
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
        let used: std::collections::BTreeSet<&str> =
            SOURCES.iter().flat_map(|text| text.split('"')).filter(is_code).collect();
        let written: std::collections::BTreeSet<&str> = own().map(|(code, _, _)| code).collect();
        assert_eq!(used, written);
    }

    #[test]
    fn pages_of_both_crates() {
        assert!(page("N0101").is_some_and(|page| page.starts_with("N0101: unknown key")));
        assert!(page("F0102").is_some());
        assert_eq!(page("Z0001"), None);
        assert!(index().contains("F0102") && index().contains("U0003"));
    }
}
