//! Draws: uniform numbers, one a replication and input, that can be stored and replayed.

use mizan_stats::quasi_random::{pseudo_random, sobol};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::recipe::{Sampling, Uncertainty};

/// Uniform numbers in [0, 1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draws {
    /// Names of the columns: the inputs, and for a sensitivity analysis the inputs a second time.
    pub inputs: Vec<String>,
    /// Row by row, one number a column. Stored as text: readers of JSON may miss the last bit of a number, and the last
    /// bit may decide between two alternatives.
    #[serde(serialize_with = "as_text", deserialize_with = "from_text")]
    pub uniforms: Vec<f64>,
}

/// Why draws cannot be made or used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DrawsError {
    /// The generator has limits.
    #[error("{0}")]
    Generator(String),
    /// The columns are not the inputs of the recipe.
    #[error("the draws are of the inputs `{found}`, the recipe has `{expected}`")]
    OtherInputs {
        /// Columns of the draws.
        found: String,
        /// Inputs of the recipe.
        expected: String,
    },
    /// A number outside of [0, 1), or too few.
    #[error("draw {row} of `{input}` is {value}, and not a number from 0 to below 1")]
    NotUniform {
        /// Row from 1.
        row: usize,
        /// Column.
        input: String,
        /// What stands there.
        value: f64,
    },
    /// No whole rows.
    #[error("the draws have {numbers} numbers, which are no whole rows of {columns}")]
    Ragged {
        /// Count of numbers.
        numbers: usize,
        /// Count of columns.
        columns: usize,
    },
}

impl Draws {
    /// Draws `times` columns an input: 1 for an uncertainty analysis, 2 for a sensitivity analysis.
    ///
    /// # Errors
    /// [`DrawsError::Generator`] beyond the limits of the Sobol sequence.
    pub fn new(uncertainty: &Uncertainty, times: usize) -> Result<Draws, DrawsError> {
        let inputs = columns(uncertainty, times);
        let (n, d) = (uncertainty.replications, inputs.len());
        let uniforms = match uncertainty.sampling {
            Sampling::Sobol => {
                sobol(n, d, uncertainty.seed).map_err(|error| DrawsError::Generator(error.to_string()))?
            }
            Sampling::Random => pseudo_random(n, d, uncertainty.seed),
        };
        Ok(Draws { inputs, uniforms })
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.uniforms.len().checked_div(self.inputs.len()).unwrap_or(0)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.uniforms.is_empty()
    }

    /// One row.
    pub fn row(&self, row: usize) -> &[f64] {
        &self.uniforms[row * self.inputs.len()..(row + 1) * self.inputs.len()]
    }

    /// Checks that stored draws are those of a recipe.
    ///
    /// # Errors
    /// All of [`DrawsError`] but `Generator`.
    pub fn check(&self, uncertainty: &Uncertainty, times: usize) -> Result<(), DrawsError> {
        let expected = columns(uncertainty, times);
        if self.inputs != expected {
            return Err(DrawsError::OtherInputs { found: self.inputs.join("`, `"), expected: expected.join("`, `") });
        }
        let columns = self.inputs.len().max(1);
        if self.uniforms.is_empty() || !self.uniforms.len().is_multiple_of(columns) {
            return Err(DrawsError::Ragged { numbers: self.uniforms.len(), columns });
        }
        match self.uniforms.iter().position(|value| !(0.0..1.0).contains(value)) {
            Some(at) => Err(DrawsError::NotUniform {
                row: at / columns + 1,
                input: self.inputs[at % columns].clone(),
                value: self.uniforms[at],
            }),
            None => Ok(()),
        }
    }
}

/// Names of columns; the second round is marked, since a table has each name once.
fn columns(uncertainty: &Uncertainty, times: usize) -> Vec<String> {
    let names = || uncertainty.inputs.iter().map(|input| input.name.clone());
    let second = names().map(|name| format!("{name} (B)"));
    if times == 2 { names().chain(second).collect() } else { names().collect() }
}

fn as_text<S: Serializer>(numbers: &[f64], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(numbers.iter().map(f64::to_string))
}

fn from_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<f64>, D::Error> {
    let words = Vec::<String>::deserialize(deserializer)?;
    let number = |word: &String| word.parse().map_err(|_| Error::custom(format!("`{word}` is no number")));
    words.iter().map(number).collect()
}
