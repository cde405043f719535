//! Capabilities: what stands behind the KPIs of a dimension.

use mizan_model::framework::Framework;

use super::nation::Nation;
use super::{Nations, Purpose, hash, stream};

/// Share of administrations that reform a dimension.
const REFORMERS: f64 = 0.25;

/// A capability in one year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Capability {
    pub with_reform: f64,
    /// As it would be had there been no reform.
    pub without_reform: f64,
}

/// A reform: from year number `year` on, `effect` is added to the capability of dimension number `dimension`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Planned {
    pub dimension: usize,
    pub year: usize,
    pub effect: f64,
}

/// The reform of an administration, if it has one. The first year is always before it.
pub(super) fn reform(world: &Nations, framework: &Framework, nation: &Nation) -> Option<Planned> {
    let mut chance = stream(world.seed, Purpose::Reform, nation.index, 0);
    let dimensions = framework.dimensions.len() as u32;
    if world.years < 2 || dimensions == 0 || !chance.yes(REFORMERS) {
        return None;
    }
    Some(Planned {
        dimension: chance.below(dimensions) as usize,
        year: 1 + chance.below(world.years as u32 - 1) as usize,
        effect: 0.8 + 0.6 * chance.unit(),
    })
}

/// Capabilities of an administration in a dimension, one a year.
///
/// They have a part common to all dimensions, parts of the region and the border kind, a part of their own, a trend, and
/// the reform from its year on.
pub(super) fn course(world: &Nations, framework: &Framework, nation: &Nation, dimension: &str) -> Vec<Capability> {
    let id = hash(dimension);
    let region = stream(world.seed, Purpose::Region, id, nation.region as u32).normal();
    let border = stream(world.seed, Purpose::Border, id, nation.border as u32).normal();
    let own = stream(world.seed, Purpose::Capability, id, nation.index).normal();
    let level = 0.65 * nation.general + 0.3 * region + 0.25 * border + 0.6 * own;
    let reform =
        reform(world, framework, nation).filter(|planned| framework.dimensions[planned.dimension].id == dimension);
    (0..world.years)
        .map(|year| {
            let without_reform = level + nation.slope * year as f64;
            let effect = reform.filter(|planned| year >= planned.year).map_or(0.0, |planned| planned.effect);
            Capability { with_reform: without_reform + effect, without_reform }
        })
        .collect()
}
