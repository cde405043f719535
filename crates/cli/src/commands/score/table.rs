//! Scores as a table.

use mizan_model::framework::Framework;

use super::edition;
use super::lines::Line;
use crate::commands::{Session, local};
use crate::output::Table;

/// Column of the reason why there is no score.
pub const MISSING: usize = 11;
/// Column of the edition, which people read once, under the table.
pub const EDITION: usize = 13;

/// One row a KPI and administration. Files have the edition of the framework in each row, people under the table.
pub fn table<'a>(
    framework: &Framework,
    lines: impl Iterator<Item = Line<'a>>,
    year: i64,
    session: &Session<'_>,
) -> Table {
    let text = session.text;
    let messages = &text.messages;
    let mut table = Table::new(&[
        "area",
        "dimension",
        "kpi",
        "name",
        "period",
        "value",
        "method",
        "score",
        "grade",
        "reference",
        "n",
        "missing",
        "status",
        "edition",
    ]);
    table.heads = vec![
        messages.word_area(),
        messages.word_dimension(),
        messages.word_kpi(),
        messages.word_name(),
        messages.word_period(),
        messages.word_value(),
        messages.word_rule(),
        messages.word_score(),
        messages.word_grade(),
        messages.word_reference(),
        messages.word_peers(),
        messages.word_reason(),
        messages.word_status(),
    ];
    table.numbers = vec![5, 7, 9, 10];
    let edition = edition(framework);
    table.note = Some(messages.score_edition(&edition));
    for Line { kpi, area, value, status, scored } in lines {
        let key = format!("{}.short", kpi.id);
        let name = local(framework, &key, text).text.to_owned();
        let missing = scored.missing.unwrap_or_default();
        table.rows.push(vec![
            area.as_str().into(),
            kpi.dimension.as_str().into(),
            kpi.id.as_str().into(),
            name.as_str().into(),
            year.to_string().into(),
            value.into(),
            kpi.score.method.as_str().into(),
            scored.score.into(),
            scored.grade.clone().unwrap_or_default().into(),
            scored.reference.into(),
            scored.n.into(),
            missing.into(),
            status.into(),
            edition.as_str().into(),
        ]);
        let number = |value: Option<f64>| value.map_or_else(String::new, |value| text.numbers.shortest(Some(value), 4));
        let unit = kpi.unit.as_str();
        table.shown.push(vec![
            area,
            kpi.dimension.clone(),
            kpi.id.clone(),
            name,
            year.to_string(),
            text.value(unit, None, value),
            kpi.score.method.clone(),
            number(scored.score),
            scored.grade.unwrap_or_default(),
            scored.reference.map_or_else(String::new, |value| text.value(unit, None, Some(value))),
            scored.n.to_string(),
            messages.score_missing(missing).unwrap_or_default(),
            messages.status_label(status).unwrap_or_default(),
        ]);
    }
    table
}
