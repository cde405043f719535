//! Uniform numbers for sampling: a scrambled Sobol sequence, or pseudo-random ones.
//!
//! The Sobol sequence has Joe & Kuo's direction numbers and Owen scrambling by a seed (Burley 2020, *Journal of Computer
//! Graphics Techniques* 9(4)), of the crate `sobol_burley`. Its numbers have 32 bits.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Most points of a Sobol sequence.
pub const MOST_POINTS: usize = 65_536;
/// Most dimensions of a Sobol sequence.
pub const MOST_DIMENSIONS: usize = 256;

/// Beyond the limits of the sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the Sobol sequence has at most {MOST_POINTS} points of {MOST_DIMENSIONS} dimensions, not {points} of {dimensions}"
)]
pub struct BeyondSobol {
    /// Points that were asked for.
    pub points: usize,
    /// Dimensions that were asked for.
    pub dimensions: usize,
}

/// The first `n` points of `d` dimensions, each in [0, 1), row by row.
///
/// # Errors
/// [`BeyondSobol`].
pub fn sobol(n: usize, d: usize, seed: u64) -> Result<Vec<f64>, BeyondSobol> {
    if n > MOST_POINTS || d > MOST_DIMENSIONS {
        return Err(BeyondSobol { points: n, dimensions: d });
    }
    // Both halves of the seed count.
    let seed = (seed ^ (seed >> 32)) as u32;
    let point = |row: u32| (0..d as u32).map(move |k| f64::from(sobol_burley::sample(row, k, seed)));
    Ok((0..n as u32).flat_map(point).collect())
}

/// `n` points of `d` dimensions, each in [0, 1), row by row.
pub fn pseudo_random(n: usize, d: usize, seed: u64) -> Vec<f64> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    (0..n * d).map(|_| rng.random::<f64>()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sobol_points_fill_every_interval_once() {
        let (n, d) = (256, 7);
        let points = sobol(n, d, 5).unwrap();
        for k in 0..d {
            let mut cells = vec![0; n];
            (0..n).for_each(|row| cells[(points[row * d + k] * n as f64) as usize] += 1);
            assert!(cells.iter().all(|count| *count == 1), "dimension {k}");
        }
        assert_eq!(points, sobol(n, d, 5).unwrap());
        assert_ne!(points, sobol(n, d, 6).unwrap());
        assert!(sobol(MOST_POINTS + 1, 1, 1).is_err() && sobol(1, MOST_DIMENSIONS + 1, 1).is_err());
    }

    #[test]
    fn both_are_uniform() {
        for points in [sobol(4096, 3, 1).unwrap(), pseudo_random(4096, 3, 1)] {
            assert!(points.iter().all(|u| (0.0..1.0).contains(u)));
            let mean = points.iter().sum::<f64>() / points.len() as f64;
            assert!((mean - 0.5).abs() < 0.01, "{mean}");
        }
    }
}
