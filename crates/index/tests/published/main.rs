//! What the literature prints, reproduced as a user of the crate would: a table, a structure, a recipe, and a run.
//!
//! The data stand in `reference/`; its README files say who made them, and what of them can be reproduced.

// In tests a panic is the failure report.
#![allow(clippy::unwrap_used)]

mod aggregation;
mod bad_input;
mod development;
mod hostile;
mod large;
mod laws;
mod logistics;
mod normalisation;
mod panel;
mod support;
mod technology;
mod voting;
mod weighting;
