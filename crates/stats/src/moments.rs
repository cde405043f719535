//! Count, sum and sum of squares of whole numbers, for means and their errors.

use crate::encoding::{DecodeError, Reader, kind, unzigzag, write_varint, zigzag};

/// n, Σx and Σx² of whole (or scaled) numbers, exact.
///
/// Exact sums do not depend on the order of rows or of merging, which floating-point sums do. Squares of numbers below
/// 10^14 leave room for 10^10 of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moments {
    /// Number of values.
    pub n: u64,
    /// Σx.
    pub sum: i128,
    /// Σx².
    pub sum_of_squares: i128,
}

/// A sum passes 128 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("sum or sum of squares passes 128 bits")]
pub struct Overflow;

impl Moments {
    /// Adds a value.
    ///
    /// # Errors
    /// A sum would pass 128 bits; nothing is added then.
    #[inline]
    pub fn add(&mut self, value: i128) -> Result<(), Overflow> {
        // 64-bit values, which nearly all are, are squared without a check.
        let square = match i64::try_from(value) {
            Ok(narrow) => i128::from(narrow) * i128::from(narrow),
            Err(_) => value.checked_mul(value).ok_or(Overflow)?,
        };
        self.merge(&Moments { n: 1, sum: value, sum_of_squares: square })
    }

    /// Adds all values of `other`.
    ///
    /// # Errors
    /// A sum would pass 128 bits; nothing is added then.
    #[inline]
    pub fn merge(&mut self, other: &Moments) -> Result<(), Overflow> {
        let n = self.n.checked_add(other.n);
        let sum = self.sum.checked_add(other.sum);
        let sum_of_squares = self.sum_of_squares.checked_add(other.sum_of_squares);
        let (Some(n), Some(sum), Some(sum_of_squares)) = (n, sum, sum_of_squares) else {
            return Err(Overflow);
        };
        *self = Moments { n, sum, sum_of_squares };
        Ok(())
    }

    /// Σx / n; `None` without values.
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| self.sum as f64 / self.n as f64)
    }

    /// Sample variance Σ(x - mean)² / (n - 1); `None` below two values.
    ///
    /// With q = ⌊Σx / n⌋ and r = Σx - n q, Σ(x - mean)² = (Σx² - q (Σx + r)) - r²/n: the large terms cancel in whole
    /// numbers, so that nothing is lost when the mean is large beside the spread.
    ///
    /// 2, 4, 4, 4, 5, 5, 7, 9: mean 5, Σ(x - 5)² = 32, variance 32/7.
    ///
    /// ```
    /// let mut moments = mizan_stats::moments::Moments::default();
    /// for x in [2, 4, 4, 4, 5, 5, 7, 9] {
    ///     moments.add(x)?;
    /// }
    /// assert_eq!(moments.variance(), Some(32.0 / 7.0));
    /// # Ok::<(), mizan_stats::moments::Overflow>(())
    /// ```
    pub fn variance(&self) -> Option<f64> {
        (self.n >= 2).then(|| (self.squared_deviations() / (self.n - 1) as f64).max(0.0))
    }

    fn squared_deviations(&self) -> f64 {
        let n = i128::from(self.n);
        let (q, r) = (self.sum.div_euclid(n), self.sum.rem_euclid(n));
        let about_q = q
            .checked_mul(self.sum)
            .and_then(|product| self.sum_of_squares.checked_sub(product))
            .and_then(|rest| rest.checked_sub(q.checked_mul(r)?));
        let Some(about_q) = about_q else {
            let mean = self.sum as f64 / n as f64;
            return self.sum_of_squares as f64 - self.sum as f64 * mean;
        };
        let exact = about_q.checked_mul(n).zip(r.checked_mul(r)).and_then(|(large, small)| large.checked_sub(small));
        match exact {
            Some(times_n) => times_n as f64 / n as f64,
            None => about_q as f64 - r as f64 * (r as f64 / n as f64),
        }
    }

    /// Standard error of the mean, √(variance / n); `None` below two values.
    ///
    /// For the values of [`Moments::variance`]: √(32/7/8) = 0.756.
    pub fn standard_error(&self) -> Option<f64> {
        Some((self.variance()? / self.n as f64).sqrt())
    }

    /// Appends the canonical bytes.
    pub fn encode(&self, bytes: &mut Vec<u8>) {
        bytes.push(kind::MOMENTS);
        write_varint(self.n.into(), bytes);
        write_varint(zigzag(self.sum), bytes);
        write_varint(zigzag(self.sum_of_squares), bytes);
    }

    /// Reads canonical bytes.
    ///
    /// # Errors
    /// The bytes are not canonical, or no values could have these sums.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(bytes, kind::MOMENTS)?;
        let n = reader.number()?;
        let sum = unzigzag(reader.wide()?);
        let sum_of_squares = unzigzag(reader.wide()?);
        reader.finish()?;
        // For whole numbers x² >= |x|, so that |Σx| <= Σx².
        if sum.unsigned_abs() > sum_of_squares.unsigned_abs() || sum_of_squares < 0 {
            return Err(DecodeError::Inconsistent("sum of squares below the sum"));
        }
        if n == 0 && sum_of_squares != 0 {
            return Err(DecodeError::Inconsistent("sums without values"));
        }
        Ok(Moments { n, sum, sum_of_squares })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[i128]) -> Moments {
        let mut moments = Moments::default();
        for &value in values {
            moments.add(value).unwrap();
        }
        moments
    }

    #[test]
    fn known_values() {
        let moments = of(&[2, 4, 4, 4, 5, 5, 7, 9]);
        assert_eq!(moments.mean(), Some(5.0));
        assert_eq!(moments.variance(), Some(32.0 / 7.0));
        assert!((moments.standard_error().unwrap() - 0.7559).abs() < 1e-4);
        assert_eq!(of(&[-3, -3, 0]).variance(), Some(3.0));
    }

    #[test]
    fn small_spread_about_a_large_mean_is_kept() {
        let far = 1_000_000_000_000_000_000;
        assert_eq!(of(&[far - 1, far, far + 1]).variance(), Some(1.0));
        assert_eq!(of(&[-far - 1, -far, -far + 1]).variance(), Some(1.0));
        assert_eq!(of(&[far, far, far]).variance(), Some(0.0));
    }

    #[test]
    fn too_few_values_have_no_variance() {
        assert_eq!(of(&[]).mean(), None);
        assert_eq!(of(&[7]).mean(), Some(7.0));
        assert_eq!(of(&[7]).variance(), None);
        assert_eq!(of(&[7]).standard_error(), None);
    }

    #[test]
    fn overflow_is_an_error_and_changes_nothing() {
        let mut moments = of(&[1]);
        assert_eq!(moments.add(1 << 64), Err(Overflow));
        assert_eq!(moments, of(&[1]));
        let full = Moments { n: 1, sum: 0, sum_of_squares: i128::MAX };
        assert_eq!(moments.merge(&full), Err(Overflow));
        assert_eq!(moments, of(&[1]));
    }

    #[test]
    fn impossible_sums_are_refused() {
        for impossible in [
            Moments { n: 0, sum: 0, sum_of_squares: 1 },
            Moments { n: 1, sum: 5, sum_of_squares: 4 },
            Moments { n: 1, sum: 0, sum_of_squares: -1 },
        ] {
            let mut bytes = Vec::new();
            impossible.encode(&mut bytes);
            assert!(matches!(Moments::decode(&bytes), Err(DecodeError::Inconsistent(_))));
        }
    }
}
