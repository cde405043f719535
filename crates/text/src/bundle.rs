//! Messages of one locale: Fluent catalogues with numbers formatted by ICU.

use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use icu::decimal::DecimalFormatter;
use icu::decimal::input::Decimal;
use icu::decimal::options::DecimalFormatterOptions;
use intl_memoizer::Memoizable;
use intl_memoizer::concurrent::IntlLangMemoizer;
use unic_langid::LanguageIdentifier;

use crate::catalogue;
use crate::locale::{Language, Locale};
use crate::plural;
use crate::pseudo;

/// All messages in the reader's language; the accessors are generated from the English catalogue.
///
/// A message that a language lacks is taken from English. Can be shared between threads.
pub struct Messages {
    locale: Locale,
    /// One bundle a language of the fallback chain.
    bundles: Vec<FluentBundle<FluentResource>>,
}

impl Messages {
    /// Messages with variables isolated (U+2068, U+2069), for HTML: isolates keep Latin names in order inside Arabic.
    pub fn for_page(locale: Locale) -> Self {
        Messages::new(locale, true)
    }

    /// Messages without isolates, for terminals and files.
    pub fn for_terminal(locale: Locale) -> Self {
        Messages::new(locale, false)
    }

    /// The locale.
    pub fn locale(&self) -> Locale {
        self.locale
    }

    pub(crate) fn has(&self, id: &str) -> bool {
        self.bundles.iter().any(|bundle| bundle.has_message(id))
    }

    fn new(locale: Locale, isolating: bool) -> Self {
        let bundles = locale.fallback_chain().into_iter().map(|language| bundle(language, locale, isolating)).collect();
        Messages { locale, bundles }
    }

    pub(crate) fn format<'a, const N: usize>(&self, id: &str, arguments: [(&'a str, FluentValue<'a>); N]) -> String {
        let arguments: FluentArgs<'a> = arguments.into_iter().collect();
        for bundle in &self.bundles {
            if let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) {
                let mut errors = Vec::new();
                let text = bundle.format_pattern(pattern, Some(&arguments), &mut errors);
                if errors.is_empty() {
                    return text.into_owned();
                }
            }
        }
        // The tests hold the catalogues complete, so that this is seen only while a message is being written.
        format!("{{{id}}}")
    }
}

impl fmt::Debug for Messages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Messages").field("locale", &self.locale).finish_non_exhaustive()
    }
}

