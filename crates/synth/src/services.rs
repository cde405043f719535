//! Services to trade: rulings, appeals and complaints, enquiries, and the log of legal acts, outages and consultations.

use std::collections::BTreeMap;
use std::path::Path;

use crate::calendar::DAY;
use crate::chance::Chance;
use crate::plan::{Plan, SynthError};
use crate::sheet::{FileTruth, Sheet};
use crate::tables::{APPEAL, ENQUIRY, LOG, RULING};
use crate::world::World;

/// Counts of files, by name.
type Files = BTreeMap<String, FileTruth>;

/// How many cases a month, for a table that has `per_thousand` of them for 1,000 declarations.
fn monthly(plan: &Plan, per_thousand: f64, least: f64) -> u32 {
    (f64::from(plan.rows) / f64::from(plan.months) / 1000.0 * per_thousand).max(least) as u32
}

/// Sorted local minutes in office hours of month `index`.
fn moments(plan: &Plan, index: u32, count: u32, chance: &mut Chance) -> Vec<i64> {
    let days = (plan.month_minute(index + 1) - plan.month_minute(index)) / DAY;
    let mut times: Vec<i64> = (0..count)
        .map(|_| plan.month_minute(index) + chance.between(0, days - 1) * DAY + chance.between(480, 1080))
        .collect();
    times.sort_unstable();
    times
}

/// Advance rulings.
pub(crate) fn rulings(plan: &Plan, offset: i32, into: &Path, files: &mut Files) -> Result<(), SynthError> {
    let mut chance = Chance::new(plan.seed, 30, 0);
    let mut sheet = Sheet::create(&into.join("ruling.csv"), RULING, offset)?;
    let mut number = 0;
    for index in 0..plan.months {
        for requested in moments(plan, index, monthly(plan, 1.6, 12.0), &mut chance) {
            number += 1;
            let (kind, limit) = [("classification", 60), ("origin", 90), ("value", 90)][chance.weighted(&[66, 22, 12])];
            let complete = requested + chance.between(0, 12) * DAY;
            let issued = complete + (chance.log_normal(f64::from(limit as i32) * 0.62, 0.5) * DAY as f64) as i64;
            let issued = (issued <= plan.as_of_minute() && !chance.yes(0.02)).then_some(issued);
            sheet.label("RU", number, 6);
            sheet.text(kind);
            sheet.time(requested);
            sheet.time(complete);
            sheet.maybe_time(issued);
            sheet.int(limit);
            match issued {
                Some(minute) => sheet.date(minute / DAY + 3 * 365),
                None => sheet.skip(),
            }
            sheet.flag(issued.is_some() && chance.yes(0.7));
            sheet.end_row()?;
        }
    }
    sheet.finish(files)
}

/// Appeals against decisions, and complaints.
pub(crate) fn appeals(
    plan: &Plan,
    world: &World,
    offset: i32,
    into: &Path,
    files: &mut Files,
) -> Result<(), SynthError> {
    let mut chance = Chance::new(plan.seed, 31, 0);
    let mut sheet = Sheet::create(&into.join("appeal.csv"), APPEAL, offset)?;
    let mut number = 0;
    for index in 0..plan.months {
        for lodged in moments(plan, index, monthly(plan, 3.0, 16.0), &mut chance) {
            number += 1;
            let complaint = chance.yes(0.55);
            let court = !complaint && chance.yes(0.12);
            let limit: i64 = match (complaint, court) {
                (true, _) => 20,
                (_, true) => 365,
                _ => 60,
            };
            let decided = lodged + (chance.log_normal(limit as f64 * 0.65, 0.6) * DAY as f64) as i64;
            let decided = (decided <= plan.as_of_minute()).then_some(decided);
            let outcome = if complaint {
                ["answered", "corrected"][chance.weighted(&[68, 32])]
            } else {
                ["upheld", "partly_reversed", "reversed", "settled", "withdrawn", "inadmissible"]
                    [chance.weighted(&[56, 11, 14, 6, 7, 6])]
            };
            sheet.label("AP", number, 6);
            sheet.text(if complaint { "complaint" } else { "appeal" });
            sheet.text(if court { "judicial" } else { "administrative" });
            sheet.text(if complaint {
                chance.one_of(&["delay", "conduct", "information", "system"])
            } else {
                chance.one_of(&["value", "classification", "origin", "penalty"])
            });
            sheet.text(&world.offices[world.office_lottery.draw(&mut chance) as usize].code);
            sheet.time(lodged);
            sheet.maybe_time(decided);
            sheet.int(limit);
            sheet.text(if decided.is_some() { outcome } else { "" });
            sheet.end_row()?;
        }
    }
    sheet.finish(files)
}

