//! Seizures and offence cases.

use crate::border::{FieldHit, Span, push_monthly};
use crate::chance::Chance;
use crate::clearance::push_control_id;
use crate::declaration::Declaration;
use crate::plan::SynthError;
use crate::sheet::Sheet;
use crate::tally::Tally;
use crate::world::World;

/// A product that is seized.
struct Product {
    category: &'static str,
    code: &'static str,
    weight: u32,
    unit: &'static str,
    /// Median quantity in `unit`.
    median: f64,
    hs: &'static str,
    regime: &'static str,
    /// Value of a unit in national currency.
    price: f64,
}

#[allow(clippy::too_many_arguments, reason = "one argument a column of the table below")]
const fn product(
    category: &'static str,
    code: &'static str,
    weight: u32,
    unit: &'static str,
    median: f64,
    hs: &'static str,
    regime: &'static str,
    price: f64,
) -> Product {
    Product { category, code, weight, unit, median, hs, regime, price }
}

/// Drugs come first: hits of drug controls draw among the first `DRUGS`.
const DRUGS: usize = 8;
const PRODUCTS: [Product; 34] = [
    product("drugs", "cannabis", 90, "kg", 4.0, "121190", "", 900.0),
    product("drugs", "cocaine", 40, "kg", 1.5, "293991", "", 60000.0),
    product("drugs", "heroin", 18, "kg", 0.8, "293911", "", 40000.0),
    product("drugs", "methamphetamine", 30, "kg", 0.7, "293971", "", 50000.0),
    product("drugs", "synthetic_opioids", 24, "kg", 2.0, "300490", "", 20000.0),
    product("drugs", "khat", 26, "kg", 12.0, "121190", "", 60.0),
    product("drugs", "new_psychoactive", 12, "kg", 0.4, "293999", "", 30000.0),
    product("drugs", "precursors", 8, "kg", 60.0, "291633", "", 90.0),
    product("environment", "ivory", 6, "kg", 6.0, "050710", "CITES", 900.0),
    product("environment", "live_animals", 7, "piece", 5.0, "010620", "CITES", 300.0),
    product("environment", "timber", 6, "kg", 9000.0, "440349", "CITES", 2.0),
    product("environment", "waste", 10, "kg", 18000.0, "854911", "Basel", 0.4),
    product("environment", "ozone_depleting_substances", 6, "kg", 120.0, "290371", "Montreal", 25.0),
    product("ipr_health_safety", "counterfeit_clothing", 30, "piece", 220.0, "611020", "", 12.0),
    product("ipr_health_safety", "counterfeit_footwear", 22, "piece", 90.0, "640319", "", 25.0),
    product("ipr_health_safety", "counterfeit_electronics", 20, "piece", 60.0, "851713", "", 90.0),
    product("ipr_health_safety", "counterfeit_toys", 10, "piece", 300.0, "950300", "", 6.0),
    product("ipr_health_safety", "medicines", 26, "piece", 900.0, "300490", "", 2.0),
    product("ipr_health_safety", "cosmetics", 14, "piece", 150.0, "330499", "", 5.0),
    product("ipr_health_safety", "foodstuffs", 10, "kg", 200.0, "160414", "", 4.0),
    product("security", "firearms", 9, "piece", 2.0, "930200", "", 800.0),
    product("security", "ammunition", 9, "piece", 80.0, "930630", "", 2.0),
    product("security", "explosives", 3, "kg", 4.0, "360200", "", 100.0),
    product("security", "dual_use_goods", 5, "piece", 3.0, "854370", "Wassenaar", 9000.0),
    product("cultural_heritage", "archaeological_objects", 3, "piece", 3.0, "970529", "UNESCO 1970", 2000.0),
    product("cultural_heritage", "coins", 4, "piece", 15.0, "970531", "UNESCO 1970", 150.0),
    product("revenue", "cigarettes", 95, "stick", 24000.0, "240220", "", 0.3),
    product("revenue", "water_pipe_tobacco", 14, "kg", 15.0, "240311", "", 40.0),
    product("revenue", "electronic_cigarettes", 18, "piece", 120.0, "854340", "", 14.0),
    product("revenue", "spirits", 40, "litre", 40.0, "220830", "", 22.0),
    product("revenue", "beer", 22, "litre", 140.0, "220300", "", 3.0),
    product("revenue", "wine", 10, "litre", 60.0, "220421", "", 9.0),
    product("revenue", "diesel", 16, "litre", 1500.0, "271019", "", 1.2),
    product("revenue", "petrol", 14, "litre", 700.0, "271012", "", 1.3),
];

