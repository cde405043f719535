//! Files that the program carries with it: the shipped framework and the shipped mapping packs.

use std::collections::BTreeMap;

mod files {
    include!(concat!(env!("OUT_DIR"), "/embedded_files.rs"));
}

/// Name by which `mizan.toml` asks for the shipped framework.
pub const FRAMEWORK_NAME: &str = "open-customs";

/// Names of the shipped mapping packs.
pub const PACKS: [&str; 2] = ["plain", "asycuda"];

/// Files of the shipped framework: path inside its folder, and text.
pub fn framework() -> BTreeMap<String, String> {
    files::FRAMEWORK.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// Files of a shipped mapping pack: name and text.
pub fn pack(name: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let prefix = format!("{name}/");
    files::MAPPINGS.iter().filter_map(move |(path, text)| Some((path.strip_prefix(prefix.as_str())?, *text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn framework_and_packs_are_there() {
        assert!(framework().contains_key("framework.toml"));
        for name in PACKS {
            assert!(pack(name).any(|(file, _)| file == "declaration.toml"), "{name}");
        }
    }
}
