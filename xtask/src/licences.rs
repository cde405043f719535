//! Licences, bans and sources of all dependencies, against `deny.toml`.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

mod expression;

/// Where all dependencies come from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Rules of `deny.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rules {
    /// SPDX identifiers, with their exception where they have one.
    allowed: BTreeSet<String>,
    /// Crate and reason.
    banned: Vec<(String, String)>,
}

impl Rules {
    fn from_toml(text: &str) -> Result<Self> {
        let document: toml::Table = text.parse()?;
        let list = |table: &str, key: &str| {
            let found = document.get(table).and_then(|table| table.get(key)).and_then(toml::Value::as_array);
            found.with_context(|| format!("`deny.toml` has no list `{key}` in `[{table}]`"))
        };
        let allowed = list("licenses", "allow")?.iter().filter_map(toml::Value::as_str).map(str::to_owned).collect();
        let text = |entry: &toml::Value, key: &str| entry.get(key).and_then(toml::Value::as_str).map(str::to_owned);
        let banned = list("bans", "deny")?
            .iter()
            .map(|entry| {
                let name = text(entry, "crate").or_else(|| entry.as_str().map(str::to_owned));
                Some((name?, text(entry, "reason").unwrap_or_default()))
            })
            .collect::<Option<_>>()
            .context("a ban in `deny.toml` names no crate")?;
        Ok(Rules { allowed, banned })
    }
}

/// What is wrong with a package of `cargo metadata`, one line each.
fn offences(package: &Value, rules: &Rules) -> Vec<String> {
    let field = |name: &str| package.get(name).and_then(Value::as_str);
    let (name, version) = (field("name").unwrap_or("?"), field("version").unwrap_or("?"));
    let mut found = Vec::new();
    if let Some((_, reason)) = rules.banned.iter().find(|(banned, _)| banned == name) {
        found.push(format!("{name} {version}: banned: {reason}"));
    }
    match field("source") {
        // The project's own crates.
        None => {}
        Some(source) if source == REGISTRY => {}
        Some(source) => found.push(format!("{name} {version}: comes from `{source}`, not from the registry")),
    }
    match field("license") {
        None => found.push(format!("{name} {version}: has no licence expression")),
        Some(licence) => match expression::is_allowed(licence, &rules.allowed) {
            Ok(true) => {}
            Ok(false) => found.push(format!("{name} {version}: `{licence}` is not allowed")),
            Err(error) => found.push(format!("{name} {version}: `{licence}` cannot be read: {error}")),
        },
    }
    found
}

/// Lists every dependency that breaks a rule.
pub fn check(root: &Path) -> Result<()> {
    let rules = Rules::from_toml(&std::fs::read_to_string(root.join("deny.toml")).context("deny.toml")?)?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root)
        .output()
        .context("cargo metadata")?;
    if !output.status.success() {
        bail!("cargo metadata failed:\n{}", String::from_utf8_lossy(&output.stderr).trim_end());
    }
    let metadata: Value = serde_json::from_slice(&output.stdout).context("cargo metadata")?;
    let packages = metadata.get("packages").and_then(Value::as_array).context("cargo metadata lists no packages")?;
    let found: Vec<String> = packages.iter().flat_map(|package| offences(package, &rules)).collect();
    if found.is_empty() {
        println!("{} packages: licences, bans and sources are in order", packages.len());
        return Ok(());
    }
    bail!("{} of the rules in `deny.toml` are broken:\n  {}", found.len(), found.join("\n  "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rules() -> Rules {
        Rules::from_toml(
            "[licenses]\nallow = ['MIT']\n[bans]\ndeny = [{ crate = 'heavy', reason = 'too heavy' }, 'plain']\n",
        )
        .unwrap()
    }

    fn check(package: Value, expect: &[&str]) {
        assert_eq!(offences(&package, &rules()), expect);
    }

    #[test]
    fn every_broken_rule_is_listed() {
        check(json!({"name": "good", "version": "1.0.0", "source": REGISTRY, "license": "MIT"}), &[]);
        check(json!({"name": "ours", "version": "1.0.0", "source": null, "license": "MIT"}), &[]);
        check(
            json!({"name": "heavy", "version": "2.0.0", "source": "git+https://example.org/heavy", "license": "GPL-3.0"}),
            &[
                "heavy 2.0.0: banned: too heavy",
                "heavy 2.0.0: comes from `git+https://example.org/heavy`, not from the registry",
                "heavy 2.0.0: `GPL-3.0` is not allowed",
            ],
        );
        check(
            json!({"name": "bare", "version": "0.1.0", "source": REGISTRY, "license": null}),
            &["bare 0.1.0: has no licence expression"],
        );
        check(
            json!({"name": "odd", "version": "0.1.0", "source": REGISTRY, "license": "MIT OR"}),
            &["odd 0.1.0: `MIT OR` cannot be read: a licence is missing at the end"],
        );
    }

    #[test]
    fn rules_need_their_lists() {
        assert!(Rules::from_toml("[licenses]\nallow = []\n").is_err());
        assert_eq!(rules().banned[1], ("plain".to_owned(), String::new()));
    }
}
