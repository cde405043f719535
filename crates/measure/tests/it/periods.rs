//! Which periods have a figure, up to when records are known, and what is missing from them.

use std::sync::Arc;

use mizan_measure::MeasureError;
use mizan_measure::functions::{Calendars, OpeningHours};
use mizan_measure::run::{MeasureOptions, Run, measure};
use mizan_model::framework::Framework;
use mizan_model::observation::{EngineStatus, Observation};

use crate::support::{
    framework_files, ingest, ingest_as, measured, month_file, open_customs, options, run, write_months,
};

/// A mapping that fills fields from columns, or with a constant where the column begins with `=`.
fn mapping(contract: &str, from: &str, fields: &[(&str, &str)]) -> String {
    let mut text = format!("schema = \"mapping/1\"\ncontract = \"{contract}/1\"\nfrom = \"{from}\"\n\n[fields]\n");
    for (field, column) in fields {
        let line = match column.strip_prefix('=') {
            Some(constant) => format!("{field} = {{ constant = \"{constant}\" }}\n"),
            None => format!("{field} = {{ column = \"{column}\" }}\n"),
        };
        text.push_str(&line);
    }
    text
}

/// Fields of each table that a test fills, with their columns.
const SEIZURES: [(&str, &str); 4] =
    [("seizure_id", "id"), ("seized_at", "at"), ("category", "=revenue"), ("product", "=spirits")];
const TOTALS: [(&str, &str); 4] =
    [("code", "code"), ("total_period", "period"), ("amount", "amount"), ("source", "=budget")];
const AUDITS: [(&str, &str); 4] =
    [("control_id", "id"), ("kind", "=pca"), ("started_at", "ended"), ("ended_at", "ended")];
const OPERATORS: [(&str, &str); 3] = [("aeo_id", "id"), ("valid_from", "from"), ("status", "=active")];
const ANSWERS: [(&str, &str); 6] = [
    ("answer_id", "id"),
    ("answered_at", "at"),
    ("respondent", "who"),
    ("factor", "=morale"),
    ("question", "=q1"),
    ("answer", "answer"),
];

struct Setup {
    folder: tempfile::TempDir,
    framework: Framework,
}

impl Setup {
    fn new() -> Self {
        let setup = Setup { folder: tempfile::tempdir().unwrap(), framework: open_customs().0 };
        std::fs::create_dir(setup.sources()).unwrap();
        setup
    }

    fn sources(&self) -> std::path::PathBuf {
        self.folder.path().join("sources")
    }

    fn node(&self) -> std::path::PathBuf {
        self.folder.path().join("node")
    }

    fn take(&self, contract: &str, fields: &[(&str, &str)], file: &str, text: &str) {
        std::fs::write(self.sources().join(file), text).unwrap();
        let mapping = mapping(contract, file, fields);
        let report = ingest_as(&self.node(), &self.sources(), &self.framework, contract, &mapping);
        assert_eq!(report.total().quarantined, 0, "{:?}", report.total());
    }

    fn run(&self, kpi: &str) -> Run {
        run(&self.node(), &self.framework, &self.options(kpi))
    }

    fn options(&self, kpi: &str) -> MeasureOptions {
        MeasureOptions { kpis: Some(vec![kpi.to_owned()]), ..options(2) }
    }
}

/// Twenty seizures in each of some months.
fn seizures(months: impl Iterator<Item = (i32, u32)>) -> String {
    let mut text = "id,at\n".to_owned();
    for (year, month) in months {
        for n in 0..20 {
            text.push_str(&format!("{year}-{month}-{n},{year}-{month:02}-{:02}T10:00:00+03:00\n", n + 1));
        }
    }
    text
}

fn total<'a>(run: &'a Run, period: &str) -> Option<&'a Observation> {
    run.observations.iter().find(|o| o.period == period && o.breakdown.is_empty())
}

#[test]
fn a_longer_period_needs_records_over_all_of_it() {
    let setup = Setup::new();
    // Declarations reach to December 2025, seizures from March 2024 to October 2025.
    write_months(&setup.sources(), 1..=12);
    ingest(&setup.node(), &setup.sources(), &setup.framework);
    let months = (3..=12).map(|month| (2024, month)).chain((1..=10).map(|month| (2025, month)));
    setup.take("seizure", &SEIZURES, "seizure-a.csv", &seizures(months));
    let run = setup.run("ES-02");
    let value = |period: &str| total(&run, period).and_then(|o| o.value);
    // 60 seizures against 60.
    assert_eq!(value("2025-Q3"), Some(0.0));
    assert_eq!(value("2025-10"), Some(0.0));
    // October alone is no quarter, ten months are no year, and neither is compared with one.
    assert!(total(&run, "2025-Q4").is_none() && total(&run, "2025").is_none());
    // Against March 2024 alone the first quarter would have tripled.
    let first = total(&run, "2025-Q1").expect("all three months are there");
    assert_eq!((first.value, first.status), (None, EngineStatus::Undefined));
}

