//! How sure the scores and ranks of composites are, where the recipe says what is uncertain.

use mizan_index::chain::Chain;
use mizan_index::codes;
use mizan_index::recipe::Alternatives;
use mizan_index::uncertainty::{Analysis, Draws, Intervals, RankSummary, UncertaintyError, effects, uncertainty};

use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::findings::Texts;

/// One list an element, with one summary a row of the chain's table. All elements see the same draws.
pub fn of(
    chain: &Chain,
    intervals: &Intervals,
    elements: &[usize],
    session: &Session<'_>,
) -> Result<Vec<Vec<RankSummary>>, Failure> {
    let uncertain = chain.recipe.uncertainty.as_ref().ok_or_else(|| wrong(UncertaintyError::NoInputs))?;
    let draws = Draws::new(uncertain, 1).map_err(|error| wrong(error.into()))?;
    let are_drawn = uncertain.inputs.iter().any(|input| matches!(input.alternatives, Alternatives::Intervals { .. }));
    let title = session.text.messages.replications_progress();
    let total = (draws.len() * elements.len()) as u64;
    let phase = session.report.phase("uncertainty", &title, total, session.text);
    let mut all = Vec::new();
    for &element in elements {
        let analysis = Analysis::new(chain, are_drawn.then(|| intervals.clone()), element).map_err(wrong)?;
        if element == chain.structure.top() {
            session.report.findings(&effects(&analysis).map_err(wrong)?.diagnostics, &Texts::default());
        }
        let found = uncertainty(&analysis, &draws, &|done| phase.inc(done as u64), &session.stop).map_err(wrong)?;
        all.push(found.rows);
    }
    phase.finish();
    Ok(all)
}

fn wrong(error: UncertaintyError) -> Failure {
    let exit = if matches!(error, UncertaintyError::Stopped) { Exit::Interrupted } else { Exit::Definition };
    Failure::new(exit, codes::UNCERTAIN_INPUT, error.to_string())
        .help("see `[uncertainty]` in the manual: alternatives of a step, weights, indicators left out, intervals")
}
