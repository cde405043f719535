//! `mizan show`: measured values, as data or as the page.

use mizan_measure::rollup::Split;
use mizan_model::observation::{EngineStatus, Observation};
use mizan_model::period::Period;
use mizan_text::{DASH, Text};

use crate::arguments::ShowArguments;
use crate::commands::{Session, local};
use crate::failure::{Exit, Failure};
use crate::node::{Node, write_file};
use crate::output::Table;
use crate::{observations, page, record, selection};

/// Prints observations of the latest run, or of the named one.
pub fn run(arguments: &ShowArguments, session: &Session<'_>) -> Result<Exit, Failure> {
    let node = session.node()?;
    let kpis = selection::kpis(&arguments.selection.terms(), &node.framework, session.text)?;
    let periods = selection::periods(&arguments.selection.period, node.settings.fiscal_start, session.text)?;
    let by = selection::breakdowns(&arguments.selection.by, &node.framework, session.text)?;
    let run = match &arguments.run {
        Some(run) => run.clone(),
        None => record::latest(&node.folder)?
            .ok_or_else(|| Failure::new(Exit::Input, "N0108", session.text.messages.show_no_run()))?,
    };
    let all = observations::read(&observations::file(&node.folder, &run))?;
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
    table(&chosen, &node, session).write(arguments.output.format, arguments.output.out.as_deref())?;
    let absent = kpis.is_some() && chosen.iter().any(|o| o.status == EngineStatus::NotComputable);
    Ok(if chosen.is_empty() || absent { Exit::Failed } else { Exit::Done })
}

/// The observations that a selection means; without periods the last year, without breakdowns the totals.
pub fn choose<'a>(
    all: &'a [Observation],
    kpis: Option<&[String]>,
    periods: &[Period],
    by: Option<&[Split]>,
) -> Vec<&'a Observation> {
    let is_kpi = |o: &&Observation| kpis.is_none_or(|ids| ids.contains(&o.kpi));
    let last = observations::last_period(all.iter().filter(is_kpi)).unwrap_or_default();
    let codes: Vec<String> = periods.iter().map(ToString::to_string).collect();
    let is_period = |o: &&Observation| if codes.is_empty() { o.period == last } else { codes.contains(&o.period) };
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

/// As a table: all columns in files, the main ones in the reader's forms for people.
pub fn table(chosen: &[&Observation], node: &Node, session: &Session<'_>) -> Table {
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
    table.heads = heads;
    table.shown = chosen
        .iter()
        .map(|o| {
            let key = format!("{}.short", o.kpi);
            let mut row = vec![o.kpi.clone(), local(&node.framework, &key, text).text.to_owned(), o.period.clone()];
            if has_split {
                let parts: Vec<String> = o.breakdown.iter().map(|(name, code)| format!("{name}={code}")).collect();
                row.push(parts.join(" "));
            }
            row.extend(figures(o, &node.settings.currency, text));
            row
        })
        .collect();
    table
}

/// Value, interval, cases, coverage, status, as people read them.
fn figures(o: &Observation, currency: &str, text: &Text) -> [String; 5] {
    let interval = match (o.lower, o.upper) {
        (None, None) => DASH.to_owned(),
        (low, high) => text.range(&o.unit, Some(currency), low, high),
    };
    let cases = if o.status == EngineStatus::NotComputable { DASH.to_owned() } else { text.numbers.count(o.n) };
    [
        text.value(&o.unit, Some(currency), o.value),
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
            kpi: kpi.to_owned(),
            area: String::new(),
            period: period.to_owned(),
            breakdown: breakdown.iter().map(|(name, code)| ((*name).to_owned(), (*code).to_owned())).collect(),
            value: Some(1.0),
            numerator: None,
            denominator: None,
            n: 1,
            lower: None,
            upper: None,
            unit: "count".to_owned(),
            coverage: None,
            status,
            definition: String::new(),
            run: String::new(),
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
