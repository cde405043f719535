//! From replicates to limits.

use super::BootstrapError;
use crate::normal;

/// An estimate and its replicates.
#[derive(Debug, Clone, PartialEq)]
pub struct Draws {
    estimate: f64,
    /// In the order of drawing.
    values: Vec<f64>,
    sorted: Vec<f64>,
}

impl Draws {
    /// Replicates that were drawn elsewhere.
    ///
    /// # Errors
    /// An estimate or a replicate that is no number.
    pub fn new(estimate: f64, values: Vec<f64>) -> Result<Self, BootstrapError> {
        if !estimate.is_finite() {
            return Err(BootstrapError::NoEstimate);
        }
        if let Some(replicate) = values.iter().position(|value| !value.is_finite()) {
            return Err(BootstrapError::NoReplicate(replicate));
        }
        let mut sorted = values.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        Ok(Draws { estimate, values, sorted })
    }

    /// The statistic of the data.
    pub fn estimate(&self) -> f64 {
        self.estimate
    }

    /// The replicates, in the order of drawing.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Standard deviation of the replicates (divisor B - 1); NaN for fewer than two.
    pub fn standard_error(&self) -> f64 {
        let count = self.values.len() as f64;
        let mean = self.values.iter().sum::<f64>() / count;
        (self.values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1.0)).sqrt()
    }

    /// Mean of the replicates minus the estimate.
    pub fn bias(&self) -> f64 {
        self.values.iter().sum::<f64>() / self.values.len() as f64 - self.estimate
    }

    /// Percentile interval: quantiles of the replicates. Stays within the range of the statistic.
    ///
    /// # Errors
    /// A confidence outside 0..1, or too few replicates for it (95 % needs 39).
    pub fn percentile(&self, confidence: f64) -> Result<(f64, f64), BootstrapError> {
        let tail = tail(confidence)?;
        Ok((self.quantile(tail)?, self.quantile(1.0 - tail)?))
    }

    /// Basic interval: the percentile interval mirrored at the estimate, as replicate minus estimate stands for estimate
    /// minus truth.
    ///
    /// # Errors
    /// Those of [`percentile`](Self::percentile).
    pub fn basic(&self, confidence: f64) -> Result<(f64, f64), BootstrapError> {
        let (low, high) = self.percentile(confidence)?;
        Ok((2.0 * self.estimate - high, 2.0 * self.estimate - low))
    }

    /// BCa interval, corrected for bias and skewness: quantiles at Φ(z₀ + (z₀ + z)/(1 - a (z₀ + z))).
    ///
    /// z₀ = Φ⁻¹(share of replicates below the estimate); those equal to it count half, without which medians and other
    /// statistics of few values would be pulled aside. `acceleration` is that of
    /// [`acceleration`](super::acceleration). Efron, Journal of the American Statistical Association 82 (1987). With
    /// z₀ = a = 0 it is the percentile interval.
    ///
    /// # Errors
    /// Those of [`percentile`](Self::percentile), and no replicate on one side of the estimate.
    pub fn bias_corrected(&self, confidence: f64, acceleration: f64) -> Result<(f64, f64), BootstrapError> {
        let tail = tail(confidence)?;
        let z0 = self.bias_correction();
        let limit = |z: f64| {
            let shrink = 1.0 - acceleration * (z0 + z);
            let level = normal::cdf(z0 + (z0 + z) / shrink);
            if !(shrink > 0.0 && level.is_finite() && z0.is_finite()) {
                return Err(BootstrapError::NoCorrection);
            }
            self.quantile(level)
        };
        let z = -normal::quantile(tail);
        Ok((limit(-z)?, limit(z)?))
    }

    /// z₀ of the BCa interval; infinite when all replicates lie on one side.
    pub fn bias_correction(&self) -> f64 {
        let below = self.sorted.partition_point(|value| *value < self.estimate);
        let upto = self.sorted.partition_point(|value| *value <= self.estimate);
        normal::quantile((below + upto) as f64 / (2 * self.sorted.len()) as f64)
    }

    /// Replicate of rank (B + 1) p, between two by linear interpolation (type 6 of Hyndman and Fan): unbiased for the
    /// tails, and the same from both ends.
    fn quantile(&self, level: f64) -> Result<f64, BootstrapError> {
        let replicates = self.sorted.len();
        let rank = level * (replicates + 1) as f64;
        // Levels are computed, so whole ranks come with a last bit too much or too little.
        let nearest = rank.round();
        let rank = if (rank - nearest).abs() < 1e-9 * nearest.max(1.0) { nearest } else { rank };
        if !(rank >= 1.0 && rank <= replicates as f64) {
            return Err(BootstrapError::TooFewReplicates { replicates, level });
        }
        let below = self.sorted[rank.floor() as usize - 1];
        let above = self.sorted[rank.ceil() as usize - 1];
        Ok(below + rank.fract() * (above - below))
    }
}

/// Probability in each tail.
fn tail(confidence: f64) -> Result<f64, BootstrapError> {
    if confidence > 0.0 && confidence < 1.0 {
        Ok(0.5 * (1.0 - confidence))
    } else {
        Err(BootstrapError::Confidence(confidence))
    }
}
