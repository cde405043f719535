//! Tests of measuring, in one binary: the engine is linked once.

#![allow(clippy::unwrap_used)]

mod merge;
mod node;
mod open_customs;
mod periods;
mod support;
