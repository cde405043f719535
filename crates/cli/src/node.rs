//! A node's folder: settings, framework, mappings, key.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use mizan_model::diagnostic::{Diagnostic, Severity};
use mizan_model::framework::{Framework, sha256};
use mizan_model::mapping::{Mapping, Target};
use mizan_text::{Language, Locale, Text};

use crate::embedded;
use crate::failure::{Exit, Failure, READ_HELP, UTF8_HELP};
use crate::findings::Texts;
use crate::settings::{self, Settings};

/// File with the key for pseudonyms.
const KEY_FILE: &str = ".mizan-key";

/// An opened node.
#[derive(Debug)]
pub struct Node {
    /// Its folder.
    pub folder: PathBuf,
    /// Settings.
    pub settings: Settings,
    /// Hash of `mizan.toml`.
    pub settings_hash: String,
    /// Framework that it measures.
    pub framework: Framework,
    /// Warnings about settings and framework.
    pub warnings: Vec<Diagnostic>,
    settings_text: String,
}

/// A mapping of the node.
#[derive(Debug)]
pub struct NodeMapping {
    /// The mapping.
    pub mapping: Mapping,
    /// Hash of its text and of the files beside it.
    pub hash: String,
}

impl Node {
    /// Reads settings and framework of the node in `folder`, with the translations that the reader may see.
    pub fn open(folder: &Path, text: &Text) -> Result<Self, Failure> {
        let path = folder.join(settings::FILE);
        let settings_text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let message = text.messages.error_not_a_node(&folder.display().to_string());
                return Err(Failure::translated(Exit::Input, "N0100", message));
            }
            Err(error) => return Err(Failure::read_text(&path, &error)),
        };
        let checked = settings::read(&settings_text);
        if !checked.is_usable() {
            let texts = Texts::from([(settings::FILE.to_owned(), settings_text)]);
            return Err(Failure::findings(Exit::Definition, checked.diagnostics, texts));
        }
        let mut warnings = checked.diagnostics;
        let files = framework_files(&checked.value.framework, folder)?;
        // Pages for no reader in particular are in the administration's own language.
        let own = checked.value.language.as_ref().and_then(|language| language.parse().ok());
        let read = read_framework_in(files, &languages(own.into_iter().chain([text.locale])))?;
        warnings.extend(read.warnings);
        Ok(Node {
            folder: folder.to_owned(),
            settings: checked.value,
            settings_hash: sha256(&settings_text),
            framework: read.framework,
            warnings,
            settings_text,
        })
    }

    /// Texts that the warnings point into.
    pub fn texts(&self) -> Texts {
        let mut texts = Texts::clone(&self.framework.files);
        texts.insert(settings::FILE.to_owned(), self.settings_text.clone());
        texts
    }

    /// Reads the mappings of the node, or the named one. Warnings are given back beside them.
    pub fn mappings(&self, only: Option<&str>) -> Result<(Vec<NodeMapping>, Vec<Diagnostic>, Texts), Failure> {
        let folder = self.folder.join("mappings");
        let mut names = Vec::new();
        match std::fs::read_dir(&folder) {
            Ok(entries) => {
                for entry in entries.flatten() {
                    let name = entry.file_name().to_string_lossy().into_owned();
                    names.extend(name.strip_suffix(".toml").filter(|n| !n.starts_with('.')).map(str::to_owned));
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(Failure::read(&folder, error)),
        }
        names.sort();
        if let Some(only) = only {
            if !names.iter().any(|name| name == only) {
                let near = mizan_model::source::nearest(only, names.iter().map(String::as_str));
                let failure =
                    Failure::new(Exit::Usage, "U0002", format!("there is no mapping `{only}` in `mappings/`"));
                return Err(match near {
                    Some(near) => failure.help(format!("did you mean `{near}`?")),
                    None => failure.help(format!("there are: {}", names.join(", "))),
                });
            }
            names = vec![only.to_owned()];
        }
        if names.is_empty() {
            let message = format!("there is no mapping in `{}`", folder.display());
            return Err(Failure::new(Exit::Definition, "N0104", message)
                .help("`mizan init FOLDER --mapping plain` (or `asycuda`) makes a node with mappings to copy"));
        }
        let target = Target { contracts: &self.framework.contracts, lists: &self.framework.lists };
        let (mut mappings, mut findings, mut texts) = (Vec::new(), Vec::new(), Texts::new());
        for name in names {
            let path = folder.join(format!("{name}.toml"));
            let text = std::fs::read_to_string(&path).map_err(|error| Failure::read_text(&path, &error))?;
            let read = std::cell::RefCell::new(BTreeMap::from([(format!("{name}.toml"), text.clone())]));
            let beside = |file: &str| {
                let text = std::fs::read_to_string(folder.join(file)).ok()?;
                read.borrow_mut().insert(file.to_owned(), text.clone());
                Some(text)
            };
            let checked = Mapping::from_toml(&name, &text, target, &beside);
            let usable = checked.is_usable();
            findings.extend(checked.diagnostics);
            let files = read.into_inner();
            let hash =
                sha256(&files.iter().map(|(file, text)| format!("{file}\n{}\n{text}", text.len())).collect::<String>());
            texts.extend(files.into_iter().map(|(file, text)| (format!("mappings/{file}"), text)));
            if let (true, Some(mapping)) = (usable, checked.value) {
                mappings.push(NodeMapping { mapping, hash });
            }
        }
        if findings.iter().any(|finding| finding.severity == Severity::Error) {
            return Err(Failure::findings(Exit::Definition, findings, texts));
        }
        Ok((mappings, findings, texts))
    }

    /// The node's key for pseudonyms. It is made where there is none, as long as there are no records either: theirs were
    /// made with the key that is gone, and with another one the same trader would look like two.
    pub fn key(&self) -> Result<[u8; 32], Failure> {
        let path = self.folder.join(KEY_FILE);
        match std::fs::read_to_string(&path) {
            Ok(text) => from_hex(text.trim()).ok_or_else(|| {
                Failure::new(Exit::Definition, "N0105", format!("`{}` does not hold a key", path.display())).help(
                    "restore it from a backup; with another key, pseudonyms no longer fit the ones in the records",
                )
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                if has_records(&self.folder) {
                    let gone = format!("`{}` is gone, and the node has records with its pseudonyms", path.display());
                    return Err(Failure::new(Exit::Definition, "N0105", gone).help(
                        "restore it from a backup; if it is lost for good, begin a new node and ingest the sources there",
                    ));
                }
                let mut key = [0; 32];
                getrandom::fill(&mut key).map_err(|error| Failure::internal(format!("no random numbers: {error}")))?;
                write_key(&self.folder, &key)?;
                Ok(key)
            }
            Err(error) => Err(Failure::read(&path, error)),
        }
    }
}

/// A framework that may be used, with what was found while it was read.
#[derive(Debug)]
pub struct ReadFramework {
    /// The framework.
    pub framework: Framework,
    /// Findings below error.
    pub warnings: Vec<Diagnostic>,
}

/// Files of a framework as they were found.
#[derive(Debug, Default)]
pub struct FrameworkFiles {
    /// Texts by path; bytes that are not UTF-8 stand as U+FFFD, so that the rest can be checked.
    pub texts: Texts,
    /// Errors about files that could not be read as they are.
    pub unreadable: Vec<Diagnostic>,
}

impl From<Texts> for FrameworkFiles {
    fn from(texts: Texts) -> Self {
        FrameworkFiles { texts, unreadable: Vec::new() }
    }
}

/// Reads a framework that is to be used, with the translations that the reader may see: an error in it stops the work.
pub fn read_framework(files: impl Into<FrameworkFiles>, text: &Text) -> Result<ReadFramework, Failure> {
    read_framework_in(files, &languages([text.locale]))
}

fn read_framework_in(files: impl Into<FrameworkFiles>, languages: &[&str]) -> Result<ReadFramework, Failure> {
    let FrameworkFiles { texts, unreadable: mut findings } = files.into();
    let texts = Arc::new(texts);
    let checked = Framework::for_readers_of(languages, Arc::clone(&texts));
    let usable = checked.is_usable() && findings.is_empty();
    findings.extend(checked.diagnostics);
    match checked.value {
        Some(framework) if usable => Ok(ReadFramework { framework, warnings: findings }),
        _ => Err(Failure::findings(Exit::Definition, findings, Texts::clone(&texts))),
    }
}

/// Languages that readers are given, the best of each first.
pub fn languages(locales: impl IntoIterator<Item = Locale>) -> Vec<&'static str> {
    locales.into_iter().flat_map(|locale| locale.fallback_chain()).map(Language::code).collect()
}

/// Files of the framework that `name` means: the shipped one, or a folder (relative to `base`).
pub fn framework_files(name: &str, base: &Path) -> Result<FrameworkFiles, Failure> {
    let folder = base.join(name);
    if name == embedded::FRAMEWORK_NAME && !folder.join("framework.toml").exists() {
        return Ok(embedded::framework().into());
    }
    if !folder.join("framework.toml").is_file() {
        let message = format!("`{}` is not a framework: `framework.toml` is not there", folder.display());
        return Err(Failure::new(Exit::Input, "N0106", message)
            .help(format!("give a folder, or `{}` for the shipped framework", embedded::FRAMEWORK_NAME)));
    }
    let mut files = FrameworkFiles::default();
    read_folder(&folder, "", &mut files)?;
    Ok(files)
}

fn read_folder(folder: &Path, prefix: &str, files: &mut FrameworkFiles) -> Result<(), Failure> {
    let entries = std::fs::read_dir(folder).map_err(|error| Failure::read(folder, error))?;
    for entry in entries {
        let path = entry.map_err(|error| Failure::read(folder, error))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with('.') {
            continue;
        }
        let inside = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        if path.is_dir() {
            read_folder(&path, &inside, files)?;
        } else if ["toml", "csv", "md"].iter().any(|ending| path.extension().is_some_and(|e| e == *ending)) {
            read_text(&path, inside, files);
        }
    }
    Ok(())
}

/// One file of a framework. What is wrong with it is a finding among others: it must not hide them.
fn read_text(path: &Path, inside: String, files: &mut FrameworkFiles) {
    match std::fs::read(path).map(String::from_utf8) {
        Ok(Ok(text)) => {
            files.texts.insert(inside, text);
        }
        Ok(Err(error)) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            files.unreadable.push(
                Diagnostic::error("N0202", format!("`{inside}` is not UTF-8"))
                    .at(&inside, at..at + char::REPLACEMENT_CHARACTER.len_utf8(), "")
                    .help(UTF8_HELP),
            );
            files.texts.insert(inside, text);
        }
        Err(error) => {
            files.unreadable.push(
                Diagnostic::error("N0202", format!("cannot read `{}`: {error}", path.display()))
                    .at(&inside, 0..0, "")
                    .help(READ_HELP),
            );
        }
    }
}

