//! Typed accessors of all messages.
//!
//! Generated from `messages/en/*.ftl` by `cargo xtask codegen`; do not edit.

mod common;
mod demo;
mod ingest;
mod commands;
mod usage;
