//! Values that are known within an interval each.

use nalgebra::DMatrix;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use statrs::distribution::{ContinuousCDF, Normal};

use crate::dataset::Dataset;
use crate::recipe::MOST_SETS;

/// Where the noise of values takes its streams from; those of the noise of weights stay below.
const STREAM_OF_INTERVALS: u64 = 1 << 32;
const _: () = assert!((MOST_SETS as u64) < STREAM_OF_INTERVALS);

/// Half of the width of a 95 % interval in standard deviations.
const Z95: f64 = 1.959_963_984_540_054;

/// Lower and upper ends of the indicators' 95 % intervals: rows by indicators, NaN where not known.
#[derive(Debug, Clone)]
pub struct Intervals {
    /// Lower ends.
    pub lower: DMatrix<f64>,
    /// Upper ends.
    pub upper: DMatrix<f64>,
}

impl Intervals {
    /// What is wrong with the intervals of these values, in words.
    pub(super) fn check(&self, data: &Dataset) -> Result<(), String> {
        let (found, expected) = ([self.lower.shape(), self.upper.shape()], data.values.shape());
        if let Some((rows, columns)) = found.into_iter().find(|shape| *shape != expected) {
            let (all, indicators) = expected;
            return Err(format!("ends are {rows} rows by {columns} indicators, values {all} by {indicators}"));
        }
        let cells = data.values.iter().zip(self.lower.iter().zip(&self.upper)).enumerate();
        for (cell, (value, (lower, upper))) in cells {
            let is_none = lower.is_nan() && upper.is_nan();
            let holds =
                lower.is_finite() && upper.is_finite() && (value.is_nan() || (lower <= value && value <= upper));
            if !is_none && !holds {
                let (row, column) = (cell % expected.0, cell / expected.0);
                let (unit, code) = (&data.rows[row].unit, &data.indicators[column]);
                return Err(format!("`{code}` of unit `{unit}` is {value}, its interval {lower} to {upper}"));
            }
        }
        Ok(())
    }
}

/// Values drawn from their intervals: normal on either side of the value, with the standard deviation that makes the
/// end of the interval the 97.5 % point of that side. Cells without an interval stay.
pub(super) fn drawn(values: &DMatrix<f64>, intervals: &Intervals, seed: u64, set: u64) -> DMatrix<f64> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(STREAM_OF_INTERVALS + set);
    let normal = Normal::standard();
    let mut drawn = values.clone();
    for (cell, value) in drawn.iter_mut().enumerate() {
        // Every cell takes its number, so that one interval does not move what others draw.
        let u: f64 = rng.random_range(1e-12..1.0);
        let (lower, upper) = (intervals.lower[cell], intervals.upper[cell]);
        let side = if u < 0.5 { *value - lower } else { upper - *value };
        if side > 0.0 {
            *value += normal.inverse_cdf(u) * side / Z95;
        }
    }
    drawn
}
