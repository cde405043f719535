//! Canonical bytes: one value has one encoding, and only that encoding is accepted back.
//!
//! Whole numbers are little-endian base-128 varints of the shortest form (300 is `ac 02`). Every encoding starts with
//! a byte that names its kind and version, so that bytes of one kind never pass for another.

/// Stored bytes are not the canonical encoding of the kind that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The first byte names another kind or version.
    #[error("bytes begin with kind {found:#04x} where {expected:#04x} is expected")]
    WrongKind {
        /// Byte of the kind that was asked for.
        expected: u8,
        /// Byte that was found.
        found: u8,
    },
    /// The bytes end inside a value.
    #[error("bytes end too early")]
    Truncated,
    /// Bytes follow after the value.
    #[error("{0} bytes are left over after the value")]
    Trailing(usize),
    /// A number is not in its shortest form, or does not fit its type.
    #[error("a number is not in its shortest form or too large")]
    Number,
    /// The numbers contradict each other, or are not in the canonical order.
    #[error("stored numbers contradict each other: {0}")]
    Inconsistent(&'static str),
}

/// First bytes of the encodings.
pub(crate) mod kind {
    pub(crate) const MINUTE_HISTOGRAM: u8 = 0x11;
    pub(crate) const LOG_HISTOGRAM: u8 = 0x21;
    pub(crate) const DISTINCT_EXACT: u8 = 0x31;
    pub(crate) const DISTINCT_REGISTERS: u8 = 0x32;
    pub(crate) const SURVIVAL_TABLE: u8 = 0x41;
    pub(crate) const MOMENTS: u8 = 0x51;
}

/// Appends `value` as a varint: 1 byte below 128, at most 10 for 64 bits and 19 for 128.
pub(crate) fn write_varint(value: u128, bytes: &mut Vec<u8>) {
    // Most numbers are short, and arithmetic of 64 bits is quicker.
    let Ok(mut short) = u64::try_from(value) else { return write_long(value, bytes) };
    while short >= 0x80 {
        bytes.push((short as u8) | 0x80);
        short >>= 7;
    }
    bytes.push(short as u8);
}

#[cold]
fn write_long(value: u128, bytes: &mut Vec<u8>) {
    let mut rest = value;
    while rest >= 0x80 {
        bytes.push((rest as u8) | 0x80);
        rest >>= 7;
    }
    bytes.push(rest as u8);
}

/// Signed numbers as unsigned ones, small magnitudes first: 0, -1, 1, -2, … become 0, 1, 2, 3, …
pub(crate) fn zigzag(value: i128) -> u128 {
    ((value << 1) ^ (value >> 127)) as u128
}

/// Inverse of [`zigzag`].
pub(crate) fn unzigzag(value: u128) -> i128 {
    ((value >> 1) as i128) ^ -((value & 1) as i128)
}

/// The part of the bytes that is still to be read.
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// A reader after the kind byte, which must be `expected`.
    pub(crate) fn new(bytes: &'a [u8], expected: u8) -> Result<Self, DecodeError> {
        match bytes.split_first() {
            None => Err(DecodeError::Truncated),
            Some((&found, rest)) if found == expected => Ok(Reader { rest }),
            Some((&found, _)) => Err(DecodeError::WrongKind { expected, found }),
        }
    }

    /// The next `count` bytes.
    pub(crate) fn take(&mut self, count: usize) -> Result<&'a [u8], DecodeError> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(DecodeError::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    /// The next varint.
    pub(crate) fn wide(&mut self) -> Result<u128, DecodeError> {
        let mut value = 0_u128;
        for place in 0.. {
            let byte = self.take(1)?[0];
            let digit = u128::from(byte & 0x7f);
            let shift = place * 7;
            if shift >= 128 || digit << shift >> shift != digit {
                return Err(DecodeError::Number);
            }
            value |= digit << shift;
            if byte & 0x80 == 0 {
                if byte == 0 && place > 0 {
                    return Err(DecodeError::Number);
                }
                break;
            }
        }
        Ok(value)
    }

    /// The next varint, which must fit `T`.
    #[inline]
    pub(crate) fn number<T: TryFrom<u128> + From<u8>>(&mut self) -> Result<T, DecodeError> {
        // Gaps and counts of histograms are small.
        if let Some((&byte, rest)) = self.rest.split_first()
            && byte < 0x80
        {
            self.rest = rest;
            return Ok(T::from(byte));
        }
        T::try_from(self.wide()?).map_err(|_| DecodeError::Number)
    }

    /// The next two varints, if both are of one byte: a test for two.
    #[inline]
    pub(crate) fn short_pair(&mut self) -> Option<(u8, u8)> {
        let &[first, second, ref rest @ ..] = self.rest else { return None };
        if (first | second) >= 0x80 {
            return None;
        }
        self.rest = rest;
        Some((first, second))
    }

    /// Bytes that are left.
    pub(crate) fn remaining(&self) -> usize {
        self.rest.len()
    }

    /// Checks that nothing is left.
    pub(crate) fn finish(self) -> Result<(), DecodeError> {
        match self.rest.len() {
            0 => Ok(()),
            left => Err(DecodeError::Trailing(left)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: u128, expect: &[u8]) {
        let mut bytes = vec![9];
        write_varint(value, &mut bytes);
        assert_eq!(&bytes[1..], expect);
        let mut reader = Reader::new(&bytes, 9).unwrap();
        assert_eq!(reader.wide(), Ok(value));
        assert_eq!(reader.finish(), Ok(()));
    }

    #[test]
    fn varints_are_little_endian_base_128() {
        check(0, &[0]);
        check(127, &[0x7f]);
        check(300, &[0xac, 0x02]);
        let mut largest = [0xff; 19];
        largest[18] = 0x03;
        check(u128::MAX, &largest);
    }

    fn refuse(bytes: &[u8], expect: DecodeError) {
        assert_eq!(Reader::new(bytes, 9).and_then(|mut r| r.wide()), Err(expect));
    }

    #[test]
    fn only_the_shortest_form_is_accepted() {
        refuse(&[9, 0x80, 0x00], DecodeError::Number);
        refuse(&[9, 0x80], DecodeError::Truncated);
        let mut too_large = [0xff; 20];
        too_large[0] = 9;
        too_large[19] = 0x04;
        refuse(&too_large, DecodeError::Number);
        refuse(&[8], DecodeError::WrongKind { expected: 9, found: 8 });
        refuse(&[], DecodeError::Truncated);
    }

    #[test]
    fn zigzag_keeps_small_magnitudes_small() {
        for (value, expect) in [(0, 0), (-1, 1), (1, 2), (-2, 3), (i128::MAX, u128::MAX - 1), (i128::MIN, u128::MAX)] {
            assert_eq!(zigzag(value), expect);
            assert_eq!(unzigzag(expect), value);
        }
    }
}
