//! `mizan evidence design`: what clusters and weights take away from a number of rows.

use mizan_stats::design_effect::{clustered_mean, effective_rows};

use super::table::{Cells, cases, groups, head, in_group, line, number, too_few, warn_of_few_clusters};
use crate::arguments::DesignArguments;
use crate::commands::Session;
use crate::failure::Failure;
use crate::output::{Cell, Table};

/// One row a group.
pub fn design(arguments: &DesignArguments, session: &Session<'_>) -> Result<Table, Failure> {
    let cells = Cells::read(&arguments.table.cases)?;
    match (&arguments.value, &arguments.likeness, &arguments.weight) {
        (Some(value), Some(cluster), _) => clusters(arguments, &cells, value, cluster, session),
        (_, _, Some(weight)) => weights(arguments, &cells, weight),
        _ => Err(Failure::internal("a design of nothing")),
    }
}

fn clusters(
    arguments: &DesignArguments,
    cells: &Cells,
    value: &str,
    cluster: &str,
    session: &Session<'_>,
) -> Result<Table, Failure> {
    let (values, labels) = (cells.known_numbers(value)?, cells.words(cluster)?);
    let split = arguments.table.split.as_deref();
    let columns = [
        "rows",
        "clusters",
        "mean",
        "standard_error",
        "plain_error",
        "design_effect",
        "effective_rows",
        "correlation",
        "cluster_size",
    ];
    let mut table = Table::new(&head(split, &columns));
    let mut fewest = usize::MAX;
    for (group, rows) in cases(&arguments.table, cells, &values, value, session)? {
        let own: Vec<f64> = rows.iter().map(|row| values[*row]).collect();
        let own_labels: Vec<&str> = rows.iter().map(|row| labels[*row]).collect();
        let few = |what: &str, count: usize| {
            let message = format!("{what}{}: {count}, at least two are needed", in_group(&group));
            too_few(message, "leave the group out, or join groups")
        };
        let found = clustered_mean(&own, &own_labels).ok_or_else(|| few("values", own.len()))?;
        if found.clusters < 2 {
            return Err(few("clusters", found.clusters));
        }
        fewest = fewest.min(found.clusters);
        let mut row: Vec<Cell> = vec![found.rows.into(), found.clusters.into()];
        let effective = found.rows as f64 / found.design_effect;
        let errors = [found.mean, found.standard_error, found.plain_error, found.design_effect, effective];
        row.extend(errors.map(number));
        row.extend([found.correlation, found.cluster_size].map(number));
        table.rows.push(line(split, &group, row));
    }
    warn_of_few_clusters(fewest, session);
    Ok(table)
}

fn weights(arguments: &DesignArguments, cells: &Cells, column: &str) -> Result<Table, Failure> {
    let weights = cells.numbers(column)?;
    if let Some(row) = weights.iter().position(|weight| *weight < 0.0) {
        let what = format!("the weight in `{column}` is negative ({})", weights[row]);
        return Err(cells.refuse(row, &what, "correct the row, or leave it out"));
    }
    let split = arguments.table.split.as_deref();
    let mut table = Table::new(&head(split, &["rows", "design_effect", "effective_rows"]));
    for (group, rows) in groups(cells, split)? {
        let own: Vec<f64> = rows.iter().map(|row| weights[*row]).collect();
        let effective = effective_rows(&own);
        if !effective.is_finite() {
            return Err(too_few(format!("all weights are 0{}", in_group(&group)), "give some row a weight"));
        }
        let row = vec![own.len().into(), number(own.len() as f64 / effective), number(effective)];
        table.rows.push(line(split, &group, row));
    }
    Ok(table)
}
