//! A composite over the framework's tree, where a recipe asks for one.

use std::sync::Arc;

use mizan_index::chain::Chain;
use mizan_index::dataset::{Dataset, Row};
use mizan_index::explain::{Version, compare};
use mizan_index::recipe::Recipe;
use mizan_index::structure::{Element, ElementKind, Structure};
use mizan_model::diagnostic::Severity;
use mizan_model::framework::Framework;
use mizan_model::kpi::Direction;
use mizan_model::observation::Observation;
use nalgebra::DMatrix;

use super::cases::Question;
use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::findings::Texts;
use crate::output::{Cell, Table};

/// Name of the top.
const TOP: &str = "Index";
/// Where a framework keeps its recipe.
pub const OWN: &str = "recipe.toml";

/// Adds a row an administration and aggregate to the table; none where neither question nor framework has a recipe.
pub fn add(
    table: &mut Table,
    question: &Question,
    framework: &Framework,
    observations: &[Observation],
    year: i64,
    session: &Session<'_>,
) -> Result<(), Failure> {
    let (name, text) = match (&question.recipe, framework.files.get(OWN)) {
        (Some(path), _) => {
            let text = std::fs::read_to_string(path).map_err(|cause| Failure::read_text(path, &cause))?;
            (path.display().to_string(), text)
        }
        (None, Some(text)) => (OWN.to_owned(), text.clone()),
        (None, None) => return Ok(()),
    };
    let checked = Recipe::from_toml(&name, &text);
    let texts = Texts::from([(name, text)]);
    if checked.diagnostics.iter().any(|finding| finding.severity == Severity::Error) {
        return Err(Failure::findings(Exit::Definition, checked.diagnostics, texts));
    }
    let ranking = checked.value.ranking;
    let chain = chain(checked.value, framework, observations)?;
    let run = chain.run(&mut |_| ());
    if run.diagnostics.iter().any(|finding| finding.severity == Severity::Error) {
        return Err(Failure::findings(Exit::Input, run.diagnostics, Texts::default()));
    }
    session.report.findings(&run.diagnostics, &Texts::default());
    let state = run.value.last();
    if ranking {
        table.columns.push("rank".to_owned());
        table.heads.push(session.text.messages.word_rank());
        table.rows.iter_mut().for_each(|row| row.push(Cell::Count(None)));
        table.shown.iter_mut().for_each(|row| row.push(String::new()));
    }
    let elements = &chain.structure.elements;
    for (element, own) in elements.iter().enumerate().filter(|(_, own)| own.kind == ElementKind::Aggregate) {
        for found in compare(&[Version { name: String::new(), state, element }]) {
            if found.time != Some(year) || (!question.areas.is_empty() && !question.areas.contains(&found.unit)) {
                continue;
            }
            let (score, rank) = (found.scores.first().copied().flatten(), found.ranks.first().copied().flatten());
            let dimension = if own.code == TOP { "" } else { own.code.as_str() };
            let period = found.time.map(|time| time.to_string()).unwrap_or_default();
            let shown = |value: Option<f64>| {
                value.map_or_else(String::new, |value| session.text.numbers.shortest(Some(value), 4))
            };
            let mut shown_row = vec![
                found.unit.clone(),
                dimension.to_owned(),
                String::new(),
                own.name.clone(),
                period.clone(),
                String::new(),
                "composite".to_owned(),
                shown(score),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
            ];
            let mut row = vec![
                found.unit.into(),
                dimension.into(),
                "".into(),
                own.name.as_str().into(),
                period.into(),
                None.into(),
                "composite".into(),
                score.into(),
                "".into(),
                None.into(),
                Cell::Count(None),
                "".into(),
                "".into(),
            ];
            if ranking {
                row.push(Cell::Count(rank.map(|rank| rank as i64)));
                shown_row.push(rank.map(|rank| rank.to_string()).unwrap_or_default());
            }
            table.rows.push(row);
            table.shown.push(shown_row);
        }
    }
    Ok(())
}

/// Headline values of KPIs with a direction, as a panel; KPIs below dimensions below one top.
fn chain(recipe: Recipe, framework: &Framework, observations: &[Observation]) -> Result<Chain, Failure> {
    let headline = || observations.iter().filter(|o| o.breakdown.is_empty());
    let kpis: Vec<_> = framework
        .kpis
        .iter()
        .filter(|kpi| matches!(kpi.direction, Direction::Higher | Direction::Lower))
        .filter(|kpi| headline().any(|o| o.kpi == kpi.id && o.value.is_some()))
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
    for o in headline() {
        let row = rows.iter().position(|row| row.unit == o.area && row.time == o.period.parse().ok());
        let column = kpis.iter().position(|kpi| kpi.id == o.kpi);
        if let (Some(row), Some(column), Some(value)) = (row, column, o.value) {
            values[(row, column)] = value;
        }
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
    Ok(chain.value)
}
