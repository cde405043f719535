//! Weights: by people, by statistics, by what flatters each unit.

use mizan_model::diagnostic::{Checked, Diagnostic};
use serde::Serialize;

use crate::codes;
use crate::recipe::{WeighMethod, WeighStep};
use crate::structure::{ElementKind, Structure};

mod ahp;
mod components;
mod dispersion;
mod judged;
mod optimised;

pub use self::ahp::{Ahp, ahp};
pub use self::components::{Factors, nicoletti, principal};
pub use self::dispersion::{critic, entropy, gini, standard_deviation};
pub use self::optimised::{Goal, Optimised, optimise};

/// Why weights cannot be made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum WeightError {
    /// Too few complete rows.
    #[error("{rows} complete rows are too few for {elements} elements")]
    TooFew {
        /// Rows without missing values.
        rows: usize,
        /// Elements.
        elements: usize,
    },
    /// An element without variation.
    #[error("element {0} has no variation")]
    Constant(usize),
    /// A value that the method cannot take.
    #[error("element {0} has values of 0 or below")]
    NotPositive(usize),
    /// A comparison matrix that is none.
    #[error("{0}")]
    Matrix(String),
}

/// Weights of all elements, and how they came about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weighed {
    /// One an element, inside of its parent.
    pub weights: Vec<f64>,
    /// What the method found, by parent: names and numbers for the record.
    pub details: Vec<Detail>,
}

/// A number that a method found beside the weights.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Detail {
    /// Parent whose children were weighed; the top for a whole level.
    pub parent: String,
    /// Name: `consistency_ratio`, `explained`, `spread`, `disagreement`, …
    pub name: &'static str,
    /// Number.
    pub value: f64,
}

/// Applies a step of a recipe.
///
/// `current` are the weights before; `scores` gives the column of an element (one number a row); `index` gives the top's
/// column for other weights. Findings: [`codes::WEIGHTS`], [`codes::NOT_CONVERGED`], [`codes::UNKNOWN_CODE`],
/// [`codes::TOO_FEW`], [`codes::PARAMETER`].
pub fn weigh(
    step: &WeighStep,
    structure: &Structure,
    current: &[f64],
    scores: &dyn Fn(usize) -> Vec<f64>,
    index: &dyn Fn(&[f64]) -> Vec<f64>,
) -> Checked<Weighed> {
    if let Some(level) = step.level
        && !(0..structure.elements.len())
            .any(|element| structure.levels[element] == level && structure.parents[element].is_some())
    {
        // The top has no weight.
        let message =
            format!("`weigh`: weights stand at levels 1 to {}, not at {level}", structure.levels[structure.top()] - 1);
        let finding = Diagnostic::error(codes::PARAMETER, message).help("leave `level` out, or write one of these");
        return Checked {
            value: Weighed { weights: current.to_vec(), details: Vec::new() },
            diagnostics: vec![finding],
        };
    }
    let mut work = Work { structure, weights: current.to_vec(), details: Vec::new(), diagnostics: Vec::new() };
    match step.method {
        WeighMethod::Equal => {
            for (element, weight) in work.weights.iter_mut().enumerate() {
                if step.level.is_none_or(|level| structure.levels[element] == level) {
                    *weight = 1.0;
                }
            }
        }
        WeighMethod::Manual => work.by_code(&step.weights),
        WeighMethod::Ahp => work.ahp(step),
        WeighMethod::BudgetAllocation => work.budget(step),
        WeighMethod::Balance | WeighMethod::Infomax => work.optimise(step, scores, index),
        _ => work.statistical(step, scores),
    }
    let Work { weights, details, diagnostics, .. } = work;
    Checked { value: Weighed { weights, details }, diagnostics }
}

struct Work<'a> {
    structure: &'a Structure,
    weights: Vec<f64>,
    details: Vec<Detail>,
    diagnostics: Vec<Diagnostic>,
}

