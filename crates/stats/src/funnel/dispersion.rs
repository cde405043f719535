//! Spread between units beyond chance.

use super::FunnelError;
use crate::normal;
use crate::shape::{quantile_linear, sorted};

/// How the spread between units is taken from z = (Y - t)/s.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Dispersion {
    /// Not at all: limits of chance alone.
    Ignored,
    /// φ = mean z² after the lowest and the greatest `share` of z were set to its `share` and 1 - `share` quantiles, so
    /// that true outliers do not widen the limits that should show them; Spiegelhalter (2005) takes 0.1.
    ///
    /// Winsorising also takes away from honest spread: of normal z with 10 % on each side φ is 0.68 of the true one, and
    /// limits called 95 % hold 89 % of units that differ as units do, when the spread is large.
    Winsorised(f64),
    /// The same, divided by what winsorising leaves of the squares of normal z (0.6787 for 10 %). Limits then hold the
    /// share they are called after.
    WinsorisedConsistent(f64),
}

impl Dispersion {
    /// φ and τ² = (I φ - (I - 1))/(Σw - Σw²/Σw), w = 1/s², at least 0 (DerSimonian and Laird's moments).
    pub(super) fn estimate(self, z: &[f64], errors: &[f64]) -> Result<(f64, f64), FunnelError> {
        let share = match self {
            Dispersion::Ignored => 0.0,
            Dispersion::Winsorised(share) | Dispersion::WinsorisedConsistent(share) => share,
        };
        if !(0.0..0.5).contains(&share) {
            return Err(FunnelError::Share(share));
        }
        let units = z.len() as f64;
        let mut phi = winsorised(z, share).iter().map(|z| z * z).sum::<f64>() / units;
        if let Dispersion::WinsorisedConsistent(share) = self {
            phi /= kept(share);
        }
        let weights = || errors.iter().map(|error| error.powi(-2));
        let sum: f64 = weights().sum();
        let squares: f64 = weights().map(|weight| weight * weight).sum();
        let between = match self {
            Dispersion::Ignored => 0.0,
            _ => ((units * phi - (units - 1.0)) / (sum - squares / sum)).max(0.0),
        };
        Ok((phi, between))
    }
}

/// Sets what lies outside the `share` and 1 - `share` quantiles to those; quantiles of type 7, as the published programs
/// have it.
pub(super) fn winsorised(z: &[f64], share: f64) -> Vec<f64> {
    let sorted = sorted(z);
    let quantile = |p: f64| quantile_linear(&sorted, p).expect("there are units, and the share lies within 0..0.5");
    let (low, high) = (quantile(share), quantile(1.0 - share));
    z.iter().map(|z| z.clamp(low, high.max(low))).collect()
}

/// Mean square of a standard normal variable winsorised at ±c, c = Φ⁻¹(1 - share): 1 - 2 share - 2 c φ(c) + 2 share c².
pub(super) fn kept(share: f64) -> f64 {
    if share == 0.0 {
        return 1.0;
    }
    let c = normal::quantile(1.0 - share);
    1.0 - 2.0 * share - 2.0 * c * normal::ln_density(c).exp() + 2.0 * share * c * c
}
