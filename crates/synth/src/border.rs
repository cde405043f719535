//! Tables beside the clearance system: consignments, controls in the field, other agencies.

use crate::chance::Chance;
use crate::declaration::{Declaration, Flow};
use crate::plan::SynthError;
use crate::sheet::{Sheet, push_padded};
use crate::world::{AGENCIES, Kind, World};

/// Foreign ports; the first ones screen containers.
const PORTS: [&str; 16] = [
    "CNSHA", "SGSIN", "CNNGB", "NLRTM", "AEJEA", "DEHAM", "BEANR", "KRPUS", "INNSA", "ZADUR", "TRMER", "EGPSD",
    "PKKHI", "THLCH", "BRSSZ", "KEMBA",
];
/// Number of ports with screening.
const SCREENED: usize = 9;

/// Span of a month in local minutes, its label and the extraction.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    pub start: i64,
    pub end: i64,
    pub year: i32,
    pub month: u32,
    pub index: u32,
    pub as_of: i64,
}

/// One of the offices of a kind, or the first office.
fn office_of(world: &World, kind: Kind, chance: &mut Chance) -> usize {
    let count = world.offices.iter().filter(|office| office.kind == kind).count();
    if count == 0 {
        return 0;
    }
    let place = chance.below(count as u32) as usize;
    let mut offices = world.offices.iter().enumerate().filter(|(_, office)| office.kind == kind);
    offices.nth(place).map_or(0, |(index, _)| index)
}

/// Consignments of the manifest system.
pub(crate) fn consignments(
    sheet: &mut Sheet,
    world: &World,
    span: Span,
    count: u32,
    chance: &mut Chance,
) -> Result<(), SynthError> {
    for number in 1..=count {
        let traffic = ["cargo", "express", "post"][chance.weighted(&[56, 30, 14])];
        let mode = match traffic {
            "cargo" => ["1", "3", "4", "2"][chance.weighted(&[55, 28, 12, 5])],
            "express" => "4",
            _ => "5",
        };
        let kind = match mode {
            "1" => Kind::Seaport,
            "4" | "5" => Kind::Airport,
            _ => Kind::Border,
        };
        let office = office_of(world, kind, chance);
        let arrived = chance.between(span.start, span.end - 1);
        let quick = chance.yes(0.82);
        let cleared = match traffic {
            "express" if quick => arrived + chance.between(2, 60),
            "express" => arrived + 60 + chance.log_normal(300.0, 1.0) as i64,
            "post" => arrived + chance.log_normal(900.0, 0.8) as i64,
            _ => arrived + chance.log_normal(2600.0, 0.9) as i64,
        };
        let import = chance.yes(0.7);
        let containers = if mode == "1" && chance.yes(0.85) { 1 + chance.weighted(&[60, 20, 10, 6, 4]) } else { 0 };
        let port = chance.below(64).min(chance.below(64)) as usize / 4;
        let odds = match traffic {
            "express" => 0.9,
            "post" => 0.5 + 0.008 * f64::from(span.index).min(50.0),
            _ => 0.82,
        };
        sheet.with(|bytes| push_monthly(bytes, "CN", span, number));
        sheet.time(arrived);
        sheet.maybe_time((cleared <= span.as_of && !chance.yes(0.01)).then_some(cleared));
        sheet.text(if import { "import" } else { "export" });
        sheet.text(mode);
        sheet.text(traffic);
        if mode == "1" {
            sheet.text(PORTS[port])
        } else {
            sheet.skip()
        }
        sheet.int(containers as i64);
        if mode == "1" {
            sheet.flag(port < SCREENED)
        } else {
            sheet.skip()
        }
        sheet.flag(chance.yes(odds));
        sheet.flag(match traffic {
            "cargo" => chance.yes(0.01),
            _ => chance.yes(0.6),
        });
        if traffic == "cargo" {
            sheet.skip()
        } else {
            sheet.label("OP", u64::from(chance.below(5)) + 1, 2)
        }
        sheet.text(&world.offices[office].code);
        sheet.end_row()?;
    }
    Ok(())
}

/// Identifier that is unique over all months.
pub(crate) fn push_monthly(bytes: &mut Vec<u8>, prefix: &str, span: Span, number: u32) {
    bytes.extend_from_slice(prefix.as_bytes());
    push_padded(bytes, span.year as u64, 4);
    push_padded(bytes, u64::from(span.month), 2);
    bytes.push(b'-');
    push_padded(bytes, u64::from(number), 6);
}

/// A drug hit in the field, for the table of seizures.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FieldHit {
    pub number: u32,
    pub at: i64,
    pub office: usize,
    pub traffic: &'static str,
    pub mode: &'static str,
    pub selection: &'static str,
}

