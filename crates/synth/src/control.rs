//! Controls of a declaration: documents, scans, inspections and audits.

use crate::chance::Chance;
use crate::declaration::{Declaration, Flow, IRREGULARITIES, Lane};
use crate::planted::{PADDING, Planted};
use crate::selection::correct;
use crate::world::{AGENCIES, World};

/// One control. Money in hundredths, times in local minutes.
#[derive(Debug, Clone)]
pub(crate) struct Control {
    pub kind: &'static str,
    pub selection: &'static str,
    pub target: &'static str,
    pub agency: &'static str,
    pub joint: bool,
    pub inspector: u32,
    pub start: i64,
    pub end: i64,
    pub hit: bool,
    /// The hit was invented to pad the hit rate.
    pub invented: bool,
    pub offence: Option<&'static str>,
    pub additional: i64,
    /// Random samples: amounts due as found, and paid on the declaration.
    pub due_and_paid: Option<(i64, i64)>,
    pub scanner: Option<u32>,
    pub audit: Option<&'static str>,
}

impl Control {
    fn new(kind: &'static str, selection: &'static str, inspector: u32, start: i64, end: i64) -> Self {
        Control {
            kind,
            selection,
            target: "revenue",
            agency: "customs",
            joint: false,
            inspector,
            start,
            end,
            hit: false,
            invented: false,
            offence: None,
            additional: 0,
            due_and_paid: None,
            scanner: None,
            audit: None,
        }
    }
}

/// Draws the controls that were finished by `as_of`, and corrects the declaration where one found its irregularity.
pub(crate) fn draw(world: &World, planted: &Planted, declaration: &mut Declaration, as_of: i64, chance: &mut Chance) {
    if declaration.cancelled {
        return;
    }
    let mut controls = Vec::new();
    scans(declaration, as_of, &mut controls, chance);
    documents(declaration, as_of, &mut controls, chance);
    inspections(world, planted, declaration, as_of, &mut controls, chance);
    audit(declaration, as_of, &mut controls, chance);
    declaration.controls = controls;
}

/// Marks the control as a hit and corrects the declaration.
fn found(declaration: &mut Declaration, control: &mut Control) {
    let Some(kind) = declaration.irregular else {
        return;
    };
    control.hit = true;
    control.offence = Some(IRREGULARITIES[kind].0);
    if !declaration.corrected {
        control.additional = declaration.gap;
        correct(declaration);
    }
}

fn scans(declaration: &mut Declaration, as_of: i64, controls: &mut Vec<Control>, chance: &mut Chance) {
    if declaration.flow == Flow::Transit || declaration.traffic != "cargo" {
        return;
    }
    let span = declaration.time.released.unwrap_or(declaration.time.channel + 2000) - declaration.time.channel;
    let start = declaration.time.channel + span / 10;
    let end = start + 5;
    if end > as_of {
        return;
    }
    let odds = if declaration.lane == Lane::Red { 0.5 } else { 0.06 };
    if declaration.container && chance.yes(odds) {
        let mut control = Control::new("scan", "risk_profile", declaration.inspector, start, end);
        control.scanner = Some(chance.below(3));
        if chance.yes(0.3) {
            found(declaration, &mut control);
        }
        controls.push(control);
    }
    if declaration.flow == Flow::Import && chance.yes(0.03) {
        let selection = ["risk_profile", "intelligence", "tip"][chance.weighted(&[80, 15, 5])];
        let mut control = Control::new("scan", selection, declaration.inspector, start, end + 3);
        control.target = "drugs";
        control.scanner = Some(chance.below(3));
        if chance.yes(0.03) {
            control.hit = true;
            control.offence = Some("prohibited_goods");
        }
        controls.push(control);
    }
}

