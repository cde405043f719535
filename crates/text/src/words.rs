//! From the fixed words of data files (`too_few`, `percent`, `higher`) to the reader's words.
//!
//! Codes stay untranslated in files; only what people read goes through here. `None` means that the word is not one of
//! the fixed ones; the caller then shows the code itself.

use crate::bundle::Messages;

impl Messages {
    /// Short label of an engine status, for example of `too_few`.
    pub fn status_label(&self, status: &str) -> Option<String> {
        Some(match status {
            "ok" => self.status_ok(),
            "too_few" => self.status_too_few(),
            "low_coverage" => self.status_low_coverage(),
            "undefined" => self.status_undefined(),
            "not_computable" => self.status_not_computable(),
            "not_closed" => self.status_not_closed(),
            "reported" => self.status_reported(),
            _ => return None,
        })
    }

    /// One sentence that explains an engine status.
    pub fn status_sentence(&self, status: &str) -> Option<String> {
        Some(match status {
            "ok" => self.status_ok_why(),
            "too_few" => self.status_too_few_why(),
            "low_coverage" => self.status_low_coverage_why(),
            "undefined" => self.status_undefined_why(),
            "not_computable" => self.status_not_computable_why(),
            "not_closed" => self.status_not_closed_why(),
            "reported" => self.status_reported_why(),
            _ => return None,
        })
    }

    /// Why there is no score.
    pub fn score_missing(&self, reason: &str) -> Option<String> {
        Some(match reason {
            "no_rule" => self.score_missing_no_rule(),
            "no_value" => self.score_missing_no_value(),
            "too_few_peers" => self.score_missing_too_few_peers(),
            "no_previous" => self.score_missing_no_previous(),
            "no_statistic" => self.score_missing_no_statistic(),
            "no_direction" => self.score_missing_no_direction(),
            "status" => self.score_missing_status(),
            "other_definition" => self.score_missing_other_definition(),
            "out_of_range" => self.score_missing_out_of_range(),
            "not_finite" => self.score_missing_not_finite(),
            "no_group" => self.score_missing_no_group(),
            "series_break" => self.score_missing_series_break(),
            _ => return None,
        })
    }

    /// Name of a KPI's unit, for column heads.
    pub fn unit_label(&self, unit: &str) -> Option<String> {
        Some(match unit {
            "percent" => self.unit_percent(),
            "hours" => self.unit_hours(),
            "days" => self.unit_days(),
            "money" => self.unit_money(),
            "count" => self.unit_count(),
            "ratio" => self.unit_ratio(),
            "score" => self.unit_score(),
            "points" => self.unit_points(),
            "quantity" => self.unit_quantity(),
            "stage" => self.unit_stage(),
            _ => return None,
        })
    }

    /// Which direction is better.
    pub fn direction_label(&self, direction: &str) -> Option<String> {
        Some(match direction {
            "higher" => self.direction_higher(),
            "lower" => self.direction_lower(),
            "target" => self.direction_target(),
            "context" => self.direction_context(),
            _ => return None,
        })
    }

    /// Where a definition comes from.
    pub fn origin_label(&self, origin: &str) -> Option<String> {
        Some(match origin {
            "pmm" => self.origin_pmm(),
            "published" => self.origin_published(),
            "adapted" => self.origin_adapted(),
            "own" => self.origin_own(),
            _ => return None,
        })
    }

    /// Break class between two versions of a definition.
    pub fn break_label(&self, class: &str) -> Option<String> {
        Some(match class {
            "none" => self.break_none(),
            "level" => self.break_level(),
            "concept" => self.break_concept(),
            _ => return None,
        })
    }

    /// Severity of a finding.
    pub fn severity_label(&self, severity: &str) -> Option<String> {
        Some(match severity {
            "error" => self.severity_error(),
            "warning" => self.severity_warning(),
            "note" => self.severity_note(),
            _ => return None,
        })
    }