#[test]
fn both_sides_of_a_comparison_must_bear_it() {
    let setup = Setup::new();
    let mut text = seizures([(2025, 1)].into_iter());
    text.push_str("x,2024-01-05T10:00:00+03:00\n");
    setup.take("seizure", &SEIZURES, "seizure-a.csv", &text);
    let run = setup.run("ES-02");
    // 20 against 1: the definition asks for ten.
    assert_eq!(total(&run, "2025-01").map(|o| (o.status, o.value)), Some((EngineStatus::TooFew, None)));
}

#[test]
fn a_total_of_quarters_and_months_is_counted_once() {
    let setup = Setup::new();
    let audits: String = (1..=12).map(|month| format!("a{month},2025-{month:02}-05T10:00:00+03:00\n")).collect();
    setup.take("control", &AUDITS, "audits.csv", &format!("id,ended\n{audits}"));
    let mut totals = "code,period,amount\n".to_owned();
    for quarter in 1..=4 {
        totals.push_str(&format!("pca_plan,2025-Q{quarter},6\n"));
    }
    for month in 1..=12 {
        totals.push_str(&format!("pca_plan,2025-{month:02},2\nstaff_plan,2025-{month:02},1\n"));
    }
    // Another total is given for the year: it does not stand for this one.
    totals.push_str("budget,2025,1000\n");
    setup.take("annual_total", &TOTALS, "totals.csv", &totals);
    let run = setup.run("RC-03");
    for (period, plan) in [("2025-03", 2.0), ("2025-Q2", 6.0), ("2025", 24.0)] {
        assert_eq!(total(&run, period).and_then(|o| o.denominator), Some(plan), "{period}");
    }
}

#[test]
fn not_yet_is_no_moment_of_extraction() {
    let setup = Setup::new();
    let text = month_file(3, 400).replacen("D03-9,", "D03-9-open,", 1);
    // The last record is still open, and its system says so with a year.
    let open = "OPEN,2025-03-28T09:00:00+03:00,N1,import,home_use,paper,1,green,9999-12-31T00:00:00+03:00\n";
    std::fs::write(setup.sources().join("declaration-03.csv"), text + open).unwrap();
    ingest(&setup.node(), &setup.sources(), &setup.framework);
    let run = setup.run("TF-07");
    let latest = jiff::Timestamp::from_microsecond(run.extraction).unwrap();
    assert_eq!(latest.to_string().get(..7), Some("2025-03"), "{latest}");
    // Whichever KPI is asked for, the records were extracted at the same moment.
    assert_eq!(setup.run("TF-01").extraction, run.extraction);
}

#[test]
fn a_register_alone_is_counted_up_to_its_last_day() {
    let setup = Setup::new();
    let day = |n: u32| if n < 20 { "2023-05-01" } else { "2025-06-10" };
    let rows: String = (0..30).map(|n| format!("o{n},{}\n", day(n))).collect();
    setup.take("aeo_register", &OPERATORS, "operators.csv", &format!("id,from\n{rows}"));
    let options = MeasureOptions { periods: vec!["2025-06".parse().unwrap()], ..setup.options("TF-03") };
    let run = run(&setup.node(), &setup.framework, &options);
    let change = total(&run, "2025-06").expect("June is there");
    assert_eq!((change.numerator, change.denominator, change.value), (Some(30.0), Some(20.0), Some(50.0)));
}

#[test]
fn stocks_are_counted_up_to_the_extract_whatever_slips_of_the_pen_say() {
    let setup = Setup::new();
    let rows: String = (0..30).map(|n| format!("o{n},2024-05-01\n")).collect();
    setup.take("aeo_register", &OPERATORS, "operators.csv", &format!("id,from\n{rows}"));
    // 2205 for 2025: a month that is no month of the records.
    let text = month_file(3, 400) + "SLIP,2205-03-28T09:00:00+03:00,N1,import,home_use,paper,1,green,\n";
    std::fs::write(setup.sources().join("declaration-03.csv"), text).unwrap();
    ingest(&setup.node(), &setup.sources(), &setup.framework);
    let run = setup.run("TF-03");
    let months: Vec<&str> = run.observations.iter().map(|o| o.period.as_str()).collect();
    assert!(!months.is_empty() && months.iter().all(|month| *month <= "2025-03"), "{months:?}");
}

