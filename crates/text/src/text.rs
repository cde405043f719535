//! All that one reader's locale decides, in one value.

use crate::bundle::Messages;
use crate::collation::Order;
use crate::date::Dates;
use crate::list::Lists;
use crate::locale::{Language, Locale};
use crate::number::{DASH, Numbers};

/// Messages and formatters of one locale, and what needs both.
#[derive(Debug)]
pub struct Text {
    /// The locale.
    pub locale: Locale,
    /// Typed messages.
    pub messages: Messages,
    /// Numbers.
    pub numbers: Numbers,
    /// Dates.
    pub dates: Dates,
    /// Enumerations.
    pub lists: Lists,
    /// Sorting.
    pub order: Order,
}

impl Text {
    /// For HTML: variables in messages are isolated, so that Latin names keep their order inside Arabic.
    pub fn for_page(locale: Locale) -> Self {
        Text::new(locale, Messages::for_page(locale))
    }

    /// For terminals and files: no isolates.
    pub fn for_terminal(locale: Locale) -> Self {
        Text::new(locale, Messages::for_terminal(locale))
    }

    fn new(locale: Locale, messages: Messages) -> Self {
        Text {
            locale,
            messages,
            numbers: Numbers::new(locale),
            dates: Dates::new(locale),
            lists: Lists::new(locale),
            order: Order::new(locale),
        }
    }

    /// A period code in words: `2025`, `FY2025`, `2025-S1`, `2025-Q2` or `2025-03`. Another text comes back unchanged,
    /// because a code that is not known here is still better than nothing.
    ///
    /// ```
    /// use mizan_text::{Locale, Text};
    /// let english = Text::for_terminal(Locale::ENGLISH);
    /// assert_eq!(english.period("2025-Q2"), "second quarter of 2025");
    /// assert_eq!(english.period("2025-03"), "March 2025");
    /// ```
    pub fn period(&self, code: &str) -> String {
        self.known_period(code).unwrap_or_else(|| code.to_owned())
    }

