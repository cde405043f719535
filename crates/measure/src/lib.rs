//! Records become parts, parts become observations.
//!
//! The way of a number: [`plan`] collects the parts that the KPIs of a framework need and makes one query a contract;
//! [`scan`] runs it; [`store`] keeps the measured cells by partition, so that only what changed is measured again;
//! [`rollup`] merges cells over months, offices and breakdowns; [`value`] divides; [`observe`] adds status, coverage and
//! interval. [`run`] does all of it for a node. Read [`plan::Scan`] and [`part_value::PartValue`] first.
//!
//! This crate deliberately stores no ratio, reads no source file and draws nothing.

pub mod aggregates;
mod bits;
mod error;
mod extraction;
pub mod fixture;
pub mod functions;
pub mod observe;
pub mod part_value;
pub mod plan;
pub mod ready;
pub mod records;
pub mod render;
pub mod rollup;
pub mod run;
pub mod scan;
pub mod session;
pub mod store;
pub mod time_key;
pub mod typing;
pub mod value;
pub mod zone;

pub use error::MeasureError;
