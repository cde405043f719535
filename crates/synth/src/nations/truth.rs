//! What is planted in a world, as tables.

use mizan_model::framework::Framework;
use serde::Serialize;

use super::character::Character;
use super::course::course;
use super::gaps::{self, Gaps};
use super::{Nations, latent, resources};

/// Capability of an administration in a dimension and year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CapabilityTruth {
    /// Code of the administration.
    pub area: String,
    /// Dimension id.
    pub dimension: String,
    /// Year.
    pub year: i32,
    /// About standard normal over the first year of the world; more is better.
    pub capability: f64,
}

/// Trend of an administration.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TrendTruth {
    /// Code of the administration.
    pub area: String,
    /// What a year adds to its capability in every dimension.
    pub slope: f64,
}

/// A reform of one dimension.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reform {
    /// Code of the administration.
    pub area: String,
    /// Dimension id.
    pub dimension: String,
    /// First year with the reform.
    pub year: i32,
    /// What it adds to the capability.
    pub effect: f64,
}

/// How a KPI follows the capability of its dimension.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LoadingTruth {
    /// KPI id.
    pub kpi: String,
    /// Scale on which effects add up: `logit`, `log` or `plain`.
    pub scale: &'static str,
    /// Standard deviation over the world, on the scale.
    pub spread: f64,
    /// What a unit of capability adds, in spreads; negative where less is better, 0 where neither is. Towards a target:
    /// the rate at which the distance from it shrinks.
    pub loading: f64,
}

/// A definition that changes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DefinitionBreak {
    /// KPI id.
    pub kpi: String,
    /// First year under the later definition.
    pub year: i32,
    /// Version before.
    pub before: String,
    /// Version from then on.
    pub after: String,
    /// What the later definition adds, on the KPI's scale.
    pub shift: f64,
}

/// How much an administration is expected to miss.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MissingTruth {
    /// Code of the administration.
    pub area: String,
    /// Share of its cells, 0 to 1.
    pub share: f64,
}

/// Efficiency of an administration in a year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EfficiencyTruth {
    /// Code of the administration.
    pub area: String,
    /// Year.
    pub year: i32,
    /// Least resources for what it does over those that it uses, above 0 to 1.
    pub efficiency: f64,
}

/// Everything that is planted in a world.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NationsTruth {
    /// Seed.
    pub seed: u64,
    /// Capabilities by area, dimension and year.
    pub capabilities: Vec<CapabilityTruth>,
    /// Trends by area.
    pub trends: Vec<TrendTruth>,
    /// Reforms by area; an administration has one or none.
    pub reforms: Vec<Reform>,
    /// Loadings by KPI.
    pub loadings: Vec<LoadingTruth>,
    /// Definitions that change; one, or none in a world of one year.
    pub breaks: Vec<DefinitionBreak>,
    /// Expected share of cells that are missing, 0 to 1.
    pub missing_share: f64,
    /// The same by area: the weak report less.
    pub missing: Vec<MissingTruth>,
    /// Efficiencies by area and year.
    pub efficiencies: Vec<EfficiencyTruth>,
}

impl NationsTruth {
    /// Indented JSON with the keys in the order of the fields.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("keys are texts and numbers are finite");
        text.push('\n');
        text
    }
}

/// The true value of a cell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ValueTruth {
    /// KPI id.
    pub kpi: String,
    /// Code of the administration.
    pub area: String,
    /// Period code.
    pub period: String,
    /// Value in the KPI's unit.
    pub value: f64,
    /// What it would be had there been no reform.
    pub without_reform: f64,
}

/// The tables of a world.
pub(super) fn truth(world: &Nations, framework: &Framework) -> NationsTruth {
    let gaps = Gaps::new(world, framework);
    let mut truth = NationsTruth {
        seed: world.seed,
        capabilities: Vec::new(),
        trends: Vec::new(),
        reforms: Vec::new(),
        loadings: Vec::new(),
        breaks: Vec::new(),
        missing_share: gaps::MISSING,
        missing: Vec::new(),
        efficiencies: Vec::new(),
    };
    for nation in &world.nations {
        let area = || nation.code.clone();
        for dimension in &framework.dimensions {
            let course = latent::course(world, framework, nation, &dimension.id);
            truth.capabilities.extend(course.iter().enumerate().map(|(year, capability)| CapabilityTruth {
                area: area(),
                dimension: dimension.id.clone(),
                year: world.year(year),
                capability: capability.with_reform,
            }));
        }
        truth.trends.push(TrendTruth { area: area(), slope: nation.slope });
        truth.reforms.extend(latent::reform(world, framework, nation).map(|planned| Reform {
            area: area(),
            dimension: framework.dimensions[planned.dimension].id.clone(),
            year: world.year(planned.year),
            effect: planned.effect,
        }));
        truth.missing.push(MissingTruth { area: area(), share: gaps.share(nation) });
        truth.efficiencies.extend(resources::course(world, nation).iter().enumerate().map(|(year, course)| {
            EfficiencyTruth { area: area(), year: world.year(year), efficiency: course.efficiency }
        }));
    }
    truth.loadings.extend(framework.kpis.iter().map(|kpi| {
        let Character { scale, spread, loading, .. } = Character::new(world.seed, kpi);
        LoadingTruth { kpi: kpi.id.clone(), scale: scale.as_str(), spread, loading }
    }));
    truth.breaks.extend(gaps.change.map(|change| DefinitionBreak {
        kpi: change.kpi,
        year: world.year(change.year),
        before: change.before,
        after: change.after,
        shift: change.shift,
    }));
    truth
}

/// The true values of a world.
pub(super) fn values(world: &Nations, framework: &Framework) -> Vec<ValueTruth> {
    let gaps = Gaps::new(world, framework);
    let mut values = Vec::with_capacity(framework.kpis.len() * world.nations.len() * world.years);
    for kpi in &framework.kpis {
        let character = Character::new(world.seed, kpi);
        for nation in &world.nations {
            let course = course(world, framework, (kpi, &character), nation, &gaps);
            values.extend(course.iter().enumerate().map(|(year, truth)| ValueTruth {
                kpi: kpi.id.clone(),
                area: nation.code.clone(),
                period: world.period(year),
                value: truth.value,
                without_reform: truth.without_reform,
            }));
        }
    }
    values
}
