//! Observations as a table: the columns of `observations.csv`.

mod csv;
mod from_csv;
mod parquet;

use std::collections::{BTreeMap, BTreeSet};

use mizan_measure::observe::STATISTIC;
use mizan_model::framework::Framework;
use mizan_model::observation::Observation;

pub use self::csv::csv;
pub use self::from_csv::read_csv;
pub use self::parquet::{file, parquet, read};
use crate::output::{Cell, Table};

/// Code of a breakdown that is not split.
pub const TOTAL: &str = "_T";

const BEFORE: [&str; 3] = ["kpi", "area", "period"];
const AFTER: [&str; 11] =
    ["value", "numerator", "denominator", "n", "lower", "upper", "unit", "coverage", "status", "definition", "run"];

/// Names of all breakdowns of a framework, sorted.
pub fn breakdown_names(framework: &Framework) -> Vec<String> {
    let names: BTreeSet<&String> = framework.kpis.iter().flat_map(|k| &k.breakdowns).flat_map(|b| &b.by).collect();
    names.into_iter().cloned().collect()
}

/// Name of the column of a breakdown; one that is called like another column gets a prefix.
fn column_name(breakdown: &str) -> String {
    if BEFORE.contains(&breakdown) || AFTER.contains(&breakdown) {
        format!("by_{breakdown}")
    } else {
        breakdown.to_owned()
    }
}

fn breakdown_of(column: &str) -> String {
    match column.strip_prefix("by_") {
        Some(name) if BEFORE.contains(&name) || AFTER.contains(&name) => name.to_owned(),
        _ => column.to_owned(),
    }
}

/// Breakdowns that some observation has, sorted.
pub fn breakdowns_in(observations: &[Observation]) -> Vec<String> {
    let names: BTreeSet<&str> = observations.iter().flat_map(|o| &o.breakdown).map(|(name, _)| name.as_str()).collect();
    names.into_iter().map(str::to_owned).collect()
}

/// The breakdowns in the order of their columns; the statistic comes last.
fn in_order(breakdowns: &[String]) -> Vec<&str> {
    let mut names: Vec<&str> = breakdowns.iter().map(String::as_str).filter(|name| *name != STATISTIC).collect();
    names.sort_by_cached_key(|name| column_name(name));
    names.push(STATISTIC);
    names
}

fn columns(names: &[&str]) -> Vec<String> {
    let breakdowns = names.iter().map(|name| column_name(name));
    BEFORE.iter().map(ToString::to_string).chain(breakdowns).chain(AFTER.iter().map(ToString::to_string)).collect()
}

/// The code of an observation in a breakdown.
fn code<'a>(observation: &'a Observation, name: &str) -> &'a str {
    observation.breakdown.iter().find(|(known, _)| known == name).map_or(TOTAL, |(_, code)| code.as_str())
}

/// The table of observations, with the columns kpi, area, period, one for each breakdown, and the figures.
pub fn table<'a>(observations: impl IntoIterator<Item = &'a Observation>, breakdowns: &[String]) -> Table {
    let names = in_order(breakdowns);
    let rows = observations.into_iter().map(|observation| row(observation, &names)).collect();
    Table { columns: columns(&names), rows, ..Table::default() }
}

fn row(observation: &Observation, names: &[&str]) -> Vec<Cell> {
    let mut row: Vec<Cell> =
        vec![observation.kpi.as_str().into(), observation.area.as_str().into(), observation.period.as_str().into()];
    row.extend(names.iter().map(|name| Cell::from(code(observation, name))));
    row.extend([
        observation.value.into(),
        observation.numerator.into(),
        observation.denominator.into(),
        observation.n.into(),
        observation.lower.into(),
        observation.upper.into(),
        observation.unit.as_str().into(),
        observation.coverage.into(),
        observation.status.as_str().into(),
        observation.definition.as_str().into(),
        observation.run.as_str().into(),
    ]);
    row
}

/// The breakdown without the statistic: what a row is split by.
pub fn split_of(observation: &Observation) -> Vec<&str> {
    let mut names: Vec<&str> =
        observation.breakdown.iter().map(|(name, _)| name.as_str()).filter(|name| *name != STATISTIC).collect();
    names.sort_unstable();
    names
}

