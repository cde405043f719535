//! The manual page of every code: `mizan explain F0102`.

use std::sync::OnceLock;

/// Page of one code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodePage {
    /// For example `F0102`.
    pub code: &'static str,
    /// What it is, in a few words.
    pub title: &'static str,
    /// The page, Markdown.
    pub page_markdown: &'static str,
}

/// One file a family; a page begins with `# CODE title`.
const FAMILIES: [&str; 10] = [
    include_str!("pages/F01.md"),
    include_str!("pages/F02.md"),
    include_str!("pages/F03.md"),
    include_str!("pages/F04.md"),
    include_str!("pages/F05.md"),
    include_str!("pages/T01.md"),
    include_str!("pages/M01.md"),
    include_str!("pages/D01.md"),
    include_str!("pages/D02.md"),
    include_str!("pages/D03.md"),
];

/// All pages, by family and code.
pub fn code_pages() -> &'static [CodePage] {
    static PAGES: OnceLock<Vec<CodePage>> = OnceLock::new();
    PAGES.get_or_init(|| FAMILIES.iter().flat_map(|family| pages(family)).collect())
}

/// The page of a code; case does not matter.
pub fn explain(code: &str) -> Option<&'static CodePage> {
    code_pages().iter().find(|page| page.code.eq_ignore_ascii_case(code.trim()))
}

fn pages(family: &'static str) -> impl Iterator<Item = CodePage> {
    family.strip_prefix("# ").unwrap_or(family).split("\n# ").filter_map(|page| {
        let (heading, text) = page.split_once('\n')?;
        let (code, title) = heading.split_once(' ')?;
        Some(CodePage { code, title: title.trim(), page_markdown: text.trim() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_found_and_complete() {
        let page = explain("f0102").expect("has a page");
        assert_eq!((page.code, page.title), ("F0102", "unknown key"));
        let mut codes: Vec<&str> = code_pages().iter().map(|p| p.code).collect();
        assert!(codes.is_sorted_by_key(|c| (["F", "T", "M", "D"].iter().position(|f| c.starts_with(f)), *c)));
        codes.dedup();
        assert_eq!(codes.len(), code_pages().len());
        assert!(code_pages().iter().all(|p| p.code.len() == 5 && !p.page_markdown.is_empty()));
        assert_eq!(explain("F9999"), None);
    }
}
