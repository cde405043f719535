//! The words of the table: what a key is called, what its value looks like, whether it must be there.

/// What a value looks like.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Any text.
    Text,
    /// Text of a certain form.
    Form(Form),
    /// One of a closed set of words.
    Word(&'static [&'static str]),
    /// SQL expression; the text says which kind (for the reference).
    Expression(&'static str),
    /// Whole number within bounds.
    Integer(i64, i64),
    /// Number within bounds.
    Number(f64, f64),
    /// `true` or `false`.
    Bool,
    /// List whose elements have the shape.
    List(&'static Shape),
    /// Two numbers, the smaller first.
    Range,
    /// Table with its own keys.
    Block(&'static Block),
    /// Array of tables.
    Blocks(&'static Block),
    /// Table whose keys are names chosen by the author.
    Map(&'static Shape),
    /// Either of two shapes.
    Either(&'static Shape, &'static Shape),
    /// Anything.
    Any,
}

/// Forms of text with a fixed grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `TF-01`.
    KpiId,
    /// `1.0.0`.
    Version,
    /// `declaration/1`.
    ContractReference,
    /// Lower case words joined by `-`, `_` or `.`.
    Name,
    /// Lower snake case.
    FieldName,
    /// `7d`.
    Days,
    /// `-P1Y` or `-P12M`.
    Offset,
    /// `2025`, `2025-Q2`, `2025-03`.
    Period,
    /// RFC 3339 instant.
    Instant,
    /// BCP 47 tag such as `en` or `pt-BR`.
    Language,
    /// `sha256:` and 64 hexadecimal digits.
    Hash,
    /// `scheme:code`.
    Target,
    /// One character.
    Character,
    /// Decimal number as text.
    Decimal,
}

impl Form {
    /// Regular expression of the form, for JSON Schema.
    pub fn pattern(self) -> &'static str {
        match self {
            Form::KpiId => "^[A-Z]{2}-[0-9]{2}$",
            Form::Version => "^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)$",
            Form::ContractReference => "^[a-z][a-z0-9_]*/[1-9][0-9]*$",
            Form::Name => "^[a-z][a-z0-9]*([._-][a-z0-9]+)*$",
            Form::FieldName => "^[a-z][a-z0-9_]*$",
            Form::Days => "^[0-9]{1,4}d$",
            Form::Offset => "^-P[1-9][0-9]*[YM]$",
            Form::Period => "^[0-9]{4}(-(S[12]|Q[1-4]|0[1-9]|1[0-2]))?$",
            Form::Instant => {
                "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$"
            }
            Form::Language => "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
            Form::Hash => "^sha256:[0-9a-f]{64}$",
            Form::Target => "^[a-z][a-z0-9-]*:[^ ]+$",
            Form::Character => "^.$",
            Form::Decimal => "^-?[0-9]+(\\.[0-9]+)?$",
        }
    }

    /// An example, for messages.
    pub fn example(self) -> &'static str {
        match self {
            Form::KpiId => "TF-01",
            Form::Version => "1.0.0",
            Form::ContractReference => "declaration/1",
            Form::Name => "clock-order",
            Form::FieldName => "released_at",
            Form::Days => "7d",
            Form::Offset => "-P1Y",
            Form::Period => "2025",
            Form::Instant => "2026-01-15T00:00:00Z",
            Form::Language => "en",
            Form::Hash => "sha256: and 64 digits",
            Form::Target => "sdg:17.1",
            Form::Character => ";",
            Form::Decimal => "0.001",
        }
    }

    /// Whether the text has the form. Written by hand, so that the crate needs no regular expressions.
    pub fn accepts(self, text: &str) -> bool {
        let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
        let plain_number = |t: &str| digits(t) && (t == "0" || !t.starts_with('0')) && t.len() <= 9;
        let bytes = text.as_bytes();
        match self {
            Form::KpiId => {
                bytes.len() == 5
                    && bytes[..2].iter().all(u8::is_ascii_uppercase)
                    && bytes[2] == b'-'
                    && bytes[3..].iter().all(u8::is_ascii_digit)
            }
            Form::Version => {
                let parts: Vec<&str> = text.split('.').collect();
                parts.len() == 3 && parts.iter().all(|p| plain_number(p))
            }
            Form::ContractReference => text.split_once('/').is_some_and(|(name, version)| {
                Form::FieldName.accepts(name) && plain_number(version) && version != "0"
            }),
            Form::Name => {
                text.split(['.', '_', '-'])
                    .all(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
                    && bytes.first().is_some_and(u8::is_ascii_lowercase)
            }
            Form::FieldName => {
                bytes.first().is_some_and(u8::is_ascii_lowercase)
                    && bytes.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'_')
            }
            Form::Days => text.strip_suffix('d').is_some_and(|d| digits(d) && d.len() <= 4),
            Form::Offset => text
                .strip_prefix("-P")
                .and_then(|t| t.strip_suffix(['Y', 'M']))
                .is_some_and(|n| plain_number(n) && n != "0" && n.len() <= 3),
            Form::Period => text.parse::<crate::period::Period>().is_ok_and(|p| p.fiscal_start == 1),
            Form::Instant => is_instant(text),
            Form::Language => {
                let mut parts = text.split('-');
                parts.next().is_some_and(|p| (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_lowercase()))
                    && parts.all(|p| (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
            }
            Form::Hash => text
                .strip_prefix("sha256:")
                .is_some_and(|h| h.len() == 64 && h.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))),
            Form::Target => text.split_once(':').is_some_and(|(scheme, code)| {
                Form::Name.accepts(scheme) && !code.is_empty() && !code.contains(char::is_whitespace)
            }),
            Form::Character => text.chars().count() == 1,
            Form::Decimal => {
                let text = text.strip_prefix('-').unwrap_or(text);
                match text.split_once('.') {
                    Some((whole, fraction)) => digits(whole) && digits(fraction),
                    None => digits(text),
                }
            }
        }
    }
}

fn is_instant(text: &str) -> bool {
    let field = |range: std::ops::Range<usize>, low: u32, high: u32| {
        text.get(range)
            .filter(|t| t.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|t| t.parse::<u32>().ok())
            .is_some_and(|n| (low..=high).contains(&n))
    };
    let sign = |at: usize, want: u8| text.as_bytes().get(at) == Some(&want);
    let head = field(0..4, 0, 9999)
        && sign(4, b'-')
        && field(5..7, 1, 12)
        && sign(7, b'-')
        && field(8..10, 1, 31)
        && sign(10, b'T')
        && field(11..13, 0, 23)
        && sign(13, b':')
        && field(14..16, 0, 59)
        && sign(16, b':')
        && field(17..19, 0, 59);
    let Some(rest) = text.get(19..).filter(|_| head) else { return false };
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    rest == "Z"
        || (rest.len() == 6
            && rest.starts_with(['+', '-'])
            && rest.as_bytes()[3] == b':'
            && rest.bytes().enumerate().all(|(i, b)| i == 0 || i == 3 || b.is_ascii_digit()))
}

/// One key of a block.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The key.
    pub name: &'static str,
    /// What its value looks like.
    pub shape: Shape,
    /// It must be there.
    pub required: bool,
    /// What it means, one sentence, English.
    pub doc: &'static str,
}

