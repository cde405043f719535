//! Replications, walked like the branches of a tree.
//!
//! Sorted by their settings in the order of the chain, replications that begin alike stand together. The walk keeps the
//! state after each step; the next replication starts at the first step at which its settings differ. With 5 limits of
//! winsorisation, 2 normalisations, 100 sets of weights and 2 means, 10,000 replications are 5 treatments,
//! 10 normalisations and 2,000 aggregations.

use std::collections::HashMap;
use std::sync::Arc;

use mizan_model::diagnostic::{Diagnostic, Severity};

use super::analysis::{Analysis, UncertaintyError};
use super::intervals::drawn;
use super::lever::{AS_WRITTEN, Setting};
use super::means::Means;
use super::ranks::Ranking;
use crate::chain::{State, apply};
use crate::dataset::Row;
use crate::recipe::{Step, with_value};

/// Most made steps that are kept; continuous settings do not come again.
const MOST_STEPS: usize = 1000;

/// One replication's scores and ranks, a number a row of the table as it came; NaN and 0 where missing.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Evaluated {
    pub scores: Vec<f64>,
    pub ranks: Vec<u16>,
}

/// States after each step of the last replication.
pub(super) struct Walker<'a, 'c> {
    analysis: &'a Analysis<'c>,
    /// `states[0]`: before the first step; `states[s + 1]`: after step s, up to the one before `aggregate`.
    states: Vec<State>,
    /// Settings of the last replication; empty after one that failed, of which nothing is used again.
    last: Vec<Setting>,
    result: Evaluated,
    /// Steps that levers make, by step and settings of its levers.
    steps: HashMap<(usize, Vec<Setting>), Arc<Step>>,
    means: Means<'a>,
    ranking: Ranking,
    /// Rows after screening, and their places in the table as it came.
    places: Option<(Arc<Vec<Row>>, Vec<usize>)>,
}

impl<'a, 'c> Walker<'a, 'c> {
    pub(super) fn new(analysis: &'a Analysis<'c>) -> Self {
        let rows = &analysis.chain.dataset.rows;
        Walker {
            analysis,
            states: Vec::new(),
            last: Vec::new(),
            result: Evaluated { scores: vec![f64::NAN; rows.len()], ranks: vec![0; rows.len()] },
            steps: HashMap::new(),
            means: Means::new(&analysis.chain.structure),
            ranking: Ranking::new(rows),
            places: None,
        }
    }

    /// The recipe as it is.
    pub(super) fn nominal(&mut self) -> Result<&Evaluated, UncertaintyError> {
        let chain = self.analysis.chain;
        let words = || "the recipe as it is".to_owned();
        let mut state = chain.start();
        for step in &chain.recipe.steps {
            state = applied(self.analysis, step, &state, &words)?;
        }
        self.last.clear();
        self.states.clear();
        self.place(&state.data.rows, state.column(self.analysis.element).unwrap_or_default());
        Ok(&self.result)
    }

    /// A replication.
    pub(super) fn evaluate(&mut self, settings: &[Setting]) -> Result<&Evaluated, UncertaintyError> {
        let analysis = self.analysis;
        let from = if self.last.is_empty() {
            0
        } else {
            match self.last.iter().zip(settings).position(|(old, new)| old != new) {
                Some(lever) => analysis.levers[lever].place,
                None => return Ok(&self.result),
            }
        };
        self.last.clear();
        self.states.truncate(from);
        if self.states.is_empty() {
            self.states.push(self.beginning(settings));
        }
        let words = || analysis.words(settings);
        for step in self.states.len() - 1..analysis.aggregate {
            let made = self.step(step, settings)?;
            let step = made.as_deref().unwrap_or(&analysis.chain.recipe.steps[step]);
            let state = applied(analysis, step, &self.states[self.states.len() - 1], &words)?;
            self.states.push(state);
        }
        self.aggregate(settings, &words)?;
        self.last.extend_from_slice(settings);
        Ok(&self.result)
    }

