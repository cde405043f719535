//! A world of invented administrations, as observations: what composite scores, peers, trends and frontiers are tried on.
//!
//! Nothing here knows a KPI by its id. How a KPI is distributed follows from its kind, unit, direction, range and
//! dimension, and from a hash of its id and the seed; so any framework gets a world of its own. What a test or a reader
//! should find again is planted and exported as [`NationsTruth`]:
//!
//! - a capability for each dimension, with a part common to all of them, that moves the KPIs with a direction;
//! - a trend for each administration, and for a quarter of them a reform of one dimension in a known year;
//! - likenesses of region and border kind, so that peers exist;
//! - sampling error that the intervals state truly; gaps that are more frequent where capability is low; one KPI whose
//!   definition changes in the middle;
//! - resources and results with a known efficiency.
//!
//! Only headlines are written: no breakdowns and no further statistics.
//!
//! ```
//! use mizan_synth::nations::Nations;
//!
//! let nations = Nations::new(7, 60, 2021..=2025).expect("60 administrations have names");
//! let table = nations.inputs_outputs();
//! assert_eq!(table.rows.len(), 60 * 5);
//! assert!(Nations::new(7, 1_000, 2021..=2025).is_err());
//! ```

mod character;
mod course;
mod gaps;
mod latent;
mod names;
mod nation;
mod profile;
mod resources;
mod sample;
#[cfg(test)]
mod tests;
mod truth;

use std::ops::RangeInclusive;

use mizan_model::framework::Framework;
use mizan_model::observation::Observation;
use mizan_model::period::Period;

pub use self::profile::{BorderKind, BorderMix, IncomeGroup, Profile, REGIONS};
pub use self::resources::{ResourceColumn, ResourceRole, ResourceRow, ResourceTable};
pub use self::truth::{
    CapabilityTruth, DefinitionBreak, EfficiencyTruth, LoadingTruth, MissingTruth, NationsTruth, Reform, TrendTruth,
    ValueTruth,
};

use self::character::Character;
use self::gaps::Gaps;
use self::nation::Nation;
use crate::SynthError;
use crate::chance::Chance;

/// Most years of a world.
const MOST_YEARS: usize = 50;

/// Invented administrations over some years. The same seed, number and years give the same bytes on every machine.
#[derive(Debug, Clone)]
pub struct Nations {
    seed: u64,
    first_year: i32,
    years: usize,
    nations: Vec<Nation>,
}

impl Nations {
    /// Draws the standing facts of the administrations.
    ///
    /// # Errors
    /// There are no administrations or more than there are names for (240), or no years, more than 50, or years that
    /// have not four digits.
    pub fn new(seed: u64, administrations: usize, years: RangeInclusive<i32>) -> Result<Self, SynthError> {
        if !(1..=names::MOST).contains(&administrations) {
            return Err(SynthError::Plan(format!("`administrations` must be from 1 to {}", names::MOST)));
        }
        let (first, last) = (*years.start(), *years.end());
        let count = years.count();
        if !(1..=MOST_YEARS).contains(&count) || first < 1000 || last > 9999 {
            return Err(SynthError::Plan(format!("`years` must be 1 to {MOST_YEARS} years of four digits")));
        }
        let nations = (0..administrations).map(|index| Nation::draw(seed, index, count)).collect();
        Ok(Nations { seed, first_year: first, years: count, nations })
    }

    /// One observation a KPI, administration and year, in the order of the framework's KPIs, then area, then period.
    ///
    /// Every cell is there: one that is missing has no value and the status `not_computable`.
    pub fn observations(&self, framework: &Framework) -> Vec<Observation> {
        let gaps = Gaps::new(self, framework);
        let mut observations = Vec::with_capacity(framework.kpis.len() * self.nations.len() * self.years);
        for kpi in &framework.kpis {
            let character = Character::new(self.seed, kpi);
            for nation in &self.nations {
                sample::observe(self, framework, (kpi, &character), nation, &gaps, &mut observations);
            }
        }
        observations
    }

    /// What is known of each administration in the last year, in order of code.
    pub fn profiles(&self, framework: &Framework) -> Vec<Profile> {
        self.nations.iter().map(|nation| profile::profile(self, framework, nation)).collect()
    }

    /// Resources and results of each administration and year.
    pub fn inputs_outputs(&self) -> ResourceTable {
        resources::table(self)
    }

    /// What is planted.
    pub fn truth(&self, framework: &Framework) -> NationsTruth {
        truth::truth(self, framework)
    }

    /// The value of each cell of [`Nations::observations`] before sampling error and gaps, and what it would be had
    /// there been no reform; in the same order.
    pub fn true_values(&self, framework: &Framework) -> Vec<ValueTruth> {
        truth::values(self, framework)
    }

    /// Year number `index`.
    fn year(&self, index: usize) -> i32 {
        self.first_year + index as i32
    }

    /// Code of year number `index`.
    fn period(&self, index: usize) -> String {
        Period::year(self.year(index)).to_string()
    }
}

/// What a stream of draws is for; each has its own, so that one can change without the others.
#[derive(Debug, Clone, Copy)]
enum Purpose {
    Standing = 1,
    Region,
    Border,
    Capability,
    Reform,
    Character,
    KpiRegion,
    KpiBorder,
    Course,
    Sample,
    Gap,
    Break,
    Resources,
}

/// The stream for a purpose; `table` and `row` tell apart what is drawn.
fn stream(seed: u64, purpose: Purpose, table: u32, row: u32) -> Chance {
    Chance::new(seed ^ (purpose as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15), table, row)
}

/// FNV-1a of an id: 32 bits that do not depend on the machine.
fn hash(id: &str) -> u32 {
    id.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
