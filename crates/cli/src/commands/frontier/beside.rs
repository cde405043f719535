//! Methods beside the radial ones.

use mizan_frontier::additive::{Additive, Weights, additive as additive_model};
use mizan_frontier::cost::{CostEfficiency, cost_efficiency};
use mizan_frontier::cross_efficiency::{SecondGoal, cross_efficiency};
use mizan_frontier::hyperbolic::Hyperbolic;
use mizan_frontier::range_directional::{RangeDirectional, range_directional};
use mizan_frontier::russell::{Russell, russell_input};
use mizan_frontier::slacks_based::{SlacksBased, slacks_based};
use mizan_frontier::technology::Returns;
use mizan_frontier::two_stage::{two_stage_additive, two_stage_multiplicative};
use mizan_frontier::undesirable::{Direction, WeaklyDisposable, weakly_disposable};

use super::answer::{Answer, cells, header, peers, prefixed, yes};
use super::units::{Units, failure, returns, sides};
use crate::arguments::{
    AdditiveArguments, AdditiveWeights, CostArguments, CrossArguments, GoalChoice, MoveChoice, PlainArguments,
    RangeArguments, ReturnsChoice, SbmArguments, StagesArguments, UndesirableArguments,
};
use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::output::Cell;

/// `mizan frontier sbm`.
pub fn sbm(arguments: &SbmArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let units = Units::read(&arguments.inputs)?;
    let data = units.quantities(session)?;
    let undesirable = (!arguments.undesirable.is_empty()).then(|| units.further(&arguments.undesirable)).transpose()?;
    let scored = slacks_based(&data, undesirable.as_ref(), returns(arguments.returns.rts), sides(arguments.sides))
        .map_err(|error| units.refused(&error))?;
    let all: [&[String]; 3] = [&units.inputs, &units.outputs, &arguments.undesirable];
    let columns = header(&["score", "peers", "unique"], &[prefixed("slack", &all), prefixed("target", &all)], &[]);
    let line = |s: SlacksBased| {
        let mut line: Vec<Cell> = vec![Some(s.score).into(), peers(&s.peers, &units.ids), yes(s.is_unique)];
        line.extend(cells(&[&s.input_slacks, &s.output_slacks, &s.undesirable_slacks]));
        line.extend(cells(&[&s.input_targets, &s.output_targets, &s.undesirable_targets]));
        line
    };
    Answer::of(&units, &columns, scored, line).write(&arguments.output, session)
}

/// `mizan frontier additive`.
pub fn additive(arguments: &AdditiveArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let units = Units::read(&arguments.inputs)?;
    let data = units.quantities(session)?;
    let weights = match arguments.weights {
        AdditiveWeights::Unit => Weights::Unit,
        AdditiveWeights::Range => Weights::Range,
        AdditiveWeights::Proportion => Weights::Proportion,
        AdditiveWeights::Bounded => Weights::Bounded,
    };
    let scored =
        additive_model(&data, returns(arguments.returns.rts), &weights).map_err(|error| units.refused(&error))?;
    let both: [&[String]; 2] = [&units.inputs, &units.outputs];
    let columns = header(
        &["score", "efficiency", "peers", "unique"],
        &[prefixed("slack", &both), prefixed("target", &both)],
        &[],
    );
    let line = |s: Additive| {
        let mut line: Vec<Cell> =
            vec![Some(s.objective).into(), s.efficiency.into(), peers(&s.peers, &units.ids), yes(s.is_unique)];
        line.extend(cells(&[&s.input_slacks, &s.output_slacks, &s.input_targets, &s.output_targets]));
        line
    };
    Answer::of(&units, &columns, scored, line).write(&arguments.output, session)
}

/// `mizan frontier russell`.
pub fn russell(arguments: &PlainArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let units = Units::read(&arguments.inputs)?;
    let data = units.quantities(session)?;
    let scored = russell_input(&data, returns(arguments.returns.rts)).map_err(|error| units.refused(&error))?;
    let columns = header(&["score", "peers", "unique"], &[prefixed("factor", &[&units.inputs])], &[]);
    let line = |s: Russell| {
        let mut line: Vec<Cell> = vec![Some(s.score).into(), peers(&s.peers, &units.ids), yes(s.is_unique)];
        line.extend(cells(&[&s.factors]));
        line
    };
    Answer::of(&units, &columns, scored, line).write(&arguments.output, session)
}

/// `mizan frontier hyperbolic`.
pub fn hyperbolic(arguments: &PlainArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let units = Units::read(&arguments.inputs)?;
    let data = units.quantities(session)?;
    let scored = mizan_frontier::hyperbolic::hyperbolic(&data, returns(arguments.returns.rts))
        .map_err(|error| units.refused(&error))?;
    let line = |s: Hyperbolic| vec![Some(s.score).into(), peers(&s.peers, &units.ids)];
    Answer::of(&units, &header(&["score", "peers"], &[], &[]), scored, line).write(&arguments.output, session)
}

/// `mizan frontier range`: numbers may be negative.
pub fn range(arguments: &RangeArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let units = Units::read(&arguments.inputs)?;
    let scored = range_directional(&units.data.inputs, &units.data.outputs, sides(arguments.sides))
        .map_err(|error| units.refused(&error))?;
    let both: [&[String]; 2] = [&units.inputs, &units.outputs];
    let line = |s: RangeDirectional| {
        let mut line: Vec<Cell> = vec![Some(s.efficiency).into(), peers(&s.peers, &units.ids), yes(s.is_unique)];
        line.extend(cells(&[&s.input_targets, &s.output_targets]));
        line
    };
    Answer::of(&units, &header(&["score", "peers", "unique"], &[prefixed("target", &both)], &[]), scored, line)
        .write(&arguments.output, session)
}

