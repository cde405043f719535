//! One lever at a time: what each alternative alone changes, and which inputs change nothing.

use mizan_model::diagnostic::{Checked, Diagnostic};
use serde::Serialize;

use super::analysis::{Analysis, UncertaintyError};
use super::lever::{AS_WRITTEN, Setting};
use super::sensitivity::shift;
use super::walk::Walker;
use crate::codes;
use crate::recipe::Alternatives;

/// Most alternatives of one input that are tried.
const MOST: usize = 20;

/// What one alternative of one input does, with all others as the recipe has them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AlternativeEffect {
    /// Name of the input.
    pub input: String,
    /// The alternative in words.
    pub alternative: String,
    /// Mean over rows of |rank - rank with the recipe as it is|.
    pub mean_shift: f64,
}

/// Tries alternatives one by one against the recipe as it is.
///
/// An input none of whose alternatives changes a score is a finding ([`codes::NO_EFFECT`]): for example alternatives of
/// imputation when nothing is missing. Of an input with many sets or values the first twenty are tried; of what may be
/// left out, each: leaving out one element gives it the weight 0.
///
/// # Errors
/// [`UncertaintyError::Setting`] names an alternative with which the chain does not work.
pub fn effects(analysis: &Analysis<'_>) -> Result<Checked<Vec<AlternativeEffect>>, UncertaintyError> {
    let base: Vec<Setting> = vec![AS_WRITTEN; analysis.levers.len()];
    let mut walker = Walker::new(analysis);
    let nominal = walker.evaluate(&base)?.clone();
    let mut effects = Vec::new();
    let mut diagnostics = Vec::new();
    for (position, lever) in analysis.levers.iter().enumerate() {
        let name = &analysis.uncertainty.inputs[lever.input].name;
        let settings: Vec<Setting> = match lever.count() {
            Some(count) if matches!(lever.what, Alternatives::LeaveOut(_)) => (0..count as u64).collect(),
            Some(count) => (0..count.min(MOST) as u64).collect(),
            None => [0.05, 0.5, 0.95].map(|u| lever.setting(u)).to_vec(),
        };
        let mut changes = false;
        let mut first: Option<Vec<f64>> = None;
        for setting in settings {
            let mut tried = base.clone();
            tried[position] = setting;
            let evaluated = walker.evaluate(&tried)?;
            let same = |(a, b): (&f64, &f64)| a == b || (a.is_nan() && b.is_nan());
            // One against the other: what all of them have in common leaves nothing uncertain.
            let first = first.get_or_insert_with(|| evaluated.scores.clone());
            changes |= !evaluated.scores.iter().zip(first.iter()).all(same);
            effects.push(AlternativeEffect {
                input: name.clone(),
                alternative: lever.words(setting),
                mean_shift: shift(&evaluated.ranks, &nominal.ranks),
            });
        }
        if !changes {
            diagnostics.push(
                Diagnostic::warning(codes::NO_EFFECT, format!("the uncertain input `{name}` changes no score"))
                    .why("all of its alternatives give the same: nothing may be missing, or no outlier be there")
                    .help("take it out, or look whether the step does what you expect"),
            );
        }
    }
    // In the order in which the recipe names them.
    let order =
        |effect: &AlternativeEffect| analysis.uncertainty.inputs.iter().position(|input| input.name == effect.input);
    effects.sort_by_key(order);
    Ok(Checked { value: effects, diagnostics })
}