/// Controls of travellers, by mobile teams and in foreign ports. Gives the hits on drugs.
pub(crate) fn field_controls(
    sheet: &mut Sheet,
    world: &World,
    span: Span,
    count: u32,
    chance: &mut Chance,
) -> Result<Vec<FieldHit>, SynthError> {
    let mut hits = Vec::new();
    for number in 1..=count {
        let what = chance.weighted(&[38, 22, 32, 8]);
        let airport = office_of(world, Kind::Airport, chance);
        let border = office_of(world, Kind::Border, chance);
        let end = chance.between(span.start, span.end - 1);
        let (kind, selection, target, traffic, mode, office, odds) = match what {
            // Random sample of air passengers.
            0 => ("physical", "random", "other", "passenger", "4", airport, 0.018),
            1 => {
                let selection = ["risk_profile", "discretionary", "intelligence"][chance.weighted(&[70, 22, 8])];
                ("physical", selection, "drugs", "passenger", "4", airport, 0.06)
            }
            2 => {
                let selection = ["risk_profile", "intelligence", "tip"][chance.weighted(&[75, 15, 10])];
                let target = ["revenue", "drugs", "security"][chance.weighted(&[75, 18, 7])];
                ("mobile", selection, target, "cargo", "3", border, 0.11)
            }
            _ => ("scan", "risk_profile", "security", "cargo", "1", office_of(world, Kind::Seaport, chance), 0.02),
        };
        let hit = chance.yes(odds);
        sheet.with(|bytes| push_monthly(bytes, "FC", span, number));
        sheet.text(kind);
        sheet.text(selection);
        sheet.text(target);
        let inspector = chance.below(world.offices[office].inspectors);
        sheet.with(|bytes| World::push_inspector(bytes, office, inspector));
        sheet.text("customs");
        sheet.flag(false);
        sheet.time(end - chance.between(5, 40));
        sheet.time(end);
        sheet.flag(hit);
        sheet.text(match (hit, target) {
            (false, _) => "",
            (_, "drugs") => "prohibited_goods",
            (_, "other") => "currency",
            _ => "smuggling",
        });
        if what == 0 {
            sheet.text(if airport.is_multiple_of(2) { "night" } else { "day" });
            sheet.fixed(120_000_000, 6);
        } else {
            sheet.skip();
            sheet.skip();
        }
        if what == 2 {
            sheet.label("REGION-", u64::from(chance.below(4)) + 1, 1)
        } else {
            sheet.skip()
        }
        if what <= 1 {
            sheet.text(&world.offices[airport].code)
        } else {
            sheet.skip()
        }
        sheet.flag(what == 3);
        if what == 3 {
            sheet.text(PORTS[chance.below(SCREENED as u32) as usize])
        } else {
            sheet.skip()
        }
        sheet.text(traffic);
        sheet.text(&world.offices[office].code);
        sheet.text("import");
        sheet.text(mode);
        sheet.end_row()?;
        if hit && target == "drugs" {
            hits.push(FieldHit { number, at: end, office, traffic, mode, selection });
        }
    }
    Ok(hits)
}

/// Permits that other agencies gave for the declaration, and data of partners matched with it.
pub(crate) fn agency_records(
    sheet: &mut Sheet,
    world: &World,
    span: Span,
    declaration: &Declaration,
    chance: &mut Chance,
) -> Result<(), SynthError> {
    if declaration.flow == Flow::Transit || declaration.traffic != "cargo" {
        return Ok(());
    }
    let agency = declaration.items.iter().find_map(|item| world.chapters[item.chapter].agency);
    if let Some(agency) = agency.filter(|_| declaration.flow == Flow::Import && chance.yes(0.7)) {
        let requested = declaration.accepted - 60 - chance.log_normal(7000.0, 0.8) as i64;
        let answered = requested + 20 + chance.log_normal(2500.0, 0.9) as i64;
        let window = chance.yes((0.45 + 0.012 * f64::from(span.index)).min(0.95));
        record(sheet, world, declaration, 1, AGENCIES[agency], "permit", requested, answered, span.as_of);
        sheet.text(if chance.yes(0.96) { "granted" } else { "refused" });
        sheet.flag(window);
        sheet.with(|bytes| declaration.push_id(bytes, world));
        sheet.flag(false);
        sheet.text("public-service");
        sheet.end_row()?;
    }
    if chance.yes(0.38) {
        let partner = ["port_authority", "tax_authority", "partner_state", "bank"][chance.weighted(&[40, 25, 25, 10])];
        let requested = declaration.accepted + 1440;
        if requested <= span.as_of {
            record(sheet, world, declaration, 2, partner, "data_match", requested, requested + 30, span.as_of);
            sheet.skip();
            sheet.skip();
            sheet.with(|bytes| declaration.push_id(bytes, world));
            sheet.flag(chance.yes(0.86));
            sheet.text("memorandum");
            sheet.end_row()?;
        }
    }
    Ok(())
}

#[allow(clippy::too_many_arguments, reason = "one argument a column")]
fn record(
    sheet: &mut Sheet,
    world: &World,
    declaration: &Declaration,
    number: u64,
    agency: &str,
    kind: &str,
    requested: i64,
    answered: i64,
    as_of: i64,
) {
    sheet.with(|bytes| {
        declaration.push_id(bytes, world);
        bytes.extend_from_slice(b"-A");
        push_padded(bytes, number, 1);
    });
    sheet.text(agency);
    sheet.text(kind);
    sheet.time(requested);
    sheet.maybe_time((answered <= as_of).then_some(answered));
}
