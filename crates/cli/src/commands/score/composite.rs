//! A composite over the framework's tree, where a recipe asks for one.

use mizan_index::dataset::Row;
use mizan_index::explain::{Version, compare};
use mizan_index::recipe::Recipe;
use mizan_index::structure::ElementKind;
use mizan_model::diagnostic::{Diagnostic, Severity};
use mizan_model::framework::Framework;
use mizan_model::observation::Observation;

use super::cases::Question;
use super::panel::{TOP, chain};
use super::{allowed, edition, spread, table};
use crate::commands::Session;
use crate::failure::{Exit, Failure};
use crate::findings::Texts;
use crate::output::{Cell, Table};

/// Where a framework keeps its recipe.
pub const OWN: &str = "recipe.toml";

/// Adds a row an administration and aggregate to the table; none where neither question nor framework has a recipe.
/// Gives the seed of the replications, where the recipe says what is uncertain.
pub fn add(
    table: &mut Table,
    question: &Question,
    framework: &Framework,
    observations: &[Observation],
    year: i64,
    session: &Session<'_>,
) -> Result<Option<u64>, Failure> {
    let Some(recipe) = recipe(question, framework, session)? else { return Ok(None) };
    let seed = recipe.uncertainty.as_ref().map(|uncertainty| uncertainty.seed);
    let (ranking, is_uncertain) = (recipe.ranking, seed.is_some());
    let (chain, intervals) = chain(recipe, framework, observations, session)?;
    let run = chain.run(&mut |_| ());
    if run.diagnostics.iter().any(|finding| finding.severity == Severity::Error) {
        return Err(Failure::findings(Exit::Input, run.diagnostics, Texts::default()));
    }
    session.report.findings(&run.diagnostics, &Texts::default());
    if ranking && !is_uncertain {
        let finding = Diagnostic::warning("S0603", "ranks are shown, and the recipe does not say what is uncertain")
            .why("without `[uncertainty]` no interval of a rank is known, nor who can be told apart")
            .help("add `[uncertainty]` to the recipe, or take `ranking = true` out");
        session.report.findings(&[finding], &Texts::default());
    }
    let state = run.value.last();
    let aggregates: Vec<usize> = (0..chain.structure.elements.len())
        .filter(|element| chain.structure.elements[*element].kind == ElementKind::Aggregate)
        .collect();
    let spreads = if is_uncertain { spread::of(&chain, &intervals, &aggregates, session)? } else { Vec::new() };
    // Columns beside those of KPIs.
    let mut more = vec!["imputed", "treated", "dropped"];
    if is_uncertain {
        more.extend(["score_lower", "score_upper"]);
    }
    if ranking {
        more.push("rank");
    }
    if ranking && is_uncertain {
        more.extend(["rank_lower", "rank_upper", "group"]);
    }
    widen(table, &more, session);
    let edition = edition(framework);
    for (at, &element) in aggregates.iter().enumerate() {
        let own = &chain.structure.elements[element];
        let seen = state.visibility_of(&chain.structure, element);
        let dimension = if own.code == TOP { "" } else { own.code.as_str() };
        for found in compare(&[Version { name: String::new(), state, element }]) {
            if found.time != Some(year) || (!question.areas.is_empty() && !question.areas.contains(&found.unit)) {
                continue;
            }
            let (score, rank) = (found.scores.first().copied().flatten(), found.ranks.first().copied().flatten());
            let of = |rows: &[Row]| rows.iter().position(|row| row.unit == found.unit && row.time == found.time);
            // Of a unit that has no score, nothing rests on anything.
            let seen = of(&state.data.rows).map(|row| seen[row]).filter(|_| score.is_some());
            let spread = spreads.get(at).and_then(|spread| Some(&spread[of(&chain.dataset.rows)?]));
            let number = |value: Option<f64>| Cell::Number(value.filter(|value| !value.is_nan()));
            let count = |value: Option<usize>| Cell::Count(value.and_then(|value| i64::try_from(value).ok()));
            let mut row: Vec<Cell> = vec![
                found.unit.as_str().into(),
                dimension.into(),
                "".into(),
                own.name.as_str().into(),
                year.to_string().into(),
                None.into(),
                "composite".into(),
                score.into(),
                "".into(),
                None.into(),
                Cell::Count(None),
                if score.is_none() { allowed::NO_VALUE.into() } else { "".into() },
                "".into(),
                edition.as_str().into(),
            ];
            for name in &more {
                row.push(match *name {
                    "imputed" => number(seen.map(|seen| seen.imputed)),
                    "treated" => number(seen.map(|seen| seen.treated)),
                    "dropped" => number(seen.map(|seen| seen.dropped)),
                    "score_lower" => number(spread.map(|spread| spread.score.lower)),
                    "score_upper" => number(spread.map(|spread| spread.score.upper)),
                    "rank_lower" => number(spread.map(|spread| spread.rank.lower)),
                    "rank_upper" => number(spread.map(|spread| spread.rank.upper)),
                    "group" => count(spread.map(|spread| spread.group).filter(|group| *group > 0)),
                    _ => count(rank),
                });
            }
            table.shown.push(shown(&row, session));
            table.rows.push(row);
        }
    }
    Ok(seed)
}

