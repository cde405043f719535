//! Numbers as the reader writes them.

use std::str::FromStr;

use icu::decimal::DecimalFormatter;
use icu::decimal::input::Decimal;
use icu::decimal::options::{DecimalFormatterOptions, GroupingStrategy};

use crate::locale::{Language, Locale};

/// Stands for a value that is missing or not finite; never a zero.
pub const DASH: &str = "–";

const NO_BREAK_SPACE: &str = "\u{a0}";
const NARROW_NO_BREAK_SPACE: &str = "\u{202f}";

/// Formats numbers with the digits, separators and signs of one locale.
#[derive(Debug)]
pub struct Numbers {
    language: Language,
    arabic_digits: bool,
    grouped: DecimalFormatter,
    plain: DecimalFormatter,
}

impl Numbers {
    /// Formatters of that locale. Digits follow the region as CLDR has it: `ar-EG` writes ٠–٩; `ar-MA`
    /// and `ar` without a region write 0–9.
    pub fn new(locale: Locale) -> Self {
        let formatter = |strategy| {
            let mut options = DecimalFormatterOptions::default();
            options.grouping_strategy = Some(strategy);
            DecimalFormatter::try_new(locale.icu().into(), options)
                .expect("compiled number data has a root entry for every locale")
        };
        let plain = formatter(GroupingStrategy::Never);
        let arabic_digits = plain.format_to_string(&Decimal::from(1)) == "١";
        Numbers { language: locale.catalogue(), arabic_digits, grouped: formatter(GroupingStrategy::Auto), plain }
    }

    /// Whole number with grouping: `1,234`.
    pub fn integer(&self, value: i64) -> String {
        self.grouped.format_to_string(&Decimal::from(value))
    }

    /// Count with grouping: `1,234`.
    pub fn count(&self, value: u64) -> String {
        self.grouped.format_to_string(&Decimal::from(value))
    }

    /// Whole number without grouping, for years and numbers of lines: `2025`.
    pub fn plain(&self, value: i64) -> String {
        self.plain.format_to_string(&Decimal::from(value))
    }

    /// Whole number without grouping, filled up with zeros to `width` digits, for the parts of dates and times: `07`.
    pub fn padded(&self, value: u32, width: u16) -> String {
        let mut decimal = Decimal::from(value);
        decimal.absolute.pad_start(i16::try_from(width).unwrap_or(i16::MAX));
        self.plain.format_to_string(&decimal)
    }

    /// Number with exactly `digits` digits after the decimal sign, halves rounded to even on the exact binary value;
    /// [`DASH`] if missing or not finite. A value that rounds to zero has no sign.
    pub fn decimal(&self, value: Option<f64>, digits: usize) -> String {
        match value.and_then(|value| rounded(value, digits)) {
            Some(decimal) => self.grouped.format_to_string(&decimal),
            None => DASH.to_owned(),
        }
    }

    /// Number with at most `digits` digits after the decimal sign, without zeros at the end: `12.5`, `12`.
    pub fn shortest(&self, value: Option<f64>, digits: usize) -> String {
        match value.and_then(|value| rounded(value, digits)) {
            Some(mut decimal) => {
                decimal.absolute.trim_end();
                self.grouped.format_to_string(&decimal)
            }
            None => DASH.to_owned(),
        }
    }

    /// Percentage; `value` is in percent already (87.3 is `87.3%`). Sign, its place and the space before it follow
    /// CLDR's percent pattern of the language.
    pub fn percent(&self, value: Option<f64>, digits: usize) -> String {
        match value.and_then(|value| rounded(value, digits)) {
            Some(decimal) => {
                let number = self.grouped.format_to_string(&decimal);
                match self.language {
                    Language::English | Language::Chinese | Language::Portuguese => {
                        format!("{number}%")
                    }
                    Language::French => format!("{number}{NARROW_NO_BREAK_SPACE}%"),
                    Language::Spanish | Language::Russian => format!("{number}{NO_BREAK_SPACE}%"),
                    Language::Arabic if self.arabic_digits => format!("{number}٪\u{61c}"),
                    Language::Arabic => format!("{number}\u{200e}%\u{200e}"),
                }
            }
            None => DASH.to_owned(),
        }
    }

    /// Amount of money with its ISO 4217 code; place and space follow CLDR's pattern for codes. Two digits after the
    /// decimal sign are usual; the caller decides, because currencies differ.
    pub fn money(&self, value: Option<f64>, digits: usize, currency: &str) -> String {
        match value.and_then(|value| rounded(value, digits)) {
            Some(decimal) => {
                let number = self.grouped.format_to_string(&decimal);
                match self.language {
                    Language::English | Language::Chinese | Language::Portuguese => {
                        format!("{currency}{NO_BREAK_SPACE}{number}")
                    }
                    Language::French | Language::Spanish | Language::Russian => {
                        format!("{number}{NO_BREAK_SPACE}{currency}")
                    }
                    Language::Arabic => format!("\u{200f}{number}{NO_BREAK_SPACE}{currency}"),
                }
            }
            None => DASH.to_owned(),
        }
    }

    /// Size in bytes in units of 1000: `2.1 GB`. Unit symbols are international and stay in Latin letters.
    pub fn bytes(&self, value: u64) -> String {
        const UNITS: [&str; 5] = ["B", "kB", "MB", "GB", "TB"];
        let mut scaled = value as f64;
        let mut unit = 0;
        while scaled >= 999.95 && unit + 1 < UNITS.len() {
            scaled /= 1000.0;
            unit += 1;
        }
        let number = if unit == 0 { self.count(value) } else { self.decimal(Some(scaled), 1) };
        format!("{number}{NO_BREAK_SPACE}{}", UNITS[unit])
    }
}

