//! `mizan evidence bootstrap`: intervals by resampling.

use mizan_stats::bootstrap::{BootstrapError, Units, acceleration_of, draw, quantiles_without, ratios_without};
use mizan_stats::quantile::quantile_of_unsorted;

use super::table::{Cells, cases, head, in_group, line, number, too_few, warn_of_few_clusters};
use crate::arguments::{ResampleArguments, ResampledInterval, ResampledStatistic};
use crate::commands::Session;
use crate::failure::Failure;
use crate::output::Table;

/// One row a group: estimate, standard error, bias and limits.
pub fn bootstrap(arguments: &ResampleArguments, session: &Session<'_>) -> Result<Table, Failure> {
    if arguments.denominator.is_some() && arguments.statistic != ResampledStatistic::Ratio {
        return Err(Failure::usage("`--of` has no effect on this statistic").help("add `--statistic ratio`"));
    }
    if arguments.block.is_some() && arguments.limits == ResampledInterval::Bca {
        return Err(Failure::usage("blocks overlap and cannot be left out one by one, which `bca` needs")
            .help("add `--method percentile` or `--method basic`"));
    }
    let cells = Cells::read(&arguments.table.cases)?;
    let values = cells.known_numbers(&arguments.value)?;
    let of = match &arguments.denominator {
        Some(column) => Some(cells.numbers(column)?),
        None => None,
    };
    let labels = match &arguments.cluster {
        Some(column) => Some(cells.words(column)?),
        None => None,
    };
    let split = arguments.table.split.as_deref();
    let groups = cases(&arguments.table, &cells, &values, &arguments.value, session)?;
    let columns = ["n", "units", "value", "standard_error", "bias", "lower", "upper"];
    let mut table = Table::new(&head(split, &columns));
    let title = session.text.messages.replications_progress();
    let total = arguments.draws.replications.saturating_mul(groups.len()) as u64;
    let phase = session.report.phase("bootstrap", &title, total, session.text);
    let mut fewest = usize::MAX;
    for (group, rows) in groups {
        let own: Vec<f64> = rows.iter().map(|row| values[*row]).collect();
        let own_of: Option<Vec<f64>> = of.as_ref().map(|of| rows.iter().map(|row| of[*row]).collect());
        let own_labels: Option<Vec<&str>> = labels.as_ref().map(|labels| rows.iter().map(|row| labels[*row]).collect());
        let wrong = |error: BootstrapError| explained(error, &group, arguments);
        let units = units(arguments, own.len(), own_labels.as_deref())?.map_err(wrong)?;
        fewest = fewest.min(units.len());
        let counted = |drawn: &[usize]| {
            phase.inc(1);
            statistic(arguments.statistic, &own, own_of.as_deref(), drawn)
        };
        let drawn = draw(&units, arguments.draws.replications, arguments.draws.seed, counted).map_err(wrong)?;
        let confidence = arguments.confidence.confidence;
        let limits = match arguments.limits {
            ResampledInterval::Percentile => drawn.percentile(confidence),
            ResampledInterval::Basic => drawn.basic(confidence),
            ResampledInterval::Bca => without_each(arguments.statistic, &units, &own, own_of.as_deref())
                .and_then(|without| acceleration_of(&without))
                .and_then(|a| drawn.bias_corrected(confidence, a)),
        };
        let (low, high) = limits.map_err(wrong)?;
        let mut row = vec![own.len().into(), units.len().into()];
        row.extend([drawn.estimate(), drawn.standard_error(), drawn.bias(), low, high].map(number));
        table.rows.push(line(split, &group, row));
    }
    phase.finish();
    if arguments.cluster.is_some() {
        warn_of_few_clusters(fewest, session);
    }
    session.report.say(&format!("B {}, seed {}", arguments.draws.replications, arguments.draws.seed));
    Ok(table)
}

/// Level of a statistic that is a quantile.
fn level(kind: ResampledStatistic) -> Option<f64> {
    match kind {
        ResampledStatistic::Median => Some(0.5),
        ResampledStatistic::P90 => Some(0.9),
        ResampledStatistic::P95 => Some(0.95),
        ResampledStatistic::Mean | ResampledStatistic::Ratio => None,
    }
}

/// The statistic of rows, some of which are drawn more than once. Without denominators the ratio is a mean.
fn statistic(kind: ResampledStatistic, values: &[f64], of: Option<&[f64]>, rows: &[usize]) -> f64 {
    let sum = |column: &[f64]| rows.iter().map(|row| column[*row]).sum::<f64>();
    match level(kind) {
        Some(p) => {
            let mut drawn: Vec<f64> = rows.iter().map(|row| values[*row]).collect();
            quantile_of_unsorted(&mut drawn, p).unwrap_or(f64::NAN)
        }
        None => sum(values) / of.map_or(rows.len() as f64, sum),
    }
}

/// The statistic without each unit in turn.
fn without_each(
    kind: ResampledStatistic,
    units: &Units,
    values: &[f64],
    of: Option<&[f64]>,
) -> Result<Vec<f64>, BootstrapError> {
    match (level(kind), of) {
        (Some(p), _) => quantiles_without(units, values, p),
        (None, Some(of)) => ratios_without(units, values, of),
        (None, None) => ratios_without(units, values, &vec![1.0; values.len()]),
    }
}

/// What is drawn: rows, clusters, or blocks of a series.
fn units(
    arguments: &ResampleArguments,
    rows: usize,
    labels: Option<&[&str]>,
) -> Result<Result<Units, BootstrapError>, Failure> {
    Ok(match (labels, arguments.block.as_deref()) {
        (Some(labels), _) => Units::clusters(labels),
        (None, None) => Units::rows(rows),
        (None, Some("auto")) => Units::moving_blocks(rows, Units::block_length(rows)),
        (None, Some(length)) => {
            let wrong =
                || Failure::usage(format!("`{length}` is no length of a block")).help("write `auto` or a number");
            Units::moving_blocks(rows, length.parse().map_err(|_| wrong())?)
        }
    })
}

/// What the library refuses, with the group and a remedy.
fn explained(error: BootstrapError, group: &str, arguments: &ResampleArguments) -> Failure {
    let place = in_group(group);
    let message = format!("{error}{place}");
    match error {
        BootstrapError::TooFewUnits(units) => {
            let what = if arguments.cluster.is_some() { "clusters" } else { "rows" };
            too_few(format!("{what}{place}: {units}, at least two are needed"), "leave the group out, or join groups")
        }
        BootstrapError::TooFewReplicates { .. } => {
            Failure::usage(message).help("raise `--replications` (2000 are usual), or lower `--confidence`")
        }
        BootstrapError::BlockLength { .. } => {
            Failure::usage(message).help("blocks have a length of at least 1 and at most half of the series")
        }
        BootstrapError::NoEstimate | BootstrapError::NoReplicate(_) | BootstrapError::NoLeaveOneOut(_) => {
            too_few(message, "see that denominators do not add up to 0, also where some rows are left out")
        }
        BootstrapError::NoCorrection => {
            too_few(message, "choose `--method percentile`, or leave out a group without variation")
        }
        BootstrapError::Overlapping | BootstrapError::Confidence(_) => Failure::internal(message),
    }
}