impl Work<'_> {
    fn error(&mut self, code: &str, message: String, help: &str) {
        self.diagnostics.push(Diagnostic::error(code, message).help(help));
    }

    fn by_code(&mut self, weights: &std::collections::BTreeMap<String, f64>) {
        for (code, weight) in weights {
            match self.structure.position(code) {
                Some(element) => self.weights[element] = *weight,
                None => self.error(
                    codes::UNKNOWN_CODE,
                    format!("`weigh` names `{code}`, which is not in the structure"),
                    "write the code of an indicator or aggregate",
                ),
            }
        }
    }

    fn ahp(&mut self, step: &WeighStep) {
        self.judged(&step.elements.iter().collect::<Vec<_>>());
        match ahp(&step.matrices) {
            Ok(found) => {
                let weights = step.elements.iter().cloned().zip(found.weights.iter().copied()).collect();
                self.by_code(&weights);
                let parent = step.elements.join(", ");
                for (name, value) in [("eigenvalue", found.eigenvalue), ("consistency_ratio", found.consistency_ratio)]
                {
                    self.details.push(Detail { parent: parent.clone(), name, value });
                }
                if found.consistency_ratio > 0.1 {
                    let message = format!("the judgements contradict one another: CR {:.3}", found.consistency_ratio);
                    self.diagnostics.push(
                        Diagnostic::warning(codes::WEIGHTS, message)
                            .why("a consistency ratio above 0.10 is held to be too high (Saaty 1980)")
                            .help("ask the judges again"),
                    );
                }
            }
            Err(error) => self.error(codes::PARAMETER, format!("`ahp`: {error}"), "see the manual page of `weigh`"),
        }
    }

    /// Mean of the judges' points, each judge's made to sum 1.
    fn budget(&mut self, step: &WeighStep) {
        let codes: std::collections::BTreeSet<&String> = step.judges.iter().flat_map(|judge| judge.keys()).collect();
        let shares: Vec<std::collections::BTreeMap<&String, f64>> = step
            .judges
            .iter()
            .map(|judge| {
                let total: f64 = judge.values().sum();
                judge.iter().map(|(code, points)| (code, points / total)).collect()
            })
            .collect();
        self.judged(&codes.iter().copied().collect::<Vec<_>>());
        let mut means = std::collections::BTreeMap::new();
        for code in codes {
            let own: Vec<f64> = shares.iter().map(|judge| judge.get(code).copied().unwrap_or(0.0)).collect();
            means.insert(code.clone(), mizan_stats::shape::mean(&own));
            let spread = mizan_stats::shape::standard_deviation(&own);
            self.details.push(Detail { parent: code.clone(), name: "disagreement", value: spread });
        }
        self.by_code(&means);
    }

    fn optimise(&mut self, step: &WeighStep, scores: &dyn Fn(usize) -> Vec<f64>, index: &dyn Fn(&[f64]) -> Vec<f64>) {
        let level = step.level.unwrap_or(1);
        let elements: Vec<usize> =
            (0..self.structure.elements.len()).filter(|&element| self.structure.levels[element] == level).collect();
        if elements.len() < 2 {
            let message = format!("level {level} has {} elements", elements.len());
            return self.error(codes::PARAMETER, message, "`balance` and `infomax` weigh the elements of one level");
        }
        let code = |element: usize| self.structure.elements[element].code.as_str();
        let is_there = |code: &str| elements.iter().any(|&element| self.structure.elements[element].code == code);
        if let Some(unknown) = step.targets.keys().find(|code| !is_there(code)) {
            let message = format!("`targets` names `{unknown}`, which is no element of level {level}");
            return self.error(codes::UNKNOWN_CODE, message, "write codes of elements of that level");
        }
        if !step.targets.is_empty()
            && let Some(&without) = elements.iter().find(|&&element| !step.targets.contains_key(code(element)))
        {
            let message = format!("`targets` gives no target for `{}`", code(without));
            return self.error(
                codes::PARAMETER,
                message,
                "give all elements of the level a target, or none: then equal",
            );
        }
        let columns: Vec<Vec<f64>> = elements.iter().map(|&element| scores(element)).collect();
        let targets: Vec<f64> = elements
            .iter()
            .map(|&element| step.targets.get(&self.structure.elements[element].code).copied().unwrap_or(1.0))
            .collect();
        let goal = match step.method {
            WeighMethod::Balance => Goal::Balance(targets),
            _ => Goal::Infomax,
        };
        let base = self.weights.clone();
        let of = |weights: &[f64]| {
            let mut all = base.clone();
            elements.iter().zip(weights).for_each(|(&element, weight)| all[element] = *weight);
            index(&all)
        };
        let found = optimise(&goal, &columns, &of);
        elements.iter().zip(&found.weights).for_each(|(&element, weight)| self.weights[element] = *weight);
        let parent = self.structure.elements[self.structure.top()].code.clone();
        self.details.push(Detail { parent: parent.clone(), name: "spread", value: found.spread });
        self.details.push(Detail { parent, name: "evaluations", value: found.evaluations as f64 });
        if !found.is_converged {
            let message = format!("the best weights leave a spread of {:.2e} between wished and real", found.spread);
            self.diagnostics.push(
                Diagnostic::warning(codes::NOT_CONVERGED, message)
                    .why("weights cannot be negative, and an indicator may correlate too little or too much by itself")
                    .help("look at the correlations, or change the targets"),
            );
        }
    }

    /// Methods that look at the columns of the children of one parent.
    fn statistical(&mut self, step: &WeighStep, scores: &dyn Fn(usize) -> Vec<f64>) {
        for parent in 0..self.structure.elements.len() {
            let children = self.structure.children[parent].clone();
            let is_asked = |&child: &usize| step.level.is_none_or(|level| self.structure.levels[child] == level);
            if self.structure.elements[parent].kind == ElementKind::Indicator
                || children.len() < 2
                || !children.iter().all(is_asked)
            {
                continue;
            }
            let columns: Vec<Vec<f64>> = children.iter().map(|&child| scores(child)).collect();
            let name = self.structure.elements[parent].code.clone();
            let made = match step.method {
                WeighMethod::Pca | WeighMethod::PcaScaled => principal(&columns).map(|found| {
                    self.details.push(Detail { parent: name.clone(), name: "explained", value: found.explained });
                    let weights = match step.method {
                        WeighMethod::Pca => found.loadings,
                        // As the World Bank weighs its Logistics Performance Index.
                        _ => found.loadings.iter().zip(&found.deviations).map(|(l, sd)| l / sd).collect(),
                    };
                    if weights.iter().any(|weight| *weight < 0.0) {
                        let message = format!("a child of `{name}` has a negative loading on the first component");
                        self.diagnostics.push(
                            Diagnostic::warning(codes::WEIGHTS, message)
                                .why("it points the other way than the rest; a negative weight would turn it round")
                                .help("look at its direction and its correlations; it weighs 0 now"),
                        );
                    }
                    weights.into_iter().map(|weight: f64| weight.max(0.0)).collect()
                }),
                WeighMethod::Nicoletti => nicoletti(&columns, step.keep, step.share, step.count).map(|found| {
                    self.details.push(Detail {
                        parent: name.clone(),
                        name: "factors",
                        value: found.explained.len() as f64,
                    });
                    found.weights
                }),
                WeighMethod::Entropy => entropy(&columns),
                WeighMethod::Critic => critic(&columns),
                WeighMethod::StandardDeviation => standard_deviation(&columns),
                _ => gini(&columns),
            };
            match made {
                Ok(weights) => {
                    children.iter().zip(weights).for_each(|(&child, weight)| self.weights[child] = weight);
                }
                Err(error) => {
                    let code = |at: usize| self.structure.elements[children[at]].code.clone();
                    let message = match error {
                        WeightError::Constant(at) => format!("`{}` has no variation", code(at)),
                        WeightError::NotPositive(at) => format!("`{}` has values of 0 or below", code(at)),
                        other => other.to_string(),
                    };
                    let message = format!("the children of `{name}` cannot be weighed: {message}");
                    self.error(codes::TOO_FEW, message, "choose another method for this level, or other indicators");
                }
            }
        }
    }
}

/// Rows in which all columns have a value.
fn complete(columns: &[Vec<f64>]) -> Vec<usize> {
    let rows = columns.first().map_or(0, Vec::len);
    (0..rows).filter(|&row| columns.iter().all(|column| !column[row].is_nan())).collect()
}

#[cfg(test)]
mod tests;
