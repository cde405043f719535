//! `mizan.toml`: who the node belongs to, where it lies, which framework it measures.
//!
//! | code | finding |
//! |---|---|
//! | N0101 | a key that is not known here |
//! | N0102 | a key is missing |
//! | N0103 | a value of the wrong type, or one that is not possible |

use std::ops::Range;

use jiff::civil;
use mizan_measure::functions::{Calendars, OpeningHours};
use mizan_model::diagnostic::{Checked, Diagnostic};
use mizan_model::source::{Document, Findings, Item, ItemKind, nearest};

use crate::embedded::FRAMEWORK_NAME;

/// Name of the file.
pub const FILE: &str = "mizan.toml";

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Settings of a node.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Code of the administration, for observations.
    pub code: String,
    /// Its name, for people.
    pub name: String,
    /// IANA zone.
    pub zone: String,
    /// National currency, ISO 4217.
    pub currency: String,
    /// Language of the administration, where the reader asks for none.
    pub language: Option<String>,
    /// `open-customs`, or a folder.
    pub framework: String,
    /// Month in which the fiscal year starts.
    pub fiscal_start: u32,
    /// Moment of extraction, in microseconds since 1970.
    pub as_of: Option<i64>,
    /// Opening hours.
    pub calendars: Calendars,
}

/// Reads the text of `mizan.toml`. The value is as complete as the findings allow.
pub fn read(text: &str) -> Checked<Settings> {
    let findings = Findings::default();
    let settings = {
        let document = Document::parse(FILE, text, &findings);
        Reader { findings: &findings }.settings(&document.root)
    };
    Checked { value: settings, diagnostics: findings.into_sorted() }
}

/// Reads a moment: RFC 3339, or a day, which ends at midnight in the zone.
pub fn moment(text: &str, zone: &str) -> Option<i64> {
    mizan_measure::zone::moment(text, &jiff::tz::TimeZone::get(zone).ok()?)
}

struct Reader<'a> {
    findings: &'a Findings,
}

impl Reader<'_> {
    fn settings(&self, root: &Item) -> Settings {
        let known = [
            "schema",
            "zone",
            "currency",
            "language",
            "framework",
            "fiscal_start",
            "as_of",
            "administration",
            "calendar",
        ];
        self.known_keys(root, &known);
        if let Some(schema) = self.text(root, "schema", true)
            && schema.0 != "node/1"
        {
            self.wrong(schema.1, format!("`{}` is not a form of this file that I know", schema.0), "write `node/1`");
        }
        let zone = self.text(root, "zone", true).unwrap_or_else(|| ("UTC".to_owned(), 0..0));
        if jiff::tz::TimeZone::get(&zone.0).is_err() {
            let message = format!("time zone `{}` is not known", zone.0);
            self.wrong(zone.1.clone(), message, "use an IANA name such as `Africa/Nairobi`");
        }
        let currency = self.text(root, "currency", true).unwrap_or_default();
        let is_code = currency.0.len() == 3 && currency.0.bytes().all(|b| b.is_ascii_uppercase());
        if !currency.1.is_empty() && !is_code {
            let message = format!("`{}` is not a currency code", currency.0);
            self.wrong(currency.1, message, "use three capital letters of ISO 4217, such as `KES`");
        }
        let language = self.text(root, "language", false);
        if let Some((language, span)) = &language
            && let Err(error) = language.parse::<mizan_text::Locale>()
        {
            self.wrong(span.clone(), error.to_string(), "choose one of the seven");
        }
        let (code, name) = self.administration(root);
        let as_of = self.text(root, "as_of", false).and_then(|(text, span)| {
            let moment = moment(&text, &zone.0);
            if moment.is_none() {
                self.wrong(span, format!("`{text}` is not a moment"), "write `2026-02-15` or `2026-02-15T00:00:00Z`");
            }
            moment
        });
        Settings {
            code,
            name,
            as_of,
            calendars: self.calendars(root, &zone.0),
            zone: zone.0,
            currency: currency.0,
            language: language.map(|(language, _)| language),
            framework: self.text(root, "framework", false).map_or_else(|| FRAMEWORK_NAME.to_owned(), |(text, _)| text),
            fiscal_start: self.fiscal_start(root),
        }
    }

    fn administration(&self, root: &Item) -> (String, String) {
        let Some(table) = root.get("administration") else {
            self.missing("[administration]", "add `[administration]` with `code` and `name`");
            return (String::new(), String::new());
        };
        self.known_keys(table, &["code", "name"]);
        let code = self.text(table, "code", true).map(|(text, _)| text).unwrap_or_default();
        let name = self.text(table, "name", false).map_or_else(|| code.clone(), |(text, _)| text);
        (code, name)
    }

    fn fiscal_start(&self, root: &Item) -> u32 {
        let Some(item) = root.get("fiscal_start") else { return 1 };
        match item.as_integer().and_then(|month| u32::try_from(month).ok()) {
            Some(month @ 1..=12) => month,
            _ => {
                let message = "`fiscal_start` is not a month".to_owned();
                self.wrong(item.span.clone(), message, "write a number from 1 (January) to 12");
                1
            }
        }
    }

    fn calendars(&self, root: &Item, zone: &str) -> Calendars {
        let mut calendars = Calendars { zone: zone.to_owned(), ..Calendars::default() };
        let Some(table) = root.get("calendar") else { return calendars };
        let known: Vec<&str> = WEEKDAYS.iter().copied().chain(["closed", "offices"]).collect();
        self.known_keys(table, &known);
        calendars.default = self.hours(table, OpeningHours::office_week());
        if let Some(offices) = table.get("offices") {
            for entry in offices.entries() {
                self.known_keys(&entry.item, &known[..8]);
                let hours = self.hours(&entry.item, calendars.default.clone());
                calendars.offices.insert(entry.key.clone(), hours);
            }
        }
        calendars
    }

    /// Opening hours of a table; a day that is not named keeps those of `base`, an empty list means closed.
    fn hours(&self, table: &Item, base: OpeningHours) -> OpeningHours {
        let mut hours = base;
        for (index, day) in WEEKDAYS.iter().enumerate() {
            let Some(item) = table.get(day) else { continue };
            let clock: Vec<Option<u32>> = item.list().iter().map(|item| item.as_text().and_then(minute)).collect();
            hours.week[index] = match (&item.kind, clock.as_slice()) {
                (ItemKind::List(_), []) => None,
                (_, [Some(opens), Some(closes)]) if opens < closes => Some((*opens, *closes)),
                _ => {
                    let message = format!("these are not opening hours of `{day}`");
                    self.wrong(item.span.clone(), message, "write `[\"08:00\", \"17:00\"]`, or `[]` for a closed day");
                    hours.week[index]
                }
            };
        }
        for item in table.get("closed").map(Item::list).unwrap_or_default() {
            let text = match &item.kind {
                ItemKind::Text(text) | ItemKind::Datetime(text) => text.as_str(),
                _ => "",
            };
            match text.parse::<civil::Date>() {
                Ok(day) => {
                    let since = day.since(civil::date(1970, 1, 1)).expect("days differ by less than an era");
                    hours.closed.push(since.get_days());
                }
                Err(_) => self.wrong(item.span.clone(), "this is not a day".to_owned(), "write `\"2025-12-25\"`"),
            }
        }
        hours.closed.sort_unstable();
        hours.closed.dedup();
        hours
    }

    fn text(&self, table: &Item, key: &str, required: bool) -> Option<(String, Range<usize>)> {
        match table.get(key) {
            Some(Item { kind: ItemKind::Text(text) | ItemKind::Datetime(text), span }) if !text.trim().is_empty() => {
                Some((text.clone(), span.clone()))
            }
            Some(item) => {
                self.wrong(item.span.clone(), format!("`{key}` must be a text"), "write it in quotation marks");
                None
            }
            None => {
                if required {
                    self.missing(key, &format!("add a line `{key} = \"…\"`"));
                }
                None
            }
        }
    }

    fn known_keys(&self, table: &Item, known: &[&str]) {
        for entry in table.entries().iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            let finding = Diagnostic::error("N0101", format!("`{}` is not known here", entry.key));
            let finding = finding.at(FILE, entry.key_span.clone(), "");
            self.findings.add(match nearest(&entry.key, known.iter().copied()) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding.help(format!("possible are: {}", known.join(", "))),
            });
        }
    }

    fn missing(&self, key: &str, help: &str) {
        self.findings.add(Diagnostic::error("N0102", format!("`{key}` is missing")).at(FILE, 0..0, "").help(help));
    }

    fn wrong(&self, span: Range<usize>, message: String, help: &str) {
        self.findings.add(Diagnostic::error("N0103", message).at(FILE, span, "").help(help));
    }
}