/// Month's seizures and offences under way, held in memory: they go into one file for all months.
pub(crate) struct Cases {
    pub seizures: Sheet,
    pub offences: Sheet,
    pub span: Span,
    seizure: u32,
    offence: u32,
}

/// Where and how goods were seized.
struct Place<'a> {
    at: i64,
    office: usize,
    direction: &'a str,
    mode: &'a str,
    traffic: &'a str,
    selection: &'a str,
    detection: &'a str,
}

impl Cases {
    /// No cases yet.
    pub(crate) fn new(seizures: Sheet, offences: Sheet, span: Span) -> Self {
        Cases { seizures, offences, span, seizure: 0, offence: 0 }
    }

    /// Cases that follow from the controls of a declaration.
    pub(crate) fn add_from_controls(
        &mut self,
        world: &World,
        declaration: &Declaration,
        tally: &mut Tally,
        chance: &mut Chance,
    ) -> Result<(), SynthError> {
        for (index, control) in declaration.controls.iter().enumerate().filter(|(_, c)| c.hit && !c.invented) {
            let offence = control.offence.unwrap_or("other");
            let prohibited = offence == "prohibited_goods";
            if prohibited {
                let place = Place {
                    at: control.end,
                    office: declaration.office,
                    direction: declaration.flow.code(),
                    mode: declaration.mode,
                    traffic: declaration.traffic,
                    selection: control.selection,
                    detection: if control.kind == "scan" { "scan" } else { "search" },
                };
                let products = if control.target == "drugs" { &PRODUCTS[..DRUGS] } else { &PRODUCTS[..] };
                self.seize(world, products, &place, tally, chance, |bytes| {
                    push_control_id(bytes, world, declaration, index);
                })?;
            }
            if prohibited || chance.yes(0.45) {
                self.open(world, declaration.office, offence, control.end, control.additional, chance)?;
            }
        }
        Ok(())
    }

    /// Seizures of drugs that follow from controls in the field.
    pub(crate) fn add_from_field(
        &mut self,
        world: &World,
        hits: &[FieldHit],
        tally: &mut Tally,
        chance: &mut Chance,
    ) -> Result<(), SynthError> {
        for hit in hits {
            let place = Place {
                at: hit.at,
                office: hit.office,
                direction: "import",
                mode: hit.mode,
                traffic: hit.traffic,
                selection: hit.selection,
                detection: ["dog", "search", "trace"][chance.weighted(&[40, 45, 15])],
            };
            let (span, number) = (self.span, hit.number);
            self.seize(world, &PRODUCTS[..DRUGS], &place, tally, chance, |bytes| {
                push_monthly(bytes, "FC", span, number);
            })?;
            self.open(world, hit.office, "prohibited_goods", hit.at, 0, chance)?;
        }
        Ok(())
    }

    /// Seizures without a control on record.
    pub(crate) fn add_others(
        &mut self,
        world: &World,
        count: u32,
        tally: &mut Tally,
        chance: &mut Chance,
    ) -> Result<(), SynthError> {
        for _ in 0..count {
            let office = world.office_lottery.draw(chance) as usize;
            let mode = ["1", "3", "4", "5"][chance.weighted(&[30, 34, 24, 12])];
            let traffic = match mode {
                "4" => ["passenger", "express", "cargo"][chance.weighted(&[60, 25, 15])],
                "5" => "post",
                "3" => ["cargo", "passenger"][chance.weighted(&[60, 40])],
                _ => "cargo",
            };
            let place = Place {
                at: chance.between(self.span.start, self.span.end - 1),
                office,
                direction: ["import", "export", "transit"][chance.weighted(&[82, 11, 7])],
                mode,
                traffic,
                selection: ["risk_profile", "intelligence", "discretionary", "tip", "random"]
                    [chance.weighted(&[48, 20, 20, 8, 4])],
                detection: ["routine", "risk_analysis", "scan", "dog", "search", "investigation"]
                    [chance.weighted(&[26, 26, 14, 10, 18, 6])],
            };
            self.seize(world, &PRODUCTS, &place, tally, chance, |_| ())?;
            if chance.yes(0.7) {
                let at = place.at;
                self.open(world, office, "smuggling", at, 0, chance)?;
            }
        }
        Ok(())
    }

