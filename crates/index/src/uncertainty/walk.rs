//! Replications, walked like the branches of a tree.
//!
//! Sorted by their settings in the order of the chain, replications that begin alike stand together. The walk keeps the
//! state after each step; the next replication starts at the first step at which its settings differ. With 5 limits of
//! winsorisation, 2 normalisations, 100 sets of weights and 2 means, 10,000 replications are 5 treatments,
//! 10 normalisations and 2,000 aggregations. Cores take consecutive parts; a replication's result stands at its own
//! place, so that the number of cores changes no digit.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use mizan_model::diagnostic::{Diagnostic, Severity};
use rayon::prelude::*;

use super::draws::Draws;
use super::lever::{Intervals, Lever, Setting, SharedIntervals, drawn};
use crate::chain::{Chain, State, apply};
use crate::dataset::rows_by_time;
use crate::recipe::{Alternatives, ImputeMethod, Step, Uncertainty, with_value};

/// Most rows: ranks are kept in two bytes.
pub const MOST_ROWS: usize = u16::MAX as usize - 1;
/// Most scores that are kept for quantiles; beyond, there are ranks only.
const MOST_SCORES: usize = 20_000_000;

/// Why an analysis cannot run.
#[derive(Debug, Clone, thiserror::Error)]
pub enum UncertaintyError {
    /// The recipe has no table `[uncertainty]`, or no input in it.
    #[error("the recipe names no uncertain input")]
    NoInputs,
    /// There are no scores without aggregation.
    #[error("the recipe has no step `aggregate`")]
    NoAggregate,
    /// An input names what is not there.
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
    intervals: Option<SharedIntervals>,
    /// Element whose ranks are looked at.
    pub element: usize,
    aggregate: usize,
}

/// Ranks of rows in replications; 0 is missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranks {
    /// Number of rows.
    pub rows: usize,
    /// Replication by replication.
    pub ranks: Vec<u16>,
}

impl Ranks {
    /// Ranks of one replication.
    pub fn of(&self, replication: usize) -> &[u16] {
        &self.ranks[replication * self.rows..(replication + 1) * self.rows]
    }

    /// Number of replications.
    pub fn len(&self) -> usize {
        self.ranks.len().checked_div(self.rows).unwrap_or(0)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ranks.is_empty()
    }
}

/// What replications gave.
#[derive(Debug, Clone)]
pub struct Replications {
    /// Ranks.
    pub ranks: Ranks,
    /// Scores, replication by replication, NaN where missing; empty where they would be too many to keep.
    pub scores: Vec<f64>,
}

/// One replication's scores and ranks.
pub(super) struct Evaluated {
    pub scores: Vec<f64>,
    pub ranks: Vec<u16>,
}

impl<'a> Analysis<'a> {
    /// Joins a chain with the uncertain inputs of its recipe.
    ///
    /// `intervals` are those of the values, and are needed for an input `intervals`; `element` is whose ranks are looked
    /// at, usually the top.
    ///
    /// # Errors
    /// All of [`UncertaintyError`] but `Setting` and `Stopped`.
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
        let steps = &chain.recipe.steps;
        let aggregate =
            steps.iter().position(|step| matches!(step, Step::Aggregate(_))).ok_or(UncertaintyError::NoAggregate)?;
        for input in &uncertainty.inputs {
            let fail = |message: String| Err(UncertaintyError::Input { input: input.name.clone(), message });
            match &input.alternatives {
                Alternatives::Intervals { .. } if intervals.is_none() => {
                    return fail("the table has no intervals".into());
                }
                Alternatives::WeightSets(sets) => {
                    let known = |code: &&String| chain.structure.position(code).is_none();
                    if let Some(code) = sets.iter().flat_map(|set| set.keys()).find(known) {
                        return fail(format!("`{code}` is not in the structure"));
                    }
                }
                Alternatives::LeaveOut(codes) => {
                    if let Some(code) = codes.iter().find(|code| chain.structure.position(code).is_none()) {
                        return fail(format!("`{code}` is not in the structure"));
                    }
                }
                _ => {}
            }
        }
        let multiple = |step: &Step| matches!(step, Step::Impute(impute) if impute.method == ImputeMethod::Multiple);
        if steps.iter().any(multiple) {
            return Err(UncertaintyError::Input {
                input: "impute".into(),
                message:
                    "instead of `multiple`, take `regression` with `stochastic = true`, and let `seed` be uncertain"
                        .into(),
            });
        }
        let mut levers: Vec<Lever> = uncertainty
            .inputs
            .iter()
            .enumerate()
            .map(|(position, input)| Lever::new(position, input, aggregate))
            .collect();
        // Weights before parameters of the aggregation: noise is cheaper to keep than a mean to repeat.
        levers.sort_by_key(|lever| (lever.place, lever.parameter_rank(), lever.input));
        Ok(Analysis { chain, uncertainty, levers, intervals: intervals.map(Arc::new), element, aggregate })
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