fn rounded(value: f64, digits: usize) -> Option<Decimal> {
    if !value.is_finite() {
        return None;
    }
    let text = format!("{value:.digits$}");
    let text = match text.strip_prefix('-') {
        Some(positive) if positive.bytes().all(|byte| matches!(byte, b'0' | b'.')) => positive,
        _ => &text,
    };
    Some(Decimal::from_str(text).expect("Rust prints finite numbers as decimal digits with an optional point"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn numbers(locale: &str) -> Numbers {
        Numbers::new(locale.parse().unwrap())
    }

    fn check(locale: &str, integer: &str, decimal: &str, percent: &str, money: &str) {
        let numbers = numbers(locale);
        assert_eq!(numbers.integer(1_234_567), integer, "{locale}");
        assert_eq!(numbers.decimal(Some(1234.5), 2), decimal, "{locale}");
        assert_eq!(numbers.percent(Some(87.25), 1), percent, "{locale}");
        assert_eq!(numbers.money(Some(1234.5), 2, "XTS"), money, "{locale}");
    }

    #[test]
    fn forms_follow_language_and_region() {
        check("en", "1,234,567", "1,234.50", "87.2%", "XTS\u{a0}1,234.50");
        check("fr", "1\u{202f}234\u{202f}567", "1\u{202f}234,50", "87,2\u{202f}%", "1\u{202f}234,50\u{a0}XTS");
        check("es", "1.234.567", "1234,50", "87,2\u{a0}%", "1234,50\u{a0}XTS");
        check("ru", "1\u{a0}234\u{a0}567", "1\u{a0}234,50", "87,2\u{a0}%", "1\u{a0}234,50\u{a0}XTS");
        check("zh", "1,234,567", "1,234.50", "87.2%", "XTS\u{a0}1,234.50");
        check("pt", "1.234.567", "1.234,50", "87,2%", "XTS\u{a0}1.234,50");
        check("ar-EG", "١٬٢٣٤٬٥٦٧", "١٬٢٣٤٫٥٠", "٨٧٫٢٪\u{61c}", "\u{200f}١٬٢٣٤٫٥٠\u{a0}XTS");
        check("ar-MA", "1.234.567", "1.234,50", "87,2\u{200e}%\u{200e}", "\u{200f}1.234,50\u{a0}XTS");
        check("en-XA", "1,234,567", "1,234.50", "87.2%", "XTS\u{a0}1,234.50");
    }

    #[test]
    fn arabic_without_a_region_takes_the_digits_of_cldr() {
        assert_eq!(numbers("ar").integer(10), "10");
        assert_eq!(numbers("ar-SA").integer(10), "١٠");
        assert_eq!(numbers("ar-DZ").integer(10), "10");
        assert_eq!(numbers("ar-XB").integer(10), "10");
    }

    #[test]
    fn missing_and_endless_values_give_a_dash() {
        let numbers = numbers("en");
        for value in [None, Some(f64::NAN), Some(f64::INFINITY), Some(f64::NEG_INFINITY)] {
            assert_eq!(numbers.decimal(value, 1), DASH);
            assert_eq!(numbers.shortest(value, 1), DASH);
            assert_eq!(numbers.percent(value, 1), DASH);
            assert_eq!(numbers.money(value, 2, "XTS"), DASH);
        }
    }

    #[test]
    fn small_negative_values_lose_their_sign_with_their_digits() {
        let numbers = numbers("en");
        assert_eq!(numbers.decimal(Some(-0.04), 1), "0.0");
        assert_eq!(numbers.decimal(Some(-0.06), 1), "-0.1");
        assert_eq!(numbers.decimal(Some(-0.0), 0), "0");
    }

    #[test]
    fn years_and_parts_of_times_are_not_grouped() {
        assert_eq!(numbers("en").plain(2025), "2025");
        assert_eq!(numbers("ar-EG").plain(2025), "٢٠٢٥");
        assert_eq!(numbers("en").padded(7, 2), "07");
        assert_eq!(numbers("ar-EG").padded(7, 2), "٠٧");
    }

    #[test]
    fn shortest_and_bytes() {
        let numbers = numbers("en");
        assert_eq!(numbers.shortest(Some(12.50), 2), "12.5");
        assert_eq!(numbers.shortest(Some(12.001), 2), "12");
        assert_eq!(numbers.shortest(Some(1200.0), 2), "1,200");
        assert_eq!(numbers.bytes(999), "999\u{a0}B");
        assert_eq!(numbers.bytes(2_100_000_000), "2.1\u{a0}GB");
        assert_eq!(numbers.bytes(999_960), "1.0\u{a0}MB");
    }

    proptest! {
        /// English digits read back as the rounded number, whatever the number.
        #[test]
        fn english_decimals_read_back(value in -1e15_f64..1e15, digits in 0_usize..4) {
            let shown = numbers("en").decimal(Some(value), digits);
            let read: f64 = shown.replace(',', "").parse().unwrap();
            prop_assert!((read - value).abs() <= 0.5 * 10_f64.powi(-(digits as i32)) + value.abs() * 1e-15);
        }
    }
}
