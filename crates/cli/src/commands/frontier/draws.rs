//! Bootstrap, circumstances, and partial frontiers.

use mizan_frontier::bootstrap::{self, Bandwidth, BootstrapError, Scale};
use mizan_frontier::environment;
use mizan_frontier::free_disposal::DisposalError;
use mizan_frontier::radial::farrell;
use mizan_frontier::technology::{Data, Returns};
use mizan_frontier::{order_alpha as alpha_frontier, order_m as m_frontier};
use nalgebra::DMatrix;

use super::answer::{Answer, header, yes};
use super::units::{Units, failure, orientation, returns};
use crate::arguments::{BootstrapArguments, EnvironmentArguments, OrderAlphaArguments, OrderMArguments};
use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::output::{Cell, Table};

/// `mizan frontier bootstrap`.
pub fn bootstrap(arguments: &BootstrapArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let units = Units::read(&arguments.inputs)?;
    let data = units.quantities(session)?;
    let (returns, orientation) = (returns(arguments.returns.rts), orientation(arguments.orientation.orientation));
    smooth(returns)?;
    if arguments.farrell && orientation == mizan_frontier::orientation::Orientation::Output {
        return Err(
            Failure::usage("`--farrell` has no effect on outputs: φ is corrected as it is").help("leave it out")
        );
    }
    let options = bootstrap::Options {
        replicates: arguments.draws.replications,
        seed: arguments.draws.seed,
        bandwidth: bandwidth(&arguments.bandwidth)?,
        scale: if arguments.farrell { Scale::Farrell } else { Scale::Reciprocal },
        confidence: arguments.draws.confidence,
    };
    let title = session.text.messages.replications_progress();
    let phase = session.report.phase("bootstrap", &title, options.replicates as u64, session.text);
    let score = |inputs: &DMatrix<f64>, outputs: &DMatrix<f64>| {
        phase.inc(1);
        farrell(&Data { inputs: inputs.clone(), outputs: outputs.clone() }, &data, returns, orientation)
    };
    let found = bootstrap::bootstrap(&data.inputs, &data.outputs, orientation, options, score)
        .map_err(|error| not_drawn(&error, &units))?;
    phase.finish();
    let columns = header(&["score", "corrected", "bias", "variance", "lower", "upper", "correction"], &[], &[]);
    let mut answer = Answer::new(&units, &columns);
    for (row, unit) in found.units.iter().enumerate() {
        let numbers = [unit.score, unit.corrected, unit.bias, unit.variance, unit.interval.0, unit.interval.1];
        let mut line: Vec<Cell> = numbers.iter().map(|number| Some(*number).into()).collect();
        line.push(yes(!unit.correction_not_worth_it));
        answer.add::<String>(row, Ok(line));
    }
    session.report.say(&format!(
        "rts {}, orientation {}, B {}, seed {}, h {}",
        returns.word(),
        if orientation == mizan_frontier::orientation::Orientation::Input { "in" } else { "out" },
        options.replicates,
        options.seed,
        session.text.numbers.decimal(Some(found.bandwidth), 6)
    ));
    answer.write(&arguments.output, session)
}

/// The smoothed bootstrap is made for frontiers without steps.
fn smooth(returns: Returns) -> Result<(), Failure> {
    match returns {
        Returns::FreeDisposalHull => Err(Failure::usage("the bootstrap is not made for the free disposal hull")
            .help("choose other returns with `--rts`, or a partial frontier (`order-m`, `order-alpha`)")),
        _ => Ok(()),
    }
}

fn out_of_range() -> Failure {
    Failure::usage("`--replications` must be at least 2, `--confidence` above 0 and below 1, `--bandwidth` above 0")
        .help("2000 replications and a confidence of 0.95 are usual")
}

fn not_drawn(error: &BootstrapError, units: &Units) -> Failure {
    match error {
        BootstrapError::Option(_) => out_of_range(),
        BootstrapError::AllEfficient => failure(
            "all units are efficient: there is no inefficiency to draw from",
            "leave out variables, or add units",
        ),
        BootstrapError::NoScore { unit } | BootstrapError::Replicate { unit, .. } => failure(
            format!("unit `{}` has no score, or none in a replication", units.ids[*unit]),
            "see it with `mizan frontier dea`; leave the unit out, or choose other returns",
        ),
    }
}

fn bandwidth(rule: &str) -> Result<Bandwidth, Failure> {
    match rule {
        "normal" => Ok(Bandwidth::NormalReference),
        "cv" => Ok(Bandwidth::CrossValidation),
        number => {
            match number.parse::<f64>() {
                Ok(width) if width > 0.0 && width.is_finite() => Ok(Bandwidth::Given(width)),
                _ => Err(Failure::usage(format!("`{number}` is no rule of smoothing"))
                    .help("write `normal`, `cv` or a number")),
            }
        }
    }
}

