//! Totals that no record holds, published series, and the answers of one cycle.

use std::collections::BTreeMap;
use std::path::Path;

use crate::calendar::{DAY, civil_date, day_number};
use crate::chance::Chance;
use crate::plan::{Plan, SynthError};
use crate::planted::SEASON;
use crate::sheet::{FileTruth, Sheet};
use crate::tables::{ANNUAL_TOTAL, CYCLE_SUBMISSION, EXTERNAL_SERIES};
use crate::tally::Tally;

/// Counts of files, by name.
type Files = BTreeMap<String, FileTruth>;

/// Years that the plan touches.
fn years(plan: &Plan) -> std::ops::RangeInclusive<i32> {
    plan.first_month.year()..=plan.month(plan.months - 1).year()
}

/// Forecast and cost by month; plans and counts by year.
pub(crate) fn annual_totals(
    plan: &Plan,
    tally: &Tally,
    offset: i32,
    into: &Path,
    files: &mut Files,
) -> Result<(), SynthError> {
    let mut chance = Chance::new(plan.seed, 40, 0);
    let mut sheet = Sheet::create(&into.join("annual_total.csv"), ANNUAL_TOTAL, offset)?;
    let mut add = |code: &str, period: &str, office: &str, amount: i64, unit: &str, flow: &str| {
        sheet.text(code);
        sheet.text(period);
        sheet.text(office);
        sheet.cents(amount);
        sheet.text(unit);
        sheet.text("annual plan");
        sheet.text(flow);
        sheet.end_row()
    };
    let mean = tally.revenue_by_year().values().sum::<i64>() / i64::from(plan.months);
    for index in 0..plan.months {
        let month = plan.month(index);
        let season = (SEASON[month.month() as usize - 1] * 1000.0) as i64;
        // Without floating point in money: per mille of season, growth and a forecaster's error.
        let growth = 960 + 4 * i64::from(index.min(100));
        let forecast = mean / 1000 * season / 1000 * growth / 1000 * (1000 + chance.between(-40, 70));
        let cost = mean / 1000 * (16 + chance.between(-1, 2));
        add("revenue_forecast", &month.to_string(), "", forecast, &plan.currency, "")?;
        add("collection_cost", &month.to_string(), "", cost, &plan.currency, "")?;
    }
    let audits = tally.audits() as i64 * 12 / i64::from(plan.months);
    for year in years(plan) {
        let period = year.to_string();
        add("pca_plan", &period, "", (audits + audits / 8 + 1) * 100, "audit", "")?;
        add("consultation_plan", &period, "", 2400, "meeting", "")?;
        add("budget", &period, "", mean / 1000 * 17 * 12, &plan.currency, "")?;
        add("staff_plan", &period, "", (plan.offices as i64 * 60 + 200) * 100, "post", "")?;
        // The key of a total has no flow: the unit tells the two apart.
        add("documents_required", &period, "import-unit", 600, "document", "import")?;
        add("documents_required", &period, "export-unit", 400, "document", "export")?;
        add("data_elements_required", &period, "", 14_200, "element", "")?;
        add("data_elements_aligned", &period, "", 11_000 + 300 * i64::from(year % 5), "element", "")?;
    }
    sheet.finish(files)
}

/// Invented values of a series in the form of published ones.
pub(crate) fn external_series(plan: &Plan, offset: i32, into: &Path, files: &mut Files) -> Result<(), SynthError> {
    let mut chance = Chance::new(plan.seed, 41, 0);
    let mut sheet = Sheet::create(&into.join("external_series.csv"), EXTERNAL_SERIES, offset)?;
    let retrieved = plan.as_of_minute() / DAY;
    for year in years(plan) {
        let series = [
            ("invented-index", "LP.LPI.CUST.XQ", "QZ", 2_600_000 + chance.between(0, 400_000)),
            ("invented-partners", "MIRROR.EXPORTS", "QZ", 9_000_000_000_000 + chance.between(0, 999_999_999)),
        ];
        for (provider, code, country, amount) in series {
            sheet.text(provider);
            sheet.text(code);
            sheet.text(country);
            sheet.int(i64::from(year));
            sheet.fixed(amount, 6);
            sheet.date(retrieved);
            sheet.text("CC0-1.0");
            sheet.end_row()?;
        }
    }
    sheet.finish(files)
}

/// Answers of one cycle, whose reference year is the last complete one.
pub(crate) fn cycle_submission(plan: &Plan, offset: i32, into: &Path, files: &mut Files) -> Result<(), SynthError> {
    let mut chance = Chance::new(plan.seed, 42, 0);
    let mut sheet = Sheet::create(&into.join("cycle_submission.csv"), CYCLE_SUBMISSION, offset)?;
    let end = civil_date(plan.month_minute(plan.months) / DAY).0;
    let complete = plan.month_minute(0) / DAY <= day_number(end - 1, 1, 1);
    let year = if complete { end - 1 } else { plan.first_month.year() };
    for (dimension, count) in [("tf", 31), ("rc", 23), ("es", 24), ("od", 17)] {
        for number in 1..=count {
            let answer = ["value", "zero", "not_applicable", "not_available", "not_collected", "withheld"]
                [chance.weighted(&[74, 3, 7, 8, 6, 2])];
            let answered = matches!(answer, "value" | "zero");
            let reviewed = answered && chance.yes(0.6);
            sheet.label("C", (year + 1) as u64, 4);
            sheet.int(i64::from(year));
            sheet.label(&format!("{}-", dimension.to_uppercase()), number, 2);
            sheet.text("1.0.0");
            sheet.text(dimension);
            sheet.text(answer);
            sheet.flag(reviewed);
            if reviewed {
                sheet.flag(chance.yes(0.9))
            } else {
                sheet.skip()
            }
            sheet.text(if answered { "computed from records" } else { "" });
            sheet.end_row()?;
        }
    }
    sheet.finish(files)
}