/// A table with its keys.
#[derive(Debug, Clone, Copy)]
pub struct Block {
    /// Name in messages and in the reference.
    pub name: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// Its keys, in the order of the reference.
    pub fields: &'static [Field],
    /// Shape of keys that are not listed; `None`: there are no others.
    pub others: Option<Shape>,
}

/// A key that must be there.
pub(super) const fn required(name: &'static str, shape: Shape, doc: &'static str) -> Field {
    Field { name, shape, required: true, doc }
}

/// A key that may be left out.
pub(super) const fn optional(name: &'static str, shape: Shape, doc: &'static str) -> Field {
    Field { name, shape, required: false, doc }
}

/// List of texts.
pub(super) const TEXTS: Shape = Shape::List(&Shape::Text);
/// List of lower-case names.
pub(super) const NAMES: Shape = Shape::List(&Shape::Form(Form::Name));
/// List of contract fields.
pub(super) const FIELD_NAMES: Shape = Shape::List(&Shape::Form(Form::FieldName));
/// List of KPI codes.
pub(super) const KPI_IDS: Shape = Shape::List(&Shape::Form(Form::KpiId));
/// Smallest and greatest whole number where no other bound is known.
pub(super) const COUNT: Shape = Shape::Integer(0, 1_000_000_000);
/// Any number.
pub(super) const NUMBER: Shape = Shape::Number(f64::MIN, f64::MAX);
/// Share of one.
pub(super) const SHARE: Shape = Shape::Number(0.0, 1.0);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_accept_their_examples() {
        for form in [
            Form::KpiId,
            Form::Version,
            Form::ContractReference,
            Form::Name,
            Form::FieldName,
            Form::Days,
            Form::Offset,
            Form::Period,
            Form::Instant,
            Form::Language,
            Form::Target,
            Form::Character,
            Form::Decimal,
        ] {
            assert!(form.accepts(form.example()), "{form:?}");
            assert!(!form.accepts(""), "{form:?}");
        }
    }

    #[test]
    fn forms_refuse_near_misses() {
        for (form, text) in [
            (Form::KpiId, "TF-1"),
            (Form::KpiId, "tf-01"),
            (Form::Version, "1.0"),
            (Form::Version, "1.01.0"),
            (Form::ContractReference, "declaration"),
            (Form::ContractReference, "declaration/0"),
            (Form::Days, "7"),
            (Form::Offset, "P1Y"),
            (Form::Period, "2025-13"),
            (Form::Instant, "2025-01-01"),
            (Form::Instant, "2025-01-01T00:00:00"),
            (Form::Hash, "sha256:12"),
            (Form::Target, "sdg 17"),
            (Form::Name, "Clock"),
            (Form::Name, "a--b"),
        ] {
            assert!(!form.accepts(text), "{form:?} {text}");
        }
    }
}
