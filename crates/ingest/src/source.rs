//! Which files a mapping reads: a file, a folder, or a pattern, relative to the folder of sources.

use std::path::{Path, PathBuf};

use crate::error::{IngestError, NO_SOURCE};

/// A source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub path: PathBuf,
    /// Relative to the folder of sources, with `/`.
    pub name: String,
    pub bytes: u64,
}

/// Endings of the files that are read when `from` names a folder.
const ENDINGS: [&str; 8] = ["csv", "txt", "tsv", "tab", "parquet", "pq", "xlsx", "xlsm"];

/// Finds the files of `from`, in order of their names. `sources` may itself be a file: then only that one is taken.
pub(crate) fn find(sources: &Path, from: &str) -> Result<Vec<Found>, IngestError> {
    if !sources.exists() {
        return Err(IngestError::new(
            NO_SOURCE,
            format!("the folder of sources `{}` does not exist", sources.display()),
        )
        .help("give the folder that holds the extracts: `mizan ingest FOLDER`"));
    }
    let (root, only) = if sources.is_file() {
        // The parent of a bare name is the empty path, which cannot be opened.
        let parent = sources.parent().filter(|p| !p.as_os_str().is_empty());
        (parent.unwrap_or(Path::new(".")), sources.file_name())
    } else if sources.is_dir() {
        (sources, None)
    } else {
        return Err(not_regular(sources, &sources.display().to_string()));
    };
    let pattern = from.trim_start_matches("./").trim_end_matches('/');
    let folder = root.join(pattern).is_dir();
    let mut found = Vec::new();
    walk(root, "", &mut |path, name| {
        let wanted = if folder {
            let inside = pattern == "." || pattern.is_empty() || name.starts_with(&format!("{pattern}/"));
            let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
            inside && ENDINGS.contains(&ending.as_str())
        } else {
            matches(pattern, name)
        };
        let asked = only.is_none_or(|o| path.file_name() == Some(o) && !name.contains('/'));
        if wanted && asked {
            // Looked at before anything is opened: opening a pipe waits for its writer, perhaps for ever.
            let about = match std::fs::metadata(path) {
                Ok(about) if about.is_file() => about,
                Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                    return Err(IngestError::file_system(path, "read", e));
                }
                _ => return Err(not_regular(path, name)),
            };
            found.push(Found { path: path.to_owned(), name: name.to_owned(), bytes: about.len() });
        }
        Ok(())
    })?;
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

/// A pipe, socket, device, or link to nothing.
fn not_regular(path: &Path, name: &str) -> IngestError {
    let what = if std::fs::metadata(path).is_err() { ": it is a link to nothing" } else { "" };
    IngestError::new(NO_SOURCE, format!("not a regular file{what}"))
        .in_file(name)
        .help("take it out of the folder of sources, or put a copy of the extract in its place")
}

fn walk(
    folder: &Path,
    prefix: &str,
    take: &mut dyn FnMut(&Path, &str) -> Result<(), IngestError>,
) -> Result<(), IngestError> {
    let entries = std::fs::read_dir(folder).map_err(|e| IngestError::file_system(folder, "read", e))?;
    for entry in entries {
        let entry = entry.map_err(|e| IngestError::file_system(folder, "read", e))?;
        let file_name = entry.file_name();
        let name = file_name.to_string_lossy();
        // Hidden files, and lock files of spreadsheet programs.
        if name.starts_with('.') || name.starts_with("~$") {
            continue;
        }
        let path = entry.path();
        let relative = if prefix.is_empty() { name.into_owned() } else { format!("{prefix}/{name}") };
        if path.is_dir() {
            // A link back to a folder above would never end.
            if !entry.file_type().is_ok_and(|t| t.is_symlink()) {
                walk(&path, &relative, take)?;
            }
        } else {
            take(&path, &relative)?;
        }
    }
    Ok(())
}

/// `*` and `?` within a folder, `**` across folders; without regard to case where the file system has none is not tried.
fn matches(pattern: &str, name: &str) -> bool {
    fn from(pattern: &[u8], name: &[u8]) -> bool {
        match pattern {
            [] => name.is_empty(),
            [b'*', b'*', b'/', rest @ ..] => {
                from(rest, name) || (0..name.len()).any(|i| name[i] == b'/' && from(rest, &name[i + 1..]))
            }
            [b'*', rest @ ..] => {
                let segment = name.iter().position(|&b| b == b'/').unwrap_or(name.len());
                (0..=segment).any(|i| from(rest, &name[i..]))
            }
            [b'?', rest @ ..] => matches!(name, [b, tail @ ..] if *b != b'/' && from(rest, tail)),
            [byte, rest @ ..] => matches!(name, [b, tail @ ..] if b == byte && from(rest, tail)),
        }
    }
    from(pattern.as_bytes(), name.as_bytes())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{find, matches};

    #[test]
    fn a_bare_file_name_stands_in_the_working_folder() {
        // Tests run in the folder of the crate.
        let found = find(Path::new("Cargo.toml"), "*.toml").unwrap();
        assert_eq!(found.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(), ["Cargo.toml"]);
        assert!(found[0].path.is_file() && found[0].bytes > 0);
    }

    fn check(pattern: &str, name: &str, expect: bool) {
        assert_eq!(matches(pattern, name), expect, "{pattern} {name}");
    }

    #[test]
    fn patterns() {
        check("a.csv", "a.csv", true);
        check("a.csv", "b/a.csv", false);
        check("declarations-*.csv", "declarations-2025-01.csv", true);
        check("*.csv", "b/a.csv", false);
        check("*/a?.csv", "b/a1.csv", true);
        check("**/*.csv", "x/y/a.csv", true);
        check("**/*.csv", "a.csv", true);
        check("*", "", true);
    }
}