/// `mizan frontier undesirable`.
pub fn undesirable(arguments: &UndesirableArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let units = Units::read(&arguments.inputs)?;
    let data = units.quantities(session)?;
    let unwanted = units.further(&arguments.undesirable)?;
    let direction = match arguments.moves {
        MoveChoice::Outputs => Direction::OutputsAndUndesirable,
        MoveChoice::All => Direction::All,
        MoveChoice::Undesirable => Direction::Undesirable,
    };
    let scored = weakly_disposable(&data, &unwanted, returns(arguments.returns.rts), &direction)
        .map_err(|error| units.refused(&error))?;
    let all: [&[String]; 3] = [&units.inputs, &units.outputs, &arguments.undesirable];
    let columns = header(&["score", "peers", "abated", "unique"], &[prefixed("target", &all)], &[]);
    let line = |s: WeaklyDisposable| {
        let mut line: Vec<Cell> = vec![
            Some(s.inefficiency).into(),
            peers(&s.peers, &units.ids),
            peers(&s.abated, &units.ids),
            yes(s.is_unique),
        ];
        line.extend(cells(&[&s.inputs, &s.outputs, &s.undesirable]));
        line
    };
    Answer::of(&units, &columns, scored, line).write(&arguments.output, session)
}

/// `mizan frontier cross`.
pub fn cross(arguments: &CrossArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let units = Units::read(&arguments.inputs)?;
    let data = units.quantities(session)?;
    let goal = match arguments.goal {
        GoalChoice::Benevolent => SecondGoal::Benevolent,
        GoalChoice::Aggressive => SecondGoal::Aggressive,
    };
    let found = cross_efficiency(&data, goal).map_err(|(unit, reason)| {
        failure(format!("unit `{}`: {reason}", units.ids[unit]), "leave the unit out, or correct its numbers")
    })?;
    let by = prefixed("by", &[&units.ids]);
    let mut answer = Answer::new(&units, &header(&["score", "score_by_others", "own", "unique"], &[by], &[]));
    for row in 0..units.ids.len() {
        let number = |value: f64| Cell::Number(value.is_finite().then_some(value));
        let mut line = vec![
            number(found.scores[row]),
            number(found.scores_by_others[row]),
            number(found.matrix[(row, row)]),
            yes(found.is_unique[row]),
        ];
        line.extend((0..units.ids.len()).map(|judge| number(found.matrix[(judge, row)])));
        answer.add::<String>(row, Ok(line));
    }
    answer.write(&arguments.output, session)
}

/// `mizan frontier cost`.
pub fn cost(arguments: &CostArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let units = Units::read(&arguments.inputs)?;
    let data = units.quantities(session)?;
    if arguments.prices.len() != units.inputs.len() {
        let message = format!("{} prices for {} inputs", arguments.prices.len(), units.inputs.len());
        return Err(Failure::usage(message).help("name one column of prices for each input, in the same order"));
    }
    let prices = units.numbers(&arguments.prices)?;
    let scored =
        cost_efficiency(&data, &prices, returns(arguments.returns.rts)).map_err(|error| units.refused(&error))?;
    let columns = header(
        &["score", "technical", "allocative", "cost", "least_cost", "peers", "unique"],
        &[prefixed("best", &[&units.inputs])],
        &[],
    );
    let line = |s: CostEfficiency| {
        let mut line = cells(&[&[s.efficiency, s.technical, s.allocative, s.cost, s.least_cost]]);
        line.extend([peers(&s.peers, &units.ids), yes(s.is_unique)]);
        line.extend(cells(&[&s.inputs]));
        line
    };
    Answer::of(&units, &columns, scored, line).write(&arguments.output, session)
}

/// `mizan frontier stages`: products of efficiencies under constant returns, weighted means under variable ones.
pub fn stages(arguments: &StagesArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let units = Units::read(&arguments.inputs)?;
    let data = units.quantities(session)?;
    let between = units.further(&arguments.between)?;
    let columns = header(&["score", "first_at_its_best", "second_then", "second_at_its_best", "first_then"], &[], &[]);
    let mut answer = Answer::new(&units, &columns);
    let number = |value: f64| Cell::Number(value.is_finite().then_some(value));
    if arguments.rts == ReturnsChoice::Crs {
        let scored = two_stage_multiplicative(&data.inputs, &between, &data.outputs).map_err(|e| units.refused(&e))?;
        for (row, scored) in scored.into_iter().enumerate() {
            answer.add(
                row,
                scored.map(|s| {
                    let ends = [s.first_best.first, s.first_best.second, s.second_best.second, s.second_best.first];
                    std::iter::once(s.overall).chain(ends).map(number).collect()
                }),
            );
        }
        return answer.write(&arguments.output, session);
    }
    let returns: Returns = returns(arguments.rts);
    let scored = two_stage_additive(&data.inputs, &between, &data.outputs, returns).map_err(|e| units.refused(&e))?;
    for (row, scored) in scored.into_iter().enumerate() {
        answer.add(
            row,
            scored.map(|s| {
                let (first, second) = (s.first_best.ok(), s.second_best.ok());
                vec![
                    number(s.overall),
                    first.map(|stages| stages.first).into(),
                    first.map(|stages| stages.second).into(),
                    second.map(|stages| stages.second).into(),
                    second.map(|stages| stages.first).into(),
                ]
            }),
        );
    }
    answer.write(&arguments.output, session)
}
