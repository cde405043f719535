//! Asking a technology about many points.

use mizan_stats::lp::{Certificate, Columns};

use super::facets::Facets;
use super::run::Run;
use super::{Distance, Question, Technology, Unmeasured};

/// A step of a unit of the reference below this is rounding.
const ROUNDING: f64 = 1e-13;

/// Answers questions one after another, and keeps the memory that they need.
pub struct Asker<'a> {
    technology: &'a Technology,
    near: Run<'a>,
    /// Facets that were found on the way.
    learned: Option<Facets>,
}

impl Technology {
    /// What answers many questions one after another; no answer depends on the ones before it.
    pub fn asker(&self) -> Asker<'_> {
        Asker { technology: self, near: Run::idle(self), learned: None }
    }

    /// What answers many questions one after another and learns on the way. The order may change the last digit, and
    /// which of several equally good mixtures of peers is named.
    pub fn learning_asker(&self) -> Asker<'_> {
        Asker { learned: Some(self.facets.clone()), ..self.asker() }
    }
}

/// A solved program before it is read.
struct Solved {
    step: f64,
    certificate: Certificate,
}

impl Asker<'_> {
    /// Answers a question.
    ///
    /// # Errors
    /// [`Unmeasured`].
    pub fn distance(&mut self, question: &Question<'_>) -> Result<Distance, Unmeasured> {
        self.answer(question, |run, solved| {
            let prices = run.simplex.prices();
            if question.with_slacks {
                run.widen_slacks(solved.step, entrants(run, question))?;
            }
            Ok(run.read(solved.step, solved.certificate, &prices, question))
        })
    }

    /// β alone: what bootstraps ask for by the million.
    ///
    /// # Errors
    /// [`Unmeasured`].
    pub fn step(&mut self, question: &Question<'_>) -> Result<f64, Unmeasured> {
        self.answer(question, |_, solved| Ok(solved.step))
    }

    fn answer<T>(
        &mut self,
        question: &Question<'_>,
        read: impl Fn(&mut Run<'_>, Solved) -> Result<T, Unmeasured>,
    ) -> Result<T, Unmeasured> {
        let technology = self.technology;
        let (point, direction) = (technology.scaled(question.point), technology.scaled(question.direction));
        if direction.iter().all(|number| *number == 0.0) {
            return Err(Unmeasured::NoDirection);
        }
        // Left out, or in the program already as the column that it begins with.
        let place = question.own.and_then(|own| technology.members.binary_search(&own).ok());
        let skipped = place.filter(|_| question.is_excluded);
        let facets = self.learned.as_ref().unwrap_or(&technology.facets);
        if self.near.aim(facets, &point, &direction, skipped)
            && let Ok(solved) = solve(&mut self.near, question)
        {
            if let Some(learned) = self.learned.as_mut().filter(|learned| skipped.is_none() && learned.has_room())
                && let Some(facet) = self.near.facet(None)
            {
                learned.add(facet);
            }
            if let Ok(answer) = read(&mut self.near, solved) {
                return Ok(answer);
            }
        }
        // What was not solved the quick way may be rounding; the slow way decides.
        let mut answer = Err(Unmeasured::Unproved);
        for is_careful in [false, true] {
            let mut run = Run::start(technology, &point, &direction, question.inside().is_some(), place);
            if is_careful {
                run.simplex.be_careful();
            }
            answer = solve(&mut run, question).and_then(|solved| read(&mut run, solved));
            if answer.is_ok() {
                break;
            }
        }
        answer
    }
}

fn solve(run: &mut Run<'_>, question: &Question<'_>) -> Result<Solved, Unmeasured> {
    run.find_step(entrants(run, question))?;
    let certificate = run.certificate()?;
    let step = run.step();
    // A unit of the reference is not outside of it, and one that is on the frontier up to rounding is on it.
    Ok(Solved { step: if question.inside().is_some() && step < ROUNDING { 0.0 } else { step }, certificate })
}

/// Without a unit of the hull others come to the front, which only the whole reference knows.
fn entrants<'a>(run: &Run<'a>, question: &Question<'_>) -> Option<(&'a Columns, Option<usize>)> {
    let technology = run.technology();
    let excluded = question.own.filter(|own| question.is_excluded && technology.members.binary_search(own).is_ok());
    excluded.map(|own| (&technology.all, Some(own)))
}
