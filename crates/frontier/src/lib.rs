//! Inputs and outputs become efficiency scores.
//!
//! How much does an office or an administration get out of what it has, beside the best of its kind? The crate takes
//! matrices of inputs and outputs (units by variables) and gives scores with what proves them: peers, targets, slacks,
//! certificates, intervals. It reads no files, knows no clock, and draws random numbers only from a seed that it is
//! given. What cannot be solved is a status with an explanation, never a number.

// In tests a panic is the failure report.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod additive;
pub mod bootstrap;
pub mod codes;
pub mod cost;
pub mod cross_efficiency;
pub mod envelopment;
pub mod environment;
pub mod free_disposal;
pub mod hyperbolic;
pub mod metafrontier;
pub mod nonradial;
pub mod order_alpha;
pub mod order_m;
pub mod orientation;
pub mod outliers;
pub mod productivity;
pub mod radial;
pub mod range_directional;
pub mod ready_made;
pub mod ruggiero;
pub mod russell;
pub mod slacks_based;
pub mod stochastic;
pub mod technology;
pub mod two_stage;
pub mod undesirable;
pub mod window;
