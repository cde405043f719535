//! Sorting of names.

use std::cmp::Ordering;

use icu::collator::options::CollatorOptions;
use icu::collator::{Collator, CollatorBorrowed, CollatorPreferences};

use crate::locale::Locale;

/// Order of names in the reader's language.
#[derive(Debug)]
pub struct Order {
    collator: CollatorBorrowed<'static>,
}

impl Order {
    /// The collation of that locale, with numbers inside names compared by value (`Gate 2` before `Gate 10`).
    pub fn new(locale: Locale) -> Self {
        let mut preferences = CollatorPreferences::from(locale.icu());
        preferences.numeric_ordering = Some(icu::collator::preferences::CollationNumericOrdering::True);
        Order {
            collator: Collator::try_new(preferences, CollatorOptions::default())
                .expect("compiled collation data has a root entry for every locale"),
        }
    }

    /// Compares two names. Names that the language holds equal are told apart by their bytes, so that the order is
    /// total and the same on every run.
    pub fn compare(&self, left: &str, right: &str) -> Ordering {
        self.collator.compare(left, right).then_with(|| left.cmp(right))
    }

    /// Sorts items by the name that `name` gives.
    pub fn sort_by_name<T>(&self, items: &mut [T], name: impl Fn(&T) -> &str) {
        items.sort_by(|left, right| self.compare(name(left), name(right)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(locale: &str, names: &[&str], expect: &[&str]) {
        let mut names = names.to_vec();
        Order::new(locale.parse().unwrap()).sort_by_name(&mut names, |name| name);
        assert_eq!(names, expect, "{locale}");
    }

    #[test]
    fn accents_and_scripts() {
        check("fr", &["zone", "étain", "eau", "Étape"], &["eau", "étain", "Étape", "zone"]);
        check("es", &["ñu", "nube", "oso"], &["nube", "ñu", "oso"]);
        check("ru", &["Zeta", "Ясное", "Алмаз"], &["Алмаз", "Ясное", "Zeta"]);
        check("zh", &["zebra", "北京", "上海"], &["北京", "上海", "zebra"]);
    }

    #[test]
    fn numbers_inside_names_count_by_value() {
        check("en", &["Gate 10", "Gate 2"], &["Gate 2", "Gate 10"]);
    }

    #[test]
    fn equal_names_have_a_fixed_order() {
        let order = Order::new(Locale::ENGLISH);
        assert_eq!(order.compare("a\u{301}", "á"), order.compare("á", "a\u{301}").reverse());
        assert_ne!(order.compare("a\u{301}", "á"), Ordering::Equal);
    }
}
