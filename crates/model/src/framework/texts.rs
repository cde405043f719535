//! Texts of a framework by key, in the reader's language.

use unicode_normalization::UnicodeNormalization;

use super::{Framework, LocalText, sha256};

/// Fields of a KPI's `[text]` that are translated.
pub(super) const TEXT_FIELDS: [&str; 6] = ["name", "short", "definition", "rationale", "limits", "how_to_read"];

/// Hash that a translation carries: SHA-256 of the source text, trimmed, in NFC and UTF-8.
///
/// `EX-01.name` "Share of import declarations released within 24 hours" gives
/// `sha256:f254e69121dcf37ed393306b2a0457c3572bddedd81f8cf4a32b3bfc030425f3`.
pub fn source_hash(text: &str) -> String {
    let normal: String = text.trim().nfc().collect();
    sha256(&normal)
}

impl Framework {
    /// Text in the source language, by key:
    /// `TF-01.name` (`short`, `definition`, `rationale`, `limits`, `how_to_read`), `dimension.tf`,
    /// `outcome.tf.faster-release`, `instrument.rkc`, `list.channel.red`, `breakdown.office`,
    /// `statistic.p90`,
    /// `contract.declaration`, `field.declaration.office`.
    pub fn source_text(&self, key: &str) -> Option<&str> {
        let (head, rest) = key.split_once('.')?;
        match head {
            "dimension" => self.dimensions.iter().find(|d| d.id == rest).map(|d| d.name.as_str()),
            "outcome" => self.outcomes.iter().find(|o| o.id == rest).map(|o| o.name.as_str()),
            "instrument" => self.instruments.iter().find(|i| i.id == rest).map(|i| i.name.as_str()),
            "breakdown" => self.breakdown_names.get(rest).map(String::as_str),
            "statistic" => self.statistic_names.get(rest).map(String::as_str),
            "contract" => self.contracts.get(rest).map(|c| c.title.as_str()),
            "list" => {
                let (list, code) = rest.split_once('.')?;
                self.lists.get(list)?.codes.iter().find(|c| c.code == code).map(|c| c.label.as_str())
            }
            "field" => {
                let (contract, field) = rest.split_once('.')?;
                self.contracts.get(contract)?.field(field).map(|f| f.doc.as_str())
            }
            id => {
                let kpi = self.kpis.iter().chain(&self.broken).find(|k| k.id == id)?;
                let text = &kpi.text;
                Some(match rest {
                    "name" => &text.name,
                    "short" => &text.short,
                    "definition" => &text.definition,
                    "rationale" => &text.rationale,
                    "limits" => &text.limits,
                    "how_to_read" => &text.how_to_read,
                    _ => return None,
                })
            }
        }
    }

    /// Text in the first language of the chain that has it, else in the source language; the key itself if there
    /// is no such text. Region subtags fall back to their language (`pt-BR` to `pt`).
    pub fn text<'a>(&'a self, key: &'a str, languages: &[&str]) -> LocalText<'a> {
        let source = self.source_text(key);
        for language in languages {
            let short = language.split('-').next().unwrap_or(language);
            for language in [*language, short] {
                if language == self.source_language && source.is_some() {
                    return self.in_source_language(key, source);
                }
                if let Some((language, catalogue)) = self.catalogues.get_key_value(language)
                    && let Some(translation) = catalogue.get(key)
                {
                    let stale = source.is_some_and(|s| source_hash(s) != translation.source);
                    return LocalText { text: &translation.text, language, state: Some(translation.state), stale };
                }
            }
        }
        self.in_source_language(key, source)
    }

    fn in_source_language<'a>(&'a self, key: &'a str, source: Option<&'a str>) -> LocalText<'a> {
        LocalText { text: source.unwrap_or(key), language: &self.source_language, state: None, stale: false }
    }

    /// Every key that has a source text, in a stable order.
    pub fn text_keys(&self) -> Vec<String> {
        let mut keys = Vec::new();
        for kpi in self.kpis.iter().chain(&self.broken) {
            keys.extend(TEXT_FIELDS.iter().map(|field| format!("{}.{field}", kpi.id)));
        }
        keys.extend(self.dimensions.iter().map(|d| format!("dimension.{}", d.id)));
        keys.extend(self.outcomes.iter().map(|o| format!("outcome.{}", o.id)));
        keys.extend(self.instruments.iter().map(|i| format!("instrument.{}", i.id)));
        keys.extend(self.breakdown_names.keys().map(|name| format!("breakdown.{name}")));
        keys.extend(self.statistic_names.keys().map(|name| format!("statistic.{name}")));
        for list in self.lists.values() {
            keys.extend(list.codes.iter().map(|c| format!("list.{}.{}", list.name, c.code)));
        }
        for contract in self.contracts.values() {
            keys.push(format!("contract.{}", contract.name));
            keys.extend(contract.fields.iter().map(|f| format!("field.{}.{}", contract.name, f.name)));
        }
        keys
    }
}
