//! Writes the clearance system's tables of a declaration: header, items, events, controls.

use crate::calendar::DAY;
use crate::declaration::{Declaration, Flow, Lane, agreement};
use crate::plan::SynthError;
use crate::planted::RANDOM_SHARE;
use crate::sheet::{Sheet, push_padded};
use crate::world::{AGENCIES, COUNTRIES, SECTORS, World};

/// The declaration's header.
pub(crate) fn header(sheet: &mut Sheet, world: &World, declaration: &Declaration) -> Result<(), SynthError> {
    let d = declaration;
    sheet.with(|bytes| d.push_id(bytes, world));
    sheet.time(d.accepted);
    sheet.text(d.flow.code());
    sheet.cents(d.value());
    sheet.text(&world.offices[d.office].code);
    sheet.text(&world.offices[d.border_office].code);
    sheet.text(match d.flow {
        Flow::Import => "IM",
        Flow::Export => "EX",
        Flow::Transit => "TR",
    });
    sheet.text(national_procedure(d.procedure));
    sheet.text(d.procedure);
    sheet.label("REF", u64::from(d.number) * 7 + u64::from(d.broker), 7);
    sheet.label("UCR", u64::from(d.number) * 31 + d.firm as u64, 9);
    sheet.label("MAN", (d.accepted.div_euclid(DAY) * 40) as u64 + u64::from(d.number % 40), 8);
    sheet.label("XS", u64::from(d.supplier), 5);
    sheet.label("IM", d.firm as u64, 5);
    sheet.label("BR", u64::from(d.broker), 4);
    sheet.text(d.mode);
    sheet.text(d.traffic);
    sheet.flag(d.container);
    sheet.text(d.incoterm);
    sheet.int(d.items.len() as i64);
    sheet.int(d.packages);
    sheet.text(if d.paper { "paper" } else { "electronic" });
    sheet.text(if d.paper_processed { "paper" } else { "electronic" });
    sheet.flag(d.ecommerce);
    sheet.flag(d.aeo);
    sheet.text(if d.aeo { world.firms[d.firm].aeo_type } else { "" });
    sheet.flag(d.cancelled);
    match d.time.transit_limit {
        Some(limit) => {
            sheet.label("CORR-", u64::from(d.supplier % 4) + 1, 1);
            sheet.time(limit);
        }
        None => {
            sheet.skip();
            sheet.skip();
        }
    }
    match (d.traffic, d.lane) {
        ("express", _) => sheet.int(60),
        (_, Lane::Green) => sheet.int(240),
        (_, Lane::Yellow) => sheet.int(1440),
        (_, Lane::Red) => sheet.int(4320),
    }
    sheet.end_row()
}

/// National code of a procedure.
pub(crate) fn national_procedure(procedure: &str) -> &'static str {
    match procedure {
        "home_use" => "4000",
        "warehousing" => "7100",
        "inward_processing" => "5100",
        "temporary_admission" => "5300",
        "export" => "1000",
        "outward_processing" => "2100",
        _ => "8000",
    }
}

/// All items of the declaration.
pub(crate) fn items(sheet: &mut Sheet, world: &World, declaration: &Declaration) -> Result<(), SynthError> {
    for (index, item) in declaration.items.iter().enumerate() {
        sheet.with(|bytes| declaration.push_id(bytes, world));
        sheet.int(index as i64 + 1);
        sheet.time(declaration.accepted);
        sheet.text(declaration.procedure);
        sheet.cents(item.value);
        sheet.cents(item.value_declared);
        if item.checked {
            sheet.cents(item.value);
        } else {
            sheet.skip();
        }
        sheet.with(|bytes| push_padded(bytes, u64::from(item.hs), 8));
        sheet.with(|bytes| push_padded(bytes, u64::from(item.hs_declared), 8));
        if item.checked {
            sheet.with(|bytes| push_padded(bytes, u64::from(item.hs), 8));
        } else {
            sheet.skip();
        }
        sheet.maybe(agreement(item));
        sheet.text(COUNTRIES[item.origin].0);
        sheet.text(COUNTRIES[(item.origin + usize::from(item.net_mass % 7 == 0)) % COUNTRIES.len()].0);
        sheet.fixed(item.gross_mass, 3);
        sheet.fixed(item.net_mass, 3);
        match item.quantity {
            Some(quantity) => sheet.fixed(quantity, 3),
            None => sheet.skip(),
        }
        sheet.int(i64::from(item.method));
        sheet.flag(item.checked);
        let taxes = item.taxes();
        let (paid, exempt, guaranteed) = match (declaration.pays(), item.relief) {
            (true, false) => (taxes, 0, 0),
            (true, true) => (0, taxes, 0),
            (false, _) => (0, 0, taxes),
        };
        sheet.cents(paid);
        sheet.cents(exempt);
        sheet.cents(guaranteed);
        sheet.end_row()?;
    }
    Ok(())
}

/// Writes the rows of one declaration's event log.
struct Log<'a> {
    sheet: &'a mut Sheet,
    world: &'a World,
    declaration: &'a Declaration,
    as_of: i64,
    number: i64,
}

