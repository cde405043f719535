//! `mizan score` and `mizan compare`: observations of administrations by the rules of a framework.
//!
//! Each KPI has its own rule, and most compare with peers. There is no composite and no ranking unless the framework
//! itself brings a recipe, and says that ranks may be shown.

mod audit;
mod cases;
mod composite;
mod peers;

use std::path::PathBuf;

use mizan_index::score::{Rule, Scored};
use mizan_model::diagnostic::Diagnostic;
use mizan_model::framework::Framework;
use mizan_model::kpi::{Direction, Kpi};
use mizan_model::observation::Observation;

use self::cases::Question;
use crate::arguments::{CompareArguments, OutputArguments, ScoreArguments};
use crate::commands::{Session, framework, local, never_over};
use crate::failure::{Exit, Failure};
use crate::findings::Texts;
use crate::node::read_framework;
use crate::output::{Cell, Table};

/// A score of one KPI of one administration.
struct Line<'a> {
    kpi: &'a Kpi,
    area: String,
    value: Option<f64>,
    /// What the engine says of the value, where it is not a plain one.
    status: &'static str,
    scored: Scored,
}

/// `mizan score`.
pub fn run(arguments: &ScoreArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    if let Some(record) = &arguments.replay {
        return audit::replay(record, session);
    }
    let question = Question {
        files: arguments.files.clone(),
        framework: arguments.framework.clone(),
        year: arguments.year,
        peers: arguments.peers.clone(),
        areas: arguments.area.clone(),
        recipe: arguments.recipe.clone(),
    };
    let outputs = [arguments.record.as_deref(), arguments.output.out.as_deref()];
    let named = [question.peers.as_deref(), question.recipe.as_deref()].into_iter().flatten();
    never_over(&outputs, question.files.iter().map(PathBuf::as_path).chain(named))?;
    let answer = answer(&question, session)?;
    // Before the table: a reader of it may leave early.
    if let Some(path) = &arguments.record {
        audit::write(path, &question, &answer, session)?;
    }
    answer.table.write(arguments.output.format, arguments.output.out.as_deref())?;
    Ok(Exit::Done)
}

/// Scores with what they stand on.
struct Answer {
    table: Table,
    framework: Framework,
    /// Files in the order in which they were read.
    files: Vec<PathBuf>,
    year: i64,
    scores: usize,
}

fn answer(question: &Question, session: &Session<'_>) -> Result<Answer, Failure> {
    let framework = read_framework(framework::files(question.framework.as_deref(), session)?, session.text)?.framework;
    let (files, observations) = cases::read(&question.files, session)?;
    let year = cases::year(&observations, question.year)?;
    let groups = peers::read(question.peers.as_deref())?;
    let phase = session.report.phase(
        "score",
        &session.text.messages.score_progress(),
        framework.kpis.len() as u64,
        session.text,
    );
    let by_kpi = cases::by_kpi(&observations);
    let known = |kpi: &str| framework.kpis.iter().chain(&framework.broken).any(|own| own.id == kpi);
    let unknown: Vec<&str> = by_kpi.keys().copied().filter(|kpi| !known(kpi)).collect();
    if !unknown.is_empty() {
        let message = format!("the framework does not know the KPIs `{}`; they are left out", unknown.join("`, `"));
        let finding = Diagnostic::warning(mizan_index::codes::UNKNOWN_CODE, message)
            .help("give the framework that they were measured with");
        session.report.findings(&[finding], &Texts::default());
    }
    let mut lines = Vec::new();
    for kpi in &framework.kpis {
        lines.extend(of_kpi(kpi, by_kpi.get(kpi.id.as_str()).map_or(&[], Vec::as_slice), year, &groups)?);
        phase.inc(1);
    }
    phase.finish();
    let wanted = |area: &str| question.areas.is_empty() || question.areas.iter().any(|known| known == area);
    if let Some(area) = question.areas.iter().find(|area| !lines.iter().any(|line| line.area == **area)) {
        return Err(unknown_area(area));
    }
    let mut table = table(&framework, lines.into_iter().filter(|line| wanted(&line.area)), year, session);
    let score = table.columns.iter().position(|name| name == "score").unwrap_or_default();
    composite::add(&mut table, question, &framework, &observations, year, session)?;
    let scores = table.rows.iter().filter(|row| matches!(row[score], Cell::Number(Some(_)))).count();
    Ok(Answer { table, framework, files, year, scores })
}

