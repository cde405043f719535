//! Aggregation by weighted means, replication after replication over the same values.
//!
//! Between two replications often only weights or the kind of mean differ. What a mean makes of an indicator (its
//! logarithm, say) is kept. The sums are those of [`means`](crate::aggregate::means) in the same order, so that scores
//! are the same to the last bit; whatever is not a plain mean, or cannot be computed, is left to the step itself.

use std::sync::Arc;

use nalgebra::DMatrix;

use crate::aggregate::Mean;
use crate::chain::State;
use crate::dataset::Dataset;
use crate::recipe::{AggregateMethod, AggregateStep};
use crate::structure::{ElementKind, Structure};

/// Kinds of mean whose values are kept. A power that is uncertain has many.
const MOST_KINDS: usize = 4;

/// Values of indicators as one kind of mean takes them.
struct Taken {
    mean: Mean,
    values: DMatrix<f64>,
    /// By indicator: whether all values are there.
    is_whole: Vec<bool>,
    /// By indicator: whether the mean can take all of them.
    is_allowed: Vec<bool>,
}

/// Means over a tree, with memory that is used again.
pub(super) struct Means<'a> {
    structure: &'a Structure,
    /// Whose values are kept.
    of: Option<Arc<Dataset>>,
    kept: Vec<Taken>,
    scores: DMatrix<f64>,
    /// By element: whether all rows have a score.
    is_whole: Vec<bool>,
    totals: Vec<f64>,
    counts: Vec<u32>,
}

