//! `mizan score` and `mizan compare`: observations of administrations by the rules of a framework.
//!
//! Each KPI has its own rule, and most compare with peers. There is no composite and no ranking unless the framework
//! itself brings a recipe, and says that ranks may be shown.

mod allowed;
mod audit;
mod cases;
mod compare;
mod composite;
mod lines;
mod panel;
mod peers;
mod spread;
mod table;

use std::path::PathBuf;

use mizan_model::diagnostic::Diagnostic;
use mizan_model::framework::Framework;

use self::cases::Question;
pub use self::compare::compare;
use crate::arguments::ScoreArguments;
use crate::commands::{Session, framework, never_over};
use crate::failure::{Exit, Failure};
use crate::findings::Texts;
use crate::node::read_framework;
use crate::output::{Cell, Table};

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
    /// Seed of the replications, where there were any.
    seed: Option<u64>,
}

fn answer(question: &Question, session: &Session<'_>) -> Result<Answer, Failure> {
    let framework = read_framework(framework::files(question.framework.as_deref(), session)?, session.text)?.framework;
    let (files, observations) = cases::read(&question.files, session)?;
    let year = cases::year(&observations, question.year)?;
    cases::known_columns(&observations, &framework)?;
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
        lines.extend(lines::of_kpi(kpi, by_kpi.get(kpi.id.as_str()).map_or(&[], Vec::as_slice), year, &groups)?);
        phase.inc(1);
    }
    phase.finish();
    if lines.is_empty() {
        let message = format!("no row is the total of a KPI of the framework in {year}");
        return Err(Failure::new(Exit::Input, mizan_index::codes::EMPTY_TABLE, message)
            .help("a total is split by nothing: its cells in the columns of breakdowns are empty or `_T`"));
    }
    let wanted = |area: &str| question.areas.is_empty() || question.areas.iter().any(|known| known == area);
    if let Some(area) = question.areas.iter().find(|area| !lines.iter().any(|line| line.area == **area)) {
        return Err(unknown_area(area));
    }
    let mut table = table::table(&framework, lines.into_iter().filter(|line| wanted(&line.area)), year, session);
    let score = table.columns.iter().position(|name| name == "score").unwrap_or_default();
    let seed = composite::add(&mut table, question, &framework, &observations, year, session)?;
    let scores = table.rows.iter().filter(|row| matches!(row[score], Cell::Number(Some(_)))).count();
    Ok(Answer { table, framework, files, year, scores, seed })
}

/// What a reader must know beside every score: by which rules it was made.
fn edition(framework: &Framework) -> String {
    format!("{} {}", framework.id, framework.version)
}

fn unknown_area(area: &str) -> Failure {
    Failure::new(
        Exit::Usage,
        mizan_index::codes::UNKNOWN_CODE,
        format!("no observation is of the administration `{area}`"),
    )
    .help("name it as in the column `area`")
}