/// `mizan frontier environment`.
pub fn environment(arguments: &EnvironmentArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let units = Units::read(&arguments.inputs)?;
    let data = units.quantities(session)?;
    let (returns, orientation) = (returns(arguments.returns.rts), orientation(arguments.orientation.orientation));
    smooth(returns)?;
    let (names, z) = circumstances(&units, &arguments.explained_by)?;
    let options = environment::Options {
        bias_draws: 100,
        draws: arguments.draws.replications,
        seed: arguments.draws.seed,
        confidence: arguments.draws.confidence,
    };
    let title = session.text.messages.replications_progress();
    let phase = session.report.phase("environment", &title, options.bias_draws as u64, session.text);
    let score = |inputs: &DMatrix<f64>, outputs: &DMatrix<f64>| {
        phase.inc(1);
        farrell(&Data { inputs: inputs.clone(), outputs: outputs.clone() }, &data, returns, orientation)
    };
    let found = match arguments.algorithm {
        1 => environment::algorithm_one(&score(&data.inputs, &data.outputs), orientation, &names, &z, options),
        _ => environment::algorithm_two(&data.inputs, &data.outputs, orientation, &names, &z, options, score),
    }
    .map_err(|error| match error {
        environment::EnvironmentError::Option(_) => out_of_range(),
        environment::EnvironmentError::Scores(error) => not_drawn(&error, &units),
        error => failure(error.to_string(), "leave out circumstances, or add units"),
    })?;
    phase.finish();
    let mut table =
        Table::new(&["effect", "estimate", "lower", "upper", "lower_percentile", "upper_percentile", "p_value"]);
    for effect in &found.effects {
        let numbers = [effect.estimate, effect.basic.0, effect.basic.1, effect.percentile.0, effect.percentile.1];
        let mut line: Vec<Cell> = vec![effect.name.as_str().into()];
        line.extend(numbers.iter().map(|number| Cell::from(Some(*number))));
        line.push(Cell::Number(effect.p_value.is_finite().then_some(effect.p_value)));
        table.rows.push(line);
    }
    table.for_readers(session.text).write(arguments.output.format, arguments.output.out.as_deref())?;
    Ok(Exit::Done)
}

/// A constant, columns of numbers, and one column a word (but the first) for columns of words.
fn circumstances(units: &Units, columns: &[String]) -> Result<(Vec<String>, DMatrix<f64>), Failure> {
    let rows = units.ids.len();
    let mut names = vec!["(Intercept)".to_owned()];
    let mut z = DMatrix::from_element(rows, 1, 1.0);
    let mut append = |name: Vec<String>, columns: DMatrix<f64>| {
        names.extend(name);
        let place = z.ncols();
        z = std::mem::take(&mut z).insert_columns(place, columns.ncols(), 0.0);
        z.columns_mut(place, columns.ncols()).copy_from(&columns);
    };
    for name in columns {
        let column = units.sheet.needed(name)?;
        let is_word = |row: usize| units.sheet.text(row, column).is_some_and(|cell| cell.parse::<f64>().is_err());
        if (0..rows).any(is_word) {
            let words: Vec<String> =
                (0..rows).map(|row| units.sheet.text(row, column).unwrap_or_default().to_owned()).collect();
            let (levels, table) = environment::dummies(name, &words);
            append(levels, table);
        } else {
            append(vec![name.clone()], units.numbers(std::slice::from_ref(name))?);
        }
    }
    Ok((names, z))
}

/// `mizan frontier order-m`.
pub fn order_m(arguments: &OrderMArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let units = Units::read(&arguments.inputs)?;
    let orientation = orientation(arguments.orientation.orientation);
    let found = m_frontier::scores(&units.data.inputs, &units.data.outputs, orientation, arguments.m)
        .map_err(|error| not_partial(&error, &units))?;
    partial(&units, found, &arguments.output, session)
}

/// `mizan frontier order-alpha`.
pub fn order_alpha(arguments: &OrderAlphaArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let units = Units::read(&arguments.inputs)?;
    let orientation = orientation(arguments.orientation.orientation);
    let found = alpha_frontier::scores(&units.data.inputs, &units.data.outputs, orientation, arguments.alpha)
        .map_err(|error| not_partial(&error, &units))?;
    partial(&units, found, &arguments.output, session)
}

fn not_partial(error: &DisposalError, units: &Units) -> Failure {
    match error {
        DisposalError::Order | DisposalError::Level(_) => {
            Failure::usage(error.to_string()).help("`--m` is at least 1, `--alpha` above 0 and at most 1")
        }
        DisposalError::Negative { unit } => {
            failure(format!("unit `{}` has a negative number", units.ids[*unit]), "correct the table")
        }
        error => failure(error.to_string(), "correct the table"),
    }
}

fn partial(
    units: &Units,
    found: Vec<Option<f64>>,
    output: &crate::arguments::OutputArguments,
    session: &Session<'_>,
) -> Result<Exit, Failure> {
    let mut answer = Answer::new(units, &header(&["score"], &[], &[]));
    for (row, score) in found.into_iter().enumerate() {
        answer.add(row, score.map(|score| vec![Some(score).into()]).ok_or("no input or output above 0"));
    }
    answer.write(output, session)
}
