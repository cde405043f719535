//! Writes the table of embedded files: the shipped framework and the shipped mapping packs.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../..");
    let out = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets it")).join("embedded_files.rs");
    let mut code = String::new();
    for (name, folder) in [("FRAMEWORK", "frameworks/open-customs"), ("MAPPINGS", "mappings")] {
        let folder = root.join(folder);
        let mut files = Vec::new();
        collect(&folder, &folder, &mut files);
        files.sort();
        writeln!(code, "/// Path and text of each file.\npub const {name}: &[(&str, &str)] = &[")
            .expect("a string takes all");
        for (path, file) in files {
            writeln!(code, "    ({path:?}, include_str!({:?})),", file.display()).expect("a string takes all");
        }
        code.push_str("];\n");
    }
    std::fs::write(out, code).expect("cargo's folder can be written");
}

/// Text files of a folder with their paths inside it. A folder tells cargo when a file comes or goes.
fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, PathBuf)>) {
    println!("cargo:rerun-if-changed={}", folder.display());
    for entry in std::fs::read_dir(folder).expect("the folder is part of the project") {
        let path = entry.expect("the folder can be listed").path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() {
            collect(root, &path, files);
        } else if !name.starts_with('.') && !name.ends_with('~') {
            let inside = path.strip_prefix(root).expect("it was found under the root");
            let inside = inside.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
            println!("cargo:rerun-if-changed={}", path.display());
            files.push((inside, path.canonicalize().expect("it was just listed")));
        }
    }
}