    fn known_period(&self, code: &str) -> Option<String> {
        if let Some(year) = code.strip_prefix("FY") {
            return Some(self.messages.period_fiscal_year(&self.dates.year(four_digits(year)?)));
        }
        let Some((year, rest)) = code.split_once('-') else {
            return Some(self.messages.period_year(&self.dates.year(four_digits(code)?)));
        };
        let year = four_digits(year)?;
        let shown = self.dates.year(year);
        match rest {
            "S1" => Some(self.messages.period_half(1, &shown)),
            "S2" => Some(self.messages.period_half(2, &shown)),
            "Q1" => Some(self.messages.period_quarter(1, &shown)),
            "Q2" => Some(self.messages.period_quarter(2, &shown)),
            "Q3" => Some(self.messages.period_quarter(3, &shown)),
            "Q4" => Some(self.messages.period_quarter(4, &shown)),
            month if month.len() == 2 && month.bytes().all(|byte| byte.is_ascii_digit()) => {
                match month.parse().ok()? {
                    month @ 1..=12 => Some(self.dates.month(year, month)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// A head and what it is about, with the language's colon: `Cases: 12`, `Cas\u{202f}: 12`, `例数：12`.
    pub fn label(&self, head: &str, body: &str) -> String {
        match self.locale.catalogue() {
            Language::French => format!("{head}\u{202f}: {body}"),
            Language::Chinese => format!("{head}：{body}"),
            _ => format!("{head}: {body}"),
        }
    }

    /// A time span in seconds: `4.1 s`, `3 min 20 s`, `2 h 05 min`. Negative or not finite gives a dash.
    pub fn duration(&self, seconds: f64) -> String {
        if !seconds.is_finite() || seconds < 0.0 {
            return DASH.to_owned();
        }
        if seconds < 59.95 {
            return self.messages.duration_seconds(&self.numbers.decimal(Some(seconds), 1));
        }
        let whole = seconds.round() as u64;
        if whole < 3600 {
            let rest = self.numbers.padded((whole % 60) as u32, 2);
            self.messages.duration_minutes(&self.numbers.count(whole / 60), &rest)
        } else {
            let minutes = (whole + 30) / 60;
            let rest = self.numbers.padded((minutes % 60) as u32, 2);
            self.messages.duration_hours(&self.numbers.count(minutes / 60), &rest)
        }
    }

    /// A KPI's value in its unit, for people: rounded, with the unit's sign. Files carry the unrounded number instead.
    ///
    /// `unit` is the unit word of the definition (`percent`, `hours`, …); `currency` the ISO 4217 code where the unit
    /// is `money`. Values under 1 carry one digit more, so that a small rate does not read as nothing; amounts of money
    /// from 1,000 up carry none.
    pub fn value(&self, unit: &str, currency: Option<&str>, value: Option<f64>) -> String {
        let Some(value) = value.filter(|value| value.is_finite()) else {
            return DASH.to_owned();
        };
        let small = value != 0.0 && value.abs() < 1.0;
        let usual = usize::from(small) + 1;
        let decimal = |digits| self.numbers.decimal(Some(value), digits);
        match unit {
            "percent" => self.numbers.percent(Some(value), usual),
            "hours" => self.messages.quantity_hours(&decimal(usual)),
            "days" => self.messages.quantity_days(&decimal(usual)),
            "points" => self.messages.quantity_points(&decimal(usual)),
            "money" => {
                let digits = if value.abs() >= 1000.0 { 0 } else { 2 };
                match currency {
                    Some(currency) => self.numbers.money(Some(value), digits, currency),
                    None => decimal(digits),
                }
            }
            "count" | "stage" => self.numbers.shortest(Some(value), 1),
            "ratio" | "score" => decimal(usual + 1),
            _ => self.numbers.shortest(Some(value), usual + 1),
        }
    }

    /// A range of two values in the same unit, for example an interval: `86.1% to 88.4%`.
    pub fn range(&self, unit: &str, currency: Option<&str>, low: Option<f64>, high: Option<f64>) -> String {
        match (low, high) {
            (Some(low), Some(high)) if low.is_finite() && high.is_finite() => self
                .messages
                .interval_range(&self.value(unit, currency, Some(low)), &self.value(unit, currency, Some(high))),
            _ => DASH.to_owned(),
        }
    }

    /// A large number in short form with at most one digit after the decimal sign: `12.4M`, `1240万`.
    pub fn compact(&self, value: Option<f64>) -> String {
        let Some(value) = value.filter(|value| value.is_finite()) else {
            return DASH.to_owned();
        };
        // Chinese counts in ten thousands, the other languages in thousands.
        let scales = match self.locale.catalogue() {
            Language::Chinese => [1e12, 1e8, 1e4],
            _ => [1e9, 1e6, 1e3],
        };
        // 999,950 would be printed as 1000 thousands: it counts as a million.
        let Some(step) = scales.iter().position(|scale| value.abs() >= scale * 0.999_95) else {
            return self.numbers.shortest(Some(value), 1);
        };
        let number = self.numbers.shortest(Some(value / scales[step]), 1);
        match step {
            0 => self.messages.compact_third(&number),
            1 => self.messages.compact_second(&number),
            _ => self.messages.compact_first(&number),
        }
    }
}

fn four_digits(text: &str) -> Option<i32> {
    (text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(locale: &str) -> Text {
        Text::for_terminal(locale.parse().unwrap())
    }

    #[test]
    fn periods_in_all_languages() {
        let check = |locale: &str, expect: [&str; 5]| {
            let text = text(locale);
            let shown = ["2025", "FY2025", "2025-S1", "2025-Q2", "2025-03"].map(|code| text.period(code));
            assert_eq!(shown, expect, "{locale}");
        };
        check("en", ["2025", "fiscal year 2025", "first half of 2025", "second quarter of 2025", "March 2025"]);
        check("fr", ["2025", "exercice 2025", "1er semestre 2025", "2e trimestre 2025", "mars 2025"]);
        check(
            "es",
            ["2025", "ejercicio fiscal 2025", "1.er semestre de 2025", "2.º trimestre de 2025", "marzo de 2025"],
        );
        check(
            "ru",
            [
                "2025\u{a0}г.",
                "2025 финансовый год",
                "I полугодие 2025\u{a0}г.",
                "II квартал 2025\u{a0}г.",
                "март 2025\u{202f}г.",
            ],
        );
        check("ar-EG", ["٢٠٢٥", "السنة المالية ٢٠٢٥", "النصف الأول من ٢٠٢٥", "الربع الثاني من ٢٠٢٥", "مارس ٢٠٢٥"]);
        check("zh", ["2025年", "2025 财政年度", "2025年上半年", "2025年第二季度", "2025年3月"]);
        check("pt", ["2025", "ano fiscal 2025", "1.º semestre de 2025", "2.º trimestre de 2025", "março de 2025"]);
    }

    #[test]
    fn colons_follow_the_language() {
        let check = |locale: &str, expect: &str| assert_eq!(text(locale).label("a", "b"), expect, "{locale}");
        check("en", "a: b");
        check("fr", "a\u{202f}: b");
        check("zh", "a：b");
        check("ar", "a: b");
    }

    #[test]
    fn unknown_period_codes_come_back_unchanged() {
        for code in ["", "25", "2025-Q5", "2025-13", "2025-3", "20251", "FY25", "٢٠٢٥", "2025-+3"] {
            assert_eq!(text("fr").period(code), code);
        }
    }

    #[test]
    fn durations() {
        let check = |seconds: f64, expect: &str| assert_eq!(text("en").duration(seconds), expect, "{seconds}");
        check(0.0, "0.0\u{a0}s");
        check(4.1, "4.1\u{a0}s");
        check(59.94, "59.9\u{a0}s");
        check(59.97, "1\u{a0}min 00\u{a0}s");
        check(200.4, "3\u{a0}min 20\u{a0}s");
        check(3599.6, "1\u{a0}h 00\u{a0}min");
        check(7530.0, "2\u{a0}h 06\u{a0}min");
        check(7500.0, "2\u{a0}h 05\u{a0}min");
        check(-1.0, DASH);
        check(f64::NAN, DASH);
    }

    #[test]
    fn values_in_their_units() {
        let check = |locale: &str, unit: &str, value: f64, expect: &str| {
            assert_eq!(text(locale).value(unit, Some("XTS"), Some(value)), expect, "{locale} {unit}");
        };
        check("en", "percent", 87.26, "87.3%");
        check("en", "percent", 0.042, "0.04%");
        check("en", "percent", 0.0, "0.0%");
        check("fr", "hours", 31.46, "31,5\u{a0}h");
        check("ru", "days", 2.4, "2,4\u{a0}сут");
        check("zh", "days", 2.4, "2.4\u{a0}天");
        check("en", "money", 1_234_567.8, "XTS\u{a0}1,234,568");
        check("es", "money", 12.5, "12,50\u{a0}XTS");
        check("en", "count", 300_000.0, "300,000");
        check("en", "ratio", 1.234, "1.23");
        check("en", "score", 0.71, "0.710");
        check("en", "something", 1.5, "1.5");
        assert_eq!(text("en").value("percent", None, None), DASH);
        assert_eq!(text("en").value("hours", None, Some(f64::INFINITY)), DASH);
    }

    #[test]
    fn ranges_are_whole_phrases() {
        let english = text("en");
        assert_eq!(english.range("percent", None, Some(86.1), Some(88.4)), "86.1% to 88.4%");
        assert_eq!(text("fr").range("hours", None, Some(27.0), Some(36.0)), "de 27,0\u{a0}h à 36,0\u{a0}h");
        assert_eq!(english.range("percent", None, Some(86.1), None), DASH);
    }

    #[test]
    fn compact_numbers() {
        let check = |locale: &str, value: f64, expect: &str| {
            assert_eq!(text(locale).compact(Some(value)), expect, "{locale} {value}");
        };
        check("en", 999.0, "999");
        check("en", 12_400_000.0, "12.4M");
        check("en", 999_950.0, "1M");
        check("en", -1500.0, "-1.5K");
        check("fr", 12_400_000.0, "12,4\u{a0}M");
        check("ru", 12_400_000.0, "12,4\u{a0}млн");
        check("zh", 12_400_000.0, "1,240万");
        check("zh", 1_240_000_000.0, "12.4亿");
        check("ar-EG", 12_400_000.0, "١٢٫٤\u{a0}مليون");
        assert_eq!(text("en").compact(None), DASH);
    }

    #[test]
    fn terminal_texts_of_an_own_kind_carry_no_isolates() {
        let arabic = text("ar");
        assert!(!arabic.messages.page_subtitle("A", "B").contains('\u{2068}'));
        assert!(Text::for_page("ar".parse().unwrap()).messages.page_subtitle("A", "B").contains('\u{2068}'));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        /// No input makes a panic, and the same input gives the same bytes from two separate sets of formatters.
        #[test]
        fn same_input_same_bytes(code in ".{0,12}", value in proptest::num::f64::ANY) {
            for language in Language::ALL {
                let (first, second) = (Text::for_page(Locale::of(language)), Text::for_page(Locale::of(language)));
                prop_assert_eq!(first.period(&code), second.period(&code));
                prop_assert_eq!(first.value("percent", None, Some(value)), second.value("percent", None, Some(value)));
                prop_assert_eq!(first.duration(value), second.duration(value));
                prop_assert_eq!(first.compact(Some(value)), second.compact(Some(value)));
            }
        }
    }
}