#[test]
fn other_opening_hours_are_another_part() {
    let setup = Setup::new();
    write_months(&setup.sources(), 1..=1);
    ingest(&setup.node(), &setup.sources(), &setup.framework);
    let mut files = framework_files();
    let definition = files.get_mut("kpis/TF-01.toml").unwrap();
    let by_condition = "lodgement = 'electronic' AND working_hours(office, lodged_at, released_at) >= 1";
    assert!(definition.contains("lodgement = 'electronic'"));
    *definition = definition.replace("lodgement = 'electronic'", by_condition);
    let framework = Framework::from_files(files).value.unwrap();
    assert!(framework.kpi("TF-01").is_some(), "the changed definition can be read");
    let with = |hours: OpeningHours| {
        let calendars = Calendars { default: hours, ..Calendars::default() };
        let options = MeasureOptions { calendars: Arc::new(calendars), ..setup.options("TF-01") };
        run(&setup.node(), &framework, &options)
    };
    let week = with(OpeningHours::office_week());
    assert_eq!(measured(&with(OpeningHours::office_week())), 0, "the same hours measure nothing");
    let never = with(OpeningHours { week: [None; 7], closed: Vec::new() });
    assert_eq!(measured(&never), 1, "other hours measure again");
    let value = |run: &Run| total(run, "2025-01").and_then(|o| o.numerator);
    assert!(value(&week) > Some(0.0) && value(&never) == Some(0.0));
}

#[test]
fn records_without_a_date_need_a_moment() {
    let setup = Setup::new();
    setup.take("annual_total", &TOTALS, "totals.csv", "code,period,amount\npca_plan,2025,6\n");
    let stop = std::sync::atomic::AtomicBool::new(false);
    let result = measure(&setup.node(), &setup.framework, &setup.options("OD-17"), &|_| (), &stop);
    assert!(matches!(result, Err(MeasureError::NoMoment)), "{result:?}");
}

#[test]
fn a_file_of_which_nothing_was_taken_lowers_coverage() {
    let setup = Setup::new();
    write_months(&setup.sources(), 1..=3);
    let broken = month_file(2, 400).replace("2025-02-", "soon-02-");
    std::fs::write(setup.sources().join("declaration-02.csv"), broken).unwrap();
    let report = ingest(&setup.node(), &setup.sources(), &setup.framework);
    assert_eq!(report.total().quarantined, 400);
    let run = setup.run("TF-01");
    let coverage = |period: &str| total(&run, period).and_then(|o| o.coverage).unwrap();
    // 800 of 1,200 rows are there, and nobody knows of which months the others were.
    assert!((coverage("2025-Q1") - 800.0 / 1200.0).abs() < 1e-12);
    assert!((coverage("2025-01") - 0.5).abs() < 1e-12);
}

#[test]
fn times_that_are_days_are_not_counted_as_times() {
    let setup = Setup::new();
    let by_hour = month_file(1, 400);
    // In February the system knows the day of release alone.
    let by_day: String = month_file(2, 400)
        .lines()
        .map(|line| match line.split_once(",2025-02-").and_then(|_| line.rsplit_once('T')) {
            Some((day, hour)) if hour.contains(":30:00") => format!("{day}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    std::fs::write(setup.sources().join("declaration-01.csv"), by_hour).unwrap();
    std::fs::write(setup.sources().join("declaration-02.csv"), by_day).unwrap();
    ingest(&setup.node(), &setup.sources(), &setup.framework);
    let run = setup.run("TF-08");
    // One in ten is not released; of the others half are stamped finely enough.
    let ready = run.readiness.kpis.iter().find(|ready| ready.kpi == "TF-08").unwrap();
    assert!((ready.filled.unwrap() - 0.45).abs() < 1e-12, "{ready:?}");
    assert_eq!(ready.weakest.as_ref().map(|field| field.field.as_str()), Some("released_at"));
    // What is known of a month is not asked of each record, and the answer is the same.
    let usable = |period: &str| total(&run, period).map(|o| (o.n, o.coverage));
    assert_eq!(usable("2025-01").map(|(n, _)| n), Some(400));
    assert_eq!(usable("2025-02").map(|(n, _)| n), Some(40), "only those that are still open");
}

#[test]
fn an_index_alone_is_made_from_its_members() {
    let setup = Setup::new();
    let mut rows = "id,at,who,answer\n".to_owned();
    for n in 0..40 {
        rows.push_str(&format!("o{n},2025-02-03T10:00:00+03:00,official,80\n"));
        rows.push_str(&format!("t{n},2025-02-03T10:00:00+03:00,private_sector,50\n"));
    }
    setup.take("survey", &ANSWERS, "survey.csv", &rows);
    let run = setup.run("OD-03");
    assert!(run.observations.iter().all(|o| o.kpi == "OD-03"), "members are not shown");
    assert_eq!(total(&run, "2025-02").and_then(|o| o.value), Some(30.0));
}

#[test]
fn a_breakdown_twice_is_one() {
    let setup = Setup::new();
    write_months(&setup.sources(), 1..=1);
    ingest(&setup.node(), &setup.sources(), &setup.framework);
    let cross = vec!["mode".to_owned(), "office".to_owned()];
    let options =
        MeasureOptions { by: Some(vec![cross.clone(), vec!["office".to_owned()], cross]), ..setup.options("TF-01") };
    let run = run(&setup.node(), &setup.framework, &options);
    let mut seen = std::collections::BTreeSet::new();
    assert!(run.observations.iter().all(|o| seen.insert((o.period.clone(), o.breakdown.clone()))));
}
