//! Answers of a batch, 64 rows a word: the first row is the lowest bit.

use arrow::buffer::{BooleanBuffer, Buffer};

/// Bits of a word.
pub const WORD: usize = u64::BITS as usize;

/// Bytes of a word.
const BYTES: usize = WORD / 8;

/// The bits as bytes of whole words and a last word, padded with 0; `None` where they do not begin with a byte.
///
/// Nearly all do, and copying bytes is many times quicker than shifting words.
fn whole(bits: &BooleanBuffer) -> Option<(&[u8], Option<u64>)> {
    if !bits.offset().is_multiple_of(8) {
        return None;
    }
    let bytes = &bits.values()[bits.offset() / 8..];
    let (whole, rest) = bytes.split_at(bits.len() / WORD * BYTES);
    let left = bits.len() % WORD;
    let last = (left > 0).then(|| {
        let mut last = [0; BYTES];
        let bytes = left.div_ceil(8);
        last[..bytes].copy_from_slice(&rest[..bytes]);
        u64::from_le_bytes(last) & (u64::MAX >> (WORD - left))
    });
    Some((whole, last))
}

fn word(bytes: &[u8]) -> u64 {
    // Pieces of eight bytes come from `chunks_exact`.
    bytes.try_into().map_or(0, u64::from_le_bytes)
}

/// Appends the words of a batch's bits; those of the last word beyond the batch are 0.
pub fn append(bits: &BooleanBuffer, words: &mut Vec<u64>) {
    match whole(bits) {
        Some((whole, last)) => {
            words.extend(whole.chunks_exact(BYTES).map(word));
            words.extend(last);
        }
        None => words.extend(bits.bit_chunks().iter_padded().take(bits.len().div_ceil(WORD))),
    }
}

/// Keeps what is set in both.
pub fn restrict(words: &mut [u64], bits: &BooleanBuffer) {
    match whole(bits) {
        Some((whole, last)) => {
            words.iter_mut().zip(whole.chunks_exact(BYTES)).for_each(|(known, bytes)| *known &= word(bytes));
            if let (Some(last), Some(known)) = (last, words.get_mut(bits.len() / WORD)) {
                *known &= last;
            }
        }
        None => words.iter_mut().zip(bits.bit_chunks().iter_padded()).for_each(|(known, bits)| *known &= bits),
    }
}

/// A bit a row, set where `is_set` says so.
///
/// Bytes are put together by shifts of constant width: processors of the common base take three times as long for others,
/// which is what the library's own function asks of them.
#[inline]
pub fn collect(rows: usize, mut is_set: impl FnMut(usize) -> bool) -> BooleanBuffer {
    let mut bytes = Vec::with_capacity(rows.div_ceil(8));
    bytes.extend((0..rows / 8).map(|byte| (0..8).fold(0, |bits, bit| bits | u8::from(is_set(byte * 8 + bit)) << bit)));
    let rest = rows / 8 * 8..rows;
    if !rest.is_empty() {
        bytes.push(rest.enumerate().fold(0, |bits, (bit, row)| bits | u8::from(is_set(row)) << bit));
    }
    BooleanBuffer::new(Buffer::from_vec(bytes), 0, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(start: usize, rows: usize) {
        let is_set = |row: usize| row * 31 % 7 < 3;
        let bits = BooleanBuffer::collect_bool(start + rows + 9, is_set).slice(start, rows);
        let expect: Vec<u64> = (0..rows)
            .step_by(WORD)
            .map(|first| {
                (first..rows.min(first + WORD)).rev().fold(0, |w, row| w << 1 | u64::from(is_set(start + row)))
            })
            .collect();
        let mut words = vec![7];
        append(&bits, &mut words);
        assert_eq!(words[1..], expect, "{rows} rows from {start}");
        let mut kept = vec![u64::MAX; expect.len()];
        restrict(&mut kept, &bits);
        assert_eq!(kept, expect, "{rows} rows from {start}");
        assert_eq!(collect(rows, |row| is_set(start + row)), bits);
    }

    #[test]
    fn words_are_those_of_a_loop() {
        for rows in [0, 1, 7, 8, 63, 64, 65, 128, 1_000] {
            for start in [0, 1, 8, 13, 64, 70] {
                check(start, rows);
            }
        }
    }
}
