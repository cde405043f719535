//! What the tests of uncertainty share: the ASEM chain with uncertain inputs, and settings written into a recipe.

use std::sync::atomic::AtomicBool;

use super::*;
use crate::chain::Chain;
use crate::chain::tests::asem;

mod errors;
mod estimation;
mod replication;
mod summaries;

/// Steps that let every lever matter: imputation, winsorisation, normalisation, weights, aggregation.
const STEPS: &str = r#"
    schema = "recipe/1"
    [[step]]
    denominate = {}
    [[step]]
    impute = { method = "mean", group = "EurAsia_group" }
    [[step]]
    screen = { by = "missing", min_available = 0.9 }
    [[step]]
    treat = { winmax = 5 }
    [[step]]
    normalise = { method = "minmax", range = [1, 100] }
    [[step]]
    aggregate = { method = "arithmetic" }
"#;

const INPUTS: &str = r#"
    [[uncertainty.input]]
    name = "left out"
    leave_out = ["LPI", "Goods", "Social"]
    [[uncertainty.input]]
    name = "normalisation"
    step = "normalise"
    values = [{ method = "minmax", range = [1, 100] }, { method = "zscore", mean = 15, sd = 2 }]
    [[uncertainty.input]]
    name = "noise"
    weights = { noise = 0.25, sets = 10 }
    [[uncertainty.input]]
    name = "mean"
    step = "aggregate"
    parameter = "method"
    values = ["arithmetic", "geometric", ["geometric", "harmonic", "arithmetic"], "copeland"]
    [[uncertainty.input]]
    name = "points"
    step = "treat"
    parameter = "winmax"
    values = [1, 5]
    [[uncertainty.input]]
    name = "availability"
    step = "screen"
    parameter = "min_available"
    values = [0.9, 0.96]
    [[uncertainty.input]]
    name = "imputation"
    step = "impute"
    values = [{ method = "median" }, { method = "none" }]
"#;

/// The ASEM chain with a table of uncertain inputs.
fn uncertain_asem(replications: usize, inputs: &str) -> Chain {
    asem(&format!("{STEPS}\n[uncertainty]\nreplications = {replications}\nseed = 11\ntop = 5\n{inputs}"))
}

fn run(analysis: &Analysis<'_>, draws: &Draws) -> Replications {
    analysis.run(draws, &|_| (), &AtomicBool::new(false)).unwrap()
}

fn same(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan()))
}
