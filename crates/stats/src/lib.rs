//! Statistics that merge: numbers of a month and of an office add up to those of the year and of the country.
//!
//! Every state is exact or of a stated error, does not depend on the order of rows or of merging, and has one canonical
//! encoding. The crate does not read or write anything, knows no clock and draws random numbers only from a seed
//! that the caller gives; it does not know what a KPI is.
//!
//! Read [`minute_histogram::MinuteHistogram`] and [`moments::Moments`] first: all other states have the same shape
//! (`add…`, `merge`, statistics, `encode`, `decode`).
//!
//! ```
//! use mizan_stats::minute_histogram::MinuteHistogram;
//!
//! let minute = 60_000_000;
//! let mut january = MinuteHistogram::default();
//! let mut february = MinuteHistogram::default();
//! [30, 45, 90].iter().for_each(|m| january.add_microseconds(m * minute));
//! [20, 1500].iter().for_each(|m| february.add_microseconds(m * minute));
//!
//! let mut stored = Vec::new();
//! february.encode(&mut stored);
//! january.merge(&MinuteHistogram::decode(&stored)?);
//! assert_eq!(january.quantile(0.5), Some(45.0));
//! assert_eq!(january.share_within(1440.0), Some(0.8));
//! # Ok::<(), mizan_stats::DecodeError>(())
//! ```

// In tests a panic is the failure report.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod bin_counts;
pub mod bootstrap;
pub mod correlation;
pub mod design_effect;
pub mod difference;
pub mod distinct;
mod encoding;
pub mod funnel;
pub mod interval;
pub mod least_distance;
pub mod log_histogram;
pub mod lp;
pub mod minute_histogram;
pub mod moments;
pub mod multiple;
pub mod normal;
pub mod optimise;
pub mod poisson_binomial;
pub mod principal_components;
pub mod quantile;
pub mod quasi_random;
pub mod rank_sets;
pub mod shape;
pub mod shrinkage;
pub mod survival;

pub use encoding::DecodeError;
