//! What is uncertain: inputs with the values that they may take.
//!
//! ```toml
//! [uncertainty]
//! replications = 10000
//! seed = 7
//! [[uncertainty.input]]
//! name = "winsorised points"
//! step = "treat"
//! parameter = "winmax"
//! values = [1, 2, 3, 4, 5]
//! [[uncertainty.input]]
//! name = "normalisation"
//! step = "normalise"
//! values = [{ method = "minmax", range = [1, 100] }, { method = "zscore", mean = 10, sd = 2 }]
//! [[uncertainty.input]]
//! name = "weights"
//! weights = { noise = 0.25, sets = 100 }
//! [[uncertainty.input]]
//! name = "indicator left out"
//! leave_out = ["LPI", "Visa"]
//! ```

use std::collections::BTreeMap;

use serde::Deserialize;

mod table;

pub(crate) use self::table::with_value;

/// Where uniform numbers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Sampling {
    /// Scrambled Sobol sequence.
    #[default]
    Sobol,
    /// Pseudo-random.
    Random,
}

/// The table `[uncertainty]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Uncertainty {
    /// Number of replications.
    pub replications: usize,
    /// Seed of all that is drawn.
    pub seed: u64,
    /// Sobol or pseudo-random.
    pub sampling: Sampling,
    /// Probability of being among the first `top`.
    pub top: usize,
    /// Inputs.
    pub inputs: Vec<UncertainInput>,
}

/// One uncertain input.
#[derive(Debug, Clone, PartialEq)]
pub struct UncertainInput {
    /// Name for people.
    pub name: String,
    /// What it may be.
    pub alternatives: Alternatives,
}

/// Values that an input may take.
#[derive(Debug, Clone, PartialEq)]
pub enum Alternatives {
    /// One of several values of a parameter, or of the whole step.
    Choice {
        /// Position of the step.
        step: usize,
        /// Path of the parameter; empty: the whole step.
        path: Vec<String>,
        /// Values.
        values: Vec<toml::Value>,
    },
    /// A parameter that is uniform between two ends.
    Uniform {
        /// Position of the step.
        step: usize,
        /// Path of the parameter.
        path: Vec<String>,
        /// Ends.
        between: [f64; 2],
    },
    /// A parameter that is normal.
    Normal {
        /// Position of the step.
        step: usize,
        /// Path of the parameter.
        path: Vec<String>,
        /// Mean.
        mean: f64,
        /// Standard deviation.
        sd: f64,
    },
    /// One of so many noisy sets of weights: w (1 + f u), u uniform between -1 and 1.
    NoisyWeights {
        /// Factor f by level; a level that is not named keeps its weights.
        noise: BTreeMap<u32, f64>,
        /// Number of sets.
        sets: usize,
    },
    /// One of the named sets of weights: weight by code.
    WeightSets(Vec<BTreeMap<String, f64>>),
    /// One of these indicators is left out, or none.
    LeaveOut(Vec<String>),
    /// Each value is drawn from its own interval, in one of so many sets.
    Intervals {
        /// Number of sets.
        sets: usize,
    },
}

/// Level of noise that is meant for all levels.
pub const ALL_LEVELS: u32 = 0;
/// Most sets of weights or values: each has a stream of its own.
pub const MOST_SETS: usize = 1_000_000;
