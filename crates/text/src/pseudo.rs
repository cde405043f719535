//! Pseudo-languages: English that cannot be mistaken for text outside the catalogues.

use std::borrow::Cow;

use crate::locale::Pseudo;

/// Function that Fluent applies to every literal piece of a message.
pub(crate) fn transform(pseudo: Pseudo) -> fn(&str) -> Cow<str> {
    match pseudo {
        Pseudo::Accented => accent,
        Pseudo::Mirrored => mirror,
    }
}

const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ACCENTED: &str = "áƀçðéƒĝĥíĵķļḿñóþɋŕšţúṽŵẋýžÁƁÇÐÉƑĜĤÍĴĶĻḾÑÓÞǪŔŠŢÚṼŴẊÝŽ";

/// Accents every letter and doubles the vowels, so that a text grows by about a third as Russian and French do.
fn accent(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        let accented = PLAIN.chars().zip(ACCENTED.chars()).find(|(plain, _)| *plain == c);
        let accented = accented.map_or(c, |(_, accented)| accented);
        out.push(accented);
        if "aeiouAEIOU".contains(c) {
            out.push(accented);
        }
    }
    Cow::Owned(out)
}

/// Shows each word from right to left by an override, as if English were written in a script of that direction.
fn mirror(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len() * 2);
    let mut inside = false;
    for c in text.chars() {
        if c.is_alphanumeric() != inside {
            out.push_str(if inside { "\u{202c}\u{200f}" } else { "\u{200f}\u{202e}" });
            inside = !inside;
        }
        out.push(c);
    }
    if inside {
        out.push_str("\u{202c}\u{200f}");
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accented_text_has_no_plain_letter_and_is_longer() {
        let text = "Measured 12 indicators";
        let out = accent(text);
        assert!(!out.chars().any(|c| c.is_ascii_alphabetic()), "{out}");
        assert!(out.chars().count() * 10 > text.len() * 13, "{out}");
        assert!(out.contains("12"));
    }

    #[test]
    fn mirrored_words_are_wrapped_one_by_one() {
        assert_eq!(mirror("no data"), "\u{200f}\u{202e}no\u{202c}\u{200f} \u{200f}\u{202e}data\u{202c}\u{200f}");
        assert_eq!(mirror(": "), ": ");
    }
}