/// Requests for information.
pub(crate) fn enquiries(plan: &Plan, offset: i32, into: &Path, files: &mut Files) -> Result<(), SynthError> {
    let mut chance = Chance::new(plan.seed, 32, 0);
    let mut sheet = Sheet::create(&into.join("enquiry.csv"), ENQUIRY, offset)?;
    let mut number = 0;
    for index in 0..plan.months {
        let count = f64::from(monthly(plan, 12.0, 60.0)) * (1.0 - 0.004 * f64::from(index.min(100)));
        for received in moments(plan, index, count as u32, &mut chance) {
            number += 1;
            let (contact, standard) = [("telephone", 4), ("email", 48), ("web", 24), ("counter", 1), ("letter", 240)]
                [chance.weighted(&[34, 36, 18, 9, 3])];
            let answered = received + 1 + chance.log_normal(standard as f64 * 60.0 * 0.55, 0.9) as i64;
            sheet.label("EN", number, 7);
            sheet.text(contact);
            sheet.text(chance.one_of(&["tariff", "procedure", "value", "origin", "travellers", "e_commerce"]));
            sheet.time(received);
            sheet.maybe_time((answered <= plan.as_of_minute() && !chance.yes(0.03)).then_some(answered));
            sheet.int(standard);
            sheet.end_row()?;
        }
    }
    sheet.finish(files)
}

/// Legal acts, outages, hours of operation, consultations.
pub(crate) fn log(plan: &Plan, offset: i32, into: &Path, files: &mut Files) -> Result<(), SynthError> {
    let mut chance = Chance::new(plan.seed, 33, 0);
    let mut sheet = Sheet::create(&into.join("log.csv"), LOG, offset)?;
    let mut number = 0;
    let mut add = |sheet: &mut Sheet,
                   kind: &str,
                   opened: i64,
                   closed: i64,
                   subject: &str,
                   planned: Option<bool>,
                   minutes: Option<i64>| {
        number += 1;
        sheet.label("LG", number, 6);
        sheet.text(kind);
        sheet.time(opened);
        sheet.time(closed);
        sheet.text(subject);
        sheet.maybe(planned.map(|planned| if planned { "true" } else { "false" }));
        match minutes {
            Some(minutes) => sheet.int(minutes),
            None => sheet.skip(),
        }
        sheet.end_row()
    };
    for index in 0..plan.months {
        let (start, end) = (plan.month_minute(index), plan.month_minute(index + 1));
        for system in ["clearance", "single_window", "risk_engine"] {
            // The row of a month closes in its last minute, so that it belongs to that month.
            add(&mut sheet, "operation", start, end - 1, system, Some(true), Some(end - start))?;
            for opened in moments(plan, index, 1 + chance.below(4), &mut chance) {
                let planned = chance.yes(0.3);
                let minutes = 5 + chance.log_normal(50.0, 1.0).min(2000.0) as i64;
                let closed = (opened + minutes).min(end - 1);
                add(&mut sheet, "outage", opened, closed, system, Some(planned), Some(closed - opened))?;
            }
        }
        for closed in moments(plan, index, 1 + chance.below(4), &mut chance) {
            let subject = chance.one_of(&["law", "regulation", "instruction"]);
            let notice = chance.log_normal(24.0, 0.8) as i64;
            add(&mut sheet, "legal_act", closed - notice * DAY, closed, subject, None, None)?;
        }
        for opened in moments(plan, index, 1 + chance.below(2), &mut chance) {
            let subject = chance.one_of(&["facilitation_committee", "broker_forum", "ports_forum"]);
            add(&mut sheet, "consultation", opened, opened + 180, subject, Some(true), None)?;
        }
    }
    sheet.finish(files)
}