impl Log<'_> {
    fn add(
        &mut self,
        event: &str,
        at: Option<i64>,
        by_inspector: bool,
        holder: &str,
        lane: &str,
        result: &str,
    ) -> Result<(), SynthError> {
        let Some(at) = at.filter(|&at| at <= self.as_of) else {
            return Ok(());
        };
        self.number += 1;
        let (world, declaration) = (self.world, self.declaration);
        self.sheet.with(|bytes| declaration.push_id(bytes, world));
        self.sheet.text(event);
        self.sheet.int(self.number);
        self.sheet.time(at);
        if by_inspector {
            self.sheet.with(|bytes| World::push_inspector(bytes, declaration.office, declaration.inspector));
        } else {
            self.sheet.skip();
        }
        self.sheet.text(holder);
        self.sheet.text(lane);
        self.sheet.text(result);
        self.sheet.end_row()
    }
}

/// The event log of the declaration up to the extraction.
pub(crate) fn events(
    sheet: &mut Sheet,
    world: &World,
    declaration: &Declaration,
    as_of: i64,
) -> Result<(), SynthError> {
    let time = &declaration.time;
    let mut log = Log { sheet, world, declaration, as_of, number: 0 };
    let lane = declaration.lane.code();
    log.add("arrival", time.arrival, false, "", "", "")?;
    log.add("lodged", Some(time.lodged), false, "", "", "")?;
    log.add("registered", Some(declaration.accepted), false, "", "", "")?;
    log.add("channel_assigned", Some(time.channel), false, "", lane, "")?;
    if let Some((at, lane)) = time.rerouted {
        log.add("rerouted", Some(at), true, "", lane.code(), "")?;
    }
    log.add("assigned_to_inspector", time.assigned, true, "", "", "")?;
    log.add("documents_checked", time.documents, true, "", "", "")?;
    if let Some((start, end)) = time.inspection {
        let hit = declaration.controls.iter().any(|control| control.kind == "physical" && control.hit);
        log.add("inspection_start", Some(start), true, "", "", "")?;
        log.add("inspection_result", Some(end), true, "", "", if hit { "irregular" } else { "conform" })?;
    }
    if let Some((agency, start, end)) = time.hold {
        log.add("other_agency_hold", Some(start), false, AGENCIES[agency], "", "")?;
        log.add("other_agency_release", end, false, AGENCIES[agency], "", "")?;
    }
    log.add("assessed", time.assessed, false, "", "", "")?;
    log.add("paid", time.paid, false, "", "", "")?;
    log.add("customs_release", time.released, false, "", "", "")?;
    log.add("gate_out", time.gate_out, false, "", "", "")?;
    log.add("cancelled", time.cancelled, false, "", "", "")?;
    log.add("discharge", time.discharged, false, "", "", "")
}

/// The declaration's controls.
pub(crate) fn controls(sheet: &mut Sheet, world: &World, declaration: &Declaration) -> Result<(), SynthError> {
    let sector = world.firms[declaration.firm].sector;
    for (index, control) in declaration.controls.iter().enumerate() {
        sheet.with(|bytes| push_control_id(bytes, world, declaration, index));
        sheet.with(|bytes| declaration.push_id(bytes, world));
        if control.kind == "physical" {
            sheet.int(1);
        } else {
            sheet.skip();
        }
        sheet.text(control.kind);
        sheet.text(control.selection);
        sheet.text(control.target);
        if control.selection == "risk_profile" {
            sheet.label("P", u64::from(world.chapters[declaration.items[0].chapter].number % 12) + 1, 2);
            sheet.text(if declaration.number.is_multiple_of(5) { "model-b" } else { "model-a" });
        } else {
            sheet.skip();
            sheet.skip();
        }
        sheet.fixed(declaration.score, 6);
        sheet.with(|bytes| World::push_inspector(bytes, declaration.office, control.inspector));
        sheet.text(control.agency);
        sheet.flag(control.joint);
        sheet.time(control.start);
        sheet.time(control.end);
        sheet.text(if control.hit { "irregular" } else { "conform" });
        sheet.flag(control.hit);
        sheet.maybe(control.offence);
        sheet.cents(control.additional);
        match control.due_and_paid {
            Some((due, paid)) => {
                sheet.cents(due);
                sheet.cents(paid);
            }
            None => {
                sheet.skip();
                sheet.skip();
            }
        }
        match declaration.time.rerouted {
            Some((_, lane)) if control.kind == "document" => {
                sheet.text(declaration.lane.code());
                sheet.text(lane.code());
            }
            _ => {
                sheet.skip();
                sheet.skip();
            }
        }
        match declaration.random_arm {
            Some(stratum) if control.selection == "random" => {
                sheet.text(["large", "small"][stratum]);
                sheet.fixed((1e6 / RANDOM_SHARE[stratum] + 0.5) as i64, 6);
            }
            _ => {
                sheet.skip();
                sheet.skip();
            }
        }
        sheet.text(SECTORS[sector]);
        sheet.flag(sector < 3);
        sheet.maybe(agreement(&declaration.items[0]));
        sheet.maybe(control.audit);
        match control.audit {
            Some(_) => sheet.label("PCA-", declaration.office as u64 % 3 + 1, 1),
            None => sheet.skip(),
        }
        match control.scanner {
            Some(scanner) => sheet.label("SC-", declaration.office as u64 * 3 + u64::from(scanner) + 1, 2),
            None => sheet.skip(),
        }
        sheet.end_row()?;
    }
    Ok(())
}

/// Identifier of control number `index` of the declaration.
pub(crate) fn push_control_id(bytes: &mut Vec<u8>, world: &World, declaration: &Declaration, index: usize) {
    declaration.push_id(bytes, world);
    bytes.extend_from_slice(b"-K");
    push_padded(bytes, index as u64 + 1, 1);
}