    /// Heading of a breakdown that many KPIs share, for example of `office`; others are named by the framework.
    pub fn breakdown_label(&self, breakdown: &str) -> Option<String> {
        Some(match breakdown {
            "office" => self.breakdown_office(),
            "mode" => self.breakdown_mode(),
            "channel" => self.breakdown_channel(),
            "procedure" => self.breakdown_procedure(),
            "flow" => self.breakdown_flow(),
            "aeo" => self.breakdown_aeo(),
            "traffic" => self.breakdown_traffic(),
            "statistic" => self.breakdown_statistic(),
            "hs_chapter" => self.breakdown_hs_chapter(),
            "selection" => self.breakdown_selection(),
            "category" => self.breakdown_category(),
            "product" => self.breakdown_product(),
            "agency" => self.breakdown_agency(),
            _ => return None,
        })
    }

    /// What a diagnostic code such as `F0102` means, in a few words.
    pub fn code_title(&self, code: &str) -> Option<String> {
        self.looked_up("code", code)
    }

    /// What to do about the finding of a code, if that is the same in every case.
    pub fn code_remedy(&self, code: &str) -> Option<String> {
        self.looked_up("remedy", code)
    }

    /// One line of help on a command or a flag: `measure`, `framework-check`, `flag-node`, `heading-usage`, `about`.
    pub fn help(&self, topic: &str) -> Option<String> {
        self.looked_up("help", topic)
    }

    /// Head of a column such as `rank_mean`; `of` is the table where one name means different things in two.
    pub fn head(&self, of: &str, column: &str) -> Option<String> {
        let column = column.replace('_', "-");
        self.looked_up("head", &format!("{of}-{column}")).or_else(|| self.looked_up("head", &column))
    }

    fn looked_up(&self, kind: &str, name: &str) -> Option<String> {
        let id = format!("{kind}-{}", name.to_ascii_lowercase());
        self.has(&id).then(|| self.format(&id, []))
    }

    /// State of a translated text: `machine`, `draft`, `reviewed`, `official` or `stale`.
    pub fn text_state(&self, state: &str) -> Option<String> {
        Some(match state {
            "machine" => self.text_machine(),
            "draft" => self.text_draft(),
            "reviewed" => self.text_reviewed(),
            "official" => self.text_official(),
            "stale" => self.text_stale(),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codegen::message_index;

    type Lookup = fn(&Messages, &str) -> Option<String>;

    /// Every message with the prefix is reached by its word, and by no other.
    fn check(prefix: &str, lookup: Lookup, others: &[&str]) {
        let messages = Messages::for_terminal("fr".parse().unwrap());
        let ids = message_index();
        let words = ids.keys().filter_map(|id| id.strip_prefix(prefix)).filter(|word| !others.contains(word));
        let mut count = 0;
        for word in words {
            let text = lookup(&messages, &word.replace('-', "_"));
            let expect = messages.format(&format!("{prefix}{word}"), []);
            assert_eq!(text, Some(expect), "{prefix}{word}");
            count += 1;
        }
        assert!(count >= 3, "{prefix}: {count}");
        assert_eq!(lookup(&messages, "nonsense"), None);
    }

    #[test]
    fn every_fixed_word_has_its_message() {
        let why: Vec<String> = message_index()
            .keys()
            .filter_map(|id| id.strip_prefix("status-"))
            .filter(|w| w.ends_with("-why"))
            .map(str::to_owned)
            .collect();
        check("status-", Messages::status_label, &why.iter().map(String::as_str).collect::<Vec<_>>());
        check("unit-", Messages::unit_label, &[]);
        check("direction-", Messages::direction_label, &[]);
        check("origin-", Messages::origin_label, &[]);
        check("break-", Messages::break_label, &[]);
        check("severity-", Messages::severity_label, &[]);
        check("breakdown-", Messages::breakdown_label, &[]);
        check("code-", |messages, code| messages.code_title(&code.to_ascii_uppercase()), &[]);
        check("remedy-", Messages::code_remedy, &[]);
        check("help-", |messages, topic| messages.help(&topic.replace('_', "-")), &[]);
        check("text-", Messages::text_state, &["fallback"]);
    }

    #[test]
    fn every_status_has_its_own_sentence() {
        let messages = Messages::for_terminal("ru".parse().unwrap());
        let statuses = ["ok", "too_few", "low_coverage", "undefined", "not_computable", "not_closed", "reported"];
        let sentences: std::collections::BTreeSet<_> =
            statuses.iter().map(|status| messages.status_sentence(status).unwrap()).collect();
        assert_eq!(sentences.len(), statuses.len());
        assert_eq!(messages.status_sentence("nonsense"), None);
    }
}
