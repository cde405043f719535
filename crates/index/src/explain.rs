//! Explanations: what a score, a gap and a change are made of, and what would move them.

mod change;
mod compare;
mod decompose;
mod groups;
mod strengths;
mod what_if;

pub use self::change::{ChangePart, change};
pub use self::compare::{Compared, Version, compare};
pub use self::decompose::{Contribution, Decomposition, ExplainError, Side, gap, parts};
pub use self::groups::{GroupMean, group_means, group_side};
pub use self::strengths::{Standing, standings};
pub use self::what_if::{WhatIf, what_if};

#[cfg(test)]
mod tests;
