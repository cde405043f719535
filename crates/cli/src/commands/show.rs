//! `mizan show`: measured values, as data or as the page.

use std::path::Path;

use mizan_measure::observe::STATISTIC;
use mizan_measure::rollup::Split;
use mizan_model::kpi::Kpi;
use mizan_model::observation::{EngineStatus, Observation};
use mizan_model::period::Period;
use mizan_text::{DASH, Text};
use smol_str::SmolStr;

use crate::arguments::{OutputArguments, ShowArguments};
use crate::commands::{Session, breakdown_name, local, shown_value, statistic_name};
use crate::failure::{Exit, Failure};
use crate::node::{Node, write_file};
use crate::output::{self, Format, Table};
use crate::{observations, page, record, selection};

/// Prints observations of the latest run, or of the named one.
pub fn run(arguments: &ShowArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let node = session.node()?;
    let kpis = selection::kpis(&arguments.selection.terms(), &node.framework, session.text)?;
    let periods = selection::periods(&arguments.selection.period, node.settings.fiscal_start, session.text)?;
    let by = selection::breakdowns(&arguments.selection.by, kpis.as_deref(), &node.framework, session.text)?;
    if let Some(path) = &arguments.page {
        has_folder(path)?;
    }
    let selects = arguments.page.is_none() && (kpis.is_some() || by.is_some() || !periods.is_empty());
    let fits = |all: &[Observation]| {
        let has_all = kpis.as_ref().is_none_or(|ids| ids.iter().all(|id| all.iter().any(|o| o.kpi == *id)));
        selects && has_all && !choose(all, kpis.as_deref(), &periods, by.as_deref()).is_empty()
    };
    let all = match &arguments.run {
        Some(run) => observations::read(&observations::file(&node.folder, run))?,
        None => latest(&node, session, !selects, &fits)?.1,
    };
    if let Some(path) = &arguments.page {
        // Nobody asked for a language: the administration's own.
        let own = node.settings.language.as_ref().filter(|_| session.global.lang.is_none());
        let locale = own.and_then(|language| language.parse().ok()).unwrap_or(session.text.locale);
        let page = page::render(&node, &all, locale, false)?;
        return write_file(path, page.as_bytes()).map(|()| Exit::Done);
    }
    let chosen = choose(&all, kpis.as_deref(), &periods, by.as_deref());
    if chosen.is_empty() {
        session.report.say(&session.text.messages.show_empty());
    }
    write(&chosen, &node, session, &arguments.output)?;
    let absent = kpis.is_some() && chosen.iter().any(|o| o.status == EngineStatus::NotComputable);
    Ok(if chosen.is_empty() || absent { Exit::Failed } else { Exit::Done })
}

/// A page goes into a folder that is there: a slip in its name must not make another one.
fn has_folder(path: &Path) -> Result<(), Failure> {
    match path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        Some(folder) => Err(Failure::write(path, format!("the folder `{}` does not exist", folder.display()))),
        None => Ok(()),
    }
}

/// The latest run with its observations. Where that was a run of a selection and does not fit, or `whole` is asked for,
/// the latest run of everything, and people are told.
pub fn latest(
    node: &Node,
    session: &Session<'_>,
    whole: bool,
    fits: &dyn Fn(&[Observation]) -> bool,
) -> Result<(String, Vec<Observation>), Failure> {
    let messages = &session.text.messages;
    let run = record::latest(&node.folder)?
        .ok_or_else(|| Failure::translated(Exit::Input, "N0108", messages.show_no_run()))?;
    let all = observations::read(&observations::file(&node.folder, &run))?;
    let other = record::latest_whole(&node.folder)?.filter(|other| *other != run);
    let Some(other) = other.filter(|_| whole || !fits(&all)) else { return Ok((run, all)) };
    let file = observations::file(&node.folder, &other);
    if file.is_file() {
        let older = observations::read(&file)?;
        if whole || fits(&older) {
            session.report.say(&messages.show_whole_run(&other));
            return Ok((other, older));
        }
    }
    Ok((run, all))
}

/// The observations that a selection means; without periods the last year, without breakdowns the totals.
pub fn choose<'a>(
    all: &'a [Observation],
    kpis: Option<&[String]>,
    periods: &[Period],
    by: Option<&[Split]>,
) -> Vec<&'a Observation> {
    let is_kpi = |o: &&Observation| kpis.is_none_or(|ids| ids.iter().any(|id| *id == o.kpi));
    let last = observations::default_period(all, kpis);
    let codes: Vec<String> = periods.iter().map(ToString::to_string).collect();
    let is_period =
        |o: &&Observation| if codes.is_empty() { o.period == last } else { codes.iter().any(|code| *code == o.period) };
    let is_split = |o: &&Observation| {
        let split = observations::split_of(o);
        match by {
            None => split.is_empty(),
            Some(splits) => splits.iter().any(|wanted| wanted.iter().map(String::as_str).eq(split.iter().copied())),
        }
    };
    // What no record can give has a row for no period in particular.
    let is_absent = |o: &&Observation| matches!(o.status, EngineStatus::NotComputable | EngineStatus::Reported);
    all.iter()
        .filter(is_kpi)
        .filter(|o| {
            if is_absent(o) { by.is_none() && (kpis.is_some() || is_period(o)) } else { is_period(o) && is_split(o) }
        })
        .collect()
}

