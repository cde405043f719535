//! The values of a KPI over the years before sampling error: what is true.

use mizan_model::framework::Framework;
use mizan_model::kpi::{Direction, Kpi, KpiKind};

use super::character::Character;
use super::gaps::Gaps;
use super::nation::Nation;
use super::{Nations, Purpose, latent, stream};
use crate::chance::exp;

/// Parts of a value that an administration shares with its border kind and its region, and that differ from year to
/// year, in spreads.
const SHARED: [f64; 3] = [0.35, 0.25, 0.15];
/// A variation cannot fall below this, in percent.
const LEAST_CHANGE: f64 = -90.0;

/// What is true of a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TrueValue {
    pub value: f64,
    /// As it would be had there been no reform.
    pub without_reform: f64,
    /// Capability behind it.
    pub capability: f64,
}

/// The true values of a KPI in an administration, one a year.
///
/// On the KPI's scale: centre + spread × (loading × capability + likeness + own + year) + size × log trade, less the
/// shift of a later definition before it came.
pub(super) fn course(
    world: &Nations,
    framework: &Framework,
    (kpi, character): (&Kpi, &Character),
    nation: &Nation,
    gaps: &Gaps,
) -> Vec<TrueValue> {
    let mut chance = stream(world.seed, Purpose::Course, character.id, nation.index);
    let [border, region, year] = SHARED;
    let likeness = border * stream(world.seed, Purpose::KpiBorder, character.id, nation.border as u32).normal()
        + region * stream(world.seed, Purpose::KpiRegion, character.id, nation.region as u32).normal();
    let left = 1.0 - character.loading * character.loading - SHARED.iter().map(|part| part * part).sum::<f64>();
    let own = left.max(0.1).sqrt() * chance.normal();
    let side = if chance.yes(0.5) { 1.0 } else { -1.0 };
    let at = |capability: f64, rest: f64| match kpi.direction {
        Direction::Target => side * exp(-character.loading * capability) + 0.4 * rest,
        _ => character.loading * capability + rest,
    };
    latent::course(world, framework, nation, &kpi.dimension)
        .into_iter()
        .enumerate()
        .map(|(index, capability)| {
            let rest = likeness + own + year * chance.normal();
            let base = character.centre + character.size * nation.size() - gaps.older_definition(kpi, index);
            let value = |capability: f64| {
                let value = character.scale.value(base + character.spread * at(capability, rest));
                let value = if kpi.kind == KpiKind::Change { value.max(LEAST_CHANGE) } else { value };
                if character.is_whole { value.round() } else { value }
            };
            TrueValue {
                value: value(capability.with_reform),
                without_reform: value(capability.without_reform),
                capability: capability.with_reform,
            }
        })
        .collect()
}
