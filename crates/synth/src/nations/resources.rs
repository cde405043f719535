//! Resources and results by administration and year, with a known efficiency: the table that frontiers are tried on.

use serde::Serialize;

use super::nation::Nation;
use super::{Nations, Purpose, stream};
use crate::chance::{exp, ln};

/// What a column is in a frontier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ResourceRole {
    /// Used up; less is better.
    Input,
    /// Produced; more is better.
    Output,
    /// Produced; less is better.
    Undesirable,
    /// A circumstance that the administration cannot choose.
    NonControllable,
}

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ResourceColumn {
    /// Name.
    pub name: &'static str,
    /// Its part in a frontier.
    pub role: ResourceRole,
    /// `posts`, `money`, `count`, `hours` or `percent`.
    pub unit: &'static str,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResourceRow {
    /// Code of the administration.
    pub area: String,
    /// Year.
    pub year: i32,
    /// One number a column; none is missing.
    pub values: Vec<f64>,
}

/// Administrations and years as rows, in order of code and year; resources and results as columns.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResourceTable {
    /// Columns.
    pub columns: Vec<ResourceColumn>,
    /// Rows.
    pub rows: Vec<ResourceRow>,
}

impl ResourceTable {
    /// The numbers of a column in the order of the rows; `None` if there is no such column.
    pub fn column(&self, name: &str) -> Option<Vec<f64>> {
        let index = self.columns.iter().position(|column| column.name == name)?;
        Some(self.rows.iter().map(|row| row.values[index]).collect())
    }
}

const COLUMNS: [(&str, ResourceRole, &str); 9] = [
    ("staff", ResourceRole::Input, "posts"),
    ("operating_cost", ResourceRole::Input, "money"),
    ("scanners", ResourceRole::Input, "count"),
    ("trade_value", ResourceRole::NonControllable, "money"),
    ("declarations", ResourceRole::Output, "count"),
    ("duties_collected", ResourceRole::Output, "money"),
    ("detections", ResourceRole::Output, "count"),
    ("median_release_time", ResourceRole::Undesirable, "hours"),
    ("error_rate", ResourceRole::Undesirable, "percent"),
];

/// Posts of a fully efficient administration: `STAFF × declarations^WORK × (trade in millions)^VALUE`. The powers add up
/// to less than 1: large administrations need less for each declaration.
const STAFF: f64 = 0.006;
const WORK: f64 = 0.75;
const VALUE: f64 = 0.2;
/// Scatter of posts and cost that is not inefficiency, as a logarithm.
const NOISE: f64 = 0.03;
/// What a year takes off the inefficiency of all.
const CATCHING_UP: f64 = 0.04;

/// Resources and results of one year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Year {
    pub staff: f64,
    pub operating_cost: f64,
    /// Least resources over used resources, above 0 to 1.
    pub efficiency: f64,
    values: [f64; COLUMNS.len()],
}

/// The years of an administration.
pub(super) fn course(world: &Nations, nation: &Nation) -> Vec<Year> {
    let mut chance = stream(world.seed, Purpose::Resources, nation.index, 0);
    // Half-normal, and less of it where capability is high.
    let inefficiency = 0.35 * chance.normal().abs() * exp(-0.25 * nation.general);
    let cost_a_post = nation.income.cost_a_post() * chance.log_normal(1.0, 0.12);
    let burden = nation.income.burden() * chance.log_normal(1.0, 0.2);
    let fraud = chance.log_normal(0.012, 0.3);
    (0..world.years)
        .map(|year| {
            let (trade, declarations) = (nation.trade[year], nation.declarations[year].max(1.0));
            let capability = nation.general + nation.slope * year as f64;
            let efficiency = exp(-inefficiency * exp(-CATCHING_UP * year as f64));
            let least = STAFF * exp(WORK * ln(declarations) + VALUE * ln(trade / 1e6));
            let staff = (least / efficiency * chance.log_normal(1.0, NOISE)).round().max(5.0);
            let cost = (least.max(5.0) * cost_a_post / efficiency * chance.log_normal(1.0, NOISE)).round();
            let scanners = (0.4 * least.sqrt() / efficiency.sqrt()).round().max(1.0);
            let collected = 0.88 + 0.1 / (1.0 + exp(-capability));
            let found = fraud / (1.0 + exp(0.5 - 0.5 * capability)) * chance.log_normal(1.0, 0.1);
            let release = chance.log_normal(30.0, 0.1) * exp(-0.35 * capability) * (0.8 + 0.5 * nation.mix.sea);
            let errors = 100.0 / (1.0 + exp(2.5 + 0.4 * capability + 0.15 * chance.normal()));
            Year {
                staff,
                operating_cost: cost,
                efficiency,
                values: [
                    staff,
                    cost,
                    scanners,
                    trade,
                    declarations,
                    (trade * burden * collected).round(),
                    (declarations * found).round(),
                    (release * 100.0).round() / 100.0,
                    (errors * 100.0).round() / 100.0,
                ],
            }
        })
        .collect()
}

/// The table of all administrations and years.
pub(super) fn table(world: &Nations) -> ResourceTable {
    let columns = COLUMNS.iter().map(|&(name, role, unit)| ResourceColumn { name, role, unit }).collect();
    let rows = world.nations.iter().flat_map(|nation| {
        course(world, nation).into_iter().enumerate().map(|(year, course)| ResourceRow {
            area: nation.code.clone(),
            year: world.year(year),
            values: course.values.to_vec(),
        })
    });
    ResourceTable { columns, rows: rows.collect() }
}
