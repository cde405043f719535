//! `mizan index coherence`.

mod parents;

use mizan_index::availability;
use mizan_index::chain::Chain;
use mizan_index::codes;
use mizan_index::coherence::{
    CoherenceError, Covariances, Divisor, Divisors, Doubt, Flag, Limits, Method, Thresholds, correlations,
    factorability, principal_components, reliability, siblings, statistics, with_denominators,
};
use mizan_index::recipe::Recipe;
use mizan_index::time::trends;
use mizan_model::diagnostic::{Checked, Diagnostic};
use nalgebra::DMatrix;

use super::{chain, element, guard, settled};
use crate::arguments::{CoherencePart, CorrelationKind, IndexCoherenceArguments};
use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::findings::Texts;
use crate::output::{Cell, Table};

/// An indicator that goes with a denominator this closely may have to be divided by it.
const STRONG: f64 = 0.7;

/// Looks at the indicators as they are in the table, turned so that more is better where that matters.
pub fn coherence(arguments: &IndexCoherenceArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let recipe = arguments.recipe.as_deref();
    guard(&arguments.inputs, &[recipe], &[arguments.output.out.as_deref()])?;
    if arguments.what == CoherencePart::Parents {
        return parents::parents(arguments, session);
    }
    if recipe.is_some() {
        return Err(Failure::usage("`--recipe` has no effect here: the table is looked at as it is")
            .help("it goes with `--what parents`"));
    }
    let chain = chain(&arguments.inputs, Recipe::default(), session)?;
    let top = element(&chain.structure, arguments.element.as_deref())?;
    let below = chain.structure.indicators_below(top);
    let codes: Vec<String> = below.iter().map(|at| chain.structure.elements[*at].code.clone()).collect();
    let raw = chain.dataset.values.select_columns(&below);
    let mut turned = raw.clone();
    for (column, at) in below.iter().enumerate() {
        turned.column_mut(column).scale_mut(chain.structure.elements[*at].direction);
    }
    let correlates = matches!(arguments.what, CoherencePart::Correlations | CoherencePart::Denominators);
    if arguments.kind.is_some() && !correlates {
        return Err(Failure::usage("`--kind` has no effect with this `--what`")
            .help("ask for `--what correlations`, `parents` or `denominators`, or leave it out"));
    }
    if arguments.inputs.denominators.is_some() && arguments.what != CoherencePart::Denominators {
        return Err(Failure::usage("`--denominators` has no effect with this `--what`")
            .help("ask for `--what denominators`, or leave it out"));
    }
    let method = method(arguments.kind.unwrap_or(CorrelationKind::Pearson));
    let table = match arguments.what {
        CoherencePart::Statistics => statistics_table(&raw, &codes, session)?,
        CoherencePart::Correlations => {
            let flagged = settled(
                siblings(&raw, &codes, &chain.structure, method, Limits { is_raw: true, ..Limits::default() }, 2),
                Exit::Input,
                Texts::default(),
                session,
            )?;
            let pairs = settled(correlations(&turned, &codes, method), Exit::Input, Texts::default(), session)?;
            let mut table = Table::new(&["a", "b", "r", "pairs", "p", "group", "flag"]);
            for pair in pairs {
                let own = [below[pair.a], below[pair.b]];
                let sibling =
                    flagged.iter().find(|sibling| [sibling.a, sibling.b] == own || [sibling.b, sibling.a] == own);
                let flag = word(sibling.and_then(|sibling| sibling.flag));
                let group = sibling.map_or("", |sibling| chain.structure.elements[sibling.group].code.as_str());
                table.rows.push(vec![
                    codes[pair.a].as_str().into(),
                    codes[pair.b].as_str().into(),
                    Some(pair.correlation.r).into(),
                    pair.correlation.pairs.into(),
                    pair.correlation.p.into(),
                    group.into(),
                    flag.into(),
                ]);
            }
            table
        }
        // Made above, from scores.
        CoherencePart::Parents => Table::default(),
        CoherencePart::Reliability => reliability_table(&turned, &codes, session)?,
        CoherencePart::Availability => availability_table(&chain, &below),
        CoherencePart::Denominators => {
            let found = with_denominators(&chain.dataset, method, STRONG);
            let mut table = Table::new(&["code", "denominator", "r", "pairs", "p", "strong"]);
            for pair in settled(found, Exit::Input, Texts::default(), session)? {
                table.rows.push(vec![
                    chain.dataset.indicators[pair.column].as_str().into(),
                    pair.denominator.into(),
                    Some(pair.correlation.r).into(),
                    pair.correlation.pairs.into(),
                    pair.correlation.p.into(),
                    if pair.is_strong { "yes" } else { "" }.into(),
                ]);
            }
            table
        }
        CoherencePart::Trends => {
            let found = settled(trends(&chain.dataset, &raw), Exit::Input, Texts::default(), session)?;
            let mut table = Table::new(&[
                "unit",
                "code",
                "n",
                "first_year",
                "first",
                "last_year",
                "last",
                "cagr",
                "percent_change",
            ]);
            for of in found {
                table.rows.push(vec![
                    of.unit.into(),
                    codes[of.column].as_str().into(),
                    of.n.into(),
                    Cell::Count(of.first.map(|(year, _)| year)),
                    of.first.map(|(_, value)| value).into(),
                    Cell::Count(of.last.map(|(year, _)| year)),
                    of.last.map(|(_, value)| value).into(),
                    of.cagr.into(),
                    of.percent_change.into(),
                ]);
            }
            table
        }
        CoherencePart::Components => {
            let found = principal_components(&turned, &codes).map_err(wrong)?;
            let kept = found.above_one().max(1);
            let rotated = found.rotated(kept).map_err(wrong)?;
            let mut columns = vec!["code".to_owned()];
            columns.extend((1..=found.eigenvalues.len()).map(|at| format!("component_{at}")));
            columns.extend((1..=kept).map(|at| format!("varimax_{at}")));
            let mut table = Table { columns, ..Table::default() };
            let cells = |numbers: &mut dyn Iterator<Item = f64>| {
                numbers.map(|number| Some(number).into()).collect::<Vec<Cell>>()
            };
            for (label, of_components, of_factors) in [
                ("eigenvalue", &found.eigenvalues, &rotated.explained),
                ("share", &found.shares, &rotated.explained.iter().map(|value| value / codes.len() as f64).collect()),
                ("cumulative", &found.cumulative, &Vec::new()),
            ] {
                let mut line: Vec<Cell> = vec![label.into()];
                line.extend(cells(&mut of_components.iter().copied()));
                line.extend(cells(&mut of_factors.iter().copied()));
                line.resize(table.columns.len(), None.into());
                table.rows.push(line);
            }
            for (at, code) in codes.iter().enumerate() {
                let mut line: Vec<Cell> = vec![code.as_str().into()];
                line.extend(cells(&mut found.loadings.row(at).iter().copied()));
                line.extend(cells(&mut rotated.loadings.row(at).iter().copied()));
                table.rows.push(line);
            }
            table
        }
    };
    let of = if arguments.what == CoherencePart::Correlations { "correlations" } else { "coherence" };
    let table = table.headed(session.text, of, |_| false).for_readers(session.text);
    table.write(arguments.output.format, arguments.output.out.as_deref())?;
    Ok(Exit::Done)
}

