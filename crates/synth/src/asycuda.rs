//! The two tables of an ASYCUDA World SQL extract, with the oddities of real ones.

use std::collections::BTreeSet;
use std::path::Path;

use crate::administration::Setting;
use crate::calendar::{DAY, civil_date};
use crate::chance::Chance;
use crate::clearance::national_procedure;
use crate::declaration::{Declaration, Flow, Lane, agreement};
use crate::plan::{Plan, SynthError};
use crate::sheet::{Sheet, push_int, push_padded};
use crate::truth::Minutes;
use crate::world::{COUNTRIES, World};

mod layout;
mod truth;

use layout::{ITEMS, OPERATIONS};
pub use truth::AsycudaTruth;

/// Stream of draws.
const ODDITIES: u32 = 50;

/// Writes `items.csv` and `operations.csv` in the columns of the usual extract queries, from the import declarations of the plan
/// that are not cancelled, with `truth.json` beside them. Times are local, `DD/MM/YYYY HH24:MI`.
///
/// # Errors
/// When the plan is not possible, or a file cannot be written.
pub fn write_asycuda_extract(plan: &Plan, into: &Path) -> Result<AsycudaTruth, SynthError> {
    let setting = Setting::new(plan)?;
    std::fs::create_dir_all(into).map_err(|source| SynthError::Write { path: into.to_owned(), source })?;
    let mut extract = Extract {
        items: Sheet::create(&into.join("items.csv"), ITEMS, setting.offset)?,
        operations: Sheet::create(&into.join("operations.csv"), OPERATIONS, setting.offset)?,
        world: &setting.world,
        as_of: plan.as_of_minute(),
        truth: AsycudaTruth::default(),
    };
    let mut minutes = Minutes::default();
    for index in 0..plan.months {
        let mut chance = Chance::new(plan.seed, ODDITIES, index);
        setting.declarations(index, |declaration| {
            if declaration.flow != Flow::Import || declaration.cancelled {
                return Ok(());
            }
            let lanes = Lanes::draw(&declaration, &mut chance);
            extract.item_rows(&declaration, &lanes, &mut chance)?;
            extract.operation_rows(&declaration, &lanes, &mut chance)?;
            if let Some(released) = declaration.time.released.filter(|&at| at <= extract.as_of) {
                extract.truth.released += 1;
                minutes.add(released - declaration.accepted);
            }
            Ok(())
        })?;
    }
    let Extract { items, operations, mut truth, .. } = extract;
    truth.processing_time = minutes.durations();
    let mut files = std::collections::BTreeMap::new();
    items.finish(&mut files)?;
    operations.finish(&mut files)?;
    let path = into.join("truth.json");
    let mut text = serde_json::to_string_pretty(&truth).expect("maps have text keys and numbers are finite");
    text.push('\n');
    std::fs::write(&path, text).map_err(|source| SynthError::Write { path, source })?;
    Ok(truth)
}

/// Lanes as the extract shows them.
struct Lanes {
    first: &'static str,
    current: &'static str,
    missing: bool,
    selectivity: bool,
    silent: bool,
}

impl Lanes {
    fn draw(declaration: &Declaration, chance: &mut Chance) -> Lanes {
        // Without selectivity the flags are empty, and the query makes GREEN of that.
        let selectivity = !chance.yes(0.02);
        let first = match (selectivity, declaration.lane) {
            (false, _) | (_, Lane::Green) => "GREEN",
            (_, Lane::Yellow) => ["YELLOW", "Yellow"][chance.weighted(&[4, 1])],
            (_, Lane::Red) => ["RED", "Red"][chance.weighted(&[4, 1])],
        };
        let moved = declaration.time.rerouted.filter(|_| selectivity).map(|(_, lane)| lane);
        let silent = selectivity && moved.is_none() && declaration.lane == Lane::Yellow && chance.yes(0.01);
        let current = match (silent, moved) {
            (true, _) | (_, Some(Lane::Green)) => "GREEN",
            (_, Some(_)) => "YELLOW",
            _ => first,
        };
        Lanes { first, current, missing: chance.yes(0.015), selectivity, silent }
    }
}

