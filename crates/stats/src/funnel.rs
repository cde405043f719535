//! Funnel limits: which units differ from all by more than chance and the usual spread between units.
//!
//! Spiegelhalter, *Funnel plots for comparing institutional performance*, Statistics in Medicine 24 (2005), and
//! *Handling over-dispersion of performance indicators*, Quality and Safety in Health Care 14 (2005). Figures are put on
//! a scale on which chance has the same size everywhere, z = (Y - t)/s; the variance τ² between units widens the limits
//! to t ± z √(s² + τ²). Without it nearly every large office is an outlier.
//!
//! A funnel says who is unusual, not who is good, and takes the place of a league table.

use crate::interval::Z95;
use crate::normal;

mod dispersion;

pub use dispersion::Dispersion;

/// Two-sided 99.8 % point of the normal distribution, the usual outer limit.
pub const Z998: f64 = 3.090232306167813;

/// Kind of figure, and the scale on which chance has a known size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// r of n cases: Y = asin √(r/n), s = 1/(2√n).
    Proportion,
    /// Two counts that both vary: Y = ln((r + ½)/(n + ½)), s = √(r/(r + ½)² + n/(n + ½)²).
    CountRatio,
    /// Observed over expected cases, the expected taken as known: Y = √(r/n), s = 1/(2√n), target 1.
    Standardised,
}

/// Where a unit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Under the 99.8 % limit.
    FarBelow,
    /// Under the 95 % limit.
    Below,
    /// As chance and the usual spread have it.
    Within,
    /// Over the 95 % limit.
    Above,
    /// Over the 99.8 % limit.
    FarAbove,
}

/// One unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FunnelUnit {
    /// Figure on the natural scale, r/n.
    pub value: f64,
    /// (Y - t)/s: chance alone.
    pub z_chance: f64,
    /// (Y - t)/√(s² + τ²): chance and the spread between units. Standard normal for a unit like the others.
    pub z: f64,
    /// Two-sided p of `z`; adjust it for the number of units (see [`multiple`](crate::multiple)) before naming anybody.
    pub p: f64,
    /// 95 % limits at the unit's own size, natural scale.
    pub limits95: (f64, f64),
    /// 99.8 % limits at the unit's own size, natural scale.
    pub limits998: (f64, f64),
    /// Against those limits.
    pub standing: Standing,
}

/// Target, spread and units.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    /// Scale of the transformed figures.
    pub scale: Scale,
    /// Common figure Σr/Σn on the natural scale; 1 for [`Scale::Standardised`].
    pub target: f64,
    /// φ: mean of the (winsorised) squares of `z_chance`; 1 when units differ by chance alone.
    pub dispersion: f64,
    /// τ²: variance between units on the transformed scale.
    pub between: f64,
    /// One a row.
    pub units: Vec<FunnelUnit>,
}

/// Why there is no funnel.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum FunnelError {
    /// A count that is missing, negative or, in a proportion, greater than its whole; or nothing to divide by.
    #[error("unit {unit} has no figure")]
    NoFigure {
        /// Row of the unit.
        unit: usize,
    },
    /// Fewer than three units show no spread.
    #[error("{0} units are too few for a funnel")]
    TooFew(usize),
    /// No cases in any unit.
    #[error("no unit has any case")]
    NoTarget,
    /// A share to winsorise outside 0..0.5.
    #[error("a share of {0} cannot be winsorised on either side")]
    Share(f64),
}

