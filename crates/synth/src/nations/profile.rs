//! What is known of an administration: what peers are sought by.

use std::collections::BTreeMap;

use mizan_model::framework::Framework;
use serde::Serialize;

use super::nation::Nation;
use super::{Nations, latent, resources};

/// Regions of the invented world.
pub const REGIONS: [&str; 6] =
    ["north_coast", "great_plain", "inner_sea", "southern_islands", "high_valleys", "western_cape"];

/// National income a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IncomeGroup {
    /// Lowest.
    Low,
    /// Second.
    LowerMiddle,
    /// Third.
    UpperMiddle,
    /// Highest.
    High,
}

impl IncomeGroup {
    /// All groups, lowest first.
    pub const ALL: [IncomeGroup; 4] =
        [IncomeGroup::Low, IncomeGroup::LowerMiddle, IncomeGroup::UpperMiddle, IncomeGroup::High];

    /// The word of a table.
    pub fn as_str(self) -> &'static str {
        ["low", "lower_middle", "upper_middle", "high"][self as usize]
    }

    /// Middling product a head and year, in money.
    pub(super) fn product_a_head(self) -> f64 {
        [900.0, 2_800.0, 8_500.0, 32_000.0][self as usize]
    }

    /// Middling cost of a post a year, in money.
    pub(super) fn cost_a_post(self) -> f64 {
        [8_000.0, 19_000.0, 45_000.0, 120_000.0][self as usize]
    }

    /// Middling burden of duties and taxes on trade, 0 to 1.
    pub(super) fn burden(self) -> f64 {
        [0.11, 0.085, 0.06, 0.03][self as usize]
    }
}

/// Where most of a country's trade crosses its border.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BorderKind {
    /// Seaports.
    Sea,
    /// Road and rail crossings.
    Land,
    /// Airports.
    Air,
    /// Offices inland; the country has no sea.
    Inland,
}

impl BorderKind {
    /// All kinds.
    pub const ALL: [BorderKind; 4] = [BorderKind::Sea, BorderKind::Land, BorderKind::Air, BorderKind::Inland];

    /// The word of a table.
    pub fn as_str(self) -> &'static str {
        ["sea", "land", "air", "inland"][self as usize]
    }
}

/// Shares of declarations by kind of office; they add up to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BorderMix {
    /// Seaports.
    pub sea: f64,
    /// Road and rail crossings.
    pub land: f64,
    /// Airports.
    pub air: f64,
    /// Offices inland.
    pub inland: f64,
}

/// An administration in the last year of the world. Money is in one invented currency.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Profile {
    /// Three letters that no country has.
    pub code: String,
    /// Name of the invented country.
    pub name: String,
    /// One of [`REGIONS`].
    pub region: &'static str,
    /// Income group.
    pub income_group: IncomeGroup,
    /// Kind with the greatest share.
    pub border_kind: BorderKind,
    /// Shares of all kinds.
    pub border_mix: BorderMix,
    /// Inhabitants.
    pub population: u64,
    /// Imports and exports of the year, in money.
    pub trade_value: f64,
    /// Posts in full-time equivalents.
    pub staff: f64,
    /// Operating cost of the year, in money.
    pub operating_cost: f64,
    /// Planted capability by dimension of the framework; about standard normal over the world, more is better.
    pub capability: BTreeMap<String, f64>,
}

/// The profile of an administration.
pub(super) fn profile(world: &Nations, framework: &Framework, nation: &Nation) -> Profile {
    let last = world.years - 1;
    let resources = &resources::course(world, nation)[last];
    let capability = |dimension: &str| latent::course(world, framework, nation, dimension)[last].with_reform;
    Profile {
        code: nation.code.clone(),
        name: nation.name.clone(),
        region: REGIONS[nation.region],
        income_group: nation.income,
        border_kind: nation.border,
        border_mix: nation.mix,
        population: nation.population,
        trade_value: nation.trade[last],
        staff: resources.staff,
        operating_cost: resources.operating_cost,
        capability: framework.dimensions.iter().map(|d| (d.id.clone(), capability(&d.id))).collect(),
    }
}
