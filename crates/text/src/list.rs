//! Enumerations: "A, B and C".

use icu::list::ListFormatter;
use icu::list::options::{ListFormatterOptions, ListLength};

use crate::locale::Locale;

/// Joins names as the reader's language does.
#[derive(Debug)]
pub struct Lists {
    and: ListFormatter,
    or: ListFormatter,
}

impl Lists {
    /// Formatters of that locale.
    pub fn new(locale: Locale) -> Self {
        let options = ListFormatterOptions::default().with_length(ListLength::Wide);
        Lists {
            and: ListFormatter::try_new_and(locale.icu().into(), options)
                .expect("compiled list data has a root entry for every locale"),
            or: ListFormatter::try_new_or(locale.icu().into(), options)
                .expect("compiled list data has a root entry for every locale"),
        }
    }

    /// `A, B and C`; empty for no names.
    pub fn and<S: AsRef<str>>(&self, names: &[S]) -> String {
        self.and.format_to_string(names.iter().map(AsRef::as_ref))
    }

    /// `A, B or C`; empty for no names.
    pub fn or<S: AsRef<str>>(&self, names: &[S]) -> String {
        self.or.format_to_string(names.iter().map(AsRef::as_ref))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(locale: &str, names: &[&str], and: &str, or: &str) {
        let lists = Lists::new(locale.parse().unwrap());
        assert_eq!(lists.and(names), and, "{locale}");
        assert_eq!(lists.or(names), or, "{locale}");
    }

    #[test]
    fn each_language_has_its_own_joints() {
        check("en-GB", &["A", "B", "C"], "A, B and C", "A, B or C");
        check("fr", &["A", "B", "C"], "A, B et C", "A, B ou C");
        check("es", &["A", "B", "C"], "A, B y C", "A, B o C");
        check("ru", &["A", "B", "C"], "A, B и C", "A, B или C");
        check("zh", &["A", "B", "C"], "A、B和C", "A、B或C");
        check("pt", &["A", "B", "C"], "A, B e C", "A, B ou C");
        check("ar", &["أ", "ب", "ج"], "أ وب وج", "أ أو ب أو ج");
    }

    #[test]
    fn spanish_avoids_two_equal_vowels() {
        check("es", &["padre", "hijo", "iglesia"], "padre, hijo e iglesia", "padre, hijo o iglesia");
    }

    #[test]
    fn short_lists() {
        check("en", &[], "", "");
        check("en", &["A"], "A", "A");
        check("en", &["A", "B"], "A and B", "A or B");
    }
}
