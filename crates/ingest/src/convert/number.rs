//! Numbers from text, exactly: no binary fractions on the way.

/// A decimal number `mantissa / 10^scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exact {
    pub mantissa: i128,
    pub scale: u32,
}

/// Reads a decimal number. Groups of three digits may be set apart by a space, an apostrophe, or the sign among
/// `.` and `,` that is not the decimal sign; an exponent is understood. `None` if the text is no number.
pub(crate) fn parse(text: &str, decimal: char) -> Option<Exact> {
    parse_plain(text.as_bytes(), decimal).or_else(|| parse_any(text, decimal))
}

/// The common case: sign, at most 18 digits, one decimal sign.
#[inline]
fn parse_plain(bytes: &[u8], decimal: char) -> Option<Exact> {
    let (negative, digits) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, bytes),
    };
    if digits.is_empty() || digits.len() > 19 {
        return None;
    }
    let (mut value, mut count, mut point) = (0_u64, 0, None);
    for (position, &byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
            count += 1;
        } else if char::from(byte) == decimal && point.is_none() {
            point = Some(position);
        } else {
            return None;
        }
    }
    if count == 0 || count > 18 {
        return None;
    }
    let scale = point.map_or(0, |p| digits.len() - p - 1) as u32;
    let value = i128::from(value);
    Some(Exact { mantissa: if negative { -value } else { value }, scale })
}

fn parse_any(text: &str, decimal: char) -> Option<Exact> {
    let text = text.trim();
    let (negative, text) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (text, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], text[at + 1..].parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = match text.split_once(decimal) {
        Some((whole, fraction)) => (whole, fraction),
        None => (text, ""),
    };
    let mut digits = ungroup(whole, decimal)?;
    if !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    digits.push_str(fraction);
    if digits.is_empty() {
        // `.` alone, or `0.` written as `.0`.
        return (text.bytes().any(|b| b.is_ascii_digit())).then_some(Exact { mantissa: 0, scale: 0 });
    }
    let mut mantissa: i128 = digits.parse().ok()?;
    if mantissa == 0 {
        return Some(Exact { mantissa, scale: 0 });
    }
    // What lies beyond has no place in 38 digits; counting there one by one would take for ever.
    let mut scale = i32::try_from(fraction.len()).ok()?.checked_sub(exponent).filter(|scale| scale.abs() <= 99)?;
    while scale < 0 {
        mantissa = mantissa.checked_mul(10)?;
        scale += 1;
    }
    while scale > 30 {
        if mantissa % 10 != 0 && scale > 60 {
            return None;
        }
        mantissa /= 10;
        scale -= 1;
    }
    Some(Exact { mantissa: if negative { -mantissa } else { mantissa }, scale: scale as u32 })
}

/// Digits of the whole part, without well-formed groups.
fn ungroup(whole: &str, decimal: char) -> Option<String> {
    let Some(separator) = whole.chars().find(|c| !c.is_ascii_digit()) else {
        return Some(whole.to_owned());
    };
    let allowed = matches!(separator, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '\u{2019}')
        || (matches!(separator, '.' | ',') && separator != decimal);
    if !allowed {
        return None;
    }
    let mut digits = String::with_capacity(whole.len());
    for (position, group) in whole.split(separator).enumerate() {
        let long_enough = if position == 0 { (1..=3).contains(&group.len()) } else { group.len() == 3 };
        if !long_enough || !group.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}

impl Exact {
    /// The product; `None` beyond 38 digits.
    pub(crate) fn times(self, other: Exact) -> Option<Exact> {
        Some(Exact { mantissa: self.mantissa.checked_mul(other.mantissa)?, scale: self.scale + other.scale })
    }

    /// The mantissa at another scale, rounded half to even, and whether digits were lost; `None` beyond 38 digits.
    pub(crate) fn at_scale(self, scale: u32) -> Option<(i128, bool)> {
        if scale >= self.scale {
            let factor = 10_i128.checked_pow(scale - self.scale)?;
            return Some((self.mantissa.checked_mul(factor)?, false));
        }
        let Some(divisor) = 10_i128.checked_pow(self.scale - scale) else {
            return Some((0, self.mantissa != 0));
        };
        let (quotient, rest) = (self.mantissa / divisor, self.mantissa % divisor);
        if rest == 0 {
            return Some((quotient, false));
        }
        let twice = rest.unsigned_abs() * 2;
        let away = match twice.cmp(&divisor.unsigned_abs()) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Equal => quotient % 2 != 0,
        };
        let step = if away { self.mantissa.signum() } else { 0 };
        Some((quotient + step, true))
    }

    /// As a binary fraction, correctly rounded.
    pub(crate) fn to_f64(self) -> f64 {
        // Going through the text lets the standard library round once.
        format!("{}e-{}", self.mantissa, self.scale).parse().expect("an integer with an exponent is a number")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, decimal: char, expect: Option<(i128, u32)>) {
        assert_eq!(parse(text, decimal).map(|e| (e.mantissa, e.scale)), expect, "{text}");
    }

    #[test]
    fn texts_become_exact_numbers() {
        check("12.50", '.', Some((1250, 2)));
        check("-0.1", '.', Some((-1, 1)));
        check("12,5", ',', Some((125, 1)));
        check("1.234,56", ',', Some((123_456, 2)));
        check("1 234 567", '.', Some((1_234_567, 0)));
        check("1'234.5", '.', Some((12_345, 1)));
        check("1.5e3", '.', Some((1500, 0)));
        check("12345678901234567890.12", '.', Some((1_234_567_890_123_456_789_012, 2)));
        check("1,23", '.', None);
        check("12a", '.', None);
        check("", '.', None);
        check("-", '.', None);
        check(".", '.', None);
        check("1.2.3", '.', None);
    }

    #[test]
    fn absurd_exponents_cost_nothing() {
        check("0e2147483647", '.', Some((0, 0)));
        check("0.00e-2147483647", '.', Some((0, 0)));
        check("1e-2147483648", '.', None);
        check("1e2147483647", '.', None);
        check("1e30", '.', Some((10_i128.pow(30), 0)));
        check("1e60", '.', None);
    }

    #[test]
    fn rounding_is_half_to_even() {
        let round = |text: &str| parse(text, '.').unwrap().at_scale(2).unwrap();
        assert_eq!(round("0.125"), (12, true));
        assert_eq!(round("0.135"), (14, true));
        assert_eq!(round("-0.125"), (-12, true));
        assert_eq!(round("0.1251"), (13, true));
        assert_eq!(round("0.1200"), (12, false));
        assert_eq!(round("7"), (700, false));
    }
}