/// Writes the key so that only its owner can read it.
pub fn write_key(folder: &Path, key: &[u8; 32]) -> Result<(), Failure> {
    let path = folder.join(KEY_FILE);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let text: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut file = options.open(&path).map_err(|error| Failure::write(&path, error))?;
    file.write_all(format!("{text}\n").as_bytes()).map_err(|error| Failure::write(&path, error))
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let mut key = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (index, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * index..2 * index + 2], 16).ok()?;
    }
    Some(key)
}

/// Replaces a file in one step.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_file_with(path, |file| file.write_all(bytes))
}

/// Replaces a file in one step with what is written to it piece by piece.
pub fn write_file_with(
    path: &Path,
    content: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| Failure::write(folder, error))?;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    // Two runs that end together write one after the other, and not into one file.
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary = path.with_file_name(name);
    let write = || {
        let mut file = std::io::BufWriter::new(std::fs::File::create(&temporary)?);
        content(&mut file)?;
        let file = file.into_inner()?;
        // A power cut must not leave the name of the new file with nothing in it.
        file.sync_all()?;
        std::fs::rename(&temporary, path)
    };
    write().map_err(|error| Failure::write(path, error))
}

/// Whether anything was ever ingested.
fn has_records(folder: &Path) -> bool {
    let Ok(contracts) = std::fs::read_dir(folder.join("records")) else { return false };
    contracts.flatten().any(|contract| contract.path().join("_manifest.json").exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_not_replaced_while_there_are_records() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!has_records(folder.path()));
        let contract = folder.path().join("records/declaration");
        std::fs::create_dir_all(&contract).unwrap();
        assert!(!has_records(folder.path()), "a folder alone is nothing");
        std::fs::write(contract.join("_manifest.json"), "{}").unwrap();
        assert!(has_records(folder.path()));
    }

    #[test]
    fn keys_come_back() {
        let folder = tempfile::tempdir().unwrap();
        write_key(folder.path(), &[7; 32]).unwrap();
        let text = std::fs::read_to_string(folder.path().join(KEY_FILE)).unwrap();
        assert_eq!(from_hex(text.trim()), Some([7; 32]));
        assert_eq!(from_hex("07"), None);
        assert_eq!(from_hex(&"zz".repeat(32)), None);
    }

    #[test]
    fn shipped_framework_is_meant_by_its_name() {
        let folder = tempfile::tempdir().unwrap();
        assert!(framework_files("open-customs", folder.path()).unwrap().texts.contains_key("framework.toml"));
        assert_eq!(framework_files("elsewhere", folder.path()).unwrap_err().exit, Exit::Input);
    }

    #[test]
    fn a_file_that_is_not_utf8_is_one_finding() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("framework.toml"), "a = 1\n").unwrap();
        std::fs::write(folder.path().join("bad.toml"), b"b = \"\xff\"\n").unwrap();
        let files = framework_files(".", folder.path()).unwrap();
        assert_eq!(files.texts["bad.toml"], "b = \"\u{fffd}\"\n");
        assert_eq!((files.unreadable.len(), files.unreadable[0].labels[0].span.clone()), (1, 5..8));
        let text = Text::for_terminal(Locale::ENGLISH);
        assert_eq!(read_framework(files, &text).unwrap_err().exit, Exit::Definition);
    }
}