/// Minute of the day of `08:30`.
fn minute(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    (minute < 60 && hour * 60 + minute <= 24 * 60).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str =
        "schema = \"node/1\"\nzone = \"Asia/Seoul\"\ncurrency = \"KRW\"\n[administration]\ncode = \"QK\"\n";

    fn codes(text: &str) -> Vec<String> {
        read(text).diagnostics.into_iter().map(|d| d.code).collect()
    }

    #[test]
    fn a_short_file_is_enough() {
        let checked = read(GOOD);
        assert_eq!(checked.diagnostics, []);
        assert_eq!((checked.value.code.as_str(), checked.value.name.as_str()), ("QK", "QK"));
        assert_eq!(checked.value.framework, "open-customs");
        assert_eq!(checked.value.calendars.zone, "Asia/Seoul");
    }

    #[test]
    fn all_mistakes_are_found_in_one_run() {
        assert_eq!(codes("zon = 1\ncurrency = \"won\"\nfiscal_start = 13\n").len(), 6);
        assert_eq!(codes(&format!("as_of = \"soon\"\n{GOOD}")), ["N0103"]);
    }

    #[test]
    fn opening_hours_and_closed_days() {
        let text = format!(
            "{GOOD}[calendar]\nfriday = []\nclosed = [\"1970-01-02\"]\n[calendar.offices.A]\nfriday = [\"06:00\", \"24:00\"]\n"
        );
        let calendars = read(&text).value.calendars;
        assert_eq!(calendars.default.week[4], None);
        assert_eq!(calendars.default.closed, [1]);
        assert_eq!(calendars.offices["A"].week[4], Some((360, 1440)));
        assert_eq!(calendars.offices["A"].week[0], Some((480, 1020)));
        assert_eq!(codes(&format!("{GOOD}[calendar]\nfriday = [\"17:00\", \"08:00\"]\n")), ["N0103"]);
    }

    #[test]
    fn a_day_ends_at_its_last_moment() {
        assert_eq!(moment("1970-01-01", "UTC"), Some(86_400_000_000));
        assert_eq!(moment("1970-01-01T00:00:01Z", "Asia/Seoul"), Some(1_000_000));
        assert_eq!(moment("tomorrow", "UTC"), None);
    }
}