    /// The recipe as written.
    pub(super) fn nominal(&self) -> Result<Evaluated, UncertaintyError> {
        let mut walker = Walker::new(self);
        walker.nominal()
    }

    /// Runs one replication a row of draws. `progress` counts them; `stop` ends early.
    ///
    /// # Errors
    /// [`UncertaintyError::Setting`], [`UncertaintyError::Stopped`].
    pub fn run(
        &self,
        draws: &Draws,
        progress: &(dyn Fn(usize) + Sync),
        stop: &AtomicBool,
    ) -> Result<Replications, UncertaintyError> {
        let settings: Vec<Vec<Setting>> = (0..draws.len()).map(|row| self.settings(draws.row(row))).collect();
        self.run_settings(&settings, progress, stop)
    }

    pub(super) fn run_settings(
        &self,
        settings: &[Vec<Setting>],
        progress: &(dyn Fn(usize) + Sync),
        stop: &AtomicBool,
    ) -> Result<Replications, UncertaintyError> {
        let rows = self.chain.dataset.rows.len();
        let mut order: Vec<u32> = (0..settings.len() as u32).collect();
        order.sort_unstable_by(|&a, &b| settings[a as usize].cmp(&settings[b as usize]).then(a.cmp(&b)));
        let keeps_scores = settings.len().saturating_mul(rows) <= MOST_SCORES;
        // A few parts a core: enough to even out, few enough that beginnings are not computed twice too often.
        let part = order.len().div_ceil(rayon::current_num_threads() * 4).max(1);
        let done = AtomicUsize::new(0);
        let parts: Vec<Vec<(u32, Arc<Evaluated>)>> = order
            .par_chunks(part)
            .map(|part| {
                let mut walker = Walker::new(self);
                let mut results = Vec::with_capacity(part.len());
                for &replication in part {
                    if stop.load(Ordering::Relaxed) {
                        return Err(UncertaintyError::Stopped);
                    }
                    results.push((replication, walker.evaluate(&settings[replication as usize])?));
                    let count = done.fetch_add(1, Ordering::Relaxed) + 1;
                    if count.is_multiple_of(256) {
                        progress(256);
                    }
                }
                Ok(results)
            })
            .collect::<Result<_, _>>()?;
        let mut ranks = vec![0; settings.len() * rows];
        let mut scores = if keeps_scores { vec![f64::NAN; settings.len() * rows] } else { Vec::new() };
        for (replication, evaluated) in parts.into_iter().flatten() {
            let at = replication as usize * rows;
            ranks[at..at + rows].copy_from_slice(&evaluated.ranks);
            if keeps_scores {
                scores[at..at + rows].copy_from_slice(&evaluated.scores);
            }
        }
        Ok(Replications { ranks: Ranks { rows, ranks }, scores })
    }
}

impl Lever {
    fn parameter_rank(&self) -> u8 {
        u8::from(self.parameter(0).is_some())
    }
}

/// States after each step of the last replication.
pub(super) struct Walker<'a, 'c> {
    analysis: &'a Analysis<'c>,
    /// `states[0]`: before the first step; `states[s + 1]`: after step s.
    states: Vec<State>,
    last: Vec<Setting>,
    result: Option<Arc<Evaluated>>,
    /// Steps that levers make, by step and settings of its levers.
    steps: HashMap<(usize, Vec<Setting>), Step>,
}

impl<'a, 'c> Walker<'a, 'c> {
    pub(super) fn new(analysis: &'a Analysis<'c>) -> Self {
        Walker { analysis, states: Vec::new(), last: Vec::new(), result: None, steps: HashMap::new() }
    }

    fn nominal(&mut self) -> Result<Evaluated, UncertaintyError> {
        let chain = self.analysis.chain;
        let mut state = chain.start();
        for step in &chain.recipe.steps {
            state = self.applied(step, &state, "the recipe as it is")?;
        }
        Ok(self.ranked(&state))
    }

    /// A replication.
    pub(super) fn evaluate(&mut self, settings: &[Setting]) -> Result<Arc<Evaluated>, UncertaintyError> {
        let analysis = self.analysis;
        let differs = self.last.iter().zip(settings).position(|(old, new)| old != new);
        // Nothing of a replication that failed is used again.
        let last_is_whole = self.last.len() == settings.len();
        let from = match (&self.result, last_is_whole, differs) {
            (Some(result), true, None) => return Ok(Arc::clone(result)),
            (Some(_), true, Some(lever)) => analysis.levers[lever].place,
            _ => 0,
        };
        self.result = None;
        self.states.truncate(from);
        if self.states.is_empty() {
            self.states.push(self.beginning(settings));
        }
        for step in self.states.len() - 1..analysis.chain.recipe.steps.len() {
            let mut before = self.states[step].clone();
            if step == analysis.aggregate {
                self.set_weights(&mut before, settings);
            }
            let made = self.step(step, settings)?;
            let state = self.applied(&made, &before, &self.words(settings))?;
            self.states.push(state);
        }
        self.last = settings.to_vec();
        let result = Arc::new(self.ranked(&self.states[self.states.len() - 1]));
        self.result = Some(Arc::clone(&result));
        Ok(result)
    }

