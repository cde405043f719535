//! Registers of people and firms: authorized operators, staff, surveys.

use std::collections::BTreeMap;
use std::path::Path;

use crate::calendar::{DAY, civil_date, month_start};
use crate::chance::Chance;
use crate::plan::{Plan, SynthError};
use crate::sheet::{FileTruth, Sheet};
use crate::tables::{AEO_REGISTER, STAFF, SURVEY};
use crate::world::{SECTORS, World};

/// Counts of files, by name.
type Files = BTreeMap<String, FileTruth>;

/// Register of authorized operators. Gives the number of active ones at the end of each year.
pub(crate) fn operators(
    plan: &Plan,
    world: &World,
    offset: i32,
    into: &Path,
    files: &mut Files,
) -> Result<BTreeMap<String, u64>, SynthError> {
    let mut chance = Chance::new(plan.seed, 20, 0);
    let mut sheet = Sheet::create(&into.join("aeo_register.csv"), AEO_REGISTER, offset)?;
    let last = plan.month_minute(plan.months) / DAY;
    let as_of = plan.as_of_minute() / DAY;
    let mut valid = Vec::new();
    for (index, firm) in world.firms.iter().enumerate() {
        let Some(from) = firm.aeo_from else { continue };
        let ends = chance.yes(0.08).then(|| from.max(last - 600) + chance.between(30, 500));
        let ends = ends.filter(|&day| day <= as_of);
        let role = ["importer", "exporter", "manufacturer", "broker", "forwarder", "warehouse"];
        sheet.label("IM", index as u64, 5);
        sheet.text(firm.aeo_type);
        sheet.text(role[chance.weighted(&[46, 20, 14, 8, 7, 5])]);
        sheet.date(from);
        match ends {
            Some(day) => sheet.date(day),
            None => sheet.skip(),
        }
        sheet.text(if ends.is_some() { "revoked" } else { "active" });
        sheet.flag(chance.yes(0.6));
        sheet.end_row()?;
        valid.push((from, ends.unwrap_or(i64::MAX)));
    }
    sheet.finish(files)?;
    let (first_year, last_year) = (plan.first_month.year(), civil_date(last - 1).0);
    Ok((first_year..=last_year)
        .map(|year| {
            let day = month_start(year + 1, 1, 0) - 1;
            let active = valid.iter().filter(|(from, to)| *from <= day && day < *to).count();
            (year.to_string(), active as u64)
        })
        .collect())
}

/// Staff at the end of each month, by office, grade, function and gender.
pub(crate) fn staff(plan: &Plan, world: &World, offset: i32, into: &Path, files: &mut Files) -> Result<(), SynthError> {
    const GRADES: [(&str, f64, f64); 7] = [
        ("executive", 0.004, 0.25),
        ("senior_manager", 0.02, 0.27),
        ("middle_manager", 0.07, 0.33),
        ("senior_officer", 0.2, 0.38),
        ("officer", 0.42, 0.42),
        ("assistant", 0.2, 0.5),
        ("support", 0.086, 0.6),
    ];
    let mut chance = Chance::new(plan.seed, 21, 0);
    let mut sheet = Sheet::create(&into.join("staff.csv"), STAFF, offset)?;
    for index in 0..plan.months {
        let month_end = plan.month_minute(index + 1) / DAY - 1;
        for (place, office) in world.offices.iter().enumerate() {
            for (grade, share, women) in GRADES {
                let function = match grade {
                    "support" => "support",
                    "officer" | "senior_officer" => "operations",
                    _ => "management",
                };
                for (gender, part) in [("female", women + 0.001 * f64::from(index)), ("male", 1.0 - women)] {
                    let top = if grade == "executive" && place > 0 { 0.0 } else { 1.0 };
                    let heads = (f64::from(office.inspectors) * 4.0 * share * part * top + 0.5) as i64;
                    if heads == 0 {
                        continue;
                    }
                    let training = (0..heads).map(|_| i64::from(chance.below(8))).sum::<i64>();
                    let leavers = (0..heads).filter(|_| chance.yes(0.006)).count() as i64;
                    sheet.date(month_end);
                    sheet.text(&office.code);
                    sheet.text(grade);
                    sheet.text(function);
                    sheet.text(gender);
                    sheet.int(heads);
                    sheet.cents(heads * 97);
                    sheet.fixed(training, 1);
                    sheet.int(leavers);
                    sheet.end_row()?;
                }
            }
        }
    }
    sheet.finish(files)
}

