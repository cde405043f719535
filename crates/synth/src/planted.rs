//! What is planted so that it can be found again.

use serde::Serialize;

use crate::plan::Plan;

/// Factor on declarations by calendar month, January first.
pub(crate) const SEASON: [f64; 12] = [0.90, 0.88, 0.98, 1.00, 1.02, 0.98, 0.96, 0.97, 1.03, 1.08, 1.12, 1.08];
/// Growth of declarations a month.
pub(crate) const GROWTH: f64 = 0.004;
/// Factor of the reform on red-lane time.
pub(crate) const REFORM_FACTOR: f64 = 0.6;
/// Chance that a release between 24 h and 36 h is booked just below 24 h, at the office that does so.
pub(crate) const BUNCHING: f64 = 0.75;
/// Chance that a declaration of the pair's broker goes to the pair's inspector.
pub(crate) const FAVOUR: f64 = 0.5;
/// Chance that a clean risk-selected inspection is booked as a hit, at the office that pads.
pub(crate) const PADDING: f64 = 0.15;
/// Sampling share of the random arm at large (the first quarter) and at small offices.
pub(crate) const RANDOM_SHARE: [f64; 2] = [0.01, 0.04];

/// Where and when the planted facts hold.
#[derive(Debug, Clone)]
pub(crate) struct Planted {
    /// First month of the reform, counted from the plan's first.
    pub reform_month: u32,
    /// Offices of the reform.
    pub reform_offices: Vec<usize>,
    /// Office that bunches release times.
    pub bunching_office: usize,
    /// Office that pads its hit rate.
    pub padding_office: usize,
    /// Offices in the stratum `large`.
    pub large_offices: usize,
}

impl Planted {
    /// The facts for a plan.
    pub(crate) fn new(plan: &Plan) -> Self {
        let count = plan.offices as usize;
        Planted {
            reform_month: (plan.months / 2).max(1),
            reform_offices: [1, 3, 5].into_iter().filter(|&office| office < count).collect(),
            bunching_office: 2.min(count - 1),
            padding_office: 4.min(count - 1),
            large_offices: count.div_ceil(4),
        }
    }
}

/// Declarations of each month of the plan, by trend and season; they add up to the plan's rows.
pub(crate) fn declarations_by_month(plan: &Plan) -> Vec<u32> {
    let weight = |index: u32| {
        let season = SEASON[plan.month(index).month() as usize - 1];
        season * (1.0 + GROWTH * f64::from(index))
    };
    let total: f64 = (0..plan.months).map(weight).sum();
    let mut before = 0.0;
    let mut given = 0;
    (0..plan.months)
        .map(|index| {
            before += weight(index);
            let upto =
                if index + 1 == plan.months { plan.rows } else { (before / total * f64::from(plan.rows) + 0.5) as u32 };
            let rows = upto.max(given) - given;
            given += rows;
            rows
        })
        .collect()
}

/// The reform that cuts red-lane time at a group of offices.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ReformTruth {
    /// First day.
    pub date: String,
    /// Offices concerned.
    pub offices: Vec<String>,
    /// Factor on the drawn red-lane time, before opening hours and holds of other agencies.
    pub factor: f64,
    /// Red-lane processing time at these offices before.
    pub before: crate::truth::Durations,
    /// And after.
    pub after: crate::truth::Durations,
    /// Red-lane processing time at the other offices before.
    pub elsewhere_before: crate::truth::Durations,
    /// And after.
    pub elsewhere_after: crate::truth::Durations,
}

/// The office that stops the clock just below 24 hours.
#[derive(Debug, Clone, Default, Serialize)]
pub struct BunchingTruth {
    /// The office.
    pub office: String,
    /// Chance that a release between 24 h and 36 h after lodgement is booked 1 to 55 minutes below 24 h.
    pub probability: f64,
    /// Declarations moved.
    pub moved: u64,
    /// Processing time as booked.
    pub booked: crate::truth::Durations,
    /// Processing time without the moves.
    pub honest: crate::truth::Durations,
}

/// The inspector and broker who meet too often.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PairTruth {
    /// The office.
    pub office: String,
    /// User name of the inspector.
    pub inspector: String,
    /// Declarant code of the broker.
    pub broker: String,
    /// Chance that a declaration of the broker is steered to the inspector.
    pub probability: f64,
    /// Declarations of the broker that were assigned to an inspector.
    pub assigned: u64,
    /// Of these, to the inspector of the pair.
    pub observed: u64,
    /// Number that equal chances among the office's inspectors would give.
    pub expected: f64,
}

/// The office that books clean inspections as hits.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PaddingTruth {
    /// The office.
    pub office: String,
    /// Chance that a clean risk-selected inspection is booked as a hit of less than 50.00.
    pub probability: f64,
    /// Risk-selected physical inspections by customs there.
    pub inspections: u64,
    /// Hits booked.
    pub hits: u64,
    /// Of these, invented.
    pub invented: u64,
}