/// Scores of all administrations in one KPI; nothing where nobody has a row.
fn of_kpi<'a>(
    kpi: &'a Kpi,
    observations: &[&Observation],
    year: i64,
    groups: &peers::Groups,
) -> Result<Vec<Line<'a>>, Failure> {
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
    let found = cases::of_kpi(observations, year, groups);
    let (with, without): (Vec<_>, Vec<_>) = found.into_iter().partition(|found| found.case.is_some());
    let cases: Vec<_> = with.iter().filter_map(|found| found.case.clone()).collect();
    let scored = rule.score(direction, &cases);
    let mut lines: Vec<Line<'a>> = with
        .into_iter()
        .zip(scored)
        .map(|(found, scored)| Line {
            kpi,
            value: found.case.map(|case| case.value),
            area: found.area,
            status: found.status,
            scored,
        })
        .collect();
    let none = || Scored { score: None, grade: None, reference: None, n: cases.len(), missing: Some("no_value") };
    lines.extend(without.into_iter().map(|found| Line {
        kpi,
        area: found.area,
        value: None,
        status: found.status,
        scored: none(),
    }));
    lines.sort_by(|a, b| a.area.cmp(&b.area));
    Ok(lines)
}

fn table<'a>(framework: &Framework, lines: impl Iterator<Item = Line<'a>>, year: i64, session: &Session<'_>) -> Table {
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

/// `mizan compare`: an administration beside the range of its peers.
pub fn compare(arguments: &CompareArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let framework = read_framework(framework::files(arguments.framework.as_deref(), session)?, session.text)?.framework;
    let (_, observations) = cases::read(&arguments.files, session)?;
    let year = cases::year(&observations, arguments.year)?;
    let groups = peers::read(arguments.peers.as_deref())?;
    if !observations.iter().any(|o| o.area == arguments.area) {
        return Err(unknown_area(&arguments.area));
    }
    let mut table = Table::new(&[
        "dimension",
        "kpi",
        "name",
        "period",
        "value",
        "peers_median",
        "peers_lower",
        "peers_upper",
        "percentile",
        "n",
    ]);
    let by_kpi = cases::by_kpi(&observations);
    for kpi in &framework.kpis {
        let Some(own) = by_kpi.get(kpi.id.as_str()) else { continue };
        let cases = cases::of_kpi(own, year, &groups);
        let Some(own) = cases.iter().find(|found| found.area == arguments.area) else { continue };
        let Some(case) = &own.case else { continue };
        let mut values: Vec<f64> = cases
            .iter()
            .filter_map(|found| found.case.as_ref())
            .filter(|other| case.group.is_some() && other.group == case.group)
            .map(|other| other.value)
            .collect();
        values.sort_by(f64::total_cmp);
        let quantile = |share: f64| {
            // Fewer than five peers would show single values.
            (values.len() >= mizan_index::score::MIN_PEERS)
                .then(|| mizan_stats::shape::quantile_linear(&values, share))
                .flatten()
        };
        let percentile = Rule::Percentile.score(
            if kpi.direction == Direction::Lower { -1.0 } else { 1.0 },
            &cases.iter().filter_map(|found| found.case.clone()).collect::<Vec<_>>(),
        );
        let with_case: Vec<&str> =
            cases.iter().filter(|found| found.case.is_some()).map(|found| found.area.as_str()).collect();
        let place = with_case.iter().position(|area| *area == arguments.area);
        let percentile = place.and_then(|place| percentile[place].score);
        let key = format!("{}.short", kpi.id);
        let name = local(&framework, &key, session.text).text.to_owned();
        table.rows.push(vec![
            kpi.dimension.as_str().into(),
            kpi.id.as_str().into(),
            name.into(),
            year.to_string().into(),
            Some(case.value).into(),
            quantile(0.5).into(),
            quantile(0.25).into(),
            quantile(0.75).into(),
            Cell::Number(percentile),
            values.len().into(),
        ]);
    }
    let OutputArguments { format, out } = &arguments.output;
    table.for_readers(session.text).write(*format, out.as_deref())?;
    Ok(Exit::Done)
}

fn unknown_area(area: &str) -> Failure {
    Failure::new(
        Exit::Usage,
        mizan_index::codes::UNKNOWN_CODE,
        format!("no observation is of the administration `{area}`"),
    )
    .help("name it as in the column `area`")
}