/// Name of the further statistic that a row gives, if it is not the headline.
pub fn statistic_of(observation: &Observation) -> Option<&str> {
    observation.breakdown.iter().find(|(name, _)| name == STATISTIC).map(|(_, code)| code.as_str())
}

/// The last year that is filled: in which at least half as many KPIs have a total as in the best one. Without years, the
/// last period.
pub fn last_period<'a>(observations: impl Iterator<Item = &'a Observation> + Clone) -> Option<&'a str> {
    let mut kpis: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for o in observations.clone().filter(|o| o.period.len() == 4 && o.breakdown.is_empty() && o.value.is_some()) {
        kpis.entry(&o.period).or_default().insert(&o.kpi);
    }
    let most = kpis.values().map(BTreeSet::len).max().unwrap_or(0);
    let filled = kpis.iter().rev().find(|(_, kpis)| 2 * kpis.len() >= most);
    filled.map(|(year, _)| *year).or_else(|| observations.map(|o| o.period.as_str()).max())
}

/// The period that is shown where none is asked for: the last filled one of all, or of the KPIs where they have nothing
/// in that.
pub fn default_period<'a>(all: &'a [Observation], kpis: Option<&[String]>) -> &'a str {
    let is_kpi = |o: &&Observation| kpis.is_none_or(|ids| ids.iter().any(|id| *id == o.kpi));
    let of_all = last_period(all.iter()).unwrap_or_default();
    if all.iter().filter(is_kpi).any(|o| o.period == of_all && o.value.is_some()) {
        return of_all;
    }
    last_period(all.iter().filter(is_kpi)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use mizan_model::observation::EngineStatus;

    use super::*;

    /// An observation of an invented country.
    pub(super) fn observation(breakdown: &[(&str, &str)], value: Option<f64>) -> Observation {
        Observation {
            kpi: "EX-01".into(),
            area: "XA".into(),
            period: "2025".into(),
            breakdown: breakdown.iter().map(|(name, code)| ((*name).into(), (*code).into())).collect(),
            value,
            numerator: Some(1.0),
            denominator: None,
            n: 3,
            lower: None,
            upper: None,
            unit: "percent".into(),
            coverage: Some(1.0),
            status: EngineStatus::Ok,
            definition: "1.0.0".into(),
            run: "r".into(),
        }
    }

    #[test]
    fn columns_and_totals() {
        let rows = [observation(&[], Some(0.1)), observation(&[("office", "AB"), ("unit", "kg")], None)];
        let breakdowns = ["mode", "office", "unit"].map(str::to_owned);
        let text = String::from_utf8(table(&rows, &breakdowns).csv().unwrap()).unwrap();
        let both: Vec<&Observation> = rows.iter().collect();
        assert_eq!(parquet(&both, &breakdowns).unwrap(), table(&rows, &breakdowns).parquet().unwrap());
        insta::assert_snapshot!(text, @r"
        kpi,area,period,by_unit,mode,office,statistic,value,numerator,denominator,n,lower,upper,unit,coverage,status,definition,run
        EX-01,XA,2025,_T,_T,_T,_T,0.1,1,,3,,,percent,1,ok,1.0.0,r
        EX-01,XA,2025,kg,_T,AB,_T,,1,,3,,,percent,1,ok,1.0.0,r
        ");
    }

    #[test]
    fn the_last_filled_year() {
        let total = |kpi: &str, period: &str| Observation {
            kpi: kpi.into(),
            period: period.into(),
            ..observation(&[], Some(1.0))
        };
        let mut rows = vec![total("A", "2024"), total("B", "2024"), total("C", "2024"), total("A", "2025")];
        assert_eq!(last_period(rows.iter()), Some("2024"));
        rows.push(total("B", "2025"));
        assert_eq!(last_period(rows.iter()), Some("2025"));
        let months = [total("A", "2025-11"), total("A", "2026-01")];
        assert_eq!(last_period(months.iter()), Some("2026-01"));
        assert_eq!(last_period([].iter()), None);
        // A KPI that has nothing in the year of the others is shown in its own last one.
        let (filled, other) = (["B".to_owned()], ["D".to_owned()]);
        rows.push(total("D", "2023"));
        assert_eq!(default_period(&rows, None), "2025");
        assert_eq!(default_period(&rows, Some(&filled)), "2025");
        assert_eq!(default_period(&rows, Some(&other)), "2023");
    }
}
