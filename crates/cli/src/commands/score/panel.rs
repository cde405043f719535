//! Observations as the panel of a composite index.

use std::collections::BTreeMap;
use std::sync::Arc;

use mizan_index::chain::Chain;
use mizan_index::dataset::{Dataset, Row};
use mizan_index::recipe::Recipe;
use mizan_index::structure::{Element, ElementKind, Structure};
use mizan_index::uncertainty::Intervals;
use mizan_model::diagnostic::{Diagnostic, Severity};
use mizan_model::framework::Framework;
use mizan_model::kpi::Direction;
use mizan_model::observation::Observation;
use nalgebra::DMatrix;

use super::allowed;
use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::findings::Texts;

/// Name of the top.
pub const TOP: &str = "Index";

/// Headline values of KPIs with a direction, as a panel, with their intervals; KPIs below dimensions below one top.
pub fn chain(
    recipe: Recipe,
    framework: &Framework,
    observations: &[Observation],
    session: &Session<'_>,
) -> Result<(Chain, Intervals), Failure> {
    let headline = || observations.iter().filter(|o| o.breakdown.is_empty());
    let kpis: Vec<_> = framework
        .kpis
        .iter()
        .filter(|kpi| matches!(kpi.direction, Direction::Higher | Direction::Lower))
        .filter(|kpi| headline().any(|o| o.kpi == kpi.id && allowed::value(kpi, o).is_ok()))
        .collect();
    let mut lines: Vec<Element> = Vec::new();
    for kpi in &kpis {
        let mut element = Element::new(&kpi.id, ElementKind::Indicator, Some(&kpi.dimension));
        element.direction = if kpi.direction == Direction::Lower { -1.0 } else { 1.0 };
        lines.push(element);
    }
    for dimension in framework.dimensions.iter().filter(|own| kpis.iter().any(|kpi| kpi.dimension == own.id)) {
        lines.push(Element::new(&dimension.id, ElementKind::Aggregate, Some(TOP)));
    }
    lines.push(Element::new(TOP, ElementKind::Aggregate, None));
    let mut rows: Vec<Row> = headline()
        .filter_map(|o| {
            Some(Row { unit: o.area.to_string(), name: o.area.to_string(), time: Some(o.period.parse().ok()?) })
        })
        .collect();
    rows.sort();
    rows.dedup();
    let mut values = DMatrix::from_element(rows.len(), kpis.len(), f64::NAN);
    let mut intervals = Intervals { lower: values.clone(), upper: values.clone() };
    let mut left_out: BTreeMap<&str, usize> = BTreeMap::new();
    for o in headline() {
        let row = rows.iter().position(|row| row.unit == o.area && row.time == o.period.parse().ok());
        let column = kpis.iter().position(|kpi| kpi.id == o.kpi);
        let (Some(row), Some(column)) = (row, column) else { continue };
        match allowed::value(kpis[column], o) {
            Ok(value) => {
                values[(row, column)] = value;
                if let (Some(lower), Some(upper)) = (o.lower, o.upper) {
                    (intervals.lower[(row, column)], intervals.upper[(row, column)]) = (lower, upper);
                }
            }
            Err(allowed::NO_VALUE) => {}
            Err(why) => *left_out.entry(why).or_default() += 1,
        }
    }
    if !left_out.is_empty() {
        let words: Vec<String> = left_out.iter().map(|(why, count)| format!("{count} `{why}`")).collect();
        let message =
            format!("values, of all years, may not be scored, and are missing in the composite: {}", words.join(", "));
        let finding = Diagnostic::warning(mizan_index::codes::VALUE_NOT_ALLOWED, message).help(
            "the columns `missing` and `status` of the scores say which; steps `impute` and `screen` deal with gaps",
        );
        session.report.findings(&[finding], &Texts::default());
    }
    let codes = kpis.iter().map(|kpi| kpi.id.clone()).collect();
    let mut findings = Vec::new();
    let mut dataset = Dataset::new(rows, codes, values);
    findings.append(&mut dataset.diagnostics);
    let mut structure = Structure::new(lines);
    findings.append(&mut structure.diagnostics);
    dataset.value.groups = Arc::default();
    let chain = Chain::new(dataset.value, structure.value, recipe);
    findings.extend(chain.diagnostics);
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        return Err(Failure::findings(Exit::Input, findings, Texts::default()));
    }
    Ok((chain.value, intervals))
}
