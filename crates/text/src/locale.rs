//! Which language, which region, which direction.

use std::fmt;

use icu::locale::subtags;

/// A language that Mizan speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English, the source language of all texts.
    English,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Russian.
    Russian,
    /// Arabic.
    Arabic,
    /// Chinese, simplified script.
    Chinese,
    /// Portuguese.
    Portuguese,
}

impl Language {
    /// All languages, in the order in which a switch lists them.
    pub const ALL: [Language; 7] = [
        Language::English,
        Language::French,
        Language::Spanish,
        Language::Russian,
        Language::Arabic,
        Language::Chinese,
        Language::Portuguese,
    ];

    /// BCP 47 language subtag, for example `fr`; also the folder of its catalogues.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::French => "fr",
            Language::Spanish => "es",
            Language::Russian => "ru",
            Language::Arabic => "ar",
            Language::Chinese => "zh",
            Language::Portuguese => "pt",
        }
    }

    /// The language's name for itself, as a language switch shows it.
    pub fn own_name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::French => "Français",
            Language::Spanish => "Español",
            Language::Russian => "Русский",
            Language::Arabic => "العربية",
            Language::Chinese => "中文",
            Language::Portuguese => "Português",
        }
    }

    /// The language with that subtag, in any case.
    pub fn from_code(code: &str) -> Option<Self> {
        Language::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(code))
    }

    /// Direction in which its script runs.
    pub fn direction(self) -> Direction {
        Direction::of_script(self.script())
    }

    /// ISO 15924 code of the script in which Mizan writes it.
    pub fn script(self) -> &'static str {
        match self {
            Language::English | Language::French | Language::Spanish | Language::Portuguese => "Latn",
            Language::Russian => "Cyrl",
            Language::Arabic => "Arab",
            Language::Chinese => "Hans",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Direction in which text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Left to right.
    LeftToRight,
    /// Right to left.
    RightToLeft,
}

impl Direction {
    /// Direction of a script by its ISO 15924 code; scripts that are not known here run from left to right.
    ///
    /// By script and not by a list of languages, so that Persian, Urdu, Hebrew or Dari need no change here.
    pub fn of_script(script: &str) -> Self {
        match script {
            "Adlm" | "Arab" | "Aran" | "Hebr" | "Mand" | "Nkoo" | "Rohg" | "Syrc" | "Thaa" => Direction::RightToLeft,
            _ => Direction::LeftToRight,
        }
    }

    /// Value of the HTML attribute `dir`.
    pub fn html(self) -> &'static str {
        match self {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }
}

/// A language as it is written in a region: digits, separators and date forms follow the region.
///
/// Two hidden locales serve tests of the interface: `en-XA` (longer, accented English) and `ar-XB` (English laid out
/// from right to left). They show every text that did not come out of a catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Locale {
    /// Language.
    pub language: Language,
    /// Country or area, for example `EG`.
    pub region: Option<subtags::Region>,
}

/// What a pseudo-language does to English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Pseudo {
    /// `en-XA`.
    Accented,
    /// `ar-XB`.
    Mirrored,
}

/// The text names no language that Mizan speaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not one of Mizan's languages; choose en (English), fr (Français), es (Español), ru (Русский), \
     ar (العربية), zh (中文) or pt (Português), with a region if you like, as in `ar-EG`"
)]
pub struct UnknownLanguage(
    /// The text as it was given.
    pub String,
);

impl Locale {
    /// English without a region: what is used where nothing else is known.
    pub const ENGLISH: Locale = Locale { language: Language::English, region: None };

    /// The language without a region.
    pub fn of(language: Language) -> Self {
        Locale { language, region: None }
    }

    /// Chooses the reader's locale.
    ///
    /// `flag` is what the person asked for: a mistake there is an error that lists the languages. `environment` holds
    /// the values of `LC_ALL`, `LC_MESSAGES`, `LANG` in that order of weight; the first that is set and not empty
    /// decides, and a language that Mizan does not speak gives English, since nobody asked for it here.
    ///
    /// ```
    /// use mizan_text::{Language, Locale};
    /// let locale = Locale::choose(None, &[None, Some("ar_MA.UTF-8")]).unwrap();
    /// assert_eq!(locale.language, Language::Arabic);
    /// assert_eq!(Locale::choose(None, &[Some("de_DE")]).unwrap(), Locale::ENGLISH);
    /// assert!(Locale::choose(Some("de"), &[]).is_err());
    /// ```
    ///
    /// # Errors
    /// [`UnknownLanguage`] if `flag` names no language of the seven.
    pub fn choose(flag: Option<&str>, environment: &[Option<&str>]) -> Result<Self, UnknownLanguage> {
        if let Some(flag) = flag {
            return flag.parse();
        }
        let set = environment.iter().flatten().find(|value| !value.trim().is_empty());
        Ok(set.and_then(|value| value.parse().ok()).unwrap_or(Locale::ENGLISH))
    }

    /// Language of the catalogue that messages are taken from.
    pub fn catalogue(self) -> Language {
        match self.pseudo() {
            Some(_) => Language::English,
            None => self.language,
        }
    }

    /// Languages in which a text is looked for, first choice first; English always stands at the end.
    pub fn fallback_chain(self) -> Vec<Language> {
        match self.catalogue() {
            Language::English => vec![Language::English],
            language => vec![language, Language::English],
        }
    }

    /// Direction of text and page.
    pub fn direction(self) -> Direction {
        self.language.direction()
    }

