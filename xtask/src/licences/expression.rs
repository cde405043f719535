//! SPDX licence expressions: `(MIT OR Apache-2.0) AND Unicode-3.0`, and the old `MIT/Apache-2.0`.

use std::collections::BTreeSet;

/// Whether the allowed licences are enough for an expression: every side of an `AND`, one side of an `OR`.
///
/// `WITH` belongs to the licence before it: `Apache-2.0 WITH LLVM-exception` must be allowed as a whole. `X+` is
/// allowed where `X` is. `AND` binds closer than `OR`.
///
/// # Errors
/// The expression is not well formed.
pub fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> Result<bool, String> {
    let words = words(expression);
    let mut parser = Parser { words: &words, position: 0, allowed };
    let answer = parser.any()?;
    match parser.peek() {
        None => Ok(answer),
        Some(word) => Err(format!("`{word}` is not expected there")),
    }
}

fn words(expression: &str) -> Vec<String> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    spaced.split_whitespace().map(str::to_owned).collect()
}

struct Parser<'a> {
    words: &'a [String],
    position: usize,
    allowed: &'a BTreeSet<String>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&str> {
        self.words.get(self.position).map(String::as_str)
    }

    fn takes(&mut self, word: &str) -> bool {
        let is_next = self.peek().is_some_and(|next| next.eq_ignore_ascii_case(word));
        self.position += usize::from(is_next);
        is_next
    }

    fn any(&mut self) -> Result<bool, String> {
        let mut answer = self.all()?;
        while self.takes("OR") {
            // Both sides are read: the right one must be well formed too.
            let right = self.all()?;
            answer |= right;
        }
        Ok(answer)
    }

    fn all(&mut self) -> Result<bool, String> {
        let mut answer = self.one()?;
        while self.takes("AND") {
            let right = self.one()?;
            answer &= right;
        }
        Ok(answer)
    }

    fn one(&mut self) -> Result<bool, String> {
        if self.takes("(") {
            let answer = self.any()?;
            return if self.takes(")") { Ok(answer) } else { Err("a parenthesis is not closed".to_owned()) };
        }
        let mut licence = self.licence()?;
        if self.takes("WITH") {
            licence = format!("{licence} WITH {}", self.licence()?);
        }
        Ok(self.allowed.contains(&licence) || licence.strip_suffix('+').is_some_and(|base| self.allowed.contains(base)))
    }

    fn licence(&mut self) -> Result<String, String> {
        let word = self.peek().ok_or("a licence is missing at the end")?;
        if ["AND", "OR", "WITH", "(", ")"].iter().any(|reserved| word.eq_ignore_ascii_case(reserved)) {
            return Err(format!("a licence is missing before `{word}`"));
        }
        let word = word.to_owned();
        self.position += 1;
        Ok(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expression: &str, expect: Result<bool, &str>) {
        let allowed = ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "Zlib"].map(str::to_owned).into();
        assert_eq!(is_allowed(expression, &allowed), expect.map_err(str::to_owned), "{expression}");
    }

    #[test]
    fn one_side_of_or_and_both_of_and() {
        check("MIT", Ok(true));
        check("GPL-3.0-only", Ok(false));
        check("GPL-3.0-only OR MIT", Ok(true));
        check("MIT AND GPL-3.0-only", Ok(false));
        check("MIT AND Zlib", Ok(true));
        check("MIT/Apache-2.0", Ok(true));
        check("GPL-3.0-only / ISC", Ok(false));
        check("Zlib+", Ok(true));
    }

    #[test]
    fn and_binds_closer_than_or() {
        check("MIT OR GPL-3.0-only AND ISC", Ok(true));
        check("(MIT OR GPL-3.0-only) AND ISC", Ok(false));
        check("(MIT OR GPL-3.0-only) AND (ISC OR Zlib)", Ok(true));
    }

    #[test]
    fn an_exception_is_part_of_its_licence() {
        check("Apache-2.0 WITH LLVM-exception", Ok(true));
        check("MIT WITH LLVM-exception", Ok(false));
        check("GPL-2.0-only WITH Classpath-exception-2.0 OR MIT", Ok(true));
    }

    #[test]
    fn what_is_not_well_formed_is_an_error() {
        check("", Err("a licence is missing at the end"));
        check("MIT OR", Err("a licence is missing at the end"));
        check("OR MIT", Err("a licence is missing before `OR`"));
        check("(MIT", Err("a parenthesis is not closed"));
        check("MIT Zlib", Err("`Zlib` is not expected there"));
    }
}
