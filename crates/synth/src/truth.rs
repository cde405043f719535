//! What is true of a synthetic administration, counted while it is generated.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::planted::{BunchingTruth, PaddingTruth, PairTruth, ReformTruth};
use crate::sheet::FileTruth;

/// Durations counted by whole minute.
#[derive(Debug, Clone, Default)]
pub(crate) struct Minutes {
    counts: BTreeMap<i64, u64>,
}

impl Minutes {
    /// Adds one duration.
    pub(crate) fn add(&mut self, minutes: i64) {
        *self.counts.entry(minutes).or_default() += 1;
    }

    /// Adds all durations of the other.
    pub(crate) fn merge(&mut self, other: &Minutes) {
        for (&minutes, &count) in &other.counts {
            *self.counts.entry(minutes).or_default() += count;
        }
    }

    /// Exact figures.
    pub(crate) fn durations(&self) -> Durations {
        let n: u64 = self.counts.values().sum();
        if n == 0 {
            return Durations::default();
        }
        let quantile = |share: f64| {
            let rank = ((share * n as f64 - 1e-9).ceil() as u64).max(1);
            let mut seen = 0;
            for (&minutes, &count) in &self.counts {
                seen += count;
                if seen >= rank {
                    return minutes;
                }
            }
            0
        };
        let sum: i64 = self.counts.iter().map(|(&minutes, &count)| minutes * count as i64).sum();
        let within: u64 = self.counts.range(..=1440).map(|(_, &count)| count).sum();
        Durations {
            n,
            sum_minutes: sum,
            mean_minutes: rounded(sum as f64 / n as f64),
            median_minutes: quantile(0.5),
            p90_minutes: quantile(0.9),
            within_24h: within,
            share_within_24h: rounded(within as f64 / n as f64),
        }
    }
}

/// Exact figures of a set of durations; a quantile `p` is the smallest minute that at least the share `p` of durations does not exceed.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Durations {
    /// Durations.
    pub n: u64,
    /// Their sum in minutes.
    pub sum_minutes: i64,
    /// Mean in minutes.
    pub mean_minutes: f64,
    /// Median in minutes.
    pub median_minutes: i64,
    /// 90th percentile in minutes.
    pub p90_minutes: i64,
    /// Durations of at most 24 hours.
    pub within_24h: u64,
    /// Their share, 0 to 1.
    pub share_within_24h: f64,
}

/// Six decimal places, so that the last bits of a division never reach the file.
pub(crate) fn rounded(x: f64) -> f64 {
    (x * 1e6).round() / 1e6
}

/// Declarations, counted by state. Damaged rows are not in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DeclarationTruth {
    /// All.
    pub all: u64,
    /// Cancelled.
    pub cancelled: u64,
    /// Not cancelled and without release at the extraction.
    pub open: u64,
    /// Of these, never to be released.
    pub abandoned: u64,
    /// Without a recorded arrival.
    pub without_arrival: u64,
    /// Lodged and processed electronically, not cancelled.
    pub electronic: u64,
    /// Held by another agency.
    pub held: u64,
    /// Re-routed by hand by the extraction.
    pub rerouted: u64,
    /// By year of acceptance.
    pub by_year: BTreeMap<String, u64>,
    /// By lane of the selection, cancelled ones included.
    pub by_lane: BTreeMap<String, u64>,
    /// By flow.
    pub by_flow: BTreeMap<String, u64>,
    /// By office.
    pub by_office: BTreeMap<String, u64>,
}

/// Money in hundredths of the national currency.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct MoneyTruth {
    /// Lines `payment` in the payment files.
    pub revenue: i64,
    /// The same by year of booking.
    pub revenue_by_year: BTreeMap<String, i64>,
    /// The same by tax.
    pub revenue_by_tax: BTreeMap<String, i64>,
    /// Refunds paid.
    pub refunds: i64,
    /// Lines of debt lists.
    pub debt_lines: u64,
    /// Customs value of all items.
    pub item_value: i64,
    /// Duties and taxes forgone by reliefs.
    pub exempt: i64,
    /// Additional amounts of all controls in the control files.
    pub additional: i64,
}

/// Irregularity as it is, and as controls found it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct FraudTruth {
    /// Import declarations of cargo that are not cancelled: the population of the random arm.
    pub population: u64,
    /// Irregular ones among them.
    pub irregular: u64,
    /// Prevalence, 0 to 1.
    pub prevalence: f64,
    /// Random inspections finished.
    pub random_inspections: u64,
    /// Hits among them: random inspections find every irregularity.
    pub random_hits: u64,
    /// Prevalence as the sampling weights estimate it.
    pub random_prevalence: f64,
    /// Physical inspections chosen by risk profile, all agencies.
    pub risk_inspections: u64,
    /// Hits among them, invented ones included.
    pub risk_hits: u64,
    /// Post-clearance audits closed.
    pub audits: u64,
    /// With an irregularity.
    pub audit_hits: u64,
}

/// Seizures of one product.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SeizureTruth {
    /// Section of the Customs Enforcement Network.
    pub category: String,
    /// Seizures.
    pub count: u64,
    /// Mass in grams.
    pub mass_grams: i64,
    /// Pieces.
    pub pieces: i64,
}

/// Everything that is known of a synthetic administration; written as `truth.json`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Truth {
    /// Seed of the plan.
    pub seed: u64,
    /// First month.
    pub first_month: String,
    /// Months.
    pub months: u32,
    /// Zone of all times.
    pub zone: String,
    /// National currency.
    pub currency: String,
    /// Extraction: nothing in the files is later (RFC 3339).
    pub extracted_at: String,
    /// Sound and damaged rows of each file.
    pub files: BTreeMap<String, FileTruth>,
    /// The same by table.
    pub tables: BTreeMap<String, FileTruth>,
    /// Declarations.
    pub declarations: DeclarationTruth,
    /// Lodgement to release of declarations that are released and not cancelled, by year of acceptance and `all`.
    pub processing_time: BTreeMap<String, Durations>,
    /// The same by lane.
    pub processing_time_by_lane: BTreeMap<String, Durations>,
    /// Arrival to release, where the arrival is recorded.
    pub release_time: BTreeMap<String, Durations>,
    /// Money.
    pub money: MoneyTruth,
    /// Irregularity and controls.
    pub fraud: FraudTruth,
    /// Seizures by product.
    pub seizures: BTreeMap<String, SeizureTruth>,
    /// Active authorized operators at the end of each year.
    pub operators: BTreeMap<String, u64>,
    /// Factor on declarations by calendar month, January first, before a growth of 0.4 % a month.
    pub seasonal_factors: Vec<f64>,
    /// Reform of red-lane time.
    pub reform: ReformTruth,
    /// Bunching below 24 hours.
    pub bunching: BunchingTruth,
    /// Excess assignment.
    pub pair: PairTruth,
    /// Padded hit rate.
    pub padding: PaddingTruth,
}

impl Truth {
    /// Indented JSON with the keys in the order of the fields.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("maps have text keys and numbers are finite");
        text.push('\n');
        text
    }
}