struct Extract<'a> {
    items: Sheet,
    operations: Sheet,
    world: &'a World,
    as_of: i64,
    truth: AsycudaTruth,
}

impl Extract<'_> {
    fn item_rows(&mut self, d: &Declaration, lanes: &Lanes, chance: &mut Chance) -> Result<(), SynthError> {
        self.truth.declarations += 1;
        self.truth.missing_lane += u64::from(lanes.missing);
        self.truth.without_selectivity += u64::from(!lanes.selectivity);
        self.truth.silent_reroutes += u64::from(lanes.silent);
        let acts = d.controls.iter().filter(|c| c.kind != "pca" && c.hit && !c.invented);
        let top_up: i64 = acts.clone().map(|control| control.additional).sum();
        let offences: BTreeSet<&str> = acts.filter_map(|control| control.offence).collect();
        let offences = offences.into_iter().collect::<Vec<_>>().join(";");
        self.truth.top_up += top_up;
        let deferred = d.aeo && chance.yes(0.3);
        for (index, item) in d.items.iter().enumerate() {
            self.truth.items += 1;
            self.truth.value += item.value;
            let (paid, lost) = match (d.pays(), item.relief) {
                (true, false) => ([item.duty, item.excise, item.vat], [0; 3]),
                (true, true) => ([0; 3], [item.duty, item.excise, item.vat]),
                (false, _) => ([0; 3], [0; 3]),
            };
            self.truth.taxes += paid.iter().sum::<i64>();
            self.truth.forgone += lost.iter().sum::<i64>();
            let repeats = if item.quantity.is_some() && item.net_mass % 9 == 0 { 2 } else { 1 };
            for repeat in 0..repeats {
                self.truth.item_rows += 1;
                self.truth.repeated_item_rows += u64::from(repeat > 0);
                self.truth.top_up_as_repeated += top_up;
                self.item_row(d, index, repeat, lanes, (paid, lost), (top_up, &offences, deferred))?;
            }
        }
        Ok(())
    }

    fn item_row(
        &mut self,
        d: &Declaration,
        index: usize,
        repeat: i64,
        lanes: &Lanes,
        (paid, lost): ([i64; 3], [i64; 3]),
        (top_up, offences, deferred): (i64, &str, bool),
    ) -> Result<(), SynthError> {
        let item = &d.items[index];
        let sheet = &mut self.items;
        sheet.text(&self.world.offices[d.office].code);
        sheet.text(&self.world.offices[d.border_office].code);
        sheet.label("BR", u64::from(d.broker), 4);
        sheet.label("AGENT ", u64::from(d.broker), 4);
        sheet.with(|bytes| push_day(bytes, d.accepted));
        sheet.with(|bytes| d.push_number(bytes));
        sheet.label("10", d.firm as u64, 8);
        sheet.label("TRADER ", d.firm as u64, 5);
        sheet.label("TRADER ", d.firm as u64, 5);
        // The declarant's reference year, which is not always the year of registration.
        sheet.int(i64::from(d.year) - i64::from(d.month == 1 && d.number.is_multiple_of(4)));
        sheet.int(index as i64 + 1);
        sheet.text(if lanes.missing { "" } else { lanes.first });
        sheet.text(if lanes.missing { "" } else { lanes.current });
        push_regime(sheet, d);
        sheet.with(|bytes| push_padded(bytes, u64::from(item.hs), 8));
        sheet.with(|bytes| {
            bytes.extend_from_slice(b"\"Goods of chapter ");
            push_padded(bytes, u64::from(self.world.chapters[item.chapter].number), 2);
            bytes.extend_from_slice(b", other than \"\"used\"\"\"");
        });
        sheet.label("lot ", u64::from(item.hs % 1000), 3);
        sheet.text(national_procedure(d.procedure));
        sheet.text(if item.relief { "401" } else { "000" });
        sheet.maybe(agreement(item));
        match item.quantity {
            Some(quantity) => sheet.fixed(if repeat == 0 { quantity } else { quantity * 12 }, 3),
            None => sheet.skip(),
        }
        sheet.text(["CT", "PK", "BG", "PX"][item.chapter % 4]);
        sheet.int((d.packages / d.items.len() as i64).max(1));
        push_quoted(sheet, COUNTRIES[item.origin].1);
        push_quoted(sheet, COUNTRIES[(item.origin + usize::from(item.net_mass % 7 == 0)) % COUNTRIES.len()].1);
        sheet.with(|bytes| {
            bytes.extend_from_slice(b"\"SUPPLIER ");
            push_padded(bytes, u64::from(d.supplier), 5);
            bytes.extend_from_slice(b"\nHARBOUR ROAD ");
            push_int(bytes, i64::from(d.supplier % 90) + 1);
            bytes.extend_from_slice(b", BLOCK B\nPORT\"");
        });
        sheet.fixed(item.gross_mass, 3);
        sheet.fixed(item.net_mass, 3);
        sheet.text(d.incoterm);
        let rate = 1_345_000 + i64::from(d.month) * 2_150;
        let invoice = (i128::from(item.value) * 88 * 100_000 / 100 / i128::from(rate)) as i64;
        sheet.cents(invoice / 150);
        sheet.cents(item.value / 14);
        sheet.cents(item.value / 200);
        sheet.cents(invoice);
        sheet.text("USD");
        sheet.fixed(rate, 5);
        sheet.cents(item.value);
        push_taxes(sheet, paid, d.number % 2 == 1);
        push_taxes(sheet, lost, false);
        sheet.cents(top_up);
        sheet.text(offences);
        sheet.text(if deferred { "DEFERRED" } else { "CASH" });
        sheet.label("", d.mode.parse().unwrap_or(0), 2);
        sheet.end_row()
    }

    fn operation_rows(&mut self, d: &Declaration, lanes: &Lanes, chance: &mut Chance) -> Result<(), SynthError> {
        let time = &d.time;
        let containers = if d.container { 1 + chance.weighted(&[60, 25, 10, 5]) as u32 } else { 1 };
        let mut steps: Vec<(i64, &'static str, u32, bool)> = vec![(d.accepted, "Validate and assess", 1, false)];
        let mut step = |at: Option<i64>, name, version, officer| {
            if let Some(at) = at {
                steps.push((at, name, version, officer));
            }
        };
        step(Some(d.accepted + 1), "Request PRN", 1, false);
        if chance.yes(0.3) {
            step(Some(d.accepted + 2), "Add Scanned Docs", 1, false);
        }
        if lanes.selectivity {
            step(Some(time.channel), "Release Order (selectivity)", 1, false);
            step(time.rerouted.filter(|r| r.1 == Lane::Green).map(|r| r.0), "System re-route to green", 1, true);
        }
        step(time.inspection.map(|(_, end)| end), "Control Results", 1, true);
        let reassessed = time.assessed.filter(|_| d.corrected);
        step(reassessed, "Validate and assess", 2, true);
        let version = if reassessed.is_some() { 2 } else { 1 };
        step(time.paid, "Payment", version, false);
        let cleared = time.released.filter(|_| d.lane != Lane::Green).map(|at| at - 1);
        step(cleared, "Clear declaration", version, true);
        step(time.released, "Print Release Order", version, false);
        if chance.yes(0.04) {
            step(time.released.map(|at| at + 35), "Print Release Order", version, false);
        }
        if chance.yes(0.008) {
            step(time.released.map(|at| at + 12 * DAY), "Post-Entry", version + 1, true);
        }
        if chance.yes(0.004) {
            let name = ["Query Raised", "Amend Bond Details"][chance.weighted(&[2, 1])];
            step(Some(d.accepted + 3), name, 1, true);
        }
        steps.retain(|step| step.0 <= self.as_of);
        for (at, name, version, officer) in steps {
            let unknown = matches!(name, "Query Raised" | "Amend Bond Details");
            self.truth.operations += 1;
            self.truth.operation_rows += u64::from(containers);
            self.truth.repeated_operation_rows += u64::from(containers) - 1;
            if unknown {
                self.truth.unknown_operations += 1;
                self.truth.unknown_operation_rows += u64::from(containers);
                self.truth.unknown_names.insert(name.to_owned());
            }
            for container in 0..containers {
                self.operation_row(d, lanes, container, (at, name, version, officer))?;
            }
        }
        Ok(())
    }

    fn operation_row(
        &mut self,
        d: &Declaration,
        lanes: &Lanes,
        container: u32,
        (at, name, version, officer): (i64, &str, u32, bool),
    ) -> Result<(), SynthError> {
        let sheet = &mut self.operations;
        sheet.text(&self.world.offices[d.office].code);
        sheet.with(|bytes| push_day(bytes, d.accepted));
        sheet.with(|bytes| d.push_number(bytes));
        push_regime(sheet, d);
        sheet.text(lanes.first);
        sheet.text(lanes.current);
        if d.mode == "3" {
            sheet.label("QZ ", u64::from(d.supplier) * 3 + 100, 4)
        } else {
            sheet.skip()
        }
        sheet.text(if d.value() > 5_000_000 { "HIGH VALUE" } else { "LOW VALUE" });
        if d.container {
            sheet.label("QZXU", u64::from(d.number) * 10 + u64::from(container), 7);
        } else {
            sheet.skip();
        }
        sheet.int(i64::from(version));
        sheet.text(name);
        sheet.with(|bytes| push_minute(bytes, at));
        if officer {
            sheet.with(|bytes| World::push_inspector(bytes, d.office, d.inspector));
        } else {
            sheet.label("broker", u64::from(d.broker), 4);
        }
        sheet.end_row()
    }
}