fn documents(declaration: &mut Declaration, as_of: i64, controls: &mut Vec<Control>, chance: &mut Chance) {
    let (Some(end), Some(start)) = (declaration.time.documents, declaration.time.assigned) else {
        return;
    };
    if end > as_of || declaration.lane == Lane::Red {
        return;
    }
    let mut control = Control::new("document", "risk_profile", declaration.inspector, start, end);
    if declaration.lane == Lane::Green {
        control.selection = "discretionary";
    }
    if chance.yes(0.35) {
        found(declaration, &mut control);
    }
    declaration.items[0].checked = true;
    controls.push(control);
}

fn inspections(
    world: &World,
    planted: &Planted,
    declaration: &mut Declaration,
    as_of: i64,
    controls: &mut Vec<Control>,
    chance: &mut Chance,
) {
    let Some((start, end)) = declaration.time.inspection else {
        return;
    };
    let random = declaration.random_arm.is_some();
    let selection = match declaration.random_arm {
        Some(_) => "random",
        None => ["risk_profile", "discretionary", "intelligence", "tip"][chance.weighted(&[80, 13, 4, 3])],
    };
    let mut control = Control::new("physical", selection, declaration.inspector, start, end);
    control.target =
        ["revenue", "safety", "security", "ipr", "environment", "other"][chance.weighted(&[78, 7, 4, 6, 3, 2])];
    let second = chance.yes(0.15);
    let joint = second && chance.yes(0.45);
    let agency = chance.one_of(&AGENCIES);
    let second_hit = chance.yes(0.05);
    let sharp = chance.yes(0.8);
    let pads = chance.yes(PADDING);
    let invented = 100 + i64::from(chance.below(4_900));
    if end > as_of {
        return;
    }
    let paid: i64 = declaration.due().iter().sum();
    for item in &mut declaration.items {
        item.checked = true;
    }
    if random || sharp {
        found(declaration, &mut control);
    }
    if declaration.office == planted.padding_office && selection == "risk_profile" && !control.hit && pads {
        control.hit = true;
        control.invented = true;
        control.offence = Some("documents");
        control.additional = invented;
    }
    if random {
        let found_before: i64 = controls.iter().map(|earlier| earlier.additional).sum();
        control.due_and_paid = Some((declaration.due().iter().sum(), paid - found_before));
    }
    control.joint = joint;
    controls.push(control);
    let later = if joint { end } else { (end + 45).min(declaration.time.released.unwrap_or(end)).max(end) };
    if second && later <= as_of {
        let mut other =
            Control::new("physical", "risk_profile", world.offices[declaration.office].inspectors, start, later);
        other.target = "safety";
        other.agency = agency;
        other.joint = joint;
        other.hit = second_hit;
        other.offence = second_hit.then_some("licence");
        controls.push(other);
    }
}

fn audit(declaration: &mut Declaration, as_of: i64, controls: &mut Vec<Control>, chance: &mut Chance) {
    if declaration.procedure != "home_use" || !chance.yes(0.02) {
        return;
    }
    let Some(released) = declaration.time.released else {
        return;
    };
    let start = released + chance.between(20, 200) * 1440;
    let end = start + chance.between(3, 60) * 1440;
    let audit = ["desk", "field", "systems"][chance.weighted(&[60, 32, 8])];
    let sharp = chance.yes(0.75);
    let other = chance.yes(0.18);
    let share = i64::from(2 + chance.below(9));
    if end > as_of {
        return;
    }
    let mut control = Control::new("pca", "risk_profile", declaration.inspector, start, end);
    control.audit = Some(audit);
    if let (Some(kind), true, false) = (declaration.irregular, sharp, declaration.corrected) {
        // Found after release: items and payments of the declaration stand, the audit assesses the rest.
        control.hit = true;
        control.offence = Some(IRREGULARITIES[kind].0);
        control.additional = declaration.gap;
    } else if other {
        control.hit = true;
        control.offence = Some("misdescription");
        control.additional = declaration.due().iter().sum::<i64>() * share / 100;
    }
    controls.push(control);
}