    /// The last step, of which no state is kept.
    fn aggregate(&mut self, settings: &[Setting], words: &dyn Fn() -> String) -> Result<(), UncertaintyError> {
        let analysis = self.analysis;
        let mut before = self.states[analysis.aggregate].clone();
        for (lever, setting) in analysis.levers.iter().zip(settings) {
            let (structure, seed) = (&analysis.chain.structure, analysis.uncertainty.seed);
            if let Some(weights) = lever.weights(*setting, &before.weights, structure, seed) {
                before.weights = Arc::new(weights);
            }
        }
        let made = self.step(analysis.aggregate, settings)?;
        let step = made.as_deref().unwrap_or(&analysis.chain.recipe.steps[analysis.aggregate]);
        if let Step::Aggregate(parameters) = step
            && let Some(scores) = self.means.scores(parameters, &before, analysis.element)
        {
            let scores = scores.to_vec();
            self.place(&before.data.rows, &scores);
            return Ok(());
        }
        let state = applied(analysis, step, &before, words)?;
        self.place(&state.data.rows, state.column(analysis.element).unwrap_or_default());
        Ok(())
    }

    fn beginning(&self, settings: &[Setting]) -> State {
        let analysis = self.analysis;
        let start = analysis.chain.start();
        let lever = analysis.levers.iter().position(|lever| lever.place == 0);
        match (lever, &analysis.intervals) {
            (Some(lever), Some(intervals)) if settings[lever] != AS_WRITTEN => {
                let values = drawn(&start.data.values, intervals, analysis.uncertainty.seed, settings[lever]);
                start.with_values(values)
            }
            _ => start,
        }
    }

    /// The step as the settings make it, where they do.
    fn step(&mut self, step: usize, settings: &[Setting]) -> Result<Option<Arc<Step>>, UncertaintyError> {
        let analysis = self.analysis;
        let levers = || {
            let own = analysis.levers.iter().zip(settings);
            own.filter(|(lever, _)| lever.is_parameter() && lever.place == step + 1)
        };
        let key = (step, levers().map(|(_, setting)| *setting).collect::<Vec<_>>());
        if key.1.is_empty() {
            return Ok(None);
        }
        if let Some(known) = self.steps.get(&key) {
            return Ok(Some(Arc::clone(known)));
        }
        let mut written = analysis.chain.recipe.written[step].clone();
        let mut made = None;
        for (lever, setting) in levers() {
            let Some((_, path, value)) = lever.parameter(*setting) else { continue };
            let (name, parameters, step) = with_value(&written, path, value)
                .map_err(|message| UncertaintyError::Setting { settings: analysis.words(settings), message })?;
            written = (name, parameters);
            made = Some(Arc::new(step));
        }
        if let Some(made) = &made
            && self.steps.len() < MOST_STEPS
        {
            self.steps.insert(key, Arc::clone(made));
        }
        Ok(made)
    }

    /// Puts scores at the places of the rows that the table came with, and ranks them.
    fn place(&mut self, rows: &Arc<Vec<Row>>, own: &[f64]) {
        let all = &self.analysis.chain.dataset.rows;
        let Evaluated { scores, ranks } = &mut self.result;
        if Arc::ptr_eq(all, rows) {
            scores.copy_from_slice(own);
        } else {
            let (_, places) = match &mut self.places {
                Some(known) if Arc::ptr_eq(&known.0, rows) => known,
                places => places.insert((Arc::clone(rows), places_in(all, rows))),
            };
            scores.fill(f64::NAN);
            places.iter().zip(own).for_each(|(&place, score)| scores[place] = *score);
        }
        self.ranking.rank(scores, ranks);
    }
}

fn applied(
    analysis: &Analysis<'_>,
    step: &Step,
    before: &State,
    settings: &dyn Fn() -> String,
) -> Result<State, UncertaintyError> {
    let checked = apply(step, before, &analysis.chain.structure);
    let error = |finding: &&Diagnostic| finding.severity == Severity::Error;
    match checked.diagnostics.iter().find(error) {
        Some(finding) => Err(UncertaintyError::Setting { settings: settings(), message: finding.message.clone() }),
        None => Ok(checked.value.0),
    }
}

/// Where the rows stand among all. Screening keeps their order.
fn places_in(all: &[Row], rows: &[Row]) -> Vec<usize> {
    let mut places = Vec::with_capacity(rows.len());
    let mut at = 0;
    for row in rows {
        while all[at] != *row {
            at += 1;
        }
        places.push(at);
        at += 1;
    }
    places
}
