//! A chain joined with what is uncertain about it, and the runs of its replications.
//!
//! Cores take consecutive parts of the sorted replications; a replication's result stands at its own place, so that the
//! number of cores changes no digit.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::check;
use super::draws::{Draws, DrawsError};
use super::intervals::Intervals;
use super::lever::{Lever, Setting};
use super::ranks::Ranks;
use super::walk::{Evaluated, Walker};
use crate::chain::Chain;
use crate::recipe::{Step, Uncertainty};

/// Most rows: ranks are kept in two bytes.
pub const MOST_ROWS: usize = u16::MAX as usize - 1;
/// Most scores that are kept for quantiles; beyond, there are ranks only.
const MOST_SCORES: usize = 20_000_000;
/// Replications between two reports of progress, which are put to their places together.
const BATCH: usize = 256;

/// Why an analysis cannot run.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum UncertaintyError {
    /// The recipe has no table `[uncertainty]`, or no input in it.
    #[error("the recipe names no uncertain input")]
    NoInputs,
    /// There are no scores without aggregation.
    #[error("the recipe has no step `aggregate`")]
    NoAggregate,
    /// The element whose ranks are asked for is not there.
    #[error("the structure has {elements} elements, and no position {element}")]
    NoElement {
        /// Position that was asked for.
        element: usize,
        /// Number of elements.
        elements: usize,
    },
    /// An input names what is not there, or what another input sets already.
    #[error("input `{input}`: {message}")]
    Input {
        /// Name of the input.
        input: String,
        /// What is wrong.
        message: String,
    },
    /// A setting with which the chain does not work.
    #[error("with {settings}: {message}")]
    Setting {
        /// Settings in words.
        settings: String,
        /// The first error.
        message: String,
    },
    /// The draws are not those of the recipe.
    #[error(transparent)]
    Draws(#[from] DrawsError),
    /// More rows than ranks can count.
    #[error("{0} rows are more than {MOST_ROWS}")]
    TooManyRows(usize),
    /// Stopped by the person.
    #[error("stopped")]
    Stopped,
}

/// A chain with levers.
pub struct Analysis<'a> {
    pub(super) chain: &'a Chain,
    pub(super) uncertainty: &'a Uncertainty,
    /// In the order of the chain.
    pub(super) levers: Vec<Lever>,
    pub(super) intervals: Option<Arc<Intervals>>,
    /// Element whose ranks are looked at.
    pub(super) element: usize,
    /// Position of the step `aggregate`.
    pub(super) aggregate: usize,
}

/// What replications gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Replications {
    /// Ranks.
    pub ranks: Ranks,
    /// Scores, replication by replication, NaN where missing; empty where they would be too many to keep.
    pub scores: Vec<f64>,
}