/// Writes observations in the form that is asked for.
pub fn write(
    chosen: &[&Observation],
    node: &Node,
    session: &Session<'_>,
    output: &OutputArguments,
) -> Result<(), Failure> {
    let (names, out) = (observations::breakdown_names(&node.framework), output.out.as_deref());
    match output.format {
        Format::Csv => output::write_with(out, |file| observations::csv(chosen.iter().copied(), &names, file)),
        Format::Parquet => {
            output::needs_file(out)?;
            output::write_bytes(&observations::parquet(chosen, &names)?, out)
        }
        Format::Table | Format::Json | Format::Markdown => table(chosen, node, session).write(output.format, out),
    }
}

/// As a table: all columns in files, the main ones in the reader's forms for people.
fn table(chosen: &[&Observation], node: &Node, session: &Session<'_>) -> Table {
    let text = session.text;
    let messages = &text.messages;
    let mut table = observations::table(chosen.iter().copied(), &observations::breakdown_names(&node.framework));
    let level = text.numbers.percent(Some(95.0), 0);
    let has_split = chosen.iter().any(|o| !o.breakdown.is_empty());
    let mut heads = vec![messages.word_kpi(), messages.word_name(), messages.word_period()];
    if has_split {
        heads.push(messages.word_breakdown());
    }
    heads.extend([
        messages.word_value(),
        messages.word_interval(&level),
        messages.word_cases(),
        messages.word_coverage(),
        messages.word_status(),
    ]);
    // Value, interval, cases, coverage.
    let first = heads.len() - 5;
    table.numbers = (first..first + 4).collect();
    table.heads = heads;
    table.shown = chosen
        .iter()
        .map(|o| {
            let key = format!("{}.short", o.kpi);
            let mut row =
                vec![o.kpi.to_string(), local(&node.framework, &key, text).text.to_owned(), o.period.to_string()];
            let kpi = node.framework.kpi(&o.kpi);
            if has_split {
                let part = |(name, code): &(SmolStr, SmolStr)| match kpi {
                    _ if name == STATISTIC => statistic_name(&node.framework, code, text),
                    Some(kpi) => {
                        let code = page::code_label(&node.framework, kpi, name, code, text);
                        text.label(&breakdown_name(&node.framework, name, text), &code)
                    }
                    None => text.label(name, code),
                };
                let parts: Vec<String> = o.breakdown.iter().map(part).collect();
                row.push(parts.join(" · "));
            }
            row.extend(figures(o, kpi, &node.settings.currency, text));
            row
        })
        .collect();
    table
}

/// Value, interval, cases, coverage, status, as people read them.
fn figures(o: &Observation, kpi: Option<&Kpi>, currency: &str, text: &Text) -> [String; 5] {
    let interval = match (o.lower, o.upper) {
        (None, None) => DASH.to_owned(),
        (low, high) => text.range(&o.unit, Some(currency), low, high),
    };
    let cases = if o.status == EngineStatus::NotComputable { DASH.to_owned() } else { text.numbers.count(o.n) };
    [
        shown_value(kpi, o, currency, text),
        interval,
        cases,
        text.numbers.percent(o.coverage.map(|coverage| coverage * 100.0), 1),
        text.messages.status_label(o.status.as_str()).unwrap_or_else(|| o.status.to_string()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn observation(kpi: &str, period: &str, breakdown: &[(&str, &str)], status: EngineStatus) -> Observation {
        Observation {
            kpi: kpi.into(),
            area: SmolStr::default(),
            period: period.into(),
            breakdown: breakdown.iter().map(|(name, code)| ((*name).into(), (*code).into())).collect(),
            value: Some(1.0),
            numerator: None,
            denominator: None,
            n: 1,
            lower: None,
            upper: None,
            unit: "count".into(),
            coverage: None,
            status,
            definition: SmolStr::default(),
            run: SmolStr::default(),
        }
    }

    fn check(kpis: Option<&[&str]>, periods: &[&str], by: Option<&[&[&str]]>, expect: usize) {
        let all = [
            observation("A", "2024", &[], EngineStatus::Ok),
            observation("A", "2025", &[], EngineStatus::Ok),
            observation("A", "2025", &[("statistic", "p90")], EngineStatus::Ok),
            observation("A", "2025", &[("office", "X")], EngineStatus::Ok),
            observation("A", "2025", &[("office", "X"), ("mode", "1")], EngineStatus::Ok),
            observation("A", "2025-01", &[], EngineStatus::Ok),
            observation("B", "2025", &[], EngineStatus::NotComputable),
        ];
        let kpis: Option<Vec<String>> = kpis.map(|k| k.iter().map(|k| (*k).to_owned()).collect());
        let periods: Vec<Period> = periods.iter().map(|p| p.parse().unwrap()).collect();
        let by: Option<Vec<Split>> =
            by.map(|b| b.iter().map(|s| s.iter().map(|n| (*n).to_owned()).collect()).collect());
        assert_eq!(choose(&all, kpis.as_deref(), &periods, by.as_deref()).len(), expect);
    }

    #[test]
    fn selections() {
        check(None, &[], None, 3);
        check(Some(&["A"]), &["2024"], None, 1);
        check(Some(&["A"]), &["2024", "2025-01"], None, 2);
        check(None, &[], Some(&[&["office"]]), 1);
        check(None, &[], Some(&[&["office"], &["mode", "office"]]), 2);
        check(Some(&["B"]), &["2024"], None, 1);
    }
}