fn bundle(language: Language, locale: Locale, isolating: bool) -> FluentBundle<FluentResource> {
    // Numbers and plurals follow the region, but only inside the reader's own language.
    let locale_of_text = if language == locale.catalogue() { locale } else { Locale::of(language) };
    let identifier: LanguageIdentifier =
        locale_of_text.icu().to_string().parse().expect("a locale of ours is a valid language identifier");
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    bundle.set_use_isolating(isolating);
    bundle.set_transform(locale.pseudo().map(pseudo::transform));
    bundle.set_formatter(Some(format_number));
    bundle.add_function(plural::FUNCTION, plural::function(locale_of_text)).expect("no other function has been added");
    for file in catalogue::files(language) {
        // A faulty entry is left out here and found by the tests; the rest of the file stays usable.
        let resource = FluentResource::try_new(plural::rewrite(file.text)).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn format_number(value: &FluentValue<'_>, memoizer: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let decimal: Decimal = number.as_string().parse().ok()?;
    memoizer.with_try_get::<Grouped, _, _>((), |grouped| grouped.0.format_to_string(&decimal)).ok()
}

/// Number formatter in the form that Fluent's memoizer keeps.
struct Grouped(DecimalFormatter);

impl Memoizable for Grouped {
    type Args = ();
    type Error = icu::locale::ParseError;

    fn construct(language: LanguageIdentifier, (): ()) -> Result<Self, Self::Error> {
        let locale: icu::locale::Locale = language.to_string().parse()?;
        Ok(Grouped(
            DecimalFormatter::try_new(locale.into(), DecimalFormatterOptions::default())
                .expect("compiled number data has a root entry for every locale"),
        ))
    }
}

#[cfg(test)]
mod tests {
    use fluent_syntax::ast::Entry;

    use super::*;
    use crate::codegen;

    fn messages(locale: &str) -> Messages {
        Messages::for_terminal(locale.parse().unwrap())
    }

    fn check(locale: &str, expect: &[(u64, &str)]) {
        for (count, text) in expect {
            assert_eq!(messages(locale).declarations(*count), *text, "{locale} {count}");
        }
    }

    #[test]
    fn plurals_of_russian() {
        check(
            "ru",
            &[
                (0, "0 деклараций"),
                (1, "1 декларация"),
                (2, "2 декларации"),
                (5, "5 деклараций"),
                (11, "11 деклараций"),
                (21, "21 декларация"),
                (22, "22 декларации"),
                (1234, "1\u{a0}234 декларации"),
            ],
        );
    }

    #[test]
    fn plurals_of_arabic() {
        check(
            "ar-EG",
            &[
                (0, "لا بيانات جمركية"),
                (1, "بيان جمركي واحد"),
                (2, "بيانان جمركيان"),
                (3, "٣ بيانات جمركية"),
                (11, "١١ بيانًا جمركيًا"),
                (100, "١٠٠ بيان جمركي"),
                (103, "١٠٣ بيانات جمركية"),
                (300_011, "٣٠٠٬٠١١ بيانًا جمركيًا"),
            ],
        );
        check("ar-MA", &[(3, "3 بيانات جمركية")]);
    }

    #[test]
    fn plurals_of_the_others() {
        check("en", &[(0, "0 declarations"), (1, "1 declaration"), (1234, "1,234 declarations")]);
        check("fr", &[(0, "0 déclaration"), (1, "1 déclaration"), (2, "2 déclarations")]);
        check("es", &[(1, "1 declaración"), (2, "2 declaraciones")]);
        check("pt", &[(1, "1 declaração"), (2, "2 declarações")]);
        check("pt-PT", &[(0, "0 declarações")]);
        check("zh", &[(1, "1 份报关单"), (2, "2 份报关单")]);
    }

    #[test]
    fn pages_isolate_variables_and_terminals_do_not() {
        let arabic = "ar".parse().unwrap();
        let page = Messages::for_page(arabic).error_unknown_kpi("TF-99");
        assert!(page.contains("\u{2068}TF-99\u{2069}"), "{page}");
        let terminal = Messages::for_terminal(arabic).error_unknown_kpi("TF-99");
        assert_eq!(terminal, crate::strip_isolates(&page));
    }

    #[test]
    fn pseudo_languages_leave_no_plain_word() {
        let accented = messages("en-XA").declarations(3);
        assert!(!accented.chars().any(|c| c.is_ascii_alphabetic()), "{accented}");
        let mirrored = messages("ar-XB").declarations(3);
        assert!(mirrored.contains("\u{202e}declarations\u{202c}"), "{mirrored}");
    }

    #[test]
    fn messages_can_be_shared_between_threads() {
        fn shared<T: Send + Sync>(_: &T) {}
        shared(&messages("fr"));
    }

    #[test]
    fn every_message_of_every_language_formats_for_every_plural_category() {
        for language in Language::ALL {
            let bundle = bundle(language, Locale::of(language), true);
            for file in catalogue::files(language) {
                let resource = fluent_syntax::parser::parse(file.text).unwrap();
                for entry in &resource.body {
                    let Entry::Message(message) = entry else {
                        continue;
                    };
                    let id = message.id.name;
                    let variables = codegen::variables(message.value.as_ref().unwrap());
                    for count in [0, 1, 2, 3, 11, 100] {
                        let mut arguments = FluentArgs::new();
                        for variable in &variables {
                            arguments.set(variable.clone(), count);
                        }
                        let pattern = bundle.get_message(id).and_then(|m| m.value()).unwrap();
                        let mut errors = Vec::new();
                        let text = bundle.format_pattern(pattern, Some(&arguments), &mut errors);
                        assert!(errors.is_empty(), "{language}: `{id}` {errors:?}");
                        let ill = text.is_empty() || text.contains(['{', '}']) || text.contains("  ");
                        assert!(!ill, "{language}: `{id}` gives {text:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn sentences_with_several_counts_read_as_one() {
        let check = |locale: &str, file: &str, lead: &str, summary: &str| {
            let messages = messages(locale);
            assert_eq!(messages.ingest_file("items.csv", 1203, 1200, 3), file);
            assert_eq!(messages.page_lead(62, 300_021), lead);
            assert_eq!(messages.measure_summary(48, 3, 2, "4.1 s"), summary);
        };
        check(
            "en",
            "items.csv: 1,203 rows read, 1,200 taken, 3 in quarantine",
            "62 KPIs measured from 300,021 declarations.",
            "48 measured · 3 not computable · 2 warnings · 4.1 s",
        );
        check(
            "fr",
            "items.csv\u{a0}: 1\u{202f}203 lignes lues, 1\u{202f}200 retenues, 3 en quarantaine",
            "62 indicateurs mesurés à partir de 300\u{202f}021 déclarations.",
            "48 mesurés · 3 non calculables · 2 avertissements · 4.1 s",
        );
        check(
            "es",
            "items.csv: 1203 filas leídas, 1200 aceptadas, 3 en cuarentena",
            "62 indicadores medidos a partir de 300.021 declaraciones.",
            "48 medidos · 3 no calculables · 2 advertencias · 4.1 s",
        );
        check(
            "ru",
            "items.csv: прочитано 1\u{a0}203 строки, принято 1\u{a0}200, в карантине 3",
            "62 показателя измерены по 300\u{a0}021 декларации.",
            "измерено 48 · не вычисляется 3 · 2 предупреждения · 4.1 s",
        );
        check(
            "ar-EG",
            "items.csv: قُرئت ١٬٢٠٣ صفوف، المقبول: ١٬٢٠٠، في الحجر: ٣",
            "قيس ٦٢ مؤشرًا من ٣٠٠٬٠٢١ بيانًا جمركيًا.",
            "مقيسة: ٤٨ · غير قابلة للحساب: ٣ · تحذيران · 4.1 s",
        );
        check(
            "zh",
            "items.csv：读取 1,203 行，采纳 1,200 行，隔离 3 行",
            "根据 300,021 份报关单测算出 62 项指标。",
            "48 项已测算 · 3 项无法计算 · 2 条警告 · 4.1 s",
        );
        check(
            "pt",
            "items.csv: 1.203 linhas lidas, 1.200 aceites, 3 em quarentena",
            "62 indicadores medidos a partir de 300.021 declarações.",
            "48 medidos · 3 não calculáveis · 2 avisos · 4.1 s",
        );
    }
}