fn push_regime(sheet: &mut Sheet, d: &Declaration) {
    sheet.text(match d.procedure {
        "home_use" => "IM4",
        "warehousing" => "IM7",
        _ => "IM5",
    });
}

/// Three taxes and their total; with `gap` a tax of zero is left out, and then the total is missing too.
fn push_taxes(sheet: &mut Sheet, taxes: [i64; 3], gap: bool) {
    let missing = gap && taxes[1] == 0;
    sheet.cents(taxes[0]);
    if missing {
        sheet.skip()
    } else {
        sheet.cents(taxes[1])
    }
    sheet.cents(taxes[2]);
    if missing { sheet.skip() } else { sheet.cents(taxes.iter().sum()) }
}

fn push_quoted(sheet: &mut Sheet, text: &str) {
    let quote = text.contains(',');
    sheet.with(|bytes| {
        if quote {
            bytes.push(b'"');
        }
        bytes.extend_from_slice(text.as_bytes());
        if quote {
            bytes.push(b'"');
        }
    });
}

/// `DD/MM/YYYY`.
fn push_day(bytes: &mut Vec<u8>, minute: i64) {
    let (year, month, day) = civil_date(minute.div_euclid(DAY));
    push_padded(bytes, u64::from(day), 2);
    bytes.push(b'/');
    push_padded(bytes, u64::from(month), 2);
    bytes.push(b'/');
    push_padded(bytes, year as u64, 4);
}

/// `DD/MM/YYYY HH24:MI`.
fn push_minute(bytes: &mut Vec<u8>, minute: i64) {
    push_day(bytes, minute);
    bytes.push(b' ');
    push_padded(bytes, minute.rem_euclid(DAY) as u64 / 60, 2);
    bytes.push(b':');
    push_padded(bytes, minute.rem_euclid(60) as u64, 2);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_day_first() {
        let mut bytes = Vec::new();
        push_minute(&mut bytes, crate::calendar::day_number(2024, 2, 9) * DAY + 13 * 60 + 5);
        assert_eq!(bytes, b"09/02/2024 13:05");
    }
}
