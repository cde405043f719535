//! Invisible direction marks: needed on pages, unwanted in files.

/// First strong isolate, U+2068.
const FIRST_STRONG_ISOLATE: char = '\u{2068}';
/// Pop directional isolate, U+2069.
const POP_ISOLATE: char = '\u{2069}';

/// Wraps a run of unknown direction (an identifier, an HS code, a range such as 80–100), so that it keeps its order
/// inside a sentence of the other direction.
pub fn isolate(text: &str) -> String {
    format!("{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}")
}

/// Removes every invisible direction mark (isolates, embeddings, overrides, left-to-right, right-to-left and Arabic
/// letter marks), for CSV, spreadsheets and plain terminals, where they show up as boxes or break comparisons.
///
/// ```
/// assert_eq!(mizan_text::strip_isolates("office \u{2068}ABX01\u{2069}"), "office ABX01");
/// ```
pub fn strip_isolates(text: &str) -> String {
    text.chars().filter(|c| !is_direction_mark(*c)).collect()
}

fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stripping_undoes_isolating() {
        for text in ["", "ABX01", "مكتب", "80–100"] {
            assert_eq!(strip_isolates(&isolate(text)), text);
        }
    }

    #[test]
    fn visible_and_joining_characters_stay() {
        // The zero-width non-joiner is part of Persian spelling, not a direction mark.
        assert_eq!(strip_isolates("می\u{200c}شود\u{200f}"), "می\u{200c}شود");
    }
}
