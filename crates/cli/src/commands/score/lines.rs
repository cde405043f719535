//! Scores of one KPI.

use mizan_index::score::{Rule, Scored};
use mizan_model::kpi::{Direction, Kpi};
use mizan_model::observation::Observation;

use super::cases;
use super::peers::{Groups, Peers};
use crate::failure::{Exit, Failure};

/// A score of one KPI of one administration.
pub struct Line<'a> {
    /// What is scored.
    pub kpi: &'a Kpi,
    /// Code of the administration.
    pub area: String,
    /// Value as it came, scored or not.
    pub value: Option<f64>,
    /// What the engine says of the value, where it is not a plain one.
    pub status: &'static str,
    /// The score, or why there is none.
    pub scored: Scored,
}

/// The rule of a KPI, and 1 if more is better, -1 if less is, 0 if neither.
pub fn rule(kpi: &Kpi) -> Result<(Rule, f64), Failure> {
    let rule = Rule::read(&kpi.score.method, &kpi.score.parameters).map_err(|message| {
        Failure::new(Exit::Definition, "S0601", format!("{}: the score cannot be read: {message}", kpi.id))
            .help("correct the block `[score]` of the KPI, and run `mizan framework check`")
    })?;
    let direction = match kpi.direction {
        Direction::Higher => 1.0,
        Direction::Lower => -1.0,
        Direction::Target | Direction::Context => 0.0,
    };
    if let Rule::Goalposts { floor, ceiling } = &rule
        && direction * (ceiling - floor) < 0.0
    {
        let message = format!("{}: `floor` and `ceiling` of the score stand against the direction of the KPI", kpi.id);
        return Err(Failure::new(Exit::Definition, "S0601", message).help("swap them"));
    }
    Ok((rule, direction))
}

/// Scores of all administrations in one KPI; nothing where nobody has a row.
pub fn of_kpi<'a>(
    kpi: &'a Kpi,
    observations: &[&Observation],
    year: i64,
    groups: &Groups,
) -> Result<Vec<Line<'a>>, Failure> {
    let (rule, direction) = rule(kpi)?;
    let peers = if rule.is_within_groups() { groups.of(kpi)? } else { Peers::All };
    let found = cases::of_kpi(kpi, observations, year, &peers);
    let cases: Vec<_> = found.iter().filter_map(|found| found.case.clone().ok()).collect();
    let none =
        |why: &'static str| Scored { score: None, grade: None, reference: None, n: cases.len(), missing: Some(why) };
    let mut scored = match peers {
        Peers::Unknown => cases.iter().map(|_| none("no_group")).collect(),
        Peers::All | Peers::By(_) => rule.score(direction, &cases),
    }
    .into_iter();
    let line = |found: cases::Found| {
        let scored = match found.case {
            Ok(_) => scored.next().filter(|scored| !(found.is_broken && scored.missing == Some("no_previous"))),
            // Without a rule nothing else matters.
            Err(_) if rule == Rule::None && found.value.is_some() => Some(none("no_rule")),
            Err(why) => Some(none(why)),
        };
        let scored = scored.unwrap_or_else(|| none("series_break"));
        Line { kpi, area: found.area, value: found.value, status: found.status, scored }
    };
    Ok(found.into_iter().map(line).collect())
}