fn method(kind: CorrelationKind) -> Method {
    match kind {
        CorrelationKind::Pearson => Method::Pearson,
        CorrelationKind::Spearman => Method::Spearman,
        CorrelationKind::Kendall => Method::Kendall,
    }
}

/// The word of a flag in files.
fn word(flag: Option<Flag>) -> &'static str {
    match flag {
        None => "",
        Some(Flag::Collinear) => "collinear",
        Some(Flag::Low) => "low",
        Some(Flag::Negative) => "negative",
    }
}

/// One row a unit (and year): what is missing and zero among the indicators that are looked at.
fn availability_table(chain: &Chain, below: &[usize]) -> Table {
    let mut table = Table::new(&["uCode", "Time", "cells", "missing", "zeros", "available_share", "nonzero_share"]);
    let counts = availability::by_unit(&chain.dataset.values.select_columns(below));
    for (row, of) in chain.dataset.rows.iter().zip(counts) {
        table.rows.push(vec![
            row.unit.as_str().into(),
            Cell::Count(row.time),
            of.cells.into(),
            of.missing.into(),
            of.zeros.into(),
            of.available().into(),
            of.nonzero().into(),
        ]);
    }
    table
}

fn statistics_table(values: &DMatrix<f64>, codes: &[String], session: &Session<'_>) -> Result<Table, Failure> {
    // The convention of COINr, which people compare with; the record of the method says so.
    let divisors = Divisors { shares: Divisor::Observed, flags: Divisor::All };
    let checked: Checked<_> = statistics(values, codes, Thresholds::default(), divisors);
    let found = settled(checked, Exit::Input, Texts::default(), session)?;
    let mut table = Table::new(&[
        "code",
        "min",
        "max",
        "mean",
        "median",
        "sd",
        "skew",
        "kurtosis",
        "available",
        "nonzero",
        "unique",
        "available_share",
        "nonzero_share",
        "unique_share",
        "doubts",
    ]);
    for of in found {
        let doubts: Vec<&str> = of
            .doubts
            .iter()
            .map(|doubt| match doubt {
                Doubt::Available => "available",
                Doubt::Nonzero => "nonzero",
                Doubt::Unique => "unique",
                Doubt::Outliers => "outliers",
            })
            .collect();
        let mut line: Vec<Cell> = vec![of.code.into()];
        line.extend([of.min, of.max, of.mean, of.median, of.sd, of.skew, of.kurtosis].map(Cell::from));
        line.extend([of.available, of.nonzero, of.unique].map(Cell::from));
        line.extend([of.available_share, of.nonzero_share, of.unique_share].map(Cell::from));
        line.push(doubts.join(" ").into());
        table.rows.push(line);
    }
    Ok(table)
}

