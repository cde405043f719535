//! Generated files: written, or compared with what is there.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use mizan_model::diagnostic::{CodePage, code_pages};
use mizan_model::schema::{FileKind, json_schema, reference_markdown};

/// Folders in which every file is a generated one: what is no longer made must go.
const WHOLE_FOLDERS: [&str; 3] = ["frameworks/schemas", "docs/reference", "crates/text/src/messages"];

const REMEDY: &str = "run `cargo xtask codegen` and commit the result";

/// Text of every generated file, by path relative to the workspace.
fn files() -> Result<BTreeMap<PathBuf, String>> {
    let mut files = BTreeMap::new();
    for (path, text) in mizan_text::codegen::codegen() {
        files.insert(Path::new("crates/text/src").join(path), text);
    }
    for kind in FileKind::ALL {
        let schema = serde_json::to_string_pretty(&json_schema(*kind))?;
        files.insert(PathBuf::from(format!("frameworks/schemas/{kind}.schema.json")), format!("{schema}\n"));
    }
    files.insert(PathBuf::from("docs/reference/files.md"), reference_markdown());
    files.insert(PathBuf::from("docs/reference/diagnostics.md"), diagnostics(code_pages()));
    Ok(files)
}

/// All pages of codes as one document, its headings one level lower.
fn diagnostics(pages: &[CodePage]) -> String {
    let mut out = String::from(
        "# Diagnostics\n\nWhat each code means, and how to mend it. `mizan explain CODE` prints the same page.\n\n\
         Generated from the checks' own pages by `cargo xtask codegen`; do not edit.\n\n| code | finding |\n|---|---|\n",
    );
    for page in pages {
        let anchor: String = format!("{} {}", page.code, page.title)
            .to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
            .map(|c| if c == ' ' { '-' } else { c })
            .collect();
        let _ = writeln!(out, "| [{}](#{anchor}) | {} |", page.code, page.title.replace('|', "\\|"));
    }
    for page in pages {
        let _ = write!(out, "\n## {} {}\n\n{}\n", page.code, page.title, lowered(page.page_markdown));
    }
    out
}

/// Headings one level lower; lines in code blocks stay.
fn lowered(markdown: &str) -> String {
    let mut is_code = false;
    let lines = markdown.lines().map(|line| {
        is_code ^= line.trim_start().starts_with("```");
        if line.starts_with('#') && !is_code { format!("#{line}") } else { line.to_owned() }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Files in the generated folders that no generator makes.
fn left_over(root: &Path, files: &BTreeMap<PathBuf, String>) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for folder in WHOLE_FOLDERS {
        let Ok(entries) = std::fs::read_dir(root.join(folder)) else { continue };
        for entry in entries {
            let path = Path::new(folder).join(entry?.file_name());
            if !files.contains_key(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Writes what differs.
pub fn write(root: &Path) -> Result<()> {
    let files = files()?;
    for (path, text) in &files {
        let full = root.join(path);
        if std::fs::read_to_string(&full).is_ok_and(|known| known == *text) {
            continue;
        }
        if let Some(folder) = full.parent() {
            std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        }
        std::fs::write(&full, text).with_context(|| path.display().to_string())?;
        println!("wrote {}", path.display());
    }
    for path in left_over(root, &files)? {
        std::fs::remove_file(root.join(&path)).with_context(|| path.display().to_string())?;
        println!("removed {}", path.display());
    }
    Ok(())
}

/// Names every file that is not what its generator makes.
pub fn check(root: &Path) -> Result<()> {
    let files = files()?;
    let is_stale = |(path, text): &(&PathBuf, &String)| {
        std::fs::read_to_string(root.join(path)).map_or(true, |known| known != **text)
    };
    let mut stale: Vec<PathBuf> = files.iter().filter(is_stale).map(|(path, _)| path.clone()).collect();
    stale.extend(left_over(root, &files)?);
    if stale.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = stale.iter().map(|path| format!("  {}", path.display())).collect();
    bail!("generated files are not up to date:\n{}\n{REMEDY}", names.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_go_down_and_code_stays() {
        assert_eq!(lowered("# a\n```toml\n# b\n```\n## c"), "## a\n```toml\n# b\n```\n### c");
    }

    #[test]
    fn every_code_has_its_page_and_its_line() {
        let text = diagnostics(code_pages());
        for page in code_pages() {
            assert!(text.contains(&format!("\n## {} {}\n", page.code, page.title)), "{}", page.code);
            assert!(text.contains(&format!("| [{}](#", page.code)), "{}", page.code);
        }
    }

    #[test]
    fn what_was_written_is_up_to_date_until_it_is_touched() {
        let folder = tempfile::tempdir().unwrap();
        assert!(check(folder.path()).unwrap_err().to_string().contains("docs/reference/diagnostics.md"));
        write(folder.path()).unwrap();
        check(folder.path()).unwrap();
        let extra = folder.path().join("frameworks/schemas/old.schema.json");
        std::fs::write(&extra, "{}").unwrap();
        let message = check(folder.path()).unwrap_err().to_string();
        assert_eq!(
            message,
            "generated files are not up to date:\n  frameworks/schemas/old.schema.json\n\
             run `cargo xtask codegen` and commit the result"
        );
        write(folder.path()).unwrap();
        assert!(!extra.exists());
        check(folder.path()).unwrap();
    }
}
