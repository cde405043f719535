//! Plural categories by ICU instead of Fluent's own rules.
//!
//! The plural rules that Fluent brings along (intl_pluralrules 7.0.2) leave out the remainder in rules such as
//! `n % 100 = 3..10`, so that Arabic counts over 100 come out wrong. Before a catalogue is loaded, each selector
//! `{ $count -> [few] … }` therefore becomes `{ PLURAL($count) -> [few] … }`, where `PLURAL` asks ICU. The files stay
//! plain Fluent, as translators' programs expect it.

use fluent_bundle::{FluentArgs, FluentValue};
use fluent_syntax::ast::{self, CallArguments, Expression, Identifier, InlineExpression, PatternElement, VariantKey};
use icu::plurals::{PluralCategory, PluralRules, PluralRulesOptions};

use crate::locale::Locale;

/// Name of the function in rewritten catalogues.
pub(crate) const FUNCTION: &str = "PLURAL";

/// The names of plural categories in Fluent.
pub(crate) const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The catalogue with every selector on a count turned over to [`FUNCTION`]. Faulty entries are left out.
pub(crate) fn rewrite(text: &str) -> String {
    let mut resource = fluent_syntax::parser::parse(text.to_owned()).unwrap_or_else(|(resource, _errors)| resource);
    for entry in &mut resource.body {
        if let ast::Entry::Message(ast::Message { value: Some(pattern), .. }) = entry {
            rewrite_pattern(pattern);
        }
    }
    fluent_syntax::serializer::serialize(&resource)
}

fn rewrite_pattern(pattern: &mut ast::Pattern<String>) {
    for element in &mut pattern.elements {
        let PatternElement::Placeable { expression: Expression::Select { selector, variants } } = element else {
            continue;
        };
        for variant in variants.iter_mut() {
            rewrite_pattern(&mut variant.value);
        }
        let counted = variants.iter().all(|variant| match &variant.key {
            VariantKey::Identifier { name } => CATEGORIES.contains(&name.as_str()),
            VariantKey::NumberLiteral { .. } => false,
        });
        if counted && matches!(selector, InlineExpression::VariableReference { .. }) {
            *selector = InlineExpression::FunctionReference {
                id: Identifier { name: FUNCTION.to_owned() },
                arguments: CallArguments { positional: vec![selector.clone()], named: Vec::new() },
            };
        }
    }
}

/// The function that gives a count's plural category in the language of the locale.
pub(crate) fn function(
    locale: Locale,
) -> impl for<'a> Fn(&[FluentValue<'a>], &FluentArgs) -> FluentValue<'a> + Send + Sync + 'static {
    let rules = PluralRules::try_new(locale.icu().into(), PluralRulesOptions::default())
        .expect("compiled plural data has a root entry for every locale");
    move |positional, _named| match positional.first() {
        Some(FluentValue::Number(number)) => match number.as_string().parse::<icu::decimal::input::Decimal>() {
            Ok(decimal) => FluentValue::from(category(rules.category_for(&decimal))),
            Err(_) => FluentValue::Error,
        },
        _ => FluentValue::Error,
    }
}

fn category(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_on_counts_are_rewritten_and_others_are_not() {
        let count = "x = { $count ->\n    [one] a row\n   *[other] { $count } rows\n}\n";
        assert!(rewrite(count).contains("{ PLURAL($count) ->"), "{}", rewrite(count));
        let quarter = "x = { $quarter ->\n    [1] first\n   *[2] second\n}\n";
        assert!(rewrite(quarter).contains("{ $quarter ->"), "{}", rewrite(quarter));
    }

    #[test]
    fn rewriting_keeps_every_character_of_the_text() {
        let text = "x = « { $path } »\u{a0}: 95\u{202f}% «{ $n }»\n";
        assert_eq!(rewrite(text), text);
    }

    fn check(locale: &str, count: u64, expect: &str) {
        let function = function(locale.parse().unwrap());
        let given = function(&[FluentValue::from(count)], &FluentArgs::new());
        assert_eq!(given, FluentValue::from(expect), "{locale} {count}");
    }

    #[test]
    fn arabic_counts_over_a_hundred_follow_their_last_two_digits() {
        check("ar", 0, "zero");
        check("ar", 2, "two");
        check("ar-EG", 103, "few");
        check("ar-MA", 111, "many");
        check("ar", 102, "other");
        check("ru", 1_000_021, "one");
        check("zh", 1, "other");
    }
}
