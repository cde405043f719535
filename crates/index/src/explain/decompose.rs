//! Exact decomposition of a gap between two scores into contributions of indicators.
//!
//! A weighted mean has the form f(s) = Σ w f(x), with f = x, ln x, 1/x or x^p. Against a reference, child k contributes
//! c_k = w_k (f(x_k) - f(r_k)) (s - r) / (f(s) - f(r)), and grandchildren share c_k in proportion to their own
//! contributions to x_k - r_k; the limit where a difference is 0 is the derivative. Where weights differ, because
//! children are missing on one side, f(s) - f(r) = Σ mean(w) Δf + Σ mean(f) Δw, and the second sum is the weight effect.
//! All contributions together are s - r exactly.

use serde::Serialize;

use crate::recipe::{AggregateMethod, AggregateStep};
use crate::structure::{ElementKind, Structure};

/// Why a score cannot be decomposed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ExplainError {
    /// Ranks and frontiers are no sums.
    #[error("`{0}` is not made by a mean of its children, so that it has no exact contributions")]
    NotAMean(String),
    /// A side has no score.
    #[error("`{0}` has no score")]
    NoScore(String),
    /// A unit or year that is not there.
    #[error("unit `{0}` is not among the scores")]
    UnknownUnit(String),
    /// An indicator that is not there.
    #[error("`{0}` is not an indicator of the structure")]
    UnknownIndicator(String),
    /// The recipe lacks a step.
    #[error("the recipe has no step `{0}`")]
    NoStep(&'static str),
    /// The chain stops with the value.
    #[error("{0}")]
    Chain(String),
}

/// Scores and weights of one side: one number an element, NaN where missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// Score of each element.
    pub scores: Vec<f64>,
    /// Weight of each element inside of its parent, before children were dropped.
    pub weights: Vec<f64>,
}

/// What an indicator contributes to a gap.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contribution {
    /// Element: an indicator.
    pub element: usize,
    /// Contribution through its value.
    pub value: f64,
    /// What one more point of its normalised value contributes: `value` over the difference of the indicator.
    pub per_point: f64,
}

/// A gap and what it is made of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decomposition {
    /// Score less reference.
    pub gap: f64,
    /// By indicator, in the order of the structure; those that have weight on both sides.
    pub contributions: Vec<Contribution>,
    /// What different weights contribute, by element: since a child of it is missing on one side, or weights changed.
    pub weight_effects: Vec<(usize, f64)>,
}

/// The function whose weighted arithmetic mean a mean is.
#[derive(Debug, Clone, Copy)]
enum Shape {
    Identity,
    Logarithm,
    Inverse,
    Power(f64),
}

impl Shape {
    fn of(method: AggregateMethod, step: &AggregateStep) -> Option<Shape> {
        Some(match method {
            AggregateMethod::Arithmetic => Shape::Identity,
            AggregateMethod::Geometric => Shape::Logarithm,
            AggregateMethod::Harmonic => Shape::Inverse,
            AggregateMethod::Generalised => Shape::Power(step.p),
            _ => return None,
        })
    }

    fn at(self, x: f64) -> f64 {
        match self {
            Shape::Identity => x,
            Shape::Logarithm => x.ln(),
            Shape::Inverse => 1.0 / x,
            Shape::Power(p) => x.powf(p),
        }
    }

    fn slope(self, x: f64) -> f64 {
        match self {
            Shape::Identity => 1.0,
            Shape::Logarithm => 1.0 / x,
            Shape::Inverse => -1.0 / (x * x),
            // The slope of a root at 0 is not finite; nothing is contributed there.
            Shape::Power(p) if x == 0.0 && p < 1.0 => 0.0,
            Shape::Power(p) => p * x.powf(p - 1.0),
        }
    }

    /// Δf over Δx, or the slope where Δx is 0.
    ///
    /// Values that differ in their last digits only have the same logarithm or power in floating point: their secant is
    /// written through the relative difference, which keeps its digits.
    fn secant(self, x: f64, r: f64) -> f64 {
        let relative = (x - r) / r;
        let is_near = relative.abs() < 0.5;
        match self {
            _ if x == r => self.slope(x),
            Shape::Identity => 1.0,
            Shape::Inverse => -1.0 / (x * r),
            Shape::Logarithm if is_near => relative.ln_1p() / (x - r),
            Shape::Power(p) if is_near => r.powf(p) * (p * relative.ln_1p()).exp_m1() / (x - r),
            Shape::Logarithm | Shape::Power(_) => (self.at(x) - self.at(r)) / (x - r),
        }
    }
}

