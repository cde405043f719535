//! Irregularity, risk score and lane; and what a correction changes.

use crate::chance::{Chance, exp, ln};
use crate::declaration::{Declaration, Flow, IRREGULARITIES, Lane};
use crate::planted::Planted;
use crate::world::{COUNTRIES, World};

/// Decides whether the declaration is irregular, then scores it and chooses the lane.
pub(crate) fn select(world: &World, planted: &Planted, declaration: &mut Declaration, chance: &mut Chance) {
    let trader = &world.firms[declaration.firm];
    let chapter = world.chapters[declaration.items[0].chapter].number;
    let mut risk = 0.04 * trader.badness;
    risk *= match chapter {
        22 | 24 | 61..=64 | 87 => 1.6,
        84 | 85 | 90 => 0.7,
        _ => 1.0,
    };
    risk *= if matches!(COUNTRIES[declaration.items[0].origin].0, "AE" | "TR" | "CN") { 1.3 } else { 0.9 };
    if declaration.flow != Flow::Import {
        risk *= 0.35;
    }
    if declaration.aeo {
        risk *= 0.4;
    }
    if chance.yes(risk.min(0.6)) {
        declaration.irregular = Some(chance.weighted(&IRREGULARITIES.map(|kind| kind.1)));
    }
    let known = if declaration.irregular.is_some() { 0.9 } else { 0.0 };
    let signal = 0.9 * ln(risk / 0.04) + 0.8 * chance.normal() + known;
    declaration.score = (1_000_000.0 / (1.0 + exp(2.2 - signal))) as i64;
    declaration.lane = match signal {
        _ if declaration.flow == Flow::Transit => Lane::Green,
        s if s > 1.25 => Lane::Red,
        s if s > 0.3 => Lane::Yellow,
        _ => Lane::Green,
    };
    let stratum = usize::from(declaration.office >= planted.large_offices);
    if declaration.flow == Flow::Import
        && declaration.traffic == "cargo"
        && !declaration.cancelled
        && chance.yes(crate::planted::RANDOM_SHARE[stratum])
    {
        declaration.random_arm = Some(stratum);
        declaration.lane = Lane::Red;
    }
    let office = &world.offices[declaration.office];
    declaration.inspector = chance.below(office.inspectors);
    if declaration.office == 0 && declaration.broker == 0 && chance.yes(crate::planted::FAVOUR) {
        declaration.inspector = 0;
    }
    if declaration.irregular.is_some() {
        misstate(world, declaration, chance);
    }
}

/// What the irregular declaration understates. Until it is found, declared values stand.
fn misstate(world: &World, declaration: &mut Declaration, chance: &mut Chance) {
    let taxed = declaration.flow != Flow::Export;
    let kind = declaration.irregular.map_or("", |kind| IRREGULARITIES[kind].0);
    let item = &mut declaration.items[0];
    match kind {
        "undervaluation" => {
            let honest = item.taxes();
            item.value_declared = item.value * i64::from(40 + chance.below(45)) / 100;
            item.value = item.value_declared;
            item.tax(world, taxed);
            declaration.gap = honest - item.taxes();
        }
        "documents" | "licence" | "prohibited_goods" => declaration.gap = 0,
        _ => declaration.gap = item.taxes() * i64::from(10 + chance.below(50)) / 100,
    }
    if !declaration.pays() || declaration.items[0].relief {
        declaration.gap = 0;
    }
}

/// Corrects the items of a declaration whose irregularity was found before release.
pub(crate) fn correct(declaration: &mut Declaration) {
    let Some(kind) = declaration.irregular.map(|kind| IRREGULARITIES[kind].0) else {
        return;
    };
    declaration.corrected = true;
    let gap = declaration.gap;
    let item = &mut declaration.items[0];
    match kind {
        "undervaluation" => {
            // Duties and taxes are proportional to value, so the honest value follows from the honest taxes.
            let before = item.taxes();
            if before > 0 {
                item.value = (i128::from(item.value_declared) * i128::from(before + gap) / i128::from(before)) as i64;
            } else {
                item.value = item.value_declared * 3 / 2;
            }
            item.duty += gap;
        }
        "misclassification" => {
            item.hs = item.hs_declared / 10_000 * 10_000 + 9_990;
            item.duty += gap;
        }
        _ => item.duty += gap,
    }
}
