//! HyperLogLog: the number of distinct hashes from the longest runs of zero bits.

use std::f64::consts::LN_2;

use crate::encoding::DecodeError;

/// Hash bits that pick the register.
const P: u32 = 12;
/// Registers.
pub(super) const COUNT: usize = 1 << P;
/// Hash bits that are left for the run of zeros.
const Q: u32 = 64 - P;

/// For each of 4096 parts of the hashes the longest run of leading zeros, plus one.
///
/// Flajolet, Fusy, Gandouet & Meunier, *HyperLogLog* (2007), with 64-bit hashes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Registers {
    registers: Box<[u8; COUNT]>,
}

impl Default for Registers {
    fn default() -> Self {
        Registers { registers: Box::new([0; COUNT]) }
    }
}

impl Registers {
    /// Adds a hash.
    #[inline]
    pub(super) fn add(&mut self, hash: u64) {
        let register = &mut self.registers[(hash >> Q) as usize];
        // The bit set at the low end stops the run at Q zeros.
        let zeros = ((hash << P) | (1 << (P - 1))).leading_zeros() as u8;
        *register = (*register).max(zeros + 1);
    }

    /// Adds all hashes of `other`.
    pub(super) fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.registers.iter_mut().zip(other.registers.iter()) {
            *mine = (*mine).max(*theirs);
        }
    }

    /// Improved estimator of Ertl, *New cardinality estimation algorithms for HyperLogLog sketches* (2017), algorithm 6:
    /// no tables and no change of formula between small and large numbers.
    ///
    /// All registers 0 gives 0; with C_k registers of value k, m²/(2 ln 2) over
    /// m σ(C_0/m) + Σ C_k 2^-k + m τ(1 - C_{q+1}/m) 2^-q.
    pub(super) fn estimate(&self) -> f64 {
        let mut histogram = [0_u32; Q as usize + 2];
        for &register in self.registers.iter() {
            histogram[usize::from(register)] += 1;
        }
        let m = COUNT as f64;
        let mut z = m * tau(1.0 - f64::from(histogram[Q as usize + 1]) / m);
        for &count in histogram[1..=Q as usize].iter().rev() {
            z = 0.5 * (z + f64::from(count));
        }
        z += m * sigma(f64::from(histogram[0]) / m);
        m * m / (2.0 * LN_2 * z)
    }

    /// The registers as stored.
    pub(super) fn as_bytes(&self) -> &[u8] {
        self.registers.as_slice()
    }

    /// Registers from `COUNT` bytes.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        if bytes.iter().any(|&register| u32::from(register) > Q + 1) {
            return Err(DecodeError::Inconsistent("a register above 53"));
        }
        let registers = bytes.to_vec().into_boxed_slice().try_into();
        let registers = registers.map_err(|_| DecodeError::Truncated)?;
        Ok(Registers { registers })
    }
}

/// σ(x) = x + Σ_{k>=1} x^(2^k) 2^(k-1); infinite at 1.
fn sigma(x: f64) -> f64 {
    if x == 1.0 {
        return f64::INFINITY;
    }
    let (mut x, mut y, mut z) = (x, 1.0, x);
    loop {
        x *= x;
        let before = z;
        z += x * y;
        y += y;
        if z == before {
            return z;
        }
    }
}

/// τ(x) = (1 - x - Σ_{k>=1} (1 - x^(2^-k))² 2^-k) / 3.
fn tau(x: f64) -> f64 {
    if x == 0.0 || x == 1.0 {
        return 0.0;
    }
    let (mut x, mut y, mut z) = (x, 1.0, 1.0 - x);
    loop {
        x = x.sqrt();
        let before = z;
        y *= 0.5;
        z -= (1.0 - x) * (1.0 - x) * y;
        if z == before {
            return z / 3.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_zeros_end_at_the_last_bit() {
        let mut registers = Registers::default();
        registers.add(0);
        registers.add(1 << Q | 1 << (Q - 1));
        registers.add(2 << Q | 1);
        assert_eq!(registers.as_bytes()[..4], [53, 1, 52, 0]);
    }

    #[test]
    fn estimates_at_the_ends() {
        assert_eq!(Registers::default().estimate(), 0.0);
        let mut one = Registers::default();
        one.add(1 << 40);
        assert!((one.estimate() - 1.0).abs() < 0.01);
        let full = Registers::from_bytes(&[53; COUNT]).unwrap();
        assert_eq!(full.estimate(), f64::INFINITY);
    }

    #[test]
    fn impossible_registers_are_refused() {
        assert!(Registers::from_bytes(&[54; COUNT]).is_err());
        assert!(Registers::from_bytes(&[1; COUNT - 1]).is_err());
    }
}