/// Limits around the common figure of `numerators` r and `denominators` n, one a unit. Counts may be fractional.
///
/// # Errors
/// Counts that make no figure, fewer than three units, no case at all in a ratio of counts.
pub fn funnel(
    numerators: &[f64],
    denominators: &[f64],
    scale: Scale,
    dispersion: Dispersion,
) -> Result<Funnel, FunnelError> {
    let units = numerators.len();
    let sound = |unit: &usize| {
        let (r, n) = (numerators[*unit], denominators.get(*unit).copied().unwrap_or(f64::NAN));
        let most = if scale == Scale::Proportion { n } else { f64::MAX };
        n > 0.0 && n.is_finite() && (0.0..=most).contains(&r)
    };
    let unit = (0..units).take_while(sound).count();
    if unit < units || denominators.len() != units {
        return Err(FunnelError::NoFigure { unit });
    }
    if units < 3 {
        return Err(FunnelError::TooFew(units));
    }
    let common = numerators.iter().sum::<f64>() / denominators.iter().sum::<f64>();
    if scale == Scale::CountRatio && common == 0.0 {
        return Err(FunnelError::NoTarget);
    }
    let target = if scale == Scale::Standardised { 1.0 } else { common };
    let centre = scale.transformed(target);
    let counts = || numerators.iter().copied().zip(denominators.iter().copied());
    let errors: Vec<f64> = counts().map(|(r, n)| scale.standard_error(r, n)).collect();
    let distances: Vec<f64> = counts().map(|(r, n)| scale.figure(r, n) - centre).collect();
    let by_chance: Vec<f64> = distances.iter().zip(&errors).map(|(distance, error)| distance / error).collect();
    let (phi, between) = dispersion.estimate(&by_chance, &errors)?;
    let describe = |unit: usize| {
        let spread = errors[unit].hypot(between.sqrt());
        let z = distances[unit] / spread;
        let limits = |z: f64| (scale.natural(centre - z * spread), scale.natural(centre + z * spread));
        FunnelUnit {
            value: numerators[unit] / denominators[unit],
            z_chance: by_chance[unit],
            z,
            p: 2.0 * normal::cdf(-z.abs()),
            limits95: limits(Z95),
            limits998: limits(Z998),
            standing: Standing::of(z),
        }
    };
    Ok(Funnel { scale, target, dispersion: phi, between, units: (0..units).map(describe).collect() })
}

impl Funnel {
    /// Limits for a unit of `size` (denominator n) at ± `z`, natural scale: the curve of the picture. With
    /// `between = false` those of chance alone.
    ///
    /// In a ratio of counts the standard error depends on the numerator too; the curve takes the expected one, so units
    /// far from the target are judged by slightly other limits ([`FunnelUnit::limits95`]).
    pub fn limits(&self, size: f64, z: f64, between: bool) -> (f64, f64) {
        let error = self.scale.standard_error(self.target * size, size);
        let spread = if between { error.hypot(self.between.sqrt()) } else { error };
        let centre = self.scale.transformed(self.target);
        (self.scale.natural(centre - z * spread), self.scale.natural(centre + z * spread))
    }
}

impl Standing {
    fn of(z: f64) -> Self {
        match z {
            z if z < -Z998 => Standing::FarBelow,
            z if z < -Z95 => Standing::Below,
            z if z > Z998 => Standing::FarAbove,
            z if z > Z95 => Standing::Above,
            _ => Standing::Within,
        }
    }
}

impl Scale {
    /// Y of r and n.
    fn figure(self, r: f64, n: f64) -> f64 {
        match self {
            Scale::CountRatio => ((r + 0.5) / (n + 0.5)).ln(),
            Scale::Proportion | Scale::Standardised => self.transformed(r / n),
        }
    }

    /// The scale of Y for a figure without counts.
    fn transformed(self, value: f64) -> f64 {
        match self {
            Scale::Proportion => value.sqrt().asin(),
            Scale::CountRatio => value.ln(),
            Scale::Standardised => value.sqrt(),
        }
    }

    /// Back again; limits beyond the ends of the scale are its ends.
    fn natural(self, y: f64) -> f64 {
        match self {
            Scale::Proportion => y.clamp(0.0, std::f64::consts::FRAC_PI_2).sin().powi(2),
            Scale::CountRatio => y.exp(),
            Scale::Standardised => y.max(0.0).powi(2),
        }
    }

    /// s of r and n.
    fn standard_error(self, r: f64, n: f64) -> f64 {
        match self {
            Scale::Proportion | Scale::Standardised => 0.5 / n.sqrt(),
            Scale::CountRatio => (r / (r + 0.5).powi(2) + n / (n + 0.5).powi(2)).sqrt(),
        }
    }
}

#[cfg(test)]
mod tests;