impl<'a> Analysis<'a> {
    /// Joins a chain with the uncertain inputs of its recipe.
    ///
    /// `intervals` are those of the values, rows by indicators in the order of the chain's table, and are needed for an
    /// input `intervals`; `element` is whose ranks are looked at, usually the top.
    ///
    /// # Errors
    /// All of [`UncertaintyError`] but `Setting`, `Draws` and `Stopped`.
    pub fn new(
        chain: &'a Chain,
        intervals: Option<Intervals>,
        element: usize,
    ) -> Result<Analysis<'a>, UncertaintyError> {
        let uncertainty = chain.recipe.uncertainty.as_ref().ok_or(UncertaintyError::NoInputs)?;
        if uncertainty.inputs.is_empty() {
            return Err(UncertaintyError::NoInputs);
        }
        if chain.dataset.rows.len() > MOST_ROWS {
            return Err(UncertaintyError::TooManyRows(chain.dataset.rows.len()));
        }
        let elements = chain.structure.elements.len();
        if element >= elements {
            return Err(UncertaintyError::NoElement { element, elements });
        }
        let aggregate = chain.recipe.steps.iter().position(|step| matches!(step, Step::Aggregate(_)));
        let aggregate = aggregate.ok_or(UncertaintyError::NoAggregate)?;
        check::inputs(chain, uncertainty, intervals.as_ref())?;
        let inputs = uncertainty.inputs.iter().enumerate();
        let mut levers: Vec<Lever> = inputs.map(|(position, input)| Lever::new(position, input, aggregate)).collect();
        levers.sort_by_key(|lever| (lever.place, lever.rank(), lever.input));
        Ok(Analysis { chain, uncertainty, levers, intervals: intervals.map(Arc::new), element, aggregate })
    }

    /// What is uncertain.
    pub fn uncertainty(&self) -> &'a Uncertainty {
        self.uncertainty
    }

    /// Settings of a row of draws, in the order of the levers.
    pub(super) fn settings(&self, uniforms: &[f64]) -> Vec<Setting> {
        self.levers.iter().map(|lever| lever.setting(uniforms[lever.input])).collect()
    }

    /// What each input was set to in a row of draws, in the order of the recipe's inputs, in words.
    pub fn describe(&self, uniforms: &[f64]) -> Vec<String> {
        let mut words = vec![String::new(); self.levers.len()];
        for lever in &self.levers {
            words[lever.input] = lever.words(lever.setting(uniforms[lever.input]));
        }
        words
    }

    /// Settings in words.
    pub(super) fn words(&self, settings: &[Setting]) -> String {
        let word = |(lever, setting): (&Lever, &Setting)| {
            format!("{} = {}", self.uncertainty.inputs[lever.input].name, lever.words(*setting))
        };
        self.levers.iter().zip(settings).map(word).collect::<Vec<_>>().join(", ")
    }

    /// The recipe as written.
    pub(super) fn nominal(&self) -> Result<Evaluated, UncertaintyError> {
        Walker::new(self).nominal().cloned()
    }

    /// Runs one replication a row of draws. `progress` is told how many were done since; `stop` ends early.
    ///
    /// # Errors
    /// [`UncertaintyError::Draws`], [`UncertaintyError::Setting`], [`UncertaintyError::Stopped`].
    pub fn run(
        &self,
        draws: &Draws,
        progress: &(dyn Fn(usize) + Sync),
        stop: &AtomicBool,
    ) -> Result<Replications, UncertaintyError> {
        draws.check(self.uncertainty, 1)?;
        let settings: Vec<Setting> = (0..draws.len()).flat_map(|row| self.settings(draws.row(row))).collect();
        self.run_settings(&settings, progress, stop)
    }

    /// Runs replications, `settings` one after the other.
    pub(super) fn run_settings(
        &self,
        settings: &[Setting],
        progress: &(dyn Fn(usize) + Sync),
        stop: &AtomicBool,
    ) -> Result<Replications, UncertaintyError> {
        let (rows, levers) = (self.chain.dataset.rows.len(), self.levers.len());
        let of = |replication: u32| &settings[replication as usize * levers..(replication as usize + 1) * levers];
        let count = settings.len() / levers;
        let mut order: Vec<u32> = (0..count as u32).collect();
        order.sort_unstable_by(|&a, &b| of(a).cmp(of(b)).then(a.cmp(&b)));
        let keeps_scores = count.saturating_mul(rows) <= MOST_SCORES;
        let scores = if keeps_scores { vec![f64::NAN; count * rows] } else { Vec::new() };
        let made = Mutex::new(Replications { ranks: Ranks { rows, ranks: vec![0; count * rows] }, scores });
        // A few parts a core: enough to even out, few enough that beginnings are not computed twice too often.
        let part = order.len().div_ceil(rayon::current_num_threads() * 4).max(1);
        // Of several settings that fail, the first in order is told, whichever core was faster.
        let failed = AtomicUsize::new(usize::MAX);
        let run = |(number, part): (usize, &[u32])| {
            let mut walker = Walker::new(self);
            for batch in part.chunks(BATCH) {
                let mut own = Replications { ranks: Ranks { rows, ranks: Vec::new() }, scores: Vec::new() };
                for &replication in batch {
                    if stop.load(Ordering::Relaxed) || failed.load(Ordering::Relaxed) < number {
                        return Err(UncertaintyError::Stopped);
                    }
                    let evaluated = walker.evaluate(of(replication));
                    let evaluated = evaluated.inspect_err(|_| _ = failed.fetch_min(number, Ordering::Relaxed))?;
                    own.ranks.ranks.extend_from_slice(&evaluated.ranks);
                    if keeps_scores {
                        own.scores.extend_from_slice(&evaluated.scores);
                    }
                }
                let mut made = made.lock().unwrap_or_else(PoisonError::into_inner);
                for (at, &replication) in batch.iter().enumerate() {
                    let (from, to) = (at * rows..(at + 1) * rows, replication as usize * rows);
                    made.ranks.ranks[to..to + rows].copy_from_slice(&own.ranks.ranks[from.clone()]);
                    if keeps_scores {
                        made.scores[to..to + rows].copy_from_slice(&own.scores[from]);
                    }
                }
                drop(made);
                progress(batch.len());
            }
            Ok(())
        };
        let parts: Vec<Result<(), UncertaintyError>> = order.par_chunks(part).enumerate().map(run).collect();
        // A part that was stopped for another's failure stands after it.
        parts.into_iter().collect::<Result<(), UncertaintyError>>()?;
        Ok(made.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}