/// Decomposes the gap between two sides at an element.
///
/// # Errors
/// [`ExplainError::NotAMean`] for elements whose method is no mean, [`ExplainError::NoScore`].
pub fn gap(
    structure: &Structure,
    step: &AggregateStep,
    element: usize,
    score: &Side,
    reference: &Side,
) -> Result<Decomposition, ExplainError> {
    let code = |element: usize| structure.elements[element].code.clone();
    if score.scores[element].is_nan() || reference.scores[element].is_nan() {
        return Err(ExplainError::NoScore(code(element)));
    }
    let mut found = Decomposition {
        gap: score.scores[element] - reference.scores[element],
        contributions: Vec::new(),
        weight_effects: Vec::new(),
    };
    let mut open = vec![(element, 1.0)];
    while let Some((element, per_point)) = open.pop() {
        let (s, r) = (score.scores[element], reference.scores[element]);
        if structure.elements[element].kind == ElementKind::Indicator {
            found.contributions.push(Contribution { element, value: per_point * (s - r), per_point });
            continue;
        }
        let shape = step
            .method
            .of(structure.levels[element])
            .and_then(|method| Shape::of(method, step))
            .ok_or_else(|| ExplainError::NotAMean(code(element)))?;
        // A point of f at the children is so much of a point of the score of the parent.
        // It is 0 only where both scores are, and then all children that count are 0 on both sides.
        let secant = shape.secant(s, r);
        let factor = if secant == 0.0 { 0.0 } else { per_point / secant };
        let children = &structure.children[element];
        let (own, other) = (shares(score, children), shares(reference, children));
        let mut weight_effect = 0.0;
        for ((&child, &w), &v) in children.iter().zip(&own).zip(&other) {
            if w == 0.0 && v == 0.0 {
                continue;
            }
            // A child that is missing or without weight on one side differs by its weight alone, whatever its value:
            // a mean does not look at it, and may not be able to take it.
            let (x, y) = (score.scores[child], reference.scores[child]);
            let (x, y) = (if w == 0.0 { y } else { x }, if v == 0.0 { x } else { y });
            weight_effect += 0.5 * (shape.at(x) + shape.at(y)) * (w - v) * factor;
            if w == 0.0 || v == 0.0 {
                continue;
            }
            open.push((child, 0.5 * (w + v) * shape.secant(x, y) * factor));
        }
        if own != other {
            found.weight_effects.push((element, weight_effect));
        }
    }
    found.contributions.sort_by_key(|contribution| contribution.element);
    found.weight_effects.sort_by_key(|(element, _)| *element);
    Ok(found)
}

/// Weights of the children that are there, with sum 1.
fn shares(side: &Side, children: &[usize]) -> Vec<f64> {
    let own = |child: &usize| if side.scores[*child].is_nan() { 0.0 } else { side.weights[*child] };
    let total: f64 = children.iter().map(own).sum();
    children.iter().map(|child| if total > 0.0 { own(child) / total } else { 0.0 }).collect()
}

/// Parts of one score by indicator: re-normalised path weight times value.
///
/// They sum to the score where all means are arithmetic; for geometric means the parts are of the logarithm
/// (w ln x, of one level only). Other methods have no parts without a reference.
///
/// # Errors
/// [`ExplainError`].
pub fn parts(
    structure: &Structure,
    step: &AggregateStep,
    element: usize,
    score: &Side,
) -> Result<Vec<(usize, f64)>, ExplainError> {
    let code = |element: usize| structure.elements[element].code.clone();
    if score.scores[element].is_nan() {
        return Err(ExplainError::NoScore(code(element)));
    }
    if structure.elements[element].kind == ElementKind::Indicator {
        return Ok(vec![(element, score.scores[element])]);
    }
    let method = |element: usize| step.method.of(structure.levels[element]);
    if method(element) == Some(AggregateMethod::Geometric) {
        let children = &structure.children[element];
        let shares = shares(score, children);
        let logs = children.iter().zip(shares).filter(|(_, share)| *share > 0.0);
        return Ok(logs.map(|(&child, share)| (child, share * score.scores[child].ln())).collect());
    }
    let mut parts = Vec::new();
    let mut open = vec![(element, 1.0)];
    while let Some((element, share)) = open.pop() {
        if structure.elements[element].kind == ElementKind::Indicator {
            parts.push((element, share * score.scores[element]));
            continue;
        }
        if method(element) != Some(AggregateMethod::Arithmetic) {
            return Err(ExplainError::NotAMean(code(element)));
        }
        let children = &structure.children[element];
        let own = shares(score, children);
        open.extend(children.iter().zip(own).filter(|(_, w)| *w > 0.0).map(|(&child, w)| (child, share * w)));
    }
    parts.sort_by_key(|(element, _)| *element);
    Ok(parts)
}
