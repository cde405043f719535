//! What is known of units, indicators and weights between two steps.

use std::sync::Arc;

use nalgebra::DMatrix;

use crate::dataset::Dataset;
use crate::structure::Structure;

/// Data between two steps. Parts that a step does not touch are shared with the state before it.
#[derive(Debug, Clone)]
pub struct State {
    /// Rows, indicators, groups, denominators. Column k is element k of the structure.
    pub data: Arc<Dataset>,
    /// Rows by indicators: whether a cell was filled by imputation.
    pub imputed: Arc<DMatrix<bool>>,
    /// Rows by indicators: whether a cell was changed by the treatment of outliers.
    pub treated: Arc<DMatrix<bool>>,
    /// One weight an element, inside of its parent.
    pub weights: Arc<Vec<f64>>,
    /// Rows by elements, once aggregated. The first columns are the indicators.
    pub scores: Option<Arc<DMatrix<f64>>>,
}

impl State {
    /// Nothing done yet.
    pub fn new(data: Dataset, structure: &Structure) -> State {
        let (rows, columns) = data.values.shape();
        State {
            data: Arc::new(data),
            imputed: Arc::new(DMatrix::from_element(rows, columns, false)),
            treated: Arc::new(DMatrix::from_element(rows, columns, false)),
            weights: Arc::new(structure.elements.iter().map(|element| element.weight).collect()),
            scores: None,
        }
    }

    /// The same with other values of indicators.
    pub(crate) fn with_values(&self, values: DMatrix<f64>) -> State {
        let data = Dataset { values, ..Dataset::clone_without_values(&self.data) };
        State { data: Arc::new(data), ..self.clone() }
    }

    /// Only some rows.
    pub(super) fn with_rows(&self, keep: &[bool]) -> State {
        let kept: Vec<usize> = (0..keep.len()).filter(|&row| keep[row]).collect();
        let data = &self.data;
        let groups = data
            .groups
            .iter()
            .map(|(name, words)| (name.clone(), kept.iter().map(|&row| words[row].clone()).collect()))
            .collect();
        let denominators = data
            .denominators
            .iter()
            .map(|(name, numbers)| (name.clone(), kept.iter().map(|&row| numbers[row]).collect()))
            .collect();
        let data = Dataset {
            rows: Arc::new(kept.iter().map(|&row| data.rows[row].clone()).collect()),
            indicators: data.indicators.clone(),
            values: data.values.select_rows(&kept),
            groups: Arc::new(groups),
            denominators: Arc::new(denominators),
        };
        State {
            data: Arc::new(data),
            imputed: Arc::new(self.imputed.select_rows(&kept)),
            treated: Arc::new(self.treated.select_rows(&kept)),
            weights: Arc::clone(&self.weights),
            scores: None,
        }
    }

    /// Values of an element: an indicator's, or a score.
    pub fn column(&self, element: usize) -> Option<&[f64]> {
        let matrix = match &self.scores {
            Some(scores) => scores,
            None => &self.data.values,
        };
        let rows = matrix.nrows();
        matrix.as_slice().get(element * rows..(element + 1) * rows)
    }

    /// Share of each row's index that rests on imputed, treated and missing cells, by effective weight.
    ///
    /// A cell that was imputed and then treated counts as both.
    pub fn visibility(&self, structure: &Structure) -> Vec<Visibility> {
        self.visibility_of(structure, structure.top())
    }

    /// The same for the score of one element; all shares are 0 of one without weight.
    pub fn visibility_of(&self, structure: &Structure, element: usize) -> Vec<Visibility> {
        let effective = structure.effective_weights(&self.weights);
        let whole = effective[element];
        let mut below = structure.indicators_below(element);
        below.sort_unstable();
        let values = &self.data.values;
        (0..values.nrows())
            .map(|row| {
                let share = |is: &dyn Fn(usize) -> bool| {
                    let own: f64 = below.iter().filter(|column| is(**column)).map(|&column| effective[column]).sum();
                    if whole > 0.0 { own / whole } else { 0.0 }
                };
                Visibility {
                    imputed: share(&|column| self.imputed[(row, column)]),
                    treated: share(&|column| self.treated[(row, column)]),
                    dropped: share(&|column| values[(row, column)].is_nan()),
                }
            })
            .collect()
    }
}

/// How much of a score rests on what was not observed as it is, as shares by effective weight.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Visibility {
    /// Filled by imputation.
    pub imputed: f64,
    /// Changed by the treatment of outliers.
    pub treated: f64,
    /// Missing; the weights of what is there stand for it.
    pub dropped: f64,
}