    fn seize(
        &mut self,
        world: &World,
        products: &[Product],
        place: &Place<'_>,
        tally: &mut Tally,
        chance: &mut Chance,
        control: impl FnOnce(&mut Vec<u8>),
    ) -> Result<(), SynthError> {
        let weights: Vec<u32> = products.iter().map(|product| product.weight).collect();
        let product = &products[chance.weighted(&weights)];
        let quantity = (chance.log_normal(product.median, 1.2).clamp(0.01, 5e6) * 1000.0) as i64;
        let whole = matches!(product.unit, "piece" | "stick");
        let pieces = (quantity / 1000).max(1);
        let quantity = if whole { pieces * 1000 } else { quantity };
        let mass = if product.unit == "kg" { quantity } else { 0 };
        let value = (quantity as f64 / 10.0 * product.price) as i64;
        let reported = place.at + 600 + chance.log_normal(9_000.0, 0.9) as i64;
        let truth = tally.seizures.entry(product.code.to_owned()).or_default();
        truth.category = product.category.to_owned();
        truth.count += 1;
        truth.mass_grams += mass;
        truth.pieces += if whole { pieces } else { 0 };

        self.seizure += 1;
        let (span, number) = (self.span, self.seizure);
        let sheet = &mut self.seizures;
        sheet.with(|bytes| push_monthly(bytes, "SZ", span, number));
        sheet.time(place.at);
        sheet.text(product.category);
        sheet.text(&world.offices[place.office].code);
        sheet.text(if place.traffic == "passenger" { "arrivals hall" } else { "inspection area" });
        sheet.text(place.direction);
        sheet.text(place.mode);
        sheet.text(place.traffic);
        sheet.text(product.code);
        sheet.text(product.regime);
        sheet.text(product.hs);
        sheet.fixed(quantity, 3);
        sheet.text(product.unit);
        if mass > 0 {
            sheet.fixed(mass, 3)
        } else {
            sheet.skip()
        }
        if whole {
            sheet.int(pieces)
        } else {
            sheet.skip()
        }
        sheet.cents(value);
        sheet.text(chance.one_of(&["load", "luggage", "vehicle", "body", "parcel"]));
        sheet.text(place.detection);
        sheet.text(place.selection);
        sheet.with(control);
        sheet.with(|bytes| push_monthly(bytes, "CASE", span, number));
        sheet.maybe_time((reported <= span.as_of && chance.yes(0.93)).then_some(reported));
        sheet.int(10);
        sheet.end_row()
    }

    fn open(
        &mut self,
        world: &World,
        office: usize,
        offence: &str,
        opened: i64,
        amount: i64,
        chance: &mut Chance,
    ) -> Result<(), SynthError> {
        let closed = opened + 1440 + chance.log_normal(60_000.0, 0.9) as i64;
        let outcome =
            ["dropped", "acquittal", "warning", "settlement", "fine", "confiscation", "licence_action", "conviction"]
                [chance.weighted(&[14, 4, 16, 22, 24, 12, 3, 5])];
        let sanction = match outcome {
            "settlement" | "fine" | "conviction" => amount / 2 + (chance.log_normal(90_000.0, 0.8)) as i64,
            _ => 0,
        };
        self.offence += 1;
        let (span, number) = (self.span, self.offence);
        let sheet = &mut self.offences;
        sheet.with(|bytes| push_monthly(bytes, "OF", span, number));
        sheet.time(opened);
        let done = closed <= span.as_of;
        sheet.text(if done { outcome } else { "pending" });
        sheet.text(offence);
        sheet.text(&world.offices[office].code);
        sheet.maybe_time(done.then_some(closed));
        if done && sanction > 0 {
            sheet.cents(sanction)
        } else {
            sheet.skip()
        }
        sheet.end_row()
    }
}
