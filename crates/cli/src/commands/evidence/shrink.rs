//! `mizan evidence shrink`: raw and shrunk figures side by side.

use mizan_model::diagnostic::Diagnostic;
use mizan_stats::interval::normal_mean;
use mizan_stats::shrinkage::{BetaPrior, Between, Fit, ShrinkageError, james_stein, shrink_means};
use nalgebra::DMatrix;

use super::interval::{Figure, figure, two_sided};
use super::table::{number, too_few, units};
use super::{NO_SPREAD, REFUSED};
use crate::arguments::{FitChoice, ShrinkArguments};
use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::findings::Texts;
use crate::output::{Cell, Table};

/// One row a unit.
pub fn shrink(arguments: &ShrinkArguments, session: &Session<'_>) -> Result<Table, Failure> {
    match (figure(&arguments.figure), &arguments.figure.value, arguments.variance) {
        (Some(Figure::Proportion { hits, of }), _, _) => rates(arguments, hits, of, session),
        (Some(Figure::Estimate { value, error }), _, _) => means(arguments, value, error, session),
        (None, Some(value), Some(variance)) => common_variance(arguments, value, variance, session),
        _ => Err(Failure::usage("a value needs its standard error")
            .help("name its column with `--error`, or give one `--variance` of all values")),
    }
}

fn rates(arguments: &ShrinkArguments, hits: &str, of: &str, session: &Session<'_>) -> Result<Table, Failure> {
    let (cells, ids) = units(&arguments.table, &[hits, of])?;
    let (r, n) = cells.counts(hits, of, true)?;
    let fit = match arguments.fit {
        FitChoice::Likelihood => Fit::Likelihood,
        FitChoice::Moments => Fit::Moments,
    };
    let prior = BetaPrior::estimate(&r, &n, fit).map_err(explained)?;
    let shown = |value: f64| session.text.numbers.decimal(Some(value), 4);
    if prior.concentration.is_infinite() {
        say_no_spread(session);
        session.report.say(&format!("p {}, a + b ∞", shown(prior.mean)));
    } else {
        let (a, b) = (prior.mean * prior.concentration, (1.0 - prior.mean) * prior.concentration);
        session.report.say(&format!("p {}, a {}, b {}", shown(prior.mean), shown(a), shown(b)));
    }
    let mut table = Table::new(&["unit", "hits", "of", "raw", "expected", "weight", "shrunk", "lower", "upper"]);
    for (row, id) in ids.into_iter().enumerate() {
        let (low, high) = prior
            .interval(r[row], n[row], arguments.confidence.confidence)
            .ok_or_else(|| Failure::internal("counts without an interval"))?;
        let weight =
            if prior.concentration.is_infinite() { 1.0 } else { prior.concentration / (n[row] + prior.concentration) };
        let shrunk = prior.shrink(r[row], n[row]);
        let numbers = [r[row], n[row], r[row] / n[row], prior.mean, weight, shrunk, low, high];
        table.rows.push(line(id, &numbers));
    }
    Ok(table)
}

fn means(arguments: &ShrinkArguments, value: &str, error: &str, session: &Session<'_>) -> Result<Table, Failure> {
    let (cells, ids) = units(&arguments.table, &[value, error])?;
    let (values, errors) = (cells.numbers(value)?, cells.errors(error, false)?);
    let circumstances: Vec<Vec<f64>> =
        arguments.towards.iter().map(|column| cells.numbers(column)).collect::<Result<_, _>>()?;
    let design = DMatrix::from_fn(values.len(), 1 + circumstances.len(), |row, column| {
        if column == 0 { 1.0 } else { circumstances[column - 1][row] }
    });
    let found = shrink_means(&values, &errors, Some(&design), between(&arguments.spread)?).map_err(explained)?;
    if found.between == 0.0 {
        say_no_spread(session);
    }
    let shown = |value: f64| session.text.numbers.decimal(Some(value), 4);
    let names = std::iter::once("mean").chain(arguments.towards.iter().map(String::as_str));
    let coefficients: Vec<String> = names
        .zip(found.coefficients.iter().zip(&found.coefficient_errors))
        .map(|(name, (coefficient, error))| format!("{name} {} ± {}", shown(*coefficient), shown(*error)))
        .collect();
    session.report.say(&format!("τ² {}, {}", shown(found.between), coefficients.join(", ")));
    let z = two_sided(arguments.confidence.confidence);
    let columns = ["unit", "raw", "error", "expected", "weight", "shrunk", "standard_error", "lower", "upper"];
    let mut table = Table::new(&columns);
    for (row, id) in ids.into_iter().enumerate() {
        let unit = found.units[row];
        let (low, high) = normal_mean(unit.shrunk, unit.standard_error, z);
        let numbers = [unit.raw, errors[row], unit.expected, unit.weight, unit.shrunk, unit.standard_error, low, high];
        table.rows.push(line(id, &numbers));
    }
    Ok(table)
}

fn common_variance(
    arguments: &ShrinkArguments,
    value: &str,
    variance: f64,
    session: &Session<'_>,
) -> Result<Table, Failure> {
    if !(variance > 0.0 && variance.is_finite()) {
        return Err(Failure::usage("`--variance` is not above 0").help("give the square of the standard error"));
    }
    let (cells, ids) = units(&arguments.table, &[value])?;
    let values = cells.numbers(value)?;
    let (c, shrunk) = james_stein(&values, variance).map_err(explained)?;
    if c == 0.0 {
        say_no_spread(session);
    }
    session.report.say(&format!("c {}", session.text.numbers.decimal(Some(c), 5)));
    let mut table = Table::new(&["unit", "raw", "shrunk"]);
    for (row, id) in ids.into_iter().enumerate() {
        table.rows.push(line(id, &[values[row], shrunk[row]]));
    }
    Ok(table)
}

fn line(id: String, numbers: &[f64]) -> Vec<Cell> {
    std::iter::once(id.into()).chain(numbers.iter().copied().map(number)).collect()
}

/// How the variance between units is taken.
fn between(rule: &str) -> Result<Between, Failure> {
    match rule {
        "dersimonian-laird" => Ok(Between::DerSimonianLaird),
        "paule-mandel" => Ok(Between::PauleMandel),
        other => match other.parse::<f64>() {
            Ok(variance) if variance >= 0.0 && variance.is_finite() => Ok(Between::Given(variance)),
            _ => Err(Failure::usage(format!("`{other}` is no rule of the spread"))
                .help("write `dersimonian-laird`, `paule-mandel` or a number of at least 0")),
        },
    }
}

fn say_no_spread(session: &Session<'_>) {
    let message = "the units differ no more than chance has them: each gets the common figure";
    let finding = Diagnostic::notice(NO_SPREAD, message).help("say of these units what holds for all of them");
    session.report.findings(&[finding], &Texts::default());
}

fn explained(error: ShrinkageError) -> Failure {
    match error {
        ShrinkageError::TooFew { .. } => too_few(error.to_string(), "add units"),
        ShrinkageError::Collinear => Failure::new(Exit::Input, REFUSED, error.to_string())
            .help("leave out a column of `--towards` that is the same for all units, or that others add up to"),
        ShrinkageError::NoOptimum => Failure::new(Exit::Input, REFUSED, error.to_string())
            .help("units that each are all or nothing, or of one case, do not say how much units differ"),
        ShrinkageError::NoValue { .. }
        | ShrinkageError::NoStandardError { .. }
        | ShrinkageError::NoProportion { .. } => Failure::internal(error.to_string()),
    }
}