/// One row for all indicators, then one an indicator.
fn reliability_table(values: &DMatrix<f64>, codes: &[String], session: &Session<'_>) -> Result<Table, Failure> {
    // Indicators of different units: as if each had been standardised.
    let alpha = reliability(values, codes, Covariances::Standardised).map_err(wrong)?;
    // More indicators than complete rows have an alpha, but no inverse.
    let fitness = match factorability(values, codes) {
        Ok(fitness) => Some(fitness),
        Err(error) => {
            let message = format!("there is no KMO, variance inflation or Bartlett test: {error}");
            let finding = Diagnostic::warning(codes::TOO_FEW, message)
                .why("they need the inverse of the correlations, over units that have a value of each indicator")
                .help("look below one element with `--element`, or leave out indicators with many gaps");
            session.report.findings(&[finding], &Texts::default());
            None
        }
    };
    let mut table = Table::new(&[
        "code",
        "alpha",
        "alpha_without",
        "correlation_with_rest",
        "kmo",
        "variance_inflation",
        "bartlett_chi_square",
        "bartlett_p",
    ]);
    table.rows.push(vec![
        "".into(),
        Some(alpha.alpha).into(),
        None.into(),
        None.into(),
        fitness.as_ref().map(|of| of.kmo).into(),
        None.into(),
        fitness.as_ref().map(|of| of.bartlett.chi_square).into(),
        fitness.as_ref().map(|of| of.bartlett.p).into(),
    ]);
    for (at, (code, item)) in codes.iter().zip(&alpha.items).enumerate() {
        table.rows.push(vec![
            code.as_str().into(),
            None.into(),
            item.alpha_without.into(),
            item.correlation_with_rest.into(),
            fitness.as_ref().map(|of| of.kmo_by_indicator[at]).into(),
            fitness.as_ref().map(|of| of.variance_inflation[at]).into(),
            None.into(),
            None.into(),
        ]);
    }
    Ok(table)
}

fn wrong(error: CoherenceError) -> Failure {
    Failure::new(Exit::Input, codes::TOO_FEW, error.to_string())
        .help("leave out indicators, or look below one element with `--element`")
}