/// Columns that only composites have.
fn widen(table: &mut Table, more: &[&str], session: &Session<'_>) {
    let messages = &session.text.messages;
    for name in more {
        let is_count = ["rank", "group"].contains(name);
        table.columns.push((*name).to_owned());
        table.numbers.push(table.heads.len());
        table.heads.push(match *name {
            "imputed" => messages.composite_imputed(),
            "treated" => messages.composite_treated(),
            "dropped" => messages.composite_dropped(),
            "score_lower" => messages.composite_score_lower(),
            "score_upper" => messages.composite_score_upper(),
            "rank_lower" => messages.composite_rank_lower(),
            "rank_upper" => messages.composite_rank_upper(),
            "group" => messages.composite_group(),
            _ => messages.word_rank(),
        });
        let empty = if is_count { Cell::Count(None) } else { Cell::Number(None) };
        table.rows.iter_mut().for_each(|row| row.push(empty.clone()));
        table.shown.iter_mut().for_each(|row| row.push(String::new()));
    }
}

/// A row for people: as in files, without the edition, which stands under the table.
fn shown(row: &[Cell], session: &Session<'_>) -> Vec<String> {
    let text = session.text;
    let cell = |(at, cell): (usize, &Cell)| match cell {
        Cell::Text(word) if at == table::MISSING => text.messages.score_missing(word).unwrap_or_default(),
        Cell::Text(word) => word.clone(),
        Cell::Count(count) => count.map(|count| text.numbers.plain(count)).unwrap_or_default(),
        Cell::Number(number) => number.map_or_else(String::new, |number| text.numbers.shortest(Some(number), 4)),
    };
    row.iter().enumerate().filter(|(at, _)| *at != table::EDITION).map(cell).collect()
}

/// The recipe that was named, else the framework's own.
fn recipe(question: &Question, framework: &Framework, session: &Session<'_>) -> Result<Option<Recipe>, Failure> {
    let (name, text) = match (&question.recipe, framework.files.get(OWN)) {
        (Some(path), _) => {
            let text = std::fs::read_to_string(path).map_err(|cause| Failure::read_text(path, &cause))?;
            (path.display().to_string(), text)
        }
        (None, Some(text)) => (OWN.to_owned(), text.clone()),
        (None, None) => return Ok(None),
    };
    let checked = Recipe::from_toml(&name, &text);
    let texts = Texts::from([(name, text)]);
    if checked.diagnostics.iter().any(|finding| finding.severity == Severity::Error) {
        return Err(Failure::findings(Exit::Definition, checked.diagnostics, texts));
    }
    session.report.findings(&checked.diagnostics, &texts);
    Ok(Some(checked.value))
}
