//! Coherence: whether the indicators of a group belong together.
//!
//! Everything here takes a matrix of rows (units, or units and years) by columns (indicators or scores), NaN where a
//! cell is missing, and one code a column. Analyses of a whole matrix (reliability, sampling adequacy, components) are
//! an error where they cannot be computed; tables of many numbers leave out what cannot be computed and list it as a
//! finding. No result holds NaN.

mod components;
mod correlate;
mod denominators;
mod factorability;
mod flags;
mod linear;
mod reliability;
mod statistics;

pub use self::components::{PrincipalComponents, Rotated, principal_components};
pub use self::correlate::{Correlation, Method, Pair, correlations};
pub use self::denominators::{WithDenominator, with_denominators};
pub use self::factorability::{Bartlett, Factorability, factorability};
pub use self::flags::{Flag, Limits, Sibling, WithAncestor, siblings, with_ancestors};
pub use self::linear::CoherenceError;
pub use self::reliability::{Covariances, Item, Reliability, reliability};
pub use self::statistics::{Divisor, Divisors, Doubt, Statistics, Thresholds, statistics};

#[cfg(test)]
pub(crate) mod reference;
#[cfg(test)]
mod tests;
