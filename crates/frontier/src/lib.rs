//! Inputs and outputs become efficiency scores.
//!
//! How much does an office or an administration get out of what it has, beside the best of its kind? The crate takes
//! matrices of inputs and outputs (units by variables) and gives scores with what proves them: peers, targets, slacks,
//! certificates, intervals. It reads no files, knows no clock, and draws random numbers only from a seed that it is
//! given. What cannot be solved is a status with an explanation, never a number.

// In tests a panic is the failure report.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod bootstrap;
pub mod environment;
pub mod free_disposal;
pub mod order_alpha;
pub mod order_m;
pub mod orientation;
pub mod stochastic;