/// Perception surveys: a wave each year in the tenth month, two groups, ten factors; one yes-or-no question to firms.
pub(crate) fn surveys(plan: &Plan, offset: i32, into: &Path, files: &mut Files) -> Result<(), SynthError> {
    const FACTORS: [(&str, f64, f64); 10] = [
        ("leadership", 64.0, 52.0),
        ("regulatory_framework", 66.0, 55.0),
        ("transparency", 68.0, 51.0),
        ("automation", 71.0, 66.0),
        ("reform", 65.0, 58.0),
        ("audit", 61.0, 50.0),
        ("code_of_conduct", 70.0, 49.0),
        ("human_resources", 55.0, 50.0),
        ("morale", 54.0, 52.0),
        ("private_sector", 63.0, 57.0),
    ];
    let mut chance = Chance::new(plan.seed, 22, 0);
    let mut sheet = Sheet::create(&into.join("survey.csv"), SURVEY, offset)?;
    let mut number = 0;
    let waves: Vec<u32> = (0..plan.months).filter(|&index| plan.month(index).month() == 10).collect();
    let waves = if waves.is_empty() { vec![plan.months - 1] } else { waves };
    for (wave, index) in waves.into_iter().enumerate() {
        let start = plan.month_minute(index);
        for (group, respondents) in [("official", 260), ("private_sector", 220)] {
            for _ in 0..respondents {
                let at = start + chance.between(0, 20) * DAY + chance.between(540, 1000);
                let gender = ["female", "male", "not_stated"][chance.weighted(&[42, 53, 5])];
                let size = ["micro", "small", "medium", "large"][chance.weighted(&[25, 35, 25, 15])];
                let sector = chance.one_of(&SECTORS);
                let language = ["en", "fr"][chance.weighted(&[70, 30])];
                let mood = 9.0 * chance.normal();
                let complex = chance.yes(0.46 - 0.02 * wave as f64);
                let firm = group == "private_sector";
                for question in 0..=FACTORS.len() {
                    let factor = FACTORS.get(question);
                    if factor.is_none() && !firm {
                        continue;
                    }
                    number += 1;
                    sheet.label("SV", number, 7);
                    sheet.time(at);
                    sheet.with(|bytes| crate::sheet::push_int(bytes, i64::from(plan.month(index).year())));
                    sheet.text("perception-v1");
                    sheet.text(group);
                    sheet.text(if firm { size } else { "all" });
                    sheet.fixed(1_000_000, 6);
                    match factor {
                        Some((name, officials, firms)) => {
                            let mean = if firm { *firms } else { *officials } + 0.8 * wave as f64;
                            let answer = (mean + mood + 14.0 * chance.normal()).clamp(0.0, 100.0);
                            sheet.text(name);
                            sheet.label("Q", question as u64 + 1, 2);
                            sheet.cents((answer as i64) * 100);
                            sheet.skip();
                        }
                        None => {
                            sheet.skip();
                            sheet.text("rules_too_complex");
                            sheet.skip();
                            sheet.flag(complex);
                        }
                    }
                    sheet.text(language);
                    sheet.text(if firm { sector } else { "" });
                    sheet.text(if firm { size } else { "" });
                    sheet.text(gender);
                    sheet.end_row()?;
                }
            }
        }
    }
    sheet.finish(files)
}