impl<'a> Means<'a> {
    pub(super) fn new(structure: &'a Structure) -> Means<'a> {
        Means {
            structure,
            of: None,
            kept: Vec::new(),
            scores: DMatrix::zeros(0, 0),
            is_whole: Vec::new(),
            totals: Vec::new(),
            counts: Vec::new(),
        }
    }

    /// Scores of one element; `None` where the step itself has to look: other methods, values that a mean cannot take.
    pub(super) fn scores(&mut self, step: &AggregateStep, before: &State, element: usize) -> Option<&[f64]> {
        let structure = self.structure;
        let data = &before.data;
        if !self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, data)) {
            self.of = Some(Arc::clone(data));
            self.kept.clear();
            self.scores = DMatrix::from_element(data.values.nrows(), structure.elements.len(), f64::NAN);
            self.is_whole = vec![false; structure.elements.len()];
        }
        for parent in (0..structure.elements.len()).filter(|&at| structure.elements[at].kind == ElementKind::Aggregate)
        {
            let mean = mean(step, step.method.of(structure.levels[parent])?)?;
            self.aggregate(mean, step.min_available, parent, &before.weights)?;
        }
        let own = &self.of.as_ref()?.values;
        Some(if element < own.ncols() { column(own, element) } else { column(&self.scores, element) })
    }

    fn aggregate(&mut self, mean: Mean, min_available: Option<f64>, parent: usize, weights: &[f64]) -> Option<()> {
        let children = &self.structure.children[parent];
        let indicators = self.of.as_ref()?.values.ncols();
        let kept = self.taken(mean)?;
        let rows = self.scores.nrows();
        // Children stand before their parents.
        let (below, own) = self.scores.as_mut_slice().split_at_mut(parent * rows);
        let out = &mut own[..rows];
        out.fill(0.0);
        let mut total = 0.0;
        let whole = |child: usize| match child < indicators {
            true => self.kept[kept].is_whole[child],
            false => self.is_whole[child],
        };
        let all_whole = children.iter().all(|&child| whole(child));
        if !all_whole {
            self.totals.clear();
            self.totals.resize(rows, 0.0);
            self.counts.clear();
            self.counts.resize(rows, 0);
        }
        for &child in children {
            let weight = weights[child];
            let values = if child < indicators {
                let taken = &self.kept[kept];
                if weight != 0.0 && !taken.is_allowed[child] {
                    return None;
                }
                column(&taken.values, child)
            } else {
                &below[child * rows..(child + 1) * rows]
            };
            let is_taken = child < indicators;
            total += if weight == 0.0 { 0.0 } else { weight };
            if all_whole {
                if weight == 0.0 {
                    continue;
                }
                if is_taken || mean == Mean::Arithmetic {
                    out.iter_mut().zip(values).for_each(|(sum, f)| *sum += weight * f);
                } else {
                    for (sum, x) in out.iter_mut().zip(values) {
                        *sum += weight * take(mean, *x)?;
                    }
                }
                continue;
            }
            for (row, x) in values.iter().enumerate() {
                // Where the value of an indicator is missing, so is what the mean takes of it.
                if x.is_nan() {
                    continue;
                }
                self.counts[row] += 1;
                if weight != 0.0 {
                    out[row] += weight * if is_taken { *x } else { take(mean, *x)? };
                    self.totals[row] += weight;
                }
            }
        }
        let least = |count: usize| min_available.is_some_and(|least| (count as f64 / children.len() as f64) < least);
        if all_whole {
            if total <= 0.0 || least(children.len()) {
                out.fill(f64::NAN);
            } else {
                out.iter_mut().for_each(|sum| *sum = back(mean, *sum / total));
            }
        } else {
            for (score, (&total, &count)) in out.iter_mut().zip(self.totals.iter().zip(&self.counts)) {
                let is_missing = total <= 0.0 || least(count as usize);
                *score = if is_missing { f64::NAN } else { back(mean, *score / total) };
            }
        }
        self.is_whole[parent] = out.iter().all(|score| !score.is_nan());
        Some(())
    }

    /// Position of the kept values of a kind of mean.
    fn taken(&mut self, mean: Mean) -> Option<usize> {
        if let Some(at) = self.kept.iter().position(|kept| kept.mean == mean) {
            return Some(at);
        }
        let values = &self.of.as_ref()?.values;
        let indicators = || values.column_iter();
        let is_whole = indicators().map(|column| column.iter().all(|x| !x.is_nan())).collect();
        let is_taken = |x: &f64| x.is_nan() || take(mean, *x).is_some();
        let is_allowed = indicators().map(|column| column.iter().all(is_taken)).collect();
        // What the mean cannot take counts as there, and is not used.
        let of = |x: f64| if x.is_nan() { x } else { take(mean, x).unwrap_or(0.0) };
        let taken = Taken { mean, values: values.map(of), is_whole, is_allowed };
        if self.kept.len() >= MOST_KINDS {
            self.kept.clear();
        }
        self.kept.push(taken);
        Some(self.kept.len() - 1)
    }
}

/// The mean that a method is, if it is one.
fn mean(step: &AggregateStep, method: AggregateMethod) -> Option<Mean> {
    Some(match method {
        AggregateMethod::Arithmetic => Mean::Arithmetic,
        AggregateMethod::Geometric => Mean::Geometric,
        AggregateMethod::Harmonic => Mean::Harmonic,
        AggregateMethod::Generalised => Mean::Generalised(step.p),
        _ => return None,
    })
}

/// What a mean takes of a value; `None` for one that it cannot take.
fn take(mean: Mean, x: f64) -> Option<f64> {
    match mean {
        Mean::Arithmetic => Some(x),
        Mean::Geometric => (x > 0.0).then(|| x.ln()),
        Mean::Harmonic => (x != 0.0).then(|| 1.0 / x),
        Mean::Generalised(p) => (x > 0.0 || (x == 0.0 && p > 0.0)).then(|| x.powf(p)),
    }
}

/// The mean of the mean of what was taken.
fn back(mean: Mean, f: f64) -> f64 {
    match mean {
        Mean::Arithmetic => f,
        Mean::Geometric => f.exp(),
        Mean::Harmonic => 1.0 / f,
        Mean::Generalised(p) => f.powf(1.0 / p),
    }
}

fn column(matrix: &DMatrix<f64>, at: usize) -> &[f64] {
    let rows = matrix.nrows();
    &matrix.as_slice()[at * rows..(at + 1) * rows]
}