    fn beginning(&self, settings: &[Setting]) -> State {
        let analysis = self.analysis;
        let start = analysis.chain.start();
        let lever = analysis.levers.iter().position(|lever| lever.place == 0);
        match (lever, &analysis.intervals) {
            (Some(lever), Some(intervals)) => {
                let values = drawn(&start.data.values, intervals, analysis.uncertainty.seed, settings[lever]);
                start.with_values(values)
            }
            _ => start,
        }
    }

    fn set_weights(&self, state: &mut State, settings: &[Setting]) {
        let structure = &self.analysis.chain.structure;
        for (lever, setting) in self.analysis.levers.iter().zip(settings) {
            if let Some(weights) = lever.weights(*setting, &state.weights, structure, self.analysis.uncertainty.seed) {
                state.weights = Arc::new(weights);
            }
        }
    }

    /// The step as the settings make it.
    fn step(&mut self, step: usize, settings: &[Setting]) -> Result<Step, UncertaintyError> {
        let analysis = self.analysis;
        let own = |lever: &Lever| lever.place == step + 1 && lever.parameter_rank() > 0;
        let levers: Vec<usize> = (0..settings.len()).filter(|&lever| own(&analysis.levers[lever])).collect();
        if levers.is_empty() {
            return Ok(analysis.chain.recipe.steps[step].clone());
        }
        let key = (step, levers.iter().map(|&lever| settings[lever]).collect::<Vec<_>>());
        if let Some(known) = self.steps.get(&key) {
            return Ok(known.clone());
        }
        let mut written = analysis.chain.recipe.written[step].clone();
        let mut made = analysis.chain.recipe.steps[step].clone();
        for lever in levers {
            let Some((_, path, value)) = analysis.levers[lever].parameter(settings[lever]) else { continue };
            let (name, parameters, step) = with_value(&written, path, value)
                .map_err(|message| UncertaintyError::Setting { settings: self.words(settings), message })?;
            written = (name, parameters);
            made = step;
        }
        // Continuous settings do not come again.
        if self.steps.len() < 10_000 {
            self.steps.insert(key, made.clone());
        }
        Ok(made)
    }

    fn applied(&self, step: &Step, before: &State, settings: &str) -> Result<State, UncertaintyError> {
        let checked = apply(step, before, &self.analysis.chain.structure);
        let error = |finding: &&Diagnostic| finding.severity == Severity::Error;
        match checked.diagnostics.iter().find(error) {
            Some(finding) => {
                Err(UncertaintyError::Setting { settings: settings.to_owned(), message: finding.message.clone() })
            }
            None => Ok(checked.value.0),
        }
    }

    fn words(&self, settings: &[Setting]) -> String {
        let inputs = &self.analysis.uncertainty.inputs;
        let words = self.analysis.levers.iter().zip(settings);
        let words: Vec<String> =
            words.map(|(lever, setting)| format!("{} = {}", inputs[lever.input].name, lever.words(*setting))).collect();
        words.join(", ")
    }

    /// Scores and ranks at the places of the rows that the table came with.
    fn ranked(&self, state: &State) -> Evaluated {
        let all = &self.analysis.chain.dataset.rows;
        let mut scores = vec![f64::NAN; all.len()];
        let own = state.column(self.analysis.element).unwrap_or(&[]);
        if Arc::ptr_eq(all, &state.data.rows) {
            scores.copy_from_slice(own);
        } else {
            // Screening keeps the order of rows.
            let mut at = 0;
            for (row, score) in state.data.rows.iter().zip(own) {
                while all[at] != *row {
                    at += 1;
                }
                scores[at] = *score;
            }
        }
        let mut ranks = vec![0; all.len()];
        for (_, rows) in rows_by_time(all) {
            rank(&scores, &rows, &mut ranks);
        }
        Evaluated { scores, ranks }
    }
}

/// 1 is best; ties share the smallest rank; 0 is missing.
pub(super) fn rank(scores: &[f64], rows: &[usize], ranks: &mut [u16]) {
    let mut order: Vec<usize> = rows.iter().copied().filter(|&row| !scores[row].is_nan()).collect();
    order.sort_unstable_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    let mut current = 0;
    for (position, &row) in order.iter().enumerate() {
        if position == 0 || scores[row] != scores[order[position - 1]] {
            current = position as u16 + 1;
        }
        ranks[row] = current;
    }
}