    /// Value of the HTML attribute `lang`.
    pub fn html_lang(self) -> String {
        self.to_string()
    }

    /// Value of the HTML attribute `dir`.
    pub fn html_dir(self) -> &'static str {
        self.direction().html()
    }

    pub(crate) fn pseudo(self) -> Option<Pseudo> {
        match (self.language, self.region.as_ref().map(|region| region.as_str())) {
            (Language::English, Some("XA")) => Some(Pseudo::Accented),
            (Language::Arabic, Some("XB")) => Some(Pseudo::Mirrored),
            _ => None,
        }
    }

    /// The locale in the form that ICU takes. Pseudo-languages use English forms. Chinese carries no region, because
    /// the region would bring in the forms of the traditional script.
    pub(crate) fn icu(self) -> icu::locale::Locale {
        let mut locale = icu::locale::Locale::UNKNOWN;
        let language = self.catalogue();
        locale.id.language =
            subtags::Language::try_from_str(language.code()).expect("the codes in `Language::code` are valid subtags");
        if self.pseudo().is_none() && language != Language::Chinese {
            locale.id.region = self.region;
        }
        locale
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.language.code())?;
        match &self.region {
            Some(region) => write!(f, "-{}", region.as_str()),
            None => Ok(()),
        }
    }
}

impl std::str::FromStr for Locale {
    type Err = UnknownLanguage;

    /// Reads BCP 47 (`ar-EG`, `zh-Hans-CN`) and POSIX forms (`ar_MA.UTF-8`, `fr_FR@euro`, `C`, `POSIX`).
    ///
    /// A script is read over, since Mizan writes each language in one script. A region that is not well-formed is an
    /// error, because `pt-Brazil` would otherwise silently lose its number forms.
    fn from_str(text: &str) -> Result<Self, UnknownLanguage> {
        let unknown = || UnknownLanguage(text.to_owned());
        let name = text.trim().split(['.', '@']).next().unwrap_or_default();
        if name == "C" || name == "POSIX" {
            return Ok(Locale::ENGLISH);
        }
        let mut parts = name.split(['-', '_']);
        let language = parts.next().and_then(Language::from_code).ok_or_else(unknown)?;
        let mut region = None;
        for part in parts {
            match part.len() {
                4 if part.bytes().all(|byte| byte.is_ascii_alphabetic()) => {}
                2 | 3 if region.is_none() => {
                    region = Some(subtags::Region::try_from_str(part).map_err(|_| unknown())?);
                }
                _ => return Err(unknown()),
            }
        }
        Ok(Locale { language, region })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        let parsed = text.parse::<Locale>().map_or_else(|error| format!("error: {}", error.0), |l| l.to_string());
        assert_eq!(parsed, expect, "{text}");
    }

    #[test]
    fn reads_bcp47_and_posix_forms() {
        check("ar-EG", "ar-EG");
        check("ar_MA.UTF-8", "ar-MA");
        check("fr_FR@euro", "fr-FR");
        check("FR", "fr");
        check("zh-Hans-CN", "zh-CN");
        check("zh_CN.GB18030", "zh-CN");
        check("es-419", "es-419");
        check("C", "en");
        check("C.UTF-8", "en");
        check("POSIX", "en");
        check("en-xa", "en-XA");
    }

    #[test]
    fn refuses_what_it_does_not_speak() {
        check("de", "error: de");
        check("", "error: ");
        check("pt-Brazil", "error: pt-Brazil");
        check("english", "error: english");
        check("fr-F1", "error: fr-F1");
    }

    #[test]
    fn flag_wins_and_the_first_set_variable_decides() {
        let choose = |flag, environment: &[Option<&str>]| Locale::choose(flag, environment).map(|l| l.to_string());
        assert_eq!(choose(Some("ru"), &[Some("fr")]).as_deref(), Ok("ru"));
        assert_eq!(choose(None, &[None, Some(""), Some("pt_BR")]).as_deref(), Ok("pt-BR"));
        assert_eq!(choose(None, &[Some("C"), Some("fr")]).as_deref(), Ok("en"));
        assert_eq!(choose(None, &[Some("nonsense!")]).as_deref(), Ok("en"));
        assert_eq!(choose(None, &[]).as_deref(), Ok("en"));
    }

    #[test]
    fn a_wrong_flag_lists_all_languages() {
        let message = Locale::choose(Some("klingon"), &[Some("fr")]).unwrap_err().to_string();
        for language in Language::ALL {
            assert!(message.contains(language.own_name()), "{message}");
            assert!(message.contains(&format!("{} (", language.code())), "{message}");
        }
    }

    #[test]
    fn direction_follows_the_script() {
        assert_eq!(Locale::of(Language::Arabic).html_dir(), "rtl");
        assert_eq!(Locale::of(Language::Russian).html_dir(), "ltr");
        assert_eq!(Direction::of_script("Hebr"), Direction::RightToLeft);
    }

    #[test]
    fn pseudo_languages_are_english_underneath() {
        let mirrored: Locale = "ar-XB".parse().unwrap();
        assert_eq!(mirrored.catalogue(), Language::English);
        assert_eq!(mirrored.html_dir(), "rtl");
        assert_eq!(mirrored.html_lang(), "ar-XB");
        assert_eq!(mirrored.fallback_chain(), [Language::English]);
        let french: Locale = "fr-CI".parse().unwrap();
        assert_eq!(french.fallback_chain(), [Language::French, Language::English]);
    }
}
