//! `mizan frontier sfa`.

use mizan_frontier::stochastic::{Coefficient, Design, Inefficiency, Kind, Optimum, fit};
use nalgebra::DMatrix;

use super::answer::{Answer, header};
use super::units::{Units, failure};
use crate::arguments::{FormChoice, InefficiencyChoice, SfaArguments, SfaPart};
use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::output::{Cell, Table};

/// Fits the frontier, and prints efficiencies or coefficients.
pub fn sfa(arguments: &SfaArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let units = Units::read(&arguments.inputs)?;
    let [_] = units.outputs.as_slice() else {
        return Err(Failure::usage("a stochastic frontier has one output").help("name one column with `--outputs`"));
    };
    let wrong = |error: mizan_frontier::stochastic::StochasticError| {
        failure(error.to_string(), "correct the table, or choose another form or distribution")
    };
    // The library takes logarithms; what is one already goes back first.
    let levels = |table: &DMatrix<f64>| if arguments.logarithms { table.map(f64::exp) } else { table.clone() };
    let (inputs, outputs) = (levels(&units.data.inputs), levels(&units.data.outputs));
    if let Some(row) = outputs.iter().position(|value| *value <= 0.0) {
        let message = format!("line {} of `{}`: `{}` is not above 0", row + 2, units.sheet.file, units.outputs[0]);
        return Err(failure(
            message,
            "a logarithm needs numbers above 0; `--logarithms` says that they are taken already",
        ));
    }
    let names: Vec<&str> = units.inputs.iter().map(String::as_str).collect();
    let design = match arguments.form {
        FormChoice::CobbDouglas => Design::cobb_douglas(&names, &inputs),
        FormChoice::Translog => Design::translog(&names, &inputs),
    }
    .map_err(wrong)?;
    let y: Vec<f64> = outputs.iter().map(|value| value.ln()).collect();
    let kind = if arguments.cost { Kind::Cost } else { Kind::Production };
    let fitted = fit(&y, &design, kind, &inefficiency(arguments, &units)?).map_err(wrong)?;
    if fitted.wrong_skew || fitted.optimum == Optimum::NoInefficiency {
        session.report.findings(
            &[mizan_model::diagnostic::Diagnostic::warning(
                mizan_frontier::codes::NOT_UNIQUE,
                "the residuals show no inefficiency: its variance is estimated as 0",
            )
            .help("the frontier is the least squares line; efficiencies of 1 say nothing about the units")],
            &crate::findings::Texts::default(),
        );
    }
    session.report.say(&format!(
        "ln L {} · |g| {:.1e} · LR {} (p {})",
        fitted.log_likelihood,
        fitted.gradient_norm,
        session.text.numbers.decimal(Some(fitted.test.statistic), 4),
        session.text.numbers.decimal(Some(fitted.test.p_value), 4),
    ));
    if arguments.what == SfaPart::Coefficients {
        let mut table = Table::new(&["coefficient", "estimate", "standard_error", "z"]);
        let number = |value: f64| Cell::Number(value.is_finite().then_some(value));
        for Coefficient { name, estimate, standard_error } in fitted.coefficients.iter().chain(&fitted.derived) {
            let z = estimate / standard_error;
            table.rows.push(vec![name.as_str().into(), number(*estimate), number(*standard_error), number(z)]);
        }
        table.rows.push(vec!["log_likelihood".into(), number(fitted.log_likelihood), None.into(), None.into()]);
        table.for_readers(session.text).write(arguments.output.format, arguments.output.out.as_deref())?;
        return Ok(Exit::Done);
    }
    let mut answer = Answer::new(&units, &header(&["score", "score_jlms", "inefficiency"], &[], &[]));
    for (row, efficiency) in fitted.efficiencies.iter().enumerate() {
        let numbers = [efficiency.battese_coelli, efficiency.jlms, efficiency.inefficiency];
        answer.add::<String>(row, Ok(numbers.iter().map(|number| Some(*number).into()).collect()));
    }
    answer.write(&arguments.output, session)
}

/// The distribution that was asked for.
fn inefficiency(arguments: &SfaArguments, units: &Units) -> Result<Inefficiency, Failure> {
    let is_panel = arguments.time.is_some() || !arguments.explained_by.is_empty();
    if is_panel && arguments.inefficiency == InefficiencyChoice::Exponential {
        return Err(Failure::usage("panels and explained inefficiency have no exponential distribution")
            .help("leave `--inefficiency` out, or choose `half-normal` or `truncated`"));
    }
    if let Some(time) = &arguments.time {
        let times = units.numbers(std::slice::from_ref(time))?;
        let mut known: Vec<&String> = Vec::new();
        let number = |id| match known.iter().position(|other| *other == id) {
            Some(at) => at,
            None => {
                known.push(id);
                known.len() - 1
            }
        };
        return Ok(Inefficiency::Panel {
            units: units.ids.iter().map(number).collect(),
            times: times.iter().copied().collect(),
            truncated: arguments.inefficiency == InefficiencyChoice::Truncated,
            varying: arguments.varying,
        });
    }
    if !arguments.explained_by.is_empty() {
        let columns = units.numbers(&arguments.explained_by)?;
        let z = columns.insert_column(0, 1.0);
        let names = std::iter::once("(Intercept of inefficiency)".to_owned())
            .chain(arguments.explained_by.iter().cloned())
            .collect();
        return Ok(Inefficiency::Explained { names, z });
    }
    Ok(match arguments.inefficiency {
        InefficiencyChoice::HalfNormal => Inefficiency::HalfNormal,
        InefficiencyChoice::Truncated => Inefficiency::TruncatedNormal,
        InefficiencyChoice::Exponential => Inefficiency::Exponential,
    })
}
